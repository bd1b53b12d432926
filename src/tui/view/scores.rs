//! The scores panel: the ranking in full names.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Panel, put, wrap};
use crate::present::words::{probability_word, score, score_name};
use crate::scenario::Method;
use crate::text::{pad_left, width};
use crate::tui::state::State;
use crate::tui::theme::Theme;

pub(super) const PANEL: Panel = Panel { name: "scores", draw, page: None };

/// Columns for ranks.
const RANK: u16 = 2;

/// Columns from which names have room below the heads of their columns.
const WIDE: u16 = 40;

fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    if state.blind {
        wrap(buffer, area, area.y, "Scores are hidden in blind mode.", theme.dim);
        return;
    }
    let mut y = wrap(buffer, area, area.y, score_name(state.method), theme.strong);
    let ranking = &state.scores.ranking;
    let value = |at: usize| {
        let value = ranking.scores.get(at).copied().flatten();
        value.map_or("-".into(), |value| score(state.method, value))
    };
    // Probabilities have words, other scores do not.
    let word = |at: usize| {
        let posterior = ranking.scores.get(at).copied().flatten().filter(|_| state.method == Method::Bayes);
        posterior.map(|p| probability_word(state.scenario().yardstick(), p)).unwrap_or_default()
    };
    let widest = (0..ranking.scores.len()).map(|at| width(&value(at))).max().unwrap_or_default();
    // Names stand below the heads where they have room there, else below the scores.
    let beside = RANK + u16::try_from(widest).unwrap_or_default() + 4;
    let indent = if area.width >= WIDE { beside } else { RANK + 2 };
    for at in ranking.order() {
        if y >= area.bottom() {
            return;
        }
        let Some(hypothesis) = state.scenario().hypotheses.get(at) else { continue };
        let rank = ranking.ranks.get(at).copied().flatten().map_or("-".into(), |rank| rank.to_string());
        let style = if ranking.leaders.contains(&at) { theme.strong } else { theme.plain };
        let (rank, value) = (pad_left(&rank, RANK.into()), pad_left(&value(at), widest));
        let below = Rect { x: area.x + indent, width: area.width.saturating_sub(indent), ..area };
        let line = format!("{rank}  {value}  {}", hypothesis.header());
        let word = word(at);
        let worded = format!("{line}, {word}");
        let is_beside = !word.is_empty() && width(&worded) <= area.width.into();
        put(buffer, area.x, y, area.width, if is_beside { &worded } else { &line }, style);
        y += 1;
        if !word.is_empty() && !is_beside {
            y = wrap(buffer, below, y, word, style);
        }
        if hypothesis.header() != hypothesis.name {
            y = wrap(buffer, below, y, &hypothesis.name, theme.dim);
        }
    }
    // What it is all about, and what the analyst makes of it.
    let scenario = state.scenario();
    y += 1;
    if let Some(question) = &scenario.question {
        y = wrap(buffer, area, y, question, theme.strong);
    }
    for line in scenario.conclusion.iter().flat_map(|conclusion| conclusion.split('\n')) {
        y = wrap(buffer, area, y, line, theme.plain);
    }
}
