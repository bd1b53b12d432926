//! References: the updates that follow when an item is renamed or removed.
//!
//! The row of a field declares whether it holds references (`refers_to`). Ratings and probabilities are not
//! references: they belong to the row or column that goes with the item.

use super::{Change, Edit, Entry, ItemChange, Listed, Place, ScenarioChange};
use crate::scenario::{
    Cell, Evidence, Fielded, HypothesisId, Indicator, IndicatorField, IndicatorId, Item, ItemKind, Scenario,
    Shape, Source, SourceId, Value,
};

/// Returns the changes that make every reference to an item of this kind name `to` instead of `from`. An
/// item's reference to itself is left alone: a rename cannot accompany another change of the same item.
pub(super) fn follow(kind: ItemKind, scenario: &Scenario, from: &str, to: &str) -> Vec<Change> {
    let next = |ids: &[String]| Some(renamed(ids, from, to));
    let mut changes = Vec::new();
    rewrite::<Source>(kind, scenario, from, next, &mut changes);
    rewrite::<Evidence>(kind, scenario, from, next, &mut changes);
    rewrite::<Indicator>(kind, scenario, from, next, &mut changes);
    rewrite_own(kind, scenario, from, next, &mut changes);
    changes
}

/// Returns the changes that remove every reference to an item of this kind. A hypothesis takes its indicators
/// along, except those that are rated against others, and an id is removed from every field that names it. A
/// list that becomes empty becomes absent.
pub(super) fn leave(kind: ItemKind, scenario: &Scenario, id: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut after = None;
    for (index, indicator) in scenario.indicators.iter().enumerate() {
        if kind == ItemKind::Hypothesis && goes_with(scenario, indicator, id) {
            let place = Place { index, after: after.clone() };
            changes.push(indicator_removed(indicator, place, Indicator::cells(scenario, index)));
        } else {
            after = Some(indicator.id.clone());
        }
    }
    let next = |ids: &[String]| without(ids, id);
    rewrite::<Source>(kind, scenario, id, next, &mut changes);
    rewrite::<Evidence>(kind, scenario, id, next, &mut changes);
    if kind == ItemKind::Hypothesis {
        let left = scenario.indicators.iter().filter(|indicator| !goes_with(scenario, indicator, id));
        let left = left.filter(|indicator| indicator.hypothesis.as_deref() == Some(id));
        changes.extend(left.map(|indicator| pointing(&indicator.id, id, None)));
    }
    rewrite_own(kind, scenario, id, next, &mut changes);
    changes
}

/// Returns whether an indicator is removed with this hypothesis: it names the hypothesis and is rated against
/// no other.
pub(super) fn goes_with(scenario: &Scenario, indicator: &Indicator, id: &str) -> bool {
    let is_other = |at: usize| scenario.hypotheses.get(at).is_none_or(|h| h.id.as_str() != id);
    indicator.hypothesis.as_deref() == Some(id) && !indicator.ratings.iter().any(|(at, _)| is_other(at))
}

/// Adds the changes of the scenario's own fields that name `id`.
fn rewrite_own(
    kind: ItemKind,
    scenario: &Scenario,
    id: &str,
    next: impl Fn(&[String]) -> Option<Vec<String>>,
    changes: &mut Vec<Change>,
) {
    let edits = rewritten(kind, scenario, id, next);
    changes.extend(edits.map(|(field, edit)| Change::Scenario(ScenarioChange::FieldSet { field, edit })));
}

/// Adds the changes that give every field that names `id` its new value.
fn rewrite<T: Listed>(
    kind: ItemKind,
    scenario: &Scenario,
    id: &str,
    next: impl Fn(&[String]) -> Option<Vec<String>>,
    changes: &mut Vec<Change>,
) {
    let is_it = |item: &T| T::KIND == kind && item.id().as_ref() == id;
    for item in T::list(scenario).iter().filter(|item| !is_it(item)) {
        let change = |(field, edit)| T::change(ItemChange::FieldSet { id: item.id().clone(), field, edit });
        changes.extend(rewritten(kind, item, id, &next).map(change));
    }
}

/// Returns the edits of fields that refer to items of a kind and name `id`.
fn rewritten<F: Fielded>(
    kind: ItemKind,
    owner: &F,
    id: &str,
    next: impl Fn(&[String]) -> Option<Vec<String>>,
) -> impl Iterator<Item = (F::Field, Edit<Value>)> {
    let fields = F::FIELDS.iter().copied().filter(move |field| F::refers_to(*field) == Some(kind));
    fields.filter_map(move |field| {
        let before = owner.field(field).filter(|value| names(value.texts(), id))?;
        let after = next(before.texts()).map(|ids| as_held::<F>(field, &ids));
        Some((field, Edit::new(Some(before), after)))
    })
}

/// Returns references as the field stores them: one alone is a text where the field takes one.
fn as_held<F: Fielded>(field: F::Field, ids: &[String]) -> Value {
    if F::shape(field) == Shape::List { Value::List(ids.to_vec()) } else { Value::text_or_list(ids) }
}

/// Returns the change of a list of references.
pub(super) fn relisted<T: Listed>(
    id: &T::Id,
    field: T::Field,
    before: Option<&[String]>,
    after: Option<&[String]>,
) -> Change {
    let value = |list: &[String]| as_held::<T>(field, list);
    let edit = Edit::new(before.map(value), after.map(value));
    T::change(ItemChange::FieldSet { id: id.clone(), field, edit })
}

pub(super) fn names(list: &[String], id: &str) -> bool {
    list.iter().any(|entry| entry == id)
}

pub(super) fn renamed(list: &[String], from: &str, to: &str) -> Vec<String> {
    list.iter().map(|entry| if entry == from { to.to_owned() } else { entry.clone() }).collect()
}

/// Returns the list without an id; `None` if nothing is left.
pub(super) fn without(list: &[String], id: &str) -> Option<Vec<String>> {
    let rest: Vec<String> = list.iter().filter(|entry| *entry != id).cloned().collect();
    (!rest.is_empty()).then_some(rest)
}

/// Returns the change that sets or removes an indicator's `hypothesis`.
pub(super) fn pointing(id: &IndicatorId, before: &str, after: Option<&str>) -> Change {
    let value = |id: &str| Value::Text(id.to_owned());
    Change::Indicator(ItemChange::FieldSet {
        id: id.clone(),
        field: IndicatorField::Hypothesis,
        edit: Edit::new(Some(value(before)), after.map(value)),
    })
}

pub(super) fn indicator_removed(
    indicator: &Indicator,
    at: Place<IndicatorId>,
    cells: Vec<(HypothesisId, Cell)>,
) -> Change {
    let entry = Entry { item: indicator.bare(), at, cells, along: Vec::new() };
    Change::Indicator(ItemChange::Removed(Box::new(entry)))
}

/// Returns the items that cite a source.
pub(super) fn citing<'s>(scenario: &'s Scenario, id: &'s SourceId) -> impl Iterator<Item = &'s Evidence> {
    scenario.evidence.iter().filter(move |item| names(item.sources(), id.as_str()))
}
