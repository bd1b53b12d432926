//! Panels in their places: beside the matrix, or over it where they need the room.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::{PANELS, page, put};
use crate::tui::layout::Layout;
use crate::tui::state::{Mode, State};
use crate::tui::theme::{Depth, THEMES, Theme};

/// Lines of a panel that are looked at; no panel of readable length has more.
const MOST_LINES: u16 = 500;

/// No panel that goes on pauses for more lines than these.
const PAUSE: u16 = 10;

/// Where a panel lies over the matrix.
pub(crate) fn area(state: &State) -> Rect {
    let (columns, rows) = state.size;
    Rect { x: 1, y: 1, width: columns.saturating_sub(2), height: rows.saturating_sub(2) }
}

/// How many lines the panel has to say in so many columns.
pub(crate) fn height(state: &State, width: u16) -> u16 {
    THEMES.first().map_or(0, |theme| whole(state, &theme.on(Depth::Full), width, MOST_LINES).1)
}

/// The panel as if there were room for so many lines of it, and how many it takes.
fn whole(state: &State, theme: &Theme, width: u16, lines: u16) -> (Buffer, u16) {
    let area = Rect { x: 0, y: 0, width, height: lines };
    let mut buffer = Buffer::empty(area);
    if let Some(panel) = PANELS.get(state.panel) {
        (panel.draw)(state, theme, area, &mut buffer);
    }
    let is_blank = |y: u16| (0..width).all(|x| buffer.cell((x, y)).is_none_or(|cell| cell.symbol() == " "));
    let last = (0..lines).rev().find(|y| !is_blank(*y));
    (buffer, last.map_or(0, |y| y + 1))
}

/// Clears the lines of the panel that lies over the matrix.
pub(super) fn clear(state: &State, buffer: &mut Buffer) {
    Clear.render(Rect { x: 0, width: state.size.0, ..area(state) }, buffer);
}

/// Draws the panel over the matrix, scrolled down by some lines.
pub(super) fn draw(state: &State, theme: &Theme, top: u16, buffer: &mut Buffer) {
    let area = area(state);
    clear(state, buffer);
    let (panel, height) = whole(state, theme, area.width, MOST_LINES);
    let top = top.min(height.saturating_sub(area.height));
    for y in 0..area.height {
        for x in 0..area.width {
            if let (Some(from), Some(to)) =
                (panel.cell((x, top + y)), buffer.cell_mut((area.x + x, area.y + y)))
            {
                to.clone_from(from);
            }
        }
    }
}

/// Draws what sets the panel apart from the matrix, and a mark where it has more to say than fits.
pub(super) fn frame(state: &State, theme: &Theme, layout: &Layout, area: Rect, buffer: &mut Buffer) {
    if area.x > layout.body.right() {
        for y in area.y..area.bottom() {
            put(buffer, area.x - 2, y, 1, "│", theme.dim);
        }
    } else {
        rule(buffer, area.y - 1, state.size.0, theme);
    }
    let mark = if matches!(state.mode, Mode::Page(_)) {
        ""
    } else if page::has_entries(state) {
        " V choose"
    } else if whole(state, theme, area.width, area.height + PAUSE).1 > area.height {
        " v more"
    } else {
        ""
    };
    let (taken, y) = (u16::try_from(mark.len()).unwrap_or_default(), area.bottom() - 1);
    let x = area.right().saturating_sub(taken);
    // A word is not cut without a mark of that either.
    let is_written = |x: u16| buffer.cell((x, y)).is_some_and(|cell| cell.symbol() != " ");
    let is_cut = taken > 0 && is_written(x) && is_written(x - 1);
    put(buffer, x, y, taken, mark, theme.dim);
    if is_cut {
        put(buffer, x - 1, y, 1, "…", theme.dim);
    }
}

/// Draws a line across.
pub(super) fn rule(buffer: &mut Buffer, y: u16, columns: u16, theme: &Theme) {
    let width = columns.saturating_sub(2);
    put(buffer, 1, y, width, &"─".repeat(usize::from(width)), theme.dim);
}
