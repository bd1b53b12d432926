//! `inconsistency`: the sum of the inconsistent ratings.
//!
//! Heuer, Psychology of Intelligence Analysis (1999), chapter 8: the hypothesis with the least evidence against it is
//! the most likely one; evidence for it may fit others as well.

use super::Additive;
use crate::engine::mark::Mark;

/// score(h) = sum over e of min(0, val): 0 at best.
pub(in crate::engine) struct Inconsistency;

impl Additive for Inconsistency {
    const WEIGHED: bool = false;

    fn steps(mark: Mark) -> i8 {
        -mark.steps_against().cast_signed()
    }
}

#[cfg(test)]
mod tests {
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
}
