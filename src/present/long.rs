//! Long tables, a row for each cell or each hypothesis of many scenarios: for databases and data frames.
//!
//! A row is made as it is written, so that a table of any length takes the memory of one scenario.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Serialize;

use super::Request;
use super::json::OrderedMap;
use crate::engine::{self, Contributions, Matrix, Ranking};
use crate::scenario::{
    Credibility, Date, Evidence, Grade, Hypothesis, Level, Method, Rating, Scenario, Searched,
};

/// A row: its values under the names of their columns.
pub type LongRow<'a> = OrderedMap<&'static str, LongValue<'a>>;

/// A value of a long table.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum LongValue<'a> {
    /// Nothing: empty in CSV and null in JSON.
    Nothing,
    /// A text of the scenario.
    Text(&'a str),
    /// Texts of the scenario.
    List(&'a [String]),
    /// A keyword, an id, a date or a commit.
    Word(Cow<'a, str>),
    /// Whether something is so.
    Flag(bool),
    /// A whole number.
    Whole(i64),
    /// Any other number.
    Number(f64),
}

/// Returns a text of the scenario.
fn text<'a>(text: impl Into<Option<&'a str>>) -> LongValue<'a> {
    text.into().map_or(LongValue::Nothing, LongValue::Text)
}

impl<'a> From<&'a str> for LongValue<'a> {
    fn from(word: &'a str) -> Self {
        Self::Word(Cow::Borrowed(word))
    }
}

impl From<String> for LongValue<'_> {
    fn from(word: String) -> Self {
        Self::Word(Cow::Owned(word))
    }
}

impl From<bool> for LongValue<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i8> for LongValue<'_> {
    fn from(number: i8) -> Self {
        Self::Whole(number.into())
    }
}

impl From<usize> for LongValue<'_> {
    fn from(number: usize) -> Self {
        Self::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<f64> for LongValue<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl<'a, T: Into<LongValue<'a>>> From<Option<T>> for LongValue<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, T::into)
    }
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

impl<'a> LongTable<'a> {
    /// Scores the scenario as asked.
    #[must_use]
    pub fn new(scenario: &'a Scenario, request: Request<'a>, origin: LongOrigin<'a>) -> Self {
        let matrix = request.matrix(scenario);
        let ranking = engine::rank(&matrix, request.method.unwrap_or_else(|| scenario.method()));
        let authors = scenario.authors.as_ref().filter(|authors| !authors.is_empty());
        Self { scenario, origin, request, authors: authors.map(|names| names.join("; ")), matrix, ranking }
    }

