//! Scores drawn at random: a stream of numbers for each chunk of draws, and cells drawn by kind.

use std::ops::AddAssign;

use rand_pcg::Pcg64Dxsm;
use rand_pcg::rand_core::Rng;

use super::outcome::Cells;
use crate::engine::score::Score;

/// What cells add up to: scores on the lattice, or logarithms of odds.
pub(super) trait Amount: Copy + AddAssign + Send + Sync + PartialEq {
    /// Nothing.
    const ZERO: Self;

    /// So many times the amount.
    fn times(self, count: u32) -> Self;

    /// The amount less another.
    fn minus(self, other: Self) -> Self;

    /// A float by which amounts compare.
    fn key(self) -> f64;
}

impl Amount for Score {
    const ZERO: Self = Self::ZERO;

    fn times(self, count: u32) -> Self {
        Self::times(self, i64::from(count))
    }

    fn minus(self, other: Self) -> Self {
        self - other
    }

    fn key(self) -> f64 {
        Self::key(self)
    }
}

impl Amount for f64 {
    const ZERO: Self = 0.0;

    fn times(self, count: u32) -> Self {
        self * Self::from(count)
    }

    fn minus(self, other: Self) -> Self {
        self - other
    }

    fn key(self) -> f64 {
        self
    }
}

/// Outcomes of a cell less one: the most that may lie above the first.
const STEPS: usize = 4;

/// The cells of a hypothesis, ready to be drawn.
#[derive(Clone, Debug)]
pub(super) struct Drawn<V> {
    /// What the cells add if each turns out as its first outcome.
    base: V,
    runs: Vec<Run<V>>,
}

/// Cells of one kind that may turn out in several ways.
#[derive(Clone, Debug)]
struct Run<V> {
    count: u32,
    /// A cell goes beyond its first outcome, its second, ... where a random number is above these.
    limits: [u32; STEPS],
    /// What it then adds to what it would have added before.
    steps: [V; STEPS],
}

impl<V: Amount> Drawn<V> {
    /// These cells, on top of a constant.
    pub(super) fn new(cells: &[Cells<V>], constant: V) -> Self {
        let mut drawn = Self { base: constant, runs: Vec::new() };
        for Cells { count, outcomes } in cells {
            let Some(((first, chance), more)) = outcomes.split_first() else { continue };
            drawn.base += first.times(*count);
            if more.is_empty() {
                continue;
            }
            let mut run = Run { count: *count, limits: [u32::MAX; STEPS], steps: [V::ZERO; STEPS] };
            let (mut below, mut value) = (*chance, *first);
            for ((limit, step), (next, chance)) in run.limits.iter_mut().zip(&mut run.steps).zip(more) {
                *limit = limit_of(below);
                *step = next.minus(value);
                (below, value) = (below + chance, *next);
            }
            drawn.runs.push(run);
        }
        drawn
    }

    /// Draws all cells once and adds them up.
    pub(super) fn draw(&self, random: &mut Pcg64Dxsm) -> V {
        let mut sum = self.base;
        for run in &self.runs {
            for (step, count) in run.steps.iter().zip(run.draw(random)) {
                sum += step.times(count);
            }
        }
        sum
    }
}

impl<V> Run<V> {
    /// How many of the cells go beyond each outcome: half a random number decides one cell.
    fn draw(&self, random: &mut Pcg64Dxsm) -> [u32; STEPS] {
        let mut beyond = [0; STEPS];
        let mut decide = |number: u32| {
            for (count, limit) in beyond.iter_mut().zip(&self.limits) {
                *count += u32::from(number > *limit);
            }
        };
        for _ in 0..self.count / 2 {
            let (low, high) = halves(random.next_u64());
            decide(low);
            decide(high);
        }
        if self.count % 2 == 1 {
            decide(halves(random.next_u64()).1);
        }
        beyond
    }
}

/// The last of the numbers of 32 bits, counted from 0, that together have this probability.
fn limit_of(probability: f64) -> u32 {
    const NUMBERS: f64 = 4_294_967_296.0;
    ((probability * NUMBERS).round() - 1.0) as u32
}

const fn halves(number: u64) -> (u32, u32) {
    (number as u32, (number >> 32) as u32)
}

/// The random numbers of a chunk of draws: the same whoever asks for them, and when.
///
/// PCG64 DXSM (O'Neill 2014; 2019) has a stream for each chunk; seed and chunk are scrambled first, since streams that
/// start alike may run alike for a while.
pub(super) fn stream(seed: u64, chunk: u64) -> Pcg64Dxsm {
    let state = u128::from(scrambled(seed)) << 64 | u128::from(scrambled(scrambled(seed) ^ chunk));
    Pcg64Dxsm::new(state, u128::from(chunk))
}

/// One number of SplitMix64 (Steele, Lea and Flood 2014).
const fn scrambled(number: u64) -> u64 {
    let z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
