//! Long tables as CSV and JSON Lines, written row by row.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::delimited::io_error;
use crate::present::{LongOrigin, LongRow, LongTable, LongValue, Request};
use crate::report::write_json_line;
use crate::scenario::{Evidence, EvidenceId, Hypothesis, HypothesisId, Scenario, keyword};
use crate::text::quote_formula;

keyword! {
    /// The rows of a long table.
    pub enum LongRows {
        /// A row for each cell.
        Cells = "cells",
        /// A row for each hypothesis.
        Hypotheses = "hypotheses",
    }
}

keyword! {
    /// A format of long tables, by the ending of file names.
    pub enum LongFormat {
        /// CSV with a line of names.
        Csv = "csv",
        /// An object on each line.
        JsonLines = "jsonl",
    }
}

/// A value in CSV: texts that no spreadsheet takes for formulas, and lists joined by semicolons.
struct CsvValue<'a>(&'a LongValue<'a>);

impl Serialize for CsvValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            LongValue::Text(text) => quote_formula(text).serialize(serializer),
            LongValue::List([one]) if !one.contains(';') => quote_formula(one).serialize(serializer),
            LongValue::List(list) => {
                let entries: Vec<String> = list.iter().map(|entry| entry.replace(';', ",")).collect();
                quote_formula(&entries.join(";")).serialize(serializer)
            }
            value => value.serialize(serializer),
        }
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
                let mut csv = csv::Writer::from_writer(out);
                csv.write_record(names(rows)).map_err(io_error)?;
                Sink::Csv(Box::new(csv))
            }
        };
        Ok(Self { rows, sink })
    }

    /// Writes the rows of a version of a scenario.
    ///
    /// # Errors
    /// Whatever the writer answers.
    pub fn write(&mut self, table: &LongTable<'_>) -> io::Result<()> {
        each(self.rows, table, |row| match &mut self.sink {
            Sink::Csv(csv) => {
                let values: Vec<CsvValue<'_>> = row.0.iter().map(|(_, value)| CsvValue(value)).collect();
                csv.serialize(values).map_err(io_error)
            }
            Sink::JsonLines(out) => write_json_line(row, out),
        })
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

fn each<E>(
    rows: LongRows,
    table: &LongTable<'_>,
    write: impl FnMut(&LongRow<'_>) -> Result<(), E>,
) -> Result<(), E> {
    match rows {
        LongRows::Cells => table.cells(write),
        LongRows::Hypotheses => table.hypotheses(write),
    }
}

/// Returns the names of the columns, which are those of any row.
fn names(rows: LongRows) -> Vec<&'static str> {
    let mut scenario = Scenario::new("");
    scenario.hypotheses.extend(HypothesisId::parse("h").map(|id| Hypothesis::new(id, "")));
    scenario.evidence.extend(EvidenceId::parse("e").map(|id| Evidence::new(id, "")));
    let table = LongTable::new(&scenario, Request::default(), LongOrigin::default());
    let row = |row: &LongRow<'_>| Err(row.0.iter().map(|(name, _)| *name).collect());
    each(rows, &table, row).err().unwrap_or_default()
}
