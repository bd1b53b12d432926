//! `ach resolve`: what merges have left, and how it is settled.

mod ask;

use std::path::Path;

use clap::Args;

use super::set::unknown_rating;
use super::usage;
use crate::change::{Change, Dispute, Unsettled, apply_all, doubled, make, settle, settle_all, unsettled};
use crate::cli::edit::{self, Editing};
use crate::cli::load;
use crate::cli::options::FormatArgs;
use crate::cli::outcome::{Failure, Outcome, Unusable};
use crate::cli::output::Output;
use crate::diagnostic::{Severity, did_you_mean};
use crate::document::Lines;
use crate::git::{self, Doing, Operation};
use crate::present::target::{self, ids};
use crate::present::{Left, Objection, Purpose, ResolutionReport, Said, Underway, shell_word, words};
use crate::scenario::{ItemKind, Rating, Scenario, Side, Subject};
use crate::store::Origin;
use crate::text::single_line;

/// List and settle the conflicts that a merge left
///
/// Without more than the file, lists what is left to settle: what ours, theirs and the base say, and where it stands.
/// Where both sides gave one id to different items, that of theirs follows as ID-theirs, and the commands are listed
/// that keep one of the two or both.
///
/// A cell is named by the ids of its item and its hypothesis, a field as ID.FIELD or by its path, and ID alone is all
/// that is left in an item; a number is one of the list. What is named is settled by --ours or --theirs; a cell also by
/// --rating; an item that one side deleted by --keep or --delete. With nothing named, --ours and --theirs settle
/// everything.
///
/// On a terminal, --interactive asks about one after the other: ours, theirs, a rating, or leave it. Each answer is
/// saved at once.
///
/// To settle a field for a third value, set it with `ach set` and keep it with --ours.
#[derive(Args, Debug)]
#[command(
    override_usage = "ach resolve [OPTIONS] <FILE>\n       ach resolve [OPTIONS] <FILE> --ours|--theirs|--interactive\n       ach resolve [OPTIONS] <FILE> <EVIDENCE> <HYPOTHESIS> --ours|--theirs|--rating <RATING>\n       ach resolve [OPTIONS] <FILE> <ID|ID.FIELD|NUMBER> --ours|--theirs|--keep|--delete",
    after_help = "Examples:
  ach resolve case.toml
  ach resolve case.toml -i
  ach resolve case.toml no-claim iskp --theirs
  ach resolve case.toml no-claim iskp --rating I
  ach resolve case.toml no-claim.text --ours
  ach resolve case.toml casings --delete
  ach resolve case.toml --ours --dry-run"
)]
pub(in crate::cli) struct ResolveArgs {
    /// The scenario
    #[arg(value_name = "FILE")]
    file: String,
    /// What to settle: a cell, a field, an item or a number of the list
    #[arg(num_args = 0..=2, value_name = "WHAT")]
    what: Vec<String>,
    /// Keep what the file has
    #[arg(long, group = "how")]
    ours: bool,
    /// Take what the other side has
    #[arg(long, group = "how")]
    theirs: bool,
    /// Rate the cell so, or leave it `blank`
    #[arg(long, value_name = "RATING", group = "how")]
    rating: Option<String>,
    /// Keep the item that one side deleted
    #[arg(long, group = "how")]
    keep: bool,
    /// Delete the item that one side deleted
    #[arg(long, group = "how")]
    delete: bool,
    /// Ask about each on the terminal
    #[arg(short, long, group = "how", conflicts_with_all = ["dry_run", "format"])]
    interactive: bool,
    /// Show what would change and write nothing
    #[arg(long, requires = "how")]
    dry_run: bool,
    #[command(flatten)]
    format: FormatArgs,
}

/// How something is settled.
#[derive(Clone, Copy, Debug)]
enum How {
    For(Side),
    Rated(Option<Rating>),
    Kept,
    Deleted,
}

pub(super) fn run(args: &ResolveArgs, output: &Output) -> Result<Outcome, Failure> {
    if args.interactive {
        return ask::run(args, output);
    }
    let Some(how) = args.how()? else { return list(args, output) };
    let editing = edit::open_to_settle(&args.file, output)?;
    let scenario = editing.scenario();
    let changes = match (args.what.as_slice(), how) {
        ([], How::For(side)) => settle_all(scenario, side).map_err(|(subject, refused)| {
            let said = about(scenario, subject);
            let Objection { message, help } = Objection::to_change(scenario, &refused);
            Failure::refused(format!("{said} cannot be settled so: {message}"), help.unwrap_or_default())
        })?,
        ([], How::Rated(_) | How::Kept | How::Deleted) => {
            return Err(usage("resolve", "name what is to be settled so".to_owned()));
        }
        (what, how) => settled(scenario, &named(scenario, what)?, how)?,
    };
    finish(editing, &changes, args, output)
}

