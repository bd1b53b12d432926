//! The ranking under every method side by side: what `ach rank` answers.

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::Serializer;

use super::conclusion::Conclusion;
use super::json::{List, Number, Pairs};
use super::phrase::{Phrase, plain, strong};
use super::record::{RecordField, Records};
use super::table::{Align, Cell, Column, Lazy, Role, Sideways, Table, Tone};
use super::words::{self, list, method_title, probability_word, score_name};
use super::{Heading, JSON_FORMAT, Report, Request, Section, next_command};
use crate::engine::{self, Matrix, Ranking};
use crate::scenario::{Hypothesis, HypothesisId, Method, Scenario};
use crate::text::{pad_left, pad_right, width};

/// The hypotheses of a scenario ranked by every method.
#[derive(Debug)]
pub struct RankingReport<'a> {
    scenario: &'a Scenario,
    request: Request<'a>,
    method: Method,
    matrix: Matrix,
    /// One a method, in the order of [`Method::ALL`].
    rankings: Vec<Ranking>,
}

impl<'a> RankingReport<'a> {
    /// Ranks the scenario as asked.
    #[must_use]
    pub fn new(scenario: &'a Scenario, request: Request<'a>) -> Self {
        let matrix = Matrix::new(scenario, request.until());
        let method = request.method.unwrap_or_else(|| scenario.method());
        let rankings = Method::ALL.iter().map(|method| engine::rank(&matrix, *method)).collect();
        Self { scenario, request, method, matrix, rankings }
    }

    /// The ranking by the method asked for.
    fn chosen(&self) -> Option<&Ranking> {
        self.rankings.iter().find(|ranking| ranking.method == self.method)
    }

    /// Positions of the hypotheses, best first by the method asked for.
    fn order(&self) -> Vec<usize> {
        self.chosen().map(Ranking::order).unwrap_or_default()
    }

    /// Whether every method has the same leaders.
    fn agreement(&self) -> bool {
        self.rankings.windows(2).all(|pair| match pair {
            [a, b] => a.leaders == b.leaders,
            _ => true,
        })
    }

    fn hypothesis(&self, at: usize) -> Option<&'a Hypothesis> {
        self.scenario.hypotheses.get(at)
    }

    fn word(&self, ranking: &Ranking, at: usize) -> Option<&'static str> {
        match ranking.method {
            Method::Bayes => score(ranking, at).map(|p| probability_word(self.scenario.yardstick(), p)),
            Method::Inconsistency | Method::Weighted | Method::Net => None,
        }
    }

    fn table(&self) -> Table<'_> {
        let order = self.order();
        let mut columns = vec![
            Column::new("Hypothesis", Role::Key, Align::Left),
            Column { name: "Name".into(), ..Column::new("", Role::Text, Align::Left) },
        ];
        columns.extend(self.rankings.iter().map(|ranking| Column {
            title: Cell::new(
                method_title(ranking.method),
                if ranking.method == self.method { Tone::Strong } else { Tone::Plain },
            ),
            name: Cow::Borrowed(score_name(ranking.method)),
            role: Role::Value,
            align: Align::Left,
        }));
        let figures: Vec<_> = self.rankings.iter().map(|ranking| self.figures(ranking, &order)).collect();
        let count = order.len();
        let rows = Lazy::new(count, move |row| {
            let Some(at) = order.get(row) else { return Vec::new() };
            let tone = if self.matrix.is_active(*at) { Tone::Plain } else { Tone::Dim };
            let (id, name) = self.hypothesis(*at).map_or(("", ""), |h| (h.id.as_str(), h.name.as_str()));
            let mut cells = vec![Cell::new(id, tone), Cell::new(name, tone)];
            cells.extend(figures.iter().filter_map(|column| column.get(row).cloned()));
            cells
        });
        Table { columns, rows, totals: Vec::new(), sideways: Sideways::Lines }
    }

    /// Rank, score and, for a probability, its word: one text a hypothesis, its parts in line with those above and
    /// below.
    fn figures(&self, ranking: &Ranking, order: &[usize]) -> Vec<Cell<'static>> {
        let parts: Vec<[String; 3]> = order
            .iter()
            .map(|at| {
                let dash = || "-".to_owned();
                [
                    rank(ranking, *at).map_or_else(dash, |rank| rank.to_string()),
                    score(ranking, *at).map_or_else(dash, |score| words::score(ranking.method, score)),
                    self.word(ranking, *at).unwrap_or_default().to_owned(),
                ]
            })
            .collect();
        let widest = |part: usize| {
            parts.iter().filter_map(|parts| parts.get(part)).map(|text| width(text)).max().unwrap_or_default()
        };
        let (ranks, scores, words) = (widest(0), widest(1), widest(2));
        let line = |at: &usize, [rank_text, score_text, word]: &[String; 3]| {
            let mut text = format!("{}  {}", pad_left(rank_text, ranks), pad_left(score_text, scores));
            if words > 0 {
                text = format!("{text}  {}", pad_right(word, words));
            }
            let tone = match rank(ranking, *at) {
                Some(1) => Tone::Strong,
                Some(_) => Tone::Plain,
                None => Tone::Dim,
            };
            Cell::new(text, tone)
        };
        order.iter().zip(&parts).map(|(at, parts)| line(at, parts)).collect()
    }

    /// Whether the methods agree, and if not, who leads by which.
    fn comparison(&self) -> Vec<Phrase<'_>> {
        let Some(chosen) = self.chosen().filter(|ranking| !ranking.leaders.is_empty()) else {
            return Vec::new();
        };
        if self.agreement() {
            let same = if chosen.leaders.len() == 1 { "the same leader" } else { "the same leaders" };
            return vec![strong("The methods agree"), plain(format!(": all four have {same}."))];
        }
        // Methods with the same leaders are named together, in the order of the first of them.
        let mut camps: Vec<(&[usize], Vec<&str>)> = Vec::new();
        for ranking in &self.rankings {
            let name = ranking.method.as_str();
            match camps.iter_mut().find(|(leaders, _)| *leaders == ranking.leaders) {
                Some((_, methods)) => methods.push(name),
                None => camps.push((&ranking.leaders, vec![name])),
            }
        }
        let mut said = vec![strong("The methods disagree.")];
        said.extend(camps.iter().map(|(leaders, methods)| {
            let names = self.conclusion(chosen).names(leaders);
            plain(format!(" Best under {}: {names}.", list(methods)))
        }));
        said
    }

    fn conclusion<'b>(&'b self, ranking: &'b Ranking) -> Conclusion<'b> {
        Conclusion { scenario: self.scenario, matrix: &self.matrix, ranking }
    }
}

