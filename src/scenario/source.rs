//! Sources: who says it, how reliable they are, and who could make them say it.

use super::conflict::Conflict;
use super::id::SourceId;
use super::keyword::keyword;
use super::value::{self, Refusal, Shape, Value};
use super::weight::Reliability;

/// A declared source.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// Its name in full.
    pub name: String,
    /// Where it is found.
    pub url: Option<String>,
    /// Shown and linted, never scored.
    pub reliability: Option<Reliability>,
    /// Ids of hypotheses whose actor could steer this source; whether they exist is judged by
    /// [`super::inconsistencies`].
    pub controlled_by: Option<Vec<String>>,
    /// Anything else.
    pub note: Option<String>,
    /// What a merge left to settle.
    pub conflict: Option<Conflict>,
}

keyword! {
    /// Fields of a source, besides its id.
    pub enum SourceField {
        /// [`Source::name`]
        Name = "name",
        /// [`Source::url`]
        Url = "url",
        /// [`Source::reliability`]
        Reliability = "reliability",
        /// [`Source::controlled_by`]
        ControlledBy = "controlled_by",
        /// [`Source::note`]
        Note = "note",
    }
}

impl SourceField {
    /// What the field accepts.
    #[must_use]
    pub const fn shape(self) -> Shape {
        match self {
            Self::Name | Self::Url | Self::Note => Shape::Text,
            Self::Reliability => Shape::Word(Reliability::WORDS),
            Self::ControlledBy => Shape::List,
        }
    }
}

impl Source {
    /// A source with an id, a name and nothing else.
    #[must_use]
    pub fn new(id: SourceId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            url: None,
            reliability: None,
            controlled_by: None,
            note: None,
            conflict: None,
        }
    }

    /// What a field holds.
    #[must_use]
    pub fn get(&self, field: SourceField) -> Option<Value> {
        match field {
            SourceField::Name => Some(Value::Text(self.name.clone())),
            SourceField::Url => self.url.clone().map(Value::Text),
            SourceField::Reliability => self.reliability.map(|r| Value::Text(r.as_str().into())),
            SourceField::ControlledBy => self.controlled_by.clone().map(Value::List),
            SourceField::Note => self.note.clone().map(Value::Text),
        }
    }

    /// Sets a field, or removes it.
    ///
    /// # Errors
    /// A [`Refusal`] if the value does not fit; the source is then unchanged.
    pub fn set(&mut self, field: SourceField, value: Option<Value>) -> Result<(), Refusal> {
        match field {
            SourceField::Name => self.name = value::required_text(value)?,
            SourceField::Url => self.url = value::text(value)?,
            SourceField::Reliability => {
                self.reliability = value::word(value, Reliability::parse, Reliability::WORDS)?;
            }
            SourceField::ControlledBy => self.controlled_by = value::list(value)?,
            SourceField::Note => self.note = value::text(value)?,
        }
        Ok(())
    }
}
