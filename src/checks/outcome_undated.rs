//! `outcome-undated`: a true hypothesis without the day on which that became known.

use super::{Check, Context};
use crate::diagnostic::{Code, Diagnostic, Doc, Place};
use crate::scenario::Subject;

pub(super) const CHECK: Check = Check {
    doc: Doc {
        code: Code::warning("outcome-undated"),
        text: "The outcome names what was true, but not when that became known. So later evidence cannot be kept out of the comparison, and undated estimates cannot be told from hindsight.",
        source: Some("Fischhoff, Hindsight is not equal to foresight (1975)."),
    },
    run,
};

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let outcome = &context.scenario.outcome;
    if outcome.hypothesis.is_none() || outcome.date.is_some() {
        return Vec::new();
    }
    let place = Place::Subject(Subject::ScenarioField("outcome.hypothesis"));
    let found = Diagnostic::new(CHECK.doc.code, place, "the outcome does not say when it became known");
    vec![found.help("add `date` to [outcome]: what counts is what was known the day before")]
}
