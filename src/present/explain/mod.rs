//! The evidence against and for each hypothesis, item by item: the answer of `ach explain`.

mod listing;
mod sentence;

use serde::Serialize;

use super::conclusion::Conclusion;
use super::json::OrderedMap;
use super::post_mortem::settled;
use super::record::Records;
use super::scored::{ScoredScenario, by_id};
use super::section::{Section, prose};
use super::{Heading, Objection, Report, Request, next_command};
use crate::engine::{Case, Contributions, priors};
use crate::scenario::{Hypothesis, HypothesisId, ItemKind, Rating, Scenario};

/// The contributions of items to the scores of a scenario by one method.
#[derive(Debug, Serialize)]
pub struct ExplainReport<'a> {
    #[serde(flatten)]
    scored: ScoredScenario<'a>,
    leaders: Vec<&'a HypothesisId>,
    provisional: bool,
    /// As used, of the hypotheses that compete; `None` but for `bayes`.
    priors: Option<OrderedMap<&'a HypothesisId, f64>>,
    /// All, or the one asked for, in the order of the file.
    hypotheses: Vec<ExplainedHypothesis<'a>>,
    /// The position of the one hypothesis asked for.
    #[serde(skip)]
    asked: Option<usize>,
}

#[derive(Debug, Serialize)]
struct ExplainedHypothesis<'a> {
    id: &'a HypothesisId,
    score: Option<f64>,
    rank: Option<usize>,
    against: Vec<ItemContribution<'a>>,
    r#for: Vec<ItemContribution<'a>>,
    /// Items that a stronger one of their group outdoes.
    covered: Vec<CoveredItem<'a>>,
    versus_leader: Vec<ItemDifference<'a>>,
    #[serde(skip)]
    at: usize,
    #[serde(skip)]
    case: Case,
}

#[derive(Debug, Serialize)]
struct ItemContribution<'a> {
    evidence: &'a str,
    contribution: f64,
}

#[derive(Debug, Serialize)]
struct CoveredItem<'a> {
    evidence: &'a str,
    by: &'a str,
}

#[derive(Debug, Serialize)]
struct ItemDifference<'a> {
    evidence: &'a str,
    difference: f64,
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
        let scored = ScoredScenario::new(scenario, request);
        let (matrix, ranking) = (&scored.matrix, &scored.ranking);
        let contribution = |&(row, contribution): &(usize, f64)| ItemContribution {
            evidence: scored.item_id(row),
            contribution,
        };
        let difference =
            |&(row, difference): &(usize, f64)| ItemDifference { evidence: scored.item_id(row), difference };
        let covered = |&(row, by): &(usize, usize)| CoveredItem {
            evidence: scored.item_id(row),
            by: scored.item_id(by),
        };
        let contributions = Contributions::new(matrix, ranking.method);
        let explained = |(at, hypothesis): (usize, &'a Hypothesis)| {
            let case = Case::new(matrix, ranking, &contributions, at);
            ExplainedHypothesis {
                id: &hypothesis.id,
                score: ranking.score(at),
                rank: ranking.rank(at),
                against: case.against.iter().map(contribution).collect(),
                r#for: case.in_favour.iter().map(contribution).collect(),
                covered: case.covered.iter().map(covered).collect(),
                versus_leader: case.versus_leader.iter().map(difference).collect(),
                at,
                case,
            }
        };
        let hypotheses = scenario.hypotheses.iter().enumerate();
        let hypotheses = hypotheses.filter(|(at, _)| asked.is_none_or(|asked| asked == *at)).map(explained);
        let priors = (!scored.method.is_additive()).then(|| priors(matrix).unwrap_or_default());
        Ok(Self {
            leaders: scored.leaders(),
            provisional: scored.conclusion().is_provisional(),
            priors: priors.map(|priors| by_id(scenario, &priors)),
            hypotheses: hypotheses.collect(),
            scored,
            asked,
        })
    }

    fn conclusion(&self) -> Conclusion<'_> {
        self.scored.conclusion()
    }

    /// A hypothesis that is explained, by its position in the scenario.
    fn explained(&self, hypothesis: usize) -> Option<&ExplainedHypothesis<'a>> {
        self.hypotheses.iter().find(|explained| explained.at == hypothesis)
    }

    fn rating(&self, row: usize, hypothesis: usize) -> Option<Rating> {
        self.scored.matrix.code(row, hypothesis).rating()
    }

    /// Returns the leader that others are compared with: the first in the order of the file.
    fn leader(&self) -> Option<usize> {
        self.scored.ranking.leaders.first().copied()
    }

    /// Returns the leader that a hypothesis is compared with; `None` for a leader or without a score.
    fn rival(&self, hypothesis: usize) -> Option<usize> {
        let is_behind = self.scored.ranking.score(hypothesis).is_some()
            && !self.scored.ranking.leaders.contains(&hypothesis);
        self.leader().filter(|_| is_behind)
    }
}

impl Report for ExplainReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading::of(self.scored.scenario)
    }

    fn is_told_in_sections(&self) -> bool {
        true
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let title = self.conclusion().title_by_method(self.scored.request);
        let conclusion = self.conclusion();
        // The point comes first: who leads, and the sum of what follows.
        let said = std::iter::once(conclusion.verdict()).chain(self.summary()).chain(conclusion.doubts());
        let mut sections = vec![title];
        sections.push(prose(settled(self.scored.scenario)));
        sections.push(prose(said));
        // The best first, so that those that compete come at the top.
        for hypothesis in self.scored.ranking.order().into_iter().filter_map(|at| self.explained(at)) {
            sections.extend(self.sections_of(hypothesis));
        }
        sections.push(prose(conclusion.asides().into_iter().chain([conclusion.analysts_own()])));
        let next = next_command("sensitivity", self.scored.request, "shows what would change who leads");
        let next = next.filter(|_| self.leader().is_some() && !self.scored.matrix.items().is_empty());
        sections.extend(self.conclusion().step_to_contest(self.scored.request).or(next));
        sections
    }

    /// Returns a row for each item that counts for a hypothesis or sets it apart from the leader.
    fn records(&self) -> Records<'_> {
        let contributions = Contributions::new(&self.scored.matrix, self.scored.method);
        let rows =
            self.hypotheses.iter().filter(|explained| explained.score.is_some()).flat_map(|explained| {
                (0..self.scored.matrix.items().len()).filter_map(|row| {
                    let rival = self.rival(explained.at);
                    let versus = rival.map(|leader| contributions.difference(row, leader, explained.at));
                    let contribution = contributions.of(row, explained.at);
                    let counts = contribution != 0.0 || versus.is_some_and(|versus| versus != 0.0);
                    counts.then(|| ExplainRow {
                        hypothesis: explained.id,
                        evidence: self.scored.item_id(row),
                        rating: self.rating(row, explained.at),
                        contribution,
                        versus_leader: versus,
                    })
                })
            });
        let columns = &["hypothesis", "evidence", "rating", "contribution", "versus_leader"];
        Records::of(columns, rows.collect())
    }
}

#[derive(Serialize)]
struct ExplainRow<'a> {
    hypothesis: &'a HypothesisId,
    evidence: &'a str,
    rating: Option<Rating>,
    contribution: f64,
    versus_leader: Option<f64>,
}
