//! Keys that edit without a form: confidence, weights, status, order, and deleting after a question.
//!
//! Each is one step of the history. If a key cannot do its work, the editor says why.

use crate::tui::mode::Question;
use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::apply::{self, refusal};
use super::{find, select};
use crate::change::{self, Change, ItemChange, Listed, Refused, make, match_change};
use crate::present::{Order, words};
use crate::scenario::{
    Credibility, Evidence, EvidenceField, Hypothesis, HypothesisField, ItemKind, Level, Status, Value,
};
use crate::tui::keymap::{Action, answer};
use crate::tui::mode::{Deleting, Mode};
use crate::tui::state::State;

const NO_ITEM: &str = "there is no item here";
const NO_HYPOTHESIS: &str = "there is no hypothesis here";

/// Returns the confidence that comes after one: low, medium, high, none.
pub(super) const fn next_confidence(confidence: Option<Level>) -> Option<Level> {
    match confidence {
        None => Some(Level::Low),
        Some(Level::Low) => Some(Level::Medium),
        Some(Level::Medium) => Some(Level::High),
        Some(Level::High) => None,
    }
}

/// Sets a confidence in all rated cells. It is chosen by that of the first of them.
pub(super) fn confidence(state: &mut State, choose: impl FnOnce(Option<Level>) -> Option<Level>) {
    let scenario = state.scenario();
    let judged = |(row, column): (usize, usize)| {
        let item = scenario.evidence.get(row)?;
        let cell = item.ratings.get(column).filter(|cell| cell.rating.is_some())?;
        Some((&item.id, &scenario.hypotheses.get(column)?.id, cell.confidence))
    };
    let cells = state.window.selected_cells();
    let mut judged = cells.iter().copied().filter_map(judged).peekable();
    let next = match (judged.peek(), cells.len()) {
        (_, 0) => return state.refuse("there is no cell here"),
        (None, 1) => return state.refuse("a blank cell has no confidence: rate it first"),
        (None, _) => return state.refuse("blank cells have no confidence: rate them first"),
        (Some((.., first)), _) => choose(*first),
    };
    let set = |(item, hypothesis, _)| make::set_confidence(scenario, item, hypothesis, next);
    let changes: Result<Vec<_>, Refused> = judged.map(set).collect();
    match changes {
        Ok(changes) => {
            select::change(state, &changes.into_iter().flatten().collect::<Vec<_>>(), "nothing to change")
        }
        Err(refused) => state.refuse(refusal(state, &refused)),
    }
}

/// Moves credibility or relevance of each item one level up or down. Items with a grade keep it.
pub(super) fn weigh(state: &mut State, field: EvidenceField, is_up: bool) {
    let scenario = state.scenario();
    let is_credibility = field == EvidenceField::Credibility;
    let level = |item: &Evidence| if is_credibility { item.credibility() } else { item.relevance() };
    let next = |item: &Evidence| match (level(item), is_up) {
        _ if is_credibility && matches!(item.credibility, Some(Credibility::Grade(_))) => None,
        (Level::Low, true) | (Level::High, false) => Some(Level::Medium),
        (Level::Medium, true) => Some(Level::High),
        (Level::Medium, false) => Some(Level::Low),
        (Level::Low, false) | (Level::High, true) => None,
    };
    let set = |item: &Evidence| {
        let value = Some(Value::Text(next(item)?.as_str().into()));
        make::set_field::<Evidence>(scenario, &item.id, field, value).ok()
    };
    let rows = state.window.selected_rows();
    let items: Vec<&Evidence> = rows.iter().filter_map(|at| scenario.evidence.get(*at)).collect();
    let changes: Vec<Change> = items.iter().filter_map(|item| set(item)).flatten().collect();
    let none = match items.as_slice() {
        [] => return state.refuse(NO_ITEM),
        [item] => match item.credibility {
            Some(Credibility::Grade(grade)) if is_credibility => {
                let (key, level) = (state.key(Action::EditItem), grade.level());
                let decides = format!("the grade {grade} decides the credibility of {}, {level}", item.id);
                return state.refuse(format!("{decides}: {key} changes the grade"));
            }
            _ => format!("{field} is {} already", level(item)),
        },
        _ => format!("{field} changes in none of them: it is at its end, or has a grade"),
    };
    select::change(state, &changes, &none);
}

/// Rejects the hypothesis, or makes it active again.
pub(super) fn reject(state: &mut State) {
    let Some((_, hypothesis)) = state.hypothesis() else { return state.refuse(NO_HYPOTHESIS) };
    // A hypothesis without a status is active.
    let value = hypothesis.is_active().then(|| Value::Text(Status::Rejected.as_str().into()));
    let changes =
        make::set_field::<Hypothesis>(state.scenario(), &hypothesis.id, HypothesisField::Status, value);
    apply::make(state, changes);
}

