//! Conflicts that a merge left, in words: subject, name on a command line, and the values of the sides.

use super::change::quoted;
use super::kind::id_at;
use super::target;
use super::words::{self, list};
use crate::change::{Dispute, Unsettled};
use crate::scenario::{CellConflict, ItemKind, Judgement, Rating, Scenario, Side, Subject, Value};
use crate::text::truncate;

/// Columns shown of a side's value in one line.
const LONGEST: usize = 60;

/// A conflict in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictText {
    /// Its subject: `e7 / iskp`, `e7 text`, `title`.
    pub about: String,
    /// Its name on a command line: `e7 iskp`, `e7.text`, `title`.
    pub target: String,
    /// The value that both sides started from; `None` for a deletion.
    pub base: Option<String>,
    /// The value in ours.
    pub ours: String,
    /// The value in theirs.
    pub theirs: String,
}

impl ConflictText {
    /// Puts a conflict into words.
    #[must_use]
    pub fn new(scenario: &Scenario, left: &Unsettled<'_>) -> Self {
        let (about, target) = name(scenario, &left.subject);
        let (base, ours, theirs) = match &left.dispute {
            Dispute::Cell { ours, record } => {
                let say = |judgement: &Judgement| judged(judgement, record, ours.rating);
                (Some(say(&record.base)), say(&ours.judgement()), say(&record.theirs))
            }
            Dispute::Field { ours, record } => {
                (Some(value(record.base.as_ref())), value(ours.as_ref()), value(record.theirs.as_ref()))
            }
            Dispute::Deleted(side) => {
                let (deleted, kept) = ("deleted it".to_owned(), "worked on it".to_owned());
                match side {
                    Side::Ours => (None, deleted, kept),
                    Side::Theirs => (None, kept, deleted),
                }
            }
        };
        Self { about, target, base, ours, theirs }
    }

    /// Returns one line, long texts shortened: `e7 / iskp: ours II, theirs I`.
    #[must_use]
    pub fn line(&self) -> String {
        let (ours, theirs) = (truncate(&self.ours, LONGEST), truncate(&self.theirs, LONGEST));
        format!("{}: ours {ours}, theirs {theirs}", self.about)
    }
}

/// Returns the name of a subject in a sentence, and on a command line.
fn name(scenario: &Scenario, subject: &Subject) -> (String, String) {
    match *subject {
        Subject::Scenario => ("the scenario".to_owned(), String::new()),
        Subject::ScenarioField(path) => (path.to_owned(), path.to_owned()),
        Subject::Item(kind, at) => {
            let id = item(scenario, kind, at);
            (format!("{kind} {}", bare(&id)), id)
        }
        Subject::ItemField(kind, at, key) => {
            let id = item(scenario, kind, at);
            (format!("{id} {key}"), format!("{id}.{key}"))
        }
        Subject::Cell { kind, item, hypothesis } => {
            let row = cell_owner(scenario, kind, id_at(scenario, kind, item));
            let hypothesis = id_at(scenario, ItemKind::Hypothesis, hypothesis);
            (format!("{row} / {hypothesis}"), format!("{row} {hypothesis}"))
        }
    }
}

/// Returns the id of an item, after its kind if the id is ambiguous.
fn item(scenario: &Scenario, kind: ItemKind, at: usize) -> String {
    target::with_kind(scenario, kind, id_at(scenario, kind, at))
}

/// Returns the name of what a cell belongs to, as `set` and `resolve` take it: evidence goes by its id alone.
fn cell_owner(scenario: &Scenario, kind: ItemKind, id: String) -> String {
    let is_hidden = |other| target::ids(scenario, other).contains(&id.as_str());
    let is_clear = match kind {
        ItemKind::Indicator => !is_hidden(ItemKind::Evidence),
        ItemKind::Estimate => !is_hidden(ItemKind::Evidence) && !is_hidden(ItemKind::Indicator),
        ItemKind::Hypothesis | ItemKind::Source | ItemKind::Evidence => true,
    };
    if is_clear { id } else { format!("{kind}:{id}") }
}

fn bare(id: &str) -> &str {
    id.split_once(':').map_or(id, |(_, id)| id)
}

/// Describes the disputed parts of a judgement.
fn judged(judgement: &Judgement, record: &CellConflict, ours: Option<Rating>) -> String {
    let CellConflict { base, theirs } = record;
    if base.probability != theirs.probability {
        let stated = judgement.probability;
        return stated.map_or_else(|| "not stated".to_owned(), words::stated);
    }
    let mut said = Vec::new();
    // A record in which nothing differs is of the rating at least.
    let is_blanking = record.is_blanking(ours);
    if is_blanking || base.rating != theirs.rating || base == theirs {
        said.push(judgement.rating.map_or_else(|| "blank".to_owned(), |rating| rating.to_string()));
    }
    let is_said =
        if is_blanking { judgement.confidence.is_some() } else { base.confidence != theirs.confidence };
    if is_said {
        said.push(match judgement.confidence {
            Some(confidence) => format!("confidence {confidence}"),
            None => "no confidence".to_owned(),
        });
    }
    if base.note != theirs.note {
        said.push(
            judgement
                .note
                .as_ref()
                .map_or_else(|| "no note".to_owned(), |note| format!("the note \"{note}\"")),
        );
    }
    list(&said)
}

fn value(value: Option<&Value>) -> String {
    match value {
        None => "nothing".to_owned(),
        Some(Value::Text(text)) => quoted(text),
        Some(Value::List(texts)) => quoted(&texts.join(", ")),
        Some(value @ (Value::Number(_) | Value::Flag(_) | Value::Date(_))) => words::value(value),
    }
}
