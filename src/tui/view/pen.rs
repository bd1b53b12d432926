//! Writing text into a buffer: on one line, over several lines, and rules.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use crate::text::{single_line, truncate, width, wrap_plain};
use crate::tui::layout::to_u16;
use crate::tui::theme::Theme;

/// Writes a text on one line in at most `width` columns, shortened with a mark. No character of it acts on the terminal.
pub(super) fn put(buffer: &mut Buffer, x: u16, y: u16, width: u16, text: &str, style: Style) {
    let area = buffer.area;
    if y >= area.bottom() || x >= area.right() {
        return;
    }
    let width = width.min(area.right() - x);
    let safe = single_line(text);
    buffer.set_stringn(x, y, truncate(&safe, usize::from(width)), usize::from(width), style);
}

/// Writes a text over several lines from line `y` of an area, broken between words; returns the line after it.
pub(super) fn put_wrapped(buffer: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) -> u16 {
    let mut y = y;
    for line in wrap_plain(text, usize::from(area.width)) {
        if y >= area.bottom() {
            break;
        }
        put(buffer, area.x, y, area.width, &line, style);
        y += 1;
    }
    y
}

/// Writes a title on the first line of an area, and at the end of the line a remark, which stays whole.
pub(super) fn title(buffer: &mut Buffer, area: Rect, text: &str, remark: &str, theme: &Theme) {
    let taken = to_u16(width(remark));
    put(buffer, area.x, area.y, area.width.saturating_sub(taken + 2), text, theme.strong);
    put(buffer, area.right().saturating_sub(taken + 1), area.y, taken, remark, theme.dim);
}

/// Draws a scroll bar in column `x` beside an area where not all lines are in view: of so many, those from `first` on.
pub(super) fn bar(buffer: &mut Buffer, x: u16, area: Rect, first: usize, all: usize, theme: &Theme) {
    for line in thumb(first, area.height.into(), all, area.height) {
        put(buffer, x, area.y + line, 1, "┃", theme.dim);
    }
}

/// Returns the lines of the thumb of a scroll bar of this height, where so many lines of all are in view from `first` on;
/// none where all are.
pub(super) fn thumb(first: usize, seen: usize, all: usize, height: u16) -> Range<u16> {
    if all <= seen || height == 0 {
        return 0..0;
    }
    let room = usize::from(height);
    let length = (room * seen / all).clamp(1, room);
    let start = (room - length) * first.min(all - seen) / (all - seen);
    to_u16(start)..to_u16(start + length)
}

/// Draws a horizontal line across so many columns but the first and the last.
pub(super) fn rule(buffer: &mut Buffer, y: u16, columns: u16, theme: &Theme) {
    let width = columns.saturating_sub(2);
    put(buffer, 1, y, width, &"─".repeat(usize::from(width)), theme.dim);
}

/// Clears the place of so many lines that end above `bottom`, with a rule over them, below the first line of the screen.
/// Returns the place.
pub(super) fn clear_above(bottom: u16, lines: usize, theme: &Theme, buffer: &mut Buffer) -> Rect {
    let height = to_u16(lines + 1).min(bottom.saturating_sub(1));
    let area = Rect { x: 0, y: bottom - height, width: buffer.area.width, height };
    Clear.render(area, buffer);
    put(buffer, 0, area.y, area.width, &"─".repeat(area.width.into()), theme.dim);
    Rect { y: area.y + 1, height: height.saturating_sub(1), ..area }
}
