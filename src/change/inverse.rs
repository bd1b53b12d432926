//! Inverses: the change that undoes another, computed from that change alone.

use super::{CellChange, Change, Edit, Entry, ItemChange, Listed, ScenarioChange, match_change};

impl Change {
    /// Returns the change that undoes this one, directly after it was applied.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match_change!(
            self,
            Item(change) => Listed::change(change.inverse()),
            Self::Cell { row, hypothesis, change } => {
                Self::Cell { row: row.clone(), hypothesis: hypothesis.clone(), change: change.inverse() }
            },
            Self::Scenario(change) => Self::Scenario(change.inverse()),
        )
    }
}

/// Returns the changes that undo all of these, directly after they were applied: the inverses in reverse
/// order.
#[must_use]
pub fn inverse_all(changes: &[Change]) -> Vec<Change> {
    changes.iter().rev().map(Change::inverse).collect()
}

impl<T: Clone> Edit<T> {
    /// Returns the edit from after to before.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }
}

impl CellChange {
    fn inverse(&self) -> Self {
        match self {
            Self::Rating(edit) => Self::Rating(edit.inverse()),
            Self::Confidence(edit) => Self::Confidence(edit.inverse()),
            Self::Note(edit) => Self::Note(edit.inverse()),
            Self::Probability(edit) => Self::Probability(edit.inverse()),
            Self::Conflict(edit) => Self::Conflict(edit.inverse()),
        }
    }
}

impl ScenarioChange {
    fn inverse(&self) -> Self {
        match self {
            Self::FieldSet { field, edit } => Self::FieldSet { field: *field, edit: edit.inverse() },
            Self::ConflictSet(edit) => Self::ConflictSet(edit.inverse()),
        }
    }
}

impl<T: Listed> ItemChange<T> {
    fn inverse(&self) -> Self {
        match self {
            Self::Added(entry) => Self::Removed(entry.inverse()),
            Self::Removed(entry) => Self::Added(entry.inverse()),
            Self::Moved { id, from, to } => {
                Self::Moved { id: id.clone(), from: to.clone(), to: from.clone() }
            }
            // The accompanying changes use neither id for the item itself, so they may come before or after
            // the rename.
            Self::Renamed { from, to, along } => {
                Self::Renamed { from: to.clone(), to: from.clone(), along: inverse_all(along) }
            }
            Self::FieldSet { id, field, edit } => {
                Self::FieldSet { id: id.clone(), field: *field, edit: edit.inverse() }
            }
            Self::ConflictSet { id, edit } => Self::ConflictSet { id: id.clone(), edit: edit.inverse() },
        }
    }
}

impl<T: Listed> Entry<T> {
    /// Inverts the change. Changes that came before the removal of an item come after its return.
    fn inverse(&self) -> Box<Self> {
        let (item, at, cells) = (self.item.clone(), self.at.clone(), self.cells.clone());
        Box::new(Self { item, at, cells, along: inverse_all(&self.along) })
    }
}
