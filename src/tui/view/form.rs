//! A form over the matrix: a line a field, objections below the fields that they concern.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::prompt::line;
use super::{lines, put};
use crate::scenario::Shape;
use crate::text::width;
use crate::tui::form::Form;
use crate::tui::theme::Theme;

/// Draws the form, the field under the cursor in view.
pub(super) fn draw(form: &Form, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    // The whole width: what is left of the matrix beside the form would look like a part of it.
    Clear.render(Rect { x: 0, width: buffer.area.width, ..area }, buffer);
    put(buffer, area.x + 1, area.y, area.width.saturating_sub(2), &form.title(), theme.strong);
    let widest = form.fields.iter().map(|field| width(field.key)).max().unwrap_or_default();
    let label = u16::try_from(widest).unwrap_or(u16::MAX).min(area.width / 3);
    // A mark, the label, a star where it must be filled in.
    let x = area.x + label + 5;
    let room = area.right().saturating_sub(x + 1);
    let objections: Vec<Vec<String>> = form
        .fields
        .iter()
        .map(|field| field.objection.as_ref().map(|text| lines(text, usize::from(room))).unwrap_or_default())
        .collect();
    let height = usize::from(area.height.saturating_sub(1));
    let tall = |at: usize| 1 + objections.get(at).map_or(0, Vec::len);
    let mut first = 0;
    while first < form.at && (first..=form.at).map(tall).sum::<usize>() > height {
        first += 1;
    }
    let mut y = area.y + 1;
    for (at, (field, objection)) in form.fields.iter().zip(&objections).enumerate().skip(first) {
        if y >= area.bottom() {
            break;
        }
        let is_here = at == form.at;
        put(buffer, area.x, y, 1, if is_here { ">" } else { "" }, theme.accent);
        let style = if is_here { theme.accent } else { theme.dim };
        put(buffer, area.x + 2, y, label, field.key, style);
        if field.is_required {
            put(buffer, area.x + 2 + label + 1, y, 1, "*", theme.accent);
        }
        match (is_here, field.shape) {
            (true, Shape::Word(_)) => {
                let word = if field.input.is_empty() { "none" } else { field.input.text() };
                put(buffer, x, y, room, &format!("‹ {word} ›"), theme.cursor);
            }
            (true, _) => line(buffer, x, y, room, &field.input, theme),
            (false, _) => put(buffer, x, y, room, field.input.text(), theme.plain),
        }
        y += 1;
        for text in objection {
            if y >= area.bottom() {
                break;
            }
            put(buffer, x, y, room, text, theme.error);
            y += 1;
        }
    }
}
