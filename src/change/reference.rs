//! References: what must follow when an item gets another id, and what goes when it goes.
//!
//! Hypotheses are referred to by sources (`controlled_by`) and indicators (`hypothesis`), sources by evidence
//! (`source`). Ratings are no references: they stand in the row or column that goes with the item.

use super::{Change, Edit, Entry, ItemChange, Place};
use crate::scenario::{
    Evidence, EvidenceField, EvidenceId, Indicator, IndicatorField, IndicatorId, ItemKind, Scenario,
    SourceField, SourceId, Value,
};

/// The changes by which every reference to an item of this kind names `to` in place of `from`.
pub(super) fn follow(kind: ItemKind, scenario: &Scenario, from: &str, to: &str) -> Vec<Change> {
    match kind {
        ItemKind::Hypothesis => {
            let steered = scenario.sources.iter().filter_map(|source| {
                let list = source.controlled_by.as_deref().filter(|list| names(list, from))?;
                Some(steered(&source.id, Some(list), Some(&renamed(list, from, to))))
            });
            let pointing = scenario
                .indicators
                .iter()
                .filter(|indicator| indicator.hypothesis.as_deref() == Some(from))
                .map(|indicator| pointing(&indicator.id, from, to));
            steered.chain(pointing).collect()
        }
        ItemKind::Source => {
            let cited = scenario.evidence.iter().filter_map(|item| {
                let list = item.source.as_deref().filter(|list| names(list, from))?;
                Some(cited(&item.id, Some(list), Some(&renamed(list, from, to))))
            });
            cited.collect()
        }
        ItemKind::Evidence | ItemKind::Indicator => Vec::new(),
    }
}

/// The changes by which every reference to an item of this kind goes: a hypothesis takes its indicators along and
/// leaves `controlled_by` lists, a source leaves the items that cite it. A list left empty becomes absent.
pub(super) fn leave(kind: ItemKind, scenario: &Scenario, id: &str) -> Vec<Change> {
    match kind {
        ItemKind::Hypothesis => {
            let mut changes = Vec::new();
            let mut after = None;
            for (index, indicator) in scenario.indicators.iter().enumerate() {
                if indicator.hypothesis.as_deref() == Some(id) {
                    changes.push(indicator_removed(indicator, Place { index, after: after.clone() }));
                } else {
                    after = Some(indicator.id.clone());
                }
            }
            changes.extend(scenario.sources.iter().filter_map(|source| {
                let list = source.controlled_by.as_deref().filter(|list| names(list, id))?;
                Some(steered(&source.id, Some(list), without(list, id).as_deref()))
            }));
            changes
        }
        ItemKind::Source => {
            let cited = scenario.evidence.iter().filter_map(|item| {
                let list = item.source.as_deref().filter(|list| names(list, id))?;
                Some(cited(&item.id, Some(list), without(list, id).as_deref()))
            });
            cited.collect()
        }
        ItemKind::Evidence | ItemKind::Indicator => Vec::new(),
    }
}

pub(super) fn names(list: &[String], id: &str) -> bool {
    list.iter().any(|entry| entry == id)
}

pub(super) fn renamed(list: &[String], from: &str, to: &str) -> Vec<String> {
    list.iter().map(|entry| if entry == from { to.to_owned() } else { entry.clone() }).collect()
}

/// The list without an id; `None` if nothing is left.
pub(super) fn without(list: &[String], id: &str) -> Option<Vec<String>> {
    let rest: Vec<String> = list.iter().filter(|entry| *entry != id).cloned().collect();
    (!rest.is_empty()).then_some(rest)
}

/// A source's `controlled_by` changes.
pub(super) fn steered(id: &SourceId, before: Option<&[String]>, after: Option<&[String]>) -> Change {
    let value = |list: &[String]| Value::List(list.to_vec());
    Change::Source(ItemChange::FieldSet {
        id: id.clone(),
        field: SourceField::ControlledBy,
        edit: Edit::new(before.map(value), after.map(value)),
    })
}

/// An item's `source` changes.
pub(super) fn cited(id: &EvidenceId, before: Option<&[String]>, after: Option<&[String]>) -> Change {
    Change::Evidence(ItemChange::FieldSet {
        id: id.clone(),
        field: EvidenceField::Source,
        edit: Edit::new(before.map(Value::text_or_list), after.map(Value::text_or_list)),
    })
}

/// An indicator's `hypothesis` changes.
pub(super) fn pointing(id: &IndicatorId, before: &str, after: &str) -> Change {
    let value = |id: &str| Some(Value::Text(id.to_owned()));
    Change::Indicator(ItemChange::FieldSet {
        id: id.clone(),
        field: IndicatorField::Hypothesis,
        edit: Edit::new(value(before), value(after)),
    })
}

pub(super) fn indicator_removed(indicator: &Indicator, at: Place<IndicatorId>) -> Change {
    let entry = Entry { item: indicator.clone(), at, cells: Vec::new(), along: Vec::new() };
    Change::Indicator(ItemChange::Removed(Box::new(entry)))
}

/// The items that cite a source.
pub(super) fn citing<'s>(scenario: &'s Scenario, id: &'s SourceId) -> impl Iterator<Item = &'s Evidence> {
    scenario.evidence.iter().filter(move |item| names(item.sources(), id.as_str()))
}
