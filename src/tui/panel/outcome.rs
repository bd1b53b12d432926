//! Outcomes: who would lead with each rating of the cell under the cursor.
//!
//! Told of rated cells, and of blank ones only where it was asked for: whoever reads it first is asked which answer one
//! would like to be true.

use super::names;
use crate::engine::{Matrix, RatingCode, WhatIf};
use crate::present::Conclusion;
use crate::present::words::grouped;
use crate::scenario::Rating;
use crate::tui::state::State;

/// Largest number of cells for which outcomes are told without being asked for.
const AT_ONCE: usize = 50_000;

/// Ratings of a cell that have the same outcome.
pub(super) struct Outcome {
    /// The ratings, the present one after a mark.
    pub(super) ratings: String,
    /// Who leads, and by how much.
    pub(super) leaders: String,
}

/// Returns the outcomes of the ratings of the cell under the cursor, those that agree together; none where they are not
/// told.
pub(super) fn outcomes(state: &State) -> Vec<Outcome> {
    let (Some((at, item)), Some((column, hypothesis))) = (state.item(), state.hypothesis()) else {
        return Vec::new();
    };
    let matrix = &state.derived.scores.matrix;
    let rating = item.ratings.rating(column);
    let is_asked = state.window.asked == Some((at, column));
    let cells = matrix.items().len() * matrix.hypothesis_count();
    let is_told = !state.window.blind && hypothesis.is_active() && !matrix.is_residual(column);
    let is_told = is_told && (is_asked || rating.is_some() && cells <= AT_ONCE);
    let Some(row) = matrix.row_of(at).filter(|row| is_told && !matrix.is_unsearched(*row)) else {
        return Vec::new();
    };
    let Some(mut what_if) = WhatIf::new(matrix, state.window.method) else { return Vec::new() };
    let outcomes = grouped(Rating::ALL.iter().map(|option| {
        what_if.change_cell(row, column, RatingCode::from(*option));
        let mark = if rating == Some(*option) { "▸" } else { "" };
        (leaders(state, matrix, &what_if), format!("{mark}{option}"))
    }));
    outcomes.into_iter().map(|(leaders, ratings)| Outcome { ratings: ratings.join(" "), leaders }).collect()
}

/// Returns the leaders of a what-if and their margin, by the headers of their columns.
fn leaders(state: &State, matrix: &Matrix, what_if: &WhatIf<'_>) -> String {
    let ranking = what_if.ranking();
    let who = names::leaders(state, &ranking.leaders);
    let margin = Conclusion { scenario: state.scenario(), matrix, ranking: &ranking }.margin();
    match (ranking.leaders.len(), margin) {
        (1, Some(margin)) => format!("{who}, by {margin}"),
        (1, None) => format!("{who}, unopposed"),
        _ => who,
    }
}
