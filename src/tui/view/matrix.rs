//! The matrix: evidence down, hypotheses across, heat in the cells.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::put;
use crate::present::words::decimal;
use crate::scenario::Evidence;
use crate::text::{single_line, width};
use crate::tui::layout::{Layout, Slot};
use crate::tui::state::State;
use crate::tui::theme::Theme;

/// Draws heads, the rows in view, scores and ranks.
pub(super) fn draw(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    head(state, theme, layout, buffer);
    let height = usize::from(layout.body.height);
    for (line, (row, at)) in (0_u16..).zip(state.rows.iter().enumerate().skip(state.top).take(height)) {
        if let Some(item) = state.scenario().evidence.get(*at) {
            self::row(state, theme, layout, layout.body.y + line, row, item, buffer);
        }
    }
    if state.rows.is_empty() {
        put(buffer, 2, layout.body.y + 1, layout.body.width.saturating_sub(2), "no evidence yet", theme.dim);
    }
    foot(state, theme, layout, buffer);
}

fn head(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    put(buffer, layout.id.0, layout.head.y, layout.id.1, "Evidence", theme.dim);
    if layout.weight.1 > 0 {
        right(buffer, layout.weight.0, layout.head.y, layout.weight.1, "Wt", theme.dim);
    }
    for slot in &layout.slots {
        let Some(hypothesis) =
            state.columns.get(slot.column).and_then(|at| state.scenario().hypotheses.get(*at))
        else {
            continue;
        };
        let style = match (slot.column == state.cursor.column, hypothesis.is_active()) {
            (true, _) => theme.accent,
            (false, true) => theme.strong,
            (false, false) => theme.dim,
        };
        centred(buffer, *slot, layout.head.y, hypothesis.header(), style);
    }
    if let Some(first) = layout.slots.first().filter(|slot| slot.column > 0) {
        put(buffer, first.x, layout.head.y, 1, "‹", theme.accent);
    }
    if let Some(last) = layout.slots.last().filter(|slot| slot.column + 1 < state.columns.len()) {
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
    let here = row == state.cursor.row;
    let base = if here { theme.row } else { Style::new() };
    buffer.set_style(ratatui::layout::Rect { y, height: 1, ..layout.body }, base);
    let (id, text) = if here { (theme.accent, theme.plain) } else { (theme.plain, theme.dim) };
    put(buffer, layout.id.0, y, layout.id.1, item.id.as_str(), base.patch(id));
    put(buffer, layout.text.0, y, layout.text.1, &item.text, base.patch(text));
    if layout.weight.1 > 0 {
        let weight = decimal(item.weight().factor());
        right(buffer, layout.weight.0, y, layout.weight.1, &weight, base.patch(theme.dim));
    }
    for slot in &layout.slots {
        let Some(at) = state.columns.get(slot.column) else { continue };
        let rating = item.ratings.rating(*at);
        let mut word = rating.map_or("·", |rating| rating.as_str()).to_owned();
        if item.ratings.get(*at).is_some_and(|cell| cell.conflict().is_some()) {
            word.push('!');
        }
        let style = base.patch(theme.rating(rating));
        if here && slot.column == state.cursor.column {
            centred(
                buffer,
                *slot,
                y,
                &format!("[ {word} ]"),
                base.patch(theme.rating(rating)).patch(theme.cursor),
            );
        } else {
            centred(buffer, *slot, y, &word, style);
        }
    }
}

fn foot(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let name = crate::present::words::score_name(state.method);
    let (score, rank) = (layout.foot.y, layout.foot.y + 1);
    let room = layout.slots.first().map_or(layout.foot.width, |slot| slot.x).saturating_sub(layout.id.0);
    put(buffer, layout.id.0, score, room, name, theme.dim);
    put(buffer, layout.id.0, rank, room, "Rank", theme.dim);
    let ranking = &state.scores.ranking;
    for slot in &layout.slots {
        let Some(at) = state.columns.get(slot.column) else { continue };
        if state.blind {
            centred(buffer, *slot, score, "-", theme.dim);
            continue;
        }
        let leads = ranking.leaders.contains(at);
        let style = if leads { theme.strong } else { theme.plain };
        let value = ranking.scores.get(*at).copied().flatten();
        let value = value.map_or("-".into(), |value| crate::present::words::score(state.method, value));
        let place = ranking.ranks.get(*at).copied().flatten().map_or("-".into(), |rank| rank.to_string());
        centred(buffer, *slot, score, &value, style);
        centred(buffer, *slot, rank, &place, style);
    }
}

/// Writes a text in the middle of a column.
fn centred(buffer: &mut Buffer, slot: Slot, y: u16, text: &str, style: Style) {
    let taken = u16::try_from(width(&single_line(text))).unwrap_or(slot.width).min(slot.width);
    let x = slot.x + (slot.width - taken) / 2;
    put(buffer, x, y, slot.width, text, style);
}

/// Writes a text at the right end of a column.
fn right(buffer: &mut Buffer, x: u16, y: u16, columns: u16, text: &str, style: Style) {
    let taken = u16::try_from(width(text)).unwrap_or(columns).min(columns);
    put(buffer, x + columns - taken, y, taken, text, style);
}
