//! The laws of change, over generated scenarios: what a comparison finds leads from one version to the other, and
//! every change can be undone.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that fails may panic")]

mod edit;
#[path = "../../src/scenario/generate.rs"]
mod generate;

use std::collections::{HashMap, HashSet};

use ach_matrix::change::{Change, ItemChange, Listed, apply, apply_all, diff, inverse_all, make};
use ach_matrix::scenario::{
    self, Cell, EstimateField, Evidence, EvidenceField, Hypothesis, HypothesisField, Indicator,
    IndicatorField, Item, RowId, Scenario, ScenarioField, Source, SourceField,
};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::FileFailurePersistence;

/// A scenario and what some edits have made of it.
fn versions() -> impl Strategy<Value = (Scenario, Scenario)> {
    (generate::scenario(), generate::scenario(), edit::edits()).prop_map(|(before, other, edits)| {
        let mut after = before.clone();
        edit::make_all(&mut after, &other, &edits);
        (before, after)
    })
}

fn config() -> ProptestConfig {
    // What failed once is kept as a test of its own in the sources, not in a file of seeds.
    let failure_persistence: Option<Box<dyn proptest::test_runner::FailurePersistence>> =
        Some(Box::new(FileFailurePersistence::Off));
    ProptestConfig { cases: 400, failure_persistence, ..ProptestConfig::default() }
}

/// The changes lead from `before` to `after`, and back one by one.
fn lead_there_and_back(before: &Scenario, after: &Scenario, changes: &[Change]) {
    let mut scenario = before.clone();
    for change in changes {
        let earlier = scenario.clone();
        assert_eq!(apply(&mut scenario, change), Ok(()), "{change:#?}");
        let later = scenario.clone();
        assert_eq!(apply(&mut scenario, &change.inverse()), Ok(()), "undoing {change:#?}");
        assert_eq!(scenario, earlier, "undone: {change:#?}");
        assert_eq!(&change.inverse().inverse(), change);
        scenario = later;
    }
    assert_eq!(&scenario, after);
    assert_eq!(apply_all(&mut scenario, &inverse_all(changes)), Ok(()));
    assert_eq!(&scenario, before);
}

/// How many items of a list must move: all that are in both but those of a longest common subsequence, found the
/// slow way. Renamed items count under their new ids.
fn fewest_moves<T: Listed>(before: &Scenario, after: &Scenario, new_ids: &HashMap<String, String>) -> usize {
    let ids = |scenario: &Scenario| -> Vec<String> {
        T::list(scenario).iter().map(|item| item.id().to_string()).collect()
    };
    let (mut before, after) = (ids(before), ids(after));
    for id in &mut before {
        if let Some(new) = new_ids.get(id) {
            id.clone_from(new);
        }
    }
    let mut common = vec![vec![0; after.len() + 1]; before.len() + 1];
    for (i, a) in before.iter().enumerate() {
        for (j, b) in after.iter().enumerate() {
            common[i + 1][j + 1] =
                if a == b { common[i][j] + 1 } else { common[i][j + 1].max(common[i + 1][j]) };
        }
    }
    before.iter().filter(|id| after.contains(id)).count() - common[before.len()][after.len()]
}

/// The moves of one kind lead to the order after, and there are no more of them than necessary.
fn check_moves<'c, T: Listed>(
    before: &Scenario,
    after: &Scenario,
    changes: impl Iterator<Item = &'c ItemChange<T>>,
) {
    let (mut new_ids, mut moves) = (HashMap::new(), Vec::new());
    for change in changes {
        match change {
            ItemChange::Renamed { from, to, .. } => {
                new_ids.insert(from.to_string(), to.to_string());
            }
            ItemChange::Moved { id, from, to } => moves.push((id, from.index, to.index)),
            ItemChange::Added(_)
            | ItemChange::Removed(_)
            | ItemChange::FieldSet { .. }
            | ItemChange::ConflictSet { .. } => {}
        }
    }
    assert_eq!(moves.len(), fewest_moves::<T>(before, after, &new_ids));
    for (id, from, to) in moves {
        let old = T::list(before)[from].id().to_string();
        assert_eq!(new_ids.get(&old).unwrap_or(&old), id.as_ref());
        assert_eq!(T::list(after)[to].id(), id);
    }
}

