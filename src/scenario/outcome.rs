//! The outcome: which hypothesis turned out to be true, when that is known.

use super::date::Date;

/// The answer to the question, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How it will be told.
    pub criterion: Option<String>,
    /// Ids of the hypotheses that were true: none of those listed where it is empty.
    pub hypothesis: Option<Vec<String>>,
    /// Whether the question turned out to make no sense.
    pub annulled: Option<bool>,
    /// When it became known.
    pub date: Option<Date>,
    /// Anything else.
    pub note: Option<String>,
}

impl Outcome {
    /// Whether the question turned out to make no sense.
    #[must_use]
    pub fn is_annulled(&self) -> bool {
        self.annulled.unwrap_or(false)
    }
}
