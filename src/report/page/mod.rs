//! The briefing as one HTML page that asks for nothing: no request, no font, no image, and a policy that allows its own
//! style and script by their hashes and nothing else.
//!
//! The templates stand beside this file and escape every value by their ending. Must never compute a figure: places on
//! the page are all that is worked out here.

mod alone;
mod chart;

use std::io::{self, Write};

use askama::Template;
use askama::filters::HtmlSafe;

use crate::present::{
    Align, Block, BriefingHead, BriefingReport, BriefingSection, CatalogueEntry, CourseChart, FactCell,
    FactHead, FactRow, FactTable, HeatCell, HeatColumn, HeatMap, HeatRow, Inline, LinkTo, Listing,
    ListingEntry, Phrase, QuotePicture, Section, SectionName, Table, Tone, Voice, words,
};
use crate::scenario::{Method, Rating};
use crate::text::sanitize_lines;
use alone::PictureTemplate;
pub use alone::{write_picture, write_shelf};
use chart::{DrawnLine, across, day_labels, drawn};

/// The style of the page.
pub const STYLE: &str = include_str!("style.css");
/// The script of the page: scores and ranks, then what-ifs.
pub const SCRIPT: &str = concat!(include_str!("engine.js"), include_str!("what-if.js"));
/// The hash by which the policy of the page allows its style.
pub const STYLE_HASH: &str = "sha256-SUcIyQEgQ0YMhsxOUkrCvNvPWBRuXF55v+MCR61jbdQ=";
/// The hash by which the policy of the page allows its script.
pub const SCRIPT_HASH: &str = "sha256-z/fvhDLi7VzZMM18BU1wmQg8BFE1sIzst83ERi08Iqc=";

/// The ratings with their words, for the legend.
const SCALE: [(&str, &str); 7] = [
    ("CC", "very consistent"),
    ("C", "consistent"),
    ("N", "neutral: could go either way"),
    ("I", "inconsistent"),
    ("II", "very inconsistent"),
    ("NA", "not applicable"),
    ("", "not rated yet"),
];

/// Writes a briefing as a page.
///
/// # Errors
/// Whatever the writer answers.
pub fn write_page(report: &BriefingReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (head, sections) = (report.head(), report.sections());
    let has = |name| sections.iter().any(|section| section.name == name);
    let is_live = sections.iter().flat_map(|section| &section.blocks).any(is_live);
    let page = Page {
        head: &head,
        picture: &report.picture(),
        has_evidence: has(SectionName::Evidence),
        has_matrix: has(SectionName::Matrix),
        is_live,
    };
    let text = PageTemplate { page, sections: &sections }.render().map_err(io::Error::other)?;
    // Whatever acts unseen on the direction of text comes from the scenario, and is shown.
    out.write_all(sanitize_lines(&text).as_bytes())
}

fn is_live(block: &Block<'_>) -> bool {
    matches!(block, Block::Matrix(map) if map.is_live)
}

/// Facts about the whole page that its parts depend on.
#[derive(Clone, Copy, Debug)]
struct Page<'a> {
    head: &'a BriefingHead<'a>,
    picture: &'a QuotePicture<'a>,
    has_evidence: bool,
    has_matrix: bool,
    /// Whether the page has a script.
    is_live: bool,
}

impl Page<'_> {
    /// Returns the name of the scenario's file without its ending.
    fn file_stem(&self) -> &str {
        self.head.file.strip_suffix(".toml").unwrap_or(self.head.file)
    }
}

#[derive(Template)]
#[template(path = "page.html")]
struct PageTemplate<'p, 'a> {
    page: Page<'p>,
    sections: &'p [BriefingSection<'a>],
}

impl<'p, 'a> PageTemplate<'p, 'a> {
    fn block(&self, block: &'p Block<'a>) -> BlockTemplate<'p, 'a> {
        BlockTemplate { page: self.page, block }
    }

