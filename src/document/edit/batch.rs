//! Writes many changes in few passes over the file.
//!
//! A change of a field or a cell touches only the bytes of its item, so changes to different items share one
//! reading of the file: a whole matrix takes as many passes as it has columns, not as many as it has cells.
//! Additions, removals and moves of one kind of item take one pass too. Any other change takes a pass of its
//! own.

use std::collections::HashMap;

use super::arrange::arranged;
use super::splice::Splices;
use super::{File, splices_in, splices_of, steps_of};
use crate::change::{Change, ItemChange, Listed, match_change};
use crate::document::syntax::Tree;
use crate::scenario::ItemKind;

/// Writes changes into a text. Returns the new text and, for each pass, the splices that undo it.
pub(in crate::document) fn write_changes(
    text: impl Into<String>,
    changes: &[Change],
) -> (String, Vec<Splices>) {
    let mut steps = Vec::with_capacity(changes.len());
    changes.iter().for_each(|change| steps_of(change, &mut steps));
    let mut written = Written { text: text.into(), undo: Vec::new() };
    for run in steps.chunk_by(|one, other| reach(one) != Reach::File && reach(one) == reach(other)) {
        let at_once = match (run, run.first().map(|step| reach(step))) {
            ([_], _) | (_, Some(Reach::File) | None) => None,
            (_, Some(Reach::Item)) => {
                for pass in passes(run) {
                    let (tree, _) = Tree::parse(&written.text);
                    let subjects =
                        pass.iter().filter_map(|step| subject(step)).map(|(kind, id, _)| (kind, id));
                    let file = File::indexed(&written.text, tree.root(&written.text), &subjects.collect());
                    let splices = Splices::new(pass.iter().flat_map(|step| splices_in(&file, step)));
                    drop(tree);
                    written.apply(&splices);
                }
                continue;
            }
            (_, Some(Reach::List(kind))) => {
                let (tree, _) = Tree::parse(&written.text);
                arranged(&File::new(&written.text, tree.root(&written.text)), kind, run)
            }
        };
        match at_once {
            Some(splices) => written.apply(&splices),
            None => run.iter().for_each(|step| written.apply(&splices_of(&written.text, step))),
        }
    }
    (written.text, written.undo)
}

/// A text with the changes written so far.
struct Written {
    text: String,
    undo: Vec<Splices>,
}

impl Written {
    fn apply(&mut self, splices: &Splices) {
        let (after, inverse) = splices.apply(&self.text);
        self.undo.push(inverse);
        self.text = after;
    }
}

/// The part of a file that a step can touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// One item.
    Item,
    /// The items of a kind.
    List(ItemKind),
    /// Any part.
    File,
}

fn reach(step: &Change) -> Reach {
    match_change!(
        step,
        Item(change) => of_item(change),
        Change::Cell { .. } => Reach::Item,
        Change::Scenario(_) => Reach::File,
    )
}

fn of_item<T: Listed>(change: &ItemChange<T>) -> Reach {
    match change {
        ItemChange::FieldSet { .. } | ItemChange::ConflictSet { .. } => Reach::Item,
        ItemChange::Moved { .. } => Reach::List(T::KIND),
        // A hypothesis has a cell in every row.
        ItemChange::Added(_) | ItemChange::Removed(_) | ItemChange::Renamed { .. }
            if T::KIND == ItemKind::Hypothesis =>
        {
            Reach::File
        }
        ItemChange::Renamed { .. } => Reach::Item,
        ItemChange::Added(_) | ItemChange::Removed(_) => Reach::List(T::KIND),
    }
}

/// Returns the item that a step changes, and its new id if the step renames it.
fn subject(step: &Change) -> Option<(ItemKind, &str, Option<&str>)> {
    fn of<T: Listed>(change: &ItemChange<T>) -> (ItemKind, &str, Option<&str>) {
        match change {
            ItemChange::Renamed { from, to, .. } => (T::KIND, from.as_ref(), Some(to.as_ref())),
            change => (T::KIND, change.id().as_ref(), None),
        }
    }
    match_change!(
        step,
        Item(change) => Some(of(change)),
        Change::Cell { row, .. } => Some((row.kind(), row.as_str(), None)),
        Change::Scenario(_) => None,
    )
}

/// Groups the steps into passes, none with two steps for one item; the steps of each item keep their order.
fn passes<'c>(steps: &[&'c Change]) -> Vec<Vec<&'c Change>> {
    let mut passes: Vec<Vec<&Change>> = Vec::new();
    let mut done: HashMap<(ItemKind, &str), usize> = HashMap::new();
    for step in steps {
        let Some((kind, id, renamed)) = subject(step) else { continue };
        let pass = done.remove(&(kind, id)).unwrap_or_default();
        if passes.len() == pass {
            passes.push(Vec::new());
        }
        if let Some(list) = passes.get_mut(pass) {
            list.push(step);
        }
        done.insert((kind, renamed.unwrap_or(id)), pass + 1);
    }
    passes
}
