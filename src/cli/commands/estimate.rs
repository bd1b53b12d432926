//! `ach estimate`: who thinks what, and what one person thinks now.

use std::ffi::OsString;

use clap::Args;

use super::set::bad_probability;
use super::{report_each, usage};
use crate::change::{Change, make};
use crate::cli::edit::{self, Editing};
use crate::cli::options::{FormatArgs, ReportArgs, ScoringArgs, parse_date, random_seed};
use crate::cli::today::today;
use crate::cli::{Failure, Outcome, Output};
use crate::engine::shuffle;
use crate::git::Git;
use crate::present::words::stated;
use crate::present::{EstimateReport, target};
use crate::scenario::{
    Cell, Date, Estimate, EstimateId, Hypothesis, HypothesisId, ItemKind, Probability, Scenario,
    suggest_estimate_id,
};
use crate::text::{nearest, single_line};

/// Show who thinks what, or record what one person thinks
///
/// People state how probable they think each hypothesis is; the nearest probabilities that add up to 100% are taken,
/// and the mean of everybody's last estimate is shown beside the matrix. In studies this has helped where the matrix
/// alone did not. Estimates keep their dates, so that a change of mind can be seen, and `ach post-mortem` can score
/// them once the truth is known.
///
/// HYPOTHESIS=PROBABILITY for every active hypothesis records an estimate. --ask asks for the probabilities one by
/// one, in random order, and shows neither the matrix nor what others said until all are in.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach estimate case.toml
  ach estimate case.toml iskp=35% etim=20% ja=40% other=5% --by 'Analyst A'
  ach estimate case.toml --ask
  ach estimate case.toml --format csv")]
pub(in crate::cli) struct EstimateArgs {
    /// The scenario, or - for standard input
    #[arg(value_name = "FILE")]
    file: OsString,
    /// The probability of a hypothesis, such as iskp=35% or iskp=0.35: every active one once
    #[arg(value_name = "HYPOTHESIS=PROBABILITY", conflicts_with = "ask")]
    shares: Vec<String>,
    /// Whose estimate it is; by default git's user.name
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    by: Option<String>,
    /// The day of the estimate; by default today
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
    /// Why, or anything else
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
    /// Ask for the probabilities one by one
    #[arg(long)]
    ask: bool,
    /// Seed of the order of the questions
    #[arg(long, value_name = "N", requires = "ask")]
    seed: Option<u64>,
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &EstimateArgs, output: &Output) -> Result<Outcome, Failure> {
    if args.shares.is_empty() && !args.ask {
        return show(args, output);
    }
    let editing = edit::open(&args.file)?;
    let by = person(args, editing.scenario(), output)?;
    let shares = if args.ask {
        if !output.can_ask() {
            return Err(Failure::refused(
                "--ask needs a terminal",
                "state the probabilities as HYPOTHESIS=PROBABILITY",
            ));
        }
        let Some(shares) = ask(editing.scenario(), args.seed, output)? else {
            output.note(|out| writeln!(out, "nothing is recorded"))?;
            return Ok(Outcome::Done);
        };
        shares
    } else {
        given(editing.scenario(), &args.shares)?
    };
    let changes = record(&editing, args, &by, &shares)?;
    let is_shown = args.ask && !args.dry_run;
    let done = editing.finish_in(&changes, args.dry_run, args.format.format, output)?;
    if is_shown { show(args, output) } else { Ok(done) }
}

fn show(args: &EstimateArgs, output: &Output) -> Result<Outcome, Failure> {
    let report = ReportArgs {
        files: vec![args.file.clone()],
        scoring: args.scoring.clone(),
        format: args.format.clone(),
    };
    report_each("estimate", &report, output, |scenario, request| {
        Box::new(EstimateReport::new(scenario, request))
    })
}

/// Returns whose estimate it is, and warns where the name is nearly another's.
fn person(args: &EstimateArgs, scenario: &Scenario, output: &Output) -> Result<String, Failure> {
    let configured = || Git::default().setting("user.name").ok().flatten();
    let name = args.by.clone().or_else(configured).filter(|name| !name.trim().is_empty());
    let Some(name) = name else {
        return Err(Failure::refused(
            "it is not known whose estimate this is",
            "say --by NAME, or set git's user.name",
        ));
    };
    let known = || scenario.estimates.iter().map(|estimate| estimate.by.as_str());
    if known().all(|other| other != name)
        && let Some(other) = nearest(&name, known())
    {
        output.say(&format!("is this the same person as {other}?"));
    }
    Ok(name)
}

type NamedShares = Vec<(HypothesisId, Probability)>;

