//! Long tables, a row for each cell or each hypothesis of many scenarios: for databases and data frames.
//!
//! A row is made as it is written, so that a table of any length takes the memory of one scenario.

use std::collections::HashMap;

use serde::Serialize;

use super::Request;
use crate::engine::{self, Contributions, Matrix, Ranking};
use crate::scenario::{
    Credibility, Date, Evidence, EvidenceId, EvidenceStatus, Grade, Hypothesis, HypothesisId, Kind, Level,
    Method, Rating, Scenario, Searched, Status,
};

/// How a format has texts and lists.
pub trait LongForm {
    /// A text.
    type Text<'a>: Serialize;
    /// A list of texts.
    type List<'a>: Serialize;

    /// Returns a text of a scenario.
    fn text(text: &str) -> Self::Text<'_>;
    /// Returns a list of a scenario.
    fn list(list: &[String]) -> Self::List<'_>;
}

/// The origin of a version of a scenario.
#[derive(Clone, Copy, Debug, Default)]
pub struct LongOrigin<'a> {
    /// Its path.
    pub scenario: &'a str,
    /// The commit.
    pub revision: Option<&'a str>,
    /// The time of the commit, in UTC.
    pub revised: Option<&'a str>,
    /// The author of the commit.
    pub author: Option<&'a str>,
    /// The rater; `None` for the authors of the scenario.
    pub rater: Option<&'a str>,
}

/// A version of a scenario as rows.
#[derive(Debug)]
pub struct LongTable<'a> {
    scenario: &'a Scenario,
    origin: LongOrigin<'a>,
    request: Request<'a>,
    /// The authors, who are the rater where no other is named.
    authors: Option<String>,
    matrix: Matrix,
    ranking: Ranking,
}

/// A cell of a scenario. Optional fields are empty in CSV and null in JSON.
#[derive(Debug, Serialize)]
#[serde(bound = "")]
pub struct LongCell<'a, F: LongForm> {
    scenario: F::Text<'a>,
    title: F::Text<'a>,
    revision: Option<&'a str>,
    revised: Option<&'a str>,
    author: Option<F::Text<'a>>,
    rater: Option<F::Text<'a>>,
    evidence: &'a EvidenceId,
    hypothesis: &'a HypothesisId,
    /// `rated`, `na` or `blank`: many readers take the word NA for a missing value.
    state: &'static str,
    rating: Option<Rating>,
    value: Option<i8>,
    confidence: Option<Level>,
    weight: f64,
    contribution: f64,
    item_status: EvidenceStatus,
    counts: bool,
    covered: bool,
    searched: Option<Searched>,
    locator: Option<F::Text<'a>>,
    rests_on: F::List<'a>,
    credibility: Level,
    relevance: Level,
    grade: Option<Grade>,
    kind: Kind,
    date: Option<&'a str>,
    date_last: Option<&'a str>,
    sources: F::List<'a>,
    tags: F::List<'a>,
    item_group: Option<F::Text<'a>>,
    text: F::Text<'a>,
    note: Option<F::Text<'a>>,
    hypothesis_name: F::Text<'a>,
    status: Status,
    method: Method,
    score: Option<f64>,
    rank: Option<usize>,
    leader: bool,
}

/// A hypothesis of a scenario. Optional fields are empty in CSV and null in JSON.
#[derive(Debug, Serialize)]
#[serde(bound = "")]
pub struct LongHypothesis<'a, F: LongForm> {
    scenario: F::Text<'a>,
    title: F::Text<'a>,
    revision: Option<&'a str>,
    revised: Option<&'a str>,
    author: Option<F::Text<'a>>,
    rater: Option<F::Text<'a>>,
    hypothesis: &'a HypothesisId,
    name: F::Text<'a>,
    status: Status,
    prior: Option<f64>,
    method: Method,
    as_of: Option<Date>,
    inconsistency: Option<f64>,
    inconsistency_rank: Option<usize>,
    weighted: Option<f64>,
    weighted_rank: Option<usize>,
    net: Option<f64>,
    net_rank: Option<usize>,
    bayes: Option<f64>,
    bayes_rank: Option<usize>,
    rated: usize,
    unrated: usize,
    competes: bool,
    family: Option<F::Text<'a>>,
    residual: bool,
    leader: bool,
    margin: Option<f64>,
    provisional: bool,
    outcome: Option<bool>,
    estimate_mean: Option<f64>,
}

impl<'a> LongTable<'a> {
    /// Scores the scenario as asked.
    #[must_use]
    pub fn new(scenario: &'a Scenario, request: Request<'a>, origin: LongOrigin<'a>) -> Self {
        let matrix = request.matrix(scenario);
        let ranking = engine::rank(&matrix, request.method.unwrap_or_else(|| scenario.method()));
        let authors = scenario.authors.as_ref().filter(|authors| !authors.is_empty());
        Self { scenario, origin, request, authors: authors.map(|names| names.join("; ")), matrix, ranking }
    }

    fn rater(&self) -> Option<&str> {
        self.origin.rater.or(self.authors.as_deref())
    }

