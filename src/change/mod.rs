//! The one vocabulary of change: whatever happens to a scenario is a list of [`Change`] values.
//!
//! An editor *applies* them ([`apply()`]), undo applies their inverse ([`Change::inverse`]), commands *make* them
//! ([`make`]), a comparison of two versions *finds* them ([`diff()`]), and a merge *combines* those of two sides
//! ([`merge()`]). Two laws hold them together, for all
//! scenarios `a`, `b`, `s` and every change `c` that applies to `s`:
//!
//! * `apply_all(a, diff(a, b)) == b`
//! * `apply(apply(s, c), c.inverse()) == s`
//!
//! A change names things by id and holds what was before as well as what is after, so that its inverse needs no
//! scenario and a change that no longer fits is noticed. Changes are told in sequence: each speaks of the scenario
//! that those before it have left.
//!
//! Knows scenarios. Must never know files, bytes, TOML or words for people.

mod apply;
mod describe;
mod diff;
mod difference;
mod identity;
mod inverse;
mod item;
pub mod make;
mod merge;
mod rebase;
mod reference;
mod refused;
mod settle;
mod trace;

pub use apply::{apply, apply_all, apply_near};
pub use describe::{Content, ItemRef};
pub use diff::{Counterpart, Counterparts, diff};
pub use identity::{Renamings, Step, identities};
pub use inverse::inverse_all;
pub(crate) use item::match_change;
pub use item::{Entry, ItemChange, Listed, Place};
pub use merge::{Doubled, Merge, doubled, merge};
pub use rebase::{Rebased, rebase};
pub use refused::{Refused, RefusedAt};
pub use settle::{Dispute, Unsettled, settle, settle_all, unsettled};
pub use trace::Traced;

use crate::scenario::{
    CellConflict, Conflict, Estimate, Evidence, Hypothesis, HypothesisId, Indicator, Level, Probability,
    Rating, RowId, ScenarioField, Source, Value,
};

/// One change of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// One part of one cell.
    Cell {
        /// The row.
        row: RowId,
        /// The hypothesis of the column.
        hypothesis: HypothesisId,
        /// The change within the cell.
        change: CellChange,
    },
    /// A hypothesis, with its column.
    Hypothesis(ItemChange<Hypothesis>),
    /// A source.
    Source(ItemChange<Source>),
    /// An evidence item, with its row.
    Evidence(ItemChange<Evidence>),
    /// An indicator, with its row.
    Indicator(ItemChange<Indicator>),
    /// An estimate, with its probabilities.
    Estimate(ItemChange<Estimate>),
    /// The scenario's own fields.
    Scenario(ScenarioChange),
}

/// A value before and after; `None` means absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit<T> {
    /// Before the change.
    pub before: Option<T>,
    /// After the change.
    pub after: Option<T>,
}

impl<T> Edit<T> {
    /// Returns the edit from `before` to `after`.
    pub const fn new(before: Option<T>, after: Option<T>) -> Self {
        Self { before, after }
    }
}

/// One part of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellChange {
    /// The rating; absent means blank.
    Rating(Edit<Rating>),
    /// The confidence.
    Confidence(Edit<Level>),
    /// The note.
    Note(Edit<String>),
    /// The probability that an estimate states.
    Probability(Edit<Probability>),
    /// The conflict of the cell.
    Conflict(Edit<CellConflict>),
}

/// A change of the scenario's own fields.
#[derive(Clone, Debug, PartialEq)]
pub enum ScenarioChange {
    /// One of its own fields.
    FieldSet {
        /// The field.
        field: ScenarioField,
        /// The value before and after.
        edit: Edit<Value>,
    },
    /// The conflicts of these fields.
    ConflictSet(Edit<Conflict>),
}
