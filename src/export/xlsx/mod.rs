//! XLSX: a workbook as an analyst would make it by hand. The matrix takes ratings from a list and colours them by rule;
//! beside it stand the scores, the hypotheses, the sources, the indicators and the notes.
//!
//! Two exports of one scenario have the same bytes: the date of the file is fixed.

mod list;
mod matrix;
mod score;
mod sheet;
mod style;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::{ExportCase, ExportError, ExportFormat, ExportOptions, Part};
use crate::scenario::{Hypothesis, Indicator, Scenario, Source};
use sheet::Sheet;
use style::Styles;

/// Most rows below a head.
const MAX_ROWS: usize = 1_048_575;

/// A workbook.
#[derive(Debug)]
pub(super) struct Xlsx;

impl ExportFormat for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn ending(&self) -> &'static str {
        "xlsx"
    }

    fn is_text(&self) -> bool {
        false
    }

    fn lacks(&self, _: ExportOptions<'_>) -> &'static [Part] {
        &[Part::IndicatorRating, Part::Estimate, Part::Semicolon, Part::Conflict, Part::Meta, Part::Comment]
    }

    fn write(&self, case: &ExportCase<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        check_size(case.scenario)?;
        let bytes = workbook(case).and_then(|mut book| book.save_to_buffer()).map_err(refusal)?;
        Ok(out.write_all(&bytes)?)
    }
}

/// Refuses more notes than a sheet has rows. Scenarios are limited to fewer items and hypotheses than that.
fn check_size(scenario: &Scenario) -> Result<(), ExportError> {
    if list::noted(scenario).count() <= MAX_ROWS {
        return Ok(());
    }
    Err(ExportError::Refused {
        message: format!("a sheet has room for {MAX_ROWS} notes, and the scenario has more"),
        help: "export it as JSON".to_owned(),
    })
}

fn refusal(error: XlsxError) -> ExportError {
    match error {
        XlsxError::MaxStringLengthExceeded => ExportError::Refused {
            message: "a text is longer than the 32,767 characters that a cell of a sheet can hold".to_owned(),
            help: "shorten it, or export the scenario as CSV or JSON".to_owned(),
        },
        XlsxError::IoError(error) => error.into(),
        other => io::Error::other(other).into(),
    }
}

fn workbook(case: &ExportCase<'_>) -> Result<Workbook, XlsxError> {
    let scenario = case.scenario;
    let styles = Styles::new();
    let mut book = Workbook::new();
    let mut properties = DocProperties::new()
        .set_title(cut(&scenario.title))
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    if let Some(authors) = &scenario.authors {
        properties = properties.set_author(cut(&authors.join("; ")));
    }
    book.set_properties(&properties);
    let sheet = |name: &str| Sheet::new(name, &styles, scenario.marking.as_deref());
    let mut sheets = Vec::new();
    let mut matrix_sheet = sheet("Matrix")?;
    let with_formulas = case.ranking.is_some() && !case.options.values && !scenario.evidence.is_empty();
    let layout = matrix::write(case, &mut matrix_sheet)?;
    sheets.push(matrix_sheet);
    if let Some(ranking) = case.ranking {
        let mut scores = sheet("Scores")?;
        score::write(case, ranking, with_formulas.then_some(&layout), &mut scores)?;
        sheets.push(scores);
    }
    let mut hypotheses = sheet("Hypotheses")?;
    list::write_items::<Hypothesis>(&scenario.hypotheses, &mut hypotheses)?;
    sheets.push(hypotheses);
    if !scenario.sources.is_empty() {
        let mut sources = sheet("Sources")?;
        list::write_items::<Source>(&scenario.sources, &mut sources)?;
        sheets.push(sources);
    }
    if !scenario.indicators.is_empty() {
        let mut indicators = sheet("Indicators")?;
        list::write_items::<Indicator>(&scenario.indicators, &mut indicators)?;
        sheets.push(indicators);
    }
    if list::noted(scenario).next().is_some() {
        let mut notes = sheet("Notes")?;
        list::write_notes(scenario, &mut notes)?;
        sheets.push(notes);
    }
    let mut about = sheet("About")?;
    list::write_about(case, &mut about)?;
    sheets.push(about);
    if with_formulas {
        let mut workings = sheet("Workings")?;
        score::write_workings(case, &layout, &mut workings)?;
        sheets.push(workings);
    }
    for sheet in sheets {
        book.push_worksheet(sheet.finish()?);
    }
    Ok(book)
}

/// Returns a text that fits into a property of the file.
fn cut(text: &str) -> String {
    crate::text::sanitize(text).chars().take(200).collect()
}
