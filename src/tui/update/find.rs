//! Finding items: searching moves the cursor, filtering hides rows.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use crate::filter::Filter;
use crate::present::Objection;
use crate::present::words::{count, thousands};
use crate::scenario::ItemKind;
use crate::text::single_line;
use crate::tui::commands::filter_words;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Action, Motion};
use crate::tui::page::Goal;
use crate::tui::prompt::{Completion, Filtering, Prompt, Searching, beside_typing};
use crate::tui::search::RowScan;
use crate::tui::state::{LitSearch, Mode, State};
use crate::tui::widget::Input;

pub(super) fn start_search(state: &mut State) {
    let searching = Searching {
        input: Input::default(),
        scan: RowScan::default(),
        hits: Vec::new(),
        from: (state.window.cursor, state.window.top),
    };
    state.mode = Mode::Prompt(Prompt::Search(searching));
}

pub(super) fn search(state: &mut State, mut searching: Searching, event: KeyEvent) {
    match beside_typing(event) {
        KeyCode::Esc => {
            (state.window.cursor, state.window.top) = searching.from;
            state.mode = Mode::Matrix;
        }
        KeyCode::Enter => {
            finish(state, &mut searching);
            state.mode = Mode::Matrix;
            if searching.input.is_empty() {
                again(state, &mut searching, true);
            }
            let text = searching.input.text().to_owned();
            state.recall.searched.clone_from(&text);
            if !text.is_empty() {
                state.window.lit = Some(LitSearch { text, hits: searching.hits, is_stale: false });
                tell_match(state);
            }
        }
        code @ (KeyCode::Down | KeyCode::Up) => {
            let forward = code == KeyCode::Down;
            if searching.input.is_empty() {
                again(state, &mut searching, forward);
            } else {
                finish(state, &mut searching);
                step(state, &searching.hits, forward);
            }
            state.mode = Mode::Prompt(Prompt::Search(searching));
        }
        _ if searching.input.press(event) => searched(state, searching),
        _ => {}
    }
}

/// Searches for the typed text and goes to the best match; in many rows, between the keys that follow.
pub(super) fn searched(state: &mut State, mut searching: Searching) {
    let scan = std::mem::take(&mut searching.scan);
    searching.scan = scan.narrow(searching.input.text(), state.window.rows.len());
    look_on(state, searching);
}

/// Goes on with a search that is being typed.
pub(super) fn search_on(state: &mut State) {
    match std::mem::replace(&mut state.mode, Mode::Matrix) {
        Mode::Prompt(Prompt::Search(searching)) => look_on(state, searching),
        other => state.mode = other,
    }
}

/// Looks at the next rows and goes to the best match so far.
fn look_on(state: &mut State, mut searching: Searching) {
    let is_over = look(state, &mut searching);
    state.mode = Mode::Prompt(Prompt::Search(searching));
    if !is_over {
        state.request(Effect::SearchOn);
    }
}

/// Looks at all rows that are left.
fn finish(state: &mut State, searching: &mut Searching) {
    let is_over = searching.input.is_empty() || searching.scan.is_over();
    while !is_over && !look(state, searching) {}
}

/// Repeats the last search and goes to the next match.
fn again(state: &mut State, searching: &mut Searching, forward: bool) {
    searching.input = Input::new(state.recall.searched.clone());
    searching.scan = RowScan::new(searching.input.text(), state.window.rows.len());
    let cursor = state.window.cursor;
    finish(state, searching);
    state.window.cursor = cursor;
    step(state, &searching.hits, forward);
}

/// Looks at the next rows and goes to the best match so far. Returns whether all were looked at.
fn look(state: &mut State, searching: &mut Searching) -> bool {
    (state.window.cursor, state.window.top) = searching.from;
    if searching.input.text().trim().is_empty() {
        searching.hits.clear();
        return true;
    }
    let item = |row: usize| state.scenario().evidence.get(*state.window.rows.get(row)?);
    let is_over = searching.scan.go_on(item);
    let (hits, best) = searching.scan.hits();
    searching.hits = hits;
    state.window.cursor.row = best.unwrap_or(state.window.cursor.row);
    is_over
}

/// Goes to the next or the previous match of the search that is lit.
pub(super) fn go_on(state: &mut State, forward: bool) {
    if state.window.lit.as_ref().is_some_and(|lit| lit.is_stale) {
        state.window.light(state.session.scenario());
    }
    let Some(lit) = &state.window.lit else {
        let (here, search) = (state.key(Action::PreviousMatch), state.key(Action::Search));
        return state.refuse(format!("{here} goes through the matches of a search: {search} searches"));
    };
    let hits = lit.hits.clone();
    step(state, &hits, forward);
    tell_match(state);
}

/// Says which match of the search that is lit the cursor is on. A search without matches is not lit.
fn tell_match(state: &mut State) {
    let Some(LitSearch { text, hits, .. }) = &state.window.lit else { return };
    let (text, of) = (single_line(text).into_owned(), hits.len());
    if of == 0 {
        state.window.lit = None;
        return state.refuse(format!("nothing matches \"{text}\""));
    }
    let at = hits.iter().position(|hit| *hit == state.window.cursor.row).map_or(0, |at| at + 1);
    state.report(format!("/{text}  match {at} of {of}, in ids and texts"));
}

