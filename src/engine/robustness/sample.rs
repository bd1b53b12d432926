//! Ranks from random draws.
//!
//! Draws are made in chunks of fixed size, each from its own stream of random numbers, and chunks are added up in
//! order: so the result does not depend on the number of threads, to the last bit.

use rayon::prelude::*;

use super::Shares;
use super::amount::Amount;
use super::chance::{Drawn, fill, stream};
use super::square::Square;

/// Draws that have a stream of their own.
const CHUNK: u32 = 1024;

/// Draws whose pairs are compared together: what is known of them fits in the nearest memory.
const BATCH: usize = 16;

/// Draws of more steps than this are told of more often.
const SLOW: u64 = 100_000;

/// Parameters of the draws.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sampling {
    pub(super) draws: u32,
    pub(super) seed: u64,
    /// Keys that differ by no more are equal.
    pub(super) tie: f64,
}

/// Counts over a chunk of draws.
struct Counts {
    /// By hypothesis and rank.
    ranks: Square,
    /// By hypothesis, the draws in which it was first alone; and together with others.
    first: Vec<[u32; 2]>,
    /// By hypothesis and other: 2 each time it was ahead, 1 each time they were equal. Until the end only of those that
    /// come after it.
    ahead: Vec<u32>,
    /// By draw that is yet to be counted in pairs, then by hypothesis: the number of its block of equals.
    blocks: Vec<u32>,
}

impl Sampling {
    /// About how long a draw takes, in steps of a nanosecond or so: its cells, and comparing each two hypotheses.
    pub(super) fn steps<V: Amount>(hypotheses: &[Drawn<V>]) -> u64 {
        let cells: u64 = hypotheses.iter().map(Drawn::steps).sum();
        let count = hypotheses.len() as u64;
        cells + 60 * count + count * count / 8 + 1
    }

    /// Computes how often each hypothesis takes each rank and is ahead of each other. `progress` receives how many
    /// draws have been made, of how many.
    pub(super) fn shares<V: Amount>(self, hypotheses: &[Drawn<V>], progress: &dyn Fn(u32, u32)) -> Shares {
        let count = hypotheses.len();
        let (mut ranks, mut ahead) = (Square::new(count), Square::new(count));
        let mut first = vec![[0.0; 2]; count];
        let chunks = self.draws.div_ceil(CHUNK);
        // So many chunks at a time that threads are busy, their counts, a square each, fit in memory, and progress is
        // told within a second or two.
        let each = if Self::steps(hypotheses) > SLOW { 1 } else { 4 };
        let wave = u32::try_from(rayon::current_num_threads()).unwrap_or(1).saturating_mul(each);
        let mut start = 0;
        while start < chunks {
            let end = chunks.min(start.saturating_add(wave));
            let counted: Vec<Counts> =
                (start..end).into_par_iter().map(|chunk| self.chunk(chunk, hypotheses)).collect();
            for counts in counted {
                ranks.add(&counts.ranks);
                ahead.add_halves(&counts.ahead);
                for ([alone, level], [more_alone, more_level]) in first.iter_mut().zip(counts.first) {
                    *alone += f64::from(more_alone);
                    *level += f64::from(more_level);
                }
            }
            start = end;
            progress(self.draws.min(end.saturating_mul(CHUNK)), self.draws);
        }
        let draws = f64::from(self.draws);
        let (alone, level) = first.into_iter().map(|[alone, level]| (alone / draws, level / draws)).unzip();
        Shares { acceptability: ranks.divided(draws), pairwise: ahead.divided(draws), alone, level }
    }

    fn chunk<V: Amount>(self, chunk: u32, hypotheses: &[Drawn<V>]) -> Counts {
        let count = hypotheses.len();
        let mut counts = Counts {
            ranks: Square::new(count),
            first: vec![[0; 2]; count],
            ahead: vec![0; count * count],
            blocks: Vec::new(),
        };
        let mut random = stream(self.seed, u64::from(chunk));
        let mut keys = vec![(0, 0.0); count];
        let draws = CHUNK.min(self.draws - chunk * CHUNK);
        let mut numbers = vec![0; hypotheses.iter().map(|drawn| drawn.numbers).max().unwrap_or(0)];
        for _ in 0..draws {
            for (at, (key, drawn)) in keys.iter_mut().zip(hypotheses).enumerate() {
                let numbers = numbers.get_mut(..drawn.numbers).unwrap_or_default();
                fill(numbers, &mut random);
                *key = (at, drawn.sum(numbers).key());
            }
            keys.sort_unstable_by(|(_, x), (_, y)| y.total_cmp(x));
            counts.add(&keys, self.tie);
        }
        counts.compare();
        counts.mirror(count, draws);
        counts
    }
}

impl Counts {
    /// Counts one draw, best first.
    fn add(&mut self, best_first: &[(usize, f64)], tie: f64) {
        let (mut rest, mut rank) = (best_first, 0);
        let start = self.blocks.len();
        self.blocks.resize(start + best_first.len(), 0);
        // Runs of equals: with the best of the rest all that are as good.
        while let Some((_, best)) = rest.first() {
            let equals = rest.iter().take_while(|(_, key)| best - key <= tie).count();
            let (block, after) = rest.split_at(equals);
            let share = 1.0 / equals as f64;
            for (hypothesis, _) in block {
                let ranks = self.ranks.row_mut(*hypothesis).iter_mut().skip(rank).take(equals);
                ranks.for_each(|count| *count += share);
                if let Some(place) = self.blocks.get_mut(start + *hypothesis) {
                    *place = rank as u32;
                }
                if let Some([alone, level]) = self.first.get_mut(*hypothesis).filter(|_| rank == 0) {
                    *if equals == 1 { alone } else { level } += 1;
                }
            }
            rank += equals;
            rest = after;
        }
        if self.blocks.len() == BATCH * best_first.len() {
            self.compare();
        }
    }

    /// Counts in pairs the draws that are yet to be, row by row: so a row stays at hand for all of them.
    fn compare(&mut self) {
        let count = self.ranks.side();
        for (at, row) in self.ahead.chunks_exact_mut(count.max(1)).enumerate() {
            for draw in self.blocks.chunks_exact(count.max(1)) {
                let Some((block, after)) = draw.get(at..).and_then(<[u32]>::split_first) else { continue };
                for (count, other) in row.iter_mut().skip(at + 1).zip(after) {
                    *count += u32::from(block < other) + u32::from(block <= other);
                }
            }
        }
        self.blocks.clear();
    }

    /// Fills in the other half of the pairs: each draw not counted for one counts for the other; each is level with
    /// itself.
    fn mirror(&mut self, count: usize, draws: u32) {
        for at in 0..count {
            for other in at..count {
                let ahead = self.ahead.get(at * count + other).copied().unwrap_or_default();
                let (place, halves) = if at == other { (at, draws) } else { (other, 2 * draws - ahead) };
                if let Some(place) = self.ahead.get_mut(place * count + at) {
                    *place = halves;
                }
            }
        }
    }
}
