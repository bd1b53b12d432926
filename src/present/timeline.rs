//! The ranking on each day that evidence became known: the answer of `ach timeline`.

use std::borrow::Cow;

use serde::Serialize;

use super::chart::Chart;
use super::conclusion::{Conclusion, headers};
use super::json::OrderedMap;
use super::listing::{Listing, ListingEntry};
use super::phrase::{Phrase, dim, plain, strong};
use super::record::{RecordField, Records};
use super::scored::{ScoredScenario, ids};
use super::section::prose;
use super::table::{Cell, Tone};
use super::target::with_kind;
use super::words::{count, some, thousands, times};
use super::{Heading, Report, Request, Section, next_command, next_edit};
use crate::engine::{self, Cause, Ranking, Step};
use crate::scenario::{Day, Evidence, EvidenceId, HypothesisId, ItemKind, Scenario};

/// Items of a day listed; the rest is counted.
const MOST_ITEMS: usize = 6;

/// The ranking on each day that evidence became known.
#[derive(Debug, Serialize)]
pub struct TimelineReport<'a> {
    /// Its ranking is over all items, like that of the last step.
    #[serde(flatten)]
    scored: ScoredScenario<'a>,
    /// One a day, in order.
    steps: Vec<DatedRanking<'a>>,
}

#[derive(Debug, Serialize)]
struct DatedRanking<'a> {
    date: Day,
    added: Vec<&'a EvidenceId>,
    scores: OrderedMap<&'a HypothesisId, Option<f64>>,
    ranks: OrderedMap<&'a HypothesisId, Option<usize>>,
    leaders: Vec<&'a HypothesisId>,
    provisional: bool,
    #[serde(skip)]
    step: Step,
}

impl<'a> DatedRanking<'a> {
    fn new(scored: &ScoredScenario<'a>, step: Step) -> Self {
        let Ranking { scores, ranks, leaders, .. } = &step.ranking;
        let hypotheses = || scored.scenario.hypotheses.iter().map(|hypothesis| &hypothesis.id);
        Self {
            date: step.day,
            added: step.added.iter().filter_map(|row| Some(&scored.item(*row)?.id)).collect(),
            scores: hypotheses().zip(scores.iter().copied()).collect(),
            ranks: hypotheses().zip(ranks.iter().copied()).collect(),
            leaders: ids(scored.scenario, leaders),
            provisional: step.provisional.is_some(),
            step,
        }
    }
}

impl<'a> TimelineReport<'a> {
    /// Ranks the scenario on each day.
    #[must_use]
    pub fn new(scenario: &'a Scenario, request: Request<'a>) -> Self {
        let scored = ScoredScenario::new(scenario, request);
        let steps = engine::timeline(scenario, &scored.matrix, scored.method).into_iter();
        let steps = steps.map(|step| DatedRanking::new(&scored, step)).collect();
        Self { scored, steps }
    }

    fn steps(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.steps.iter().map(|dated| &dated.step)
    }

