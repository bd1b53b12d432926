//! A settled case against its outcome: the answer of `ach post-mortem` on one file.

use serde::Serialize;

use super::estimate::{header, listed_headers, whole};
use super::json::OrderedMap;
use super::listing::{Listing, ListingEntry};
use super::phrase::{Phrase, dim, plain, strong};
use super::record::Records;
use super::scored::ids;
use super::section::prose;
use super::table::{Align, Cell, Column, Role, Table};
use super::words::{count, decimal, list, ordinal};
use super::{Heading, Report, Request, Section, shell_word};
use crate::engine::{
    BrierScore, Matrix, PersonScore, PostMortem, Ranking, ScoredEstimate, Truth, Unscored, known_by,
};
use crate::scenario::{Date, Day, Estimate, EstimateId, EvidenceId, HypothesisId, Method, Scenario};
use crate::text::truncate;

/// Items listed on either side.
const MOST_ITEMS: usize = 8;
/// Columns of a name.
const NAME: usize = 24;

/// A case, and who said what before it was settled.
#[derive(Debug, Serialize)]
pub struct PostMortemReport<'a> {
    marking: Option<&'a str>,
    method: Method,
    known_by: Option<Day>,
    outcome: OutcomeDocument<'a>,
    not_scored: Option<Unscored>,
    people: Vec<ScoredPerson<'a>>,
    mean: Option<MeanScore>,
    bayes: Option<BrierScore>,
    methods: OrderedMap<Method, MethodPlace<'a>>,
    rival: Option<&'a HypothesisId>,
    misled: Vec<MisleadingItem<'a>>,
    helped: Vec<MisleadingItem<'a>>,
    #[serde(skip)]
    scenario: &'a Scenario,
    #[serde(skip)]
    request: Request<'a>,
    #[serde(skip)]
    case: PostMortem<'a>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct OutcomeDocument<'a> {
    hypothesis: Option<&'a [String]>,
    annulled: bool,
    date: Option<Date>,
}

#[derive(Debug, Serialize)]
struct ScoredPerson<'a> {
    by: &'a str,
    first: Option<SaidBefore<'a>>,
    last: Option<SaidBefore<'a>>,
    even: f64,
}

#[derive(Debug, Serialize)]
struct SaidBefore<'a> {
    id: &'a EstimateId,
    date: Option<Date>,
    days: Option<i64>,
    probability: f64,
    brier: f64,
}

#[derive(Debug, Serialize)]
struct MeanScore {
    people: usize,
    #[serde(flatten)]
    score: BrierScore,
}

#[derive(Debug, Serialize)]
struct MethodPlace<'a> {
    rank: Option<usize>,
    of: usize,
    leaders: Vec<&'a HypothesisId>,
}

#[derive(Debug, Serialize)]
struct MisleadingItem<'a> {
    evidence: &'a EvidenceId,
    difference: f64,
    #[serde(skip)]
    text: &'a str,
}

impl<'a> OutcomeDocument<'a> {
    pub(super) fn of(scenario: &'a Scenario) -> Self {
        let outcome = &scenario.outcome;
        let hypothesis = outcome.hypothesis.as_deref();
        Self { hypothesis, annulled: outcome.is_annulled(), date: outcome.date }
    }
}

/// The matrix of a case as it was before its outcome was known.
pub(super) fn matrix_before(scenario: &Scenario, request: Request<'_>) -> Matrix {
    let until = known_by(scenario, request.until()).map(Date::Day);
    Request { as_of: until, ..request }.matrix(scenario)
}

