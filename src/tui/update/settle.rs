//! Edits on another version of the file: what clashes is asked about, and the rest is merged.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use crate::document::{self, EditError, Reading};
use crate::present::words::count;
use crate::scenario::{Method, Scenario};
use crate::tui::effect::Effect;
use crate::tui::form::Form;
use crate::tui::keymap::{self, Action};
use crate::tui::settling::{OtherVersion, Recovery, Settled, Settling};
use crate::tui::state::{Mode, Question, SavedVersion, State, Touched};

/// Takes the answer to the question whose version is kept.
pub(super) fn answer_clash(state: &mut State, mut settling: Settling, event: KeyEvent) {
    if event.code == KeyCode::Esc || keymap::action(event, &state.bound) == Some(Action::Quit) {
        return postpone(state, settling.origin);
    }
    match keymap::answer(event) {
        KeyCode::Char('m') => settling.decide(true, false),
        KeyCode::Char('t') => settling.decide(false, false),
        KeyCode::Char('M') => settling.decide(true, true),
        KeyCode::Char('T') => settling.decide(false, true),
        _ => {}
    }
    go_on(state, settling);
}

/// Leaves everything as it is: the edits in the editor or their journal, the other version on disk.
fn postpone(state: &mut State, origin: OtherVersion) {
    state.mode = match origin {
        OtherVersion::Disk(_) => {
            state.refuse("undecided: your version is here, theirs on disk; saving asks again");
            Mode::Matrix
        }
        OtherVersion::Crash(recovery) => Mode::Question(Question::Recover(recovery)),
    };
}

/// Asks about the next clash, or merges the other version as decided.
pub(super) fn go_on(state: &mut State, settling: Settling) {
    if settling.question().is_some() {
        state.mode = Mode::Question(Question::Settle(Box::new(settling)));
        return;
    }
    state.mode = Mode::Matrix;
    let before = state.session.version();
    let Reading { document, scenario: Some(theirs), .. } = document::read(settling.now.clone().into_bytes())
    else {
        return;
    };
    let Settled { changes, kept, dropped } = settling.settled(&theirs);
    let mut on = before;
    let made: Result<(), EditError> = in_place(state, |state| {
        if state.session.text() != settling.now {
            state.session.history.replace(document, theirs);
            on = state.session.version();
        }
        state.session.history.apply(&changes)
    });
    if made.is_err() {
        in_place(state, |state| state.session.history.return_to(before));
        let text = "your edits cannot be written into the file on disk; they are still here";
        return state.refuse(text);
    }
    state.session.saved = SavedVersion::new(on, settling.now.clone());
    let kept = count(kept, "of your edits is kept", "of your edits are kept");
    if dropped > 0 {
        state.request(Effect::Keep(settling.ours));
    }
    let save = match &settling.origin {
        OtherVersion::Disk(save) => {
            state.report(format!("the file changed on disk and was read again; {kept}"));
            *save
        }
        OtherVersion::Crash(recovery) => {
            state.report(format!("restored, not saved yet: {kept}, of {}", recovery.when));
            resume(state, recovery);
            None
        }
    };
    state.request(Effect::Adopt);
    save_on(state, save);
}

/// Continues with the save that was waiting.
pub(super) fn save_on(state: &mut State, save: Option<bool>) {
    let Some(then_quit) = save else { return };
    if state.session.unsaved() > 0 {
        state.request(Effect::Save { text: state.session.text().to_owned(), then_quit });
    } else if then_quit {
        state.request(Effect::Quit);
    }
}

/// Replaces the scenario, with the cursor on the same item and hypothesis as before.
pub(super) fn in_place<T>(state: &mut State, change: impl FnOnce(&mut State) -> T) -> T {
    let item = state.item().map(|(_, item)| item.id.clone());
    let hypothesis = state.hypothesis().map(|(_, hypothesis)| hypothesis.id.clone());
    let method: Method = state.scenario().method();
    let result = change(state);
    if state.window.method == method {
        state.window.method = state.scenario().method();
    }
    state.refresh(&Touched::ALL);
    let row = |scenario: &Scenario, at: usize| {
        scenario.evidence.get(at).is_some_and(|found| Some(&found.id) == item.as_ref())
    };
    let column = |scenario: &Scenario, at: usize| {
        scenario.hypotheses.get(at).is_some_and(|found| Some(&found.id) == hypothesis.as_ref())
    };
    if let Some(found) = state.window.rows.iter().position(|at| row(state.scenario(), *at)) {
        state.window.cursor.row = found;
    }
    if let Some(found) = state.window.columns.iter().position(|at| column(state.scenario(), *at)) {
        state.window.cursor.column = found;
    }
    result
}

/// Opens the form that was open, with its draft. A draft without a place in the scenario is written beside the file.
pub(super) fn resume(state: &mut State, recovery: &Recovery) {
    state.mode = Mode::Matrix;
    if recovery.draft.is_empty() {
        return;
    }
    match Form::resume(state.scenario(), &recovery.draft) {
        Some(form) => {
            if state.said.is_none() {
                state.report(format!("the form as it was at {}, not accepted yet", recovery.when));
            }
            state.mode = Mode::Form(Box::new(form));
        }
        None => state.request(Effect::Keep(recovery.draft.clone())),
    }
}
