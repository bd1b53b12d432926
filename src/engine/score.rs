//! Scores of the additive methods: exact numbers on the lattice (a + b sqrt 2) / 2.
//!
//! A weight is a power of sqrt 2 from 1/2 to 2, so every contribution, and every sum of them, is such a number with
//! integers a and b. Sums are therefore exact whatever their order, and equal scores are equal.

use std::cmp::Ordering;
use std::f64::consts::SQRT_2;
use std::iter::Sum;
use std::ops::Add;

use super::sums::exact_sums;
use crate::scenario::Weight;

/// The number (a + b sqrt 2) / 2.
///
/// One item moves a or b by at most 8 (weight 2 is 4 halves, times 2 steps), so a scenario at the limit of 1,000,000
/// items reaches 8,000,000: `i64` cannot overflow, however many hypotheses there are. Squares are taken in `i128`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Score {
    a: i64,
    b: i64,
}

impl Score {
    /// 0.
    pub(super) const ZERO: Self = Self { a: 0, b: 0 };

    /// (a + b sqrt 2) / 2.
    pub(super) const fn new(a: i64, b: i64) -> Self {
        Self { a, b }
    }

    /// `weight` times `steps`.
    #[must_use]
    pub(super) const fn weighed(weight: Weight, steps: i64) -> Self {
        let (a, b) = weight.halves();
        Self { a: a * steps, b: b * steps }
    }

    /// The nearest float, within two units in the last place; zero is +0.
    #[must_use]
    pub(super) fn to_f64(self) -> f64 {
        let (a, b) = (self.a as f64, self.b as f64);
        if self.a.signum() * self.b.signum() < 0 {
            // The terms cancel: multiply by the conjugate, which has terms of one sign, so that the difference is
            // taken between integers.
            self.norm() as f64 / (a - b * SQRT_2) / 2.0
        } else {
            (a + b * SQRT_2) / 2.0
        }
    }

    /// The integers (a, b).
    pub(super) const fn coordinates(self) -> (i64, i64) {
        (self.a, self.b)
    }

    /// a + b sqrt 2 rounded, twice the score: floats that stand in the very order of the scores, equal ones being
    /// equal.
    ///
    /// That is certain for sums over up to 1,000,000 items, the most that a scenario may have. Such a sum is within 8e6
    /// and its float within 2e-9 of it (three roundings of half a unit in the last place, 2^-31), while two different
    /// ones are more than 6e-8 apart: a difference times its conjugate is a whole number other than 0, and the
    /// conjugate is within 1.6e7.
    pub(super) fn key(self) -> f64 {
        self.a as f64 + self.b as f64 * SQRT_2
    }

    /// Multiplies the score.
    pub(super) const fn times(self, count: i64) -> Self {
        Self { a: self.a * count, b: self.b * count }
    }

    /// a^2 - 2 b^2: the product of a + b sqrt 2 with its conjugate.
    fn norm(self) -> i128 {
        let (a, b) = (i128::from(self.a), i128::from(self.b));
        a * a - 2 * b * b
    }

    /// Compares the score with zero by integers.
    fn sign(self) -> Ordering {
        let (a, b) = (self.a.cmp(&0), self.b.cmp(&0));
        match (a, b) {
            // Of terms with opposite signs the greater decides; they cannot be equal, sqrt 2 being irrational.
            (Ordering::Greater, Ordering::Less) => self.norm().cmp(&0),
            (Ordering::Less, Ordering::Greater) => 0.cmp(&self.norm()),
            (a, b) => a.then(b),
        }
    }
}

impl Ord for Score {
    fn cmp(&self, other: &Self) -> Ordering {
        (*self - *other).sign()
    }
}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

exact_sums!(Score { a, b });

