//! Drawing a conflict: both sides and the common base, side by side where there is room.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::pen::put;
use crate::scenario::Side;
use crate::text::{self, wrap_plain};
use crate::tui::conflict::{ConflictQuestion, leaders_after, questions};
use crate::tui::panel::leader_names;
use crate::tui::state::{Mode, Question, State};
use crate::tui::theme::Theme;

/// Columns from which the sides stand beside each other, else below each other.
const BESIDE: u16 = 72;

/// Most lines of one side.
const MOST: usize = 6;

/// Draws the question over the end of the matrix, so that it ends above `bottom`.
pub(super) fn draw(state: &State, theme: &Theme, bottom: u16, buffer: &mut Buffer) {
    let Mode::Question(Question::Conflict(at)) = state.mode else { return };
    let all = questions(state.scenario());
    let Some(question) = all.get(at) else { return };
    let which = if all.len() > 1 { format!(" ({} of {})", at + 1, all.len()) } else { String::new() };
    let head = format!("{}{which}: which one stands?", question.said.about);
    let width = buffer.area.width;
    let mut sides = sides(question, theme, width);
    let outcome = outcome(state, question);
    let told = outcome.join("   ");
    let is_long = text::width(&told) > usize::from(width.saturating_sub(3));
    let told = if is_long { outcome } else { vec![told] };
    sides.extend(told.into_iter().map(|told| vec![(2, told, theme.plain)]));
    let reminder = u16::from(!question.reminder.is_empty());
    let height = u16::try_from(sides.len()).unwrap_or(u16::MAX).saturating_add(2 + reminder);
    let height = height.min(bottom.saturating_sub(1));
    let area = Rect { x: 0, y: bottom - height, width, height };
    Clear.render(area, buffer);
    put(buffer, area.x, area.y, width, &"─".repeat(width.into()), theme.dim);
    put(buffer, 2, area.y + 1, width.saturating_sub(3), &head, theme.strong);
    if reminder > 0 {
        put(buffer, 2, area.y + 2, width.saturating_sub(3), &question.reminder, theme.dim);
    }
    for (y, line) in (area.y + 2 + reminder..bottom).zip(&sides) {
        for (x, text, style) in line {
            put(buffer, *x, y, width.saturating_sub(x + 1), text, *style);
        }
    }
}

/// Says who leads if either side stands, or that it is the same; nothing where that cannot be told, and in blind mode.
fn outcome(state: &State, question: &ConflictQuestion) -> Vec<String> {
    let of = |side| {
        let leaders = leaders_after(state.scenario(), question.subject, side, state.window.method)?;
        Some(leader_names(state, &leaders))
    };
    match (of(Side::Ours), of(Side::Theirs)) {
        _ if state.window.blind => Vec::new(),
        (Some(ours), Some(theirs)) if ours == theirs => {
            vec![format!("Whichever stands, the lead goes to {ours}.")]
        }
        (Some(ours), Some(theirs)) => {
            vec![format!("ours: the lead goes to {ours}"), format!("theirs: the lead goes to {theirs}")]
        }
        (None, _) | (_, None) => Vec::new(),
    }
}

/// A line: texts with their first columns.
type SidesLine = Vec<(u16, String, Style)>;

fn sides(question: &ConflictQuestion, theme: &Theme, width: u16) -> Vec<SidesLine> {
    let said = &question.said;
    let sides = [
        ("base", said.base.as_deref().unwrap_or_default(), theme.dim),
        ("ours", said.ours.as_str(), theme.plain),
        ("theirs", said.theirs.as_str(), theme.plain),
    ];
    let broken = |text: &str, columns: u16| -> Vec<String> {
        wrap_plain(text, columns.into()).into_iter().take(MOST).collect()
    };
    if width < BESIDE {
        let room = width.saturating_sub(12);
        let side = |(name, text, style): (&str, &str, Style)| -> Vec<SidesLine> {
            let line = |(at, text)| {
                let mut line = vec![(10, text, style)];
                if at == 0 {
                    line.insert(0, (2, name.to_owned(), theme.dim));
                }
                line
            };
            broken(text, room).into_iter().enumerate().map(line).collect()
        };
        return sides.into_iter().filter(|(_, text, _)| !text.is_empty()).flat_map(side).collect();
    }
    let column = (width - 3) / 3;
    let columns = sides.map(|(name, text, style)| (name, broken(text, column.saturating_sub(2)), style));
    let x = |at: usize| 2 + column * u16::try_from(at).unwrap_or_default();
    let names = columns.iter().enumerate().map(|(at, (name, ..))| (x(at), (*name).to_owned(), theme.dim));
    let height = columns.iter().map(|(_, lines, _)| lines.len()).max().unwrap_or_default();
    let row = |y: usize| -> SidesLine {
        let text = |(at, (_, lines, style)): (usize, &(&str, Vec<String>, Style))| {
            lines.get(y).map(|text| (x(at), text.clone(), *style))
        };
        columns.iter().enumerate().filter_map(text).collect()
    };
    std::iter::once(names.collect()).chain((0..height).map(row)).collect()
}
