//! The class of an item: credibility and relevance, and what they count for.

use crate::scenario::{Level, Weight};

/// Credibility and relevance of an item, which together decide its weight and its likelihoods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class {
    credibility: Level,
    relevance: Level,
}

impl Class {
    /// Every class: by credibility, then by relevance, low to high.
    pub const ALL: [Self; 9] = [
        Self::new(Level::Low, Level::Low),
        Self::new(Level::Low, Level::Medium),
        Self::new(Level::Low, Level::High),
        Self::new(Level::Medium, Level::Low),
        Self::new(Level::Medium, Level::Medium),
        Self::new(Level::Medium, Level::High),
        Self::new(Level::High, Level::Low),
        Self::new(Level::High, Level::Medium),
        Self::new(Level::High, Level::High),
    ];

    /// The class of these two levels.
    #[must_use]
    pub const fn new(credibility: Level, relevance: Level) -> Self {
        Self { credibility, relevance }
    }

    /// The credibility.
    #[must_use]
    pub const fn credibility(self) -> Level {
        self.credibility
    }

    /// The weight in the additive methods.
    #[must_use]
    pub const fn weight(self) -> Weight {
        Weight::new(self.credibility, self.relevance)
    }

    /// rho, the reliability of a report in `bayes`, by its credibility.
    #[must_use]
    pub const fn reliability(self) -> f64 {
        match self.credibility {
            Level::Low => 0.5,
            Level::Medium => 0.8,
            Level::High => 0.95,
        }
    }

    /// v, the factor of relevance on the log-odds of `bayes`: 1/sqrt 2 to sqrt 2.
    #[must_use]
    pub const fn relevance_factor(self) -> f64 {
        Weight::new(Level::Medium, self.relevance).factor()
    }

    /// Position in [`Self::ALL`].
    pub(super) const fn index(self) -> usize {
        self.credibility as usize * Level::ALL.len() + self.relevance as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_stand_at_their_index() {
        for (at, class) in Class::ALL.iter().enumerate() {
            assert_eq!(class.index(), at);
        }
    }
}
