//! Critical cells: single judgements by which others would lead.

use crate::engine::class::Class;
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
    // What a cell without a group could do follows from its hypothesis, its class and its code: cells of one kind are
    // asked about once.
    let mut known: Vec<Option<Option<Turn>>> = vec![None; matrix.hypothesis_count() * KINDS];
    let mut critical = Vec::new();
    for row in 0..matrix.items().len() {
        let class = matrix.class(row);
        let is_alone = matrix.group(row).is_none();
        for (hypothesis, (code, competes)) in matrix.row(row).iter().zip(&competes).enumerate() {
            let Some(rating) = code.rating().filter(|_| *competes && code.is_on_scale()) else { continue };
            let kind = hypothesis * KINDS + class.index() * RatingCode::COUNT + *code as usize;
            let turn = match known.get_mut(kind) {
                // In a group a cell moves its score no farther than alone.
                Some(Some(None)) => None,
                Some(known) if is_alone => {
                    known.get_or_insert_with(|| turn(what_if, &leaders, row, hypothesis, rating)).clone()
                }
                Some(_) | None => turn(what_if, &leaders, row, hypothesis, rating),
            };
            if let Some(Turn { to, steps, leaders_after }) = turn {
                critical.push(CriticalCell { row, hypothesis, rating, to, steps, leaders_after });
            }
        }
    }
    critical
}

/// Kinds of cells of a hypothesis that stand for themselves: a class and a code.
const KINDS: usize = Class::ALL.len() * RatingCode::COUNT;

/// The nearest rating of a cell by which others lead.
#[derive(Clone)]
struct Turn {
    to: Rating,
    steps: u8,
    leaders_after: Vec<usize>,
}

/// Returns how the lead turns where a cell alone changes; `None` if it does not.
fn turn(
    what_if: &mut WhatIf<'_>,
    leaders: &[usize],
    row: usize,
    hypothesis: usize,
    rating: Rating,
) -> Option<Turn> {
    let value = rating.value()?;
    // Only a leader can lose the lead by a lower score, and all but a sole leader win it by a higher one.
    let leads = leaders.contains(&hypothesis);
    let lower = leads.then(|| nearest(what_if, row, hypothesis, (-2..value).rev())).flatten();
    let is_sole = leads && leaders.len() == 1;
    let higher = (!is_sole).then(|| nearest(what_if, row, hypothesis, value + 1..=2)).flatten();
    let steps = |to: &Rating| to.value().map_or(0, |to| to.abs_diff(value));
    // The first of equal ones.
    let to = [lower, higher].into_iter().flatten().min_by_key(steps)?;
    what_if.change_cell(row, hypothesis, RatingCode::from(to));
    let leaders_after = what_if.leaders();
    what_if.restore_cell();
    Some(Turn { to, steps: steps(&to), leaders_after })
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
