//! Signs in the matrix: one character each, so that nothing is shown by colour alone. The help and `docs/keys.md` are
//! made from this table.

/// Changed since the last commit: in the margin a row, at a header a column, at a rating a cell.
pub(crate) const CHANGED: &str = "●";

/// A row or a column that is not committed yet.
pub(crate) const ADDED: &str = "+";

/// A conflict that a merge left.
pub(crate) const CONFLICT: &str = "!";

/// An item or a cell that the lead rests on.
pub(crate) const CRITICAL: &str = "▎";

/// An item that does not count: it is withdrawn, or rests on one that is.
pub(crate) const WITHDRAWN: &str = "×";

/// A rating that a stronger one of its group covers.
pub(crate) const COVERED: [&str; 2] = ["(", ")"];

/// Every sign, with its meaning.
pub const SIGNS: &[(&str, &str)] = &[
    (CHANGED, "changed since the last commit: the row, the column, the cell"),
    (ADDED, "added since the last commit"),
    (CONFLICT, "a conflict that a merge left"),
    (CRITICAL, "the lead rests on the item; a step in the cell changes who leads"),
    (WITHDRAWN, "the item does not count: it is withdrawn, or rests on one that is"),
    ("( )", "a stronger rating of the same group covers the cell, which adds nothing"),
];
