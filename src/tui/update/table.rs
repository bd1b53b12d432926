//! The table as it is shown: order of rows, method, blind mode, widths of columns, and copying.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::find;
use crate::present::Order;
use crate::present::words::count;
use crate::scenario::{Day, Method, Rating};
use crate::tui::copy;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Action, answer};
use crate::tui::layout::{COLUMN_WIDTHS, PANEL_HEIGHTS, PANEL_WIDTHS, ROW_HEIGHT, column_width, layout};
use crate::tui::state::{Mode, State};

/// The part of the table that is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CopyPart {
    Cell,
    Row,
    Table,
}

/// Makes the column under the cursor wider or narrower, until the editor is left.
pub(super) fn resize(state: &mut State, by: i16) {
    let Some((_, hypothesis)) = state.hypothesis() else {
        return state.refuse("there is no column yet");
    };
    let id = hypothesis.id.clone();
    let (narrowest, widest) = COLUMN_WIDTHS;
    let width = |state: &State| column_width(state, state.window.cursor.column).unwrap_or(narrowest);
    let (before, own) = (width(state), state.window.widths.get(&id).copied());
    state.window.widths.insert(id.clone(), before.saturating_add_signed(by).clamp(narrowest, widest));
    if width(state) == before {
        match own {
            Some(own) => state.window.widths.insert(id, own),
            None => state.window.widths.remove(&id),
        };
        let limit = if by < 0 { "no column is narrower" } else { "no column is wider" };
        state.refuse(limit);
    }
}

/// Columns by which a panel beside the matrix grows with a key.
const WIDER: u16 = 4;

/// Hides the panel, or shows it again.
pub(super) fn hide_panel(state: &mut State) {
    state.window.is_panel_hidden = !state.window.is_panel_hidden;
}

/// Makes the panel larger or smaller, until the editor is left.
pub(super) fn resize_panel(state: &mut State, by: i16) {
    let Some((panel, is_beside)) = layout(state).and_then(|layout| Some((layout.panel?, layout.is_beside)))
    else {
        let key = state.key(Action::HidePanel);
        return state.refuse(format!("there is no panel in sight; {key} shows one that is hidden"));
    };
    if is_beside {
        // The line before it is a part of it.
        let width = panel.width + 2;
        let width = if by < 0 { width.saturating_sub(WIDER) } else { width + WIDER };
        state.window.panel_width = Some(width.clamp(PANEL_WIDTHS.0, PANEL_WIDTHS.1));
    } else {
        let height = panel.height.saturating_add_signed(by);
        state.window.panel_height = Some(height.clamp(PANEL_HEIGHTS.0, PANEL_HEIGHTS.1));
    }
}

/// Gives each row more or fewer lines, until the editor is left.
pub(super) fn grow_rows(state: &mut State, by: i16) {
    let Some(height) = layout(state).map(|layout| layout.row_height) else { return };
    let wanted = height.saturating_add_signed(by).clamp(1, ROW_HEIGHT);
    state.window.row_height = Some(wanted);
    if wanted == height {
        state.refuse(if by < 0 { "no row is lower" } else { "no row is higher" });
    }
}

/// Shows who would lead with each rating of the cell, also where it is blank.
pub(super) fn ask_outcomes(state: &mut State) {
    let here = state.item().map(|(at, _)| at).zip(state.hypothesis().map(|(at, _)| at));
    if state.window.blind {
        return state.refuse("blind mode hides who would lead");
    }
    state.window.asked = if state.window.asked == here { None } else { here };
}

/// Lists the evidence in the next order.
pub(super) fn sort(state: &mut State) {
    let at = Order::ALL.iter().position(|order| *order == state.window.order).unwrap_or_default();
    sort_by(state, Order::ALL.iter().copied().cycle().nth(at + 1).unwrap_or_default());
}

/// Lists the evidence in an order.
pub(super) fn sort_by(state: &mut State, order: Order) {
    state.window.order = order;
    find::relist(state, state.item().map(|(at, _)| at));
    state.report(format!("sorted by {}; the file keeps its order", order.as_str()));
}

