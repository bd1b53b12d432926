//! Changes as JSON; docs/json.md has the shapes.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::change::{self, Change, Content, Entry, Listed};
use crate::present::json::{OrderedMap, Pairs};
use crate::scenario::{Cell, CellConflict, Conflict, EvidenceId, HypothesisId, ItemKind, Judgement, RowId};

/// Serializes changes, each as a [`ChangeDocument`].
pub(in crate::present) fn changes<S: Serializer>(
    changes: &[Change],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(changes.iter().map(ChangeDocument))
}

/// Changes without the versions that they lie between; serialized as in the JSON of `ach diff`.
#[derive(Clone, Copy, Debug)]
pub struct ListedChanges<'a>(pub &'a [Change]);

impl Serialize for ListedChanges<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        changes(self.0, serializer)
    }
}

/// A change as JSON and CSV have it.
#[derive(Clone, Copy)]
pub(in crate::present) struct ChangeDocument<'a>(pub(in crate::present) &'a Change);

impl Serialize for ChangeDocument<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let change = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", change.kind())?;
        let of = |kind| change.subject().filter(|(is, _)| *is == kind).map(|(_, id)| id);
        let subject = [
            ("evidence", change.evidence().map(EvidenceId::as_str)),
            ("hypothesis", change.hypothesis().map(HypothesisId::as_str)),
            ("source", of(ItemKind::Source)),
            ("indicator", of(ItemKind::Indicator)),
            ("estimate", of(ItemKind::Estimate)),
            ("field", change.field()),
        ];
        for (key, value) in subject.into_iter().filter_map(|(key, value)| Some((key, value?))) {
            map.serialize_entry(key, value)?;
        }
        map.serialize_entry("before", &change.before().map(ChangeSide))?;
        map.serialize_entry("after", &change.after().map(ChangeSide))?;
        map.end()
    }
}

/// The value on one side of a change.
struct ChangeSide<'a>(Content<'a>);

impl Serialize for ChangeSide<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Content::Text(text) | Content::Id(text) => serializer.serialize_str(text),
            Content::Value(value) => value.serialize(serializer),
            Content::Probability(probability) => probability.serialize(serializer),
            Content::Position(position) => position.serialize(serializer),
            Content::Item(told) => match told {
                change::ItemRef::Hypothesis(entry) => item(entry, RowId::kind, serializer),
                change::ItemRef::Source(entry) => item(entry, |_| ItemKind::Evidence, serializer),
                change::ItemRef::Evidence(entry) => item(entry, |_| ItemKind::Evidence, serializer),
                // The cells of an indicator are told as those of evidence are.
                change::ItemRef::Indicator(entry) => item(entry, |_| ItemKind::Evidence, serializer),
                change::ItemRef::Estimate(entry) => item(entry, |_| ItemKind::Estimate, serializer),
            },
            Content::CellConflict(conflict) => Settle(conflict).serialize(serializer),
            Content::Conflict(conflict) => Sides(conflict).serialize(serializer),
        }
    }
}

/// Serializes an item with the keys of the file. Its cells stand by the id of the other axis, under the key of their kind.
fn item<T: Listed, S: Serializer>(
    entry: &Entry<T>,
    kind: fn(&T::Across) -> ItemKind,
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
    for (key, of) in [
        ("ratings", ItemKind::Evidence),
        ("probabilities", ItemKind::Estimate),
        ("indicator_ratings", ItemKind::Indicator),
    ] {
        let of_kind = || entry.cells.iter().filter(|(id, _)| kind(id) == of);
        if of_kind().next().is_some() {
            let cells = || of_kind().map(|(id, cell)| (id.as_ref(), Judged(cell)));
            map.serialize_entry(key, &Pairs(cells))?;
        }
    }
    map.end()
}

/// A cell: its rating alone as a string, a probability as a number, anything more as an object.
struct Judged<'a>(&'a Cell);

impl Serialize for Judged<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cell = self.0;
        if let (Some(rating), None, None, None) = (cell.rating, cell.confidence, cell.note(), cell.conflict())
        {
            return rating.serialize(serializer);
        }
        if let (Some(probability), None) = (cell.probability(), cell.conflict()) {
            return probability.serialize(serializer);
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
    if let Some(probability) = judgement.probability {
        map.serialize_entry("probability", &probability)?;
    }
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
        let CellConflict { base, theirs } = self.0;
        serializer.collect_map([("base", OneSide(base)), ("theirs", OneSide(theirs))])
    }
}

struct OneSide<'a>(&'a Judgement);

impl Serialize for OneSide<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Judgement { probability: Some(probability), .. } => probability.serialize(serializer),
            Judgement { rating, confidence: None, note: None, .. } => {
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
            let sides = [("base", &field.base), ("theirs", &field.theirs)];
            let stated = sides.into_iter().filter_map(|(side, value)| Some((side, value.as_ref()?)));
            map.serialize_entry(&field.field, &OrderedMap(stated.collect()))?;
        }
        map.end()
    }
}
