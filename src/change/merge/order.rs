//! Order: the place of each item after a merge.
//!
//! The order starts as that of ours. Moves that theirs made are applied to items that ours did not move. Then
//! the items that only theirs has are inserted, each after its predecessor in theirs; where both sides added
//! items at the same place, those of ours come first.

use super::super::diff::order::{Chain, movers};
use super::items::{Roster, Slot};

/// Returns the slots that stay, in order.
pub(super) fn order(roster: &Roster) -> Vec<usize> {
    let slots = &roster.slots;
    let mut chain = Chain::ascending(slots.len());
    for (at, slot) in slots.iter().enumerate() {
        if !slot.stays || slot.ours.is_none() {
            chain.take(at);
        }
    }
    let there: Vec<usize> = roster.of_theirs_in_order().filter(|at| stays(slots, *at)).collect();
    moves(slots, &there, &mut chain);
    additions(slots, &there, &mut chain);
    let next = |at: &usize| chain.after(Some(*at));
    std::iter::successors(chain.after(None), next).collect()
}

fn stays(slots: &[Slot], at: usize) -> bool {
    slots.get(at).is_some_and(|slot| slot.stays)
}

/// Applies the moves that theirs made and ours did not.
fn moves(slots: &[Slot], there: &[usize], chain: &mut Chain) {
    let here: Vec<usize> = (0..slots.len()).filter(|at| stays(slots, *at)).collect();
    let (moved_here, moved_there) = (moved(slots, &here), moved(slots, there));
    let mut previous = None;
    for at in there.iter().copied().filter(|at| slots.get(*at).is_some_and(|slot| slot.ours.is_some())) {
        let is_set = |set: &[bool]| set.get(at).copied().unwrap_or_default();
        if is_set(&moved_there) && !is_set(&moved_here) {
            chain.take(at);
            chain.put(at, previous);
        }
        previous = Some(at);
    }
}

/// Returns which of these slots a side moved: as few as possible.
fn moved(slots: &[Slot], order: &[usize]) -> Vec<bool> {
    let in_all = |at: &usize| {
        let slot = slots.get(*at)?;
        Some((*at, slot.base?)).filter(|_| slot.ours.is_some() && slot.theirs.is_some())
    };
    let (common, before): (Vec<usize>, Vec<usize>) = order.iter().filter_map(in_all).unzip();
    let mut moved = vec![false; slots.len()];
    for (at, moves) in common.into_iter().zip(movers(&before)) {
        if let Some(moved) = moved.get_mut(at) {
            *moved = moves;
        }
    }
    moved
}

/// Inserts the items that only theirs has.
fn additions(slots: &[Slot], there: &[usize], chain: &mut Chain) {
    let only_ours = |at: usize| slots.get(at).is_some_and(|slot| slot.theirs.is_none());
    let mut previous = None;
    for at in there.iter().copied() {
        if slots.get(at).is_some_and(|slot| slot.ours.is_none()) {
            let mut place = previous;
            while let Some(next) = chain.after(place).filter(|next| only_ours(*next)) {
                place = Some(next);
            }
            chain.put(at, place);
        }
        previous = Some(at);
    }
}
