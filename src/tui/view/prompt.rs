//! Drawing the line that is typed under the matrix.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::pen::put;
use crate::present::words::thousands;
use crate::text::width;
use crate::tui::commands::{filter_faults, palette, palette_size};
use crate::tui::layout::to_u16;
use crate::tui::prompt::Prompt;
use crate::tui::state::State;
use crate::tui::theme::Theme;
use crate::tui::widget::Input;

/// Draws a prompt: its sign, the typed text, and the number of matches. Returns the place of the caret.
pub(super) fn draw(
    state: &State,
    prompt: &Prompt,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Position {
    let (sign, input, result) = match prompt {
        Prompt::Search(searching) => {
            let at = searching.hits.iter().position(|hit| *hit == state.window.cursor.row);
            let result = match (searching.hits.len(), at) {
                _ if searching.input.is_empty() && state.recall.searched.is_empty() => String::new(),
                _ if searching.input.is_empty() => format!("Enter: {}", state.recall.searched),
                (0, _) => "no match".into(),
                (all, Some(at)) => format!("{} of {}", thousands(at + 1), thousands(all)),
                (all, None) => thousands(all),
            };
            ("/", &searching.input, result)
        }
        Prompt::Filter(filtering) => {
            let all = state.scenario().evidence.len();
            let result = format!("{} of {}", thousands(state.window.rows.len()), thousands(all));
            let caret = typed("filter ", &filtering.input, &result, theme, area, buffer);
            for (span, _) in filter_faults(state, filtering) {
                mark(&filtering.input, span, caret, theme, buffer);
            }
            return caret;
        }
        Prompt::Command(commanding) => {
            let found = palette(commanding, &state.bound);
            let result = found.map_or_else(String::new, |(found, _)| match found.len() {
                0 => "no command".into(),
                some => format!("{some} of {}", palette_size()),
            });
            (":", &commanding.input, result)
        }
        Prompt::Note(input) => ("note ", input, String::new()),
    };
    typed(sign, input, &result, theme, area, buffer)
}

/// Draws a line that is typed after a sign, with a result at its end. Returns the place of the caret.
pub(super) fn typed(
    sign: &str,
    input: &Input,
    result: &str,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Position {
    put(buffer, 1, area.y, area.width, sign, theme.accent);
    let start = 1 + to_u16(width(sign));
    // At least half the line is for typing.
    let taken = to_u16(width(result)).min(area.width / 2);
    let x = line(buffer, start, area.y, area.width.saturating_sub(start + taken + 2), input, theme);
    put(buffer, area.width.saturating_sub(taken + 1), area.y, taken, result, theme.dim);
    Position { x, y: area.y }
}

/// Marks a part of a typed line, by its bytes, as wrong.
fn mark(input: &Input, span: Range<usize>, caret: Position, theme: &Theme, buffer: &mut Buffer) {
    let line = buffer.area.width.saturating_sub(1);
    let at = input.head().len();
    let between = |from: usize, to: usize| to_u16(width(input.text().get(from..to).unwrap_or_default()));
    let place = |byte: usize| {
        let x =
            if byte < at { caret.x.saturating_sub(between(byte, at)) } else { caret.x + between(at, byte) };
        x.clamp(1, line)
    };
    let (start, end) = (place(span.start), place(span.end));
    buffer.set_style(Rect { x: start, y: caret.y, width: end - start, height: 1 }, theme.error);
}

/// Draws a typed line in at most `room` columns, with the cursor in view. Returns the column of the caret.
pub(super) fn line(buffer: &mut Buffer, x: u16, y: u16, room: u16, input: &Input, theme: &Theme) -> u16 {
    let [before, under, after] = input.window(usize::from(room));
    let caret = x + to_u16(width(&before));
    let mut x = x;
    for (text, style) in [(before, theme.plain), (under, theme.cursor), (after, theme.plain)] {
        put(buffer, x, y, to_u16(width(&text)), &text, style);
        x += to_u16(width(&text));
    }
    caret
}
