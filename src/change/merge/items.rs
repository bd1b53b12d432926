//! The items of a merge's result: their ids, and which items of the three versions each of them is.

use std::collections::{HashMap, HashSet};

use super::super::diff::{Matching, Versions};
use super::doubled::free;
use crate::scenario::{Item, ItemKind, PerKind, Scenario, Side};

/// Three versions of a scenario, and which of their items are the same.
pub(super) struct Versions3<'s> {
    pub(super) base: &'s Scenario,
    pub(super) ours: &'s Scenario,
    pub(super) theirs: &'s Scenario,
    /// Which items of the base are which of ours, and of theirs.
    matchings: [PerKind<Matching>; 2],
}

impl<'s> Versions3<'s> {
    pub(super) fn new(base: &'s Scenario, ours: &'s Scenario, theirs: &'s Scenario) -> Self {
        let matchings = [ours, theirs].map(|side| Versions::new(base, side).matchings);
        Self { base, ours, theirs, matchings }
    }

    /// Returns the version of a side.
    pub(super) fn side(&self, side: Side) -> &'s Scenario {
        side.of([self.ours, self.theirs])
    }

    /// Returns which items of the base are which of a side.
    pub(super) fn matching(&self, side: Side, kind: ItemKind) -> &Matching {
        side.of(self.matchings.each_ref()).of(kind)
    }
}

/// An item of the result, by its positions in the three versions.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) base: Option<usize>,
    pub(super) ours: Option<usize>,
    pub(super) theirs: Option<usize>,
    /// Its id in the result.
    pub(super) id: String,
    /// The id in theirs, where the result could not use it: it belongs to another item, or ours chose another
    /// id.
    pub(super) refused: Option<String>,
    /// Whether it is in the result.
    pub(super) stays: bool,
    /// The side that deleted it, if it stays nevertheless.
    pub(super) deleted: Option<Side>,
}

impl Slot {
    /// Returns its position in a side.
    pub(super) fn of(&self, side: Side) -> Option<usize> {
        side.of([self.ours, self.theirs])
    }

    /// Returns the one side that has it, if only one does.
    pub(super) const fn only(&self) -> Option<Side> {
        match (self.ours, self.theirs) {
            (Some(_), None) => Some(Side::Ours),
            (None, Some(_)) => Some(Side::Theirs),
            (Some(_), Some(_)) | (None, None) => None,
        }
    }

    /// Returns the side that deleted it, if only the other side has it.
    pub(super) fn deleter(&self) -> Option<Side> {
        self.base?;
        self.only().map(Side::other)
    }
}

/// The items of one kind: those of ours in order, then those that only theirs has.
#[derive(Debug, Default)]
pub(super) struct Roster {
    pub(super) slots: Vec<Slot>,
    of_base: Vec<Option<usize>>,
    of_theirs: Vec<Option<usize>>,
}

impl Roster {
    /// Pairs the items and gives each its id. Items that both sides added under one id are the same if
    /// `equal` returns true for their positions.
    pub(super) fn new<T: Item>(versions: &Versions3<'_>, equal: impl Fn(usize, usize) -> bool) -> Self {
        let (to_ours, to_theirs) =
            (versions.matching(Side::Ours, T::KIND), versions.matching(Side::Theirs, T::KIND));
        let (base, ours, theirs) = (T::list(versions.base), T::list(versions.ours), T::list(versions.theirs));
        let added: HashMap<&T::Id, usize> = theirs
            .iter()
            .enumerate()
            .filter(|(at, _)| to_theirs.before(*at).is_none())
            .map(|(at, item)| (item.id(), at))
            .collect();
        let mut roster = Self {
            slots: Vec::with_capacity(ours.len()),
            of_base: vec![None; base.len()],
            of_theirs: vec![None; theirs.len()],
        };
        for (at, item) in ours.iter().enumerate() {
            let before = to_ours.before(at);
            let there = match before {
                Some(before) => to_theirs.after(before),
                None => added.get(item.id()).copied().filter(|there| equal(at, *there)),
            };
            roster.push(before, Some(at), there, item.id().as_ref());
        }
        for (at, item) in theirs.iter().enumerate() {
            if roster.of_theirs(at).is_none() {
                roster.push(to_theirs.before(at), None, Some(at), item.id().as_ref());
            }
        }
        roster.name(base, theirs);
        roster
    }

    fn push(&mut self, base: Option<usize>, ours: Option<usize>, theirs: Option<usize>, id: &str) {
        let at = self.slots.len();
        if let Some(slot) = base.and_then(|base| self.of_base.get_mut(base)) {
            *slot = Some(at);
        }
        if let Some(slot) = theirs.and_then(|theirs| self.of_theirs.get_mut(theirs)) {
            *slot = Some(at);
        }
        let id = id.to_owned();
        self.slots.push(Slot { base, ours, theirs, id, refused: None, stays: true, deleted: None });
    }

    /// Gives every slot a unique id in the result.
    fn name<T: Item>(&mut self, base: &[T], theirs: &[T]) {
        let mut taken: HashSet<String> =
            self.slots.iter().filter(|s| s.ours.is_some()).map(|s| s.id.clone()).collect();
        // Several slots may want an id of theirs; a slot with an id of ours keeps it.
        let wanted: HashSet<&str> = theirs.iter().map(|item| item.id().as_ref()).collect();
        for slot in &mut self.slots {
            let id = |list: &[T], at: Option<usize>| Some(list.get(at?)?.id().to_string());
            let Some(new) = id(theirs, slot.theirs) else { continue };
            if slot.ours.is_none() {
                if !taken.insert(new.clone()) {
                    slot.id = free(&new, |id| taken.contains(id) || wanted.contains(id));
                    taken.insert(slot.id.clone());
                    slot.refused = Some(new);
                }
                continue;
            }
            let old = id(base, slot.base);
            if new == slot.id || old.as_ref() == Some(&new) {
                continue;
            }
            if old.as_ref() == Some(&slot.id) && taken.insert(new.clone()) {
                slot.id = new;
            } else {
                slot.refused = Some(new);
            }
        }
    }

    pub(super) fn of_base(&self, at: usize) -> Option<usize> {
        self.of_base.get(at).copied().flatten()
    }

    pub(super) fn of_theirs(&self, at: usize) -> Option<usize> {
        self.of_theirs.get(at).copied().flatten()
    }

    /// Returns the slots of theirs, in their order.
    pub(super) fn of_theirs_in_order(&self) -> impl Iterator<Item = usize> {
        self.of_theirs.iter().copied().flatten()
    }

    /// Returns the slot of the item at a position of a side.
    pub(super) fn of(&self, side: Side, at: usize) -> Option<usize> {
        match side {
            Side::Ours => Some(at),
            Side::Theirs => self.of_theirs(at),
        }
    }
}
