//! A scenario scored as asked: what most reports are made of.

use serde::Serialize;

use super::Request;
use super::conclusion::Conclusion;
use super::json::OrderedMap;
use crate::engine::{Matrix, Ranking, rank};
use crate::scenario::{Evidence, EvidenceId, HypothesisId, Method, Scenario};

/// A scenario with its ranking by the method asked for, or its own. Serialized, it is the keys with which the JSON of
/// reports begins.
#[derive(Debug, Serialize)]
pub(super) struct ScoredScenario<'a> {
    marking: Option<&'a str>,
    pub(super) method: Method,
    #[serde(rename = "where")]
    filter: Option<&'a str>,
    #[serde(skip)]
    pub(super) scenario: &'a Scenario,
    #[serde(skip)]
    pub(super) request: Request<'a>,
    /// The items that count.
    #[serde(skip)]
    pub(super) matrix: Matrix,
    #[serde(skip)]
    pub(super) ranking: Ranking,
}

impl<'a> ScoredScenario<'a> {
    pub(super) fn new(scenario: &'a Scenario, request: Request<'a>) -> Self {
        let matrix = request.matrix(scenario);
        let method = request.method.unwrap_or_else(|| scenario.method());
        let ranking = rank(&matrix, method);
        let marking = scenario.marking.as_deref();
        Self { marking, method, filter: request.filter_line(), scenario, request, matrix, ranking }
    }

    pub(super) fn conclusion(&self) -> Conclusion<'_> {
        Conclusion { scenario: self.scenario, matrix: &self.matrix, ranking: &self.ranking }
    }

    /// Returns the item of a row of the matrix.
    pub(super) fn item(&self, row: usize) -> Option<&'a Evidence> {
        self.scenario.evidence.get(*self.matrix.items().get(row)?)
    }

    /// Returns the id of the item of a row.
    pub(super) fn item_id(&self, row: usize) -> &'a str {
        self.item(row).map_or("", |item| item.id.as_str())
    }

    /// Returns the ids of the leaders.
    pub(super) fn leaders(&self) -> Vec<&'a HypothesisId> {
        ids(self.scenario, &self.ranking.leaders)
    }
}

/// Returns the ids of the hypotheses at these positions.
pub(super) fn ids<'a>(scenario: &'a Scenario, hypotheses: &[usize]) -> Vec<&'a HypothesisId> {
    hypotheses.iter().filter_map(|at| Some(&scenario.hypotheses.get(*at)?.id)).collect()
}

/// Returns the ids of the items at these positions.
pub(super) fn item_ids<'a>(scenario: &'a Scenario, items: &[usize]) -> Vec<&'a EvidenceId> {
    items.iter().filter_map(|at| Some(&scenario.evidence.get(*at)?.id)).collect()
}

/// Returns figures of hypotheses by id.
pub(super) fn by_id<'a, T: Copy>(
    scenario: &'a Scenario,
    figures: &[(usize, T)],
) -> OrderedMap<&'a HypothesisId, T> {
    figures.iter().filter_map(|(at, figure)| Some((&scenario.hypotheses.get(*at)?.id, *figure))).collect()
}
