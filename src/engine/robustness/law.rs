//! The law of a score: the probability of each value of the lattice.
//!
//! A score is (a + b sqrt 2) / 2 with integers a and b. Weights are powers of sqrt 2, so an item without a group moves a
//! or b and never both; cells are independent of each other; so over such items a and b are independent of each other
//! too, and the law on the lattice is the product of two laws of integers. A group may move either or both, by which of
//! its items is the strongest: with groups the law is a table.

use super::outcome::Cells;
use crate::engine::score::Score;

/// The law of a sum of independent integers, over the range that it can reach.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    least: i64,
    chances: Vec<f64>,
}

/// The law of a score.
#[derive(Clone, Debug)]
pub(super) struct Law {
    a: Sum,
    b: Sum,
    /// Where a and b depend on each other, the probability of each pair, by a, then by b, over the ranges of the two.
    table: Option<Vec<f64>>,
}

impl Sum {
    fn nothing() -> Self {
        Self { least: 0, chances: vec![1.0] }
    }

    /// The sum with one more, which is independent of it.
    fn plus(&self, outcomes: &[(i64, f64)]) -> Self {
        let (least, most) = range(outcomes.iter().map(|(value, _)| *value));
        let mut chances = vec![0.0; self.chances.len() + distance(least, most)];
        for (value, chance) in outcomes {
            let moved = chances.get_mut(distance(least, *value)..).unwrap_or_default();
            for (place, before) in moved.iter_mut().zip(&self.chances) {
                *place += before * chance;
            }
        }
        Self { least: self.least + least, chances }
    }

    /// The probability of a value.
    pub(super) fn chance(&self, value: i64) -> f64 {
        self.place(value).and_then(|place| self.chances.get(place)).copied().unwrap_or(0.0)
    }

    fn place(&self, value: i64) -> Option<usize> {
        let place = value.checked_sub(self.least).and_then(|place| usize::try_from(place).ok());
        place.filter(|place| *place < self.chances.len())
    }
}

impl Law {
    /// The law of the sum of these cells.
    pub(super) fn of(cells: &[Cells<Score>]) -> Self {
        let mut law = Self { a: Sum::nothing(), b: Sum::nothing(), table: None };
        for Cells { count, outcomes } in cells.iter().filter(|cells| !cells.moves_both()) {
            for (sum, steps) in [(&mut law.a, coordinate(outcomes, 0)), (&mut law.b, coordinate(outcomes, 1))]
            {
                if steps.iter().any(|(step, _)| *step != 0) {
                    for _ in 0..*count {
                        *sum = sum.plus(&steps);
                    }
                }
            }
        }
        for cells in cells.iter().filter(|cells| cells.moves_both()) {
            (0..cells.count).for_each(|_| law.add(&cells.outcomes));
        }
        law
    }

    /// Adds a group that may move a as well as b.
    fn add(&mut self, outcomes: &[(Score, f64)]) {
        let table = self.table.take().unwrap_or_else(|| {
            let rows = self.a.chances.iter();
            rows.flat_map(|a| self.b.chances.iter().map(move |b| a * b)).collect()
        });
        let (a, b) = (coordinate(outcomes, 0), coordinate(outcomes, 1));
        let ends = |steps: &[(i64, f64)]| range(steps.iter().map(|(step, _)| *step));
        let ((least_a, most_a), (least_b, most_b)) = (ends(&a), ends(&b));
        let width = self.b.chances.len();
        let wider = width + distance(least_b, most_b);
        let mut after = vec![0.0; (self.a.chances.len() + distance(least_a, most_a)) * wider];
        for ((step_a, chance), (step_b, _)) in a.iter().zip(&b) {
            let (down, right) = (distance(least_a, *step_a), distance(least_b, *step_b));
            let rows = after.chunks_exact_mut(wider).skip(down).zip(table.chunks_exact(width));
            for (to, from) in rows {
                for (to, from) in to.iter_mut().skip(right).zip(from) {
                    *to += from * chance;
                }
            }
        }
        self.a = Sum {
            least: self.a.least + least_a,
            chances: vec![1.0; self.a.chances.len() + distance(least_a, most_a)],
        };
        self.b = Sum { least: self.b.least + least_b, chances: vec![1.0; wider] };
        self.table = Some(after);
    }

