//! Drawing the survey: one question, and nothing of the matrix.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;

use super::panel::style;
use super::pen::put;
use super::{question, status};
use crate::text::wrap_plain;
use crate::tui::layout::{Layout, to_u16};
use crate::tui::state::State;
use crate::tui::survey::{Survey, scale};
use crate::tui::theme::Theme;

/// Columns before the question.
const MARGIN: u16 = 2;
/// Most columns of the question: longer lines are hard to read.
const WIDEST: u16 = 92;

/// Draws the survey. Returns the place of the caret: of the note that is typed, else of the question.
pub(super) fn draw(
    state: &State,
    survey: &Survey,
    theme: &Theme,
    layout: &Layout,
    buffer: &mut Buffer,
) -> Option<Position> {
    status::title(state, theme, layout, buffer);
    let (top, bottom) = (layout.title.bottom(), layout.speech.y);
    let width = layout.title.width.saturating_sub(2 * MARGIN).min(WIDEST);
    let wrapped = |text: &str, style: Style| {
        wrap_plain(text, width.into()).into_iter().map(move |line| (line, style)).collect::<Vec<_>>()
    };
    let is_asked = survey.cell(state.scenario()).is_some();
    let scale = scale(width.into()).into_iter().filter(|_| is_asked).map(|line| (line, theme.accent));
    let scale: Vec<(String, Style)> = scale.collect();
    let asked = survey.question(state.scenario());
    let mut lines: Vec<(String, Style)> =
        asked.iter().flat_map(|phrase| wrapped(&phrase.text, style(theme, phrase.tone))).collect();
    let room = usize::from(bottom.saturating_sub(top)).saturating_sub(scale.len());
    if lines.len() > room {
        lines.truncate(room);
        lines.last_mut().into_iter().for_each(|(line, _)| line.push('…'));
    }
    // Empty lines before and after the question, where there are some.
    let gap = usize::from(lines.len() + 2 <= room);
    lines.extend(vec![(String::new(), theme.plain); gap]);
    lines.extend(scale);
    for (y, (line, style)) in (top + to_u16(gap)..bottom).zip(&lines) {
        put(buffer, MARGIN, y, width, line, *style);
    }
    let (is_long, caret) = status::speech(state, theme, layout, buffer);
    if !is_long {
        status::hints(state, theme, layout, buffer);
    }
    question::draw(state, theme, layout.hints.y, buffer);
    caret.or(Some(Position { x: MARGIN, y: top + to_u16(gap) }))
}
