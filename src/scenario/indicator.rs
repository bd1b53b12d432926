//! Indicators: what to watch for next, and what it would tell (Heuer's eighth step).

use super::cell::Row;
use super::conflict::Conflict;
use super::date::Day;
use super::field::fields;
use super::id::IndicatorId;
use super::keyword::keyword;
use super::value::ItemKind;

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

impl IndicatorStatus {
    /// The status of an indicator without one.
    pub const DEFAULT: Self = Self::Pending;
}

fields! {
    /// One future event that would speak for a hypothesis.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Indicator {
        /// Its id.
        id: IndicatorId,
        /// The judgements, one cell a hypothesis: if it were true, how expected is it that this is seen?
        ratings: Row,
        /// The conflicts left in its fields.
        conflict: Option<Box<Conflict>>,
    }
    IndicatorField {
        text: String = Text("text", Sentence, "What to watch for.");
        hypothesis: Option<String> = Hypothesis(
            "hypothesis", Fact, "Id of the hypothesis it would support.", refers_to: ItemKind::Hypothesis
        );
        status: Option<IndicatorStatus> = Status(
            "status", Fact, "Whether it was seen; default pending.", default: IndicatorStatus::DEFAULT.as_str()
        );
        due: Option<Day> = Due("due", Fact, "The day by which it should have been seen.");
        note: Option<String> = Note("note", Prose, "Anything else.");
    }
}

impl Indicator {
    /// An indicator with an id, a text and nothing else.
    #[must_use]
    pub fn new(id: IndicatorId, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::empty(id) }
    }

    /// Returns the status, or the default.
    #[must_use]
    pub fn status(&self) -> IndicatorStatus {
        self.status.unwrap_or(IndicatorStatus::DEFAULT)
    }
}
