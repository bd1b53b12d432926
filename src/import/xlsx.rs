//! Workbooks: each sheet is a grid, read cell by cell. Formulas count by the value that is kept with them; macros, links
//! and drawings are never looked at.

use std::io::Cursor;

use super::ImportFault;
use super::archive::unreadable;
use super::grid::{CellBudget, Grid, GridCell, GridRow};
use super::notation::OwnMarks;
use calamine::{
    DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxCellReader, XlsxError, XlsxFormulaMetadata,
};

/// Reads the sheets of a workbook. The fill of a cell without content counts as its text where `marks` name it, as
/// `#ff0000`.
pub(super) fn grids(bytes: &[u8], marks: &OwnMarks) -> Result<Vec<Grid>, ImportFault> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut budget = CellBudget::default();
    sheets.into_iter().map(|name| sheet(&mut book, name, marks, &mut budget)).collect()
}

/// Reads one sheet.
fn sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: String,
    marks: &OwnMarks,
    budget: &mut CellBudget,
) -> Result<Grid, ImportFault> {
    let mut grid = Grid { sheet: Some(name.clone()), ..Grid::default() };
    let mut cells = book.worksheet_cells_reader(&name).map_err(|error| unreadable(&error))?;
    let has_fills = marks.keys().any(|spelling| spelling.starts_with('#'));
    while let Some(((row, column), mut text, style)) =
        next(&mut cells, has_fills).map_err(|e| unreadable(&e))?
    {
        let (row, column) = (row as usize, column as usize);
        if text.is_empty() {
            text = fill(&cells, style).filter(|fill| marks.contains_key(fill)).unwrap_or_default();
        }
        if text.is_empty() {
            continue;
        }
        budget.take(text.len())?;
        let cell = GridCell { column, text, line: row + 1, at: column + 1 };
        match grid.rows.last_mut() {
            Some(last) if last.number == row + 1 => last.cells.push(cell),
            last => {
                let is_after_gap = last.is_none_or(|last| row > last.number);
                grid.rows.push(GridRow { number: row + 1, is_after_gap, cells: vec![cell] });
            }
        }
    }
    in_order(&mut grid);
    Ok(grid)
}

/// Returns a cell's place, text and style. One reader knows styles and another formulas; a formula without a value is
/// shown, so that it is not taken for an empty cell.
fn next(cells: &mut XlsxCellReader<'_, Cursor<&[u8]>>, with_style: bool) -> Result<Option<Found>, XlsxError> {
    if with_style {
        let cell = cells.next_cell_with_style_id()?;
        return Ok(cell.map(|(cell, style)| (cell.get_position(), text(cell.get_value()), style)));
    }
    Ok(cells.next_cell_with_formula_metadata()?.map(|cell| {
        let mut text = text(&cell.value);
        if text.is_empty()
            && let Some(formula) = cell.formula
        {
            text = match formula {
                XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
                    format!("={formula}")
                }
                _ => "=(a formula)".to_owned(),
            };
        }
        (cell.pos, text, 0)
    }))
}

/// Place from 0, text and style of a cell.
type Found = ((u32, u32), String, usize);

/// The cells of a workbook that have a fill and no content.
pub(super) fn filled(bytes: &[u8]) -> usize {
    let Ok(mut book) = Xlsx::new(Cursor::new(bytes)) else { return 0 };
    let mut filled = 0;
    for name in book.sheet_names() {
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        while let Ok(Some((_, text, style))) = next(&mut cells, true) {
            filled += usize::from(text.is_empty() && fill(&cells, style).is_some());
        }
    }
    filled
}

fn fill(cells: &XlsxCellReader<'_, Cursor<&[u8]>>, style: usize) -> Option<String> {
    let colour = cells.styles().get(style)?.fill.as_ref()?.get_color()?;
    Some(format!("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue))
}

/// Puts rows and cells in order, where the file has them in another. Of two for one place the first stays.
fn in_order(grid: &mut Grid) {
    if !grid.rows.is_sorted_by_key(|row| row.number) {
        grid.rows.sort_by_key(|row| row.number);
    }
    grid.rows.dedup_by(|row, before| {
        let is_same = row.number == before.number;
        if is_same {
            before.cells.append(&mut row.cells);
        }
        is_same
    });
    for row in &mut grid.rows {
        row.cells.sort_by_key(|cell| cell.column);
        row.cells.dedup_by_key(|cell| cell.column);
    }
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(date) => day(date),
        DataRef::Error(error) => error.to_string(),
    }
}

fn day(date: &ExcelDateTime) -> String {
    if date.is_duration() {
        return date.as_f64().to_string();
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}