/// Asks whether to delete the selected items, or the one under the cursor.
pub(super) fn ask_rows(state: &mut State) {
    let rows = state.window.selected_rows().to_vec();
    ask::<Evidence>(state, &rows, NO_ITEM);
}

/// Asks whether to delete the selected hypotheses, or the one under the cursor.
pub(super) fn ask_columns(state: &mut State) {
    let columns = state.window.selected_columns().to_vec();
    ask::<Hypothesis>(state, &columns, NO_HYPOTHESIS);
}

/// Asks whether to delete the items of a kind at these positions, or says that there are none.
pub(super) fn ask<T: Listed>(state: &mut State, positions: &[usize], none: &str) {
    if let Some(why) = state.looks_back() {
        return state.refuse(why);
    }
    let mut scenario = state.scenario().clone();
    let id = |at: &usize| Some(T::list(state.scenario()).get(*at)?.id().clone());
    let remove = |id: T::Id| -> Result<Change, Refused> {
        let change = make::remove::<T>(&scenario, &id)?;
        change::apply(&mut scenario, &change)?;
        Ok(change)
    };
    let changes: Result<Vec<Change>, Refused> = positions.iter().filter_map(id).map(remove).collect();
    let question = match changes.as_deref() {
        Ok([]) => return state.refuse(none),
        Ok([change]) => match_change!(
            change,
            Item(change) => question(change),
            Change::Cell { .. } | Change::Scenario(_) => String::new(),
        ),
        Ok(several) => {
            let (one, many) = words::item_words(T::KIND);
            let all = words::count(several.len(), one, many);
            format!("Delete {all} with their ratings? y yes, n no")
        }
        Err(refused) => return state.refuse(refusal(state, refused)),
    };
    let changes = changes.unwrap_or_default();
    state.mode = Mode::Question(Question::Delete(Deleting { changes, question }));
}

/// Returns the question before a deletion, which tells of the references that are deleted too.
fn question<T: Listed>(change: &ItemChange<T>) -> String {
    let ItemChange::Removed(entry) = change else { return String::new() };
    let (reference, references) =
        if T::KIND == ItemKind::Source { ("citation", "citations") } else { ("reference", "references") };
    let ratings = if T::KIND == ItemKind::Estimate { 0 } else { entry.cells.len() };
    let indicators = entry.along.iter().filter(|change| matches!(change, Change::Indicator(_))).count();
    let with = words::counts([
        (ratings, "rating", "ratings"),
        (indicators, "indicator", "indicators"),
        (entry.along.len() - indicators, reference, references),
    ]);
    let with = if with.is_empty() { String::new() } else { format!(" with {}", words::list(&with)) };
    format!("Delete {} {}{with}? y yes, n no", words::item_words(T::KIND).0, entry.item.id())
}

/// Takes the answer to that question.
pub(super) fn answered(state: &mut State, deleting: &Deleting, event: KeyEvent) {
    if answer(event) == KeyCode::Char('y') {
        apply::apply(state, &deleting.changes);
    } else {
        state.report("nothing was deleted");
    }
    state.close_over();
}

/// Moves the row so many places down in the file, provided that rows are shown in the order of the file.
pub(super) fn shift_row(state: &mut State, by: isize) {
    let Some((at, item)) = state.item() else { return state.refuse(NO_ITEM) };
    let id = item.id.clone();
    if state.window.order != Order::File {
        let order = state.window.order.as_str();
        let sort = state.key(Action::Sort);
        return state.refuse(format!(
            "rows are sorted by {order}: {sort} goes back to the order of the file, in which they can be moved"
        ));
    }
    if state.window.is_filtered() {
        let filter = state.key(Action::Filter);
        return state
            .refuse(format!("rows are filtered: {filter} shows all of them, then they can be moved"));
    }
    if let Some(to) = shift::<Evidence>(state, &id, at.checked_add_signed(by)) {
        find::relist(state, Some(to));
    }
}

/// Moves the column so many places to the right in the file.
pub(super) fn shift_column(state: &mut State, by: isize) {
    let Some((at, hypothesis)) = state.hypothesis() else { return state.refuse(NO_HYPOTHESIS) };
    let id = hypothesis.id.clone();
    if state.window.blind {
        return state
            .refuse(format!("columns are shuffled in blind mode: {} ends it", state.key(Action::Blind)));
    }
    if let Some(to) = shift::<Hypothesis>(state, &id, at.checked_add_signed(by)) {
        state.window.cursor.column = to;
    }
}

/// Moves an item to a position of its list. Returns its new position.
fn shift<T: Listed>(state: &mut State, id: &T::Id, to: Option<usize>) -> Option<usize> {
    let Some(to) = to.filter(|to| *to < T::list(state.scenario()).len()) else {
        let end = if to.is_none() { "first" } else { "last" };
        state.refuse(format!("it is already {end}"));
        return None;
    };
    let change = make::shift::<T>(state.scenario(), id, to);
    apply::make(state, change);
    state.scenario().position::<T>(id)
}
