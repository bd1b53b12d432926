//! Selections: the cells between a corner and the cursor, or their whole rows or columns.
//!
//! Knows places in the window. Must never know scenarios.

use std::ops::RangeInclusive;

use super::cursor::Cursor;

/// A selection that the cursor extends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    /// The corner opposite the cursor.
    pub(crate) corner: Cursor,
    pub(crate) extent: Extent,
    /// Whether moves extend it; otherwise they drop it.
    pub(crate) is_kept: bool,
}

/// The cells that a selection takes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    Cells,
    /// All columns.
    Rows,
    /// All rows.
    Columns,
}

/// Cells beside and below each other, by their places in the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) rows: RangeInclusive<usize>,
    pub(crate) columns: RangeInclusive<usize>,
}

impl Selection {
    /// Returns the cells to the cursor, in a window with this last cell.
    pub(crate) fn to(self, cursor: Cursor, last: Cursor) -> Block {
        let between = |a: usize, b: usize, last: usize| a.min(b).min(last)..=a.max(b).min(last);
        let (mut rows, mut columns) = (
            between(self.corner.row, cursor.row, last.row),
            between(self.corner.column, cursor.column, last.column),
        );
        match self.extent {
            Extent::Cells => {}
            Extent::Rows => columns = 0..=last.column,
            Extent::Columns => rows = 0..=last.row,
        }
        Block { rows, columns }
    }
}

impl Extent {
    /// Returns the extent that comes after it.
    pub(crate) const fn next(self) -> Self {
        match self {
            Self::Cells => Self::Rows,
            Self::Rows => Self::Columns,
            Self::Columns => Self::Cells,
        }
    }
}

impl Block {
    /// Number of rows and of columns.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.rows.clone().count(), self.columns.clone().count())
    }

    /// The first column.
    pub(crate) const fn first(&self) -> usize {
        *self.columns.start()
    }

    /// The last column.
    pub(crate) const fn last(&self) -> usize {
        *self.columns.end()
    }

    /// Whether a cell is in it.
    pub(crate) fn contains(&self, row: usize, column: usize) -> bool {
        self.rows.contains(&row) && self.columns.contains(&column)
    }
}
