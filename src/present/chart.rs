//! Charts for people: several values over the same steps, a line each.
//!
//! Knows values and names, never the width of a page or the characters drawn: a printer with fewer columns than steps
//! lets one column stand for several steps, and says so.

use std::borrow::Cow;
use std::fmt::Display;

use super::table::Cell;
use super::words::{self, method_words};
use crate::scenario::Method;

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

impl<'a> Chart<'a> {
    /// Returns scores by a method from one day to another, given the name, the short name and the scores of each
    /// hypothesis; `None` without any score.
    pub(super) fn of_scores<D: Display + PartialEq>(
        method: Method,
        step: (&'static str, &'static str),
        (from, to): (D, D),
        courses: impl IntoIterator<Item = (Cell<'a>, Cow<'a, str>, Vec<f64>)>,
    ) -> Option<Self> {
        let say = |value: f64| words::score(method, value);
        let said = |value: Option<&f64>| value.map(|value| say(*value)).unwrap_or_default();
        let course = |(name, short, values): (Cell<'a>, Cow<'a, str>, Vec<f64>)| {
            let (first, last) = (said(values.first()), said(values.last()));
            Course { name, short, values, first, last }
        };
        let courses: Vec<Course<'a>> = courses.into_iter().map(course).collect();
        let all = || courses.iter().flat_map(|course| &course.values).copied();
        let (low, high) = (all().reduce(f64::min)?, all().reduce(f64::max)?);
        let days = if from == to { format!("on {from}") } else { format!("from {from} to {to}") };
        let heading = format!("{} {days}", method_words(method).score);
        Some(Self { heading, step, low: (low, say(low)), high: (high, say(high)), courses })
    }
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
