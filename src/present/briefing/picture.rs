//! The parts of a briefing that stand alone: the picture to quote, and the entry of a list of briefings.

use super::block::{Bar, Sentence};
use super::standing::bar;
use super::wording::{day_words, ordinal};
use super::{BriefingHead, BriefingReport};
use crate::present::words::{capitalized, method_words};

/// Hypotheses drawn; the rest is counted.
const MOST_DRAWN: usize = 8;

/// A picture that says who leads, with everything that qualifies it.
#[derive(Debug)]
pub struct QuotePicture<'a> {
    /// Marking, title, question and version.
    pub head: BriefingHead<'a>,
    /// The finding in sentences.
    pub lead: String,
    /// The meaning of the bars.
    pub scale: &'static str,
    /// The hypotheses, best first.
    pub bars: Vec<PictureBar<'a>>,
    /// Says how many hypotheses are not drawn.
    pub rest: Option<String>,
    /// All figures in one sentence, for who cannot see the picture.
    pub description: String,
    /// The caveat and the line to cite.
    pub foot: [String; 2],
}

/// A hypothesis in the picture.
#[derive(Debug)]
pub struct PictureBar<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its rank and score in words.
    pub figure: String,
    /// `provisional` or `fragile` for one that leads so.
    pub tag: &'static str,
    /// The bar; `None` where all scores are 0.
    pub bar: Option<Bar>,
}

/// The entry of a briefing in a list of several.
#[derive(Debug)]
pub struct ShelfEntry {
    /// The address of its page, relative to the list.
    pub href: String,
    /// The handling marking.
    pub marking: Option<String>,
    /// The title, or the name of a file that could not be scored.
    pub title: String,
    /// The question.
    pub question: Option<String>,
    /// Who leads, or why the file could not be scored.
    pub lead: String,
    /// How firm that is, in a word or two; empty for an error.
    pub firmness: &'static str,
    /// The day of the analysis, in words.
    pub as_of: Option<String>,
}

impl BriefingReport<'_> {
    /// Returns the picture to quote.
    #[must_use]
    pub fn picture(&self) -> QuotePicture<'_> {
        let head = self.head();
        let ranking = &self.scored.ranking;
        let bar = |at: usize| {
            let rank = ranking.rank(at)?;
            Some(PictureBar {
                name: &self.hypothesis(at)?.name,
                figure: format!("{}: {}", ordinal(rank), self.shown_score(ranking, at)),
                tag: if rank == 1 { self.firmness() } else { "" },
                bar: bar(ranking, self.score_of(ranking, at)),
            })
        };
        let mut bars: Vec<PictureBar<'_>> = ranking.order().into_iter().filter_map(bar).collect();
        let described: Vec<String> = bars.iter().map(|bar| format!("{}, {}", bar.name, bar.figure)).collect();
        let left = bars.len().saturating_sub(MOST_DRAWN);
        bars.truncate(MOST_DRAWN);
        let day = head.as_of.map(|day| format!("As of {}. ", day_words(day))).unwrap_or_default();
        QuotePicture {
            lead: capitalized(&plain(&self.bottom_line())),
            scale: method_words(self.scored.method).foot,
            rest: (left > 0).then(|| format!("and {left} more")),
            description: described.join("; "),
            bars,
            foot: [
                format!("{day}This ranks judgements; it proves none of the hypotheses."),
                format!(
                    "Analysis of Competing Hypotheses, {}, version {}",
                    method_words(self.scored.method).score.to_lowercase(),
                    head.version
                ),
            ],
            head,
        }
    }

    /// Returns the entry of this briefing in a list of several.
    #[must_use]
    pub fn shelf_entry(&self, href: String) -> ShelfEntry {
        let head = self.head();
        ShelfEntry {
            href,
            marking: head.marking.map(str::to_owned),
            title: head.title.to_owned(),
            question: head.question.map(str::to_owned),
            lead: plain(&self.lead()),
            firmness: match self.firmness() {
                "" => "No single item or step decides.",
                "fragile" => "Fragile: a single item or step decides.",
                "provisional" => "Provisional: ratings are missing.",
                word => word,
            },
            as_of: head.as_of.map(day_words),
        }
    }

    /// Returns `provisional` or `fragile`; empty for a firm lead and where nobody leads.
    fn firmness(&self) -> &'static str {
        if self.is_provisional() {
            "provisional"
        } else if self.fragility().iter().any(|piece| piece.text.contains("fragile")) {
            "fragile"
        } else {
            ""
        }
    }
}

fn plain(sentence: &Sentence<'_>) -> String {
    sentence.iter().map(|piece| piece.text.as_ref()).collect()
}