/// Saves, and says what is left.
fn finish(
    editing: Editing,
    changes: &[Change],
    args: &ResolveArgs,
    output: &Output,
) -> Result<Outcome, Failure> {
    let mut after = editing.scenario().clone();
    let made = apply_all(&mut after, changes);
    debug_assert_eq!(made, Ok(()), "what settles a scenario applies to it");
    let outcome = editing.finish(changes, args.dry_run, output)?;
    if !args.dry_run {
        tell_what_is_left(&after, &args.file, output)?;
    }
    Ok(outcome)
}

/// Says how much is left to settle in a file, and what to do next.
fn tell_what_is_left(scenario: &Scenario, file: &str, output: &Output) -> Result<(), Failure> {
    let (left, doubled) = (unsettled(scenario).len(), doubled(scenario).len());
    let file = shell_word(file);
    output.note(|out| match left {
        0 if doubled > 0 => writeln!(
            out,
            "no conflicts are left, but {} that both sides gave: ach resolve {}",
            words::count(doubled, "id", "ids"),
            single_line(&file)
        ),
        0 => writeln!(out, "no conflicts are left: git add {}", single_line(&file)),
        1 => writeln!(out, "1 conflict is left: ach resolve {}", single_line(&file)),
        several => writeln!(out, "{several} conflicts are left: ach resolve {}", single_line(&file)),
    })
}

fn list(args: &ResolveArgs, output: &Output) -> Result<Outcome, Failure> {
    let opened = load::open(&args.file).map_err(Failure::unopened)?;
    let document = opened.reading.document;
    let Some(scenario) = opened.reading.scenario else {
        let mut errors = opened.reading.diagnostics;
        errors.retain(|found| found.severity() == Severity::Error);
        let checked = load::checked(opened.name, &document, None, &errors);
        return Err(Failure::Unusable(vec![Unusable::Faulty(checked)]));
    };
    let chosen = if args.what.is_empty() { None } else { Some(named(&scenario, &args.what)?) };
    let (places, lines) = (document.places(), Lines::new(document.text()));
    let all = unsettled(&scenario);
    let count = all.len();
    let left = all.into_iter().zip(1..).map(|(unsettled, number)| {
        let place = places.span(&unsettled.subject).map_or((1, 1), |span| lines.position(span.start));
        Left { number, unsettled, place }
    });
    let is_asked =
        |left: &Left<'_>| chosen.as_ref().is_none_or(|some| some.contains(&left.unsettled.subject));
    let purpose = match opened.origin {
        Origin::File => Purpose::List,
        Origin::StandardInput | Origin::Revision => Purpose::Look,
    };
    let left = left.filter(is_asked).collect();
    let report = ResolutionReport::new(&scenario, &args.file, purpose, left, count);
    let report =
        report.during((count > 0 && purpose == Purpose::List).then(|| underway(&args.file)).flatten());
    output.reports(args.format.format(), &[&report])
}

/// What git is in the middle of with this file. Without an answer there is less to tell, and no more.
fn underway(file: &str) -> Option<Underway> {
    let (repository, path) = git::locate(Path::new(file)).ok()?;
    let Operation { doing, commit } = repository.operation(&path).ok()??;
    Some(match doing {
        Doing::Merging => Underway::Merging(commit),
        Doing::Rebasing => Underway::Rebasing(commit),
        Doing::Picking => Underway::Picking(commit),
        Doing::Reverting => Underway::Reverting(commit),
    })
}

impl ResolveArgs {
    fn how(&self) -> Result<Option<How>, Failure> {
        if let Some(word) = &self.rating {
            let rating = if word == "blank" {
                None
            } else {
                Some(Rating::parse(word).ok_or_else(|| unknown_rating(word))?)
            };
            return Ok(Some(How::Rated(rating)));
        }
        let chosen = [
            (self.ours, How::For(Side::Ours)),
            (self.theirs, How::For(Side::Theirs)),
            (self.keep, How::Kept),
            (self.delete, How::Deleted),
        ];
        Ok(chosen.into_iter().find(|(is_chosen, _)| *is_chosen).map(|(_, how)| how))
    }
}

/// What the words name of what is left to settle.
fn named(scenario: &Scenario, what: &[String]) -> Result<Vec<Subject>, Failure> {
    let left = unsettled(scenario);
    let subjects = || left.iter().map(|left| left.subject);
    let found: Vec<Subject> = match what {
        [evidence, hypothesis] => {
            let at = |kind, id: &str| {
                let at = ids(scenario, kind).iter().position(|other| *other == id);
                at.ok_or_else(|| edit::unknown(scenario, kind, id))
            };
            let (evidence, hypothesis) =
                (at(ItemKind::Evidence, evidence)?, at(ItemKind::Hypothesis, hypothesis)?);
            subjects().filter(|subject| *subject == Subject::Cell { evidence, hypothesis }).collect()
        }
        [one] => one_word(scenario, &left, one)?,
        _ => Vec::new(),
    };
    if found.is_empty() {
        let message = format!("nothing is left to settle in {}", what.join(" / "));
        return Err(Failure::refused(message, help(scenario, &left, &what.join(" "))));
    }
    Ok(found)
}

