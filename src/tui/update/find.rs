//! Finding items: searching moves the cursor, filtering hides rows.

use crate::tui::prompt::Prompt;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::filter::Filter;
use crate::present::Objection;
use crate::present::words::{count, thousands};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::prompt::{Filtering, Searching};
use crate::tui::search::Search;
use crate::tui::state::{Mode, Speech, State};
use crate::tui::widget::Input;

/// The meaning of a key in a prompt.
enum PromptIntent {
    Keep,
    Leave,
    Next,
    Previous,
    Type,
}

fn intent(event: KeyEvent) -> PromptIntent {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    match event.code {
        KeyCode::Enter => PromptIntent::Keep,
        KeyCode::Esc => PromptIntent::Leave,
        KeyCode::Char('c' | 'g') if control => PromptIntent::Leave,
        KeyCode::Down => PromptIntent::Next,
        KeyCode::Char('n') if control => PromptIntent::Next,
        KeyCode::Up => PromptIntent::Previous,
        KeyCode::Char('p') if control => PromptIntent::Previous,
        _ => PromptIntent::Type,
    }
}

pub(super) fn start_search(state: &mut State) {
    let searching = Searching {
        input: Input::default(),
        hits: Vec::new(),
        from: (state.window.cursor, state.window.top),
    };
    state.mode = Mode::Prompt(Prompt::Search(searching));
}

pub(super) fn search(state: &mut State, mut searching: Searching, event: KeyEvent) -> Vec<Effect> {
    match intent(event) {
        PromptIntent::Leave => {
            (state.window.cursor, state.window.top) = searching.from;
            state.mode = Mode::Matrix;
        }
        PromptIntent::Keep => {
            state.mode = Mode::Matrix;
            if searching.input.is_empty() {
                again(state, &mut searching, true);
            }
            if searching.hits.is_empty() && !searching.input.is_empty() {
                let text = format!("nothing matches \"{}\"", searching.input.text());
                state.say(Speech::Refused, text);
            }
            searching.input.text().clone_into(&mut state.recall.searched);
        }
        PromptIntent::Next | PromptIntent::Previous => {
            let forward = matches!(intent(event), PromptIntent::Next);
            if searching.input.is_empty() {
                again(state, &mut searching, forward);
            } else {
                step(state, &searching.hits, forward);
            }
            state.mode = Mode::Prompt(Prompt::Search(searching));
        }
        PromptIntent::Type => {
            if searching.input.press(event) {
                searched(state, searching);
            }
        }
    }
    Vec::new()
}

/// Searches for the typed text and goes to the best match.
pub(super) fn searched(state: &mut State, mut searching: Searching) {
    (state.window.cursor, state.window.top) = searching.from;
    let best = look(state, &mut searching);
    state.window.cursor.row = best.unwrap_or(state.window.cursor.row);
    state.mode = Mode::Prompt(Prompt::Search(searching));
}

/// Repeats the last search and goes to the next match.
fn again(state: &mut State, searching: &mut Searching, forward: bool) {
    searching.input = Input::new(state.recall.searched.clone());
    look(state, searching);
    step(state, &searching.hits, forward);
}

/// Finds the rows that match. Returns the best of them.
fn look(state: &State, searching: &mut Searching) -> Option<usize> {
    if searching.input.text().trim().is_empty() {
        searching.hits.clear();
        return None;
    }
    let items = state.window.rows.iter().filter_map(|at| state.scenario().evidence.get(*at));
    let (hits, best) = Search::new(searching.input.text()).hits(items);
    searching.hits = hits;
    best
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
    state.mode = Mode::Prompt(Prompt::Filter(Filtering { input: Input::new(before.clone()), before, item }));
}

pub(super) fn filter(state: &mut State, mut filtering: Filtering, event: KeyEvent) -> Vec<Effect> {
    match intent(event) {
        PromptIntent::Leave => {
            state.window.filter = filtering.before;
            relist(state, filtering.item);
            state.mode = Mode::Matrix;
        }
        PromptIntent::Keep => {
            state.mode = Mode::Matrix;
            tell_filter(state);
        }
        PromptIntent::Next => super::navigate::go(state, Action::Down),
        PromptIntent::Previous => super::navigate::go(state, Action::Up),
        PromptIntent::Type => {
            if filtering.input.press(event) {
                filtered(state, filtering);
            }
        }
    }
    Vec::new()
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
        state.say(Speech::Refused, fault.to_string());
    } else if Filter::typed(&state.window.filter).is_empty() {
        state.window.filter.clear();
        state.say(Speech::Done, format!("all {} items are shown", thousands(all)));
    } else if shown == 0 {
        let why = format!("{} changes it: {}", state.key(Action::Filter), state.window.filter);
        state.say(Speech::Refused, format!("the filter hides every item; {why}"));
    } else if shown == all {
        state.say(Speech::Done, format!("the filter hides none of {}", count(all, "item", "items")));
    } else {
        let text = format!("shown: {} of {} items", thousands(shown), thousands(all));
        state.say(Speech::Done, text);
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
    if !state.window.rows.contains(&item) {
        state.window.filter.clear();
        state.say(Speech::Done, "the filter was cleared, since it hid the item");
    }
    relist(state, Some(item));
}
