//! The plain table of a report, for CSV: no rounding, no words, stable column names.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::table::Lazy;
use crate::scenario::Method;

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

impl RecordField<'_> {
    /// Returns a field for the score of a method, which is a probability under some.
    pub(super) const fn score(method: Method, score: f64) -> Self {
        if method.is_additive() { Self::Number(score) } else { Self::Probability(score) }
    }
}

impl<'a> From<&'a str> for RecordField<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for RecordField<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<usize> for RecordField<'_> {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl From<f64> for RecordField<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// `None` is an empty field.
impl<'a, T: Into<RecordField<'a>>> From<Option<T>> for RecordField<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, T::into)
    }
}

/// The field of a JSON value: null is empty, lists and objects are written as JSON.
impl From<Value> for RecordField<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Empty,
            Value::String(text) => text.into(),
            Value::Number(number) => match number.as_u64() {
                Some(count) => Self::Count(usize::try_from(count).unwrap_or(usize::MAX)),
                None => number.as_f64().into(),
            },
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => value.to_string().into(),
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
            columns.iter().map(|key| field(key).into()).collect()
        };
        Self::lazy(columns.iter().copied().map(Cow::Borrowed).collect(), Lazy::new(number, record))
    }

    /// Returns these rows.
    pub(super) fn new(columns: Vec<Cow<'a, str>>, rows: Vec<Vec<RecordField<'a>>>) -> Self {
        Self::lazy(columns, Lazy::of(rows))
    }

    /// Returns rows that are made one by one.
    pub(super) const fn lazy(columns: Vec<Cow<'a, str>>, rows: Lazy<'a, Vec<RecordField<'a>>>) -> Self {
        Self { columns, rows, struck: Vec::new() }
    }
}
