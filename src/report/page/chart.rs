//! Places on the chart of scores over time.

use std::fmt::Write;

use crate::present::CourseChart;

/// The left and right end of the axis, and its top and foot.
const LEFT: f64 = 60.0;
const RIGHT: f64 = 760.0;
const TOP: f64 = 24.0;
const FOOT: f64 = 280.0;
/// Distance between the names beside the lines.
const NAME_HEIGHT: f64 = 20.0;
/// Distance between the dates below the axis.
const DAY_WIDTH: f64 = 140.0;

/// A line of the chart, ready to be drawn.
#[derive(Debug)]
pub(super) struct DrawnLine<'a> {
    pub(super) label: &'a str,
    pub(super) leads: bool,
    /// The number of its colour and dashes.
    pub(super) style: usize,
    pub(super) points: String,
    pub(super) label_y: String,
    pub(super) mark_y: String,
}

/// Returns the horizontal place of a share of the axis.
pub(super) fn across(share: f64) -> String {
    format!("{:.1}", x(share))
}

fn x(share: f64) -> f64 {
    LEFT + share * (RIGHT - LEFT)
}

fn y(share: f64) -> f64 {
    FOOT - share * (FOOT - TOP)
}

/// Returns the dates that have room, with their place and anchor: the last one always.
pub(super) fn day_labels<'a>(chart: &'a CourseChart<'_>) -> Vec<(String, &'static str, &'a str)> {
    let mut labels = Vec::new();
    let mut next = RIGHT;
    for (nth, (share, day)) in chart.days.iter().rev().enumerate() {
        let at = x(*share);
        if nth == 0 || next - at >= DAY_WIDTH {
            let anchor = if nth == 0 {
                "end"
            } else if at < LEFT + DAY_WIDTH / 2.0 {
                "start"
            } else {
                "middle"
            };
            labels.push((format!("{at:.1}"), anchor, day.as_str()));
            next = at;
        }
    }
    labels
}

/// Draws each line in steps, since a score holds until the next date, with its name beside the last score.
pub(super) fn drawn<'a>(chart: &'a CourseChart<'_>) -> Vec<DrawnLine<'a>> {
    let ends =
        chart.lines.iter().map(|line| line.places.iter().rev().flatten().next().copied().unwrap_or_default());
    let mut order: Vec<(usize, f64)> = ends.map(y).enumerate().collect();
    order.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    let mut places = vec![0.0; order.len()];
    let mut lowest = f64::NEG_INFINITY;
    for (at, wanted) in order {
        lowest = wanted.max(lowest + NAME_HEIGHT);
        places.get_mut(at).into_iter().for_each(|place| *place = lowest);
    }
    // What was pushed below the axis moves up with all above it.
    let excess = (lowest - FOOT).max(0.0);
    let lines = chart.lines.iter().zip(places).enumerate();
    let draw = |(style, (line, place)): (usize, (&'a crate::present::CourseLine<'_>, f64))| {
        let mut points = String::new();
        let mut before: Option<f64> = None;
        for ((share, _), score) in chart.days.iter().zip(&line.places) {
            let Some(score) = score else { continue };
            if let Some(before) = before {
                let _ = write!(points, "{:.1},{:.1} ", x(*share), y(before));
            }
            let _ = write!(points, "{:.1},{:.1} ", x(*share), y(*score));
            before = Some(*score);
        }
        let place = (place - excess).max(TOP);
        DrawnLine {
            label: line.name,
            leads: line.leads,
            style,
            points: points.trim_end().to_owned(),
            label_y: format!("{:.1}", place + 4.0),
            mark_y: format!("{place:.1}"),
        }
    };
    lines.map(draw).collect()
}
