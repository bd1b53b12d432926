//! Changes of the five lists: hypotheses, sources, evidence, indicators and estimates.

use std::collections::HashMap;
use std::fmt::Debug;
use std::hash::Hash;

use super::{Change, Edit, Refused};
use crate::scenario::{
    Cell, Conflict, Estimate, Evidence, Hypothesis, HypothesisId, Indicator, Item, ItemKind, Row, RowId,
    Scenario, Source, Value,
};

/// Matches a change: the first arm is for the change of an item of any kind.
macro_rules! match_change {
    ($change:expr, Item($item:ident) => $then:expr, $($other:pat => $otherwise:expr),+ $(,)?) => {
        match $change {
            $crate::change::Change::Hypothesis($item) => $then,
            $crate::change::Change::Source($item) => $then,
            $crate::change::Change::Evidence($item) => $then,
            $crate::change::Change::Indicator($item) => $then,
            $crate::change::Change::Estimate($item) => $then,
            $($other => $otherwise,)+
        }
    };
}
pub(crate) use match_change;

/// A change to one item of a list.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemChange<T: Listed> {
    /// It was added.
    Added(Box<Entry<T>>),
    /// It was removed.
    Removed(Box<Entry<T>>),
    /// It moved within its list.
    Moved {
        /// The item.
        id: T::Id,
        /// Its old place.
        from: Place<T::Id>,
        /// Its new place.
        to: Place<T::Id>,
    },
    /// It was renamed.
    Renamed {
        /// The old id.
        from: T::Id,
        /// The new id.
        to: T::Id,
        /// The references that follow, as changes of the fields that hold them; they come before the rename.
        along: Vec<Change>,
    },
    /// One of its fields changed.
    FieldSet {
        /// The item.
        id: T::Id,
        /// The field.
        field: T::Field,
        /// The value before and after.
        edit: Edit<Value>,
    },
    /// Its conflicts changed.
    ConflictSet {
        /// The item.
        id: T::Id,
        /// The conflicts before and after.
        edit: Edit<Conflict>,
    },
}

/// An item that is added or removed, with everything that accompanies it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<T: Listed> {
    /// The item. Its row is empty here, and in `cells` instead.
    pub item: T,
    /// Its place.
    pub at: Place<T::Id>,
    /// Its row (by hypothesis) or column (by row), without empty cells, in the order of the scenario.
    pub cells: Vec<(T::Across, Cell)>,
    /// The accompanying changes: made before the item is removed, or after it is added.
    pub along: Vec<Change>,
}

/// A place in a list.
///
/// `after` decides: it stays correct when several items are added, removed and moved at once, while positions
/// would shift. `index` is for display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<I> {
    /// Position from 0: in the old version for a removal or the start of a move, in the new version for an
    /// addition or the end of a move. For a change made alone, the position in the list at that time.
    pub index: usize,
    /// The item directly before it at the time of the change; `None` for the start of the list.
    pub after: Option<I>,
}

/// An item as changes see it, with its cells.
pub trait Listed: Item {
    /// The type of id that names its cells: rows for a hypothesis, and hypotheses for any other item. A source has
    /// no cells.
    type Across: AsRef<str> + Clone + Debug + Eq + Hash;

    /// Wraps the change of an item of this kind.
    fn change(change: ItemChange<Self>) -> Change;

    /// Returns the cells of the item at this position that are not empty, in the order of the scenario.
    fn cells(scenario: &Scenario, at: usize) -> Vec<(Self::Across, Cell)>;

    /// Fills the cells of the item at this position, which are empty.
    ///
    /// # Errors
    ///
    /// If a cell does not exist, is named twice or is empty; the item's cells are then in an unspecified
    /// state.
    fn fill(scenario: &mut Scenario, at: usize, cells: &[(Self::Across, Cell)]) -> Result<(), Refused>;

    /// Returns the row that the id of a cell of a hypothesis names; `None` for other items.
    fn row_of(_: &Self::Across) -> Option<&RowId> {
        None
    }

    /// Returns whether the item has no cells of its own, as [`Entry`] requires.
    fn is_bare(&self) -> bool {
        self.row().is_none_or(|row| row.iter().next().is_none())
    }
}

