//! The conflicts that merges left, with both sides in words.
//!
//! Knows scenarios and the sides of conflicts. Must never know keys or the screen.

use crate::change::{Unsettled, apply_all, settle, unsettled};
use crate::engine::{Matrix, rank};
use crate::present::ConflictText;
use crate::scenario::{ItemKind, Method, Scenario, Side, Subject, inconsistencies};

/// A conflict, as it is put to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConflictQuestion {
    pub(crate) subject: Subject,
    /// The subject and both sides, in words.
    pub(crate) said: ConflictText,
    /// The text of the item, as a reminder; empty where there is none, or the text itself is in conflict.
    pub(crate) reminder: String,
}

/// Returns the number of conflicts.
pub(crate) fn count(scenario: &Scenario) -> usize {
    unsettled(scenario).len()
}

/// Returns all conflicts, in the order of the file.
pub(crate) fn questions(scenario: &Scenario) -> Vec<ConflictQuestion> {
    unsettled(scenario).iter().map(|found| question(scenario, found)).collect()
}

fn question(scenario: &Scenario, found: &Unsettled<'_>) -> ConflictQuestion {
    let said = ConflictText::new(scenario, found);
    ConflictQuestion { subject: found.subject, said, reminder: reminder(scenario, found.subject) }
}

/// Largest number of cells for which the outcomes of a conflict are told.
const TOLD: usize = 50_000;

/// Returns who would lead by a method if this side stood; `None` where that cannot be told.
pub(crate) fn leaders_after(
    scenario: &Scenario,
    subject: Subject,
    side: Side,
    method: Method,
) -> Option<Vec<usize>> {
    if scenario.evidence.len() * scenario.hypotheses.len() > TOLD {
        return None;
    }
    let mut settled = scenario.clone();
    apply_all(&mut settled, &settle(scenario, subject, side).ok()?).ok()?;
    (method != Method::Bayes || inconsistencies(&settled).is_empty())
        .then(|| rank(&Matrix::new(&settled, None), method).leaders)
}

fn reminder(scenario: &Scenario, subject: Subject) -> String {
    match subject {
        Subject::Scenario | Subject::ScenarioField(_) | Subject::ItemField(_, _, "text" | "name") => {
            String::new()
        }
        Subject::Item(kind, at) | Subject::ItemField(kind, at, _) => text(scenario, kind, at),
        Subject::Cell { kind, item, .. } => text(scenario, kind, item),
    }
}

/// Returns the name or the text of an item.
fn text(scenario: &Scenario, kind: ItemKind, at: usize) -> String {
    match kind {
        ItemKind::Hypothesis => scenario.hypotheses.get(at).map(|item| item.name.clone()),
        ItemKind::Source => scenario.sources.get(at).map(|item| item.name.clone()),
        ItemKind::Evidence => scenario.evidence.get(at).map(|item| item.text.clone()),
        ItemKind::Indicator => scenario.indicators.get(at).map(|item| item.text.clone()),
        ItemKind::Estimate => scenario.estimates.get(at).map(|item| item.by.clone()),
    }
    .unwrap_or_default()
}
