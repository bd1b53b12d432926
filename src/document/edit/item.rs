//! Items in the file: blocks under `[[ ]]` headers, or inline tables in an array.

use super::block;
use super::body::Body;
use super::cell;
use super::line;
use super::row_order::reordered;
use super::sequence::Sequence;
use super::splice::Splice;
use super::{File, id_of, set_field};
use crate::change::{Change, Entry, ItemChange, Listed};
use crate::document::syntax::{Node, NodeKind, TableForm};
use crate::document::{keys, write};
use crate::scenario::{Cell, ItemKind};

/// Returns the changes that accompany the change of an item, before and after it.
pub(super) fn along<T: Listed>(change: &ItemChange<T>) -> (&[Change], &[Change]) {
    match change {
        ItemChange::Added(entry) => (&[], &entry.along),
        ItemChange::Removed(entry) => (&entry.along, &[]),
        ItemChange::Renamed { along, .. } => (along, &[]),
        ItemChange::Moved { .. } | ItemChange::FieldSet { .. } | ItemChange::ConflictSet { .. } => (&[], &[]),
    }
}

/// Writes the change of one item, without the changes that accompany it.
pub(super) fn change<T: Listed>(file: &File<'_>, change: &ItemChange<T>) -> Vec<Splice> {
    let order = write::item_order::<T>();
    let item = |id: &T::Id| file.item(T::KIND, id.as_ref());
    match change {
        ItemChange::Added(entry) => add(file, entry),
        ItemChange::Removed(entry) => remove(file, T::KIND, entry.item.id().as_ref()),
        ItemChange::Moved { id, to, .. } => {
            let moved = id.as_ref();
            let after = to.after.as_ref().map(AsRef::as_ref);
            let mut splices = relocate(file, T::KIND, moved, after);
            if T::KIND == ItemKind::Hypothesis {
                let before = file.hypotheses();
                let mut order: Vec<String> = before.iter().filter(|id| *id != moved).cloned().collect();
                let at =
                    after.and_then(|id| order.iter().position(|other| other == id)).map_or(0, |at| at + 1);
                order.insert(at, moved.to_owned());
                splices.extend(reordered(file, &before, &order));
            }
            splices
        }
        ItemChange::Renamed { from, to, .. } => rename(file, T::KIND, from.as_ref(), to.as_ref()),
        ItemChange::FieldSet { id, field, edit } => item(id)
            .map(|body| set_field(&body, T::key(*field), edit.after.as_ref(), &order))
            .unwrap_or_default(),
        ItemChange::ConflictSet { id, edit } => match (item(id), &edit.after) {
            (None, _) => Vec::new(),
            (Some(body), after) => {
                let mut entries: Vec<_> = after.iter().flat_map(write::conflict_entries).collect();
                entries.extend(probability_conflicts(T::KIND, &body));
                match (after, entries.is_empty()) {
                    (None, true) => body.remove("conflict"),
                    (Some(_), _) | (None, false) => body.set("conflict", &write::inline(&entries), &order),
                }
            }
        },
    }
}

/// Returns the conflicts of an estimate's probabilities as they are written; they are stored next to those of
/// its fields.
fn probability_conflicts(kind: ItemKind, item: &Body<'_>) -> Vec<(String, String)> {
    let conflict = item.child("conflict").filter(|_| kind == ItemKind::Estimate);
    let entries = conflict.into_iter().flat_map(|conflict| conflict.table.children().collect::<Vec<_>>());
    let of_probability = entries.filter(|entry| keys::probability_of(&entry.key()).is_some());
    let sides = |entry: Node<'_>| {
        let sides = entry.children().map(|side| (side.key().into_owned(), side.raw().to_owned()));
        write::inline(&sides.collect::<Vec<_>>())
    };
    of_probability.map(|entry| (entry.key().into_owned(), sides(entry))).collect()
}

