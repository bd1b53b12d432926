//! The parts of a scenario that some formats do not hold, and how many of each a scenario has.

use super::{EXPORT_FORMATS, ExportCase, ExportFormat};
use crate::present::words::{count, list};
use crate::scenario::{
    Contested, EvidenceField, Fielded, HypothesisField, Rating, Scenario, ScenarioField, Source, SourceField,
    Value, keyword,
};

keyword! {
    /// A part of a scenario, by the words for one of them.
    pub enum Part {
        /// Notes of cells.
        CellNote = "cell note",
        /// Confidences of cells.
        Confidence = "confidence",
        /// Cells that are not applicable.
        NotApplicable = "NA rating",
        /// Fields of the scenario but for its scoring and its outcome.
        ScenarioField = "field of the scenario",
        /// Fields of its scoring.
        Scoring = "scoring option",
        /// Fields of hypotheses but for their names.
        HypothesisField = "field of a hypothesis",
        /// Prior probabilities.
        Prior = "prior",
        /// Families of hypotheses, and that one of them stands for all others.
        Family = "family or residual",
        /// Fields of items that no note or opinion has a place for.
        ItemField = "field of an item",
        /// Declared sources.
        Source = "declared source",
        /// Fields of declared sources but for their names and links.
        SourceField = "field of a source",
        /// Indicators.
        Indicator = "indicator",
        /// Ratings of indicators.
        IndicatorRating = "rating of an indicator",
        /// Fields of the outcome.
        Outcome = "field of the outcome",
        /// Estimates.
        Estimate = "estimate",
        /// Semicolons in the entries of lists, which are separated by semicolons.
        Semicolon = "semicolon in a list",
        /// Conflicts that a merge left.
        Conflict = "conflict",
        /// Entries of the table `meta`.
        Meta = "entry of [meta]",
        /// Comments of the file.
        Comment = "comment",
    }
}

impl Part {
    /// Returns the words for several of them.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::CellNote => "cell notes",
            Self::Confidence => "confidences",
            Self::NotApplicable => "NA ratings",
            Self::ScenarioField => "fields of the scenario",
            Self::Scoring => "scoring options",
            Self::HypothesisField => "fields of hypotheses",
            Self::Prior => "priors",
            Self::Family => "families or residuals",
            Self::ItemField => "fields of items",
            Self::Source => "declared sources",
            Self::SourceField => "fields of sources",
            Self::Indicator => "indicators",
            Self::IndicatorRating => "ratings of indicators",
            Self::Outcome => "fields of the outcome",
            Self::Estimate => "estimates",
            Self::Semicolon => "semicolons in lists",
            Self::Conflict => "conflicts",
            Self::Meta => "entries of [meta]",
            Self::Comment => "comments",
        }
    }

    /// Counts them in a scenario.
    fn count(self, case: &ExportCase<'_>) -> usize {
        let scenario = case.scenario;
        let cells = || scenario.evidence.iter().flat_map(|item| item.ratings.iter().map(|(_, cell)| cell));
        match self {
            Self::CellNote => cells().filter(|cell| cell.note().is_some()).count(),
            Self::Confidence => cells().filter(|cell| cell.confidence.is_some()).count(),
            Self::NotApplicable => cells().filter(|cell| cell.rating == Some(Rating::NotApplicable)).count(),
            Self::ScenarioField => {
                scenario_fields(scenario, |field| !is_of(field, SCORING) && !is_of(field, OUTCOME))
            }
            Self::Scoring => scenario_fields(scenario, |field| is_of(field, SCORING)),
            Self::Outcome => scenario_fields(scenario, |field| is_of(field, OUTCOME)),
            // Every hypothesis has a name.
            Self::HypothesisField => {
                count_fields(&scenario.hypotheses, HypothesisField::ALL) - scenario.hypotheses.len()
            }
            Self::Prior => scenario.hypotheses.iter().filter(|h| h.prior.is_some()).count(),
            Self::Family => {
                count_fields(&scenario.hypotheses, &[HypothesisField::Family, HypothesisField::Residual])
            }
            Self::ItemField => count_fields(
                &scenario.evidence,
                &[
                    EvidenceField::Date,
                    EvidenceField::Searched,
                    EvidenceField::Relevance,
                    EvidenceField::Group,
                    EvidenceField::RestsOn,
                ],
            ),
            Self::Source => scenario.sources.len(),
            Self::SourceField => {
                let others = SourceField::ALL
                    .iter()
                    .filter(|field| !matches!(field, SourceField::Name | SourceField::Url));
                count_fields(&scenario.sources, &others.copied().collect::<Vec<_>>())
            }
            Self::Indicator => scenario.indicators.len(),
            Self::IndicatorRating => {
                scenario.indicators.iter().map(|indicator| indicator.ratings.iter().count()).sum()
            }
            Self::Estimate => scenario.estimates.len(),
            Self::Semicolon => semicolons(scenario),
            Self::Conflict => conflicts(scenario),
            Self::Meta => case.document.meta_count(),
            Self::Comment => case.document.comment_count(),
        }
    }
}

