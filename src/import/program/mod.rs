//! Tables and workbooks of known programs, one module each: a program is a line in [`PROGRAMS`]. Any other file is read as
//! a table without further knowledge.

mod arkham_mirror;
mod cti_template;
mod own_workbook;
mod researchtoolspy;

use super::grid::Grid;
use super::{ImportFault, ImportOptions, Imported, matrix};

/// A program whose tables are known by their sheets or heads.
struct TableProgram {
    /// The name of the format.
    name: &'static str,
    /// Whether the tables of a file are those of the program.
    is_it: fn(&[Grid]) -> bool,
    /// Reads the tables.
    read: fn(Vec<Grid>, &ImportOptions) -> Result<Imported, Vec<ImportFault>>,
}

/// Every known program.
const PROGRAMS: &[TableProgram] =
    &[own_workbook::PROGRAM, researchtoolspy::PROGRAM, cti_template::PROGRAM, arkham_mirror::PROGRAM];

/// Reads the tables of a file of this kind, as its program has them if that is known and the user picks no sheet.
pub(super) fn read(
    grids: Vec<Grid>,
    kind: &str,
    options: &ImportOptions,
) -> Result<Imported, Vec<ImportFault>> {
    let known = PROGRAMS.iter().find(|program| options.sheet.is_none() && (program.is_it)(&grids));
    let mut imported = known.map_or(matrix as fn(_, &_) -> _, |program| program.read)(grids, options)?;
    known.map_or(kind, |program| program.name).clone_into(&mut imported.read.kind);
    Ok(imported)
}

/// Lists the sheets that are left out.
fn leave_out(sheets: &[Grid], imported: &mut Imported) {
    for sheet in sheets {
        if let Some(row) = sheet.rows.first() {
            imported.leave_out("another table or sheet", sheet.place_of_row(row), row.in_one_line());
        }
    }
}