fn add<T: Listed>(file: &File<'_>, entry: &Entry<T>) -> Vec<Splice> {
    let (entries, row) = written(entry);
    let after = entry.at.after.as_ref().map(AsRef::as_ref);
    if T::KIND != ItemKind::Hypothesis {
        return vec![insert(file, T::KIND, after, &entries, &row)];
    }
    let mut hypotheses = file.hypotheses();
    let at = after.and_then(|id| hypotheses.iter().position(|h| h == id)).map_or(0, |at| at + 1);
    let id = entry.item.id().as_ref();
    hypotheses.insert(at.min(hypotheses.len()), id.to_owned());
    let mut splices = Vec::new();
    let mut rows = file.rows();
    // Cells are in the order of the rows.
    for (row, cell) in &entry.cells {
        let is_it = |(kind, item): &(ItemKind, Body<'_>)| {
            T::row_of(row).is_some_and(|row| row.kind() == *kind)
                && id_of(item.table).as_deref() == Some(row.as_ref())
        };
        if let Some((kind, item)) = rows.find(is_it) {
            splices.extend(cell::fill(&item, kind, id, cell, &hypotheses));
        }
    }
    // Where both are inserted at one place, the cell belongs to the item above.
    splices.push(insert(file, T::KIND, after, &entries, &[]));
    splices
}

/// Writes a new item after the one with the id `after`, or first.
fn insert(
    file: &File<'_>,
    kind: ItemKind,
    after: Option<&str>,
    entries: &[(String, String)],
    row: &[(String, String)],
) -> Splice {
    let items = file.items(kind);
    let at = after.and_then(|id| position(&items, id)).map_or(0, |at| at + 1);
    let list = file.root.get(kind.as_str());
    if let Some(list) = list.filter(|list| list.kind() == NodeKind::Array) {
        let mut entries = entries.to_vec();
        if !row.is_empty() {
            entries.push((keys::row(kind).to_owned(), write::inline(row)));
        }
        return Sequence::read(file.text, &list.span()).insert(at, &write::inline(&entries));
    }
    place(file, kind, &items, at, &block_of(file.text, kind, entries, row))
}

/// Returns the lines of a new item.
pub(super) fn lines<T: Listed>(file: &File<'_>, entry: &Entry<T>) -> String {
    let (entries, row) = written(entry);
    block_of(file.text, T::KIND, &entries, &row)
}

/// Keys with their literals.
type Entries = Vec<(String, String)>;

/// Returns the entries of a new item, and those of its cells.
fn written<T: Listed>(entry: &Entry<T>) -> (Entries, Entries) {
    let cells: Vec<(&str, &Cell)> = entry.cells.iter().map(|(id, cell)| (id.as_ref(), cell)).collect();
    let entries = write::entries_with_cells(&entry.item, &cells);
    let row = cells.iter().filter_map(|(id, cell)| Some(((*id).to_owned(), write::row_cell(T::KIND, cell)?)));
    (entries, row.collect())
}

fn block_of(text: &str, kind: ItemKind, entries: &[(String, String)], row: &[(String, String)]) -> String {
    let newline = line::newline(text);
    let mut lines = format!("[[{kind}]]{newline}{}", write::lines(entries, newline));
    if !row.is_empty() {
        let name = keys::row(kind);
        lines.push_str(&format!("{newline}[{kind}.{name}]{newline}{}", write::lines(row, newline)));
    }
    lines
}

/// Returns the lines of an item as they are, without any text between its blocks.
pub(super) fn block_lines(text: &str, node: Node<'_>) -> String {
    let newline = line::newline(text);
    let blocks = block::blocks(text, node);
    let mut pieces: Vec<String> = Vec::new();
    for span in block::joined(text, blocks) {
        let mut piece = text.get(span).unwrap_or_default().to_owned();
        if !piece.ends_with('\n') {
            piece.push_str(newline);
        }
        pieces.push(piece);
    }
    pieces.join(newline)
}

/// Inserts the lines of an item so that it has this position.
fn place(file: &File<'_>, kind: ItemKind, items: &[Node<'_>], at: usize, lines: &str) -> Splice {
    if let Some(next) = items.get(at) {
        return block::insert_before(file.text, &block::own(file.text, *next), lines);
    }
    append(file, kind, items.last().copied(), lines)
}

/// Inserts the lines of items after the last one, or after everything that precedes the kind.
pub(super) fn append(file: &File<'_>, kind: ItemKind, last: Option<Node<'_>>, lines: &str) -> Splice {
    let end = match last {
        Some(last) => end_of(file.text, last),
        None => end_of_earlier(file, kind),
    };
    block::insert_after(file.text, block::past_comments(file.text, end), lines)
}

