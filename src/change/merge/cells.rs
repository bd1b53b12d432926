//! Cells: the judgements of the result, from three versions of the matrix.

use super::held::{Held, Open};
use super::roster::{Roster, Slot, Versions3};
use crate::scenario::{Cell, CellConflict, Judgement, Row, Scenario};

/// The row of an item, its cells by the positions that hypotheses have in the result.
pub(super) fn row(versions: &Versions3<'_>, hypotheses: &Roster, order: &[usize], item: &Slot) -> Row {
    let base = row_at(versions.base, item.base);
    let ours = row_at(versions.ours, item.ours);
    let theirs = row_at(versions.theirs, item.theirs);
    let blank = Cell::default();
    let columns = order.iter().enumerate().filter_map(|(column, slot)| {
        let slot = hypotheses.slots.get(*slot)?;
        let cell = match (cell_at(ours, slot.ours, &blank), cell_at(theirs, slot.theirs, &blank)) {
            (Some(ours), Some(theirs)) => {
                merge(cell_at(base, slot.base, &blank).unwrap_or(&blank), ours, theirs)
            }
            (Some(only), None) | (None, Some(only)) => only.clone(),
            (None, None) => return None,
        };
        Some((column, cell))
    });
    Row::from_cells(columns)
}

fn row_at(version: &Scenario, at: Option<usize>) -> Option<&Row> {
    Some(&version.evidence.get(at?)?.ratings)
}

/// A side has a cell, be it a blank one, where it has both the row and the column.
fn cell_at<'s>(row: Option<&'s Row>, column: Option<usize>, blank: &'s Cell) -> Option<&'s Cell> {
    Some(row?.get(column?).unwrap_or(blank))
}

/// The cell that three versions of it give: rating, confidence and note, each for itself.
fn merge(base: &Cell, ours: &Cell, theirs: &Cell) -> Cell {
    if theirs == base || ours == theirs {
        return ours.clone();
    }
    if ours == base {
        return theirs.clone();
    }
    let rating = part(base, ours, theirs, |judgement| judgement.rating);
    let confidence = part(base, ours, theirs, |judgement| judgement.confidence);
    let note = part(base, ours, theirs, |judgement| judgement.note.clone());
    let mut cell = Cell::default();
    (cell.rating, cell.confidence) = (rating.value, confidence.value);
    cell.set_note(note.value);
    let is_open = rating.open.is_some() || confidence.open.is_some() || note.open.is_some();
    let (rating, confidence, note) = (sides(rating.open), sides(confidence.open), sides(note.open));
    cell.set_conflict(is_open.then_some(CellConflict {
        base: Judgement { rating: rating.0, confidence: confidence.0, note: note.0 },
        theirs: Judgement { rating: rating.1, confidence: confidence.1, note: note.1 },
    }));
    cell
}

fn part<V: Clone + PartialEq>(
    base: &Cell,
    ours: &Cell,
    theirs: &Cell,
    pick: impl Fn(&Judgement) -> Option<V>,
) -> Held<V> {
    let held = |cell: &Cell| {
        let sides =
            cell.conflict().map(|record| Open { base: pick(&record.base), theirs: pick(&record.theirs) });
        // A part that is the same on the other sides is not what is left to settle.
        Held { value: pick(&cell.judgement()), open: sides.filter(|open| open.base != open.theirs) }
    };
    Held::merge(&held(base), &held(ours), &held(theirs))
}

fn sides<V>(open: Option<Open<V>>) -> (Option<V>, Option<V>) {
    open.map_or((None, None), |open| (open.base, open.theirs))
}
