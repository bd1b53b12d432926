//! Lists of references (`controlled_by`, `source`, `rests_on`) while renames and removals update their
//! entries.
//!
//! A rename updates an entry where the new version has the new id in that list and no longer the old one.
//! Removals update a list where nothing else is left to explain: the new list is the old one with new ids and
//! without removed ones (and, if nothing is left, empty or absent). Any other difference is reported as a
//! change of the field.

use std::collections::{HashMap, HashSet};

use super::NewIds;
use crate::change::reference::{names, renamed, without};

/// The lists that renames and removals update, in their state after the changes so far.
pub(super) struct Lists<'s, T> {
    /// By the old position of the list's owner.
    now: HashMap<usize, Held<'s, T>>,
    /// The old positions of the owners of an updated entry, by that entry.
    holders: HashMap<&'s str, Vec<usize>>,
}

struct Held<'s, T> {
    holder: &'s T,
    list: Option<Vec<String>>,
    /// The value of a list whose last entry is removed.
    emptied: Option<Vec<String>>,
}

/// One change of a list: its owner, and the list before and after.
pub(super) struct Step<'s, T> {
    pub(super) holder: &'s T,
    pub(super) before: Option<Vec<String>>,
    pub(super) after: Option<Vec<String>>,
}

/// A list in both versions.
pub(super) struct Pair<'s, T> {
    /// Its owner's position in the old version.
    pub(super) at: usize,
    /// Its owner in the old version.
    pub(super) holder: &'s T,
    /// The id of the owner, for a list of references to its own kind.
    pub(super) own: Option<&'s str>,
    pub(super) before: Option<&'s [String]>,
    pub(super) after: Option<&'s [String]>,
}

impl<'s, T> Lists<'s, T> {
    pub(super) fn new(
        pairs: impl Iterator<Item = Pair<'s, T>>,
        gone: &HashSet<&'s str>,
        new_ids: &NewIds<'s>,
    ) -> Self {
        let mut lists = Self { now: HashMap::new(), holders: HashMap::new() };
        if gone.is_empty() && new_ids.is_empty() {
            return lists;
        }
        for pair in pairs {
            lists.plan(&pair, gone, new_ids);
        }
        lists
    }

    fn plan(&mut self, pair: &Pair<'s, T>, gone: &HashSet<&'s str>, new_ids: &NewIds<'s>) {
        let before = pair.before.unwrap_or_default();
        let after = pair.after.unwrap_or_default();
        let follows =
            |entry: &str| new_ids.get(entry).copied().filter(|new| names(after, new) && !names(after, entry));
        let rest = || before.iter().map(String::as_str).filter(|entry| !gone.contains(entry));
        let goes = rest().map(|entry| follows(entry).unwrap_or(entry)).eq(after.iter().map(String::as_str));
        for (position, entry) in before.iter().enumerate() {
            // An item's own id cannot accompany its rename.
            if pair.own == Some(entry.as_str()) {
                continue;
            }
            let first = !names(before.get(..position).unwrap_or_default(), entry);
            let taken = follows(entry).is_some() || (goes && gone.contains(entry.as_str()));
            if first && taken {
                self.holders.entry(entry).or_default().push(pair.at);
                self.now.entry(pair.at).or_insert_with(|| Held {
                    holder: pair.holder,
                    list: Some(before.to_vec()),
                    emptied: pair.after.map(|_| Vec::new()),
                });
            }
        }
    }

    /// Returns the list changes that accompany the removal of the item with this id.
    pub(super) fn leave(&mut self, id: &str) -> Vec<Step<'s, T>> {
        self.step(id, |list, emptied| without(list, id).or_else(|| emptied.clone()))
    }

    /// Returns the list changes that accompany the rename of an item.
    pub(super) fn follow(&mut self, from: &str, to: &str) -> Vec<Step<'s, T>> {
        self.step(from, |list, _| Some(renamed(list, from, to)))
    }

    /// Returns this owner's list after the changes so far, if any entry was updated.
    pub(super) fn now(&self, at: usize) -> Option<&Option<Vec<String>>> {
        self.now.get(&at).map(|held| &held.list)
    }

    fn step(
        &mut self,
        id: &str,
        next: impl Fn(&[String], &Option<Vec<String>>) -> Option<Vec<String>>,
    ) -> Vec<Step<'s, T>> {
        let mut steps = Vec::new();
        for at in self.holders.get(id).into_iter().flatten() {
            if let Some(held) = self.now.get_mut(at) {
                let after = next(held.list.as_deref().unwrap_or_default(), &held.emptied);
                let before = std::mem::replace(&mut held.list, after.clone());
                steps.push(Step { holder: held.holder, before, after });
            }
        }
        steps
    }
}
