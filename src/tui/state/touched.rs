//! The part of the scenario that changes touch, by which what is derived from it is refreshed.

use crate::change::{CellChange, Change, ItemChange, Listed};
use crate::scenario::{EvidenceId, HypothesisId};

/// The part of the scenario that changes touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Touched {
    /// Ratings, confidences and notes of these few cells.
    Cells(Vec<(EvidenceId, HypothesisId)>),
    /// Any other part.
    Items {
        /// Whether evidence items were added, removed or moved.
        rows: bool,
        /// Whether hypotheses were added, removed or moved.
        columns: bool,
    },
}

impl Touched {
    /// The whole scenario.
    pub(crate) const ALL: Self = Self::Items { rows: true, columns: true };

    /// More cells than these are not looked up one by one.
    const FEW: usize = 8;

    /// Returns the part that these changes touch.
    pub(crate) fn by(changes: &[Change]) -> Self {
        let cell = |change: &Change| {
            let Change::Cell { row, hypothesis, change } = change else { return None };
            let is_judged =
                matches!(change, CellChange::Rating(_) | CellChange::Confidence(_) | CellChange::Note(_));
            Some((row.evidence().filter(|_| is_judged)?.clone(), hypothesis.clone()))
        };
        let few = Some(changes).filter(|changes| changes.len() <= Self::FEW);
        few.and_then(|few| few.iter().map(cell).collect()).map_or_else(
            || Self::Items {
                rows: changes.iter().any(|change| matches!(change, Change::Evidence(c) if lists_anew(c))),
                columns: changes
                    .iter()
                    .any(|change| matches!(change, Change::Hypothesis(c) if lists_anew(c))),
            },
            Self::Cells,
        )
    }
}

/// Whether a change adds, removes or moves an item.
fn lists_anew<T: Listed>(change: &ItemChange<T>) -> bool {
    matches!(change, ItemChange::Added(_) | ItemChange::Removed(_) | ItemChange::Moved { .. })
}
