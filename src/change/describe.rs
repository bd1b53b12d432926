//! Describes a change: its kind, the ids it refers to, and the values before and after.
//!
//! Knows the names of the kinds, on which scripts rely (docs/json.md). Wording for people is elsewhere.

use super::{CellChange, Change, Edit, Entry, ItemChange, Listed, ScenarioChange};
use crate::scenario::{
    CellConflict, Conflict, Estimate, EstimateId, Evidence, EvidenceId, Hypothesis, HypothesisId, Indicator,
    IndicatorId, Probability, RowId, Source, SourceId, Value,
};

/// A value before or after a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Content<'c> {
    /// A rating, a level or a note.
    Text(&'c str),
    /// The value of a field.
    Value(&'c Value),
    /// The probability that an estimate states.
    Probability(Probability),
    /// The id before or after a rename.
    Id(&'c str),
    /// The position in the list of that version, from 0.
    Position(usize),
    /// A whole item with its cells.
    Item(ItemRef<'c>),
    /// The conflict of a cell.
    CellConflict(&'c CellConflict),
    /// The conflicts of an item or of the scenario.
    Conflict(&'c Conflict),
}

/// A whole item that was added or removed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ItemRef<'c> {
    /// A hypothesis with its column.
    Hypothesis(&'c Entry<Hypothesis>),
    /// A source.
    Source(&'c Entry<Source>),
    /// An evidence item with its row.
    Evidence(&'c Entry<Evidence>),
    /// An indicator with its row.
    Indicator(&'c Entry<Indicator>),
    /// An estimate with its probabilities.
    Estimate(&'c Entry<Estimate>),
}

/// The names of the changes of one kind of item.
struct Kinds {
    added: &'static str,
    removed: &'static str,
    moved: &'static str,
    renamed: &'static str,
    field_set: &'static str,
}

macro_rules! kinds {
    ($kind:literal) => {
        Kinds {
            added: concat!($kind, "-added"),
            removed: concat!($kind, "-removed"),
            moved: concat!($kind, "-moved"),
            renamed: concat!($kind, "-renamed"),
            field_set: concat!($kind, "-field-set"),
        }
    };
}

const CONFLICT_SET: &str = "conflict-set";

impl Change {
    /// Returns the name of its kind: `rating-set`, `evidence-renamed`, `scenario-field-set`. `conflict-set`
    /// belongs to the cell, item or scenario that it names.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Cell { change, .. } => match change {
                CellChange::Rating(_) => "rating-set",
                CellChange::Confidence(_) => "confidence-set",
                CellChange::Note(_) => "note-set",
                CellChange::Probability(_) => "probability-set",
                CellChange::Conflict(_) => CONFLICT_SET,
            },
            Self::Hypothesis(change) => change.kind(&kinds!("hypothesis")),
            Self::Source(change) => change.kind(&kinds!("source")),
            Self::Evidence(change) => change.kind(&kinds!("evidence")),
            Self::Indicator(change) => change.kind(&kinds!("indicator")),
            Self::Estimate(change) => change.kind(&kinds!("estimate")),
            Self::Scenario(ScenarioChange::FieldSet { .. }) => "scenario-field-set",
            Self::Scenario(ScenarioChange::ConflictSet(_)) => CONFLICT_SET,
        }
    }

    /// Returns the evidence item that is changed, or whose cell is; after a rename, its new id.
    #[must_use]
    pub fn evidence(&self) -> Option<&EvidenceId> {
        match self {
            Self::Cell { row, .. } => row.evidence(),
            Self::Evidence(change) => Some(change.id()),
            Self::Hypothesis(_)
            | Self::Source(_)
            | Self::Indicator(_)
            | Self::Estimate(_)
            | Self::Scenario(_) => None,
        }
    }

    /// Returns the hypothesis that is changed, or whose cell is; after a rename, its new id.
    #[must_use]
    pub fn hypothesis(&self) -> Option<&HypothesisId> {
        match self {
            Self::Cell { hypothesis, .. } => Some(hypothesis),
            Self::Hypothesis(change) => Some(change.id()),
            Self::Evidence(_)
            | Self::Source(_)
            | Self::Indicator(_)
            | Self::Estimate(_)
            | Self::Scenario(_) => None,
        }
    }

    /// Returns the source that is changed; after a rename, its new id.
    #[must_use]
    pub fn source(&self) -> Option<&SourceId> {
        match self {
            Self::Source(change) => Some(change.id()),
            Self::Cell { .. }
            | Self::Hypothesis(_)
            | Self::Evidence(_)
            | Self::Indicator(_)
            | Self::Estimate(_)
            | Self::Scenario(_) => None,
        }
    }

    /// Returns the indicator that is changed, or whose cell is; after a rename, its new id.
    #[must_use]
    pub fn indicator(&self) -> Option<&IndicatorId> {
        match self {
            Self::Indicator(change) => Some(change.id()),
            Self::Cell { row: RowId::Indicator(id), .. } => Some(id),
            Self::Cell { .. }
            | Self::Hypothesis(_)
            | Self::Evidence(_)
            | Self::Source(_)
            | Self::Estimate(_)
            | Self::Scenario(_) => None,
        }
    }

    /// Returns the estimate that is changed, or whose probability is; after a rename, its new id.
    #[must_use]
    pub fn estimate(&self) -> Option<&EstimateId> {
        match self {
            Self::Estimate(change) => Some(change.id()),
            Self::Cell { row: RowId::Estimate(id), .. } => Some(id),
            Self::Cell { .. }
            | Self::Hypothesis(_)
            | Self::Evidence(_)
            | Self::Source(_)
            | Self::Indicator(_)
            | Self::Scenario(_) => None,
        }
    }

    /// Returns the key of the field that is set; for the scenario's own fields, the path (`scoring.method`).
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Cell { .. } | Self::Scenario(ScenarioChange::ConflictSet(_)) => None,
            Self::Hypothesis(change) => change.field(),
            Self::Source(change) => change.field(),
            Self::Evidence(change) => change.field(),
            Self::Indicator(change) => change.field(),
            Self::Estimate(change) => change.field(),
            Self::Scenario(ScenarioChange::FieldSet { field, .. }) => Some(field.as_str()),
        }
    }

    /// Returns the value before; `None` if there was none.
    #[must_use]
    pub fn before(&self) -> Option<Content<'_>> {
        self.side(Side::Before)
    }

    /// Returns the value after; `None` if there is none.
    #[must_use]
    pub fn after(&self) -> Option<Content<'_>> {
        self.side(Side::After)
    }

    /// Returns the accompanying changes elsewhere: references that follow a new id, or are removed with their
    /// target.
    #[must_use]
    pub fn along(&self) -> &[Self] {
        match self {
            Self::Hypothesis(change) => change.along(),
            Self::Source(change) => change.along(),
            Self::Evidence(change) => change.along(),
            Self::Indicator(change) => change.along(),
            Self::Estimate(change) => change.along(),
            Self::Cell { .. } | Self::Scenario(_) => &[],
        }
    }

    fn side(&self, side: Side) -> Option<Content<'_>> {
        match self {
            Self::Cell { change, .. } => match change {
                CellChange::Rating(edit) => side.of(edit).map(|rating| Content::Text(rating.as_str())),
                CellChange::Confidence(edit) => side.of(edit).map(|level| Content::Text(level.as_str())),
                CellChange::Note(edit) => side.of(edit).map(|note| Content::Text(note)),
                CellChange::Probability(edit) => side.of(edit).copied().map(Content::Probability),
                CellChange::Conflict(edit) => side.of(edit).map(Content::CellConflict),
            },
            Self::Hypothesis(change) => change.side(side, ItemRef::Hypothesis),
            Self::Source(change) => change.side(side, ItemRef::Source),
            Self::Evidence(change) => change.side(side, ItemRef::Evidence),
            Self::Indicator(change) => change.side(side, ItemRef::Indicator),
            Self::Estimate(change) => change.side(side, ItemRef::Estimate),
            Self::Scenario(ScenarioChange::FieldSet { edit, .. }) => side.of(edit).map(Content::Value),
            Self::Scenario(ScenarioChange::ConflictSet(edit)) => side.of(edit).map(Content::Conflict),
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Before,
    After,
}

impl Side {
    const fn of<T>(self, edit: &Edit<T>) -> Option<&T> {
        match self {
            Self::Before => edit.before.as_ref(),
            Self::After => edit.after.as_ref(),
        }
    }

    const fn pick<T: Copy>(self, before: T, after: T) -> T {
        match self {
            Self::Before => before,
            Self::After => after,
        }
    }
}

impl<T: Listed> ItemChange<T> {
    fn kind(&self, kinds: &Kinds) -> &'static str {
        match self {
            Self::Added(_) => kinds.added,
            Self::Removed(_) => kinds.removed,
            Self::Moved { .. } => kinds.moved,
            Self::Renamed { .. } => kinds.renamed,
            Self::FieldSet { .. } => kinds.field_set,
            Self::ConflictSet { .. } => CONFLICT_SET,
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::FieldSet { field, .. } => Some(T::key(*field)),
            Self::Added(_)
            | Self::Removed(_)
            | Self::Moved { .. }
            | Self::Renamed { .. }
            | Self::ConflictSet { .. } => None,
        }
    }

    fn side<'c>(&'c self, side: Side, told: fn(&'c Entry<T>) -> ItemRef<'c>) -> Option<Content<'c>> {
        match self {
            Self::Added(entry) => (side == Side::After).then(|| Content::Item(told(entry))),
            Self::Removed(entry) => (side == Side::Before).then(|| Content::Item(told(entry))),
            Self::Moved { from, to, .. } => Some(Content::Position(side.pick(from.index, to.index))),
            Self::Renamed { from, to, .. } => Some(Content::Id(side.pick(from, to).as_ref())),
            Self::FieldSet { edit, .. } => side.of(edit).map(Content::Value),
            Self::ConflictSet { edit, .. } => side.of(edit).map(Content::Conflict),
        }
    }
}