fn check_all_moves(before: &Scenario, after: &Scenario, changes: &[Change]) {
    macro_rules! check {
        ($($kind:ident),+) => {
            $(check_moves(before, after, changes.iter().filter_map(|change| match change {
                Change::$kind(change) => Some(change),
                _ => None,
            }));)+
        };
    }
    check!(Hypothesis, Source, Evidence, Indicator, Estimate);
}

/// Nothing is told twice: each cell, field and item once, and no cell of an item that comes or goes.
fn check_told_once(changes: &[Change]) {
    let mut told = HashSet::new();
    let mut whole = HashSet::new();
    for change in changes {
        let key = format!(
            "{} {:?} {:?} {:?}",
            change.kind(),
            change.subject(),
            change.hypothesis(),
            change.field()
        );
        assert!(told.insert(key.clone()), "told twice: {key}");
        if change.kind().ends_with("-added") || change.kind().ends_with("-removed") {
            whole.insert(match change {
                Change::Evidence(change) => format!("row {:?}", RowId::from(change.id())),
                Change::Indicator(change) => format!("row {:?}", RowId::from(change.id())),
                Change::Estimate(change) => format!("row {:?}", RowId::from(change.id())),
                other => format!("column {:?}", other.hypothesis()),
            });
        }
        if let Change::Cell { row, hypothesis, .. } = change {
            assert!(!whole.contains(&format!("row {row:?}")), "{key}");
            assert!(!whole.contains(&format!("column {:?}", Some(hypothesis))), "{key}");
        }
    }
}

fn check(before: &Scenario, after: &Scenario) {
    let changes = diff(before, after);
    assert_eq!(changes.is_empty(), before == after);
    lead_there_and_back(before, after, &changes);
    check_all_moves(before, after, &changes);
    check_told_once(&changes);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_version_that_was_edited_is_reached_and_left((before, after) in versions()) {
        check(&before, &after);
        check(&after, &before);
    }

    #[test]
    fn any_version_is_reached_from_any_other(before in generate::scenario(), after in generate::scenario()) {
        check(&before, &after);
    }

    #[test]
    fn equal_versions_have_no_changes(scenario in generate::scenario()) {
        prop_assert_eq!(diff(&scenario, &scenario), []);
    }

    /// Changes of one comparison applied to another scenario fit or are refused, but never do half of what they say,
    /// and can be undone.
    #[test]
    fn a_change_is_made_wholly_or_not_at_all(
        (before, after) in versions(),
        (other, _) in versions(),
        at_end in any::<bool>(),
    ) {
        let mut scenario = if at_end { after.clone() } else { other };
        for change in diff(&before, &after) {
            let earlier = scenario.clone();
            if apply(&mut scenario, &change).is_err() {
                prop_assert_eq!(&scenario, &earlier);
            } else {
                let mut back = scenario.clone();
                prop_assert_eq!(apply(&mut back, &change.inverse()), Ok(()));
                prop_assert_eq!(&back, &earlier);
            }
        }
    }

    /// A made change applies to its scenario, can be undone, and is found again by a comparison.
    #[test]
    fn what_is_made_applies(scenario in generate::scenario(), intention in intention()) {
        for change in intention.changes(&scenario) {
            let mut made = scenario.clone();
            prop_assert_eq!(apply(&mut made, &change), Ok(()), "{:#?}", change);
            prop_assert_ne!(&made, &scenario);
            prop_assert_eq!(apply(&mut made, &change.inverse()), Ok(()));
            prop_assert_eq!(&made, &scenario);
        }
    }
}

/// One thing to do with one item of some kind.
#[derive(Clone, Debug)]
struct Intention {
    kind: u8,
    which: Index,
    to: Index,
    field: Index,
    name: String,
}

fn intention() -> impl Strategy<Value = Intention> {
    let ids = (0..8_u8, any::<Index>(), any::<Index>(), any::<Index>(), "[a-z]{1,3}");
    ids.prop_map(|(kind, which, to, field, name)| Intention { kind, which, to, field, name })
}

