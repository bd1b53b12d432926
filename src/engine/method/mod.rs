//! The scoring methods, one a file. Higher is better in every one of them.
//!
//! An *additive* method is a value for each mark, times the item's weight or not, summed on the lattice of
//! [`Score`]; `bayes` multiplies probabilities.

mod bayes;
mod inconsistency;
mod net;
mod weighted;

use super::class::Class;
use super::mark::Mark;
use super::matrix::Matrix;
use super::ranking::Ranking;
use super::score::Score;
use super::tally::Tally;
use crate::scenario::{Method, Weight};

pub(super) use bayes::{TIE, posterior};
pub(super) use inconsistency::Inconsistency;
pub(super) use net::Net;
pub(super) use weighted::Weighted;

/// A method whose scores are sums of one contribution a cell.
pub(super) trait Additive {
    /// Whether a contribution is multiplied by the item's weight.
    const WEIGHED: bool;

    /// The contribution at weight 1, -2 to 2; 0 for N, NA and blank.
    fn steps(mark: Mark) -> i8;

    /// The contribution of a cell.
    fn contribution(class: Class, mark: Mark) -> Score {
        let weight = if Self::WEIGHED { class.weight() } else { Weight::ONE };
        Score::weighed(weight, i64::from(Self::steps(mark)))
    }
}

/// How the hypotheses stand under a method.
#[must_use]
pub fn rank(matrix: &Matrix, method: Method) -> Ranking {
    match Tally::new(matrix, method) {
        Some(tally) => tally.ranking(matrix),
        None => bayes::ranking(matrix),
    }
}

/// What one cell adds to the score of its hypothesis.
///
/// Under an additive method the summand. Under `bayes` its weight of evidence in bans (Good 1950), log10(2 p'),
/// divided by the number of items of its group that take part: differences of sums of these, plus logarithms of
/// ratios of priors, are logarithms of ratios of posteriors.
#[must_use]
pub fn contribution(matrix: &Matrix, method: Method, row: usize, hypothesis: usize) -> f64 {
    match exact(method, matrix.class(row), matrix.mark(row, hypothesis)) {
        Some(score) => score.to_f64(),
        None => bayes::bans(matrix, row, hypothesis),
    }
}

/// What one row adds to the score of a hypothesis more than to that of another, in the units of [`contribution`].
#[must_use]
pub fn difference(matrix: &Matrix, method: Method, row: usize, hypothesis: usize, other: usize) -> f64 {
    let of = |hypothesis| exact(method, matrix.class(row), matrix.mark(row, hypothesis));
    match (of(hypothesis), of(other)) {
        (Some(score), Some(other)) => (score - other).to_f64(),
        _ => bayes::bans(matrix, row, hypothesis) - bayes::bans(matrix, row, other),
    }
}

/// The summand under an additive method.
fn exact(method: Method, class: Class, mark: Mark) -> Option<Score> {
    match method {
        Method::Inconsistency => Some(Inconsistency::contribution(class, mark)),
        Method::Weighted => Some(Weighted::contribution(class, mark)),
        Method::Net => Some(Net::contribution(class, mark)),
        Method::Bayes => None,
    }
}
