//! Pasting into the matrix: asks once what the block is, and makes it one step.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::{apply, find};
use crate::change::{Change, ItemChange};
use crate::text::single_line;
use crate::tui::keymap::answer;
use crate::tui::mode::{Mode, Question};
use crate::tui::paste::{FromHere, Pasted, read};
use crate::tui::state::State;

/// Asks what a pasted text is, or says why it is nothing.
pub(super) fn ask(state: &mut State, text: &str) {
    if let Some(reason) = state.session.read_only.clone().or_else(|| state.looks_back()) {
        return state.refuse(format!("nothing was pasted: {reason}"));
    }
    let (window, cursor) = (&state.window, state.window.cursor);
    let here = FromHere {
        rows: window.rows.get(cursor.row..).unwrap_or_default(),
        columns: window.columns.get(cursor.column..).unwrap_or_default(),
        all_columns: &window.columns,
    };
    match read(state.scenario(), text, &here) {
        Ok(pasted) => state.mode = Mode::Question(Question::Paste(Box::new(pasted))),
        Err(why) => state.refuse(why),
    }
}

/// Asks whether to take in what was read from a file, or says why that is not possible.
pub(super) fn imported(state: &mut State, read: Result<Box<Pasted>, String>) {
    match (read, &state.session.read_only) {
        (Ok(_), Some(reason)) => {
            state.refuse(format!("nothing was imported: {reason}"));
        }
        (Ok(pasted), None) => state.mode = Mode::Question(Question::Paste(pasted)),
        (Err(why), _) => state.refuse(single_line(&why)),
    }
}

/// Takes the answer. Only the keys that are named, and Esc, do something.
pub(super) fn answered(state: &mut State, pasted: &Pasted, event: KeyEvent) {
    if event.code == KeyCode::Esc {
        state.mode = Mode::Matrix;
        let what = if pasted.origin.is_some() { "nothing was imported" } else { "nothing was pasted" };
        return state.report(what);
    }
    let KeyCode::Char(key) = answer(event) else { return };
    let Some(plan) = pasted.plans.iter().find(|plan| plan.key == key) else { return };
    state.mode = Mode::Matrix;
    let is_new = |change: &Change| matches!(change, Change::Evidence(ItemChange::Added(_)));
    let first = plan.changes.iter().any(is_new).then(|| state.scenario().evidence.len());
    apply::apply(state, &plan.changes);
    // The cursor goes to what is new.
    if let Some(first) = first.filter(|first| *first < state.scenario().evidence.len()) {
        find::reveal(state, first);
    }
}
