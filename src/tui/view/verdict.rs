//! The conclusion in one line: who leads, by how much, on what, and whether that is provisional.

use crate::engine;
use crate::present::Conclusion;
use crate::present::words::{count, list};
use crate::scenario::{Hypothesis, LeadClaim};
use crate::text::width;
use crate::tui::state::State;

/// Most names in one sentence; more are counted instead.
const MOST_NAMES: usize = 4;

/// How much is said of a lead, the most first. What makes it provisional is never left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum VerdictDetail {
    /// With the kind of lead, what it rests on, and the reasons why it is provisional.
    Full,
    /// Without the reasons.
    Medium,
    /// Without the kind of lead either.
    Short,
    /// Nor with what it rests on.
    Brief,
}

impl VerdictDetail {
    const ALL: [Self; 4] = [Self::Full, Self::Medium, Self::Short, Self::Brief];
}

/// The words for a hypothesis.
type HypothesisWords = fn(&Hypothesis) -> &str;

/// Returns the conclusion in so many columns if that is possible: by full names if they fit, else by the headers of the
/// columns, and with fewer details.
pub(super) fn conclusion(state: &State, columns: usize) -> String {
    let names: [HypothesisWords; 2] = [|hypothesis| &hypothesis.name, Hypothesis::header];
    let brief = || verdict(state, Hypothesis::header, VerdictDetail::Brief, "");
    fitting(state, &names, columns).unwrap_or_else(brief)
}

/// Returns the conclusion beside the sentence about a change; `None` where it does not fit, or there is no sole leader.
pub(super) fn beside(state: &State, columns: usize) -> Option<String> {
    let ranking = &state.derived.scores.ranking;
    if state.window.blind || ranking.leaders.len() != 1 || ranking.margin.is_none() {
        return None;
    }
    fitting(state, &[Hypothesis::header], columns)
}

/// Returns the first conclusion that fits: of more details before fewer, of longer words for what the lead rests on before
/// shorter ones, and by these names in turn.
fn fitting(state: &State, names: &[HypothesisWords], columns: usize) -> Option<String> {
    let unknown = [String::new()];
    let supports = Some(rests_on(state)).filter(|supports| !supports.is_empty()).unwrap_or(&unknown);
    let verdicts = VerdictDetail::ALL.iter().flat_map(|detail| {
        supports.iter().flat_map(move |support| names.iter().map(move |name| (*detail, support, *name)))
    });
    let mut verdicts = verdicts.map(|(detail, support, name)| verdict(state, name, detail, support));
    verdicts.find(|verdict| width(verdict) <= columns)
}

fn verdict(state: &State, name: HypothesisWords, detail: VerdictDetail, support: &str) -> String {
    let scenario = state.scenario();
    if state.window.blind {
        return "blind mode: rate by the evidence alone".into();
    }
    if scenario.evidence.is_empty() || scenario.hypotheses.is_empty() {
        return "nothing to conclude yet".into();
    }
    let scores = &state.derived.scores;
    let ranking = &scores.ranking;
    let names: Vec<&str> =
        ranking.leaders.iter().filter_map(|at| scenario.hypotheses.get(*at)).map(name).collect();
    let standing = if detail <= VerdictDetail::Medium { standing(state) } else { "" };
    let support = if detail == VerdictDetail::Brief || support.is_empty() {
        String::new()
    } else {
        format!("; {support}")
    };
    let tail = format!("{support}{}", provisional(state, detail == VerdictDetail::Full));
    let conclusion = Conclusion { scenario, matrix: &scores.matrix, ranking };
    match (names.as_slice(), conclusion.margin()) {
        ([], _) => match &scores.inconsistency {
            Some(why) => format!("no posteriors: {why}"),
            None if scores.matrix.active().next().is_none() => "every hypothesis is rejected".into(),
            None => "no hypothesis is rated yet".into(),
        },
        ([one], Some(margin)) => format!("{one} leads by {margin}{standing}{tail}"),
        ([one], None) => format!("{one} leads unopposed{tail}"),
        (many, _) if many.len() > MOST_NAMES => {
            format!("{} hypotheses are level{standing}{tail}", many.len())
        }
        (several, _) => format!("{} are level{standing}{tail}", list(several)),
    }
}

/// Returns the kind of lead that the method gives, with a comma before it.
pub(crate) fn standing(state: &State) -> &'static str {
    let ranking = &state.derived.scores.ranking;
    let best = ranking.leaders.first().and_then(|at| ranking.score(*at));
    match state.window.method.claim() {
        LeadClaim::LeastContradicted => ", least contradicted",
        LeadClaim::BestSupported if best.is_some_and(|score| score > 0.0) => ", best supported",
        LeadClaim::BestSupported => "",
        LeadClaim::MostProbable if state.scenario().hypotheses.iter().any(|h| h.prior.is_some()) => {
            ", most probable on the priors given"
        }
        LeadClaim::MostProbable => ", most probable on even priors",
    }
}

/// Returns what the lead rests on, in phrases of falling length, if that is known for the present version.
fn rests_on(state: &State) -> &[String] {
    let key = state.fragility_key();
    let known = state.derived.fragility.as_ref().filter(|known| known.key == key);
    known.map(|known| known.rests_on.as_slice()).unwrap_or_default()
}

/// Returns the word for a provisional conclusion, with its reasons if asked for; empty for one that is not.
fn provisional(state: &State, with_reasons: bool) -> String {
    let scores = &state.derived.scores;
    let Some(found) = engine::provisional(&scores.matrix, &scores.ranking) else { return String::new() };
    if !with_reasons {
        return "; provisional".to_owned();
    }
    let header = |at: usize| state.scenario().hypotheses.get(at).map_or("", Hypothesis::header);
    let blank: usize = found.leaders.iter().map(|gaps| gaps.blank).sum();
    let mut reasons = Vec::new();
    if blank > 0 {
        reasons.push(format!("{} unrated", count(blank, "cell", "cells")));
    } else if let Some(gaps) = found.leaders.first() {
        let (name, items) = (header(gaps.hypothesis), count(found.items, "item", "items"));
        reasons.push(format!("{name} is rated CC to II in {} of {items} only", gaps.on_scale));
    }
    match found.unrated.as_slice() {
        [] => {}
        [one] => reasons.push(format!("{} is not rated yet", header(*one))),
        several => reasons.push(format!("{} hypotheses are not rated yet", several.len())),
    }
    format!("; provisional: {}", reasons.join(", "))
}
