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
    Align, Block, BriefingHead, BriefingReport, BriefingSection, CourseChart, FactCell, FactHead, FactRow,
    FactTable, HeatCell, HeatColumn, HeatMap, HeatRow, LinkTo, Listing, ListingEntry, Phrase, QuotePicture,
    Section, SectionName, Table, Tone, Voice, words,
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
    /// Returns the picture to quote for the section that it quotes; `None` for others, and where no script can save it.
    fn picture_of(&self, section: &BriefingSection<'a>) -> Option<PictureTemplate<'p>> {
        let is_quoted = self.page.is_live && section.name == SectionName::Finding;
        is_quoted.then(|| PictureTemplate::new(self.page.picture))
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

    fn facts<'b>(
        &self,
        table: &'b FactTable<'b>,
        row: &'b FactRow<'b>,
    ) -> Vec<(&'b FactHead<'b>, &'b FactCell<'b>)> {
        table.heads.iter().zip(&row.cells).collect()
    }

    /// Whether a column names the row: the first, or the one after the rank.
    fn is_key(&self, table: &FactTable<'_>, column: &usize) -> bool {
        let is_ranked = table.heads.first().is_some_and(|head| head.title == "Rank");
        *column == usize::from(is_ranked)
    }

    /// Returns a share of a bar as a coordinate from 0 to 100.
    fn coordinate(&self, share: &f64) -> String {
        format!("{:.2}", 100.0 * share)
    }

    fn rated<'b>(
        &self,
        map: &'b HeatMap<'b>,
        row: &'b HeatRow<'b>,
    ) -> Vec<(&'b HeatColumn<'b>, &'b HeatCell)> {
        map.columns.iter().zip(&row.cells).collect()
    }

    fn letters(&self, rating: &Option<Rating>) -> &'static str {
        rating.map_or("", Rating::as_str)
    }

    fn shown(&self, rating: &Option<Rating>) -> &'static str {
        rating.map_or("\u{b7}", Rating::as_str)
    }

    /// Returns what a screen reader says of a rating.
    fn cell_words(&self, cell: &HeatCell) -> String {
        let letters = self.letters(&cell.rating);
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

    fn is_chosen(&self, map: &HeatMap<'_>, method: &Method) -> bool {
        *method == map.method
    }

    fn lower(&self, method: &Method) -> String {
        words::method_words(*method).score.to_lowercase()
    }

    /// Returns the name of a method's scores below the matrix.
    fn foot(&self, method: &Method) -> &'static str {
        words::method_words(*method).foot
    }

    fn across(&self, share: &f64) -> String {
        across(*share)
    }

    fn day_labels<'b>(&self, chart: &'b CourseChart<'_>) -> Vec<(String, &'static str, &'b str)> {
        day_labels(chart)
    }

    fn drawn<'b>(&self, chart: &'b CourseChart<'_>) -> Vec<DrawnLine<'b>> {
        drawn(chart)
    }

    fn column_name<'b>(&self, table: &'b Table<'_>, at: &usize) -> &'b str {
        table.columns.get(*at).map_or("", |column| &column.name)
    }

    fn entries<'b>(&self, listing: &Listing<'b>) -> Vec<(ListingEntry<'b>, Vec<Vec<Phrase<'b>>>)> {
        listing.entries.iter().zip(listing.words.iter()).collect()
    }
}

// The picture is escaped already.
impl HtmlSafe for PictureTemplate<'_> {}
