//! The lists of sources and indicators over the matrix, and their keys. A form or a question that is opened from a list
//! leads back to it.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::{apply, edit, form, save};
use crate::change::{Change, Listed, Refused, make};
use crate::present::target::{by_kind, ids};
use crate::scenario::{ItemKind, Scenario};
use crate::tui::keymap::{self, Action, Motion};
use crate::tui::mode::{Mode, OpenList};
use crate::tui::state::{Speech, State};
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
            return act(state, listing, |state, id| form::open_item(state, kind, Some(id)));
        }
        (_, Some(Action::AddItem)) => {
            // A new item is the last one.
            state.recall.list = Some(OpenList { kind, at: count });
            return form::open_item(state, kind, None);
        }
        (_, Some(Action::DeleteItem)) => {
            return act(state, listing, |state, id| {
                let change = by_kind!(kind, removal(state.scenario(), id));
                edit::ask(state, change);
            });
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

/// Does something with the chosen item.
fn act(state: &mut State, listing: OpenList, act: impl FnOnce(&mut State, &str)) {
    let id = ids(state.scenario(), listing.kind).get(listing.at).map(|id| (*id).to_owned());
    match id {
        Some(id) => {
            state.recall.list = Some(listing);
            act(state, &id);
        }
        None => state.say(Speech::Refused, format!("there is no {} yet", listing.kind)),
    }
}

/// Returns the change that deletes an item of a kind and the references to it.
fn removal<T: Listed>(scenario: &Scenario, id: &str) -> Result<Change, Refused> {
    let id = T::parse_id(id).ok_or_else(|| Refused::Unknown(T::KIND, id.to_owned()))?;
    make::remove::<T>(scenario, &id)
}

/// Scrolls by some lines.
pub(super) fn scroll(state: &mut State, listing: OpenList, by: i16) {
    let last = ids(state.scenario(), listing.kind).len().saturating_sub(1);
    let at = listing.at.saturating_add_signed(isize::from(by)).min(last);
    state.mode = Mode::List(OpenList { at, ..listing });
}
