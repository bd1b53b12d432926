//! The JSON document; the order of its keys is that of docs/json.md.

use serde::Serialize;
use serde::ser::Serializer;

use super::SensitivityReport;
use crate::engine::{CriticalCell, Overturn, Removal};
use crate::present::JSON_FORMAT;
use crate::present::json::{List, Pairs};
use crate::scenario::{Method, Rating};

#[derive(Serialize)]
struct Document<'a, I, C, O, S, D> {
    format: u32,
    marking: Option<&'a str>,
    method: Method,
    leaders: Vec<&'a str>,
    critical_evidence: I,
    critical_cells: C,
    overturn: Option<O>,
    without_source: S,
    deception: D,
    without_assumptions: Vec<&'a str>,
}

#[derive(Serialize)]
struct CellEntry<'a> {
    evidence: &'a str,
    hypothesis: &'a str,
    rating: Rating,
    steps: u8,
}

#[derive(Serialize)]
struct OverturnEntry<'a> {
    overturn: Option<usize>,
    tie: Option<usize>,
    evidence: Vec<&'a str>,
    tie_evidence: Vec<&'a str>,
    leaders_after: Option<Vec<&'a str>>,
}

impl Serialize for SensitivityReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let conclusion = self.conclusion();
        let id = |hypothesis: usize| self.hypothesis_id(hypothesis);
        let leaders = |leaders: &[usize]| -> Vec<&str> { leaders.iter().map(|at| id(*at)).collect() };
        let found = self.found.as_ref();
        let items = || {
            let items = found.iter().flat_map(|found| &found.critical_items);
            items.map(|item| conclusion.item_id(item.row))
        };
        let cells = || {
            let entry = |cell: &CriticalCell| CellEntry {
                evidence: conclusion.item_id(cell.row),
                hypothesis: id(cell.hypothesis),
                rating: cell.rating,
                steps: cell.steps,
            };
            found.iter().flat_map(|found| &found.critical_cells).map(entry)
        };
        let units = |removal: &Option<Removal>| removal.as_ref().map(|removal| removal.units);
        let ids = |removal: &Option<Removal>| {
            removal.as_ref().map(|removal| conclusion.ids(&removal.rows)).unwrap_or_default()
        };
        let overturn = |overturns: &Vec<Overturn>| {
            let entry = |overturn: &Overturn| OverturnEntry {
                overturn: units(&overturn.overturn),
                tie: units(&overturn.tie),
                evidence: ids(&overturn.overturn),
                tie_evidence: ids(&overturn.tie),
                leaders_after: overturn.leaders_after.as_deref().map(leaders),
            };
            let entries: Vec<_> = overturns.iter().map(|one| (id(one.challenger), entry(one))).collect();
            entries
        };
        let overturn = found.and_then(|found| found.overturn.as_ref()).map(overturn);
        Document {
            format: JSON_FORMAT,
            marking: self.scenario.marking.as_deref(),
            method: self.method(),
            leaders: leaders(&self.ranking.leaders),
            critical_evidence: List(items),
            critical_cells: List(cells),
            overturn: overturn
                .as_ref()
                .map(|entries| Pairs(|| entries.iter().map(|(id, entry)| (id, entry)))),
            without_source: Pairs(|| {
                let sources = found.iter().flat_map(|found| &found.without_source);
                sources.map(|(source, without)| (*source, leaders(&without.leaders)))
            }),
            deception: Pairs(|| {
                let hypotheses = found.iter().flat_map(|found| &found.deception);
                hypotheses.map(|(hypothesis, without)| (id(*hypothesis), leaders(&without.leaders)))
            }),
            without_assumptions: found
                .map(|found| leaders(&found.without_assumptions.leaders))
                .unwrap_or_default(),
        }
        .serialize(serializer)
    }
}
