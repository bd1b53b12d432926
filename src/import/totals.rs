//! Scores that a table states: compared with the sums of its own ratings under every known count, and never taken over.

use super::column::is_score;
use super::grid::GridRow;
use super::notation::{number, plain};
use super::shape::FoundTable;
use super::{Imported, StatedTotal};
use crate::scenario::{Evidence, Rating, Scenario};

/// A way of summing up a column: the part of one cell, by the value of its rating and the weight of its item.
type Count = (&'static str, fn(f64, f64) -> f64);

/// Every known count; of several that agree the first is meant. Stated scores may have either sign.
const COUNTS: [Count; 7] = [
    ("inconsistency", |value, _| value.min(0.0)),
    ("weighted inconsistency", |value, weight| weight * value.min(0.0)),
    ("inconsistent ratings", |value, _| if value < 0.0 { 1.0 } else { 0.0 }),
    ("net", |value, _| value),
    ("weighted net", |value, weight| weight * value),
    ("squared inconsistency", |value, _| value.min(0.0).powi(2)),
    ("consistent ratings", |value, _| if value > 0.0 { 1.0 } else { 0.0 }),
];

/// Largest difference between equal scores: tables round.
const TOLERANCE: f64 = 0.011;

/// Compares every row of scores.
pub(super) fn compare(table: &FoundTable, imported: &mut Imported) {
    for row in table.rows(&table.scores) {
        let totals = compared(table, row, &imported.scenario);
        imported.totals.extend(totals);
    }
}

fn compared(table: &FoundTable, row: &GridRow, scenario: &Scenario) -> Vec<StatedTotal> {
    let label = row.cells.iter().map(|cell| cell.text.trim()).find(|text| is_score(text)).unwrap_or_default();
    let stated = |(at, column): (usize, &usize)| Some((at, number(&plain(row.text(*column)))?));
    let stated: Vec<(usize, f64)> = table.hypotheses.iter().enumerate().filter_map(stated).collect();
    // A rank is not a sum.
    if plain(label).contains("rank") {
        return Vec::new();
    }
    let agrees = |count: &Count, at: usize, stated: f64| {
        (total(scenario, at, count.1).abs() - stated.abs()).abs() < TOLERANCE
    };
    let agreeing = |count: &Count| stated.iter().filter(|(at, stated)| agrees(count, *at, *stated)).count();
    let best = COUNTS.iter().reduce(|best, next| if agreeing(next) > agreeing(best) { next } else { best });
    let best = best.filter(|count| agreeing(count) * 2 > stated.len());
    let [_, usual, ..] = &COUNTS;
    let total = |(at, stated): (usize, f64)| {
        let count = best.unwrap_or(usual);
        let hypothesis = scenario.hypotheses.get(at).map(|h| h.id.to_string()).unwrap_or_default();
        let ours = total(scenario, at, count.1);
        let count = best.filter(|count| agrees(count, at, stated)).map(|count| count.0);
        StatedTotal { hypothesis, row: label.to_owned(), stated, ours, count }
    };
    stated.iter().copied().map(total).collect()
}

fn total(scenario: &Scenario, hypothesis: usize, part: fn(f64, f64) -> f64) -> f64 {
    let value = |item: &Evidence| item.ratings.rating(hypothesis).and_then(Rating::value).map(f64::from);
    scenario.evidence.iter().filter_map(|item| Some(part(value(item)?, item.weight().factor()))).sum()
}

/// The totals of one row in one line; those that agree first.
pub fn sentence(totals: &[StatedTotal]) -> String {
    let figure = |number: f64| ((number * 100.0).round() / 100.0 + 0.0).to_string();
    let agreeing: Vec<&StatedTotal> = totals.iter().filter(|total| total.count.is_some()).collect();
    let label = totals.first().map_or("", |total| total.row.as_str());
    let mut parts = Vec::new();
    if let Some(count) = agreeing.first().and_then(|total| total.count) {
        let stated: Vec<String> = agreeing.iter().map(|total| figure(total.stated)).collect();
        let verb = if stated.len() == 1 { "is" } else { "are" };
        parts.push(format!("stated {} {verb} {count}", stated.join(", ")));
    }
    let others = |verb: &str| -> Vec<String> {
        let other = |total: &StatedTotal| {
            let (stated, ours) = (figure(total.stated), figure(total.ours));
            format!("{} states {stated}, {verb} {ours}", total.hypothesis)
        };
        totals.iter().filter(|total| total.count.is_none()).map(other).collect()
    };
    if agreeing.is_empty() {
        let others = others("ours is").join("; ");
        parts.push(format!("no known count agrees (by weighted inconsistency: {others})"));
    } else {
        parts.extend(others("its own column gives"));
    }
    let label = if label.is_empty() { "a row without a name" } else { label };
    format!("{label}: {}", parts.join("; "))
}
