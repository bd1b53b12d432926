//! `estimate-incomplete`: an estimate that says nothing of a hypothesis.

use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::engine::Estimates;
use crate::scenario::{ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "estimate-incomplete",
    "Somebody's last estimate leaves out an active hypothesis, perhaps because it was added later. The estimate is shown and will be scored, but does not enter the mean, and no older one takes its place. Ask again.",
    run,
);

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let scenario = context.scenario;
    let estimates = Estimates::new(scenario, context.until);
    let tell = |found: &crate::engine::EstimateFigures| {
        let estimate = scenario.estimates.get(found.at)?;
        let missing = found.missing.iter().filter_map(|at| Some(scenario.hypotheses.get(*at)?.id.as_str()));
        let missing = missing.collect::<Vec<_>>().join(", ");
        let message = format!("{} does not state {missing}, so it is not in the mean", estimate.id);
        let place = Subject::Item(ItemKind::Estimate, found.at);
        Some(CHECK.finding(place, message).help("ask its author again: ach estimate FILE --ask"))
    };
    estimates.all.iter().filter(|found| found.is_latest && !found.is_complete()).filter_map(tell).collect()
}
