//! Matching: which item of one list is which of another.

use std::collections::HashMap;

use crate::scenario::Item;

/// Pairs of positions, each position in at most one of them.
#[derive(Debug)]
pub(in crate::change) struct Matching {
    after: Vec<Option<usize>>,
    before: Vec<Option<usize>>,
    renamed: Vec<(usize, usize)>,
}

impl Matching {
    /// The items at these pairs of positions (before, after) are the same, whatever their ids.
    pub(in crate::change) fn of_pairs<T: Item>(
        before: &[T],
        after: &[T],
        pairs: impl IntoIterator<Item = (usize, usize)>,
    ) -> Self {
        let mut matching = Self::none(before.len(), after.len());
        for (from, to) in pairs {
            let id = |list: &[T], at: usize| list.get(at).map(Item::id).cloned();
            if id(before, from) == id(after, to) {
                matching.pair(from, to);
            } else {
                matching.rename(from, to);
            }
        }
        matching.renamed.sort_unstable();
        matching
    }

    fn none(before: usize, after: usize) -> Self {
        Self { after: vec![None; before], before: vec![None; after], renamed: Vec::new() }
    }

    /// Items with the same id are the same.
    pub(super) fn by_id<T: Item>(before: &[T], after: &[T]) -> Self {
        let mut matching = Self::none(before.len(), after.len());
        // Most versions differ little: only what follows the common beginning must be looked up.
        let common = before.iter().zip(after).take_while(|(a, b)| a.id() == b.id()).count();
        (0..common).for_each(|at| matching.pair(at, at));
        let rest = after.iter().enumerate().skip(common);
        let positions: HashMap<&T::Id, usize> = rest.map(|(at, item)| (item.id(), at)).collect();
        for (at, item) in before.iter().enumerate().skip(common) {
            if let Some(to) = positions.get(item.id()) {
                matching.pair(at, *to);
            }
        }
        matching
    }

    /// Whether an item of each side has none of its id on the other, so that they may be one that was renamed.
    pub(super) fn may_rename(&self) -> bool {
        !self.renamed.is_empty() || (self.after.contains(&None) && self.before.contains(&None))
    }

    /// These are the same, under another id.
    pub(super) fn rename(&mut self, before: usize, after: usize) {
        self.pair(before, after);
        self.renamed.push((before, after));
    }

    fn pair(&mut self, before: usize, after: usize) {
        if let (Some(forth), Some(back)) = (self.after.get_mut(before), self.before.get_mut(after)) {
            (*forth, *back) = (Some(after), Some(before));
        }
    }

    /// Where the item at this position of the list before stands after.
    pub(in crate::change) fn after(&self, before: usize) -> Option<usize> {
        self.after.get(before).copied().flatten()
    }

    /// Where the item at this position of the list after stood before.
    pub(in crate::change) fn before(&self, after: usize) -> Option<usize> {
        self.before.get(after).copied().flatten()
    }

    /// For each position of the list after, where its item stood before.
    pub(super) fn befores(&self) -> impl Iterator<Item = Option<usize>> {
        self.before.iter().copied()
    }

    /// The items with another id (before, after), in the order of the list before.
    pub(in crate::change) fn renamed_items<'s, T>(
        &self,
        before: &'s [T],
        after: &'s [T],
    ) -> impl Iterator<Item = (&'s T, &'s T)> {
        self.renamed.iter().filter_map(|(from, to)| Some((before.get(*from)?, after.get(*to)?)))
    }

    /// All pairs of positions (before, after), in the order of the list after.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.before.iter().enumerate().filter_map(|(after, before)| Some(((*before)?, after)))
    }

    /// The items of the list before that have no counterpart.
    pub(super) fn removed<'l, T>(&self, list: &'l [T]) -> impl Iterator<Item = (usize, &'l T)> {
        list.iter().enumerate().filter(|(at, _)| self.after(*at).is_none())
    }

    /// The items of the list after that have no counterpart.
    pub(super) fn added<'l, T>(&self, list: &'l [T]) -> impl Iterator<Item = (usize, &'l T)> {
        list.iter().enumerate().filter(|(at, _)| self.before(*at).is_none())
    }

    /// Whether every item has its counterpart at its own position.
    pub(super) fn is_identity(&self) -> bool {
        self.after.len() == self.before.len()
            && self.after.iter().enumerate().all(|(at, after)| *after == Some(at))
    }
}
