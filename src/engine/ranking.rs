//! Rankings: scores, ranks and leaders under one method.

use crate::scenario::Method;

/// Scores, ranks and leaders under one method. Vectors are by hypothesis, in the order of the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// The method.
    pub method: Method,
    /// Higher is better. `None` for a rejected hypothesis under `bayes`, and for all where priors are inconsistent.
    pub scores: Vec<Option<f64>>,
    /// 1 + the number of active hypotheses that score better; `None` for a rejected hypothesis.
    pub ranks: Vec<Option<usize>>,
    /// Positions of all hypotheses of rank 1, ascending.
    pub leaders: Vec<usize>,
    /// The leaders' score minus the best of a lower rank, above 0; `None` if there is no lower rank.
    pub margin: Option<f64>,
}

impl Ranking {
    /// The ranking of hypotheses that cannot be scored.
    pub(crate) fn none(method: Method, hypotheses: usize) -> Self {
        Self {
            method,
            scores: vec![None; hypotheses],
            ranks: vec![None; hypotheses],
            leaders: Vec::new(),
            margin: None,
        }
    }

    /// Positions of the hypotheses by rank, equal ones in the order of the scenario, those without a rank last.
    #[must_use]
    pub fn order(&self) -> Vec<usize> {
        let mut order: Vec<_> = (0..self.ranks.len()).collect();
        order.sort_by_key(|at| self.rank(*at).unwrap_or(usize::MAX));
        order
    }

    /// Returns the score of a hypothesis; `None` where it has none.
    #[must_use]
    pub fn score(&self, hypothesis: usize) -> Option<f64> {
        self.scores.get(hypothesis).copied().flatten()
    }

    /// Returns the rank of a hypothesis; `None` where it has none.
    #[must_use]
    pub fn rank(&self, hypothesis: usize) -> Option<usize> {
        self.ranks.get(hypothesis).copied().flatten()
    }
}

/// Ranks and what follows from them.
pub(super) struct Standing {
    pub(super) ranks: Vec<Option<usize>>,
    pub(super) leaders: Vec<usize>,
    /// The best hypothesis and the best one of a lower rank.
    pub(super) runner_up: Option<(usize, usize)>,
}

/// Ranks active hypotheses, given best first, among `count` hypotheses. `better` may call near scores equal; it need
/// not be transitive in that.
pub(super) fn standing<S: Copy>(
    best_first: &[(usize, S)],
    count: usize,
    better: impl Fn(S, S) -> bool,
) -> Standing {
    let mut ranks = vec![None; count];
    let mut leaders = Vec::new();
    let mut runner_up = None;
    // Those better than a hypothesis come first and grow in number from one to the next.
    let mut better_ones = best_first.iter().enumerate().peekable();
    for &(hypothesis, score) in best_first {
        while better_ones.next_if(|(_, (_, other))| better(*other, score)).is_some() {}
        let rank = better_ones.peek().map_or(best_first.len(), |(ahead, _)| *ahead) + 1;
        if let Some(place) = ranks.get_mut(hypothesis) {
            *place = Some(rank);
        }
        if rank == 1 {
            leaders.push(hypothesis);
        } else if runner_up.is_none() {
            runner_up = best_first.first().map(|(best, _)| (*best, hypothesis));
        }
    }
    leaders.sort_unstable();
    Standing { ranks, leaders, runner_up }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_the_better_rank() {
        let standing = standing(&[(2, 5), (0, 3), (3, 3), (1, 1)], 5, |x, y| x > y);
        assert_eq!(standing.ranks, [Some(2), Some(4), Some(1), Some(2), None]);
        assert_eq!(standing.leaders, [2]);
        assert_eq!(standing.runner_up, Some((2, 0)));
    }

    #[test]
    fn near_scores_need_not_be_transitive() {
        // Each is level with the next, but the first is better than the last.
        let standing = standing(&[(1, 10), (2, 9), (0, 8)], 3, |x, y| x > y + 1);
        assert_eq!(standing.ranks, [Some(2), Some(1), Some(1)]);
        assert_eq!(standing.leaders, [1, 2]);
        assert_eq!(standing.runner_up, Some((1, 0)));
    }

    #[test]
    fn order_is_by_rank_then_by_file() {
        let ranking =
            Ranking { ranks: vec![Some(2), None, Some(1), Some(2)], ..Ranking::none(Method::Net, 4) };
        assert_eq!(ranking.order(), [2, 0, 3, 1]);
    }
}
