//! Amounts that draws add up: scores on the lattice, or logarithms of odds.

use std::ops::AddAssign;

use crate::engine::score::Score;

/// A sum of contributions: a score on the lattice, or a logarithm of odds.
pub(super) trait Amount: Copy + AddAssign + Send + Sync + PartialEq {
    /// 0.
    const ZERO: Self;

    /// Multiplies the amount.
    fn times(self, count: u32) -> Self;

    /// A float that orders amounts.
    fn key(self) -> f64;
}

impl Amount for Score {
    const ZERO: Self = Self::ZERO;

    fn times(self, count: u32) -> Self {
        Self::times(self, i64::from(count))
    }

    fn key(self) -> f64 {
        Self::key(self)
    }
}

impl Amount for f64 {
    const ZERO: Self = 0.0;

    fn times(self, count: u32) -> Self {
        self * Self::from(count)
    }

    fn key(self) -> f64 {
        self
    }
}
