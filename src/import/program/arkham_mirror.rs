//! ArkhamMirror's CSV: the matrix, and a second table with its scores.

use super::super::grid::Grid;
use super::super::matrix;
use super::TableProgram;
use crate::scenario::Rating;

/// The heads of the table of scores, the first three.
const SCORES: [&str; 3] = ["Hypothesis", "Rank", "Inconsistencies"];

pub(super) const PROGRAM: TableProgram = TableProgram {
    name: "ArkhamMirror CSV",
    is_it: |grids| {
        let is_scores = |grid: &Grid| {
            grid.rows.iter().any(|row| (0..).zip(SCORES).all(|(at, head)| row.text(at) == head))
        };
        matches!(grids, [grid] if grid.sheet.is_none() && is_scores(grid))
    },
    read: |grids, options| {
        let place = grids.iter().find_map(|grid| {
            let mut cells = grid.rows.iter().flat_map(|row| &row.cells);
            cells.find(|cell| cell.text.trim() == "N/A").map(|cell| grid.place_of(cell))
        });
        let mut imported = matrix(grids, options)?;
        let is_given = |rating: Rating| {
            imported
                .scenario
                .evidence
                .iter()
                .any(|item| item.ratings.iter().any(|(_, cell)| cell.rating == Some(rating)))
        };
        if let Some(place) = place.filter(|_| is_given(Rating::NotApplicable)) {
            imported.assume(
                "\"N/A\"",
                place,
                "NA, though the program writes it for cells that nobody rated too",
            );
        }
        Ok(imported)
    },
};
