//! Drawing a form beside, below or over the matrix: fields below each other, the help of the chosen one and objections
//! below theirs.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Clear, Widget};

use super::panel::{draw_page, set_apart};
use super::pen::{bar, put, title};
use super::picker;
use super::prompt::line;
use crate::text::{width, wrap_plain};
use crate::tui::form::{FieldContent, Form, FormField, FormSubject};
use crate::tui::layout::{form_area, layout, to_u16};
use crate::tui::mode::Focus;
use crate::tui::panel::outcomes_page;
use crate::tui::state::State;
use crate::tui::theme::Theme;

/// Most lines of a text that is typed, and of one that is not.
const TYPED: u16 = 8;
const LEFT: u16 = 2;

/// Most lines of help.
const HELP: usize = 3;

/// Most lines of the text of the item that a form is about.
const ABOUT: usize = 4;

/// Rows from which a form has room for that text.
const TALL: u16 = 20;

/// Columns before labels, after the mark of the chosen one.
const LABEL: u16 = 2;

/// Returns the first column and the width of the contents of the fields.
fn contents(form: &Form, area: Rect) -> (u16, u16) {
    let widest = form.fields.iter().map(|field| width(field.label())).max().unwrap_or_default();
    // A mark, the label, and a star for a required field.
    let x = area.x + LABEL + to_u16(widest).min(area.width / 3) + 3;
    (x, area.right().saturating_sub(x + 1))
}

/// Returns the width of the contents of the fields.
pub(crate) fn room(state: &State, form: &Form) -> u16 {
    contents(form, form_area(state)).1
}

/// A field in view.
struct FieldPlace {
    /// Its position in the form.
    at: usize,
    /// Its content and what is said below it.
    rect: Rect,
    /// The lines below its content: objections, then help.
    objection: Vec<String>,
    help: Vec<String>,
}

/// The places of the parts of a form.
struct FormPlaces {
    area: Rect,
    /// The lines of the text that the form is about, below the title.
    about: Vec<String>,
    fields: Vec<FieldPlace>,
    /// Where the fields stand, with the number of lines above those in view, and of all.
    body: Rect,
    above: usize,
    lines: usize,
}

/// Returns the places of the fields in view, that under the cursor among them.
fn places(state: &State, form: &Form) -> FormPlaces {
    let area = form_area(state);
    let (x, room) = contents(form, area);
    let about = form.about(state.scenario()).filter(|_| area.height >= TALL);
    let about: Vec<String> =
        about.map(|text| wrap_plain(text, area.width.into())).into_iter().flatten().take(ABOUT).collect();
    let top = area.y + 1 + to_u16(about.len()) + u16::from(area.height >= TALL);
    let height = area.bottom().saturating_sub(top);
    let mut sized: Vec<FieldPlace> = (0..form.fields.len())
        .filter_map(|at| sized(state, form, at, Rect { x, y: top, width: room, height }, area))
        .collect();
    spread(form, &mut sized, height);
    let extent = |places: &[FieldPlace]| places.iter().map(|place| usize::from(place.rect.height)).sum();
    let lines: usize = extent(&sized);
    let mut first = 0;
    while first < form.at
        && sized.get(first..=form.at).is_some_and(|shown| extent(shown) > usize::from(height))
    {
        first += 1;
    }
    let above = sized.get(..first).map_or(0, extent);
    let mut y = top;
    let mut fields = Vec::new();
    for mut place in sized.into_iter().skip(first) {
        if y >= area.bottom() {
            break;
        }
        place.rect.y = y;
        place.rect.height = place.rect.height.min(area.bottom() - y);
        y += place.rect.height;
        fields.push(place);
    }
    FormPlaces { area, about, fields, body: Rect { y: top, height, ..area }, above, lines }
}

/// Gives texts the lines that they lack, as far as no field needs these.
fn spread(form: &Form, sized: &mut [FieldPlace], height: u16) {
    let taken: u16 = sized.iter().map(|place| place.rect.height).sum();
    let mut spare = height.saturating_sub(taken);
    for place in sized.iter_mut().filter(|place| place.at != form.at) {
        if let Some(FieldContent::Lines(text)) = form.fields.get(place.at).map(|field| &field.content) {
            let rows = text.rows(place.rect.width).clamp(LEFT, TYPED);
            let more = rows.saturating_sub(LEFT).min(spare);
            place.rect.height += more;
            spare -= more;
        }
    }
}

