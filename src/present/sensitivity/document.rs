//! The findings as JSON has them.

use serde::Serialize;

use crate::engine::{Matrix, Overturn, Removal, Sensitivity};
use crate::present::json::{Number, OrderedMap};
use crate::scenario::{Rating, Scenario};

/// The JSON keys of what was found.
#[derive(Debug, Default, Serialize)]
pub(super) struct SensitivityFindings<'a> {
    critical_evidence: Vec<&'a str>,
    without_evidence: OrderedMap<&'a str, Vec<&'a str>>,
    critical_cells: Vec<CriticalCellEntry<'a>>,
    overturn: Option<OrderedMap<&'a str, OverturnEntry<'a>>>,
    without_source: OrderedMap<&'a str, Vec<&'a str>>,
    deception: OrderedMap<&'a str, Vec<&'a str>>,
    without_assumptions: Vec<&'a str>,
    without_low_credibility: Vec<&'a str>,
    common: CommonEntry<'a>,
    level_priors: Option<OrderedMap<&'a str, Number>>,
}

/// The items rated for every hypothesis, and who leads by them alone.
#[derive(Debug, Default, Serialize)]
struct CommonEntry<'a> {
    items: usize,
    leaders: Vec<&'a str>,
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
    leaders_after: Option<Vec<&'a str>>,
}

impl<'a> SensitivityFindings<'a> {
    /// Names by their ids what was found at rows and columns of the matrix.
    pub(super) fn new(scenario: &'a Scenario, matrix: &Matrix, found: &Sensitivity<'a>) -> Self {
        let id = |at: usize| scenario.hypotheses.get(at).map_or("", |hypothesis| hypothesis.id.as_str());
        let ids = |hypotheses: &[usize]| hypotheses.iter().map(|at| id(*at)).collect::<Vec<_>>();
        let item = |row: usize| {
            let item = matrix.items().get(row).and_then(|at| scenario.evidence.get(*at));
            item.map_or("", |item| item.id.as_str())
        };
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
            level_priors: found
                .level_priors
                .as_ref()
                .map(|levels| levels.iter().map(|(other, odds)| (id(*other), Number(*odds))).collect()),
        }
    }
}
