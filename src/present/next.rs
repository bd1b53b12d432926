//! What to settle next: what `ach next` answers.

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::Serializer;

use super::conclusion::Conclusion;
use super::json::{List, Number};
use super::listing::{Listing, ListingEntry};
use super::phrase::{Phrase, dim, plain, strong};
use super::record::{RecordField, Records};
use super::section::prose;
use super::table::{Cell, Lazy, Tone};
use super::words::{count, percent};
use super::{Heading, JSON_FORMAT, Report, Request, Section, next_command};
use crate::engine::{self, Candidates, Matrix, Next, OpenCell, Ranking};
use crate::scenario::{
    Day, Evidence, EvidenceId, Hypothesis, HypothesisId, Indicator, IndicatorId, IndicatorStatus, Level,
    Method, Rating, Scenario,
};
use crate::text::{pad_left, width};

/// Cells listed for people.
const MOST_CELLS: usize = 15;
/// What a blank cell shows.
const BLANK: &str = "·";

/// The cells and indicators of a scenario that matter most to its conclusion.
#[derive(Debug)]
pub struct NextReport<'a> {
    scenario: &'a Scenario,
    request: Request<'a>,
    candidates: Candidates,
    matrix: Matrix,
    ranking: Ranking,
    next: Next,
}

/// A cell, looked up.
struct Found<'a> {
    evidence: &'a Evidence,
    hypothesis: &'a Hypothesis,
    rating: Option<Rating>,
    cell: OpenCell,
}

impl<'a> NextReport<'a> {
    /// Weighs the cells of a scenario.
    #[must_use]
    pub fn new(scenario: &'a Scenario, request: Request<'a>, candidates: Candidates) -> Self {
        let matrix = Matrix::new(scenario, request.until());
        let method = request.method.unwrap_or_else(|| scenario.method());
        let ranking = engine::rank(&matrix, method);
        let next = engine::next(scenario, &matrix, method, candidates);
        Self { scenario, request, candidates, matrix, ranking, next }
    }

