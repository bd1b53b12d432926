//! Drawing a form over the matrix: fields below each other, each with its objection below it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::pen::{put, rule};
use super::prompt::line;
use crate::text::{width, wrap_plain};
use crate::tui::form::{FieldContent, Form, FormField, FormSubject};
use crate::tui::layout::{layout, overlay};
use crate::tui::state::State;
use crate::tui::theme::Theme;
use crate::tui::widget::Area;

/// Most lines of a text that is typed, and of one that is not.
const TYPED: u16 = 8;
const LEFT: u16 = 2;

/// Lines of the form of a cell: a rule, three fields, one of them long, a rule.
const CELL: u16 = 8;

/// Fewest lines in which the form of a cell is of use.
const SMALLEST: u16 = 5;

/// Returns the area of a form: that of a cell beside the cell, that of an item over the matrix. The line of speech
/// stays visible, since it says what the field takes.
fn area(state: &State, form: &Form) -> Rect {
    let over = overlay(state);
    let over = Rect { height: over.height.saturating_sub(1), ..over };
    let (FormSubject::Cell(..), Some(layout)) = (&form.subject, layout(state)) else { return over };
    let row = u16::try_from(state.window.cursor.row.saturating_sub(state.window.top)).unwrap_or_default();
    let cell = layout.body.y + row * layout.row_height;
    let (above, below) = (cell - over.y, over.bottom().saturating_sub(cell + layout.row_height));
    if below >= above.min(CELL) && below >= SMALLEST {
        Rect { y: cell + layout.row_height, height: below.min(CELL), ..over }
    } else if above >= SMALLEST {
        let height = above.min(CELL);
        Rect { y: cell - height, height, ..over }
    } else {
        over
    }
}

/// Returns the first column and the width of the contents of the fields.
fn contents(form: &Form, area: Rect) -> (u16, u16) {
    let widest = form.fields.iter().map(|field| width(field.label())).max().unwrap_or_default();
    let label = u16::try_from(widest).unwrap_or(u16::MAX).min(area.width / 3);
    // A mark, the label, and a star for a required field.
    let x = area.x + label + 5;
    (x, area.right().saturating_sub(x + 1))
}

/// Returns the width of the contents of the fields.
pub(crate) fn room(state: &State, form: &Form) -> u16 {
    contents(form, area(state, form)).1
}

/// Draws the form, with the field under the cursor in view. Returns the place of the caret.
pub(super) fn draw(state: &State, form: &Form, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let area = area(state, form);
    Clear.render(Rect { x: 0, width: state.window.size.0, ..area }, buffer);
    if is_small(state, area) {
        // Between rows of the matrix, the form is set apart by rules.
        rule(buffer, area.y, state.window.size.0, theme);
        rule(buffer, area.bottom() - 1, state.window.size.0, theme);
    }
    let title = format!(" {} ", form.title());
    put(buffer, area.x, area.y, area.width.saturating_sub(2), &title, theme.strong);
    let mut caret = None;
    for (at, place) in places(state, form, area) {
        if let Some(field) = form.fields.get(at) {
            let found = draw_field(field, at == form.at, area, place, theme, buffer);
            caret = caret.or(found);
        }
    }
    caret
}

/// Returns the field at a line of the screen.
pub(crate) fn field_at(state: &State, form: &Form, y: u16) -> Option<usize> {
    let places = places(state, form, area(state, form));
    places.into_iter().find(|(_, place)| (place.y..place.bottom()).contains(&y)).map(|(at, _)| at)
}

/// Returns the word to choose at a place of the screen.
pub(crate) fn word_at(state: &State, form: &Form, x: u16, y: u16) -> Option<&'static str> {
    let places = places(state, form, area(state, form));
    let (_, place) = places.into_iter().find(|(at, place)| *at == form.at && place.y == y)?;
    let words = form.fields.get(form.at)?.shape.words()?;
    let mut at = usize::from(place.x) + beside(words);
    for word in words {
        if (at..at + width(word)).contains(&usize::from(x)) {
            return Some(word);
        }
        at += width(word) + BETWEEN.len();
    }
    None
}

/// The space between words to choose from.
const BETWEEN: &str = "  ";

/// Stands for a word that is not chosen. Unlike `none`, it is a word of no field.
const BLANK: &str = "not set";

/// Returns the first column of the words to choose from, the same whichever is chosen.
fn beside(words: &[&str]) -> usize {
    words.iter().map(|word| width(word)).max().unwrap_or_default().max(width(BLANK)) + 6
}

fn is_small(state: &State, area: Rect) -> bool {
    area.height < overlay(state).height - 1
}

