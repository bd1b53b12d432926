//! Weighings: the log-likelihoods of `bayes`, kept up to date row by row.
//!
//! What [`Tally`](super::tally::Tally) is for the additive methods. A group is the mean over those of its rows that are
//! counted at the moment, so a row that joins one moves what the others of it weigh.

use super::matrix::Matrix;
use super::method::{CompensatedSum, posterior};
use super::ranking::Ranking;

/// Per hypothesis the sum over groups of the mean of ln(2 p'), over the rows that are counted.
///
/// Floats, unlike the sums of a tally, but compensated: what thousands of changes round off stays far below the
/// distance at which two posteriors are equal.
#[derive(Debug)]
pub(super) struct Weighing<'m> {
    matrix: &'m Matrix,
    sums: Vec<CompensatedSum>,
    /// By number of the group.
    groups: Vec<Group>,
}

/// The counted rows of one group.
#[derive(Clone, Debug, Default)]
struct Group {
    rows: u32,
    /// Per hypothesis the sum of ln(2 p'); empty until the group has a row.
    sums: Vec<CompensatedSum>,
}

impl<'m> Weighing<'m> {
    /// Every row counted.
    pub(super) fn new(matrix: &'m Matrix) -> Self {
        let sums = vec![CompensatedSum::default(); matrix.hypothesis_count()];
        let mut weighing = Self { matrix, sums, groups: Vec::new() };
        (0..matrix.items().len()).for_each(|row| weighing.add_row(row));
        weighing
    }

    /// Counts a row that is not counted.
    pub(super) fn add_row(&mut self, row: usize) {
        self.change(row, true);
    }

    /// Takes a counted row out.
    pub(super) fn remove_row(&mut self, row: usize) {
        self.change(row, false);
    }

    fn change(&mut self, row: usize, comes: bool) {
        let matrix = self.matrix;
        // What says nothing takes no part, in a group or alone.
        if matrix.share(row) == 0 {
            return;
        }
        let class = matrix.class(row);
        let sign = if comes { 1.0 } else { -1.0 };
        let terms = matrix.row(row).iter().map(|mark| sign * matrix.likelihood.ln_ratio(class, *mark));
        let Some(group) = matrix.group(row) else {
            return self.sums.iter_mut().zip(terms).for_each(|(sum, term)| sum.add(term));
        };
        if self.groups.len() <= group {
            self.groups.resize(group + 1, Group::default());
        }
        let Some(group) = self.groups.get_mut(group) else { return };
        let before = group.rows;
        group.rows = if comes { before + 1 } else { before.saturating_sub(1) };
        group.sums.resize(self.sums.len(), CompensatedSum::default());
        for ((sum, of_group), term) in self.sums.iter_mut().zip(&mut group.sums).zip(terms) {
            sum.add(-mean(*of_group, before));
            of_group.add(term);
            sum.add(mean(*of_group, group.rows));
        }
    }

    /// The ranking that the counted rows come to.
    pub(super) fn ranking(&self) -> Ranking {
        posterior(self.matrix, self.sums.iter().map(|sum| sum.total()))
    }
}

/// The mean of so many terms; 0 of none, whatever rounding left in their sum.
fn mean(sum: CompensatedSum, terms: u32) -> f64 {
    if terms == 0 { 0.0 } else { sum.total() / f64::from(terms) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::fixture::Fixture;
    use crate::engine::rank;
    use crate::scenario::{Level, Method};

    #[test]
    fn a_row_that_is_taken_out_leaves_the_mean_of_the_others() {
        let all = Fixture::of(2)
            .grouped("CC II", "g")
            .item("C N")
            .grouped("- NA", "g")
            .grouped("I CC", "g")
            .weighed("II C", Level::High, Level::Low)
            .scenario();
        let mut without = all.clone();
        without.evidence.remove(3);
        let matrix = Matrix::new(&all, None);
        let mut weighing = Weighing::new(&matrix);
        let near = |ranking: Ranking, scenario| {
            let fresh = rank(&Matrix::new(scenario, None), Method::Bayes);
            assert_eq!((&ranking.ranks, &ranking.leaders), (&fresh.ranks, &fresh.leaders));
            for (score, expected) in ranking.scores.iter().zip(&fresh.scores) {
                assert!((score.unwrap() - expected.unwrap()).abs() < 1e-15);
            }
        };
        near(weighing.ranking(), &all);
        weighing.remove_row(3);
        near(weighing.ranking(), &without);
    }

    #[test]
    fn nothing_is_left_of_what_came_and_went() {
        let scenario = Fixture::of(2).grouped("CC II", "g").grouped("C I", "g").item("C II").scenario();
        let matrix = Matrix::new(&scenario, None);
        let mut weighing = Weighing::new(&matrix);
        for _ in 0..10_000 {
            (0..3).for_each(|row| weighing.remove_row(row));
            (0..3).for_each(|row| weighing.add_row(row));
        }
        (0..3).for_each(|row| weighing.remove_row(row));
        assert_eq!(weighing.ranking().leaders, [0, 1]);
        assert!((weighing.ranking().scores[0].unwrap() - 0.5).abs() < 1e-15);
    }
}
