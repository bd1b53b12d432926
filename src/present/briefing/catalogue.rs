//! Evidence and sources: who says what, how far that is believed, and why each rating is as it is.

use super::BriefingReport;
use super::block::{
    Block, CatalogueEntry, CatalogueRating, FactCell, FactRow, FactTable, LinkTo, Sentence, Voice, link, say,
    stress,
};
use super::wording::{date_words, judgement_words, label, reliability_words};
use crate::engine::diagnosticity;
use crate::present::table::Align;
use crate::present::words::{decimal, list};
use crate::scenario::{Credibility, Evidence, Level, Rating};

impl BriefingReport<'_> {
    /// Returns the blocks of the section.
    pub(super) fn catalogue(&self) -> Vec<Block<'_>> {
        let mut rows = self.rows();
        if rows.is_empty() {
            return Vec::new();
        }
        let mut blocks = Vec::new();
        if !self.scored.scenario.sources.is_empty() {
            blocks.push(Block::heading("Sources"));
            blocks.push(Block::Table(self.sources()));
        }
        blocks.push(Block::heading("Items"));
        blocks.extend(
            self.left_out(rows.len()).map(|text| Block::Paragraph(Voice::Reservation, vec![say(text)])),
        );
        let decisive = self.decisive();
        let about = if decisive.contains(&true) {
            "Those that decide who leads come first, then the order of the file. The number is that of the file."
        } else {
            "In the order of the file, numbered as there."
        };
        blocks.push(Block::aside(about));
        let decides = |row: &usize| {
            let at = self.listed.items().get(*row).copied().unwrap_or_default();
            decisive.get(at).copied().unwrap_or_default()
        };
        let counts = |row: &usize| self.listed_item(*row).is_some_and(|(_, _, counts)| counts);
        rows.sort_by_key(|row| (!counts(row), !decides(row)));
        let entries = rows.iter().filter_map(|row| self.entry(*row, decides(row)));
        blocks.push(Block::Catalogue(entries.collect()));
        blocks
    }

    fn sources(&self) -> FactTable<'_> {
        let cites = |item: &Evidence, id: &str| item.sources().iter().any(|cited| cited == id);
        let counted =
            || self.scored.matrix.items().iter().filter_map(|at| self.scored.scenario.evidence.get(*at));
        let rows = self.scored.scenario.sources.iter().map(|source| {
            let id = source.id.as_str();
            let items = counted().filter(|item| cites(item, id)).count();
            let alone = counted().filter(|item| cites(item, id) && item.sources().len() == 1).count();
            let reliability = source.reliability.map_or_else(
                || "not stated".to_owned(),
                |letter| format!("{letter}: {}", reliability_words(letter)),
            );
            let mut beside: Vec<Sentence<'_>> = Vec::new();
            let steered: Vec<&str> =
                source.controlled_by.iter().flatten().map(|id| self.name_of(id)).collect();
            if !steered.is_empty() {
                beside.push(vec![say(format!("Could be steered by {}.", list(&steered)))]);
            }
            beside.extend(source.note.as_deref().map(|note| vec![say(note)]));
            beside.push(match source.url.as_deref() {
                Some(url) => address(url),
                None => vec![say("No address given.")],
            });
            FactRow::of(vec![
                FactCell { main: vec![stress(source.name.as_str())], beside, bar: None },
                FactCell::of(reliability),
                FactCell::of(items.to_string()),
                FactCell::of(alone.to_string()),
            ])
        });
        let heads = [
            ("Source", Align::Left),
            ("Reliability", Align::Left),
            ("Items", Align::Right),
            ("Its alone", Align::Right),
        ];
        FactTable::new("Who is cited", heads, rows)
    }

    /// Returns the name of a hypothesis, or its id if there is none.
    pub(super) fn name_of<'b>(&'b self, id: &'b str) -> &'b str {
        let known = self.scored.scenario.hypotheses.iter().find(|hypothesis| hypothesis.id.as_str() == id);
        known.map_or(id, |hypothesis| hypothesis.name.as_str())
    }

    fn entry(&self, row: usize, decides: bool) -> Option<CatalogueEntry<'_>> {
        let (at, item, counts) = self.listed_item(row)?;
        let (ratings, rest) = self.ratings(item);
        Some(CatalogueEntry {
            number: at + 1,
            item,
            label: label(item),
            aside: match (item.is_withdrawn(), counts) {
                (true, _) => "Withdrawn: kept for the record, not counted.".to_owned(),
                (false, false) => "Not counted: it rests on an item that does not count.".to_owned(),
                (false, true) => String::new(),
            },
            decides,
            facts: self.facts(item, row),
            ratings,
            rest,
        })
    }

    /// Returns dates, sources, weight and links of an item.
    fn facts<'b>(&'b self, item: &'b Evidence, row: usize) -> Vec<Sentence<'b>> {
        let mut facts: Vec<Sentence<'b>> = Vec::new();
        let mut reported = self.reported(item).unwrap_or_else(|| vec![say("No source named")]);
        reported.extend(item.locator.as_deref().map(|place| say(format!(", {place}"))));
        reported.extend(item.date.map(|date| say(format!(", {}", date_words(date)))));
        reported.push(say("."));
        facts.push(reported);
        let credibility = match item.credibility {
            Some(Credibility::Grade(grade)) => {
                format!("Grade {grade}, so {} credibility", grade.level())
            }
            _ => format!("{} credibility", crate::present::words::capitalized(item.credibility().as_str())),
        };
        facts.push(vec![say(format!(
            "{credibility}, {} relevance: weight {}. Diagnosticity {}.",
            item.relevance(),
            decimal(item.weight().factor()),
            decimal(diagnosticity(&self.listed, row))
        ))]);
        facts.extend(item.group.as_deref().map(|group| {
            vec![say(format!(
                "Of the group \u{201c}{group}\u{201d}, of which only the strongest counts on each side."
            ))]
        }));
        let premises: Vec<usize> = item.premises().iter().filter_map(|id| self.position(id)).collect();
        if !premises.is_empty() {
            let mut said = vec![say("Rests on ")];
            for (nth, at) in premises.iter().enumerate() {
                if nth > 0 {
                    said.push(say(", "));
                }
                said.push(self.item_number(*at, "item "));
            }
            said.push(say("."));
            facts.push(said);
        }
        let tags = item.tags.iter().flatten().map(String::as_str).collect::<Vec<_>>();
        if !tags.is_empty() {
            facts.push(vec![say(format!("Tags: {}.", tags.join(", ")))]);
        }
        facts.extend(item.url.as_deref().map(address));
        facts
    }

    /// Returns the position of an item in the file.
    fn position(&self, id: &str) -> Option<usize> {
        self.scored.scenario.evidence.iter().position(|item| item.id.as_str() == id)
    }

    /// Returns the ratings that speak or have a note, and the others in one line.
    fn ratings<'b>(&'b self, item: &'b Evidence) -> (Vec<CatalogueRating<'b>>, String) {
        let (mut told, mut neutral, mut na, mut blank) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (at, hypothesis) in self.scored.scenario.hypotheses.iter().enumerate() {
            let cell = item.ratings.get(at);
            let rating = cell.and_then(|cell| cell.rating);
            let note = cell.and_then(|cell| cell.note());
            let name = hypothesis.name.as_str();
            match rating {
                _ if note.is_some() => {}
                Some(Rating::NotApplicable) => {
                    na.push(name);
                    continue;
                }
                None => {
                    if !hypothesis.is_residual() {
                        blank.push(name);
                    }
                    continue;
                }
                Some(Rating::Neutral) if cell.is_none_or(|cell| cell.confidence != Some(Level::Low)) => {
                    neutral.push(name);
                    continue;
                }
                Some(_) => {}
            }
            told.push(CatalogueRating {
                hypothesis,
                rating,
                words: judgement_words(rating, cell.and_then(|cell| cell.confidence)),
                note,
            });
        }
        let rest = [("Neutral", neutral), ("Not applicable", na), ("Not rated", blank)];
        let rest = rest.iter().filter(|(_, names)| !names.is_empty());
        let rest: Vec<String> = rest.map(|(word, names)| format!("{word}: {}.", list(names))).collect();
        (told, rest.join(" "))
    }
}

/// Returns an address: a link on the web, else the text.
fn address(url: &str) -> Sentence<'_> {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        vec![link(url, LinkTo::Web(url))]
    } else {
        vec![say(url)]
    }
}