impl Sum for Score {
    fn sum<I: Iterator<Item = Self>>(scores: I) -> Self {
        scores.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::scenario::Level;

    const HALF: Weight = Weight::new(Level::Low, Level::Low);
    const ROOT: Weight = Weight::new(Level::High, Level::Medium);
    const ROOT_HALF: Weight = Weight::new(Level::Low, Level::Medium);

    #[test]
    fn contributions_are_weights_times_steps() {
        assert_eq!(Score::weighed(HALF, -1).to_f64(), -0.5);
        assert_eq!(Score::weighed(ROOT, 2).to_f64(), 2.0 * SQRT_2);
        assert_eq!(Score::weighed(ROOT_HALF, -1).to_f64(), -std::f64::consts::FRAC_1_SQRT_2);
        assert_eq!(Score::weighed(Weight::ONE, 0).to_f64().to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn equal_sums_are_equal_where_floats_are_not() {
        // Ten times sqrt(1/2) is five times sqrt 2; added one by one in floats it is not.
        let exact: Score = (0..10).map(|_| Score::weighed(ROOT_HALF, -1)).sum();
        let floats: f64 = (0..10).map(|_| -ROOT_HALF.factor()).sum();
        let other: Score = (0..5).map(|_| Score::weighed(ROOT, -1)).sum();
        let other_floats: f64 = (0..5).map(|_| -ROOT.factor()).sum();
        assert_eq!(exact, other);
        assert_ne!(floats, other_floats);
    }

    #[test]
    fn nearly_equal_scores_are_told_apart() {
        // 3,880,899 / 2,744,210 is a convergent of sqrt 2: the difference is 1.8e-7 of 1.
        let score = Score { a: 3_880_899, b: -2_744_210 };
        assert!(score > Score::ZERO);
        assert!(Score::ZERO - score < Score::ZERO);
        // a^2 - 2 b^2 = 1, so the value is 1 / (a + b sqrt 2) / 2; sums of floats lose half the digits.
        let expected = 1.0 / (3_880_899.0 + 2_744_210.0 * SQRT_2) / 2.0;
        assert!((score.to_f64() / expected - 1.0).abs() < 1e-15);
        assert!(((3_880_899.0 - 2_744_210.0 * SQRT_2) / 2.0 / expected - 1.0).abs() > 1e-12);
    }

    /// floor(n sqrt 2 * 2^40), by integers alone.
    fn root_two_times(n: u64) -> u128 {
        ((u128::from(n) * u128::from(n)) << 81).isqrt()
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_the_numbers(a in -8_000_000_i64..8_000_000, b in -8_000_000_i64..8_000_000) {
            let root = i128::try_from(root_two_times(b.unsigned_abs())).unwrap() * i128::from(b.signum());
            let scaled = (i128::from(a) << 40) + root;
            // The true number lies within one unit of this; only 0 itself is nearer to 0.
            prop_assert_eq!(Score { a, b }.cmp(&Score::ZERO), scaled.cmp(&0));
            let float = Score { a, b }.to_f64();
            let near = scaled as f64 / 2.0_f64.powi(41);
            prop_assert!((float - near).abs() <= 2.0_f64.powi(-40) + near.abs() * 4e-16);
            prop_assert_eq!(float > 0.0, Score { a, b } > Score::ZERO);
        }

        #[test]
        fn the_float_keeps_its_digits_when_terms_cancel(b in 1_u64..5_600_000, off in -2_i64..3) {
            // a next to b sqrt 2: the worst that can happen. 120 bits of sqrt 2 b tell the truth.
            let a = i64::try_from(root_two_times(b) >> 40).unwrap() + off;
            let score = Score { a, b: -i64::try_from(b).unwrap() };
            let wide = (u128::from(b) * u128::from(b) * 2) << 80;
            let root = wide.isqrt(); // floor(b sqrt 2 * 2^40)
            // Newton's correction: sqrt(w) = r + (w - r^2) / (2 r) - ...
            let rest = (wide - root * root) as f64 / (2.0 * root as f64);
            let exact = ((i128::from(a) << 40) - i128::try_from(root).unwrap()) as f64 - rest;
            let exact = exact / 2.0_f64.powi(41);
            prop_assert!((score.to_f64() - exact).abs() <= exact.abs() * 4.5e-16 + 1e-27, "{} {exact}", score.to_f64());
        }

        #[test]
        fn keys_stand_in_the_order_of_scores(b in -5_650_000_i64..5_650_000, c in -5_650_000_i64..5_650_000, off in -1_i64..2) {
            // Two scores as near each other as their second integers allow.
            let near = |b: i64| i64::try_from(root_two_times(b.unsigned_abs()) >> 40).unwrap() * b.signum();
            let (x, y) = (Score { a: -near(b), b }, Score { a: off - near(c), b: c });
            prop_assert_eq!(x.key().partial_cmp(&y.key()).unwrap(), x.cmp(&y));
            prop_assert_eq!(x.key(), Score { a: -near(b), b }.key());
        }

        #[test]
        fn a_score_added_and_taken_away_leaves_nothing(a in -9_i64..9, b in -9_i64..9, c in -9_i64..9) {
            let (x, y) = (Score { a, b }, Score { a: c, b: a });
            prop_assert_eq!(x + y - y, x);
            prop_assert_eq!(x.cmp(&y), y.cmp(&x).reverse());
        }
    }
}
