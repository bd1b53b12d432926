//! Estimates: what each person thinks, made coherent, and the mean of those that count.
//!
//! What has been shown to help: people state probabilities, these are made coherent, then averaged (Mandel, Karvetski &
//! Dhami 2018; Karvetski, Mandel & Irwin 2020).

use super::coherence::coherent;
use super::matrix::Matrix;
use crate::scenario::{Date, Day, Estimate, Hypothesis, Scenario};

/// Distance up to which two probabilities are level.
const LEVEL: f64 = 1e-9;

/// Probabilities by the position of the hypothesis, ascending.
pub type Shares = Vec<(usize, f64)>;

/// The figures of one estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct EstimateFigures {
    /// Its position in the scenario.
    pub at: usize,
    /// The probabilities as stated.
    pub stated: Shares,
    /// Their sum.
    pub sum: f64,
    /// The nearest that are coherent, of the same hypotheses.
    pub coherent: Shares,
    /// The Euclidean distance between the two.
    pub incoherence: f64,
    /// The part that goes to no hypothesis named; 0 if it is complete.
    pub rest: f64,
    /// Active hypotheses that it does not name.
    pub missing: Vec<usize>,
    /// Whether it is the one that stands of its person.
    pub is_latest: bool,
}

/// A change of one person's mind, from the first estimate to the one that stands.
#[derive(Clone, Debug, PartialEq)]
pub struct MindShift {
    /// The first estimate: its position in [`Estimates::all`].
    pub first: usize,
    /// The one that stands.
    pub last: usize,
    /// The hypotheses that the last gives most.
    pub highest: Vec<usize>,
    /// By how much the first of them rose.
    pub rise: f64,
    /// Whether the first gave the same ones most.
    pub same_highest: bool,
    /// Positions of the items that came between; `None` where a date is missing.
    pub items_between: Option<Vec<usize>>,
}

/// The mean of the estimates that count.
#[derive(Clone, Debug, PartialEq)]
pub struct MeanEstimate {
    /// The people whose estimate counts.
    pub people: usize,
    /// The arithmetic mean; it adds up to 1.
    pub mean: Shares,
    /// The least.
    pub low: Shares,
    /// The greatest.
    pub high: Shares,
    /// The hypotheses with the greatest mean.
    pub highest: Vec<usize>,
}

/// The probabilities that people state, made coherent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Estimates {
    /// The estimates known by the day, in the order of the scenario.
    pub all: Vec<EstimateFigures>,
}

impl EstimateFigures {
    pub(super) fn new(scenario: &Scenario, at: usize, estimate: &Estimate) -> Self {
        let stated: Shares =
            estimate.stated().map(|(hypothesis, probability)| (hypothesis, probability.get())).collect();
        let is_named = |at: usize| stated.binary_search_by_key(&at, |(named, _)| *named).is_ok();
        let active = scenario.hypotheses.iter().enumerate().filter(|(_, h)| h.is_active());
        let missing: Vec<usize> = active.map(|(at, _)| at).filter(|at| !is_named(*at)).collect();
        let values: Vec<f64> = stated.iter().map(|(_, value)| *value).collect();
        let projected = coherent(&values, missing.is_empty());
        let moved: f64 = values.iter().zip(&projected).map(|(v, p)| (v - p) * (v - p)).sum();
        let is_closed = missing.is_empty() && !stated.is_empty();
        let rest = if is_closed { 0.0 } else { (1.0 - projected.iter().sum::<f64>()).max(0.0) };
        let coherent = stated.iter().zip(projected).map(|((at, _), p)| (*at, p)).collect();
        let sum = values.iter().sum();
        Self { at, stated, sum, coherent, incoherence: moved.sqrt(), rest, missing, is_latest: false }
    }

    /// Whether it names every active hypothesis.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }

