//! The laws of merging, over generated scenarios: nothing that either side did is lost, and what is equal stays as it is.

#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails may panic, and the figures need files and git"
)]

#[path = "../laws_change/edit.rs"]
mod edit;
mod figures;
#[path = "../../src/scenario/generate.rs"]
mod generate;

use std::collections::BTreeSet;

use ach_matrix::change::{Change, Content, Dispute, Merge, apply_all, diff, merge, settle_all, unsettled};
use ach_matrix::scenario::{
    self, Estimate, Evidence, Fielded, Hypothesis, Indicator, Item, ItemKind, Judgement, Scenario,
    ScenarioField, Side, Source, Subject,
};
use proptest::prelude::*;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn merged(base: &Scenario, ours: &Scenario, theirs: &Scenario) -> Merge {
    let merge = merge(Some(base), ours, theirs).unwrap();
    let mut made = ours.clone();
    assert_eq!(apply_all(&mut made, &merge.changes), Ok(()), "{:#?}", merge.changes);
    assert_eq!(made, merge.scenario);
    loads(&merge.scenario);
    merge
}

/// The faults that a reader would refuse: an id that two items have, a cell of no hypothesis.
fn loads(scenario: &Scenario) {
    fn ids<T: Item>(scenario: &Scenario) {
        let ids: BTreeSet<&str> = T::list(scenario).iter().map(|item| item.id().as_ref()).collect();
        assert_eq!(ids.len(), T::list(scenario).len(), "{ids:?}");
        assert!(ids.iter().all(|id| ach_matrix::scenario::is_id(id)), "{ids:?}");
    }
    ids::<Hypothesis>(scenario);
    ids::<Source>(scenario);
    ids::<Evidence>(scenario);
    ids::<Indicator>(scenario);
    for item in &scenario.evidence {
        assert!(item.ratings.iter().all(|(at, _)| at < scenario.hypotheses.len()));
    }
}

/// The judgements that a side made: what a cell holds that the base does not hold there, by the ids of the side.
fn judgements(base: &Scenario, side: &Scenario) -> Vec<(String, String, Judgement)> {
    let empty = Judgement::default();
    let mut found = Vec::new();
    for item in &side.evidence {
        for (at, cell) in item.ratings.iter() {
            let hypothesis = &side.hypotheses[at].id;
            let before = base
                .item::<Evidence>(&item.id)
                .and_then(|item| item.ratings.get(base.position::<Hypothesis>(hypothesis)?));
            let judgement = cell.judgement();
            if judgement != empty && before != Some(cell) {
                found.push((item.id.to_string(), hypothesis.to_string(), judgement));
            }
        }
    }
    found
}

/// Every part of every judgement in the result, its records among them.
fn parts_in(scenario: &Scenario) -> BTreeSet<(String, String, String)> {
    let mut found = BTreeSet::new();
    for (row, cells) in scenario.rows() {
        for (at, cell) in cells.iter() {
            let id = scenario.hypotheses[at].id.to_string();
            let theirs = cell.conflict().map(|record| record.theirs.clone());
            for judgement in [Some(cell.judgement()), theirs].into_iter().flatten() {
                let of_row = |part| (format!("{} {row}", row.kind()), id.clone(), part);
                found.extend(parts(&judgement).map(of_row));
            }
        }
    }
    found
}

fn parts(judgement: &Judgement) -> impl Iterator<Item = String> + use<> {
    let Judgement { probability, rating, confidence, note } = judgement.clone();
    let parts = [
        rating.map(|rating| format!("rating {rating}")),
        confidence.map(|confidence| format!("confidence {confidence}")),
        note.map(|note| format!("note {note}")),
        probability.map(|probability| format!("probability {probability:?}")),
    ];
    parts.into_iter().flatten()
}

/// The ids that items of a kind have in the base and in a version, where they are others.
fn renamed(base: &Scenario, version: &Scenario, kind: ItemKind) -> Vec<(String, String)> {
    let is_renaming = |change: &&Change| change.kind() == format!("{kind}-renamed");
    let ids = |change: &Change| match (change.before(), change.after()) {
        (Some(Content::Id(from)), Some(Content::Id(to))) => Some((from.to_owned(), to.to_owned())),
        _ => None,
    };
    diff(base, version).iter().filter(is_renaming).filter_map(ids).collect()
}

/// The ids that an item may have in the result: those that the other side gave it, and those under which items follow.
fn aliases(base: &Scenario, other: &Scenario, merge: &Merge, kind: ItemKind, id: &str) -> Vec<String> {
    let there = renamed(base, other, kind).into_iter().filter(|(from, _)| from == id).map(|(_, to)| to);
    let doubled = merge.doubled.iter().filter(|d| d.kind == kind && d.id == id).map(|d| d.follows_as.clone());
    std::iter::once(id.to_owned()).chain(there).chain(doubled).collect()
}

/// The id that an item of a side had in the base.
fn old_id(base: &Scenario, side: &Scenario, kind: ItemKind, id: &str) -> String {
    let found = renamed(base, side, kind).into_iter().find(|(_, to)| to == id);
    found.map_or_else(|| id.to_owned(), |(from, _)| from)
}

