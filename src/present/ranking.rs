//! The ranking under every method side by side: the answer of `ach rank`.

use std::borrow::Cow;

use serde::Serialize;

use super::estimate::closing;
use super::json::OrderedMap;
use super::phrase::{Phrase, plain, strong};
use super::post_mortem::settled;
use super::record::{RecordField, Records};
use super::scored::{ScoredScenario, by_id, ids};
use super::section::prose;
use super::table::{Align, Cell, Column, Role, Table, Tone};
use super::words::{self, grouped, list, method_words, probability_word, right_aligned, shown_word, spelled};
use super::{Heading, Report, Request, Section, next_command};
use crate::engine::{self, Ranking, families, priors};
use crate::scenario::{Hypothesis, HypothesisId, Method, Scenario, Yardstick};
use crate::text::{pad_right, width};

/// How the figures of a method are to be read.
const RANK_THEN_SCORE: &str = "Under each method: the rank, then the score; 0 is best under the first two, the highest under net and bayes.";

/// The hypotheses of a scenario ranked by every method.
#[derive(Debug, Serialize)]
pub struct RankingReport<'a> {
    #[serde(flatten)]
    scored: ScoredScenario<'a>,
    /// Best first by the method asked for.
    ranking: Vec<RankedHypothesis<'a>>,
    leaders: OrderedMap<Method, Vec<&'a HypothesisId>>,
    margin: OrderedMap<Method, Option<f64>>,
    /// Whether every method has the same leaders.
    agreement: bool,
    provisional: OrderedMap<Method, bool>,
    /// As `bayes` uses them, of the hypotheses that compete under it.
    priors: OrderedMap<&'a HypothesisId, f64>,
    /// Those of two or more hypotheses that compete under `bayes`.
    families: Vec<RankedFamily<'a>>,
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
    posterior: f64,
}

/// Score and rank by one method, and the word for a probability: under `bayes` only, null where there is no score.
#[derive(Debug, Serialize)]
struct MethodStanding {
    score: Option<f64>,
    rank: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<Option<&'static str>>,
}

impl MethodStanding {
    fn new(ranking: &Ranking, at: usize, yardstick: Yardstick) -> Self {
        let score = ranking.score(at);
        let words = (!ranking.method.is_additive()).then(|| score.map(|p| probability_word(yardstick, p)));
        Self { score, rank: ranking.rank(at), words }
    }
}

impl<'a> RankingReport<'a> {
    /// Ranks the scenario as asked.
    #[must_use]
    pub fn new(scenario: &'a Scenario, request: Request<'a>) -> Self {
        let scored = ScoredScenario::new(scenario, request);
        let matrix = &scored.matrix;
        let rankings = Method::ALL.iter().map(|method| match *method == scored.method {
            true => scored.ranking.clone(),
            false => engine::rank(matrix, *method),
        });
        let rankings: Vec<Ranking> = rankings.collect();
        let ranked = scored.ranking.order().into_iter().filter_map(|at| {
            let hypothesis = scenario.hypotheses.get(at)?;
            let standing = |own: &Ranking| (own.method, MethodStanding::new(own, at, scenario.yardstick()));
            Some(RankedHypothesis {
                id: &hypothesis.id,
                methods: rankings.iter().map(standing).collect(),
                hypothesis,
            })
        });
        let bayes = rankings.iter().filter(|ranking| !ranking.method.is_additive());
        let shared = bayes.flat_map(|ranking| families(scenario, ranking)).map(|family| RankedFamily {
            family: family.name,
            members: ids(scenario, &family.members),
            posterior: family.posterior,
        });
        let provisional = |own: &Ranking| (own.method, engine::provisional(matrix, own).is_some());
        let leaders = |own: &Ranking| (own.method, ids(scenario, &own.leaders));
        Self {
            ranking: ranked.collect(),
            leaders: rankings.iter().map(leaders).collect(),
            margin: rankings.iter().map(|own| (own.method, own.margin)).collect(),
            agreement: rankings.iter().all(|own| own.leaders == scored.ranking.leaders),
            provisional: rankings.iter().map(provisional).collect(),
            priors: by_id(scenario, &priors(matrix).unwrap_or_default()),
            families: shared.collect(),
            scored,
            rankings,
        }
    }

