//! Settling conflicts that merges left, one after the other.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::apply::{apply, attempt, refusal, undo};
use super::find::go_to;
use super::table;

use crate::change::{Change, Refused, make, settle, settle_all};
use crate::diagnostic::describe;
use crate::present::words::count;
use crate::scenario::{ItemKind, Rating, Scenario, Side, Subject, inconsistencies};
use crate::tui::conflict::{self, ConflictQuestion};
use crate::tui::effect::Effect;
use crate::tui::keymap::{self, Action, Motion};
use crate::tui::mode::Deleting;
use crate::tui::page::Goal;
use crate::tui::state::{Mode, Question, State};

/// Asks about the conflict in the cell or the row under the cursor, else about the next one after it. Where there is
/// none, goes to the next error of another kind. Errors are of the present.
pub(super) fn ask(state: &mut State) {
    if state.window.as_of.is_some() {
        table::show_as_of(state, None);
    }
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
    state.request(Effect::AskTheirs);
}

/// Goes to the next thing that does not fit together, and says what it is.
fn next_error(state: &mut State) {
    let scenario = state.scenario();
    let found: Vec<_> = inconsistencies(scenario).iter().map(|fault| describe(scenario, fault)).collect();
    let here = state.recall.error.map_or(0, |at| at + 1);
    let Some(error) = found.get(here).or_else(|| found.first()) else {
        return state.report("there are no errors");
    };
    state.recall.error = Some(if here < found.len() { here } else { 0 });
    let goal = error.subject().and_then(|subject| Goal::of(state.scenario(), subject));
    let help = error.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    let said = format!("{}{help}", error.message);
    if let Some(goal) = goal {
        go_to(state, &goal);
    }
    state.refuse(said);
}

/// Asks about one of the conflicts, with the cursor on its subject.
fn look_at(state: &mut State, at: usize, questions: &[ConflictQuestion]) {
    let Some(question) = questions.get(at) else {
        state.mode = Mode::Matrix;
        return;
    };
    if let Some(goal) = Goal::of(state.scenario(), question.subject) {
        go_to(state, &goal);
    }
    state.mode = Mode::Question(Question::Conflict(at));
}

/// Takes a key while a conflict is asked about.
pub(super) fn pressed(state: &mut State, at: usize, event: KeyEvent) {
    let questions = conflict::questions(state.scenario());
    let number = questions.len().max(1);
    match (keymap::answer(event), keymap::action(event, &state.bound)) {
        (KeyCode::Char('o'), _) => decide(state, at, Side::Ours),
        (KeyCode::Char('t'), _) => decide(state, at, Side::Theirs),
        (KeyCode::Char('O'), _) => ask_all(state, Side::Ours),
        (KeyCode::Char('T'), _) => ask_all(state, Side::Theirs),
        (KeyCode::Char('1'..='5'), Some(Action::Rate(rating))) => rate_anew(state, at, rating),
        (_, Some(Action::NextConflict | Action::Move(Motion::Down))) => {
            look_at(state, (at + 1) % number, &questions)
        }
        (_, Some(Action::Move(Motion::Up))) => look_at(state, (at + number - 1) % number, &questions),
        (_, Some(Action::Undo)) => {
            undo(state);
            let questions = conflict::questions(state.scenario());
            look_at(state, at.min(questions.len().saturating_sub(1)), &questions);
        }
        _ => state.mode = Mode::Matrix,
    }
}

/// Settles the conflict that is asked about for a side and goes on to the next one.
fn decide(state: &mut State, at: usize, side: Side) {
    settled(state, at, &format!("{side} stands"), |scenario, question| {
        settle(scenario, question.subject, side)
    });
}

/// Settles the conflict of a cell by another rating than either side has.
fn rate_anew(state: &mut State, at: usize, rating: Rating) {
    settled(state, at, rating.as_str(), |scenario, question| {
        let Subject::Cell { kind: ItemKind::Evidence, item, hypothesis } = question.subject else {
            return Ok(Vec::new());
        };
        let mut changes = settle(scenario, question.subject, Side::Ours)?;
        changes.extend(make::rate_all(scenario, [(item, hypothesis)], Some(rating)));
        Ok(changes)
    });
}

/// Asks whether all that are left are settled for a side.
fn ask_all(state: &mut State, side: Side) {
    let left = conflict::count(state.scenario());
    match settle_all(state.scenario(), side) {
        Ok(changes) => {
            let all = count(left, "conflict", "conflicts");
            let question = format!("Settle the {all} that are left: {side} stands everywhere? y yes, n no");
            state.mode = Mode::Question(Question::SettleAll(Deleting { changes, question }));
        }
        Err((_, refused)) => state.refuse(refusal(state, &refused)),
    }
}

/// Takes the answer to the question whether all are settled.
pub(super) fn answered_all(state: &mut State, all: &Deleting, event: KeyEvent) {
    state.mode = Mode::Matrix;
    if keymap::answer(event) == KeyCode::Char('y') {
        apply(state, &all.changes);
    } else {
        ask(state);
    }
}

/// Settles the conflict that is asked about by changes and goes on to the next one.
fn settled(
    state: &mut State,
    at: usize,
    how: &str,
    changes: impl Fn(&Scenario, &ConflictQuestion) -> Result<Vec<Change>, Refused>,
) {
    let questions = conflict::questions(state.scenario());
    let Some(question) = questions.get(at) else { return };
    let made = changes(state.scenario(), question)
        .map_err(|refused| refusal(state, &refused))
        .and_then(|changes| attempt(state, &changes));
    if let Err(why) = made {
        return state.refuse(why);
    }
    let questions = conflict::questions(state.scenario());
    let left = match questions.len() {
        0 => "nothing is left to settle".to_owned(),
        left => format!("{left} left to settle"),
    };
    state.report(format!("{}: {how}; {left}", question.said.about));
    let said = state.said.take();
    look_at(state, at.min(questions.len().saturating_sub(1)), &questions);
    state.said = said;
}