    /// Hands the cells to `write`, blanks included, row by row in the order of the file.
    ///
    /// # Errors
    /// Whatever `write` answers.
    pub fn cells<F: LongForm, E>(
        &self,
        mut write: impl FnMut(&LongCell<'_, F>) -> Result<(), E>,
    ) -> Result<(), E> {
        let LongOrigin { scenario, revision, revised, author, .. } = self.origin;
        let method = self.ranking.method;
        let listed = self.request.listed(self.scenario);
        let (counting, all) = (Contributions::new(&self.matrix, method), Contributions::new(&listed, method));
        for (row, at) in listed.items().iter().enumerate() {
            let Some(item) = self.scenario.evidence.get(*at) else { continue };
            let date = item.date.map(|date| (date.to_string(), date.last_day().to_string()));
            let counted = self.matrix.row_of(*at);
            for (column, hypothesis) in self.scenario.hypotheses.iter().enumerate() {
                let cell = item.ratings.get(column);
                let rating = cell.and_then(|cell| cell.rating);
                let value = rating.and_then(Rating::value);
                write(&LongCell {
                    scenario: F::text(scenario),
                    title: F::text(&self.scenario.title),
                    revision,
                    revised,
                    author: author.map(F::text),
                    rater: self.rater().map(F::text),
                    evidence: &item.id,
                    hypothesis: &hypothesis.id,
                    state: match (rating, value) {
                        (None, _) => "blank",
                        (Some(_), None) => "na",
                        (Some(_), Some(_)) => "rated",
                    },
                    rating,
                    value,
                    confidence: value
                        .map(|_| cell.and_then(|cell| cell.confidence).unwrap_or(Level::DEFAULT)),
                    weight: item.weight().factor(),
                    contribution: all.ungrouped(row, column) + 0.0,
                    item_status: item.status(),
                    counts: counted.is_some(),
                    covered: counted.is_some_and(|row| counting.covering(row, column).is_some()),
                    searched: item.searched(),
                    locator: item.locator.as_deref().map(F::text),
                    rests_on: F::list(item.premises()),
                    credibility: item.credibility(),
                    relevance: item.relevance(),
                    grade: grade(item),
                    kind: item.kind(),
                    date: date.as_ref().map(|(written, _)| written.as_str()),
                    date_last: date.as_ref().map(|(_, last)| last.as_str()),
                    sources: F::list(item.sources()),
                    tags: F::list(item.tags.as_deref().unwrap_or_default()),
                    item_group: item.group.as_deref().map(F::text),
                    text: F::text(&item.text),
                    note: cell.and_then(|cell| cell.note()).map(F::text),
                    hypothesis_name: F::text(&hypothesis.name),
                    status: hypothesis.status(),
                    method,
                    score: figure(&self.ranking.scores, column),
                    rank: figure(&self.ranking.ranks, column),
                    leader: self.ranking.leaders.contains(&column),
                })?;
            }
        }
        Ok(())
    }

    /// Hands the hypotheses to `write`, in the order of the file.
    ///
    /// # Errors
    /// Whatever `write` answers.
    pub fn hypotheses<F: LongForm, E>(
        &self,
        mut write: impl FnMut(&LongHypothesis<'_, F>) -> Result<(), E>,
    ) -> Result<(), E> {
        let LongOrigin { scenario, revision, revised, author, .. } = self.origin;
        let method = self.ranking.method;
        let by = |method: Method| engine::rank(&self.matrix, method);
        let [inconsistency, weighted, net, bayes] =
            [Method::Inconsistency, Method::Weighted, Method::Net, Method::Bayes].map(by);
        let competing: Vec<usize> = self.matrix.competing(method).collect();
        let provisional = engine::provisional(&self.matrix, &self.ranking).is_some();
        let mean = engine::Estimates::new(self.scenario, self.request.until()).mean();
        let mean: HashMap<usize, f64> = mean.into_iter().flat_map(|mean| mean.mean).collect();
        for (column, hypothesis) in self.scenario.hypotheses.iter().enumerate() {
            let Hypothesis { id, name, prior, family, .. } = hypothesis;
            write(&LongHypothesis::<F> {
                scenario: F::text(scenario),
                title: F::text(&self.scenario.title),
                revision,
                revised,
                author: author.map(F::text),
                rater: self.rater().map(F::text),
                hypothesis: id,
                name: F::text(name),
                status: hypothesis.status(),
                prior: *prior,
                method,
                as_of: self.request.as_of.or(self.scenario.as_of.map(Date::Day)),
                inconsistency: figure(&inconsistency.scores, column),
                inconsistency_rank: figure(&inconsistency.ranks, column),
                weighted: figure(&weighted.scores, column),
                weighted_rank: figure(&weighted.ranks, column),
                net: figure(&net.scores, column),
                net_rank: figure(&net.ranks, column),
                bayes: figure(&bayes.scores, column),
                bayes_rank: figure(&bayes.ranks, column),
                rated: self.matrix.rated(column),
                unrated: self.matrix.unrated(column),
                competes: competing.contains(&column),
                family: family.as_deref().map(F::text),
                residual: hypothesis.is_residual(),
                leader: self.ranking.leaders.contains(&column),
                margin: self.ranking.margin,
                provisional,
                outcome: turned_out(self.scenario, hypothesis),
                estimate_mean: mean.get(&column).copied(),
            })?;
        }
        Ok(())
    }
}

fn figure<T: Copy>(figures: &[Option<T>], hypothesis: usize) -> Option<T> {
    figures.get(hypothesis).copied().flatten()
}

/// Returns whether a hypothesis was true, the residual where none of those listed was; `None` if that is not known or
/// the question was annulled.
fn turned_out(scenario: &Scenario, hypothesis: &Hypothesis) -> Option<bool> {
    let outcome = &scenario.outcome;
    let found = outcome.hypothesis.as_deref().filter(|_| !outcome.is_annulled())?;
    let is_other = found.is_empty() && hypothesis.is_residual();
    Some(is_other || found.iter().any(|id| id == hypothesis.id.as_str()))
}

fn grade(item: &Evidence) -> Option<Grade> {
    match item.credibility {
        Some(Credibility::Grade(grade)) => Some(grade),
        Some(Credibility::Level(_)) | None => None,
    }
}
