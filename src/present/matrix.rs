//! The matrix with scores and ranks: the answer of `ach table`.

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::json::{List, Pairs};
use super::listing::Listing;
use super::phrase::{Phrase, dim};
use super::post_mortem::settled;
use super::record::{RecordField, Records};
use super::scored::ScoredScenario;
use super::section::prose;
use super::table::{Align, Cell, Column, Lazy, Role, Sideways, Table, Tone, Total};
use super::words::{self, decimal, method_words, right_aligned, thousands};
use super::{Heading, Report, Request, Section, next_command};
use crate::engine::{self, Lead, Matrix};
use crate::scenario::{
    Date, Evidence, EvidenceId, EvidenceStatus, Hypothesis, HypothesisId, Kind, Rating, Scenario, Searched,
    Status,
};

/// Hypotheses listed above the matrix.
const MOST_STANDINGS: usize = 12;
/// Items named in a sentence; more are counted.
const MOST_ITEMS: usize = 4;

/// The matrix of a scenario with scores and ranks by one method.
#[derive(Debug)]
pub struct MatrixReport<'a> {
    scored: ScoredScenario<'a>,
    /// All items that are listed, those included that are withdrawn or rest on one; `None` if all of them count.
    listed: Option<Matrix>,
    /// Rows of what is listed, in the order asked for.
    rows: Vec<usize>,
}

/// An item and its row of the matrix.
#[derive(Clone, Copy)]
struct Item<'a> {
    row: usize,
    evidence: &'a Evidence,
    counts: bool,
}

impl<'a> MatrixReport<'a> {
    /// Scores the scenario as asked.
    #[must_use]
    pub fn new(scenario: &'a Scenario, request: Request<'a>) -> Self {
        let scored = ScoredScenario::new(scenario, request);
        let listed = scenario.evidence.iter().any(Evidence::is_withdrawn).then(|| request.listed(scenario));
        let rows = request.order.rows(scenario, listed.as_ref().unwrap_or(&scored.matrix));
        Self { scored, listed, rows }
    }

    fn hypotheses(&self) -> impl Iterator<Item = (usize, &'a Hypothesis)> {
        self.scored.scenario.hypotheses.iter().enumerate()
    }

