//! Probabilities: numbers from 0 to 1.

/// A probability.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[serde(transparent)]
pub struct Probability(f64);

/// It is never NaN.
impl Eq for Probability {}

impl Probability {
    /// Returns the probability with this value, which must be from 0 to 1.
    #[must_use]
    pub fn new(value: f64) -> Option<Self> {
        // Adding 0 makes -0, which equals 0, the same bits.
        (0.0..=1.0).contains(&value).then_some(Self(value + 0.0))
    }

    /// Returns the probability that `text` spells: `35%`, `35 %` or `0.35`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| text.trim().parse::<f64>().ok();
        match text.trim().strip_suffix('%') {
            Some(percent) => Self::new(number(percent)? / 100.0),
            None => Self::new(number(text)?),
        }
    }

    /// Returns the value, from 0 to 1.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl std::hash::Hash for Probability {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probability_is_spelled_as_a_share_of_1_or_of_100() {
        let value = |text: &str| Probability::parse(text).map(Probability::get);
        for (text, expected) in [("35%", 0.35), (" 35 % ", 0.35), ("0.35", 0.35), ("1", 1.0), ("100%", 1.0)] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
        for bad in ["", "%", "35", "101%", "-1%", "nan", "inf", "0,35"] {
            assert_eq!(value(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_numbers_from_0_to_1_are_probabilities() {
        for good in [0.0, -0.0, 1e-300, 0.5, 1.0] {
            assert_eq!(Probability::new(good).map(Probability::get), Some(good));
        }
        assert!(Probability::new(-0.0).is_some_and(|zero| zero.get().is_sign_positive()));
        for bad in [-1e-300, 1.0 + f64::EPSILON, f64::NAN, f64::INFINITY] {
            assert_eq!(Probability::new(bad), None);
        }
    }
}
