//! Order: where each item stands after a merge.
//!
//! The order is that of ours. Into it come the moves that theirs made of what ours did not move, and then, each after
//! the one before it in theirs, the items that only theirs has; where both sides put new items in one place, ours come
//! first.

use super::super::diff::order::{Chain, movers};
use super::items::{Roster, Slot};

/// The slots that stay, in order.
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

/// Moves what theirs moved and ours did not.
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

/// Which slots a side moved, of these in its order: the fewest that explain it.
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

/// Puts in what only theirs has.
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
