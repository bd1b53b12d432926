//! `estimate-incoherent`: an estimate that does not add up.

use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::engine::Estimates;
use crate::scenario::{ItemKind, Subject};

/// Distance of a sum from 1 that is told.
const FAR: f64 = 0.05;
/// The rounding error that sums of decimal fractions may have.
const NOISE: f64 = 1e-9;

pub(super) const CHECK: Check = Check::warning(
    "estimate-incoherent",
    "The probabilities that somebody states do not add up to 1. That is usual: the nearest probabilities that do are taken for the mean. Those that become 0 by this are named, since that may not be what was meant.",
    run,
)
.citing("Mandel, Karvetski and Dhami, Boosting intelligence analysts' judgment accuracy: What works, what fails? (2018).");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let scenario = context.scenario;
    let estimates = Estimates::new(scenario, context.until);
    let standing = estimates.all.iter().filter(|found| found.is_latest && found.is_complete());
    let far = standing.filter(|found| !found.stated.is_empty() && (found.sum - 1.0).abs() > FAR + NOISE);
    let tell = |found: &crate::engine::EstimateFigures| {
        let estimate = scenario.estimates.get(found.at)?;
        let zeroed = found.zeroed().into_iter();
        let zeroed: Vec<&str> =
            zeroed.filter_map(|at| Some(scenario.hypotheses.get(at)?.id.as_str())).collect();
        let percent = (found.sum * 1000.0).round() / 10.0;
        let taken = if zeroed.is_empty() {
            String::new()
        } else {
            format!(", which takes {} to 0", zeroed.join(", "))
        };
        let message =
            format!("{} adds up to {percent}%: the nearest that add up to 100% count{taken}", estimate.id);
        let place = Subject::Item(ItemKind::Estimate, found.at);
        Some(CHECK.finding(place, message).help("ask again, or leave it: it is read as the nearest"))
    };
    far.filter_map(tell).collect()
}