fn keeps_judgements(base: &Scenario, side: &Scenario, other: &Scenario, merge: &Merge) {
    let kept = parts_in(&merge.scenario);
    for (evidence, hypothesis, judgement) in judgements(base, side) {
        let names = |kind, id: &str| {
            let mut names = aliases(base, other, merge, kind, id);
            names.extend(aliases(base, other, merge, kind, &old_id(base, side, kind, id)));
            names
        };
        let rows = names(ItemKind::Evidence, &evidence);
        let columns = names(ItemKind::Hypothesis, &hypothesis);
        // What the other side has changed alone is changed: only what this side itself changed counts, part by part.
        let (old_row, old_column) = (
            old_id(base, side, ItemKind::Evidence, &evidence),
            old_id(base, side, ItemKind::Hypothesis, &hypothesis),
        );
        let before = base.evidence.iter().find(|item| item.id.as_str() == old_row).and_then(|item| {
            item.ratings.get(base.hypotheses.iter().position(|h| h.id.as_str() == old_column)?)
        });
        let before: Vec<String> = before.iter().flat_map(|cell| parts(&cell.judgement())).collect();
        for part in parts(&judgement).filter(|part| !before.contains(part)) {
            let is_there = rows.iter().any(|row| {
                columns
                    .iter()
                    .any(|column| kept.contains(&(format!("evidence {row}"), column.clone(), part.clone())))
            });
            assert!(is_there, "{evidence} / {hypothesis} {part} is lost\n{:#?}", merge.scenario);
        }
    }
}

/// Three versions: a base, and what two people made of it.
fn three() -> impl Strategy<Value = (Scenario, Scenario, Scenario)> {
    let edits = || edit::edits();
    (generate::scenario(), generate::scenario(), edits(), edits()).prop_map(|(base, other, mine, yours)| {
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        edit::make_all(&mut ours, &other, &mine);
        edit::make_all(&mut theirs, &other, &yours);
        (base, ours, theirs)
    })
}

/// Returns the scenario with a change that no generated edit makes in the same way.
fn beside(scenario: &Scenario) -> Scenario {
    let mut beside = scenario.clone();
    beside.title = "another title".to_owned();
    beside
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn a_side_that_did_nothing_does_not_count((base, ours, theirs) in three()) {
        prop_assert_eq!(&merged(&base, &ours, &base).scenario, &ours);
        prop_assert_eq!(&merged(&base, &base, &theirs).scenario, &theirs);
        prop_assert_eq!(&merged(&base, &ours, &ours).scenario, &ours);
        prop_assert!(merged(&base, &base, &theirs).doubled.is_empty());
    }

    #[test]
    fn what_does_not_meet_is_simply_made((base, ours, _) in three()) {
        // One side only changes the title, so that no side did nothing.
        let other = beside(&base);
        prop_assume!(ours.title == base.title && ours.conflict == base.conflict);
        prop_assert_eq!(&merged(&base, &ours, &other).scenario, &beside(&ours));
        prop_assert_eq!(&merged(&base, &other, &ours).scenario, &beside(&ours));
    }

    #[test]
    fn no_judgement_is_lost((base, ours, theirs) in three()) {
        let merge = merged(&base, &ours, &theirs);
        keeps_judgements(&base, &ours, &theirs, &merge);
        keeps_judgements(&base, &theirs, &ours, &merge);
    }

    #[test]
    fn all_that_is_left_can_be_settled_for_ours((base, ours, theirs) in three()) {
        let merge = merged(&base, &ours, &theirs);
        let mut settled = merge.scenario.clone();
        apply_all(&mut settled, &settle_all(&merge.scenario, Side::Ours).unwrap()).unwrap();
        prop_assert!(unsettled(&settled).is_empty());
        prop_assert_eq!(&settled, &without_records(settled.clone()));
        if let Ok(changes) = settle_all(&merge.scenario, Side::Theirs) {
            let mut settled = merge.scenario.clone();
            apply_all(&mut settled, &changes).unwrap();
            prop_assert!(unsettled(&settled).is_empty());
        }
    }

    #[test]
    fn both_sides_see_the_same_conflicts((base, ours, theirs) in three()) {
        // What an earlier merge has left is itself told from one side.
        let (base, ours, theirs) = (without_records(base), without_records(ours), without_records(theirs));
        let (one, two) = (merged(&base, &ours, &theirs), merged(&base, &theirs, &ours));
        prop_assume!(one.doubled.is_empty() && two.doubled.is_empty());
        // Of two items that want one id ours has it, and references tell of it.
        prop_assume!(!has_id_dispute(&one.scenario) && !has_id_dispute(&two.scenario));
        prop_assert_eq!(told(&one.scenario, Side::Ours), told(&two.scenario, Side::Theirs));
        if let Ok(changes) = settle_all(&one.scenario, Side::Theirs) {
            let (mut one, mut two) = (one.scenario, two.scenario.clone());
            let ours = settle_all(&two, Side::Ours).unwrap();
            apply_all(&mut one, &changes).unwrap();
            apply_all(&mut two, &ours).unwrap();
            prop_assert_eq!(contents(&one), contents(&two));
        }
    }
}

