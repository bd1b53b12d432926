//! Who thinks what: the answer of `ach estimate`.

mod remark;

pub(in crate::present) use remark::closing;
use serde::Serialize;

use crate::engine::{self, EstimateFigures, Estimates, MeanEstimate, MindShift, Shares, family_shares};
use crate::present::json::OrderedMap;
use crate::present::phrase::dim;
use crate::present::record::{RecordField, Records};
use crate::present::scored::{ScoredScenario, by_id, ids, item_ids};
use crate::present::section::prose;
use crate::present::table::{Align, BLANK, Cell, Column, Role, Table};
use crate::present::words::{list, ordinal, percent};
use crate::present::{Heading, Report, Request, Section, next_command, shell_word};
use crate::scenario::{Date, Estimate, EstimateId, EvidenceId, Hypothesis, HypothesisId, Method, Scenario};
use crate::text::truncate;

/// People with a column of their own; of more, the mean and the range are shown.
const MOST_PEOPLE: usize = 8;
/// Columns of a name.
const NAME: usize = 24;
/// Shares nearer to each other than this are the same.
const EXACT: f64 = 1e-9;

/// Shares by hypothesis.
type ShareMap<'a> = OrderedMap<&'a HypothesisId, f64>;

/// The estimates of a scenario, their mean, and the matrix beside them.
#[derive(Debug, Serialize)]
pub struct EstimateReport<'a> {
    marking: Option<&'a str>,
    method: Method,
    as_of: Option<Date>,
    /// The people whose estimate counts.
    people: usize,
    mean: Option<ShareMap<'a>>,
    low: Option<ShareMap<'a>>,
    high: Option<ShareMap<'a>>,
    /// The hypotheses with the greatest mean.
    highest: Vec<&'a HypothesisId>,
    leaders: Vec<&'a HypothesisId>,
    bayes: Option<ShareMap<'a>>,
    families: Vec<FamilyMean<'a>>,
    estimates: Vec<ListedEstimate<'a>>,
    shifts: Vec<ListedShift<'a>>,
    #[serde(skip)]
    scored: ScoredScenario<'a>,
    #[serde(skip)]
    posteriors: Shares,
    #[serde(skip)]
    found: Estimates,
    #[serde(skip)]
    average: Option<MeanEstimate>,
    #[serde(skip)]
    changed: Vec<MindShift>,
}

/// Cases of one idea, and what people give them together.
#[derive(Debug, Serialize)]
struct FamilyMean<'a> {
    family: &'a str,
    members: Vec<&'a HypothesisId>,
    mean: f64,
}

#[derive(Debug, Serialize)]
struct ListedEstimate<'a> {
    id: &'a EstimateId,
    by: &'a str,
    date: Option<Date>,
    /// Whether it is the one that stands of its person.
    latest: bool,
    complete: bool,
    counts: bool,
    missing: Vec<&'a HypothesisId>,
    stated: ShareMap<'a>,
    sum: f64,
    coherent: ShareMap<'a>,
    rest: f64,
    incoherence: f64,
    since: Option<Vec<&'a EvidenceId>>,
}

#[derive(Debug, Serialize)]
struct ListedShift<'a> {
    by: &'a str,
    from: &'a EstimateId,
    to: &'a EstimateId,
    highest: Vec<&'a HypothesisId>,
    rise: f64,
    same_highest: bool,
    items_between: Option<Vec<&'a EvidenceId>>,
}

/// The name of a hypothesis as sentences have it.
pub(in crate::present) fn header(scenario: &Scenario, at: usize) -> &str {
    scenario.hypotheses.get(at).map_or("", Hypothesis::header)
}

/// Lists the names of hypotheses as sentences have them.
pub(in crate::present) fn listed_headers(scenario: &Scenario, hypotheses: &[usize]) -> String {
    list(&hypotheses.iter().map(|at| header(scenario, *at)).collect::<Vec<_>>())
}

/// Whole per cents; only what is 0 or 1 is shown as such.
pub(in crate::present) fn whole(share: f64) -> String {
    match (share * 100.0).round() {
        0.0 if share > EXACT => "<1%".to_owned(),
        100.0 if share < 1.0 - EXACT => ">99%".to_owned(),
        whole => format!("{whole}%"),
    }
}

