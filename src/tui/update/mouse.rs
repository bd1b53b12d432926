//! The mouse: a click selects something or presses a key of the line of keys, the wheel scrolls.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Position, Rect};

use super::act::act;
use super::press::pressed;
use super::{command, form, help, list, panel};
use crate::tui::keymap::Action;
use crate::tui::layout::{PANEL_HEIGHTS, PANEL_WIDTHS, layout};
use crate::tui::mode::{Focus, OpenList};
use crate::tui::prompt::Prompt;
use crate::tui::state::{Cursor, Mode, State};
use crate::tui::view::{
    entry_at, is_page_over, key_at, last_of_detail, last_of_page, list_at, steps_in_palette,
};

/// Selects the thing that was clicked; a double click opens it. A click on the line of keys presses the key.
pub(super) fn click(state: &mut State, x: u16, y: u16, twice: bool) {
    let is_matrix = matches!(state.mode, Mode::Matrix);
    let is_bar = is_matrix && is_bar(state, x, y);
    state.window.is_dragging = is_matrix && (is_bar || is_edge(state, x, y));
    if is_bar && !is_edge(state, x, y) {
        return scroll_to(state, y);
    }
    if let Some(key) = key_at(state, x, y) {
        return pressed(state, key.event());
    }
    let is_chosen = match state.mode.clone() {
        Mode::Matrix => match select(state, x, y) {
            Some(open) if twice => return act(state, open),
            Some(_) => false,
            None => choose(state, x, y),
        },
        Mode::Page(_) => choose(state, x, y),
        Mode::List(listing) => match list_at(state, listing, y) {
            Some(at) => {
                state.mode = Mode::List(OpenList { at, ..listing });
                true
            }
            None => false,
        },
        Mode::Form(form) => {
            let is_picking = form.picker.is_some();
            form::clicked(state, form, x, y);
            is_picking
        }
        // The first of two clicks has written the entry out.
        Mode::Prompt(Prompt::Command(_)) if twice => true,
        Mode::Prompt(Prompt::Command(commanding)) => {
            if let Some(by) = steps_in_palette(state, &commanding, y) {
                command::choose(state, commanding, by);
            }
            false
        }
        Mode::Help(_) | Mode::Prompt(_) | Mode::Question(_) => false,
    };
    if is_chosen && twice {
        pressed(state, KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE));
    }
}

/// Selects the thing in the matrix that was clicked. Returns the action that opens it; `None` for a click elsewhere.
fn select(state: &mut State, x: u16, y: u16) -> Option<Action> {
    let layout = layout(state)?;
    let place = Position { x, y };
    let slot = layout.slots.iter().find(|slot| (slot.x..slot.end()).contains(&x));
    let column = slot.map(|slot| slot.column);
    let cursor = &mut state.window.cursor;
    if layout.body.contains(place) {
        let row = state.window.top + usize::from((y - layout.body.y) / layout.row_height);
        state.window.rows.get(row)?;
        *cursor = Cursor { row, column: column.unwrap_or(cursor.column) };
        Some(if column.is_some() { Action::EditCell } else { Action::EditItem })
    } else if layout.head.contains(place) || layout.foot.contains(place) {
        cursor.column = column?;
        Some(Action::EditHypothesis)
    } else {
        layout.title.contains(place).then_some(Action::EditScenario)
    }
}

/// Whether a place is on the line between matrix and panel.
fn is_edge(state: &State, x: u16, y: u16) -> bool {
    let Some(layout) = layout(state) else { return false };
    let Some(panel) = layout.panel else { return false };
    if layout.is_beside { x == layout.body.right() } else { y + 1 == panel.y }
}

/// Whether a place is on the scroll bar of the matrix.
fn is_bar(state: &State, x: u16, y: u16) -> bool {
    let Some(layout) = layout(state) else { return false };
    let is_there = state.window.rows.len() > layout.row_count();
    is_there && x == layout.scroll_bar() && (layout.body.y..layout.body.bottom()).contains(&y)
}