fn score(ranking: &Ranking, at: usize) -> Option<f64> {
    ranking.scores.get(at).copied().flatten()
}

fn rank(ranking: &Ranking, at: usize) -> Option<usize> {
    ranking.ranks.get(at).copied().flatten()
}

impl Report for RankingReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading::of(self.scenario)
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let Some(chosen) = self.chosen() else { return Vec::new() };
        let conclusion = self.conclusion(chosen);
        let mut sections = vec![Section::title(
            self.scenario,
            format!("{}, listed by {}", conclusion.extent(self.request.as_of), self.method),
        )];
        if !self.scenario.hypotheses.is_empty() {
            sections.push(Section::Table(self.table()));
        }
        sections.push(Section::Prose(vec![
            conclusion.verdict(),
            self.comparison(),
            conclusion.caveat(),
            conclusion.rejected(),
        ]));
        let next = next_command("check", self.request, "looks for flaws in the analysis");
        sections.extend(conclusion.step_to_contest(self.request).or(next));
        sections
    }

    fn records(&self) -> Records<'_> {
        let mut columns: Vec<Cow<'_, str>> = ["id", "name", "status"].map(Cow::Borrowed).into();
        for method in Method::ALL {
            columns.push(Cow::Borrowed(method.as_str()));
            columns.push(Cow::Owned(format!("{method}_rank")));
        }
        columns.push(Cow::Borrowed("words"));
        let order = self.order();
        let rows = Lazy::new(order.len(), move |row| {
            let Some((at, h)) = order.get(row).and_then(|at| Some((*at, self.hypothesis(*at)?))) else {
                return Vec::new();
            };
            let mut fields = vec![
                RecordField::text(h.id.as_str()),
                RecordField::text(h.name.as_str()),
                RecordField::text(h.status().as_str()),
            ];
            for ranking in &self.rankings {
                let number =
                    if ranking.method.is_additive() { RecordField::Number } else { RecordField::Probability };
                fields.push(RecordField::maybe(score(ranking, at), number));
                fields.push(RecordField::maybe(rank(ranking, at), RecordField::Count));
            }
            let word = self.rankings.iter().find_map(|ranking| self.word(ranking, at));
            fields.push(RecordField::maybe(word, RecordField::text));
            fields
        });
        Records { columns, rows }
    }
}

/// The JSON document; the order of its keys is that of docs/json.md.
#[derive(Serialize)]
struct Document<'a, R, L, M> {
    format: u32,
    marking: Option<&'a str>,
    method: Method,
    ranking: R,
    leaders: L,
    margin: M,
    agreement: bool,
}

#[derive(Serialize)]
struct Entry<'a, M> {
    id: &'a HypothesisId,
    methods: M,
}

/// Score and rank by one method; the word for it under `bayes` only, null there for a rejected hypothesis.
#[derive(Serialize)]
struct Standing {
    score: Option<Number>,
    rank: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<Option<&'static str>>,
}

impl Serialize for RankingReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let order = self.order();
        let ranking = || {
            order.iter().filter_map(|at| Some((*at, self.hypothesis(*at)?))).map(|(at, h)| Entry {
                id: &h.id,
                methods: Pairs(move || {
                    self.rankings.iter().map(move |ranking| {
                        let words = (!ranking.method.is_additive()).then(|| self.word(ranking, at));
                        let score = score(ranking, at).map(Number);
                        (ranking.method, Standing { score, rank: rank(ranking, at), words })
                    })
                }),
            })
        };
        let leaders = |ranking: &Ranking| -> Vec<_> {
            ranking.leaders.iter().filter_map(|at| self.hypothesis(*at)).map(|h| &h.id).collect()
        };
        Document {
            format: JSON_FORMAT,
            marking: self.scenario.marking.as_deref(),
            method: self.method,
            ranking: List(ranking),
            leaders: Pairs(|| self.rankings.iter().map(|ranking| (ranking.method, leaders(ranking)))),
            margin: Pairs(|| {
                self.rankings.iter().map(|ranking| (ranking.method, ranking.margin.map(Number)))
            }),
            agreement: self.agreement(),
        }
        .serialize(serializer)
    }
}
