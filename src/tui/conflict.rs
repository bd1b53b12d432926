//! What merges left to settle, side by side in words.
//!
//! Knows scenarios and what each side says. Must never know keys or the screen.

use crate::change::{Unsettled, unsettled};
use crate::present::ConflictText;
use crate::scenario::{ItemKind, Scenario, Subject};

/// One thing to settle, as it is put to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) subject: Subject,
    /// What it is about, and what the sides say.
    pub(crate) said: ConflictText,
    /// The text of the item, as a reminder; empty where there is none, or it is in question itself.
    pub(crate) reminder: String,
}

/// How many things are to be settled.
pub(crate) fn count(scenario: &Scenario) -> usize {
    unsettled(scenario).len()
}

/// All that is to be settled, as the file has it.
pub(crate) fn questions(scenario: &Scenario) -> Vec<Question> {
    unsettled(scenario).iter().map(|found| question(scenario, found)).collect()
}

fn question(scenario: &Scenario, found: &Unsettled<'_>) -> Question {
    let said = ConflictText::new(scenario, found);
    Question { subject: found.subject, said, reminder: reminder(scenario, found.subject) }
}

fn reminder(scenario: &Scenario, subject: Subject) -> String {
    match subject {
        Subject::Scenario | Subject::ScenarioField(_) | Subject::ItemField(_, _, "text" | "name") => {
            String::new()
        }
        Subject::Item(kind, at) | Subject::ItemField(kind, at, _) => text(scenario, kind, at),
        Subject::Cell { evidence, .. } => text(scenario, ItemKind::Evidence, evidence),
    }
}

/// The name or the text of an item.
fn text(scenario: &Scenario, kind: ItemKind, at: usize) -> String {
    match kind {
        ItemKind::Hypothesis => scenario.hypotheses.get(at).map(|item| item.name.clone()),
        ItemKind::Source => scenario.sources.get(at).map(|item| item.name.clone()),
        ItemKind::Evidence => scenario.evidence.get(at).map(|item| item.text.clone()),
        ItemKind::Indicator => scenario.indicators.get(at).map(|item| item.text.clone()),
    }
    .unwrap_or_default()
}