/// What one word names: a number of the list, a path, a field or an item.
fn one_word(scenario: &Scenario, left: &[Unsettled<'_>], word: &str) -> Result<Vec<Subject>, Failure> {
    if let Ok((kind, id)) = target::item(scenario, word) {
        let at = ids(scenario, kind).iter().position(|other| *other == id);
        let is_in = |subject: &Subject| match *subject {
            Subject::Item(k, i) | Subject::ItemField(k, i, _) => k == kind && Some(i) == at,
            Subject::Cell { evidence, .. } => kind == ItemKind::Evidence && Some(evidence) == at,
            Subject::Scenario | Subject::ScenarioField(_) => false,
        };
        return Ok(left.iter().map(|left| left.subject).filter(is_in).collect());
    }
    if let Ok(number) = word.parse::<usize>() {
        return Ok(number
            .checked_sub(1)
            .and_then(|at| left.get(at))
            .map(|left| left.subject)
            .into_iter()
            .collect());
    }
    let is_named = |left: &&Unsettled<'_>| {
        let target = Said::new(scenario, left).target;
        target == word || target == without_kind(word)
    };
    Ok(left.iter().filter(is_named).map(|left| left.subject).collect())
}

fn without_kind(word: &str) -> &str {
    word.split_once(':').map_or(word, |(_, rest)| rest)
}

/// What could have been meant.
fn help(scenario: &Scenario, left: &[Unsettled<'_>], given: &str) -> String {
    let targets: Vec<String> = left.iter().map(|left| Said::new(scenario, left).target).collect();
    if targets.is_empty() && !doubled(scenario).is_empty() {
        return "`ach resolve FILE` lists the ids that both sides gave, and the commands that keep one or both".to_owned();
    }
    if targets.is_empty() {
        return "there are no conflicts in the file".to_owned();
    }
    did_you_mean(given, targets.iter().map(String::as_str))
        .unwrap_or_else(|| format!("left are {}", words::some(&targets, 8)))
}

fn about(scenario: &Scenario, subject: Subject) -> String {
    let left = unsettled(scenario);
    let left = left.iter().find(|left| left.subject == subject);
    left.map_or_else(|| "a conflict".to_owned(), |left| Said::new(scenario, left).about)
}

/// The changes that settle these.
fn settled(scenario: &Scenario, subjects: &[Subject], how: How) -> Result<Vec<Change>, Failure> {
    let mut now = scenario.clone();
    let mut changes = Vec::new();
    let is_whole = |subject: &&Subject| matches!(subject, Subject::Item(..));
    let of_deletion =
        matches!(how, How::Kept | How::Deleted) && subjects.iter().any(|subject| is_whole(&subject));
    for subject in subjects.iter().filter(|subject| !of_deletion || is_whole(subject)) {
        let step = step(&now, *subject, how)?;
        apply_all(&mut now, &step).map_err(|at| edit::refusal(&now, &at.refused))?;
        changes.extend(step);
        // What was deleted has nothing else to settle.
        if changes.iter().any(|change| change.kind().ends_with("-removed")) {
            break;
        }
    }
    Ok(changes)
}

fn step(scenario: &Scenario, subject: Subject, how: How) -> Result<Vec<Change>, Failure> {
    let refuse = |refused| edit::refusal(scenario, &refused);
    let dispute =
        unsettled(scenario).into_iter().find(|left| left.subject == subject).map(|left| left.dispute);
    let deleter = match dispute {
        Some(Dispute::Deleted(side)) => Some(side),
        Some(Dispute::Cell { .. } | Dispute::Field { .. }) | None => None,
    };
    match (how, subject, deleter) {
        (How::For(side), ..) => settle(scenario, subject, side).map_err(refuse),
        (How::Deleted, _, Some(side)) => settle(scenario, subject, side).map_err(refuse),
        (How::Kept, _, Some(side)) => settle(scenario, subject, side.other()).map_err(refuse),
        (How::Rated(rating), Subject::Cell { evidence, hypothesis }, _) => {
            let mut changes = settle(scenario, subject, Side::Ours).map_err(refuse)?;
            let ids = scenario.evidence.get(evidence).zip(scenario.hypotheses.get(hypothesis));
            if let Some((item, hypothesis)) = ids {
                let rated = make::set_rating(scenario, &item.id, &hypothesis.id, rating);
                changes.extend(rated.map_err(refuse)?);
            }
            Ok(changes)
        }
        (How::Rated(_), ..) => Err(Failure::refused("only a cell can be rated", "use --ours or --theirs")),
        (How::Kept | How::Deleted, ..) => {
            Err(Failure::refused("neither side deleted it", "use --ours or --theirs"))
        }
    }
}
