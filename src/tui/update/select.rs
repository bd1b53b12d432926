//! Selections: cells, rows or columns on which one key acts as one step.

use super::apply;
use super::navigate;
use crate::change::{Change, Refused, apply as apply_change, make};
use crate::present::words::count;
use crate::scenario::{
    Credibility, Evidence, EvidenceField, Hypothesis, ItemKind, Level, Rating, Scenario, Value,
};
use crate::tui::copy;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Action, Motion};
use crate::tui::mode::{Deleting, Mode, Question};
use crate::tui::selection::{Block, Extent, Selection};
use crate::tui::state::{Speech, State};

/// Begins a selection, or takes in rows instead of cells, then columns.
pub(super) fn select(state: &mut State) {
    if state.item().is_none() || state.hypothesis().is_none() {
        return state.say(Speech::Refused, "there is no cell to select");
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
    let Some(block) = state.window.block() else { return false };
    match action {
        Action::Move(_) => {
            state.window.selection = state.window.selection.filter(|selection| selection.is_kept);
            return false;
        }
        Action::Rate(rating) => rate(state, &block, Some(rating)),
        Action::Blank => rate(state, &block, None),
        Action::Repeat => match state.recall.rating {
            Some(rating) => rate(state, &block, rating),
            None => return false,
        },
        Action::Step(by) => step(state, &block, by),
        Action::Confidence => confidence(state, &block),
        Action::Credibility { is_up } => weigh(state, &block, EvidenceField::Credibility, is_up),
        Action::Relevance { is_up } => weigh(state, &block, EvidenceField::Relevance, is_up),
        Action::DeleteItem => ask(state, ItemKind::Evidence),
        Action::DeleteHypothesis => ask(state, ItemKind::Hypothesis),
        Action::Copy => copy_ratings(state, &block),
        Action::EditCell
        | Action::EditItem
        | Action::EditHypothesis
        | Action::Reject
        | Action::ShiftRow(_)
        | Action::ShiftColumn(_) => {
            let key = state.key(action);
            state.say(
                Speech::Refused,
                format!("{key} means one cell, row or column: Esc drops the selection"),
            );
        }
        _ => return false,
    }
    true
}

/// The selected cells, by the positions of their items and hypotheses.
fn cells(state: &State, block: &Block) -> Vec<(usize, usize)> {
    let columns = columns(state, block);
    let across = |row: usize| columns.iter().map(move |column| (row, *column)).collect::<Vec<_>>();
    rows(state, block).into_iter().flat_map(across).collect()
}

fn rows(state: &State, block: &Block) -> Vec<usize> {
    state.window.rows.get(block.rows.clone()).unwrap_or_default().to_vec()
}

fn columns(state: &State, block: &Block) -> Vec<usize> {
    state.window.columns.get(block.columns.clone()).unwrap_or_default().to_vec()
}

fn rating_at(scenario: &Scenario, (row, column): (usize, usize)) -> Option<Rating> {
    scenario.evidence.get(row)?.ratings.rating(column)
}

/// Makes changes as one step, or says that there are none.
fn change(state: &mut State, changes: Vec<Change>, none: &str) {
    if changes.is_empty() {
        return state.say(Speech::Done, none);
    }
    let selection = state.window.selection;
    apply::apply(state, &changes);
    state.window.selection = selection;
}

fn rate(state: &mut State, block: &Block, rating: Option<Rating>) {
    let changes = make::rate_all(state.scenario(), cells(state, block), rating);
    state.recall.rating = Some(rating);
    let word = rating.map_or("blank", Rating::as_str);
    change(state, changes, &format!("they are all {word} already"));
}

/// Moves each rating up or down the scale; a blank or NA starts from N.
fn step(state: &mut State, block: &Block, by: i8) {
    let scenario = state.scenario();
    let stepped = |cell: (usize, usize)| {
        let value = rating_at(scenario, cell).and_then(Rating::value).unwrap_or_default() + by;
        make::rate_all(scenario, [cell], Rating::from_value(value.clamp(-2, 2)))
    };
    let changes = cells(state, block).into_iter().flat_map(stepped).collect();
    change(state, changes, "they are all at the end of the scale");
}

/// Sets the next confidence of the first rated cell in all rated cells.
fn confidence(state: &mut State, block: &Block) {
    let scenario = state.scenario();
    let judged = |(row, column): (usize, usize)| {
        let item = scenario.evidence.get(row)?;
        let cell = item.ratings.get(column).filter(|cell| cell.rating.is_some())?;
        Some((&item.id, &scenario.hypotheses.get(column)?.id, cell.confidence))
    };
    let judged: Vec<_> = cells(state, block).into_iter().filter_map(judged).collect();
    let Some((.., first)) = judged.first() else {
        return state.say(Speech::Refused, "blank cells have no confidence: rate them first");
    };
    let next = match first {
        None => Some(Level::Low),
        Some(Level::Low) => Some(Level::Medium),
        Some(Level::Medium) => Some(Level::High),
        Some(Level::High) => None,
    };
    let set = |(item, hypothesis, _)| make::set_confidence(scenario, item, hypothesis, next);
    let changes: Result<Vec<_>, Refused> = judged.into_iter().map(set).collect();
    match changes {
        Ok(changes) => change(state, changes.into_iter().flatten().collect(), "nothing to change"),
        Err(refused) => state.say(Speech::Refused, apply::refusal(state, &refused)),
    }
}

/// Moves credibility or relevance of each item one level up or down. Items with a grade keep it.
fn weigh(state: &mut State, block: &Block, field: EvidenceField, is_up: bool) {
    let scenario = state.scenario();
    let next = |item: &Evidence| {
        let level = match (field, item.credibility) {
            (EvidenceField::Relevance, _) => item.relevance(),
            (_, Some(Credibility::Grade(_))) => return None,
            _ => item.credibility(),
        };
        match (level, is_up) {
            (Level::Low, true) | (Level::High, false) => Some(Level::Medium),
            (Level::Medium, true) => Some(Level::High),
            (Level::Medium, false) => Some(Level::Low),
            (Level::Low, false) | (Level::High, true) => None,
        }
    };
    let set = |at: usize| {
        let item = scenario.evidence.get(at)?;
        let value = Some(Value::Text(next(item)?.as_str().into()));
        make::set_field::<Evidence>(scenario, &item.id, field, value).ok()
    };
    let changes = rows(state, block).into_iter().filter_map(set).flatten().collect();
    change(state, changes, &format!("{field} changes in none of them: it is at its end, or has a grade"));
}

/// Asks whether to delete all selected items or hypotheses.
fn ask(state: &mut State, kind: ItemKind) {
    let Some(block) = state.window.block() else { return };
    let mut scenario = state.scenario().clone();
    let mut changes = Vec::new();
    let removals = if kind == ItemKind::Evidence {
        let ids =
            rows(state, &block).into_iter().filter_map(|at| Some(scenario.evidence.get(at)?.id.clone()));
        let ids: Vec<_> = ids.collect();
        ids.iter().try_for_each(|id| remove::<Evidence>(&mut scenario, id, &mut changes))
    } else {
        let at = columns(state, &block).into_iter();
        let ids: Vec<_> = at.filter_map(|at| Some(scenario.hypotheses.get(at)?.id.clone())).collect();
        ids.iter().try_for_each(|id| remove::<Hypothesis>(&mut scenario, id, &mut changes))
    };
    if let Err(refused) = removals {
        return state.say(Speech::Refused, apply::refusal(state, &refused));
    }
    let (one, many) =
        if kind == ItemKind::Evidence { ("item", "items") } else { ("hypothesis", "hypotheses") };
    let question = format!("Delete {} with their ratings? y yes, n no", count(changes.len(), one, many));
    state.mode = Mode::Question(Question::Delete(Deleting { changes, question }));
}

fn remove<T: crate::change::Listed>(
    scenario: &mut Scenario,
    id: &T::Id,
    changes: &mut Vec<Change>,
) -> Result<(), Refused> {
    let change = make::remove::<T>(scenario, id)?;
    apply_change(scenario, &change)?;
    changes.push(change);
    Ok(())
}

/// Copies the ratings for a spreadsheet.
fn copy_ratings(state: &mut State, block: &Block) {
    let (rows, columns) = (rows(state, block), columns(state, block));
    let text = copy::ratings(state.scenario(), &rows, &columns);
    let cells = count(rows.len() * columns.len(), "cell", "cells");
    state.say(Speech::Done, format!("copied {cells}"));
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
    let at = match state.window.block() {
        Some(block) => rows(state, &block),
        None => state.item().map(|(at, _)| at).into_iter().collect(),
    };
    if at.is_empty() {
        return Err("there is no item here".into());
    }
    let scenario = state.scenario();
    let items = at.into_iter().filter_map(|at| scenario.evidence.get(at));
    let set = |item: &Evidence| make::set_field::<Evidence>(scenario, &item.id, field, value(item));
    let changes: Result<Vec<_>, Refused> = items.map(set).collect();
    let changes = changes.map_err(|refused| apply::refusal(state, &refused))?;
    change(state, changes.into_iter().flatten().collect(), "nothing to change");
    Ok(())
}
