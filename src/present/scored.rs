//! A scenario scored as asked: what most reports are made of.

use super::Request;
use super::conclusion::Conclusion;
use crate::engine::{Matrix, Ranking, rank};
use crate::scenario::Scenario;

/// A scenario with its ranking by the method asked for, or its own.
#[derive(Debug)]
pub(super) struct ScoredScenario<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) request: Request<'a>,
    /// The items that count.
    pub(super) matrix: Matrix,
    pub(super) ranking: Ranking,
}

impl<'a> ScoredScenario<'a> {
    pub(super) fn new(scenario: &'a Scenario, request: Request<'a>) -> Self {
        let matrix = request.matrix(scenario);
        let ranking = rank(&matrix, request.method.unwrap_or_else(|| scenario.method()));
        Self { scenario, request, matrix, ranking }
    }

    pub(super) fn conclusion(&self) -> Conclusion<'_> {
        Conclusion { scenario: self.scenario, matrix: &self.matrix, ranking: &self.ranking }
    }
}
