//! The cursor: where in the matrix the keys go. Knows places as they are shown, never what stands in them.

/// Where the cursor is: positions among the rows and columns that are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) row: usize,
    pub(crate) column: usize,
}
