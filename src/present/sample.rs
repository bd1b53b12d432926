//! Scenarios for tests, written as a matrix of ratings.

use crate::scenario::{Cell, Evidence, EvidenceId, Hypothesis, HypothesisId, Rating, Row, Scenario};

/// Returns a scenario with these hypotheses (id and name) and a row of ratings for each item (`.` is blank); items are
/// called e1, e2 and so on.
pub(crate) fn scenario(hypotheses: &[(&str, &str)], rows: &[&str]) -> Scenario {
    let mut scenario = Scenario::new("A sample");
    for (id, name) in hypotheses {
        scenario.hypotheses.push(Hypothesis::new(HypothesisId::parse(id).unwrap(), *name));
    }
    for (at, row) in rows.iter().enumerate() {
        let id = EvidenceId::parse(&format!("e{}", at + 1)).unwrap();
        let mut item = Evidence::new(id, format!("Item {}", at + 1));
        let ratings = row.split(' ').map(Rating::parse).enumerate();
        item.ratings = Row::from_cells(ratings.filter_map(|(h, r)| Some((h, Cell::rated(r?)))));
        scenario.evidence.push(item);
    }
    scenario
}
