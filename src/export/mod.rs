//! Scenarios in the formats of other programs, one file each.
//!
//! Knows the syntax of each format, and which parts of a scenario it holds. Must never know where the output goes, nor
//! score anything: scores and sentences come from `present`.

mod column;
mod delimited;
mod json;
mod long;
mod markdown;
mod part;
mod stix;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::io::{self, Write};

use crate::document::Document;
use crate::present::RankingReport;
use crate::scenario::{Day, Scenario, keyword};

pub use long::{LongFormat, LongRows, LongWriter};
pub use part::{Part, left_out};
pub use stix::HypothesesAs;

keyword! {
    /// The heads of the columns of hypotheses.
    #[derive(Default)]
    pub enum Heads {
        /// Id and name: `iskp: Islamic State Khorasan Province`.
        #[default]
        Both = "both",
        /// The id alone.
        Id = "id",
        /// The name alone.
        Name = "name",
    }
}

/// Options of the formats; each concerns some of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExportOptions<'a> {
    /// The heads of the columns of hypotheses.
    pub heads: Heads,
    /// Whether cells of CSV and TSV hold their notes beside the ratings.
    pub notes: bool,
    /// Whether CSV and TSV begin with a byte order mark.
    pub bom: bool,
    /// Whether the scores of XLSX are values and not formulas.
    pub values: bool,
    /// The objects that hypotheses become in STIX.
    pub hypotheses_as: HypothesesAs,
    /// The text that the identifiers of STIX are made of; `None` for the title.
    pub id_base: Option<&'a str>,
    /// The day on which the objects of STIX were made; `None` for that of the analysis.
    pub created: Option<Day>,
}

/// A scenario to be exported.
#[derive(Clone, Copy, Debug)]
pub struct ExportCase<'a> {
    /// Its file.
    pub document: &'a Document,
    /// The scenario with the items to export, in order.
    pub scenario: &'a Scenario,
    /// The positions of these items in the file.
    pub positions: &'a [usize],
    /// Flags those that count, one for each.
    pub counts: &'a [bool],
    /// Which items these are, if not all.
    pub extent: Option<&'a str>,
    /// Its ranking; `None` if parts of the scenario contradict each other.
    pub ranking: Option<&'a RankingReport<'a>>,
    /// The options.
    pub options: ExportOptions<'a>,
}

/// Why a scenario was not exported.
#[derive(Debug)]
pub enum ExportError {
    /// The output could not be written.
    Write(io::Error),
    /// The format cannot hold this scenario.
    Refused {
        /// The reason.
        message: String,
        /// The nearest thing that can be done.
        help: String,
    },
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// A format of other programs.
#[derive(Debug)]
pub struct ExportFormat {
    /// The name on the command line.
    pub name: &'static str,
    /// The ending of file names.
    pub ending: &'static str,
    /// Whether a terminal can show it.
    pub is_text: bool,
    /// The parts of a scenario that it does not hold.
    pub lacks: fn(ExportOptions<'_>) -> &'static [Part],
    /// Writes a scenario.
    pub write: fn(&ExportCase<'_>, &mut dyn Write) -> Result<(), ExportError>,
}

/// Every format, in the order of the help.
pub static EXPORT_FORMATS: &[ExportFormat] = &[
    delimited::CSV,
    delimited::TSV,
    #[cfg(feature = "xlsx")]
    xlsx::XLSX,
    markdown::MARKDOWN,
    json::JSON,
    stix::STIX,
];

/// Returns the format of a file by the ending of its name, the longest that fits.
pub fn format_of(name: &str) -> Option<&'static ExportFormat> {
    let name = name.to_ascii_lowercase();
    let fits =
        |format: &&ExportFormat| name.strip_suffix(format.ending).is_some_and(|stem| stem.ends_with('.'));
    EXPORT_FORMATS.iter().filter(fits).max_by_key(|format| format.ending.len())
}
