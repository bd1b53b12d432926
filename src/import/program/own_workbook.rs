//! A workbook of ours: the matrix, and in the other sheets hypotheses, sources and indicators with their fields, notes of cells, and the
//! scenario's own fields.

use std::collections::HashMap;

use super::super::grid::{Grid, GridRow};
use super::super::{Extent, ImportFault, Imported, matrix, value};
use super::TableProgram;
use crate::scenario::{Cell, Fielded, Hypothesis, Indicator, Item, Level, Scenario, Source, Value};

/// The sheet of the matrix.
const MATRIX: &str = "Matrix";

pub(super) const PROGRAM: TableProgram = TableProgram {
    name: "ach workbook",
    is_it: |grids| grids.iter().any(is_matrix),
    read: |grids, options| {
        let (sheets, rest): (Vec<Grid>, Vec<Grid>) = grids.into_iter().partition(is_matrix);
        let mut imported = matrix(sheets, options)?;
        let faults = read(&rest, &mut imported);
        if faults.is_empty() { Ok(imported) } else { Err(faults) }
    },
};

fn is_matrix(grid: &Grid) -> bool {
    let head = grid.rows.first().map(|row| (row.text(0), row.text(1)));
    grid.sheet.as_deref() == Some(MATRIX) && head == Some(("id", "text"))
}

/// Takes over what the other sheets say.
fn read(sheets: &[Grid], imported: &mut Imported) -> Vec<ImportFault> {
    let mut faults = Vec::new();
    for sheet in sheets {
        match sheet.sheet.as_deref() {
            Some("Hypotheses") => list::<Hypothesis>(sheet, &mut imported.scenario, &mut faults),
            Some("Sources") => list::<Source>(sheet, &mut imported.scenario, &mut faults),
            Some("Indicators") => list::<Indicator>(sheet, &mut imported.scenario, &mut faults),
            Some("Notes") => notes(sheet, imported, &mut faults),
            Some("About") => about(sheet, &mut imported.scenario, &mut faults),
            // Scores follow from the ratings; sheets of other names are somebody's own.
            _ => {}
        }
    }
    imported.has.lists = Extent::Some;
    faults
}

fn list<T: Item>(sheet: &Grid, scenario: &mut Scenario, faults: &mut Vec<ImportFault>) {
    let Some((head, rows)) = sheet.rows.split_first() else { return };
    for row in rows {
        let Some(id) = T::parse_id(row.text(0)) else {
            let message = format!("\"{}\" is not an id of a {}", row.text(0), T::KIND);
            faults.push(ImportFault::new(sheet.place(row, 0), message, crate::scenario::ID_RULE));
            continue;
        };
        let mut item = scenario.item::<T>(&id).map_or_else(|| T::named(id.clone(), String::new()), T::bare);
        for cell in head.cells.iter().filter(|cell| cell.column > 0) {
            if let Some(field) = T::parse_field(cell.text.trim()) {
                set(&mut item, field, sheet, row, cell.column, faults);
            }
        }
        match scenario.position::<T>(&id) {
            Some(at) => {
                if let Some(old) = T::list_mut(scenario).get_mut(at) {
                    *old = item;
                }
            }
            // A hypothesis is a column of the matrix.
            None if T::KIND == crate::scenario::ItemKind::Hypothesis => {}
            None => T::list_mut(scenario).push(item),
        }
    }
}

/// Sets a field from a cell; an empty one says nothing.
fn set<T: Fielded>(
    owner: &mut T,
    field: T::Field,
    sheet: &Grid,
    row: &GridRow,
    column: usize,
    faults: &mut Vec<ImportFault>,
) {
    let Some(cell) = row.get(column).filter(|cell| !cell.text.is_empty()) else { return };
    let value = value::typed(T::shape(field), &cell.text);
    if value.is_none_or(|value: Value| owner.set_field(field, Some(value)).is_err()) {
        let message = format!("\"{}\" cannot be read as {}", cell.text.trim(), T::key(field));
        faults.push(ImportFault::new(sheet.place_of(cell), message, ""));
    }
}

fn notes(sheet: &Grid, imported: &mut Imported, faults: &mut Vec<ImportFault>) {
    let scenario = &mut imported.scenario;
    let rows: HashMap<String, usize> =
        scenario.evidence.iter().enumerate().map(|(at, item)| (item.id.to_string(), at)).collect();
    let columns: HashMap<String, usize> =
        scenario.hypotheses.iter().enumerate().map(|(at, item)| (item.id.to_string(), at)).collect();
    let (mut gone, mut first) = (0, None);
    for row in sheet.rows.iter().skip(1) {
        let item = rows.get(row.text(0)).and_then(|at| scenario.evidence.get_mut(*at));
        let (Some(item), Some(column)) = (item, columns.get(row.text(1))) else {
            gone += 1;
            first.get_or_insert_with(|| sheet.place(row, 0));
            continue;
        };
        let mut cell: Cell = item.ratings.get(*column).cloned().unwrap_or_default();
        cell.confidence = Level::parse(row.text(2));
        if cell.confidence.is_none() && !row.text(2).is_empty() {
            let message = format!("\"{}\" is not a confidence", row.text(2));
            faults.push(ImportFault::new(sheet.place(row, 2), message, "expected low, medium or high"));
        }
        cell.set_note(Some(row.raw(3).to_owned()).filter(|note| !note.is_empty()));
        item.ratings.set(*column, cell);
    }
    imported.has.notes = Extent::All;
    imported.has.confidences = true;
    if let Some(place) = first {
        imported.leave_out("notes of cells that are gone", place, gone.to_string());
    }
}

fn about(sheet: &Grid, scenario: &mut Scenario, faults: &mut Vec<ImportFault>) {
    for row in &sheet.rows {
        if let Some(field) = Scenario::parse_field(row.text(0)) {
            set(scenario, field, sheet, row, 1, faults);
        }
    }
}
