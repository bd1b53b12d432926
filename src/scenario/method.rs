//! The scoring methods, and the scales of words for probabilities.

use super::keyword::keyword;

keyword! {
    /// A way to turn ratings into a score. Higher is better in all of them.
    pub enum Method {
        /// Sum of the inconsistent ratings (Heuer 1999, chapter 8).
        Inconsistency = "inconsistency",
        /// The sum of inconsistencies, each item by its weight (PARC ACH).
        Weighted = "weighted",
        /// Weighted sum of all ratings.
        Net = "net",
        /// Posterior probability (Good 1950; Schum 1994).
        Bayes = "bayes",
    }
}

impl Method {
    /// The method of a scenario without one.
    pub const DEFAULT: Self = Self::Weighted;

    /// Returns the claim that the method makes about a leader.
    #[must_use]
    pub const fn claim(self) -> LeadClaim {
        match self {
            Self::Inconsistency | Self::Weighted => LeadClaim::LeastContradicted,
            Self::Net => LeadClaim::BestSupported,
            Self::Bayes => LeadClaim::MostProbable,
        }
    }

    /// Returns whether scores are sums of contributions on the lattice of (a + b sqrt 2) / 2, and not
    /// probabilities.
    #[must_use]
    pub const fn is_additive(self) -> bool {
        !matches!(self.claim(), LeadClaim::MostProbable)
    }
}

/// The claim of a method about its leaders, which decides the wording about a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadClaim {
    /// Least speaks against them.
    LeastContradicted,
    /// More speaks for them, on balance, than for others.
    BestSupported,
    /// They have the highest posterior probability.
    MostProbable,
}

keyword! {
    /// A scale of words for probabilities.
    pub enum Yardstick {
        /// Intelligence Community Directive 203 (US).
        Icd203 = "icd203",
        /// Professional Head of Intelligence Assessment (UK).
        Phia = "phia",
    }
}

impl Default for Method {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Yardstick {
    /// The yardstick of a scenario without one.
    pub const DEFAULT: Self = Self::Icd203;
}
