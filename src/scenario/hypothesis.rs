//! Hypotheses: the answers that compete.

use super::conflict::Conflict;
use super::field::fields;
use super::id::HypothesisId;
use super::keyword::keyword;

keyword! {
    /// Whether a hypothesis is still in the running.
    pub enum Status {
        /// Scored and ranked.
        Active = "active",
        /// Disproved or set aside: scored by the additive methods, not ranked.
        Rejected = "rejected",
    }
}

impl Status {
    /// The status of a hypothesis without one.
    pub const DEFAULT: Self = Self::Active;
}

fields! {
    /// One possible answer to the question.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Hypothesis {
        /// Its id.
        id: HypothesisId,
        /// The conflicts left in its fields.
        conflict: Option<Box<Conflict>>,
    }
    HypothesisField {
        name: String = Name("name", Phrase, "Its name in full.");
        short: Option<String> = Short("short", Fact, "Column header; default: the id.");
        description: Option<String> = Description("description", Prose, "What exactly it claims and predicts.");
        prior: Option<f64> = Prior(
            "prior", Fact, "Probability before the evidence, for bayes: all active hypotheses or none."
        );
        status: Option<Status> = Status(
            "status", Fact, "Whether it is still ranked; default active.", default: Status::DEFAULT.as_str()
        );
        residual: Option<bool> = Residual(
            "residual", Fact,
            "Whether it stands for everything else: it is ranked under bayes only, and at most one is; default false.",
            default: "false"
        );
        family: Option<String> = Family(
            "family", Fact, "Cases of one idea: they share its prior, and their posteriors are summed."
        );
        note: Option<String> = Note("note", Prose, "Anything else.");
    }
}

impl Hypothesis {
    /// A hypothesis with an id, a name and nothing else.
    #[must_use]
    pub fn new(id: HypothesisId, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::empty(id) }
    }

    /// Returns the status, or the default.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status.unwrap_or(Status::DEFAULT)
    }

    /// Returns whether it is active.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status() == Status::Active
    }

    /// Returns whether it stands for everything else.
    #[must_use]
    pub fn is_residual(&self) -> bool {
        self.residual.unwrap_or(false)
    }

    /// Returns the column header: `short`, or the id.
    #[must_use]
    pub fn header(&self) -> &str {
        self.short.as_deref().unwrap_or(self.id.as_str())
    }
}
