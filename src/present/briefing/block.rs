//! The parts that the sections of a briefing are made of: paragraphs, lists, tables, cards, the matrix, the catalogue.
//!
//! Plain data that every format of a briefing can write. Must never know how it looks.

use std::borrow::Cow;

use super::SectionName;
use crate::present::phrase::Phrase;
use crate::present::section::Section;
use crate::present::table::{Align, Tone};
use crate::scenario::{Evidence, Hypothesis, Level, Method, Rating};

/// Where a piece of text leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTo<'a> {
    /// The entry of an item in the catalogue, by its id.
    Item(&'a str),
    /// An address on the web.
    Web(&'a str),
}

/// A piece of a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline<'a> {
    /// The text as the scenario has it; formats escape it.
    pub text: Cow<'a, str>,
    /// Its emphasis.
    pub tone: Tone,
    /// Where it leads, if anywhere.
    pub link: Option<LinkTo<'a>>,
}

impl<'a> From<Phrase<'a>> for Inline<'a> {
    fn from(phrase: Phrase<'a>) -> Self {
        Self { text: phrase.text, tone: phrase.tone, link: None }
    }
}

/// A sentence, or several that belong together.
pub type Sentence<'a> = Vec<Inline<'a>>;

/// Returns a piece of text without emphasis.
pub(super) fn say<'a>(text: impl Into<Cow<'a, str>>) -> Inline<'a> {
    Inline { text: text.into(), ..Inline::default() }
}

/// Returns an emphasised piece of text.
pub(super) fn stress<'a>(text: impl Into<Cow<'a, str>>) -> Inline<'a> {
    Inline { text: text.into(), tone: Tone::Strong, link: None }
}

/// Returns a piece of text that leads to an item or a section.
pub(super) fn link<'a>(text: impl Into<Cow<'a, str>>, to: LinkTo<'a>) -> Inline<'a> {
    Inline { text: text.into(), tone: Tone::Plain, link: Some(to) }
}

/// Returns sentences of another report as pieces of one paragraph.
pub(super) fn joined<'a>(sentences: impl IntoIterator<Item = Vec<Phrase<'a>>>) -> Sentence<'a> {
    let mut said: Sentence<'a> = Vec::new();
    for sentence in sentences.into_iter().filter(|sentence| !sentence.is_empty()) {
        if !said.is_empty() {
            said.push(say(" "));
        }
        said.extend(sentence.into_iter().map(Inline::from));
    }
    said
}

/// The part of a briefing on one subject.
#[derive(Debug)]
pub struct BriefingSection<'a> {
    /// Its name on the command line and in links.
    pub name: SectionName,
    /// Its content.
    pub blocks: Vec<Block<'a>>,
}

/// How a paragraph speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The finding itself, to be quoted whole.
    Lead,
    /// Ordinary text.
    Body,
    /// An explanation in the background.
    Aside,
    /// A reservation that no reader may miss.
    Reservation,
}

/// A part of a section.
#[derive(Debug)]
pub enum Block<'a> {
    /// A heading within the section.
    Heading(Cow<'static, str>),
    /// A paragraph.
    Paragraph(Voice, Sentence<'a>),
    /// Words of the analysts.
    Quotation(&'a str),
    /// Short lists side by side.
    Lists(Vec<BulletList<'a>>),
    /// A table of facts and figures.
    Table(FactTable<'a>),
    /// Entries that each stand for themselves.
    Cards(Vec<Card<'a>>),
    /// The ratings, with scores and ranks.
    Matrix(HeatMap<'a>),
    /// Every item in full.
    Catalogue(Vec<CatalogueEntry<'a>>),
    /// Scores over time.
    Course(CourseChart<'a>),
    /// A section of another report.
    Report(Section<'a>),
}

impl<'a> Block<'a> {
    pub(super) fn heading(text: impl Into<Cow<'static, str>>) -> Self {
        Self::Heading(text.into())
    }

    pub(super) fn body(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Paragraph(Voice::Body, vec![say(text)])
    }

    pub(super) fn aside(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Paragraph(Voice::Aside, vec![say(text)])
    }
}

/// A short list under a heading.
#[derive(Debug)]
pub struct BulletList<'a> {
    /// The heading, a question.
    pub heading: &'static str,
    /// The points.
    pub points: Vec<Sentence<'a>>,
}

/// A table of facts.
#[derive(Debug)]
pub struct FactTable<'a> {
    /// The subject of the table.
    pub caption: Cow<'a, str>,
    /// The heads; the first names the row.
    pub heads: Vec<FactHead<'a>>,
    /// The rows, a cell for each head.
    pub rows: Vec<FactRow<'a>>,
    /// The parts of its bars with their meaning; empty where that needs no words.
    pub legend: Vec<(u8, String)>,
}

impl<'a> FactTable<'a> {
    /// Returns a table without a legend.
    pub(super) fn new(
        caption: impl Into<Cow<'a, str>>,
        heads: impl IntoIterator<Item = (&'static str, Align)>,
        rows: impl IntoIterator<Item = FactRow<'a>>,
    ) -> Self {
        let heads = heads.into_iter().map(|(title, align)| FactHead { title: title.into(), align });
        Self {
            caption: caption.into(),
            heads: heads.collect(),
            rows: rows.into_iter().collect(),
            legend: Vec::new(),
        }
    }
}

/// The head of a column of facts.
#[derive(Clone, Debug)]
pub struct FactHead<'a> {
    /// The text.
    pub title: Cow<'a, str>,
    /// The alignment of the column.
    pub align: Align,
}

/// A row of facts.
#[derive(Debug, Default)]
pub struct FactRow<'a> {
    /// Whether it is about a hypothesis that leads.
    pub leads: bool,
    /// Whether it is about something that is only listed.
    pub aside: bool,
    /// Its cells.
    pub cells: Vec<FactCell<'a>>,
}

impl<'a> FactRow<'a> {
    pub(super) fn of(cells: Vec<FactCell<'a>>) -> Self {
        Self { cells, ..Self::default() }
    }
}

/// A cell of facts.
#[derive(Debug, Default)]
pub struct FactCell<'a> {
    /// The fact.
    pub main: Sentence<'a>,
    /// Smaller lines below.
    pub beside: Vec<Sentence<'a>>,
    /// A bar that shows the figure.
    pub bar: Option<Bar>,
}

impl<'a> FactCell<'a> {
    /// Returns a cell with one text.
    pub(super) fn of(text: impl Into<Cow<'a, str>>) -> Self {
        Self::said(vec![say(text)])
    }

    /// Returns a cell with a sentence.
    pub(super) fn said(main: Sentence<'a>) -> Self {
        Self { main, ..Self::default() }
    }
}

/// A bar in parts, on a scale from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// The parts.
    pub parts: Vec<BarPart>,
}

/// A part of a bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BarPart {
    /// Where it begins.
    pub start: f64,
    /// Its length.
    pub length: f64,
    /// Its shade: 0 for a single bar, else the place that it stands for, 5 and lower being alike.
    pub shade: u8,
}

/// An entry that stands for itself: a judgement to argue with, an event to watch for.
#[derive(Debug, Default)]
pub struct Card<'a> {
    /// The subject in a few words.
    pub subject: Sentence<'a>,
    /// A word of warning, such as that it is overdue.
    pub warning: Option<&'static str>,
    /// The text it is about.
    pub text: Cow<'a, str>,
    /// Remarks on it, each on a line of its own.
    pub lines: Vec<Sentence<'a>>,
    /// The change that a reader of the page can try.
    pub trial: Option<Trial<'a>>,
}

/// A change of one rating that a reader can try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trial<'a> {
    /// The id of the item.
    pub item: &'a str,
    /// The id of the hypothesis.
    pub hypothesis: &'a str,
    /// The rating to try.
    pub to: Rating,
}

/// The ratings, with scores and ranks below.
#[derive(Debug)]
pub struct HeatMap<'a> {
    /// The method of the scores.
    pub method: Method,
    /// The name of the scores.
    pub score_name: &'static str,
    /// Weight of one step of the rating scale in bans.
    pub bans_per_step: f64,
    /// Whether the page may work out what-ifs.
    pub is_live: bool,
    /// The columns.
    pub columns: Vec<HeatColumn<'a>>,
    /// The rows.
    pub rows: Vec<HeatRow<'a>>,
}