    /// Whether it goes into the mean.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.is_latest && self.is_complete() && !self.stated.is_empty()
    }

    /// The hypotheses whose probability became 0.
    #[must_use]
    pub fn zeroed(&self) -> Vec<usize> {
        self.moved(|stated, coherent| stated > LEVEL && coherent <= LEVEL)
    }

    /// The hypotheses whose probability was stated as 0 and became more.
    #[must_use]
    pub fn lifted(&self) -> Vec<usize> {
        self.moved(|stated, coherent| stated <= LEVEL && coherent > LEVEL)
    }

    fn moved(&self, is_moved: impl Fn(f64, f64) -> bool) -> Vec<usize> {
        let pairs = self.stated.iter().zip(&self.coherent);
        pairs.filter(|((_, stated), (_, share))| is_moved(*stated, *share)).map(|((at, _), _)| *at).collect()
    }

    /// The coherent probability of a hypothesis, 0 where none is stated.
    #[must_use]
    pub fn share(&self, hypothesis: usize) -> f64 {
        share(&self.coherent, hypothesis)
    }
}

/// The probability of a hypothesis, 0 where there is none.
pub(super) fn share(shares: &[(usize, f64)], hypothesis: usize) -> f64 {
    let at = shares.binary_search_by_key(&hypothesis, |(at, _)| *at).ok();
    at.and_then(|at| shares.get(at)).map_or(0.0, |(_, share)| *share)
}

/// The hypotheses with the greatest share, level ones together.
fn highest(shares: &[(usize, f64)]) -> Vec<usize> {
    let most = shares.iter().map(|(_, share)| *share).fold(f64::NEG_INFINITY, f64::max);
    shares.iter().filter(|(_, share)| most - share <= LEVEL).map(|(at, _)| *at).collect()
}

impl Estimates {
    /// The estimates of a scenario that are dated up to a day, or not at all; all without a day.
    #[must_use]
    pub fn new(scenario: &Scenario, until: Option<Day>) -> Self {
        let is_known = |estimate: &Estimate| is_known(estimate.date, until);
        let known = scenario.estimates.iter().enumerate().filter(|(_, estimate)| is_known(estimate));
        let figures = known.map(|(at, estimate)| EstimateFigures::new(scenario, at, estimate));
        let mut found = Self { all: figures.collect() };
        for (_, estimates) in found.people(scenario) {
            if let Some(figures) = estimates.last().and_then(|latest| found.all.get_mut(*latest)) {
                figures.is_latest = true;
            }
        }
        found
    }

    /// The people, by the positions of their estimates in [`Self::all`] from the first to the one that stands, in the
    /// order of appearance.
    #[must_use]
    pub fn people<'s>(&self, scenario: &'s Scenario) -> Vec<(&'s str, Vec<usize>)> {
        let mut at: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
        let mut people: Vec<(&str, Vec<usize>)> = Vec::new();
        for (position, figures) in self.all.iter().enumerate() {
            let Some(estimate) = scenario.estimates.get(figures.at) else { continue };
            let own = *at.entry(estimate.by.as_str()).or_insert(people.len());
            match people.get_mut(own) {
                Some((_, list)) => list.push(position),
                None => people.push((&estimate.by, vec![position])),
            }
        }
        for (_, list) in &mut people {
            list.sort_by_key(|position| (self.date(scenario, *position).map(Date::last_day), *position));
        }
        people
    }

    fn date(&self, scenario: &Scenario, position: usize) -> Option<Date> {
        scenario.estimates.get(self.all.get(position)?.at)?.date
    }

    /// The mean of those that count; `None` if none does.
    #[must_use]
    pub fn mean(&self) -> Option<MeanEstimate> {
        mean(self.all.iter().filter(|figures| figures.counts()))
    }

    /// The changes of mind of people whose first and standing estimates are two and both complete, in the order of
    /// appearance.
    #[must_use]
    pub fn shifts(&self, scenario: &Scenario, matrix: &Matrix) -> Vec<MindShift> {
        let shift = |(_, list): (&str, Vec<usize>)| {
            let (first, last) = (*list.first()?, *list.last()?);
            let (before, after) = (self.all.get(first)?, self.all.get(last)?);
            let are_whole = [before, after].iter().all(|e| e.is_complete() && !e.stated.is_empty());
            if first == last || !are_whole {
                return None;
            }
            let highest_now = highest(&after.coherent);
            let leading = *highest_now.first()?;
            let dates = self.date(scenario, first).zip(self.date(scenario, last));
            let between = |(from, to): (Date, Date)| {
                let is_between = |day: Day| from.last_day() < day && day <= to.last_day();
                dated(scenario, matrix, is_between)
            };
            Some(MindShift {
                first,
                last,
                rise: after.share(leading) - before.share(leading),
                same_highest: highest(&before.coherent) == highest_now,
                highest: highest_now,
                items_between: dates.map(between),
            })
        };
        self.people(scenario).into_iter().filter_map(shift).collect()
    }

    /// The items that count and are dated after an estimate; `None` if it has no date. `position` is that of
    /// [`Self::all`].
    #[must_use]
    pub fn since(&self, scenario: &Scenario, matrix: &Matrix, position: usize) -> Option<Vec<usize>> {
        let day = self.date(scenario, position)?.last_day();
        Some(dated(scenario, matrix, |other| other > day))
    }
}

