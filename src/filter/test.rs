//! Tests of a single item.

use super::FilterFault;
use crate::scenario::{Evidence, EvidenceStatus, Level, Rating, Scenario};

/// A test of an item. Texts are in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ItemTest {
    /// Its id or text has this.
    Word(String),
    /// Its kind has this.
    Kind(String),
    /// Its group has this.
    Group(String),
    /// One of its sources, or the name of one, has this.
    Source(String),
    /// One of its tags has this.
    Tag(String),
    /// Its date begins with this.
    Date(String),
    /// Its status is this.
    Status(EvidenceStatus),
    /// The level of credibility that counts is this.
    Credibility(Level),
    /// The level of relevance that counts is this.
    Relevance(Level),
    /// One of its ratings CC to II has this confidence.
    Confidence(Level),
    /// The hypothesis is rated, with this rating where one is named.
    Rated(String, Option<Rating>),
    /// The hypothesis is not rated; without a name, any one is not.
    Unrated(Option<String>),
    /// A merge left something to settle in it.
    Conflict,
}

/// A test with the sources and hypotheses of a scenario looked up.
#[derive(Debug)]
pub(super) struct BoundTest<'a> {
    test: &'a ItemTest,
    /// The hypotheses that it is about, by position.
    columns: Vec<usize>,
    /// Ids of the sources whose names have its text.
    named: Vec<&'a str>,
}

impl ItemTest {
    /// The hypothesis that it names.
    pub(super) fn hypothesis(&self) -> Option<&str> {
        match self {
            Self::Rated(id, _) | Self::Unrated(Some(id)) => Some(id),
            Self::Word(_)
            | Self::Kind(_)
            | Self::Group(_)
            | Self::Source(_)
            | Self::Tag(_)
            | Self::Date(_)
            | Self::Status(_)
            | Self::Credibility(_)
            | Self::Relevance(_)
            | Self::Confidence(_)
            | Self::Unrated(None)
            | Self::Conflict => None,
        }
    }

    /// Returns the fault to tell of where no scenario has what it names; `None` if it names nothing.
    pub(super) fn named(&self) -> Option<FilterFault> {
        match self {
            Self::Source(part) => Some(FilterFault::UnknownSource(part.clone())),
            _ => self.hypothesis().map(|id| FilterFault::UnknownHypothesis(id.to_owned())),
        }
    }

    /// Whether a scenario has what it names.
    pub(super) fn is_known(&self, scenario: &Scenario) -> bool {
        match self {
            Self::Source(part) => {
                let cited = scenario.evidence.iter().flat_map(Evidence::sources);
                let declared = scenario.sources.iter().flat_map(|source| [source.id.as_str(), &source.name]);
                declared.chain(cited.map(String::as_str)).any(|source| within(source, part))
            }
            _ => self.hypothesis().is_none_or(|id| !columns(id, scenario).is_empty()),
        }
    }

    /// Looks up what it names.
    pub(super) fn bound<'a>(&'a self, scenario: &'a Scenario) -> BoundTest<'a> {
        let columns = match self.hypothesis() {
            Some(id) => columns(id, scenario),
            None => (0..scenario.hypotheses.len()).collect(),
        };
        let named = match self {
            Self::Source(part) => {
                let named = scenario.sources.iter().filter(|source| within(&source.name, part));
                named.map(|source| source.id.as_str()).collect()
            }
            _ => Vec::new(),
        };
        BoundTest { test: self, columns, named }
    }
}

impl BoundTest<'_> {
    /// Whether an item passes.
    pub(super) fn holds(&self, item: &Evidence) -> bool {
        match self.test {
            ItemTest::Word(word) => item.id.as_str().contains(word.as_str()) || within(&item.text, word),
            ItemTest::Kind(kind) => item.kind().as_str().contains(kind.as_str()),
            ItemTest::Group(group) => item.group.as_deref().is_some_and(|text| within(text, group)),
            ItemTest::Source(part) => {
                let is_it = |source: &String| within(source, part) || self.named.contains(&source.as_str());
                item.sources().iter().any(is_it)
            }
            ItemTest::Tag(tag) => item.tags.iter().flatten().any(|text| within(text, tag)),
            ItemTest::Date(date) => item.date.is_some_and(|day| day.to_string().starts_with(date.as_str())),
            ItemTest::Status(status) => item.status() == *status,
            ItemTest::Credibility(level) => item.credibility() == *level,
            ItemTest::Relevance(level) => item.relevance() == *level,
            ItemTest::Confidence(level) => item.ratings.iter().any(|(_, cell)| {
                let is_judged = cell.rating.is_some_and(|rating| rating.value().is_some());
                is_judged && cell.confidence.unwrap_or(Level::DEFAULT) == *level
            }),
            ItemTest::Rated(_, wanted) => self.columns.iter().any(|at| {
                item.ratings.rating(*at).is_some_and(|rating| wanted.is_none_or(|wanted| wanted == rating))
            }),
            ItemTest::Unrated(_) => self.columns.iter().any(|at| item.ratings.rating(*at).is_none()),
            ItemTest::Conflict => {
                item.conflict.is_some() || item.ratings.iter().any(|(_, cell)| cell.conflict().is_some())
            }
        }
    }
}

fn within(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(part)
}

/// The hypothesis with this id, else those whose id or header begins so; by position.
pub(super) fn columns(id: &str, scenario: &Scenario) -> Vec<usize> {
    if let Some(at) = scenario.hypotheses.iter().position(|h| h.id.as_str() == id) {
        return vec![at];
    }
    let begins = |text: &str| text.to_lowercase().starts_with(id);
    let all = scenario.hypotheses.iter().enumerate();
    all.filter(|(_, h)| begins(h.id.as_str()) || begins(h.header())).map(|(at, _)| at).collect()
}
