//! Rankings of a matrix under any method.
//!
//! `bayes` is that of Good, Probability and the Weighing of Evidence (1950), for weights of evidence, and Schum, The
//! Evidential Foundations of Probabilistic Reasoning (1994), for reports of fallible sources. It takes the hypotheses
//! to be exclusive and exhaustive. Likelihoods are counted against an even chance, ln(2 p') for ln p': the difference
//! is the same for every hypothesis and drops out, and what is neutral counts 0.

use super::matrix::Matrix;
use super::nats::Nats;
use super::ranking::{Ranking, standing};
use super::score::Score;
use super::tally::Tally;
use crate::scenario::Method;

/// Ranks the hypotheses by a method.
#[must_use]
pub fn rank(matrix: &Matrix, method: Method) -> Ranking {
    match Tally::additive(matrix, method) {
        Some(tally) => additive(&tally, matrix),
        None => Tally::bayes(matrix)
            .map_or_else(|| Ranking::none(method, matrix.hypothesis_count()), |tally| bayes(&tally, matrix)),
    }
}

/// The ranking by the scores of an additive method.
pub(super) fn additive(tally: &Tally<Score>, matrix: &Matrix) -> Ranking {
    let count = matrix.hypothesis_count();
    let score = |at| (tally.on_scale(at) > 0).then(|| tally.score(at).to_f64());
    let standing = standing(&tally.best_first(matrix), count, |x, y| x > y);
    Ranking {
        method: tally.method(),
        scores: (0..count).map(score).collect(),
        margin: standing.runner_up.map(|(best, next)| (tally.score(best) - tally.score(next)).to_f64()),
        ranks: standing.ranks,
        leaders: standing.leaders,
    }
}

/// The ranking by posteriors: prior(h) exp(score(h)) / the same summed over the hypotheses that compete.
pub(super) fn bayes(tally: &Tally<Nats>, matrix: &Matrix) -> Ranking {
    let count = matrix.hypothesis_count();
    let mut ranking = Ranking::none(Method::Bayes, count);
    let best_first = tally.best_first(matrix);
    let Some(&(_, best)) = best_first.first() else { return ranking };
    // Log-sum-exp: relative to the best, nothing overflows, and what underflows is 0 beside it. Summed from the
    // smallest, in an order that does not depend on that of the hypotheses.
    let relative = |standing: Nats| (standing - best).to_f64().exp();
    let total: f64 = best_first.iter().rev().map(|(_, standing)| relative(*standing)).sum();
    for (hypothesis, standing) in &best_first {
        if let Some(score) = ranking.scores.get_mut(*hypothesis) {
            *score = Some(relative(*standing) / total);
        }
    }
    let standing = standing(&best_first, count, |x, y| x - y > Nats::LEVEL);
    let posterior = |hypothesis: usize| ranking.score(hypothesis);
    ranking.margin = standing.runner_up.and_then(|(best, next)| Some(posterior(best)? - posterior(next)?));
    ranking.ranks = standing.ranks;
    ranking.leaders = standing.leaders;
    ranking
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::fixture::Fixture;
    use crate::scenario::{Level, Scenario};

    /// p' at medium credibility and relevance.
    fn p(value: i32) -> f64 {
        0.8 / (1.0 + 10.0_f64.powf(-0.5 * f64::from(value))) + 0.1
    }

    fn ranked(scenario: &Scenario) -> Ranking {
        rank(&Matrix::new(scenario, None), Method::Bayes)
    }

    fn posteriors(scenario: &Scenario) -> Vec<f64> {
        let ranking = ranked(scenario);
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
        let ranking = ranked(&scenario);
        let (x, y) = (0.2 * p(1), 0.8 * p(-1));
        assert!((ranking.scores[0].unwrap() - x / (x + y)).abs() < 1e-15);
        assert_eq!(ranking.scores[1], None);
        assert_eq!(ranking.ranks[1], None);
    }

    #[test]
    fn inconsistent_priors_rank_nothing() {
        let scenario = Fixture::of(2).item("C I").priors(&[0.2, 0.7]).scenario();
        let ranking = ranked(&scenario);
        assert_eq!(ranking, Ranking::none(Method::Bayes, 2));
        let scenario = Fixture::of(2).item("C I").priors(&[0.2]).scenario();
        assert!(rank(&Matrix::new(&scenario, None), Method::Bayes).leaders.is_empty());
    }

    #[test]
    fn of_a_group_the_strongest_on_each_side_counts() {
        let twice = Fixture::of(2).grouped("CC II", "g").grouped("CC II", "g").scenario();
        assert_shares(&twice, &[p(2), p(-2)]);
        let mixed = Fixture::of(2)
            .grouped("CC II", "g")
            .grouped("I C", "g")
            .grouped("C N", "g")
            .item("C N")
            .scenario();
        assert_shares(&mixed, &[4.0 * p(2) * p(-1) * p(1), 2.0 * p(-2) * 2.0 * p(1) * 0.5]);
    }

    #[test]
    fn posteriors_too_small_to_see_are_no_tie() {
        let mut fixture = Fixture::of(3);
        for _ in 0..60 {
            fixture = fixture.weighed("CC II II", Level::High, Level::High);
        }
        let ranking = ranked(&fixture.item("N N I").scenario());
        assert!(ranking.scores[1].unwrap() < 1e-20);
        assert_eq!(ranking.ranks, [Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn a_hair_is_a_tie_under_bayes() {
        let even = |prior: f64| {
            let scenario = Fixture::of(2).item("C C").priors(&[prior, 1.0 - prior]).scenario();
            ranked(&scenario).leaders
        };
        assert_eq!(even(0.5 + 1e-10), [0, 1]);
        assert_eq!(even(0.5 + 1e-9), [0]);
    }
}
