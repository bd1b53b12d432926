//! `preregistered-changed`: a rating that is another than was said before the indicator was seen.

use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Indicator, IndicatorStatus, ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "preregistered-changed",
    "An indicator was rated before it was observed, and the item that it became has another rating now. What an event means is best settled before it happens; afterwards it is easily read as one would like. A note on the item's cell that gives the reason answers this.",
    run,
)
.citing("Nosek and others, The preregistration revolution (2018).");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let scenario = context.scenario;
    let mut found = Vec::new();
    let is_observed = |indicator: &&Indicator| indicator.status() == IndicatorStatus::Observed;
    for indicator in scenario.indicators.iter().filter(is_observed) {
        let item = scenario.evidence.iter().position(|item| item.id.as_str() == indicator.id.as_str());
        let Some((at, item)) = item.and_then(|at| Some((at, scenario.evidence.get(at)?))) else { continue };
        for (hypothesis, said) in indicator.ratings.iter().filter_map(|(at, cell)| Some((at, cell.rating?))) {
            let cell = item.ratings.get(hypothesis);
            let now = cell.and_then(|cell| cell.rating);
            let is_answered = cell.is_some_and(|cell| cell.note().is_some());
            let Some(id) = scenario.hypotheses.get(hypothesis).map(|h| h.id.as_str()) else { continue };
            if now == Some(said) || is_answered {
                continue;
            }
            let now = now.map_or_else(|| "blank".to_owned(), |rating| rating.to_string());
            let message = format!("{} / {id} is {now}; before it was seen it was rated {said}", item.id);
            let place = Subject::Cell { kind: ItemKind::Evidence, item: at, hypothesis };
            let help = "say why in the note of the cell, or rate it as before";
            found.push(CHECK.finding(place, message).help(help));
        }
    }
    found
}
