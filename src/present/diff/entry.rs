//! Changes in one line each: the short part of each entry under a heading.

use super::DiffReport;
use super::group::{Group, Happening, Sort, sort};
use crate::change::{CellChange, Change, Edit, ItemChange, Listed, ScenarioChange, match_change};
use crate::present::change::{item_name, row_name};
use crate::present::listing::{Listing, ListingEntry, Sign};
use crate::present::table::BLANK;
use crate::present::words::{count, item_words, stated as percent, value as value_words};
use crate::present::{Cell, Tone};
use crate::scenario::{HypothesisId, ItemKind, Probability, RowId, Value};

impl DiffReport<'_> {
    /// Returns the listing under one heading.
    pub(super) fn listing(&self, group: Group) -> Listing<'_> {
        let Group { sort, entries } = group;
        let before = std::iter::once(None).chain(entries.iter().copied().map(Some));
        let told = entries.iter().zip(before).map(|(at, before)| {
            let mut entry = self.entry(*at);
            // The line above has the same reminder.
            if before.is_some_and(|before| self.is_about_the_same(before, *at)) {
                entry.about = "".into();
            }
            (entry, self.words(*at))
        });
        Listing::of(heading(sort, entries.len()), names(sort), told.collect())
    }

    /// Returns the changes of an entry, given the position of the first and their number.
    pub(super) fn changes_of(&self, (at, count): (usize, usize)) -> &[Change] {
        self.changes.get(at..at + count).unwrap_or_default()
    }

    /// Returns the values before and after, if they are shown beside each other.
    pub(super) fn change_of(&self, at: (usize, usize)) -> Option<(Cell<'_>, Cell<'_>)> {
        self.entry(at).change
    }

    fn is_about_the_same(&self, (one, _): (usize, usize), (other, _): (usize, usize)) -> bool {
        let subject = |at: usize| self.changes.get(at).map(Change::subject);
        subject(one) == subject(other)
    }

    fn entry(&self, at: (usize, usize)) -> ListingEntry<'_> {
        let changes = self.changes_of(at);
        let Some(change) = changes.first() else { return ListingEntry::default() };
        match_change!(
            change,
            Item(item) => self.item_entry(change, item, at.0),
            Change::Cell { row, hypothesis, .. } => self.cell_entry(row, hypothesis, changes),
            Change::Scenario(change) => scenario_entry(change),
        )
    }

    fn cell_entry<'b>(
        &'b self,
        row: &'b RowId,
        hypothesis: &'b HypothesisId,
        changes: &'b [Change],
    ) -> ListingEntry<'b> {
        let header = self.names().header(hypothesis);
        if changes.iter().all(|change| sort(change) == Sort::Texts) {
            let cell = Cell::plain(format!("{} / {header}", row_name(row)));
            return ListingEntry::named(vec![cell, Cell::plain("note")]);
        }
        let stated = |side: &Option<Probability>| side.map_or_else(|| BLANK.to_owned(), percent);
        let ratings = changes.iter().find_map(|change| match change {
            Change::Cell { change: CellChange::Rating(edit), .. } => {
                Some((Cell::rating(edit.before), Cell::rating(edit.after)))
            }
            Change::Cell { change: CellChange::Probability(edit), .. } => {
                Some((was(stated(&edit.before)), is(stated(&edit.after))))
            }
            _ => None,
        });
        ListingEntry {
            names: vec![Cell::plain(row_name(row)), Cell::plain(header)],
            change: ratings,
            about: self.names().says(row.kind(), row.as_str()).into(),
            ..ListingEntry::default()
        }
    }

    /// `at` is the position of the change.
    fn item_entry<'b, T: Listed>(
        &'b self,
        change: &'b Change,
        item: &'b ItemChange<T>,
        at: usize,
    ) -> ListingEntry<'b> {
        let id = item.id().as_ref();
        let about = || self.names().says(T::KIND, id).into();
        // People count from 1.
        let place = |index: usize| Cell::plain((index + 1).to_string());
        match item {
            ItemChange::Added(_) => {
                ListingEntry { sign: Sign::Added, ..ListingEntry::named(vec![Cell::plain(id)]) }
            }
            ItemChange::Removed(_) => {
                ListingEntry { sign: Sign::Removed, ..ListingEntry::named(vec![Cell::plain(id)]) }
            }
            ItemChange::Renamed { from, to, .. } => ListingEntry {
                change: Some((was(from.as_ref()), is(to.as_ref()))),
                about: about(),
                ..ListingEntry::default()
            },
            ItemChange::Moved { from, to, .. } => ListingEntry {
                names: vec![Cell::plain(id)],
                change: Some((place(from.index), place(to.index))),
                about: about(),
                ..ListingEntry::default()
            },
            ItemChange::FieldSet { field, .. } if sort(change) == Sort::Texts => {
                let whose = Cell::plain(item_name(T::KIND, id));
                ListingEntry::named(vec![whose, Cell::plain(T::key(*field))])
            }
            ItemChange::FieldSet { field, edit, .. } => {
                let default = T::spec(*field).default.filter(|_| !self.is_beside_a_grade(at));
                ListingEntry {
                    names: vec![Cell::plain(id), Cell::plain(T::key(*field))],
                    change: Some(values(edit, default)),
                    about: about(),
                    ..ListingEntry::default()
                }
            }
            ItemChange::ConflictSet { edit, .. } => ListingEntry {
                names: vec![Cell::plain(id), Cell::plain("conflict")],
                change: Some(settling(edit)),
                about: about(),
                ..ListingEntry::default()
            },
        }
    }

    /// Whether the item of the change at this place also gained or lost a grade, so that no default credibility applies.
    fn is_beside_a_grade(&self, at: usize) -> bool {
        let id = self.changes.get(at).and_then(Change::evidence);
        let near =
            [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|near| self.changes.get(near));
        id.is_some() && near.into_iter().any(|near| near.evidence() == id && near.field() == Some("grade"))
    }
}

