//! What speaks against and for each hypothesis, item by item: what `ach explain` answers.

mod document;
mod listing;
mod sentence;

use std::borrow::Cow;

use super::conclusion::Conclusion;
use super::record::{RecordField, Records};
use super::section::Section;
use super::table::Lazy;
use super::{Heading, Objection, Report, Request, next_command};
use crate::engine::{Case, Contributions, Matrix, Ranking, rank};
use crate::scenario::{ItemKind, Rating, Scenario};

/// What weighs in the scores of a scenario by one method.
#[derive(Debug)]
pub struct ExplainReport<'a> {
    scenario: &'a Scenario,
    request: Request<'a>,
    matrix: Matrix,
    ranking: Ranking,
    /// The one hypothesis asked for, by position; `None` for all.
    asked: Option<usize>,
}

impl<'a> ExplainReport<'a> {
    /// Weighs all hypotheses, or the one with this id.
    ///
    /// # Errors
    /// An objection if there is no such hypothesis.
    pub fn new(
        scenario: &'a Scenario,
        hypothesis: Option<&str>,
        request: Request<'a>,
    ) -> Result<Self, Objection> {
        let position = |id: &str| {
            let position = scenario.hypotheses.iter().position(|h| h.id.as_str() == id);
            position.ok_or_else(|| Objection::unknown(scenario, ItemKind::Hypothesis, id))
        };
        let asked = hypothesis.map(position).transpose()?;
        let matrix = Matrix::new(scenario, request.until());
        let ranking = rank(&matrix, request.method.unwrap_or_else(|| scenario.method()));
        Ok(Self { scenario, request, matrix, ranking, asked })
    }

    fn conclusion(&self) -> Conclusion<'_> {
        Conclusion { scenario: self.scenario, matrix: &self.matrix, ranking: &self.ranking }
    }

    fn case(&self, hypothesis: usize) -> Case {
        Case::new(&self.matrix, &self.ranking, &self.contributions(), hypothesis)
    }

    fn contributions(&self) -> Contributions<'_> {
        Contributions::new(&self.matrix, self.ranking.method)
    }

    /// Positions of the hypotheses that are told, in the order of the file.
    fn told(&self) -> Vec<usize> {
        self.asked.map_or_else(|| (0..self.scenario.hypotheses.len()).collect(), |one| vec![one])
    }

    fn score(&self, hypothesis: usize) -> Option<f64> {
        self.ranking.scores.get(hypothesis).copied().flatten()
    }

    fn rank(&self, hypothesis: usize) -> Option<usize> {
        self.ranking.ranks.get(hypothesis).copied().flatten()
    }

    fn rating(&self, row: usize, hypothesis: usize) -> Option<Rating> {
        self.matrix.code(row, hypothesis).rating()
    }

    /// The leader that others are compared with: the first in the order of the file.
    fn leader(&self) -> Option<usize> {
        self.ranking.leaders.first().copied()
    }

    /// The leader that this hypothesis is compared with; `None` for a leader, and for one without a score.
    fn rival(&self, hypothesis: usize) -> Option<usize> {
        let is_behind = self.score(hypothesis).is_some() && !self.ranking.leaders.contains(&hypothesis);
        self.leader().filter(|_| is_behind)
    }
}

impl Report for ExplainReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading::of(self.scenario)
    }

    fn is_told_in_sections(&self) -> bool {
        true
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let title = self.conclusion().title_by_method(self.request.as_of);
        let mut sections = vec![title, Section::Prose(vec![self.conclusion().verdict()])];
        // The best first: what is read on is what competes.
        let told = self.told();
        for hypothesis in self.ranking.order().into_iter().filter(|at| told.contains(at)) {
            sections.extend(self.sections_of(hypothesis));
        }
        sections.push(Section::Prose(self.summary()));
        let next = next_command("sensitivity", self.request, "tells what would change who leads");
        let next = next.filter(|_| self.leader().is_some() && !self.matrix.items().is_empty());
        sections.extend(self.conclusion().step_to_contest(self.request).or(next));
        sections
    }

    /// A row for each item that counts for a hypothesis, or sets it apart from the leader.
    fn records(&self) -> Records<'_> {
        let contributions = self.contributions();
        let figures = move |hypothesis: usize, row: usize| {
            let versus =
                self.rival(hypothesis).map(|leader| contributions.difference(row, leader, hypothesis));
            (contributions.of(row, hypothesis), versus)
        };
        let mut pairs = Vec::new();
        for hypothesis in self.told().into_iter().filter(|at| self.score(*at).is_some()) {
            let rows = 0..self.matrix.items().len();
            let counts = |row: &usize| {
                let (contribution, versus) = figures(hypothesis, *row);
                contribution != 0.0 || versus.is_some_and(|versus| versus != 0.0)
            };
            pairs.extend(rows.filter(counts).map(|row| (hypothesis, row)));
        }
        let columns = ["hypothesis", "evidence", "rating", "contribution", "versus_leader"];
        Records {
            columns: columns.map(Cow::Borrowed).into(),
            rows: Lazy::new(pairs.len(), move |at| {
                let Some(&(hypothesis, row)) = pairs.get(at) else { return Vec::new() };
                let (contribution, versus) = figures(hypothesis, row);
                vec![
                    RecordField::text(self.scenario.hypotheses.get(hypothesis).map_or("", |h| h.id.as_str())),
                    RecordField::text(self.conclusion().item_id(row).to_owned()),
                    RecordField::maybe(self.rating(row, hypothesis), |rating| {
                        RecordField::text(rating.as_str())
                    }),
                    RecordField::Number(contribution),
                    RecordField::maybe(versus, RecordField::Number),
                ]
            }),
        }
    }
}