/// Returns the end of an item's last block.
fn end_of(text: &str, node: Node<'_>) -> usize {
    block::blocks(text, node).iter().map(|block| block.end).max().unwrap_or(text.len())
}

/// Returns where the first item of a kind goes: after the items of the kinds before it and after the
/// scenario's own keys and tables.
fn end_of_earlier(file: &File<'_>, kind: ItemKind) -> usize {
    let earlier = ItemKind::ALL.iter().take_while(|k| **k != kind).map(|k| k.as_str());
    end_of_tables(file, PARTS.into_iter().chain(earlier))
}

/// The tables of the scenario's own fields, in the order of the file.
const PARTS: [&str; 2] = ["scoring", "outcome"];

/// Returns where a table of the scenario's own fields goes: after the scenario's keys and the tables before
/// it.
pub(super) fn end_of_parts(file: &File<'_>, table: &str) -> usize {
    end_of_tables(file, PARTS.into_iter().take_while(|part| *part != table))
}

/// Returns the end of these tables and of the scenario's keys.
fn end_of_tables<'k>(file: &File<'_>, tables: impl Iterator<Item = &'k str>) -> usize {
    let tables = tables.filter_map(|key| file.root.get(key));
    let blocks = tables.flat_map(|list| block::blocks(file.text, list));
    blocks.map(|block| block.end).max().unwrap_or_default().max(end_of_keys(file.text, file.root))
}

/// Returns the end of the keys before the first header.
fn end_of_keys(text: &str, root: Node<'_>) -> usize {
    let entries = root.children().flat_map(line::leaves);
    entries.map(|node| line::line_end(text, node.span().end)).max().unwrap_or_default()
}

fn position(items: &[Node<'_>], id: &str) -> Option<usize> {
    items.iter().position(|node| id_of(*node).as_deref() == Some(id))
}

fn remove(file: &File<'_>, kind: ItemKind, id: &str) -> Vec<Splice> {
    let items = file.items(kind);
    let Some(at) = position(&items, id) else { return Vec::new() };
    let mut splices = take(file, kind, &items, at);
    if kind == ItemKind::Hypothesis {
        splices.extend(file.rows().flat_map(|(kind, item)| cell::clear(&item, kind, id)));
    }
    splices
}

/// Returns the splices that remove the item at a position.
fn take(file: &File<'_>, kind: ItemKind, items: &[Node<'_>], at: usize) -> Vec<Splice> {
    match (items.get(at), file.root.get(kind.as_str())) {
        (Some(node), _) if node.kind() == NodeKind::Table(TableForm::Element) => {
            block::remove(file.text, block::blocks(file.text, *node))
        }
        (Some(_), Some(list)) => Sequence::read(file.text, &list.span()).remove(&[at]),
        (None, _) | (_, None) => Vec::new(),
    }
}

/// Moves an item, with its bytes unchanged, after another or to the start.
fn relocate(file: &File<'_>, kind: ItemKind, id: &str, after: Option<&str>) -> Vec<Splice> {
    let items = file.items(kind);
    let Some((from, node)) = position(&items, id).and_then(|at| Some((at, *items.get(at)?))) else {
        return Vec::new();
    };
    let at = after.and_then(|id| position(&items, id)).map_or(0, |at| at + 1);
    if node.kind() == NodeKind::Table(TableForm::Element) {
        let mut splices = take(file, kind, &items, from);
        splices.push(place(file, kind, &items, at, &block_lines(file.text, node)));
        return splices;
    }
    match file.root.get(kind.as_str()) {
        Some(list) => Sequence::read(file.text, &list.span()).relocate(from, at),
        None => Vec::new(),
    }
}

fn rename(file: &File<'_>, kind: ItemKind, from: &str, to: &str) -> Vec<Splice> {
    let Some(id) = file.item(kind, from).and_then(|body| body.table.get("id")) else { return Vec::new() };
    let mut splices = vec![Splice { range: id.span(), text: write::text(to) }];
    if kind == ItemKind::Hypothesis {
        splices.extend(file.rows().flat_map(|(kind, item)| cell::rename(&item, kind, from, to)));
    }
    splices
}
