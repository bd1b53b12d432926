//! Changes in words, one line each.

use super::table::BLANK;
use super::words;
use crate::change::{CellChange, Change, Edit, Entry, ItemChange, Listed, ScenarioChange, match_change};
use crate::scenario::{Cell, ItemKind, RowId, Value};

/// Returns a change in one line, by the ids in the file: `no-claim / iskp: C -> II`.
#[must_use]
pub fn sentence(change: &Change) -> String {
    match_change!(
        change,
        Item(change) => item(change),
        Change::Scenario(ScenarioChange::FieldSet { field, edit }) => {
            format!("{field}: {}", values(edit, value))
        },
        Change::Scenario(ScenarioChange::ConflictSet(edit)) => conflict("the scenario", edit.after.is_some()),
        Change::Cell { row, hypothesis, change } => {
            let cell = format!("{} / {hypothesis}", row_name(row));
            match change {
                CellChange::Rating(edit) => format!("{cell}: {}", values(edit, |r| r.to_string())),
                CellChange::Confidence(edit) => format!("{cell} confidence: {}", values(edit, |c| c.to_string())),
                CellChange::Note(edit) => format!("{cell} note: {}", values(edit, |n| quoted(n))),
                CellChange::Probability(edit) => format!("{cell}: {}", values(edit, |p| words::stated(*p))),
                CellChange::Conflict(edit) => conflict(&cell, edit.after.is_some()),
            }
        },
    )
}

/// Returns the name of an item: the id of an evidence item, of others after their kind.
pub(super) fn item_name(kind: ItemKind, id: &str) -> String {
    match kind {
        ItemKind::Evidence => id.to_owned(),
        kind => format!("{kind}:{id}"),
    }
}

/// Returns the name of a row.
pub(super) fn row_name(row: &RowId) -> String {
    item_name(row.kind(), row.as_str())
}

fn item<T: Listed>(change: &ItemChange<T>) -> String {
    let kind = T::KIND;
    match change {
        ItemChange::Added(entry) => {
            format!("{kind} {} added{}", entry.item.id(), with(entry, 0))
        }
        ItemChange::Removed(entry) => {
            format!("{kind} {} removed{}", entry.item.id(), with(entry, entry.along.len()))
        }
        ItemChange::Moved { id, from, to } => {
            format!("{kind} {id} moved from place {} to {}", from.index + 1, to.index + 1)
        }
        ItemChange::Renamed { from, to, .. } => format!("{kind} {from} renamed to {to}"),
        ItemChange::FieldSet { id, field, edit } => {
            format!("{id} {}: {}", T::key(*field), values(edit, value))
        }
        ItemChange::ConflictSet { id, edit } => conflict(&format!("{kind} {id}"), edit.after.is_some()),
    }
}

/// Counts what comes or goes with an item: its cells, and the references to it.
fn with<T: Listed>(entry: &Entry<T>, references: usize) -> String {
    let is_stated =
        |(_, cell): &&(T::Across, Cell)| T::KIND == ItemKind::Estimate || cell.probability().is_some();
    let stated = entry.cells.iter().filter(is_stated).count();
    let along = words::counts([
        (entry.cells.len() - stated, "rating", "ratings"),
        (stated, "probability", "probabilities"),
        (references, "reference", "references"),
    ]);
    if along.is_empty() { String::new() } else { format!(", with {}", words::list(&along)) }
}

fn conflict(whose: &str, left: bool) -> String {
    if left { format!("{whose}: a conflict is left to settle") } else { format!("{whose}: conflict settled") }
}

/// Returns both values of an edit: `C -> II`.
fn values<T>(edit: &Edit<T>, say: impl Fn(&T) -> String) -> String {
    let [before, after] =
        [&edit.before, &edit.after].map(|side| side.as_ref().map_or_else(|| BLANK.to_owned(), &say));
    format!("{before} -> {after}")
}

fn value(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::List(list) => format!("[{}]", list.iter().map(|t| quoted(t)).collect::<Vec<_>>().join(", ")),
        Value::Number(_) | Value::Flag(_) | Value::Date(_) => words::value(value),
    }
}

/// Returns a word as it is, a longer text in quotes.
pub(super) fn quoted(text: &str) -> String {
    let word = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c));
    if word { text.to_owned() } else { format!("\"{text}\"") }
}
