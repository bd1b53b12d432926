//! `net`: the weighted sum of all ratings, what speaks for a hypothesis minus what speaks against it.
//!
//! The common consistency-minus-inconsistency score. Heuer (1999, chapter 8) warns of it: evidence that fits a
//! hypothesis may fit all of them.

use super::Additive;
use crate::engine::mark::Mark;

/// score(h) = sum over e of w(e) val.
pub(in crate::engine) struct Net;

impl Additive for Net {
    const WEIGHED: bool = true;

    fn steps(mark: Mark) -> i8 {
        mark.value()
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::SQRT_2;

    use crate::engine::fixture::Fixture;
    use crate::engine::{Matrix, rank};
    use crate::scenario::{Level, Method};

    #[test]
    fn for_and_against_are_set_off() {
        let scenario = Fixture::of(3)
            .weighed("CC I NA", Level::High, Level::Medium)
            .item("II C -")
            .weighed("C C II", Level::Low, Level::Low)
            .scenario();
        let ranking = rank(&Matrix::new(&scenario, None), Method::Net);
        let expected = [2.0 * SQRT_2 - 1.5, 1.5 - SQRT_2, -1.0];
        for (score, expected) in ranking.scores.iter().zip(expected) {
            assert!((score.unwrap() - expected).abs() < 1e-15);
        }
        assert_eq!(ranking.ranks, [Some(1), Some(2), Some(3)]);
        assert!((ranking.margin.unwrap() - (3.0 * SQRT_2 - 3.0)).abs() < 1e-15);
    }

    #[test]
    fn a_rejected_hypothesis_is_scored_but_not_ranked() {
        let scenario = Fixture::of(3).reject(0).item("CC C N").scenario();
        let ranking = rank(&Matrix::new(&scenario, None), Method::Net);
        assert_eq!(ranking.scores, [Some(2.0), Some(1.0), Some(0.0)]);
        assert_eq!(ranking.ranks, [None, Some(1), Some(2)]);
        assert_eq!((ranking.leaders.clone(), ranking.margin), (vec![1], Some(1.0)));
        assert_eq!(ranking.order(), [1, 2, 0]);
    }
}
