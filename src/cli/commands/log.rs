//! `ach log`: the history of a scenario.

use std::num::NonZeroUsize;

use clap::Args;

use crate::cli::edit;
use crate::cli::history::{History, Version};
use crate::cli::options::{FormatArgs, ScoringArgs};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::present::{About, Compared, DiffReport, LogEntry, LogReport, Parts, Request};
use crate::scenario::{EvidenceId, HypothesisId, ItemKind, Scenario};

/// Tell the history of a scenario: who changed what, and how the ranking moved
///
/// The commits that changed the file, newest first, through its renamings: what each did to the leader, the ranks and
/// the scores, then its changes. A merge is told where it made a version of its own, and is compared with its first
/// parent. A version that cannot be read is named; what follows it is compared with the last that can. Each version is
/// scored by its own method, or by --method.
///
/// --graph draws the conclusion over the commits instead: the course of each score, oldest first, and the ranks with
/// where they moved, newest first. Commits in which no rank moved are counted together.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach log case.toml
  ach log case.toml -n 5 --method bayes
  ach log case.toml --evidence no-claim     what became of one item
  ach log case.toml --graph                 how the ranking moved
  ach log main~20:cases/case.toml           up to a revision")]
pub(in crate::cli) struct LogArgs {
    /// A file of a repository, or REV:path to start there
    #[arg(value_name = "FILE")]
    file: String,
    /// Tell the newest N commits only
    #[arg(short = 'n', long = "number", value_name = "N", value_parser = at_least_one)]
    number: Option<NonZeroUsize>,
    /// Tell only what was changed of this item, under all ids it had
    #[arg(long, value_name = "ID")]
    evidence: Option<String>,
    /// Tell only what was changed of this hypothesis; with --evidence, of the cell where they cross
    #[arg(long, value_name = "ID")]
    hypothesis: Option<String>,
    /// Draw scores and ranks over the commits
    #[arg(long)]
    graph: bool,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    format: FormatArgs,
}

fn at_least_one(text: &str) -> Result<NonZeroUsize, &'static str> {
    text.parse().map_err(|_| "expected a whole number from 1")
}

pub(super) fn run(args: &LogArgs, output: &Output) -> Result<Outcome, Failure> {
    let format = args.format.format();
    let mut history = History::open(&args.file)?;
    let request = args.scoring.request(&args.file);
    let mut about = None;
    let (mut entries, mut marking, mut newest) = (Vec::new(), None, None);
    for at in 0..history.commits.len() {
        if args.number.is_some_and(|number| entries.len() >= number.get()) {
            break;
        }
        let after = history.version(at);
        if let (Version::Scenario(scenario), None) = (&after, &newest) {
            marking.clone_from(&scenario.marking);
            about = Some(asked(args, scenario)?);
            newest = Some(scenario.clone());
        }
        let about = about.get_or_insert_default();
        if let Some(entry) = entry(&mut history, at, &after, about, request) {
            entries.push(entry);
        }
    }
    // Whatever a version has, some commit brought.
    if let (true, Some(newest)) = (entries.is_empty(), &newest) {
        let asked = [(ItemKind::Evidence, &args.evidence), (ItemKind::Hypothesis, &args.hypothesis)];
        if let Some((kind, Some(id))) = asked.into_iter().find(|(_, id)| id.is_some()) {
            return Err(edit::unknown(newest, kind, id));
        }
    }
    let report = LogReport {
        title: &args.file,
        entries,
        marking,
        request,
        graph: args.graph,
        whole: args.evidence.is_some() || args.hypothesis.is_some(),
    };
    output.reports(format, &[&report])
}

/// What is asked about; an id that no version has is refused with the nearest that the newest has.
fn asked(args: &LogArgs, newest: &Scenario) -> Result<About, Failure> {
    let unknown = |kind, id: &str| edit::unknown(newest, kind, id);
    let evidence = args
        .evidence
        .as_deref()
        .map(|id| EvidenceId::parse(id).ok_or_else(|| unknown(ItemKind::Evidence, id)));
    let hypothesis = args
        .hypothesis
        .as_deref()
        .map(|id| HypothesisId::parse(id).ok_or_else(|| unknown(ItemKind::Hypothesis, id)));
    Ok(About { evidence: evidence.transpose()?, hypothesis: hypothesis.transpose()? })
}

/// What is told of the commit at a place; nothing where it changed nothing of what is asked about.
fn entry(
    history: &mut History,
    at: usize,
    after: &Version,
    about: &mut About,
    request: Request<'_>,
) -> Option<LogEntry> {
    let commit = history.note(at)?;
    let renamed_from = history.renamed_from(at);
    let merge = history.commits.get(at)?.parents.len() > 1;
    let after = match after {
        Version::Unreadable(reason) => {
            let told = Err(reason.clone());
            return about.is_all().then_some(LogEntry { commit, renamed_from, merge, told });
        }
        Version::Absent => None,
        Version::Scenario(scenario) => Some(scenario.as_ref()),
    };
    let parent = history.readable_parents(at).first().copied();
    let before = parent.map_or(Version::Absent, |parent| history.version(parent));
    let before = match &before {
        Version::Scenario(scenario) => Some(scenario.as_ref()),
        Version::Absent | Version::Unreadable(_) => None,
    };
    let compared = Compared { path: None, before: "", after: "" };
    let mut report = DiffReport::new(before, after, compared, Parts::ALL, request);
    report.retain(|change| about.concerns(change));
    let brief = report.brief();
    let concerned = about.is_all() || !brief.changes.is_empty();
    about.go_back(&brief.changes);
    concerned.then_some(LogEntry { commit, renamed_from, merge, told: Ok(brief) })
}
