//! Evidence: what is known, assumed, argued, or conspicuously absent.

use super::cell::Row;
use super::conflict::Conflict;
use super::date::Date;
use super::field::fields;
use super::id::EvidenceId;
use super::keyword::keyword;
use super::value::ItemKind;
use super::weight::{Credibility, Grade, Level, Weight};

keyword! {
    /// What sort of statement an item is.
    pub enum Kind {
        /// Something observed or reported.
        Fact = "fact",
        /// Something taken for granted.
        Assumption = "assumption",
        /// An inference.
        Argument = "argument",
        /// Something expected that did not happen.
        Absence = "absence",
    }
}

impl Kind {
    /// The kind of an item that names none.
    pub const DEFAULT: Self = Self::Fact;
}

fields! {
    /// One item of evidence with its row of ratings.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Evidence {
        /// Its id.
        id: EvidenceId,
        /// The judgements.
        ratings: Row,
        /// What a merge left to settle.
        conflict: Option<Box<Conflict>>,
    }
    EvidenceField {
        text: String = Text("text", Sentence, "What it says.");
        kind: Option<Kind> = Kind(
            "kind", Fact, "What sort of statement it is; default fact.", default: Kind::DEFAULT.as_str()
        );
        date: Option<Date> = Date("date", Fact, "When it became known: a day, or a month or year in quotes.");
        source: Option<Vec<String>> as OneOrMore = Source(
            "source", Fact, "Who says it: ids of sources where sources are declared, else free text.",
            refers_to: ItemKind::Source
        );
        url: Option<String> = Url("url", Fact, "Where it is found.");
        quote: Option<String> = Quote("quote", Prose, "The words that it rests on.");
        credibility: Option<Credibility> as Level = Credibility(
            "credibility", Weight, "How far it can be believed; default medium, excludes grade.",
            default: Level::DEFAULT.as_str(); excludes Grade
        );
        credibility as Grade = Grade(
            "grade", Weight, "Admiralty grade such as B2, in place of credibility."; excludes Credibility
        );
        relevance: Option<Level> = Relevance(
            "relevance", Weight, "How much it bears on the question; default medium.",
            default: Level::DEFAULT.as_str()
        );
        group: Option<String> = Group("group", Fact, "Items of one group are not independent of each other.");
        tags: Option<Vec<String>> = Tags("tags", Fact, "Free labels.");
        note: Option<String> = Note("note", Prose, "Anything else.");
    }
}

impl Evidence {
    /// An item with an id, a text and nothing else.
    #[must_use]
    pub fn new(id: EvidenceId, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::empty(id) }
    }

    /// The kind that counts.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind.unwrap_or(Kind::DEFAULT)
    }

    /// The level of credibility that counts.
    #[must_use]
    pub fn credibility(&self) -> Level {
        self.credibility.map_or(Level::DEFAULT, Credibility::level)
    }

    /// The level of relevance that counts.
    #[must_use]
    pub fn relevance(&self) -> Level {
        self.relevance.unwrap_or(Level::DEFAULT)
    }

    /// Its weight in a score.
    #[must_use]
    pub fn weight(&self) -> Weight {
        Weight::new(self.credibility(), self.relevance())
    }

    /// The sources it cites, in order.
    #[must_use]
    pub fn sources(&self) -> &[String] {
        self.source.as_deref().unwrap_or_default()
    }
}
