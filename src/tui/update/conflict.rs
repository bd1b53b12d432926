//! Settling conflicts that merges left, one after the other.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::apply::{attempt, refusal, undo};
use super::panel::go_to;

use crate::change::settle;
use crate::diagnostic::describe;
use crate::scenario::{ItemKind, Side, Subject, inconsistencies};
use crate::tui::conflict::{self, ConflictQuestion};
use crate::tui::effect::Effect;
use crate::tui::keymap::{self, Action};
use crate::tui::page::Goal;
use crate::tui::state::{Mode, Question, Speech, State};

/// Asks about the conflict in the cell or the row under the cursor, else about the next one after it. Where there is
/// none, goes to the next error of another kind.
pub(super) fn ask(state: &mut State) {
    let questions = conflict::questions(state.scenario());
    if questions.is_empty() {
        return next_error(state);
    }
    let row = state.item().map(|(at, _)| at).unwrap_or_default();
    let column = state.hypothesis().map(|(at, _)| at).unwrap_or_default();
    let is_here = |question: &ConflictQuestion| {
        question.subject == Subject::Cell { kind: ItemKind::Evidence, item: row, hypothesis: column }
    };
    let is_after = |question: &ConflictQuestion| match question.subject {
        Subject::Cell { kind, item, hypothesis } => {
            kind == ItemKind::Evidence && (item, hypothesis) > (row, column)
        }
        Subject::Item(kind, at) | Subject::ItemField(kind, at, _) => kind == ItemKind::Evidence && at >= row,
        Subject::Scenario | Subject::ScenarioField(_) => false,
    };
    let at = questions.iter().position(is_here).or_else(|| questions.iter().position(is_after));
    look_at(state, at.unwrap_or_default(), &questions);
}

/// Goes to the next thing that does not fit together, and says what it is.
fn next_error(state: &mut State) {
    let scenario = state.scenario();
    let found: Vec<_> = inconsistencies(scenario).iter().map(|fault| describe(scenario, fault)).collect();
    let here = state.recall.error.map_or(0, |at| at + 1);
    let Some(error) = found.get(here).or_else(|| found.first()) else {
        return state.say(Speech::Done, "there are no errors");
    };
    state.recall.error = Some(if here < found.len() { here } else { 0 });
    let goal = error.subject().and_then(|subject| Goal::of(state.scenario(), subject));
    let help = error.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    let said = format!("{}{help}", error.message);
    match goal {
        // For a subject outside the matrix, a form would open.
        Some(Goal::Item(ItemKind::Source | ItemKind::Indicator, _)) | None => {}
        Some(goal) => go_to(state, &goal),
    }
    state.say(Speech::Refused, said);
}

/// Asks about one of the conflicts, with the cursor on its subject.
fn look_at(state: &mut State, at: usize, questions: &[ConflictQuestion]) {
    let Some(question) = questions.get(at) else {
        state.mode = Mode::Matrix;
        return;
    };
    match Goal::of(state.scenario(), question.subject) {
        // For a subject outside the matrix, a form would open.
        Some(Goal::Item(ItemKind::Source | ItemKind::Indicator | ItemKind::Estimate, _)) | None => {}
        Some(goal) => go_to(state, &goal),
    }
    state.mode = Mode::Question(Question::Conflict(at));
}

/// Takes a key while a conflict is asked about.
pub(super) fn pressed(state: &mut State, at: usize, event: KeyEvent) -> Vec<Effect> {
    let questions = conflict::questions(state.scenario());
    let number = questions.len().max(1);
    match (keymap::answer(event), keymap::action(event, &state.bound)) {
        (KeyCode::Char('o'), _) => decide(state, at, Side::Ours),
        (KeyCode::Char('t'), _) => decide(state, at, Side::Theirs),
        (_, Some(Action::NextConflict | Action::Down)) => look_at(state, (at + 1) % number, &questions),
        (_, Some(Action::Up)) => look_at(state, (at + number - 1) % number, &questions),
        (_, Some(Action::Undo)) => {
            undo(state);
            let questions = conflict::questions(state.scenario());
            look_at(state, at.min(questions.len().saturating_sub(1)), &questions);
        }
        _ => state.mode = Mode::Matrix,
    }
    Vec::new()
}

/// Settles the conflict that is asked about and goes on to the next one.
fn decide(state: &mut State, at: usize, side: Side) {
    let questions = conflict::questions(state.scenario());
    let Some(question) = questions.get(at) else { return };
    let made = settle(state.scenario(), question.subject, side)
        .map_err(|refused| refusal(state, &refused))
        .and_then(|changes| attempt(state, &changes));
    if let Err(why) = made {
        return state.say(Speech::Refused, why);
    }
    let questions = conflict::questions(state.scenario());
    let left = match questions.len() {
        0 => "nothing is left to settle".to_owned(),
        left => format!("{left} left to settle"),
    };
    state.say(Speech::Done, format!("{}: {side} stands; {left}", question.said.about));
    let said = state.said.take();
    look_at(state, at.min(questions.len().saturating_sub(1)), &questions);
    state.said = said;
}
