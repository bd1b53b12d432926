//! Comparing two versions: the changes that lead from one to the other.
//!
//! First it is settled which items are the same in both ([`Matching`]): those with one id, then those that are equal
//! in all but the id. What has no counterpart came or went; what has one may have moved and may differ. Then the
//! changes are told in an order in which each can be applied after those before it ([`sequence`]).
//!
//! Time and memory grow with the number of cells, but for sorting out moves, which takes n log n.

mod counterpart;
mod list;
mod matching;
pub(super) mod order;
mod rename;
mod sequence;

use std::collections::{HashMap, HashSet};

pub(super) use matching::Matching;

pub use counterpart::{Counterpart, Counterparts};

use super::Change;
use crate::scenario::{Item, PerKind, Scenario, by_kind};

/// The changes that lead from `before` to `after`: none if they are equal, and applied one after the other to
/// `before` they give `after`.
///
/// They come in this order: removals, renamings, moves, additions, then fields (the scenario's own first), then
/// cells. Of each the changes of evidence stand together, and so on, in the order of the lists.
///
/// * An item, other than an estimate, that is equal in all but its id to exactly one that is gone is renamed. Equal means every field, with
///   references to renamed items followed, and the row or column as far as it crosses items in both versions.
/// * Moves are the fewest that explain the order.
/// * An item that comes or goes brings its row or column; those cells are not told again. Nor are references that
///   follow a new id, or that merely go with what they name, nor the indicators that go with their hypothesis. A
///   list of references that differs otherwise too is told from what it is after new ids have been followed.
#[must_use]
pub fn diff(before: &Scenario, after: &Scenario) -> Vec<Change> {
    sequence::changes(&Versions::new(before, after))
}

/// Like [`diff`], for items that are already matched. An item with another id after must have one that none had before.
pub(super) fn diff_matched(versions: &Versions<'_>) -> Vec<Change> {
    sequence::changes(versions)
}

/// Two versions, and which of their items are the same.
pub(super) struct Versions<'s> {
    pub(super) before: &'s Scenario,
    pub(super) after: &'s Scenario,
    pub(super) matchings: PerKind<Matching>,
}

/// New ids by old ones.
type NewIds<'s> = HashMap<&'s str, &'s str>;

impl<'s> Versions<'s> {
    /// Settles which items are the same: those with one id, then those that are equal in all but the id.
    pub(super) fn new(before: &'s Scenario, after: &'s Scenario) -> Self {
        fn by_id<T: Item>(before: &Scenario, after: &Scenario) -> Matching {
            Matching::by_id(T::list(before), T::list(after))
        }
        let matchings = PerKind::new(|kind| by_kind!(kind, by_id(before, after)));
        let mut versions = Self { before, after, matchings };
        // What is referred to is recognised before what refers to it. Two estimates may well say the same, so that equal
        // ones are not taken for one.
        rename::hypotheses(&mut versions);
        rename::sources(&mut versions);
        rename::evidence(&mut versions);
        rename::indicators(&mut versions);
        versions
    }

    /// Returns the items of the old version without a counterpart, with their positions.
    fn removed<T: Item>(&self) -> impl Iterator<Item = (usize, &'s T)> + use<'_, 's, T> {
        self.matchings.of(T::KIND).removed(T::list(self.before))
    }

    /// Returns the ids of the items of the old version without a counterpart.
    fn removed_ids<T: Item>(&self) -> HashSet<&'s str> {
        self.removed::<T>().map(|(_, item)| item.id().as_ref()).collect()
    }

    /// Returns the items of the new version without a counterpart, with their positions.
    fn added<T: Item>(&self) -> impl Iterator<Item = (usize, &'s T)> + use<'_, 's, T> {
        self.matchings.of(T::KIND).added(T::list(self.after))
    }

    /// Returns the items whose ids differ (before, after), in the order of the old list.
    pub(super) fn renamed<T: Item>(&self) -> impl Iterator<Item = (&'s T, &'s T)> + use<'_, 's, T> {
        self.matchings.of(T::KIND).renamed_items(T::list(self.before), T::list(self.after))
    }

    /// Returns the items of both versions, as (old position, old item, new item) in the new order.
    fn both<T: Item>(&self) -> impl Iterator<Item = (usize, &'s T, &'s T)> + use<'_, 's, T> {
        let (before, after) = (T::list(self.before), T::list(self.after));
        let pairs = self.matchings.of(T::KIND).pairs();
        pairs.filter_map(|(from, to)| Some((from, before.get(from)?, after.get(to)?)))
    }

    fn new_ids<T: Item>(&self) -> NewIds<'s> {
        self.renamed::<T>().map(|(from, to)| (from.id().as_ref(), to.id().as_ref())).collect()
    }
}

#[cfg(test)]
mod tests;
