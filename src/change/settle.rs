//! Settling: the conflicts that merges left in a scenario, and the changes that settle each for one side.

use super::merge::ID;
use super::{CellChange, Change, Edit, ItemChange, Listed, Refused, ScenarioChange, apply, make};
use crate::scenario::{
    Cell, CellConflict, Conflict, Contested, FieldConflict, Fielded, Item, ItemKind, Row, Scenario,
    ScenarioField, Side, Subject, Value, by_kind,
};

/// One conflict that a merge left.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsettled<'s> {
    /// The place of the conflict: a cell, a field of an item (including its `id`) or of the scenario, or a
    /// whole item that one side deleted.
    pub subject: Subject,
    /// The values of both sides.
    pub dispute: Dispute<'s>,
}

/// The values of both sides.
#[derive(Clone, Debug, PartialEq)]
pub enum Dispute<'s> {
    /// A cell, whose current value is ours. Parts that are equal in base and theirs are not in dispute.
    Cell {
        /// The cell.
        ours: &'s Cell,
        /// The other sides.
        record: &'s CellConflict,
    },
    /// Of a field.
    Field {
        /// The value of ours.
        ours: Option<Value>,
        /// The other sides.
        record: &'s FieldConflict,
    },
    /// This side deleted the item, on which the other worked.
    Deleted(Side),
}

/// Returns all conflicts in a scenario: in the scenario's own fields, then in hypotheses, sources, evidence,
/// indicators and estimates, each with its cells.
#[must_use]
pub fn unsettled(scenario: &Scenario) -> Vec<Unsettled<'_>> {
    let mut found = Vec::new();
    for record in scenario.conflict().into_iter().flat_map(|conflict| &conflict.fields) {
        if let Some(field) = ScenarioField::parse(&record.field) {
            let dispute = Dispute::Field { ours: scenario.field(field), record };
            found.push(Unsettled { subject: Subject::ScenarioField(field.as_str()), dispute });
        }
    }
    ItemKind::ALL.iter().for_each(|kind| by_kind!(*kind, of_items(scenario, &mut found)));
    found
}

fn of_items<'s, T: Item>(scenario: &'s Scenario, found: &mut Vec<Unsettled<'s>>) {
    for (at, item) in T::list(scenario).iter().enumerate() {
        if let Some(conflict) = item.conflict() {
            if let Some(side) = conflict.deleted {
                let subject = Subject::Item(T::KIND, at);
                found.push(Unsettled { subject, dispute: Dispute::Deleted(side) });
            }
            for record in &conflict.fields {
                let (key, ours) = match T::parse_field(&record.field) {
                    Some(field) => (T::key(field), item.field(field)),
                    None if record.field == ID => (ID, Some(Value::Text(item.id().to_string()))),
                    None => continue,
                };
                let subject = Subject::ItemField(T::KIND, at, key);
                found.push(Unsettled { subject, dispute: Dispute::Field { ours, record } });
            }
        }
        for (hypothesis, cell) in item.row().into_iter().flat_map(Row::iter) {
            if let Some(record) = cell.conflict() {
                let subject = Subject::Cell { kind: T::KIND, item: at, hypothesis };
                found.push(Unsettled { subject, dispute: Dispute::Cell { ours: cell, record } });
            }
        }
    }
}

/// Returns the changes that settle one conflict for a side and remove its record. Empty if there is no
/// conflict there.
///
/// # Errors
///
/// [`Refused`] if the value of theirs is impossible: it refers to something that does not exist, or its id is
/// taken.
pub fn settle(scenario: &Scenario, subject: Subject, side: Side) -> Result<Vec<Change>, Refused> {
    match subject {
        Subject::Scenario => Ok(Vec::new()),
        Subject::ScenarioField(path) => own(scenario, path, side),
        Subject::Item(kind, at) => by_kind!(kind, deletion(scenario, at, side)),
        Subject::ItemField(kind, at, key) => by_kind!(kind, field(scenario, at, key, side)),
        Subject::Cell { kind, item, hypothesis } => cell(scenario, (kind, item), hypothesis, side),
    }
}

/// Returns the changes that settle every conflict for a side.
///
/// # Errors
///
/// Like [`settle`], with the conflict that could not be settled.
pub fn settle_all(scenario: &Scenario, side: Side) -> Result<Vec<Change>, (Subject, Refused)> {
    let mut now = scenario.clone();
    let mut changes = Vec::new();
    while let Some(subject) = unsettled(&now).first().map(|first| first.subject) {
        let step = settle(&now, subject, side).map_err(|refused| (subject, refused))?;
        for change in &step {
            apply(&mut now, change).map_err(|refused| (subject, refused))?;
        }
        changes.extend(step);
    }
    // Records without a dispute are removed too.
    if now.conflict().is_some() {
        let edit = Edit::new(now.conflict().cloned(), None);
        changes.push(Change::Scenario(ScenarioChange::ConflictSet(edit)));
    }
    fn empty_records<T: Listed>(scenario: &Scenario, changes: &mut Vec<Change>) {
        let left = T::list(scenario).iter().filter(|item| item.conflict().is_some());
        changes.extend(left.map(|item| conflict_set(item, None)));
    }
    ItemKind::ALL.iter().for_each(|kind| by_kind!(*kind, empty_records(&now, &mut changes)));
    Ok(changes)
}

