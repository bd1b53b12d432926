//! The lists of sources and indicators over the matrix, and their keys. A form or a question that is opened from a list
//! leads back to it.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::edit::ask;
use super::{apply, form, save};
use crate::present::target::{by_kind, ids};
use crate::scenario::ItemKind;
use crate::tui::keymap::{self, Action, Motion};
use crate::tui::mode::{Mode, OpenList};
use crate::tui::state::State;
use crate::tui::view::list_height;

/// Opens the list of a kind.
pub(super) fn open(state: &mut State, kind: ItemKind) {
    state.mode = Mode::List(OpenList { kind, at: 0 });
}

/// Takes a key in a list.
pub(super) fn pressed(state: &mut State, listing: OpenList, event: KeyEvent) {
    let OpenList { kind, at } = listing;
    let count = ids(state.scenario(), kind).len();
    let last = count.saturating_sub(1);
    let page = list_height(state).max(1);
    let none = format!("there is no {kind} yet");
    let to = match (event.code, keymap::action(event, &state.bound)) {
        (KeyCode::Esc, _) | (_, Some(Action::Quit)) => {
            (state.mode, state.recall.list) = (Mode::Matrix, None);
            return;
        }
        (_, Some(Action::Move(Motion::Up))) => at.saturating_sub(1),
        (_, Some(Action::Move(Motion::Down))) => at + 1,
        (_, Some(Action::Move(Motion::PageUp))) => at.saturating_sub(page),
        (_, Some(Action::Move(Motion::PageDown))) => at + page,
        (_, Some(Action::Move(Motion::FirstRow | Motion::FirstColumn))) => 0,
        (_, Some(Action::Move(Motion::LastRow | Motion::LastColumn))) => last,
        (_, Some(Action::EditCell | Action::EditItem)) => {
            let Some(id) = ids(state.scenario(), kind).get(at).map(|id| (*id).to_owned()) else {
                return state.refuse(none);
            };
            state.recall.list = Some(listing);
            return form::open_item(state, kind, Some(&id));
        }
        (_, Some(Action::AddItem)) => {
            // A new item is the last one.
            state.recall.list = Some(OpenList { kind, at: count });
            return form::open_item(state, kind, None);
        }
        (_, Some(Action::DeleteItem)) => {
            state.recall.list = Some(listing);
            return by_kind!(kind, ask(state, &[at], &none));
        }
        (_, Some(Action::Undo)) => {
            apply::undo(state);
            at
        }
        (_, Some(Action::Redo)) => {
            apply::redo(state);
            at
        }
        (_, Some(Action::Save)) => return save::save(state, false),
        _ => at,
    };
    let last = ids(state.scenario(), kind).len().saturating_sub(1);
    state.mode = Mode::List(OpenList { kind, at: to.min(last) });
}

/// Scrolls by some lines.
pub(super) fn scroll(state: &mut State, listing: OpenList, by: i16) {
    let last = ids(state.scenario(), listing.kind).len().saturating_sub(1);
    let at = listing.at.saturating_add_signed(isize::from(by)).min(last);
    state.mode = Mode::List(OpenList { at, ..listing });
}
