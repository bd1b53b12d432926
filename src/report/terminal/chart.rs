//! A chart drawn as sparklines: a line a course, its first and last value at the sides, the scale below.

use std::io::{self, Write};

use super::palette::styled;
use super::prose::paragraph;
use crate::present::{Chart, Course, Phrase, Tone, words};
use crate::report::Options;
use crate::report::spark::{BLOCKS, sparkline, steps_per_column};
use crate::text::{pad_left, pad_right, single_line, truncate, width};

const INDENT: usize = 2;
/// Columns between the parts of a line.
const GAP: usize = 2;
/// Names in full are shown where they leave this many columns, or as many as there are steps.
const ROOMY: usize = 30;
/// Short names are shortened further until they leave this many.
const TIGHT: usize = 12;

/// Writes the heading, the lines and the scale.
pub(super) fn write(chart: &Chart<'_>, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let Options { width: page, colour, .. } = options;
    for line in paragraph(&[Phrase::new(chart.heading.as_str(), Tone::Strong)], page, colour) {
        writeln!(out, "{line}")?;
    }
    let widest = |text: fn(&Course<'_>) -> String| {
        chart.courses.iter().map(|course| width(&text(course))).max().unwrap_or_default()
    };
    let (first, last) = (widest(|course| course.first.clone()), widest(|course| course.last.clone()));
    let steps = chart.courses.iter().map(|course| course.values.len()).max().unwrap_or_default();
    let room = page.saturating_sub(INDENT + first + last + 3 * GAP);
    let full = widest(|course| single_line(&course.name.text).into_owned());
    let in_full = full + steps.min(ROOMY) <= room;
    let short = widest(|course| single_line(&course.short).into_owned());
    let names = if in_full { full } else { short.min(room.saturating_sub(steps.min(TIGHT))) };
    let per_column = steps_per_column(steps, room.saturating_sub(names));

    for course in &chart.courses {
        let name = if in_full { single_line(&course.name.text) } else { single_line(&course.short) };
        let name = pad_right(&truncate(&name, names), names);
        let drawn = sparkline(&course.values, chart.low.0, chart.high.0, per_column);
        let line = format!(
            "{}{}  {}  {drawn}  {}",
            " ".repeat(INDENT),
            styled(&name, course.name.tone, colour),
            pad_left(&course.first, first),
            pad_left(&course.last, last)
        );
        writeln!(out, "{line}")?;
    }
    let reading = [Phrase::new(reading(chart, per_column), Tone::Dim)];
    for line in paragraph(&reading, page.saturating_sub(INDENT), colour) {
        writeln!(out, "{}{line}", " ".repeat(INDENT))?;
    }
    Ok(())
}

/// Explains the scale and the columns.
fn reading(chart: &Chart<'_>, steps_per_column: usize) -> String {
    let [lowest, .., highest] = BLOCKS;
    let (one, many) = chart.step;
    let column = match steps_per_column {
        1 => format!("a column for each {one}"),
        several => {
            format!("a column for up to {}, as the last of them left it", words::count(several, one, many))
        }
    };
    if chart.low.0 < chart.high.0 {
        format!("{lowest} is {}, {highest} is {}; {column}", chart.low.1, chart.high.1)
    } else {
        format!("{lowest} is {}; {column}", chart.low.1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::present::Cell;

    proptest! {
        #[test]
        fn a_chart_keeps_to_the_page_whatever_it_shows(
            names in prop::collection::vec(("[a-z\u{65e5} ]{0,60}", "[a-z]{1,40}"), 1..4),
            values in prop::collection::vec(-20_000.0..20_000.0_f64, 0..400),
            page in 40_usize..200,
        ) {
            let said = |value: Option<&f64>| value.map(|value| words::decimal(*value)).unwrap_or_default();
            let courses = names.iter().map(|(name, short)| Course {
                name: Cell::plain(name.as_str()),
                short: short.as_str().into(),
                values: values.clone(),
                first: said(values.first()),
                last: said(values.last()),
            });
            let end = |value: f64| (value, words::decimal(value));
            let (low, high) = (end(-20_000.0), end(20_000.0));
            let chart = Chart { heading: "x".repeat(90), step: ("date", "dates"), low, high, courses: courses.collect() };
            let mut out = Vec::new();
            write(&chart, Options { width: page, ..Options::default() }, &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            for line in text.lines() {
                prop_assert!(width(line) <= page, "{page}: {line}");
            }
        }
    }
}
