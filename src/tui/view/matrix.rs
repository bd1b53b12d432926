//! Drawing the matrix: evidence down, hypotheses across, heat in the cells.

use crate::tui::prompt::Prompt;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

use super::guide;
use super::pen::{put, rule, thumb};
use crate::present::words::{self, decimal, thousands};
use crate::scenario::Evidence;
use crate::text::{single_line, width};
use crate::tui::fragility::Fragility;
use crate::tui::header;
use crate::tui::layout::{ColumnSlot, Layout, to_u16};
use crate::tui::panel;
use crate::tui::search::{Search, columns};
use crate::tui::selection::Block;
use crate::tui::sign::{CHANGED, CONFLICT, COVERED, CRITICAL, WITHDRAWN};
use crate::tui::state::{LitSearch, Mode, State};
use crate::tui::theme::Theme;

/// Columns of a cell that are filled with colour: the rating and one on each side.
const FILLED: u16 = 4;

/// Columns of a rating.
const RATING: u16 = 2;

/// Draws headers, the rows in view, scores and ranks.
pub(super) fn draw(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    head(state, theme, layout, buffer);
    // The brackets of the cursor may take the place of a piece of the scroll bar.
    scroll_bar(state, theme, layout, buffer);
    for (y, row) in lines(state, layout) {
        let item = state.window.rows.get(row).and_then(|at| state.scenario().evidence.get(*at));
        if let Some(item) = item {
            self::row(state, theme, layout, y, row, item, buffer);
        }
    }
    if state.scenario().evidence.is_empty() {
        guide::invite(state, theme, layout.body, buffer);
    } else if state.window.rows.is_empty() {
        let room = layout.body.width.saturating_sub(2);
        put(buffer, 2, layout.body.y + 1, room, "The filter hides every item.", theme.dim);
    }
    if let Mode::Prompt(Prompt::Search(searching)) = &state.mode {
        marks(state, theme, layout, (searching.input.text(), &searching.hits), buffer);
    } else if let Some(LitSearch { text, hits, .. }) = &state.window.lit {
        marks(state, theme, layout, (text, hits), buffer);
    }
    foot(state, theme, layout, buffer);
}

/// Returns the place of the closing bracket of the cursor; of the row where no column is in view.
pub(super) fn place_of_cursor(state: &State, layout: &Layout) -> Option<Position> {
    let cursor = state.window.cursor;
    let (y, _) = lines(state, layout).find(|(_, row)| *row == cursor.row)?;
    let Some(slot) = layout.slots.iter().find(|slot| slot.column == cursor.column) else {
        return Some(Position { x: layout.id.0, y });
    };
    let at = state.window.rows.get(cursor.row).zip(state.window.columns.get(cursor.column));
    let after = at.is_some_and(|(row, column)| is_followed(state, *row, *column));
    Some(Position { x: slot.end() + u16::from(after), y })
}

/// Whether a sign stands after the rating of a cell.
fn is_followed(state: &State, row: usize, column: usize) -> bool {
    is_covered(state, row, column) || cell_sign(state, row, column).is_some()
}

/// Whether the rating of a cell adds nothing, since a stronger one of its group covers it.
fn is_covered(state: &State, row: usize, column: usize) -> bool {
    let matrix = &state.derived.scores.matrix;
    let counts = matrix.row_of(row).is_some_and(|row| !matrix.is_unsearched(row));
    counts && known_fragility(state).is_some_and(|known| known.covering(row, column).is_some())
}

/// Returns the first line of the screen of each row in view, and the row.
fn lines(state: &State, layout: &Layout) -> impl Iterator<Item = (u16, usize)> {
    let last = state.window.rows.len();
    let rows = (state.window.top..last).take(layout.row_count());
    (layout.body.y..layout.body.bottom()).step_by(layout.row_height.max(1).into()).zip(rows)
}

