//! Tallies: the exact sums of an additive method, kept up to date cell by cell.

use super::additive::Additive;
use super::class::Class;
use super::column::Columns;
use super::matrix::Matrix;
use super::ranking::{Ranking, standing};
use super::rating_code::RatingCode;
use super::score::Score;
use crate::scenario::Method;

/// The score of every hypothesis under an additive method, as exact sums.
///
/// A changed cell or a dropped item is a difference of a few integers, and taking it back restores the very same
/// sums: what-ifs need no second look at the matrix.
#[derive(Clone, Debug)]
pub struct Tally {
    method: Method,
    additive: Additive,
    sums: Vec<Score>,
}

impl Tally {
    /// The sums over a whole matrix; `None` for `bayes`, which is no sum over cells.
    #[must_use]
    pub fn new(matrix: &Matrix, method: Method) -> Option<Self> {
        let additive = Additive::of(method)?;
        let mut sums = vec![Score::ZERO; matrix.hypothesis_count()];
        let mut columns = Columns::new(matrix.hypothesis_count());
        for block in matrix.blocks() {
            let weight = additive.weight(block.class);
            // A value that is known when this is compiled leaves the loop without a branch.
            let steps = if additive.counts_both_ways() {
                columns.sum(block.codes, RatingCode::value)
            } else {
                columns.sum(block.codes, |code| -code.steps_against().cast_signed())
            };
            for (sum, steps) in sums.iter_mut().zip(steps) {
                *sum += Score::weighed(weight, *steps);
            }
        }
        Some(Self { method, additive, sums })
    }

    /// The score of a hypothesis, by position.
    #[must_use]
    pub fn score(&self, hypothesis: usize) -> Score {
        self.sums.get(hypothesis).copied().unwrap_or(Score::ZERO)
    }

    /// The contribution that a code makes in an item of this class.
    #[must_use]
    pub fn contribution(&self, class: Class, code: RatingCode) -> Score {
        self.additive.contribution(class, code)
    }

    /// Counts a cell.
    pub fn add(&mut self, hypothesis: usize, class: Class, code: RatingCode) {
        let contribution = self.contribution(class, code);
        if let Some(sum) = self.sums.get_mut(hypothesis) {
            *sum += contribution;
        }
    }

    /// Takes a counted cell out.
    pub fn remove(&mut self, hypothesis: usize, class: Class, code: RatingCode) {
        let contribution = self.contribution(class, code);
        if let Some(sum) = self.sums.get_mut(hypothesis) {
            *sum -= contribution;
        }
    }

    /// Counts `to` where `from` was counted.
    pub fn replace(&mut self, hypothesis: usize, class: Class, from: RatingCode, to: RatingCode) {
        self.remove(hypothesis, class, from);
        self.add(hypothesis, class, to);
    }

    /// Counts a row, one code a hypothesis.
    pub fn add_row(&mut self, class: Class, codes: impl IntoIterator<Item = RatingCode>) {
        for (sum, code) in self.sums.iter_mut().zip(codes) {
            *sum += self.additive.contribution(class, code);
        }
    }

    /// Takes a counted row out.
    pub fn remove_row(&mut self, class: Class, codes: impl IntoIterator<Item = RatingCode>) {
        for (sum, code) in self.sums.iter_mut().zip(codes) {
            *sum -= self.additive.contribution(class, code);
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
            tally.replace(1, class, RatingCode::Inconsistent, RatingCode::VeryConsistent);
            assert_eq!(tally.ranking(&before), super::super::rank(&after, method));
            tally.replace(1, class, RatingCode::VeryConsistent, RatingCode::Inconsistent);
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
