//! Ranks from the laws of the scores, without chance.
//!
//! The lattice is walked from the best score to the worst. At each point every hypothesis is better, equal or worse
//! with a known probability, independently of the others; so the rank of the one that stands there follows.

use rayon::prelude::*;

use super::Shares;
use super::law::{Extent, Law, Sum};
use super::outcome::Cells;
use super::place::{Places, Rival};
use super::square::Square;
use crate::engine::score::Score;

/// Steps of arithmetic that the exact way may take: about a second on one processor.
const BUDGET: u64 = 2_000_000_000;

/// Numbers that tables of laws may have altogether: 400 MB of them.
const MOST_TABLED: u64 = 50_000_000;

/// The laws of scores and the points they can lie on.
struct Race {
    /// Number of hypotheses.
    count: usize,
    /// Number of possible b.
    width: usize,
    /// Probabilities of each possible a by hypothesis; and of b. Of the two the product counts.
    a: Vec<Vec<f64>>,
    b: Vec<Vec<f64>>,
    /// With groups, by possible a, then by possible b, then by hypothesis, the probability of the pair.
    table: Option<Vec<f64>>,
    /// Every score, best first.
    points: Vec<Point>,
    /// By hypothesis, the number of points that it may lie on.
    support: Vec<usize>,
}

/// A point of the lattice.
#[derive(Clone, Copy)]
struct Point {
    key: f64,
    /// Positions in [`Race::a`] and [`Race::b`].
    a: u32,
    b: u32,
}

/// Progress of one hypothesis on the way down the lattice.
#[derive(Clone, Copy)]
struct Passed {
    /// Probability that its score is above the point.
    above: f64,
    /// Points to come that it may lie on.
    ahead: usize,
}

/// Figures of one hypothesis.
struct Figures {
    ranks: Vec<f64>,
    ahead: Vec<f64>,
    alone: f64,
    level: f64,
}

/// Computes how often each hypothesis, given by its cells, takes each rank and is ahead of each other; `None` where that
/// would take too long.
pub(super) fn shares(cells: &[Vec<Cells<Score>>]) -> Option<Shares> {
    let hypotheses = cells.len();
    let extents = cells.iter().map(|cells| Extent::of(cells));
    let extent = extents.reduce(Extent::or);
    if hypotheses > 1 && extent.is_some_and(|extent| !is_feasible(cells, extent)) {
        return None;
    }
    let Some(extent) = extent.filter(|_| hypotheses > 1) else {
        // A race of one, or of none.
        let only = |figure: f64| Square::of((0..hypotheses).map(|_| vec![figure]));
        let (alone, level) = (vec![1.0; hypotheses], vec![0.0; hypotheses]);
        return Some(Shares { acceptability: only(1.0), pairwise: only(0.5), alone, level });
    };
    let laws: Vec<Law> = cells.par_iter().map(|cells| Law::of(cells)).collect();
    let race = Race::new(&laws, extent);
    let figures: Vec<Figures> = (0..hypotheses).into_par_iter().map(|at| race.run(at)).collect();
    let (alone, level) = figures.iter().map(|figures| (figures.alone, figures.level)).unzip();
    let (ranks, ahead): (Vec<_>, Vec<_>) =
        figures.into_iter().map(|figures| (figures.ranks, figures.ahead)).unzip();
    let (acceptability, pairwise) = (Square::of(ranks.into_iter()), Square::of(ahead.into_iter()));
    Some(Shares { acceptability, pairwise, alone, level })
}

/// Whether the steps that it takes, roughly, are within budget: a convolution for each cell, of a whole table for a
/// group that moves both integers, and at each point the ranks of each hypothesis, of which the states are pairs of
/// numbers of rivals, met one after the other.
fn is_feasible(cells: &[Vec<Cells<Score>>], extent: Extent) -> bool {
    let (a, b) = extent.sides();
    let points = a.saturating_mul(b);
    let hypotheses = cells.len() as u64;
    let all = || cells.iter().flatten();
    let alone: u64 = all().map(|cells| u64::from(cells.count)).sum();
    let tabled: u64 = all().filter(|cells| cells.moves_both()).map(|cells| cells.outcomes.len() as u64).sum();
    let ranks = points.saturating_mul(hypotheses.saturating_pow(4));
    let steps =
        ranks.saturating_add(alone.saturating_mul(a + b)).saturating_add(points.saturating_mul(tabled));
    steps <= BUDGET && (tabled == 0 || points.saturating_mul(2 * hypotheses) <= MOST_TABLED)
}

