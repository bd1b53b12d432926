//! The ranking under every method side by side: the answer of `ach rank`.

use std::borrow::Cow;

use serde::Serialize;

use super::conclusion::Conclusion;
use super::estimate::closing;
use super::json::{Number, OrderedMap};
use super::phrase::{Phrase, plain, strong};
use super::post_mortem::settled;
use super::record::{RecordField, Records};
use super::section::prose;
use super::table::{Align, Cell, Column, Lazy, Role, Table, Tone};
use super::words::{self, list, method_words, probability_word, shown_word, spelled};
use super::{Heading, Report, Request, Section, next_command};
use crate::engine::{self, Matrix, Ranking, families, priors};
use crate::scenario::{Hypothesis, HypothesisId, Method, Scenario, Yardstick};
use crate::text::{pad_left, pad_right, width};

/// How the figures of a method are to be read.
const RANK_THEN_SCORE: &str = "Under each method: the rank, then the score; 0 is best under the first two, the highest under net and bayes.";

/// The hypotheses of a scenario ranked by every method.
#[derive(Debug, Serialize)]
pub struct RankingReport<'a> {
    marking: Option<&'a str>,
    method: Method,
    #[serde(rename = "where")]
    filter: Option<&'a str>,
    /// Best first by the method asked for.
    ranking: Vec<RankedHypothesis<'a>>,
    leaders: OrderedMap<Method, Vec<&'a HypothesisId>>,
    margin: OrderedMap<Method, Option<Number>>,
    /// Whether every method has the same leaders.
    agreement: bool,
    provisional: OrderedMap<Method, bool>,
    /// As `bayes` uses them, of the hypotheses that compete under it.
    priors: OrderedMap<&'a HypothesisId, Number>,
    /// Those of two or more hypotheses that compete under `bayes`.
    families: Vec<RankedFamily<'a>>,
    #[serde(skip)]
    scenario: &'a Scenario,
    #[serde(skip)]
    request: Request<'a>,
    #[serde(skip)]
    matrix: Matrix,
    /// One a method, in the order of [`Method::ALL`].
    #[serde(skip)]
    rankings: Vec<Ranking>,
}

#[derive(Debug, Serialize)]
struct RankedHypothesis<'a> {
    id: &'a HypothesisId,
    methods: OrderedMap<Method, MethodStanding>,
    #[serde(skip)]
    hypothesis: &'a Hypothesis,
}

/// Cases of one idea.
#[derive(Debug, Serialize)]
struct RankedFamily<'a> {
    family: &'a str,
    members: Vec<&'a HypothesisId>,
    /// The sum of its members' posteriors.
    posterior: Number,
}

/// Score and rank by one method, and the word for a probability: under `bayes` only, null where there is no score.
#[derive(Debug, Serialize)]
struct MethodStanding {
    score: Option<Number>,
    rank: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<Option<&'static str>>,
}

impl MethodStanding {
    fn new(ranking: &Ranking, at: usize, yardstick: Yardstick) -> Self {
        let score = ranking.scores.get(at).copied().flatten();
        let words = (!ranking.method.is_additive()).then(|| score.map(|p| probability_word(yardstick, p)));
        Self { score: score.map(Number), rank: ranking.ranks.get(at).copied().flatten(), words }
    }

    fn word(&self) -> Option<&'static str> {
        self.words.flatten()
    }
}

