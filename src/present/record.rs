//! Records: the same answer as a plain table for other programs, without rounding or words.

use std::borrow::Cow;

use super::table::Lazy;

/// One field of a record.
#[derive(Clone, Debug, PartialEq)]
pub enum RecordField<'a> {
    /// Does not apply, or is blank.
    Empty,
    /// A text, as the scenario has it: printers escape it.
    Text(Cow<'a, str>),
    /// A whole number.
    Count(usize),
    /// A score or another figure that people read with two decimals.
    Number(f64),
    /// A probability, 0 to 1.
    Probability(f64),
}

impl<'a> RecordField<'a> {
    /// A text.
    #[must_use]
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// What stands there, or nothing.
    #[must_use]
    pub fn maybe<T>(value: Option<T>, field: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, field)
    }
}

/// A table for programs: names of columns and a field for each in every row.
#[derive(Debug)]
pub struct Records<'a> {
    /// Names of the columns; stable.
    pub columns: Vec<Cow<'a, str>>,
    /// The rows.
    pub rows: Lazy<'a, Vec<RecordField<'a>>>,
}
