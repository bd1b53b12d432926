//! Tallies: the exact sums of an additive method, kept up to date cell by cell.

use super::class::Class;
use super::column::Columns;
use super::mark::Mark;
use super::matrix::Matrix;
use super::method::{Additive, Inconsistency, Net, Weighted};
use super::ranking::{Ranking, standing};
use super::score::Score;
use crate::scenario::{Method, Weight};

/// The score of every hypothesis under an additive method, as exact sums.
///
/// A changed cell or a dropped item is a difference of a few integers, and taking it back restores the very same
/// sums: what-ifs need no second look at the matrix.
#[derive(Clone, Debug)]
pub struct Tally {
    method: Method,
    contribution: fn(Class, Mark) -> Score,
    sums: Vec<Score>,
}

impl Tally {
    /// The sums over a whole matrix; `None` for `bayes`, which is no sum over cells.
    #[must_use]
    pub fn new(matrix: &Matrix, method: Method) -> Option<Self> {
        match method {
            Method::Inconsistency => Some(Self::of::<Inconsistency>(matrix, method)),
            Method::Weighted => Some(Self::of::<Weighted>(matrix, method)),
            Method::Net => Some(Self::of::<Net>(matrix, method)),
            Method::Bayes => None,
        }
    }

    fn of<A: Additive>(matrix: &Matrix, method: Method) -> Self {
        let mut sums = vec![Score::ZERO; matrix.hypothesis_count()];
        let mut columns = Columns::new(matrix.hypothesis_count());
        let mut add = |weight: Weight, marks: &[Mark]| {
            for (sum, steps) in sums.iter_mut().zip(columns.sum(marks, A::steps)) {
                *sum += Score::weighed(weight, *steps);
            }
        };
        if A::WEIGHED {
            matrix.blocks().for_each(|block| add(block.class.weight(), block.marks));
        } else {
            add(Weight::ONE, matrix.marks());
        }
        Self { method, contribution: A::contribution, sums }
    }

    /// The score of a hypothesis, by position.
    #[must_use]
    pub fn score(&self, hypothesis: usize) -> Score {
        self.sums.get(hypothesis).copied().unwrap_or(Score::ZERO)
    }

    /// The contribution that a mark makes in an item of this class.
    #[must_use]
    pub fn contribution(&self, class: Class, mark: Mark) -> Score {
        (self.contribution)(class, mark)
    }

    /// Counts a cell.
    pub fn add(&mut self, hypothesis: usize, class: Class, mark: Mark) {
        let contribution = self.contribution(class, mark);
        if let Some(sum) = self.sums.get_mut(hypothesis) {
            *sum += contribution;
        }
    }

    /// Takes a counted cell out.
    pub fn remove(&mut self, hypothesis: usize, class: Class, mark: Mark) {
        let contribution = self.contribution(class, mark);
        if let Some(sum) = self.sums.get_mut(hypothesis) {
            *sum -= contribution;
        }
    }

    /// Counts `to` where `from` was counted.
    pub fn replace(&mut self, hypothesis: usize, class: Class, from: Mark, to: Mark) {
        self.remove(hypothesis, class, from);
        self.add(hypothesis, class, to);
    }

    /// Counts a row, one mark a hypothesis.
    pub fn add_row(&mut self, class: Class, marks: impl IntoIterator<Item = Mark>) {
        for (sum, mark) in self.sums.iter_mut().zip(marks) {
            *sum += (self.contribution)(class, mark);
        }
    }

    /// Takes a counted row out.
    pub fn remove_row(&mut self, class: Class, marks: impl IntoIterator<Item = Mark>) {
        for (sum, mark) in self.sums.iter_mut().zip(marks) {
            *sum -= (self.contribution)(class, mark);
        }
    }

    /// The ranking that the sums come to; which hypotheses are ranked is the matrix's to say.
    #[must_use]
    pub fn ranking(&self, matrix: &Matrix) -> Ranking {
        let mut standings = matrix.active().map(|h| (h, self.score(h))).collect::<Vec<_>>();
        standings.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
        let standing = standing(&standings, self.sums.len(), |x, y| x > y);
        Ranking {
            method: self.method,
            scores: self.sums.iter().map(|sum| Some(sum.to_f64())).collect(),
            margin: standing.runner_up.map(|(best, next)| (self.score(best) - self.score(next)).to_f64()),
            ranks: standing.ranks,
            leaders: standing.leaders,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::fixture::Fixture;
    use crate::scenario::Level;

    #[test]
    fn a_changed_cell_is_as_good_as_a_new_matrix() {
        let before = Fixture::of(2).weighed("C I", Level::High, Level::Medium).item("II N").scenario();
        let after = Fixture::of(2).weighed("C CC", Level::High, Level::Medium).item("II N").scenario();
        let (before, after) = (Matrix::new(&before, None), Matrix::new(&after, None));
        for method in [Method::Inconsistency, Method::Weighted, Method::Net] {
            let mut tally = Tally::new(&before, method).unwrap();
            let class = before.class(0);
            tally.replace(1, class, Mark::Inconsistent, Mark::VeryConsistent);
            assert_eq!(tally.ranking(&before), super::super::rank(&after, method));
            tally.replace(1, class, Mark::VeryConsistent, Mark::Inconsistent);
            assert_eq!(tally.ranking(&before), super::super::rank(&before, method));
        }
        assert!(Tally::new(&before, Method::Bayes).is_none());
    }

    #[test]
    fn a_removed_row_leaves_the_others() {
        let scenario = Fixture::of(2).weighed("C II", Level::Low, Level::Medium).item("II N").scenario();
        let matrix = Matrix::new(&scenario, None);
        let mut tally = Tally::new(&matrix, Method::Weighted).unwrap();
        tally.remove_row(matrix.class(0), matrix.row(0).iter().copied());
        assert_eq!((tally.score(0).to_f64(), tally.score(1)), (-2.0, Score::ZERO));
        tally.add_row(matrix.class(0), matrix.row(0).iter().copied());
        assert_eq!(tally.score(1).to_f64(), -std::f64::consts::SQRT_2);
    }
}
