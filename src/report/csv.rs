//! CSV (RFC 4180): the records, for spreadsheets and scripts.
//!
//! A text that a spreadsheet would take for a formula gets a leading apostrophe; numbers never do.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Format, Options};
use crate::present::{RecordField, Records, Report};
use crate::text::quote_formula;

/// A header and a line for each record. One table only: a second one would need a second header.
#[derive(Clone, Copy, Debug)]
pub(super) struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn holds_several(&self) -> bool {
        false
    }

    fn write(&self, reports: &[&dyn Report], _: Options, out: &mut dyn Write) -> io::Result<()> {
        for report in reports {
            write_records(&report.records(), out).map_err(|error| match error.into_kind() {
                // A closed pipe must be known for one.
                csv::ErrorKind::Io(error) => error,
                other => io::Error::other(format!("{other:?}")),
            })?;
        }
        Ok(())
    }
}

fn write_records(records: &Records<'_>, out: &mut dyn Write) -> csv::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(records.columns.iter().map(|name| quote_formula(name).into_owned()))?;
    let counting =
        records.rows.iter().enumerate().filter(|(at, _)| records.struck.binary_search(at).is_err());
    for (_, fields) in counting {
        csv.write_record(fields.iter().map(|field| written(field).into_owned()))?;
    }
    csv.flush()?;
    Ok(())
}

fn written<'a>(field: &'a RecordField<'_>) -> Cow<'a, str> {
    match field {
        RecordField::Empty => Cow::Borrowed(""),
        RecordField::Text(text) => quote_formula(text),
        RecordField::Count(count) => Cow::Owned(count.to_string()),
        RecordField::Number(number) | RecordField::Probability(number) => Cow::Owned(exact(*number)),
    }
}

/// Returns the shortest text that reads back as the same number; never a negative zero.
pub(crate) fn exact(number: f64) -> String {
    let number = number + 0.0;
    let size = number.abs();
    if number == 0.0 || (1e-5..1e16).contains(&size) { number.to_string() } else { format!("{number:e}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_no_formulas() {
        assert_eq!(written(&RecordField::Number(-6.25)), "-6.25");
        assert_eq!(written(&RecordField::Text("-6.25".into())), "'-6.25");
    }

    #[test]
    fn numbers_read_back_as_they_were() {
        for number in [0.0, -0.0, 1.0, -0.1, 1.0 / 3.0, 1e-300, 12_345.678, 2.5e20] {
            let text = exact(number);
            assert_eq!(
                text.parse::<f64>().unwrap().total_cmp(&(number + 0.0)),
                std::cmp::Ordering::Equal,
                "{text}"
            );
            assert!(!text.starts_with("-0") || number != 0.0);
        }
    }
}
