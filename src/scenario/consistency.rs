//! Inconsistencies: faults between parts that are each well formed. They forbid scoring, not editing.

use std::collections::{HashMap, HashSet};

use super::Scenario;
use super::cell::Row;
use super::conflict::{Conflict, Contested};
use super::hypothesis::Hypothesis;
use super::item::Item;
use super::subject::Subject;
use super::value::ItemKind;

/// Largest distance of the sum of priors from 1.
pub const PRIOR_TOLERANCE: f64 = 1e-6;

/// A fault between parts of a scenario, and its place.
#[derive(Clone, Debug, PartialEq)]
pub enum Inconsistency {
    /// Some active hypotheses have a prior, these (by position) have none.
    PriorMissing {
        /// Positions of the active hypotheses without a prior.
        without: Vec<usize>,
        /// Position of the first active hypothesis that has one.
        with: usize,
    },
    /// The prior of this active hypothesis is not above 0.
    PriorNotPositive {
        /// Position of the hypothesis.
        hypothesis: usize,
        /// The prior.
        prior: f64,
    },
    /// The priors of the active hypotheses do not sum to 1 within [`PRIOR_TOLERANCE`].
    PriorSum {
        /// Positions of the active hypotheses, whose priors are summed.
        hypotheses: Vec<usize>,
        /// Their sum.
        sum: f64,
    },
    /// A reference to a hypothesis that does not exist.
    UnknownHypothesis {
        /// The field with the reference: a source's `controlled_by`, an indicator's `hypothesis` or the
        /// outcome's.
        subject: Subject,
        /// Position in the list, where the field is one.
        entry: Option<usize>,
        /// The id.
        id: String,
    },
    /// Sources are declared, and this item cites another.
    UnknownSource {
        /// The item's `source`.
        subject: Subject,
        /// Position in the list of sources cited.
        entry: usize,
        /// The id.
        id: String,
    },
    /// An item rests on one that does not exist.
    UnknownEvidence {
        /// The item's `rests_on`.
        subject: Subject,
        /// Position in the list.
        entry: usize,
        /// The id.
        id: String,
    },
    /// Items rest on each other, so that none of them has an independent premise.
    CircularPremises {
        /// Positions of the items: each rests on the next, and the last on the first.
        items: Vec<usize>,
    },
    /// More than one hypothesis stands for everything else.
    TwoResiduals {
        /// Their positions.
        hypotheses: Vec<usize>,
    },
    /// The outcome names a hypothesis and is annulled.
    OutcomeAndAnnulled,
    /// A conflict left by a merge.
    Conflict {
        /// The cell, or the `conflict` field of an item or the scenario.
        subject: Subject,
        /// Names of the fields in conflict; empty for a cell and for a deletion.
        fields: Vec<String>,
    },
}

/// Returns every inconsistency in the scenario, in the order outcome, hypotheses, sources, evidence,
/// indicators, estimates.
#[must_use]
pub fn inconsistencies(scenario: &Scenario) -> Vec<Inconsistency> {
    let mut found = Vec::new();
    let conflict = |conflict: Option<&Conflict>, subject: Subject| {
        let fields = |c: &Conflict| c.fields.iter().map(|f| f.field.clone()).collect();
        conflict.map(|c| Inconsistency::Conflict { subject, fields: fields(c) })
    };
    found.extend(conflict(scenario.conflict(), Subject::ScenarioField("conflict")));
    found.extend(outcome(scenario));
    for (at, hypothesis) in scenario.hypotheses.iter().enumerate() {
        let subject = Subject::ItemField(ItemKind::Hypothesis, at, "conflict");
        found.extend(conflict(hypothesis.conflict(), subject));
    }
    let residuals: Vec<usize> = positions(&scenario.hypotheses, Hypothesis::is_residual).collect();
    if residuals.len() > 1 {
        found.push(Inconsistency::TwoResiduals { hypotheses: residuals });
    }
    found.extend(prior_inconsistencies(scenario));

    let ids: HashSet<&str> = scenario.hypotheses.iter().map(|h| h.id.as_str()).collect();
    for (at, source) in scenario.sources.iter().enumerate() {
        for (entry, id) in source.controlled_by.iter().flatten().enumerate() {
            if !ids.contains(id.as_str()) {
                let subject = Subject::ItemField(ItemKind::Source, at, "controlled_by");
                found.push(Inconsistency::UnknownHypothesis { subject, entry: Some(entry), id: id.clone() });
            }
        }
        let subject = Subject::ItemField(ItemKind::Source, at, "conflict");
        found.extend(conflict(source.conflict(), subject));
    }

    found.extend(premises(scenario));
    let sources: HashSet<&str> = scenario.sources.iter().map(|s| s.id.as_str()).collect();
    for (at, evidence) in scenario.evidence.iter().enumerate() {
        for (entry, id) in evidence.sources().iter().enumerate() {
            if !sources.is_empty() && !sources.contains(id.as_str()) {
                let subject = Subject::ItemField(ItemKind::Evidence, at, "source");
                found.push(Inconsistency::UnknownSource { subject, entry, id: id.clone() });
            }
        }
        let subject = Subject::ItemField(ItemKind::Evidence, at, "conflict");
        found.extend(conflict(evidence.conflict(), subject));
        found.extend(cells(evidence, at));
    }

    for (at, indicator) in scenario.indicators.iter().enumerate() {
        if let Some(id) = indicator.hypothesis.as_deref().filter(|id| !ids.contains(id)) {
            let subject = Subject::ItemField(ItemKind::Indicator, at, "hypothesis");
            found.push(Inconsistency::UnknownHypothesis { subject, entry: None, id: id.into() });
        }
        let subject = Subject::ItemField(ItemKind::Indicator, at, "conflict");
        found.extend(conflict(indicator.conflict(), subject));
        found.extend(cells(indicator, at));
    }
    for (at, estimate) in scenario.estimates.iter().enumerate() {
        let subject = Subject::ItemField(ItemKind::Estimate, at, "conflict");
        found.extend(conflict(estimate.conflict(), subject));
        found.extend(cells(estimate, at));
    }
    found
}

