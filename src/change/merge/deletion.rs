//! Deletions: which items one side deleted, and which of them stay because the other side worked on them.
//!
//! Work on an item is an edit of a field, a new id, a changed or new judgement in its row or column, or a new
//! reference to it. References that only follow a side's own rename or deletion do not count.

use std::collections::{HashMap, HashSet};

use super::super::Listed;
use super::Rosters;
use super::items::{Roster, Slot, Versions3};
use super::names::Names;
use crate::scenario::{
    Estimate, Evidence, Fielded, Hypothesis, Indicator, Item, ItemKind, PerKind, Scenario, Side, Source,
};

/// Decides for every item whether it stays. Items that refer to others are decided before their targets.
pub(super) fn settle(versions: &Versions3<'_>, rosters: &mut Rosters) {
    let works = [Work::new(versions, Side::Ours), Work::new(versions, Side::Theirs)];
    let of = |side: Side| side.of(works.each_ref());
    let PerKind { hypotheses, sources, evidence, indicators, estimates } = rosters;
    // An item that stays keeps the items it refers to.
    let mut staying = usize::MAX;
    let mut named = [HashSet::new(), HashSet::new()];
    while staying != count(evidence) {
        staying = count(evidence);
        decide(evidence, |side, at, slot| {
            of(side).is_on::<Evidence>(hypotheses, slot) || side.of(named.each_ref()).contains(&at)
        });
        named = works.each_ref().map(|work| work.refers::<Evidence, Evidence>(evidence, evidence));
    }
    decide(indicators, |side, _, slot| of(side).is_on::<Indicator>(hypotheses, slot));
    decide(estimates, |side, _, slot| of(side).is_on::<Estimate>(hypotheses, slot));
    let cited = works.each_ref().map(|work| work.refers::<Evidence, Source>(evidence, sources));
    decide(sources, |side, at, slot| {
        of(side).edits::<Source>(slot) || side.of(cited.each_ref()).contains(&at)
    });
    let named = works.each_ref().map(|work| {
        let mut named = work.refers::<Source, Hypothesis>(sources, hypotheses);
        named.extend(work.refers::<Indicator, Hypothesis>(indicators, hypotheses));
        named.extend(work.refers_itself(hypotheses));
        named
    });
    decide(hypotheses, |side, at, slot| {
        let work = of(side);
        work.edits::<Hypothesis>(slot)
            || work.rates_column::<Evidence>(evidence, slot)
            || work.rates_column::<Indicator>(indicators, slot)
            || work.rates_column::<Estimate>(estimates, slot)
            || side.of(named.each_ref()).contains(&at)
    });
    keep_followers(versions, indicators, hypotheses);
}

/// Keeps the indicators that were deleted with a hypothesis that stays; settling for the deletion deletes
/// them again.
fn keep_followers(versions: &Versions3<'_>, indicators: &mut Roster, hypotheses: &Roster) {
    let disputed: HashMap<&str, Side> = hypotheses
        .slots
        .iter()
        .filter_map(|slot| {
            let hypothesis = versions.base.hypotheses.get(slot.base?)?;
            Some((hypothesis.id.as_str(), slot.deleted?))
        })
        .collect();
    for slot in indicators.slots.iter_mut().filter(|slot| !slot.stays) {
        let indicator = slot.base.and_then(|at| versions.base.indicators.get(at));
        let of = indicator.and_then(|indicator| disputed.get(indicator.hypothesis.as_deref()?));
        slot.stays = of.is_some_and(|deleter| slot.deleter() == Some(*deleter));
    }
}

/// Counts the items of one kind that stay.
fn count(roster: &Roster) -> usize {
    roster.slots.iter().filter(|slot| slot.stays).count()
}

/// Decides for one kind: an item that one side deleted stays if the other side worked on it.
fn decide(roster: &mut Roster, worked: impl Fn(Side, usize, &Slot) -> bool) {
    for at in 0..roster.slots.len() {
        let Some((deleter, slot)) = roster.slots.get(at).and_then(|slot| Some((slot.deleter()?, slot)))
        else {
            continue;
        };
        let stays = worked(deleter.other(), at, slot);
        if let Some(slot) = roster.slots.get_mut(at) {
            slot.stays = stays;
            slot.deleted = stays.then_some(deleter);
        }
    }
}

/// The changes that one side made to the base.
struct Work<'v, 's> {
    versions: &'v Versions3<'s>,
    side: Side,
    /// The side's names for items of the base.
    names: Names<'s>,
}

