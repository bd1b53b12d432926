//! Changes of the four lists: what can happen to a hypothesis, a source, an evidence item or an indicator.

use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt::Debug;
use std::hash::Hash;

use super::{Change, Edit, Refused};
use crate::scenario::{
    Cell, Conflict, Evidence, EvidenceId, Hypothesis, HypothesisId, Indicator, Item, ItemKind, Scenario,
    Source, Value,
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
    /// The item; the row of an evidence item is empty here and told by `cells`.
    pub item: T,
    /// Where it stands.
    pub at: Place<T::Id>,
    /// Its row (by hypothesis) or column (by evidence item), without the empty cells, in the order of the scenario.
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
    /// The kind of id that names its cells: hypotheses for an evidence item, evidence items for a hypothesis. Other
    /// kinds have no cells.
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
        true
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
    type Across = EvidenceId;

    fn change(change: ItemChange<Self>) -> Change {
        Change::Hypothesis(change)
    }

    fn cells(scenario: &Scenario, at: usize) -> Vec<(EvidenceId, Cell)> {
        let cell = |item: &Evidence| Some((item.id.clone(), item.ratings.get(at)?.clone()));
        scenario.evidence.iter().filter_map(cell).collect()
    }

    fn fill(scenario: &mut Scenario, at: usize, cells: &[(EvidenceId, Cell)]) -> Result<(), Refused> {
        let mut column: HashMap<&EvidenceId, &Cell> = HashMap::with_capacity(cells.len());
        for (id, cell) in cells {
            if cell.is_empty() || column.insert(id, cell).is_some() {
                return Err(Refused::Malformed);
            }
        }
        if column.is_empty() {
            return Ok(());
        }
        for item in &mut scenario.evidence {
            if let Some(cell) = column.remove(&item.id) {
                item.ratings.set(at, cell.clone());
            }
        }
        match column.keys().next() {
            Some(id) => Err(Refused::Unknown(ItemKind::Evidence, id.to_string())),
            None => Ok(()),
        }
    }
}

impl Listed for Evidence {
    type Across = HypothesisId;

    fn change(change: ItemChange<Self>) -> Change {
        Change::Evidence(change)
    }

    fn cells(scenario: &Scenario, at: usize) -> Vec<(HypothesisId, Cell)> {
        let Some(item) = scenario.evidence.get(at) else {
            return Vec::new();
        };
        let named = |(hypothesis, cell): (usize, &Cell)| {
            Some((scenario.hypotheses.get(hypothesis)?.id.clone(), cell.clone()))
        };
        item.ratings.iter().filter_map(named).collect()
    }

    fn fill(scenario: &mut Scenario, at: usize, cells: &[(HypothesisId, Cell)]) -> Result<(), Refused> {
        for (id, cell) in cells {
            let hypothesis = scenario
                .position::<Hypothesis>(id)
                .ok_or_else(|| Refused::Unknown(ItemKind::Hypothesis, id.to_string()))?;
            let item = scenario.evidence.get_mut(at).ok_or(Refused::Malformed)?;
            if cell.is_empty() || !item.ratings.set(hypothesis, cell.clone()).is_empty() {
                return Err(Refused::Malformed);
            }
        }
        Ok(())
    }

    fn is_bare(&self) -> bool {
        self.ratings.iter().next().is_none()
    }
}

macro_rules! without_cells {
    ($($item:ident),+) => {
        $(
            impl Listed for $item {
                type Across = Infallible;

                fn change(change: ItemChange<Self>) -> Change {
                    Change::$item(change)
                }

                fn cells(_: &Scenario, _: usize) -> Vec<(Infallible, Cell)> {
                    Vec::new()
                }

                fn fill(_: &mut Scenario, _: usize, _: &[(Infallible, Cell)]) -> Result<(), Refused> {
                    Ok(())
                }
            }
        )+
    };
}

without_cells!(Source, Indicator);
