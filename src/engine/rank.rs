//! Rankings and contributions under any method.

use super::additive::Additive;
use super::bayes;
use super::matrix::Matrix;
use super::ranking::Ranking;
use super::score::Score;
use super::tally::Tally;
use crate::scenario::Method;

/// Ranks the hypotheses by a method.
#[must_use]
pub fn rank(matrix: &Matrix, method: Method) -> Ranking {
    match Tally::new(matrix, method) {
        Some(tally) => tally.ranking(matrix),
        None => bayes::ranking(matrix),
    }
}

/// Contribution of one cell to the score of its hypothesis.
///
/// Under an additive method the summand. Under `bayes` its weight of evidence in bans (Good 1950), log10(2 p'),
/// divided by the number of items of its group that take part: differences of sums of these, plus logarithms of
/// ratios of priors, are logarithms of ratios of posteriors.
#[must_use]
pub fn contribution(matrix: &Matrix, method: Method, row: usize, hypothesis: usize) -> f64 {
    match exact(matrix, method, row, hypothesis) {
        Some(score) => score.to_f64(),
        None => bayes::bans(matrix, row, hypothesis),
    }
}

/// Contribution of one row to the score of a hypothesis minus that to the score of another, in the units of
/// [`contribution`].
#[must_use]
pub fn difference(matrix: &Matrix, method: Method, row: usize, hypothesis: usize, other: usize) -> f64 {
    match (exact(matrix, method, row, hypothesis), exact(matrix, method, row, other)) {
        (Some(score), Some(other)) => (score - other).to_f64(),
        _ => bayes::bans(matrix, row, hypothesis) - bayes::bans(matrix, row, other),
    }
}

/// The contribution under an additive method; `None` under `bayes`.
fn exact(matrix: &Matrix, method: Method, row: usize, hypothesis: usize) -> Option<Score> {
    let additive = Additive::of(method)?;
    Some(additive.contribution(matrix.class(row), matrix.code(row, hypothesis)))
}
