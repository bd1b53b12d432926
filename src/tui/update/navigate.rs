//! Moving about the matrix.

use crate::tui::guide::Step;
use crate::tui::keymap::Motion;
use crate::tui::layout::layout;
use crate::tui::state::{Cursor, State};

/// Moves the cursor.
pub(super) fn go(state: &mut State, motion: Motion) {
    let page = layout(state).map_or(1, |layout| layout.row_count());
    let (rows, columns) =
        (state.window.rows.len().saturating_sub(1), state.window.columns.len().saturating_sub(1));
    let cursor = &mut state.window.cursor;
    match motion {
        Motion::Up => cursor.row = cursor.row.saturating_sub(1),
        Motion::Down => cursor.row = (cursor.row + 1).min(rows),
        Motion::Left => cursor.column = cursor.column.saturating_sub(1),
        Motion::Right => cursor.column = (cursor.column + 1).min(columns),
        Motion::PageUp => cursor.row = cursor.row.saturating_sub(page),
        Motion::PageDown => cursor.row = (cursor.row + page).min(rows),
        Motion::HalfPageUp => cursor.row = cursor.row.saturating_sub((page / 2).max(1)),
        Motion::HalfPageDown => cursor.row = (cursor.row + (page / 2).max(1)).min(rows),
        Motion::FirstRow => cursor.row = 0,
        Motion::LastRow => cursor.row = rows,
        Motion::FirstColumn => cursor.column = 0,
        Motion::LastColumn => cursor.column = columns,
        Motion::NextBlank => blank(state, true),
        Motion::PreviousBlank => blank(state, false),
    }
}

/// Goes to the next blank cell, along the row first, from the last to the first.
fn blank(state: &mut State, forward: bool) {
    match next_blank(state, forward) {
        Some(cursor) => state.window.cursor = cursor,
        None => state.report("no blank cells"),
    }
}

/// Returns the next blank cell, along the row first, from the last to the first; `None` if there is none.
pub(super) fn next_blank(state: &State, forward: bool) -> Option<Cursor> {
    let (height, width) = (state.window.rows.len(), state.window.columns.len());
    let cells = height * width;
    let from = state.window.cursor.row * width + state.window.cursor.column;
    (1..=cells)
        .map(|step| if forward { (from + step) % cells } else { (from + cells - step) % cells })
        .map(|at| Cursor { row: at / width, column: at % width })
        .find(|cursor| is_blank(state, *cursor))
}

/// Goes to the item that the guide names, and from an item that the lead rests on to the next of these.
pub(super) fn critical(state: &mut State) {
    let count = state.window.rows.len();
    let from = state.window.cursor.row;
    let named = state.guided().and_then(Step::item).map(str::to_owned);
    let is_named = |at: usize| {
        let id = state.scenario().evidence.get(at).map(|item| item.id.as_str());
        id.is_some() && id == named.as_deref()
    };
    let fragility = state.derived.fragility.as_ref().filter(|_| !state.window.blind);
    let is_critical = |at: usize| fragility.is_some_and(|known| known.rows.contains(&at));
    let next = |wanted: &dyn Fn(usize) -> bool| {
        let rows = (1..=count).map(|step| (from + step) % count);
        rows.into_iter().find(|row| state.window.rows.get(*row).is_some_and(|at| wanted(*at)))
    };
    let is_on_critical = state.window.rows.get(from).is_some_and(|at| is_critical(*at));
    let named = next(&is_named).filter(|row| *row != from && !is_on_critical);
    match named.or_else(|| next(&is_critical)) {
        Some(row) => state.window.cursor.row = row,
        None => state.report("the lead rests on no single item in sight"),
    }
}

/// Whether a cell is to be rated: blank, of an item that counts and of a hypothesis that needs ratings.
fn is_blank(state: &State, cursor: Cursor) -> bool {
    let (Some(at), Some(column)) =
        (state.window.rows.get(cursor.row), state.window.columns.get(cursor.column))
    else {
        return false;
    };
    let matrix = &state.derived.scores.matrix;
    let counts = matrix.row_of(*at).is_some_and(|row| !matrix.is_unsearched(row));
    let item = state.scenario().evidence.get(*at);
    counts && !matrix.is_residual(*column) && item.is_some_and(|item| item.ratings.rating(*column).is_none())
}
