//! Ranks of a score among independent rivals, where ties share their ranks.

/// Probabilities that a rival scores better than a given score, equal to it or worse; they sum to 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rival {
    pub(super) better: f64,
    pub(super) equal: f64,
    pub(super) worse: f64,
}

/// Works out ranks; owns the memory that takes.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Probability that so many rivals are better (row, from 1: row 0 stays empty) and so many equal (column).
    states: Vec<f64>,
}

impl Places {
    /// Spreads `chance`, the probability of the score, over the ranks that it takes: with m better rivals and n equal
    /// ones the ranks m + 1 to m + n + 1 are shared equally. `ranks` is by rank from 1.
    pub(super) fn share(&mut self, chance: f64, rivals: &[Rival], ranks: &mut [f64]) {
        // Of rivals that are surely better or worse nothing is to be worked out, and far from the middle most are.
        let ahead = rivals.iter().filter(|rival| rival.better >= 1.0).count();
        let open = || rivals.iter().filter(|rival| rival.better < 1.0 && rival.worse < 1.0);
        let width = 1 + open().filter(|rival| rival.equal > 0.0).count();
        self.states.clear();
        self.states.resize((open().count() + 2) * width, 0.0);
        if let Some(start) = self.states.get_mut(width) {
            *start = chance;
        }
        for (seen, rival) in open().enumerate() {
            self.meet(*rival, seen, width);
        }
        for (better, state) in self.states.chunks_exact(width).skip(1).enumerate() {
            for (equal, chance) in state.iter().enumerate() {
                let each = chance / (equal + 1) as f64;
                let shared = ranks.iter_mut().skip(ahead + better).take(equal + 1);
                shared.for_each(|rank| *rank += each);
            }
        }
    }

    /// One more rival, after `seen` of them: each state splits in three.
    fn meet(&mut self, rival: Rival, seen: usize, width: usize) {
        // From the last row upwards, so that the row above is still that of before.
        for row in (1..=seen + 2).rev() {
            let Some((above, from)) = self.states.split_at_mut_checked(row * width) else { continue };
            let (Some(above), Some(row)) = (above.rchunks_exact(width).next(), from.get_mut(..width)) else {
                continue;
            };
            let mut one_less = 0.0;
            for (state, one_better) in row.iter_mut().zip(above) {
                let before = *state;
                *state = before * rival.worse + one_less * rival.equal + one_better * rival.better;
                one_less = before;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranks(rivals: &[(f64, f64)]) -> Vec<f64> {
        let rivals = rivals.iter().map(|(better, equal)| Rival {
            better: *better,
            equal: *equal,
            worse: 1.0 - better - equal,
        });
        let rivals: Vec<_> = rivals.collect();
        let mut ranks = vec![0.0; rivals.len() + 1];
        Places::default().share(1.0, &rivals, &mut ranks);
        ranks
    }

    #[test]
    fn ties_share_their_ranks() {
        assert_eq!(ranks(&[]), [1.0]);
        assert_eq!(ranks(&[(0.0, 1.0)]), [0.5, 0.5]);
        assert_eq!(ranks(&[(0.0, 1.0), (1.0, 0.0), (0.0, 0.0)]), [0.0, 0.5, 0.5, 0.0]);
        assert_eq!(
            ranks(&[(0.5, 0.25), (0.5, 0.0)]),
            [0.125 + 0.0625, 0.125 + 0.25 + 0.0625 + 0.0625, 0.25 + 0.0625]
        );
    }
}