    fn find(&self, cell: OpenCell) -> Option<Found<'a>> {
        let evidence = self.scenario.evidence.get(*self.matrix.items().get(cell.row)?)?;
        let hypothesis = self.scenario.hypotheses.get(cell.hypothesis)?;
        let rating = self.matrix.code(cell.row, cell.hypothesis).rating();
        Some(Found { evidence, hypothesis, rating, cell })
    }

    fn cells(&self) -> impl Iterator<Item = Found<'a>> {
        self.next.cells.iter().filter_map(|cell| self.find(*cell))
    }

    /// Something for each of the first `most` cells.
    fn each_cell<'b, T: Default>(&'b self, most: usize, make: impl Fn(Found<'a>) -> T + 'b) -> Lazy<'b, T> {
        let found = |at: usize| self.next.cells.get(at).and_then(|cell| self.find(*cell));
        Lazy::new(self.next.cells.len().min(most), move |at| found(at).map(&make).unwrap_or_default())
    }

    /// Indicators still to be watched for, by the day they are due, those without one last.
    fn indicators(&self) -> Vec<&'a Indicator> {
        let pending = |indicator: &&Indicator| indicator.status() == IndicatorStatus::Pending;
        let mut indicators: Vec<&Indicator> = self.scenario.indicators.iter().filter(pending).collect();
        indicators.sort_by_key(|indicator| (indicator.due.is_none(), indicator.due));
        indicators
    }

    /// Whether an indicator was due before the day that is looked at; `None` where there is no such day. What is
    /// never due is never overdue.
    fn is_overdue(&self, indicator: &Indicator) -> Option<bool> {
        let day = self.request.until().or(self.scenario.as_of)?;
        Some(indicator.due.is_some_and(|due| due < day))
    }

    fn conclusion(&self) -> Conclusion<'_> {
        Conclusion { scenario: self.scenario, matrix: &self.matrix, ranking: &self.ranking }
    }

    /// Whether there is anything to rate.
    fn is_contest(&self) -> bool {
        self.matrix.active().next().is_some() && !self.matrix.items().is_empty()
    }

    /// Whether rating on can change who leads.
    fn verdict(&self) -> Vec<Phrase<'_>> {
        let blanks = self.next.blanks;
        let are = |rest: &str| {
            format!(
                "{} {}{rest}",
                count(blanks, "cell", "cells"),
                if blanks == 1 { "is blank" } else { "are blank" }
            )
        };
        match (self.next.settled, blanks) {
            _ if !self.is_contest() => Vec::new(),
            (_, 0) if self.matrix.active().count() == 1 => {
                vec![
                    strong("No cell is blank"),
                    plain(", and nothing competes with the only active hypothesis."),
                ]
            }
            (_, 0) => vec![strong("No cell is blank"), plain(": only second thoughts can change who leads.")],
            (Some(false), _) => {
                vec![strong("Rating on can still change who leads"), plain(format!(": {}.", are("")))]
            }
            (Some(true), _) => vec![
                strong("No rating of a blank cell can change who leads"),
                plain(format!(": you can stop, although {}.", are(""))),
            ],
            (None, _) => vec![
                strong(are("")),
                plain(". Under bayes nothing tells beforehand that rating on cannot change who leads."),
            ],
        }
    }

    /// The first cells, figures in line.
    fn weighed(&self) -> Listing<'_> {
        let number = self.next.cells.len().min(MOST_CELLS);
        let shown = self.next.cells.get(..number).unwrap_or_default();
        let figures: Vec<[String; 2]> =
            shown.iter().map(|cell| [bits(cell.bits), percent(cell.switch)]).collect();
        let widest = |at: usize| {
            figures.iter().filter_map(|pair| pair.get(at)).map(|text| width(text)).max().unwrap_or(0)
        };
        let (bits_width, switch_width) = (widest(0), widest(1));
        let entries = self.each_cell(number, move |found| {
            let [bits, switch] = [bits(found.cell.bits), percent(found.cell.switch)];
            let tone = if found.cell.switch > 0.0 { Tone::Strong } else { Tone::Plain };
            ListingEntry {
                names: vec![
                    Cell::plain(found.evidence.id.as_str()),
                    Cell::plain(found.hypothesis.id.as_str()),
                    Cell::new(found.rating.map_or(BLANK, Rating::as_str), Tone::Rating(found.rating)),
                    Cell::new(found.cell.confidence.map_or("", Level::as_str), Tone::Dim),
                    Cell::plain(format!("{} bits", pad_left(&bits, bits_width))),
                    Cell::new(format!("new leader {}", pad_left(&switch, switch_width)), tone),
                ],
                about: Cow::Borrowed(&found.evidence.text),
                ..ListingEntry::default()
            }
        });
        let (one, many) = match self.candidates {
            Candidates::Open => ("open cell", "open cells"),
            Candidates::All => ("cell", "cells"),
        };
        let all = count(self.next.cells.len(), one, many);
        let heading = match self.next.cells.len() {
            1 => all,
            few if few == number => format!("{all}, the most telling first"),
            _ => format!("The {number} most telling of {all}"),
        };
        Listing {
            heading,
            names: &["Evidence", "Hypothesis", "Now", "Confidence", "Bits", "New leader"],
            compares: false,
            entries,
            words: Lazy::new(number, |_| Vec::new()),
        }
    }

    /// What the figures tell, and which cells are looked at.
    fn legend(&self) -> Vec<Vec<Phrase<'_>>> {
        let what = match self.candidates {
            Candidates::Open => {
                "Weighed are blank cells (·) and those of low confidence; --all weighs every cell."
            }
            Candidates::All => "Weighed is every cell but those rated NA.",
        };
        let method = self.next.method;
        let figures = format!(
            "Bits: how much the cell's rating would tell, on average, about which hypothesis holds, by bayes. New \
             leader: how often it would change who leads by {method}."
        );
        vec![vec![plain(figures)], vec![dim(what)]]
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

    fn watched(&self) -> Listing<'_> {
        let indicators = self.indicators();
        let number = indicators.len();
        let entries = Lazy::new(number, move |at| {
            let Some(indicator) = indicators.get(at) else { return ListingEntry::default() };
            let overdue = self.is_overdue(indicator) == Some(true);
            let due = indicator.due.map_or_else(|| "no date".to_owned(), |due| due.to_string());
            ListingEntry {
                names: vec![
                    Cell::plain(due),
                    if overdue { Cell::new("overdue", Tone::Strong) } else { Cell::default() },
                    Cell::plain(indicator.id.as_str()),
                    Cell::plain(indicator.hypothesis.as_deref().unwrap_or_default()),
                ],
                about: Cow::Borrowed(&indicator.text),
                ..ListingEntry::default()
            }
        });
        Listing {
            heading: format!("{} to watch", count(number, "indicator", "indicators")),
            names: &["Due", "", "Indicator", "Hypothesis"],
            compares: false,
            entries,
            words: Lazy::new(number, |_| Vec::new()),
        }
    }
}