    /// The probability of a pair of integers.
    pub(super) fn chance(&self, (a, b): (i64, i64)) -> f64 {
        match &self.table {
            None => self.a.chance(a) * self.b.chance(b),
            Some(table) => {
                let width = self.b.chances.len();
                let place = self.a.place(a).zip(self.b.place(b));
                place.and_then(|(a, b)| table.get(a * width + b)).copied().unwrap_or(0.0)
            }
        }
    }

    /// Probabilities of a value of a, and of one of b, where a and b are independent: their product is that of the pair.
    pub(super) fn independent(&self) -> Option<(&Sum, &Sum)> {
        self.table.is_none().then_some((&self.a, &self.b))
    }

    /// Returns whether this value of a may be in reach.
    pub(super) fn reaches_a(&self, value: i64) -> bool {
        self.a.chance(value) > 0.0
    }

    /// Returns whether this value of b may be in reach.
    pub(super) fn reaches_b(&self, value: i64) -> bool {
        self.b.chance(value) > 0.0
    }
}

impl Cells<Score> {
    /// Whether a and b of their sum depend on each other: one outcome moves both, or one moves a and another b.
    pub(super) fn moves_both(&self) -> bool {
        let moves = |which| coordinate(&self.outcomes, which).iter().any(|(step, _)| *step != 0);
        moves(0) && moves(1)
    }
}

/// The first or second integer of each outcome.
fn coordinate(outcomes: &[(Score, f64)], which: usize) -> Vec<(i64, f64)> {
    let pick = |score: &Score| if which == 0 { score.coordinates().0 } else { score.coordinates().1 };
    outcomes.iter().map(|(score, chance)| (pick(score), *chance)).collect()
}

/// The values of a and of b that a sum of cells can reach, least and most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) a: (i64, i64),
    pub(super) b: (i64, i64),
}

impl Extent {
    /// Extent of the sum of these cells.
    pub(super) fn of(cells: &[Cells<Score>]) -> Self {
        let mut extent = Self { a: (0, 0), b: (0, 0) };
        for Cells { count, outcomes } in cells {
            for (sum, steps) in
                [(&mut extent.a, coordinate(outcomes, 0)), (&mut extent.b, coordinate(outcomes, 1))]
            {
                let (least, most) = range(steps.iter().map(|(step, _)| *step));
                *sum = (sum.0 + least * i64::from(*count), sum.1 + most * i64::from(*count));
            }
        }
        extent
    }

    /// The least extent that holds both.
    pub(super) fn or(self, other: Self) -> Self {
        let hull = |x: (i64, i64), y: (i64, i64)| (x.0.min(y.0), x.1.max(y.1));
        Self { a: hull(self.a, other.a), b: hull(self.b, other.b) }
    }

    /// Number of values of a, and of b.
    pub(super) fn sides(self) -> (u64, u64) {
        let side = |(least, most): (i64, i64)| least.abs_diff(most) + 1;
        (side(self.a), side(self.b))
    }
}

fn range(values: impl Iterator<Item = i64> + Clone) -> (i64, i64) {
    (values.clone().min().unwrap_or(0), values.max().unwrap_or(0))
}

fn distance(from: i64, to: i64) -> usize {
    usize::try_from(from.abs_diff(to)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Level, Weight};

    #[test]
    fn a_sum_of_coins_is_binomial() {
        let coin = Cells {
            count: 4,
            outcomes: vec![
                (Score::ZERO, 0.5),
                (Score::weighed(Weight::new(Level::High, Level::Medium), -1), 0.5),
            ],
        };
        let law = Law::of(std::slice::from_ref(&coin));
        assert_eq!([0, -2, -4, -6, -8].map(|b| law.b.chance(b) * 16.0), [1.0, 4.0, 6.0, 4.0, 1.0]);
        assert_eq!([-1, -3, 1, -10, i64::MIN, i64::MAX].map(|b| law.b.chance(b)), [0.0; 6]);
        assert_eq!((law.a.chance(0), law.a.chances.len()), (1.0, 1));
        assert_eq!(law.chance((0, -4)) * 16.0, 6.0);
        assert_eq!(Extent::of(&[coin]), Extent { a: (0, 0), b: (-8, 0) });
    }
}
