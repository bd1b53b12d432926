//! The help: scrolled, searched, and a way to run what is found.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{act, command};
use crate::tui::commands::{Runnable, searched};
use crate::tui::prompt::{Commanding, Prompt};
use crate::tui::state::{HelpSearch, Mode, State};
use crate::tui::view::last_of_help;
use crate::tui::widget::Input;

/// Takes a key. Letters only type, so that a key that is looked up does nothing else.
pub(super) fn pressed(state: &mut State, mut help: HelpSearch, event: KeyEvent) {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    let page = i16::try_from(state.window.size.1.saturating_sub(4).max(1)).unwrap_or(i16::MAX);
    let is_searched = !help.input.is_empty();
    match event.code {
        KeyCode::Esc | KeyCode::F(1) => state.mode = Mode::Matrix,
        KeyCode::Char('c' | 'g') if control => state.mode = Mode::Matrix,
        KeyCode::Backspace if !is_searched => state.mode = Mode::Matrix,
        KeyCode::Enter => entered(state, help),
        KeyCode::Up => scroll(state, help, -1),
        KeyCode::Down => scroll(state, help, 1),
        KeyCode::PageUp => scroll(state, help, -page),
        KeyCode::PageDown => scroll(state, help, page),
        KeyCode::Char(' ') if !is_searched => scroll(state, help, page),
        KeyCode::Home if !is_searched => scroll(state, help, i16::MIN),
        KeyCode::End if !is_searched => scroll(state, help, i16::MAX),
        _ => {
            if help.input.press(event) {
                typed(state, &mut help);
            }
            state.mode = Mode::Help(help);
        }
    }
}

/// Writes a pasted text into the search.
pub(super) fn pasted(state: &mut State, mut help: HelpSearch, text: &str) {
    help.input.insert(text);
    typed(state, &mut help);
    state.mode = Mode::Help(help);
}

/// Chooses the best match of what is typed.
fn typed(state: &State, help: &mut HelpSearch) {
    (_, help.chosen) = searched(help.input.text(), &state.bound);
    help.top = 0;
}

/// Chooses another entry; scrolls while nothing is searched.
pub(super) fn scroll(state: &mut State, mut help: HelpSearch, lines: i16) {
    if help.input.is_empty() {
        help.top = help.top.saturating_add_signed(lines).min(last_of_help(state));
    } else {
        let last = searched(help.input.text(), &state.bound).0.len().saturating_sub(1);
        help.chosen = help.chosen.saturating_add_signed(lines.into()).min(last);
    }
    state.mode = Mode::Help(help);
}

/// Runs the chosen entry. A command that needs something after its name is only written out.
fn entered(state: &mut State, help: HelpSearch) {
    let found = searched(help.input.text(), &state.bound).0;
    let chosen = found.get(help.chosen).filter(|_| !help.input.is_empty());
    let Some(entry) = chosen.copied() else {
        state.mode = Mode::Help(help);
        return;
    };
    state.mode = Mode::Matrix;
    match entry {
        Runnable::Key(binding) => act::run(state, binding.action),
        Runnable::Command(named) if named.arguments.is_empty() || named.arguments.starts_with('[') => {
            command::give(state, &entry.name());
        }
        Runnable::Command(_) | Runnable::Field(..) => {
            let input = Input::new(format!("{} ", entry.name()));
            state.mode = Mode::Prompt(Prompt::Command(Commanding { input, ..Commanding::default() }));
        }
    }
}
