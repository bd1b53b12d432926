//! Nats: natural logarithms in fixed point, so that sums of them are exact.
//!
//! Sums of floats depend on their order, and taking away what was added need not leave what was there. What-ifs under
//! `bayes` add and take away the same terms a million times, so they count in integers.

use super::sums::exact_sums;

/// A natural logarithm in units of 2^-80 (8e-25).
///
/// One item counts at most ln 40 (p' is 0.025 at least) and a prior at most 745 (the smallest float), so a scenario
/// at the limit of 1,000,000 items stays below 2^23: `i128`, which holds 2^47 here, cannot overflow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Nats(i128);

/// Posteriors whose logarithms are this near are equal.
pub(super) const TIE: f64 = 1e-9;

/// Units of one nat.
const UNITS: f64 = (1_u128 << 80) as f64;

impl Nats {
    /// 0: an even chance.
    pub(super) const ZERO: Self = Self(0);
    /// Posteriors whose logarithms are this near are equal.
    pub(super) const LEVEL: Self = Self::of(TIE);

    /// The nearest fixed-point number towards 0.
    pub(super) const fn of(nats: f64) -> Self {
        Self((nats * UNITS) as i128)
    }

    /// The nearest float.
    pub(super) fn to_f64(self) -> f64 {
        self.0 as f64 / UNITS
    }

    /// Multiplies the logarithm.
    pub(super) const fn times(self, count: i64) -> Self {
        Self(self.0 * count as i128)
    }
}

exact_sums!(Nats { 0 });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_and_taken_away_leaves_nothing() {
        let terms = [0.1, -0.7, 1e-12, 745.0, 3.3e-9].map(Nats::of);
        let mut sum = Nats::ZERO;
        terms.iter().for_each(|term| sum += *term);
        terms.iter().rev().for_each(|term| sum -= *term);
        assert_eq!(sum, Nats::ZERO);
    }

    #[test]
    fn floats_pass_through_unchanged() {
        for nats in [0.0, 0.5_f64.ln(), -1e-6, 700.25] {
            assert!((Nats::of(nats).to_f64() - nats).abs() < 1e-24, "{nats}");
        }
    }
}
