//! Makes changes from intentions: what `set`, `add`, `rm`, `mv` and the editor's keys mean for a scenario.
//!
//! These functions look up the current state and return the [`Change`] that leads to the wanted one. They
//! modify nothing. If the state is already as wanted, there is no change.

mod declare;
mod observe;
#[cfg(test)]
mod tests;

pub use declare::{add_declaring, declare};
pub use observe::{Observation, observe};

use super::apply::free;
use super::difference::{cell_changes, field_changes};
use super::reference::{citing, follow, leave};
use super::{Change, Edit, Entry, ItemChange, Listed, Place, Refused, ScenarioChange, apply_all};
use crate::scenario::{
    Cell, Estimate, Fielded, Hypothesis, HypothesisId, Item, ItemKind, Judgement, Level, Rating, RowId,
    Scenario, ScenarioField, SourceId, Value, by_kind,
};

/// Rates a cell; `None` removes the rating and keeps the rest.
///
/// # Errors
///
/// [`Refused::Unknown`] if there is no such row or hypothesis.
pub fn set_rating(
    scenario: &Scenario,
    row: impl Into<RowId>,
    hypothesis: &HypothesisId,
    rating: Option<Rating>,
) -> Result<Option<Change>, Refused> {
    Ok(altered(scenario, row, hypothesis, |cell| cell.rating = rating)?.pop())
}

/// Sets the confidence of a cell; `None` removes it.
///
/// # Errors
///
/// [`Refused::Unknown`] if there is no such row or hypothesis.
pub fn set_confidence(
    scenario: &Scenario,
    row: impl Into<RowId>,
    hypothesis: &HypothesisId,
    confidence: Option<Level>,
) -> Result<Option<Change>, Refused> {
    Ok(altered(scenario, row, hypothesis, |cell| cell.confidence = confidence)?.pop())
}

/// Sets the note of a cell; `None` removes it.
///
/// # Errors
///
/// [`Refused::Unknown`] if there is no such row or hypothesis.
pub fn set_note(
    scenario: &Scenario,
    row: impl Into<RowId>,
    hypothesis: &HypothesisId,
    note: Option<&str>,
) -> Result<Option<Change>, Refused> {
    Ok(altered(scenario, row, hypothesis, |cell| cell.set_note(note.map(str::to_owned)))?.pop())
}

/// Returns the judgement in a cell.
///
/// # Errors
///
/// [`Refused::Unknown`] if there is no such row or hypothesis.
pub fn judgement(
    scenario: &Scenario,
    row: impl Into<RowId>,
    hypothesis: &HypothesisId,
) -> Result<Judgement, Refused> {
    Ok(cell(scenario, &row.into(), hypothesis)?.map(Cell::judgement).unwrap_or_default())
}

/// Sets the judgement of a cell to `wanted`.
///
/// # Errors
///
/// [`Refused::Unknown`] if there is no such row or hypothesis.
pub fn judge(
    scenario: &Scenario,
    row: impl Into<RowId>,
    hypothesis: &HypothesisId,
    wanted: Judgement,
) -> Result<Vec<Change>, Refused> {
    altered(scenario, row, hypothesis, |cell| cell.set_judgement(wanted))
}

/// Blanks a cell: removes rating and confidence, and keeps the note.
///
/// # Errors
///
/// [`Refused::Unknown`] if there is no such row or hypothesis.
pub fn blank(
    scenario: &Scenario,
    row: impl Into<RowId>,
    hypothesis: &HypothesisId,
) -> Result<Vec<Change>, Refused> {
    altered(scenario, row, hypothesis, |cell| (cell.rating, cell.confidence) = (None, None))
}

/// Gives many cells the same rating, by the positions of their item and hypothesis; `None` blanks them like
/// [`blank`]. Cells that do not exist are skipped.
pub fn rate_all(
    scenario: &Scenario,
    cells: impl IntoIterator<Item = (usize, usize)>,
    rating: Option<Rating>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for (item, hypothesis) in cells {
        let (Some(item), Some(across)) =
            (scenario.evidence.get(item), scenario.hypotheses.get(hypothesis).map(|h| &h.id))
        else {
            continue;
        };
        let before = item.ratings.get(hypothesis).cloned().unwrap_or_default();
        let mut after = before.clone();
        after.rating = rating;
        after.confidence.take_if(|_| rating.is_none());
        cell_changes(&RowId::from(&item.id), across, [&before, &after], &mut changes);
    }
    changes
}

