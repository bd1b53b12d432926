//! Merges the fields of an item, or of the scenario itself, from three versions.

use super::super::Listed;
use super::names::Names;
use super::value::{Held, Open, one_changed};
use crate::scenario::{Conflict, Contested, FieldConflict, Scenario, Value};

/// Returns the merged item, without its cells and with its id in ours.
pub(super) fn item<T: Listed>(base: &T, ours: &T, theirs: &T) -> T {
    let mut result = ours.bare();
    join(Some(base), ours, theirs, &mut result);
    result
}

/// Returns only the scenario's own fields, with their references renamed as in the result.
pub(super) fn own(version: &Scenario, names: &Names<'_>) -> Scenario {
    let mut own = Scenario::default();
    copy(version, &mut own);
    names.translate(&mut own);
    own
}

/// Merges the fields of three versions into `result`; without a base, all fields start absent. A record of
/// conflicts that only one side changed is taken as a whole.
pub(super) fn join<F: Contested>(base: Option<&F>, ours: &F, theirs: &F, result: &mut F) {
    if same(ours, theirs) || base.is_some_and(|base| same(theirs, base)) {
        copy(ours, result);
    } else if base.is_some_and(|base| same(ours, base)) {
        copy(theirs, result);
    } else {
        merge(base, ours, theirs, result);
    }
}

fn same<F: Contested>(a: &F, b: &F) -> bool {
    F::FIELDS.iter().all(|field| a.field(*field) == b.field(*field)) && a.conflict() == b.conflict()
}

fn copy<F: Contested>(from: &F, to: &mut F) {
    put(to, F::FIELDS, F::FIELDS.iter().map(|field| from.field(*field)).collect());
    to.set_conflict(from.conflict().cloned());
}

/// Sets the fields of `result` from three versions.
fn merge<F: Contested>(base: Option<&F>, ours: &F, theirs: &F, result: &mut F) {
    let mut fields = Vec::new();
    for unit in units::<F>() {
        let nothing = || Held::settled(Some(vec![None; unit.len()]));
        let base = base.map_or_else(nothing, |base| held(base, &unit));
        let merged = Held::merge([&base, &held(ours, &unit), &held(theirs, &unit)]);
        put(result, &unit, merged.value.unwrap_or_default());
        if let Some(Open { base, theirs }) = merged.open {
            let sides = base.into_iter().flatten().zip(theirs.into_iter().flatten());
            let named = unit.iter().zip(sides).filter(|(_, (base, theirs))| base != theirs);
            fields.extend(named.map(|(field, (base, theirs))| FieldConflict {
                field: F::key(*field).to_owned(),
                base,
                theirs,
            }));
        }
    }
    let records = [base.and_then(F::conflict), ours.conflict(), theirs.conflict()];
    let mut all = others::<F>(records);
    all.append(&mut fields);
    // The side that deleted an item according to earlier merges.
    let [first, ours, theirs] = records.map(|record| record.and_then(|record| record.deleted));
    let deleted = one_changed([first, ours, theirs]).unwrap_or_else(|| ours.or(theirs));
    let record = Some(Conflict { deleted, fields: all }).filter(|record| *record != Conflict::default());
    let as_it_is = one_changed(records).filter(|known| says_the_same(*known, record.as_ref()));
    result.set_conflict(as_it_is.map_or(record, |known| known.cloned()));
}

/// Returns whether two records are equal, apart from order and from fields without a dispute.
fn says_the_same(known: Option<&Conflict>, record: Option<&Conflict>) -> bool {
    let nothing = Conflict::default();
    let (known, record) = (known.unwrap_or(&nothing), record.unwrap_or(&nothing));
    known.deleted == record.deleted
        && record.fields.iter().all(|entry| entry_of(known, &entry.field) == Some(entry))
        && known.fields.iter().all(|e| e.base == e.theirs || entry_of(record, &e.field).is_some())
}

fn entry_of<'c>(record: &'c Conflict, name: &str) -> Option<&'c FieldConflict> {
    record.fields.iter().find(|entry| entry.field == name)
}

/// Returns the units of a merge: single fields, and pairs of fields that exclude each other.
fn units<F: Contested>() -> impl Iterator<Item = Vec<F::Field>> {
    let position = |field: F::Field| F::FIELDS.iter().position(|other| *other == field);
    F::FIELDS.iter().filter_map(move |field| match F::rival(*field) {
        None => Some(vec![*field]),
        Some(rival) => (position(*field) < position(rival)).then(|| vec![*field, rival]),
    })
}

/// Returns the values of some fields in one version, with the conflicts that an earlier merge left.
fn held<F: Contested>(version: &F, unit: &[F::Field]) -> Held<Vec<Option<Value>>> {
    let value = unit.iter().map(|field| version.field(*field)).collect();
    let record = |field: &F::Field| entry_of(version.conflict()?, F::key(*field));
    let recorded = unit.iter().any(|field| record(field).is_some());
    let of = |pick: fn(&FieldConflict) -> &Option<Value>| {
        Some(unit.iter().map(|field| record(field).and_then(|entry| pick(entry).clone())).collect())
    };
    let open = recorded.then(|| Open { base: of(|entry| &entry.base), theirs: of(|entry| &entry.theirs) });
    Held { value: Some(value), open }
}

/// Sets the values of fields.
fn put<F: Contested>(result: &mut F, unit: &[F::Field], values: Vec<Option<Value>>) {
    let (gone, set): (Vec<_>, Vec<_>) = unit.iter().zip(values).partition(|(_, value)| value.is_none());
    // Removals come first. Each value comes from the same field of a version, so it fits.
    for (field, value) in gone.into_iter().chain(set) {
        let put = result.set_field(*field, value);
        debug_assert_eq!(put, Ok(()), "a value fits where it comes from");
    }
}

/// Returns the conflicts that belong to no field, such as an id.
fn others<F: Contested>([base, ours, theirs]: [Option<&Conflict>; 3]) -> Vec<FieldConflict> {
    let others = |record: Option<&Conflict>| -> Vec<FieldConflict> {
        let is_field = |entry: &FieldConflict| F::FIELDS.iter().any(|field| F::key(*field) == entry.field);
        record.map_or_else(Vec::new, |r| r.fields.iter().filter(|entry| !is_field(entry)).cloned().collect())
    };
    let (base, ours, theirs) = (others(base), others(ours), others(theirs));
    let new = theirs
        .iter()
        .filter(|entry| !base.contains(entry) && !ours.iter().any(|known| known.field == entry.field));
    let left = ours.iter().filter(|entry| !base.contains(entry) || theirs.contains(entry));
    left.chain(new).cloned().collect()
}
