//! Scores of the scenario that is edited, made anew or taken along from rating to rating.

use crate::diagnostic::describe;
use crate::engine::{self, Matrix, Ranking, RatingCode};
use crate::scenario::{Method, Scenario, inconsistencies};

/// Scores of the scenario as it is.
#[derive(Debug)]
pub(crate) struct Scores {
    pub(crate) matrix: Matrix,
    pub(crate) ranking: Ranking,
    /// Why there are no scores: what does not fit together has no probabilities.
    pub(crate) inconsistency: Option<String>,
}

impl Scores {
    pub(crate) fn new(scenario: &Scenario, method: Method) -> Self {
        let matrix = Matrix::new(scenario, None);
        let inconsistency = if method == Method::Bayes { inconsistency(scenario) } else { None };
        let ranking = match inconsistency {
            Some(_) => Ranking::none(method, scenario.hypotheses.len()),
            None => engine::rank(&matrix, method),
        };
        Self { matrix, ranking, inconsistency }
    }

    /// Scores anew after the rating of these cells changed, at the price of a look at every byte of the matrix; `false`
    /// where it must be made anew.
    pub(crate) fn follow(&mut self, scenario: &Scenario, method: Method, cells: &[(usize, usize)]) -> bool {
        let all = cells.iter().all(|&(row, column)| {
            let item = scenario.evidence.get(row);
            let rating = item.and_then(|item| item.ratings.rating(column));
            item.is_some() && self.matrix.set(row, column, rating.map_or(RatingCode::Blank, RatingCode::from))
        });
        // What does not fit together does not come to fit by a rating.
        if all && self.inconsistency.is_none() {
            self.ranking = engine::rank(&self.matrix, method);
        }
        all
    }
}

/// The first that does not fit together in a scenario.
pub(super) fn inconsistency(scenario: &Scenario) -> Option<String> {
    inconsistencies(scenario).first().map(|fault| describe(scenario, fault).message)
}
