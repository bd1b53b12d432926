//! The robustness panel: how often each hypothesis would lead if ratings were a step off.

use super::names::header;
use crate::engine::{Basis, RobustnessOptions, robustness};
use crate::present::words::{count, percent, rounded};
use crate::present::{Phrase, Tone};
use crate::text::{pad_left, width};
use crate::tui::page::{Page, dim, strong};
use crate::tui::state::State;

/// Largest number of cells for which it is computed in the editor.
const MOST_CELLS: usize = 5_000;

/// Random draws where figures are not exact: enough for whole percents.
const DRAWS: u32 = 10_000;

/// Digits of a line of ranks, each a share of the cases.
const DIGITS: usize = 12;

/// The page about ratings that are a step off.
pub(super) fn page(state: &State) -> Page {
    let mut page = Page::default();
    let matrix = &state.derived.scores.matrix;
    if matrix.items().len() * matrix.hypothesis_count() > MOST_CELLS {
        return page.with(dim("Too large to compute while you type: `ach robustness` does it."));
    }
    let method = state.window.method;
    let draws = (!method.is_additive()).then_some(DRAWS);
    let options = RobustnessOptions { draws, ..RobustnessOptions::default() };
    let Ok(found) = robustness(state.scenario(), matrix, method, options, &|_, _| {}) else { return page };
    let mut order: Vec<usize> = (0..found.hypotheses.len()).collect();
    let alone = |place: usize| found.alone.get(place).copied().unwrap_or_default();
    let level = |place: usize| found.level.get(place).copied().unwrap_or_default();
    order.sort_by(|one, other| {
        alone(*other).total_cmp(&alone(*one)).then(level(*other).total_cmp(&level(*one)))
    });
    let Some(first) = order.first().copied() else { return page.with(dim("Nothing is ranked.")) };
    let name = |place: usize| found.hypotheses.get(place).map_or("", |at| header(state, *at));
    let basis = match found.basis {
        Basis::Exact => "exact".to_owned(),
        Basis::Draws { draws, .. } => count(draws as usize, "draw", "draws"),
    };
    page.facts = format!("{basis}, {}", count(found.cells, "rating", "ratings"));
    page.say([
        Phrase::plain("If ratings were a step off, "),
        strong(name(first).to_owned()),
        Phrase::plain(format!(
            " would lead alone in {}, level in {}.",
            percent(alone(first)),
            percent(level(first))
        )),
    ]);
    page.gap();
    page.set_with_end(Phrase::plain(""), dim(format!("alone level {:<DIGITS$}", "ranks")));
    for place in order {
        let tone = if place == first { Tone::Strong } else { Tone::Plain };
        let (alone, level) = (pad_left(&percent(alone(place)), 5), pad_left(&percent(level(place)), 5));
        let ranks = ranks(found.acceptability.row(place));
        let figures = format!("{alone} {level} {ranks}");
        page.set_with_end(Phrase::new(name(place).to_owned(), tone), Phrase::new(figures, tone));
    }
    page.gap();
    page.say([dim(format!(
        "A digit is a twelfth of all cases. On average {} of {} ratings move; 90, 70 and 50% are conventions. Cells \
         move independently, even in a group, so these shares are too sure.",
        rounded(found.moving, 1),
        found.cells
    ))]);
    page
}

/// Returns the ranks as digits, each for an equal share of the cases; `+` stands for ranks of two digits.
fn ranks(shares: &[f64]) -> String {
    let mut text = String::new();
    let mut sum = 0.0;
    for (at, share) in (1..).zip(shares) {
        sum += share;
        let digit = if at < 10 { at.to_string() } else { "+".to_owned() };
        // Up to the place where the shares so far end.
        while width(&text) < DIGITS && (width(&text) as f64 + 0.5) / (DIGITS as f64) < sum {
            text.push_str(&digit);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_take_room_by_their_shares() {
        assert_eq!(ranks(&[1.0, 0.0]), "111111111111");
        assert_eq!(ranks(&[0.5, 0.25, 0.25]), "111111222333");
        assert_eq!(ranks(&[0.02, 0.98]), "222222222222", "what is less than half a digit has none");
    }
}
