//! Hypotheses: the answers that compete.

use super::conflict::Conflict;
use super::id::HypothesisId;
use super::keyword::keyword;
use super::value::{self, Refusal, Shape, Value};

keyword! {
    /// Whether a hypothesis is still in the running.
    pub enum Status {
        /// Scored and ranked.
        Active = "active",
        /// Disproved or set aside: scored by the additive methods, not ranked.
        Rejected = "rejected",
    }
}

/// One possible answer to the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Hypothesis {
    /// Its id.
    pub id: HypothesisId,
    /// Its name in full.
    pub name: String,
    /// Column header.
    pub short: Option<String>,
    /// What exactly it claims.
    pub description: Option<String>,
    /// Prior probability, used by `bayes` only; finite, otherwise judged by [`super::inconsistencies`].
    pub prior: Option<f64>,
    /// `None` counts as active.
    pub status: Option<Status>,
    /// Anything else.
    pub note: Option<String>,
    /// What a merge left to settle.
    pub conflict: Option<Conflict>,
}

keyword! {
    /// Fields of a hypothesis, besides its id.
    pub enum HypothesisField {
        /// [`Hypothesis::name`]
        Name = "name",
        /// [`Hypothesis::short`]
        Short = "short",
        /// [`Hypothesis::description`]
        Description = "description",
        /// [`Hypothesis::prior`]
        Prior = "prior",
        /// [`Hypothesis::status`]
        Status = "status",
        /// [`Hypothesis::note`]
        Note = "note",
    }
}

impl HypothesisField {
    /// What the field accepts.
    #[must_use]
    pub const fn shape(self) -> Shape {
        match self {
            Self::Name | Self::Short | Self::Description | Self::Note => Shape::Text,
            Self::Prior => Shape::Number,
            Self::Status => Shape::Word(Status::WORDS),
        }
    }
}

impl Hypothesis {
    /// A hypothesis with an id, a name and nothing else.
    #[must_use]
    pub fn new(id: HypothesisId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            short: None,
            description: None,
            prior: None,
            status: None,
            note: None,
            conflict: None,
        }
    }

    /// The status that counts.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status.unwrap_or(Status::Active)
    }

    /// Whether it is ranked.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status() == Status::Active
    }

    /// The column header: `short`, else the id.
    #[must_use]
    pub fn header(&self) -> &str {
        self.short.as_deref().unwrap_or(self.id.as_str())
    }

    /// What a field holds.
    #[must_use]
    pub fn get(&self, field: HypothesisField) -> Option<Value> {
        match field {
            HypothesisField::Name => Some(Value::Text(self.name.clone())),
            HypothesisField::Short => self.short.clone().map(Value::Text),
            HypothesisField::Description => self.description.clone().map(Value::Text),
            HypothesisField::Prior => self.prior.map(Value::Number),
            HypothesisField::Status => self.status.map(|s| Value::Text(s.as_str().into())),
            HypothesisField::Note => self.note.clone().map(Value::Text),
        }
    }

    /// Sets a field, or removes it.
    ///
    /// # Errors
    /// A [`Refusal`] if the value does not fit; the hypothesis is then unchanged.
    pub fn set(&mut self, field: HypothesisField, value: Option<Value>) -> Result<(), Refusal> {
        match field {
            HypothesisField::Name => self.name = value::required_text(value)?,
            HypothesisField::Short => self.short = value::text(value)?,
            HypothesisField::Description => self.description = value::text(value)?,
            HypothesisField::Prior => self.prior = value::number(value, Shape::Number)?,
            HypothesisField::Status => self.status = value::word(value, Status::parse, Status::WORDS)?,
            HypothesisField::Note => self.note = value::text(value)?,
        }
        Ok(())
    }
}
