//! The additive methods: each cell adds a contribution of its own to the score of its hypothesis.
//!
//! | method | contribution | source |
//! |---|---|---|
//! | `inconsistency` | min(0, val) | Heuer, Psychology of Intelligence Analysis (1999), chapter 8 |
//! | `weighted` | w(e) min(0, val) | weighted inconsistency of PARC ACH (technical description of ACH 1.1) |
//! | `net` | w(e) val | the common score of consistency minus inconsistency, of which Heuer warns |

use super::class::Class;
use super::rating_code::RatingCode;
use super::score::Score;
use crate::scenario::{Method, Weight};

/// An additive method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Additive {
    /// Whether a contribution is multiplied by the item's weight.
    weighted: bool,
    /// Whether consistent ratings add to the score too.
    both_ways: bool,
}

impl Additive {
    /// The additive method of this name; `None` for `bayes`.
    pub(super) const fn of(method: Method) -> Option<Self> {
        match method {
            Method::Inconsistency => Some(Self { weighted: false, both_ways: false }),
            Method::Weighted => Some(Self { weighted: true, both_ways: false }),
            Method::Net => Some(Self { weighted: true, both_ways: true }),
            Method::Bayes => None,
        }
    }

    /// Returns whether consistent ratings add to the score too.
    pub(super) const fn counts_both_ways(self) -> bool {
        self.both_ways
    }

    /// Contribution of a cell in an item of weight 1: -2 to 2; 0 for N, NA and blank.
    pub(super) const fn steps(self, code: RatingCode) -> i8 {
        if self.both_ways { code.value() } else { -code.steps_against().cast_signed() }
    }

    /// The factor by which items of a class count.
    pub(super) const fn weight(self, class: Class) -> Weight {
        if self.weighted { class.weight() } else { Weight::ONE }
    }

    /// Contribution of a cell.
    pub(super) fn contribution(self, class: Class, code: RatingCode) -> Score {
        Score::weighed(self.weight(class), i64::from(self.steps(code)))
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

    use crate::engine::fixture::Fixture;
    use crate::engine::{Matrix, rank};
    use crate::scenario::{Level, Method};

    #[test]
    fn only_what_speaks_against_counts_and_weights_do_not() {
        let scenario = Fixture::of(4)
            .weighed("CC I N II", Level::High, Level::High)
            .item("I I - NA")
            .item("C II C C")
            .scenario();
        let ranking = rank(&Matrix::new(&scenario, None), Method::Inconsistency);
        assert_eq!(ranking.scores, [Some(-1.0), Some(-4.0), Some(0.0), Some(-2.0)]);
        assert_eq!(ranking.ranks, [Some(2), Some(4), Some(1), Some(3)]);
        assert_eq!((ranking.leaders, ranking.margin), (vec![2], Some(1.0)));
    }

    #[test]
    fn the_best_score_is_zero_and_not_minus_zero() {
        let ranking = rank(&Matrix::new(&Fixture::of(1).item("CC").scenario(), None), Method::Inconsistency);
        assert_eq!(ranking.scores[0].unwrap().to_bits(), 0.0_f64.to_bits());
        assert_eq!(ranking.margin, None);
    }

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