impl Intention {
    /// The changes, each from the scenario as it is.
    fn changes(&self, scenario: &Scenario) -> Vec<Change> {
        match self.kind % 4 {
            0 => self.of::<Hypothesis>(scenario),
            1 => self.of::<Source>(scenario),
            2 => self.of::<Evidence>(scenario),
            _ => self.of::<Indicator>(scenario),
        }
    }

    fn of<T: Listed>(&self, scenario: &Scenario) -> Vec<Change> {
        let list = T::list(scenario);
        if list.is_empty() {
            return Vec::new();
        }
        let item = &list[self.which.index(list.len())];
        let id = item.id();
        let mut changes = vec![make::remove::<T>(scenario, id).unwrap()];
        changes.extend(make::shift::<T>(scenario, id, self.to.index(list.len() + 1)).unwrap());
        if let Ok(renamed) = make::rename::<T>(scenario, id, &T::parse_id(&self.name).unwrap()) {
            changes.extend(renamed);
        }
        let mut copy = item.bare();
        copy.set_id(T::parse_id(&self.name).unwrap());
        changes.extend(make::add(scenario, &copy, Vec::new(), self.to.index(list.len() + 1)));
        let field = T::FIELDS[self.field.index(T::FIELDS.len())];
        let other = &list[self.to.index(list.len())];
        let set = make::set_field::<T>(scenario, id, field, other.field(field)).unwrap_or_default();
        // Of two, the second is made after the first.
        changes.extend(set.into_iter().take(1));
        changes
    }
}

#[test]
fn generated_versions_show_every_kind_of_change() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut kinds = HashSet::new();
    let mut fields = HashSet::new();
    for _ in 0..600 {
        let (before, after) = versions().new_tree(&mut runner).unwrap().current();
        for change in diff(&before, &after) {
            kinds.insert(change.kind());
            fields.extend(change.field().map(|field| (change.kind(), field)));
        }
    }
    let mut expected: HashSet<String> =
        ["rating-set", "confidence-set", "note-set", "conflict-set", "scenario-field-set"]
            .map(str::to_owned)
            .into();
    for item in ["hypothesis", "evidence", "source", "indicator"] {
        for what in ["added", "removed", "moved", "renamed", "field-set"] {
            expected.insert(format!("{item}-{what}"));
        }
    }
    // Estimates under other ids are others.
    for what in
        ["probability-set", "estimate-added", "estimate-removed", "estimate-moved", "estimate-field-set"]
    {
        expected.insert(what.to_owned());
    }
    assert_eq!(kinds.into_iter().map(str::to_owned).collect::<HashSet<_>>(), expected);
    let all = [
        HypothesisField::ALL.len(),
        SourceField::ALL.len(),
        EvidenceField::ALL.len(),
        IndicatorField::ALL.len(),
        EstimateField::ALL.len(),
        ScenarioField::ALL.len(),
    ];
    assert_eq!(fields.len(), all.iter().sum::<usize>(), "{fields:?}");
}

/// Pairs of equal texts under new ids in the reverse order: the rows tell them apart.
#[test]
fn large_versions_that_differ_everywhere_are_compared() {
    let items = 20_000;
    let mut before = Scenario::new("t");
    before.hypotheses = ["a", "b"].map(|id| Hypothesis::new(Hypothesis::parse_id(id).unwrap(), id)).into();
    before.evidence = (0..items)
        .map(|at| {
            let mut item =
                Evidence::new(Evidence::parse_id(&format!("e{at}")).unwrap(), format!("{}", at / 2));
            item.ratings.set(at % 2, Cell::rated(ach_matrix::scenario::Rating::Neutral));
            item
        })
        .collect();
    let mut after = before.clone();
    after.evidence.reverse();
    for item in &mut after.evidence {
        item.set_id(Evidence::parse_id(&format!("{}-new", item.id)).unwrap());
    }
    let changes = diff(&before, &after);
    assert_eq!(changes.len(), items + items - 1, "each is renamed, all but one are moved");
}