    fn item(&self, row: usize) -> Option<Item<'a>> {
        let at = *self.listed().items().get(row)?;
        let counts = self.listed.is_none() || self.scored.matrix.row_of(at).is_some();
        Some(Item { row, evidence: self.scored.scenario.evidence.get(at)?, counts })
    }

    fn listed(&self) -> &Matrix {
        self.listed.as_ref().unwrap_or(&self.scored.matrix)
    }

    /// Maps each listed row as it is asked for.
    fn each_item<'b, T: Default>(&'b self, make: impl Fn(Item<'a>) -> T + 'b) -> Lazy<'b, T> {
        let item = |at: usize| self.rows.get(at).and_then(|row| self.item(*row));
        Lazy::new(self.rows.len(), move |at| item(at).map(&make).unwrap_or_default())
    }

    /// Positions among the listed rows of those that do not count.
    fn struck(&self) -> Vec<usize> {
        let counts = |row: &usize| self.item(*row).is_none_or(|item| item.counts);
        let rows = self.rows.iter().enumerate().filter(|(_, row)| self.listed.is_some() && !counts(row));
        rows.map(|(at, _)| at).collect()
    }

    fn table(&self) -> Table<'_> {
        let mut columns = vec![
            Column::new("Evidence", Role::Key, Align::Left),
            Column::named(Cell::plain(""), "Text", Role::Text, Align::Left),
            Column::new("Weight", Role::Figure, Align::Right),
            Column::named(Cell::plain("Diag."), "Diagnosticity", Role::Figure, Align::Right),
        ];
        columns.extend(self.hypotheses().map(|(at, h)| {
            let title = Cell::new(h.header(), self.tone(at));
            Column::named(title, h.name.as_str(), Role::Value, Align::Right)
        }));
        Table {
            columns,
            rows: self.each_item(|item| self.cells(item)),
            totals: self.totals(),
            sideways: Sideways::Groups,
            signs: words::SIGNS,
            figures: words::FIGURES,
        }
    }

    /// Lists the hypotheses that are ranked, best first.
    fn standings(&self) -> Listing<'_> {
        let ranking = &self.scored.ranking;
        let mut ranked = ranking.order();
        ranked.retain(|at| ranking.rank(*at).is_some());
        // "and 1 more" is no shorter than the hypothesis.
        let shown = if ranked.len() > MOST_STANDINGS + 1 { MOST_STANDINGS } else { ranked.len() };
        let listed = ranked.get(..shown).unwrap_or_default();
        let rank = |at: &usize| ranking.rank(*at).map(|rank| rank.to_string()).unwrap_or_default();
        let score = |at: &usize| {
            ranking.score(*at).map(|score| words::score(ranking.method, score)).unwrap_or_default()
        };
        let (ranks, scores) =
            (right_aligned(listed.iter().map(rank)), right_aligned(listed.iter().map(score)));
        let lines = listed.iter().zip(ranks).zip(scores).map(|((at, rank), score)| {
            let tone = self.tone(*at);
            let name = self.scored.scenario.hypotheses.get(*at).map_or("", |h| h.name.as_str());
            ([rank, score].map(|text| Cell::new(text, tone)).into(), vec![Phrase::new(name, tone)])
        });
        let more = match ranked.len() - shown {
            0 => String::new(),
            rest => format!(" ({} more below)", thousands(rest)),
        };
        let heading = format!("Rank and {}{more}", method_words(ranking.method).meaning.to_lowercase());
        Listing::lines(heading, &["Rank", "Score"], lines.collect())
    }

    /// Names the items that are rated for one hypothesis alone; empty if there are none.
    fn comparing_nothing(&self) -> Vec<Phrase<'_>> {
        let ids: Vec<&str> = (0..self.scored.matrix.items().len())
            .filter(|row| engine::rated_alone(&self.scored.matrix, *row).is_some())
            .map(|row| self.scored.item_id(row))
            .collect();
        if ids.is_empty() {
            return Vec::new();
        }
        let (are, compare) = if ids.len() == 1 { ("is", "compares") } else { ("are", "compare") };
        let items = words::some(&ids, MOST_ITEMS);
        vec![dim(format!("{items} {are} rated for one hypothesis alone and {compare} nothing."))]
    }

    fn cells(&self, item: Item<'a>) -> Vec<Cell<'a>> {
        let mut cells = vec![
            Cell::plain(item.evidence.id.as_str()),
            Cell::plain(item.evidence.text.as_str()),
            Cell::plain(decimal(item.evidence.weight().factor())),
            // A figure would make of an item about one hypothesis a comparison.
            match engine::rated_alone(self.listed(), item.row) {
                Some(_) => Cell::new("-", Tone::Dim),
                None => Cell::plain(decimal(engine::diagnosticity(self.listed(), item.row))),
            },
        ];
        cells.extend(self.hypotheses().map(|(at, _)| Cell::rating(item.evidence.ratings.rating(at))));
        if !item.counts {
            cells.iter_mut().for_each(|cell| cell.tone = Tone::Struck);
            if let Some(key) = cells.first_mut() {
                // Told apart without colour too.
                key.text = format!("({})", key.text).into();
            }
        }
        cells
    }

    fn totals(&self) -> Vec<Total<'_>> {
        let method = self.scored.ranking.method;
        let cells = |text: &dyn Fn(usize) -> Option<String>| {
            self.hypotheses()
                .map(|(at, _)| Cell::new(text(at).unwrap_or_else(|| "-".into()), self.tone(at)))
                .collect()
        };
        let score = |at| self.scored.ranking.score(at).map(|score| words::score(method, score));
        let rank = |at| self.scored.ranking.rank(at).map(|rank| rank.to_string());
        vec![
            Total { label: method_words(method).meaning, cells: cells(&score) },
            Total { label: "Rank", cells: cells(&rank) },
        ]
    }

    /// The tone of a hypothesis by its rank.
    fn tone(&self, hypothesis: usize) -> Tone {
        Tone::of_rank(self.scored.ranking.rank(hypothesis))
    }
}

