//! Changes of the five lists: what can happen to a hypothesis, a source, an evidence item, an indicator or an estimate.

use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt::Debug;
use std::hash::Hash;

use super::{Change, Edit, Refused};
use crate::scenario::{
    Cell, Conflict, Estimate, Evidence, Hypothesis, HypothesisId, Indicator, Item, ItemKind, Row, RowId,
    Scenario, Source, Value,
};

/// A change to one item of a list.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemChange<T: Listed> {
    /// It comes.
    Added(Box<Entry<T>>),
    /// It goes.
    Removed(Box<Entry<T>>),
    /// It stands elsewhere in its list.
    Moved {
        /// The item.
        id: T::Id,
        /// Where it was.
        from: Place<T::Id>,
        /// Where it is.
        to: Place<T::Id>,
    },
    /// It has another id.
    Renamed {
        /// The id it had.
        from: T::Id,
        /// The id it has.
        to: T::Id,
        /// The references that follow, as changes of the fields that hold them; they come before the new id.
        along: Vec<Change>,
    },
    /// One of its fields has another value.
    FieldSet {
        /// The item.
        id: T::Id,
        /// The field.
        field: T::Field,
        /// From what to what.
        edit: Edit<Value>,
    },
    /// The conflicts left in it change.
    ConflictSet {
        /// The item.
        id: T::Id,
        /// From what to what.
        edit: Edit<Conflict>,
    },
}

/// A whole item that comes or goes, and all that comes or goes with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<T: Listed> {
    /// The item; its row is empty here and told by `cells`.
    pub item: T,
    /// Where it stands.
    pub at: Place<T::Id>,
    /// Its row (by hypothesis) or column (by row), without the empty cells, in the order of the scenario.
    pub cells: Vec<(T::Across, Cell)>,
    /// The accompanying changes: made before the item goes, or after it has come.
    pub along: Vec<Change>,
}

/// A place in a list.
///
/// `after` is what is meant: it still says the right thing when several items come, go and move at once, where a
/// position would shift with each of them. `index` is what is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<I> {
    /// Position, from 0: of the version before for what goes or moves away, of the version after for what comes or
    /// arrives. In a change that is made alone, of the list as it is then.
    pub index: usize,
    /// The item directly before it at the moment of the change; `None` is the start of the list.
    pub after: Option<I>,
}

/// An item as changes see it: with its cells.
pub trait Listed: Item {
    /// The kind of id that names its cells: hypotheses for an item with a row, rows for a hypothesis. A source has no
    /// cells.
    type Across: Clone + Debug + Eq + Hash;

    /// The change that this is.
    fn change(change: ItemChange<Self>) -> Change;

    /// The cells that are not empty of the item at this position, in the order of the scenario.
    fn cells(scenario: &Scenario, at: usize) -> Vec<(Self::Across, Cell)>;

    /// Fills cells of the item at this position, which are empty.
    ///
    /// # Errors
    /// If a cell is named that is not there, twice, or is empty; the item's cells are then in no useful state.
    fn fill(scenario: &mut Scenario, at: usize, cells: &[(Self::Across, Cell)]) -> Result<(), Refused>;

    /// Whether the item is without cells of its own, as it must be in an [`Entry`].
    fn is_bare(&self) -> bool {
        self.row().is_none_or(|row| row.iter().next().is_none())
    }
}

impl<T: Listed> ItemChange<T> {
    /// The item's id; of a renamed one, the id it has after.
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

    /// The changes elsewhere that it takes along.
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

macro_rules! with_row {
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

with_row!(Evidence, Indicator, Estimate);

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

impl Listed for Source {
    type Across = Infallible;

    fn change(change: ItemChange<Self>) -> Change {
        Change::Source(change)
    }

    fn cells(_: &Scenario, _: usize) -> Vec<(Infallible, Cell)> {
        Vec::new()
    }

    fn fill(_: &mut Scenario, _: usize, _: &[(Infallible, Cell)]) -> Result<(), Refused> {
        Ok(())
    }
}
