//! Drawing a picker in the place of its form: what can be taken, the best match first, and what is taken.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::pen::{bar, put, title};
use super::prompt::line;
use crate::present::words::thousands;
use crate::text::{pad_right, single_line, truncate, width};
use crate::tui::form::{Form, Picker};
use crate::tui::layout::{form_area, to_u16};
use crate::tui::state::State;
use crate::tui::theme::Theme;

/// Fewest columns of a name beside which facts are told.
const NAME: usize = 24;

/// Columns between facts.
const APART: usize = 2;

/// Returns the lines to choose from: title and search stand above them, what is taken below.
fn body(area: Rect) -> Rect {
    Rect { y: area.y + 2, height: area.height.saturating_sub(3).max(1), ..area }
}

/// Returns the first line in view.
fn top(picker: &Picker, body: Rect) -> usize {
    (picker.at + 1).saturating_sub(body.height.into())
}

/// Returns the line to choose at a row of the screen.
pub(crate) fn line_at(state: &State, picker: &Picker, y: u16) -> Option<usize> {
    let body = body(form_area(state));
    let at = top(picker, body) + usize::from(y.checked_sub(body.y)?);
    (y < body.bottom() && at < picker.lines()).then_some(at)
}

/// Draws the picker. Returns the place of the caret.
pub(super) fn draw(form: &Form, picker: &Picker, area: Rect, theme: &Theme, buffer: &mut Buffer) -> Position {
    let position = format!("{} of {}", thousands(picker.found.len()), thousands(picker.options.len()));
    title(buffer, area, &form.picker_title(), &position, theme);
    put(buffer, area.x, area.y + 1, 1, ">", theme.accent);
    let caret = line(buffer, area.x + 2, area.y + 1, area.width.saturating_sub(3), &picker.input, theme);
    let body = body(area);
    let room = usize::from(area.width.saturating_sub(3));
    let facts = FactColumns::new(picker, room);
    let first = top(picker, body);
    bar(buffer, area.right().saturating_sub(1), body, first, picker.lines(), theme);
    for (y, at) in (body.y..body.bottom()).zip(first..picker.lines()) {
        let is_here = at == picker.at;
        let style = if is_here { theme.accent } else { theme.plain };
        put(buffer, area.x, y, 1, if is_here { "▸" } else { "" }, theme.accent);
        match picker.found.get(at).and_then(|at| picker.options.get(*at)) {
            Some(option) => {
                let mark = if picker.taken.contains(&option.value) { "✓ " } else { "" };
                let name = format!("{mark}{}", single_line(&option.name));
                let own = room.saturating_sub(facts.width());
                put(buffer, area.x + 2, y, to_u16(own.saturating_sub(APART)), &name, style);
                let told = facts.line(&option.facts);
                put(buffer, area.x + 2 + to_u16(own), y, to_u16(width(&told)), &told, theme.dim);
            }
            None => new_line(picker, Rect { y, height: 1, ..area }, style, theme, buffer),
        }
    }
    if picker.lines() == 0 {
        put(buffer, area.x + 2, body.y, area.width.saturating_sub(2), "nothing matches", theme.dim);
    }
    if area.height > 3 {
        let end = to_u16(picker.lines().max(1)).min(body.height);
        put(buffer, area.x, body.y + end, area.width, &picker.told(), theme.dim);
    }
    Position { x: caret, y: area.y + 1 }
}

/// Draws the line for a new thing.
fn new_line(picker: &Picker, area: Rect, style: Style, theme: &Theme, buffer: &mut Buffer) {
    let (Some(what), Some(name)) = (picker.from.new_thing(), picker.new_name()) else { return };
    if picker.found.is_empty() || !picker.is_new_chosen() {
        put(buffer, area.x, area.y, 1, "+", theme.accent);
    }
    put(
        buffer,
        area.x + 2,
        area.y,
        area.width.saturating_sub(2),
        &format!("{what} \u{201c}{name}\u{201d}"),
        style,
    );
}

/// The widths of the columns of facts: as many of them as leave room for names.
struct FactColumns(Vec<usize>);

impl FactColumns {
    fn new(picker: &Picker, room: usize) -> Self {
        let mut widths: Vec<usize> = Vec::new();
        for option in picker.found.iter().filter_map(|at| picker.options.get(*at)) {
            for (at, fact) in option.facts.iter().enumerate() {
                if at == widths.len() {
                    widths.push(0);
                }
                if let Some(known) = widths.get_mut(at) {
                    *known = (*known).max(width(&single_line(fact)));
                }
            }
        }
        let mut columns = Self(widths);
        while columns.width() + NAME > room && columns.0.pop().is_some() {}
        columns
    }

    fn width(&self) -> usize {
        self.0.iter().map(|width| width + APART).sum()
    }

    fn line(&self, facts: &[String]) -> String {
        let padded = self.0.iter().zip(facts).map(|(width, fact)| {
            let fact = single_line(fact);
            pad_right(&truncate(&fact, *width), width + APART)
        });
        padded.collect::<String>().trim_end().to_owned()
    }
}