/// Returns the conflicts in the cells of the item at this position.
fn cells<T: Item>(item: &T, at: usize) -> impl Iterator<Item = Inconsistency> {
    let contested = item.row().into_iter().flat_map(Row::iter).filter(|(_, cell)| cell.conflict().is_some());
    contested.map(move |(hypothesis, _)| {
        let subject = Subject::Cell { kind: T::KIND, item: at, hypothesis };
        Inconsistency::Conflict { subject, fields: Vec::new() }
    })
}

/// Returns the faults of the outcome.
fn outcome(scenario: &Scenario) -> Vec<Inconsistency> {
    let Some(true_ones) = &scenario.outcome.hypothesis else { return Vec::new() };
    let mut found = Vec::new();
    for (entry, id) in true_ones.iter().enumerate() {
        if !scenario.hypotheses.iter().any(|hypothesis| hypothesis.id.as_str() == id) {
            let subject = Subject::ScenarioField("outcome.hypothesis");
            found.push(Inconsistency::UnknownHypothesis { subject, entry: Some(entry), id: id.clone() });
        }
    }
    if scenario.outcome.is_annulled() {
        found.push(Inconsistency::OutcomeAndAnnulled);
    }
    found
}

fn positions<T>(list: &[T], is: impl Fn(&T) -> bool) -> impl Iterator<Item = usize> {
    list.iter().enumerate().filter(move |(_, item)| is(item)).map(|(at, _)| at)
}

/// Returns premises that do not exist, and circles of premises: one for each item that closes a circle.
fn premises(scenario: &Scenario) -> Vec<Inconsistency> {
    let mut found = Vec::new();
    if scenario.evidence.iter().all(|item| item.premises().is_empty()) {
        return found;
    }
    let at_of: HashMap<&str, usize> =
        scenario.evidence.iter().enumerate().map(|(at, item)| (item.id.as_str(), at)).collect();
    for (at, item) in scenario.evidence.iter().enumerate() {
        for (entry, id) in item.premises().iter().enumerate() {
            if !at_of.contains_key(id.as_str()) {
                let subject = Subject::ItemField(ItemKind::Evidence, at, "rests_on");
                found.push(Inconsistency::UnknownEvidence { subject, entry, id: id.clone() });
            }
        }
    }
    let premise = |at: usize, entry: usize| {
        scenario.evidence.get(at)?.premises().get(entry).map(|id| at_of.get(id.as_str()).copied())
    };
    let mut is_done = vec![false; scenario.evidence.len()];
    for start in 0..scenario.evidence.len() {
        // The path from the start of the search, with the next premise to visit for each item on it.
        let mut way: Vec<(usize, usize)> =
            if is_done.get(start) == Some(&false) { vec![(start, 0)] } else { vec![] };
        while let Some((at, entry)) = way.last_mut() {
            let next = premise(*at, *entry);
            *entry += 1;
            match next {
                Some(Some(next)) => {
                    if let Some(from) = way.iter().position(|(at, _)| *at == next) {
                        let items = way.iter().skip(from).map(|(at, _)| *at).collect();
                        found.push(Inconsistency::CircularPremises { items });
                    } else if is_done.get(next) == Some(&false) {
                        way.push((next, 0));
                    }
                }
                Some(None) => {}
                None => {
                    if let Some(done) = way.pop().and_then(|(at, _)| is_done.get_mut(at)) {
                        *done = true;
                    }
                }
            }
        }
    }
    found
}