impl<'a> PostMortemReport<'a> {
    /// Scores a case.
    #[must_use]
    pub fn new(scenario: &'a Scenario, request: Request<'a>) -> Self {
        let method = request.method.unwrap_or_else(|| scenario.method());
        let matrix = matrix_before(scenario, request);
        let case = PostMortem::new(scenario, &matrix, method, request.until());
        let said = |scored: &ScoredEstimate| {
            let estimate = scenario.estimates.get(scored.at)?;
            Some(SaidBefore {
                id: &estimate.id,
                date: estimate.date,
                days: scored.days,
                probability: scored.score.probability,
                brier: scored.score.brier,
            })
        };
        let person = |person: &PersonScore<'a>| ScoredPerson {
            by: person.by,
            first: person.first.as_ref().and_then(said),
            last: said(&person.last),
            even: person.last.score.even,
        };
        let truth = case.truth.ok().and_then(Truth::hypothesis);
        let place = |ranking: &Ranking| {
            let rank = truth.and_then(|at| ranking.rank(at));
            let of = ranking.ranks.iter().flatten().count();
            (ranking.method, MethodPlace { rank, of, leaders: ids(scenario, &ranking.leaders) })
        };
        let item = |(at, difference): &(usize, f64)| {
            let item = scenario.evidence.get(*at)?;
            Some(MisleadingItem { evidence: &item.id, difference: difference.abs(), text: &item.text })
        };
        Self {
            marking: scenario.marking.as_deref(),
            method,
            known_by: case.known_by,
            outcome: OutcomeDocument::of(scenario),
            not_scored: case.truth.err(),
            people: case.people.iter().map(person).collect(),
            mean: case.mean.as_ref().map(|(people, _, score)| MeanScore { people: *people, score: *score }),
            bayes: case.bayes.as_ref().map(|(_, score)| *score),
            methods: case.rankings.iter().map(place).collect(),
            rival: case.rival.and_then(|at| Some(&scenario.hypotheses.get(at)?.id)),
            misled: case.misled.iter().filter_map(item).collect(),
            helped: case.helped.iter().filter_map(item).collect(),
            scenario,
            request,
            case,
        }
    }

    fn chosen(&self) -> Option<&Ranking> {
        self.case.rankings.iter().find(|ranking| ranking.method == self.method)
    }

    /// Says what turned out, and what the matrix had.
    fn verdict(&self) -> Vec<Phrase<'_>> {
        let on = self.scenario.outcome.date.map(|date| format!(" ({date})")).unwrap_or_default();
        let truth = match self.case.truth {
            Ok(Truth::One(at)) => header(self.scenario, at).to_owned(),
            Ok(Truth::Other) => "none of the hypotheses listed".to_owned(),
            Err(Unscored::Annulled) => {
                return vec![
                    strong(format!("Annulled{on}")),
                    plain(": the question made no sense after all, so nothing is scored."),
                ];
            }
            Err(Unscored::Several) => {
                let ids = self.scenario.outcome.hypothesis.clone().unwrap_or_default();
                let text = format!(
                    ": {} were all true, so that the hypotheses did not exclude each other and nothing is scored.",
                    list(&ids)
                );
                return vec![strong(format!("Several{on}")), plain(text)];
            }
            Err(Unscored::Open) => {
                return vec![strong("It is not known yet what was true"), plain(", so nothing is scored.")];
            }
        };
        let mut said = vec![plain("It was "), strong(truth), plain(format!("{on}."))];
        if let Some(ranking) = self.chosen().filter(|ranking| !ranking.leaders.is_empty()) {
            let known = self.case.known_by.map(|day| format!(" of {day}")).unwrap_or_default();
            let mut text =
                format!(" The matrix{known} had {}", listed_headers(self.scenario, &ranking.leaders));
            if let Ok(Truth::One(at)) = self.case.truth {
                let of = ranking.ranks.iter().flatten().count();
                text.push_str(&match ranking.rank(at) {
                    Some(1) => " in the lead".to_owned(),
                    Some(rank) => {
                        format!("; {} was {} of {of}", header(self.scenario, at), ordinal(rank))
                    }
                    None => format!("; {} did not compete", header(self.scenario, at)),
                });
            }
            said.push(plain(format!("{text}.")));
        }
        said
    }

    fn table(&self) -> Table<'_> {
        let columns = vec![
            Column::new("Who", Role::Key, Align::Left),
            Column::new("Gave it", Role::Value, Align::Right),
            Column::new("Brier", Role::Value, Align::Right),
            Column::new("Even odds", Role::Value, Align::Right),
            Column::new("", Role::Text, Align::Left),
        ];
        let row = |who: String, score: &BrierScore, remark: String| {
            let BrierScore { probability, brier, even } = *score;
            [who, whole(probability), decimal(brier), decimal(even), remark].map(Cell::plain).to_vec()
        };
        let mut people: Vec<&PersonScore<'_>> = self.case.people.iter().collect();
        people.sort_by(|a, b| a.last.score.brier.total_cmp(&b.last.score.brier));
        let people = people.into_iter().map(|person| {
            let days = person.last.days.map(|days| {
                format!("said {} before", count(usize::try_from(days).unwrap_or(0), "day", "days"))
            });
            let first = person.first.as_ref().map(|first| {
                format!("first {}, {}", whole(first.score.probability), decimal(first.score.brier))
            });
            let remark: Vec<String> = days.into_iter().chain(first).collect();
            row(truncate(person.by, NAME).into_owned(), &person.last.score, remark.join("; "))
        });
        let mean = self.case.mean.as_ref();
        let mean = mean.map(|(people, _, score)| row(format!("mean of {people}"), score, String::new()));
        let bayes = self.case.bayes.as_ref();
        let bayes = bayes.map(|(_, score)| row("the ratings".to_owned(), score, "bayes".to_owned()));
        let rows = people.chain(mean).chain(bayes).collect();
        Table::of(columns, rows)
    }

    fn items(&self, heading: String, items: &[MisleadingItem<'a>]) -> Section<'_> {
        let entries = items.iter().take(MOST_ITEMS).map(|item| {
            let names =
                vec![Cell::plain(item.evidence.as_str().to_owned()), Cell::plain(decimal(item.difference))];
            (ListingEntry { about: item.text.to_owned().into(), ..ListingEntry::named(names) }, Vec::new())
        });
        Section::Listing(Listing::of(heading, &["Item", "By"], entries.collect()))
    }
}

impl<'a> Report for PostMortemReport<'a> {
    fn heading(&self) -> Heading<'_> {
        Heading::of(self.scenario)
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let mut sections =
            vec![Section::title(self.scenario, self.request.limits(format!("by {}", self.method)))];
        sections.push(prose([self.verdict()]));
        let file = self.request.file.map_or_else(|| "FILE".into(), |file| shell_word(file));
        let Ok(truth) = self.case.truth else {
            if self.case.truth == Err(Unscored::Open) {
                let step = format!(
                    "ach set {file} outcome.hypothesis ID enters it; outcome.date says when it became known"
                );
                sections.push(Section::Next(step));
            }
            return sections;
        };
        let has_scores = !self.case.people.is_empty() || self.case.bayes.is_some();
        if has_scores {
            sections.push(Section::Table(self.table()));
        }
        if let (Some(rival), Some(truth)) = (self.case.rival, truth.hypothesis()) {
            let (rival, truth) = (header(self.scenario, rival), header(self.scenario, truth));
            if !self.misled.is_empty() {
                sections.push(
                    self.items(format!("Put {rival} ahead of {truth}, by {}", self.method), &self.misled),
                );
            }
            if !self.helped.is_empty() {
                sections.push(self.items(format!("Spoke for {truth} against {rival}"), &self.helped));
            }
        }
        let mut legend =
            "Brier: 0 is perfect, 2 the worst, and even odds are what knowing nothing would score."
                .to_owned();
        legend.extend(self.case.known_by.map(|day| format!(" What counts was known on {day}.")));
        if has_scores {
            sections.push(prose([vec![dim(legend)]]));
        }
        if let Some(at) = truth.hypothesis()
            && let Some(id) = self.scenario.hypotheses.get(at).map(|h| h.id.as_str())
        {
            let as_of = self.case.known_by.map(|day| format!(" --as-of {day}")).unwrap_or_default();
            sections.push(Section::Next(format!(
                "ach explain {file} {id}{as_of} shows what spoke for and against it"
            )));
        }
        sections
    }

    fn is_told_in_sections(&self) -> bool {
        true
    }

    fn records(&self) -> Records<'_> {
        let columns = ["by", "id", "date", "probability", "brier", "even"].map(Into::into).into();
        let row = |who: &'a str, estimate: Option<&'a Estimate>, score: &BrierScore| {
            let date = estimate.and_then(|estimate| estimate.date).map(|date| date.to_string());
            let id = estimate.map(|estimate| estimate.id.as_str());
            let BrierScore { probability, brier, even } = *score;
            vec![who.into(), id.into(), date.into(), probability.into(), brier.into(), even.into()]
        };
        let people =
            self.case.people.iter().map(|person| {
                row(person.by, self.scenario.estimates.get(person.last.at), &person.last.score)
            });
        let mean = self.case.mean.as_ref().map(|(_, _, score)| row("mean", None, score));
        let bayes = self.case.bayes.as_ref().map(|(_, score)| row("bayes", None, score));
        Records::new(columns, people.chain(mean).chain(bayes).collect())
    }
}

/// Returns the sentence below a title that tells what turned out; `None` where nothing is settled.
pub(super) fn settled<'a>(scenario: &Scenario) -> Option<Vec<Phrase<'a>>> {
    let outcome = &scenario.outcome;
    let on = outcome.date.map(|date| format!(" {date}")).unwrap_or_default();
    let position = |id: &String| scenario.hypotheses.iter().position(|h| h.id.as_str() == id);
    let line = if outcome.is_annulled() {
        format!("Annulled{on}.")
    } else {
        let true_ones = outcome.hypothesis.as_ref()?.iter().filter_map(position);
        let names = listed_headers(scenario, &true_ones.collect::<Vec<_>>());
        let what = if names.is_empty() { "none of these" } else { &names };
        format!("Settled{on}: {what}.")
    };
    Some(vec![plain(line)])
}
