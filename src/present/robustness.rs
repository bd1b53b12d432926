//! How often each hypothesis keeps its rank: the answer of `ach robustness`.

use std::borrow::Cow;

use serde::Serialize;

use super::bar;
use super::conclusion::Conclusion;
use super::json::OrderedMap;
use super::phrase::{Phrase, dim, plain, strong};
use super::record::{RecordField, Records};
use super::scored::ScoredScenario;
use super::section::prose;
use super::table::{Align, Cell, Column, Role, Table, Tone};
use super::words::{self, count, ordinal, rounded, thousands};
use super::{Heading, Objection, Report, Request, Section, next_command};
use crate::engine::{self, Basis, Matrix, Robustness, RobustnessOptions, TooManyDraws, Unrated};
use crate::scenario::{Hypothesis, HypothesisId, Scenario};

/// Up to this many hypotheses are compared in pairs for people.
const MOST_PAIRED: usize = 12;
/// Exact shares are equal within this distance.
const EQUAL: f64 = 1e-9;
/// Least standard error that is told, in percentage points: of more draws it rounds to 0.
const LEAST_ERROR: f64 = 0.01;
/// Counted shares are equal within this many standard errors.
const ERRORS: f64 = 2.0;

fn objection(matrix: &Matrix, TooManyDraws { asked, most }: TooManyDraws) -> Objection {
    let size = format!(
        "{} by {}",
        count(matrix.items().len(), "item", "items"),
        count(matrix.comparable().count(), "hypothesis", "hypotheses")
    );
    let asked = thousands(asked as usize);
    // Two digits: it is not an exact science.
    let unit = 10_u32.pow(most.checked_ilog10().unwrap_or_default().saturating_sub(1));
    Objection::new(
        format!("{asked} draws of {size} would take more than ten minutes or so of a processor"),
        format!("--draws {} is about as many as that allows", most / unit * unit),
    )
}

/// How far the ranking of a scenario withstands ratings that are a step off.
#[derive(Debug, Serialize)]
pub struct RobustnessReport<'a> {
    #[serde(flatten)]
    scored: ScoredScenario<'a>,
    provisional: bool,
    /// Cells that move on average, and the cells that may.
    moving: f64,
    cells: usize,
    exact: bool,
    draws: Option<u32>,
    seed: Option<u64>,
    unrated: &'static str,
    #[serde(flatten)]
    shares: RobustnessFigures<'a>,
    standard_error: Option<RobustnessFigures<'a>>,
    #[serde(skip)]
    robustness: Robustness,
}

/// A figure by hypothesis.
type ByHypothesis<'a> = OrderedMap<&'a HypothesisId, f64>;
/// A figure by hypothesis and rank.
type ByRank<'a> = OrderedMap<&'a HypothesisId, Vec<f64>>;
/// A figure by hypothesis and other hypothesis.
type ByPair<'a> = OrderedMap<&'a HypothesisId, OrderedMap<&'a HypothesisId, f64>>;

/// Shares of cases, or their standard errors.
#[derive(Debug, Serialize)]
struct RobustnessFigures<'a> {
    /// How often each is the sole first, and how often first together with others.
    alone: ByHypothesis<'a>,
    level: ByHypothesis<'a>,
    acceptability: ByRank<'a>,
    pairwise: ByPair<'a>,
}

impl<'a> RobustnessFigures<'a> {
    /// Makes a figure of each share.
    fn new(scenario: &'a Scenario, found: &Robustness, figure: impl Fn(f64) -> f64) -> Self {
        let named = || found.hypotheses.iter().filter_map(|at| Some(&scenario.hypotheses.get(*at)?.id));
        let each = |shares: &[f64]| named().zip(shares).map(|(id, share)| (id, figure(*share))).collect();
        let by_rank = |place| found.acceptability.row(place).iter().map(|share| figure(*share)).collect();
        let ahead = |place: usize| {
            let others = named().enumerate().filter(|(other, _)| *other != place);
            let share = |other| found.pairwise.get(place, other).unwrap_or_default();
            others.map(|(other, id)| (id, figure(share(other)))).collect()
        };
        Self {
            alone: each(&found.alone),
            level: each(&found.level),
            acceptability: named().enumerate().map(|(place, id)| (id, by_rank(place))).collect(),
            pairwise: named().enumerate().map(|(place, id)| (id, ahead(place))).collect(),
        }
    }
}

