//! `estimate-stale`: an estimate that was made before some of the evidence.

use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::engine::Estimates;
use crate::scenario::{ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "estimate-stale",
    "Items of evidence are dated after somebody's last estimate. It still counts; only its author knows whether the new evidence would change it.",
    run,
);

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let scenario = context.scenario;
    let estimates = Estimates::new(scenario, context.until);
    let tell = |(position, found): (usize, &crate::engine::EstimateFigures)| {
        let since = estimates.since(scenario, &context.matrix, position)?;
        let estimate = scenario.estimates.get(found.at)?;
        let items = match since.as_slice() {
            [] => return None,
            [only] => format!("{} is", scenario.evidence.get(*only)?.id),
            several => format!("{} items are", several.len()),
        };
        let message = format!("{items} dated after {}", estimate.id);
        let place = Subject::ItemField(ItemKind::Estimate, found.at, "date");
        Some(CHECK.finding(place, message).help("ask its author again: ach estimate FILE --ask"))
    };
    estimates.all.iter().enumerate().filter(|(_, found)| found.is_latest).filter_map(tell).collect()
}
