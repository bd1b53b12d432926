//! Sentences for people, with emphasis; and the sections that a report consists of.

use std::borrow::Cow;

use super::chart::Chart;
use super::finding::Faults;
use super::listing::Listing;
use super::table::{Cell, Table, Tone};
use crate::scenario::Scenario;

/// A part of a sentence with its tone.
pub type Phrase<'a> = Cell<'a>;

/// What is said plainly.
#[must_use]
pub(super) fn plain<'a>(text: impl Into<Cow<'a, str>>) -> Phrase<'a> {
    Cell::new(text, Tone::Plain)
}

/// What the eye should find.
#[must_use]
pub(super) fn strong<'a>(text: impl Into<Cow<'a, str>>) -> Phrase<'a> {
    Cell::new(text, Tone::Strong)
}

/// What may be overlooked.
#[must_use]
pub(super) fn dim<'a>(text: impl Into<Cow<'a, str>>) -> Phrase<'a> {
    Cell::new(text, Tone::Dim)
}

/// Sentences one below the other; those that say nothing are left out.
#[must_use]
pub(super) fn prose<'a>(sentences: impl IntoIterator<Item = Vec<Phrase<'a>>>) -> Section<'a> {
    Section::Prose(sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect())
}

/// Words that came and went between marks, so that they are told from the rest without colour.
#[must_use]
pub fn marked<'a>(words: &[Phrase<'a>]) -> Vec<Phrase<'a>> {
    let mark = |phrase: &Phrase<'a>| match phrase.tone {
        Tone::Added => Phrase::new(format!("{{+{}+}}", phrase.text), phrase.tone),
        Tone::Removed => Phrase::new(format!("[-{}-]", phrase.text), phrase.tone),
        Tone::Plain | Tone::Strong | Tone::Dim | Tone::Rating(_) => phrase.clone(),
    };
    words.iter().map(mark).collect()
}

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
