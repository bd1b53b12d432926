//! The scores panel: the ranking in full names, the question and the analyst's conclusion, and all caveats.

use super::names::{rank, score};
use crate::present::words::{method_words, shown_word};
use crate::present::{Conclusion, Phrase, Tone};
use crate::scenario::{Hypothesis, Method};
use crate::text::{pad_left, width};
use crate::tui::layout::to_u16;
use crate::tui::page::{Indent, Page, owned, strong};
use crate::tui::state::State;

/// Columns for ranks.
const RANK: usize = 2;

/// The page about the ranking under the method that is shown.
pub(super) fn page(state: &State) -> Page {
    let mut page = Page::default();
    page.say([strong(method_words(state.window.method).score)]);
    let ranking = &state.derived.scores.ranking;
    let value = |at: usize| score(ranking, at);
    let matrix = &state.derived.scores.matrix;
    // Probabilities have words, other scores do not.
    let word = |at: usize, hypothesis: &Hypothesis| {
        let score = ranking.score(at);
        match ranking.rank(at) {
            Some(_) if state.window.method == Method::Bayes => {
                score.map(|p| shown_word(state.scenario().yardstick(), p))
            }
            Some(_) => None,
            None if !hypothesis.is_active() => Some("rejected"),
            None if matrix.is_residual(at) => Some("residual: ranked by bayes only"),
            None if matrix.on_scale(at) == 0 => Some("not rated yet"),
            None => None,
        }
    };
    let widest = (0..ranking.scores.len()).map(|at| width(&value(at))).max().unwrap_or_default();
    // Names stand below the column headers where they have room there, else below the scores.
    let below = Indent { narrow: to_u16(RANK + 2), wide: to_u16(RANK + widest + 4) };
    for at in ranking.order() {
        let Some(hypothesis) = state.scenario().hypotheses.get(at) else { continue };
        let tone = if ranking.leaders.contains(&at) { Tone::Strong } else { Tone::Plain };
        let (rank, value) = (pad_left(&rank(ranking, at), RANK), pad_left(&value(at), widest));
        let line = Phrase::new(format!("{rank}  {value}  {}", hypothesis.header()), tone);
        page.set_with_tail(line, word(at, hypothesis), below);
        if hypothesis.header() != hypothesis.name {
            page.say_at(below, [Phrase::new(hypothesis.name.clone(), Tone::Dim)]);
        }
    }
    let scenario = state.scenario();
    let conclusion = Conclusion { scenario, matrix, ranking };
    page.gap();
    if let Some(question) = &scenario.question {
        page.say([strong(question.clone())]);
    }
    page.say_lines(conclusion.analysts_own());
    page.gap();
    conclusion.caveats().into_iter().for_each(|caveat| page.say(caveat.into_iter().map(owned)));
    page.trim();
    page
}
