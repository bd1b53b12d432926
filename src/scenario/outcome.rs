//! The outcome: which hypothesis turned out to be true, when that is known.

use super::date::Date;

/// The answer to the question, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How to decide which hypothesis is true.
    pub criterion: Option<String>,
    /// Ids of the true hypotheses. An empty list means none of those listed.
    pub hypothesis: Option<Vec<String>>,
    /// Whether the question turned out to make no sense.
    pub annulled: Option<bool>,
    /// The date on which it became known.
    pub date: Option<Date>,
    /// Anything else.
    pub note: Option<String>,
}

impl Outcome {
    /// Returns whether the question turned out to make no sense.
    #[must_use]
    pub fn is_annulled(&self) -> bool {
        self.annulled.unwrap_or(false)
    }
}