    /// Returns the picture to quote for the section that it quotes; `None` for others, and where no script can save it.
    fn picture_of(&self, section: &BriefingSection<'a>) -> Option<PictureTemplate<'p>> {
        let is_quoted = self.page.is_live && section.name == SectionName::Finding;
        is_quoted.then(|| PictureTemplate::new(self.page.picture))
    }
}

#[derive(Template)]
#[template(path = "block.html")]
struct BlockTemplate<'p, 'a> {
    page: Page<'p>,
    block: &'p Block<'a>,
}

impl<'p, 'a> BlockTemplate<'p, 'a> {
    fn sentence<'b>(&self, pieces: &'b [Inline<'b>]) -> SentenceTemplate<'b> {
        SentenceTemplate { pieces }
    }

    fn facts<'b>(&self, table: &'b FactTable<'b>) -> FactsTemplate<'b> {
        FactsTemplate { table }
    }

    fn matrix<'b>(&self, map: &'b HeatMap<'b>) -> MatrixTemplate<'b>
    where
        'p: 'b,
    {
        MatrixTemplate { page: self.page, map }
    }

    fn catalogue<'b>(&self, entries: &'b [CatalogueEntry<'b>]) -> CatalogueTemplate<'b>
    where
        'p: 'b,
    {
        CatalogueTemplate { page: self.page, entries }
    }

    fn course<'b>(&self, chart: &'b CourseChart<'b>) -> CourseTemplate<'b> {
        CourseTemplate { chart }
    }

    fn report<'b>(&self, section: &'b Section<'a>) -> SectionTemplate<'b, 'a> {
        SectionTemplate { section }
    }

    fn voice_class(&self, voice: &Voice) -> &'static str {
        match voice {
            Voice::Lead => "say",
            Voice::Body => "body",
            Voice::Aside => "lede",
            Voice::Reservation => "reserve",
        }
    }

    fn is_lead(&self, voice: &Voice) -> bool {
        *voice == Voice::Lead
    }
}

#[derive(Template)]
#[template(path = "sentence.html")]
struct SentenceTemplate<'a> {
    pieces: &'a [Inline<'a>],
}

#[derive(Template)]
#[template(path = "facts.html")]
struct FactsTemplate<'a> {
    table: &'a FactTable<'a>,
}

impl<'a> FactsTemplate<'a> {
    fn cells(&self, row: &'a FactRow<'a>) -> Vec<(&'a FactHead<'a>, &'a FactCell<'a>)> {
        self.table.heads.iter().zip(&row.cells).collect()
    }

    /// Whether a column names the row: the first, or the one after the rank.
    fn is_key(&self, column: &usize) -> bool {
        let is_ranked = self.table.heads.first().is_some_and(|head| head.title == "Rank");
        *column == usize::from(is_ranked)
    }

    fn sentence<'b>(&self, pieces: &'b [Inline<'b>]) -> SentenceTemplate<'b> {
        SentenceTemplate { pieces }
    }

    /// Returns a share of a bar as a coordinate from 0 to 100.
    fn coordinate(&self, share: &f64) -> String {
        format!("{:.2}", 100.0 * share)
    }
}

#[derive(Template)]
#[template(path = "matrix.html")]
struct MatrixTemplate<'a> {
    page: Page<'a>,
    map: &'a HeatMap<'a>,
}

impl<'a> MatrixTemplate<'a> {
    fn cells(&self, row: &'a HeatRow<'a>) -> Vec<(&'a HeatColumn<'a>, &'a HeatCell)> {
        self.map.columns.iter().zip(&row.cells).collect()
    }

    fn letters(&self, cell: &HeatCell) -> &'static str {
        cell.rating.map_or("", Rating::as_str)
    }

    fn shown(&self, cell: &HeatCell) -> &'static str {
        cell.rating.map_or("\u{b7}", Rating::as_str)
    }

    /// Returns what a screen reader says of a rating.
    fn cell_words(&self, cell: &HeatCell) -> String {
        let letters = self.letters(cell);
        let words = SCALE.iter().find(|(known, _)| *known == letters).map_or("", |(_, words)| words);
        let words = self.short_words(words);
        let confidence = cell.confidence.map(|level| format!(", {level} confidence")).unwrap_or_default();
        let note = if cell.has_note { ", has a note" } else { "" };
        let letters = if letters.is_empty() { String::new() } else { format!("{letters}, ") };
        format!("{letters}{words}{confidence}{note}")
    }

    /// Returns the words of a rating without what explains them.
    fn short_words(&self, words: &'static str) -> &'static str {
        words.split(':').next().unwrap_or_default()
    }

    fn is_chosen(&self, method: &Method) -> bool {
        *method == self.map.method
    }

    fn lower(&self, method: &Method) -> String {
        words::method_words(*method).score.to_lowercase()
    }

    /// Returns the name of a method's scores below the matrix.
    fn foot(&self, method: &Method) -> &'static str {
        words::method_words(*method).foot
    }

    fn spaced(&self, ids: &[String]) -> String {
        ids.join(" ")
    }

    fn ordinal(&self, rank: &usize) -> String {
        format!("#{rank}")
    }
}

