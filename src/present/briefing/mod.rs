//! The briefing: everything that `ach report` says about a scenario, as sections of plain data.
//!
//! A section is a list of blocks, so that a format knows kinds of blocks and no sections: a new section costs one file
//! here and its line in [`SectionName`]. Sentences name hypotheses in full, and items by their number in the file.

mod block;
mod catalogue;
mod change;
mod course;
mod finding;
mod grid;
mod head;
mod lead;
mod picture;
mod reading;
mod standing;
mod watch;
mod wording;

use super::diff::DiffReport;
use super::scored::ScoredScenario;
use super::section::Section;
use super::sensitivity::SensitivityReport;
use super::{EstimateReport, Objection, Report, Request, RobustnessReport};
use crate::engine::{self, Candidates, Matrix, Next, Ranking, RobustnessOptions, Step};
use crate::scenario::{Evidence, Hypothesis, Method, Scenario, keyword};

pub use block::{
    Bar, BarPart, Block, BriefingSection, BulletList, Card, CatalogueEntry, CatalogueRating, CourseChart,
    CourseLine, FactCell, FactHead, FactRow, FactTable, HeatCell, HeatColumn, HeatMap, HeatRow, Inline,
    LinkTo, Sentence, Trial, Voice,
};
pub use head::BriefingHead;
pub use picture::{PictureBar, QuotePicture, ShelfEntry};

/// Items listed in the matrix and the catalogue; of more, the most diagnostic ones.
const MOST_ITEMS: usize = 2_000;
/// Cells up to which the page can work out what-ifs.
const MOST_LIVE_CELLS: usize = 20_000;

keyword! {
    /// The sections of a briefing, in their order, by their names on the command line and in links.
    pub enum SectionName {
        /// Who leads, how firmly, and what would overturn it.
        Finding = "finding",
        /// The hypotheses beside each other.
        Ranking = "ranking",
        /// The judgements, items and sources that decide who leads.
        Change = "change",
        /// Events to watch for.
        Watch = "watch",
        /// Changes since another version.
        Since = "since",
        /// The probabilities that people state.
        People = "people",
        /// All ratings.
        Matrix = "matrix",
        /// All items and sources.
        Evidence = "evidence",
        /// The ranking as evidence came in.
        Time = "time",
        /// The meaning of the figures, and their limits.
        Method = "method",
    }
}

impl SectionName {
    /// Returns the heading in a word or two, for a menu, and in full.
    const fn headings(self) -> (&'static str, &'static str) {
        match self {
            Self::Finding => ("Bottom line", "Bottom line"),
            Self::Ranking => ("Hypotheses", "How the hypotheses compare"),
            Self::Change => ("Argue first", "Where to argue first"),
            Self::Watch => ("Watch", "What to watch for"),
            Self::Since => ("Changes", "What changed"),
            Self::People => ("People", "How probable people think it"),
            Self::Matrix => ("Ratings", "All ratings"),
            Self::Evidence => ("Evidence", "Evidence and sources"),
            Self::Time => ("Over time", "As the evidence came in"),
            Self::Method => ("How to read", "How to read this"),
        }
    }

    /// Returns the heading in a word or two, for a menu.
    #[must_use]
    pub const fn menu(self) -> &'static str {
        self.headings().0
    }

    /// Returns the heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.headings().1
    }
}

/// The options of a briefing, beside the scenario and the request.
#[derive(Debug)]
pub struct BriefingOptions<'a> {
    /// The sections to show; all if there is none.
    pub sections: &'a [SectionName],
    /// The handling marking that replaces that of the scenario.
    pub marking: Option<&'a str>,
    /// The last part of the path of the file, for commands that a reader sends back.
    pub file: &'a str,
    /// The start of the id that git gives to the content of the file.
    pub version: String,
    /// Whether the page may work out what-ifs.
    pub has_script: bool,
    /// The changes since another version.
    pub since: Option<DiffReport<'a>>,
}

/// A scenario with everything that a briefing says about it.
#[derive(Debug)]
pub struct BriefingReport<'a> {
    scored: ScoredScenario<'a>,
    options: BriefingOptions<'a>,
    /// All items that are listed, those included that are withdrawn or rest on one.
    listed: Matrix,
    /// One a method, in the order of [`Method::ALL`].
    rankings: Vec<Ranking>,
    sensitivity: SensitivityReport<'a>,
    robustness: RobustnessReport<'a>,
    steps: Vec<Step>,
    next: Next,
    estimates: EstimateReport<'a>,
}

impl<'a> BriefingReport<'a> {
    /// Works everything out; `progress` is called now and then with the random draws made and their number.
    ///
    /// # Errors
    /// Objects to more random draws than can be made in a reasonable time.
    pub fn new(
        scenario: &'a Scenario,
        request: Request<'a>,
        options: BriefingOptions<'a>,
        progress: &dyn Fn(u32, u32),
    ) -> Result<Self, Objection> {
        let scored = ScoredScenario::new(scenario, request);
        let ScoredScenario { matrix, method, .. } = &scored;
        let draws = RobustnessOptions::default();
        Ok(Self {
            listed: request.listed(scenario),
            rankings: Method::ALL.iter().map(|method| engine::rank(matrix, *method)).collect(),
            sensitivity: SensitivityReport::new(scenario, request),
            robustness: RobustnessReport::new(scenario, request, draws, progress)?,
            steps: engine::timeline(scenario, matrix, *method),
            next: engine::next(scenario, matrix, *method, Candidates::All),
            estimates: EstimateReport::new(scenario, request),
            scored,
            options,
        })
    }

    /// Returns the sections that were asked for and have something to say.
    #[must_use]
    pub fn sections(&self) -> Vec<BriefingSection<'_>> {
        let named = SectionName::ALL.iter().copied().filter(|name| self.is_wanted(*name));
        let sections = named.map(|name| BriefingSection { name, blocks: self.blocks(name) });
        sections.filter(|section| !section.blocks.is_empty()).collect()
    }

    fn blocks(&self, name: SectionName) -> Vec<Block<'_>> {
        match name {
            SectionName::Finding => self.finding(),
            SectionName::Ranking => self.standings(),
            SectionName::Change => self.to_argue(),
            SectionName::Watch => self.to_watch(),
            SectionName::Since => self.options.since.iter().flat_map(|since| embedded(since)).collect(),
            SectionName::People if self.scored.scenario.estimates.is_empty() => Vec::new(),
            SectionName::People => embedded(&self.estimates),
            SectionName::Matrix => self.heat_map(),
            SectionName::Evidence => self.catalogue(),
            SectionName::Time => self.course(),
            SectionName::Method => self.reading(),
        }
    }

    fn is_wanted(&self, name: SectionName) -> bool {
        self.options.sections.is_empty() || self.options.sections.contains(&name)
    }

    fn hypothesis(&self, at: usize) -> Option<&'a Hypothesis> {
        self.scored.scenario.hypotheses.get(at)
    }

    /// Returns the item of a row of the matrix with its position in the file.
    fn item(&self, row: usize) -> Option<(usize, &'a Evidence)> {
        Some((*self.scored.matrix.items().get(row)?, self.scored.item(row)?))
    }
}

/// Returns the sections of another report, without its title and the command suggested next.
fn embedded(report: &dyn Report) -> Vec<Block<'_>> {
    let told = report.sections().into_iter().filter(|section| {
        !section.is_empty() && !matches!(section, Section::Title { .. } | Section::Next(_))
    });
    told.map(Block::Report).collect()
}
