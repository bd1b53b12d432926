//! Conflicts: what a merge leaves where both sides changed one thing, until somebody settles it.
//!
//! The scenario itself holds *our* side; the record beside it holds the common base and *their* side.

use super::field::{Fielded, fields};
use super::keyword::keyword;
use super::probability::Probability;
use super::rating::Rating;
use super::value::Value;
use super::weight::Level;

fields! {
    /// All that is judged in one cell.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Judgement {
        /// The probability that an estimate states; such a cell has nothing else.
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
        note: Option<String> = Note("note", Prose, "Why it is rated so.");
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
    /// Whether rating and confidence are in dispute as one, because one side blanked the cell and the other changed
    /// either. `ours` is the rating that the cell has.
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
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Ours => Self::Theirs,
            Self::Theirs => Self::Ours,
        }
    }
}

/// The other sides of an item, or of the scenario itself: by field, and whether one side deleted it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conflict {
    /// The side that deleted what the other edited.
    pub deleted: Option<Side>,
    /// Fields that both sides changed, by name, in the order of the file.
    pub fields: Vec<FieldConflict>,
}

/// A thing with fields in which a merge can leave conflicts.
pub trait Contested: Fielded {
    /// The conflicts left in its fields.
    fn conflict(&self) -> Option<&Conflict>;
    /// Sets or removes what is left to settle.
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

/// The other sides of one field; an absent value is an absent key.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldConflict {
    /// Name of the field as the file has it; for the scenario's own, the path (`scoring.method`).
    pub field: String,
    /// The value of the base.
    pub base: Option<Value>,
    /// The value of the other side.
    pub theirs: Option<Value>,
}
