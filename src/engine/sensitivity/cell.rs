//! Critical cells: single judgements by which others would lead.

use crate::engine::rating_code::RatingCode;
use crate::engine::what_if::WhatIf;
use crate::scenario::Rating;

/// A cell of a hypothesis that competes by which others lead when it alone changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriticalCell {
    /// Its row.
    pub row: usize,
    /// Its hypothesis, by position.
    pub hypothesis: usize,
    /// Its rating, CC to II.
    pub rating: Rating,
    /// The nearest rating by which others lead; of two as near, the less consistent.
    pub to: Rating,
    /// Steps of the scale between the two: 1 to 4.
    pub steps: u8,
    /// Who leads then.
    pub leaders_after: Vec<usize>,
}

/// The critical cells, row by row.
pub(super) fn critical(what_if: &mut WhatIf<'_>) -> Vec<CriticalCell> {
    let matrix = what_if.matrix();
    let leaders = what_if.leaders();
    let mut competes = vec![false; matrix.hypothesis_count()];
    for hypothesis in matrix.competing(what_if.method()) {
        competes.get_mut(hypothesis).into_iter().for_each(|competes| *competes = true);
    }
    let mut critical = Vec::new();
    for row in 0..matrix.items().len() {
        for (hypothesis, (code, competes)) in matrix.row(row).iter().zip(&competes).enumerate() {
            let rating = code.rating().filter(|_| *competes);
            let Some((rating, value)) = rating.and_then(|rating| Some((rating, rating.value()?))) else {
                continue;
            };
            // Only a leader can lose the lead by a lower score, and all but a sole leader win it by a higher one.
            let leads = leaders.contains(&hypothesis);
            let lower = leads.then(|| nearest(what_if, row, hypothesis, (-2..value).rev())).flatten();
            let higher = (!leads || leaders.len() > 1)
                .then(|| nearest(what_if, row, hypothesis, value + 1..=2))
                .flatten();
            let steps = |to: &Rating| to.value().map_or(0, |to| to.abs_diff(value));
            // The first of equal ones.
            if let Some(to) = [lower, higher].into_iter().flatten().min_by_key(steps) {
                what_if.change_cell(row, hypothesis, RatingCode::from(to));
                let leaders_after = what_if.leaders();
                what_if.restore_cell();
                critical.push(CriticalCell { row, hypothesis, rating, to, steps: steps(&to), leaders_after });
            }
        }
    }
    critical
}

/// The first of these values, each farther from the cell's than the one before, by which others lead.
fn nearest(
    what_if: &mut WhatIf<'_>,
    row: usize,
    hypothesis: usize,
    values: impl DoubleEndedIterator<Item = i8> + Clone,
) -> Option<Rating> {
    let mut changes = |value: i8| {
        let rating = Rating::from_value(value)?;
        what_if.change_cell(row, hypothesis, RatingCode::from(rating));
        what_if.leaders_changed().then_some(rating)
    };
    // What the farthest does not change, no nearer one does: nearly all cells are done with here.
    let farthest = values.clone().next_back().and_then(&mut changes);
    let nearest = farthest.and_then(|_| values.into_iter().find_map(changes));
    what_if.restore_cell();
    nearest
}
