//! Applies changes: each completely or not at all, and only where the scenario is as the change expects.

use std::collections::HashMap;
use std::hash::Hash;

use super::{
    CellChange, Change, Edit, Entry, ItemChange, Listed, Place, Refused, RefusedAt, ScenarioChange,
    inverse_all, match_change,
};
use crate::scenario::{Cell, Conflict, Contested, Fielded, Hypothesis, Item, Row, Scenario, Value};

/// Applies a change.
///
/// # Errors
///
/// [`Refused`] if it does not fit; the scenario is then unchanged.
pub fn apply(scenario: &mut Scenario, change: &Change) -> Result<(), Refused> {
    apply_after(scenario, change, &mut 0)
}

/// Like [`apply`], for a change of a cell that is probably in the row at this position.
///
/// # Errors
/// Like [`apply`].
pub fn apply_near(scenario: &mut Scenario, change: &Change, mut near: usize) -> Result<(), Refused> {
    apply_after(scenario, change, &mut near)
}

/// Like [`apply`]. `near` is the row of the last changed cell, since cells are mostly changed in the order of
/// the file.
fn apply_after(scenario: &mut Scenario, change: &Change, near: &mut usize) -> Result<(), Refused> {
    match_change!(
        change,
        Item(change) => item(scenario, change),
        Change::Scenario(change) => own(scenario, change),
        Change::Cell { row, hypothesis, change } => {
            let unknown = || Refused::Unknown(row.kind(), row.to_string());
            let is_it = |at: &usize| scenario.row_id(row.kind(), *at).is_some_and(|id| id == *row);
            let item = match [*near, *near + 1].into_iter().find(is_it) {
                Some(at) => at,
                None => scenario.row_position(row).ok_or_else(unknown)?,
            };
            *near = item;
            let hypothesis = find::<Hypothesis>(scenario, hypothesis)?;
            cell(scenario.row_mut(row.kind(), item).ok_or(Refused::Stale)?, hypothesis, change)
        },
    )
}

/// Applies changes in order.
///
/// # Errors
///
/// [`RefusedAt`] for the first that does not fit; all earlier ones are then undone.
pub fn apply_all(scenario: &mut Scenario, changes: &[Change]) -> Result<(), RefusedAt> {
    let mut near = 0;
    for (index, change) in changes.iter().enumerate() {
        if let Err(refused) = apply_after(scenario, change, &mut near) {
            roll_back(scenario, changes.get(..index).unwrap_or_default());
            return Err(RefusedAt { index, refused });
        }
    }
    Ok(())
}

/// Undoes changes that have just been applied.
fn roll_back(scenario: &mut Scenario, made: &[Change]) {
    for inverse in inverse_all(made) {
        let undone = apply(scenario, &inverse);
        debug_assert_eq!(undone, Ok(()), "the inverse of a change just made applies");
    }
}

fn find<T: Item>(scenario: &Scenario, id: &T::Id) -> Result<usize, Refused> {
    scenario.position::<T>(id).ok_or_else(|| Refused::Unknown(T::KIND, id.to_string()))
}

fn find_mut<'s, T: Item>(scenario: &'s mut Scenario, id: &T::Id) -> Result<&'s mut T, Refused> {
    let found = T::list_mut(scenario).iter_mut().find(|item| item.id() == id);
    found.ok_or_else(|| Refused::Unknown(T::KIND, id.to_string()))
}

fn cell(row: &mut Row, hypothesis: usize, change: &CellChange) -> Result<(), Refused> {
    let mut cell = row.get(hypothesis).cloned().unwrap_or_default();
    match change {
        CellChange::Rating(edit) => cell.rating = next(edit, cell.rating.as_ref())?,
        CellChange::Confidence(edit) => cell.confidence = next(edit, cell.confidence.as_ref())?,
        CellChange::Note(edit) => {
            fresh(edit.before.as_deref() == cell.note())?;
            cell.set_note(edit.after.clone());
        }
        CellChange::Probability(edit) => {
            let after = next(edit, cell.probability().as_ref())?;
            cell.set_probability(after);
        }
        CellChange::Conflict(edit) => {
            let after = next(edit, cell.conflict())?;
            cell.set_conflict(after);
        }
    }
    row.set(hypothesis, cell);
    Ok(())
}

