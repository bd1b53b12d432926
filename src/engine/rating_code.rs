//! Marks: the cells of a matrix as single bytes.

use crate::scenario::Rating;

/// The rating of a cell, or that it is blank, in one byte.
///
/// In the order of the scale, with the three codes that score 0 in the middle. So how far a code stands below or
/// above zero is one saturating subtraction, which processors do on 16 or more bytes at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum RatingCode {
    /// CC
    VeryConsistent,
    /// C
    Consistent,
    /// N
    Neutral,
    /// NA
    NotApplicable,
    /// Not rated yet.
    Blank,
    /// I
    Inconsistent,
    /// II
    VeryInconsistent,
}

impl RatingCode {
    /// Number of codes.
    pub(super) const COUNT: usize = 7;
    /// Every code, in the order of its byte.
    pub(super) const ALL: [Self; Self::COUNT] = [
        Self::VeryConsistent,
        Self::Consistent,
        Self::Neutral,
        Self::NotApplicable,
        Self::Blank,
        Self::Inconsistent,
        Self::VeryInconsistent,
    ];
    /// The codes that do not score 0.
    pub(super) const TELLING: [Self; 4] =
        [Self::VeryConsistent, Self::Consistent, Self::Inconsistent, Self::VeryInconsistent];

    /// The rating; `None` for a blank.
    #[must_use]
    pub const fn rating(self) -> Option<Rating> {
        match self {
            Self::VeryConsistent => Some(Rating::VeryConsistent),
            Self::Consistent => Some(Rating::Consistent),
            Self::Neutral => Some(Rating::Neutral),
            Self::NotApplicable => Some(Rating::NotApplicable),
            Self::Blank => None,
            Self::Inconsistent => Some(Rating::Inconsistent),
            Self::VeryInconsistent => Some(Rating::VeryInconsistent),
        }
    }

    /// Returns whether it is a step of the scale, CC to II: neither blank nor NA.
    #[must_use]
    pub const fn is_on_scale(self) -> bool {
        !matches!(self, Self::NotApplicable | Self::Blank)
    }

    /// Steps towards consistency: 2 for CC, 1 for C, else 0.
    #[must_use]
    pub const fn steps_for(self) -> u8 {
        (Self::Neutral as u8).saturating_sub(self as u8)
    }

    /// Steps towards inconsistency: 2 for II, 1 for I, else 0.
    #[must_use]
    pub const fn steps_against(self) -> u8 {
        (self as u8).saturating_sub(Self::Blank as u8)
    }

    /// The value that enters a score, +2 (CC) to -2 (II); NA and blank as 0.
    #[must_use]
    pub const fn value(self) -> i8 {
        self.steps_for().cast_signed() - self.steps_against().cast_signed()
    }
}

impl From<Rating> for RatingCode {
    fn from(rating: Rating) -> Self {
        match rating {
            Rating::VeryConsistent => Self::VeryConsistent,
            Rating::Consistent => Self::Consistent,
            Rating::Neutral => Self::Neutral,
            Rating::Inconsistent => Self::Inconsistent,
            Rating::VeryInconsistent => Self::VeryInconsistent,
            Rating::NotApplicable => Self::NotApplicable,
        }
    }
}

impl From<Option<Rating>> for RatingCode {
    fn from(rating: Option<Rating>) -> Self {
        rating.map_or(Self::Blank, Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_its_rating_in_one_byte() {
        for rating in Rating::ALL {
            let code = RatingCode::from(*rating);
            assert_eq!(code.rating(), Some(*rating));
            assert_eq!(code.value(), rating.score());
            assert_eq!(code.is_on_scale(), rating.value().is_some());
        }
        assert_eq!(RatingCode::from(None).rating(), None);
        assert_eq!(RatingCode::Blank.value(), 0);
        assert!(!RatingCode::Blank.is_on_scale());
        assert_eq!(std::mem::size_of::<RatingCode>(), 1);
        for (byte, code) in RatingCode::ALL.into_iter().enumerate() {
            assert_eq!(code as usize, byte);
        }
    }
}