impl<'a> RobustnessReport<'a> {
    /// Works it out as asked; `progress` is called now and then with the random draws made and their number.
    ///
    /// # Errors
    ///
    /// Objects before any work to more draws than can be made in a reasonable time.
    pub fn new(
        scenario: &'a Scenario,
        request: Request<'a>,
        options: RobustnessOptions,
        progress: &dyn Fn(u32, u32),
    ) -> Result<Self, Objection> {
        let scored = ScoredScenario::new(scenario, request);
        let (matrix, method) = (&scored.matrix, scored.ranking.method);
        let robustness = engine::robustness(scenario, matrix, method, options, progress)
            .map_err(|too_many| objection(matrix, too_many))?;
        let (draws, seed) = match robustness.basis {
            Basis::Exact => (None, None),
            Basis::Draws { draws, seed } => (Some(draws), Some(seed)),
        };
        let error = |share: f64| robustness.standard_error(share).unwrap_or_default();
        let errors = |_| RobustnessFigures::new(scenario, &robustness, error);
        Ok(Self {
            provisional: scored.conclusion().is_provisional(),
            moving: robustness.moving,
            cells: robustness.cells,
            exact: draws.is_none(),
            draws,
            seed,
            unrated: robustness.unrated.as_str(),
            shares: RobustnessFigures::new(scenario, &robustness, |share| share),
            standard_error: draws.map(errors),
            scored,
            robustness,
        })
    }

    /// Returns the figures.
    pub(super) const fn figures(&self) -> &Robustness {
        &self.robustness
    }

    /// Returns the hypotheses that take part, each with its place in the figures.
    fn hypotheses(&self) -> impl Iterator<Item = (usize, &'a Hypothesis)> {
        let named = self.robustness.hypotheses.iter().map(|at| self.scored.scenario.hypotheses.get(*at));
        named.enumerate().filter_map(|(place, hypothesis)| Some((place, hypothesis?)))
    }

    fn count(&self) -> usize {
        self.robustness.hypotheses.len()
    }

    /// Returns how often the hypothesis at this place leads alone.
    fn alone(&self, place: usize) -> f64 {
        self.robustness.alone.get(place).copied().unwrap_or_default()
    }

    /// Returns how often the hypothesis at this place leads together with others.
    fn level(&self, place: usize) -> f64 {
        self.robustness.level.get(place).copied().unwrap_or_default()
    }