/// Returns the value after an edit of `now`.
fn next<T: Clone + PartialEq>(edit: &Edit<T>, now: Option<&T>) -> Result<Option<T>, Refused> {
    fresh(edit.before.as_ref() == now)?;
    Ok(edit.after.clone())
}

fn fresh(is: bool) -> Result<(), Refused> {
    if is { Ok(()) } else { Err(Refused::Stale) }
}

fn item<T: Listed>(scenario: &mut Scenario, change: &ItemChange<T>) -> Result<(), Refused> {
    match change {
        ItemChange::Added(entry) => added(scenario, entry),
        ItemChange::Removed(entry) => with_along(scenario, &entry.along, |scenario| removed(scenario, entry)),
        ItemChange::Moved { id, from, to } => moved::<T>(scenario, id, from, to),
        ItemChange::Renamed { from, to, along } => {
            with_along(scenario, along, |scenario| renamed::<T>(scenario, from, to))
        }
        ItemChange::FieldSet { id, field, edit } => field_set(find_mut::<T>(scenario, id)?, *field, edit),
        ItemChange::ConflictSet { id, edit } => conflict_set(find_mut::<T>(scenario, id)?, edit),
    }
}

/// Applies the accompanying changes, then the change itself. If that one is refused, none is applied.
fn with_along(
    scenario: &mut Scenario,
    along: &[Change],
    change: impl FnOnce(&mut Scenario) -> Result<(), Refused>,
) -> Result<(), Refused> {
    apply_all(scenario, along).map_err(|at| at.refused)?;
    change(scenario).inspect_err(|_| roll_back(scenario, along))
}

fn added<T: Listed>(scenario: &mut Scenario, entry: &Entry<T>) -> Result<(), Refused> {
    free::<T>(scenario, entry.item.id())?;
    if T::list(scenario).len() >= T::LIMIT {
        return Err(Refused::Full(T::KIND));
    }
    if !entry.item.is_bare() {
        return Err(Refused::Malformed);
    }
    let at = position_after::<T>(scenario, entry.at.after.as_ref())?;
    scenario.insert(at, entry.item.clone());
    let rest = T::fill(scenario, at, &entry.cells)
        .and_then(|()| apply_all(scenario, &entry.along).map_err(|at| at.refused));
    rest.inspect_err(|_| {
        scenario.remove::<T>(at);
    })
}

fn removed<T: Listed>(scenario: &mut Scenario, entry: &Entry<T>) -> Result<(), Refused> {
    let at = find::<T>(scenario, entry.item.id())?;
    standing_after::<T>(scenario, at, &entry.at)?;
    let item = T::list(scenario).get(at).ok_or(Refused::Stale)?;
    fresh(item.same_content(&entry.item))?;
    fresh(same_cells::<T>(&T::cells(scenario, at), &entry.cells))?;
    scenario.remove::<T>(at);
    Ok(())
}

/// Returns whether these are the same cells, in any order: the rows or columns may be in another order than
/// when the change was made.
fn same_cells<T: Listed>(a: &[(T::Across, Cell)], b: &[(T::Across, Cell)]) -> bool {
    fn by_id<I: Eq + Hash>(cells: &[(I, Cell)]) -> HashMap<&I, &Cell> {
        cells.iter().map(|(id, cell)| (id, cell)).collect()
    }
    a == b || (a.len() == b.len() && by_id(a) == by_id(b))
}

fn moved<T: Item>(
    scenario: &mut Scenario,
    id: &T::Id,
    from: &Place<T::Id>,
    to: &Place<T::Id>,
) -> Result<(), Refused> {
    let at = find::<T>(scenario, id)?;
    standing_after::<T>(scenario, at, from)?;
    if to.after.as_ref() == Some(id) {
        return Err(Refused::Malformed);
    }
    let target = position_after::<T>(scenario, to.after.as_ref())?;
    scenario.relocate::<T>(at, if target > at { target - 1 } else { target });
    Ok(())
}