/// Sets or removes a field of an item. A value of another type (a date as a text) is converted as the field
/// requires. A field that excludes another removes it first.
///
/// # Errors
///
/// [`Refused::Unknown`] if there is no such item, or if the value refers to one that does not exist;
/// [`Refused::Value`] if the field does not accept the value.
pub fn set_field<T: Listed>(
    scenario: &Scenario,
    id: &T::Id,
    field: T::Field,
    value: Option<Value>,
) -> Result<Vec<Change>, Refused> {
    let (_, item) = find::<T>(scenario, id)?;
    let mut wanted = item.bare();
    wanted.set_field(field, value).map_err(Refused::Value)?;
    check_references(scenario, &wanted, field)?;
    Ok(field_changes(item, &wanted).collect())
}

/// Sets the fields of an item to those of `wanted`, which has the same id. Ignores cells and conflicts.
///
/// # Errors
///
/// [`Refused::Unknown`] if there is no such item, or if a field that differs refers to one that does not
/// exist.
pub fn set_fields<T: Listed>(scenario: &Scenario, wanted: &T) -> Result<Vec<Change>, Refused> {
    let (_, item) = find::<T>(scenario, wanted.id())?;
    for field in T::FIELDS.iter().filter(|field| item.field(**field) != wanted.field(**field)) {
        check_references(scenario, wanted, *field)?;
    }
    Ok(field_changes(item, wanted).collect())
}

/// Sets or removes one of the scenario's own fields.
///
/// # Errors
///
/// [`Refused::Value`] if the field does not accept the value, [`Refused::Unknown`] if it refers to something
/// that does not exist.
pub fn set_own(
    scenario: &Scenario,
    field: ScenarioField,
    value: Option<Value>,
) -> Result<Option<Change>, Refused> {
    let mut wanted = Scenario::default();
    wanted.set_field(field, value).map_err(Refused::Value)?;
    check_references(scenario, &wanted, field)?;
    let edit = Edit::new(scenario.field(field), wanted.field(field));
    let differs = edit.before != edit.after;
    Ok(differs.then_some(Change::Scenario(ScenarioChange::FieldSet { field, edit })))
}

/// Adds an item with these cells at a position of its list, or at the end. The cells of `item` itself are
/// ignored.
///
/// # Errors
///
/// [`Refused::Taken`] if the id is taken, [`Refused::Full`] at the limit, [`Refused::Unknown`] if it refers
/// to something that does not exist.
pub fn add<T: Listed>(
    scenario: &Scenario,
    item: &T,
    cells: Vec<(T::Across, Cell)>,
    index: usize,
) -> Result<Change, Refused> {
    free::<T>(scenario, item.id())?;
    let list = T::list(scenario);
    if list.len() >= T::LIMIT {
        return Err(Refused::Full(T::KIND));
    }
    for field in T::FIELDS {
        check_references(scenario, item, *field)?;
    }
    let at = place(list, index.min(list.len()));
    Ok(T::change(ItemChange::Added(Box::new(Entry { item: item.bare(), at, cells, along: Vec::new() }))))
}

/// Removes an item with its row or column. A hypothesis takes along the indicators that are rated against no
/// other, and is removed from every field that names it (see [`unrecorded`]); a source is removed from the
/// items that cite it (see [`uncited`]).
///
/// # Errors
///
/// [`Refused::Unknown`] if there is no such item.
pub fn remove<T: Listed>(scenario: &Scenario, id: &T::Id) -> Result<Change, Refused> {
    let (index, item) = find::<T>(scenario, id)?;
    let along = leave(T::KIND, scenario, id.as_ref());
    Ok(T::change(ItemChange::Removed(Box::new(Entry {
        item: item.bare(),
        at: place(T::list(scenario), index),
        cells: remaining_cells::<T>(scenario, index, &along),
        along,
    }))))
}

/// Returns the cells of an item when it is removed, after the changes that accompany the removal.
fn remaining_cells<T: Listed>(scenario: &Scenario, index: usize, along: &[Change]) -> Vec<(T::Across, Cell)> {
    let takes_cells = |change: &Change| matches!(change, Change::Indicator(ItemChange::Removed(entry)) if !entry.cells.is_empty());
    if !along.iter().any(takes_cells) {
        return T::cells(scenario, index);
    }
    let mut left = scenario.clone();
    // These changes were made for this scenario.
    let made = apply_all(&mut left, along);
    debug_assert_eq!(made, Ok(()), "what goes along applies");
    T::cells(&left, index)
}

/// Checks that removing a hypothesis would remove no estimate's probability and no outcome.
///
/// # Errors
///
/// [`Refused::Recorded`] with the estimates that state its probability, and whether the outcome names it.
pub fn unrecorded(scenario: &Scenario, id: &HypothesisId) -> Result<(), Refused> {
    let (at, _) = find::<Hypothesis>(scenario, id)?;
    let states = |estimate: &&Estimate| estimate.probabilities.get(at).is_some();
    let estimates: Vec<_> = scenario.estimates.iter().filter(states).map(|e| e.id.clone()).collect();
    let outcome = scenario.outcome.hypothesis.iter().flatten().any(|named| named == id.as_str());
    if estimates.is_empty() && !outcome { Ok(()) } else { Err(Refused::Recorded { estimates, outcome }) }
}

