//! The scores panel: the ranking in full names.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Panel, put, wrap};
use crate::present::words::{score, score_name};
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
        put(buffer, area.x, y, area.width, &format!("{rank}  {value}  {}", hypothesis.header()), style);
        y += 1;
        if hypothesis.header() != hypothesis.name {
            let area = Rect { x: area.x + indent, width: area.width.saturating_sub(indent), ..area };
            y = wrap(buffer, area, y, &hypothesis.name, theme.dim);
        }
    }
}
