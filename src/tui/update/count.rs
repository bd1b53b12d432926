//! Counts before a key: moves that are repeated, rows that are gone to, and ratings down a column.

use super::act::run;
use super::{apply, navigate};
use crate::change::make;
use crate::tui::counting::typed;
use crate::tui::keymap::{Action, Motion};
use crate::tui::state::State;

/// Carries out an action as often as was typed before it. A digit makes the count longer.
pub(super) fn run_counted(state: &mut State, action: Action) {
    let count = state.recall.count.take();
    match (action, count) {
        (Action::Digit(0), None) => run(state, Action::Move(Motion::FirstColumn)),
        (Action::Digit(digit), count) => state.recall.count = Some(typed(count, digit)),
        (action, None) => run(state, action),
        (Action::Move(Motion::FirstRow | Motion::LastRow), Some(row)) => {
            state.window.cursor.row = row.saturating_sub(1);
        }
        (Action::Repeat, Some(count)) if state.window.selection.is_none() => {
            repeat_down(state, count);
        }
        (Action::Move(motion), Some(count))
            if !matches!(motion, Motion::FirstColumn | Motion::LastColumn) =>
        {
            (0..count).for_each(|_| run(state, action));
        }
        (Action::Extend(_) | Action::PreviousMatch, Some(count)) => {
            (0..count).for_each(|_| run(state, action));
        }
        (action, Some(count)) => {
            let key = state.key(action);
            state.refuse(format!("{count} means nothing before {key}: a count goes before a move or ."));
        }
    }
}

/// Rates so many cells from the cursor down as the last one was rated, as one step.
fn repeat_down(state: &mut State, count: usize) {
    let (Some(rating), Some((column, _))) = (state.recall.rating, state.hypothesis()) else {
        return state.refuse("no rating to repeat yet");
    };
    let from = state.window.cursor.row;
    let rows: Vec<usize> = state.window.rows.iter().skip(from).take(count).copied().collect();
    let changes = make::rate_all(state.scenario(), rows.iter().map(|row| (*row, column)), rating);
    if changes.is_empty() {
        return state.report("they are rated so already");
    }
    apply::apply(state, &changes);
    for _ in 1..rows.len() {
        navigate::go(state, Motion::Down);
    }
}
