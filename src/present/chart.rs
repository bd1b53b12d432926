//! Charts for people: how several values ran over the same steps, a line each.
//!
//! Knows values and what they are called, never how wide a page is or which characters draw: a printer that has fewer
//! columns than there are steps lets one stand for several, and says so.

use std::borrow::Cow;

use super::table::Cell;

/// Courses over the same steps on one scale.
#[derive(Debug)]
pub struct Chart<'a> {
    /// What is drawn.
    pub heading: String,
    /// What one step is, and several: `date`, `dates`.
    pub step: (&'static str, &'static str),
    /// The lowest value of the scale, as a number and in words.
    pub low: (f64, String),
    /// The highest value of the scale.
    pub high: (f64, String),
    /// The lines, as many values in each.
    pub courses: Vec<Course<'a>>,
}

/// One value over all steps.
#[derive(Debug)]
pub struct Course<'a> {
    /// What it is the value of, in full.
    pub name: Cell<'a>,
    /// The same for where there is no room.
    pub short: Cow<'a, str>,
    /// The value at each step.
    pub values: Vec<f64>,
    /// The first value in words.
    pub first: String,
    /// The last value in words.
    pub last: String,
}