    /// Returns places by how often they lead alone, then by how often they lead at all; ties in the order of the file.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.count()).collect();
        let shares = |place: &usize| (self.alone(*place), self.level(*place));
        order.sort_by(|x, y| {
            let ((x, x_level), (y, y_level)) = (shares(x), shares(y));
            y.total_cmp(&x).then(y_level.total_cmp(&x_level))
        });
        order
    }

    /// Returns a row for each of these places.
    fn rows<T>(&self, places: &[usize], row: impl Fn(usize, &'a Hypothesis) -> Vec<T>) -> Vec<Vec<T>> {
        let all: Vec<_> = self.hypotheses().collect();
        let found = places.iter().filter_map(|place| all.get(*place));
        found.map(|(place, hypothesis)| row(*place, hypothesis)).collect()
    }

    fn places(&self) -> Vec<usize> {
        (0..self.count()).collect()
    }

    fn ranks(&self) -> Table<'_> {
        let columns = vec![
            Column::new("Hypothesis", Role::Key, Align::Left),
            Column::named(Cell::plain(""), "Name", Role::Text, Align::Left),
            Column::named(Cell::plain("Alone"), "Leads alone", Role::Value, Align::Right),
            Column::named(Cell::plain("Level"), "Leads level with others", Role::Value, Align::Right),
            Column::named(Cell::plain("Ranks"), "How often on each rank", Role::Value, Align::Left),
        ];
        let order = self.order();
        let most = order.first().map_or(1.0, |best| self.alone(*best));
        let rows = self.rows(&order, |place, hypothesis| {
            let alone = self.alone(place);
            let tone = if alone >= most - EQUAL { Tone::Strong } else { Tone::Plain };
            vec![
                Cell::plain(hypothesis.id.as_str()),
                Cell::plain(hypothesis.name.as_str()),
                Cell::new(share(alone), tone),
                Cell::plain(share(self.level(place))),
                Cell::plain(bar::stacked(self.robustness.acceptability.row(place))),
            ]
        });
        Table::of(columns, rows)
    }

    /// Explains the characters of the bars.
    fn legend(&self) -> Vec<Phrase<'_>> {
        const MARKED: usize = 9;
        let marks =
            (1..=self.count().min(MARKED)).map(|rank| format!("{} {}", bar::mark(rank - 1), ordinal(rank)));
        let lower = (self.count() > MARKED).then(|| "+ 10th and lower".to_owned());
        let parts: Vec<String> = marks.chain(lower).collect();
        vec![dim(format!("Ranks: {}", parts.join(", ")))]
    }

    fn pairs(&self) -> Table<'_> {
        let mut columns = vec![Column::new("Hypothesis", Role::Key, Align::Left)];
        columns.extend(self.hypotheses().map(|(_, hypothesis)| {
            let name = format!("Ahead of {}", hypothesis.name);
            Column::named(Cell::plain(hypothesis.header()), name, Role::Value, Align::Right)
        }));
        let rows = self.rows(&self.places(), |place, hypothesis| {
            let cell = |other: usize| match self.ahead(place, other) {
                Some(ahead) => Cell::new(share(ahead), if ahead > 0.5 { Tone::Strong } else { Tone::Plain }),
                None => Cell::default(),
            };
            std::iter::once(Cell::plain(hypothesis.id.as_str())).chain((0..self.count()).map(cell)).collect()
        });
        Table::of(columns, rows)
    }

    /// Returns how often one hypothesis is ahead of another; `None` against itself.
    fn ahead(&self, place: usize, other: usize) -> Option<f64> {
        self.robustness.pairwise.get(place, other).filter(|_| place != other)
    }

    fn conclusion(&self) -> Conclusion<'_> {
        self.scored.conclusion()
    }

    fn blanks(&self) -> usize {
        self.robustness.hypotheses.iter().map(|at| self.scored.matrix.unrated(*at)).sum()
    }

    /// Says who leads, how often alone and how often level with others.
    fn verdict(&self) -> Vec<Phrase<'_>> {
        let order = self.order();
        let first = order.first().copied().unwrap_or_default();
        let (best, rest): (Vec<usize>, Vec<usize>) =
            order.into_iter().partition(|place| self.leads_as_often(*place, first));
        let anything = self.blanks() > 0 && self.robustness.unrated == Unrated::Uniform;
        let blanks = if anything { " and blank cells turned out any way" } else { "" };
        let mut said = vec![
            plain(format!("If ratings were a step off{blanks}, ")),
            strong(self.names(&best)),
            plain(" would lead "),
            strong(self.in_cases(&best)),
        ];
        if let Some(next) = rest.first().filter(|next| self.alone(**next) + self.level(**next) > 0.0) {
            let level: Vec<usize> =
                rest.iter().copied().filter(|place| self.leads_as_often(*place, *next)).collect();
            said.push(plain(format!("; next {} {}", self.names(&level), self.in_cases(&level))));
        }
        said.push(plain("."));
        said
    }

    /// Says who leads by the ratings as they are, if that is another.
    fn today(&self) -> Vec<Phrase<'_>> {
        let leaders = &self.scored.ranking.leaders;
        let leading =
            |place: usize| self.robustness.hypotheses.get(place).is_some_and(|at| leaders.contains(at));
        let first = self.order().first().copied().unwrap_or_default();
        let best_lead = (0..self.count()).filter(|place| self.leads_as_often(*place, first)).any(leading);
        if leaders.is_empty() || best_lead {
            return Vec::new();
        }
        let name = strong(self.conclusion().names(leaders));
        match (0..self.count()).find(|place| leading(*place)) {
            Some(place) if leaders.len() == 1 => vec![
                plain("As the ratings stand, another leads: "),
                name,
                plain(format!(", {}.", self.in_cases(&[place]))),
            ],
            _ => vec![plain("As the ratings stand, others are level in the lead: "), name, plain(".")],
        }
    }

    /// Says how often these hypotheses lead, alone and level with others. Of several that cannot be told apart, about.
    fn in_cases(&self, places: &[usize]) -> String {
        let mean = |of: &dyn Fn(usize) -> f64| {
            places.iter().map(|place| of(*place)).sum::<f64>() / places.len().max(1) as f64
        };
        let (alone, level) = (mean(&|place| self.alone(place)), mean(&|place| self.level(place)));
        let each = if places.len() > 1 { "each " } else { "" };
        let about = if places.len() > 1 && self.robustness.basis != Basis::Exact { "about " } else { "" };
        let cases = |share_of: f64| match share_of {
            all if all > 1.0 - EQUAL => "in every case".to_owned(),
            some => format!("in {about}{} of cases", share(some)),
        };
        match (alone > 0.0, level > 0.0) {
            (true, true) => {
                format!("{each}alone {} and level with others in {about}{}", cases(alone), share(level))
            }
            (_, false) => format!("{each}alone {}", cases(alone)),
            (false, true) => format!("never alone, level with others {}", cases(level)),
        }
    }

    /// Whether a hypothesis leads as often as another, alone and level with others, as far as the figures tell.
    fn leads_as_often(&self, place: usize, other: usize) -> bool {
        let is_near = |x: f64, y: f64| {
            let tolerance = match self.robustness.basis {
                Basis::Exact => EQUAL,
                // Each case counts for the one or for the other: so near each other their difference has this error.
                Basis::Draws { draws, .. } => ERRORS * (2.0 * x.max(y) / f64::from(draws)).sqrt(),
            };
            (x - y).abs() <= tolerance
        };
        is_near(self.alone(place), self.alone(other)) && is_near(self.level(place), self.level(other))
    }

    fn names(&self, places: &[usize]) -> String {
        let at: Vec<usize> =
            places.iter().filter_map(|place| self.robustness.hypotheses.get(*place).copied()).collect();
        self.conclusion().names(&at)
    }

    /// Explains the assumptions, the computation and its limits.
    fn method(&self) -> Vec<Vec<Phrase<'_>>> {
        let mut said = vec![vec![plain(
            "A rating stays in 90, 70 or 50 of 100 cases, by its confidence high, medium or low, otherwise it is one \
             step off: conventions, not measurements.",
        )]];
        said.push(vec![plain(format!(
            "On average {} of {} move at once.",
            rounded(self.robustness.moving, 1),
            count(self.robustness.cells, "rating", "ratings")
        ))]);
        let blanks = self.blanks();
        if blanks > 0 {
            let cells = count(blanks, "blank cell", "blank cells");
            let (counts, turns) = if blanks == 1 { ("counts", "turns") } else { ("count", "turn") };
            said.push(vec![plain(match self.robustness.unrated {
                Unrated::Uniform => {
                    format!("{cells} {turns} out as each of the five ratings equally often; --unrated neutral leaves blanks at 0.")
                }
                Unrated::Neutral => format!("{cells} {counts} 0 in every case."),
            })]);
        }
        said.push(vec![plain(match self.robustness.basis {
            Basis::Exact => "Worked out exactly, over every way in which the cells may turn out.".to_owned(),
            Basis::Draws { draws, seed } => format!(
                "Counted over {} with seed {seed}: standard error at most {:.2} percentage points.",
                count(draws as usize, "random draw", "random draws"),
                (100.0 * self.greatest_error()).max(LEAST_ERROR),
            ),
        })]);
        said.push(vec![dim(
            "Cells vary independently of each other, even within a group: where items depend on each other, these \
             figures are too sure.",
        )]);
        said
    }

    fn greatest_error(&self) -> f64 {
        let shares = (0..self.count()).flat_map(|place| {
            self.robustness.acceptability.row(place).iter().chain(self.robustness.pairwise.row(place))
        });
        shares.filter_map(|share| self.robustness.standard_error(*share)).fold(0.0, f64::max)
    }
}

