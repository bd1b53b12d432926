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

use std::collections::HashMap;

pub(super) use matching::Matching;

pub use counterpart::{Counterpart, Counterparts};

use super::Change;
use crate::scenario::{Evidence, Hypothesis, Item, ItemKind, Scenario, Source};

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
    pub(super) hypotheses: Matching,
    pub(super) sources: Matching,
    pub(super) evidence: Matching,
    pub(super) indicators: Matching,
    pub(super) estimates: Matching,
}

/// New ids by old ones.
type NewIds<'s> = HashMap<&'s str, &'s str>;

impl<'s> Versions<'s> {
    /// Settles which items are the same: those with one id, then those that are equal in all but the id.
    pub(super) fn new(before: &'s Scenario, after: &'s Scenario) -> Self {
        let mut versions = Self {
            before,
            after,
            hypotheses: Matching::by_id(&before.hypotheses, &after.hypotheses),
            sources: Matching::by_id(&before.sources, &after.sources),
            evidence: Matching::by_id(&before.evidence, &after.evidence),
            indicators: Matching::by_id(&before.indicators, &after.indicators),
            // Two estimates may well say the same, so that equal ones are not taken for one.
            estimates: Matching::by_id(&before.estimates, &after.estimates),
        };
        // What is referred to is recognised before what refers to it.
        rename::hypotheses(&mut versions);
        rename::sources(&mut versions);
        rename::evidence(&mut versions);
        rename::indicators(&mut versions);
        versions
    }

    /// Which items of a kind are the same.
    pub(super) const fn matching(&self, kind: ItemKind) -> &Matching {
        match kind {
            ItemKind::Hypothesis => &self.hypotheses,
            ItemKind::Source => &self.sources,
            ItemKind::Evidence => &self.evidence,
            ItemKind::Indicator => &self.indicators,
            ItemKind::Estimate => &self.estimates,
        }
    }

    fn new_hypothesis_ids(&self) -> NewIds<'s> {
        new_ids::<Hypothesis>(&self.hypotheses, self.before, self.after)
    }

    fn new_evidence_ids(&self) -> NewIds<'s> {
        new_ids::<Evidence>(&self.evidence, self.before, self.after)
    }

    fn new_source_ids(&self) -> NewIds<'s> {
        new_ids::<Source>(&self.sources, self.before, self.after)
    }
}

fn new_ids<'s, T: Item>(matching: &Matching, before: &'s Scenario, after: &'s Scenario) -> NewIds<'s> {
    let renamed = matching.renamed_items(T::list(before), T::list(after));
    renamed.map(|(from, to)| (from.id().as_ref(), to.id().as_ref())).collect()
}

#[cfg(test)]
mod tests;
