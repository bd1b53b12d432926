//! Inconsistencies of a scenario, said as diagnostics.

use super::{Code, Diagnostic, Place, did_you_mean};
use crate::scenario::{Inconsistency, ItemKind, Scenario, Subject};

/// What to do about a conflict.
pub const CONFLICT_HELP: &str = "settle it with `ach resolve FILE`";

/// The diagnostic of one inconsistency of this scenario.
#[must_use]
pub fn describe(scenario: &Scenario, fault: &Inconsistency) -> Diagnostic {
    let prior = |at: usize| Place::Subject(Subject::ItemField(ItemKind::Hypothesis, at, "prior"));
    let hypothesis_ids = || scenario.hypotheses.iter().map(|h| h.id.as_str());
    match fault {
        Inconsistency::PriorMissing { without, with } => {
            let at = without.first().copied().unwrap_or_default();
            let ids: Vec<_> =
                without.iter().filter_map(|at| scenario.hypotheses.get(*at)).map(|h| h.id.as_str()).collect();
            let place = Place::Subject(Subject::Item(ItemKind::Hypothesis, at));
            Diagnostic::new(Code::PRIORS, place, format!("no prior for {}", ids.join(", ")))
                .expected("expected a prior here too")
                .also(prior(*with), "since this hypothesis has one")
                .help("give every active hypothesis a prior, or none")
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
            places.fold(found, |found, at| found.also(prior(*at), ""))
        }
        Inconsistency::UnknownHypothesis { subject, entry, id } => {
            let place = entry.map_or(Place::Subject(*subject), |at| Place::Entry(*subject, at));
            Diagnostic::new(Code::UNKNOWN_HYPOTHESIS, place, format!("unknown hypothesis \"{id}\""))
                .expected("expected the id of a hypothesis")
                .maybe_help(
                    did_you_mean(id, hypothesis_ids()).or_else(|| choices("hypotheses", hypothesis_ids())),
                )
        }
        Inconsistency::UnknownSource { subject, entry, id } => {
            let ids = || scenario.sources.iter().map(|s| s.id.as_str());
            Diagnostic::new(
                Code::UNKNOWN_SOURCE,
                Place::Entry(*subject, *entry),
                format!("unknown source \"{id}\""),
            )
            .expected("expected the id of a [[source]]")
            .maybe_help(did_you_mean(id, ids()).or_else(|| choices("sources", ids())))
        }
        Inconsistency::Conflict { subject, fields } => {
            let what = match (subject, fields.as_slice()) {
                (Subject::Cell { .. }, _) => "both sides of a merge rated this cell".to_owned(),
                (_, []) => "one side of a merge deleted what the other edited".to_owned(),
                (_, fields) => format!("both sides of a merge changed {}", fields.join(", ")),
            };
            Diagnostic::new(Code::CONFLICT, Place::Subject(*subject), what).help(CONFLICT_HELP)
        }
    }
}

/// A sum without the noise of binary fractions: 0.9, not 0.8999999999999999.
fn rounded(sum: f64) -> f64 {
    (sum * 1e9).round() / 1e9
}

/// Help that lists the ids there are, where they are few: `what` names them, such as "hypotheses".
#[must_use]
pub fn choices<'a>(what: &str, ids: impl Iterator<Item = &'a str>) -> Option<String> {
    let ids: Vec<_> = ids.collect();
    match ids.len() {
        0 => Some(format!("the file has no {what}")),
        1..=12 => Some(format!("the {what} are {}", ids.join(", "))),
        _ => None,
    }
}
