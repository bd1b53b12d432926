//! Indicators that are rated before anything happens: how much seeing one would tell.

use super::diagnosticity::{diagnosticity, information};
use super::matrix::Matrix;
use super::order::descending;
use crate::scenario::{Evidence, EvidenceId, Hypothesis, IndicatorStatus, Scenario};

/// A pending indicator and what seeing it would tell; `None` with fewer than two ratings of active hypotheses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PendingIndicator {
    /// Its position in the scenario.
    pub at: usize,
    /// Bits, as [`information`] of an item of medium weight.
    pub information: Option<f64>,
    /// As [`diagnosticity`] of an item.
    pub diagnosticity: Option<f64>,
}

/// The pending indicators: those that would tell most first, equal ones by the day they are due, undated ones last; then
/// those that are not rated.
#[must_use]
pub fn pending_indicators(scenario: &Scenario) -> Vec<PendingIndicator> {
    let pending = scenario.indicators.iter().enumerate();
    let mut pending: Vec<_> = pending.filter(|(_, i)| i.status() == IndicatorStatus::Pending).collect();
    pending.sort_by_key(|(_, indicator)| (indicator.due.is_none(), indicator.due));
    // As items of medium weight.
    let as_item = |(at, indicator): &(usize, &crate::scenario::Indicator)| {
        let mut item = Evidence::new(EvidenceId::parse(&format!("i{at}"))?, "");
        item.ratings.clone_from(&indicator.ratings);
        Some(item)
    };
    let items = Scenario {
        scoring: scenario.scoring.clone(),
        hypotheses: scenario.hypotheses.clone(),
        evidence: pending.iter().filter_map(as_item).collect(),
        ..Scenario::default()
    };
    let matrix = Matrix::new(&items, None);
    let is_active = |at: usize| scenario.hypotheses.get(at).is_some_and(Hypothesis::is_active);
    let found: Vec<PendingIndicator> = (0..)
        .zip(pending)
        .map(|(row, (at, indicator))| {
            let given = indicator.ratings.iter().filter(|(at, cell)| is_active(*at) && cell.rating.is_some());
            let is_rated = given.count() > 1;
            PendingIndicator {
                at,
                information: is_rated.then(|| information(&matrix, row)),
                diagnosticity: is_rated.then(|| diagnosticity(&matrix, row)),
            }
        })
        .collect();
    let mut order: Vec<(f64, usize)> =
        found.iter().zip(0..).filter_map(|(one, at)| Some((one.information?, at))).collect();
    descending(&mut order);
    let rated = order.into_iter().filter_map(|(_, at)| found.get(at).copied());
    rated.chain(found.iter().copied().filter(|one| one.information.is_none())).collect()
}
