//! Writes each change of a scenario into its file as splices, touching only the bytes it must.
//!
//! Works on the tree, which knows in which of TOML's ways each thing is written. A new thing is written like
//! its neighbours, or like the format's example. Knows the layout of the file; must never know who makes a
//! change or why. A change may take several steps (references to a hypothesis go before the hypothesis), each
//! on the text that the previous step produced.

mod arrange;
mod batch;
mod block;
mod body;
mod cell;
mod item;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod least;
mod line;
mod quick;
mod row_order;
mod sequence;
mod splice;

pub(super) use batch::write_changes;
pub(super) use body::{header_parts, key_parts};
#[cfg(test)]
pub(super) use laws::intention;
pub(super) use line::{line_end, line_start, newline};
pub(super) use quick::{Quick, TreeEffect, quick};
pub(super) use sequence::Sequence;
pub(in crate::document) use splice::undone;
pub use splice::{Splice, Splices, difference};

use std::collections::{HashMap, HashSet};

use super::syntax::{Node, NodeKind, Tree};
use super::write;
use crate::change::{Change, ScenarioChange, match_change};
use crate::scenario::{Hypothesis, Item, ItemKind, ScenarioField, Value};
use body::Body;

/// Writes a change into a text, step by step. Returns the new text and, for each step in order, the splices
/// that undo it. Where a change does not fit, the text is left unchanged: the caller checks the result by
/// reading it.
pub(super) fn write_change(text: &str, change: &Change) -> (String, Vec<Splices>) {
    let mut steps = Vec::new();
    steps_of(change, &mut steps);
    let mut current: Option<String> = None;
    let mut undo = Vec::with_capacity(steps.len());
    for step in steps {
        let before = current.as_deref().unwrap_or(text);
        let (after, inverse) = splices_of(before, step).apply(before);
        undo.push(inverse);
        current = Some(after);
    }
    (current.unwrap_or_else(|| text.to_owned()), undo)
}

/// Collects a change and the changes that accompany it, in the order in which they are made.
fn steps_of<'c>(change: &'c Change, into: &mut Vec<&'c Change>) {
    let (before, after) = match_change!(
        change,
        Item(change) => item::along(change),
        Change::Cell { .. } | Change::Scenario(_) => (&[][..], &[][..]),
    );
    before.iter().for_each(|c| steps_of(c, into));
    into.push(change);
    after.iter().for_each(|c| steps_of(c, into));
}

fn splices_of(text: &str, step: &Change) -> Splices {
    let (tree, _) = Tree::parse(text);
    Splices::new(splices_in(&File::new(text, tree.root(text)), step))
}

fn splices_in(file: &File<'_>, step: &Change) -> Vec<Splice> {
    match_change!(
        step,
        Item(change) => item::change(file, change),
        Change::Cell { row, hypothesis, change } => {
            let hypotheses = file.hypotheses();
            match file.item(row.kind(), row.as_str()) {
                Some(item) => cell::change(&item, row.kind(), hypothesis.as_str(), change, &hypotheses),
                None => Vec::new(),
            }
        },
        Change::Scenario(ScenarioChange::FieldSet { field, edit }) => {
            file.set_own(*field, edit.after.as_ref())
        },
        Change::Scenario(ScenarioChange::ConflictSet(edit)) => {
            let body = Body::new(file.text, file.root);
            match &edit.after {
                Some(conflict) => body.set("conflict", &write::conflict(conflict), &root_order()),
                None => body.remove("conflict"),
            }
        },
    )
}

/// A file before a step.
struct File<'t> {
    text: &'t str,
    root: Node<'t>,
    /// The items that are looked up, by kind and id; built only for many lookups.
    index: Option<HashMap<ItemKind, HashMap<String, Node<'t>>>>,
}

impl<'t> File<'t> {
    const fn new(text: &'t str, root: Node<'t>) -> Self {
        Self { text, root, index: None }
    }

    /// Like [`Self::new`], but for lookups of these items alone, however many.
    fn indexed(text: &'t str, root: Node<'t>, wanted: &HashSet<(ItemKind, &str)>) -> Self {
        let file = Self::new(text, root);
        let mut index: HashMap<ItemKind, HashMap<String, Node<'t>>> = HashMap::new();
        for kind in ItemKind::ALL.iter().copied() {
            let items = file.items(kind).into_iter().filter_map(|node| Some((id_of(node)?, node)));
            index.insert(kind, items.filter(|(id, _)| wanted.contains(&(kind, id))).collect());
        }
        Self { index: Some(index), ..file }
    }

