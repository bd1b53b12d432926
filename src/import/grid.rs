//! Grids: tables as their file has them, cells of text with their places. Empty cells take no room, so that a sheet with
//! two cells at its corners is as small as they are.
//!
//! Must never know ratings or scenarios.

use super::{ImportFault, ImportPlace, MAX_IMPORT};

/// One table or sheet of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// The sheet, in a workbook.
    pub(super) sheet: Option<String>,
    /// The rows that are not empty, from the top.
    pub(super) rows: Vec<GridRow>,
    /// Lines of text outside the table that belong to it, from the top.
    pub(super) beside: Vec<GridCell>,
    /// The heading above it.
    pub(super) title: Option<String>,
    /// Whether rows and columns have changed places.
    pub(super) is_turned: bool,
}

/// A row with at least one cell that is not empty.
#[derive(Clone, Debug, Default)]
pub(super) struct GridRow {
    /// Its number in the file, from 1: empty rows between have numbers too.
    pub(super) number: usize,
    /// Whether an empty row stands before it.
    pub(super) is_after_gap: bool,
    /// Its cells that are not empty, from the left.
    pub(super) cells: Vec<GridCell>,
}

/// A cell that is not empty.
#[derive(Clone, Debug, Default)]
pub(super) struct GridCell {
    /// Its column, from 0.
    pub(super) column: usize,
    /// Its text as the file has it.
    pub(super) text: String,
    /// Row or line of its place, from 1.
    pub(super) line: usize,
    /// Column of its place, from 1: of the sheet, or in characters of the line.
    pub(super) at: usize,
}

impl GridRow {
    /// The cell in a column.
    pub(super) fn get(&self, column: usize) -> Option<&GridCell> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        self.cells.get(at)
    }

    /// The text in a column without surrounding blanks; empty if there is none.
    pub(super) fn text(&self, column: usize) -> &str {
        self.raw(column).trim()
    }

    /// The text in a column as the file has it; empty if there is none.
    pub(super) fn raw(&self, column: usize) -> &str {
        self.get(column).map_or("", |cell| cell.text.as_str())
    }

    /// The texts of its cells in one line.
    pub(super) fn in_one_line(&self) -> String {
        self.cells.iter().map(|cell| cell.text.trim()).collect::<Vec<_>>().join(" | ")
    }

    /// Whether there is nothing to be seen in it.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.trim().is_empty())
    }
}

impl Grid {
    /// The columns that are not empty, from the left.
    pub(super) fn columns(&self) -> Vec<usize> {
        let columns = self.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.column));
        columns.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    }

    /// The place of a cell, whether or not something is in it.
    pub(super) fn place(&self, row: &GridRow, column: usize) -> ImportPlace {
        match row.get(column) {
            Some(cell) => self.place_of(cell),
            // An empty cell of a sheet has a name; in a text it has none, and the row's first cell stands for it.
            None if self.sheet.is_some() && !self.is_turned => {
                ImportPlace::cell(self.sheet.clone(), row.number, column + 1)
            }
            None => self.place_of_row(row),
        }
    }

    /// The place of a row, which is that of its first cell.
    pub(super) fn place_of_row(&self, row: &GridRow) -> ImportPlace {
        row.cells.first().map_or_else(ImportPlace::default, |cell| self.place_of(cell))
    }

    /// The place of a cell.
    pub(super) fn place_of(&self, cell: &GridCell) -> ImportPlace {
        match &self.sheet {
            Some(sheet) => ImportPlace::cell(Some(sheet.clone()), cell.line, cell.at),
            None => ImportPlace::text(cell.line, cell.at),
        }
    }

    /// The grid with rows and columns exchanged; cells keep their places.
    pub(super) fn turned(self) -> Self {
        let mut columns: std::collections::BTreeMap<usize, GridRow> = std::collections::BTreeMap::new();
        for row in self.rows {
            for cell in row.cells {
                let turned = columns.entry(cell.column).or_default();
                turned.number = cell.column + 1;
                turned.cells.push(GridCell { column: row.number - 1, ..cell });
            }
        }
        let mut rows: Vec<GridRow> = columns.into_values().collect();
        let mut before = 0;
        for row in &mut rows {
            row.is_after_gap = row.number > before + 1;
            before = row.number;
        }
        Self { rows, is_turned: !self.is_turned, ..self }
    }
}

/// The most cells of a file that are not empty. Each takes some 100 bytes of memory.
const MAX_CELLS: usize = 1_500_000;

/// Counts cells and the bytes of their texts, so that a small file cannot fill the memory: many cells may share one text
/// of it.
#[derive(Debug)]
pub(super) struct CellBudget {
    cells: usize,
    bytes: usize,
}

impl Default for CellBudget {
    fn default() -> Self {
        Self { cells: MAX_CELLS, bytes: MAX_IMPORT }
    }
}

impl CellBudget {
    /// Counts a cell with a text of so many bytes.
    ///
    /// # Errors
    /// A fault if that is too much.
    pub(super) fn take(&mut self, bytes: usize) -> Result<(), ImportFault> {
        let whole = |message: String| ImportFault::whole(message, "");
        self.cells = self
            .cells
            .checked_sub(1)
            .ok_or_else(|| whole(format!("there are more than {MAX_CELLS} cells")))?;
        self.bytes = self.bytes.checked_sub(bytes).ok_or_else(|| {
            let limit = MAX_IMPORT / 1024 / 1024;
            whole(format!("the texts of its cells are over the limit of {limit} MiB"))
        })?;
        Ok(())
    }
}

/// Finds line and column of places in a text, from the front to the back.
#[derive(Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    line: usize,
    column: usize,
}

impl<'t> Cursor<'t> {
    /// A cursor at the start of a text.
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, offset: 0, line: 1, column: 1 }
    }

    /// Line and column in characters of a byte, both from 1. An offset before the last one asked for gives that one.
    pub(super) fn position(&mut self, offset: usize) -> (usize, usize) {
        for c in self.text.get(self.offset..offset).unwrap_or_default().chars() {
            if c == '\n' {
                (self.line, self.column) = (self.line + 1, 1);
            } else {
                self.column += 1;
            }
        }
        self.offset = self.offset.max(offset);
        (self.line, self.column)
    }
}
