//! Reasons why a change does not fit a scenario.

use crate::scenario::{EstimateId, EvidenceId, IndicatorStatus, ItemKind, Refusal};

/// The reason why a change cannot be made.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// There is no item of this kind with this id.
    Unknown(ItemKind, String),
    /// Another item of this kind has this id.
    Taken(ItemKind, String),
    /// The current value is not the one that the change expects.
    Stale,
    /// The field does not take the value.
    Value(Refusal),
    /// This other field is set, and the two exclude each other.
    Beside(&'static str),
    /// The source is still cited by these items.
    Cited(Vec<EvidenceId>),
    /// The hypothesis is named by estimates or by the outcome.
    Recorded {
        /// The estimates that state its probability.
        estimates: Vec<EstimateId>,
        /// Whether the outcome names it.
        outcome: bool,
    },
    /// The indicator is no longer pending; this is its status.
    Settled(IndicatorStatus),
    /// There is no room for another item of this kind.
    Full(ItemKind),
    /// The change contradicts itself: it names a cell twice or an empty one, moves an item after itself, or has a value
    /// that is not in the field's normal form.
    Malformed,
}

/// The refusal of one of several changes.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedAt {
    /// Position of the change in the list.
    pub index: usize,
    /// The reason.
    pub refused: Refused,
}
