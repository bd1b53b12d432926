//! Lists of references (`controlled_by`, `source`, `rests_on`) while renamings and removals take entries along.
//!
//! A renaming takes an entry along where the version after names the new id in that list and no longer the old one.
//! Removals take entries along where nothing else is left to explain: the list after is the list before with new ids
//! and without what is gone (and, if nothing is left, empty or absent). Any other difference is told as the field's.

use std::collections::{HashMap, HashSet};

use super::NewIds;
use crate::change::reference::{names, renamed, without};

/// The lists from which something is taken along, as they are after what has been told so far.
pub(super) struct Lists<'s, T> {
    /// By position before of what holds the list.
    now: HashMap<usize, Held<'s, T>>,
    /// Positions before of what holds an entry that is taken along, by that entry.
    holders: HashMap<&'s str, Vec<usize>>,
}

struct Held<'s, T> {
    holder: &'s T,
    list: Option<Vec<String>>,
    /// The value of a list whose last entry is gone.
    emptied: Option<Vec<String>>,
}

/// One change of a list: whose, from what, to what.
pub(super) struct Step<'s, T> {
    pub(super) holder: &'s T,
    pub(super) before: Option<Vec<String>>,
    pub(super) after: Option<Vec<String>>,
}

/// A list in both versions.
pub(super) struct Pair<'s, T> {
    /// Position before of what holds it.
    pub(super) at: usize,
    /// Its holder before.
    pub(super) holder: &'s T,
    /// The id of the holder, in a list of references to its own kind.
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
            // An item cannot take itself along.
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

    /// Returns the steps by which the item with this id goes.
    pub(super) fn leave(&mut self, id: &str) -> Vec<Step<'s, T>> {
        self.step(id, |list, emptied| without(list, id).or_else(|| emptied.clone()))
    }

    /// Returns the steps that follow when an item gets a new id.
    pub(super) fn follow(&mut self, from: &str, to: &str) -> Vec<Step<'s, T>> {
        self.step(from, |list, _| Some(renamed(list, from, to)))
    }

    /// The list that this holder has by now, if anything has been taken along from it.
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
