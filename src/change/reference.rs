//! References: the updates that follow when an item is renamed or removed.
//!
//! The row of a field declares whether it holds references (`refers_to`). Ratings and probabilities are not
//! references: they belong to the row or column that goes with the item.

use super::{Change, Edit, Entry, ItemChange, Listed, Place, ScenarioChange};
use crate::scenario::{
    Cell, Evidence, Fielded, HypothesisId, Indicator, IndicatorField, IndicatorId, Item, ItemKind, Scenario,
    ScenarioField, Shape, Source, SourceId, Value,
};

/// Returns the changes that make every reference to an item of this kind name `to` instead of `from`. An
/// item's reference to itself is left alone: a rename cannot accompany another change of the same item.
pub(super) fn follow(kind: ItemKind, scenario: &Scenario, from: &str, to: &str) -> Vec<Change> {
    let next = |value: &Value| match value {
        Value::Text(_) => Some(Value::Text(to.to_owned())),
        Value::List(list) => Some(Value::List(renamed(list, from, to))),
        Value::Number(_) | Value::Flag(_) | Value::Date(_) => None,
    };
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
    let next = |value: &Value| match value {
        Value::List(list) => without(list, id).map(Value::List),
        Value::Text(_) | Value::Number(_) | Value::Flag(_) | Value::Date(_) => None,
    };
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
    next: impl Fn(&Value) -> Option<Value>,
    changes: &mut Vec<Change>,
) {
    let fields = ScenarioField::ALL.iter().filter(|field| Scenario::refers_to(**field) == Some(kind));
    for field in fields {
        let before = scenario.field(*field);
        if before.as_ref().is_some_and(|value| is_named(value, id)) {
            let after = before.as_ref().and_then(&next).map(|value| as_held::<Scenario>(*field, value));
            let edit = Edit::new(before, after);
            changes.push(Change::Scenario(ScenarioChange::FieldSet { field: *field, edit }));
        }
    }
}

fn is_named(value: &Value, id: &str) -> bool {
    match value {
        Value::Text(text) => text == id,
        Value::List(list) => names(list, id),
        Value::Number(_) | Value::Flag(_) | Value::Date(_) => false,
    }
}

/// Adds the changes that give every field that names `id` its new value.
fn rewrite<T: Listed>(
    kind: ItemKind,
    scenario: &Scenario,
    id: &str,
    next: impl Fn(&Value) -> Option<Value>,
    changes: &mut Vec<Change>,
) {
    let fields: Vec<_> = T::FIELDS.iter().filter(|field| T::refers_to(**field) == Some(kind)).collect();
    for item in T::list(scenario).iter().filter(|_| !fields.is_empty()) {
        if T::KIND == kind && item.id().as_ref() == id {
            continue;
        }
        for field in &fields {
            let before = item.field(**field);
            if before.as_ref().is_some_and(|value| is_named(value, id)) {
                let after = before.as_ref().and_then(&next);
                let after = after.map(|value| as_held::<T>(**field, value));
                let edit = Edit::new(before, after);
                changes.push(T::change(ItemChange::FieldSet { id: item.id().clone(), field: **field, edit }));
            }
        }
    }
}

/// Returns a value as the field stores it: a list of one becomes a text where the field accepts either.
fn as_held<T: Fielded>(field: T::Field, value: Value) -> Value {
    match value {
        Value::List(list) if T::shape(field) == Shape::TextOrList => Value::text_or_list(&list),
        Value::Text(_) | Value::List(_) | Value::Number(_) | Value::Flag(_) | Value::Date(_) => value,
    }
}

/// Returns the change of a list of references.
pub(super) fn relisted<T: Listed>(
    id: &T::Id,
    field: T::Field,
    before: Option<&[String]>,
    after: Option<&[String]>,
) -> Change {
    let value = |list: &[String]| as_held::<T>(field, Value::List(list.to_vec()));
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