/// Reads the probabilities that are given on the command line.
fn given(scenario: &Scenario, words: &[String]) -> Result<NamedShares, Failure> {
    let mut shares: NamedShares = Vec::new();
    for word in words {
        let Some((id, share)) = word.split_once('=') else {
            return Err(usage(
                "estimate",
                format!("\"{word}\": expected HYPOTHESIS=PROBABILITY, such as iskp=35%"),
            ));
        };
        let known = target::ids(scenario, ItemKind::Hypothesis).contains(&id);
        let id = HypothesisId::parse(id).filter(|_| known);
        let id = id.ok_or_else(|| {
            edit::unknown(scenario, ItemKind::Hypothesis, word.split('=').next().unwrap_or(word))
        })?;
        if shares.iter().any(|(other, _)| *other == id) {
            return Err(usage("estimate", format!("{id} is given twice")));
        }
        shares.push((id, Probability::parse(share).ok_or_else(|| bad_probability(share))?));
    }
    let is_given = |hypothesis: &&Hypothesis| !shares.iter().any(|(id, _)| *id == hypothesis.id);
    let missing: Vec<&str> = scenario
        .hypotheses
        .iter()
        .filter(|h| h.is_active())
        .filter(is_given)
        .map(|h| h.id.as_str())
        .collect();
    if missing.is_empty() {
        return Ok(shares);
    }
    let help = format!("add {}", missing.iter().map(|id| format!("{id}=P")).collect::<Vec<_>>().join(" "));
    Err(Failure::refused(
        format!("every active hypothesis needs a probability: {} is missing", missing.join(", ")),
        help,
    ))
}

/// Asks for the probability of each active hypothesis in random order; `None` if the answer is to stop.
fn ask(scenario: &Scenario, seed: Option<u64>, output: &Output) -> Result<Option<NamedShares>, Failure> {
    let seed = seed.unwrap_or_else(random_seed);
    loop {
        let mut asked: Vec<&Hypothesis> = scenario.hypotheses.iter().filter(|h| h.is_active()).collect();
        shuffle(&mut asked, seed, 0);
        let mut shares: NamedShares = Vec::new();
        for (number, hypothesis) in (1..).zip(&asked) {
            let about = hypothesis.description.as_deref().unwrap_or_default();
            output.result(|out| {
                writeln!(
                    out,
                    "\n{number} of {}: {}   seed {seed}",
                    asked.len(),
                    single_line(&hypothesis.name)
                )?;
                if about.is_empty() { Ok(()) } else { writeln!(out, "{}", single_line(about)) }
            })?;
            let share = loop {
                match output.ask("How probable is it, such as 35%? q stops")?.as_deref() {
                    None | Some("q") => return Ok(None),
                    Some(text) => match Probability::parse(text) {
                        Some(share) => break share,
                        None => output
                            .result(|out| writeln!(out, "a share such as 35%, or a number from 0 to 1"))?,
                    },
                }
            };
            shares.push((hypothesis.id.clone(), share));
        }
        let sum: f64 = shares.iter().map(|(_, share)| share.get()).sum();
        let said: Vec<String> = shares.iter().map(|(id, share)| format!("{id} {}", stated(*share))).collect();
        output.result(|out| {
            writeln!(out, "\n{}: these add up to {}%", said.join(", "), (sum * 1000.0).round() / 10.0)
        })?;
        match output.ask("Keep them? y yes, n say again, q stop")?.as_deref() {
            Some("y" | "yes") => return Ok(Some(shares)),
            None | Some("q") => return Ok(None),
            Some(_) => {}
        }
    }
}

/// Returns the change that adds the estimate.
fn record(
    editing: &Editing,
    args: &EstimateArgs,
    by: &str,
    shares: &NamedShares,
) -> Result<Vec<Change>, Failure> {
    let scenario = editing.scenario();
    let date = args.date.or_else(today);
    let taken = target::ids(scenario, ItemKind::Estimate);
    let wanted = suggest_estimate_id(by, date, |id| taken.contains(&id));
    let id = EstimateId::parse(&wanted);
    let id =
        id.ok_or_else(|| Failure::refused(format!("\"{wanted}\" is not an id"), "say --by otherwise"))?;
    let mut estimate = Estimate::new(id, by);
    estimate.date = date;
    estimate.note.clone_from(&args.note);
    let mut cells: Vec<(HypothesisId, Cell)> =
        shares.iter().map(|(id, share)| (id.clone(), Cell::stated(*share))).collect();
    cells.sort_by_key(|(id, _)| scenario.position::<Hypothesis>(id));
    let change = make::add(scenario, &estimate, cells, usize::MAX);
    change.map(|change| vec![change]).map_err(|refused| edit::refusal(scenario, &refused))
}
