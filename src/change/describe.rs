//! Describes a change: its kind, the things that it names, and the values before and after.
//!
//! Knows the names of the kinds, which scripts rely on (docs/json.md); the words for people are elsewhere.

use super::{CellChange, Change, Edit, Entry, ItemChange, Listed, ScenarioChange};
use crate::scenario::{
    CellConflict, Conflict, Estimate, EstimateId, Evidence, EvidenceId, Hypothesis, HypothesisId, Indicator,
    IndicatorId, Probability, RowId, Source, SourceId, Value,
};

/// A value before or after a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Content<'c> {
    /// A rating, a level, a note.
    Text(&'c str),
    /// The value of a field.
    Value(&'c Value),
    /// The probability that an estimate states.
    Probability(Probability),
    /// The id before or after a renaming.
    Id(&'c str),
    /// Position in the list of that side, from 0.
    Position(usize),
    /// A whole item with its cells.
    Item(ItemRef<'c>),
    /// The conflict left in a cell.
    CellConflict(&'c CellConflict),
    /// The conflicts left in an item or the scenario.
    Conflict(&'c Conflict),
}

/// A whole item that came or went.
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

/// Names of what can happen to an item of one kind.
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
    /// The name of its kind: `rating-set`, `evidence-renamed`, `scenario-field-set`. `conflict-set` is of the cell,
    /// item or scenario that it names.
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

    /// The evidence item it is about, or whose cell; of a renamed one, the id it has after.
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

    /// The hypothesis it is about, or whose cell; of a renamed one, the id it has after.
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

    /// The source it is about; of a renamed one, the id it has after.
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

    /// The indicator it is about, or whose cell; of a renamed one, the id it has after.
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

    /// The estimate it is about, or whose probability; of a renamed one, the id it has after.
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

    /// The key of the field that it sets; for the scenario's own, the path (`scoring.method`).
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

    /// The value before; `None` if there was none.
    #[must_use]
    pub fn before(&self) -> Option<Content<'_>> {
        self.side(Side::Before)
    }

    /// The value after; `None` if there is none.
    #[must_use]
    pub fn after(&self) -> Option<Content<'_>> {
        self.side(Side::After)
    }

    /// The changes elsewhere that it takes along: references that follow a new id or go with what they name.
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
