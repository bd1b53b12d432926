//! Versions of one scenario: edits by chance, made by hand on the lists and not by the changes under test.

use ach_matrix::scenario::{
    Cell, Conflict, Contested, Estimate, Evidence, Fielded, Hypothesis, Indicator, Item, ItemKind, Row,
    Scenario, ScenarioField, Source,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::generate::{self, ESTIMATES, EVIDENCE, HYPOTHESES, INDICATORS, SOURCES};

/// Something done to one item of a list.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    /// Removed, with or without what refers to it.
    Remove { clean: bool },
    /// Another id, references following or not.
    Rename { follow: bool },
    /// Moved.
    Move,
    /// A copy under another id beside it.
    Copy,
    /// One field as in another scenario.
    Field,
    /// All of it as in another scenario, but the id.
    Replace,
    /// Something or nothing left to settle.
    Conflict(Option<Conflict>),
}

/// One edit.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    Item { kind: ItemKind, deed: Deed },
    Cell(ItemKind, Cell),
    SwapColumns,
    Own,
    OwnConflict(Option<Conflict>),
}

fn deed(kind: ItemKind) -> impl Strategy<Value = Deed> {
    prop_oneof![
        2 => any::<bool>().prop_map(|clean| Deed::Remove { clean }),
        3 => any::<bool>().prop_map(|follow| Deed::Rename { follow }),
        3 => Just(Deed::Move),
        2 => Just(Deed::Copy),
        3 => Just(Deed::Field),
        1 => Just(Deed::Replace),
        1 => generate::conflict_of(kind).prop_map(Deed::Conflict),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        6 => select(ItemKind::ALL)
            .prop_flat_map(|kind| deed(kind).prop_map(move |deed| Edit::Item { kind, deed })),
        3 => select(vec![ItemKind::Evidence, ItemKind::Evidence, ItemKind::Indicator, ItemKind::Estimate])
            .prop_flat_map(|kind| generate::cell_of(kind).prop_map(move |cell| Edit::Cell(kind, cell))),
        1 => Just(Edit::SwapColumns),
        1 => Just(Edit::Own),
        1 => generate::own_conflict().prop_map(Edit::OwnConflict),
    ]
}

/// Some edits, one after the other.
pub(crate) fn edits() -> impl Strategy<Value = Vec<(Edit, Index, Index)>> {
    vec((edit(), any::<Index>(), any::<Index>()), 0..8)
}

/// Makes edits; what they put in comes from another scenario.
pub(crate) fn make_all(scenario: &mut Scenario, other: &Scenario, edits: &[(Edit, Index, Index)]) {
    for (edit, which, to) in edits {
        make(scenario, other, edit, which, to);
    }
}

fn make(scenario: &mut Scenario, other: &Scenario, edit: &Edit, which: &Index, to: &Index) {
    match edit {
        Edit::Item { kind: ItemKind::Hypothesis, deed } => {
            item::<Hypothesis>(scenario, other, &HYPOTHESES, deed, which, to);
        }
        Edit::Item { kind: ItemKind::Source, deed } => {
            item::<Source>(scenario, other, &SOURCES, deed, which, to);
        }
        Edit::Item { kind: ItemKind::Evidence, deed } => {
            item::<Evidence>(scenario, other, &EVIDENCE, deed, which, to);
        }
        Edit::Item { kind: ItemKind::Indicator, deed } => {
            item::<Indicator>(scenario, other, &INDICATORS, deed, which, to);
        }
        Edit::Item { kind: ItemKind::Estimate, deed } => {
            item::<Estimate>(scenario, other, &ESTIMATES, deed, which, to);
        }
        Edit::Cell(kind, cell) => {
            let rows = scenario.rows().filter(|(id, _)| id.kind() == *kind).count();
            let columns = scenario.hypotheses.len();
            if rows > 0 && columns > 0 {
                let row = scenario.row_mut(*kind, which.index(rows)).unwrap();
                row.set(to.index(columns), cell.clone());
            }
        }
        Edit::SwapColumns => {
            let columns = scenario.hypotheses.len();
            if columns > 0 {
                let (a, b) = (which.index(columns), to.index(columns));
                each_row(scenario, |row| {
                    let first = row.set(a, Cell::default());
                    let second = row.set(b, first);
                    if a != b {
                        row.set(a, second);
                    }
                });
            }
        }
        Edit::Own => {
            let field = ScenarioField::ALL[which.index(ScenarioField::ALL.len())];
            scenario.set_field(field, other.field(field)).unwrap();
        }
        Edit::OwnConflict(conflict) => scenario.set_conflict(conflict.clone()),
    }
}

