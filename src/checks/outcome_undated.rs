//! `outcome-undated`: a true hypothesis without the day on which that became known.

use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::Subject;

pub(super) const CHECK: Check = Check::warning(
    "outcome-undated",
    "The outcome names what was true, but not when that became known. So later evidence cannot be kept out of the comparison, and undated estimates cannot be told from hindsight.",
    run,
)
.citing("Fischhoff, Hindsight is not equal to foresight (1975).");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let outcome = &context.scenario.outcome;
    if outcome.hypothesis.is_none() || outcome.date.is_some() {
        return Vec::new();
    }
    let place = Subject::ScenarioField("outcome.hypothesis");
    let found = CHECK.finding(place, "the outcome does not say when it became known");
    vec![found.help("add `date` to [outcome]: what counts is what was known the day before")]
}
