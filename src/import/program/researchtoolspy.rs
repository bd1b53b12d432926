//! researchtoolspy's workbook: ids of hypotheses in the head, their names in a row below it, and scores from 5 to -5.

use super::super::grid::{Grid, GridRow};
use super::super::notation::of_five;
use super::super::{ImportFault, matrix};
use super::{TableProgram, leave_out};

/// The label of the row with the names.
const DETAILS: &str = "Hypothesis Details:";
/// The label of the row with the sums.
const TOTALS: &str = "TOTALS";

pub(super) const PROGRAM: TableProgram = TableProgram {
    name: "researchtoolspy workbook",
    is_it: |grids| grids.iter().any(|grid| details(grid).is_some()),
    read: |grids, options| {
        let (mut sheets, rest): (Vec<Grid>, Vec<Grid>) =
            grids.into_iter().partition(|grid| details(grid).is_some());
        sheets.truncate(1);
        let mut faults = Vec::new();
        let unscored = sheets.iter_mut().filter_map(|sheet| rewrite(sheet, &mut faults)).next();
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut imported = matrix(sheets, options)?;
        // They are sums of its own scores.
        imported.totals.clear();
        imported.read.notation = Some("scores from -5 to 5".to_owned());
        if let Some(place) = unscored {
            imported.assume(
                "\"0\"",
                place,
                "N, though the program writes it for cells that nobody scored too",
            );
        }
        let label = |label: &str| {
            let rows = rest.iter().flat_map(|sheet| sheet.rows.iter().zip(sheet.rows.iter().skip(1)));
            rows.into_iter().find(|(row, _)| row.text(0).eq_ignore_ascii_case(label))
        };
        if let (None, Some((row, _))) = (&options.title, label("Analysis Title:")) {
            row.text(1).clone_into(&mut imported.scenario.title);
        }
        imported.scenario.question = label("INTELLIGENCE QUESTION").map(|(_, next)| next.text(0).to_owned());
        leave_out(&rest, &mut imported);
        Ok(imported)
    },
};

/// The position of the row with the names of the hypotheses.
fn details(grid: &Grid) -> Option<usize> {
    grid.rows.iter().position(|row| row.text(0) == DETAILS)
}

/// Puts the names into the head and letters in place of the scores. Returns the place of the first score of 0.
fn rewrite(grid: &mut Grid, faults: &mut Vec<ImportFault>) -> Option<super::super::ImportPlace> {
    let at = details(grid)?;
    let names = grid.rows.remove(at);
    let head = grid.rows.get_mut(at.checked_sub(1)?)?;
    for cell in &mut head.cells {
        let name = names.text(cell.column);
        if cell.column > 0 && !name.is_empty() {
            cell.text = format!("{}: {name}", cell.text.trim());
        }
    }
    let mut unscored = None;
    let sheet = grid.sheet.clone();
    let is_item = |row: &&mut GridRow| !row.text(0).starts_with(TOTALS);
    for row in grid.rows.iter_mut().skip(at).filter(is_item) {
        for cell in row.cells.iter_mut().filter(|cell| names.get(cell.column).is_some() && cell.column > 0) {
            let place = super::super::ImportPlace::cell(sheet.clone(), cell.line, cell.at);
            match of_five(&cell.text) {
                Some(rating) => {
                    if cell.text.trim() == "0" {
                        unscored.get_or_insert(place);
                    }
                    rating.as_str().clone_into(&mut cell.text);
                }
                None => {
                    let message = format!("\"{}\" is not a score from -5 to 5", cell.text.trim());
                    faults.push(ImportFault::new(place, message, ""));
                }
            }
        }
    }
    unscored
}
