//! Panels: which one is shown, and whether beside the matrix or over it.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use crate::tui::effect::Effect;
use crate::tui::keymap::{self, Action};
use crate::tui::layout::layout;
use crate::tui::state::{Mode, State};
use crate::tui::view::{PANELS, overlay_area, panel_height};

/// Shows more: the panel that does not fit in its place over the matrix, else the next one.
pub(super) fn next(state: &mut State) {
    if is_cut(state) {
        super::page::enter(state);
    } else {
        turn(state);
    }
}

/// Shows the panel that was chosen: over the matrix where it has no place, or does not fit into it.
pub(super) fn show(state: &mut State) {
    let has_place = layout(state).is_some_and(|layout| layout.panel.is_some());
    if is_page(state) {
        if !has_place {
            super::page::enter(state);
        }
    } else if is_cut(state) {
        state.mode = Mode::Panel(0);
    }
}

fn is_page(state: &State) -> bool {
    PANELS.get(state.panel).is_some_and(|panel| panel.page.is_some())
}

/// Goes on to the next panel from one that was scrolled or gone through.
pub(super) fn turn_over(state: &mut State) {
    turn(state);
    // Where panels have no place at all, the next one lies over the matrix too, until all were seen.
    let placeless = layout(state).is_some_and(|layout| layout.panel.is_none());
    state.mode = Mode::Matrix;
    if placeless && state.panel > 0 {
        super::page::enter(state);
    }
}

fn turn(state: &mut State) {
    state.panel = (state.panel + 1) % PANELS.len();
}

/// Whether the panel has more to say than its place holds; also where it has no place.
pub(super) fn is_cut(state: &State) -> bool {
    let place = layout(state).and_then(|layout| layout.panel);
    place.is_none_or(|area| {
        if is_page(state) {
            super::page::is_cut(state, area.width, area.height)
        } else {
            panel_height(state, area.width) > area.height
        }
    })
}

/// Takes a key while a panel lies over the matrix: it scrolls, turns to the next panel, or closes.
pub(super) fn pressed(state: &mut State, top: u16, event: KeyEvent) -> Vec<Effect> {
    let page = i16::try_from(overlay_area(state).height).unwrap_or(i16::MAX);
    match (event.code, keymap::action(event, &state.bound)) {
        (_, Some(Action::Down)) => scroll(state, top, 1),
        (_, Some(Action::Up)) => scroll(state, top, -1),
        (_, Some(Action::PageDown)) | (KeyCode::Char(' '), _) => scroll(state, top, page),
        (_, Some(Action::PageUp)) => scroll(state, top, -page),
        (_, Some(Action::Panel)) => turn_over(state),
        _ => state.mode = Mode::Matrix,
    }
    Vec::new()
}

/// Scrolls the panel that lies over the matrix, to its end at most.
pub(super) fn scroll(state: &mut State, top: u16, by: i16) {
    let area = overlay_area(state);
    let last = panel_height(state, area.width).saturating_sub(area.height);
    state.mode = Mode::Panel(top.saturating_add_signed(by).min(last));
}
