//! Merges cells: the judgements of the result, from three versions of the matrix.

use super::items::{Roster, Slot, Versions3};
use super::value::{Held, Open, one_changed};
use crate::scenario::{Cell, CellConflict, Item, Judgement, Row, Scenario};

/// Returns the merged row of an item, with its cells at the positions of hypotheses in the result.
pub(super) fn row<T: Item>(
    versions: &Versions3<'_>,
    hypotheses: &Roster,
    order: &[usize],
    item: &Slot,
) -> Row {
    let base = row_at::<T>(versions.base, item.base);
    let ours = row_at::<T>(versions.ours, item.ours);
    let theirs = row_at::<T>(versions.theirs, item.theirs);
    let blank = Cell::default();
    let columns = order.iter().enumerate().filter_map(|(column, slot)| {
        let slot = hypotheses.slots.get(*slot)?;
        let cell = match (cell_at(ours, slot.ours, &blank), cell_at(theirs, slot.theirs, &blank)) {
            (Some(ours), Some(theirs)) => {
                merge([cell_at(base, slot.base, &blank).unwrap_or(&blank), ours, theirs])
            }
            (Some(only), None) | (None, Some(only)) => only.clone(),
            (None, None) => return None,
        };
        Some((column, cell))
    });
    Row::from_cells(columns)
}

fn row_at<T: Item>(version: &Scenario, at: Option<usize>) -> Option<&Row> {
    T::list(version).get(at?)?.row()
}

/// Returns a side's cell, blank or not. `None` where the side lacks the row or the column.
fn cell_at<'s>(row: Option<&'s Row>, column: Option<usize>, blank: &'s Cell) -> Option<&'s Cell> {
    Some(row?.get(column?).unwrap_or(blank))
}

/// Merges three versions of a cell: rating, confidence, note and probability each by itself, except where a
/// side blanks it.
fn merge(versions: [&Cell; 3]) -> Cell {
    if let Some(agreed) = one_changed(versions) {
        return agreed.clone();
    }
    let note = part(versions, |judgement| judgement.note.clone());
    let mut cell = Cell::default();
    let (mut before, mut other) = (Judgement::default(), Judgement::default());
    let [was_blank, is_ours_blank, is_theirs_blank] = versions.map(|cell| cell.rating.is_none());
    if !was_blank && is_ours_blank != is_theirs_blank {
        // A blanked cell loses rating and confidence together.
        let both = part(versions, |judgement| Some((judgement.rating, judgement.confidence)));
        (cell.rating, cell.confidence) = both.value.unwrap_or_default();
        let (start, end) = sides(both.open);
        (before.rating, before.confidence) = start.unwrap_or_default();
        (other.rating, other.confidence) = end.unwrap_or_default();
    } else {
        let rating = part(versions, |judgement| judgement.rating);
        let confidence = part(versions, |judgement| judgement.confidence);
        (cell.rating, cell.confidence) = (rating.value, confidence.value);
        (before.rating, other.rating) = sides(rating.open);
        (before.confidence, other.confidence) = sides(confidence.open);
    }
    cell.set_note(note.value);
    (before.note, other.note) = sides(note.open);
    let probability = part(versions, |judgement| judgement.probability);
    cell.set_probability(probability.value);
    (before.probability, other.probability) = sides(probability.open);
    let record = CellConflict { base: before, theirs: other };
    cell.set_conflict(Some(record).filter(|record| record.base != record.theirs));
    cell
}

fn part<V: Clone + PartialEq>(versions: [&Cell; 3], pick: impl Fn(&Judgement) -> Option<V>) -> Held<V> {
    let held = |cell: &Cell| {
        let sides =
            cell.conflict().map(|record| Open { base: pick(&record.base), theirs: pick(&record.theirs) });
        // A part that is equal in base and theirs is not in dispute.
        Held { value: pick(&cell.judgement()), open: sides.filter(|open| open.base != open.theirs) }
    };
    Held::merge(versions.map(held).each_ref())
}

fn sides<V>(open: Option<Open<V>>) -> (Option<V>, Option<V>) {
    open.map_or((None, None), |open| (open.base, open.theirs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Level, Rating};

    fn cell(rating: Option<Rating>, confidence: Option<Level>) -> Cell {
        Cell::from(Judgement { rating, confidence, ..Judgement::default() })
    }

    #[test]
    fn a_confidence_is_not_lost_where_the_other_side_blanks_the_cell() {
        use Rating::{Consistent as C, VeryInconsistent as II};
        let low = Some(Level::Low);
        let (base, blank) = (cell(Some(C), low), cell(None, None));
        for changed in [cell(Some(II), low), cell(Some(C), Some(Level::High)), cell(Some(C), None)] {
            let merged = merge([&base, &changed, &blank]);
            assert_eq!(merged.judgement(), changed.judgement());
            let record = CellConflict { base: base.judgement(), theirs: Judgement::default() };
            assert_eq!(merged.conflict(), Some(&record));
            let merged = merge([&base, &blank, &changed]);
            assert_eq!(merged.judgement(), Judgement::default());
            let record = CellConflict { base: base.judgement(), theirs: changed.judgement() };
            assert_eq!(merged.conflict(), Some(&record));
        }
        assert_eq!(merge([&base, &base, &blank]), blank);
        let noted = Judgement { note: Some("why".into()), ..base.judgement() };
        let kept = Judgement { note: Some("why".into()), ..Judgement::default() };
        assert_eq!(merge([&base, &Cell::from(noted), &blank]).judgement(), kept, "a note is not a judgement");
    }
}
