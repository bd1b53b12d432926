//! `non-diagnostic-indicator`: an indicator that would tell the hypotheses apart no better than chance.

use super::{Check, Context, is_alike};
use crate::diagnostic::Diagnostic;
use crate::engine::RatingCode;
use crate::scenario::{Hypothesis, Indicator, IndicatorStatus, ItemKind, Rating, Subject};

pub(super) const CHECK: Check = Check::warning(
    "non-diagnostic-indicator",
    "A pending indicator is rated alike for every active hypothesis, so that seeing it would tell nothing by itself. If it is worth watching together with others, say so in its note.",
    run,
)
.citing("Pherson, The Indicators Validator, in Heuer and Pherson, Structured Analytic Techniques for Intelligence Analysis (2014).");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let hypotheses = context.scenario.hypotheses.iter().enumerate();
    let active: Vec<usize> =
        hypotheses.filter(|(_, h): &(usize, &Hypothesis)| h.is_active()).map(|(at, _)| at).collect();
    let tell = |(at, indicator): (usize, &Indicator)| {
        let is_pending = indicator.status() == IndicatorStatus::Pending;
        let ratings: Option<Vec<Rating>> = active.iter().map(|at| indicator.ratings.rating(*at)).collect();
        let ratings = ratings.filter(|ratings| is_pending && ratings.len() > 1)?;
        let first = *ratings.first()?;
        if !is_alike(ratings.iter().copied().map(RatingCode::from)) {
            return None;
        }
        let is_one = ratings.iter().all(|rating| *rating == first);
        let rated = if is_one { first.to_string() } else { "N or NA".to_owned() };
        let message = format!(
            "{} would tell nothing by itself: it is rated {rated} for every hypothesis",
            indicator.id
        );
        let place = Subject::Item(ItemKind::Indicator, at);
        let help = "look for an event that one hypothesis expects and another does not; it may still be worth watching with others";
        Some(CHECK.finding(place, message).help(help))
    };
    context.scenario.indicators.iter().enumerate().filter_map(tell).collect()
}