/// Goes to the next of these rows, from the last to the first.
fn step(state: &mut State, hits: &[usize], forward: bool) {
    let row = state.window.cursor.row;
    let next = if forward {
        hits.iter().find(|hit| **hit > row).or_else(|| hits.first())
    } else {
        hits.iter().rev().find(|hit| **hit < row).or_else(|| hits.last())
    };
    state.window.cursor.row = next.copied().unwrap_or(row);
}

pub(super) fn start_filter(state: &mut State) {
    let before = state.window.filter.clone();
    let item = state.item().map(|(at, _)| at);
    let input = Input::new(before.clone());
    state.mode = Mode::Prompt(Prompt::Filter(Filtering { input, completion: None, before, item }));
}

pub(super) fn filter(state: &mut State, mut filtering: Filtering, event: KeyEvent) {
    match beside_typing(event) {
        KeyCode::Esc => {
            state.window.filter = filtering.before;
            relist(state, filtering.item);
            state.mode = Mode::Matrix;
        }
        KeyCode::Enter => {
            state.mode = Mode::Matrix;
            tell_filter(state);
        }
        code @ (KeyCode::Tab | KeyCode::BackTab) => {
            let Filtering { input, completion, .. } = &mut filtering;
            Completion::step(completion, input, code == KeyCode::Tab, |head| filter_words(state, head));
            filtered(state, filtering);
        }
        KeyCode::Down => super::navigate::go(state, Motion::Down),
        KeyCode::Up => super::navigate::go(state, Motion::Up),
        _ if filtering.input.press(event) => {
            filtering.completion = None;
            filtered(state, filtering);
        }
        _ => {}
    }
}

/// Shows the rows that the typed line lets pass.
pub(super) fn filtered(state: &mut State, filtering: Filtering) {
    filtering.input.text().clone_into(&mut state.window.filter);
    relist(state, filtering.item);
    state.mode = Mode::Prompt(Prompt::Filter(filtering));
}

/// Filters by a line and says how many rows are left.
pub(super) fn filter_by(state: &mut State, line: &str) {
    let item = state.item().map(|(at, _)| at);
    line.trim().clone_into(&mut state.window.filter);
    relist(state, item);
    tell_filter(state);
}

fn tell_filter(state: &mut State) {
    let (shown, all) = (state.window.rows.len(), state.scenario().evidence.len());
    let fault = Filter::parse(&state.window.filter)
        .and_then(|filter| filter.check([state.scenario()]))
        .err()
        .map(|fault| Objection::to_filter(&[state.scenario()], &fault));
    if let Some(fault) = fault {
        state.refuse(fault.to_string());
    } else if Filter::typed(&state.window.filter).is_empty() {
        state.window.filter.clear();
        state.report(format!("all {} items are shown", thousands(all)));
    } else if shown == 0 {
        let why = format!("{} changes it: {}", state.key(Action::Filter), state.window.filter);
        state.refuse(format!("the filter hides every item; {why}"));
    } else if shown == all {
        state.report(format!("the filter hides none of {}", count(all, "item", "items")));
    } else {
        state.report(format!("shown: {} of {} items", thousands(shown), thousands(all)));
    }
}

/// Lists the rows anew, with the cursor on the item at this position in the scenario if it is shown.
pub(super) fn relist(state: &mut State, item: Option<usize>) {
    state.list_rows();
    let found = item.and_then(|item| state.window.rows.iter().position(|row| *row == item));
    state.window.cursor.row = found.unwrap_or_default();
}

/// Puts the cursor on the item at this position in the scenario. A filter that hides it is removed.
pub(super) fn reveal(state: &mut State, item: usize) {
    if state.window.as_of.is_some() && !state.window.rows.contains(&item) {
        state.show_as_of(None);
        state.report("the present: the item was not known on that day");
    }
    if !state.window.rows.contains(&item) {
        state.window.filter.clear();
        state.report("the filter was cleared, since it hid the item");
    }
    relist(state, Some(item));
}

/// Puts the cursor on a place in the matrix, if it is there.
pub(super) fn go_to(state: &mut State, goal: &Goal) {
    let (item, hypothesis) = match goal {
        Goal::Cell(item, hypothesis) => (Some(item.as_str()), Some(hypothesis.as_str())),
        Goal::Item(ItemKind::Evidence, id) => (Some(id.as_str()), None),
        Goal::Item(ItemKind::Hypothesis, id) => (None, Some(id.as_str())),
        Goal::Item(ItemKind::Source | ItemKind::Indicator | ItemKind::Estimate, _) => (None, None),
    };
    let scenario = state.scenario();
    let column = |id| scenario.hypotheses.iter().position(|hypothesis| hypothesis.id.as_str() == id);
    let column = hypothesis.and_then(column);
    let row = item.and_then(|id| scenario.evidence.iter().position(|item| item.id.as_str() == id));
    if let Some(row) = row {
        match state.window.rows.iter().position(|shown| *shown == row) {
            Some(row) => state.window.cursor.row = row,
            None => reveal(state, row),
        }
    }
    let shown = column.and_then(|column| state.window.columns.iter().position(|shown| *shown == column));
    state.window.cursor.column = shown.unwrap_or(state.window.cursor.column);
}
