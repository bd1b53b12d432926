//! The sections that a report consists of.

use super::chart::Chart;
use super::faults::Faults;
use super::listing::Listing;
use super::phrase::Phrase;
use super::table::Table;
use crate::scenario::Scenario;

/// A part of a report, one below the other.
#[derive(Debug)]
pub enum Section<'a> {
    /// What the report is about: the title, the question and, set apart, how much there is.
    Title {
        /// The title.
        title: &'a str,
        /// The question, where the scenario asks one.
        question: Option<&'a str>,
        /// Counts and dates.
        extent: String,
    },
    /// A table.
    Table(Table<'a>),
    /// Sentences that belong together, each starting a line.
    Prose(Vec<Vec<Phrase<'a>>>),
    /// Entries of one sort under a heading.
    Listing(Listing<'a>),
    /// Courses of values.
    Chart(Chart<'a>),
    /// Findings in a file.
    Faults(Faults<'a>),
    /// The command that a reader would want next.
    Next(String),
}

impl<'a> Section<'a> {
    /// What a report on a scenario is about.
    pub(super) fn title(scenario: &'a Scenario, extent: String) -> Self {
        Self::Title { title: &scenario.title, question: scenario.question.as_deref(), extent }
    }
}

/// Sentences one below the other; those that say nothing are left out.
#[must_use]
pub(super) fn prose<'a>(sentences: impl IntoIterator<Item = Vec<Phrase<'a>>>) -> Section<'a> {
    Section::Prose(sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect())
}
