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
    /// The sort of statement that an item is.
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

keyword! {
    /// How thoroughly an absence was looked for.
    pub enum Searched {
        /// It would have been found.
        Full = "full",
        /// It might have been missed: credibility counts as low.
        Partial = "partial",
        /// Nobody looked: every rating scores as not applicable.
        None = "none",
    }
}

keyword! {
    /// Whether an item is scored.
    pub enum EvidenceStatus {
        /// It is scored.
        Active = "active",
        /// It is kept for the record and not scored.
        Withdrawn = "withdrawn",
    }
}

impl EvidenceStatus {
    /// The status of an item without one.
    pub const DEFAULT: Self = Self::Active;
}

impl Kind {
    /// The kind of an item without one.
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
        /// The conflicts left in its fields.
        conflict: Option<Box<Conflict>>,
    }
    EvidenceField {
        text: String = Text("text", Sentence, "What it says.");
        kind: Option<Kind> = Kind(
            "kind", Fact, "What sort of statement it is; default fact.", default: Kind::DEFAULT.as_str()
        );
        searched: Option<Searched> = Searched(
            "searched", Weight, "How well an absence was looked for: partial makes it weigh little, none nothing."
        );
        status: Option<EvidenceStatus> = Status(
            "status", Fact, "Whether it counts; withdrawn keeps it for the record, never scored; default active.",
            default: EvidenceStatus::DEFAULT.as_str()
        );
        rests_on: Option<Vec<String>> = RestsOn(
            "rests_on", Fact, "Ids of items without which it means nothing: where they do not count, it does not.",
            refers_to: ItemKind::Evidence
        );
        date: Option<Date> = Date("date", Fact, "When it became known: a day, or a month or year in quotes.");
        source: Option<Vec<String>> as OneOrMore = Source(
            "source", Fact, "Who says it: ids of sources where sources are declared, else free text.",
            refers_to: ItemKind::Source
        );
        url: Option<String> = Url("url", Fact, "Where it is found.");
        locator: Option<String> = Locator("locator", Fact, "Where in the source, such as a page.");
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

    /// Returns the kind, or the default.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind.unwrap_or(Kind::DEFAULT)
    }

    /// Returns how thoroughly an absence was looked for; `None` for other kinds, or if not stated.
    #[must_use]
    pub fn searched(&self) -> Option<Searched> {
        self.searched.filter(|_| self.kind() == Kind::Absence)
    }

    /// Returns the status, or the default.
    #[must_use]
    pub fn status(&self) -> EvidenceStatus {
        self.status.unwrap_or(EvidenceStatus::DEFAULT)
    }

    /// Returns whether it is kept for the record only.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.status() == EvidenceStatus::Withdrawn
    }

    /// Returns the ids of its premises, in order.
    #[must_use]
    pub fn premises(&self) -> &[String] {
        self.rests_on.as_deref().unwrap_or_default()
    }

    /// Returns the effective level of credibility: low for an absence that was looked for only partly.
    #[must_use]
    pub fn credibility(&self) -> Level {
        if self.searched() == Some(Searched::Partial) {
            return Level::Low;
        }
        self.credibility.map_or(Level::DEFAULT, Credibility::level)
    }

    /// Returns the effective level of relevance.
    #[must_use]
    pub fn relevance(&self) -> Level {
        self.relevance.unwrap_or(Level::DEFAULT)
    }

    /// Returns its weight in a score.
    #[must_use]
    pub fn weight(&self) -> Weight {
        Weight::new(self.credibility(), self.relevance())
    }

    /// Returns the sources it cites, in order.
    #[must_use]
    pub fn sources(&self) -> &[String] {
        self.source.as_deref().unwrap_or_default()
    }
}