/// Returns a field with its lines, of at most those of `room`.
fn sized(state: &State, form: &Form, at: usize, room: Rect, area: Rect) -> Option<FieldPlace> {
    let field = form.fields.get(at)?;
    let is_here = at == form.at;
    let lines = |text: &str, columns: u16| wrap_plain(text, columns.into());
    let objection = field.objection.as_ref().map(|text| lines(text, room.width)).unwrap_or_default();
    let mut help =
        if is_here { help(state, form, field, area.width.saturating_sub(LABEL)) } else { Vec::new() };
    let taken = to_u16(objection.len());
    // Fields and what is typed come before the help.
    let rest = room.height.saturating_sub(to_u16(form.fields.len()) + taken);
    let rest = usize::from(rest.max(1).min(room.height.saturating_sub(taken + 1)));
    if help.len() > rest {
        help.truncate(rest);
        help.last_mut().into_iter().for_each(|last| last.push('…'));
    }
    let below = taken + to_u16(help.len());
    let content = match &field.content {
        FieldContent::Line(_) => 1,
        FieldContent::Lines(text) => {
            let most = if is_here { TYPED.min(room.height.saturating_sub(below)).max(1) } else { LEFT };
            text.rows(room.width).clamp(1, most)
        }
    };
    let rect = Rect { height: content.saturating_add(below), ..room };
    Some(FieldPlace { at, rect, objection, help })
}

/// Returns the purpose of a field in lines; after them, where in a long text the cursor is.
fn help(state: &State, form: &Form, field: &FormField, columns: u16) -> Vec<String> {
    let mut advice = form.advice(state.scenario());
    let room = room(state, form);
    if let Some(words) = field.shape.words().filter(|words| !fits(words, room)) {
        advice = format!("{advice}. One of {}", words.join(", "));
    }
    let mut help: Vec<String> = wrap_plain(&advice, columns.into()).into_iter().take(HELP).collect();
    if let FieldContent::Lines(text) = &field.content
        && text.rows(room) > TYPED
    {
        let place = format!("line {} of {}", text.line(room), text.rows(room));
        match help.last_mut().filter(|last| width(last) + width(&place) + 2 <= columns.into()) {
            Some(last) => *last = format!("{last}  {place}"),
            None => help.push(place),
        }
    }
    help
}

/// Draws the form, with the field under the cursor in view. Returns the place of the caret.
pub(super) fn draw(state: &State, form: &Form, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let FormPlaces { area, about, fields, body, above, lines } = places(state, form);
    let place = layout(state).filter(|layout| layout.form.is_some());
    match &place {
        Some(layout) => set_apart(area, layout, theme, buffer),
        None => Clear.render(Rect { x: 0, width: state.window.size.0, ..area }, buffer),
    }
    if let Some(picker) = &form.picker {
        return Some(picker::draw(form, picker, area, theme, buffer));
    }
    let is_cut = fields.len() < form.fields.len();
    let position = if is_cut { format!("{} of {}", form.at + 1, form.fields.len()) } else { String::new() };
    title(buffer, area, &form.title(state.scenario()), &position, theme);
    for (y, line) in (area.y + 1..area.bottom()).zip(&about) {
        put(buffer, area.x, y, area.width, line, theme.plain);
    }
    bar(buffer, area.right(), body, above, lines, theme);
    let mut caret = None;
    for place in &fields {
        if let Some(field) = form.fields.get(place.at) {
            caret = draw_field(field, place.at == form.at, area, place, theme, buffer).or(caret);
        }
    }
    if let (FormSubject::Cell(..), Some(end)) = (&form.subject, fields.last().map(|last| last.rect.bottom()))
    {
        let rest = Rect { y: end, height: area.bottom().saturating_sub(end), ..area };
        outcomes(state, rest, theme, buffer);
    }
    caret
}

