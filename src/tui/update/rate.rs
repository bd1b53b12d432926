//! Rating the cell under the cursor.

use super::{apply, navigate};
use crate::change::{Change, Refused, make};
use crate::scenario::{EvidenceId, HypothesisId, Rating, Scenario};
use crate::tui::settings::Advance;
use crate::tui::state::{Cursor, Speech, State};

/// Rates the cell under the cursor; `None` blanks it.
pub(super) fn rate(state: &mut State, rating: Option<Rating>) {
    let (Some((row, _)), Some((column, _))) = (state.item(), state.hypothesis()) else {
        return state.refuse(no_cell(state));
    };
    if state.recall.end == Some(state.window.cursor) {
        let why = "the last cell was rated, and the cursor could not go on: move it to rate more";
        return state.refuse(why);
    }
    let changes = make::rate_all(state.scenario(), [(row, column)], rating);
    state.recall.rating = Some(rating);
    state.session.history.look_near(row);
    apply::apply(state, &changes);
    if !matches!(state.said, Some((Speech::Refused, _))) {
        advance(state);
    }
}

/// Goes on to the next cell as the settings say. After the last one the cursor stays, and ratings are refused until it
/// moves.
fn advance(state: &mut State) {
    let Cursor { row, column } = state.window.cursor;
    let (rows, columns) = (state.window.rows.len(), state.window.columns.len());
    let next = match state.settings.advance {
        Advance::Stay => return,
        Advance::Row if column + 1 < columns => Some(Cursor { row, column: column + 1 }),
        Advance::Row => Some(Cursor { row: row + 1, column: 0 }),
        Advance::Column if row + 1 < rows => Some(Cursor { row: row + 1, column }),
        Advance::Column => Some(Cursor { row: 0, column: column + 1 }),
        Advance::Blank => navigate::next_blank(state, true),
    };
    match next.filter(|next| next.row < rows && next.column < columns) {
        Some(next) => state.window.cursor = next,
        None => {
            state.recall.end = Some(state.window.cursor);
            let end = if state.settings.advance == Advance::Blank {
                "no blank cells are left"
            } else {
                "this is the last cell"
            };
            state.report(end);
        }
    }
}

/// Returns the changes that rate a cell. Blanking it takes its confidence away too.
pub(super) fn changes(
    scenario: &Scenario,
    item: &EvidenceId,
    hypothesis: &HypothesisId,
    rating: Option<Rating>,
) -> Result<Vec<Change>, Refused> {
    match rating {
        Some(_) => Ok(make::set_rating(scenario, item, hypothesis, rating)?.into_iter().collect()),
        None => make::blank(scenario, item, hypothesis),
    }
}

fn no_cell(state: &State) -> &'static str {
    if state.window.is_filtered() {
        "there is no cell to rate: the filter hides every item"
    } else {
        "there is no cell to rate yet: it takes an item and a hypothesis"
    }
}

/// Moves the rating of the cell up or down the scale; a blank or NA starts from N.
pub(super) fn step(state: &mut State, step: i8) {
    let rating =
        state.item().zip(state.hypothesis()).and_then(|((_, item), (at, _))| item.ratings.rating(at));
    rate(state, stepped(rating, step));
}

/// Returns the rating so many steps nearer to CC, or at the end of the scale.
pub(super) fn stepped(rating: Option<Rating>, by: i8) -> Option<Rating> {
    let value = rating.and_then(Rating::value).unwrap_or_default() + by;
    Rating::from_value(value.clamp(-2, 2))
}

/// Rates the cell as the last one was rated.
pub(super) fn repeat(state: &mut State) {
    match state.recall.rating {
        Some(rating) => rate(state, rating),
        None => state.refuse("no rating to repeat yet"),
    }
}
