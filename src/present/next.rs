//! The cells to settle next: the answer of `ach next`.

use std::borrow::Cow;

use serde::Serialize;

use super::conclusion::Conclusion;
use super::json::OrderedMap;
use super::listing::{Listing, ListingEntry};
use super::phrase::{Phrase, dim, plain, strong};
use super::record::Records;
use super::scored::ScoredScenario;
use super::section::prose;
use super::table::{Cell, Tone};
use super::words::{count, right_aligned, rounded, share, some};
use super::{Heading, Report, Request, Section, next_command, shell_word};
use crate::engine::{self, Candidates, Next};
use crate::scenario::{
    Day, Evidence, EvidenceId, Hypothesis, HypothesisId, Indicator, IndicatorId, Level, Rating, Scenario,
};

/// Cells listed for people.
const MOST_CELLS: usize = 15;

/// The cells and indicators of a scenario that matter most to its conclusion.
#[derive(Debug, Serialize)]
pub struct NextReport<'a> {
    #[serde(flatten)]
    scored: ScoredScenario<'a>,
    provisional: bool,
    /// Whether rating blank cells can no longer change who leads; `None` under `bayes`.
    settled: Option<bool>,
    /// Blank cells.
    blanks: usize,
    /// The most telling first.
    cells: Vec<WeighedCell<'a>>,
    /// Those pending: the most telling first, then by the day they are due, undated ones last.
    indicators: Vec<WatchedIndicator<'a>>,
    #[serde(skip)]
    candidates: Candidates,
}

#[derive(Debug, Serialize)]
struct WeighedCell<'a> {
    evidence: &'a EvidenceId,
    hypothesis: &'a HypothesisId,
    rating: Option<Rating>,
    confidence: Option<Level>,
    bits: f64,
    /// How often its rating would change who leads.
    switch: f64,
    #[serde(skip)]
    item: &'a Evidence,
}

#[derive(Debug, Serialize)]
struct WatchedIndicator<'a> {
    id: &'a IndicatorId,
    hypothesis: Option<&'a str>,
    due: Option<Day>,
    /// `None` where no day is known to compare with.
    overdue: Option<bool>,
    /// Bits if it is seen; `None` with fewer than two ratings of active hypotheses.
    information: Option<f64>,
    diagnosticity: Option<f64>,
    ratings: OrderedMap<&'a HypothesisId, Rating>,
    #[serde(skip)]
    item: &'a Indicator,
}

impl<'a> NextReport<'a> {
    /// Weighs the cells of a scenario.
    #[must_use]
    pub fn new(scenario: &'a Scenario, request: Request<'a>, candidates: Candidates) -> Self {
        let scored = ScoredScenario::new(scenario, request);
        let (matrix, method) = (&scored.matrix, scored.ranking.method);
        let Next { settled, blanks, cells, .. } = engine::next(scenario, matrix, method, candidates);
        let cells = cells.into_iter().filter_map(|cell| {
            let item = scored.item(cell.row)?;
            Some(WeighedCell {
                evidence: &item.id,
                hypothesis: &scenario.hypotheses.get(cell.hypothesis)?.id,
                rating: matrix.code(cell.row, cell.hypothesis).rating(),
                confidence: cell.confidence,
                bits: cell.bits,
                switch: cell.switch,
                item,
            })
        });
        Self {
            provisional: scored.conclusion().is_provisional(),
            settled,
            blanks,
            cells: cells.collect(),
            indicators: watched(scenario, request),
            scored,
            candidates,
        }
    }