/// Scores by the next method.
pub(super) fn method(state: &mut State) {
    let at = Method::ALL.iter().position(|method| *method == state.window.method).unwrap_or_default();
    score_by(state, Method::ALL.iter().copied().cycle().nth(at + 1).unwrap_or(state.window.method));
}

/// Scores by a method; the file keeps its own.
pub(super) fn score_by(state: &mut State, method: Method) {
    state.score_by(method);
    state.report(format!("scored by {method}; the file keeps its method"));
}

/// Shows the matrix as of a day, and all of it again without a day. The cursor stays on its item.
pub(super) fn show_as_of(state: &mut State, day: Option<Day>) {
    let item = state.item().map(|(at, _)| at);
    state.show_as_of(day);
    find::relist(state, item);
    let shown = state.window.rows.len();
    let (known, all) = (count(shown, "item", "items"), state.scenario().evidence.len());
    let said = match state.window.as_of {
        Some(day) => {
            format!("as of {day}, {known} of {all}, undated ones among them; Esc goes back to the present")
        }
        None => "the present: all evidence counts".to_owned(),
    };
    state.report(said);
}

/// Turns blind mode on or off.
pub(super) fn blind(state: &mut State) {
    state.window.blind = !state.window.blind;
    let hypothesis = state.hypothesis().map(|(at, _)| at);
    state.list_columns();
    let found = hypothesis.and_then(|h| state.window.columns.iter().position(|column| *column == h));
    state.window.cursor.column = found.unwrap_or_default();
    let words =
        if state.window.blind { "blind: scores hidden, columns shuffled" } else { "scores are shown again" };
    state.report(words);
}

/// Opens the address of the item in the browser, else that of its first source that has one.
pub(super) fn open_address(state: &mut State) {
    let Some((_, item)) = state.item() else { return state.refuse("there is no item here") };
    let sources = state.scenario().sources.iter();
    let cited = sources.filter(|source| item.sources().iter().any(|id| id == source.id.as_str()));
    let found = item.url.iter().chain(cited.filter_map(|source| source.url.as_ref()));
    // Only what a browser opens: the words are those of a file, and a program gets them.
    let mut found = found.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    match found.next().cloned() {
        Some(url) => state.request(Effect::OpenAddress(url)),
        None => {
            let why = format!("{} has no address to open, nor has its source", item.id);
            state.refuse(why);
        }
    }
}

/// Takes the answer to the question what to copy.
pub(super) fn pressed(state: &mut State, event: KeyEvent) {
    state.mode = Mode::Matrix;
    match answer(event) {
        KeyCode::Char('c' | 'y') => copy(state, CopyPart::Cell),
        KeyCode::Char('r') => copy(state, CopyPart::Row),
        KeyCode::Char('t') => copy(state, CopyPart::Table),
        _ => {}
    }
}

/// Copies a part of the table.
pub(super) fn copy(state: &mut State, part: CopyPart) {
    let (text, told) = match part {
        CopyPart::Cell => {
            let cell = state.item().zip(state.hypothesis());
            let rating = cell.and_then(|((_, item), (at, _))| item.ratings.rating(at));
            let Some(rating) = rating.map(Rating::as_str) else {
                return state.refuse("the cell is blank: there is nothing to copy");
            };
            (rating.to_owned(), format!("copied {rating}"))
        }
        CopyPart::Row => {
            let Some((at, item)) = state.item() else {
                return state.refuse("there is no row to copy");
            };
            (copy::row(state.scenario(), at), format!("copied the row {}", item.id))
        }
        CopyPart::Table => {
            let rows = count(state.window.rows.len(), "row", "rows");
            (
                copy::table(state.scenario(), &state.window.rows),
                format!("copied the table with {rows} as it is shown"),
            )
        }
    };
    state.report(told);
    state.request(Effect::Copy(text));
}
