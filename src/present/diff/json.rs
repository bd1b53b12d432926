//! Changes as JSON; docs/json.md has the shapes.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::change::{self, Change, Content, Entry, Listed};
use crate::present::json::Pairs;
use crate::scenario::{
    Cell, CellConflict, Conflict, EvidenceId, FieldConflict, HypothesisId, IndicatorId, Judgement, SourceId,
};

/// Serializes changes, each as a [`ChangeDocument`].
pub(in crate::present) fn changes<S: Serializer>(
    changes: &[Change],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(changes.iter().map(ChangeDocument::new))
}

/// A change as JSON and CSV have it.
#[derive(Serialize)]
pub(in crate::present) struct ChangeDocument<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<&'a EvidenceId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hypothesis: Option<&'a HypothesisId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a SourceId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    indicator: Option<&'a IndicatorId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    before: Option<ChangeSide<'a>>,
    after: Option<ChangeSide<'a>>,
}

impl<'a> ChangeDocument<'a> {
    pub(in crate::present) fn new(change: &'a Change) -> Self {
        Self {
            kind: change.kind(),
            evidence: change.evidence(),
            hypothesis: change.hypothesis(),
            source: change.source(),
            indicator: change.indicator(),
            field: change.field(),
            before: change.before().map(ChangeSide),
            after: change.after().map(ChangeSide),
        }
    }
}

/// The value on one side of a change.
struct ChangeSide<'a>(Content<'a>);

impl Serialize for ChangeSide<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Content::Text(text) | Content::Id(text) => serializer.serialize_str(text),
            Content::Value(value) => value.serialize(serializer),
            Content::Position(position) => position.serialize(serializer),
            Content::Item(told) => match told {
                change::ItemRef::Hypothesis(entry) => item(entry, EvidenceId::as_str, serializer),
                change::ItemRef::Source(entry) => item(entry, |never| match *never {}, serializer),
                change::ItemRef::Evidence(entry) => item(entry, HypothesisId::as_str, serializer),
                change::ItemRef::Indicator(entry) => item(entry, |never| match *never {}, serializer),
            },
            Content::CellConflict(conflict) => Settle(conflict).serialize(serializer),
            Content::Conflict(conflict) => Sides(conflict).serialize(serializer),
        }
    }
}

/// Serializes an item with the keys of the file; its cells under `ratings`, by the id of the other axis.
fn item<T: Listed, S: Serializer>(
    entry: &Entry<T>,
    across: fn(&T::Across) -> &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("id", entry.item.id().as_ref())?;
    for field in T::FIELDS {
        if let Some(value) = entry.item.field(*field) {
            map.serialize_entry(T::key(*field), &value)?;
        }
    }
    if let Some(conflict) = entry.item.conflict() {
        map.serialize_entry("conflict", &Sides(conflict))?;
    }
    if !entry.cells.is_empty() {
        let cells = || entry.cells.iter().map(|(id, cell)| (across(id), Judged(cell)));
        map.serialize_entry("ratings", &Pairs(cells))?;
    }
    map.end()
}

/// A cell: its rating alone as a string, anything more as an object.
struct Judged<'a>(&'a Cell);

impl Serialize for Judged<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cell = self.0;
        if let (Some(rating), None, None, None) = (cell.rating, cell.confidence, cell.note(), cell.conflict())
        {
            return rating.serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        judgement(&mut map, &cell.judgement())?;
        if let Some(conflict) = cell.conflict() {
            map.serialize_entry("conflict", &Settle(conflict))?;
        }
        map.end()
    }
}

fn judgement<M: SerializeMap>(map: &mut M, judgement: &Judgement) -> Result<(), M::Error> {
    if let Some(rating) = judgement.rating {
        map.serialize_entry("rating", &rating)?;
    }
    if let Some(confidence) = judgement.confidence {
        map.serialize_entry("confidence", &confidence)?;
    }
    if let Some(note) = &judgement.note {
        map.serialize_entry("note", note)?;
    }
    Ok(())
}

/// The conflict of a cell as the file has it: a blank is an empty string.
struct Settle<'a>(&'a CellConflict);

impl Serialize for Settle<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("base", &OneSide(&self.0.base))?;
        map.serialize_entry("theirs", &OneSide(&self.0.theirs))?;
        map.end()
    }
}

struct OneSide<'a>(&'a Judgement);

impl Serialize for OneSide<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Judgement { rating, confidence: None, note: None } => {
                serializer.serialize_str(rating.map_or("", |rating| rating.as_str()))
            }
            more => {
                let mut map = serializer.serialize_map(None)?;
                judgement(&mut map, more)?;
                map.end()
            }
        }
    }
}

/// The conflict of an item or the scenario as the file has it.
struct Sides<'a>(&'a Conflict);

impl Serialize for Sides<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(side) = self.0.deleted {
            map.serialize_entry("deleted", &side)?;
        }
        for field in &self.0.fields {
            map.serialize_entry(&field.field, &BothSides(field))?;
        }
        map.end()
    }
}

struct BothSides<'a>(&'a FieldConflict);

impl Serialize for BothSides<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(base) = &self.0.base {
            map.serialize_entry("base", base)?;
        }
        if let Some(theirs) = &self.0.theirs {
            map.serialize_entry("theirs", theirs)?;
        }
        map.end()
    }
}