    /// Returns the columns with which every row begins.
    fn leading(&self) -> LongRow<'_> {
        let LongOrigin { scenario, revision, revised, author, rater } = self.origin;
        OrderedMap(vec![
            ("scenario", text(scenario)),
            ("title", text(self.scenario.title.as_str())),
            ("revision", revision.into()),
            ("revised", revised.into()),
            ("author", text(author)),
            ("rater", text(rater.or(self.authors.as_deref()))),
        ])
    }

    /// Hands the cells to `write`, blanks included, row by row in the order of the file.
    ///
    /// # Errors
    /// Whatever `write` answers.
    pub fn cells<E>(&self, mut write: impl FnMut(&LongRow<'_>) -> Result<(), E>) -> Result<(), E> {
        let method = self.ranking.method;
        let listed = self.request.listed(self.scenario);
        let (counting, all) = (Contributions::new(&self.matrix, method), Contributions::new(&listed, method));
        for (row, at) in listed.items().iter().enumerate() {
            let Some(item) = self.scenario.evidence.get(*at) else { continue };
            let date = item.date.map(|date| date.to_string());
            let last_day = item.date.map(|date| date.last_day().to_string());
            let counted = self.matrix.row_of(*at);
            for (column, hypothesis) in self.scenario.hypotheses.iter().enumerate() {
                let cell = item.ratings.get(column);
                let rating = cell.and_then(|cell| cell.rating);
                let value = rating.and_then(Rating::value);
                let confidence = || cell.and_then(|cell| cell.confidence).unwrap_or(Level::DEFAULT);
                let covered = counted.is_some_and(|row| counting.covering(row, column).is_some());
                let mut line = self.leading();
                line.0.extend([
                    ("evidence", item.id.as_str().into()),
                    ("hypothesis", hypothesis.id.as_str().into()),
                    // Many readers take the word NA for a missing value.
                    (
                        "state",
                        if value.is_some() { "rated" } else { rating.map_or("blank", |_| "na") }.into(),
                    ),
                    ("rating", rating.map(Rating::as_str).into()),
                    ("value", value.into()),
                    ("confidence", value.map(|_| confidence().as_str()).into()),
                    ("weight", item.weight().factor().into()),
                    ("contribution", (all.ungrouped(row, column) + 0.0).into()),
                    ("item_status", item.status().as_str().into()),
                    ("counts", counted.is_some().into()),
                    ("covered", covered.into()),
                    ("searched", item.searched().map(Searched::as_str).into()),
                    ("locator", text(item.locator.as_deref())),
                    ("rests_on", LongValue::List(item.premises())),
                    ("credibility", item.credibility().as_str().into()),
                    ("relevance", item.relevance().as_str().into()),
                    ("grade", grade(item).map(|grade| grade.to_string()).into()),
                    ("kind", item.kind().as_str().into()),
                    ("date", date.as_deref().into()),
                    ("date_last", last_day.as_deref().into()),
                    ("sources", LongValue::List(item.sources())),
                    ("tags", LongValue::List(item.tags.as_deref().unwrap_or_default())),
                    ("item_group", text(item.group.as_deref())),
                    ("text", text(item.text.as_str())),
                    ("note", text(cell.and_then(|cell| cell.note()))),
                    ("hypothesis_name", text(hypothesis.name.as_str())),
                    ("status", hypothesis.status().as_str().into()),
                    ("method", method.as_str().into()),
                    ("score", self.ranking.score(column).into()),
                    ("rank", self.ranking.rank(column).into()),
                    ("leader", self.ranking.leaders.contains(&column).into()),
                ]);
                write(&line)?;
            }
        }
        Ok(())
    }

    /// Hands the hypotheses to `write`, in the order of the file.
    ///
    /// # Errors
    /// Whatever `write` answers.
    pub fn hypotheses<E>(&self, mut write: impl FnMut(&LongRow<'_>) -> Result<(), E>) -> Result<(), E> {
        const NAMES: [(Method, &str, &str); 4] = [
            (Method::Inconsistency, "inconsistency", "inconsistency_rank"),
            (Method::Weighted, "weighted", "weighted_rank"),
            (Method::Net, "net", "net_rank"),
            (Method::Bayes, "bayes", "bayes_rank"),
        ];
        let method = self.ranking.method;
        let rankings = NAMES.map(|(method, ..)| engine::rank(&self.matrix, method));
        let competing: Vec<usize> = self.matrix.competing(method).collect();
        let provisional = engine::provisional(&self.matrix, &self.ranking).is_some();
        let mean = engine::Estimates::new(self.scenario, self.request.until()).mean();
        let mean: HashMap<usize, f64> = mean.into_iter().flat_map(|mean| mean.mean).collect();
        let as_of = self.request.as_of.or(self.scenario.as_of.map(Date::Day));
        for (column, hypothesis) in self.scenario.hypotheses.iter().enumerate() {
            let mut line = self.leading();
            line.0.extend([
                ("hypothesis", hypothesis.id.as_str().into()),
                ("name", text(hypothesis.name.as_str())),
                ("status", hypothesis.status().as_str().into()),
                ("prior", hypothesis.prior.into()),
                ("method", method.as_str().into()),
                ("as_of", as_of.map(|date| date.to_string()).into()),
            ]);
            line.0.extend(NAMES.iter().zip(&rankings).flat_map(|((_, score, rank), ranking)| {
                [(*score, ranking.score(column).into()), (*rank, ranking.rank(column).into())]
            }));
            line.0.extend([
                ("rated", self.matrix.rated(column).into()),
                ("unrated", self.matrix.unrated(column).into()),
                ("competes", competing.contains(&column).into()),
                ("family", text(hypothesis.family.as_deref())),
                ("residual", hypothesis.is_residual().into()),
                ("leader", self.ranking.leaders.contains(&column).into()),
                ("margin", self.ranking.margin.into()),
                ("provisional", provisional.into()),
                ("outcome", turned_out(self.scenario, hypothesis).into()),
                ("estimate_mean", mean.get(&column).copied().into()),
            ]);
            write(&line)?;
        }
        Ok(())
    }
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
