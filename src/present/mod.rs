//! What is said: one report value for each question, in words and tables.
//!
//! A report knows the scenario, the engine's results and how people and programs want to hear them: as JSON (the
//! value itself, serialised), as records (one plain table) and as sections (titles, tables, sentences with tones).
//! Must never know formats, colours or the width of a terminal: `report` writes what is said here, and computes
//! nothing.

mod bar;
mod blame;
mod change;
mod chart;
mod code;
mod commit;
mod conclusion;
mod conflict;
mod diff;
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
mod matrix;
mod merging;
mod next;
mod objection;
mod order;
mod phrase;
mod ranking;
mod record;
mod resolution;
mod robustness;
#[cfg(test)]
pub(crate) mod sample;
mod section;
mod sensitivity;
mod table;
pub mod target;
mod team;
mod timeline;
pub mod words;

use std::borrow::Cow;

pub use blame::BlameReport;
pub use change::sentence;
pub use chart::{Chart, Course};
pub use code::CodeReport;
pub use commit::CommitNote;
pub use conclusion::Conclusion;
pub use conflict::ConflictText;
pub use diff::{
    Brief, BriefLine, Compared, DiffPart, DiffParts, DiffReport, DiffStat, Movement, Placed, Shift, Stand,
};
pub use explain::ExplainReport;
pub use faults::{Faults, Finding, Highlight};
pub use finding::{CheckReport, Checked};
pub use heading::Heading;
pub use installation::{InstallationReport, SettingStatus};
pub use listing::{Listing, ListingEntry, Sign};
pub use log::{About, LogEntry, LogReport};
pub use matrix::MatrixReport;
pub use merging::Merging;
pub use next::NextReport;
pub use objection::{Objection, expected};
pub use order::Order;
pub use phrase::{Phrase, marked};
pub use ranking::RankingReport;
pub use record::{RecordField, Records};
pub use resolution::{OpenConflict, Purpose, ResolutionReport, Underway};
pub use robustness::RobustnessReport;
pub use section::Section;
pub use sensitivity::SensitivityReport;
pub use table::{Align, Cell, Column, Lazy, Role, Sideways, Table, Tone, Total};
pub use team::{Rater, TeamReport};
pub use timeline::TimelineReport;

/// An answer to a question, ready to be written in any format. Its serialisation is the JSON contract.
pub trait Report: erased_serde::Serialize {
    /// What stands over it in every output for people.
    fn heading(&self) -> Heading<'_>;

    /// What it says to people.
    fn sections(&self) -> Vec<Section<'_>>;

    /// What it says to programs that read tables.
    fn records(&self) -> Records<'_>;

    /// Whether one plain table cannot hold the answer, so that a page for people such as Markdown has the sections
    /// instead.
    fn is_told_in_sections(&self) -> bool {
        false
    }
}

erased_serde::serialize_trait_object!(Report);

/// How a scenario is to be scored and spoken about.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    /// The method, where it is not the scenario's own.
    pub method: Option<crate::scenario::Method>,
    /// Count only what was known then; of a month or year its last day counts.
    pub as_of: Option<crate::scenario::Date>,
    /// How evidence is listed.
    pub order: Order,
    /// The file as a command line would name it, for the command suggested next; `None` suggests none.
    pub file: Option<&'a str>,
    /// Whether the file is a version that git keeps: a command that changes it is then none to suggest.
    pub kept: bool,
}

impl Request<'_> {
    /// The last day whose evidence counts.
    fn until(&self) -> Option<crate::scenario::Day> {
        self.as_of.map(crate::scenario::Date::last_day)
    }

    /// The same with evidence listed in this order.
    #[must_use]
    pub const fn ordered(mut self, order: Order) -> Self {
        self.order = order;
        self
    }
}

/// The section that names the command to run next on the same file, with what it is good for.
fn next_command<'a>(command: &str, request: Request<'_>, purpose: &str) -> Option<Section<'a>> {
    let file = request.file?;
    Some(Section::Next(format!("ach {command} {} {purpose}", shell_word(file))))
}

/// The same of a command that changes the file; none where it cannot be changed.
fn next_edit<'a>(command: &str, request: Request<'_>, purpose: &str) -> Option<Section<'a>> {
    if request.kept { None } else { next_command(command, request, purpose) }
}

/// A file name as one word of a command line.
#[must_use]
pub fn shell_word(file: &str) -> Cow<'_, str> {
    let safe = |c: char| c.is_alphanumeric() || "-_./:@%+,=~".contains(c);
    if !file.is_empty() && file.chars().all(safe) {
        return Cow::Borrowed(file);
    }
    Cow::Owned(format!("'{}'", file.replace('\'', r"'\''")))
}