/// The beginnings of the names of fields of the scoring and of the outcome.
const SCORING: &str = "scoring.";
const OUTCOME: &str = "outcome.";

fn is_of(field: ScenarioField, part: &str) -> bool {
    field.as_str().starts_with(part)
}

/// Counts how often these fields are set.
fn count_fields<T: Fielded>(items: &[T], fields: &[T::Field]) -> usize {
    items.iter().map(|item| fields.iter().filter(|field| item.field(**field).is_some()).count()).sum()
}

fn scenario_fields(scenario: &Scenario, is_meant: impl Fn(ScenarioField) -> bool) -> usize {
    ScenarioField::ALL.iter().filter(|field| is_meant(**field) && scenario.field(**field).is_some()).count()
}

/// Counts the semicolons in the entries of all lists.
fn semicolons(scenario: &Scenario) -> usize {
    fn of<T: Fielded>(owner: &T) -> usize {
        let lists = T::FIELDS.iter().filter(|field| T::shape(**field).is_list());
        let count =
            |value: Value| -> usize { value.texts().iter().map(|entry| entry.matches(';').count()).sum() };
        lists.filter_map(|field| owner.field(*field)).map(count).sum()
    }
    scenario.evidence.iter().map(of).sum::<usize>() + scenario.sources.iter().map(of::<Source>).sum::<usize>()
}

fn conflicts(scenario: &Scenario) -> usize {
    fn of<T: Contested>(owners: &[T]) -> usize {
        owners.iter().filter(|owner| owner.conflict().is_some()).count()
    }
    let cells = scenario.evidence.iter().flat_map(|item| item.ratings.iter());
    cells.filter(|(_, cell)| cell.conflict().is_some()).count()
        + of(std::slice::from_ref(scenario))
        + of(&scenario.hypotheses)
        + of(&scenario.sources)
        + of(&scenario.evidence)
        + of(&scenario.indicators)
        + of(&scenario.estimates)
}

/// Says which parts of a scenario a format does not hold, and which formats do, by the endings of their files. `None` if
/// it holds everything.
pub fn left_out(format: &ExportFormat, case: &ExportCase<'_>) -> Option<String> {
    let lacking = |format: &ExportFormat| {
        let lacks = (format.lacks)(case.options).iter().copied();
        lacks.map(|part| (part, part.count(case))).filter(|(_, count)| *count > 0).collect::<Vec<_>>()
    };
    let lost = lacking(format);
    if lost.is_empty() {
        return None;
    }
    let told = lost.iter().map(|(part, number)| count(*number, part.as_str(), part.plural()));
    let told: Vec<String> = told.collect();
    let is_comment = |part: &Part| *part == Part::Comment;
    // No format holds comments.
    let has_comments = lost.iter().any(|(part, _)| is_comment(part));
    let holds = |format: &&ExportFormat| lacking(format).iter().all(|(part, _)| is_comment(part));
    let holders: Vec<String> =
        EXPORT_FORMATS.iter().filter(holds).map(|format| format!(".{}", format.ending)).collect();
    let whole = match (lost.iter().all(|(part, _)| is_comment(part)), has_comments) {
        (true, _) => String::new(),
        (false, true) => format!(" ({} would leave out the comments only)", list(&holders)),
        (false, false) => format!(" ({} would hold all)", list(&holders)),
    };
    Some(format!("{}{whole}", list(&told)))
}
