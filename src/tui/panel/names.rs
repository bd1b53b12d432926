//! Names in panels: of leaders by the headers of their columns, of items by their ids.

use crate::engine::{Matrix, Ranking};
use crate::present::words::{self, count, list};
use crate::scenario::{Evidence, Hypothesis};
use crate::tui::page::{Goal, Lead};
use crate::tui::state::State;

/// Most names in one sentence; more are counted.
const MOST_NAMES: usize = 3;

/// Returns the header of a hypothesis.
pub(super) fn header(state: &State, hypothesis: usize) -> &str {
    state.scenario().hypotheses.get(hypothesis).map_or("", Hypothesis::header)
}

/// Returns the item of a row of the matrix.
pub(super) fn item<'s>(state: &'s State, matrix: &Matrix, row: usize) -> Option<&'s Evidence> {
    state.scenario().evidence.get(*matrix.items().get(row)?)
}

/// Returns who leads, without a verb: `JA`, `JA and ETIM, level`.
pub(crate) fn leaders(state: &State, leaders: &[usize]) -> String {
    let names: Vec<&str> = leaders.iter().map(|at| header(state, *at)).collect();
    match names.as_slice() {
        [] => "nobody".to_owned(),
        [one] => (*one).to_owned(),
        many if many.len() > MOST_NAMES => {
            format!("{}, level", count(many.len(), "hypothesis", "hypotheses"))
        }
        several => format!("{}, level", list(several)),
    }
}

/// Returns the rank of a hypothesis; a hyphen where it has none.
pub(crate) fn rank(ranking: &Ranking, hypothesis: usize) -> String {
    ranking.rank(hypothesis).map_or_else(|| "-".to_owned(), |rank| rank.to_string())
}

/// Returns the score of a hypothesis; a hyphen where it has none.
pub(crate) fn score(ranking: &Ranking, hypothesis: usize) -> String {
    ranking.score(hypothesis).map_or_else(|| "-".to_owned(), |score| words::score(ranking.method, score))
}

/// Returns the target of an entry about the cell of a row of the matrix.
pub(super) fn cell(state: &State, matrix: &Matrix, row: usize, hypothesis: usize) -> Lead {
    let item = item(state, matrix, row);
    let column = state.scenario().hypotheses.get(hypothesis);
    let goal = item.zip(column).map(|(item, column)| Goal::Cell(item.id.clone(), column.id.clone()));
    Lead::to(goal)
}
