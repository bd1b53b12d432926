//! What changed since the last commit: the version at `HEAD`, and which rows, columns and cells differ from it.
//!
//! Nothing is compared that is not looked at: which item is which is looked up after each edit, cells and fields only
//! where they are drawn. Knows scenarios. Must never know git or the screen.

use super::sign::{ADDED, CHANGED};
use crate::change::Counterparts;
use crate::document;
use crate::scenario::{Cell, Item, Scenario};
use crate::store::AtHead;

/// The version at `HEAD`.
#[derive(Debug)]
pub(crate) enum Head {
    /// It has not been read yet.
    Unread,
    /// There is none to compare with, for this reason.
    None(&'static str),
    /// It cannot be compared with, for this reason.
    Unknown(String),
    /// It is known.
    Known(Box<Committed>),
}

/// A version that was committed, beside the one in the editor.
#[derive(Debug)]
pub(crate) struct Committed {
    pub(crate) scenario: Scenario,
    counterparts: Counterparts,
}

/// What became of a row or a column since the commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Same,
    Changed,
    Added,
}

impl Fate {
    /// The sign for it.
    pub(crate) const fn sign(self) -> Option<&'static str> {
        match self {
            Self::Same => None,
            Self::Changed => Some(CHANGED),
            Self::Added => Some(ADDED),
        }
    }
}

/// What was found at `HEAD`, read as far as it can be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found {
    /// Nothing to compare with, for this reason.
    None(&'static str),
    /// Nothing that can be compared with, for this reason.
    Unknown(String),
    /// A scenario.
    Scenario(Box<Scenario>),
}

impl From<AtHead> for Found {
    /// Reads the bytes: that takes time where they are many.
    fn from(found: AtHead) -> Self {
        match found {
            AtHead::Bytes(bytes) => match document::read(bytes).scenario {
                Some(scenario) => Self::Scenario(Box::new(scenario)),
                None => Self::Unknown("the committed version cannot be read as a scenario".into()),
            },
            AtHead::Uncommitted => {
                Self::None("The file is not committed yet. After that, all that changes is marked.")
            }
            AtHead::NoRepository => {
                Self::None("The file is in no git repository, so there is no version to compare with.")
            }
            AtHead::Unknown(reason) => Self::Unknown(reason),
        }
    }
}

impl Head {
    /// What was found, beside the scenario as it is now.
    pub(crate) fn new(found: Found, now: &Scenario) -> Self {
        match found {
            Found::None(reason) => Self::None(reason),
            Found::Unknown(reason) => Self::Unknown(reason),
            Found::Scenario(scenario) => {
                let counterparts = Counterparts::new(&scenario, now);
                Self::Known(Box::new(Committed { scenario: *scenario, counterparts }))
            }
        }
    }

    /// Looks up again what is what, since the scenario changed: in more than ratings, or else only where what is what
    /// hangs on them.
    pub(crate) fn follow(&mut self, now: &Scenario, in_more_than_ratings: bool) {
        if let Self::Known(committed) = self
            && (in_more_than_ratings || committed.counterparts.hang_on_cells())
        {
            committed.counterparts = Counterparts::new(&committed.scenario, now);
        }
    }

    pub(crate) fn committed(&self) -> Option<&Committed> {
        match self {
            Self::Known(committed) => Some(committed),
            Self::Unread | Self::None(_) | Self::Unknown(_) => None,
        }
    }

    /// What became of the row of the item at this position.
    pub(crate) fn row(&self, now: &Scenario, at: usize) -> Fate {
        self.committed().map_or(Fate::Same, |committed| committed.row(now, at))
    }

    /// What became of the hypothesis at this position; its cells are not looked at.
    pub(crate) fn column(&self, now: &Scenario, at: usize) -> Fate {
        let Some(committed) = self.committed() else { return Fate::Same };
        let Some(counterpart) = committed.counterparts.hypothesis(at) else { return Fate::Added };
        let hypotheses = &committed.scenario.hypotheses;
        fate(counterpart.moved, hypotheses.get(counterpart.before), now.hypotheses.get(at))
    }

    /// Whether the cell of this row and column differs; one that was not there does not, its row or column being
    /// marked.
    pub(crate) fn differs(&self, now: &Scenario, row: usize, column: usize) -> bool {
        let was = self.committed().and_then(|committed| committed.cell(row, column));
        was.is_some_and(|was| was != now.evidence.get(row).and_then(|item| item.ratings.get(column)))
    }
}

impl Committed {
    /// What stood in the cell of this row and column, if it was there; an empty cell is `Some(None)`.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Option<Option<&Cell>> {
        let item = self.scenario.evidence.get(self.counterparts.evidence(row)?.before)?;
        Some(item.ratings.get(self.counterparts.hypothesis(column)?.before))
    }

    fn row(&self, now: &Scenario, at: usize) -> Fate {
        let Some(counterpart) = self.counterparts.evidence(at) else { return Fate::Added };
        let (before, after) = (self.scenario.evidence.get(counterpart.before), now.evidence.get(at));
        let differs = |column: usize| {
            let now = after.and_then(|item| item.ratings.get(column));
            self.cell(at, column).is_some_and(|was| was != now)
        };
        match fate(counterpart.moved, before, after) {
            Fate::Same if (0..now.hypotheses.len()).any(differs) => Fate::Changed,
            fate @ (Fate::Same | Fate::Changed | Fate::Added) => fate,
        }
    }
}

/// What became of an item that was there, but for its cells.
fn fate<T: Item>(moved: bool, before: Option<&T>, after: Option<&T>) -> Fate {
    let same = match (before, after) {
        (Some(before), Some(after)) => before.id() == after.id() && before.same_content(after),
        (None, _) | (_, None) => true,
    };
    if same && !moved { Fate::Same } else { Fate::Changed }
}
