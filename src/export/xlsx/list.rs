//! The sheets that are lists: items with their fields, the notes of cells, and the scenario itself.

use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::sheet::Sheet;
use super::style::Styles;
use crate::export::ExportCase;
use crate::export::column::field_text;
use crate::present::words;
use crate::scenario::{
    Cell, Evidence, Fielded, Hypothesis, Item, Level, Rating, Scenario, ScenarioField, Value,
};

/// Writes a row for each item, with the fields that any of them has.
pub(super) fn write_items<T: Item + Fielded>(items: &[T], sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let styles = sheet.styles;
    let is_used = |field: &&T::Field| items.iter().any(|item| item.field(**field).is_some());
    let fields: Vec<T::Field> = T::FIELDS.iter().filter(is_used).copied().collect();
    sheet.fit(0, items.iter().map(|item| item.id().as_ref()), (8, 24))?;
    for (column, field) in (1..).zip(&fields) {
        sheet.fit_field(column, items, *field, (10, 56))?;
    }
    let heads: Vec<&str> = ["id"].into_iter().chain(fields.iter().map(|field| T::key(*field))).collect();
    sheet.heads(&heads)?;
    for (row, item) in (1..).zip(items) {
        sheet.text((row, 0), item.id().as_ref(), &styles.id)?;
        for (column, field) in (1..).zip(&fields) {
            write_field(item, *field, (row, column), sheet)?;
        }
    }
    Ok(())
}

fn write_field<T: Fielded>(
    owner: &T,
    field: T::Field,
    at: (RowNum, ColNum),
    sheet: &mut Sheet<'_>,
) -> Result<(), XlsxError> {
    match owner.field(field) {
        Some(Value::Number(figure)) => sheet.number(at, figure, &sheet.styles.number),
        _ => sheet.text(at, &field_text(owner, field).unwrap_or_default(), &sheet.styles.text),
    }
}

/// Returns the cells that have a confidence or a note.
pub(super) fn noted(scenario: &Scenario) -> impl Iterator<Item = (&Evidence, &Hypothesis, &Cell)> {
    let cells =
        scenario.evidence.iter().flat_map(|item| item.ratings.iter().map(move |(at, cell)| (item, at, cell)));
    cells
        .filter(|(_, _, cell)| cell.confidence.is_some() || cell.note().is_some())
        .filter_map(|(item, at, cell)| Some((item, scenario.hypotheses.get(at)?, cell)))
}

/// Writes a row for each cell that has a confidence or a note.
pub(super) fn write_notes(scenario: &Scenario, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let styles = sheet.styles;
    for (column, characters) in (0..).zip([24, 24, 14, 80]) {
        sheet.set_width(column, characters)?;
    }
    sheet.heads(&["evidence", "hypothesis", "confidence", "note"])?;
    for (row, (item, hypothesis, cell)) in (1..).zip(noted(scenario)) {
        sheet.text((row, 0), item.id.as_str(), &styles.id)?;
        sheet.text((row, 1), hypothesis.id.as_str(), &styles.id)?;
        sheet.text((row, 2), cell.confidence.map_or("", Level::as_str), &styles.text)?;
        sheet.text((row, 3), cell.note().unwrap_or_default(), &styles.text)?;
    }
    Ok(())
}

/// Writes the scenario's own fields, and the legend of the ratings.
pub(super) fn write_about(case: &ExportCase<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let styles = sheet.styles;
    sheet.set_width(0, 22)?;
    sheet.set_width(1, 90)?;
    let mut row = 0;
    for field in ScenarioField::ALL {
        if case.scenario.field(*field).is_some() {
            sheet.text((row, 0), field.as_str(), &styles.label)?;
            write_field(case.scenario, *field, (row, 1), sheet)?;
            row += 1;
        }
    }
    if let Some(extent) = case.extent {
        row += 1;
        sheet.text((row, 1), &format!("This workbook holds {extent}."), &styles.aside)?;
        row += 1;
    }
    row += 1;
    let question = "If this hypothesis were true, how expected would this item be?";
    sheet.text((row, 1), question, &styles.sentence)?;
    for rating in Rating::ALL {
        row += 1;
        sheet.text((row, 0), rating.as_str(), &styles.rating.merge(&Styles::of(*rating)))?;
        sheet.text((row, 1), &words::capitalized(words::rating_name(*rating)), &styles.text)?;
    }
    sheet.text((row + 1, 1), "An empty cell is not rated yet.", &styles.aside)?;
    Ok(())
}
