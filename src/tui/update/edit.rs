//! Keys that edit without a form: confidence, weights, status, order, and deleting after a question.
//!
//! Each is one step of the history. If a key cannot do its work, the editor says why.

use crate::tui::mode::Question;
use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::apply::{self, refusal};
use super::find;
use crate::change::{Change, ItemChange, Listed, Refused, make};
use crate::present::{Order, words};
use crate::scenario::{
    Credibility, Evidence, EvidenceField, Hypothesis, HypothesisField, Level, Status, Value,
};
use crate::tui::keymap::{Action, answer};
use crate::tui::mode::{Deleting, Mode};
use crate::tui::state::{Speech, State};

const NO_ITEM: &str = "there is no item here";
const NO_HYPOTHESIS: &str = "there is no hypothesis here";

/// Sets the next confidence of the cell: low, medium, high, none.
pub(super) fn confidence(state: &mut State) {
    let (Some((_, item)), Some((at, hypothesis))) = (state.item(), state.hypothesis()) else {
        return state.say(Speech::Refused, "there is no cell here");
    };
    let Some(cell) = item.ratings.get(at).filter(|cell| cell.rating.is_some()) else {
        return state.say(Speech::Refused, "a blank cell has no confidence: rate it first");
    };
    let next = match cell.confidence {
        None => Some(Level::Low),
        Some(Level::Low) => Some(Level::Medium),
        Some(Level::Medium) => Some(Level::High),
        Some(Level::High) => None,
    };
    let change = make::set_confidence(state.scenario(), &item.id, &hypothesis.id, next);
    apply::make(state, change);
}

/// Moves the credibility of the item one level up or down.
pub(super) fn credibility(state: &mut State, is_up: bool) {
    let Some((_, item)) = state.item() else { return state.say(Speech::Refused, NO_ITEM) };
    if let Some(Credibility::Grade(grade)) = item.credibility {
        let text = format!(
            "the grade {grade} decides the credibility of {}, {}: {} changes the grade",
            item.id,
            grade.level(),
            state.key(Action::EditItem)
        );
        return state.say(Speech::Refused, text);
    }
    weigh(state, EvidenceField::Credibility, Evidence::credibility, is_up);
}

/// Moves the relevance of the item one level up or down.
pub(super) fn relevance(state: &mut State, is_up: bool) {
    weigh(state, EvidenceField::Relevance, Evidence::relevance, is_up);
}

fn weigh(state: &mut State, field: EvidenceField, level: fn(&Evidence) -> Level, is_up: bool) {
    let Some((_, item)) = state.item() else { return state.say(Speech::Refused, NO_ITEM) };
    let next = match (level(item), is_up) {
        (Level::Low, true) | (Level::High, false) => Level::Medium,
        (Level::Medium, true) => Level::High,
        (Level::Medium, false) => Level::Low,
        (end @ (Level::Low | Level::High), _) => {
            let text = format!("{field} is {end} already");
            return state.say(Speech::Done, text);
        }
    };
    let value = Some(Value::Text(next.as_str().into()));
    let changes = make::set_field::<Evidence>(state.scenario(), &item.id, field, value);
    apply::make(state, changes);
}

/// Rejects the hypothesis, or makes it active again.
pub(super) fn reject(state: &mut State) {
    let Some((_, hypothesis)) = state.hypothesis() else { return state.say(Speech::Refused, NO_HYPOTHESIS) };
    // A hypothesis without a status is active.
    let value = hypothesis.is_active().then(|| Value::Text(Status::Rejected.as_str().into()));
    let changes =
        make::set_field::<Hypothesis>(state.scenario(), &hypothesis.id, HypothesisField::Status, value);
    apply::make(state, changes);
}

/// Asks whether to delete the item under the cursor.
pub(super) fn ask_row(state: &mut State) {
    let Some((_, item)) = state.item() else { return state.say(Speech::Refused, NO_ITEM) };
    let change = make::remove::<Evidence>(state.scenario(), &item.id);
    ask(state, change);
}

/// Asks whether to delete the hypothesis under the cursor.
pub(super) fn ask_column(state: &mut State) {
    let Some((_, hypothesis)) = state.hypothesis() else { return state.say(Speech::Refused, NO_HYPOTHESIS) };
    let change = make::remove::<Hypothesis>(state.scenario(), &hypothesis.id);
    ask(state, change);
}

/// Asks whether to delete an item of any kind.
pub(super) fn ask(state: &mut State, change: Result<Change, Refused>) {
    match change {
        Ok(change) => {
            let question = question(&change);
            state.mode = Mode::Question(Question::Delete(Deleting { changes: vec![change], question }));
        }
        Err(refused) => {
            state.say(Speech::Refused, refusal(state, &refused));
        }
    }
}

