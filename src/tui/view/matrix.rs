//! Drawing the matrix: evidence down, hypotheses across, heat in the cells.

use crate::tui::prompt::Prompt;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::guide;
use super::pen::{put, rule};
use crate::present::words::{self, decimal};
use crate::scenario::Evidence;
use crate::text::{single_line, truncate, width};
use crate::tui::fragility::Fragility;
use crate::tui::layout::{ColumnSlot, Layout};
use crate::tui::prompt::Searching;
use crate::tui::search::{Search, columns};
use crate::tui::sign::{CHANGED, CONFLICT, COVERED, CRITICAL, WITHDRAWN};
use crate::tui::state::{Mode, State};
use crate::tui::theme::Theme;

/// Columns of a cell that are filled with colour, where there is room.
const FILLED: u16 = 4;

/// Draws headers, the rows in view, scores and ranks.
pub(super) fn draw(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    head(state, theme, layout, buffer);
    let height = usize::from(layout.body.height);
    for (line, (row, at)) in
        (0_u16..).zip(state.window.rows.iter().enumerate().skip(state.window.top).take(height))
    {
        if let Some(item) = state.scenario().evidence.get(*at) {
            self::row(state, theme, layout, layout.body.y + line, row, item, buffer);
        }
    }
    if state.scenario().evidence.is_empty() {
        guide::invite(state, theme, layout.body, buffer);
    } else if state.window.rows.is_empty() {
        let room = layout.body.width.saturating_sub(2);
        put(buffer, 2, layout.body.y + 1, room, "the filter hides every item", theme.dim);
    }
    if let Mode::Prompt(Prompt::Search(searching)) = &state.mode {
        marks(state, theme, layout, searching, buffer);
    }
    foot(state, theme, layout, buffer);
}

fn head(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    put(buffer, layout.id.0, layout.head.y, layout.id.1, "Evidence", theme.dim);
    if layout.weight.1 > 0 && !state.scenario().evidence.is_empty() {
        right(buffer, layout.weight.0, layout.head.y, layout.weight.1, "Wt", theme.dim);
    }
    for slot in &layout.slots {
        let Some(hypothesis) =
            state.window.columns.get(slot.column).and_then(|at| state.scenario().hypotheses.get(*at))
        else {
            continue;
        };
        let is_ranked = is_ranked(state, slot.column) && hypothesis.is_active();
        let style = match (slot.column == state.window.cursor.column, is_ranked) {
            (true, _) => theme.accent,
            (false, true) => theme.strong,
            (false, false) => theme.dim,
        };
        let sign = state.window.columns.get(slot.column).and_then(|at| column_sign(state, *at));
        let inner = inner(*slot);
        let Some(sign) = sign else {
            centred(buffer, inner, layout.head.y, hypothesis.header(), style);
            continue;
        };
        let header = single_line(hypothesis.header());
        let header = truncate(&header, usize::from(inner.width.saturating_sub(1)));
        centred(buffer, inner, layout.head.y, &format!("{header}{sign}"), style);
    }
    if let Some(first) = layout.slots.first().filter(|slot| slot.column > 0) {
        put(buffer, first.x, layout.head.y, 1, "‹", theme.accent);
    }
    if let Some(last) = layout.slots.last().filter(|slot| slot.column + 1 < state.window.columns.len()) {
        put(buffer, last.x + last.width - 1, layout.head.y, 1, "›", theme.accent);
    }
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
    buffer.set_style(Rect { y, height: 1, ..layout.body }, base);
    let at = state.window.rows.get(row).copied().unwrap_or_default();
    margin(state, theme, at, item, y, base, buffer);
    let matrix = &state.derived.scores.matrix;
    let counts = matrix.row_of(at).is_some();
    let is_searched = matrix.row_of(at).is_none_or(|row| !matrix.is_unsearched(row));
    let struck = |style: Style| if counts { style } else { theme.dim.add_modifier(Modifier::CROSSED_OUT) };
    let (id, text) = if here { (theme.accent, theme.plain) } else { (theme.plain, theme.dim) };
    put(buffer, layout.id.0, y, layout.id.1, item.id.as_str(), base.patch(struck(id)));
    put(buffer, layout.text.0, y, layout.text.1, &item.text, base.patch(struck(text)));
    if layout.weight.1 > 0 {
        let weight = if counts { decimal(item.weight().factor()) } else { "-".to_owned() };
        right(buffer, layout.weight.0, y, layout.weight.1, &weight, base.patch(theme.dim));
    }
    for slot in &layout.slots {
        let Some(column) = state.window.columns.get(slot.column) else { continue };
        let rating = item.ratings.rating(*column);
        let word = rating.map_or("·", |rating| rating.as_str());
        let fragility = rests(state);
        let is_covered = counts && fragility.is_some_and(|known| known.covering(at, *column).is_some());
        let [open, close] = if is_covered { COVERED } else { [""; 2] };
        let word = format!("{open}{word}{close}");
        let own = if counts && is_searched && !is_covered { theme.rating(rating) } else { theme.dim };
        let style = base.patch(own);
        let sign = cell_sign(state, at, *column);
        let is_critical = counts && fragility.is_some_and(|known| known.is_cell(at, *column));
        let before = if is_critical { CRITICAL } else { " " };
        if here && slot.column == state.window.cursor.column {
            let text = in_brackets(before, &word, sign, slot.width);
            centred(buffer, *slot, y, &text, style.patch(theme.cursor));
            continue;
        }
        let is_filled = own.bg.is_some();
        if is_filled && slot.width >= FILLED + 2 {
            let x = slot.x + (slot.width - FILLED) / 2;
            buffer.set_style(Rect { x, y, width: FILLED, height: 1 }, style);
        }
        // Signs stand beside the word, which stays in line with those above and below.
        let (start, end) = centred(buffer, *slot, y, &word, style);
        let beside = |own| if is_filled { style } else { base.patch(own) };
        if is_critical {
            put(buffer, start.saturating_sub(1), y, 1, CRITICAL, beside(theme.dim));
        }
        if let Some(sign) = sign {
            put(buffer, end, y, 1, sign, beside(theme.sign()));
        }
    }
}