fn head(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let last = layout.head.bottom().saturating_sub(1);
    put(buffer, layout.id.0, last, layout.id.1, "Evidence", theme.dim);
    if layout.weight.1 > 0 && !state.scenario().evidence.is_empty() {
        right(buffer, layout.weight.0, last, layout.weight.1, "Wt", theme.dim);
    }
    for slot in &layout.slots {
        let Some(at) = state.window.columns.get(slot.column).copied() else { continue };
        let Some(hypothesis) = state.scenario().hypotheses.get(at) else { continue };
        let is_ranked = is_ranked(state, slot.column) && hypothesis.is_active();
        let style = match (slot.column == state.window.cursor.column, is_ranked) {
            (true, _) => theme.accent,
            (false, true) if leads(state, at) => theme.strong,
            (false, true) => theme.plain,
            (false, false) => theme.dim,
        };
        // Headers stand on the last line, next to the ratings.
        let top = layout.head.bottom().saturating_sub(to_u16(slot.header.len()));
        for (y, line) in (top..layout.head.bottom()).zip(&slot.header) {
            right(buffer, slot.x, y, slot.width, line, style);
        }
        if let Some(sign) = state.column_sign(at) {
            put(buffer, slot.end(), last, 1, sign, theme.sign());
        }
    }
    if let Some(first) = layout.slots.first().filter(|slot| slot.column > 0) {
        put(buffer, first.x, last, 1, "‹", theme.accent);
    }
    if let Some(last_slot) = layout.slots.last().filter(|slot| slot.column + 1 < state.window.columns.len()) {
        put(buffer, last_slot.end(), last, 1, "›", theme.accent);
    }
}

/// Whether the hypothesis at this position leads, where that may be seen.
fn leads(state: &State, at: usize) -> bool {
    !state.window.blind && state.derived.scores.ranking.leaders.contains(&at)
}

fn row(
    state: &State,
    theme: &Theme,
    layout: &Layout,
    y: u16,
    row: usize,
    item: &Evidence,
    buffer: &mut Buffer,
) {
    let here = row == state.window.cursor.row;
    let base = if here { theme.row } else { Style::new() };
    let height = layout.row_height.min(layout.body.bottom() - y);
    buffer.set_style(Rect { y, height, width: layout.body.width - 1, ..layout.body }, base);
    let at = state.window.rows.get(row).copied().unwrap_or_default();
    for line in y..y + height {
        margin(state, theme, at, (line == y).then_some(item), line, base, buffer);
    }
    let matrix = &state.derived.scores.matrix;
    let counts = matrix.row_of(at).is_some();
    let struck = |style: Style| if counts { style } else { theme.dim.add_modifier(Modifier::CROSSED_OUT) };
    let (id, text) = if here { (theme.accent, theme.plain) } else { (theme.plain, theme.dim) };
    put(buffer, layout.id.0, y, layout.id.1, item.id.as_str(), base.patch(struck(id)));
    let first = y + u16::from(layout.is_text_below);
    for (line, text_line) in (first..y + height).zip(text_lines(&item.text, layout)) {
        put(buffer, layout.text.0, line, layout.text.1, &text_line, base.patch(struck(text)));
    }
    if layout.weight.1 > 0 {
        let weight = if counts { decimal(item.weight().factor()) } else { "-".to_owned() };
        right(buffer, layout.weight.0, y, layout.weight.1, &weight, base.patch(theme.dim));
    }
    let block = state.window.block();
    for slot in &layout.slots {
        if let Some(column) = state.window.columns.get(slot.column) {
            let is_here = here && slot.column == state.window.cursor.column;
            let block = block.as_ref().filter(|block| block.contains(row, slot.column));
            let is_edge = [Block::first, Block::last].map(|end| block.map(end) == Some(slot.column));
            let base = if block.is_some() { theme.row } else { base };
            if block.is_some() {
                let x = if is_edge[0] { slot.end().saturating_sub(RATING + 2) } else { slot.x };
                buffer.set_style(Rect { x, y, width: slot.end() - x, height: 1 }, base);
            }
            let place = CellPlace { slot, y, base, is_here, is_edge };
            cell(state, theme, (at, *column), &place, buffer);
        }
    }
}

/// Returns the lines of a text that a row has room for.
fn text_lines(text: &str, layout: &Layout) -> Vec<String> {
    let lines = usize::from(layout.row_height.saturating_sub(u16::from(layout.is_text_below)));
    if layout.text.1 == 0 || lines == 0 {
        return Vec::new();
    }
    header::cut(&single_line(text), lines, layout.text.1.into())
}

/// The place of a cell on the screen.
struct CellPlace<'a> {
    slot: &'a ColumnSlot,
    y: u16,
    /// The style of the row.
    base: Style,
    /// Whether the cursor is in it.
    is_here: bool,
    /// Whether it is in the first and in the last column of the selection.
    is_edge: [bool; 2],
}

