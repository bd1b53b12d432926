//! What stands over a report: how it is to be handled, and what it is.

use std::borrow::Cow;

use super::words::list;
use crate::scenario::Scenario;

/// The head of a report in every output for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading<'a> {
    /// The handling marking, which stands first and last.
    pub marking: Option<Cow<'a, str>>,
    /// What the report is, in a few words: a heading for a document that holds its records.
    pub title: Cow<'a, str>,
}

impl<'a> Heading<'a> {
    /// Over what is said of one scenario.
    #[must_use]
    pub fn of(scenario: &'a Scenario) -> Self {
        Self {
            marking: scenario.marking.as_deref().map(Cow::Borrowed),
            title: Cow::Borrowed(&scenario.title),
        }
    }

    /// Over what holds nothing of any scenario.
    #[must_use]
    pub fn unmarked(title: &'a str) -> Self {
        Self { marking: None, title: Cow::Borrowed(title) }
    }

    /// Over what is said of several scenarios: each of their markings once.
    #[must_use]
    pub fn over(title: &'a str, markings: impl IntoIterator<Item = Cow<'a, str>>) -> Self {
        let mut different: Vec<Cow<'a, str>> = Vec::new();
        for marking in markings {
            if !different.contains(&marking) {
                different.push(marking);
            }
        }
        let marking = (!different.is_empty()).then(|| Cow::Owned(list(&different)));
        Self { marking, title: Cow::Borrowed(title) }
    }
}