/// Scrolls the matrix as far down as a line of its scroll bar is.
fn scroll_to(state: &mut State, y: u16) {
    let Some(layout) = layout(state) else { return };
    let last = state.window.rows.len().saturating_sub(layout.row_count());
    let lines = usize::from(layout.body.height.saturating_sub(1)).max(1);
    let line = usize::from(y.saturating_sub(layout.body.y)).min(lines);
    show_from(state, (line * last + lines / 2) / lines);
}

/// Something that scrolls beside or below the matrix.
enum PanePart {
    Detail,
    Panel,
}

/// Returns what of the pane is at a place of the screen.
fn pane_at(state: &State, x: u16, y: u16) -> Option<PanePart> {
    let layout = layout(state)?;
    let is_in = |area: Option<Rect>| area.is_some_and(|area| area.contains(Position { x, y }));
    match (is_in(layout.detail), is_in(layout.panel)) {
        (true, _) => Some(PanePart::Detail),
        (false, true) => Some(PanePart::Panel),
        (false, false) => None,
    }
}

/// Moves the edge of the panel that is dragged, or the scroll bar, where that is the same line: along it.
pub(super) fn drag(state: &mut State, x: u16, y: u16) {
    let Some(layout) = layout(state).filter(|_| state.window.is_dragging) else { return };
    let (columns, _) = state.window.size;
    if is_bar(state, x, y) {
        scroll_to(state, y);
    } else if layout.is_beside {
        state.window.panel_width = Some(columns.saturating_sub(x).clamp(PANEL_WIDTHS.0, PANEL_WIDTHS.1));
    } else if let Some(panel) = layout.panel {
        let height = panel.bottom().saturating_sub(y + 1).clamp(PANEL_HEIGHTS.0, PANEL_HEIGHTS.1);
        state.window.panel_height = Some(height);
    }
}

/// Chooses the entry that was clicked. Returns whether there is one.
fn choose(state: &mut State, x: u16, y: u16) -> bool {
    let entry = entry_at(state, x, y);
    if let Some(entry) = entry {
        state.mode = Mode::Page(Focus::Entry(entry));
    }
    entry.is_some()
}

/// Scrolls what is under the pointer: the part over the matrix, the panel, or the matrix with the cursor in view.
pub(super) fn scroll(state: &mut State, (x, y): (u16, u16), rows: i16, columns: i16) {
    let by = |top: u16, last: u16| top.saturating_add_signed(rows).min(last);
    match (state.mode.clone(), pane_at(state, x, y)) {
        (Mode::Help(searching), _) => help::scroll(state, searching, rows),
        (Mode::List(listing), _) => list::scroll(state, listing, rows),
        (Mode::Page(focus), _) if is_page_over(state) => panel::go_by(state, focus, rows),
        (Mode::Page(focus), Some(PanePart::Panel)) => panel::go_by(state, focus, rows),
        (Mode::Page(_) | Mode::Matrix, Some(PanePart::Detail)) => {
            state.window.detail_top = by(state.window.detail_top, last_of_detail(state));
        }
        (Mode::Matrix, Some(PanePart::Panel)) => {
            state.window.panel_top = by(state.window.panel_top, last_of_page(state));
        }
        (Mode::Page(_) | Mode::Matrix, None) => scroll_matrix(state, rows, columns),
        (Mode::Form(form), _) => form::scroll(state, form, rows),
        (Mode::Prompt(Prompt::Command(commanding)), _) => command::choose(state, commanding, rows),
        (Mode::Prompt(_) | Mode::Question(_), _) => {}
    }
}

/// Scrolls the matrix, and keeps the cursor in view.
fn scroll_matrix(state: &mut State, rows: i16, columns: i16) {
    let shift = |at: usize, by: i16| at.saturating_add_signed(isize::from(by));
    let column = shift(state.window.cursor.column, columns);
    show_from(state, shift(state.window.top, rows));
    state.window.cursor.column = column.min(state.window.columns.len().saturating_sub(1));
}

/// Shows the rows from this one on, as far as there are enough, with the cursor in view.
fn show_from(state: &mut State, top: usize) {
    let height = layout(state).map_or(1, |layout| layout.row_count());
    let top = top.min(state.window.rows.len().saturating_sub(height));
    state.window.top = top;
    state.window.cursor.row = state.window.cursor.row.clamp(top, top + height - 1);
}
