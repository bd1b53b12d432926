//! `bayes`: the posterior probability of each hypothesis.
//!
//! Good, Probability and the Weighing of Evidence (1950), for weights of evidence; Schum, The Evidential Foundations
//! of Probabilistic Reasoning (1994), for reports of fallible sources. It takes the hypotheses to be exclusive and
//! exhaustive. Likelihoods are counted against an even chance, ln(2 p') for ln p': the difference is the same for every
//! hypothesis and drops out, and what is neutral counts 0.

use std::f64::consts::LN_10;

use super::column::Columns;
use super::matrix::Matrix;
use super::ranking::{Ranking, standing};
use super::rating_code::RatingCode;
use crate::scenario::Method;

/// Posteriors whose logarithms are this near are equal.
pub(super) const TIE: f64 = 1e-9;

/// posterior(h) = prior(h) exp(sum over groups of the mean of ln p') / the same summed over active hypotheses.
pub(super) fn ranking(matrix: &Matrix) -> Ranking {
    let Some(ln_priors) = matrix.ln_priors() else {
        return Ranking::none(Method::Bayes, matrix.hypothesis_count());
    };
    let likelihoods = ln_likelihood_ratios(matrix);
    posterior(matrix, ln_priors.iter().zip(likelihoods).map(|(prior, likelihood)| prior + likelihood))
}

/// The ranking that these ln posteriors, one a hypothesis and up to a constant, come to.
pub(super) fn posterior(matrix: &Matrix, ln_weights: impl Iterator<Item = f64>) -> Ranking {
    let count = matrix.hypothesis_count();
    let mut ranking = Ranking::none(Method::Bayes, count);
    let mut ln_weights: Vec<(usize, f64)> =
        ln_weights.enumerate().filter(|(hypothesis, _)| matrix.is_active(*hypothesis)).collect();
    ln_weights.sort_by(|(_, x), (_, y)| y.total_cmp(x));
    let Some(&(_, best)) = ln_weights.first() else {
        return ranking;
    };

    // Log-sum-exp: relative to the best, nothing overflows, and what underflows is 0 beside it. Summed from the
    // smallest, in an order that does not depend on that of the hypotheses.
    let total: f64 = ln_weights.iter().rev().map(|(_, ln_weight)| (ln_weight - best).exp()).sum();
    for &(hypothesis, ln_weight) in &ln_weights {
        if let Some(score) = ranking.scores.get_mut(hypothesis) {
            *score = Some((ln_weight - best).exp() / total);
        }
    }
    let standing = standing(&ln_weights, count, |x, y| x - y > TIE);
    let posterior = |hypothesis: usize| ranking.scores.get(hypothesis).copied().flatten();
    ranking.margin = standing.runner_up.and_then(|(best, next)| Some(posterior(best)? - posterior(next)?));
    ranking.ranks = standing.ranks;
    ranking.leaders = standing.leaders;
    ranking
}

/// log10(2 p') of a cell, divided by the number of items of its group that take part; 0 if its own takes no part.
pub(super) fn bans(matrix: &Matrix, row: usize, hypothesis: usize) -> f64 {
    match matrix.share(row) {
        0 => 0.0,
        share => {
            let ln_ratio = matrix.likelihood.ln_ratio(matrix.class(row), matrix.code(row, hypothesis));
            ln_ratio / LN_10 / share as f64
        }
    }
}

/// Per hypothesis the sum over groups of the mean of ln(2 p').
///
/// Cells of one code, class and share count alike, so they are counted first and multiplied once: exact but for a
/// few hundred roundings at most, which are compensated.
fn ln_likelihood_ratios(matrix: &Matrix) -> impl Iterator<Item = f64> {
    let mut sums = vec![CompensatedSum::default(); matrix.hypothesis_count()];
    let mut columns = Columns::new(matrix.hypothesis_count());
    for block in matrix.blocks().filter(|block| block.share > 0) {
        for code in RatingCode::TELLING {
            let share_of_ln_ratio = matrix.likelihood.ln_ratio(block.class, code) / f64::from(block.share);
            let counts = columns.sum(block.codes, |other| i8::from(other == code));
            for (sum, count) in sums.iter_mut().zip(counts) {
                sum.add(*count as f64 * share_of_ln_ratio);
            }
        }
    }
    sums.into_iter().map(CompensatedSum::total)
}

/// A sum that keeps what each addition rounds off (Ogita, Rump and Oishi 2005, `Sum2`).
#[derive(Clone, Copy, Default)]
struct CompensatedSum {
    sum: f64,
    lost: f64,
}

impl CompensatedSum {
    fn add(&mut self, term: f64) {
        let sum = self.sum + term;
        let term_kept = sum - self.sum;
        self.lost += (self.sum - (sum - term_kept)) + (term - term_kept);
        self.sum = sum;
    }

