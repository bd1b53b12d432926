//! `estimate-after-outcome`: an estimate that was made when the truth was known.

use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Estimate, ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "estimate-after-outcome",
    "An estimate is dated on or after the day on which the outcome became known. It is kept and shown, but never scored.",
    run,
)
.citing("Fischhoff, Hindsight is not equal to foresight (1975).");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(outcome) = context.scenario.outcome.date else { return Vec::new() };
    let late = |(at, estimate): (usize, &Estimate)| {
        let day = estimate.date?.last_day();
        if day < outcome.first_day() || context.until.is_some_and(|until| day > until) {
            return None;
        }
        let message =
            format!("{} was made when the outcome was known ({outcome}), so it is not scored", estimate.id);
        let place = Subject::ItemField(ItemKind::Estimate, at, "date");
        Some(CHECK.finding(place, message).help("correct the date, if it is wrong"))
    };
    context.scenario.estimates.iter().enumerate().filter_map(late).collect()
}