    fn conclusion(&self) -> Conclusion<'_> {
        self.scored.conclusion()
    }

    /// Whether there is anything to rate.
    fn is_contest(&self) -> bool {
        self.scored.matrix.comparable().next().is_some() && !self.scored.matrix.items().is_empty()
    }

    /// Whether rating on can change who leads.
    fn verdict(&self) -> Vec<Phrase<'_>> {
        let are_blank = match self.blanks {
            1 => "1 cell is blank".to_owned(),
            blanks => format!("{} are blank", count(blanks, "cell", "cells")),
        };
        match (self.settled, self.blanks) {
            _ if !self.is_contest() => Vec::new(),
            (_, 0) if self.scored.matrix.comparable().count() == 1 => {
                vec![
                    strong("No cell is blank"),
                    plain(", and nothing competes with the only active hypothesis."),
                ]
            }
            (_, 0) => vec![strong("No cell is blank"), plain(": only second thoughts can change who leads.")],
            (Some(false), _) => {
                vec![strong("More ratings can still change who leads"), plain(format!(": {are_blank}."))]
            }
            (Some(true), _) => vec![
                strong("No rating of a blank cell can change who leads"),
                plain(format!(": you can stop, although {are_blank}.")),
            ],
            (None, _) => vec![
                strong(are_blank),
                plain(". Under bayes nothing shows beforehand that more ratings cannot change who leads."),
            ],
        }
    }

    /// The first cells, figures in line.
    fn weighed(&self) -> Listing<'_> {
        let (all, number) = (self.cells.len(), self.cells.len().min(MOST_CELLS));
        let shown = self.cells.get(..number).unwrap_or_default();
        let bits = right_aligned(shown.iter().map(|cell| rounded(cell.bits, 3)));
        let switches = right_aligned(shown.iter().map(|cell| share(cell.switch)));
        let entries = shown.iter().zip(bits).zip(switches).map(|((cell, bits), switch)| {
            let tone = if cell.switch > 0.0 { Tone::Strong } else { Tone::Plain };
            let names = vec![
                Cell::plain(cell.evidence.as_str()),
                Cell::plain(cell.hypothesis.as_str()),
                Cell::rating(cell.rating),
                Cell::new(cell.confidence.map_or("", Level::as_str), Tone::Dim),
                Cell::plain(format!("{bits} bits")),
                Cell::new(format!("new leader {switch}"), tone),
            ];
            let about = Cow::Borrowed(cell.item.text.as_str());
            (ListingEntry { about, ..ListingEntry::named(names) }, Vec::new())
        });
        let cells = match self.candidates {
            Candidates::Open => count(all, "open cell", "open cells"),
            Candidates::All => count(all, "cell", "cells"),
        };
        let heading = match all {
            1 => cells,
            few if few == number => format!("{cells}, the likeliest to change the leader first"),
            _ => format!("The {number} of {cells} that are likeliest to change the leader"),
        };
        let names = &["Evidence", "Hypothesis", "Now", "Confidence", "Bits", "New leader"];
        Listing::of(heading, names, entries.collect())
    }

    /// How the figures are to be read, and which cells are candidates.
    fn legend(&self) -> Vec<Vec<Phrase<'_>>> {
        let candidates = match self.candidates {
            Candidates::Open => {
                "Candidates are blank cells (·) and cells of low confidence; --all weighs every cell."
            }
            Candidates::All => "Candidates are all cells but those rated NA.",
        };
        let figures = format!(
            "Bits: how much the cell's rating would tell, on average, about which hypothesis holds, by bayes. New \
             leader: how often it would change who leads by {}.",
            self.scored.method
        );
        vec![vec![plain(figures)], vec![dim(candidates)]]
    }

    /// Why no cell is listed.
    fn nothing(&self) -> Vec<Phrase<'_>> {
        if !self.is_contest() {
            return self.conclusion().verdict();
        }
        match self.candidates {
            Candidates::Open => vec![plain("None is of low confidence either; --all weighs every cell.")],
            Candidates::All => vec![plain("There is nothing to weigh: every cell is NA.")],
        }
    }

    fn to_watch(&self) -> Listing<'_> {
        let is_rated = self.indicators.iter().any(|indicator| indicator.information.is_some());
        let entries = self.indicators.iter().map(|indicator| {
            let due = indicator.due.map_or_else(|| "no date".to_owned(), |due| due.to_string());
            let due = match indicator.overdue {
                Some(true) => Cell::new(format!("{due} overdue"), Tone::Strong),
                _ => Cell::plain(due),
            };
            let id = Cell::plain(indicator.id.as_str());
            let names = if is_rated {
                let bits = indicator.information.map(|found| format!("{} bits if seen", rounded(found, 1)));
                let bits = bits.unwrap_or_else(|| "not rated".to_owned());
                vec![id, Cell::plain(bits), due]
            } else {
                vec![due, id, Cell::plain(indicator.hypothesis.unwrap_or_default())]
            };
            let about = indicator.item.text.as_str().into();
            let speaks = self.speaks(indicator).map(|speaks| vec![Phrase::plain(speaks)]);
            (ListingEntry { about, ..ListingEntry::named(names) }, Vec::from_iter(speaks))
        });
        let heading = format!("{} to watch", count(self.indicators.len(), "indicator", "indicators"));
        let names: &'static [&'static str] =
            if is_rated { &["Indicator", "Bits", "Due"] } else { &["Due", "Indicator", "Hypothesis"] };
        Listing::of(heading, names, entries.collect())
    }

    /// Says how to rate an indicator that is not rated, if others are.
    fn how_to_rate(&self) -> Option<Vec<Phrase<'_>>> {
        let file = self.scored.request.file.filter(|_| !self.scored.request.kept)?;
        self.indicators.iter().find(|indicator| indicator.information.is_some())?;
        let unrated = self.indicators.iter().find(|indicator| indicator.information.is_none())?;
        let (file, id) = (shell_word(file), unrated.id);
        // An item of the same id would come first.
        let is_item = self.scored.scenario.evidence.iter().any(|item| item.id.as_str() == id.as_str());
        let of = if is_item { "indicator:" } else { "" };
        Some(vec![dim(format!("ach set {file} {of}{id} HYPOTHESIS RATING says what seeing it would tell."))])
    }

    /// Says for and against which hypotheses seeing an indicator would speak: those that it rates highest and lowest.
    /// `None` if it is not rated.
    fn speaks(&self, indicator: &WatchedIndicator<'_>) -> Option<String> {
        indicator.information?;
        let ratings: Vec<(usize, i8)> = indicator
            .item
            .ratings
            .iter()
            .filter(|(at, _)| self.scored.scenario.hypotheses.get(*at).is_some_and(Hypothesis::is_active))
            .filter_map(|(at, cell)| Some((at, cell.rating?.score())))
            .collect();
        let values = || ratings.iter().map(|(_, value)| *value);
        let (Some(most), Some(least)) = (values().max(), values().min()) else { return None };
        if most == least {
            return Some("separates nothing".to_owned());
        }
        let named = |value: i8| {
            let found = ratings.iter().filter(|(_, other)| *other == value).map(|(at, _)| *at);
            let headers =
                found.filter_map(|at| self.scored.scenario.hypotheses.get(at)).map(Hypothesis::header);
            some(&headers.collect::<Vec<_>>(), 3)
        };
        Some(format!("for {}, against {}", named(most), named(least)))
    }
}

