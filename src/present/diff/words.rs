//! The long part of each entry: marked texts, whole items, reasons.

use super::DiffReport;
use super::entry::settling;
use super::group::{Sort, sort};
use super::wording::marked;
use crate::change::{CellChange, Change, Edit, Entry as Whole, ItemChange, ItemRef, Listed, ScenarioChange};
use crate::present::Cell;
use crate::present::phrase::{Phrase, dim, plain};
use crate::present::words::{count, counts, stated};
use crate::scenario::{HypothesisId, ItemKind, Kind, Level, RowId, Value};

impl DiffReport<'_> {
    /// Returns the paragraphs of an entry.
    pub(super) fn words(&self, at: (usize, usize)) -> Vec<Vec<Phrase<'_>>> {
        let changes = self.changes_of(at);
        match changes.first() {
            Some(Change::Cell { row, hypothesis, .. }) => self.cell_words(row, hypothesis, changes),
            Some(change @ Change::Hypothesis(item)) => self.item_words(change, item, ItemRef::Hypothesis),
            Some(change @ Change::Source(item)) => self.item_words(change, item, ItemRef::Source),
            Some(change @ Change::Evidence(item)) => self.item_words(change, item, ItemRef::Evidence),
            Some(change @ Change::Indicator(item)) => self.item_words(change, item, ItemRef::Indicator),
            Some(change @ Change::Estimate(item)) => self.item_words(change, item, ItemRef::Estimate),
            Some(Change::Scenario(ScenarioChange::FieldSet { field, edit }))
                if field.spec().nature.is_text() =>
            {
                vec![text(edit)]
            }
            Some(Change::Scenario(_)) | None => Vec::new(),
        }
    }

    fn cell_words<'b>(
        &self,
        row: &RowId,
        hypothesis: &HypothesisId,
        changes: &'b [Change],
    ) -> Vec<Vec<Phrase<'b>>> {
        let judged = changes.iter().any(|change| change.kind() == "rating-set");
        let alone = changes.iter().all(|change| sort(change) == Sort::Texts);
        let mut said = Vec::new();
        for change in changes {
            let Change::Cell { change, .. } = change else { continue };
            match change {
                CellChange::Rating(_) | CellChange::Probability(_) => {}
                CellChange::Confidence(edit) => {
                    let level = |level: Option<Level>| {
                        level.map_or_else(|| format!("({})", Level::Medium), |level| level.to_string())
                    };
                    let mut phrases = Vec::new();
                    if !judged {
                        // The rating itself stays: it says what one is more or less sure of.
                        phrases.extend([Cell::rating(self.names().rating(row, hypothesis)), plain(", ")]);
                    }
                    phrases.push(plain(format!(
                        "confidence {} -> {}",
                        level(edit.before),
                        level(edit.after)
                    )));
                    said.push(phrases);
                }
                CellChange::Note(edit) => {
                    let mut phrases = if alone { Vec::new() } else { vec![dim("note: ")] };
                    phrases.extend(marked(edit.before.as_deref(), edit.after.as_deref()));
                    said.push(phrases);
                }
                CellChange::Conflict(edit) => {
                    let (before, after) = settling(edit);
                    said.push(vec![plain(format!("conflict {} -> {}", before.text, after.text))]);
                }
            }
        }
        said
    }

    fn item_words<'b, T: Listed>(
        &'b self,
        change: &'b Change,
        item: &'b ItemChange<T>,
        told: fn(&'b Whole<T>) -> ItemRef<'b>,
    ) -> Vec<Vec<Phrase<'b>>> {
        match item {
            ItemChange::Added(entry) | ItemChange::Removed(entry) => self.whole(told(entry)),
            ItemChange::Renamed { along, .. } if !along.is_empty() => {
                let follow = if along.len() == 1 { "follows" } else { "follow" };
                vec![vec![dim(format!("{} {follow}", count(along.len(), "reference", "references")))]]
            }
            ItemChange::FieldSet { edit, .. } if sort(change) == Sort::Texts => vec![text(edit)],
            ItemChange::Renamed { .. }
            | ItemChange::FieldSet { .. }
            | ItemChange::Moved { .. }
            | ItemChange::ConflictSet { .. } => Vec::new(),
        }
    }

    /// Describes an added or removed item: its text, weight and ratings.
    fn whole<'b>(&'b self, told: ItemRef<'b>) -> Vec<Vec<Phrase<'b>>> {
        let mut remarks: Vec<String> = Vec::new();
        let none: &[(HypothesisId, crate::scenario::Cell)] = &[];
        let (text, cells) = match told {
            ItemRef::Hypothesis(Whole { item, cells, along, .. }) => {
                remarks.extend((!item.is_active()).then(|| item.status().to_string()));
                remarks.extend(item.prior.map(|prior| format!("prior {prior}")));
                let stated = cells.iter().filter(|(row, _)| row.kind() == ItemKind::Estimate).count();
                remarks.extend(counts([
                    (cells.len() - stated, "rating", "ratings"),
                    (stated, "probability", "probabilities"),
                    (references(along), "reference", "references"),
                ]));
                (&item.name, none)
            }
            ItemRef::Source(Whole { item, along, .. }) => {
                remarks.extend(item.reliability.map(|reliability| format!("reliability {reliability}")));
                remarks.extend(counts([(references(along), "reference", "references")]));
                (&item.name, none)
            }
            ItemRef::Evidence(Whole { item, cells, .. }) => {
                remarks.extend(item.kind.filter(|kind| *kind != Kind::Fact).map(|kind| kind.to_string()));
                remarks.extend(item.date.map(|date| date.to_string()));
                remarks.extend(weight(item.credibility(), "credibility"));
                remarks.extend(weight(item.relevance(), "relevance"));
                (&item.text, cells.as_slice())
            }
            ItemRef::Indicator(Whole { item, cells, .. }) => {
                remarks.extend(item.hypothesis.as_ref().map(|hypothesis| format!("for {hypothesis}")));
                remarks.extend(item.status.map(|status| status.to_string()));
                remarks.extend(item.due.map(|due| format!("due {due}")));
                (&item.text, cells.as_slice())
            }
            ItemRef::Estimate(Whole { item, cells, .. }) => {
                remarks.extend(item.date.map(|date| date.to_string()));
                (&item.by, cells.as_slice())
            }
        };
        let mut said = vec![vec![plain(text)]];
        if let (false, Some(first)) = (remarks.is_empty(), said.first_mut()) {
            first.push(dim(format!(" ({})", remarks.join(", "))));
        }
        if !cells.is_empty() {
            said.push(self.row(cells));
        }
        said
    }

    /// Lists the ratings or probabilities of an item in one sentence, by the headers of the columns.
    fn row<'b>(&'b self, cells: &'b [(HypothesisId, crate::scenario::Cell)]) -> Vec<Phrase<'b>> {
        let mut said = Vec::with_capacity(cells.len() * 2);
        for (at, (hypothesis, cell)) in cells.iter().enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            said.push(dim(format!("{comma}{} ", self.names().header(hypothesis))));
            said.push(match cell.probability() {
                Some(probability) => plain(stated(probability)),
                None => Cell::rating(cell.rating),
            });
        }
        said
    }
}

/// Returns the edit of a text field with changed words marked.
fn text(edit: &Edit<Value>) -> Vec<Phrase<'_>> {
    marked(edit.before.as_ref().and_then(Value::as_text), edit.after.as_ref().and_then(Value::as_text))
}

/// Counts the references removed along; items have entries of their own.
fn references(along: &[Change]) -> usize {
    along.iter().filter(|change| change.field().is_some()).count()
}

fn weight(level: Level, of: &str) -> Option<String> {
    match level {
        Level::Medium => None,
        Level::Low | Level::High => Some(format!("{level} {of}")),
    }
}
