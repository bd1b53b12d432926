//! The command line as it is typed: history, completion, and what the line of keys says meanwhile.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{COMMANDS, find, give, split};
use crate::tui::effect::Effect;
use crate::tui::prompt::{Commanding, Completion};
use crate::tui::state::{Mode, State};
use crate::tui::widget::Input;

/// Most commands that are remembered.
const REMEMBERED: usize = 100;

/// Takes a key of the command line.
pub(in crate::tui::update) fn pressed(
    state: &mut State,
    mut commanding: Commanding,
    event: KeyEvent,
) -> Vec<Effect> {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    match event.code {
        KeyCode::Esc => state.mode = Mode::Matrix,
        KeyCode::Char('c' | 'g') if control => state.mode = Mode::Matrix,
        // Taking back more than there is leaves.
        KeyCode::Backspace if commanding.input.is_empty() => state.mode = Mode::Matrix,
        KeyCode::Enter => {
            state.mode = Mode::Matrix;
            let line = commanding.input.text().trim().to_owned();
            return if line.is_empty() { Vec::new() } else { remember_and_give(state, line) };
        }
        KeyCode::Tab if !event.modifiers.contains(KeyModifiers::SHIFT) => {
            keep(state, commanding, |state, prompt| complete(state, prompt, true))
        }
        // Some terminals say Shift-Tab, others Tab with shift.
        KeyCode::Tab | KeyCode::BackTab => {
            keep(state, commanding, |state, prompt| complete(state, prompt, false))
        }
        KeyCode::Up => keep(state, commanding, |state, prompt| recall(state, prompt, prompt.back + 1)),
        KeyCode::Char('p') if control => {
            keep(state, commanding, |state, prompt| recall(state, prompt, prompt.back + 1));
        }
        KeyCode::Down => {
            keep(state, commanding, |state, prompt| recall(state, prompt, prompt.back.saturating_sub(1)));
        }
        KeyCode::Char('n') if control => {
            keep(state, commanding, |state, prompt| recall(state, prompt, prompt.back.saturating_sub(1)));
        }
        _ => {
            if commanding.input.press(event) {
                commanding.completion = None;
                commanding.back = 0;
            }
            state.mode = Mode::Command(commanding);
        }
    }
    Vec::new()
}

fn keep(state: &mut State, mut prompt: Commanding, change: fn(&State, &mut Commanding)) {
    change(state, &mut prompt);
    state.mode = Mode::Command(prompt);
}

fn remember_and_give(state: &mut State, line: String) -> Vec<Effect> {
    state.commands.retain(|known| *known != line);
    state.commands.push(line.clone());
    let surplus = state.commands.len().saturating_sub(REMEMBERED);
    state.commands.drain(..surplus);
    give(state, &line)
}

/// Shows the command given so many commands ago; 0 is what was being typed.
fn recall(state: &State, prompt: &mut Commanding, back: usize) {
    if prompt.back == 0 {
        prompt.input.text().clone_into(&mut prompt.draft);
    }
    let back = back.min(state.commands.len());
    let line = state.commands.len().checked_sub(back).and_then(|at| state.commands.get(at));
    prompt.input = Input::new(line.unwrap_or(&prompt.draft).clone());
    prompt.back = back;
    prompt.completion = None;
}

/// Completes the word before the cursor; again, takes the next that it can be.
fn complete(state: &State, prompt: &mut Commanding, forward: bool) {
    if let Some(completion) = &mut prompt.completion {
        let several = completion.candidates.len();
        completion.at = (completion.at + if forward { 1 } else { several - 1 }) % several.max(1);
        if let Some(word) = completion.candidates.get(completion.at) {
            prompt.input.set_head(&format!("{}{word}", completion.base));
        }
        return;
    }
    let (base, candidates) = candidates(state, prompt.input.head());
    match candidates.as_slice() {
        [] => {}
        [only] => {
            // What goes on after a dot or a colon is no word yet.
            let end = if only.ends_with(['.', ':']) { "" } else { " " };
            prompt.input.set_head(&format!("{base}{only}{end}"));
        }
        [first, ..] => {
            prompt.input.set_head(&format!("{base}{first}"));
            prompt.completion = Some(Completion { base, candidates, at: 0 });
        }
    }
}

/// What stands before the last word of a line, and what that word can be.
fn candidates(state: &State, head: &str) -> (String, Vec<String>) {
    let head = head.trim_start();
    let at = head
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + head.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    let (base, word) = head.split_at_checked(at).unwrap_or((head, ""));
    let lower = word.to_lowercase();
    let mut before = base.split_whitespace();
    let mut found = match before.next() {
        None => COMMANDS.iter().filter_map(|c| c.names.first().map(|name| (*name).to_owned())).collect(),
        Some(name) => find(name)
            .map(|command| (command.complete)(state, &before.collect::<Vec<_>>(), word))
            .unwrap_or_default(),
    };
    found.retain(|candidate| candidate.to_lowercase().starts_with(&lower));
    (base.to_owned(), found)
}

/// What the line of keys says while a command is typed: what the word can be, or what the command takes.
pub(in crate::tui) fn hint(state: &State, prompt: &Commanding) -> String {
    if let Some(Completion { candidates, at, .. }) = &prompt.completion {
        // The one that is taken stands first, in brackets; those that follow after it.
        let from = candidates.iter().cycle().skip(*at).take(candidates.len());
        let words = from.enumerate().map(|(n, word)| if n == 0 { format!("[{word}]") } else { word.clone() });
        // More than a screen holds is not needed.
        return words.take(60).collect::<Vec<_>>().join("  ");
    }
    let (name, _) = split(prompt.input.text());
    match find(name) {
        Some(command) => {
            let usage = format!("{name} {}", command.arguments);
            format!("{}  {}", usage.trim_end(), command.help)
        }
        None => {
            let (_, candidates) = candidates(state, prompt.input.head());
            if candidates.is_empty() { "Tab completes  Esc back".into() } else { candidates.join("  ") }
        }
    }
}