impl<'a> EstimateReport<'a> {
    /// Reports on the estimates of a scenario.
    #[must_use]
    pub fn new(scenario: &'a Scenario, request: Request<'a>) -> Self {
        let scored = ScoredScenario::new(scenario, request);
        let ScoredScenario { matrix, ranking, .. } = &scored;
        let scores = engine::rank(matrix, Method::Bayes).scores;
        let posteriors: Shares =
            scores.iter().enumerate().filter_map(|(at, score)| Some((at, (*score)?))).collect();
        let found = Estimates::new(scenario, request.until());
        let average = found.mean();
        let changed = found.shifts(scenario, matrix);
        let estimate = |position: usize| scenario.estimates.get(found.all.get(position)?.at);
        let listed = |(position, figures): (usize, &EstimateFigures)| {
            let Estimate { id, by, date, .. } = estimate(position)?;
            Some(ListedEstimate {
                id,
                by,
                date: *date,
                latest: figures.is_latest,
                complete: figures.is_complete(),
                counts: figures.counts(),
                missing: ids(scenario, &figures.missing),
                stated: by_id(scenario, &figures.stated),
                sum: figures.sum,
                coherent: by_id(scenario, &figures.coherent),
                rest: figures.rest,
                incoherence: figures.incoherence,
                since: found.since(scenario, matrix, position).map(|since| item_ids(scenario, &since)),
            })
        };
        let shift = |shift: &MindShift| {
            let (first, last) = (estimate(shift.first)?, estimate(shift.last)?);
            Some(ListedShift {
                by: &last.by,
                from: &first.id,
                to: &last.id,
                highest: ids(scenario, &shift.highest),
                rise: shift.rise,
                same_highest: shift.same_highest,
                items_between: shift.items_between.as_deref().map(|between| item_ids(scenario, between)),
            })
        };
        let family = |(family, members, mean): (&'a str, Vec<usize>, f64)| FamilyMean {
            family,
            members: ids(scenario, &members),
            mean,
        };
        let families = average.as_ref().map(|average| family_shares(scenario, &average.mean));
        let map =
            |pick: fn(&MeanEstimate) -> &Shares| average.as_ref().map(|found| by_id(scenario, pick(found)));
        Self {
            marking: scenario.marking.as_deref(),
            method: ranking.method,
            as_of: request.as_of,
            people: average.as_ref().map_or(0, |average| average.people),
            mean: map(|average| &average.mean),
            low: map(|average| &average.low),
            high: map(|average| &average.high),
            highest: average.as_ref().map(|average| ids(scenario, &average.highest)).unwrap_or_default(),
            leaders: scored.leaders(),
            bayes: (!posteriors.is_empty()).then(|| by_id(scenario, &posteriors)),
            families: families.into_iter().flatten().map(family).collect(),
            estimates: found.all.iter().enumerate().filter_map(listed).collect(),
            shifts: changed.iter().filter_map(shift).collect(),
            scored,
            posteriors,
            average,
            changed,
            found,
        }
    }

    /// The estimates that stand, in the order of the file.
    fn standing(&self) -> Vec<(&'a str, &EstimateFigures)> {
        let standing = self.found.all.iter().filter(|figures| figures.is_latest);
        standing
            .filter_map(|figures| {
                Some((self.scored.scenario.estimates.get(figures.at)?.by.as_str(), figures))
            })
            .collect()
    }

    fn headers(&self, hypotheses: &[usize]) -> String {
        listed_headers(self.scored.scenario, hypotheses)
    }

    fn table(&self) -> Table<'_> {
        let standing = self.standing();
        let people = if standing.len() <= MOST_PEOPLE { standing.as_slice() } else { &[] };
        let average = self.average.as_ref();
        let has_mean = average.is_some_and(|average| average.people > 1);
        let mut columns = vec![Column::new("Hypothesis", Role::Key, Align::Left)];
        if has_mean {
            columns.push(Column::new("Mean", Role::Value, Align::Right));
        }
        columns.extend(people.iter().map(|(by, _)| {
            let title = truncate(by, NAME).into_owned();
            Column::named(Cell::plain(title.clone()), title, Role::Value, Align::Right)
        }));
        if has_mean {
            columns.push(Column::new("From - to", Role::Value, Align::Right));
        }
        columns.push(Column::new("By the ratings", Role::Value, Align::Right));
        let rows = self.scored.scenario.hypotheses.iter().enumerate().filter(|(at, hypothesis)| {
            hypothesis.is_active() || average.is_some_and(|average| share_of(&average.mean, *at) > 0.0)
        });
        let row = |at: usize| {
            let mut cells = vec![Cell::plain(header(self.scored.scenario, at))];
            let of = |shares: &Shares| whole(share_of(shares, at));
            let of_mean = average.filter(|_| has_mean);
            cells.extend(of_mean.map(|average| Cell::plain(of(&average.mean))));
            cells.extend(people.iter().map(|(_, figures)| Cell::plain(said(figures, at))));
            cells.extend(
                of_mean.map(|average| Cell::plain(format!("{} - {}", of(&average.low), of(&average.high)))),
            );
            cells.push(Cell::plain(self.by_ratings(at)));
            cells
        };
        Table::of(columns, rows.map(|(at, _)| row(at)).collect())
    }

    /// The posterior of a hypothesis and its place in the matrix.
    fn by_ratings(&self, at: usize) -> String {
        let posterior = self.posteriors.iter().find(|(other, _)| *other == at);
        let posterior = posterior.map_or(BLANK.to_owned(), |(_, share)| percent(*share));
        match self.scored.ranking.rank(at) {
            Some(1) => format!("{posterior}, leads"),
            Some(rank) => format!("{posterior}, {}", ordinal(rank)),
            None => posterior,
        }
    }
}