/// Draws a rating at the right end of its column, with its signs beside it: critical before it, what differs after it.
fn cell(state: &State, theme: &Theme, (row, column): (usize, usize), place: &CellPlace, buffer: &mut Buffer) {
    let CellPlace { slot, y, base, is_here, is_edge: [is_first, is_last] } = *place;
    let matrix = &state.derived.scores.matrix;
    let counts = matrix.row_of(row).is_some_and(|row| !matrix.is_unsearched(row));
    let item = state.scenario().evidence.get(row);
    let rating = item.and_then(|item| item.ratings.rating(column));
    let fragility = known_fragility(state);
    let is_covered = is_covered(state, row, column);
    let own = if counts && !is_covered { theme.rating(rating) } else { theme.dim };
    let style = base.patch(own);
    let end = slot.end();
    let rating_x = end.saturating_sub(RATING);
    let style = if is_here { style.patch(theme.cursor) } else { style };
    let is_filled = is_here || own.bg.is_some();
    if is_filled {
        buffer.set_style(Rect { x: rating_x - 1, y, width: FILLED, height: 1 }, style);
    }
    right(buffer, rating_x, y, RATING, rating.map_or("·", |rating| rating.as_str()), style);
    let beside = |sign: Style| if is_filled { style } else { base.patch(sign) };
    let is_critical =
        matrix.row_of(row).is_some() && fragility.is_some_and(|known| known.is_cell(row, column));
    if is_covered {
        put(buffer, rating_x - 1, y, 1, COVERED[0], style);
        put(buffer, end, y, 1, COVERED[1], style);
    } else if is_critical {
        put(buffer, rating_x - 1, y, 1, CRITICAL, beside(theme.dim));
    }
    let sign = cell_sign(state, row, column);
    if let Some(sign) = sign {
        put(buffer, end, y, 1, sign, beside(theme.sign()));
    }
    if is_here || is_first {
        put(buffer, rating_x - 2, y, 1, "[", style);
    }
    if is_here || is_last {
        put(buffer, end + u16::from(is_covered || sign.is_some()), y, 1, "]", style);
    }
}

/// Whether the hypothesis of a column is ranked, or none is.
fn is_ranked(state: &State, column: usize) -> bool {
    let ranking = &state.derived.scores.ranking;
    let rank = state.window.columns.get(column).and_then(|at| ranking.rank(*at));
    rank.is_some() || ranking.ranks.iter().all(Option::is_none)
}

/// Draws the signs before the id of a row: what the lead rests on on each of its lines, and on the first a conflict, or
/// how it differs from the last commit.
fn margin(
    state: &State,
    theme: &Theme,
    at: usize,
    first: Option<&Evidence>,
    y: u16,
    base: Style,
    buffer: &mut Buffer,
) {
    if state.derived.scores.matrix.row_of(at).is_none() {
        put(buffer, 0, y, 1, WITHDRAWN, base.patch(theme.sign()));
    } else if known_fragility(state).is_some_and(|fragility| fragility.rows.contains(&at)) {
        put(buffer, 0, y, 1, CRITICAL, base.patch(theme.sign()));
    }
    let Some(item) = first else { return };
    let sign = if item.conflict.is_some() {
        Some(CONFLICT)
    } else {
        state.derived.head.row(state.scenario(), at).sign()
    };
    if let Some(sign) = sign {
        put(buffer, 1, y, 1, sign, base.patch(theme.sign()));
    }
}

/// Returns what the lead rests on; `None` in blind mode.
fn known_fragility(state: &State) -> Option<&Fragility> {
    state.derived.fragility.as_ref().filter(|_| !state.window.blind)
}

/// Returns the sign after a cell: a conflict, or a difference from the last commit.
fn cell_sign(state: &State, row: usize, column: usize) -> Option<&'static str> {
    let cell = state.scenario().evidence.get(row).and_then(|item| item.ratings.get(column));
    if cell.is_some_and(|cell| cell.conflict().is_some()) {
        return Some(CONFLICT);
    }
    state.derived.head.differs(state.scenario(), row, column).then_some(CHANGED)
}

fn foot(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    if state.window.columns.is_empty() || state.scenario().evidence.is_empty() {
        return;
    }
    let (score, rank) = (layout.foot.y, layout.foot.y + 1);
    let room = layout.slots.first().map_or(layout.foot.width, |slot| slot.x).saturating_sub(layout.id.0 + 1);
    let full = words::method_words(state.window.method).score;
    let name =
        if width(full) > usize::from(room) { words::method_words(state.window.method).title } else { full };
    if let Some(y) = layout.rule {
        rule(buffer, y, layout.body.width, theme);
        let position = position(state, layout);
        let x = layout.body.width.saturating_sub(to_u16(width(&position)) + AFTER_POSITION + 1);
        put(buffer, x, y, layout.body.width - x, &position, theme.dim);
    }
    put(buffer, layout.id.0, score, room, name, theme.dim);
    put(buffer, layout.id.0, rank, room, "Rank", theme.dim);
    let ranking = &state.derived.scores.ranking;
    for slot in &layout.slots {
        let Some(at) = state.window.columns.get(slot.column) else { continue };
        let (value, place, style) = match leads(state, *at) {
            _ if state.window.blind => ("-".to_owned(), "-".to_owned(), theme.dim),
            true => (panel::score(ranking, *at), panel::rank(ranking, *at), theme.strong),
            false => (panel::score(ranking, *at), panel::rank(ranking, *at), theme.plain),
        };
        right(buffer, slot.x, score, slot.width, &value, style);
        right(buffer, slot.x, rank, slot.width, &place, style);
    }
}