impl<'v, 's> Work<'v, 's> {
    fn new(versions: &'v Versions3<'s>, side: Side) -> Self {
        let mut names = Names::default();
        fn note<'s, T: Item>(versions: &Versions3<'s>, side: Side, names: &mut Names<'s>) {
            let (matching, list) = (versions.matching(side, T::KIND), T::list(versions.side(side)));
            for (at, item) in T::list(versions.base).iter().enumerate() {
                let there = matching.after(at).and_then(|after| list.get(after));
                names.say::<T>(item, there.map(|item| item.id().as_ref()));
            }
        }
        note::<Hypothesis>(versions, side, &mut names);
        note::<Source>(versions, side, &mut names);
        note::<Evidence>(versions, side, &mut names);
        Self { versions, side, names }
    }

    /// Returns whether the side changed the id or a field of an item.
    fn edits<T: Listed>(&self, slot: &Slot) -> bool {
        let base = slot.base.and_then(|at| T::list(self.versions.base).get(at));
        let item = slot.of(self.side).and_then(|at| T::list(self.versions.side(self.side)).get(at));
        match (base, item) {
            (Some(base), Some(item)) => {
                base.id() != item.id()
                    || !(base.same_content(item) || self.names.translated(base).same_content(item))
            }
            (None, _) | (_, None) => false,
        }
    }

    /// Returns whether the side changed the id, a field or a judgement in the row of an item.
    fn is_on<T: Listed>(&self, hypotheses: &Roster, item: &Slot) -> bool {
        self.edits::<T>(item) || hypotheses.slots.iter().any(|hypothesis| self.rates::<T>(item, hypothesis))
    }

    /// Returns whether the side changed a judgement in the column of a hypothesis.
    fn rates_column<T: Item>(&self, items: &Roster, hypothesis: &Slot) -> bool {
        items.slots.iter().any(|item| self.rates::<T>(item, hypothesis))
    }

    fn rates<T: Item>(&self, item: &Slot, hypothesis: &Slot) -> bool {
        let cell = |version: &'s Scenario, at: Option<usize>, column: Option<usize>| {
            T::list(version).get(at?)?.row()?.get(column?)
        };
        let (Some(at), Some(column)) = (item.of(self.side), hypothesis.of(self.side)) else {
            return false;
        };
        let is = cell(self.versions.side(self.side), Some(at), Some(column));
        is != cell(self.versions.base, item.base, hypothesis.base)
    }

    /// Returns the hypotheses that the side's own fields name and those of the base do not.
    fn refers_itself(&self, hypotheses: &Roster) -> HashSet<usize> {
        let side = self.versions.side(self.side);
        let named = |version: &Scenario, slot: &dyn Fn(usize) -> Option<usize>| -> HashSet<usize> {
            let ids = references(version, ItemKind::Hypothesis);
            let list = version.hypotheses.iter().enumerate();
            list.filter(|(_, h)| ids.iter().any(|id| id == h.id.as_str()))
                .filter_map(|(at, _)| slot(at))
                .collect()
        };
        let known = named(self.versions.base, &|at| hypotheses.of_base(at));
        let now = named(side, &|at| hypotheses.of(self.side, at));
        now.difference(&known).copied().collect()
    }

    /// Returns the items of kind `T` to which the side's items of kind `H` have new references. For an item
    /// that stays despite a deletion, every reference counts.
    fn refers<H: Item, T: Item>(&self, holders: &Roster, targets: &Roster) -> HashSet<usize> {
        let mut found = HashSet::new();
        if !targets.slots.iter().any(|slot| slot.deleter() == Some(self.side.other())) {
            return found;
        }
        let side = self.versions.side(self.side);
        fn slots<T: Item>(version: &Scenario, slot: impl Fn(usize) -> Option<usize>) -> HashMap<&str, usize> {
            let items = T::list(version).iter().enumerate();
            items.filter_map(|(at, item)| Some((item.id().as_ref(), slot(at)?))).collect()
        }
        let now = slots::<T>(side, |at| targets.of(self.side, at));
        let before = slots::<T>(self.versions.base, |at| targets.of_base(at));
        for slot in holders.slots.iter().filter(|slot| slot.stays) {
            let Some(item) = slot.of(self.side).and_then(|at| H::list(side).get(at)) else { continue };
            let base = slot.base.filter(|_| slot.deleted.is_none());
            let base = base.and_then(|at| H::list(self.versions.base).get(at));
            let known: HashSet<usize> =
                base.map(|base| resolved(&references(base, T::KIND), &before)).unwrap_or_default();
            found.extend(resolved(&references(item, T::KIND), &now).difference(&known));
        }
        found
    }
}

/// Returns the ids of a kind to which an item refers.
fn references<H: Fielded>(item: &H, kind: ItemKind) -> Vec<String> {
    let fields = H::FIELDS.iter().filter(|field| H::refers_to(**field) == Some(kind));
    fields.filter_map(|field| item.field(*field)).flat_map(|value| value.texts().to_vec()).collect()
}

fn resolved(ids: &[String], slots: &HashMap<&str, usize>) -> HashSet<usize> {
    ids.iter().filter_map(|id| slots.get(id.as_str()).copied()).collect()
}
