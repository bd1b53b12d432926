//! Diagnostics for the inconsistencies of a scenario.

use super::{Code, Diagnostic, Place, did_you_mean};
use crate::scenario::{Inconsistency, Item, ItemKind, Scenario, Subject, by_kind};

/// The remedy for a conflict.
pub const CONFLICT_HELP: &str = "settle it with `ach resolve FILE`";

/// Returns the diagnostic for an inconsistency of this scenario.
#[must_use]
pub fn describe(scenario: &Scenario, fault: &Inconsistency) -> Diagnostic {
    let prior = |at: usize| Subject::ItemField(ItemKind::Hypothesis, at, "prior");
    match fault {
        Inconsistency::PriorMissing { without, with } => {
            let at = without.first().copied().unwrap_or_default();
            let place = Subject::Item(ItemKind::Hypothesis, at);
            Diagnostic::new(Code::PRIORS, place, format!("no prior for {}", ids(scenario, without)))
                .expected("expected a prior here too")
                .also(prior(*with), "since this hypothesis has one")
                .help(help_missing(scenario, without.len()))
        }
        Inconsistency::PriorNotPositive { hypothesis, prior: value } => {
            Diagnostic::new(Code::PRIORS, prior(*hypothesis), format!("the prior {value} is not above 0"))
                .expected("expected a probability above 0")
                .help("a hypothesis that is out of the question is `status = \"rejected\"`")
        }
        Inconsistency::PriorSum { hypotheses, sum } => {
            let mut places = hypotheses.iter();
            let first = places.next().copied().unwrap_or_default();
            let message = format!("the priors of the active hypotheses sum to {}, not to 1", rounded(*sum));
            let found = Diagnostic::new(Code::PRIORS, prior(first), message).expected("summed from here");
            places.fold(found, |found, at| found.also(prior(*at), "")).help(help_sum(scenario, *sum))
        }
        Inconsistency::Unknown { kind, subject, entry, id } => {
            fn known<T: Item>(scenario: &Scenario) -> Vec<&str> {
                T::list(scenario).iter().map(|item| item.id().as_ref()).collect()
            }
            let place = entry.map_or(Place::Subject(*subject), |at| Place::Entry(*subject, at));
            let (code, one, several) = match kind {
                ItemKind::Hypothesis => (Code::UNKNOWN_HYPOTHESIS, "a hypothesis", "hypotheses"),
                ItemKind::Source => (Code::UNKNOWN_SOURCE, "a [[source]]", "sources"),
                ItemKind::Evidence | ItemKind::Indicator | ItemKind::Estimate => {
                    (Code::UNKNOWN_EVIDENCE, "an evidence item", "evidence items")
                }
            };
            let known = by_kind!(*kind, known(scenario));
            let ids = || known.iter().copied();
            Diagnostic::new(code, place, format!("unknown {kind} \"{id}\""))
                .expected(format!("expected the id of {one}"))
                .maybe_help(did_you_mean(id, ids()).or_else(|| choices(several, ids())))
        }
        Inconsistency::CircularPremises { items } => {
            let place = |at: usize| Subject::ItemField(ItemKind::Evidence, at, "rests_on");
            let id = |at: &usize| scenario.evidence.get(*at).map_or("", |item| item.id.as_str());
            let (first, others) = items.split_first().map_or((0, items.as_slice()), |(at, rest)| (*at, rest));
            let way: Vec<&str> = items.iter().chain(items.first()).map(id).collect();
            let message = match others {
                [] => format!("{} rests on itself", id(&first)),
                _ => format!("the premises form a circle: {}", way.join(" rests on ")),
            };
            let found = Diagnostic::new(Code::CIRCULAR_PREMISES, place(first), message);
            let found = others.iter().take(NAMED).fold(found, |found, at| found.also(place(*at), ""));
            found.help("take one of them out of `rests_on`: what rests on itself is an assumption")
        }
        Inconsistency::TwoResiduals { hypotheses } => {
            let place = |at: usize| Subject::ItemField(ItemKind::Hypothesis, at, "residual");
            let mut places = hypotheses.iter();
            let first = places.next().copied().unwrap_or_default();
            let second = places.next().copied().unwrap_or_default();
            let message = format!("more than one hypothesis is residual: {}", ids(scenario, hypotheses));
            let found = Diagnostic::new(Code::TWO_RESIDUALS, place(second), message);
            let found = found.also(place(first), "the first is here");
            places
                .fold(found, |found, at| found.also(place(*at), ""))
                .help("there is one \"everything else\": take `residual` out of the others, or merge them")
        }
        Inconsistency::OutcomeAndAnnulled => {
            let place = |path| Subject::ScenarioField(path);
            let message = "the outcome names what was true, and is annulled";
            Diagnostic::new(Code::OUTCOME_AND_ANNULLED, place("outcome.annulled"), message)
                .also(place("outcome.hypothesis"), "what was true")
                .help("remove one of the two: `hypothesis`, or `annulled`")
        }
        Inconsistency::Conflict { subject, fields } => {
            let what = match (subject, fields.as_slice()) {
                (Subject::Cell { kind: ItemKind::Estimate, .. }, _) => {
                    "both sides of a merge changed this probability".to_owned()
                }
                (Subject::Cell { .. }, _) => "both sides of a merge rated this cell".to_owned(),
                (_, []) => "one side of a merge deleted what the other edited".to_owned(),
                (_, fields) => format!("both sides of a merge changed {}", fields.join(", ")),
            };
            Diagnostic::new(Code::CONFLICT, *subject, what).help(CONFLICT_HELP)
        }
    }
}

