//! Matching: which items of one list correspond to which of another.

use std::collections::HashMap;

use crate::scenario::Item;

/// Pairs of positions, with each position in at most one pair.
#[derive(Debug)]
pub(in crate::change) struct Matching {
    after: Vec<Option<usize>>,
    before: Vec<Option<usize>>,
    renamed: Vec<(usize, usize)>,
}

impl Matching {
    /// Matches the items at these pairs of positions (before, after), whatever their ids.
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

    /// Matches items with the same id.
    pub(super) fn by_id<T: Item>(before: &[T], after: &[T]) -> Self {
        let mut matching = Self::none(before.len(), after.len());
        // Most versions differ little, so only the part after the common beginning needs lookups.
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

    /// Returns whether both lists have an item without a counterpart, so that one may be a rename of the
    /// other.
    pub(super) fn may_rename(&self) -> bool {
        !self.renamed.is_empty() || (self.after.contains(&None) && self.before.contains(&None))
    }

    /// Matches two items with different ids.
    pub(super) fn rename(&mut self, before: usize, after: usize) {
        self.pair(before, after);
        self.renamed.push((before, after));
    }

    fn pair(&mut self, before: usize, after: usize) {
        if let (Some(forth), Some(back)) = (self.after.get_mut(before), self.before.get_mut(after)) {
            (*forth, *back) = (Some(after), Some(before));
        }
    }

    /// Returns the new position of the item at an old position.
    pub(in crate::change) fn after(&self, before: usize) -> Option<usize> {
        self.after.get(before).copied().flatten()
    }

    /// Returns the old position of the item at a new position.
    pub(in crate::change) fn before(&self, after: usize) -> Option<usize> {
        self.before.get(after).copied().flatten()
    }

    /// Returns the old position of each item of the new list.
    pub(super) fn befores(&self) -> impl Iterator<Item = Option<usize>> {
        self.before.iter().copied()
    }

    /// Returns the items whose ids differ (before, after), in the order of the old list.
    pub(in crate::change) fn renamed_items<'s, T>(
        &self,
        before: &'s [T],
        after: &'s [T],
    ) -> impl Iterator<Item = (&'s T, &'s T)> {
        self.renamed.iter().filter_map(|(from, to)| Some((before.get(*from)?, after.get(*to)?)))
    }

    /// Returns all pairs of positions (before, after), in the order of the new list.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.before.iter().enumerate().filter_map(|(after, before)| Some(((*before)?, after)))
    }

    /// Returns the items of the old list without a counterpart.
    pub(super) fn removed<'l, T>(&self, list: &'l [T]) -> impl Iterator<Item = (usize, &'l T)> {
        list.iter().enumerate().filter(|(at, _)| self.after(*at).is_none())
    }

    /// Returns the items of the new list without a counterpart.
    pub(super) fn added<'l, T>(&self, list: &'l [T]) -> impl Iterator<Item = (usize, &'l T)> {
        list.iter().enumerate().filter(|(at, _)| self.before(*at).is_none())
    }

    /// Returns whether every item has its counterpart at its own position.
    pub(super) fn is_identity(&self) -> bool {
        self.after.len() == self.before.len()
            && self.after.iter().enumerate().all(|(at, after)| *after == Some(at))
    }
}
