//! Cells in the file: a string, an inline table, dotted keys or a table of its own.

use super::block;
use super::body::{self, Body};
use super::line;
use super::splice::Splice;
use crate::change::CellChange;
use crate::document::syntax::{Node, NodeKind, TableForm};
use crate::document::{keys, write};
use crate::scenario::{Cell, CellConflict, ItemKind};

/// The key that holds the conflict of a cell or an item.
const CONFLICT: &str = "conflict";

/// Writes one part of a cell of an item of this kind. `hypotheses` are all ids, in order.
pub(super) fn change(
    item: &Body<'_>,
    kind: ItemKind,
    hypothesis: &str,
    change: &CellChange,
    hypotheses: &[String],
) -> Vec<Splice> {
    let row = item.child(keys::row(kind));
    let node = row.as_ref().and_then(|row| row.table.get(hypothesis));
    let (key, literal) = match change {
        CellChange::Rating(edit) => ("rating", edit.after.map(|r| write::text(r.as_str()))),
        CellChange::Confidence(edit) => ("confidence", edit.after.map(|c| write::text(c.as_str()))),
        CellChange::Note(edit) => ("note", edit.after.as_deref().map(write::text)),
        CellChange::Conflict(edit) if kind == ItemKind::Estimate => {
            return probability_conflict(item, hypothesis, edit.after.as_ref());
        }
        CellChange::Conflict(edit) => (CONFLICT, edit.after.as_ref().map(write::cell_conflict)),
        // A probability is its whole cell.
        CellChange::Probability(edit) => {
            return match (edit.after, row, node) {
                (Some(after), _, Some(node)) => {
                    vec![Splice { range: node.span(), text: write::probability(after) }]
                }
                (Some(after), _, None) => {
                    insert(item, kind, hypothesis, &write::probability(after), hypotheses)
                }
                (None, Some(row), Some(_)) => row.remove(hypothesis),
                (None, _, _) => Vec::new(),
            };
        }
    };
    let Some((row, node)) = row.zip(node) else {
        return match literal {
            None => Vec::new(),
            Some(literal) if key == "rating" => insert(item, kind, hypothesis, &literal, hypotheses),
            Some(literal) => {
                insert(item, kind, hypothesis, &write::inline(&[(key.into(), literal)]), hypotheses)
            }
        };
    };
    if node.kind() == NodeKind::String {
        return match literal {
            Some(literal) if key == "rating" => vec![Splice { range: node.span(), text: literal }],
            // The rating keeps its literal.
            Some(literal) => {
                let entries = [("rating".to_owned(), node.raw().to_owned()), (key.to_owned(), literal)];
                vec![Splice { range: node.span(), text: write::inline(&entries) }]
            }
            None if key == "rating" => row.remove(hypothesis),
            None => Vec::new(),
        };
    }
    let Some(cell) = row.child(hypothesis) else { return Vec::new() };
    match literal {
        Some(literal) => cell.set(key, &literal, &write::cell_order()),
        None if cell.table.children().all(|child| child.key() == key) => row.remove(hypothesis),
        // A conflict turned this rating into a table; once settled, it is a plain rating again.
        None if key == CONFLICT
            && cell.table.children().all(|child| child.key() == CONFLICT || child.key() == "rating") =>
        {
            let rating =
                cell.table.get("rating").filter(|_| node.kind() == NodeKind::Table(TableForm::Inline));
            match rating {
                Some(rating) => vec![Splice { range: node.span(), text: rating.raw().to_owned() }],
                None => cell.remove(key),
            }
        }
        None => cell.remove(key),
    }
}

/// Writes the conflict of a probability, which is part of the conflict of its estimate.
fn probability_conflict(item: &Body<'_>, hypothesis: &str, after: Option<&CellConflict>) -> Vec<Splice> {
    let path = keys::probability_path(hypothesis);
    let order: Vec<_> = keys::item(ItemKind::Estimate).names().collect();
    match (item.child(CONFLICT), after.map(write::probability_conflict)) {
        (Some(conflict), Some(literal)) => conflict.set(&path, &literal, &[]),
        (None, Some(literal)) => item.set(CONFLICT, &write::inline(&[(path, literal)]), &order),
        (Some(conflict), None) if conflict.table.children().all(|entry| entry.key() == path) => {
            item.remove(CONFLICT)
        }
        (Some(conflict), None) => conflict.remove(&path),
        (None, None) => Vec::new(),
    }
}