/// Bits with three decimals; what is not 0 is not rounded to it.
fn bits(bits: f64) -> String {
    match format!("{bits:.3}") {
        text if text == "0.000" && bits > 1e-12 => "<0.001".into(),
        text => text,
    }
}

impl Report for NextReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading::of(self.scenario)
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let conclusion = self.conclusion();
        let mut sections = vec![conclusion.title_by_method(self.request.as_of)];
        let found = !self.next.cells.is_empty();
        if found {
            sections.push(prose([self.verdict(), conclusion.verdict()]));
            sections.push(Section::Listing(self.weighed()));
            sections.push(Section::Prose(self.legend()));
        } else {
            sections.push(prose([self.verdict(), self.nothing()]));
        }
        sections.push(Section::Listing(self.watched()));
        if found {
            sections.extend(next_command("edit", self.request, "rates them in the editor"));
        } else {
            let purpose = "shows how firmly the conclusion stands";
            let robustness = next_command("robustness", self.request, purpose);
            sections.extend(conclusion.step_to_contest(self.request).or(robustness));
        }
        sections
    }

    fn records(&self) -> Records<'_> {
        let columns = ["evidence", "hypothesis", "rating", "confidence", "bits", "switch"];
        let rows = self.each_cell(usize::MAX, |found| {
            vec![
                RecordField::text(found.evidence.id.as_str()),
                RecordField::text(found.hypothesis.id.as_str()),
                RecordField::maybe(found.rating, |rating| RecordField::text(rating.as_str())),
                RecordField::maybe(found.cell.confidence, |confidence| {
                    RecordField::text(confidence.as_str())
                }),
                RecordField::Number(found.cell.bits),
                RecordField::Probability(found.cell.switch),
            ]
        });
        Records { columns: columns.map(Cow::Borrowed).into(), rows }
    }

    fn is_told_in_sections(&self) -> bool {
        true
    }
}

/// The JSON document; the order of its keys is that of docs/json.md.
#[derive(Serialize)]
struct Document<'a, C, I> {
    format: u32,
    marking: Option<&'a str>,
    method: Method,
    settled: Option<bool>,
    blanks: usize,
    cells: C,
    indicators: I,
}

#[derive(Serialize)]
struct WeighedCell<'a> {
    evidence: &'a EvidenceId,
    hypothesis: &'a HypothesisId,
    rating: Option<Rating>,
    confidence: Option<Level>,
    bits: Number,
    switch: Number,
}

#[derive(Serialize)]
struct Watched<'a> {
    id: &'a IndicatorId,
    hypothesis: Option<&'a str>,
    due: Option<Day>,
    overdue: Option<bool>,
}

impl Serialize for NextReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = || {
            self.cells().map(|found| WeighedCell {
                evidence: &found.evidence.id,
                hypothesis: &found.hypothesis.id,
                rating: found.rating,
                confidence: found.cell.confidence,
                bits: Number(found.cell.bits),
                switch: Number(found.cell.switch),
            })
        };
        let indicators = || {
            self.indicators().into_iter().map(|indicator| Watched {
                id: &indicator.id,
                hypothesis: indicator.hypothesis.as_deref(),
                due: indicator.due,
                overdue: self.is_overdue(indicator),
            })
        };
        Document {
            format: JSON_FORMAT,
            marking: self.scenario.marking.as_deref(),
            method: self.next.method,
            settled: self.next.settled,
            blanks: self.next.blanks,
            cells: List(cells),
            indicators: List(indicators),
        }
        .serialize(serializer)
    }
}