/// Returns the question before a deletion, which tells of the references that are deleted too.
fn question(change: &Change) -> String {
    let (reference, references) = match change {
        Change::Source(_) => ("citation", "citations"),
        Change::Cell { .. }
        | Change::Hypothesis(_)
        | Change::Evidence(_)
        | Change::Indicator(_)
        | Change::Estimate(_)
        | Change::Scenario(_) => ("reference", "references"),
    };
    let (what, ratings, along) = match change {
        Change::Estimate(ItemChange::Removed(entry)) => {
            (format!("estimate {}", entry.item.id), 0, &entry.along)
        }
        Change::Evidence(ItemChange::Removed(entry)) => {
            (format!("item {}", entry.item.id), entry.cells.len(), &entry.along)
        }
        Change::Hypothesis(ItemChange::Removed(entry)) => {
            (format!("hypothesis {}", entry.item.id), entry.cells.len(), &entry.along)
        }
        Change::Source(ItemChange::Removed(entry)) => (format!("source {}", entry.item.id), 0, &entry.along),
        Change::Indicator(ItemChange::Removed(entry)) => {
            (format!("indicator {}", entry.item.id), entry.cells.len(), &entry.along)
        }
        Change::Cell { .. }
        | Change::Hypothesis(_)
        | Change::Source(_)
        | Change::Evidence(_)
        | Change::Indicator(_)
        | Change::Estimate(_)
        | Change::Scenario(_) => return String::new(),
    };
    let indicators = along.iter().filter(|change| matches!(change, Change::Indicator(_))).count();
    let with: Vec<String> = [
        (ratings, "rating", "ratings"),
        (indicators, "indicator", "indicators"),
        (along.len() - indicators, reference, references),
    ]
    .into_iter()
    .filter(|(number, _, _)| *number > 0)
    .map(|(number, one, many)| words::count(number, one, many))
    .collect();
    let with = if with.is_empty() { String::new() } else { format!(" with {}", words::list(&with)) };
    format!("Delete {what}{with}? y yes, n no")
}

/// Takes the answer to that question.
pub(super) fn answered(state: &mut State, deleting: &Deleting, event: KeyEvent) {
    if answer(event) == KeyCode::Char('y') {
        apply::apply(state, &deleting.changes);
    } else {
        state.say(Speech::Done, "nothing was deleted");
    }
    state.close_over();
}

/// Moves the row so many places down in the file, provided that rows are shown in the order of the file.
pub(super) fn shift_row(state: &mut State, by: isize) {
    let Some((at, item)) = state.item() else { return state.say(Speech::Refused, NO_ITEM) };
    let id = item.id.clone();
    if state.window.order != Order::File {
        let order = state.window.order.as_str();
        let sort = state.key(Action::Sort);
        let why = format!(
            "rows are sorted by {order}: {sort} goes back to the order of the file, in which they can be moved"
        );
        return state.say(Speech::Refused, why);
    }
    if state.window.is_filtered() {
        let filter = state.key(Action::Filter);
        let why = format!("rows are filtered: {filter} shows all of them, then they can be moved");
        return state.say(Speech::Refused, why);
    }
    if let Some(to) = shift::<Evidence>(state, &id, at.checked_add_signed(by)) {
        find::relist(state, Some(to));
    }
}

/// Moves the column so many places to the right in the file.
pub(super) fn shift_column(state: &mut State, by: isize) {
    let Some((at, hypothesis)) = state.hypothesis() else { return state.say(Speech::Refused, NO_HYPOTHESIS) };
    let id = hypothesis.id.clone();
    if state.window.blind {
        let why = format!("columns are shuffled in blind mode: {} ends it", state.key(Action::Blind));
        return state.say(Speech::Refused, why);
    }
    if let Some(to) = shift::<Hypothesis>(state, &id, at.checked_add_signed(by)) {
        state.window.cursor.column = to;
    }
}

/// Moves an item to a position of its list. Returns its new position.
fn shift<T: Listed>(state: &mut State, id: &T::Id, to: Option<usize>) -> Option<usize> {
    let Some(to) = to.filter(|to| *to < T::list(state.scenario()).len()) else {
        let end = if to.is_none() { "first" } else { "last" };
        state.say(Speech::Refused, format!("it is already {end}"));
        return None;
    };
    let change = make::shift::<T>(state.scenario(), id, to);
    apply::make(state, change);
    state.scenario().position::<T>(id)
}