impl<'a> RankingReport<'a> {
    /// Ranks the scenario as asked.
    #[must_use]
    pub fn new(scenario: &'a Scenario, request: Request<'a>) -> Self {
        let matrix = request.matrix(scenario);
        let method = request.method.unwrap_or_else(|| scenario.method());
        let rankings: Vec<_> = Method::ALL.iter().map(|method| engine::rank(&matrix, *method)).collect();
        let order = rankings.iter().find(|ranking| ranking.method == method).map(Ranking::order);
        let ranked = order.unwrap_or_default().into_iter().filter_map(|at| {
            let hypothesis = scenario.hypotheses.get(at)?;
            let standings = rankings
                .iter()
                .map(|ranking| (ranking.method, MethodStanding::new(ranking, at, scenario.yardstick())));
            Some(RankedHypothesis { id: &hypothesis.id, methods: standings.collect(), hypothesis })
        });
        let provisional =
            |ranking: &Ranking| (ranking.method, engine::provisional(&matrix, ranking).is_some());
        let id = |at: usize| scenario.hypotheses.get(at).map(|hypothesis| &hypothesis.id);
        let used = priors(&matrix)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|(at, prior)| Some((id(at)?, Number(prior))));
        let bayes = rankings.iter().filter(|ranking| !ranking.method.is_additive());
        let shared = bayes.flat_map(|ranking| families(scenario, ranking)).map(|family| RankedFamily {
            family: family.name,
            members: family.members.iter().filter_map(|at| id(*at)).collect(),
            posterior: Number(family.posterior),
        });
        let leaders = |ranking: &Ranking| {
            let leaders = ranking.leaders.iter().filter_map(|at| scenario.hypotheses.get(*at));
            (ranking.method, leaders.map(|hypothesis| &hypothesis.id).collect())
        };
        Self {
            filter: request.filter_line(),
            marking: scenario.marking.as_deref(),
            method,
            ranking: ranked.collect(),
            leaders: rankings.iter().map(leaders).collect(),
            margin: rankings.iter().map(|ranking| (ranking.method, ranking.margin.map(Number))).collect(),
            agreement: rankings.windows(2).all(|pair| match pair {
                [a, b] => a.leaders == b.leaders,
                _ => true,
            }),
            provisional: rankings.iter().map(provisional).collect(),
            priors: used.collect(),
            families: shared.collect(),
            scenario,
            request,
            matrix,
            rankings,
        }
    }

    /// Returns the ranking by the method asked for.
    fn chosen(&self) -> Option<&Ranking> {
        self.rankings.iter().find(|ranking| ranking.method == self.method)
    }

    fn table(&self) -> Table<'_> {
        let mut columns = vec![
            Column::new("Hypothesis", Role::Key, Align::Left),
            Column::named(Cell::plain(""), "Name", Role::Text, Align::Left),
        ];
        columns.extend(Method::ALL.iter().map(|method| {
            let tone = if *method == self.method { Tone::Strong } else { Tone::Plain };
            let title = Cell::new(method_words(*method).title, tone);
            Column::named(title, method_words(*method).score, Role::Value, Align::Left)
        }));
        let figures: Vec<_> = (0..Method::ALL.len()).map(|method| self.figures(method)).collect();
        let rows = self.ranking.iter().enumerate().map(|(row, RankedHypothesis { hypothesis, .. })| {
            let tone = if hypothesis.is_active() { Tone::Plain } else { Tone::Dim };
            let mut cells =
                vec![Cell::new(hypothesis.id.as_str(), tone), Cell::new(hypothesis.name.as_str(), tone)];
            cells.extend(figures.iter().filter_map(|column| column.get(row).cloned()));
            cells
        });
        Table::of(columns, rows.collect()).explained(RANK_THEN_SCORE)
    }

    /// Rank, score and, for a probability, its word: one text a hypothesis, its parts in line with those above and
    /// below. `method` is a position in [`Method::ALL`].
    fn figures(&self, method: usize) -> Vec<Cell<'static>> {
        let standings = self.ranking.iter().filter_map(|ranked| ranked.methods.0.get(method));
        let dash = || "-".to_owned();
        let parts: Vec<(Option<usize>, [String; 3])> = standings
            .map(|(method, standing)| {
                let rank = standing.rank.map_or_else(dash, |rank| rank.to_string());
                let score = standing.score.map_or_else(dash, |score| words::score(*method, score.0));
                // In the words of what is shown, which need not be those of the exact figure.
                let word =
                    standing.words.and(standing.score).map(|p| shown_word(self.scenario.yardstick(), p.0));
                (standing.rank, [rank, score, word.unwrap_or_default().to_owned()])
            })
            .collect();
        let widest = |part: usize| {
            let texts = parts.iter().filter_map(|(_, parts)| parts.get(part));
            texts.map(|text| width(text)).max().unwrap_or_default()
        };
        let (ranks, scores, words) = (widest(0), widest(1), widest(2));
        let cell = |(rank, [rank_text, score, word]): &(Option<usize>, [String; 3])| {
            let mut text = format!("{}  {}", pad_left(rank_text, ranks), pad_left(score, scores));
            if words > 0 {
                text = format!("{text}  {}", pad_right(word, words));
            }
            let tone = match rank {
                Some(1) => Tone::Strong,
                Some(_) => Tone::Plain,
                None => Tone::Dim,
            };
            Cell::new(text, tone)
        };
        parts.iter().map(cell).collect()
    }

    /// Says whether the methods agree, and if not, who leads by which.
    fn comparison(&self) -> Vec<Phrase<'_>> {
        let Some(chosen) = self.chosen().filter(|ranking| !ranking.leaders.is_empty()) else {
            return Vec::new();
        };
        if self.agreement {
            let same = if chosen.leaders.len() == 1 { "the same leader" } else { "the same leaders" };
            return vec![
                strong("The methods agree"),
                plain(format!(": all {} have {same}.", spelled(self.rankings.len()))),
            ];
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
            plain(format!(" In the lead under {}: {names}.", list(methods)))
        }));
        said
    }

    fn conclusion<'b>(&'b self, ranking: &'b Ranking) -> Conclusion<'b> {
        Conclusion { scenario: self.scenario, matrix: &self.matrix, ranking }
    }

    /// The conclusion with its caveats.
    fn said<'b>(&'b self, chosen: &'b Ranking) -> Vec<Vec<Phrase<'b>>> {
        let conclusion = self.conclusion(chosen);
        let mut said = vec![conclusion.verdict(), self.comparison()];
        said.extend(conclusion.caveats());
        said.push(conclusion.analysts_own());
        said.extend(closing(self.scenario, chosen, self.request));
        said
    }
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
            format!("{}, listed by {}", conclusion.extent(self.request), self.method),
        )];
        sections.push(prose(settled(self.scenario)));
        if !self.scenario.hypotheses.is_empty() {
            sections.push(Section::Table(self.table()));
        }
        sections.push(prose(self.said(chosen)));
        let next = next_command("check", self.request, "looks for flaws in the analysis");
        sections.extend(conclusion.step_to_contest(self.request).or(next));
        sections
    }

    fn remarks(&self) -> Vec<Vec<Phrase<'_>>> {
        let Some(chosen) = self.chosen() else { return Vec::new() };
        settled(self.scenario).into_iter().chain(self.said(chosen)).collect()
    }

    fn records(&self) -> Records<'_> {
        let mut columns: Vec<Cow<'_, str>> = ["id", "name", "status"].map(Cow::Borrowed).into();
        for method in Method::ALL {
            columns.push(Cow::Borrowed(method.as_str()));
            columns.push(Cow::Owned(format!("{method}_rank")));
        }
        columns.push(Cow::Borrowed("words"));
        let row = |ranked: &'_ RankedHypothesis<'_>| {
            let Hypothesis { id, name, .. } = ranked.hypothesis;
            let texts = [id.as_str(), name, ranked.hypothesis.status().as_str()];
            let mut fields: Vec<RecordField<'_>> =
                texts.into_iter().map(|text| RecordField::text(text.to_owned())).collect();
            for (method, standing) in &ranked.methods.0 {
                let number =
                    if method.is_additive() { RecordField::Number } else { RecordField::Probability };
                fields.push(RecordField::maybe(standing.score, |score| number(score.0)));
                fields.push(RecordField::maybe(standing.rank, RecordField::Count));
            }
            let word = ranked.methods.0.iter().find_map(|(_, standing)| standing.word());
            fields.push(RecordField::maybe(word, RecordField::text));
            fields
        };
        Records { columns, rows: Lazy::of(self.ranking.iter().map(row).collect()), struck: Vec::new() }
    }
}
