//! Signs in the matrix: one character each, so that nothing is told by colour alone. The help and `docs/keys.md` are
//! made from this table.

/// What is not as it was committed: in the margin a row, at a head a column, at a rating a cell.
pub(crate) const CHANGED: &str = "●";

/// A row or a column that was not committed yet.
pub(crate) const ADDED: &str = "+";

/// What a merge left to settle.
pub(crate) const CONFLICT: &str = "!";

/// What the lead rests on.
pub(crate) const CRITICAL: &str = "▎";

/// Every sign, and what it says.
pub const SIGNS: &[(&str, &str)] = &[
    (CHANGED, "changed since the last commit: the row, the column, the cell"),
    (ADDED, "added since the last commit"),
    (CONFLICT, "a merge left it to settle"),
    (CRITICAL, "the lead rests on the item; a step in the cell changes who leads"),
];
