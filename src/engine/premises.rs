//! Which items count: by their own status and date, and by those of their premises.
//!
//! An item rests on the items that it names in `rests_on`, directly, and on theirs in turn. Until it is mended, a circle
//! drops nothing, and a premise that is not there drops nothing either.

use std::collections::HashMap;

use super::facts::{is_withdrawn, rests_on};
use crate::scenario::{Date, Day, Evidence, Scenario};

/// Flags, by position in the scenario, the items that count: those not withdrawn, known on the day (undated, or dated
/// by a last possible day not after it), let through by the filter, and resting on no item that does not count.
#[must_use]
pub fn counting(scenario: &Scenario, as_of: Option<Day>, passes: impl Fn(&Evidence) -> bool) -> Vec<bool> {
    let is_known =
        |item: &Evidence| as_of.is_none_or(|as_of| item.date.is_none_or(|date| date.last_day() <= as_of));
    let counts = |item: &Evidence| !is_withdrawn(item) && is_known(item) && passes(item);
    let mut counts: Vec<bool> = scenario.evidence.iter().map(counts).collect();
    Premises::new(scenario).close(&mut counts);
    counts
}

/// The items of a scenario that rest on others.
#[derive(Clone, Debug, Default)]
pub(super) struct Premises {
    /// Items that rest on others with the positions of these, each after all of its own premises.
    resting: Vec<(usize, Vec<usize>)>,
}

impl Premises {
    /// Reads the premises of all items.
    pub(super) fn new(scenario: &Scenario) -> Self {
        let evidence = &scenario.evidence;
        if evidence.iter().all(|item| rests_on(item).is_empty()) {
            return Self::default();
        }
        let positions: HashMap<&str, usize> =
            evidence.iter().enumerate().map(|(at, item)| (item.id.as_str(), at)).collect();
        let named = |item| rests_on(item).iter().filter_map(|id| positions.get(id.as_str()).copied());
        let mut waiting: Vec<usize> = evidence.iter().map(|item| named(item).count()).collect();
        let mut dependents: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, item) in evidence.iter().enumerate() {
            named(item).for_each(|premise| dependents.entry(premise).or_default().push(at));
        }
        // Takes up each item after the last of its premises (Kahn 1962); circles, and what rests on them, are left.
        let mut ready: Vec<usize> =
            waiting.iter().enumerate().filter(|(_, left)| **left == 0).map(|(at, _)| at).collect();
        let mut next = 0;
        while let Some(premise) = ready.get(next).copied() {
            next += 1;
            for dependent in dependents.get(&premise).into_iter().flatten() {
                if let Some(left) = waiting.get_mut(*dependent) {
                    *left -= 1;
                    if *left == 0 {
                        ready.push(*dependent);
                    }
                }
            }
        }
        ready.extend(waiting.iter().enumerate().filter(|(_, left)| **left > 0).map(|(at, _)| at));
        let is_left = |at: usize| waiting.get(at).is_some_and(|left| *left > 0);
        let premises = |at: usize| {
            let all = evidence.get(at).into_iter().flat_map(named);
            all.filter(|premise| !(is_left(at) && is_left(*premise))).collect::<Vec<_>>()
        };
        let resting = ready.into_iter().map(|at| (at, premises(at)));
        Self { resting: resting.filter(|(_, premises)| !premises.is_empty()).collect() }
    }

    /// Takes out the items of which a premise does not count. Flags are by position in the scenario.
    pub(super) fn close(&self, counts: &mut [bool]) {
        for (item, premises) in &self.resting {
            let stands = premises.iter().all(|premise| counts.get(*premise).copied().unwrap_or(true));
            if let Some(counts) = counts.get_mut(*item) {
                *counts &= stands;
            }
        }
    }

    /// The day from which each item counts: the last day of its own date or of its premises', whichever is later.
    /// `None` for one that counts from the start. By position in the scenario.
    pub(super) fn days(&self, scenario: &Scenario) -> Vec<Option<Day>> {
        let mut days: Vec<Option<Day>> =
            scenario.evidence.iter().map(|item| item.date.map(Date::last_day)).collect();
        for (item, premises) in &self.resting {
            let latest = premises.iter().filter_map(|premise| days.get(*premise).copied().flatten()).max();
            if let Some(day) = days.get_mut(*item) {
                *day = (*day).max(latest);
            }
        }
        days
    }

    /// Items with the items that rest on them directly.
    pub(super) fn dependents(&self) -> impl Iterator<Item = (usize, usize)> {
        self.resting.iter().flat_map(|(item, premises)| premises.iter().map(move |premise| (*premise, *item)))
    }
}
