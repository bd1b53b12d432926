//! CSV and TSV (RFC 4180): the matrix with the fields of its items, in the form that published matrices have.

use std::borrow::Cow;
use std::io::{self, Write};

use super::column::{field_text, rating_with_note};
use super::{ExportCase, ExportError, ExportFormat, ExportOptions, Part};
use crate::scenario::{Cell, Rating};
use crate::text::quote_formula;

pub(super) const CSV: ExportFormat = ExportFormat {
    name: "csv",
    ending: "csv",
    is_text: true,
    lacks,
    write: |case, out| write(b',', case, out),
};
pub(super) const TSV: ExportFormat = ExportFormat {
    name: "tsv",
    ending: "tsv",
    is_text: true,
    lacks,
    write: |case, out| write(b'\t', case, out),
};

fn lacks(options: ExportOptions<'_>) -> &'static [Part] {
    const LACKS: &[Part] = &[
        Part::CellNote,
        Part::Confidence,
        Part::ScenarioField,
        Part::Scoring,
        Part::HypothesisField,
        Part::Source,
        Part::Indicator,
        Part::Outcome,
        Part::Estimate,
        Part::Semicolon,
        Part::Conflict,
        Part::Meta,
        Part::Comment,
    ];
    if options.notes { LACKS.get(1..).unwrap_or_default() } else { LACKS }
}

/// Writes a line for each item, its fields apart.
fn write(delimiter: u8, case: &ExportCase<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    if case.options.bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut csv = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
    let fields = case.fields();
    let mut head = vec![Cow::Borrowed("id")];
    head.extend(fields.iter().map(|field| Cow::Borrowed(field.as_str())));
    head.extend(case.scenario.hypotheses.iter().map(|h| quoted(case.head(h))));
    write_record(&mut csv, &head)?;
    for item in &case.scenario.evidence {
        let mut record = vec![Cow::Borrowed(item.id.as_str())];
        record.extend(fields.iter().map(|field| quoted(field_text(item, *field).unwrap_or_default())));
        record.extend(case.cells(item).map(|cell| rating(cell, case.options.notes)));
        write_record(&mut csv, &record)?;
    }
    Ok(csv.flush()?)
}

fn quoted(text: String) -> Cow<'static, str> {
    Cow::Owned(quote_formula(&text).into_owned())
}

fn rating(cell: Option<&Cell>, with_note: bool) -> Cow<'static, str> {
    match cell {
        None => Cow::Borrowed(""),
        Some(cell) if with_note => quoted(rating_with_note(cell)),
        Some(cell) => Cow::Borrowed(cell.rating.map_or("", Rating::as_str)),
    }
}

fn write_record(csv: &mut csv::Writer<&mut dyn Write>, record: &[Cow<'_, str>]) -> Result<(), ExportError> {
    csv.write_record(record.iter().map(|field| field.as_bytes())).map_err(|error| io_error(error).into())
}

/// Returns the error of the output, so that a closed pipe is known for one.
pub(super) fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