impl Report for MatrixReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading::of(self.scored.scenario)
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let conclusion = self.scored.conclusion();
        let lead = Lead::new(&self.scored.matrix, self.scored.ranking.method);
        let mut said = vec![conclusion.verdict()];
        said.extend(lead.as_ref().map(|lead| conclusion.rests_on(lead)));
        said.extend(conclusion.doubts());
        let mut sections = vec![Section::title(self.scored.scenario, conclusion.extent(self.scored.request))];
        sections.push(prose(settled(self.scored.scenario)));
        sections.push(prose(said));
        if !self.scored.ranking.leaders.is_empty() {
            sections.push(Section::Listing(self.standings()));
        }
        // Without a leader there is nothing to compare.
        let next = match lead {
            Some(_) => next_command(
                "sensitivity",
                self.scored.request,
                "shows what would change that, ach explain why it leads",
            ),
            None => next_command("rank", self.scored.request, "compares the methods"),
        };
        let step = conclusion.step_to_contest(self.scored.request);
        let concludes = !self.scored.ranking.leaders.is_empty() && !self.scored.matrix.items().is_empty();
        sections.extend(next.filter(|_| step.is_none() && concludes));
        if !self.scored.scenario.hypotheses.is_empty() || !self.rows.is_empty() {
            sections.push(Section::Table(self.table()));
        }
        let mut said = vec![self.comparing_nothing()];
        said.extend(conclusion.asides());
        said.push(conclusion.analysts_own());
        sections.push(prose(said));
        sections.extend(step);
        sections
    }

    fn remarks(&self) -> Vec<Vec<Phrase<'_>>> {
        let conclusion = self.scored.conclusion();
        let lead = Lead::new(&self.scored.matrix, self.scored.ranking.method);
        let mut said: Vec<_> =
            settled(self.scored.scenario).into_iter().chain([conclusion.verdict()]).collect();
        said.extend(lead.map(|lead| conclusion.rests_on(&lead)));
        said.push(self.comparing_nothing());
        said.extend(conclusion.caveats());
        said.push(conclusion.analysts_own());
        said
    }

    fn records(&self) -> Records<'_> {
        let fixed = ["id", "text", "kind", "date", "sources", "weight", "diagnosticity"];
        let ids = self.hypotheses().map(|(_, h)| Cow::Borrowed(h.id.as_str()));
        Records {
            columns: fixed.into_iter().map(Cow::Borrowed).chain(ids).collect(),
            rows: self.each_item(|Item { row, evidence, .. }| {
                let mut fields: Vec<RecordField<'_>> = vec![
                    evidence.id.as_str().into(),
                    evidence.text.as_str().into(),
                    evidence.kind().as_str().into(),
                    evidence.date.map(|date| date.to_string()).into(),
                    evidence.sources().join(", ").into(),
                    evidence.weight().factor().into(),
                    engine::diagnosticity(self.listed(), row).into(),
                ];
                let ratings = self.hypotheses().map(|(at, _)| evidence.ratings.rating(at));
                fields.extend(ratings.map(|rating| rating.map(Rating::as_str).into()));
                fields
            }),
            struck: self.struck(),
        }
    }
}

#[derive(Serialize)]
struct MatrixColumn<'a> {
    id: &'a HypothesisId,
    name: &'a str,
    status: Status,
    competes: bool,
    rank: Option<usize>,
    score: Option<f64>,
    rated: usize,
    unrated: usize,
}

#[derive(Serialize)]
struct MatrixRow<'a, R> {
    id: &'a EvidenceId,
    text: &'a str,
    kind: Kind,
    status: EvidenceStatus,
    /// Whether it is scored: neither withdrawn nor resting on an item that does not count.
    counts: bool,
    searched: Option<Searched>,
    date: Option<Date>,
    sources: &'a [String],
    weight: f64,
    diagnosticity: f64,
    information: f64,
    ratings: R,
}

/// Unlike other reports, it is serialized as it is made: of 100,000 items by 10 hypotheses an owned copy would take more
/// memory than the scenario.
impl Serialize for MatrixReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (scenario, conclusion) = (self.scored.scenario, self.scored.conclusion());
        let hypotheses = || {
            self.hypotheses().map(|(at, h)| MatrixColumn {
                id: &h.id,
                name: &h.name,
                status: h.status(),
                competes: self.scored.ranking.rank(at).is_some(),
                rank: self.scored.ranking.rank(at),
                score: self.scored.ranking.score(at),
                rated: self.scored.matrix.rated(at),
                unrated: self.scored.matrix.unrated(at),
            })
        };
        let evidence = || {
            self.rows.iter().filter_map(|row| self.item(*row)).map(|Item { row, evidence, counts }| {
                MatrixRow {
                    id: &evidence.id,
                    text: &evidence.text,
                    kind: evidence.kind(),
                    status: evidence.status.unwrap_or(EvidenceStatus::DEFAULT),
                    counts,
                    searched: evidence.searched,
                    date: evidence.date,
                    sources: evidence.sources(),
                    weight: evidence.weight().factor(),
                    diagnosticity: engine::diagnosticity(self.listed(), row),
                    information: engine::information(self.listed(), row),
                    ratings: Pairs(move || {
                        evidence
                            .ratings
                            .iter()
                            .filter_map(|(at, cell)| Some((&scenario.hypotheses.get(at)?.id, cell.rating?)))
                    }),
                }
            })
        };
        let mut document = serializer.serialize_struct("MatrixReport", 11)?;
        document.serialize_field("title", &scenario.title)?;
        document.serialize_field("question", &scenario.question.as_deref())?;
        document.serialize_field("marking", &scenario.marking.as_deref())?;
        document.serialize_field("method", &self.scored.ranking.method)?;
        document.serialize_field("as_of", &self.scored.request.as_of.or(scenario.as_of.map(Date::Day)))?;
        document.serialize_field("where", &self.scored.request.filter_line())?;
        document.serialize_field("hypotheses", &List(hypotheses))?;
        document.serialize_field("evidence", &List(evidence))?;
        document.serialize_field("leaders", &self.scored.leaders())?;
        document.serialize_field("margin", &self.scored.ranking.margin)?;
        document.serialize_field("provisional", &conclusion.is_provisional())?;
        document.end()
    }
}