    fn total(self) -> f64 {
        self.sum + self.lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::fixture::Fixture;
    use crate::engine::rank;
    use crate::scenario::{Level, Scenario};

    /// p' at medium credibility and relevance.
    fn p(value: i32) -> f64 {
        0.8 / (1.0 + 10.0_f64.powf(-0.5 * f64::from(value))) + 0.1
    }

    fn posteriors(scenario: &Scenario) -> Vec<f64> {
        let ranking = ranking(&Matrix::new(scenario, None));
        ranking.scores.into_iter().map(Option::unwrap).collect()
    }

    fn assert_shares(scenario: &Scenario, weights: &[f64]) {
        let total: f64 = weights.iter().sum();
        for (posterior, weight) in posteriors(scenario).iter().zip(weights) {
            assert!((posterior - weight / total).abs() < 1e-14, "{posterior} {}", weight / total);
        }
    }

    #[test]
    fn likelihoods_multiply() {
        let scenario = Fixture::of(3).item("CC II N").item("C I -").scenario();
        assert_shares(&scenario, &[p(2) * p(1), p(-2) * p(-1), 0.25]);
    }

    #[test]
    fn consistency_is_worth_a_factor_two_at_most_and_inconsistency_more() {
        let scenario = Fixture::of(2).weighed("CC N", Level::High, Level::High).scenario();
        let odds = |p: &[f64]| p[0] / p[1];
        assert!(odds(&posteriors(&scenario)) < 2.0);
        let scenario = Fixture::of(2).weighed("N II", Level::High, Level::High).scenario();
        assert!(odds(&posteriors(&scenario)) > 4.0);
    }

    #[test]
    fn priors_multiply_and_those_of_rejected_hypotheses_do_not_count() {
        let scenario = Fixture::of(3).reject(1).item("C II I").priors(&[0.2, 0.9, 0.8]).scenario();
        let ranking = ranking(&Matrix::new(&scenario, None));
        let (x, y) = (0.2 * p(1), 0.8 * p(-1));
        assert!((ranking.scores[0].unwrap() - x / (x + y)).abs() < 1e-15);
        assert_eq!(ranking.scores[1], None);
        assert_eq!(ranking.ranks[1], None);
    }

    #[test]
    fn inconsistent_priors_rank_nothing() {
        let scenario = Fixture::of(2).item("C I").priors(&[0.2, 0.7]).scenario();
        let ranking = ranking(&Matrix::new(&scenario, None));
        assert_eq!(ranking, Ranking::none(Method::Bayes, 2));
        let scenario = Fixture::of(2).item("C I").priors(&[0.2]).scenario();
        assert!(rank(&Matrix::new(&scenario, None), Method::Bayes).leaders.is_empty());
    }

    #[test]
    fn a_group_counts_once_as_its_mean() {
        let twice = Fixture::of(2).grouped("CC II", "g").grouped("CC II", "g").scenario();
        assert_shares(&twice, &[p(2), p(-2)]);
        let mean = Fixture::of(2).grouped("CC II", "g").grouped("- I", "g").item("C N").scenario();
        assert_shares(&mean, &[(p(2) * 0.5).sqrt() * p(1), (p(-2) * p(-1)).sqrt() * 0.5]);
    }

    #[test]
    fn an_item_that_says_nothing_takes_no_part_in_its_group() {
        let scenario = Fixture::of(3)
            .reject(2)
            .grouped("CC II N", "g")
            .grouped("- - II", "g")
            .grouped("NA - C", "g")
            .scenario();
        let matrix = Matrix::new(&scenario, None);
        let ranking = ranking(&matrix);
        assert!((ranking.scores[0].unwrap() - p(2) / (p(2) + p(-2))).abs() < 1e-15);
        assert!((bans(&matrix, 0, 0) - (2.0 * p(2)).log10()).abs() < 1e-15);
        assert_eq!(bans(&matrix, 1, 2), 0.0);
        // N does take part: it dilutes.
        let scenario = Fixture::of(2).grouped("CC II", "g").grouped("N -", "g").scenario();
        assert_shares(&scenario, &[p(2).sqrt(), p(-2).sqrt()]);
    }

    #[test]
    fn posteriors_too_small_to_see_are_no_tie() {
        let mut fixture = Fixture::of(3);
        for _ in 0..60 {
            fixture = fixture.weighed("CC II II", Level::High, Level::High);
        }
        let ranking = ranking(&Matrix::new(&fixture.item("N N I").scenario(), None));
        assert!(ranking.scores[1].unwrap() < 1e-20);
        assert_eq!(ranking.ranks, [Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn a_hair_is_a_tie_under_bayes() {
        let even = |prior: f64| {
            let scenario = Fixture::of(2).item("C C").priors(&[prior, 1.0 - prior]).scenario();
            ranking(&Matrix::new(&scenario, None)).leaders
        };
        assert_eq!(even(0.5 + 1e-10), [0, 1]);
        assert_eq!(even(0.5 + 1e-9), [0]);
    }

    #[test]
    fn a_compensated_sum_keeps_what_floats_drop() {
        let mut sum = CompensatedSum::default();
        for term in [1.0, 1e100, 1.0, -1e100] {
            sum.add(term);
        }
        assert_eq!(sum.total(), 2.0);
    }
}
