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
const PRIOR_TOLERANCE: f64 = 1e-6;

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
    /// The priors of the active hypotheses do not sum to 1 within `PRIOR_TOLERANCE`.
    PriorSum {
        /// Positions of the active hypotheses, whose priors are summed.
        hypotheses: Vec<usize>,
        /// Their sum.
        sum: f64,
    },
    /// A reference to an item that does not exist: of a source, an indicator or the outcome to a hypothesis, of an item of
    /// evidence to a premise or, where sources are declared, to a source.
    Unknown {
        /// The kind of item that is meant.
        kind: ItemKind,
        /// The field with the reference.
        subject: Subject,
        /// Position in the list, where the field is one.
        entry: Option<usize>,
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
    found.extend(conflict(scenario.conflict(), Subject::ScenarioField("conflict")));
    found.extend(outcome(scenario));
    found.extend(conflicts(&scenario.hypotheses));
    let residuals: Vec<usize> = positions(&scenario.hypotheses, Hypothesis::is_residual).collect();
    if residuals.len() > 1 {
        found.push(Inconsistency::TwoResiduals { hypotheses: residuals });
    }
    found.extend(prior_inconsistencies(scenario));
    let ids: HashSet<&str> = scenario.hypotheses.iter().map(|h| h.id.as_str()).collect();
    for (at, source) in scenario.sources.iter().enumerate() {
        let subject = Subject::ItemField(ItemKind::Source, at, "controlled_by");
        let named = source.controlled_by.as_deref().unwrap_or_default();
        found.extend(unknown(ItemKind::Hypothesis, named, subject, |id| ids.contains(id)));
        found.extend(conflicts_of(at, source));
    }
    found.extend(premises(scenario));
    let sources: HashSet<&str> = scenario.sources.iter().map(|s| s.id.as_str()).collect();
    let is_declared = |id: &str| sources.is_empty() || sources.contains(id);
    for (at, evidence) in scenario.evidence.iter().enumerate() {
        let subject = Subject::ItemField(ItemKind::Evidence, at, "source");
        found.extend(unknown(ItemKind::Source, evidence.sources(), subject, is_declared));
        found.extend(conflicts_of(at, evidence));
    }
    for (at, indicator) in scenario.indicators.iter().enumerate() {
        if let Some(id) = indicator.hypothesis.as_ref().filter(|id| !ids.contains(id.as_str())) {
            let subject = Subject::ItemField(ItemKind::Indicator, at, "hypothesis");
            let kind = ItemKind::Hypothesis;
            found.push(Inconsistency::Unknown { kind, subject, entry: None, id: id.clone() });
        }
        found.extend(conflicts_of(at, indicator));
    }
    found.extend(conflicts(&scenario.estimates));
    found
}

/// Returns the ids of a list that name no item of a kind.
fn unknown(
    kind: ItemKind,
    ids: &[String],
    subject: Subject,
    is_known: impl Fn(&str) -> bool,
) -> impl Iterator<Item = Inconsistency> {
    let entries = ids.iter().enumerate().filter(move |(_, id)| !is_known(id));
    entries.map(move |(at, id)| Inconsistency::Unknown { kind, subject, entry: Some(at), id: id.clone() })
}

fn conflict(conflict: Option<&Conflict>, subject: Subject) -> Option<Inconsistency> {
    let fields = conflict?.fields.iter().map(|field| field.field.clone()).collect();
    Some(Inconsistency::Conflict { subject, fields })
}

/// Returns the conflicts of items and of their cells.
fn conflicts<T: Item>(items: &[T]) -> impl Iterator<Item = Inconsistency> {
    items.iter().enumerate().flat_map(|(at, item)| conflicts_of(at, item))
}

/// Returns the conflicts of the item at this position: its own, then those of its cells.
fn conflicts_of<T: Item>(at: usize, item: &T) -> impl Iterator<Item = Inconsistency> {
    let own = conflict(item.conflict(), Subject::ItemField(T::KIND, at, "conflict"));
    let contested = item.row().into_iter().flat_map(Row::iter).filter(|(_, cell)| cell.conflict().is_some());
    own.into_iter().chain(contested.map(move |(hypothesis, _)| {
        let subject = Subject::Cell { kind: T::KIND, item: at, hypothesis };
        Inconsistency::Conflict { subject, fields: Vec::new() }
    }))
}

/// Returns the faults of the outcome.
fn outcome(scenario: &Scenario) -> Vec<Inconsistency> {
    let Some(true_ones) = &scenario.outcome.hypothesis else { return Vec::new() };
    let subject = Subject::ScenarioField("outcome.hypothesis");
    let is_known = |id: &str| scenario.hypotheses.iter().any(|hypothesis| hypothesis.id.as_str() == id);
    let mut found: Vec<_> = unknown(ItemKind::Hypothesis, true_ones, subject, is_known).collect();
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
        let subject = Subject::ItemField(ItemKind::Evidence, at, "rests_on");
        found.extend(unknown(ItemKind::Evidence, item.premises(), subject, |id| at_of.contains_key(id)));
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
        let kind = ItemKind::Evidence;
        let unknown = Inconsistency::Unknown { kind, subject, entry: Some(1), id: "x".into() };
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
