//! The spreadsheet template of threat intelligence analysts: the matrix in a sheet of a known name, its scores between the
//! head and the items.

use super::super::grid::Grid;
use super::super::matrix;
use super::{TableProgram, leave_out};

/// The sheet of the matrix.
const MATRIX: &str = "ACH_matrix";

pub(super) const PROGRAM: TableProgram = TableProgram {
    name: "CTI template",
    is_it: |grids| grids.iter().any(is_matrix),
    read: |grids, options| {
        let (sheets, rest): (Vec<Grid>, Vec<Grid>) = grids.into_iter().partition(is_matrix);
        let mut imported = matrix(sheets, options)?;
        leave_out(&rest, &mut imported);
        Ok(imported)
    },
};

fn is_matrix(grid: &Grid) -> bool {
    grid.sheet.as_deref() == Some(MATRIX)
}
