//! Ratings: how expected an item of evidence would be if a hypothesis were true.

use super::keyword::keyword;

keyword! {
    /// A judgement on one item and one hypothesis: *if the hypothesis were true, how expected would the item be?*
    pub enum Rating {
        /// Very consistent.
        VeryConsistent = "CC",
        /// Consistent.
        Consistent = "C",
        /// Neutral: could go either way.
        Neutral = "N",
        /// Inconsistent.
        Inconsistent = "I",
        /// Very inconsistent.
        VeryInconsistent = "II",
        /// Not applicable: the item cannot bear on the hypothesis.
        NotApplicable = "NA",
    }
}

impl Rating {
    /// The five ratings that say something, from the most consistent to the most inconsistent.
    pub const SCALE: [Self; 5] =
        [Self::VeryConsistent, Self::Consistent, Self::Neutral, Self::Inconsistent, Self::VeryInconsistent];

    /// Returns the value on the scale, +2 (CC) to -2 (II); `None` for NA, which scores as 0 but is not on the
    /// scale.
    #[must_use]
    pub const fn value(self) -> Option<i8> {
        match self {
            Self::VeryConsistent => Some(2),
            Self::Consistent => Some(1),
            Self::Neutral => Some(0),
            Self::Inconsistent => Some(-1),
            Self::VeryInconsistent => Some(-2),
            Self::NotApplicable => None,
        }
    }

    /// Returns the value that enters a score: -2 to +2, NA as 0.
    #[must_use]
    pub const fn score(self) -> i8 {
        match self.value() {
            Some(value) => value,
            None => 0,
        }
    }

    /// Returns the rating with this value, -2 to +2.
    #[must_use]
    pub const fn from_value(value: i8) -> Option<Self> {
        match value {
            2 => Some(Self::VeryConsistent),
            1 => Some(Self::Consistent),
            0 => Some(Self::Neutral),
            -1 => Some(Self::Inconsistent),
            -2 => Some(Self::VeryInconsistent),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_ratings_are_each_others_inverse() {
        for rating in Rating::SCALE {
            assert_eq!(rating.value().and_then(Rating::from_value), Some(rating));
        }
        assert_eq!(Rating::NotApplicable.value(), None);
        assert_eq!(Rating::NotApplicable.score(), 0);
        assert_eq!(Rating::from_value(3), None);
    }

    #[test]
    fn words_are_case_sensitive() {
        assert_eq!(Rating::parse("II"), Some(Rating::VeryInconsistent));
        assert_eq!(Rating::parse("ii"), None);
        assert_eq!(Rating::parse(""), None);
    }
}