    fn conclusion(&self) -> Conclusion<'_> {
        self.scored.conclusion()
    }

    /// Returns the steps at which the leaders change, each after the step before it.
    fn changes(&self) -> Vec<(&Step, &Step)> {
        let pairs = self.steps().zip(self.steps().skip(1));
        pairs.filter(|(before, after)| before.ranking.leaders != after.ranking.leaders).collect()
    }

    fn headers(&self, step: &Step) -> String {
        headers(self.scored.scenario, &step.ranking.leaders)
    }

    fn ids(&self, rows: &[usize]) -> Vec<&'a str> {
        rows.iter().map(|row| self.scored.item_id(*row)).collect()
    }

    /// Says since when the leaders lead, and how often the lead changed.
    fn since(&self) -> Vec<Phrase<'_>> {
        let (Some(first), Some(last)) = (self.steps().next(), self.steps().next_back()) else {
            return self.no_course();
        };
        if last.ranking.leaders.is_empty() {
            return Vec::new();
        }
        let leaders = &last.ranking.leaders;
        let several = leaders.len() > 1;
        let lead = if several { "They have been level in the lead" } else { "It has led alone" };
        let changes = self.changes();
        let Some((_, change)) = changes.last() else {
            let from = format!("{lead} from the first date on, {}", first.day);
            return vec![strong(from), plain(". The lead never changed.")];
        };
        // How far back they were among the leaders without a break.
        let among = |step: &&Step| leaders.iter().all(|leader| step.ranking.leaders.contains(leader));
        let shared = self.steps().rev().take_while(among).last().filter(|step| step.day < change.day);
        let shared = match shared {
            Some(step) if several => format!(", after sharing it with more from {} on", step.day),
            Some(step) => format!(", after sharing the lead from {} on", step.day),
            None => String::new(),
        };
        let times = times(changes.len());
        let dates = count(self.steps.len(), "date", "dates");
        vec![
            strong(format!("{lead} since {}", change.day)),
            plain(format!("{shared}. Over {dates} the lead changed {times}.")),
        ]
    }

    /// Says why there is no timeline; empty without evidence, as the verdict says that.
    fn no_course(&self) -> Vec<Phrase<'_>> {
        if self.scored.matrix.items().is_empty() {
            return Vec::new();
        }
        if let Some(day) = self.scored.request.as_of {
            return vec![
                strong(format!("No item is dated by {day}")),
                plain(", so there is no timeline yet."),
            ];
        }
        vec![
            strong("No item has a date"),
            plain(", so there is no timeline: the date of an item says when it became known."),
        ]
    }

    /// Says how many items count without a date, and from when.
    fn undated(&self) -> Vec<Phrase<'_>> {
        if self.steps.is_empty() {
            return Vec::new();
        }
        let items = self.scored.matrix.items().iter().filter_map(|at| self.scored.scenario.evidence.get(*at));
        let undated = items.filter(|item| item.date.is_none());
        let (waiting, from_start): (Vec<_>, Vec<_>) = undated.partition(|item| self.waits(item));
        let mut said = Vec::new();
        for (items, from) in [(from_start, "from the start"), (waiting, "from the date of its premise on")] {
            let space = if said.is_empty() { "" } else { " " };
            match items.len() {
                0 => {}
                1 => said.push(dim(format!("{space}1 item without a date counts {from}."))),
                several => {
                    let from = from.replace("its premise", "their premises");
                    let several = thousands(several);
                    said.push(dim(format!("{space}{several} items without a date count {from}.")));
                }
            }
        }
        said
    }

    /// Whether an item rests, directly or not, on one that has a date.
    fn waits(&self, item: &Evidence) -> bool {
        let mut seen: Vec<&str> = Vec::new();
        let mut open: Vec<&str> = item.premises().iter().map(String::as_str).collect();
        while let Some(id) = open.pop() {
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            let Some(premise) = self.scored.scenario.evidence.iter().find(|item| item.id.as_str() == id)
            else {
                continue;
            };
            if premise.date.is_some() {
                return true;
            }
            open.extend(premise.premises().iter().map(String::as_str));
        }
        false
    }

    /// Lists each change of leader with the items of that day.
    fn listing(&self) -> Listing<'_> {
        let changes = self.changes();
        let entries = changes.iter().map(|(before, after)| {
            let leaders = (Cell::plain(self.headers(before)), Cell::new(self.headers(after), Tone::Strong));
            let entry = ListingEntry::named(vec![Cell::plain(after.day.to_string())]);
            (ListingEntry { change: Some(leaders), ..entry }, vec![self.cause(before, after)])
        });
        let heading = count(changes.len(), "change of the lead", "changes of the lead");
        Listing::of(heading, &["Date"], entries.collect())
    }

    /// Says which items came in on the day of a change, and which of them caused it.
    fn cause(&self, before: &Step, after: &Step) -> Vec<Phrase<'a>> {
        let added = self.ids(&after.added);
        if let [only] = added.as_slice() {
            return vec![strong(*only), plain(" came in")];
        }
        let came = plain(format!("{} came in; ", some(&added, MOST_ITEMS)));
        let named = |rows: &[usize]| strong(some(&self.ids(rows), MOST_ITEMS));
        let still = || format!(" {} would still be in the lead", self.headers(before));
        match &after.cause {
            None => vec![came],
            Some(Cause::Each(rows)) => {
                let each = if rows.len() > 1 { "without either of " } else { "without " };
                let each = if rows.len() > 2 { "without any single one of " } else { each };
                vec![came, plain(each), named(rows), plain(still())]
            }
            Some(Cause::Together(rows)) => {
                let them = if rows.len() == added.len() { strong("all of them") } else { named(rows) };
                vec![came, plain("leaving out one would not undo it, but without "), them, plain(still())]
            }
        }
    }

    /// Returns the scores over the days.
    fn chart(&self) -> Option<Chart<'_>> {
        let (first, last) = (self.steps().next()?, self.steps().next_back()?);
        let course = |at: usize| {
            let hypothesis = self.scored.scenario.hypotheses.get(at)?;
            let values = self.steps().map(|step| step.ranking.score(at)).collect::<Option<_>>()?;
            let name = Cell::new(hypothesis.name.as_str(), Tone::of_rank(last.ranking.rank(at)));
            Some((name, hypothesis.header().into(), values))
        };
        let courses = last.ranking.order().into_iter().filter_map(course);
        Chart::of_scores(self.scored.method, ("date", "dates"), (first.day, last.day), courses)
    }

    /// The command to run next: the matrix before the last change, or dating an item.
    fn next(&self) -> Option<Section<'a>> {
        match self.changes().last() {
            Some((before, _)) => {
                let purpose = format!("--as-of {} shows the matrix before the last change", before.day);
                next_command("table", self.scored.request, &purpose)
            }
            None if self.steps.is_empty() && self.scored.request.as_of.is_none() => {
                let item = self.scored.scenario.evidence.first()?;
                let target = with_kind(self.scored.scenario, ItemKind::Evidence, &item.id);
                next_edit("set", self.scored.request, &format!("{target}.date YYYY-MM-DD dates an item"))
            }
            None => next_command("table", self.scored.request, "shows the matrix"),
        }
    }
}