impl<T: Listed> ItemChange<T> {
    /// Returns the item's id; after a rename, its new id.
    #[must_use]
    pub fn id(&self) -> &T::Id {
        match self {
            Self::Added(entry) | Self::Removed(entry) => entry.item.id(),
            Self::Renamed { to: id, .. }
            | Self::Moved { id, .. }
            | Self::FieldSet { id, .. }
            | Self::ConflictSet { id, .. } => id,
        }
    }

    /// Returns the accompanying changes elsewhere.
    #[must_use]
    pub fn along(&self) -> &[Change] {
        match self {
            Self::Added(entry) | Self::Removed(entry) => &entry.along,
            Self::Renamed { along, .. } => along,
            Self::Moved { .. } | Self::FieldSet { .. } | Self::ConflictSet { .. } => &[],
        }
    }
}

impl Listed for Hypothesis {
    type Across = RowId;

    fn change(change: ItemChange<Self>) -> Change {
        Change::Hypothesis(change)
    }

    fn row_of(row: &RowId) -> Option<&RowId> {
        Some(row)
    }

    fn cells(scenario: &Scenario, at: usize) -> Vec<(RowId, Cell)> {
        scenario.rows().filter_map(|(id, row)| Some((id, row.get(at)?.clone()))).collect()
    }

    fn fill(scenario: &mut Scenario, at: usize, cells: &[(RowId, Cell)]) -> Result<(), Refused> {
        fn rows<T: Item>(scenario: &mut Scenario, at: usize, column: &mut HashMap<&RowId, &Cell>) {
            for item in T::list_mut(scenario) {
                if let Some(cell) = item.row_id().and_then(|id| column.remove(&id))
                    && let Some(row) = item.row_mut()
                {
                    row.set(at, cell.clone());
                }
            }
        }
        let mut column: HashMap<&RowId, &Cell> = HashMap::with_capacity(cells.len());
        for (id, cell) in cells {
            if cell.is_empty() || column.insert(id, cell).is_some() {
                return Err(Refused::Malformed);
            }
        }
        if column.is_empty() {
            return Ok(());
        }
        rows::<Evidence>(scenario, at, &mut column);
        rows::<Indicator>(scenario, at, &mut column);
        rows::<Estimate>(scenario, at, &mut column);
        match column.keys().next() {
            Some(id) => Err(Refused::Unknown(id.kind(), id.to_string())),
            None => Ok(()),
        }
    }
}

macro_rules! across_hypotheses {
    ($($item:ident),+) => {
        $(
            impl Listed for $item {
                type Across = HypothesisId;

                fn change(change: ItemChange<Self>) -> Change {
                    Change::$item(change)
                }

                fn cells(scenario: &Scenario, at: usize) -> Vec<(HypothesisId, Cell)> {
                    row_cells(scenario, Self::KIND, at)
                }

                fn fill(
                    scenario: &mut Scenario,
                    at: usize,
                    cells: &[(HypothesisId, Cell)],
                ) -> Result<(), Refused> {
                    fill_row(scenario, Self::KIND, at, cells)
                }
            }
        )+
    };
}

across_hypotheses!(Source, Evidence, Indicator, Estimate);

fn row_cells(scenario: &Scenario, kind: ItemKind, at: usize) -> Vec<(HypothesisId, Cell)> {
    let named = |(hypothesis, cell): (usize, &Cell)| {
        Some((scenario.hypotheses.get(hypothesis)?.id.clone(), cell.clone()))
    };
    scenario.row(kind, at).into_iter().flat_map(Row::iter).filter_map(named).collect()
}

fn fill_row(
    scenario: &mut Scenario,
    kind: ItemKind,
    at: usize,
    cells: &[(HypothesisId, Cell)],
) -> Result<(), Refused> {
    for (id, cell) in cells {
        let hypothesis = scenario
            .position::<Hypothesis>(id)
            .ok_or_else(|| Refused::Unknown(ItemKind::Hypothesis, id.to_string()))?;
        let row = scenario.row_mut(kind, at).ok_or(Refused::Malformed)?;
        if cell.is_empty() || !row.set(hypothesis, cell.clone()).is_empty() {
            return Err(Refused::Malformed);
        }
    }
    Ok(())
}
