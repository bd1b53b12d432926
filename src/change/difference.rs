//! The changes that lead from one state of a cell, or of the fields of an item, to another.

use super::{CellChange, Change, Edit, ItemChange, Listed};
use crate::scenario::{Cell, HypothesisId, Item, RowId, Value};

/// Adds the changes of a cell, part by part.
pub(super) fn cell_changes(
    row: &RowId,
    hypothesis: &HypothesisId,
    [before, after]: [&Cell; 2],
    changes: &mut Vec<Change>,
) {
    let mut push = |change| {
        changes.push(Change::Cell { row: row.clone(), hypothesis: hypothesis.clone(), change });
    };
    if before.rating != after.rating {
        push(CellChange::Rating(Edit::new(before.rating, after.rating)));
    }
    if before.confidence != after.confidence {
        push(CellChange::Confidence(Edit::new(before.confidence, after.confidence)));
    }
    if before.note() != after.note() {
        let note = |cell: &Cell| cell.note().map(str::to_owned);
        push(CellChange::Note(Edit::new(note(before), note(after))));
    }
    if before.probability() != after.probability() {
        push(CellChange::Probability(Edit::new(before.probability(), after.probability())));
    }
    if before.conflict() != after.conflict() {
        push(CellChange::Conflict(Edit::new(before.conflict().cloned(), after.conflict().cloned())));
    }
}

/// Returns the changes of an item's fields. The id is the one after.
pub(super) fn field_changes<T: Listed>(before: &T, after: &T) -> impl Iterator<Item = Change> {
    let edits = T::FIELDS.iter().map(|field| (*field, Edit::new(before.field(*field), after.field(*field))));
    let mut edits: Vec<_> = edits.filter(|(_, edit)| edit.before != edit.after).collect();
    go_before_come::<T>(&mut edits);
    let id = after.id();
    edits.into_iter().map(|(field, edit)| T::change(ItemChange::FieldSet { id: id.clone(), field, edit }))
}

/// Orders the edits so that, of two fields that exclude each other, the removed one comes first.
fn go_before_come<T: Item>(edits: &mut [(T::Field, Edit<Value>)]) {
    for at in 1..edits.len() {
        let swap = edits.get(at).and_then(|(field, edit)| {
            let rival = T::rival(*field).filter(|_| edit.after.is_none())?;
            edits.iter().take(at).position(|(field, _)| *field == rival)
        });
        if let Some(earlier) = swap {
            edits.swap(earlier, at);
        }
    }
}