#[derive(Template)]
#[template(path = "catalogue.html")]
struct CatalogueTemplate<'a> {
    page: Page<'a>,
    entries: &'a [CatalogueEntry<'a>],
}

impl CatalogueTemplate<'_> {
    fn sentence<'b>(&self, pieces: &'b [Inline<'b>]) -> SentenceTemplate<'b> {
        SentenceTemplate { pieces }
    }

    fn rating_letters(&self, rating: &Option<Rating>) -> &'static str {
        rating.map_or("", Rating::as_str)
    }

    fn rating_shown(&self, rating: &Option<Rating>) -> &'static str {
        rating.map_or("\u{b7}", Rating::as_str)
    }
}

#[derive(Template)]
#[template(path = "course.html")]
struct CourseTemplate<'a> {
    chart: &'a CourseChart<'a>,
}

impl CourseTemplate<'_> {
    fn across(&self, share: &f64) -> String {
        across(*share)
    }

    fn day_labels(&self) -> Vec<(String, &'static str, &str)> {
        day_labels(self.chart)
    }

    fn drawn(&self) -> Vec<DrawnLine<'_>> {
        drawn(self.chart)
    }
}

#[derive(Template)]
#[template(path = "section.html")]
struct SectionTemplate<'p, 'a> {
    section: &'p Section<'a>,
}

impl<'a> SectionTemplate<'_, 'a> {
    fn phrases<'b>(&self, said: &'b [Phrase<'b>]) -> PhrasesTemplate<'b> {
        PhrasesTemplate { said }
    }

    fn column_name<'b>(&self, table: &'b Table<'_>, at: &usize) -> &'b str {
        table.columns.get(*at).map_or("", |column| &column.name)
    }

    fn entries(&self, listing: &Listing<'a>) -> Vec<(ListingEntry<'a>, Vec<Vec<Phrase<'a>>>)> {
        listing.entries.iter().zip(listing.words.iter()).collect()
    }
}

#[derive(Template)]
#[template(path = "phrases.html")]
struct PhrasesTemplate<'a> {
    said: &'a [Phrase<'a>],
}

// Parts that are escaped already.
impl HtmlSafe for BlockTemplate<'_, '_> {}
impl HtmlSafe for SentenceTemplate<'_> {}
impl HtmlSafe for FactsTemplate<'_> {}
impl HtmlSafe for MatrixTemplate<'_> {}
impl HtmlSafe for CatalogueTemplate<'_> {}
impl HtmlSafe for CourseTemplate<'_> {}
impl HtmlSafe for SectionTemplate<'_, '_> {}
impl HtmlSafe for PhrasesTemplate<'_> {}
impl HtmlSafe for PictureTemplate<'_> {}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    /// Encodes as the policy wants it: base64 of the SHA-256.
    fn hash(text: &str) -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let digest = Sha256::digest(text.as_bytes());
        let mut encoded = String::from("sha256-");
        for chunk in digest.chunks(3) {
            let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
                << (8 * (3 - chunk.len()));
            for place in 0..4 {
                let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
                encoded.push(if place > chunk.len() { '=' } else { char::from(letter) });
            }
        }
        encoded
    }

    #[test]
    fn the_policy_allows_the_style_and_the_script_of_the_page() {
        assert_eq!((STYLE_HASH, SCRIPT_HASH), (&*hash(STYLE), &*hash(SCRIPT)));
        assert!((STYLE.to_owned() + SCRIPT).is_ascii(), "the page escapes what is not");
        assert!(
            !SCRIPT.contains("</") && !STYLE.contains("</") && SCRIPT.len() <= 14_000,
            "{}",
            SCRIPT.len()
        );
    }
}
