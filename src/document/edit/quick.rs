//! The common edit, done in place: a rating that is a text of its own in a line of its own. It is what a rating key
//! does, so it must not cost a reading of the whole file, nor a search for the item where the caller knows its node.
//!
//! What is not so simple is left to [`super::write_changes`].

use super::body::Body;
use super::splice::Splice;
use super::{File, id_of, line};
use crate::change::{CellChange, Change};
use crate::diagnostic::Span;
use crate::document::syntax::{Node, NodeKind, Patch, TableForm};
use crate::document::{keys, write};

/// One splice and what it does to the tree, and the same for the way back. Nodes are found anew when it is done: the
/// tree may have been read again in between.
#[derive(Clone, Debug)]
pub(crate) struct Quick {
    pub(crate) splice: Splice,
    pub(crate) effect: TreeEffect,
    pub(crate) back: Splice,
    pub(crate) back_effect: TreeEffect,
}

/// The effect on the cell's rating in the tree.
#[derive(Clone, Debug)]
pub(crate) enum TreeEffect {
    /// Its literal becomes this long.
    Resize(usize),
    /// It comes, its key and its literal at these places.
    Insert(Span, Span),
    /// It goes.
    Remove,
}

impl TreeEffect {
    /// Returns the effect as a patch of the tree of this text, for the cell of a change. `near` is as in [`quick`].
    pub(crate) fn patch(
        &self,
        text: &str,
        root: Node<'_>,
        near: Option<Node<'_>>,
        change: &Change,
    ) -> Option<Patch> {
        let (row, key) = row_of(text, root, near, change)?;
        let table = row.table.id();
        Some(match self {
            Self::Resize(len) => {
                let cell = row.table.get(key)?;
                let node = if cell.kind() == NodeKind::String { cell } else { cell.get("rating")? };
                Patch::Resize { node: node.id(), len: *len }
            }
            Self::Insert(key_span, span) => {
                Patch::Insert { table, key: key.to_owned(), key_span: key_span.clone(), span: span.clone() }
            }
            Self::Remove => Patch::Remove { table, key: key.to_owned() },
        })
    }
}

/// The row that a change of a rating is in, and the key of its cell.
fn row_of<'t, 'c>(
    text: &'t str,
    root: Node<'t>,
    near: Option<Node<'t>>,
    change: &'c Change,
) -> Option<(Body<'t>, &'c str)> {
    let Change::Cell { row, hypothesis, change: CellChange::Rating(_) } = change else { return None };
    let is_it = |node: &Node<'_>| row.evidence().is_some() && id_of(*node).as_deref() == Some(row.as_str());
    let item = match near.filter(is_it) {
        Some(node) => Body::new(text, node),
        None => File::new(text, root).item(row.kind(), row.as_str())?,
    };
    Some((item.child(keys::row(row.kind()))?, hypothesis.as_str()))
}

/// The quick way of making a change, where there is one. `near` is the node of an item of evidence that is probably the
/// one that is changed.
pub(crate) fn quick(text: &str, root: Node<'_>, near: Option<Node<'_>>, change: &Change) -> Option<Quick> {
    let Change::Cell { change: CellChange::Rating(edit), .. } = change else { return None };
    let file = File::new(text, root);
    let (row, key) = row_of(text, root, near, change)?;
    let literal = edit.after.map(|rating| write::text(rating.as_str()));
    match (row.table.get(key), literal) {
        (Some(node), Some(literal)) if node.kind() == NodeKind::String => Some(replace(node, literal)),
        (Some(node), Some(literal)) if node.kind() == NodeKind::Table(TableForm::Inline) => {
            let rating = node.get("rating").filter(|rating| rating.kind() == NodeKind::String)?;
            Some(replace(rating, literal))
        }
        (Some(node), None) if node.kind() == NodeKind::String && stands_apart(&row) => remove(text, node),
        (None, Some(literal)) if stands_apart(&row) => insert(&file, &row, key, &literal),
        (Some(_) | None, _) => None,
    }
}

/// Whether a row has a header of its own, so that its place in the tree does not hang on one of its lines.
fn stands_apart(row: &Body<'_>) -> bool {
    row.table.kind() == NodeKind::Table(TableForm::Header)
}

fn replace(node: Node<'_>, literal: String) -> Quick {
    let span = node.span();
    let (old, new) = (node.raw().to_owned(), literal);
    Quick {
        effect: TreeEffect::Resize(new.len()),
        back_effect: TreeEffect::Resize(old.len()),
        back: Splice { range: span.start..span.start + new.len(), text: old },
        splice: Splice { range: span, text: new },
    }
}

fn insert(file: &File<'_>, row: &Body<'_>, key: &str, literal: &str) -> Option<Quick> {
    let hypotheses = file.hypotheses();
    let order: Vec<&str> = hypotheses.iter().map(String::as_str).collect();
    let mut splices = row.set(key, literal, &order);
    let (Some(splice), true) = (splices.pop(), splices.is_empty()) else { return None };
    // The line ends with the literal and perhaps a line break; the key stands before ` = `.
    let line = splice.text.trim_end_matches(['\r', '\n']);
    let value = splice.range.start + line.len().checked_sub(literal.len())?;
    let written = write::key(key);
    let key_end = value.checked_sub(" = ".len())?;
    let key_span = key_end.checked_sub(written.len())?..key_end;
    let effect = TreeEffect::Insert(key_span, value..value + literal.len());
    let range = splice.range.start..splice.range.start + splice.text.len();
    let back = Splice { range, text: String::new() };
    Some(Quick { splice, effect, back, back_effect: TreeEffect::Remove })
}

fn remove(text: &str, node: Node<'_>) -> Option<Quick> {
    let range = line::line_start(text, node.key_span().start)..line::line_end(text, node.span().end);
    let back = Splice { range: range.start..range.start, text: text.get(range.clone())?.to_owned() };
    let back_effect = TreeEffect::Insert(node.key_span(), node.span());
    let splice = Splice { range, text: String::new() };
    Some(Quick { splice, effect: TreeEffect::Remove, back, back_effect })
}