fn renamed<T: Item>(scenario: &mut Scenario, from: &T::Id, to: &T::Id) -> Result<(), Refused> {
    free::<T>(scenario, to)?;
    find_mut::<T>(scenario, from)?.set_id(to.clone());
    Ok(())
}

fn field_set<T: Fielded>(item: &mut T, field: T::Field, edit: &Edit<Value>) -> Result<(), Refused> {
    fresh(item.field(field) == edit.before)?;
    if let Some(rival) = T::rival(field)
        && edit.after.is_some()
        && item.field(rival).is_some()
    {
        return Err(Refused::Beside(T::key(rival)));
    }
    item.set_field(field, edit.after.clone()).map_err(Refused::Value)?;
    if item.field(field) != edit.after {
        item.set_field(field, edit.before.clone()).map_err(Refused::Value)?;
        return Err(Refused::Malformed);
    }
    Ok(())
}

fn conflict_set<T: Contested>(owner: &mut T, edit: &Edit<Conflict>) -> Result<(), Refused> {
    let after = next(edit, owner.conflict())?;
    owner.set_conflict(after);
    Ok(())
}

fn own(scenario: &mut Scenario, change: &ScenarioChange) -> Result<(), Refused> {
    match change {
        ScenarioChange::FieldSet { field, edit } => field_set(scenario, *field, edit),
        ScenarioChange::ConflictSet(edit) => conflict_set(scenario, edit),
    }
}

pub(super) fn free<T: Item>(scenario: &Scenario, id: &T::Id) -> Result<(), Refused> {
    match scenario.position::<T>(id) {
        Some(_) => Err(Refused::Taken(T::KIND, id.to_string())),
        None => Ok(()),
    }
}

/// Returns the position directly after this item, or the start of the list for `None`.
fn position_after<T: Item>(scenario: &Scenario, after: Option<&T::Id>) -> Result<usize, Refused> {
    after.map_or(Ok(0), |id| Ok(find::<T>(scenario, id)? + 1))
}