    fn table(&self) -> Table<'_> {
        let mut columns = vec![
            Column::new("Hypothesis", Role::Key, Align::Left),
            Column::named(Cell::plain(""), "Name", Role::Text, Align::Left),
        ];
        columns.extend(Method::ALL.iter().map(|method| {
            let tone = if *method == self.scored.method { Tone::Strong } else { Tone::Plain };
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
        let standings: Vec<_> = standings.collect();
        let ranks = right_aligned(
            standings.iter().map(|(_, own)| own.rank.map_or_else(dash, |rank| rank.to_string())),
        );
        let scores = right_aligned(
            standings
                .iter()
                .map(|(method, own)| own.score.map_or_else(dash, |score| words::score(*method, score))),
        );
        // In the words of what is shown, which need not be those of the exact figure.
        let word = |own: &MethodStanding| {
            own.words.and(own.score).map_or("", |p| shown_word(self.scored.scenario.yardstick(), p))
        };
        let widest = standings.iter().map(|(_, own)| width(word(own))).max().unwrap_or_default();
        let cells = standings.iter().zip(ranks).zip(scores).map(|(((_, own), rank), score)| {
            let text = match widest {
                0 => format!("{rank}  {score}"),
                _ => format!("{rank}  {score}  {}", pad_right(word(own), widest)),
            };
            Cell::new(text, Tone::of_rank(own.rank))
        });
        cells.collect()
    }

    /// Says whether the methods agree, and if not, who leads by which.
    fn comparison(&self) -> Vec<Phrase<'_>> {
        let leaders = &self.scored.ranking.leaders;
        if leaders.is_empty() {
            return Vec::new();
        }
        if self.agreement {
            let same = if leaders.len() == 1 { "the same leader" } else { "the same leaders" };
            return vec![
                strong("The methods agree"),
                plain(format!(": all {} have {same}.", spelled(self.rankings.len()))),
            ];
        }
        // Methods with the same leaders are named together, in the order of the first of them.
        let camps = grouped(self.rankings.iter().map(|own| (&own.leaders, own.method.as_str())));
        let mut said = vec![strong("The methods disagree.")];
        said.extend(camps.iter().map(|(leaders, methods)| {
            let names = self.scored.conclusion().names(leaders);
            plain(format!(" In the lead under {}: {names}.", list(methods)))
        }));
        said
    }

    /// The conclusion with its caveats.
    fn said(&self) -> Vec<Vec<Phrase<'_>>> {
        let conclusion = self.scored.conclusion();
        let mut said = vec![conclusion.verdict(), self.comparison()];
        said.extend(conclusion.caveats());
        said.push(conclusion.analysts_own());
        said.extend(closing(self.scored.scenario, &self.scored.ranking, self.scored.request));
        said
    }
}

impl<'a> Report for RankingReport<'a> {
    fn heading(&self) -> Heading<'_> {
        Heading::of(self.scored.scenario)
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let ScoredScenario { scenario, request, method, .. } = self.scored;
        let conclusion = self.scored.conclusion();
        let extent = format!("{}, listed by {method}", conclusion.extent(request));
        let mut sections = vec![Section::title(scenario, extent), prose(settled(scenario))];
        if !scenario.hypotheses.is_empty() {
            sections.push(Section::Table(self.table()));
        }
        sections.push(prose(self.said()));
        let next = next_command("check", request, "looks for flaws in the analysis");
        sections.extend(conclusion.step_to_contest(request).or(next));
        sections
    }

    fn remarks(&self) -> Vec<Vec<Phrase<'_>>> {
        settled(self.scored.scenario).into_iter().chain(self.said()).collect()
    }

    fn records(&self) -> Records<'_> {
        let mut columns: Vec<Cow<'_, str>> = ["id", "name", "status"].map(Cow::Borrowed).into();
        for method in Method::ALL {
            columns.push(Cow::Borrowed(method.as_str()));
            columns.push(Cow::Owned(format!("{method}_rank")));
        }
        columns.push(Cow::Borrowed("words"));
        let row = |ranked: &'_ RankedHypothesis<'a>| {
            let Hypothesis { id, name, .. } = ranked.hypothesis;
            let mut fields: Vec<RecordField<'_>> =
                vec![id.as_str().into(), name.as_str().into(), ranked.hypothesis.status().as_str().into()];
            for (method, standing) in &ranked.methods.0 {
                fields.push(standing.score.map(|score| RecordField::score(*method, score)).into());
                fields.push(standing.rank.into());
            }
            fields.push(ranked.methods.0.iter().find_map(|(_, standing)| standing.words.flatten()).into());
            fields
        };
        Records::new(columns, self.ranking.iter().map(row).collect())
    }
}
