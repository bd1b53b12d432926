//! `weighted`: the sum of the inconsistent ratings, each item by its weight.
//!
//! The weighted inconsistency score of PARC ACH (technical description of ACH 1.1): credibility and relevance are
//! factors of 1/sqrt 2, 1 or sqrt 2 each.

use super::Additive;
use crate::engine::mark::Mark;

/// score(h) = sum over e of w(e) min(0, val): 0 at best.
pub(in crate::engine) struct Weighted;

impl Additive for Weighted {
    const WEIGHED: bool = true;

    fn steps(mark: Mark) -> i8 {
        -mark.steps_against().cast_signed()
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

    use crate::engine::fixture::Fixture;
    use crate::engine::{Matrix, rank};
    use crate::scenario::{Level, Method};

    #[test]
    fn items_count_by_their_weight() {
        let scenario = Fixture::of(3)
            .weighed("I CC N", Level::High, Level::High)
            .weighed("N II C", Level::Low, Level::Medium)
            .weighed("C I I", Level::Low, Level::Low)
            .scenario();
        let ranking = rank(&Matrix::new(&scenario, None), Method::Weighted);
        assert_eq!(ranking.scores, [Some(-2.0), Some(-SQRT_2 - 0.5), Some(-0.5)]);
        assert_eq!(ranking.ranks, [Some(3), Some(2), Some(1)]);
        assert_eq!((ranking.leaders, ranking.margin), (vec![2], Some(SQRT_2)));
    }

    #[test]
    fn a_tie_that_floats_would_miss_is_a_tie() {
        // Ten times 1/sqrt 2 against five times sqrt 2.
        let mut fixture = Fixture::of(2);
        for _ in 0..10 {
            fixture = fixture.weighed("I N", Level::Low, Level::Medium);
        }
        for _ in 0..5 {
            fixture = fixture.weighed("N I", Level::Medium, Level::High);
        }
        let sum = |factor: f64, times: usize| (0..times).fold(0.0, |sum, _| sum - factor);
        assert_ne!(sum(FRAC_1_SQRT_2, 10), sum(SQRT_2, 5));
        let ranking = rank(&Matrix::new(&fixture.scenario(), None), Method::Weighted);
        assert_eq!(ranking.scores[0], ranking.scores[1]);
        assert_eq!(ranking.ranks, [Some(1), Some(1)]);
        assert_eq!((ranking.leaders, ranking.margin), (vec![0, 1], None));
    }
}