/// Returns whether the item at this position directly follows the item that the place names.
fn standing_after<T: Item>(scenario: &Scenario, at: usize, place: &Place<T::Id>) -> Result<(), Refused> {
    let before = at.checked_sub(1).and_then(|before| T::list(scenario).get(before));
    fresh(before.map(Item::id) == place.after.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::make;
    use crate::scenario::{Evidence, EvidenceId, HypothesisId, ItemKind, Level, Rating, Source, SourceId};

    fn evidence_id(id: &str) -> EvidenceId {
        EvidenceId::parse(id).unwrap()
    }

    fn hypothesis_id(id: &str) -> HypothesisId {
        HypothesisId::parse(id).unwrap()
    }

    fn small() -> Scenario {
        let mut s = Scenario::new("t");
        for id in ["h", "k"] {
            s.hypotheses.push(Hypothesis::new(hypothesis_id(id), id));
        }
        let mut source = Source::new(SourceId::parse("s").unwrap(), "s");
        source.controlled_by = Some(vec!["h".into()]);
        s.sources.push(source);
        for id in ["e", "f"] {
            let mut item = Evidence::new(evidence_id(id), id);
            item.ratings.set(0, Cell::rated(Rating::Consistent));
            s.evidence.push(item);
        }
        s
    }

    fn refused(change: &Change) -> Refused {
        let mut scenario = small();
        let refused = apply(&mut scenario, change).unwrap_err();
        assert_eq!(scenario, small(), "what is refused changes nothing");
        refused
    }

    fn rating(evidence: &str, hypothesis: &str, before: Option<Rating>, after: Option<Rating>) -> Change {
        Change::Cell {
            row: evidence_id(evidence).into(),
            hypothesis: hypothesis_id(hypothesis),
            change: CellChange::Rating(Edit { before, after }),
        }
    }

    #[test]
    fn a_note_stands_on_a_blank_cell() {
        let mut s = small();
        let note =
            make::set_note(&s, evidence_id("e"), &hypothesis_id("k"), Some("ask again")).unwrap().unwrap();
        apply(&mut s, &note).unwrap();
        let cell = s.evidence[0].ratings.get(1).unwrap();
        assert_eq!((cell.rating, cell.note()), (None, Some("ask again")));
        apply(&mut s, &note.inverse()).unwrap();
        assert_eq!(s, small());
    }

    #[test]
    fn what_is_not_as_the_change_says_is_stale() {
        let before = Some(Rating::Neutral);
        assert_eq!(refused(&rating("e", "h", before, None)), Refused::Stale);
        assert_eq!(refused(&rating("e", "k", before, None)), Refused::Stale);
        let mut entry = match make::remove::<Evidence>(&small(), &evidence_id("f")).unwrap() {
            Change::Evidence(ItemChange::Removed(entry)) => entry,
            other => panic!("{other:?}"),
        };
        entry.cells.clear();
        assert_eq!(refused(&Change::Evidence(ItemChange::Removed(entry))), Refused::Stale);
    }

    #[test]
    fn an_item_that_came_can_go_where_hypotheses_stand_in_another_order() {
        let item = Evidence::new(evidence_id("new"), "new");
        let cell = |id: &str| (hypothesis_id(id), Cell::rated(Rating::Neutral));
        let addition = make::add(&small(), &item, vec![cell("k"), cell("h")], 0).unwrap();
        let mut s = small();
        apply(&mut s, &addition).unwrap();
        apply(&mut s, &addition.inverse()).unwrap();
        assert_eq!(s, small());
    }

    #[test]
    fn unknown_and_taken_ids_are_refused() {
        let unknown = Refused::Unknown(ItemKind::Hypothesis, "x".into());
        assert_eq!(refused(&rating("e", "x", None, None)), unknown);
        let (from, to) = (hypothesis_id("h"), hypothesis_id("k"));
        let rename = Change::Hypothesis(ItemChange::Renamed { from, to, along: Vec::new() });
        assert_eq!(refused(&rename), Refused::Taken(ItemKind::Hypothesis, "k".into()));
    }

    #[test]
    fn what_came_along_goes_back_when_the_change_itself_is_refused() {
        let mut removal = make::remove::<Hypothesis>(&small(), &hypothesis_id("h")).unwrap();
        if let Change::Hypothesis(ItemChange::Removed(entry)) = &mut removal {
            assert_eq!(entry.along.len(), 1);
            entry.cells.pop();
        }
        assert_eq!(refused(&removal), Refused::Stale);
        let mut addition = make::remove::<Hypothesis>(&small(), &hypothesis_id("k")).unwrap().inverse();
        if let Change::Hypothesis(ItemChange::Added(entry)) = &mut addition {
            entry.item.id = hypothesis_id("new");
            entry.cells.push((evidence_id("e").into(), Cell::rated(Rating::Neutral)));
            entry.along.push(rating("e", "new", None, None));
        }
        assert_eq!(refused(&addition), Refused::Stale);
    }

    #[test]
    fn a_grade_does_not_silently_replace_a_level() {
        let mut s = small();
        s.evidence[0].credibility = Some(crate::scenario::Credibility::Level(Level::High));
        let grade = Change::Evidence(ItemChange::FieldSet {
            id: evidence_id("e"),
            field: crate::scenario::EvidenceField::Grade,
            edit: Edit::new(None, Some(Value::Text("B2".into()))),
        });
        assert_eq!(apply(&mut s, &grade), Err(Refused::Beside("credibility")));
    }

    #[test]
    fn of_several_changes_all_or_none_are_made() {
        let mut s = small();
        let changes = [rating("e", "k", None, Some(Rating::Neutral)), rating("e", "k", None, None)];
        let refused = apply_all(&mut s, &changes).unwrap_err();
        assert_eq!(refused, RefusedAt { index: 1, refused: Refused::Stale });
        assert_eq!(s, small());
    }
}
