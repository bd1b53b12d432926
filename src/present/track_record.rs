//! The record over several cases: the answer of `ach post-mortem` on several files or a folder.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::estimate::whole;
use super::json::OrderedMap;
use super::phrase::{Phrase, dim, plain, strong};
use super::post_mortem::{OutcomeDocument, matrix_before};
use super::record::Records;
use super::section::prose;
use super::table::{Align, Cell, Column, Role, Table};
use super::words::{count, decimal};
use super::{Heading, Report, Request, Section};
use crate::engine::{Bin, Forecaster, MethodRecord, PostMortem, Record, Unscored};
use crate::scenario::{Method, Scenario};
use crate::text::truncate;

/// Points below which nothing is said about calibration.
const FEW_POINTS: usize = 20;
/// Columns of a name.
const NAME: usize = 24;

/// The record over several cases.
#[derive(Debug, Serialize)]
pub struct TrackRecordReport<'a> {
    marking: Option<String>,
    cases: Vec<ListedCase<'a>>,
    record: Vec<ListedRecord>,
    methods: OrderedMap<Method, MethodRecord>,
    not_scored: UnscoredCount,
    /// The limits of the items and estimates that count, after a comma; empty without any.
    #[serde(skip)]
    limits: String,
}

#[derive(Debug, Serialize)]
struct ListedCase<'a> {
    path: String,
    title: &'a str,
    outcome: OutcomeDocument<'a>,
    not_scored: Option<Unscored>,
}

#[derive(Debug, Serialize)]
struct ListedRecord {
    who: &'static str,
    by: Option<String>,
    cases: usize,
    brier: f64,
    even: f64,
    revised: usize,
    first_brier: Option<f64>,
    last_brier: Option<f64>,
    #[serde(serialize_with = "bins")]
    calibration: Vec<Bin>,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct UnscoredCount {
    open: usize,
    annulled: usize,
    several: usize,
}

#[derive(Serialize)]
struct BinDocument {
    count: usize,
    mean: Option<f64>,
    #[serde(rename = "true")]
    true_share: Option<f64>,
}

fn bins<S: Serializer>(bins: &[Bin], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(bins.iter().map(|bin| {
        let mean = |sum: f64| (bin.count > 0).then(|| sum / bin.count as f64);
        BinDocument { count: bin.count, mean: mean(bin.sum), true_share: mean(bin.true_ones as f64) }
    }))
}

impl<'a> TrackRecordReport<'a> {
    /// Reports on cases, each with its path. `request` says which items count.
    #[must_use]
    pub fn new(cases: &'a [(String, Scenario)], request: Request<'_>) -> Self {
        // In parallel; the results are in the order of the cases.
        let score = |scenario: &'a Scenario| {
            let matrix = matrix_before(scenario, request);
            PostMortem::new(scenario, &matrix, scenario.method(), request.until())
        };
        let scored: Vec<PostMortem<'a>> = in_parallel(cases, |(_, scenario)| score(scenario));
        let found = Record::new(cases.iter().map(|(_, scenario)| scenario).zip(&scored));
        let listed = cases.iter().zip(&scored).map(|((path, scenario), case)| ListedCase {
            path: path.clone(),
            title: &scenario.title,
            outcome: OutcomeDocument::of(scenario),
            not_scored: case.truth.err(),
        });
        let record = found.forecasters.iter().map(|own| {
            let (who, by) = match &own.who {
                Forecaster::Person(name) => ("person", Some(name.clone())),
                Forecaster::Mean => ("mean", None),
                Forecaster::Bayes => ("bayes", None),
            };
            let mean = |sum: f64, cases: usize| (cases > 0).then(|| sum / cases as f64);
            ListedRecord {
                who,
                by,
                cases: own.cases,
                brier: own.brier / own.cases as f64,
                even: own.even / own.cases as f64,
                revised: own.revised,
                first_brier: mean(own.first_brier, own.revised),
                last_brier: mean(own.last_brier, own.revised),
                calibration: own.calibration.to_vec(),
            }
        });
        let [open, annulled, several] = found.unscored;
        let markings = cases.iter().filter_map(|(_, scenario)| scenario.marking.as_deref());
        let heading = Heading::over("", markings.map(Cow::Borrowed));
        Self {
            marking: heading.marking.map(Cow::into_owned),
            cases: listed.collect(),
            record: record.collect(),
            methods: found.methods.iter().copied().collect(),
            not_scored: UnscoredCount { open, annulled, several },
            limits: request.limits(String::new()),
        }
    }

