//! What merges left to settle, side by side in words.
//!
//! Knows scenarios and what each side says. Must never know keys or the screen.

use crate::change::{Dispute, Unsettled, unsettled};
use crate::present::words;
use crate::scenario::{
    Evidence, Hypothesis, Indicator, Item, ItemKind, Judgement, Scenario, Side, Source, Subject, Value,
};

/// One thing to settle, as it is put to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) subject: Subject,
    /// What it is about.
    pub(crate) about: String,
    /// The text of the item, as a reminder; empty where there is none.
    pub(crate) reminder: String,
    /// What both sides started from.
    pub(crate) base: String,
    pub(crate) ours: String,
    pub(crate) theirs: String,
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
    let (about, reminder) = about(scenario, found.subject);
    let (base, ours, theirs) = match &found.dispute {
        Dispute::Cell { ours, record } => {
            (judgement(&record.base), judgement(&ours.judgement()), judgement(&record.theirs))
        }
        Dispute::Field { ours, record } => {
            (value(record.base.as_ref()), value(ours.as_ref()), value(record.theirs.as_ref()))
        }
        Dispute::Deleted(Side::Ours) => (String::new(), "deleted".into(), "kept, and worked on".into()),
        Dispute::Deleted(Side::Theirs) => (String::new(), "kept, and worked on".into(), "deleted".into()),
    };
    Question { subject: found.subject, about, reminder, base, ours, theirs }
}

/// What a subject is called, and the text of its item.
fn about(scenario: &Scenario, subject: Subject) -> (String, String) {
    match subject {
        Subject::Scenario => ("the scenario".into(), String::new()),
        Subject::ScenarioField(path) => (path.into(), String::new()),
        Subject::Item(kind, at) => {
            let (id, text) = item(scenario, kind, at);
            (format!("{kind} {id}"), text)
        }
        Subject::ItemField(kind, at, key) => {
            let (id, text) = item(scenario, kind, at);
            // Where it is the text itself that is in question it is no reminder.
            (format!("{id} {key}"), if matches!(key, "text" | "name") { String::new() } else { text })
        }
        Subject::Cell { evidence, hypothesis } => {
            let (id, text) = item(scenario, ItemKind::Evidence, evidence);
            let column = scenario.hypotheses.get(hypothesis).map_or("", Hypothesis::header);
            (format!("{id} / {column}"), text)
        }
    }
}

fn item(scenario: &Scenario, kind: ItemKind, at: usize) -> (String, String) {
    match kind {
        ItemKind::Hypothesis => said::<Hypothesis>(scenario, at, |item| &item.name),
        ItemKind::Source => said::<Source>(scenario, at, |item| &item.name),
        ItemKind::Evidence => said::<Evidence>(scenario, at, |item| &item.text),
        ItemKind::Indicator => said::<Indicator>(scenario, at, |item| &item.text),
    }
}

fn said<T: Item>(scenario: &Scenario, at: usize, text: fn(&T) -> &String) -> (String, String) {
    let item = T::list(scenario).get(at);
    item.map(|item| (item.id().to_string(), text(item).clone())).unwrap_or_default()
}

fn judgement(judgement: &Judgement) -> String {
    let rating = judgement.rating.map_or("blank", |rating| rating.as_str());
    let confidence = judgement.confidence.map(|level| format!(", confidence {level}")).unwrap_or_default();
    let note = judgement.note.as_ref().map(|note| format!(": \u{201c}{note}\u{201d}")).unwrap_or_default();
    format!("{rating}{confidence}{note}")
}

fn value(value: Option<&Value>) -> String {
    value.map_or_else(|| "(nothing)".into(), words::value)
}
