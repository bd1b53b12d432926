//! View: draws a state.
//!
//! Pure: equal states give equal pictures. Only the rows in view are drawn.

mod conflict;
mod form;
mod guide;
mod help;
mod list;
mod matrix;
mod palette;
mod panel;
mod pen;
mod picker;
mod prompt;
mod question;
mod selection;
mod status;
mod survey;
mod verdict;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

pub(crate) use form::{field_at, room as form_room, word_at};
pub(crate) use help::last_top as last_of_help;
pub(crate) use list::{at as list_at, height as list_height};
pub(crate) use palette::steps_to as steps_in_palette;
pub(crate) use panel::{
    area as page_area, entry_at, is_cut_in_place as is_page_cut, is_first_in_view, is_over as is_page_over,
    last_of_detail, last_top as last_of_page,
};
pub(crate) use picker::line_at as picked_at;
pub(crate) use question::lines as question_lines;
pub(crate) use status::key_at;
pub(crate) use verdict::standing;

use super::keymap::Action;
use super::layout::{Layout, SMALLEST, layout};
use super::state::{Mode, State};
use super::theme::Theme;
use crate::present::words::count;
use pen::put_wrapped;

/// Draws the state. Returns the place of the terminal's own cursor, which screen readers and input methods follow: the
/// caret of what is typed, else the cell that the keys act on.
pub(crate) fn view(state: &State, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let Some(layout) = layout(state) else {
        let ((columns, rows), (width, height)) = (SMALLEST, state.window.size);
        let then = match state.session.unsaved() {
            0 => format!("{} quits.", state.key(Action::Quit)),
            unsaved => format!("Keys wait; {} not saved.", count(unsaved, "edit is", "edits are")),
        };
        let said = format!("ach needs {columns}x{rows}, here are {width}x{height}. {then}");
        put_wrapped(buffer, buffer.area, 0, &said, theme.plain);
        return None;
    };
    if let Some(survey) = &state.survey {
        return survey::draw(state, survey, theme, &layout, buffer);
    }
    status::title(state, theme, &layout, buffer);
    matrix::draw(state, theme, &layout, buffer);
    panel::draw(state, theme, &layout, buffer);
    guide::draw(state, theme, &layout, buffer);
    status::told(state, theme, &layout, buffer);
    let (is_long, mut caret) = status::speech(state, theme, &layout, buffer);
    if !is_long {
        status::hints(state, theme, &layout, buffer);
    }
    if let Some(listing) = state.listing() {
        list::draw(state, listing, theme, buffer);
    }
    panel::draw_over(state, theme, buffer);
    palette::draw(state, theme, layout.speech.y, buffer);
    if let Mode::Form(form) = &state.mode {
        caret = form::draw(state, form, theme, buffer);
    }
    question::draw(state, theme, layout.hints.y, buffer);
    conflict::draw(state, theme, layout.speech.y, buffer);
    if let Mode::Help(searching) = &state.mode {
        help::draw(state, theme, searching, buffer);
    }
    caret.or_else(|| focus(state, &layout))
}

/// Returns the place of what the keys act on, where nothing is typed.
fn focus(state: &State, layout: &Layout) -> Option<Position> {
    match &state.mode {
        Mode::List(listing) => list::place(state, *listing),
        Mode::Page(_) => panel::place_of_focus(state),
        Mode::Question(_) => Some(Position { x: 1, y: layout.hints.y }),
        Mode::Matrix | Mode::Help(_) | Mode::Prompt(_) | Mode::Form(_) => {
            matrix::place_of_cursor(state, layout)
        }
    }
}
