//! Reports: one value for each question, in words and tables.
//!
//! A report is plain data: serialized, it is the JSON document; [`Records`] are its plain table, and [`Section`]s its
//! titles, tables and sentences for people. Knows the scenario and the engine's results. Must never know formats,
//! colours or the width of a terminal; `report` writes what is made here and computes nothing.

mod bar;
mod blame;
mod briefing;
mod change;
mod changes;
mod chart;
mod code;
mod commit;
mod conclusion;
mod conflict;
mod diff;
mod estimate;
mod explain;
mod faults;
mod finding;
mod heading;
mod installation;
mod json;
mod kind;
mod lead;
mod listing;
mod log;
mod long;
mod matrix;
mod merging;
mod next;
mod objection;
mod order;
mod phrase;
mod post_mortem;
mod ranking;
mod record;
mod resolution;
mod robustness;
#[cfg(test)]
pub(crate) mod sample;
mod scored;
mod section;
mod sensitivity;
mod table;
pub mod target;
mod team;
mod timeline;
mod track_record;
pub mod words;

use std::borrow::Cow;
use std::ffi::OsStr;

use crate::engine::{self, Matrix};
use crate::filter::Filter;
use crate::scenario::Scenario;

pub use blame::BlameReport;
pub use briefing::{
    Bar, BarPart, Block, BriefingHead, BriefingOptions, BriefingReport, BriefingSection, BulletList, Card,
    CatalogueEntry, CatalogueRating, CourseChart, CourseLine, FactCell, FactHead, FactRow, FactTable,
    HeatCell, HeatColumn, HeatMap, HeatRow, Inline, LinkTo, PictureBar, QuotePicture, SectionName, Sentence,
    ShelfEntry, Trial, Voice,
};
pub use change::sentence;
pub use changes::ChangesReport;
pub use chart::{Chart, Course};
pub use code::CodeReport;
pub use commit::CommitNote;
pub use conclusion::Conclusion;
pub use conflict::ConflictText;
pub use diff::{
    Brief, BriefLine, Compared, DiffPart, DiffReport, DiffStat, ListedChanges, Movement, Placed, Shift, Stand,
};
pub use estimate::EstimateReport;
pub use explain::ExplainReport;
pub use faults::{Faults, Finding, Highlight};
pub use finding::{CheckReport, Checked};
pub use heading::Heading;
pub use installation::{InstallationReport, InstalledScenario, InstalledSetting, SettingStatus};
pub use json::OrderedMap;
pub use listing::{Listing, ListingEntry, Sign};
pub use log::{About, LogEntry, LogReport};
pub use long::{LongOrigin, LongRow, LongTable, LongValue};
pub use matrix::MatrixReport;
pub use merging::Merging;
pub use next::NextReport;
pub use objection::{Objection, expected};
pub use order::Order;
pub use phrase::{Phrase, marked};
pub use post_mortem::PostMortemReport;
pub use ranking::RankingReport;
pub use record::{RecordField, Records};
pub use resolution::{OpenConflict, Purpose, ResolutionReport, Underway, Unmerged};
pub use robustness::RobustnessReport;
pub use section::Section;
pub use sensitivity::SensitivityReport;
pub use table::{Align, Cell, Column, Lazy, Role, Sideways, Table, Tone, Total};
pub use team::{Rater, TeamReport};
pub use timeline::TimelineReport;
pub use track_record::TrackRecordReport;

/// The answer to a question, ready to be written in any format. Its serialization is the JSON contract.
pub trait Report: erased_serde::Serialize {
    /// Returns the heading in every output for people.
    fn heading(&self) -> Heading<'_>;

    /// Returns what people read.
    fn sections(&self) -> Vec<Section<'_>>;

    /// Returns the plain table for programs.
    fn records(&self) -> Records<'_>;

    /// Returns the sentences that belong beside the plain table on a page: the conclusion with its caveats.
    fn remarks(&self) -> Vec<Vec<Phrase<'_>>> {
        Vec::new()
    }

    /// Whether Markdown shows the sections, because one plain table cannot hold the answer.
    fn is_told_in_sections(&self) -> bool {
        false
    }
}

erased_serde::serialize_trait_object!(Report);

