//! Fragility, or what the lead rests on: marks in the matrix, a few words for the line under it, and a page.

use std::collections::BTreeSet;

use super::page::{Page, owned};
use crate::engine::{Contributions, Matrix};
use crate::present::{Request, Section, SensitivityReport};
use crate::scenario::{Date, Day, Method, Scenario, inconsistencies};

/// Largest number of cells for which it is computed at each keystroke, which takes well below a millisecond. For larger
/// scenarios a background job does it.
pub(crate) const AT_ONCE: usize = 2_000;

/// The version, the method and the day that a fragility is computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FragilityKey {
    pub(crate) version: u64,
    pub(crate) method: Method,
    /// The last day whose evidence counts; all without one.
    pub(crate) as_of: Option<Day>,
}

/// The items and cells that the lead of a scenario rests on under one method.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fragility {
    pub(crate) key: FragilityKey,
    /// Phrases of falling length for what the lead rests on: by names, then by number. Empty without a sole leader.
    pub(crate) rests_on: Vec<String>,
    /// Positions of the items that the lead rests on, alone or together with the fewest others.
    pub(crate) rows: BTreeSet<usize>,
    /// Positions of the item and hypothesis of each cell where a single step changes the leader, ascending. Cells that
    /// take more steps are many, and only the page tells of them.
    cells: Vec<(usize, usize)>,
    /// Positions of the item and hypothesis of each cell that adds nothing, since a stronger one of its group covers it,
    /// and of the item with that one; ascending.
    covered: Vec<(usize, usize, usize)>,
    /// The numbers of items and hypotheses that it was computed for.
    size: (usize, usize),
    pub(crate) page: Page,
}

impl Fragility {
    /// Computes the sensitivity analysis.
    pub(crate) fn new(scenario: &Scenario, key: FragilityKey) -> Self {
        let as_of = key.as_of.map(Date::Day);
        let request = Request { method: Some(key.method), as_of, ..Request::default() };
        let report = SensitivityReport::new(scenario, request);
        let mut fragility = Self {
            key,
            rests_on: report.rests_on(),
            rows: BTreeSet::new(),
            cells: Vec::new(),
            covered: covered(report.matrix(), key.method),
            size: (scenario.evidence.len(), scenario.hypotheses.len()),
            page: page(&report, scenario),
        };
        // Inconsistent priors give no posteriors, so there is no lead.
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
        let rows = together.chain(pillars).chain(found.critical_items.iter().map(|item| &item.row));
        fragility.rows = rows.filter_map(|row| item(*row)).collect();
        let near = found.critical_cells.iter().filter(|cell| cell.steps == 1);
        fragility.cells = near.filter_map(|cell| Some((item(cell.row)?, cell.hypothesis))).collect();
        fragility
    }

    /// Whether a single step in the cell of this item and hypothesis changes the leader.
    pub(crate) fn is_cell(&self, row: usize, column: usize) -> bool {
        self.cells.binary_search(&(row, column)).is_ok()
    }

    /// Position of the item whose rating covers the cell of this item and hypothesis; `None` if the cell counts.
    pub(crate) fn covering(&self, row: usize, column: usize) -> Option<usize> {
        let at =
            self.covered.binary_search_by_key(&(row, column), |(row, column, _)| (*row, *column)).ok()?;
        self.covered.get(at).map(|(_, _, by)| *by)
    }

    /// Whether the scenario has as many items and hypotheses as this was computed for. Then it may be shown for a newer
    /// version until the next one is computed.
    pub(crate) fn fits(&self, scenario: &Scenario) -> bool {
        self.size == (scenario.evidence.len(), scenario.hypotheses.len())
    }
}

fn covered(matrix: &Matrix, method: Method) -> Vec<(usize, usize, usize)> {
    let contributions = Contributions::new(matrix, method);
    let item = |row: usize| matrix.items().get(row).copied();
    let cells = (0..matrix.hypothesis_count()).flat_map(|at| {
        let covered = contributions.covered(at).into_iter();
        covered.filter_map(move |(row, by)| Some((item(row)?, at, item(by)?)))
    });
    let mut cells: Vec<_> = cells.collect();
    cells.sort_unstable();
    cells
}

/// Returns the findings as a page.
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