/// Columns of the rule after the position.
const AFTER_POSITION: u16 = 6;

/// Columns from which the rows in view are told too.
const WIDE: u16 = 84;

/// Returns the position of the cursor among the rows, and the rows in view where there is room for that.
fn position(state: &State, layout: &Layout) -> String {
    let all = state.window.rows.len();
    if all == 0 {
        return String::new();
    }
    let at = thousands(state.window.cursor.row + 1);
    let top = state.window.top;
    let seen = match all.min(top + layout.row_count()) {
        _ if layout.body.width < WIDE => String::new(),
        last if top == 0 && last == all => ", all".to_owned(),
        last => format!(", {} to {}", thousands(top + 1), thousands(last)),
    };
    format!(" {at} of {}{seen} ", thousands(all))
}

/// Draws the scroll bar where not all rows are in view: a thick stroke on the line beside the matrix.
fn scroll_bar(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let (all, seen) = (state.window.rows.len(), layout.row_count());
    if all <= seen || layout.body.height == 0 {
        return;
    }
    let x = layout.scroll_bar();
    let thumb = thumb(state.window.top, seen, all, layout.body.height);
    for line in 0..layout.body.height {
        let (stroke, style) = if thumb.contains(&line) { ("┃", theme.plain) } else { ("│", theme.dim) };
        put(buffer, x, layout.body.y + line, 1, stroke, style);
    }
}

/// Marks the letters that match a search.
fn marks(
    state: &State,
    theme: &Theme,
    layout: &Layout,
    (query, hits): (&str, &[usize]),
    buffer: &mut Buffer,
) {
    let mut search = Search::new(query);
    for (y, row) in lines(state, layout).filter(|(_, row)| hits.binary_search(row).is_ok()) {
        let item = state.window.rows.get(row).and_then(|at| state.scenario().evidence.get(*at));
        let Some(item) = item else { continue };
        let marks = search.marks(item);
        // The row is marked even if the match is in a hidden part of the text.
        put(buffer, 0, y, 1, "▸", theme.found);
        let (id_x, id_room) = layout.id;
        mark_line(buffer, (id_x, y, id_room), &single_line(item.id.as_str()), &marks.id, theme);
        let first = y + u16::from(layout.is_text_below);
        let text = single_line(&item.text);
        let shown = text_lines(&item.text, layout);
        let mut from = 0;
        for (y, line) in (first..).zip(&shown) {
            // A line is a part of the text, but for the ellipsis at its end.
            let part = line.trim_end_matches('…');
            let Some(start) = text.get(from..).and_then(|rest| rest.find(part)).map(|at| from + at) else {
                break;
            };
            from = start + part.len();
            let before = text.get(..start).unwrap_or_default().graphemes(true).count();
            let found: Vec<usize> = marks.text.iter().filter_map(|at| at.checked_sub(before)).collect();
            mark_line(buffer, (layout.text.0, y, layout.text.1), part, &found, theme);
        }
    }
}

/// Marks letters of a text that is drawn at a place of so many columns.
fn mark_line(buffer: &mut Buffer, (x, y, room): (u16, u16, u16), text: &str, found: &[usize], theme: &Theme) {
    // The last column of a cut text is the ellipsis.
    let room = usize::from(room) - usize::from(room > 0 && width(text) > usize::from(room));
    for (at, wide) in columns(text, found).into_iter().take_while(|(at, wide)| at + wide <= room) {
        buffer.set_style(Rect { x: x + to_u16(at), y, width: to_u16(wide), height: 1 }, theme.found);
    }
}

/// Writes a text at the right end of a column.
fn right(buffer: &mut Buffer, x: u16, y: u16, columns: u16, text: &str, style: Style) {
    let taken = u16::try_from(width(text)).unwrap_or(columns).min(columns);
    put(buffer, x + columns - taken, y, taken, text, style);
}
