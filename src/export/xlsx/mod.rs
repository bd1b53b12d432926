//! XLSX: a workbook as an analyst would make it by hand. The matrix takes ratings from a list and colours them by rule;
//! beside it stand the scores, the hypotheses, the sources, the indicators and the notes.
//!
//! Two exports of one scenario have the same bytes: the date of the file is fixed.

mod list;
mod matrix;
mod score;
mod sheet;
mod style;

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::{ExportCase, ExportError, ExportFormat, Part};
use crate::scenario::Scenario;
use matrix::Layout;
use sheet::Sheet;
use style::Styles;

/// Most rows below a head.
const MAX_ROWS: usize = 1_048_575;

/// A workbook.
pub(super) const XLSX: ExportFormat = ExportFormat {
    name: "xlsx",
    ending: "xlsx",
    is_text: false,
    lacks: |_| {
        &[Part::IndicatorRating, Part::Estimate, Part::Semicolon, Part::Conflict, Part::Meta, Part::Comment]
    },
    write: |case, out| {
        check_size(case.scenario)?;
        let bytes = workbook(case).and_then(|mut book| book.save_to_buffer()).map_err(refusal)?;
        Ok(out.write_all(&bytes)?)
    },
};

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
    let mut add = |name: &str, write: &mut dyn FnMut(&mut Sheet<'_>) -> Result<(), XlsxError>| {
        let mut sheet = Sheet::new(name, &styles, scenario.marking.as_deref())?;
        write(&mut sheet)?;
        book.push_worksheet(sheet.finish()?);
        Ok::<(), XlsxError>(())
    };
    let with_formulas = case.ranking.is_some() && !case.options.values && !scenario.evidence.is_empty();
    let layout = Layout::new(case);
    add("Matrix", &mut |sheet| matrix::write(case, &layout, sheet))?;
    if let Some(ranking) = case.ranking {
        let layout = with_formulas.then_some(&layout);
        add("Scores", &mut |sheet| score::write(case, ranking, layout, sheet))?;
    }
    add("Hypotheses", &mut |sheet| list::write_items(&scenario.hypotheses, sheet))?;
    if !scenario.sources.is_empty() {
        add("Sources", &mut |sheet| list::write_items(&scenario.sources, sheet))?;
    }
    if !scenario.indicators.is_empty() {
        add("Indicators", &mut |sheet| list::write_items(&scenario.indicators, sheet))?;
    }
    if list::noted(scenario).next().is_some() {
        add("Notes", &mut |sheet| list::write_notes(scenario, sheet))?;
    }
    add("About", &mut |sheet| list::write_about(case, sheet))?;
    if with_formulas {
        add("Workings", &mut |sheet| score::write_workings(case, &layout, sheet))?;
    }
    Ok(book)
}

/// Returns a text that fits into a property of the file.
fn cut(text: &str) -> String {
    crate::text::sanitize(text).chars().take(200).collect()
}