/// The most ids named; the rest are counted.
const NAMED: usize = 8;

/// Lists the ids of these hypotheses.
fn ids(scenario: &Scenario, hypotheses: &[usize]) -> String {
    let named = hypotheses.iter().take(NAMED).filter_map(|at| scenario.hypotheses.get(*at));
    let named: Vec<&str> = named.map(|hypothesis| hypothesis.id.as_str()).collect();
    match hypotheses.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// Returns the remedy for missing priors, with the probability that is left for them.
fn help_missing(scenario: &Scenario, without: usize) -> String {
    let given: f64 = scenario.hypotheses.iter().filter(|h| h.is_active()).filter_map(|h| h.prior).sum();
    let them = if without == 1 { "it" } else { "them" };
    match rounded(1.0 - given) {
        left if left > 0.0 => {
            format!("give {them} the {left} that is left to 1, or remove every prior: then all start equal")
        }
        _ => format!(
            "the others sum to {} already: lower them too, or remove every prior: then all start equal",
            rounded(given)
        ),
    }
}

/// Returns the remedy for priors that do not sum to 1, with the difference, and whether a rejected hypothesis explains
/// it.
fn help_sum(scenario: &Scenario, sum: f64) -> String {
    let rejected = scenario.hypotheses.iter().enumerate().filter(|(_, h)| !h.is_active());
    let rejected = rejected.filter_map(|(at, h)| Some((at, h.prior.filter(|prior| *prior > 0.0)?)));
    let (rejected, theirs): (Vec<usize>, Vec<f64>) = rejected.unzip();
    let missing = rounded(1.0 - sum);
    let by = if missing > 0.0 {
        format!("raise them by {missing} in all")
    } else {
        format!("lower them by {} in all", -missing)
    };
    let kept = match theirs.iter().sum::<f64>() {
        kept if missing > 0.0 && (kept - missing).abs() < 1e-9 => {
            let has = if rejected.len() == 1 { "has as much, but is" } else { "have as much, but are" };
            format!(" ({} {has} rejected)", ids(scenario, &rejected))
        }
        _ => String::new(),
    };
    format!("{by}{kept}, or remove every prior: then all start equal")
}

/// Returns a sum without the noise of binary fractions: 0.9, not 0.8999999999999999.
fn rounded(sum: f64) -> f64 {
    (sum * 1e9).round() / 1e9
}

/// Returns help that lists the existing ids, if there are few. `what` names them, such as "hypotheses".
#[must_use]
pub fn choices<'a>(what: &str, ids: impl Iterator<Item = &'a str>) -> Option<String> {
    let ids: Vec<_> = ids.collect();
    match ids.len() {
        0 => Some(format!("the file has no {what}")),
        1..=12 => Some(format!("the {what} are {}", ids.join(", "))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Hypothesis, HypothesisId, Status, inconsistencies};

    /// Returns message and help for these priors; the hypotheses at the positions in `rejected` are rejected.
    fn said(priors: &[Option<f64>], rejected: &[usize]) -> String {
        let mut scenario = Scenario::new("t");
        for (at, prior) in priors.iter().enumerate() {
            let mut h = Hypothesis::new(HypothesisId::parse(&format!("h{at}")).unwrap(), "n");
            h.prior = *prior;
            h.status = rejected.contains(&at).then_some(Status::Rejected);
            scenario.hypotheses.push(h);
        }
        let found = describe(&scenario, &inconsistencies(&scenario)[0]);
        format!("{}: {}", found.message, found.help.unwrap())
    }

    #[test]
    fn priors_that_do_not_sum_say_what_is_left() {
        insta::assert_snapshot!(said(&[Some(0.3), Some(0.5)], &[]), @"the priors of the active hypotheses sum to 0.8, not to 1: raise them by 0.2 in all, or remove every prior: then all start equal");
        insta::assert_snapshot!(said(&[Some(0.6), Some(0.5)], &[]), @"the priors of the active hypotheses sum to 1.1, not to 1: lower them by 0.1 in all, or remove every prior: then all start equal");
        insta::assert_snapshot!(said(&[Some(0.3), Some(0.5), Some(0.2)], &[2]), @"the priors of the active hypotheses sum to 0.8, not to 1: raise them by 0.2 in all (h2 has as much, but is rejected), or remove every prior: then all start equal");
        insta::assert_snapshot!(said(&[Some(0.8), Some(0.1), Some(0.1)], &[1, 2]), @"the priors of the active hypotheses sum to 0.8, not to 1: raise them by 0.2 in all (h1, h2 have as much, but are rejected), or remove every prior: then all start equal");
    }

    #[test]
    fn missing_priors_are_named_but_do_not_flood() {
        insta::assert_snapshot!(said(&[Some(0.7), None], &[]), @"no prior for h1: give it the 0.3 that is left to 1, or remove every prior: then all start equal");
        insta::assert_snapshot!(said(&[Some(0.5), None, Some(0.5)], &[]), @"no prior for h1: the others sum to 1 already: lower them too, or remove every prior: then all start equal");
        let many: Vec<_> = (0..20).map(|at| (at == 0).then_some(0.25)).collect();
        insta::assert_snapshot!(said(&many, &[]), @"no prior for h1, h2, h3, h4, h5, h6, h7, h8 and 11 more: give them the 0.75 that is left to 1, or remove every prior: then all start equal");
    }
}
