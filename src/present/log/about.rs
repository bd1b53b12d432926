//! The subject of a history: everything, an item, a hypothesis, or the cell where the two cross.

use std::collections::HashSet;

use crate::change::{Change, ItemChange};
use crate::scenario::{EvidenceId, HypothesisId, RowId};

/// The item and the hypothesis that are asked about, by their ids in the version at hand; an empty set before they
/// were added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The item, if one is asked about.
    pub evidence: Option<HashSet<EvidenceId>>,
    /// The hypothesis, if one is asked about.
    pub hypothesis: Option<HashSet<HypothesisId>>,
}

impl About {
    /// Whether the whole scenario is asked about.
    #[must_use]
    pub const fn is_all(&self) -> bool {
        self.evidence.is_none() && self.hypothesis.is_none()
    }

    /// Whether a change concerns the subject. Ids are those of the version after the change.
    #[must_use]
    pub fn concerns(&self, change: &Change) -> bool {
        let is_evidence = |id: &EvidenceId| self.evidence.as_ref().is_none_or(|asked| asked.contains(id));
        let is_hypothesis =
            |id: &HypothesisId| self.hypothesis.as_ref().is_none_or(|asked| asked.contains(id));
        // An indicator's or an estimate's cells are about a hypothesis, but about no item.
        let is_row = |row: &RowId| row.evidence().map_or(self.evidence.is_none(), is_evidence);
        match change {
            _ if self.is_all() => true,
            Change::Cell { row, hypothesis, .. } => is_row(row) && is_hypothesis(hypothesis),
            Change::Evidence(item) if self.evidence.is_some() => {
                is_evidence(item.id()) && (self.hypothesis.is_none() || is_whole(item))
            }
            Change::Hypothesis(item) if self.hypothesis.is_some() => {
                is_hypothesis(item.id()) && (self.evidence.is_none() || is_whole(item))
            }
            // What comes or goes brings or takes cells of what is asked about.
            Change::Indicator(ItemChange::Added(entry) | ItemChange::Removed(entry))
                if self.evidence.is_none() =>
            {
                entry.cells.iter().any(|(id, _)| is_hypothesis(id))
            }
            Change::Estimate(ItemChange::Added(entry) | ItemChange::Removed(entry))
                if self.evidence.is_none() =>
            {
                entry.cells.iter().any(|(id, _)| is_hypothesis(id))
            }
            Change::Evidence(ItemChange::Added(entry) | ItemChange::Removed(entry)) => {
                entry.cells.iter().any(|(id, _)| is_hypothesis(id))
            }
            Change::Hypothesis(ItemChange::Added(entry) | ItemChange::Removed(entry)) => {
                entry.cells.iter().any(|(row, _)| row.evidence().is_some_and(is_evidence))
            }
            Change::Evidence(_)
            | Change::Hypothesis(_)
            | Change::Source(_)
            | Change::Indicator(_)
            | Change::Estimate(_)
            | Change::Scenario(_) => false,
        }
    }
}

/// Whether an item is added, removed or renamed.
fn is_whole<T: crate::change::Listed>(change: &ItemChange<T>) -> bool {
    match change {
        ItemChange::Added(_) | ItemChange::Removed(_) | ItemChange::Renamed { .. } => true,
        ItemChange::Moved { .. } | ItemChange::FieldSet { .. } | ItemChange::ConflictSet { .. } => false,
    }
}