/// Returns the places of the contents of the fields in view, that under the cursor among them.
fn places(state: &State, form: &Form, area: Rect) -> Vec<(usize, Rect)> {
    let bottom = area.bottom() - u16::from(is_small(state, area));
    let (x, room) = contents(form, area);
    let height = bottom.saturating_sub(area.y + 1);
    let sizes: Vec<u16> =
        form.fields.iter().enumerate().map(|(at, field)| size(field, at == form.at, room, height)).collect();
    let mut first = 0;
    while first < form.at
        && sizes.get(first..=form.at).is_some_and(|shown| shown.iter().sum::<u16>() > height)
    {
        first += 1;
    }
    let mut places = Vec::new();
    let mut y = area.y + 1;
    for (at, size) in sizes.into_iter().enumerate().skip(first) {
        if y >= bottom {
            break;
        }
        places.push((at, Rect { x, y, width: room, height: size.min(bottom - y) }));
        y += size;
    }
    places
}

fn objection(field: &FormField, room: u16) -> Vec<String> {
    field.objection.as_ref().map(|text| wrap_plain(text, usize::from(room))).unwrap_or_default()
}

/// Returns the lines of a field, its objection included, of at most `height`.
fn size(field: &FormField, is_here: bool, room: u16, height: u16) -> u16 {
    let objection = u16::try_from(objection(field, room).len()).unwrap_or(u16::MAX);
    let content = match &field.content {
        FieldContent::Line(_) => 1,
        FieldContent::Lines(area) => {
            let most = if is_here { TYPED.min(height.saturating_sub(objection)).max(1) } else { LEFT };
            area.rows(room).clamp(1, most)
        }
    };
    content.saturating_add(objection)
}

/// Draws a field. Returns the place of the caret if it is in it.
fn draw_field(
    field: &FormField,
    is_here: bool,
    form: Rect,
    place: Rect,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<Position> {
    let mut caret = None;
    let label = place.x - form.x - 5;
    put(buffer, form.x, place.y, 1, if is_here { ">" } else { "" }, theme.accent);
    let style = if is_here { theme.accent } else { theme.dim };
    put(buffer, form.x + 2, place.y, label, field.label(), style);
    if field.is_required {
        put(buffer, form.x + 2 + label + 1, place.y, 1, "*", theme.accent);
    }
    let objection = objection(field, place.width);
    let taken = u16::try_from(objection.len()).unwrap_or(u16::MAX);
    let content = Rect { height: place.height.saturating_sub(taken).max(1), ..place };
    match (&field.content, field.shape.words()) {
        (FieldContent::Line(input), Some(words)) if is_here => {
            let word = if input.is_empty() { BLANK } else { input.text() };
            let chosen = format!("‹ {word} ›");
            put(buffer, place.x, place.y, place.width, &chosen, theme.cursor);
            caret = Some(Position { x: place.x + 2, y: place.y });
            let at = u16::try_from(beside(words)).unwrap_or(u16::MAX);
            put(
                buffer,
                place.x + at,
                place.y,
                place.width.saturating_sub(at),
                &words.join(BETWEEN),
                theme.dim,
            );
        }
        (FieldContent::Line(input), _) if is_here => {
            let x = line(buffer, place.x, place.y, place.width, input, theme);
            caret = Some(Position { x, y: place.y });
        }
        (FieldContent::Line(input), _) => {
            put(buffer, place.x, place.y, place.width, input.text(), theme.plain);
        }
        (FieldContent::Lines(area), _) => {
            let cursor = is_here.then_some(theme.cursor);
            caret = draw_text(area, content, theme.plain, cursor, buffer);
        }
    }
    for (y, text) in (content.bottom()..place.bottom()).zip(&objection) {
        put(buffer, place.x, y, place.width, text, theme.error);
    }
    caret
}

/// Draws the part of a text that fits, with a mark if there is more of it. Returns the place of the caret, which has the
/// style of the cursor.
fn draw_text(
    text: &Area,
    place: Rect,
    style: Style,
    cursor: Option<Style>,
    buffer: &mut Buffer,
) -> Option<Position> {
    let mut caret = None;
    let picture = text.picture(place.width, place.height, style, cursor);
    for y in 0..place.height {
        for x in 0..place.width {
            if let (Some(from), Some(to)) =
                (picture.cell((x, y)), buffer.cell_mut((place.x + x, place.y + y)))
            {
                to.clone_from(from);
                let is_caret = |cursor: Style| from.modifier.contains(cursor.add_modifier);
                if caret.is_none() && cursor.is_some_and(is_caret) {
                    caret = Some(Position { x: place.x + x, y: place.y + y });
                }
            }
        }
    }
    if cursor.is_none() && text.rows(place.width) > place.height {
        put(buffer, place.right(), place.bottom() - 1, 1, "…", style);
    }
    caret
}