impl Race {
    fn new(laws: &[Law], extent: Extent) -> Self {
        let side = |(least, most): (i64, i64), reaches: fn(&Law, i64) -> bool| {
            (least..=most).filter(|value| laws.iter().any(|law| reaches(law, *value))).collect::<Vec<_>>()
        };
        let (a_values, b_values) = (side(extent.a, Law::reaches_a), side(extent.b, Law::reaches_b));
        let independent: Option<Vec<(&Sum, &Sum)>> = laws.iter().map(Law::independent).collect();
        let sums = || independent.iter().flatten();
        let a = a_values.iter().map(|value| sums().map(|(a, _)| a.chance(*value)).collect()).collect();
        let b = b_values.iter().map(|value| sums().map(|(_, b)| b.chance(*value)).collect()).collect();
        let pairs = || a_values.iter().flat_map(|a| b_values.iter().map(move |b| (*a, *b)));
        let of_pair = |pair| laws.iter().map(move |law| law.chance(pair));
        let table = independent.is_none().then(|| pairs().flat_map(of_pair).collect());
        let mut points = Vec::with_capacity(a_values.len() * b_values.len());
        for (at_a, value_a) in (0..).zip(&a_values) {
            for (at_b, value_b) in (0..).zip(&b_values) {
                points.push(Point { key: Score::new(*value_a, *value_b).key(), a: at_a, b: at_b });
            }
        }
        points.par_sort_unstable_by(|x, y| y.key.total_cmp(&x.key));
        let (count, width) = (laws.len(), b_values.len());
        let mut race = Self { count, width, a, b, table, points, support: vec![0; count] };
        let (mut support, mut chances) = (vec![0; count], vec![0.0; count]);
        for point in &race.points {
            race.write_chances(*point, &mut chances);
            for (support, chance) in support.iter_mut().zip(&chances) {
                *support += usize::from(*chance > 0.0);
            }
        }
        race.support = support;
        race
    }

    /// Writes how probable it is that each hypothesis lies on a point.
    fn write_chances(&self, point: Point, into: &mut [f64]) {
        let (at_a, at_b) = (point.a as usize, point.b as usize);
        match (&self.table, self.a.get(at_a), self.b.get(at_b)) {
            (Some(table), _, _) => {
                let start = (at_a * self.width + at_b) * self.count;
                let chances = table.get(start..start + self.count).unwrap_or_default();
                into.iter_mut().zip(chances).for_each(|(into, chance)| *into = *chance);
            }
            (None, Some(a), Some(b)) => {
                for (chance, (a, b)) in into.iter_mut().zip(a.iter().zip(b)) {
                    *chance = a * b;
                }
            }
            (None, _, _) => into.fill(0.0),
        }
    }

    /// Computes how often one hypothesis takes each rank and is ahead of each other, ties counting half.
    fn run(&self, hypothesis: usize) -> Figures {
        let passed = |ahead: &usize| Passed { above: 0.0, ahead: *ahead };
        let mut passed: Vec<Passed> = self.support.iter().map(passed).collect();
        let (mut ranks, mut ahead) = (vec![0.0; self.count], vec![0.0; self.count]);
        let (mut alone, mut level) = (0.0, 0.0);
        let (mut rivals, mut places) = (Vec::with_capacity(self.count), Places::default());
        let mut chances = vec![0.0; self.count];
        for point in &self.points {
            self.write_chances(*point, &mut chances);
            let chance = chances.get(hypothesis).copied().unwrap_or_default();
            if chance > 0.0 {
                rivals.clear();
                let (mut all_worse, mut none_better) = (chance, chance);
                for (at, ((equal, passed), ahead)) in chances.iter().zip(&passed).zip(&mut ahead).enumerate()
                {
                    if at == hypothesis {
                        *ahead += chance / 2.0;
                        continue;
                    }
                    let rival = passed.rival(*equal);
                    *ahead += chance * (rival.worse + rival.equal / 2.0);
                    all_worse *= rival.worse;
                    none_better *= rival.worse + rival.equal;
                    rivals.push(rival);
                }
                alone += all_worse;
                level += none_better - all_worse;
                places.share(chance, &rivals, &mut ranks);
            }
            for (chance, passed) in chances.iter().zip(&mut passed) {
                passed.pass(*chance);
            }
        }
        // Sums of so many floats may end a hair above certainty.
        let figures = ranks.iter_mut().chain(&mut ahead).chain([&mut alone, &mut level]);
        figures.for_each(|share| *share = share.clamp(0.0, 1.0));
        Figures { ranks, ahead, alone, level }
    }
}

impl Passed {
    /// Compares the hypothesis with a score at a point that it lies on with this probability.
    fn rival(self, equal: f64) -> Rival {
        let last = usize::from(equal > 0.0);
        let worse = if self.ahead <= last { 0.0 } else { (1.0 - self.above - equal).max(0.0) };
        Rival { better: self.above, equal, worse }
    }

    fn pass(&mut self, chance: f64) {
        if chance > 0.0 {
            self.above += chance;
            self.ahead -= 1;
            if self.ahead == 0 {
                // Nothing is left but what adding floats has lost.
                self.above = 1.0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Weight;

    #[test]
    fn what_would_take_too_long_is_not_begun() {
        let cells = |count| Cells {
            count,
            outcomes: vec![(Score::ZERO, 0.5), (Score::weighed(Weight::ONE, -1), 0.5)],
        };
        let race = |hypotheses: usize, count| shares(&vec![vec![cells(count)]; hypotheses]).is_some();
        // Few scores each, but many hypotheses; two hypotheses, but many cells; one needs no race.
        assert!(!race(200, 1));
        assert!(!race(2, 1_000_000));
        assert!(race(1, 1_000_000) && race(2, 100) && race(0, 0));
    }
}
