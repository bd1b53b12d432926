//! View: a state as a picture. Pure: the same state, the same picture; only the rows in view are drawn.

mod changes;
mod conflict;
mod detail;
mod form;
mod guide;
mod help;
mod list;
mod matrix;
mod overlay;
mod page;
mod prompt;
mod question;
mod scores;
mod sensitivity;
mod status;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

pub(crate) use form::{field_at, room as form_room, word_at};
pub(crate) use list::{at as list_at, height as list_height};
pub(crate) use overlay::{area as overlay_area, height as panel_height};
pub(crate) use page::{area as page_area, entry_at, height as page_height, is_first_in_view};
pub(crate) use status::key_at;

use super::layout::{SMALLEST, layout};
use super::page::Page;
use super::state::{Mode, State};
use super::theme::Theme;
use crate::text::{single_line, truncate};

/// A panel beside the matrix.
pub(crate) struct Panel {
    /// What it is called.
    pub(crate) name: &'static str,
    /// Draws it.
    pub(crate) draw: fn(&State, &Theme, Rect, &mut Buffer),
    /// Makes what it says, where that is a page.
    pub(crate) page: Option<fn(&State) -> Page>,
}

/// Every panel, in the order in which they follow each other.
pub(crate) const PANELS: &[Panel] = &[detail::PANEL, scores::PANEL, sensitivity::PANEL, changes::PANEL];

/// Draws the state.
pub(crate) fn view(state: &State, theme: &Theme, buffer: &mut Buffer) {
    let Some(layout) = layout(state) else {
        let (columns, rows) = SMALLEST;
        put(buffer, 0, 0, state.size.0, &format!("ach needs {columns}x{rows}"), theme.plain);
        return;
    };
    status::title(state, theme, &layout, buffer);
    matrix::draw(state, theme, &layout, buffer);
    if let (Some(area), Some(panel)) = (layout.panel, PANELS.get(state.panel)) {
        (panel.draw)(state, theme, area, buffer);
        overlay::frame(state, theme, &layout, area, buffer);
    }
    guide::draw(state, theme, &layout, buffer);
    if !status::speech(state, theme, &layout, buffer) {
        status::hints(state, theme, &layout, buffer);
    }
    if let Mode::Panel(top) = state.mode {
        overlay::draw(state, theme, top, buffer);
    }
    if let Some(listing) = state.listing() {
        list::draw(state, listing, theme, buffer);
    }
    if page::is_over(state) {
        overlay::clear(state, buffer);
        page::draw(state, theme, page::area(state), buffer);
    }
    if let Mode::Form(form) = &state.mode {
        form::draw(state, form, theme, buffer);
    }
    question::draw(state, theme, layout.hints.y, buffer);
    conflict::draw(state, theme, layout.speech.y, buffer);
    if let Mode::Help(top) = state.mode {
        help::draw(&state.bound, theme, top, help_area(state), buffer);
    }
}

/// Where the help lies.
fn help_area(state: &State) -> Rect {
    Rect { x: 0, y: 1, width: state.size.0, height: state.size.1.saturating_sub(2) }
}

/// The last line of the help that can stand first on the screen.
pub(crate) fn last_of_help(state: &State) -> u16 {
    help::last(&state.bound, help_area(state))
}

/// Writes a text on one line in at most `width` columns, shortened with a mark. Nothing of it acts on the terminal.
fn put(buffer: &mut Buffer, x: u16, y: u16, width: u16, text: &str, style: Style) {
    let area = buffer.area;
    if y >= area.bottom() || x >= area.right() {
        return;
    }
    let width = width.min(area.right() - x);
    let safe = single_line(text);
    buffer.set_stringn(x, y, truncate(&safe, usize::from(width)), usize::from(width), style);
}

/// Writes a text over several lines, broken between words; returns the line after it.
fn wrap(buffer: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) -> u16 {
    let mut y = y;
    for line in lines(&single_line(text), usize::from(area.width)) {
        if y >= area.bottom() {
            break;
        }
        put(buffer, area.x, y, area.width, &line, style);
        y += 1;
    }
    y
}

/// A text in lines of at most `width` columns, broken between words where it can be.
fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let mut word = word;
        let room =
            |line: &str| width.saturating_sub(crate::text::width(line) + usize::from(!line.is_empty()));
        if crate::text::width(word) > room(&line) && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        while crate::text::width(word) > width.max(1) {
            let (head, tail) = crate::text::split_at_width(word, width.max(1));
            if head.is_empty() {
                break;
            }
            lines.push(head.to_owned());
            word = tail;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}