/// Writes a whole cell where there is none.
pub(super) fn fill(
    item: &Body<'_>,
    kind: ItemKind,
    hypothesis: &str,
    cell: &Cell,
    hypotheses: &[String],
) -> Vec<Splice> {
    // Entries of the item itself go before the header of its cells, where both are inserted at one place.
    let mut splices = match cell.conflict() {
        Some(conflict) if kind == ItemKind::Estimate => {
            probability_conflict(item, hypothesis, Some(conflict))
        }
        Some(_) | None => Vec::new(),
    };
    let literal = write::row_cell(kind, cell);
    splices
        .extend(literal.into_iter().flat_map(|literal| insert(item, kind, hypothesis, &literal, hypotheses)));
    splices
}

/// Removes a cell.
pub(super) fn clear(item: &Body<'_>, kind: ItemKind, hypothesis: &str) -> Vec<Splice> {
    let row = item.child(keys::row(kind));
    let mut splices = row.map(|row| row.remove(hypothesis)).unwrap_or_default();
    if kind == ItemKind::Estimate {
        splices.extend(probability_conflict(item, hypothesis, None));
    }
    splices
}

fn insert(
    item: &Body<'_>,
    kind: ItemKind,
    hypothesis: &str,
    literal: &str,
    hypotheses: &[String],
) -> Vec<Splice> {
    let order: Vec<&str> = hypotheses.iter().map(String::as_str).collect();
    let name = keys::row(kind);
    if let Some(row) = item.child(name).filter(Body::is_written) {
        return row.set(hypothesis, literal, &order);
    }
    let entry = (hypothesis.to_owned(), literal.to_owned());
    match item.table.kind() {
        NodeKind::Table(TableForm::Element) => {
            let newline = line::newline(item.text());
            let header = format!("[{kind}.{name}]{newline}");
            let lines = format!("{header}{}", write::lines(&[entry], newline));
            let end = block::own(item.text(), item.table).end;
            vec![block::insert_after(item.text(), end, &lines)]
        }
        _ => {
            let order: Vec<_> = keys::item(kind).names().collect();
            item.set(name, &write::inline(&[entry]), &order)
        }
    }
}

/// Renames the hypothesis of an item's cells, in every table that names it.
pub(super) fn rename(item: &Body<'_>, kind: ItemKind, from: &str, to: &str) -> Vec<Splice> {
    let mut splices = rename_key(item, keys::row(kind), from, to);
    if kind == ItemKind::Estimate {
        let (from, to) = (keys::probability_path(from), keys::probability_path(to));
        splices.extend(rename_key(item, CONFLICT, &from, &to));
    }
    splices
}

/// Renames an entry in one table of an item.
fn rename_key(item: &Body<'_>, table: &str, from: &str, to: &str) -> Vec<Splice> {
    let Some(row) = item.child(table) else { return Vec::new() };
    let Some(cell) = row.table.get(from) else { return Vec::new() };
    let key = write::key(to);
    let splice = |range| Splice { range, text: key.clone() };
    if cell.kind().is_value() {
        return vec![splice(cell.key_span())];
    }
    // For entries with dotted keys: the key part that names the hypothesis.
    let leaves = line::leaves(cell).into_iter().filter_map(|leaf| row.part_of(leaf, from));
    let headers = under_headers(cell).into_iter();
    let headers = headers.filter_map(|table| body::header_parts(item.text(), table).into_iter().nth(2));
    leaves.chain(headers).map(splice).collect()
}

/// Returns the tables at and below a node that have headers of their own.
fn under_headers(node: Node<'_>) -> Vec<Node<'_>> {
    let own = (node.kind() == NodeKind::Table(TableForm::Header)).then_some(node);
    let children = (!node.kind().is_value()).then(|| node.children().flat_map(under_headers));
    own.into_iter().chain(children.into_iter().flatten()).collect()
}