/// Whether something of this date is known on a day.
pub(super) fn is_known(date: Option<Date>, until: Option<Day>) -> bool {
    date.zip(until).is_none_or(|(date, until)| date.last_day() <= until)
}

/// Positions of the items that count and whose day passes.
fn dated(scenario: &Scenario, matrix: &Matrix, passes: impl Fn(Day) -> bool) -> Vec<usize> {
    let day = |at: usize| scenario.evidence.get(at).and_then(|item| item.date).map(Date::last_day);
    matrix.items().iter().copied().filter(|at| day(*at).is_some_and(&passes)).collect()
}

/// The mean of these estimates, over every hypothesis that one of them names.
pub(super) fn mean<'e>(estimates: impl Iterator<Item = &'e EstimateFigures> + Clone) -> Option<MeanEstimate> {
    let people = estimates.clone().count();
    let mut named: Vec<usize> =
        estimates.clone().flat_map(|e| e.coherent.iter().map(|(at, _)| *at)).collect();
    named.sort_unstable();
    named.dedup();
    if people == 0 {
        return None;
    }
    let over = |figure: &dyn Fn(usize) -> f64| named.iter().map(|at| (*at, figure(*at))).collect::<Shares>();
    let shares = |at: usize| estimates.clone().map(move |estimate| estimate.share(at));
    let mean = over(&|at| shares(at).sum::<f64>() / people as f64);
    let highest = highest(&mean);
    let low = over(&|at| shares(at).fold(f64::INFINITY, f64::min));
    let high = over(&|at| shares(at).fold(0.0, f64::max));
    Some(MeanEstimate { people, mean, low, high, highest })
}

/// The families of two or more active hypotheses, in the order of their first: name, positions of the members, and the
/// sum of their shares.
#[must_use]
pub fn family_shares<'s>(scenario: &'s Scenario, shares: &[(usize, f64)]) -> Vec<(&'s str, Vec<usize>, f64)> {
    let mut families: Vec<(&str, Vec<usize>, f64)> = Vec::new();
    let active = |(_, hypothesis): &(usize, &Hypothesis)| hypothesis.is_active();
    for (at, hypothesis) in scenario.hypotheses.iter().enumerate().filter(active) {
        let Some(name) = hypothesis.family.as_deref() else { continue };
        let own = share(shares, at);
        match families.iter_mut().find(|(known, ..)| *known == name) {
            Some((_, members, sum)) => {
                members.push(at);
                *sum += own;
            }
            None => families.push((name, vec![at], own)),
        }
    }
    families.retain(|(_, members, _)| members.len() > 1);
    families
}