/// Returns the fault of the priors: there must be none, or one above 0 for every active hypothesis with a sum of 1.
/// Only the first fault is returned, since fixing it changes the others.
#[must_use]
pub fn prior_inconsistencies(scenario: &Scenario) -> Vec<Inconsistency> {
    let active = || scenario.hypotheses.iter().enumerate().filter(|(_, h)| h.is_active());
    let Some((with, _)) = active().find(|(_, h)| h.prior.is_some()) else {
        return Vec::new();
    };
    let not_positive: Vec<_> = active()
        .filter_map(|(hypothesis, h)| {
            let prior = h.prior.filter(|p| *p <= 0.0)?;
            Some(Inconsistency::PriorNotPositive { hypothesis, prior })
        })
        .collect();
    if !not_positive.is_empty() {
        return not_positive;
    }
    let without: Vec<_> = active().filter(|(_, h)| h.prior.is_none()).map(|(at, _)| at).collect();
    if !without.is_empty() {
        return vec![Inconsistency::PriorMissing { without, with }];
    }
    let sum: f64 = active().filter_map(|(_, h)| h.prior).sum();
    if (sum - 1.0).abs() > PRIOR_TOLERANCE {
        let hypotheses = active().map(|(at, _)| at).collect();
        return vec![Inconsistency::PriorSum { hypotheses, sum }];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Evidence, EvidenceId, Hypothesis, HypothesisId, Status};

    fn with_priors(priors: &[Option<f64>]) -> Scenario {
        let mut scenario = Scenario::new("t");
        for (at, prior) in priors.iter().enumerate() {
            let mut h = Hypothesis::new(HypothesisId::parse(&format!("h{at}")).unwrap(), "n");
            h.prior = *prior;
            scenario.hypotheses.push(h);
        }
        scenario
    }

    #[test]
    fn priors_are_none_or_all_above_zero_summing_to_one() {
        assert_eq!(inconsistencies(&with_priors(&[None, None])), []);
        assert_eq!(inconsistencies(&with_priors(&[Some(0.3), Some(0.7)])), []);
        assert_eq!(inconsistencies(&with_priors(&[Some(0.3), Some(0.700_000_5)])), []);
        let found = |priors: &[Option<f64>]| inconsistencies(&with_priors(priors)).len();
        assert_eq!(found(&[Some(0.3), Some(0.6)]), 1);
        assert_eq!(found(&[Some(0.3), None, None]), 1);
        assert_eq!(found(&[Some(0.0), Some(1.0)]), 1);
        assert_eq!(found(&[Some(-0.5), Some(0.0), Some(1.5)]), 2);
    }

    #[test]
    fn there_is_one_residual() {
        let mut scenario = with_priors(&[None, None, None]);
        scenario.hypotheses[0].residual = Some(true);
        scenario.hypotheses[1].residual = Some(false);
        assert_eq!(inconsistencies(&scenario), []);
        scenario.hypotheses[2].residual = Some(true);
        assert_eq!(inconsistencies(&scenario), [Inconsistency::TwoResiduals { hypotheses: vec![0, 2] }]);
    }

    #[test]
    fn premises_are_there_and_in_no_circle() {
        let found = |premises: &[&[&str]]| {
            let mut scenario = Scenario::new("t");
            for (at, premises) in premises.iter().enumerate() {
                let mut item = Evidence::new(EvidenceId::parse(&format!("e{at}")).unwrap(), "e");
                item.rests_on = Some(premises.iter().map(|id| (*id).to_owned()).collect());
                scenario.evidence.push(item);
            }
            inconsistencies(&scenario)
        };
        let circle = |items: &[usize]| Inconsistency::CircularPremises { items: items.to_vec() };
        assert_eq!(found(&[&["e1", "e2"], &["e2"], &[]]), []);
        let subject = Subject::ItemField(ItemKind::Evidence, 0, "rests_on");
        let unknown = Inconsistency::UnknownEvidence { subject, entry: 1, id: "x".into() };
        assert_eq!(found(&[&["e1", "x"], &[]]), [unknown]);
        assert_eq!(found(&[&["e0"]]), [circle(&[0])]);
        assert_eq!(found(&[&["e1"], &["e2"], &["e1"], &["e2"]]), [circle(&[1, 2])]);
        assert_eq!(found(&[&["e1", "e2"], &["e0"], &["e0"]]), [circle(&[0, 1]), circle(&[0, 2])]);
    }

    #[test]
    fn the_prior_of_a_rejected_hypothesis_is_ignored() {
        let mut scenario = with_priors(&[Some(0.3), Some(0.7), Some(0.9)]);
        scenario.hypotheses[2].status = Some(Status::Rejected);
        assert_eq!(inconsistencies(&scenario), []);
        let mut scenario = with_priors(&[None, Some(0.7)]);
        scenario.hypotheses[1].status = Some(Status::Rejected);
        assert_eq!(inconsistencies(&scenario), []);
    }
}
