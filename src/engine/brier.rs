//! Brier scores: how far probabilities were from what turned out to be true (Brier 1950). 0 is perfect, 2 the worst.

use super::estimate::{Shares, share};
use crate::scenario::{Hypothesis, Scenario};

/// A rest up to which nothing is left.
const NOTHING: f64 = 1e-9;

/// The true answer of a case that can be scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// The hypothesis at this position.
    One(usize),
    /// None of the hypotheses listed.
    Other,
}

/// The reason why a case is not scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unscored {
    /// No outcome is known.
    Open,
    /// The question made no sense after all.
    Annulled,
    /// Several hypotheses were true, so that they did not exclude each other.
    Several,
}

/// Probabilities against the truth.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct BrierScore {
    /// The probability given to what was true.
    pub probability: f64,
    /// The score, 0 to 2.
    pub brier: f64,
    /// The score of even odds over the same hypotheses.
    pub even: f64,
}

impl Truth {
    /// The truth of a scenario.
    ///
    /// # Errors
    /// The reason why it cannot be scored.
    pub fn of(scenario: &Scenario) -> Result<Self, Unscored> {
        if scenario.outcome.is_annulled() {
            return Err(Unscored::Annulled);
        }
        let position = |id: &String| scenario.hypotheses.iter().position(|h| h.id.as_str() == id);
        match scenario.outcome.hypothesis.as_deref() {
            None => Err(Unscored::Open),
            Some([]) => Ok(Self::Other),
            Some([id]) => position(id).map(Self::One).ok_or(Unscored::Open),
            Some([_, _, ..]) => Err(Unscored::Several),
        }
    }

    /// The hypothesis that was true, if one of those listed was.
    #[must_use]
    pub const fn hypothesis(self) -> Option<usize> {
        match self {
            Self::One(at) => Some(at),
            Self::Other => None,
        }
    }

    /// Which of the hypotheses with a share counts as true: the true one, else the residual; `None` is the rest.
    #[must_use]
    pub fn among(self, scenario: &Scenario, shares: &[(usize, f64)]) -> Option<usize> {
        let is_named = |at: &usize| shares.iter().any(|(named, _)| named == at);
        let residual = scenario.hypotheses.iter().position(Hypothesis::is_residual);
        self.hypothesis().filter(is_named).or(residual.filter(is_named))
    }

    /// Scores probabilities that leave `rest` to no hypothesis.
    #[must_use]
    pub fn score(self, scenario: &Scenario, shares: &[(usize, f64)], rest: f64) -> BrierScore {
        let truth = self.among(scenario, shares);
        let rest = if rest <= NOTHING { 0.0 } else { rest };
        let even: Shares = shares.iter().map(|(at, _)| (*at, 1.0 / shares.len() as f64)).collect();
        let probability = truth.map_or(rest, |truth| share(shares, truth));
        BrierScore { probability, brier: brier(truth, shares, rest), even: brier(truth, &even, 0.0) }
    }
}

/// The sum of squared distances from the truth, which is the rest where `truth` is `None`.
fn brier(truth: Option<usize>, shares: &[(usize, f64)], rest: f64) -> f64 {
    let square = |share: f64, is_true: bool| (share - f64::from(u8::from(is_true))).powi(2);
    let named: f64 = shares.iter().map(|(at, share)| square(*share, truth == Some(*at))).sum();
    named + square(rest, truth.is_none())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::estimate::{EstimateFigures, mean};
    use super::*;
    use crate::scenario::{Cell, Estimate, EstimateId, HypothesisId, Probability};

    /// A scenario of hypotheses without anything else.
    fn scenario(hypotheses: usize) -> Scenario {
        let hypothesis = |at: usize| Some(Hypothesis::new(HypothesisId::parse(&format!("h{at}"))?, "H"));
        Scenario { hypotheses: (0..hypotheses).filter_map(hypothesis).collect(), ..Scenario::default() }
    }

    fn figures(scenario: &Scenario, at: usize, stated: &[f64]) -> EstimateFigures {
        let mut estimate = Estimate::new(EstimateId::parse("e").unwrap(), "P");
        for (at, share) in stated.iter().enumerate() {
            estimate.probabilities.set(at, Cell::stated(Probability::new(*share).unwrap()));
        }
        EstimateFigures::new(scenario, at, &estimate)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_mean_scores_no_worse_than_its_people_do_on_average_in_whatever_order(
            people in (1..7_usize).prop_flat_map(|n| {
                proptest::collection::vec(proptest::collection::vec(0.0..=1.0_f64, n), 1..7)
            }),
        ) {
            let size = people.first().map_or(0, Vec::len);
            let scenario = scenario(size);
            let own: Vec<_> = people.iter().enumerate().map(|(at, p)| figures(&scenario, at, p)).collect();
            let found = mean(own.iter()).unwrap();
            let turned = mean(own.iter().rev()).unwrap();
            for ((_, a), (_, b)) in found.mean.iter().zip(&turned.mean) {
                prop_assert!((a - b).abs() < 1e-12);
            }
            for truth in (0..size).map(Truth::One) {
                let people: f64 =
                    own.iter().map(|one| truth.score(&scenario, &one.coherent, one.rest).brier).sum();
                let score = truth.score(&scenario, &found.mean, 0.0).brier;
                prop_assert!(score <= people / own.len() as f64 + 1e-9);
                prop_assert!((0.0..=2.0 + 1e-9).contains(&score));
            }
        }
    }
}
