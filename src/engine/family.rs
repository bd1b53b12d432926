//! Families: hypotheses that are cases of one idea, and the priors of all that compete.

use super::matrix::Matrix;
use super::ranking::Ranking;
use crate::scenario::{Method, Scenario};

/// A family of several hypotheses that compete under `bayes`.
#[derive(Clone, Debug, PartialEq)]
pub struct Family<'a> {
    /// Its name.
    pub name: &'a str,
    /// Positions of its hypotheses that compete, ascending and more than one.
    pub members: Vec<usize>,
    /// Sum of their posteriors.
    pub posterior: f64,
}

/// The families in a ranking by `bayes`, in the order of their first hypotheses.
#[must_use]
pub fn families<'a>(scenario: &'a Scenario, ranking: &Ranking) -> Vec<Family<'a>> {
    let mut families: Vec<Family<'a>> = Vec::new();
    for (at, hypothesis) in scenario.hypotheses.iter().enumerate() {
        let score = ranking.score(at).filter(|_| ranking.method == Method::Bayes);
        let (Some(name), Some(posterior)) = (hypothesis.family.as_deref(), score) else { continue };
        match families.iter_mut().find(|family| family.name == name) {
            Some(family) => {
                family.members.push(at);
                family.posterior += posterior;
            }
            None => families.push(Family { name, members: vec![at], posterior }),
        }
    }
    families.retain(|family| family.members.len() > 1);
    families
}

/// The priors of the hypotheses that compete under `bayes`, by position, ascending; they sum to 1. `None` where they
/// are inconsistent.
#[must_use]
pub fn priors(matrix: &Matrix) -> Option<Vec<(usize, f64)>> {
    let priors = matrix.priors()?;
    let competing: Vec<usize> = matrix.competing(Method::Bayes).collect();
    let weight = |at: &usize| priors.ln(*at, |other| competing.contains(&other)).exp();
    let total: f64 = competing.iter().map(weight).sum();
    Some(competing.iter().map(|at| (*at, weight(at) / total)).collect())
}
