//! The heading of a report: its handling marking and its title.

use std::borrow::Cow;

use super::words::list;
use crate::scenario::Scenario;

/// The heading of a report in every output for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading<'a> {
    /// The handling marking, printed first and last.
    pub marking: Option<Cow<'a, str>>,
    /// The title in a few words.
    pub title: Cow<'a, str>,
}

impl<'a> Heading<'a> {
    /// Returns the heading of a report on one scenario.
    #[must_use]
    pub fn of(scenario: &'a Scenario) -> Self {
        Self {
            marking: scenario.marking.as_deref().map(Cow::Borrowed),
            title: Cow::Borrowed(&scenario.title),
        }
    }

    /// Returns a heading without a marking, for reports that hold nothing of any scenario.
    #[must_use]
    pub fn unmarked(title: &'a str) -> Self {
        Self { marking: None, title: Cow::Borrowed(title) }
    }

    /// Returns the heading of a report on several scenarios, with each of their markings once.
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
