//! Priors: how probable each hypothesis is before the evidence.

use std::collections::HashMap;

use crate::scenario::{Scenario, prior_inconsistencies};

/// Priors of the hypotheses of a scenario, before it is settled who competes.
#[derive(Clone, Debug)]
pub(super) enum Priors {
    /// ln of the priors that the scenario gives, by hypothesis; 0 for a rejected one.
    Given(Vec<f64>),
    /// None are given. Each family that has a hypothesis that competes is as probable as any other, and so is each
    /// hypothesis within it. By hypothesis, the others of its family.
    Even(Vec<Vec<usize>>),
}

impl Priors {
    /// Priors of a scenario; `None` where they are inconsistent.
    pub(super) fn new(scenario: &Scenario) -> Option<Self> {
        let active = || scenario.hypotheses.iter().filter(|h| h.is_active());
        if active().any(|h| h.prior.is_some()) {
            let ln = |h: &crate::scenario::Hypothesis| h.prior.filter(|_| h.is_active()).map_or(0.0, f64::ln);
            return prior_inconsistencies(scenario)
                .is_empty()
                .then(|| Self::Given(scenario.hypotheses.iter().map(ln).collect()));
        }
        let mut families: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, hypothesis) in scenario.hypotheses.iter().enumerate().filter(|(_, h)| h.is_active()) {
            hypothesis
                .family
                .as_deref()
                .into_iter()
                .for_each(|name| families.entry(name).or_default().push(at));
        }
        let relatives = scenario.hypotheses.iter().enumerate().map(|(at, hypothesis)| {
            let family = hypothesis
                .family
                .as_deref()
                .filter(|_| hypothesis.is_active())
                .and_then(|name| families.get(name));
            family.into_iter().flatten().copied().filter(|other| *other != at).collect()
        });
        Some(Self::Even(relatives.collect()))
    }

    /// ln of the prior of a hypothesis that competes, up to a constant, where these others do.
    pub(super) fn ln(&self, hypothesis: usize, competes: impl Fn(usize) -> bool) -> f64 {
        match self {
            Self::Given(ln) => ln.get(hypothesis).copied().unwrap_or(0.0),
            Self::Even(relatives) => {
                let relatives = relatives.get(hypothesis).into_iter().flatten();
                -(1.0 + relatives.filter(|other| competes(**other)).count() as f64).ln()
            }
        }
    }
}