/// A hypothesis above its ratings.
#[derive(Debug)]
pub struct HeatColumn<'a> {
    /// The hypothesis.
    pub hypothesis: &'a Hypothesis,
    /// Its rank, if it has one.
    pub rank: Option<usize>,
    /// Its score as it is shown.
    pub score: Option<String>,
}

/// An item with its ratings.
#[derive(Debug)]
pub struct HeatRow<'a> {
    /// Its number in the file, from 1.
    pub number: usize,
    /// The item.
    pub item: &'a Evidence,
    /// The word before its text that says what sort of statement it is; empty for a fact.
    pub label: &'static str,
    /// Whether it counts.
    pub counts: bool,
    /// Whether nobody searched for it, so that its ratings count as not applicable.
    pub unsearched: bool,
    /// Whether it decides, left out alone, who leads.
    pub decides: bool,
    /// Its ratings, one for each column.
    pub cells: Vec<HeatCell>,
}

/// A rating.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeatCell {
    /// The rating; `None` for a blank.
    pub rating: Option<Rating>,
    /// Its confidence where that is stated.
    pub confidence: Option<Level>,
    /// Whether it has a note.
    pub has_note: bool,
}

/// An item in full.
#[derive(Debug)]
pub struct CatalogueEntry<'a> {
    /// Its number in the file, from 1.
    pub number: usize,
    /// The item.
    pub item: &'a Evidence,
    /// The word before its text that says what sort of statement it is; empty for a fact.
    pub label: &'static str,
    /// Why it does not count; empty if it does.
    pub aside: String,
    /// Whether it decides, left out alone, who leads.
    pub decides: bool,
    /// Dates, sources, weight and the like, each on a line of its own.
    pub facts: Vec<Sentence<'a>>,
    /// Its ratings that speak or have a note.
    pub ratings: Vec<CatalogueRating<'a>>,
    /// The other ratings in one line; empty if there are none.
    pub rest: String,
}

/// A rating in full.
#[derive(Debug)]
pub struct CatalogueRating<'a> {
    /// The hypothesis.
    pub hypothesis: &'a Hypothesis,
    /// The rating; `None` for a blank.
    pub rating: Option<Rating>,
    /// The rating and its confidence in words.
    pub words: String,
    /// Its note.
    pub note: Option<&'a str>,
}

/// Scores on each day that changed them.
#[derive(Debug)]
pub struct CourseChart<'a> {
    /// The subject.
    pub caption: String,
    /// The days, in words, each with its place on the axis from 0 to 1.
    pub days: Vec<(f64, String)>,
    /// The lowest and highest score as they are shown.
    pub ends: (String, String),
    /// The lines.
    pub lines: Vec<CourseLine<'a>>,
}

/// The scores of one hypothesis.
#[derive(Debug)]
pub struct CourseLine<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether it leads on the last day.
    pub leads: bool,
    /// Its score on each day from 0, the lowest, to 1; `None` while it has none.
    pub places: Vec<Option<f64>>,
}
