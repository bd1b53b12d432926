//! What the lead rests on: marks in the matrix, a few words for the line under it, and a page.
//!
//! Knows scenarios and what is found in them. Must never know when it is asked, nor the screen.

use super::page::{Page, owned};
use crate::present::{Request, Section, SensitivityReport};
use crate::scenario::{Method, Scenario, inconsistencies};

/// Scenarios of up to this many cells are looked through at every keystroke: that takes well below a millisecond.
/// Larger ones are looked through beside the loop.
pub(crate) const AT_ONCE: usize = 2_000;

/// What a fragility is computed from: while that stays the same, so does the fragility.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FragilityKey {
    pub(crate) version: u64,
    pub(crate) method: Method,
}

/// What the lead of a scenario rests on under one method.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fragility {
    pub(crate) key: FragilityKey,
    /// How many items, in words; empty where there is no sole leader.
    pub(crate) rests_on: String,
    /// By position of an item, whether the lead rests on it: alone, or with the fewest others.
    rows: Vec<bool>,
    /// Positions of the items and hypotheses of the cells that decide who leads by one step, ascending. Those that take
    /// more are many, and are for the page to tell.
    cells: Vec<(usize, usize)>,
    /// How many hypotheses and items there were.
    size: (usize, usize),
    pub(crate) page: Page,
}

impl Fragility {
    /// Asks all what-ifs.
    pub(crate) fn new(scenario: &Scenario, key: FragilityKey) -> Self {
        let report =
            SensitivityReport::new(scenario, Request { method: Some(key.method), ..Request::default() });
        let mut fragility = Self {
            key,
            rests_on: report.rests_on().unwrap_or_default(),
            rows: vec![false; scenario.evidence.len()],
            cells: Vec::new(),
            size: (scenario.evidence.len(), scenario.hypotheses.len()),
            page: page(&report, scenario),
        };
        // What does not fit together has no posteriors, and nothing that they rest on.
        if key.method == Method::Bayes && !inconsistencies(scenario).is_empty() {
            fragility.rests_on.clear();
            fragility.page = Page::default();
            return fragility;
        }
        let Some(found) = report.found() else { return fragility };
        let item = |row: usize| report.matrix().items().get(row).copied();
        let together = found.lead.iter().filter_map(|lead| lead.rests_on.as_ref());
        let together = together.flat_map(|removal| &removal.rows);
        let pillars = found.lead.iter().flat_map(|lead| &lead.pillars).flat_map(|pillar| &pillar.rows);
        for &row in together.chain(pillars).chain(found.critical_items.iter().map(|item| &item.row)) {
            if let Some(mark) = item(row).and_then(|at| fragility.rows.get_mut(at)) {
                *mark = true;
            }
        }
        let near = found.critical_cells.iter().filter(|cell| cell.steps == 1);
        fragility.cells = near.filter_map(|cell| Some((item(cell.row)?, cell.hypothesis))).collect();
        fragility
    }

    /// Whether the lead rests on the item at this position.
    pub(crate) fn is_row(&self, at: usize) -> bool {
        self.rows.get(at).copied().unwrap_or_default()
    }

    /// Whether a step in the cell of this item and hypothesis decides who leads.
    pub(crate) fn is_cell(&self, row: usize, column: usize) -> bool {
        self.cells.binary_search(&(row, column)).is_ok()
    }

    /// Whether it speaks of as many items and hypotheses: what it says of an older version is then near enough to be
    /// shown until it is known anew.
    pub(crate) fn fits(&self, scenario: &Scenario) -> bool {
        self.size == (scenario.evidence.len(), scenario.hypotheses.len())
    }
}

/// What is found as a page.
fn page(report: &SensitivityReport<'_>, scenario: &Scenario) -> Page {
    let mut page = Page::default();
    for section in report.findings() {
        match section {
            Section::Prose(said) => {
                let said = said.into_iter().filter(|said| !said.is_empty());
                said.for_each(|said| page.say(said.into_iter().map(owned)));
            }
            Section::Listing(listing) => page.list_subjects(&listing, scenario),
            Section::Title { .. }
            | Section::Table(_)
            | Section::Chart(_)
            | Section::Faults(_)
            | Section::Next(_) => {}
        }
    }
    page
}