/// A share, 0 where there is none.
pub(in crate::present) fn share_of(shares: &Shares, hypothesis: usize) -> f64 {
    shares.iter().find(|(at, _)| *at == hypothesis).map_or(0.0, |(_, share)| *share)
}

/// Returns a person's probability of a hypothesis, with what was stated where it became 0 or was.
fn said(figures: &EstimateFigures, at: usize) -> String {
    let Some((_, stated)) = figures.stated.iter().find(|(other, _)| *other == at) else {
        return BLANK.to_owned();
    };
    let coherent = figures.share(at);
    if figures.zeroed().contains(&at) || figures.lifted().contains(&at) {
        format!("{} (said {})", whole(coherent), whole(*stated))
    } else {
        whole(coherent)
    }
}

impl<'a> Report for EstimateReport<'a> {
    fn heading(&self) -> Heading<'_> {
        Heading::of(self.scored.scenario)
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let conclusion = self.scored.conclusion();
        let mut sections = vec![conclusion.title_by_method(self.scored.request)];
        sections.push(prose([self.verdict()]));
        let file = self.scored.request.file.map(|file| shell_word(file));
        if self.standing().is_empty() {
            sections.extend(file.map(|file| {
                Section::Next(format!(
                    "ach estimate {file} --ask asks for yours, one hypothesis after the other"
                ))
            }));
            return sections;
        }
        sections.push(Section::Table(self.table()));
        let mut remarks = self.remarks_on_people();
        remarks.extend(self.remarks_on_shifts());
        sections.push(prose(remarks));
        let alone = (self.standing().len() == 1).then(|| {
            vec![dim("This is one person alone; what has helped in studies is the mean of several.")]
        });
        sections.push(prose(
            self.spread().into_iter().chain(self.families_said()).chain(alone).chain([self.legend()]),
        ));
        sections.extend(next_command(
            "explain",
            self.scored.request,
            "shows what speaks for and against each",
        ));
        sections
    }

    fn is_told_in_sections(&self) -> bool {
        true
    }

    fn records(&self) -> Records<'_> {
        let mut columns: Vec<std::borrow::Cow<'_, str>> =
            ["by", "date", "id", "complete"].map(Into::into).into();
        columns.extend(self.scored.scenario.hypotheses.iter().map(|h| h.id.as_str().into()));
        let shares = |shares: &ShareMap<'_>| {
            let share =
                |h: &Hypothesis| shares.0.iter().find(|(id, _)| **id == h.id).map(|(_, share)| *share);
            let hypotheses = self.scored.scenario.hypotheses.iter();
            hypotheses.map(|h| share(h).into()).collect::<Vec<RecordField<'_>>>()
        };
        let row = |estimate: &'_ ListedEstimate<'a>| {
            let date = estimate.date.map(|date| date.to_string());
            let complete = estimate.complete.to_string();
            let fields = vec![estimate.by.into(), date.into(), estimate.id.as_str().into(), complete.into()];
            [fields, shares(&estimate.stated)].concat()
        };
        let mean = |mean| {
            [vec!["mean".into(), RecordField::Empty, RecordField::Empty, RecordField::Empty], shares(mean)]
                .concat()
        };
        let rows = self.estimates.iter().map(row).chain(self.mean.as_ref().map(mean));
        Records::new(columns, rows.collect())
    }
}
