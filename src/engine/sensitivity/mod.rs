//! Sensitivity: what the conclusion rests on.
//!
//! Heuer (1999, chapter 8, step 6): ask how sensitive the conclusion is to a few critical items, and what follows if
//! they are wrong, misleading, or open to another reading. Deterministic what-ifs, as docs/method.md defines them.

mod cell;
mod citation;
mod lead;
mod overturn;

use std::f64::consts::LN_10;

use super::matrix::Matrix;
use super::rating_code::RatingCode;
use super::what_if::WhatIf;
use crate::scenario::{Evidence, Kind, Level, Method, Scenario};
use citation::Citations;

pub use cell::CriticalCell;
pub use lead::{Lead, Pillar};
pub use overturn::{Overturn, Removal, overturns};

/// What-ifs that change the leaders of a scenario under one method. Rows are those of the matrix, hypotheses positions
/// in the scenario; lists are in the order of the file. Where an item is left out, what rests on it is too, but for
/// overturning sets.
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
    /// By challenger of a sole leader, the sets that overturn its lead; `None` where there is no sole leader.
    pub overturn: Option<Vec<Overturn>>,
    /// By source that an item cites, the items that cite it and no other: declared sources in their order, then others
    /// as they are first cited.
    pub without_source: Vec<(&'a str, Without)>,
    /// By hypothesis that competes and whose actor could steer a source, the items that cite only sources it could
    /// steer, and at least one; the leaders are those where its own cells in them are NA.
    pub deception: Vec<(usize, Without)>,
    /// The items that are assumptions.
    pub without_assumptions: Without,
    /// The items whose effective credibility is low.
    pub without_low_credibility: Without,
    /// The items rated CC to II for every hypothesis that competes but a residual.
    pub common: Common,
    /// Under `bayes` with a sole leader, log10 of the prior odds of the leader to each other hypothesis that competes at
    /// which the two would be level; else `None`.
    pub level_priors: Option<Vec<(usize, f64)>>,
}

/// An item without which others lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriticalItem {
    /// Its row.
    pub row: usize,
    /// Who leads without it.
    pub leaders_after: Vec<usize>,
}

/// Items that a what-if is about, and who leads in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Without {
    /// Their rows, ascending, with what rests on them where they are left out.
    pub rows: Vec<usize>,
    /// Who leads then.
    pub leaders: Vec<usize>,
}

/// The items that compare all hypotheses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Common {
    /// Number of items rated CC to II for every hypothesis that competes but a residual.
    pub items: usize,
    /// Who leads where only these count; nobody where there is none.
    pub leaders: Vec<usize>,
}

impl<'a> Sensitivity<'a> {
    /// Asks all what-ifs of a scenario's matrix; `None` under `bayes` where priors are inconsistent.
    #[must_use]
    pub fn new(scenario: &'a Scenario, matrix: &Matrix, method: Method) -> Option<Self> {
        let mut what_if = WhatIf::new(matrix, method)?;
        let what_if = &mut what_if;
        let citations = Citations::new(scenario, matrix);
        let competing: Vec<usize> = matrix.competing(method).collect();
        let controllers = citations.controllers().filter(|(hypothesis, _)| competing.contains(hypothesis));
        let deception = controllers.map(|(hypothesis, sources)| {
            let rows = citations.only(&sources);
            (hypothesis, Without { leaders: what_if.leaders_without_own_cells(hypothesis, &rows), rows })
        });
        let deception = deception.collect();
        let critical_items = critical_items(what_if);
        Some(Self {
            deception,
            leaders: what_if.leaders(),
            lead: Lead::with_critical(what_if, critical_items.clone()),
            critical_items,
            critical_cells: cell::critical(what_if),
            overturn: overturns(what_if),
            without_source: without_sources(scenario, what_if),
            without_assumptions: without(what_if, &assumptions(scenario, matrix)),
            without_low_credibility: without(what_if, &low_credibility(matrix)),
            common: common(what_if),
            level_priors: level_priors(what_if),
        })
    }
}

/// The items without which others lead, each left out with what rests on it.
#[must_use]
pub fn critical_items(what_if: &mut WhatIf<'_>) -> Vec<CriticalItem> {
    let rows = 0..what_if.matrix().items().len();
    critical_among(what_if, rows)
}

fn critical_among(what_if: &mut WhatIf<'_>, rows: impl Iterator<Item = usize>) -> Vec<CriticalItem> {
    let matrix = what_if.matrix();
    let mut critical = Vec::new();
    for row in rows {
        let (alone, with_dependents) =
            ([row], matrix.is_premise(row).then(|| matrix.with_dependents(&[row])));
        let out = with_dependents.as_deref().unwrap_or(&alone);
        out.iter().for_each(|row| what_if.drop_row(*row));
        if what_if.leaders_changed() {
            critical.push(CriticalItem { row, leaders_after: what_if.leaders() });
        }
        out.iter().for_each(|row| what_if.restore_row(*row));
    }
    critical
}

/// [`Sensitivity::without_source`] alone.
#[must_use]
pub fn without_sources<'a>(scenario: &'a Scenario, what_if: &mut WhatIf<'_>) -> Vec<(&'a str, Without)> {
    let citations = Citations::new(scenario, what_if.matrix());
    citations.sources().map(|source| (source, without(what_if, &citations.only(&[source])))).collect()
}

fn without(what_if: &mut WhatIf<'_>, rows: &[usize]) -> Without {
    let rows = what_if.matrix().with_dependents(rows);
    Without { leaders: what_if.leaders_without_only(&rows), rows }
}

/// The rows that are assumptions.
#[must_use]
pub fn assumptions(scenario: &Scenario, matrix: &Matrix) -> Vec<usize> {
    let kind = |at: &usize| scenario.evidence.get(*at).map(Evidence::kind);
    let items = matrix.items().iter().enumerate();
    items.filter(|(_, at)| kind(at) == Some(Kind::Assumption)).map(|(row, _)| row).collect()
}

/// The rows whose effective credibility is low.
#[must_use]
pub fn low_credibility(matrix: &Matrix) -> Vec<usize> {
    (0..matrix.items().len()).filter(|row| matrix.class(*row).credibility() == Level::Low).collect()
}

/// [`Sensitivity::common`] alone.
#[must_use]
pub fn common(what_if: &mut WhatIf<'_>) -> Common {
    let matrix = what_if.matrix();
    let competing: Vec<usize> =
        matrix.competing(what_if.method()).filter(|hypothesis| !matrix.is_residual(*hypothesis)).collect();
    let compares_all = |row: &[RatingCode]| {
        competing.iter().all(|hypothesis| row.get(*hypothesis).is_some_and(|code| code.is_on_scale()))
    };
    let is_common = |row: &usize| !competing.is_empty() && compares_all(matrix.row(*row));
    let others: Vec<usize> = (0..matrix.items().len()).filter(|row| !is_common(row)).collect();
    let without = without(what_if, &others);
    match matrix.items().len() - without.rows.len() {
        0 => Common::default(),
        items => Common { items, leaders: without.leaders },
    }
}

fn level_priors(what_if: &WhatIf<'_>) -> Option<Vec<(usize, f64)>> {
    let &[leader] = what_if.leaders().as_slice() else { return None };
    let super::what_if::Sums::Bayes(tally) = what_if.sums() else { return None };
    let others = tally.competing(what_if.matrix()).filter(|other| *other != leader);
    let odds = |other| (tally.score(other) - tally.score(leader)).to_f64() / LN_10;
    Some(others.map(|other| (other, odds(other))).collect())
}

#[cfg(test)]
mod tests;