/// Draws who would lead with each rating of the cell, if there is room for all of it.
fn outcomes(state: &State, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let page = outcomes_page(state);
    if page.paragraphs.len() < area.height.into() {
        let area = Rect { y: area.y + 1, height: area.height - 1, ..area };
        draw_page(&page, Focus::Line(0), theme, area, buffer);
    }
}

/// Returns the field at a place of the screen.
pub(crate) fn field_at(state: &State, form: &Form, x: u16, y: u16) -> Option<usize> {
    let FormPlaces { area, fields, .. } = places(state, form);
    let is_there = |place: &&FieldPlace| (place.rect.y..place.rect.bottom()).contains(&y);
    fields.iter().find(is_there).filter(|_| (area.x..area.right()).contains(&x)).map(|place| place.at)
}

/// Returns the word to choose at a place of the screen.
pub(crate) fn word_at(state: &State, form: &Form, x: u16, y: u16) -> Option<&'static str> {
    let FormPlaces { fields, .. } = places(state, form);
    let place = fields.into_iter().find(|place| place.at == form.at && place.rect.y == y)?.rect;
    let words = form.fields.get(form.at)?.shape.words().filter(|words| fits(words, place.width))?;
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

/// Whether all words stand beside the chosen one.
fn fits(words: &[&str], columns: u16) -> bool {
    beside(words) + width(&words.join(BETWEEN)) <= columns.into()
}

/// Draws a field. Returns the place of the caret if it is in it.
fn draw_field(
    field: &FormField,
    is_here: bool,
    form: Rect,
    place: &FieldPlace,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<Position> {
    let FieldPlace { rect, objection, help, .. } = place;
    let mut caret = None;
    let label = rect.x - form.x - LABEL - 3;
    put(buffer, form.x, rect.y, 1, if is_here { "▸" } else { "" }, theme.accent);
    let style = if is_here { theme.accent } else { theme.dim };
    put(buffer, form.x + LABEL, rect.y, label, field.label(), style);
    if field.is_required {
        put(buffer, form.x + LABEL + label + 1, rect.y, 1, "*", theme.accent);
    }
    let below = to_u16(objection.len() + help.len());
    let content = Rect { height: rect.height.saturating_sub(below).max(1), ..*rect };
    match (&field.content, field.shape.words()) {
        (FieldContent::Line(input), Some(words)) if is_here => {
            let word = if input.is_empty() { BLANK } else { input.text() };
            put(buffer, rect.x, rect.y, rect.width, &format!("‹ {word} ›"), theme.cursor);
            caret = Some(Position { x: rect.x + 2, y: rect.y });
            if fits(words, rect.width) {
                let at = to_u16(beside(words));
                put(buffer, rect.x + at, rect.y, rect.width - at, &words.join(BETWEEN), theme.dim);
            }
        }
        (FieldContent::Line(input), _) if is_here => {
            let x = line(buffer, rect.x, rect.y, rect.width, input, theme);
            caret = Some(Position { x, y: rect.y });
        }
        (FieldContent::Line(input), _) => {
            put(buffer, rect.x, rect.y, rect.width, input.text(), theme.plain);
        }
        (FieldContent::Lines(area), _) => {
            caret = area.draw(content, theme.plain, is_here.then_some(theme.cursor), buffer);
            if !is_here && area.rows(content.width) > content.height {
                let y = content.bottom() - 1;
                let is_blank = |x: &u16| buffer.cell((*x, y)).is_none_or(|cell| cell.symbol() == " ");
                let end = (content.x..content.right()).rev().find(|x| !is_blank(x)).unwrap_or(content.x);
                put(buffer, end + 1, y, 1, "…", theme.plain);
            }
        }
    }
    let objections = objection.iter().map(|text| (rect.x, rect.width, text, theme.error));
    let helps = help.iter().map(|text| (form.x + LABEL, form.width.saturating_sub(LABEL), text, theme.dim));
    for (y, (x, width, text, style)) in (content.bottom()..rect.bottom()).zip(objections.chain(helps)) {
        put(buffer, x, y, width, text, style);
    }
    caret
}
