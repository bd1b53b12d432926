//! The sections that a report consists of.

use super::chart::Chart;
use super::faults::Faults;
use super::listing::Listing;
use super::phrase::Phrase;
use super::table::Table;
use crate::scenario::Scenario;

/// A section of a report. Sections are printed one below the other.
#[derive(Debug)]
pub enum Section<'a> {
    /// The subject of the report: title, question and, set apart, counts and dates.
    Title {
        /// The title.
        title: &'a str,
        /// The question, if the scenario asks one.
        question: Option<&'a str>,
        /// Counts and dates.
        extent: String,
    },
    /// A table.
    Table(Table<'a>),
    /// Sentences that belong together, each on a line of its own.
    Prose(Vec<Vec<Phrase<'a>>>),
    /// Entries of one sort under a heading.
    Listing(Listing<'a>),
    /// Values over time.
    Chart(Chart<'a>),
    /// Findings in a file.
    Faults(Faults<'a>),
    /// The command to run next.
    Next(String),
}

impl<'a> Section<'a> {
    /// Whether it has nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Listing(listing) => listing.entries.is_empty(),
            Self::Chart(chart) => chart.courses.is_empty(),
            Self::Prose(sentences) => sentences.iter().all(Vec::is_empty),
            Self::Title { .. } | Self::Table(_) | Self::Faults(_) | Self::Next(_) => false,
        }
    }

    /// Returns the title section of a report on a scenario.
    pub(super) fn title(scenario: &'a Scenario, extent: String) -> Self {
        Self::Title { title: &scenario.title, question: scenario.question.as_deref(), extent }
    }
}

/// Returns a section of these sentences without the empty ones.
pub(super) fn prose<'a>(sentences: impl IntoIterator<Item = Vec<Phrase<'a>>>) -> Section<'a> {
    Section::Prose(sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect())
}
