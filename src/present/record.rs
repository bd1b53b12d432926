//! The plain table of a report, for CSV: no rounding, no words, stable column names.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::table::Lazy;

/// One field of a record.
#[derive(Clone, Debug, PartialEq)]
pub enum RecordField<'a> {
    /// Blank, or not applicable.
    Empty,
    /// A text as the scenario has it; formats escape it.
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

    /// The field of a value, or an empty one for `None`.
    #[must_use]
    pub fn maybe<T>(value: Option<T>, field: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, field)
    }
}

/// The field of a JSON value: null is empty, lists and objects are written as JSON.
impl From<Value> for RecordField<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Empty,
            Value::String(text) => Self::text(text),
            Value::Number(number) => match number.as_u64() {
                Some(count) => Self::Count(usize::try_from(count).unwrap_or(usize::MAX)),
                None => Self::maybe(number.as_f64(), Self::Number),
            },
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => Self::text(value.to_string()),
        }
    }
}

/// A table for programs: column names, and a field for each column in every row.
#[derive(Debug)]
pub struct Records<'a> {
    /// Names of the columns; stable.
    pub columns: Vec<Cow<'a, str>>,
    /// The rows.
    pub rows: Lazy<'a, Vec<RecordField<'a>>>,
    /// Positions of rows that do not count, ascending: struck out on a page, and left out of CSV.
    pub struck: Vec<usize>,
}

impl<'a> Records<'a> {
    /// Returns a record for each element of a report's list: the keys of its JSON object that `columns` names, in
    /// that order. A key that an element lacks is an empty field.
    pub(super) fn of<T: Serialize + 'a>(columns: &'static [&'static str], elements: Vec<T>) -> Self {
        let number = elements.len();
        let record = move |at: usize| {
            let mut object = elements.get(at).and_then(|element| serde_json::to_value(element).ok());
            let mut field = |key: &&str| Some(object.as_mut()?.get_mut(*key)?.take());
            columns.iter().map(|key| RecordField::maybe(field(key), RecordField::from)).collect()
        };
        Self {
            columns: columns.iter().copied().map(Cow::Borrowed).collect(),
            rows: Lazy::new(number, record),
            struck: Vec::new(),
        }
    }
}
