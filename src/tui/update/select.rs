//! Selections: cells, rows or columns on which one key acts as one step.

use super::rate::stepped;
use super::{apply, navigate};
use crate::change::{Change, Refused, make};
use crate::present::words::count;
use crate::scenario::{Evidence, EvidenceField, Rating, Value};
use crate::tui::copy;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Action, Motion};
use crate::tui::selection::{Extent, Selection};
use crate::tui::state::State;

/// Begins a selection, or takes in rows instead of cells, then columns.
pub(super) fn select(state: &mut State) {
    if state.item().is_none() || state.hypothesis().is_none() {
        return state.refuse("there is no cell to select");
    }
    let corner = state.window.cursor;
    state.window.selection = Some(match state.window.selection {
        Some(selection) if selection.is_kept => Selection { extent: selection.extent.next(), ..selection },
        Some(selection) => Selection { is_kept: true, ..selection },
        None => Selection { corner, extent: Extent::Cells, is_kept: true },
    });
}

/// Moves the cursor and selects the cells on its way.
pub(super) fn extend(state: &mut State, motion: Motion) {
    let corner = state.window.cursor;
    let begun = Selection { corner, extent: Extent::Cells, is_kept: false };
    state.window.selection = state.window.selection.or(Some(begun));
    navigate::go(state, motion);
}

/// Carries out an action on all selected cells. Returns `false` for an action that is not about them, and without a
/// selection.
pub(super) fn act(state: &mut State, action: Action) -> bool {
    if state.window.block().is_none() {
        return false;
    }
    match action {
        Action::Move(_) => {
            state.window.selection = state.window.selection.filter(|selection| selection.is_kept);
            return false;
        }
        Action::Rate(rating) => rate(state, Some(rating)),
        Action::Blank => rate(state, None),
        Action::Repeat => match state.recall.rating {
            Some(rating) => rate(state, rating),
            None => return false,
        },
        Action::Step(by) => step(state, by),
        Action::Copy => copy_ratings(state),
        Action::EditCell
        | Action::EditItem
        | Action::EditHypothesis
        | Action::Reject
        | Action::ShiftRow(_)
        | Action::ShiftColumn(_) => {
            let key = state.key(action);
            state.refuse(format!("{key} means one cell, row or column: Esc drops the selection"));
        }
        _ => return false,
    }
    true
}

/// Makes changes as one step that keeps the selection, or says that there are none.
pub(super) fn change(state: &mut State, changes: &[Change], none: &str) {
    if changes.is_empty() {
        return state.report(none);
    }
    let selection = state.window.selection;
    apply::apply(state, changes);
    state.window.selection = selection;
}

fn rate(state: &mut State, rating: Option<Rating>) {
    let changes = make::rate_all(state.scenario(), state.window.selected_cells(), rating);
    state.recall.rating = Some(rating);
    let word = rating.map_or("blank", Rating::as_str);
    change(state, &changes, &format!("they are all {word} already"));
}

/// Moves each rating up or down the scale; a blank or NA starts from N.
fn step(state: &mut State, by: i8) {
    let scenario = state.scenario();
    let rate = |(row, column): (usize, usize)| {
        let rating = scenario.evidence.get(row).and_then(|item| item.ratings.rating(column));
        make::rate_all(scenario, [(row, column)], stepped(rating, by))
    };
    let changes: Vec<Change> = state.window.selected_cells().into_iter().flat_map(rate).collect();
    change(state, &changes, "they are all at the end of the scale");
}

/// Copies the ratings for a spreadsheet.
fn copy_ratings(state: &mut State) {
    let (rows, columns) = (state.window.selected_rows(), state.window.selected_columns());
    let text = copy::ratings(state.scenario(), rows, columns);
    let cells = count(rows.len() * columns.len(), "cell", "cells");
    state.report(format!("copied {cells}"));
    state.request(Effect::Copy(text));
}

/// Sets the group of the selected items, or of the item under the cursor; an empty one takes it away.
pub(super) fn group(state: &mut State, name: &str) -> Result<(), String> {
    let value = Some(name).filter(|name| !name.is_empty()).map(|name| Value::Text(name.to_owned()));
    set_in_all(state, EvidenceField::Group, |_| value.clone())
}

/// Adds a tag to the selected items, or to the item under the cursor; with a minus before it, takes it away.
pub(super) fn tag(state: &mut State, word: &str) -> Result<(), String> {
    let (tag, is_gone) = word.strip_prefix('-').map_or((word, false), |tag| (tag, true));
    if tag.is_empty() {
        return Err("it takes a tag, with a minus before it to take the tag away".into());
    }
    set_in_all(state, EvidenceField::Tags, |item| {
        let mut tags = item.tags.clone().unwrap_or_default();
        tags.retain(|other| other != tag);
        if !is_gone {
            tags.push(tag.to_owned());
        }
        (!tags.is_empty()).then_some(Value::List(tags))
    })
}

fn set_in_all(
    state: &mut State,
    field: EvidenceField,
    value: impl Fn(&Evidence) -> Option<Value>,
) -> Result<(), String> {
    if state.window.selected_rows().is_empty() {
        return Err("there is no item here".into());
    }
    let scenario = state.scenario();
    let items = state.window.selected_rows().iter().filter_map(|at| scenario.evidence.get(*at));
    let set = |item: &Evidence| make::set_field::<Evidence>(scenario, &item.id, field, value(item));
    let changes: Result<Vec<_>, Refused> = items.map(set).collect();
    let changes = changes.map_err(|refused| apply::refusal(state, &refused))?;
    change(state, &changes.concat(), "nothing to change");
    Ok(())
}