fn each_row(scenario: &mut Scenario, edit: impl Fn(&mut Row)) {
    let rows: Vec<_> = scenario.rows().map(|(id, _)| id).collect();
    for id in rows {
        let at = scenario.row_position(&id).unwrap();
        edit(scenario.row_mut(id.kind(), at).unwrap());
    }
}

fn item<T: Item>(
    scenario: &mut Scenario,
    other: &Scenario,
    pool: &[&str],
    deed: &Deed,
    which: &Index,
    to: &Index,
) {
    let count = T::list(scenario).len();
    if count == 0 {
        return;
    }
    let at = which.index(count);
    let old = T::list(scenario)[at].id().to_string();
    let model = T::list(other).get(to.index(T::list(other).len().max(1))).cloned();
    let new = T::parse_id(pool[to.index(pool.len())]).unwrap();
    let free = scenario.position::<T>(&new).is_none();
    match deed {
        Deed::Remove { clean } => {
            scenario.remove::<T>(at);
            if *clean {
                refer(scenario, T::KIND, &old, None);
            }
        }
        Deed::Rename { follow } if free => {
            T::list_mut(scenario)[at].set_id(new.clone());
            if *follow {
                refer(scenario, T::KIND, &old, Some(new.as_ref()));
            }
        }
        Deed::Move => scenario.relocate::<T>(at, to.index(count)),
        Deed::Copy if free => {
            let mut copy = T::list(scenario)[at].clone();
            copy.set_id(new);
            scenario.insert(at + 1, copy);
            if T::KIND == ItemKind::Hypothesis {
                each_row(scenario, |row| {
                    let cell = row.get(at).cloned().unwrap_or_default();
                    row.set(at + 1, cell);
                });
            }
        }
        Deed::Field => {
            let field = T::FIELDS[which.index(T::FIELDS.len())];
            if let Some(model) = model {
                T::list_mut(scenario)[at].set_field(field, model.field(field)).unwrap();
            }
        }
        Deed::Replace => {
            for field in T::FIELDS {
                if let Some(model) = &model {
                    T::list_mut(scenario)[at].set_field(*field, model.field(*field)).unwrap();
                }
            }
        }
        Deed::Conflict(conflict) => T::list_mut(scenario)[at].set_conflict(conflict.clone()),
        Deed::Rename { .. } | Deed::Copy => {}
    }
}

/// References to an id lead to another, or go.
fn refer(scenario: &mut Scenario, kind: ItemKind, old: &str, new: Option<&str>) {
    let in_list = |list: &mut Vec<String>| {
        list.retain_mut(|id| {
            if id != old {
                return true;
            }
            if let Some(new) = new {
                *id = new.to_owned();
            }
            new.is_some()
        });
    };
    match kind {
        ItemKind::Hypothesis => {
            scenario.sources.iter_mut().filter_map(|source| source.controlled_by.as_mut()).for_each(in_list);
            scenario.outcome.hypothesis.iter_mut().for_each(in_list);
            scenario.indicators.retain_mut(|indicator| {
                if indicator.hypothesis.as_deref() == Some(old) {
                    indicator.hypothesis = new.map(str::to_owned);
                    return new.is_some() || indicator.ratings.iter().next().is_some();
                }
                true
            });
        }
        ItemKind::Source => {
            scenario.evidence.iter_mut().filter_map(|item| item.source.as_mut()).for_each(in_list);
        }
        ItemKind::Evidence => {
            scenario.evidence.iter_mut().filter_map(|item| item.rests_on.as_mut()).for_each(in_list);
        }
        ItemKind::Indicator | ItemKind::Estimate => {}
    }
}
