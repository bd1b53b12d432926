//! Conflicts: the record that a merge leaves where both sides changed the same thing, until somebody settles
//! it.
//!
//! The scenario itself holds our side; the record next to it holds the common base and their side.

use super::field::{Fielded, fields};
use super::keyword::keyword;
use super::probability::Probability;
use super::rating::Rating;
use super::value::Value;
use super::weight::Level;

fields! {
    /// Everything judged in one cell.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Judgement {
        /// The probability that an estimate states; such a cell holds nothing else.
        probability: Option<Probability>,
    }
    JudgementField {
        rating: Option<Rating> = Rating(
            "rating", Fact, "Very consistent (CC) to very inconsistent (II), or not applicable (NA)."
        );
        confidence: Option<Level> = Confidence(
            "confidence", Fact, "How sure the analyst is of the rating; default medium.",
            default: Level::DEFAULT.as_str()
        );
        note: Option<String> = Note("note", Prose, "Why it is rated so: what a reader would need to see it as the analyst does.");
    }
}

/// The other sides of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellConflict {
    /// The value of the base.
    pub base: Judgement,
    /// The value of the other side.
    pub theirs: Judgement,
}

impl CellConflict {
    /// Returns whether rating and confidence are disputed together, because one side blanked the cell and the
    /// other changed either. `ours` is the rating of the cell.
    #[must_use]
    pub fn is_blanking(&self, ours: Option<Rating>) -> bool {
        self.base.rating.is_some() && (self.theirs.rating.is_none() || ours.is_none())
    }
}

keyword! {
    /// A side of a merge.
    pub enum Side {
        /// The side merged into.
        Ours = "ours",
        /// The side merged from.
        Theirs = "theirs",
    }
}

impl Side {
    /// Returns the other side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Ours => Self::Theirs,
            Self::Theirs => Self::Ours,
        }
    }

    /// Returns what belongs to this side, of what belongs to ours and to theirs.
    pub(crate) fn of<T>(self, [ours, theirs]: [T; 2]) -> T {
        match self {
            Self::Ours => ours,
            Self::Theirs => theirs,
        }
    }
}

/// The other sides of an item's fields, or of the scenario's own, and whether one side deleted the item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conflict {
    /// The side that deleted what the other edited.
    pub deleted: Option<Side>,
    /// Fields that both sides changed, by name, in the order of the file.
    pub fields: Vec<FieldConflict>,
}

/// Something with fields in which a merge can leave conflicts.
pub trait Contested: Fielded {
    /// Returns the conflicts of its fields.
    fn conflict(&self) -> Option<&Conflict>;
    /// Sets or removes the conflicts.
    fn set_conflict(&mut self, conflict: Option<Conflict>);
}

macro_rules! contested {
    ($($owner:ty),+) => {
        $(
            impl $crate::scenario::Contested for $owner {
                fn conflict(&self) -> Option<&$crate::scenario::Conflict> {
                    self.conflict.as_deref()
                }

                fn set_conflict(&mut self, conflict: Option<$crate::scenario::Conflict>) {
                    self.conflict = conflict.map(Box::new);
                }
            }
        )+
    };
}
pub(super) use contested;

/// The other sides of one field; an absent value has no key.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldConflict {
    /// Name of the field in the file; for the scenario's own fields, the path (`scoring.method`).
    pub field: String,
    /// The value of the base.
    pub base: Option<Value>,
    /// The value of the other side.
    pub theirs: Option<Value>,
}
