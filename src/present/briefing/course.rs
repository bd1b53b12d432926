//! The ranking as the evidence came in, in words, as a chart and as a table.

use super::BriefingReport;
use super::block::{
    Block, CourseChart, CourseLine, FactCell, FactRow, FactTable, Sentence, Voice, say, stress,
};
use super::wording::day_words;
use crate::engine::Step;
use crate::present::table::Align;
use crate::present::words::{count, decimal, method_words, thousands};
use crate::scenario::{Hypothesis, LeadClaim, Method};

/// Days shown; more would not be told apart.
const MOST_DAYS: usize = 12;
/// Lines of the chart.
const MOST_LINES: usize = 6;
/// Letters that fit beside a line of the chart.
const LONGEST_NAME: usize = 28;

/// Returns the name that fits beside a line of the chart.
fn short_name(hypothesis: &Hypothesis) -> &str {
    if hypothesis.name.chars().count() > LONGEST_NAME { hypothesis.header() } else { &hypothesis.name }
}

impl BriefingReport<'_> {
    /// Returns the blocks of the section; none where fewer than two dates are known.
    pub(super) fn course(&self) -> Vec<Block<'_>> {
        let steps = self.shown_steps();
        if self.steps.len() < 2 || steps.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![Block::Paragraph(Voice::Body, self.told())];
        let before = self.steps.len() - steps.len();
        let before = match before {
            0 => String::new(),
            1 => "The date before changed nothing. ".to_owned(),
            several => format!("The {} dates before are left out. ", thousands(several)),
        };
        let undated =
            self.scored.matrix.items().iter().filter_map(|at| self.scored.scenario.evidence.get(*at));
        let undated = undated.filter(|item| item.date.is_none()).count();
        let undated = match undated {
            0 => String::new(),
            1 => "1 item without a date counts from the start. ".to_owned(),
            several => format!("{} items without a date count from the start. ", thousands(several)),
        };
        let about = format!(
            "{before}{undated}Ratings are those of today: nobody need have held this view at the time."
        );
        blocks.push(Block::aside(about));
        blocks.extend(self.chart(steps).map(Block::Course));
        blocks.push(Block::Table(self.dates(steps)));
        blocks
    }

    /// Returns the steps from the one before the first change of leader, at most so many as can be shown.
    fn shown_steps(&self) -> &[Step] {
        let changed = |pair: &[Step]| match pair {
            [before, after] => before.ranking.leaders != after.ranking.leaders,
            _ => false,
        };
        let first = self.steps.windows(2).position(changed).unwrap_or_default();
        let from = first.max(self.steps.len().saturating_sub(MOST_DAYS));
        self.steps.get(from..).unwrap_or_default()
    }

    /// Says who led until when.
    fn told(&self) -> Sentence<'_> {
        let mut spans: Vec<(&Step, &Step)> = Vec::new();
        for step in &self.steps {
            match spans.last_mut().filter(|(first, _)| first.ranking.leaders == step.ranking.leaders) {
                Some((_, last)) => *last = step,
                None => spans.push((step, step)),
            }
        }
        let leads = |step: &Step| match step.ranking.leaders.as_slice() {
            [] => "nobody leads".to_owned(),
            [_] => format!("{} alone in front", self.names(&step.ranking.leaders)),
            _ => format!("{} level in front", self.names(&step.ranking.leaders)),
        };
        let skipped = spans.len().saturating_sub(4);
        let mut said = Vec::new();
        for (nth, (first, last)) in spans.iter().enumerate().skip(skipped) {
            let is_last = nth + 1 == spans.len();
            let begin = if nth == skipped { "By the evidence dated up to" } else { "; up to" };
            match (is_last, nth == skipped) {
                (true, true) => said.push(say("From the first date on: ")),
                (true, false) => said.push(say(format!("; since {}: ", day_words(first.day)))),
                (false, _) => said.push(say(format!("{begin} {}: ", day_words(last.day)))),
            }
            let who = leads(last);
            said.push(if is_last { stress(who) } else { say(who) });
        }
        said.push(say("."));
        said
    }

    fn chart<'b>(&'b self, steps: &'b [Step]) -> Option<CourseChart<'b>> {
        let (first, last) = (steps.first()?.day, steps.last()?.day);
        let span = last.days_since(first);
        if span <= 0 {
            return None;
        }
        let place = |step: &Step| {
            #[expect(clippy::cast_precision_loss, reason = "days are few")]
            let (done, all) = (step.day.days_since(first) as f64, span as f64);
            done / all
        };
        let ranking = &self.scored.ranking;
        let order: Vec<usize> =
            ranking.order().into_iter().filter(|at| ranking.rank(*at).is_some()).take(MOST_LINES).collect();
        let score = |step: &Step, at: usize| step.ranking.score(at);
        let scores = || steps.iter().flat_map(|step| order.iter().filter_map(move |at| score(step, *at)));
        let (low, high) = match self.scored.method {
            Method::Bayes => (0.0, 1.0),
            _ => scores().fold((0.0_f64, 0.0_f64), |(low, high), score| (low.min(score), high.max(score))),
        };
        if high <= low {
            return None;
        }
        let lines = order.iter().filter_map(|at| {
            Some(CourseLine {
                name: self.hypothesis(*at).map(short_name)?,
                leads: ranking.leaders.contains(at),
                places: steps
                    .iter()
                    .map(|step| score(step, *at).map(|score| (score - low) / (high - low)))
                    .collect(),
            })
        });
        let days = steps.iter().map(|step| (place(step), day_words(step.day)));
        Some(CourseChart {
            caption: format!(
                "{}, from {} to {}",
                method_words(self.scored.method).foot,
                day_words(first),
                day_words(last)
            ),
            days: days.collect(),
            ends: match self.scored.method.claim() {
                LeadClaim::MostProbable => ("0%".to_owned(), "100%".to_owned()),
                LeadClaim::BestSupported => (decimal(low), decimal(high)),
                LeadClaim::LeastContradicted => (decimal(-low), decimal(high)),
            },
            lines: lines.collect(),
        })
    }

    fn dates<'b>(&'b self, steps: &'b [Step]) -> FactTable<'b> {
        let rows = steps.iter().map(|step| {
            let leaders = self.names(&step.ranking.leaders);
            let mut in_front = FactCell::of(if leaders.is_empty() { "nobody".to_owned() } else { leaders });
            if step.provisional.is_some() {
                in_front.beside.push(vec![say("provisional")]);
            }
            let added = FactCell::said(self.items(&step.added));
            let scores = self.scores_of(step);
            FactRow::of(vec![FactCell::of(day_words(step.day)), in_front, added, scores])
        });
        let heads = ["Known by", "In front", "Came in", "Scores"].map(|title| (title, Align::Left));
        FactTable::new(format!("The last {}", count(steps.len(), "date", "dates")), heads, rows)
    }

    /// Lists the scores of a step, in the order of today's ranking.
    fn scores_of(&self, step: &Step) -> FactCell<'_> {
        let each = self.scored.ranking.order().into_iter().take(MOST_LINES).filter_map(|at| {
            step.ranking.rank(at)?;
            Some(format!("{} {}", self.hypothesis(at)?.header(), self.shown_score(&step.ranking, at)))
        });
        FactCell::of(each.collect::<Vec<_>>().join(", "))
    }
}
