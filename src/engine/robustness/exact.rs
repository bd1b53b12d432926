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

/// The laws of scores and the points they can lie on.
struct Race {
    /// A column for each hypothesis.
    laws: Vec<Law>,
    /// Probabilities of each possible a by hypothesis; and of b.
    a: Vec<Vec<f64>>,
    b: Vec<Vec<f64>>,
    /// Every score, best first.
    points: Vec<Point>,
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

/// Computes how often each hypothesis, given by its cells, takes each rank and is ahead of each other; `None` where
/// that would take too long.
pub(super) fn shares(cells: &[Vec<Cells<Score>>]) -> Option<Shares> {
    let hypotheses = cells.len();
    let extents = cells.iter().map(|cells| Extent::of(cells));
    let extent = extents.reduce(Extent::or);
    if hypotheses > 1 && extent.is_some_and(|extent| work(cells, extent) > BUDGET) {
        return None;
    }
    let Some(extent) = extent.filter(|_| hypotheses > 1) else {
        // A race of one, or of none.
        let only = |figure: f64| Square::of((0..hypotheses).map(|_| vec![figure]));
        return Some(Shares { acceptability: only(1.0), pairwise: only(0.5) });
    };
    let race = Race::new(cells.par_iter().map(|cells| Law::of(cells)).collect(), extent);
    let rows: Vec<(Vec<f64>, Vec<f64>)> = (0..hypotheses).into_par_iter().map(|at| race.run(at)).collect();
    let (ranks, ahead): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    Some(Shares { acceptability: Square::of(ranks.into_iter()), pairwise: Square::of(ahead.into_iter()) })
}

/// Steps it takes, roughly: a convolution for each cell, and at each point the ranks of each hypothesis, of which the
/// states are pairs of numbers of rivals, met one after the other.
fn work(cells: &[Vec<Cells<Score>>], extent: Extent) -> u64 {
    let (a, b) = extent.sides();
    let hypotheses = cells.len() as u64;
    let all: u64 = cells.iter().flatten().map(|cells| u64::from(cells.count)).sum();
    let ranks = a.saturating_mul(b).saturating_mul(hypotheses.saturating_pow(4));
    ranks.saturating_add(all.saturating_mul(a + b))
}

impl Race {
    fn new(laws: Vec<Law>, extent: Extent) -> Self {
        let possible = |(least, most): (i64, i64), sum: fn(&Law) -> &Sum| {
            let chances = |value: &i64| laws.iter().map(|law| sum(law).chance(*value)).collect::<Vec<_>>();
            let all = (least..=most).map(|value| (value, chances(&value)));
            all.filter(|(_, chances)| chances.iter().any(|chance| *chance > 0.0))
                .unzip::<_, _, Vec<_>, Vec<_>>()
        };
        let (a_values, a) = possible(extent.a, |law| &law.a);
        let (b_values, b) = possible(extent.b, |law| &law.b);
        let mut points = Vec::with_capacity(a.len() * b.len());
        for (at_a, value_a) in (0..).zip(&a_values) {
            for (at_b, value_b) in (0..).zip(&b_values) {
                points.push(Point { key: Score::new(*value_a, *value_b).key(), a: at_a, b: at_b });
            }
        }
        points.par_sort_unstable_by(|x, y| y.key.total_cmp(&x.key));
        Self { laws, a, b, points }
    }

    /// Computes how often one hypothesis takes each rank and is ahead of each other, ties counting half.
    fn run(&self, hypothesis: usize) -> (Vec<f64>, Vec<f64>) {
        let count = self.laws.len();
        let mut passed: Vec<Passed> = self
            .laws
            .iter()
            .map(|law| Passed { above: 0.0, ahead: law.a.support() * law.b.support() })
            .collect();
        let (mut ranks, mut ahead) = (vec![0.0; count], vec![0.0; count]);
        let (mut rivals, mut places) = (Vec::with_capacity(count), Places::default());
        for point in &self.points {
            let (Some(a), Some(b)) = (self.a.get(point.a as usize), self.b.get(point.b as usize)) else {
                continue;
            };
            let here = || a.iter().zip(b);
            let chance = here().nth(hypothesis).map_or(0.0, |(a, b)| a * b);
            if chance > 0.0 {
                rivals.clear();
                for (at, (((a, b), passed), ahead)) in here().zip(&passed).zip(&mut ahead).enumerate() {
                    if at == hypothesis {
                        *ahead += chance / 2.0;
                        continue;
                    }
                    let rival = passed.rival(*a, *b);
                    *ahead += chance * (rival.worse + rival.equal / 2.0);
                    rivals.push(rival);
                }
                places.share(chance, &rivals, &mut ranks);
            }
            for ((a, b), passed) in here().zip(&mut passed) {
                passed.pass(*a, *b);
            }
        }
        // Sums of so many floats may end a hair above certainty.
        ranks.iter_mut().chain(&mut ahead).for_each(|share| *share = share.min(1.0));
        (ranks, ahead)
    }
}

impl Passed {
    /// Compares the hypothesis with a score at a point that it lies on with these probabilities of a and b.
    fn rival(self, a: f64, b: f64) -> Rival {
        let equal = a * b;
        let last = usize::from(a > 0.0 && b > 0.0);
        let worse = if self.ahead <= last { 0.0 } else { (1.0 - self.above - equal).max(0.0) };
        Rival { better: self.above, equal, worse }
    }

    fn pass(&mut self, a: f64, b: f64) {
        if a > 0.0 && b > 0.0 {
            self.above += a * b;
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
