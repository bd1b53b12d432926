//! Weights of evidence: credibility, relevance, Admiralty grades.
//!
//! Levels and their factors follow the technical description of PARC ACH 1.1; the grades are those of NATO's
//! AJP-2.1 (Admiralty code), mapped to levels as docs/method.md says.

use super::keyword::keyword;

keyword! {
    /// Low, medium or high: the scale of credibility, relevance and confidence.
    pub enum Level {
        /// Below average.
        Low = "low",
        /// The default.
        Medium = "medium",
        /// Above average.
        High = "high",
    }
}

impl Level {
    /// The level of a field without one.
    pub const DEFAULT: Self = Self::Medium;

    /// Returns -1, 0 or +1: the exponent of sqrt(2) in a weight.
    #[must_use]
    pub const fn exponent(self) -> i8 {
        match self {
            Self::Low => -1,
            Self::Medium => 0,
            Self::High => 1,
        }
    }
}

keyword! {
    /// Reliability of a source: the letter of an Admiralty grade. F says that it cannot be judged, not that it is bad.
    pub enum Reliability {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Cannot be judged.
        F = "F",
    }
}

/// An Admiralty grade such as B2: reliability of the source, credibility of the information (1 to 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade {
    reliability: Reliability,
    digit: u8,
}

impl Grade {
    /// Returns the grade that `text` spells: a capital letter A to F and a digit 1 to 6.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (letter, digit) = text.split_at_checked(1)?;
        let reliability = Reliability::parse(letter)?;
        match digit.as_bytes() {
            [d @ b'1'..=b'6'] => Some(Self { reliability, digit: d - b'0' }),
            _ => None,
        }
    }

    /// Returns the level of credibility it stands for. The digits 4 and 5 (doubtful, improbable) are low for
    /// every source. Otherwise the sum of letter (A, B = 1; C, F = 0; D, E = -1) and digit (1, 2 = 1; 3, 6 =
    /// 0) decides: 2 is high, 0 or 1 medium, -1 low.
    #[must_use]
    pub const fn level(self) -> Level {
        let letter = match self.reliability {
            Reliability::A | Reliability::B => 1,
            Reliability::C | Reliability::F => 0,
            Reliability::D | Reliability::E => -1,
        };
        let digit = match self.digit {
            1 | 2 => 1,
            4 | 5 => return Level::Low,
            _ => 0,
        };
        match letter + digit {
            2 => Level::High,
            0 | 1 => Level::Medium,
            _ => Level::Low,
        }
    }
}

impl std::fmt::Display for Grade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.reliability, self.digit)
    }
}

impl serde::Serialize for Grade {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An item's credibility: stated as a level or a grade, never both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Credibility {
    /// `credibility = "high"`
    Level(Level),
    /// `grade = "B2"`
    Grade(Grade),
}

impl Credibility {
    /// Returns the effective level.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::Level(level) => level,
            Self::Grade(grade) => grade.level(),
        }
    }
}

/// Weight of an item: `sqrt(2)` to the power of -2 to 2, so 0.5 to 2, kept as the exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(i8);

impl Weight {
    /// Weight 1.
    pub const ONE: Self = Self(0);

    /// Returns the product of the factors of credibility and relevance.
    #[must_use]
    pub const fn new(credibility: Level, relevance: Level) -> Self {
        Self(credibility.exponent() + relevance.exponent())
    }

    /// The weight as `(a + b * sqrt(2)) / 2` with integers `(a, b)`.
    #[must_use]
    pub const fn halves(self) -> (i64, i64) {
        match self.0 {
            ..=-2 => (1, 0),
            -1 => (0, 1),
            0 => (2, 0),
            1 => (0, 2),
            2.. => (4, 0),
        }
    }

    /// The weight as a number, 0.5 to 2.
    #[must_use]
    pub const fn factor(self) -> f64 {
        match self.0 {
            ..=-2 => 0.5,
            -1 => std::f64::consts::FRAC_1_SQRT_2,
            0 => 1.0,
            1 => std::f64::consts::SQRT_2,
            2.. => 2.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_become_levels_as_documented() {
        let level = |text: &str| Grade::parse(text).unwrap().level();
        assert_eq!(level("A1"), Level::High);
        assert_eq!(level("B2"), Level::High);
        assert_eq!(level("C2"), Level::Medium);
        assert_eq!(level("F6"), Level::Medium);
        for doubtful in ["A4", "A5", "B4", "B5"] {
            assert_eq!(level(doubtful), Level::Low, "{doubtful}");
        }
        assert_eq!(level("F4"), Level::Low);
        assert_eq!(level("E5"), Level::Low);
        assert_eq!(Grade::parse("B2").unwrap().to_string(), "B2");
        for bad in ["", "B", "b2", "B7", "B0", "G1", "B22", "é2"] {
            assert_eq!(Grade::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn halves_and_factor_tell_the_same_weight() {
        for credibility in Level::ALL {
            for relevance in Level::ALL {
                let weight = Weight::new(*credibility, *relevance);
                let (a, b) = weight.halves();
                let value = (a as f64 + b as f64 * std::f64::consts::SQRT_2) / 2.0;
                assert!((value - weight.factor()).abs() < 1e-15);
            }
        }
    }
}
