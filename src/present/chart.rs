//! Charts for people: several values over the same steps, a line each.
//!
//! Knows values and names, never the width of a page or the characters drawn: a printer with fewer columns than steps
//! lets one column stand for several steps, and says so.

use std::borrow::Cow;

use super::table::Cell;

/// Values over the same steps on one scale.
#[derive(Debug)]
pub struct Chart<'a> {
    /// The heading.
    pub heading: String,
    /// The word for one step and for several: `date`, `dates`.
    pub step: (&'static str, &'static str),
    /// The lowest value of the scale, as a number and in words.
    pub low: (f64, String),
    /// The highest value of the scale.
    pub high: (f64, String),
    /// The lines, each with the same number of values.
    pub courses: Vec<Course<'a>>,
}

/// One value over all steps.
#[derive(Debug)]
pub struct Course<'a> {
    /// The full name of the value.
    pub name: Cell<'a>,
    /// A short name, for narrow pages.
    pub short: Cow<'a, str>,
    /// The value at each step.
    pub values: Vec<f64>,
    /// The first value in words.
    pub first: String,
    /// The last value in words.
    pub last: String,
}
