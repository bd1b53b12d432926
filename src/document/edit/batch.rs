//! Many changes at once: those of cells are written in passes over the file, one for the first change of every item,
//! one for the second and so on.
//!
//! A change touches no byte outside its item, so changes of different items can be written on one reading of the file:
//! a whole matrix takes as many passes as it has columns, not as it has cells.

use std::collections::HashMap;

use super::body::Body;
use super::splice::Splices;
use super::{File, cell, id_of, write_change};
use crate::change::Change;
use crate::document::syntax::Tree;
use crate::scenario::{ItemKind, RowId};

/// Writes changes into a text. Returns what [`write_change`] does; changes of cells may come in another order, which
/// comes to the same.
pub(in crate::document) fn write_changes(text: &str, changes: &[Change]) -> (String, Vec<Splices>) {
    let mut current = text.to_owned();
    let mut undo = Vec::new();
    let is_cell = |change: &Change| matches!(change, Change::Cell { .. });
    for run in changes.chunk_by(|one, other| is_cell(one) && is_cell(other)) {
        if let [change] = run {
            let (after, inverse) = write_change(&current, change);
            undo.extend(inverse);
            current = after;
            continue;
        }
        for pass in passes(run) {
            let (after, inverse) = splices_of(&current, &pass).apply(&current);
            undo.push(inverse);
            current = after;
        }
    }
    (current, undo)
}

/// The changes of cells so that no pass has two of one item, those of each item in their order.
fn passes(changes: &[Change]) -> Vec<Vec<&Change>> {
    let mut passes: Vec<Vec<&Change>> = Vec::new();
    let mut done: HashMap<&RowId, usize> = HashMap::new();
    for change in changes {
        let Change::Cell { row, .. } = change else { continue };
        let pass = done.entry(row).or_default();
        if passes.len() == *pass {
            passes.push(Vec::new());
        }
        if let Some(list) = passes.get_mut(*pass) {
            list.push(change);
        }
        *pass += 1;
    }
    passes
}

fn splices_of(text: &str, pass: &[&Change]) -> Splices {
    let (tree, _) = Tree::parse(text);
    let file = File { text, root: tree.root(text) };
    let hypotheses = file.hypotheses();
    let kinds = [ItemKind::Evidence, ItemKind::Indicator, ItemKind::Estimate];
    let is_in = |kind: &ItemKind| {
        pass.iter().any(|change| matches!(change, Change::Cell { row, .. } if row.kind() == *kind))
    };
    let items = kinds.into_iter().filter(is_in).flat_map(|kind| {
        file.items(kind).into_iter().filter_map(move |node| Some(((kind, id_of(node)?), node)))
    });
    let nodes: HashMap<(ItemKind, String), _> = items.collect();
    Splices::new(pass.iter().flat_map(|change| match change {
        Change::Cell { row, hypothesis, change } => {
            let kind = row.kind();
            match nodes.get(&(kind, row.as_str().to_owned())) {
                Some(node) => {
                    cell::change(&Body::new(text, *node), kind, hypothesis.as_str(), change, &hypotheses)
                }
                None => Vec::new(),
            }
        }
        Change::Hypothesis(_)
        | Change::Source(_)
        | Change::Evidence(_)
        | Change::Indicator(_)
        | Change::Estimate(_)
        | Change::Scenario(_) => Vec::new(),
    }))
}