fn scenario_entry(change: &ScenarioChange) -> ListingEntry<'_> {
    match change {
        ScenarioChange::FieldSet { field, .. } if field.spec().nature.is_text() => {
            ListingEntry::named(vec![Cell::plain(field.as_str())])
        }
        ScenarioChange::FieldSet { field, edit } => {
            let change = Some(values(edit, field.spec().default));
            ListingEntry { names: vec![Cell::plain(field.as_str())], change, ..ListingEntry::default() }
        }
        ScenarioChange::ConflictSet(edit) => ListingEntry {
            names: vec![Cell::plain("conflict")],
            change: Some(settling(edit)),
            ..ListingEntry::default()
        },
    }
}

fn heading(sort: Sort, number: usize) -> String {
    match sort {
        Sort::Judgements => count(number, "judgement", "judgements"),
        Sort::Probabilities => count(number, "probability", "probabilities"),
        Sort::Items(what, kind) => format!("{} {}", items(kind, number), what.as_str()),
        Sort::Weights => format!("{} changed", count(number, "weight", "weights")),
        Sort::Fields(kind) => {
            format!("{} changed", count(number, &format!("{kind} field"), &format!("{kind} fields")))
        }
        Sort::Texts => format!("{} edited", count(number, "text", "texts")),
        Sort::Scenario => format!("{} changed", count(number, "scenario field", "scenario fields")),
    }
}

/// Counts items of a kind.
pub(super) fn items(kind: ItemKind, number: usize) -> String {
    let (one, many) = item_words(kind);
    count(number, one, many)
}

fn names(sort: Sort) -> &'static [&'static str] {
    match sort {
        Sort::Judgements => &["Item", "Hypothesis"],
        Sort::Probabilities => &["Estimate", "Hypothesis"],
        Sort::Items(Happening::Renamed, _) => &[],
        Sort::Items(Happening::Added | Happening::Removed | Happening::Moved, kind) => match kind {
            ItemKind::Hypothesis => &["Hypothesis"],
            ItemKind::Source => &["Source"],
            ItemKind::Evidence => &["Item"],
            ItemKind::Indicator => &["Indicator"],
            ItemKind::Estimate => &["Estimate"],
        },
        Sort::Weights | Sort::Fields(ItemKind::Evidence) => &["Item", "Field"],
        Sort::Fields(ItemKind::Hypothesis) => &["Hypothesis", "Field"],
        Sort::Fields(ItemKind::Source) => &["Source", "Field"],
        Sort::Fields(ItemKind::Indicator) => &["Indicator", "Field"],
        Sort::Fields(ItemKind::Estimate) => &["Estimate", "Field"],
        Sort::Texts => &["Where", "Field"],
        Sort::Scenario => &["Field"],
    }
}

fn was<'a>(text: impl Into<std::borrow::Cow<'a, str>>) -> Cell<'a> {
    Cell::new(text, Tone::Removed)
}

fn is<'a>(text: impl Into<std::borrow::Cow<'a, str>>) -> Cell<'a> {
    Cell::new(text, Tone::Added)
}

/// Returns both values; an absent one is shown as the default in parentheses, if there is one.
fn values(edit: &Edit<Value>, default: Option<&str>) -> (Cell<'static>, Cell<'static>) {
    let absent =
        || Cell::new(default.map_or_else(|| BLANK.to_owned(), |word| format!("({word})")), Tone::Dim);
    (
        edit.before.as_ref().map_or_else(absent, |value| was(value_words(value))),
        edit.after.as_ref().map_or_else(absent, |value| is(value_words(value))),
    )
}

/// Says whether a conflict was and is left.
pub(super) fn settling<T>(edit: &Edit<T>) -> (Cell<'static>, Cell<'static>) {
    let said = |side: &Option<T>| if side.is_some() { "to settle" } else { BLANK };
    (was(said(&edit.before)), is(said(&edit.after)))
}
