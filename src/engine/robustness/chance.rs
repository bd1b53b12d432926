//! Scores drawn at random: a stream of numbers for each chunk of draws, and cells drawn by kind.

use std::sync::Arc;

use rand_pcg::Pcg64Dxsm;
use rand_pcg::rand_core::Rng;

use super::amount::Amount;
use super::outcome::Cells;
use super::pack::{Pack, Packs, limit_of, sizes};
use crate::scenario::Rating;

/// Ways in which a cell may turn out, at most.
const WAYS: usize = Rating::SCALE.len();

/// The cells of a hypothesis, ready to be drawn.
#[derive(Clone, Debug)]
pub(super) struct Drawn<V> {
    /// Random numbers that a draw takes: two for each pack, and one for each other cell that may turn out in several
    /// ways.
    pub(super) numbers: usize,
    /// Cells that are drawn many at a time: so many packs of them.
    packs: Vec<(usize, Arc<Pack<V>>)>,
    /// Sum of the cells that can turn out in one way only.
    certain: V,
    /// Cells that may turn out in two or three ways, as rated ones do.
    rated: Vec<Run<V, 2>>,
    /// Cells that may turn out in four or five, as blank ones do.
    blank: Vec<Run<V, 4>>,
}

/// Cells of one kind that may turn out in up to one more way than there are limits.
#[derive(Clone, Debug)]
struct Run<V, const LIMITS: usize> {
    count: usize,
    /// A cell turns out in the second way where its random number is above the first limit, and so on.
    limits: [u32; LIMITS],
    /// Contributions, one a way.
    values: [V; WAYS],
}

impl<V: Amount> Drawn<V> {
    /// These cells, on top of a constant.
    pub(super) fn new(cells: &[Cells<V>], constant: V, packs: &mut Packs<V>) -> Self {
        let mut drawn =
            Self { numbers: 0, packs: Vec::new(), certain: constant, rated: Vec::new(), blank: Vec::new() };
        for Cells { count, outcomes } in cells {
            match outcomes.as_slice() {
                [] => {}
                [(value, _)] => drawn.certain += value.times(*count),
                // A group.
                many if many.len() > WAYS => {
                    drawn.packs.push((*count as usize, Arc::new(Pack::new(many))));
                    drawn.numbers += 2 * *count as usize;
                }
                several => {
                    let left = drawn.pack(*count, several, packs);
                    drawn.numbers += left as usize;
                    match several.len() {
                        _ if left == 0 => {}
                        ..=3 => drawn.rated.push(Run::new(left, several)),
                        _ => drawn.blank.push(Run::new(left, several)),
                    }
                }
            }
        }
        drawn
    }

    /// Makes packs of these cells, and gives how many are left.
    fn pack(&mut self, count: u32, outcomes: &[(V, f64)], packs: &mut Packs<V>) -> u32 {
        let mut left = count;
        for cells in sizes(outcomes.len()) {
            let full = left / cells;
            if let Some(pack) = (full > 0).then(|| packs.of(outcomes, cells)).flatten() {
                self.packs.push((full as usize, pack));
                self.numbers += 2 * full as usize;
                left -= full * cells;
            }
        }
        left
    }

    /// About how long a draw takes, in steps of a nanosecond or so.
    pub(super) fn steps(&self) -> u64 {
        const PACK: usize = 4;
        const RUN: usize = 3;
        let packs: usize = self.packs.iter().map(|(count, _)| count).sum();
        let runs = self.rated.len() + self.blank.len();
        (self.numbers + packs * PACK + runs * RUN) as u64
    }

    /// Returns the sum of all cells for these random numbers.
    pub(super) fn sum(&self, numbers: &[u32]) -> V {
        let (mut sum, mut rest) = (self.certain, numbers);
        for (count, pack) in &self.packs {
            let (mine, others) = rest.split_at_checked(2 * count).unwrap_or_default();
            let (pairs, _) = mine.as_chunks();
            for [which, height] in pairs {
                sum += pack.sum(*which, *height);
            }
            rest = others;
        }
        for run in &self.rated {
            rest = run.add(rest, &mut sum);
        }
        for run in &self.blank {
            rest = run.add(rest, &mut sum);
        }
        sum
    }
}

impl<V: Amount, const LIMITS: usize> Run<V, LIMITS> {
    fn new(count: u32, outcomes: &[(V, f64)]) -> Self {
        let mut run = Self { count: count as usize, limits: [u32::MAX; LIMITS], values: [V::ZERO; WAYS] };
        for (place, (value, _)) in run.values.iter_mut().zip(outcomes) {
            *place = *value;
        }
        let mut below = 0.0;
        for (limit, (_, chance)) in run.limits.iter_mut().zip(outcomes.iter().take(outcomes.len() - 1)) {
            below += chance;
            *limit = limit_of(below);
        }
        run
    }

    /// Adds what the cells turn out to add, and gives the numbers that are left.
    fn add<'a>(&self, numbers: &'a [u32], sum: &mut V) -> &'a [u32] {
        let (mine, rest) = numbers.split_at_checked(self.count).unwrap_or_default();
        for number in mine {
            // Counted without a branch: no processor could foresee it.
            let way: usize = self.limits.iter().map(|limit| usize::from(number > limit)).sum();
            if let Some(value) = self.values.get(way) {
                *sum += *value;
            }
        }
        rest
    }
}

/// Fills a list with random numbers, two from each of the generator's.
pub(super) fn fill(numbers: &mut [u32], random: &mut Pcg64Dxsm) {
    for pair in numbers.chunks_mut(2) {
        let number = random.next_u64();
        for (place, half) in pair.iter_mut().zip([number as u32, (number >> 32) as u32]) {
            *place = half;
        }
    }
}

/// The random numbers of a chunk of draws: the same whoever asks for them, and when.
///
/// PCG64 DXSM (O'Neill 2014; 2019) has a stream for each chunk; seed and chunk are scrambled first, since streams that
/// start alike may run alike for a while.
pub(in crate::engine) fn stream(seed: u64, chunk: u64) -> Pcg64Dxsm {
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
