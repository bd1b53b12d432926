//! The findings as JSON has them.

use serde::Serialize;

use crate::engine::{Overturn, Removal, Sensitivity};
use crate::present::json::OrderedMap;
use crate::present::scored::{ScoredScenario, by_id, ids};
use crate::scenario::{HypothesisId, Rating};

/// The JSON keys of what was found.
#[derive(Debug, Default, Serialize)]
pub(super) struct SensitivityFindings<'a> {
    critical_evidence: Vec<&'a str>,
    without_evidence: OrderedMap<&'a str, Vec<&'a HypothesisId>>,
    critical_cells: Vec<CriticalCellEntry<'a>>,
    overturn: Option<OrderedMap<&'a str, OverturnEntry<'a>>>,
    without_source: OrderedMap<&'a str, Vec<&'a HypothesisId>>,
    deception: OrderedMap<&'a str, Vec<&'a HypothesisId>>,
    without_assumptions: Vec<&'a HypothesisId>,
    without_low_credibility: Vec<&'a HypothesisId>,
    common: CommonEntry<'a>,
    level_priors: Option<OrderedMap<&'a HypothesisId, f64>>,
}

/// The items rated for every hypothesis, and who leads by them alone.
#[derive(Debug, Default, Serialize)]
struct CommonEntry<'a> {
    items: usize,
    leaders: Vec<&'a HypothesisId>,
}

#[derive(Debug, Serialize)]
struct CriticalCellEntry<'a> {
    evidence: &'a str,
    hypothesis: &'a str,
    rating: Rating,
    steps: u8,
}

#[derive(Debug, Serialize)]
struct OverturnEntry<'a> {
    overturn: Option<usize>,
    tie: Option<usize>,
    evidence: Vec<&'a str>,
    tie_evidence: Vec<&'a str>,
    leaders_after: Option<Vec<&'a HypothesisId>>,
}

impl<'a> SensitivityFindings<'a> {
    /// Names by their ids what was found at rows and columns of the matrix.
    pub(super) fn new(scored: &ScoredScenario<'a>, found: &Sensitivity<'a>) -> Self {
        let scenario = scored.scenario;
        let id = |at: usize| scenario.hypotheses.get(at).map_or("", |hypothesis| hypothesis.id.as_str());
        let ids = |hypotheses: &[usize]| ids(scenario, hypotheses);
        let item = |row: usize| scored.item_id(row);
        let units = |removal: &Option<Removal>| removal.as_ref().map(|removal| removal.units);
        let items = |removal: &Option<Removal>| {
            removal.iter().flat_map(|removal| &removal.rows).map(|row| item(*row)).collect()
        };
        let overturn = |found: &Overturn| OverturnEntry {
            overturn: units(&found.overturn),
            tie: units(&found.tie),
            evidence: items(&found.overturn),
            tie_evidence: items(&found.tie),
            leaders_after: found.leaders_after.as_deref().map(ids),
        };
        let cells = found.critical_cells.iter().map(|cell| CriticalCellEntry {
            evidence: item(cell.row),
            hypothesis: id(cell.hypothesis),
            rating: cell.rating,
            steps: cell.steps,
        });
        let overturns = found.overturn.as_ref();
        Self {
            critical_evidence: found.critical_items.iter().map(|found| item(found.row)).collect(),
            without_evidence: found
                .critical_items
                .iter()
                .map(|found| (item(found.row), ids(&found.leaders_after)))
                .collect(),
            critical_cells: cells.collect(),
            overturn: overturns
                .map(|all| all.iter().map(|one| (id(one.challenger), overturn(one))).collect()),
            without_source: found
                .without_source
                .iter()
                .map(|(source, without)| (*source, ids(&without.leaders)))
                .collect(),
            deception: found
                .deception
                .iter()
                .map(|(actor, without)| (id(*actor), ids(&without.leaders)))
                .collect(),
            without_assumptions: ids(&found.without_assumptions.leaders),
            without_low_credibility: ids(&found.without_low_credibility.leaders),
            common: CommonEntry { items: found.common.items, leaders: ids(&found.common.leaders) },
            level_priors: found.level_priors.as_ref().map(|levels| by_id(scenario, levels)),
        }
    }
}