fn has_id_dispute(scenario: &Scenario) -> bool {
    unsettled(scenario).iter().any(|left| matches!(left.subject, Subject::ItemField(_, _, "id")))
}

fn without_records(mut scenario: Scenario) -> Scenario {
    fn clear<T: Item>(scenario: &mut Scenario) {
        for item in T::list_mut(scenario) {
            item.set_conflict(None);
            let Some(row) = item.row_mut() else { continue };
            let cells: Vec<_> = row.iter().map(|(at, cell)| (at, cell.clone())).collect();
            for (at, mut cell) in cells {
                cell.set_conflict(None);
                row.set(at, cell);
            }
        }
    }
    scenario.conflict = None;
    clear::<Hypothesis>(&mut scenario);
    clear::<Source>(&mut scenario);
    clear::<Evidence>(&mut scenario);
    clear::<Indicator>(&mut scenario);
    clear::<Estimate>(&mut scenario);
    scenario
}

/// All that a scenario says, whatever the order of its items. −0 is equal to 0, so either side may keep its own.
fn contents(scenario: &Scenario) -> (BTreeSet<String>, BTreeSet<(String, String, String)>) {
    fn items<T: Item>(scenario: &Scenario) -> impl Iterator<Item = String> {
        T::list(scenario).iter().flat_map(|item| {
            let field = |field: &T::Field| format!("{:?}", item.field(*field));
            let id = format!("{} {}", T::KIND, item.id());
            T::FIELDS.iter().map(move |key| format!("{id} {} {}", T::key(*key), field(key)))
        })
    }
    let own =
        ScenarioField::ALL.iter().map(|field| format!("{} {:?}", field.as_str(), scenario.field(*field)));
    let hypotheses = items::<Hypothesis>(scenario).chain(items::<Source>(scenario));
    let said = own.chain(hypotheses).chain(items::<Evidence>(scenario)).chain(items::<Indicator>(scenario));
    let said = said.chain(items::<Estimate>(scenario));
    let said = said.map(|said| said.replace("(-0.0)", "(0.0)"));
    (said.collect(), parts_in(scenario).into_iter().collect())
}

/// All disputes, sides in one order whoever merged: subject by ids, base, both sides.
fn told(scenario: &Scenario, first: Side) -> BTreeSet<String> {
    let sides = |ours: String, theirs: String| match first {
        Side::Ours => (ours, theirs),
        Side::Theirs => (theirs, ours),
    };
    let mut told = BTreeSet::new();
    for left in unsettled(scenario) {
        let (what, base, (ours, theirs)) = match (&left.subject, &left.dispute) {
            (Subject::Cell { kind, item, hypothesis }, Dispute::Cell { ours, record }) => {
                let mut parts = Vec::new();
                let row = scenario.row_id(*kind, *item).unwrap();
                let what = format!("{kind} {row} {}", scenario.hypotheses[*hypothesis].id);
                let is_blanking = record.is_blanking(ours.rating);
                macro_rules! part {
                    ($part:ident, $blanked:expr) => {
                        if $blanked || record.base.$part != record.theirs.$part {
                            let text = |j: &Judgement| format!("{:?}", j.$part);
                            parts.push((
                                text(&record.base),
                                sides(text(&ours.judgement()), text(&record.theirs)),
                            ));
                        }
                    };
                }
                part!(rating, is_blanking);
                part!(confidence, is_blanking);
                part!(note, false);
                part!(probability, false);
                (what, format!("{parts:?}"), sides(String::new(), String::new()))
            }
            // Of a level and a grade, which are in dispute together, one side may have touched but one.
            (_, Dispute::Field { ours, record }) if record.base == *ours => continue,
            (subject, Dispute::Field { ours, record }) => (
                format!("{} {}", subject_id(scenario, subject), record.field),
                format!("{:?}", record.base),
                sides(format!("{ours:?}"), format!("{:?}", record.theirs)),
            ),
            (subject, Dispute::Deleted(side)) => {
                let here = (*side == first).to_string();
                (
                    subject_id(scenario, subject),
                    format!("deleted first {here}"),
                    (String::new(), String::new()),
                )
            }
            other => panic!("{other:?}"),
        };
        told.insert(format!("{what}: {base} {ours} {theirs}"));
    }
    told
}

/// The thing that a subject refers to; an item by its kind alone if its id may be in conflict.
fn subject_id(scenario: &Scenario, subject: &Subject) -> String {
    match subject {
        Subject::Item(kind, at) | Subject::ItemField(kind, at, _) => match kind {
            ItemKind::Hypothesis => format!("{kind} {}", scenario.hypotheses[*at].id),
            ItemKind::Source => format!("{kind} {}", scenario.sources[*at].id),
            ItemKind::Evidence => format!("{kind} {}", scenario.evidence[*at].id),
            ItemKind::Indicator => format!("{kind} {}", scenario.indicators[*at].id),
            ItemKind::Estimate => format!("{kind} {}", scenario.estimates[*at].id),
        },
        other => format!("{other:?}"),
    }
}
