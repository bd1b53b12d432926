//! `ach resolve --interactive`: asks about one conflict after the other. Each answer is saved at once, so that nothing
//! is lost however the command ends.

use std::collections::HashSet;
use std::ffi::OsStr;

use super::settle::{Settlement, named, settled, tell_what_is_left, underway};
use crate::change::{Dispute, Unsettled, unsettled};
use crate::cli::{Failure, Outcome, Output};
use crate::cli::{edit, load};
use crate::present::{ConflictText, OpenConflict, Purpose, ResolutionReport};
use crate::report::DEFAULT_FORMAT;
use crate::scenario::{Rating, Scenario, Side};
use crate::text::single_line;

/// An answer to the question about a conflict.
#[derive(Clone, Copy, Debug)]
enum ConflictAnswer {
    Settle(Settlement),
    Skip,
    Quit,
    /// Anything else, which is answered with a list of the valid answers.
    Help,
}

/// Asks about all conflicts that are named; `None` if there are none.
pub(super) fn run(file: &OsStr, what: &[String], output: &Output) -> Result<Option<Outcome>, Failure> {
    if !output.can_ask() {
        let message = "there is no terminal to ask on";
        return Err(Failure::refused(
            message,
            "settle it with --ours or --theirs, or name what is to be settled",
        ));
    }
    let mut editing = edit::open_to_settle(file, output)?;
    if unsettled(editing.scenario()).is_empty() {
        return Ok(None);
    }
    let wanted = wanted(editing.scenario(), what)?;
    let underway = underway(file);
    let marking = editing.scenario().marking.clone();
    tell_marking(marking.as_deref(), output)?;
    let mut passed: HashSet<String> = HashSet::new();
    loop {
        let scenario = editing.scenario();
        let open: Vec<(Unsettled<'_>, ConflictText)> = unsettled(scenario)
            .into_iter()
            .map(|left| (ConflictText::new(scenario, &left), left))
            .filter(|(said, _)| wanted.contains(&said.target) && !passed.contains(&said.target))
            .map(|(said, left)| (left, said))
            .collect();
        let Some((left, said)) = open.first() else { break };
        let target = said.target.clone();
        let (number, all) = (passed.len() + 1, passed.len() + open.len());
        let asked = OpenConflict {
            number,
            unsettled: left.clone(),
            place: load::positions(editing.document())(&left.subject),
        };
        let purpose = Purpose::Ask(number, all);
        let report =
            ResolutionReport::new(scenario, file, purpose, vec![asked], all).during(underway.clone());
        output.reports(DEFAULT_FORMAT, &[&report])?;
        let how = loop {
            let Some(words) = output.ask(question(&left.dispute))? else { break ConflictAnswer::Quit };
            match answer(&words, &left.dispute) {
                ConflictAnswer::Help => output.result(|out| writeln!(out, "{}", help(&left.dispute)))?,
                answer => break answer,
            }
        };
        let subject = left.subject;
        match how {
            ConflictAnswer::Settle(how) => match settled(scenario, &[subject], how) {
                Ok(changes) => editing.step(&changes, output)?,
                Err(failure) => {
                    output.tell(&failure);
                    continue;
                }
            },
            ConflictAnswer::Skip | ConflictAnswer::Help => {}
            ConflictAnswer::Quit => break,
        }
        passed.insert(target);
        output.result(|out| writeln!(out))?;
    }
    tell_what_is_left(editing.scenario(), file, output)?;
    tell_marking(marking.as_deref(), output)?;
    Ok(Some(Outcome::Done))
}

/// Returns the names on command lines of the conflicts to ask about.
fn wanted(scenario: &Scenario, what: &[String]) -> Result<HashSet<String>, Failure> {
    let asked = if what.is_empty() { None } else { Some(named(scenario, what)?) };
    let left = unsettled(scenario).into_iter();
    let left = left.filter(|left| asked.as_ref().is_none_or(|asked| asked.contains(&left.subject)));
    Ok(left.map(|left| ConflictText::new(scenario, &left).target).collect())
}

fn tell_marking(marking: Option<&str>, output: &Output) -> Result<(), Failure> {
    output.result(|out| marking.map_or(Ok(()), |marking| writeln!(out, "{}", single_line(marking))))
}

const fn question(dispute: &Dispute<'_>) -> &'static str {
    match dispute {
        Dispute::Cell { .. } => "[o]urs, [t]heirs, a rating, [s]kip, [q]uit, [?]",
        Dispute::Field { .. } => "[o]urs, [t]heirs, [s]kip, [q]uit, [?]",
        Dispute::Deleted(_) => "[k]eep it, [d]elete it, [s]kip, [q]uit, [?]",
    }
}

fn help(dispute: &Dispute<'_>) -> String {
    let own = match dispute {
        Dispute::Cell { .. } | Dispute::Field { .. } => "o  keep what ours says\nt  take what theirs says\n",
        Dispute::Deleted(_) => "k  keep the item that one side deleted\nd  delete it\n",
    };
    let rating = match dispute {
        Dispute::Cell { .. } => {
            "CC, C, N, I, II, NA  give the cell this rating; blank leaves it without one\n"
        }
        Dispute::Field { .. } | Dispute::Deleted(_) => "",
    };
    format!("{own}{rating}s  leave this one and go on\nq  stop; what is settled so far is saved")
}

fn answer(words: &str, dispute: &Dispute<'_>) -> ConflictAnswer {
    let word = words.to_ascii_lowercase();
    match (word.as_str(), dispute) {
        ("s" | "skip", _) => ConflictAnswer::Skip,
        ("q" | "quit", _) => ConflictAnswer::Quit,
        ("o" | "ours", _) => ConflictAnswer::Settle(Settlement::For(Side::Ours)),
        ("t" | "theirs", _) => ConflictAnswer::Settle(Settlement::For(Side::Theirs)),
        ("k" | "keep", Dispute::Deleted(_)) => ConflictAnswer::Settle(Settlement::Kept),
        ("d" | "delete", Dispute::Deleted(_)) => ConflictAnswer::Settle(Settlement::Deleted),
        ("blank", Dispute::Cell { .. }) => ConflictAnswer::Settle(Settlement::Rated(None)),
        (_, Dispute::Cell { .. }) => Rating::parse(&words.to_ascii_uppercase())
            .map_or(ConflictAnswer::Help, |rating| ConflictAnswer::Settle(Settlement::Rated(Some(rating)))),
        (_, Dispute::Field { .. } | Dispute::Deleted(_)) => ConflictAnswer::Help,
    }
}
