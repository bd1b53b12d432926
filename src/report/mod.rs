//! How it is written: one file for each format.
//!
//! A format knows its syntax and what may not pass through it raw; it reads report values and computes nothing. Must
//! never know where the output goes: colour and width are told.

mod csv;
mod json;
mod markdown;
mod snippet;
mod spark;
mod terminal;

use std::io::{self, Write};

use crate::present::Report;

pub use json::write_json;
pub use snippet::{write_error, write_faults};

/// How many colours the output may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// None.
    #[default]
    None,
    /// The sixteen of every terminal.
    Sixteen,
    /// The 256 of nearly every terminal.
    Many,
}

/// What a format is told about the place it writes to.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Columns that lines for people may take.
    pub width: usize,
    /// How many colours they may have.
    pub colour: Colour,
    /// Whether what is not the answer itself, such as the command suggested next, is left out.
    pub quiet: bool,
}

/// Narrower than this no line is made.
pub const MIN_WIDTH: usize = 40;
/// The width where nothing tells another.
pub const DEFAULT_WIDTH: usize = 100;

impl Default for Options {
    fn default() -> Self {
        Self { width: DEFAULT_WIDTH, colour: Colour::None, quiet: false }
    }
}

/// A way of writing reports down.
pub trait Format: std::fmt::Debug + Sync {
    /// Its name on the command line.
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

/// The format where none is asked for.
pub const DEFAULT_FORMAT: &dyn Format = &terminal::Text;

/// The format with this name.
#[must_use]
pub fn format(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}
