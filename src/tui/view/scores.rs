//! The scores panel: the ranking in full names.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Panel, put, wrap};
use crate::present::words::{score, score_name};
use crate::tui::state::State;
use crate::tui::theme::Theme;

pub(super) const PANEL: Panel = Panel { name: "scores", draw, page: None };

fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    if state.blind {
        wrap(buffer, area, area.y, "Scores are hidden in blind mode.", theme.dim);
        return;
    }
    let mut y = wrap(buffer, area, area.y, score_name(state.method), theme.strong);
    let ranking = &state.scores.ranking;
    for at in ranking.order() {
        if y >= area.bottom() {
            return;
        }
        let Some(hypothesis) = state.scenario().hypotheses.get(at) else { continue };
        let rank = ranking.ranks.get(at).copied().flatten().map_or("-".into(), |rank| rank.to_string());
        let value = ranking.scores.get(at).copied().flatten();
        let value = value.map_or("-".into(), |value| score(state.method, value));
        let style = if ranking.leaders.contains(&at) { theme.strong } else { theme.plain };
        put(buffer, area.x, y, area.width, &format!("{rank:>2} {value:>8}  {}", hypothesis.header()), style);
        y = wrap(
            buffer,
            Rect { x: area.x + 13, width: area.width.saturating_sub(13), ..area },
            y + 1,
            &hypothesis.name,
            theme.dim,
        );
    }
}
