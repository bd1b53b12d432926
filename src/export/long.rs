//! Long tables as CSV and JSON Lines, written row by row.

use std::borrow::Cow;
use std::io::{self, Write};

use super::delimited::io_error;
use crate::present::{LongForm, LongOrigin, LongTable, Request};
use crate::report::write_json_line;
use crate::scenario::{Evidence, EvidenceId, Hypothesis, HypothesisId, Scenario};
use crate::text::quote_formula;

/// The rows of a long table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LongRows {
    /// A row for each cell.
    Cells,
    /// A row for each hypothesis.
    Hypotheses,
}

impl LongRows {
    /// Every choice.
    pub const ALL: [Self; 2] = [Self::Cells, Self::Hypotheses];

    /// Returns the name on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cells => "cells",
            Self::Hypotheses => "hypotheses",
        }
    }
}

/// A format of long tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LongFormat {
    /// CSV with a line of names.
    Csv,
    /// An object on each line.
    JsonLines,
}

impl LongFormat {
    /// Every format, the default first.
    pub const ALL: [Self; 2] = [Self::Csv, Self::JsonLines];

    /// Returns the name on the command line, which is also the ending of file names.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }
}

/// Texts that no spreadsheet takes for formulas, and lists joined by semicolons.
struct CsvForm;

impl LongForm for CsvForm {
    type Text<'a> = Cow<'a, str>;
    type List<'a> = Cow<'a, str>;

    fn text(text: &str) -> Cow<'_, str> {
        quote_formula(text)
    }

    fn list(list: &[String]) -> Cow<'_, str> {
        match list {
            [] => Cow::Borrowed(""),
            [one] if !one.contains(';') => quote_formula(one),
            _ => {
                let entries: Vec<String> = list.iter().map(|entry| entry.replace(';', ",")).collect();
                Cow::Owned(quote_formula(&entries.join(";")).into_owned())
            }
        }
    }
}

/// Texts and lists as they are.
struct JsonForm;

impl LongForm for JsonForm {
    type Text<'a> = &'a str;
    type List<'a> = &'a [String];

    fn text(text: &str) -> &str {
        text
    }

    fn list(list: &[String]) -> &[String] {
        list
    }
}

/// A long table being written.
#[expect(missing_debug_implementations, reason = "a stream has none")]
pub struct LongWriter<'w> {
    rows: LongRows,
    sink: Sink<'w>,
}

enum Sink<'w> {
    Csv(Box<csv::Writer<&'w mut dyn Write>>),
    JsonLines(&'w mut dyn Write),
}

impl<'w> LongWriter<'w> {
    /// Begins a table. CSV has its names even if no row follows.
    ///
    /// # Errors
    /// Whatever the writer answers.
    pub fn new(rows: LongRows, format: LongFormat, out: &'w mut dyn Write) -> io::Result<Self> {
        let sink = match format {
            LongFormat::JsonLines => Sink::JsonLines(out),
            LongFormat::Csv => {
                out.write_all(&names(rows)?)?;
                Sink::Csv(Box::new(csv::WriterBuilder::new().has_headers(false).from_writer(out)))
            }
        };
        Ok(Self { rows, sink })
    }

    /// Writes the rows of a version of a scenario.
    ///
    /// # Errors
    /// Whatever the writer answers.
    pub fn write(&mut self, table: &LongTable<'_>) -> io::Result<()> {
        match &mut self.sink {
            Sink::Csv(csv) => write_csv(self.rows, table, csv),
            Sink::JsonLines(out) => match self.rows {
                LongRows::Cells => table.cells::<JsonForm, _>(|row| write_json_line(row, out)),
                LongRows::Hypotheses => table.hypotheses::<JsonForm, _>(|row| write_json_line(row, out)),
            },
        }
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// Whatever the writer answers.
    pub fn finish(self) -> io::Result<()> {
        match self.sink {
            Sink::Csv(mut csv) => csv.flush(),
            Sink::JsonLines(out) => out.flush(),
        }
    }
}

fn write_csv<W: Write>(rows: LongRows, table: &LongTable<'_>, csv: &mut csv::Writer<W>) -> io::Result<()> {
    match rows {
        LongRows::Cells => table.cells::<CsvForm, _>(|row| csv.serialize(row).map_err(io_error)),
        LongRows::Hypotheses => table.hypotheses::<CsvForm, _>(|row| csv.serialize(row).map_err(io_error)),
    }
}

/// Returns the line of names, which is that above any row.
fn names(rows: LongRows) -> io::Result<Vec<u8>> {
    let mut scenario = Scenario::new("");
    scenario.hypotheses.extend(HypothesisId::parse("h").map(|id| Hypothesis::new(id, "")));
    scenario.evidence.extend(EvidenceId::parse("e").map(|id| Evidence::new(id, "")));
    let table = LongTable::new(&scenario, Request::default(), LongOrigin::default());
    let mut csv = csv::Writer::from_writer(Vec::new());
    write_csv(rows, &table, &mut csv)?;
    let mut text = csv.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    text.truncate(text.iter().position(|byte| *byte == b'\n').map_or(text.len(), |end| end + 1));
    Ok(text)
}
