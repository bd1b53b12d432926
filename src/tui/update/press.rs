//! Keys and pasted texts, passed to the matrix or to the mode that takes them.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::count::run_counted;
use super::{
    command, conflict, edit, find, form, help, list, panel, paste, recover, save, settle, survey, table,
};
use crate::tui::effect::Effect;
use crate::tui::habit;
use crate::tui::keymap::{self, Action};
use crate::tui::layout::layout;
use crate::tui::prompt::{Commanding, Filtering, Prompt};
use crate::tui::state::{Mode, Question, State};

/// Takes a key in the present mode. Where the screen is too small to show what it does, it does nothing but quit without
/// unsaved edits, or go to the shell.
pub(super) fn pressed(state: &mut State, event: KeyEvent) {
    if layout(state).is_none() {
        let is_idle = matches!(state.mode, Mode::Matrix) && state.session.unsaved() == 0;
        return match keymap::action(event, &state.bound) {
            Some(Action::Quit) if is_idle => state.request(Effect::Quit),
            Some(Action::Suspend) => state.request(Effect::Suspend),
            _ => {}
        };
    }
    state.said = None;
    (state.window.panel_top, state.window.detail_top) = (0, 0);
    match state.mode.clone() {
        Mode::Matrix if state.survey.is_some() => survey::pressed(state, event),
        Mode::Matrix => matrix(state, event),
        Mode::Help(searching) => help::pressed(state, searching, event),
        Mode::Prompt(Prompt::Search(searching)) => find::search(state, searching, event),
        Mode::Prompt(Prompt::Filter(filtering)) => find::filter(state, filtering, event),
        Mode::Prompt(Prompt::Command(commanding)) => command::pressed(state, commanding, event),
        Mode::Prompt(Prompt::Note(input)) => survey::note(state, input, event),
        Mode::Question(Question::Panel) => panel::choose(state, event),
        Mode::Question(Question::Copy) => table::pressed(state, event),
        Mode::Page(focus) => panel::pressed(state, focus, event),
        Mode::Question(Question::Conflict(at)) => conflict::pressed(state, at, event),
        Mode::Question(Question::SettleAll(all)) => conflict::answered_all(state, &all, event),
        Mode::Question(Question::Delete(deleting)) => edit::answered(state, &deleting, event),
        Mode::Form(form) => form::pressed(state, form, event),
        Mode::List(listing) => list::pressed(state, listing, event),
        Mode::Question(Question::Leave(_)) => match keymap::answer(event) {
            KeyCode::Char('s') => {
                state.mode = Mode::Matrix;
                save::save(state, true)
            }
            KeyCode::Char('d') => state.request(Effect::Quit),
            KeyCode::Esc => state.mode = Mode::Matrix,
            _ => {}
        },
        Mode::Question(Question::Paste(pasted)) => paste::answered(state, &pasted, event),
        Mode::Question(Question::Recover(recovery)) => recover::answered(state, recovery, event),
        Mode::Question(Question::Settle(settling)) => settle::answer_clash(state, *settling, event),
    }
}

/// Takes a key of the matrix. While matches are lit, `n` and `N` go through them.
fn matrix(state: &mut State, event: KeyEvent) {
    let window = &mut state.window;
    if event.code == KeyCode::Esc
        && (state.recall.count.take().is_some()
            || window.lit.take().is_some()
            || window.selection.take().is_some())
    {
        return;
    }
    if state.window.lit.is_some() && keymap::answer(event) == KeyCode::Char('n') {
        return find::go_on(state, true);
    }
    if state.window.as_of.is_some() && event.code == KeyCode::Esc {
        return table::show_as_of(state, None);
    }
    if let Some(action) = keymap::action(event, &state.bound) {
        return run_counted(state, action);
    }
    state.recall.count = None;
    if let Some(instead) = habit::instead(event, &state.bound) {
        state.refuse(instead);
    }
}

/// Writes a pasted text into the line or the field that is being typed.
pub(super) fn pasted(state: &mut State, text: &str) {
    if layout(state).is_none() {
        return;
    }
    match state.mode.clone() {
        Mode::Prompt(mut prompt) => {
            prompt.input().insert(text);
            match prompt {
                Prompt::Search(searching) => find::searched(state, searching),
                Prompt::Filter(filtering) => {
                    find::filtered(state, Filtering { completion: None, ..filtering })
                }
                Prompt::Command(commanding) => {
                    let commanding = Commanding { completion: None, ..commanding };
                    state.mode = Mode::Prompt(Prompt::Command(commanding));
                }
                Prompt::Note(_) => state.mode = Mode::Prompt(prompt),
            }
        }
        Mode::Form(form) => form::pasted(state, form, text),
        Mode::Matrix if state.survey.is_none() => paste::ask(state, text),
        Mode::Help(searching) => help::pasted(state, searching, text),
        Mode::Matrix | Mode::Page(_) | Mode::List(_) | Mode::Question(_) => {
            state.refuse("nothing here takes pasted text: open a form first");
        }
    }
}
