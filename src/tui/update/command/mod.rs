//! The command line as it is typed: its keys, history and completion.

mod run;

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use crate::diagnostic::did_you_mean;
use crate::tui::commands::{self, Runnable, Verb};
use crate::tui::prompt::{Commanding, Completion, Prompt, beside_typing};
use crate::tui::state::{Mode, State};
use crate::tui::update::act;
use crate::tui::widget::Input;

/// Number of commands that are remembered.
const REMEMBERED: usize = 100;

/// Takes a key of the command line.
pub(super) fn pressed(state: &mut State, mut commanding: Commanding, event: KeyEvent) {
    let (code, back) = (beside_typing(event), commanding.back);
    // Backspace on an empty line leaves it.
    if code == KeyCode::Esc || code == KeyCode::Backspace && commanding.input.is_empty() {
        state.mode = Mode::Matrix;
        return;
    }
    match code {
        KeyCode::Enter => return entered(state, commanding),
        KeyCode::Tab => complete(state, &mut commanding, true),
        KeyCode::BackTab => complete(state, &mut commanding, false),
        KeyCode::Up => recall(state, &mut commanding, back + 1),
        KeyCode::Down if back == 0 && event.code == KeyCode::Down => complete(state, &mut commanding, true),
        KeyCode::Down => recall(state, &mut commanding, back.saturating_sub(1)),
        _ => {
            if commanding.input.press(event) {
                commanding.completion = None;
                commanding.back = 0;
            }
        }
    }
    state.mode = Mode::Prompt(Prompt::Command(commanding));
}

/// Chooses the entry of the palette that is so many further down.
pub(super) fn choose(state: &mut State, mut commanding: Commanding, by: i16) {
    commands::choose(&mut commanding, &state.bound, by);
    state.mode = Mode::Prompt(Prompt::Command(commanding));
}

/// Carries out the typed line if it names a command; a guess is only written out.
fn entered(state: &mut State, mut commanding: Commanding) {
    let line = commanding.input.text().trim().to_owned();
    let is_exact = line.parse::<usize>().is_ok() || Runnable::named(commands::split(&line).0).is_some();
    if let Some(guess) = commands::guess(&line, &state.bound).filter(|_| !is_exact && !line.is_empty()) {
        commanding = Commanding { input: Input::new(guess), ..Commanding::default() };
        state.mode = Mode::Prompt(Prompt::Command(commanding));
        return;
    }
    // A field that takes a value is no filter without one.
    if matches!(Runnable::named(&line), Some(Runnable::Field(_, true))) {
        commanding = Commanding { input: Input::new(line), ..Commanding::default() };
        state.mode = Mode::Prompt(Prompt::Command(commanding));
        return;
    }
    state.mode = Mode::Matrix;
    if !line.is_empty() {
        remember_and_give(state, line);
    }
}

fn remember_and_give(state: &mut State, line: String) {
    state.recall.commands.retain(|known| *known != line);
    state.recall.commands.push(line.clone());
    let surplus = state.recall.commands.len().saturating_sub(REMEMBERED);
    state.recall.commands.drain(..surplus);
    give(state, &line);
}

/// Shows the command of so many commands ago; 0 is the new line.
fn recall(state: &State, prompt: &mut Commanding, back: usize) {
    if prompt.back == 0 {
        prompt.input.text().clone_into(&mut prompt.draft);
    }
    let back = back.min(state.recall.commands.len());
    let line = state.recall.commands.len().checked_sub(back).and_then(|at| state.recall.commands.get(at));
    prompt.input = Input::new(line.unwrap_or(&prompt.draft).clone());
    prompt.back = back;
    prompt.completion = None;
}

/// Completes the word before the cursor.
fn complete(state: &State, prompt: &mut Commanding, forward: bool) {
    Completion::step(&mut prompt.completion, &mut prompt.input, forward, |head| {
        commands::candidates(state, head)
    });
}

/// Carries out a line, or says why that cannot be done.
pub(super) fn give(state: &mut State, line: &str) {
    let line = if line.parse::<usize>().is_ok() { format!("goto {line}") } else { line.to_owned() };
    let (name, arguments) = commands::split(&line);
    let answer = match Runnable::named(name) {
        Some(Runnable::Command(command)) => run::run(state, command.verb, arguments),
        Some(Runnable::Key(binding)) if arguments.is_empty() => {
            act::run(state, binding.action);
            Ok(())
        }
        Some(Runnable::Field(..)) => run::run(state, Verb::Filter, arguments),
        Some(Runnable::Key(_)) => Err(format!("{name} takes nothing after it")),
        None => {
            let help =
                did_you_mean(name, commands::names()).unwrap_or_else(|| "`:` lists the commands".into());
            Err(format!("there is no command \"{name}\": {help}"))
        }
    };
    if let Err(why) = answer {
        state.refuse(why);
    }
}
