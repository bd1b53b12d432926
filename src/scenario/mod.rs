//! The parts of an analysis: hypotheses, evidence, ratings, sources, indicators and estimates as plain
//! values.
//!
//! Knows the terms of the field and which values are allowed. Must never know TOML, files, scores, colours or
//! terminals: everything else in the crate builds on these types.
//!
//! Optional keys stay optional here, so that an absent value can be told from an explicit default; the method
//! of the same name returns the effective value.

mod cell;
mod conflict;
mod consistency;
mod date;
mod edit;
mod estimate;
mod evidence;
mod field;
#[cfg(test)]
pub(crate) mod generate;
mod hypothesis;
mod id;
mod indicator;
mod item;
mod keyword;
mod method;
mod outcome;
mod probability;
mod rating;
mod source;
mod subject;
mod value;
mod weight;

pub use cell::{Cell, Row};
pub use conflict::{CellConflict, Conflict, Contested, FieldConflict, Judgement, JudgementField, Side};
pub use consistency::{Inconsistency, inconsistencies, prior_inconsistencies};
pub use date::{Date, Day};
pub use estimate::{Estimate, EstimateField, suggest_estimate_id};
pub use evidence::{Evidence, EvidenceField, EvidenceStatus, Kind, Searched};
pub use field::{FieldSpec, Fielded, Nature};
pub use hypothesis::{Hypothesis, HypothesisField, Status};
pub use id::{
    EstimateId, EvidenceId, HypothesisId, ID_RULE, IndicatorId, MAX_ID_LEN, RowId, SourceId, free_id, is_id,
    suggest_id,
};
pub use indicator::{Indicator, IndicatorField, IndicatorStatus};
pub use item::Item;
pub(crate) use item::{PerKind, by_kind};
pub use keyword::Keyword;
pub(crate) use keyword::keyword;
pub use method::{LeadClaim, Method, Yardstick};
pub use outcome::Outcome;
pub use probability::Probability;
pub use rating::Rating;
pub use source::{Source, SourceField};
pub use subject::Subject;
pub use value::{ItemKind, Refusal, Shape, Value};
pub use weight::{Credibility, Grade, Level, Reliability, Weight};

use field::fields;

/// The version of the file format that this program reads and writes.
pub const FORMAT_VERSION: i64 = 1;
/// Most hypotheses of a scenario.
pub const MAX_HYPOTHESES: usize = 1_000;
/// Most evidence items of a scenario.
pub const MAX_EVIDENCE: usize = 1_000_000;
/// Longest text, in bytes.
pub const MAX_TEXT: usize = 64 * 1024;

/// Options of scoring, each with a default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scoring {
    /// The method that `table` and the editor start with.
    pub method: Option<Method>,
    /// Weight of one step of the rating scale in bans, above 0; `bayes` only.
    pub bans_per_step: Option<f64>,
    /// Words for probabilities.
    pub yardstick: Option<Yardstick>,
}

/// `bans_per_step` of a scenario without one, in bans.
pub const DEFAULT_BANS_PER_STEP: f64 = 0.5;

fields! {
    /// One analysis. Lists are in the order of the file.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Scenario {
        /// How it is scored.
        scoring: Scoring,
        /// The outcome, as far as it is known.
        outcome: Outcome,
        /// The answers that compete.
        hypotheses: Vec<Hypothesis>,
        /// Declared sources.
        sources: Vec<Source>,
        /// The evidence with its ratings.
        evidence: Vec<Evidence>,
        /// Events to watch for.
        indicators: Vec<Indicator>,
        /// The probabilities that people state.
        estimates: Vec<Estimate>,
        /// The conflicts left in the scenario's own fields.
        conflict: Option<Box<Conflict>>,
    }
    ScenarioField {
        title: String = Title("title", Sentence, "What the analysis is about.");
        question: Option<String> = Question("question", Sentence, "The question that the hypotheses answer.");
        as_of: Option<Day> = AsOf(
            "as_of", Fact, "Date of the analysis; it is stated and checked against, and filters nothing."
        );
        authors: Option<Vec<String>> = Authors("authors", Fact, "Who made the analysis.");
        marking: Option<String> = Marking(
            "marking", Phrase,
            "Handling marking such as TLP:CLEAR: first and last line of every output for people."
        );
        conclusion: Option<String> = Conclusion("conclusion", Prose, "The conclusion in the analyst's words.");
        note: Option<String> = Note("note", Prose, "A remark that every reader must see, such as that ratings are illustrative.");
        scoring.method = Method(
            "scoring.method", Fact, "The method that reports and the editor start with; default weighted.",
            default: Method::DEFAULT.as_str()
        );
        scoring.bans_per_step as Positive = BansPerStep(
            "scoring.bans_per_step", Fact,
            "Weight of evidence of one step of the rating scale, in bans, for bayes; default 0.5.", default: "0.5"
        );
        scoring.yardstick = Yardstick(
            "scoring.yardstick", Fact, "Which words say how probable something is; default icd203.",
            default: Yardstick::DEFAULT.as_str()
        );
        outcome.criterion = OutcomeCriterion(
            "outcome.criterion", Sentence, "How it will be told which hypothesis is true; best written before it is."
        );
        outcome.hypothesis as OneOrMore = OutcomeHypothesis(
            "outcome.hypothesis", Fact,
            "Id of the hypothesis that was true; an array where several were, empty where none of these was.",
            refers_to: ItemKind::Hypothesis
        );
        outcome.annulled = OutcomeAnnulled(
            "outcome.annulled", Fact,
            "Whether the question made no sense after all, so that nothing is scored; default false.",
            default: "false"
        );
        outcome.date = OutcomeDate(
            "outcome.date", Fact, "When the outcome became known: a day, or a month or year in quotes."
        );
        outcome.note = OutcomeNote("outcome.note", Prose, "Anything else about the outcome.");
    }
}

impl Scenario {
    /// An empty scenario with a title.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Returns the effective method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.scoring.method.unwrap_or(Method::DEFAULT)
    }

    /// Returns the effective bans per step.
    #[must_use]
    pub fn bans_per_step(&self) -> f64 {
        self.scoring.bans_per_step.unwrap_or(DEFAULT_BANS_PER_STEP)
    }

    /// Returns the effective yardstick.
    #[must_use]
    pub fn yardstick(&self) -> Yardstick {
        self.scoring.yardstick.unwrap_or(Yardstick::DEFAULT)
    }
}
