//! The changes since the last commit as a page: what became of the conclusion, then each change as `ach diff` words
//! it.

use super::head::Head;
use super::page::{Goal, Lead, Page, owned};
use super::state::State;
use crate::change::Change;
use crate::present::{Compared, DiffReport, Parts, Phrase, Report, Request, Section, Table, Tone};
use crate::scenario::ItemKind;

/// The page about the state as it is.
pub(crate) fn page(state: &State) -> Page {
    let mut page = Page::default();
    let committed = match &state.head {
        Head::Known(committed) => committed,
        Head::Unread => {
            page.say([Phrase::new("Reading the last commit ...", Tone::Dim)]);
            return page;
        }
        Head::None(reason) => {
            page.say([Phrase::new(*reason, Tone::Dim)]);
            return page;
        }
        Head::Unknown(reason) => {
            page.say([Phrase::new(format!("No changes can be told: {reason}."), Tone::Dim)]);
            return page;
        }
    };
    let compared = Compared { path: None, before: "HEAD", after: "here" };
    let request = Request { method: Some(state.method), ..Request::default() };
    let report =
        DiffReport::new(Some(&committed.scenario), Some(state.scenario()), compared, Parts::ALL, request);
    let mut listings = report.listed();
    for section in report.sections() {
        match section {
            Section::Prose(said) if !state.blind || report.is_identical() => {
                said.into_iter().for_each(|said| page.say(said.into_iter().map(owned)));
            }
            Section::Table(table) if !state.blind => standings(&mut page, &table),
            Section::Listing(listing) => {
                let leads = listings.next().unwrap_or_default();
                page.list(&listing, leads.into_iter().map(lead));
            }
            Section::Prose(_)
            | Section::Table(_)
            | Section::Title { .. }
            | Section::Faults(_)
            | Section::Next(_) => {}
        }
    }
    page
}

/// How hypotheses stand now and stood before, those that moved.
fn standings(page: &mut Page, table: &Table<'_>) {
    for row in table.rows.iter() {
        let [header, _, before, after, change] = row.as_slice() else { continue };
        if change.text.is_empty() {
            continue;
        }
        let said = [&before.text, &after.text].map(|text| if text.is_empty() { "-" } else { text.trim() });
        page.say([
            owned(header.clone()),
            Phrase::plain(format!("  {} -> {}  ", said[0], said[1])),
            owned(change.clone()),
        ]);
    }
}

/// What the changes of one entry lead to.
fn lead(changes: &[Change]) -> Lead {
    Lead { goal: changes.first().and_then(goal), changes: changes.to_vec() }
}

/// Where a change can be seen.
fn goal(change: &Change) -> Option<Goal> {
    let item = |kind, id: &str| Some(Goal::Item(kind, id.to_owned()));
    match change {
        Change::Cell { evidence, hypothesis, .. } => Some(Goal::Cell(evidence.clone(), hypothesis.clone())),
        Change::Hypothesis(change) => item(ItemKind::Hypothesis, change.id().as_str()),
        Change::Source(change) => item(ItemKind::Source, change.id().as_str()),
        Change::Evidence(change) => item(ItemKind::Evidence, change.id().as_str()),
        Change::Indicator(change) => item(ItemKind::Indicator, change.id().as_str()),
        Change::Scenario(_) => None,
    }
}
