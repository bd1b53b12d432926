//! The conflicts that merges left, with both sides in words.
//!
//! Knows scenarios and the sides of conflicts. Must never know keys or the screen.

use super::scores::Scores;
use crate::change::{Change, Dispute, Unsettled, apply_all, make, settle, settle_all, unsettled};
use crate::present::target::by_kind;
use crate::present::{Conclusion, ConflictText};
use crate::scenario::{Item, ItemKind, Judgement, Method, Scenario, Side, Subject, Value};

/// A conflict, as it is put to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConflictQuestion {
    pub(crate) subject: Subject,
    /// The subject and both sides, in words.
    pub(crate) said: ConflictText,
    /// The judgements of base, ours and theirs, where a rated cell is in conflict.
    pub(crate) judged: Option<[Judgement; 3]>,
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
    let judged = match &found.dispute {
        Dispute::Cell { ours, record } if record.base.probability == record.theirs.probability => {
            Some([record.base.clone(), ours.judgement(), record.theirs.clone()])
        }
        Dispute::Cell { .. } | Dispute::Field { .. } | Dispute::Deleted(_) => None,
    };
    ConflictQuestion { subject: found.subject, said, judged, reminder: reminder(scenario, found.subject) }
}

/// Largest number of cells for which the outcomes of a conflict are told.
const TOLD: usize = 50_000;

/// Returns who would lead by a method if this side stood; `None` where that cannot be told.
pub(crate) fn lead_after(
    scenario: &Scenario,
    subject: Subject,
    side: Side,
    method: Method,
) -> Option<ConflictLead> {
    lead_with(scenario, method, &settle(scenario, subject, side).ok()?)
}

/// Returns who would lead by a method if this side stood in every conflict; `None` where that cannot be told.
pub(crate) fn lead_after_all(scenario: &Scenario, side: Side, method: Method) -> Option<ConflictLead> {
    (!is_large(scenario))
        .then(|| settle_all(scenario, side).ok())?
        .and_then(|all| lead_with(scenario, method, &all))
}

/// Returns who would lead by a method if the cell in conflict had the rating of the common base.
pub(crate) fn lead_before(
    scenario: &Scenario,
    question: &ConflictQuestion,
    method: Method,
) -> Option<ConflictLead> {
    let ([base, ..], Subject::Cell { kind: ItemKind::Evidence, item, hypothesis }) =
        (question.judged.as_ref()?, question.subject)
    else {
        return None;
    };
    lead_with(scenario, method, &make::rate_all(scenario, [(item, hypothesis)], base.rating))
}

/// The leaders, by their positions, and their margin in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConflictLead {
    pub(crate) leaders: Vec<usize>,
    pub(crate) margin: Option<String>,
}

fn is_large(scenario: &Scenario) -> bool {
    scenario.evidence.len() * scenario.hypotheses.len() > TOLD
}

fn lead_with(scenario: &Scenario, method: Method, changes: &[Change]) -> Option<ConflictLead> {
    if is_large(scenario) {
        return None;
    }
    let mut settled = scenario.clone();
    apply_all(&mut settled, changes).ok()?;
    let Scores { matrix, ranking, inconsistency: None } = Scores::new(&settled, method, None) else {
        return None;
    };
    let margin = Conclusion { scenario: &settled, matrix: &matrix, ranking: &ranking }.margin();
    Some(ConflictLead { leaders: ranking.leaders, margin })
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

/// Returns the name or the text of an item, which is its first field.
pub(crate) fn text(scenario: &Scenario, kind: ItemKind, at: usize) -> String {
    fn of<T: Item>(scenario: &Scenario, at: usize) -> Option<Value> {
        T::list(scenario).get(at)?.field(*T::FIELDS.first()?)
    }
    let value = by_kind!(kind, of(scenario, at));
    value.as_ref().and_then(Value::as_text).unwrap_or_default().to_owned()
}