/// Checks that removing a source would remove no citations.
///
/// # Errors
///
/// [`Refused::Cited`] with the items that cite it.
pub fn uncited(scenario: &Scenario, id: &SourceId) -> Result<(), Refused> {
    let by: Vec<_> = citing(scenario, id).map(|item| item.id.clone()).collect();
    if by.is_empty() { Ok(()) } else { Err(Refused::Cited(by)) }
}

/// Moves an item to a position of its list, or to the end.
///
/// # Errors
///
/// [`Refused::Unknown`] if there is no such item.
pub fn shift<T: Listed>(scenario: &Scenario, id: &T::Id, index: usize) -> Result<Option<Change>, Refused> {
    let (from, _) = find::<T>(scenario, id)?;
    let list = T::list(scenario);
    let index = index.min(list.len() - 1);
    if index == from {
        return Ok(None);
    }
    // Without the item itself, the items after it move up by one.
    let to = Place { index, after: place(list, if index > from { index + 1 } else { index }).after };
    Ok(Some(T::change(ItemChange::Moved { id: id.clone(), from: place(list, from), to })))
}

/// Renames an item; every reference follows.
///
/// # Errors
///
/// [`Refused::Unknown`] if there is no such item, [`Refused::Taken`] if the new id is taken.
pub fn rename<T: Listed>(scenario: &Scenario, from: &T::Id, to: &T::Id) -> Result<Option<Change>, Refused> {
    find::<T>(scenario, from)?;
    if from == to {
        return Ok(None);
    }
    free::<T>(scenario, to)?;
    let along = follow(T::KIND, scenario, from.as_ref(), to.as_ref());
    Ok(Some(T::change(ItemChange::Renamed { from: from.clone(), to: to.clone(), along })))
}

fn find<'s, T: Listed>(scenario: &'s Scenario, id: &T::Id) -> Result<(usize, &'s T), Refused> {
    let found = T::list(scenario).iter().enumerate().find(|(_, item)| item.id() == id);
    found.ok_or_else(|| Refused::Unknown(T::KIND, id.to_string()))
}

fn place<T: Listed>(list: &[T], index: usize) -> Place<T::Id> {
    let after = index.checked_sub(1).and_then(|before| list.get(before)).map(|item| item.id().clone());
    Place { index, after }
}

fn cell<'s>(
    scenario: &'s Scenario,
    row: &RowId,
    hypothesis: &HypothesisId,
) -> Result<Option<&'s Cell>, Refused> {
    let unknown = || Refused::Unknown(row.kind(), row.to_string());
    let item = scenario.row_position(row).ok_or_else(unknown)?;
    let (at, _) = find::<Hypothesis>(scenario, hypothesis)?;
    Ok(scenario.row(row.kind(), item).and_then(|row| row.get(at)))
}

/// Returns the changes of a cell that make it what `alter` makes of it.
fn altered(
    scenario: &Scenario,
    row: impl Into<RowId>,
    hypothesis: &HypothesisId,
    alter: impl FnOnce(&mut Cell),
) -> Result<Vec<Change>, Refused> {
    let (row, mut changes) = (row.into(), Vec::new());
    let before = cell(scenario, &row, hypothesis)?.cloned().unwrap_or_default();
    let mut after = before.clone();
    alter(&mut after);
    cell_changes(&row, hypothesis, [&before, &after], &mut changes);
    Ok(changes)
}

/// Checks that everything a field refers to exists. Without declared sources, items cite sources as free
/// text.
///
/// # Errors
///
/// [`Refused::Unknown`] with the first that does not exist.
pub fn check_references<T: Fielded>(scenario: &Scenario, item: &T, field: T::Field) -> Result<(), Refused> {
    let Some(kind) = T::refers_to(field) else {
        return Ok(());
    };
    if kind == ItemKind::Source && scenario.sources.is_empty() {
        return Ok(());
    }
    fn has<T: Item>(scenario: &Scenario, id: &str) -> bool {
        T::list(scenario).iter().any(|item| item.id().as_ref() == id)
    }
    let value = item.field(field);
    match value.iter().flat_map(Value::texts).find(|id| !by_kind!(kind, has(scenario, id))) {
        Some(id) => Err(Refused::Unknown(kind, id.clone())),
        None => Ok(()),
    }
}
