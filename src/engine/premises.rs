//! Which items count: by their own status and date, and by those of their premises.
//!
//! An item rests on the items that it names in `rests_on`, directly, and on theirs in turn. Until it is mended, a circle
//! drops nothing, and a premise that is not there drops nothing either.

use std::collections::HashMap;

use crate::scenario::{Date, Day, Evidence, Scenario};

/// Flags, by position in the scenario, the items that count: those not withdrawn, known on the day (undated, or dated
/// by a last possible day not after it), let through by the filter, and resting on no item that does not count.
#[must_use]
pub fn counting(scenario: &Scenario, as_of: Option<Day>, passes: impl Fn(&Evidence) -> bool) -> Vec<bool> {
    listed(scenario, as_of, |item| !item.is_withdrawn() && passes(item))
}

/// Like [`counting`], as if no item were withdrawn.
#[must_use]
pub fn listed(scenario: &Scenario, as_of: Option<Day>, passes: impl Fn(&Evidence) -> bool) -> Vec<bool> {
    let is_known =
        |item: &Evidence| as_of.is_none_or(|as_of| item.date.is_none_or(|date| date.last_day() <= as_of));
    let mut has_premises = false;
    let counts = scenario.evidence.iter().map(|item| {
        has_premises |= !item.premises().is_empty();
        is_known(item) && passes(item)
    });
    let mut counts: Vec<bool> = counts.collect();
    if has_premises {
        Premises::new(scenario).close(&mut counts);
    }
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
        if evidence.iter().all(|item| item.premises().is_empty()) {
            return Self::default();
        }
        let positions: HashMap<&str, usize> =
            evidence.iter().enumerate().map(|(at, item)| (item.id.as_str(), at)).collect();
        let known = |id: &String| positions.get(id.as_str()).copied();
        let named: Vec<Vec<usize>> =
            evidence.iter().map(|item| item.premises().iter().filter_map(known).collect()).collect();
        let mut waiting: Vec<usize> = named.iter().map(Vec::len).collect();
        let mut dependents: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, premises) in named.iter().enumerate() {
            premises.iter().for_each(|premise| dependents.entry(*premise).or_default().push(at));
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
            let all = named.get(at).into_iter().flatten().copied();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::fixture::Fixture;
    use crate::engine::{Matrix, timeline};
    use crate::scenario::Method;

    /// Items e0 to e4 of one hypothesis, with these premises.
    fn resting(premises: [&[&str]; 5]) -> Scenario {
        premises.iter().fold(Fixture::of(1), |fixture, ids| fixture.item("C").rests_on(ids)).scenario()
    }

    fn without(scenario: &Scenario, item: usize) -> Vec<usize> {
        let mut scenario = scenario.clone();
        scenario.evidence[item].status = Some(crate::scenario::EvidenceStatus::Withdrawn);
        Matrix::new(&scenario, None).items().to_vec()
    }

    #[test]
    fn what_rests_on_a_withdrawn_item_does_not_count() {
        let scenario = resting([&[], &["e0"], &["e3", "e1"], &[], &["e1", "gone"]]);
        assert_eq!(without(&scenario, 0), [3]);
        assert_eq!(without(&scenario, 3), [0, 1, 4]);
        assert_eq!(without(&scenario, 2), [0, 1, 3, 4]);
        let matrix = Matrix::new(&scenario, None);
        assert_eq!(matrix.with_dependents(&[1]), [1, 2, 4]);
        assert_eq!((0..5).filter(|row| matrix.is_premise(*row)).collect::<Vec<_>>(), [0, 1, 3]);
    }

    #[test]
    fn a_circle_drops_nothing_until_it_is_mended() {
        let scenario = resting([&["e1"], &["e0"], &["e2"], &[], &["e3"]]);
        assert_eq!(without(&scenario, 0), [1, 2, 3, 4]);
        assert_eq!(without(&scenario, 3), [0, 1, 2]);
    }

    #[test]
    fn an_item_counts_from_the_day_of_its_latest_premise() {
        let mut scenario = resting([&[], &["e0"], &["e1"], &[], &["e3"]]);
        for (item, date) in scenario.evidence.iter_mut().zip(["2025-03-01", "", "2025-01-01", "2025-02", ""])
        {
            item.date = Date::parse(date);
        }
        let known = |day: &str| Matrix::new(&scenario, Day::parse(day)).items().to_vec();
        assert_eq!(known("2025-01-31"), [0_usize; 0]);
        assert_eq!(known("2025-02-28"), [3, 4]);
        assert_eq!(known("2025-03-01"), [0, 1, 2, 3, 4]);
        let steps = timeline(&scenario, &Matrix::new(&scenario, None), Method::Net);
        let scores: Vec<_> = steps.iter().map(|step| (step.added.clone(), step.ranking.scores[0])).collect();
        assert_eq!(scores, [(vec![2], None), (vec![3], Some(2.0)), (vec![0], Some(5.0))]);
    }
}
