//! Where to argue first: the judgements, items, sources and assumptions that decide who leads.

use std::borrow::Cow;
use std::collections::HashMap;

use super::BriefingReport;
use super::block::{Block, Card, FactCell, FactRow, FactTable, Sentence, Trial, Voice, joined, say, stress};
use super::wording::{judgement_words, rating_words, reliability_words};
use crate::engine::{CriticalCell, Sensitivity, Without};
use crate::present::table::Align;
use crate::present::words::{capitalized, count, list};
use crate::scenario::{Evidence, Level, Source};

/// Judgements shown; of more, the number is given.
const MOST_CARDS: usize = 10;

impl BriefingReport<'_> {
    /// Returns the blocks of the section.
    pub(super) fn to_argue(&self) -> Vec<Block<'_>> {
        let Some(found) = self.contested() else { return Vec::new() };
        let mut blocks = Vec::new();
        let steps = self.critical_steps(found);
        if !steps.is_empty() {
            let about = "Each of these ratings, moved one step, changes who leads. Those held with low confidence come \
                         first.";
            blocks.push(Block::aside(about));
            let cards = steps.iter().take(MOST_CARDS);
            let cards: Vec<Card<'_>> =
                cards.filter_map(|(cell, confidence)| self.card(cell, *confidence)).collect();
            blocks.push(Block::Cards(cards));
        }
        let further = found.critical_cells.len() - steps.len().min(MOST_CARDS);
        if further > 0 {
            let several = if further == 1 { "changes" } else { "change" };
            blocks.push(Block::aside(format!(
                "{} {several} who leads if moved further{}.",
                count(further, "more judgement", "more judgements"),
                if steps.len() > MOST_CARDS { ", or as far" } else { "" }
            )));
        }
        let set_aside = self.set_aside(found);
        if !set_aside.rows.is_empty() {
            blocks.push(Block::heading("What decides, set aside"));
            blocks.push(Block::Table(set_aside));
        }
        let same = self.unchanged(found);
        if !same.is_empty() {
            blocks.push(Block::Paragraph(Voice::Body, same));
        }
        let overturns = self.overturns(found);
        if !overturns.rows.is_empty() {
            blocks.push(Block::heading("To put another ahead"));
            blocks.push(Block::Table(overturns));
        }
        blocks
    }

    /// Returns the judgements that change who leads by one step, each with its confidence: low confidence first, then
    /// those that put one other in front, then those whose rating would most often change the leader.
    pub(super) fn critical_steps<'b>(
        &self,
        found: &'b Sensitivity<'_>,
    ) -> Vec<(&'b CriticalCell, Option<Level>)> {
        let switches: HashMap<(usize, usize), f64> =
            self.next.cells.iter().map(|cell| ((cell.row, cell.hypothesis), cell.switch)).collect();
        let switch =
            |cell: &CriticalCell| switches.get(&(cell.row, cell.hypothesis)).copied().unwrap_or_default();
        let confidence = |cell: &CriticalCell| {
            self.item(cell.row).and_then(|(_, item)| item.ratings.get(cell.hypothesis)?.confidence)
        };
        let cells = found.critical_cells.iter().filter(|cell| cell.steps == 1);
        let mut cells: Vec<_> = cells.map(|cell| (cell, confidence(cell))).collect();
        cells.sort_by(|(x, x_confidence), (y, y_confidence)| {
            let key = |cell: &CriticalCell, confidence: &Option<Level>| {
                (*confidence != Some(Level::Low), cell.leaders_after.len() != 1)
            };
            key(x, x_confidence).cmp(&key(y, y_confidence)).then(switch(y).total_cmp(&switch(x)))
        });
        cells
    }

    fn card(&self, cell: &CriticalCell, confidence: Option<Level>) -> Option<Card<'_>> {
        let (at, item) = self.item(cell.row)?;
        let hypothesis = self.hypothesis(cell.hypothesis)?;
        let rated = judgement_words(Some(cell.rating), confidence);
        let mut lines = vec![vec![
            say(format!("Rated {rated}. If it were {}: ", rating_words(Some(cell.to)))),
            stress(self.would_lead(&cell.leaders_after)),
            say("."),
        ]];
        let note = item.ratings.get(cell.hypothesis).and_then(|cell| cell.note());
        lines.extend(note.map(|note| vec![say("Why: "), say(note)]));
        lines.extend(self.reported(item));
        Some(Card {
            subject: vec![self.item_number(at, "Item "), say(" and "), stress(hypothesis.name.as_str())],
            warning: (confidence == Some(Level::Low)).then_some("low confidence"),
            text: Cow::Borrowed(&item.text),
            lines,
            trial: Some(Trial { item: item.id.as_str(), hypothesis: hypothesis.id.as_str(), to: cell.to }),
        })
    }

    /// Says who reports an item, and how reliable they are.
    pub(super) fn reported<'b>(&'b self, item: &'b Evidence) -> Option<Sentence<'b>> {
        let named: Vec<String> = item
            .sources()
            .iter()
            .map(|cited| match self.source(cited) {
                Some(source) => match source.reliability {
                    Some(letter) => format!("{} ({letter}: {})", source.name, reliability_words(letter)),
                    None => source.name.clone(),
                },
                None => cited.clone(),
            })
            .collect();
        (!named.is_empty()).then(|| vec![say(format!("Reported by {}", list(&named)))])
    }

    /// Returns the declared source of this id.
    pub(super) fn source(&self, cited: &str) -> Option<&Source> {
        self.scored.scenario.sources.iter().find(|source| source.id.as_str() == cited)
    }

    /// Lists what changes who leads when it is set aside.
    fn set_aside<'b>(&'b self, found: &'b Sensitivity<'_>) -> FactTable<'b> {
        let mut rows: Vec<(Sentence<'b>, Vec<Sentence<'b>>, &'b [usize])> = Vec::new();
        for (pillars, after) in self.by_outcome(found) {
            let texts = pillars.iter().take(MOST_CARDS).flat_map(|pillar| &pillar.rows).take(MOST_CARDS);
            let texts = texts.filter_map(|row| self.item(*row));
            let texts = texts.map(|(at, item)| vec![say(format!("{}: {}", at + 1, item.text))]);
            let mut said = self.pillars(&pillars);
            if let Some(first) = said.first_mut() {
                first.text = Cow::Owned(capitalized(&first.text));
            }
            rows.push((said, texts.collect(), after));
        }
        let dropped = |without: &'b Without| {
            let mut said = self.items(&without.rows);
            if !said.is_empty() {
                said.insert(0, say("Leaves out "));
            }
            said
        };
        let changes = |without: &Without| without.leaders != found.leaders && !without.rows.is_empty();
        for (source, without) in found.without_source.iter().filter(|(_, without)| changes(without)) {
            let name = self.source(source).map_or(*source, |source| source.name.as_str());
            let said = vec![say("What only "), stress(name), say(" reports")];
            rows.push((said, vec![dropped(without)], &without.leaders));
        }
        for (actor, without) in found.deception.iter().filter(|(_, without)| changes(without)) {
            let name = self.names(&[*actor]);
            let mut told = vec![say(format!(
                "Had {name} steered the sources open to it, what only they report would tell nothing about {name}: "
            ))];
            told.extend(self.items(&without.rows));
            let said = vec![say(format!("{name}\u{2019}s own ratings where it could steer the source"))];
            rows.push((said, vec![told], &without.leaders));
        }
        for (without, what) in [
            (&found.without_assumptions, "All assumptions"),
            (&found.without_low_credibility, "All items of low credibility"),
        ] {
            if changes(without) {
                rows.push((vec![say(what)], vec![dropped(without)], &without.leaders));
            }
        }
        if found.common.items > 0 && found.common.leaders != found.leaders {
            let said = vec![say(format!(
                "All but the {} rated for every hypothesis",
                count(found.common.items, "item", "items")
            ))];
            rows.push((said, Vec::new(), &found.common.leaders));
        }
        let rows = rows.into_iter().map(|(main, beside, after)| {
            let then = FactCell::of(capitalized(&self.would_lead(after)));
            FactRow::of(vec![FactCell { main, beside, bar: None }, then])
        });
        let heads = ["Set aside", "Then"].map(|title| (title, Align::Left));
        FactTable::new("Set aside, and who would lead then", heads, rows)
    }

    /// Counts what changes nothing when it is set aside, and what would drop nothing.
    fn unchanged(&self, found: &Sensitivity<'_>) -> Sentence<'_> {
        let same = |without: &Without| without.leaders == found.leaders;
        let sources: Vec<_> = found.without_source.iter().filter(|(_, without)| same(without)).collect();
        let empty = sources.iter().filter(|(_, without)| without.rows.is_empty()).count();
        let mut said = Vec::new();
        let steady = sources.len() - empty;
        if steady > 0 {
            let sources = count(steady, "source", "sources");
            said.push(format!("Without what any one of {sources} alone reports, the lead stays."));
        }
        if empty > 0 {
            let sources = count(empty, "source", "sources");
            said.push(format!("No item rests on any of {sources} alone."));
        }
        let actors: Vec<_> =
            found.deception.iter().filter(|(_, without)| same(without) && !without.rows.is_empty()).collect();
        if !actors.is_empty() {
            let names: Vec<usize> = actors.iter().map(|(actor, _)| *actor).collect();
            said.push(format!(
                "Deception by {}, through the sources open to {}, would not change who leads.",
                self.names(&names),
                if names.len() == 1 { "it" } else { "them" }
            ));
        }
        let subsets: Sentence<'_> = joined(self.sensitivity.subsets(found));
        let mut all = Vec::new();
        if !said.is_empty() {
            all.push(say(format!("{} ", said.join(" "))));
        }
        all.extend(subsets);
        all
    }

    /// Lists the fewest items that it would be enough to reject to put each other hypothesis ahead.
    fn overturns<'b>(&'b self, found: &'b Sensitivity<'_>) -> FactTable<'b> {
        let mut overturns: Vec<_> = found.overturn.iter().flatten().collect();
        overturns.sort_by_key(|one| one.overturn.as_ref().map_or(usize::MAX, |removal| removal.units));
        let rows = overturns.into_iter().filter_map(|one| {
            let hypothesis = self.hypothesis(one.challenger)?;
            let enough = match (&one.overturn, &one.tie) {
                (Some(_), _) => {
                    let mut said = self.rejecting(one);
                    if let Some(first) = said.first_mut() {
                        first.text = Cow::Owned(capitalized(&first.text));
                    }
                    said.extend(self.leading_then(one));
                    said.push(say("."));
                    said
                }
                (None, Some(tie)) => {
                    let mut said =
                        vec![say("Cannot be put ahead by leaving items out, only level, without ")];
                    said.extend(self.items(&tie.rows));
                    said.push(say("."));
                    said
                }
                (None, None) => vec![say("Cannot be put ahead by leaving items out.")],
            };
            let name = vec![stress(hypothesis.name.as_str())];
            Some(FactRow::of(vec![FactCell::said(name), FactCell::said(enough)]))
        });
        let heads = ["Hypothesis", "Enough to reject"].map(|title| (title, Align::Left));
        FactTable::new("The fewest items to reject, hypothesis by hypothesis", heads, rows)
    }
}
