//! Contributions: what each item adds to the score of a hypothesis, where items of a group cover each other.

use std::collections::HashMap;
use std::f64::consts::LN_10;

use super::additive::Additive;
use super::matrix::Matrix;
use super::terms::{Exact, Terms};
use crate::scenario::Method;

/// The contributions of all cells of a matrix under one method.
///
/// Of the items of a group the first in the order of the file with the strongest contribution on each side counts; it
/// covers the others on that side. Under an additive method a contribution is the summand of the score. Under `bayes`
/// it is the weight of evidence in bans (Good 1950), log10(2 p'): differences of sums of these, plus logarithms of
/// ratios of priors, are logarithms of ratios of posteriors.
#[derive(Clone, Debug)]
pub struct Contributions<'a> {
    matrix: &'a Matrix,
    method: Method,
    /// By hypothesis, then by row that is covered, the row that covers it.
    covered: Vec<HashMap<usize, usize>>,
}

impl<'a> Contributions<'a> {
    /// Looks for what is covered in the groups of a matrix.
    #[must_use]
    pub fn new(matrix: &'a Matrix, method: Method) -> Self {
        let covered = match Additive::of(method) {
            Some(additive) => covered(matrix, &Terms::additive(additive), Exact::LEVEL),
            None => covered(matrix, &Terms::bayes(&matrix.likelihood), super::nats::Nats::of(1e-12)),
        };
        Self { matrix, method, covered }
    }

    /// Contribution of a cell to the score of its hypothesis; 0 where it is covered.
    #[must_use]
    pub fn of(&self, row: usize, hypothesis: usize) -> f64 {
        match self.covering(row, hypothesis) {
            Some(_) => 0.0,
            None => raw(self.matrix, self.method, row, hypothesis),
        }
    }

    /// Contribution of a cell as if its item had no group.
    #[must_use]
    pub fn ungrouped(&self, row: usize, hypothesis: usize) -> f64 {
        raw(self.matrix, self.method, row, hypothesis)
    }

    /// Contribution of a row to the score of a hypothesis less that to the score of another.
    #[must_use]
    pub fn difference(&self, row: usize, hypothesis: usize, other: usize) -> f64 {
        let class = self.matrix.class(row);
        match Additive::of(self.method) {
            Some(additive) => {
                let of = |hypothesis| match self.covering(row, hypothesis) {
                    Some(_) => super::score::Score::ZERO,
                    None => additive.contribution(class, self.matrix.code(row, hypothesis)),
                };
                (of(hypothesis) - of(other)).to_f64()
            }
            None => self.of(row, hypothesis) - self.of(row, other),
        }
    }

    /// The row of the same group that covers a cell; `None` where the cell counts or adds nothing.
    #[must_use]
    pub fn covering(&self, row: usize, hypothesis: usize) -> Option<usize> {
        self.covered.get(hypothesis)?.get(&row).copied()
    }

    /// The rows that are covered for a hypothesis, ascending, each with the row that covers it.
    #[must_use]
    pub fn covered(&self, hypothesis: usize) -> Vec<(usize, usize)> {
        let covered = self.covered.get(hypothesis).into_iter().flatten();
        let mut covered: Vec<(usize, usize)> = covered.map(|(row, by)| (*row, *by)).collect();
        covered.sort_unstable();
        covered
    }
}

/// By hypothesis, the rows that are covered and by which; contributions no farther apart than `level` are equal.
fn covered<V: Exact>(matrix: &Matrix, terms: &Terms<V>, level: V) -> Vec<HashMap<usize, usize>> {
    let mut covered = vec![HashMap::new(); matrix.hypothesis_count()];
    for group in 0..matrix.group_count() {
        for (hypothesis, covered) in covered.iter_mut().enumerate() {
            let of = |row: usize| terms.of(matrix.class(row), matrix.code(row, hypothesis));
            let sizes = |is_for: bool| {
                let size = move |row: usize| if is_for { of(row) } else { V::default() - of(row) };
                let rows = matrix.members(group).iter().copied();
                rows.map(move |row| (row, size(row))).filter(|(_, size)| *size > V::default())
            };
            for is_for in [false, true] {
                let Some(strongest) = sizes(is_for).map(|(_, size)| size).max() else { continue };
                let counts = sizes(is_for).find(|(_, size)| strongest - *size <= level).map(|(row, _)| row);
                let others = sizes(is_for).map(|(row, _)| row).filter(|row| Some(*row) != counts);
                covered
                    .extend(others.zip(std::iter::repeat(counts)).filter_map(|(row, by)| Some((row, by?))));
            }
        }
    }
    covered
}

/// The groups that hide a difference which one of their items makes: the population standard deviation of S(g,h) over
/// the hypotheses that compete is less than half of the largest one of s(e,h) of an item of the group. Ascending, each
/// with that item's row.
#[must_use]
pub fn hiding_groups(matrix: &Matrix, method: Method) -> Vec<(usize, usize)> {
    let competing: Vec<usize> = matrix.competing(method).collect();
    let contribution = |row: usize, hypothesis: usize| raw(matrix, method, row, hypothesis);
    let hiding = |group: usize| {
        let members = matrix.members(group);
        let of_group = |hypothesis: usize| {
            let of = || members.iter().map(|row| contribution(*row, hypothesis));
            of().fold(0.0, f64::min) + of().fold(0.0, f64::max)
        };
        let spreads =
            members.iter().map(|row| (spread(competing.iter().map(|at| contribution(*row, *at))), *row));
        // Of equal ones the first.
        let (largest, row) =
            spreads.reduce(|best, other| if other.0 > best.0 + 1e-12 { other } else { best })?;
        let of_group = spread(competing.iter().map(|at| of_group(*at)));
        (of_group < largest / 2.0 - 1e-12).then_some((group, row))
    };
    (0..matrix.group_count()).filter_map(hiding).collect()
}

/// Population standard deviation; 0 of nothing.
fn spread(figures: impl Iterator<Item = f64> + Clone) -> f64 {
    let count = figures.clone().count().max(1) as f64;
    let mean = figures.clone().sum::<f64>() / count;
    (figures.map(|figure| (figure - mean) * (figure - mean)).sum::<f64>() / count).sqrt()
}

/// s(e,h), whether it counts or is covered.
pub(super) fn raw(matrix: &Matrix, method: Method, row: usize, hypothesis: usize) -> f64 {
    let (class, code) = (matrix.class(row), matrix.code(row, hypothesis));
    match Additive::of(method) {
        Some(additive) => additive.contribution(class, code).to_f64(),
        None => matrix.likelihood.ln_ratio(class, code) / LN_10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::fixture::Fixture;

    #[test]
    fn an_item_that_says_much_the_same_of_all_hides_a_weaker_one() {
        let hides = |second: &str| {
            let scenario =
                Fixture::of(3).grouped("II II II", "g").grouped(second, "g").item("C C C").scenario();
            hiding_groups(&Matrix::new(&scenario, None), Method::Weighted)
        };
        assert_eq!(hides("I C C"), [(0, 1)]);
        assert_eq!(hides("II II II"), []);
    }
}