/// Formats a share in percent. Exact figures are sums of floats, slightly off: a half is rounded as one.
fn share(share: f64) -> String {
    let near = (share * 1e12).round() / 1e12;
    words::share(if near > 0.0 { near } else { share })
}

impl Report for RobustnessReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading::of(self.scored.scenario)
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let conclusion = self.conclusion();
        let mut sections = vec![conclusion.title_by_method(self.scored.request)];
        if self.count() < 2 || self.scored.matrix.items().is_empty() {
            sections.push(prose(std::iter::once(conclusion.verdict()).chain(conclusion.caveats())));
            sections.extend(conclusion.step_to_contest(self.scored.request));
            return sections;
        }
        let said = [self.verdict(), self.today()].into_iter().chain(conclusion.caveats());
        sections.push(prose(said));
        sections.push(Section::Table(self.ranks()));
        sections.push(Section::Prose(vec![self.legend()]));
        if self.count() <= MOST_PAIRED {
            let what =
                "How often the hypothesis of the row is ahead of that of the column; a tie counts half:";
            sections.push(Section::Prose(vec![vec![plain(what)]]));
            sections.push(Section::Table(self.pairs()));
        }
        sections.push(prose(self.method()));
        sections.extend(next_command("next", self.scored.request, "shows which cells to settle first"));
        sections
    }

    fn records(&self) -> Records<'_> {
        let mut columns: Vec<Cow<'_, str>> = ["id", "name", "alone", "level"].map(Cow::Borrowed).into();
        columns.extend((1..=self.count()).map(|rank| Cow::Owned(format!("rank_{rank}"))));
        columns.extend(
            self.hypotheses().map(|(_, hypothesis)| Cow::Owned(format!("ahead_of_{}", hypothesis.id))),
        );
        let rows = self.rows(&self.places(), |place, hypothesis| {
            let mut fields: Vec<RecordField<'_>> = vec![
                hypothesis.id.as_str().into(),
                hypothesis.name.as_str().into(),
                self.alone(place).into(),
                self.level(place).into(),
            ];
            fields.extend(self.robustness.acceptability.row(place).iter().map(|share| (*share).into()));
            fields.extend((0..self.count()).map(|other| self.ahead(place, other).into()));
            fields
        });
        Records::new(columns, rows)
    }

    fn is_told_in_sections(&self) -> bool {
        true
    }
}
