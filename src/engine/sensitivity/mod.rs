//! Sensitivity: what the conclusion rests on.
//!
//! Heuer (1999, chapter 8, step 6): ask how sensitive the conclusion is to a few critical items, and what follows if
//! they are wrong, misleading, or open to another reading. Deterministic what-ifs, as docs/method.md defines them.

mod cell;
mod citation;
mod lead;
mod overturn;

use super::matrix::Matrix;
use super::what_if::WhatIf;
use crate::scenario::{Evidence, Kind, Method, Scenario};
use citation::Citations;

pub use cell::CriticalCell;
pub use lead::{Lead, Pillar};
pub use overturn::{Overturn, Removal, overturns};

/// What-ifs that change the leaders of a scenario under one method. Rows are those of the matrix, hypotheses positions
/// in the scenario; lists are in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity<'a> {
    /// Who leads.
    pub leaders: Vec<usize>,
    /// The lead of a sole leader; `None` where several lead, or one unopposed.
    pub lead: Option<Lead>,
    /// The items without which others lead.
    pub critical_items: Vec<CriticalItem>,
    /// The cells by which others lead when they alone change.
    pub critical_cells: Vec<CriticalCell>,
    /// By challenger of a sole leader, what it takes to put it ahead; `None` where there is no sole leader.
    pub overturn: Option<Vec<Overturn>>,
    /// By source that an item cites, the leaders without the items that cite it and no other: declared sources in
    /// their order, then others as they are first cited.
    pub without_source: Vec<(&'a str, Vec<usize>)>,
    /// By active hypothesis whose actor could steer a source, the leaders without the items that cite only sources it
    /// could steer, and at least one.
    pub deception: Vec<(usize, Vec<usize>)>,
    /// The leaders without assumptions.
    pub without_assumptions: Vec<usize>,
}

/// An item without which others lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriticalItem {
    /// Its row.
    pub row: usize,
    /// Who leads without it.
    pub leaders_after: Vec<usize>,
}

impl<'a> Sensitivity<'a> {
    /// Asks all what-ifs of a scenario's matrix; `None` under `bayes` where priors are inconsistent.
    #[must_use]
    pub fn new(scenario: &'a Scenario, matrix: &Matrix, method: Method) -> Option<Self> {
        let mut what_if = WhatIf::new(matrix, method)?;
        let what_if = &mut what_if;
        let citations = Citations::new(scenario, matrix);
        let controllers = citations
            .controllers()
            .map(|(hypothesis, sources)| (hypothesis, what_if.leaders_without(&citations.only(&sources))));
        let deception = controllers.collect();
        let critical_items = critical_items(what_if);
        Some(Self {
            deception,
            leaders: what_if.leaders(),
            lead: Lead::of(what_if, |_| critical_items.clone()),
            critical_items,
            critical_cells: cell::critical(what_if),
            overturn: overturns(what_if),
            without_source: without_sources(scenario, what_if),
            without_assumptions: what_if.leaders_without(&assumptions(scenario, matrix)),
        })
    }
}

/// The items without which others lead, each left out alone.
#[must_use]
pub fn critical_items(what_if: &mut WhatIf<'_>) -> Vec<CriticalItem> {
    let mut critical = Vec::new();
    for row in 0..what_if.matrix().items().len() {
        what_if.drop_row(row);
        if what_if.leaders_changed() {
            critical.push(CriticalItem { row, leaders_after: what_if.leaders() });
        }
        what_if.restore_row(row);
    }
    critical
}

/// [`Sensitivity::without_source`] alone.
#[must_use]
pub fn without_sources<'a>(scenario: &'a Scenario, what_if: &mut WhatIf<'_>) -> Vec<(&'a str, Vec<usize>)> {
    let citations = Citations::new(scenario, what_if.matrix());
    let sources = citations.sources();
    sources.map(|source| (source, what_if.leaders_without(&citations.only(&[source])))).collect()
}

/// The rows that are assumptions.
#[must_use]
pub fn assumptions(scenario: &Scenario, matrix: &Matrix) -> Vec<usize> {
    let kind = |at: &usize| scenario.evidence.get(*at).map(Evidence::kind);
    let items = matrix.items().iter().enumerate();
    items.filter(|(_, at)| kind(at) == Some(Kind::Assumption)).map(|(row, _)| row).collect()
}

#[cfg(test)]
mod tests;
