//! Unsaved edits in words: a line each, with what it does to the lead.
//!
//! Knows scenarios, changes and scores. Must never know why the edits are told.

use super::scores::Scores;
use crate::change::{Change, apply};
use crate::present::sentence;
use crate::present::words::list;
use crate::scenario::{Method, Scenario};

/// Most cells that are scored to tell what edits do to the lead: all of the scenario, for each edit.
const SCORED: usize = 1_000_000;

/// Returns a line for each change of a scenario, and one about the lead with all of them. What they do to the lead is
/// told where it is quickly found out.
pub(crate) fn in_words(before: &Scenario, changes: &[Change], method: Method) -> Vec<String> {
    if changes.is_empty() {
        return vec!["comments or spacing".to_owned()];
    }
    let cells = before.evidence.len() * before.hypotheses.len();
    if cells * changes.len() > SCORED {
        return changes.iter().map(sentence).collect();
    }
    let mut scenario = before.clone();
    let first = leaders(&scenario, method);
    let mut was = first.clone();
    let mut lines: Vec<String> = Vec::with_capacity(changes.len() + 1);
    for change in changes {
        let line = sentence(change);
        // They lead from this scenario to the one with all of them.
        let is = apply(&mut scenario, change).ok().and_then(|()| leaders(&scenario, method));
        lines.push(match (&was, &is) {
            (Some(was), Some(is)) if was != is => format!("{line}   changes who leads: {was} -> {is}"),
            _ => line,
        });
        was = is;
    }
    lines.extend(match (first, was) {
        (Some(first), Some(last)) if first == last => {
            Some(format!("Who leads with them, and without: {last}."))
        }
        (Some(first), Some(last)) => Some(format!("Who leads with them: {last}; without: {first}.")),
        (None, _) | (_, None) => None,
    });
    lines
}

/// Returns the names of the leaders; `None` where nobody leads, or all do since there is no evidence.
fn leaders(scenario: &Scenario, method: Method) -> Option<String> {
    if scenario.evidence.is_empty() {
        return None;
    }
    let leaders = Scores::new(scenario, method, None).ranking.leaders;
    let names: Vec<String> =
        leaders.iter().filter_map(|at| scenario.hypotheses.get(*at)).map(|h| h.header().to_owned()).collect();
    let level = if names.len() > 1 { ", level" } else { "" };
    (!names.is_empty()).then(|| format!("{}{level}", list(&names)))
}
