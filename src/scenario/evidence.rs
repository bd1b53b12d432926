//! Evidence: what is known, assumed, argued, or conspicuously absent.

use super::cell::Row;
use super::conflict::Conflict;
use super::date::Date;
use super::id::EvidenceId;
use super::keyword::keyword;
use super::value::{self, Refusal, Shape, Value};
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

/// One item of evidence with its row of ratings.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// What it says.
    pub text: String,
    /// `None` counts as a fact.
    pub kind: Option<Kind>,
    /// When it became known.
    pub date: Option<Date>,
    /// Ids of sources where sources are declared, else free texts; whether ids exist is judged by
    /// [`super::inconsistencies`].
    pub source: Option<Vec<String>>,
    /// Where it is found.
    pub url: Option<String>,
    /// The words it rests on.
    pub quote: Option<String>,
    /// A level or a grade; `None` counts as medium.
    pub credibility: Option<Credibility>,
    /// `None` counts as medium.
    pub relevance: Option<Level>,
    /// Items of one group are not independent of each other.
    pub group: Option<String>,
    /// Free labels.
    pub tags: Option<Vec<String>>,
    /// Anything else.
    pub note: Option<String>,
    /// The judgements.
    pub ratings: Row,
    /// What a merge left to settle.
    pub conflict: Option<Box<Conflict>>,
}

keyword! {
    /// Fields of an evidence item, besides its id and its ratings.
    pub enum EvidenceField {
        /// [`Evidence::text`]
        Text = "text",
        /// [`Evidence::kind`]
        Kind = "kind",
        /// [`Evidence::date`]
        Date = "date",
        /// [`Evidence::source`]
        Source = "source",
        /// [`Evidence::url`]
        Url = "url",
        /// [`Evidence::quote`]
        Quote = "quote",
        /// [`Evidence::credibility`], as a level
        Credibility = "credibility",
        /// [`Evidence::credibility`], as a grade
        Grade = "grade",
        /// [`Evidence::relevance`]
        Relevance = "relevance",
        /// [`Evidence::group`]
        Group = "group",
        /// [`Evidence::tags`]
        Tags = "tags",
        /// [`Evidence::note`]
        Note = "note",
    }
}

impl EvidenceField {
    /// What the field accepts.
    #[must_use]
    pub const fn shape(self) -> Shape {
        match self {
            Self::Text | Self::Url | Self::Quote | Self::Group | Self::Note => Shape::Text,
            Self::Kind => Shape::Word(Kind::WORDS),
            Self::Date => Shape::Date,
            Self::Source => Shape::TextOrList,
            Self::Credibility | Self::Relevance => Shape::Word(Level::WORDS),
            Self::Grade => Shape::Grade,
            Self::Tags => Shape::List,
        }
    }
}

impl Evidence {
    /// An item with an id, a text and nothing else.
    #[must_use]
    pub fn new(id: EvidenceId, text: impl Into<String>) -> Self {
        Self {
            id,
            text: text.into(),
            kind: None,
            date: None,
            source: None,
            url: None,
            quote: None,
            credibility: None,
            relevance: None,
            group: None,
            tags: None,
            note: None,
            ratings: Row::default(),
            conflict: None,
        }
    }

    /// The kind that counts.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind.unwrap_or(Kind::Fact)
    }

    /// The level of credibility that counts.
    #[must_use]
    pub fn credibility(&self) -> Level {
        self.credibility.map_or(Level::Medium, Credibility::level)
    }

    /// The level of relevance that counts.
    #[must_use]
    pub fn relevance(&self) -> Level {
        self.relevance.unwrap_or(Level::Medium)
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

    /// What a field holds.
    #[must_use]
    pub fn get(&self, field: EvidenceField) -> Option<Value> {
        match field {
            EvidenceField::Text => Some(Value::Text(self.text.clone())),
            EvidenceField::Kind => self.kind.map(|k| Value::Text(k.as_str().into())),
            EvidenceField::Date => self.date.map(Value::Date),
            EvidenceField::Source => self.source.as_deref().map(Value::text_or_list),
            EvidenceField::Url => self.url.clone().map(Value::Text),
            EvidenceField::Quote => self.quote.clone().map(Value::Text),
            EvidenceField::Credibility => match self.credibility {
                Some(Credibility::Level(level)) => Some(Value::Text(level.as_str().into())),
                Some(Credibility::Grade(_)) | None => None,
            },
            EvidenceField::Grade => match self.credibility {
                Some(Credibility::Grade(grade)) => Some(Value::Text(grade.to_string())),
                Some(Credibility::Level(_)) | None => None,
            },
            EvidenceField::Relevance => self.relevance.map(|r| Value::Text(r.as_str().into())),
            EvidenceField::Group => self.group.clone().map(Value::Text),
            EvidenceField::Tags => self.tags.clone().map(Value::List),
            EvidenceField::Note => self.note.clone().map(Value::Text),
        }
    }

    /// Sets a field, or removes it. A level of credibility replaces a grade and the reverse.
    ///
    /// # Errors
    /// A [`Refusal`] if the value does not fit; the item is then unchanged.
    pub fn set(&mut self, field: EvidenceField, value: Option<Value>) -> Result<(), Refusal> {
        match field {
            EvidenceField::Text => self.text = value::required_text(value)?,
            EvidenceField::Kind => self.kind = value::word(value, Kind::parse, Kind::WORDS)?,
            EvidenceField::Date => self.date = value::date(value)?,
            EvidenceField::Source => self.source = value::text_or_list(value)?,
            EvidenceField::Url => self.url = value::text(value)?,
            EvidenceField::Quote => self.quote = value::text(value)?,
            EvidenceField::Credibility => match value::word(value, Level::parse, Level::WORDS)? {
                Some(level) => self.credibility = Some(Credibility::Level(level)),
                None if matches!(self.credibility, Some(Credibility::Level(_))) => self.credibility = None,
                None => {}
            },
            EvidenceField::Grade => {
                match value::text(value).map_err(|_| Refusal::WrongType(Shape::Grade))? {
                    Some(text) => {
                        let grade = Grade::parse(&text).ok_or(Refusal::BadGrade)?;
                        self.credibility = Some(Credibility::Grade(grade));
                    }
                    None if matches!(self.credibility, Some(Credibility::Grade(_))) => {
                        self.credibility = None
                    }
                    None => {}
                }
            }
            EvidenceField::Relevance => self.relevance = value::word(value, Level::parse, Level::WORDS)?,
            EvidenceField::Group => self.group = value::text(value)?,
            EvidenceField::Tags => self.tags = value::list(value)?,
            EvidenceField::Note => self.note = value::text(value)?,
        }
        Ok(())
    }
}
