//! Scores of the scenario that is edited, computed anew or updated from rating to rating.

use crate::diagnostic::describe;
use crate::engine::{self, Matrix, Ranking, RatingCode};
use crate::scenario::{Day, Method, Scenario, inconsistencies};

/// The scores of the present scenario.
#[derive(Debug)]
pub(crate) struct Scores {
    pub(crate) matrix: Matrix,
    pub(crate) ranking: Ranking,
    /// The reason why there are no scores: inconsistent priors give no probabilities.
    pub(crate) inconsistency: Option<String>,
}

impl Scores {
    /// Computes the scores by a method, of the evidence known on a day or of all.
    pub(crate) fn new(scenario: &Scenario, method: Method, as_of: Option<Day>) -> Self {
        let matrix = Matrix::new(scenario, as_of);
        let inconsistency = if method == Method::Bayes { inconsistency(scenario) } else { None };
        let ranking = match inconsistency {
            Some(_) => Ranking::none(method, scenario.hypotheses.len()),
            None => engine::rank(&matrix, method),
        };
        Self { matrix, ranking, inconsistency }
    }

    /// Updates the scores after the ratings of these cells changed, which takes one pass over the matrix. Returns
    /// `false` if they must be computed anew.
    pub(crate) fn follow(&mut self, scenario: &Scenario, method: Method, cells: &[(usize, usize)]) -> bool {
        let all = cells.iter().all(|&(row, column)| {
            let item = scenario.evidence.get(row);
            let rating = item.and_then(|item| item.ratings.rating(column));
            let code = rating.map_or(RatingCode::Blank, RatingCode::from);
            // What does not count changes nothing.
            item.is_some() && self.matrix.row_of(row).is_none_or(|row| self.matrix.set(row, column, code))
        });
        // A rating cannot make priors consistent.
        if all && self.inconsistency.is_none() {
            self.ranking = engine::rank(&self.matrix, method);
        }
        all
    }
}

/// Returns the first inconsistency of a scenario, in words.
pub(super) fn inconsistency(scenario: &Scenario) -> Option<String> {
    inconsistencies(scenario).first().map(|fault| describe(scenario, fault).message)
}
