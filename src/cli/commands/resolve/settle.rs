//! Finds the conflicts that words name, settles them, and reports those that are left.

use std::ffi::OsStr;
use std::path::Path;

use super::unmerged::unmerged;
use crate::change::{Change, Dispute, Unsettled, apply_all, doubled, make, settle, unsettled};
use crate::cli::edit;
use crate::cli::outcome::Failure;
use crate::cli::output::Output;
use crate::diagnostic::did_you_mean;
use crate::git::{self, Operation, OperationKind};
use crate::present::target::{self, ids};
use crate::present::{ConflictText, Underway, shell_word, words};
use crate::scenario::{ItemKind, Rating, Scenario, Side, Subject};
use crate::text::single_line;

/// A way to settle a conflict.
#[derive(Clone, Copy, Debug)]
pub(super) enum Settlement {
    For(Side),
    Rated(Option<Rating>),
    Kept,
    Deleted,
}

/// Returns the operation that git has stopped for this file; `None` also if git cannot be asked.
pub(super) fn underway(file: &OsStr) -> Option<Underway> {
    let (repository, path) = git::locate(Path::new(file)).ok()?;
    let Operation { doing, commit } = repository.operation(&path).ok()??;
    let commit = commit.to_string();
    Some(match doing {
        OperationKind::Merging => Underway::Merging(commit),
        OperationKind::Rebasing => Underway::Rebasing(commit),
        OperationKind::Picking => Underway::Picking(commit),
        OperationKind::Reverting => Underway::Reverting(commit),
    })
}

/// Finds the unsettled conflicts that the words name.
pub(super) fn named(scenario: &Scenario, what: &[String]) -> Result<Vec<Subject>, Failure> {
    let left = unsettled(scenario);
    let subjects = || left.iter().map(|left| left.subject);
    let found: Vec<Subject> = match what {
        [row, hypothesis] => {
            let at = |kind, id: &str| {
                let at = ids(scenario, kind).iter().position(|other| *other == id);
                at.ok_or_else(|| edit::unknown(scenario, kind, id))
            };
            let row = target::row(scenario, row)?;
            let (kind, item) = (row.kind(), at(row.kind(), row.as_str())?);
            let hypothesis = at(ItemKind::Hypothesis, hypothesis)?;
            subjects().filter(|subject| *subject == Subject::Cell { kind, item, hypothesis }).collect()
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

/// Finds the conflicts that one word names: a number of the list, a path, a field or an item.
fn one_word(scenario: &Scenario, left: &[Unsettled<'_>], word: &str) -> Result<Vec<Subject>, Failure> {
    if let Ok((kind, id)) = target::item(scenario, word) {
        let at = ids(scenario, kind).iter().position(|other| *other == id);
        let is_in = |subject: &Subject| match *subject {
            Subject::Item(k, i) | Subject::ItemField(k, i, _) => k == kind && Some(i) == at,
            Subject::Cell { kind: k, item, .. } => k == kind && Some(item) == at,
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
        let target = ConflictText::new(scenario, left).target;
        target == word || target == without_kind(word)
    };
    Ok(left.iter().filter(is_named).map(|left| left.subject).collect())
}

fn without_kind(word: &str) -> &str {
    word.split_once(':').map_or(word, |(_, rest)| rest)
}

/// Suggests a conflict that may be meant.
fn help(scenario: &Scenario, left: &[Unsettled<'_>], given: &str) -> String {
    let targets: Vec<String> = left.iter().map(|left| ConflictText::new(scenario, left).target).collect();
    if targets.is_empty() && !doubled(scenario).is_empty() {
        return "`ach resolve FILE` lists the ids that both sides gave, and the commands that keep one or both".to_owned();
    }
    if targets.is_empty() {
        return "there are no conflicts in the file".to_owned();
    }
    did_you_mean(given, targets.iter().map(String::as_str))
        .unwrap_or_else(|| format!("left are {}", words::some(&targets, 8)))
}

/// Returns the changes that settle these conflicts.
pub(super) fn settled(
    scenario: &Scenario,
    subjects: &[Subject],
    how: Settlement,
) -> Result<Vec<Change>, Failure> {
    let mut now = scenario.clone();
    let mut changes = Vec::new();
    let is_whole = |subject: &&Subject| matches!(subject, Subject::Item(..));
    let of_deletion = matches!(how, Settlement::Kept | Settlement::Deleted)
        && subjects.iter().any(|subject| is_whole(&subject));
    for subject in subjects.iter().filter(|subject| !of_deletion || is_whole(subject)) {
        let step = step(&now, *subject, how)?;
        apply_all(&mut now, &step).map_err(|at| edit::refusal(&now, &at.refused))?;
        changes.extend(step);
        // A deleted item has no other conflicts.
        if changes.iter().any(|change| change.kind().ends_with("-removed")) {
            break;
        }
    }
    Ok(changes)
}

fn step(scenario: &Scenario, subject: Subject, how: Settlement) -> Result<Vec<Change>, Failure> {
    let refuse = |refused| edit::refusal(scenario, &refused);
    let dispute =
        unsettled(scenario).into_iter().find(|left| left.subject == subject).map(|left| left.dispute);
    let deleter = match dispute {
        Some(Dispute::Deleted(side)) => Some(side),
        Some(Dispute::Cell { .. } | Dispute::Field { .. }) | None => None,
    };
    match (how, subject, deleter) {
        (Settlement::For(side), ..) => settle(scenario, subject, side).map_err(refuse),
        (Settlement::Deleted, _, Some(side)) => settle(scenario, subject, side).map_err(refuse),
        (Settlement::Kept, _, Some(side)) => settle(scenario, subject, side.other()).map_err(refuse),
        (Settlement::Rated(rating), Subject::Cell { kind, item, hypothesis }, _)
            if kind != ItemKind::Estimate =>
        {
            let mut changes = settle(scenario, subject, Side::Ours).map_err(refuse)?;
            let ids = scenario.row_id(kind, item).zip(scenario.hypotheses.get(hypothesis));
            if let Some((row, hypothesis)) = ids {
                let rated = make::set_rating(scenario, row, &hypothesis.id, rating);
                changes.extend(rated.map_err(refuse)?);
            }
            Ok(changes)
        }
        (Settlement::Rated(_), ..) => {
            Err(Failure::refused("only a cell can be rated", "use --ours or --theirs"))
        }
        (Settlement::Kept | Settlement::Deleted, ..) => {
            Err(Failure::refused("neither side deleted it", "use --ours or --theirs"))
        }
    }
}

/// Reports the number of conflicts left in a file, and the next step.
pub(super) fn tell_what_is_left(scenario: &Scenario, file: &OsStr, output: &Output) -> Result<(), Failure> {
    let (left, doubled) = (unsettled(scenario).len(), doubled(scenario).len());
    let lacking = (left == 0 && doubled == 0).then(|| unmerged(file, scenario)).flatten();
    let file = shell_word(file);
    output.note(|out| match left {
        0 if doubled > 0 => writeln!(
            out,
            "no conflicts are left, but {} that both sides gave: ach resolve {}",
            words::count(doubled, "id", "ids"),
            single_line(&file)
        ),
        0 => match &lacking {
            Some(lacking) => {
                let file = single_line(&file);
                writeln!(out, "{}: ach resolve {file}", lacking.line(&file))
            }
            None => writeln!(out, "no conflicts are left: git add {}", single_line(&file)),
        },
        1 => writeln!(out, "1 conflict is left: ach resolve {}", single_line(&file)),
        several => writeln!(out, "{several} conflicts are left: ach resolve {}", single_line(&file)),
    })
}