impl Report for TimelineReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading::of(self.scored.scenario)
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let conclusion = self.conclusion();
        let dates = count(self.steps.len(), "date", "dates");
        let mut sections = vec![
            Section::title(
                self.scored.scenario,
                format!("{dates}, {}", conclusion.extent(self.scored.request)),
            ),
            prose(self.remarks()),
            Section::Listing(self.listing()),
        ];
        sections.extend(self.chart().map(Section::Chart));
        sections.extend(conclusion.first_step(self.scored.request).or_else(|| self.next()));
        sections
    }

    fn remarks(&self) -> Vec<Vec<Phrase<'_>>> {
        let conclusion = self.conclusion();
        [conclusion.verdict(), self.since(), self.undated()].into_iter().chain(conclusion.caveats()).collect()
    }

    fn records(&self) -> Records<'_> {
        let mut columns: Vec<Cow<'_, str>> = vec!["date".into(), "added".into()];
        for hypothesis in &self.scored.scenario.hypotheses {
            columns.push(Cow::Borrowed(hypothesis.id.as_str()));
            columns.push(Cow::Owned(format!("{}_rank", hypothesis.id)));
        }
        let row = |DatedRanking { date, added, scores, ranks, .. }: &'_ DatedRanking<'_>| {
            let added: Vec<&str> = added.iter().map(|id| id.as_str()).collect();
            let mut fields = vec![date.to_string().into(), added.join(", ").into()];
            for ((_, score), (_, rank)) in scores.0.iter().zip(&ranks.0) {
                fields.push(score.map(|score| RecordField::score(self.scored.method, score)).into());
                fields.push((*rank).into());
            }
            fields
        };
        Records::new(columns, self.steps.iter().map(row).collect())
    }
}
