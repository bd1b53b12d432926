//! Changes since the last commit: the version at `HEAD`, and the rows, columns and cells that differ from it.
//!
//! Only what is drawn is compared: after each edit items are matched anew, their cells and fields when they come into
//! view. Knows scenarios. Must never know git or the screen.

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
    /// There is nothing to compare with, for the reason in this sentence.
    Unknown(String),
    /// It was read.
    Known(Box<Committed>),
}

/// The committed version, matched with the one in the editor.
#[derive(Debug)]
pub(crate) struct Committed {
    pub(crate) scenario: Scenario,
    counterparts: Counterparts,
}

/// How a row or a column differs from the commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Same,
    Changed,
    Added,
}

impl Fate {
    /// Returns the sign for it.
    pub(crate) const fn sign(self) -> Option<&'static str> {
        match self {
            Self::Same => None,
            Self::Changed => Some(CHANGED),
            Self::Added => Some(ADDED),
        }
    }
}

/// The scenario at `HEAD`, or a sentence that says why there is nothing to compare with.
pub(crate) type HeadContent = Result<Box<Scenario>, String>;

/// Parses the content of `HEAD`, which takes time for large files.
pub(crate) fn parse(found: AtHead) -> HeadContent {
    match found {
        AtHead::Bytes(bytes) => match document::read(bytes).scenario {
            Some(scenario) => Ok(Box::new(scenario)),
            None => unknown("the committed version cannot be read as a scenario"),
        },
        AtHead::Uncommitted => Err("The file is not committed yet; changes are marked once it is.".into()),
        AtHead::NoRepository => {
            Err("The file is not in a git repository, so there is no version to compare with.".into())
        }
        AtHead::Unknown(reason) => unknown(&reason),
    }
}

/// Says why the content of `HEAD` cannot be read.
pub(crate) fn unknown(reason: &str) -> HeadContent {
    Err(format!("The changes are not known: {reason}."))
}

impl Head {
    /// Matches the content of `HEAD` with the present scenario.
    pub(crate) fn new(found: HeadContent, now: &Scenario) -> Self {
        match found {
            Err(reason) => Self::Unknown(reason),
            Ok(scenario) => {
                let counterparts = Counterparts::new(&scenario, now);
                Self::Known(Box::new(Committed { scenario: *scenario, counterparts }))
            }
        }
    }

    /// Matches items anew after the scenario changed. After a change of ratings alone this is done only if the matching
    /// depends on ratings.
    pub(crate) fn follow(&mut self, now: &Scenario, in_more_than_ratings: bool) {
        if let Self::Known(committed) = self
            && (in_more_than_ratings || committed.counterparts.hang_on_cells())
        {
            committed.counterparts = Counterparts::new(&committed.scenario, now);
        }
    }

    pub(crate) fn committed(&self) -> Option<&Committed> {
        if let Self::Known(committed) = self { Some(committed) } else { None }
    }

    /// Returns how the row of the item at this position differs.
    pub(crate) fn row(&self, now: &Scenario, at: usize) -> Fate {
        self.committed().map_or(Fate::Same, |committed| committed.row(now, at))
    }

    /// Returns how the hypothesis at this position differs, its cells aside.
    pub(crate) fn column(&self, now: &Scenario, at: usize) -> Fate {
        let Some(committed) = self.committed() else { return Fate::Same };
        let Some(counterpart) = committed.counterparts.hypothesis(at) else { return Fate::Added };
        let hypotheses = &committed.scenario.hypotheses;
        fate(counterpart.moved, hypotheses.get(counterpart.before), now.hypotheses.get(at))
    }

    /// Whether the cell of this row and column differs. Cells of added rows and columns do not: those are marked as a
    /// whole.
    pub(crate) fn differs(&self, now: &Scenario, row: usize, column: usize) -> bool {
        let was = self.committed().and_then(|committed| committed.cell(row, column));
        was.is_some_and(|was| was != now.evidence.get(row).and_then(|item| item.ratings.get(column)))
    }
}

impl Committed {
    /// Returns the committed cell of this row and column; `None` if there was no such cell, `Some(None)` if it was
    /// empty.
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

/// Returns how an item that was committed differs, its cells aside.
fn fate<T: Item>(moved: bool, before: Option<&T>, after: Option<&T>) -> Fate {
    let same = match (before, after) {
        (Some(before), Some(after)) => before.id() == after.id() && before.same_content(after),
        (None, _) | (_, None) => true,
    };
    if same && !moved { Fate::Same } else { Fate::Changed }
}
