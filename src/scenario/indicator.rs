//! Indicators: what to watch for next, and what it would tell (Heuer's eighth step).

use super::conflict::Conflict;
use super::date::{Date, Day};
use super::id::IndicatorId;
use super::keyword::keyword;
use super::value::{self, Refusal, Shape, Value};

keyword! {
    /// Whether the event was seen.
    pub enum IndicatorStatus {
        /// Still to be watched for.
        Pending = "pending",
        /// It happened.
        Observed = "observed",
        /// It did not happen when it should have.
        NotObserved = "not-observed",
    }
}

/// One future event that would speak for a hypothesis.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// Its id.
    pub id: IndicatorId,
    /// What to watch for.
    pub text: String,
    /// Id of the hypothesis it would support; whether it exists is judged by [`super::inconsistencies`].
    pub hypothesis: Option<String>,
    /// `None` counts as pending.
    pub status: Option<IndicatorStatus>,
    /// When it should have been seen.
    pub due: Option<Day>,
    /// Anything else.
    pub note: Option<String>,
    /// What a merge left to settle.
    pub conflict: Option<Conflict>,
}

keyword! {
    /// Fields of an indicator, besides its id.
    pub enum IndicatorField {
        /// [`Indicator::text`]
        Text = "text",
        /// [`Indicator::hypothesis`]
        Hypothesis = "hypothesis",
        /// [`Indicator::status`]
        Status = "status",
        /// [`Indicator::due`]
        Due = "due",
        /// [`Indicator::note`]
        Note = "note",
    }
}

impl IndicatorField {
    /// What the field accepts.
    #[must_use]
    pub const fn shape(self) -> Shape {
        match self {
            Self::Text | Self::Hypothesis | Self::Note => Shape::Text,
            Self::Status => Shape::Word(IndicatorStatus::WORDS),
            Self::Due => Shape::Day,
        }
    }
}

impl Indicator {
    /// An indicator with an id, a text and nothing else.
    #[must_use]
    pub fn new(id: IndicatorId, text: impl Into<String>) -> Self {
        Self { id, text: text.into(), hypothesis: None, status: None, due: None, note: None, conflict: None }
    }

    /// The status that counts.
    #[must_use]
    pub fn status(&self) -> IndicatorStatus {
        self.status.unwrap_or(IndicatorStatus::Pending)
    }

    /// What a field holds.
    #[must_use]
    pub fn get(&self, field: IndicatorField) -> Option<Value> {
        match field {
            IndicatorField::Text => Some(Value::Text(self.text.clone())),
            IndicatorField::Hypothesis => self.hypothesis.clone().map(Value::Text),
            IndicatorField::Status => self.status.map(|s| Value::Text(s.as_str().into())),
            IndicatorField::Due => self.due.map(|day| Value::Date(Date::Day(day))),
            IndicatorField::Note => self.note.clone().map(Value::Text),
        }
    }

    /// Sets a field, or removes it.
    ///
    /// # Errors
    /// A [`Refusal`] if the value does not fit; the indicator is then unchanged.
    pub fn set(&mut self, field: IndicatorField, value: Option<Value>) -> Result<(), Refusal> {
        match field {
            IndicatorField::Text => self.text = value::required_text(value)?,
            IndicatorField::Hypothesis => self.hypothesis = value::text(value)?,
            IndicatorField::Status => {
                self.status = value::word(value, IndicatorStatus::parse, IndicatorStatus::WORDS)?;
            }
            IndicatorField::Due => self.due = value::day(value)?,
            IndicatorField::Note => self.note = value::text(value)?,
        }
        Ok(())
    }
}
