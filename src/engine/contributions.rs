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
        let (class, code) = (self.matrix.class(row), self.matrix.code(row, hypothesis));
        match (self.covering(row, hypothesis), Additive::of(self.method)) {
            (Some(_), _) => 0.0,
            (None, Some(additive)) => additive.contribution(class, code).to_f64(),
            (None, None) => self.matrix.likelihood.ln_ratio(class, code) / LN_10,
        }
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