/// Whether the hypothesis of a column is ranked, or none is.
fn is_ranked(state: &State, column: usize) -> bool {
    let ranks = &state.derived.scores.ranking.ranks;
    let rank = state.window.columns.get(column).and_then(|at| ranks.get(*at).copied().flatten());
    rank.is_some() || ranks.iter().all(Option::is_none)
}

/// Returns the word under the cursor in brackets, with a space or a sign on each side where there is room.
fn in_brackets(before: &str, word: &str, sign: Option<&str>, columns: u16) -> String {
    let wide = format!("[{before}{word}{}]", sign.unwrap_or(" "));
    if width(&wide) > usize::from(columns) { format!("[{word}{}]", sign.unwrap_or_default()) } else { wide }
}

/// Draws the signs before the id of a row: a conflict, or how it differs from the last commit.
fn margin(
    state: &State,
    theme: &Theme,
    at: usize,
    item: &Evidence,
    y: u16,
    base: Style,
    buffer: &mut Buffer,
) {
    if state.derived.scores.matrix.row_of(at).is_none() {
        put(buffer, 0, y, 1, WITHDRAWN, base.patch(theme.sign()));
    } else if rests(state).is_some_and(|fragility| fragility.is_row(at)) {
        put(buffer, 0, y, 1, CRITICAL, base.patch(theme.sign()));
    }
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
fn rests(state: &State) -> Option<&Fragility> {
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

/// Returns the sign after the header of a column, likewise.
fn column_sign(state: &State, at: usize) -> Option<&'static str> {
    let is_open = state.scenario().hypotheses.get(at).is_some_and(|hypothesis| hypothesis.conflict.is_some());
    if is_open { Some(CONFLICT) } else { state.derived.head.column(state.scenario(), at).sign() }
}

fn foot(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    if state.window.columns.is_empty() || state.scenario().evidence.is_empty() {
        return;
    }
    let (score, rank) = (layout.foot.y, layout.foot.y + 1);
    let room = layout.slots.first().map_or(layout.foot.width, |slot| slot.x).saturating_sub(layout.id.0 + 1);
    let full = words::score_name(state.window.method);
    let name = if width(full) > usize::from(room) { words::method_title(state.window.method) } else { full };
    if let Some(y) = layout.rule {
        rule(buffer, y, layout.body.width, theme);
    }
    put(buffer, layout.id.0, score, room, name, theme.dim);
    put(buffer, layout.id.0, rank, room, "Rank", theme.dim);
    let ranking = &state.derived.scores.ranking;
    for slot in &layout.slots {
        let Some(at) = state.window.columns.get(slot.column) else { continue };
        if state.window.blind {
            centred(buffer, *slot, score, "-", theme.dim);
            centred(buffer, *slot, rank, "-", theme.dim);
            continue;
        }
        let leads = ranking.leaders.contains(at);
        let style = if leads { theme.strong } else { theme.plain };
        let value = ranking.scores.get(*at).copied().flatten();
        let value = value.map_or("-".into(), |value| words::score(state.window.method, value));
        let place = ranking.ranks.get(*at).copied().flatten().map_or("-".into(), |rank| rank.to_string());
        centred(buffer, *slot, score, &value, style);
        centred(buffer, *slot, rank, &place, style);
    }
}

/// Marks the letters that match a search.
fn marks(state: &State, theme: &Theme, layout: &Layout, searching: &Searching, buffer: &mut Buffer) {
    let mut search = Search::new(searching.input.text());
    let height = usize::from(layout.body.height);
    let hits =
        searching.hits.iter().filter(|hit| (state.window.top..state.window.top + height).contains(hit));
    for (line, item) in hits.filter_map(|hit| {
        let item = state.window.rows.get(*hit).and_then(|at| state.scenario().evidence.get(*at))?;
        Some((u16::try_from(hit - state.window.top).ok()?, item))
    }) {
        let marks = search.marks(item);
        // The row is marked even if the match is in a hidden part of the text.
        put(buffer, 0, layout.body.y + line, 1, "▸", theme.found);
        let places = [(layout.id, item.id.as_str(), marks.id), (layout.text, item.text.as_str(), marks.text)];
        for ((x, room), text, found) in places {
            let shown = single_line(text);
            // The last column of a cut text is the ellipsis.
            let room = usize::from(room) - usize::from(room > 0 && width(&shown) > usize::from(room));
            for (at, wide) in columns(&shown, &found).into_iter().take_while(|(at, wide)| at + wide <= room) {
                let (at, wide) = (u16::try_from(at).unwrap_or_default(), u16::try_from(wide).unwrap_or(1));
                let area = Rect { x: x + at, y: layout.body.y + line, width: wide, height: 1 };
                buffer.set_style(area, theme.found);
            }
        }
    }
}

/// Returns a column without the space on each side.
fn inner(slot: ColumnSlot) -> ColumnSlot {
    ColumnSlot { x: slot.x + 1, width: slot.width.saturating_sub(2), ..slot }
}

/// Writes a text in the middle of a column. Returns its first column and the one after it.
fn centred(buffer: &mut Buffer, slot: ColumnSlot, y: u16, text: &str, style: Style) -> (u16, u16) {
    let taken = u16::try_from(width(&single_line(text))).unwrap_or(slot.width).min(slot.width);
    let x = slot.x + (slot.width - taken) / 2;
    put(buffer, x, y, slot.width, text, style);
    (x, x + taken)
}

/// Writes a text at the right end of a column.
fn right(buffer: &mut Buffer, x: u16, y: u16, columns: u16, text: &str, style: Style) {
    let taken = u16::try_from(width(text)).unwrap_or(columns).min(columns);
    put(buffer, x + columns - taken, y, taken, text, style);
}