    fn verdict(&self) -> Vec<Vec<Phrase<'_>>> {
        let UnscoredCount { open, annulled, several } = self.not_scored;
        let scored = self.cases.len() - open - annulled - several;
        let reasons: Vec<String> =
            [(open, "open"), (annulled, "annulled"), (several, "with several true answers")]
                .into_iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, what)| format!("{number} {what}"))
                .collect();
        let rest =
            if reasons.is_empty() { String::new() } else { format!("; not scored: {}", reasons.join(", ")) };
        let mut said = vec![vec![
            plain(format!("Of {} ", count(self.cases.len(), "case", "cases"))),
            strong(format!("{scored} {} settled", if scored == 1 { "is" } else { "are" })),
            plain(format!("{}{rest}.", self.limits)),
        ]];
        let cases = self.methods.0.first().map_or(0, |(_, own)| own.cases);
        if cases > 0 {
            let led: Vec<String> = self
                .methods
                .0
                .iter()
                .map(|(method, own)| {
                    let level =
                        if own.level > 0 { format!(" (and level in {})", own.level) } else { String::new() };
                    format!("{} by {method}{level}", own.alone)
                })
                .collect();
            let text = format!("Of the {cases} with one true hypothesis it led alone in {}.", led.join(", "));
            said.push(vec![plain(text)]);
        }
        said
    }

    fn table(&self) -> Table<'_> {
        let columns = vec![
            Column::new("Who", Role::Key, Align::Left),
            Column::new("Cases", Role::Value, Align::Right),
            Column::new("Brier", Role::Value, Align::Right),
            Column::new("Even odds", Role::Value, Align::Right),
            Column::new("First -> last", Role::Value, Align::Right),
        ];
        let row = |own: &ListedRecord| {
            let who = match &own.by {
                Some(name) => truncate(name, NAME).into_owned(),
                None if own.who == "bayes" => "the ratings".to_owned(),
                None => own.who.to_owned(),
            };
            let revised = own.first_brier.zip(own.last_brier).map(|(first, last)| {
                format!("{} -> {} ({} revised)", decimal(first), decimal(last), own.revised)
            });
            let (brier, even) = (decimal(own.brier), decimal(own.even));
            [who, own.cases.to_string(), brier, even, revised.unwrap_or_default()].map(Cell::plain).to_vec()
        };
        Table::of(columns, self.record.iter().map(row).collect())
    }

    /// How often what the mean gave a probability came true; nothing where there are few figures.
    fn calibration(&self) -> Vec<Vec<Phrase<'_>>> {
        let Some(own) = self.record.iter().find(|own| own.who == "mean") else { return Vec::new() };
        let points: usize = own.calibration.iter().map(|bin| bin.count).sum();
        if points < FEW_POINTS {
            return Vec::new();
        }
        let said: Vec<String> = (0_u32..)
            .zip(&own.calibration)
            .filter(|(_, bin)| bin.count > 0)
            .map(|(at, bin)| {
                let (from, to) = (f64::from(at) / 10.0, f64::from(at + 1) / 10.0);
                format!("{} to {}: {} of {}", whole(from), whole(to), bin.true_ones, bin.count)
            })
            .collect();
        vec![
            vec![strong(format!("What the mean said, and how often it came true ({points} figures)"))],
            vec![plain(said.join("; "))],
        ]
    }
}

/// Maps a list by several threads; the results are in its order.
fn in_parallel<'a, T: Sync, R: Send>(list: &'a [T], map: impl Fn(&'a T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let chunk = list.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let map = &map;
        let parts: Vec<_> = list
            .chunks(chunk)
            .map(|part| scope.spawn(move || part.iter().map(map).collect::<Vec<R>>()))
            .collect();
        // A thread that panicked would have ended the program.
        parts.into_iter().filter_map(|part| part.join().ok()).flatten().collect()
    })
}

impl Report for TrackRecordReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading { marking: self.marking.as_deref().map(Cow::Borrowed), title: "Record".into() }
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let mut sections = vec![prose(self.verdict())];
        if self.record.is_empty() {
            return sections;
        }
        sections.push(Section::Table(self.table()));
        sections.push(prose(self.calibration()));
        let legend = "Brier: 0 is perfect, 2 the worst. People who judged different cases cannot be compared by their scores.";
        sections.push(prose([vec![dim(legend)]]));
        sections
    }

    fn is_told_in_sections(&self) -> bool {
        true
    }

    fn records(&self) -> Records<'_> {
        let columns = &["who", "by", "cases", "brier", "even", "revised", "first_brier", "last_brier"];
        Records::of(columns, self.record.iter().collect())
    }
}
