//! Events to watch for, the first one due first.

use std::borrow::Cow;

use super::BriefingReport;
use super::block::{Block, Card, Sentence, say, stress};
use super::wording::day_words;
use crate::present::words::count;
use crate::scenario::{Indicator, IndicatorStatus};

impl BriefingReport<'_> {
    /// Returns the blocks of the section.
    pub(super) fn to_watch(&self) -> Vec<Block<'_>> {
        let indicators = &self.scored.scenario.indicators;
        let pending = |indicator: &&Indicator| indicator.status() == IndicatorStatus::Pending;
        let mut pending: Vec<&Indicator> = indicators.iter().filter(pending).collect();
        pending.sort_by_key(|indicator| (indicator.due.is_none(), indicator.due));
        let of = |status| indicators.iter().filter(|indicator| indicator.status() == status).count();
        let (seen, missed) = (of(IndicatorStatus::Observed), of(IndicatorStatus::NotObserved));
        let mut blocks = Vec::new();
        if !pending.is_empty() {
            let cards = pending.into_iter().map(|indicator| self.to_watch_for(indicator)).collect();
            blocks.push(Block::Cards(cards));
        }
        if seen + missed > 0 {
            let told =
                format!("Seen so far: {}; not seen when due: {missed}.", count(seen, "event", "events"));
            blocks.push(Block::aside(told));
        }
        blocks
    }

    fn to_watch_for<'b>(&'b self, indicator: &'b Indicator) -> Card<'b> {
        let today = self.scored.request.until().or(self.scored.scenario.as_of);
        let overdue = indicator.due.zip(today).filter(|(due, today)| due < today);
        let due = match (indicator.due, overdue) {
            (None, _) => "No date".to_owned(),
            (Some(due), None) => format!("By {}", day_words(due)),
            (Some(due), Some((_, today))) => {
                format!("By {}, overdue as of {}", day_words(due), day_words(today))
            }
        };
        let supports = indicator.hypothesis.as_deref().and_then(|id| {
            self.scored.scenario.hypotheses.iter().find(|hypothesis| hypothesis.id.as_str() == id)
        });
        let mut lines: Vec<Sentence<'_>> = Vec::new();
        lines.extend(
            supports.map(|hypothesis| vec![say("If seen, speaks for "), stress(hypothesis.name.as_str())]),
        );
        lines.extend(indicator.note.as_deref().map(|note| vec![say(note)]));
        Card {
            subject: vec![say(due)],
            warning: overdue.map(|_| "overdue"),
            text: Cow::Borrowed(&indicator.text),
            lines,
            trial: None,
        }
    }
}