fn cell(
    scenario: &Scenario,
    (kind, item): (ItemKind, usize),
    column: usize,
    side: Side,
) -> Result<Vec<Change>, Refused> {
    let (Some(row), Some(hypothesis)) = (scenario.row_id(kind, item), scenario.hypotheses.get(column)) else {
        return Ok(Vec::new());
    };
    let cell = scenario.row(kind, item).and_then(|row| row.get(column));
    let Some((cell, record)) = cell.and_then(|cell| Some((cell, cell.conflict()?))) else {
        return Ok(Vec::new());
    };
    let mut changes = vec![Change::Cell {
        row: row.clone(),
        hypothesis: hypothesis.id.clone(),
        change: CellChange::Conflict(Edit::new(Some(record.clone()), None)),
    }];
    if side == Side::Theirs {
        let CellConflict { base, theirs } = record;
        let mut wanted = cell.judgement();
        let is_blanking = record.is_blanking(cell.rating);
        if is_blanking || base.rating != theirs.rating {
            wanted.rating = theirs.rating;
        }
        if is_blanking || base.confidence != theirs.confidence {
            wanted.confidence = theirs.confidence;
        }
        if base.note != theirs.note {
            wanted.note.clone_from(&theirs.note);
        }
        if base.probability != theirs.probability {
            wanted.probability = theirs.probability;
        }
        changes.extend(make::judge(scenario, row, &hypothesis.id, wanted)?);
    }
    Ok(changes)
}

fn own(scenario: &Scenario, path: &str, side: Side) -> Result<Vec<Change>, Refused> {
    let Some((record, left)) = scenario.conflict().and_then(|conflict| take(conflict, &[path])) else {
        return Ok(Vec::new());
    };
    let edit = Edit::new(scenario.conflict().cloned(), left);
    let mut changes = vec![Change::Scenario(ScenarioChange::ConflictSet(edit))];
    if let (Side::Theirs, Some(field), [record, ..]) = (side, ScenarioField::parse(path), record.as_slice()) {
        changes.extend(make::set_own(scenario, field, record.theirs.clone())?);
    }
    Ok(changes)
}

fn field<T: Listed>(scenario: &Scenario, at: usize, key: &str, side: Side) -> Result<Vec<Change>, Refused> {
    let Some((item, conflict)) = T::list(scenario).get(at).and_then(|item| Some((item, item.conflict()?)))
    else {
        return Ok(Vec::new());
    };
    let named = T::parse_field(key);
    // Fields that exclude each other are settled together.
    let rival = named.and_then(T::rival).map(T::key);
    let keys: Vec<&str> = std::iter::once(key).chain(rival).collect();
    let Some((records, left)) = take(conflict, &keys) else { return Ok(Vec::new()) };
    let mut changes = vec![conflict_set(item, left)];
    if side == Side::Ours {
        return Ok(changes);
    }
    if key == ID {
        let theirs = records.first().and_then(|record| T::parse_id(record.theirs.as_ref()?.as_text()?));
        if let Some(theirs) = theirs {
            changes.extend(make::rename::<T>(scenario, item.id(), &theirs)?);
        }
        return Ok(changes);
    }
    let mut wanted = item.bare();
    if rival.is_some() {
        // Of two fields that exclude each other, theirs has at most one: a field without a record is absent
        // there.
        for field in keys.iter().filter_map(|key| T::parse_field(key)) {
            wanted.set_field(field, None).map_err(Refused::Value)?;
        }
    }
    for record in records.into_iter().filter(|record| rival.is_none() || record.theirs.is_some()) {
        if let Some(field) = T::parse_field(&record.field) {
            wanted.set_field(field, record.theirs.clone()).map_err(Refused::Value)?;
        }
    }
    changes.extend(make::set_fields(scenario, &wanted)?);
    Ok(changes)
}

fn deletion<T: Listed>(scenario: &Scenario, at: usize, side: Side) -> Result<Vec<Change>, Refused> {
    let Some(item) = T::list(scenario).get(at) else { return Ok(Vec::new()) };
    let Some(conflict) = item.conflict().filter(|conflict| conflict.deleted.is_some()) else {
        return Ok(Vec::new());
    };
    if conflict.deleted == Some(side) {
        return Ok(vec![make::remove::<T>(scenario, item.id())?]);
    }
    let left = Conflict { deleted: None, fields: conflict.fields.clone() };
    Ok(vec![conflict_set(item, Some(left).filter(|left| !left.fields.is_empty()))])
}

fn conflict_set<T: Listed>(item: &T, left: Option<Conflict>) -> Change {
    let edit = Edit::new(item.conflict().cloned(), left);
    T::change(ItemChange::ConflictSet { id: item.id().clone(), edit })
}

/// Returns the records of some fields, and the conflict without them; `None` if there are no records.
fn take<'c>(conflict: &'c Conflict, keys: &[&str]) -> Option<(Vec<&'c FieldConflict>, Option<Conflict>)> {
    let (taken, left): (Vec<_>, Vec<_>) =
        conflict.fields.iter().partition(|record| keys.contains(&record.field.as_str()));
    if taken.is_empty() {
        return None;
    }
    let left = Conflict { deleted: conflict.deleted, fields: left.into_iter().cloned().collect() };
    Some((taken, Some(left).filter(|left| *left != Conflict::default())))
}
