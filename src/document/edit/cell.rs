//! Cells in the file: a string, an inline table, dotted keys or a table of its own.

use super::block;
use super::body::{self, Body};
use super::line;
use super::splice::Splice;
use crate::change::CellChange;
use crate::document::syntax::{Node, NodeKind, TableForm};
use crate::document::write;
use crate::scenario::Cell;

/// The key under which an item has its row.
pub(super) const ROW: &str = "ratings";

/// The key under which a cell has what a merge left to settle.
const CONFLICT: &str = "conflict";

/// Writes one part of a cell of an item's row; `hypotheses` are all ids in order.
pub(super) fn change(
    item: &Body<'_>,
    hypothesis: &str,
    change: &CellChange,
    hypotheses: &[String],
) -> Vec<Splice> {
    let row = row(item);
    let node = row.as_ref().and_then(|row| row.table.get(hypothesis));
    let (key, literal) = match change {
        CellChange::Rating(edit) => ("rating", edit.after.map(|r| write::text(r.as_str()))),
        CellChange::Confidence(edit) => ("confidence", edit.after.map(|c| write::text(c.as_str()))),
        CellChange::Note(edit) => ("note", edit.after.as_deref().map(write::text)),
        CellChange::Conflict(edit) => (CONFLICT, edit.after.as_ref().map(write::cell_conflict)),
    };
    let Some((row, node)) = row.zip(node) else {
        return match literal {
            None => Vec::new(),
            Some(literal) if key == "rating" => insert(item, hypothesis, &literal, hypotheses),
            Some(literal) => insert(item, hypothesis, &write::inline(&[(key.into(), literal)]), hypotheses),
        };
    };
    if node.kind() == NodeKind::String {
        return match literal {
            Some(literal) if key == "rating" => vec![Splice { range: node.span(), text: literal }],
            // The rating keeps the very literal it has.
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
        // What is left to settle has made a table of a rating; settled, it is one again.
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

/// Writes a whole cell where there is none.
pub(super) fn fill(item: &Body<'_>, hypothesis: &str, cell: &Cell, hypotheses: &[String]) -> Vec<Splice> {
    insert(item, hypothesis, &write::cell(cell), hypotheses)
}

/// Takes a cell out.
pub(super) fn clear(item: &Body<'_>, hypothesis: &str) -> Vec<Splice> {
    item.child(ROW).map(|row| row.remove(hypothesis)).unwrap_or_default()
}

/// The row as a table with a place for entries.
fn row<'t>(item: &Body<'t>) -> Option<Body<'t>> {
    item.child(ROW)
}

fn insert(item: &Body<'_>, hypothesis: &str, literal: &str, hypotheses: &[String]) -> Vec<Splice> {
    let order: Vec<&str> = hypotheses.iter().map(String::as_str).collect();
    if let Some(row) = row(item).filter(Body::is_written) {
        return row.set(hypothesis, literal, &order);
    }
    let entry = (hypothesis.to_owned(), literal.to_owned());
    match item.table.kind() {
        NodeKind::Table(TableForm::Element) => {
            let newline = line::newline(item.text());
            let header = format!("[evidence.{ROW}]{newline}");
            let lines = format!("{header}{}", write::lines(&[entry], newline));
            let end = block::own(item.text(), item.table).end;
            vec![block::insert_after(item.text(), end, &lines)]
        }
        _ => item.set(ROW, &write::inline(&[entry]), &write::item_order::<crate::scenario::Evidence>()),
    }
}

/// Gives the cells of a hypothesis another key, wherever an item has one.
pub(super) fn rename(item: &Body<'_>, from: &str, to: &str) -> Vec<Splice> {
    let Some(row) = item.child(ROW) else { return Vec::new() };
    let Some(cell) = row.table.get(from) else { return Vec::new() };
    let key = write::key(to);
    let splice = |range| Splice { range, text: key.clone() };
    if cell.kind().is_value() {
        return vec![splice(cell.key_span())];
    }
    // Written through longer keys: the part of each that names the hypothesis.
    let mut leaves = Vec::new();
    line::leaves(cell, &mut leaves);
    let mut splices: Vec<Splice> =
        leaves.into_iter().filter_map(|leaf| row.part_of(leaf, from)).map(splice).collect();
    let mut headers = Vec::new();
    under_headers(cell, &mut headers);
    splices.extend(
        headers
            .into_iter()
            .filter_map(|table| body::header_parts(item.text(), table).into_iter().nth(2))
            .map(splice),
    );
    splices
}

/// The tables from a node on that have headers of their own.
fn under_headers<'t>(node: Node<'t>, into: &mut Vec<Node<'t>>) {
    if node.kind() == NodeKind::Table(TableForm::Header) {
        into.push(node);
    }
    if !node.kind().is_value() {
        node.children().for_each(|child| under_headers(child, into));
    }
}
