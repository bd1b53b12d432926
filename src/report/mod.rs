//! Formats of reports, one file each.
//!
//! A format knows its syntax and what must be escaped; it reads report values and computes nothing. Must never know
//! where the output goes: colour and width are options.

mod csv;
mod json;
mod markdown;
pub mod page;
mod snippet;
mod spark;
mod terminal;

use std::io::{self, Write};

use crate::present::Report;

pub(crate) use csv::exact;
pub use json::{write_json, write_json_line};
pub(crate) use markdown::escape as escape_markdown;
pub use markdown::write_briefing;
pub use page::{write_page, write_picture, write_shelf};
pub use snippet::{write_error, write_faults};

/// The colours of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// None.
    #[default]
    None,
    /// The sixteen colours of every terminal.
    Sixteen,
    /// The 256 colours of nearly every terminal.
    Many,
}

/// The properties of the output.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Columns that lines for people may take.
    pub width: usize,
    /// The colours that they may have.
    pub colour: Colour,
    /// Whether to leave out what is not the answer itself, such as the command suggested next.
    pub quiet: bool,
}

/// The least width; narrower terminals get lines of this width.
pub const MIN_WIDTH: usize = 40;
/// The width if nothing else is known.
pub const DEFAULT_WIDTH: usize = 100;

impl Default for Options {
    fn default() -> Self {
        Self { width: DEFAULT_WIDTH, colour: Colour::None, quiet: false }
    }
}

/// A format of reports.
pub trait Format: std::fmt::Debug + Sync {
    /// Returns the name on the command line.
    fn name(&self) -> &'static str;

    /// Whether one output can hold several reports.
    fn holds_several(&self) -> bool {
        true
    }

    /// Writes reports, each about one file.
    ///
    /// # Errors
    /// Whatever the writer answers.
    fn write(&self, reports: &[&dyn Report], options: Options, out: &mut dyn Write) -> io::Result<()>;
}

/// Every format, the default first.
pub const FORMATS: &[&dyn Format] = &[&terminal::Text, &json::Json, &csv::Csv, &markdown::Markdown];

/// The format if none is asked for.
pub const DEFAULT_FORMAT: &dyn Format = &terminal::Text;

/// Returns the format with this name.
pub fn format(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}
