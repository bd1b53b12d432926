//! What an analysis is: hypotheses, evidence, ratings, sources and indicators as plain values.
//!
//! Knows the words of the field and which values are allowed. Must never know TOML, files, scores, colours or
//! terminals: everything else in the crate speaks about these types.
//!
//! Optional keys stay optional here, so that "absent" and "explicitly the default" can be told apart; the value that
//! counts is what the method of the same name returns.

mod cell;
mod conflict;
mod consistency;
mod date;
mod edit;
mod evidence;
mod hypothesis;
mod id;
mod indicator;
mod item;
mod keyword;
mod method;
mod rating;
mod source;
mod subject;
mod value;
mod weight;

pub use cell::{Cell, Row};
pub use conflict::{CellConflict, Conflict, FieldConflict, Judgement, Side};
pub use consistency::{Inconsistency, PRIOR_TOLERANCE, inconsistencies, prior_inconsistencies};
pub use date::{Date, Day};
pub use evidence::{Evidence, EvidenceField, Kind};
pub use hypothesis::{Hypothesis, HypothesisField, Status};
pub use id::{EvidenceId, HypothesisId, ID_RULE, IndicatorId, MAX_ID_LEN, SourceId, is_id, suggest_id};
pub use indicator::{Indicator, IndicatorField, IndicatorStatus};
pub use item::Item;
pub use method::{Method, Yardstick};
pub use rating::Rating;
pub use source::{Source, SourceField};
pub use subject::Subject;
pub use value::{ItemKind, Refusal, Shape, Value};
pub use weight::{Credibility, Grade, Level, Reliability, Weight};

use keyword::keyword;

/// The version of the file format that this program reads and writes.
pub const FORMAT_VERSION: i64 = 1;
/// Most hypotheses of a scenario.
pub const MAX_HYPOTHESES: usize = 1_000;
/// Most evidence items of a scenario.
pub const MAX_EVIDENCE: usize = 1_000_000;
/// Longest text, in bytes.
pub const MAX_TEXT: usize = 64 * 1024;

/// One analysis. Lists are in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scenario {
    /// What it is about.
    pub title: String,
    /// What the hypotheses answer.
    pub question: Option<String>,
    /// Date of the analysis; filters nothing.
    pub as_of: Option<Day>,
    /// Who made it.
    pub authors: Option<Vec<String>>,
    /// Handling marking, such as TLP:CLEAR.
    pub marking: Option<String>,
    /// The conclusion in the analyst's words.
    pub conclusion: Option<String>,
    /// How it is scored.
    pub scoring: Scoring,
    /// The answers that compete.
    pub hypotheses: Vec<Hypothesis>,
    /// Declared sources.
    pub sources: Vec<Source>,
    /// The evidence with its ratings.
    pub evidence: Vec<Evidence>,
    /// What to watch for next.
    pub indicators: Vec<Indicator>,
    /// What a merge left to settle in the scenario's own fields.
    pub conflict: Option<Conflict>,
}

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

/// `bans_per_step` of a scenario that names none.
pub const DEFAULT_BANS_PER_STEP: f64 = 0.5;

keyword! {
    /// The scenario's own fields, by their path.
    pub enum ScenarioField {
        /// [`Scenario::title`]
        Title = "title",
        /// [`Scenario::question`]
        Question = "question",
        /// [`Scenario::as_of`]
        AsOf = "as_of",
        /// [`Scenario::authors`]
        Authors = "authors",
        /// [`Scenario::marking`]
        Marking = "marking",
        /// [`Scenario::conclusion`]
        Conclusion = "conclusion",
        /// [`Scoring::method`]
        Method = "scoring.method",
        /// [`Scoring::bans_per_step`]
        BansPerStep = "scoring.bans_per_step",
        /// [`Scoring::yardstick`]
        Yardstick = "scoring.yardstick",
    }
}

impl ScenarioField {
    /// What the field accepts.
    #[must_use]
    pub const fn shape(self) -> Shape {
        match self {
            Self::Title | Self::Question | Self::Marking | Self::Conclusion => Shape::Text,
            Self::AsOf => Shape::Day,
            Self::Authors => Shape::List,
            Self::Method => Shape::Word(Method::WORDS),
            Self::BansPerStep => Shape::PositiveNumber,
            Self::Yardstick => Shape::Word(Yardstick::WORDS),
        }
    }
}

impl Scenario {
    /// An empty scenario with a title.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// The method that counts.
    #[must_use]
    pub fn method(&self) -> Method {
        self.scoring.method.unwrap_or(Method::DEFAULT)
    }

    /// Bans per step that count.
    #[must_use]
    pub fn bans_per_step(&self) -> f64 {
        self.scoring.bans_per_step.unwrap_or(DEFAULT_BANS_PER_STEP)
    }

    /// The yardstick that counts.
    #[must_use]
    pub fn yardstick(&self) -> Yardstick {
        self.scoring.yardstick.unwrap_or(Yardstick::DEFAULT)
    }

    /// What one of the scenario's own fields holds.
    #[must_use]
    pub fn get(&self, field: ScenarioField) -> Option<Value> {
        match field {
            ScenarioField::Title => Some(Value::Text(self.title.clone())),
            ScenarioField::Question => self.question.clone().map(Value::Text),
            ScenarioField::AsOf => self.as_of.map(|day| Value::Date(Date::Day(day))),
            ScenarioField::Authors => self.authors.clone().map(Value::List),
            ScenarioField::Marking => self.marking.clone().map(Value::Text),
            ScenarioField::Conclusion => self.conclusion.clone().map(Value::Text),
            ScenarioField::Method => self.scoring.method.map(|m| Value::Text(m.as_str().into())),
            ScenarioField::BansPerStep => self.scoring.bans_per_step.map(Value::Number),
            ScenarioField::Yardstick => self.scoring.yardstick.map(|y| Value::Text(y.as_str().into())),
        }
    }

    /// Sets one of the scenario's own fields, or removes it.
    ///
    /// # Errors
    /// A [`Refusal`] if the value does not fit; the scenario is then unchanged.
    pub fn set(&mut self, field: ScenarioField, value: Option<Value>) -> Result<(), Refusal> {
        match field {
            ScenarioField::Title => self.title = value::required_text(value)?,
            ScenarioField::Question => self.question = value::text(value)?,
            ScenarioField::AsOf => self.as_of = value::day(value)?,
            ScenarioField::Authors => self.authors = value::list(value)?,
            ScenarioField::Marking => self.marking = value::text(value)?,
            ScenarioField::Conclusion => self.conclusion = value::text(value)?,
            ScenarioField::Method => self.scoring.method = value::word(value, Method::parse, Method::WORDS)?,
            ScenarioField::BansPerStep => {
                self.scoring.bans_per_step = value::number(value, Shape::PositiveNumber)?;
            }
            ScenarioField::Yardstick => {
                self.scoring.yardstick = value::word(value, Yardstick::parse, Yardstick::WORDS)?;
            }
        }
        Ok(())
    }
}