/// The pending indicators, those that would tell most first, then by the day they are due; overdue before the day that
/// limits or dates the scenario.
fn watched<'a>(scenario: &'a Scenario, request: Request<'_>) -> Vec<WatchedIndicator<'a>> {
    let day = request.until().or(scenario.as_of);
    let watched = engine::pending_indicators(scenario).into_iter().filter_map(|pending| {
        let indicator = scenario.indicators.get(pending.at)?;
        let rating = |(at, cell): (usize, &crate::scenario::Cell)| {
            Some((&scenario.hypotheses.get(at)?.id, cell.rating?))
        };
        Some(WatchedIndicator {
            id: &indicator.id,
            hypothesis: indicator.hypothesis.as_deref(),
            due: indicator.due,
            overdue: day.map(|day| indicator.due.is_some_and(|due| due < day)),
            information: pending.information,
            diagnosticity: pending.diagnosticity,
            ratings: indicator.ratings.iter().filter_map(rating).collect(),
            item: indicator,
        })
    });
    watched.collect()
}

impl Report for NextReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading::of(self.scored.scenario)
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let conclusion = self.conclusion();
        let mut sections = vec![conclusion.title_by_method(self.scored.request)];
        let found = !self.cells.is_empty();
        if found {
            let said = [self.verdict(), conclusion.verdict()].into_iter().chain(conclusion.caveats());
            sections.push(prose(said));
            sections.push(Section::Listing(self.weighed()));
            sections.push(Section::Prose(self.legend()));
        } else {
            let leads = if self.is_contest() { conclusion.verdict() } else { Vec::new() };
            let said = [self.verdict(), self.nothing(), leads].into_iter().chain(conclusion.caveats());
            sections.push(prose(said));
        }
        sections.push(Section::Listing(self.to_watch()));
        sections.push(prose(self.how_to_rate()));
        if found {
            sections.extend(next_command("edit", self.scored.request, "rates them in the editor"));
        } else {
            let purpose = "shows how firmly the conclusion stands";
            let robustness = next_command("robustness", self.scored.request, purpose);
            sections.extend(conclusion.step_to_contest(self.scored.request).or(robustness));
        }
        sections
    }

    fn records(&self) -> Records<'_> {
        let columns = &["evidence", "hypothesis", "rating", "confidence", "bits", "switch"];
        Records::of(columns, self.cells.iter().collect())
    }

    fn is_told_in_sections(&self) -> bool {
        true
    }
}