/// How a scenario is scored and reported.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    /// The method; `None` for the scenario's own.
    pub method: Option<crate::scenario::Method>,
    /// Counts only items known by then; a month or year stands for its last day.
    pub as_of: Option<crate::scenario::Date>,
    /// Counts only the items that this filter lets pass.
    pub filter: Option<&'a Filter>,
    /// The order of evidence.
    pub order: Order,
    /// The file as a command line names it, for the command suggested next; `None` suggests none.
    pub file: Option<&'a OsStr>,
    /// Whether the file is a committed version, so that no command that edits it is suggested.
    pub kept: bool,
}

impl<'a> Request<'a> {
    /// Returns the last day whose evidence counts.
    fn until(&self) -> Option<crate::scenario::Day> {
        self.as_of.map(crate::scenario::Date::last_day)
    }

    /// Flags the items of a scenario that count, by position.
    #[must_use]
    pub fn counts(&self, scenario: &Scenario) -> Vec<bool> {
        match self.filter {
            Some(filter) => engine::counting(scenario, self.until(), filter.passes(scenario)),
            None => engine::counting(scenario, self.until(), |_| true),
        }
    }

    /// The matrix of the items that count.
    fn matrix(&self, scenario: &Scenario) -> Matrix {
        Matrix::of(scenario, &self.counts(scenario))
    }

    /// The matrix of the items that a table lists: those that count, and those that only a withdrawal keeps from
    /// counting, their own or that of a premise.
    fn listed(&self, scenario: &Scenario) -> Matrix {
        let listed = match self.filter {
            Some(filter) => engine::listed(scenario, self.until(), filter.passes(scenario)),
            None => engine::listed(scenario, self.until(), |_| true),
        };
        Matrix::of(scenario, &listed)
    }

    /// Returns the positions of the items that a table lists, in the order asked for.
    #[must_use]
    pub fn positions(&self, scenario: &Scenario) -> Vec<usize> {
        let listed = self.listed(scenario);
        let rows = self.order.rows(scenario, &listed);
        rows.into_iter().filter_map(|row| listed.items().get(row).copied()).collect()
    }

    /// Adds to a text which items count, where not all do.
    #[must_use]
    pub fn limits(&self, mut text: String) -> String {
        text.extend(self.as_of.map(|day| format!(", as known on {day}")));
        text.extend(self.filter_line().map(|line| format!(", where {line}")));
        text
    }

    /// The line of the filter.
    fn filter_line(&self) -> Option<&'a str> {
        self.filter.map(Filter::as_str)
    }

    /// Sets the order of evidence.
    #[must_use]
    pub const fn ordered(mut self, order: Order) -> Self {
        self.order = order;
        self
    }
}

/// Returns the section that suggests a command on the same file, with its purpose.
fn next_command<'a>(command: &str, request: Request<'_>, purpose: &str) -> Option<Section<'a>> {
    let file = request.file?;
    Some(Section::Next(format!("ach {command} {} {purpose}", shell_word(file))))
}

/// Like `next_command`, for a command that edits the file. `None` for a committed version.
fn next_edit<'a>(command: &str, request: Request<'_>, purpose: &str) -> Option<Section<'a>> {
    if request.kept { None } else { next_command(command, request, purpose) }
}

/// Returns a file name as one word of a command line; bytes that are not UTF-8 are written as `$'\NNN'`.
#[must_use]
pub fn shell_word(file: &(impl AsRef<OsStr> + ?Sized)) -> Cow<'_, str> {
    let file = file.as_ref();
    let safe = |c: char| c.is_alphanumeric() || "-_./:@%+,=~".contains(c);
    match file.to_str() {
        Some(name) if !name.is_empty() && name.chars().all(safe) => Cow::Borrowed(name),
        Some(name) => Cow::Owned(format!("'{}'", name.replace('\'', r"'\''"))),
        None => {
            let mut word = String::from("$'");
            for chunk in file.as_encoded_bytes().utf8_chunks() {
                for c in chunk.valid().chars() {
                    if matches!(c, '\'' | '\\') {
                        word.push('\\');
                    }
                    word.push(c);
                }
                word.extend(chunk.invalid().iter().map(|byte| format!("\\{byte:03o}")));
            }
            word.push('\'');
            Cow::Owned(word)
        }
    }
}