    /// Returns the nodes of the items of a kind, in the order of the file.
    fn items(&self, kind: ItemKind) -> Vec<Node<'t>> {
        self.root.get(kind.as_str()).map(|list| list.children().collect()).unwrap_or_default()
    }

    /// Returns the items that have cells, with their kinds, in the order of the rows of a scenario.
    fn rows(&self) -> impl Iterator<Item = (ItemKind, Body<'t>)> {
        let of_kind =
            move |kind| self.items(kind).into_iter().map(move |item| (kind, Body::new(self.text, item)));
        [ItemKind::Evidence, ItemKind::Indicator, ItemKind::Estimate].into_iter().flat_map(of_kind)
    }

    /// Returns the item of a kind with this id.
    fn item(&self, kind: ItemKind, id: &str) -> Option<Body<'t>> {
        let node = match &self.index {
            Some(index) => *index.get(&kind)?.get(id)?,
            None => {
                let list = self.root.get(kind.as_str())?;
                list.children().find(|node| id_of(*node).as_deref() == Some(id))?
            }
        };
        Some(Body::new(self.text, node))
    }

    /// Returns the ids of the hypotheses, in the order of the file.
    fn hypotheses(&self) -> Vec<String> {
        self.items(Hypothesis::KIND).into_iter().filter_map(id_of).collect()
    }

    /// Sets or removes one of the scenario's own fields.
    fn set_own(&self, field: ScenarioField, value: Option<&Value>) -> Vec<Splice> {
        let body = Body::new(self.text, self.root);
        let Some((table, key)) = field.as_str().split_once('.') else {
            return set_field(&body, field.as_str(), value, &root_order());
        };
        let order: Vec<&str> = ScenarioField::ALL
            .iter()
            .filter_map(|f| f.as_str().split_once('.'))
            .filter(|(part, _)| *part == table)
            .map(|(_, key)| key)
            .collect();
        match (body.child(table), value) {
            (Some(scoring), _) => set_field(&scoring, key, value, &order),
            (None, None) => Vec::new(),
            (None, Some(value)) => {
                let newline = line::newline(self.text);
                let lines = format!("[{table}]{newline}{key} = {}{newline}", write::value(value));
                vec![block::insert_after(self.text, item::end_of_parts(self, table), &lines)]
            }
        }
    }
}

/// Returns the scenario's own keys, in the order of the file.
fn root_order() -> Vec<&'static str> {
    let mut order = vec!["ach"];
    order.extend(ScenarioField::ALL.iter().map(|f| f.as_str()).filter(|f| !f.contains('.')));
    order.push("conflict");
    order
}

/// Returns the id of an item in the file.
fn id_of(item: Node<'_>) -> Option<String> {
    item.get("id")?.string().map(std::borrow::Cow::into_owned)
}

/// Sets or removes a field of a table. Of a list, only the entries that differ are rewritten.
fn set_field(body: &Body<'_>, key: &str, value: Option<&Value>, order: &[&str]) -> Vec<Splice> {
    match (value, body.table.get(key)) {
        (None, _) => body.remove(key),
        (Some(Value::List(list)), Some(node)) if node.kind() == NodeKind::Array => set_list(body, node, list),
        (Some(value), _) => body.set(key, &write::value(value), order),
    }
}

/// Turns an array of texts into another. Equal entries at the start and the end keep their spelling.
fn set_list(body: &Body<'_>, node: Node<'_>, list: &[String]) -> Vec<Splice> {
    let old: Vec<Option<String>> = node.children().map(|n| n.string().map(Into::into)).collect();
    let equal = |(old, new): &(&Option<String>, &String)| old.as_ref() == Some(*new);
    let start = old.iter().zip(list).take_while(equal).count();
    let room = old.len().min(list.len()) - start;
    let end = old.iter().rev().zip(list.iter().rev()).take(room).take_while(equal).count();
    let changed = start..old.len() - end;
    let new = list.get(start..list.len() - end).unwrap_or_default();

    let sequence = sequence::Sequence::read(body.text(), &node.span());
    let replaced = changed.len().min(new.len());
    let mut splices: Vec<Splice> = changed
        .clone()
        .zip(new)
        .filter_map(|(at, text)| {
            let range = sequence.pieces().get(at)?.span.clone();
            Some(Splice { range, text: write::text(text) })
        })
        .collect();
    let gone: Vec<usize> = changed.clone().skip(replaced).collect();
    splices.extend(sequence.remove(&gone));
    let added: Vec<String> = new.iter().skip(replaced).map(|text| write::text(text)).collect();
    if !added.is_empty() {
        splices.push(sequence.insert(start + replaced, &added.join(", ")));
    }
    splices
}
