//! Identity over a history: the id of a thing in each version, where it was renamed between versions.
//!
//! A rename joins the old id to the new one, and separates both from any other item that has one of these ids
//! in the other version. Otherwise an id keeps its meaning, also across versions without it: an item that was
//! deleted and restored is the same item.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::diff::Versions;
use crate::scenario::{Evidence, EvidenceId, Hypothesis, HypothesisId, Item, Scenario};

/// The ids that changed from one version to the next, as pairs of old and new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renamings {
    /// Items of evidence.
    pub evidence: Vec<(EvidenceId, EvidenceId)>,
    /// Hypotheses.
    pub hypotheses: Vec<(HypothesisId, HypothesisId)>,
}

impl Renamings {
    /// Returns the renames between two versions.
    #[must_use]
    pub fn between(before: &Scenario, after: &Scenario) -> Self {
        let versions = Versions::new(before, after);
        Self { evidence: ids::<Evidence>(&versions), hypotheses: ids::<Hypothesis>(&versions) }
    }
}

fn ids<T: Item>(versions: &Versions<'_>) -> Vec<(T::Id, T::Id)> {
    versions.renamed::<T>().map(|(from, to)| (from.id().clone(), to.id().clone())).collect()
}

/// The step from a version to the next: their places in the history, and the ids renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<Id> {
    /// The version before.
    pub before: usize,
    /// The version after.
    pub after: usize,
    /// Pairs of ids before and after.
    pub renamed: Vec<(Id, Id)>,
}

/// Returns the ids of a thing in every version that the steps reach, forwards and backwards, given its id in
/// one of them. Where branches with different names meet, a version has more than one id.
#[must_use]
pub fn identities<Id: Clone + Eq + Hash>(
    start: (usize, Id),
    steps: &[Step<Id>],
) -> HashMap<usize, HashSet<Id>> {
    let mut ways: HashMap<usize, Vec<(usize, &Step<Id>)>> = HashMap::new();
    for step in steps {
        ways.entry(step.after).or_default().push((step.before, step));
        ways.entry(step.before).or_default().push((step.after, step));
    }
    let mut found: HashMap<usize, HashSet<Id>> = HashMap::new();
    let mut open = vec![start];
    while let Some((version, id)) = open.pop() {
        if !found.entry(version).or_default().insert(id.clone()) {
            continue;
        }
        for (other, step) in ways.get(&version).into_iter().flatten() {
            let renamed = step
                .renamed
                .iter()
                .map(|(from, to)| if *other == step.before { (to, from) } else { (from, to) });
            if let Some(id) = across(&id, renamed) {
                open.push((*other, id.clone()));
            }
        }
    }
    found
}

/// Returns the id on the other side of the renames; `None` if that id belongs to another thing there.
fn across<'i, Id: Eq>(
    id: &'i Id,
    mut renamed: impl Iterator<Item = (&'i Id, &'i Id)> + Clone,
) -> Option<&'i Id> {
    let is_taken = renamed.clone().any(|(_, there)| there == id);
    match renamed.find(|(here, _)| *here == id) {
        Some((_, there)) => Some(there),
        None => (!is_taken).then_some(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns steps from `before>after`, with renames as `from=to`.
    fn steps(told: &[&'static str]) -> Vec<Step<&'static str>> {
        let step = |told: &&'static str| {
            let mut words = told.split(' ');
            let (before, after) = words.next().unwrap().split_once('>').unwrap();
            let renamed = words.map(|word| word.split_once('=').unwrap()).collect();
            Step { before: before.parse().unwrap(), after: after.parse().unwrap(), renamed }
        };
        told.iter().map(step).collect()
    }

    fn found(version: usize, id: &'static str, told: &[&'static str]) -> Vec<String> {
        let mut found: Vec<String> = identities((version, id), &steps(told))
            .into_iter()
            .flat_map(|(version, ids)| ids.into_iter().map(move |id| format!("{version}{id}")))
            .collect();
        found.sort();
        found
    }

    #[test]
    fn a_renaming_is_followed_both_ways_from_either_id() {
        let history = ["1>2", "2>3 a=b", "3>4"];
        for (version, id) in [(1, "a"), (2, "a"), (3, "b"), (4, "b")] {
            assert_eq!(found(version, id, &history), ["1a", "2a", "3b", "4b"], "{version} {id}");
        }
    }

    #[test]
    fn an_id_that_another_thing_took_later_is_not_followed() {
        let history = ["1>2 a=b", "2>3"];
        assert_eq!(found(3, "a", &history), ["2a", "3a"], "the new a");
        assert_eq!(found(1, "a", &history), ["1a", "2b", "3b"], "the old a");
        assert_eq!(found(1, "b", &history), ["1b"], "what gave its id away");
        assert_eq!(found(3, "a", &["1>2 a=b b=a", "2>3"]), ["1b", "2a", "3a"], "ids that were exchanged");
    }

    #[test]
    fn branches_lead_to_each_other_through_where_they_part_and_meet() {
        // Version 1 branches into 2, where the item is renamed, and 3; both merge into 4.
        let history = ["1>2 a=b", "1>3", "2>4", "3>4 a=b"];
        assert_eq!(found(4, "b", &history), ["1a", "2b", "3a", "4b"]);
        assert_eq!(found(3, "a", &history), ["1a", "2b", "3a", "4b"]);
        // Both branches renamed it, differently.
        assert_eq!(found(1, "a", &["1>2 a=b", "1>3 a=c", "2>4", "3>4 c=b"]), ["1a", "2b", "3c", "4b"]);
    }

    #[test]
    fn only_renamings_between_two_versions_count() {
        let mut before = Scenario::new("t");
        let named = |id: &str, text: &str| {
            let id = EvidenceId::parse(id).unwrap();
            crate::scenario::Evidence::new(id, text)
        };
        before.evidence = vec![named("a", "one"), named("c", "two")];
        let mut after = before.clone();
        assert_eq!(Renamings::between(&before, &after), Renamings::default());
        after.evidence = vec![named("c", "two"), named("b", "one")];
        let ids = |id: &str| EvidenceId::parse(id).unwrap();
        assert_eq!(Renamings::between(&before, &after).evidence, [(ids("a"), ids("b"))]);
    }
}
