//! Describes a change: its kind, the ids it refers to, and the values before and after.
//!
//! Knows the names of the kinds, on which scripts rely (docs/json.md). Wording for people is elsewhere.

use super::{CellChange, Change, Edit, Entry, ItemChange, Listed, ScenarioChange, match_change};
use crate::scenario::{
    CellConflict, Conflict, Estimate, Evidence, EvidenceId, Hypothesis, HypothesisId, Indicator, ItemKind,
    Probability, Source, Value,
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

/// Returns the names of the changes of a kind of item: added, removed, moved, renamed, and a field set.
const fn names(kind: ItemKind) -> [&'static str; 5] {
    macro_rules! of {
        ($kind:literal) => {
            [
                concat!($kind, "-added"),
                concat!($kind, "-removed"),
                concat!($kind, "-moved"),
                concat!($kind, "-renamed"),
                concat!($kind, "-field-set"),
            ]
        };
    }
    match kind {
        ItemKind::Hypothesis => of!("hypothesis"),
        ItemKind::Source => of!("source"),
        ItemKind::Evidence => of!("evidence"),
        ItemKind::Indicator => of!("indicator"),
        ItemKind::Estimate => of!("estimate"),
    }
}

const CONFLICT_SET: &str = "conflict-set";

impl Change {
    /// Returns the name of its kind: `rating-set`, `evidence-renamed`, `scenario-field-set`. `conflict-set`
    /// belongs to the cell, item or scenario that it names.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match_change!(
            self,
            Item(change) => change.kind(),
            Self::Cell { change, .. } => match change {
                CellChange::Rating(_) => "rating-set",
                CellChange::Confidence(_) => "confidence-set",
                CellChange::Note(_) => "note-set",
                CellChange::Probability(_) => "probability-set",
                CellChange::Conflict(_) => CONFLICT_SET,
            },
            Self::Scenario(ScenarioChange::FieldSet { .. }) => "scenario-field-set",
            Self::Scenario(ScenarioChange::ConflictSet(_)) => CONFLICT_SET,
        )
    }

    /// Returns the evidence item that is changed, or whose cell is; after a rename, its new id.
    #[must_use]
    pub fn evidence(&self) -> Option<&EvidenceId> {
        if let Self::Cell { row, .. } = self {
            return row.evidence();
        }
        let Self::Evidence(change) = self else { return None };
        Some(change.id())
    }

    /// Returns the hypothesis that is changed, or whose cell is; after a rename, its new id.
    #[must_use]
    pub fn hypothesis(&self) -> Option<&HypothesisId> {
        if let Self::Cell { hypothesis, .. } = self {
            return Some(hypothesis);
        }
        let Self::Hypothesis(change) = self else { return None };
        Some(change.id())
    }

    /// Returns the kind and id of the item that is changed, or whose cell is; after a rename, its new id. The item of a
    /// cell is that of its row.
    #[must_use]
    pub fn subject(&self) -> Option<(ItemKind, &str)> {
        match_change!(
            self,
            Item(change) => Some(change.subject()),
            Self::Cell { row, .. } => Some((row.kind(), row.as_str())),
            Self::Scenario(_) => None,
        )
    }

    /// Returns the key of the field that is set; for the scenario's own fields, the path (`scoring.method`).
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match_change!(
            self,
            Item(change) => change.field(),
            Self::Scenario(ScenarioChange::FieldSet { field, .. }) => Some(field.as_str()),
            Self::Cell { .. } | Self::Scenario(ScenarioChange::ConflictSet(_)) => None,
        )
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
        match_change!(self, Item(change) => change.along(), Self::Cell { .. } | Self::Scenario(_) => &[])
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
    fn kind(&self) -> &'static str {
        let [added, removed, moved, renamed, field_set] = names(T::KIND);
        match self {
            Self::Added(_) => added,
            Self::Removed(_) => removed,
            Self::Moved { .. } => moved,
            Self::Renamed { .. } => renamed,
            Self::FieldSet { .. } => field_set,
            Self::ConflictSet { .. } => CONFLICT_SET,
        }
    }

    fn subject(&self) -> (ItemKind, &str) {
        (T::KIND, self.id().as_ref())
    }

    fn field(&self) -> Option<&'static str> {
        let Self::FieldSet { field, .. } = self else { return None };
        Some(T::key(*field))
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
