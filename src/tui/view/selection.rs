//! The line about a selection: its size, its ratings, and who would lead if all of them were rated alike.

use crate::present::words::{count, grouped, list};
use crate::scenario::{Hypothesis, Rating, Scenario};
use crate::text::width;
use crate::tui::fragility::AT_ONCE;
use crate::tui::scores::Scores;
use crate::tui::selection::Block;
use crate::tui::state::State;
use crate::tui::step::tally;

/// The keys that act on a selection, besides those that rate from CC to II.
pub(super) const KEYS: &str =
    "x Space all  o confidence  [ ] { } weight  y copy  d delete  V rows, columns  Esc drop";

/// Returns what is selected, with who would lead where that fits.
pub(super) fn summary(state: &State, block: &Block, columns: usize) -> String {
    let (rows, across) = block.size();
    let size = format!("{} x {}", count(rows, "item", "items"), count(across, "hypothesis", "hypotheses"));
    let cells = state.window.selected_cells();
    let ratings =
        cells.iter().map(|(row, column)| state.scenario().evidence.get(*row)?.ratings.rating(*column));
    let said = format!("{size}: {}", tally(ratings.clone()));
    // Telling it of blank cells would ask which answer one would like to be true.
    if state.window.blind || ratings.clone().any(|rating| rating.is_none()) {
        return said;
    }
    let full = outcomes(state, &cells).map(|outcomes| format!("{said}.  {outcomes}"));
    full.filter(|full| width(full) <= columns).unwrap_or(said)
}

/// Returns who would lead for each rating of all these cells, alike outcomes together; `None` in a large scenario.
fn outcomes(state: &State, cells: &[(usize, usize)]) -> Option<String> {
    let scenario = state.scenario();
    if scenario.evidence.len() * scenario.hypotheses.len() > AT_ONCE {
        return None;
    }
    let now = &state.derived.scores.ranking.leaders;
    let outcome = |rating: Rating| {
        let mut tried = scenario.clone();
        for (row, column) in cells {
            let item = tried.evidence.get_mut(*row)?;
            let mut cell = item.ratings.get(*column).cloned().unwrap_or_default();
            cell.rating = Some(rating);
            item.ratings.set(*column, cell);
        }
        let scores = Scores::new(&tried, state.window.method, state.window.as_of);
        Some((scores.ranking.leaders, rating.as_str()))
    };
    let outcomes = grouped(Rating::SCALE.into_iter().filter_map(outcome));
    let told = outcomes.iter().map(|(leaders, words)| {
        let who = if leaders == now { "as now".to_owned() } else { lead(scenario, leaders) };
        format!("{}: {who}", words.join(" "))
    });
    Some(told.collect::<Vec<_>>().join("   "))
}

fn lead(scenario: &Scenario, leaders: &[usize]) -> String {
    let names: Vec<&str> =
        leaders.iter().filter_map(|at| scenario.hypotheses.get(*at)).map(Hypothesis::header).collect();
    match names.as_slice() {
        [] => "nobody leads".into(),
        [one] => format!("{one} leads"),
        several => format!("{}, level", list(several)),
    }
}
