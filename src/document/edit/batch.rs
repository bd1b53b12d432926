//! Many changes at once: those of cells are written together, so that the text is read once for a whole column of them
//! and not once for each.

use std::collections::HashMap;

use super::{File, Splice, Splices, Tree, cell, id_of, write_change};
use crate::change::{CellChange, Change};
use crate::scenario::ItemKind;

/// Changes of cells with what they are of.
type Cells<'c> = Vec<(&'c str, &'c str, &'c CellChange)>;

/// Writes changes into a text, as if one after the other. Returns the new text and the splices that undo it step by step,
/// in the order in which they were made.
pub(in crate::document) fn write_changes(text: &str, changes: &[Change]) -> (String, Vec<Splices>) {
    let mut text = text.to_owned();
    let mut undo = Vec::new();
    let mut rest = changes;
    while let Some((first, others)) = rest.split_first() {
        let rounds = rounds(rest);
        let written: usize = rounds.iter().map(Vec::len).sum();
        if written < 2 {
            let (after, inverse) = write_change(&text, first);
            undo.extend(inverse);
            (text, rest) = (after, others);
            continue;
        }
        for cells in rounds {
            let (after, inverse) = splices_of(&text, &cells).apply(&text);
            undo.push(inverse);
            text = after;
        }
        rest = rest.get(written..).unwrap_or_default();
    }
    (text, undo)
}

/// The changes of cells that come first, in rounds: in each of them no item twice, so that none of its changes touches
/// what another does. Those of one item keep their order.
fn rounds(changes: &[Change]) -> Vec<Cells<'_>> {
    let mut rounds: Vec<Cells<'_>> = Vec::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for change in changes {
        let Change::Cell { evidence, hypothesis, change } = change else { break };
        let round = seen.entry(evidence.as_str()).or_default();
        if rounds.len() == *round {
            rounds.push(Vec::new());
        }
        if let Some(cells) = rounds.get_mut(*round) {
            cells.push((evidence.as_str(), hypothesis.as_str(), change));
        }
        *round += 1;
    }
    rounds
}

fn splices_of(text: &str, cells: &Cells<'_>) -> Splices {
    let (tree, _) = Tree::parse(text);
    let file = File { text, root: tree.root(text) };
    let hypotheses = file.hypotheses();
    let nodes = file.items(ItemKind::Evidence);
    let items: HashMap<String, _> = nodes.into_iter().filter_map(|node| Some((id_of(node)?, node))).collect();
    let splices = cells.iter().flat_map(|(evidence, hypothesis, change)| -> Vec<Splice> {
        let Some(node) = items.get(*evidence) else { return Vec::new() };
        cell::change(&super::Body::new(text, *node), hypothesis, change, &hypotheses)
    });
    Splices::new(splices)
}
