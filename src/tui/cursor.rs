//! The cursor: the cell of the matrix that the keys act on.
//!
//! Knows positions as they are shown, never what stands there.

/// Positions among the rows and columns that are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) row: usize,
    pub(crate) column: usize,
}
