//! Edits on another version of the file: what clashes is asked about, and the rest is merged.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use crate::document::{self, EditError, Reading};
use crate::present::words::count;
use crate::scenario::{Method, Scenario};
use crate::tui::effect::Effect;
use crate::tui::form::Form;
use crate::tui::keymap::{self, Action};
use crate::tui::settling::{OtherVersion, Recovery, Settled, Settling};
use crate::tui::state::{Mode, OnFile, Question, Speech, State, Touched};

/// Takes the answer to the question whose version is kept.
pub(super) fn answer_clash(state: &mut State, mut settling: Settling, event: KeyEvent) -> Vec<Effect> {
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
    go_on(state, settling)
}

/// Leaves everything as it is: the edits in the editor or their journal, the other version on disk.
fn postpone(state: &mut State, origin: OtherVersion) -> Vec<Effect> {
    state.mode = match origin {
        OtherVersion::Disk(_) => {
            state.say(Speech::Refused, "undecided: your version is here, theirs on disk; saving asks again");
            Mode::Matrix
        }
        OtherVersion::Crash(recovery) => Mode::Question(Question::Recover(recovery)),
    };
    Vec::new()
}

/// Asks about the next clash, or merges the other version as decided.
pub(super) fn go_on(state: &mut State, settling: Settling) -> Vec<Effect> {
    if settling.question().is_some() {
        state.mode = Mode::Question(Question::Settle(Box::new(settling)));
        return Vec::new();
    }
    state.mode = Mode::Matrix;
    let before = state.session.version();
    let Reading { document, scenario: Some(theirs), .. } = document::read(settling.now.clone().into_bytes())
    else {
        return Vec::new();
    };
    let Settled { changes, kept, homeless } = settling.settled(&theirs);
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
        state.say(Speech::Refused, text);
        return Vec::new();
    }
    state.session.saved = OnFile::new(on, settling.now.clone());
    let kept = count(kept, "of your edits is kept", "of your edits are kept");
    let mut resumed = Vec::new();
    let save = match &settling.origin {
        OtherVersion::Disk(save) => {
            state.say(Speech::Done, format!("the file changed on disk and was read again; {kept}"));
            *save
        }
        OtherVersion::Crash(recovery) => {
            let text = format!("restored, not saved yet: {kept}, of {}", recovery.when);
            state.say(Speech::Done, text);
            resumed = resume(state, recovery);
            None
        }
    };
    let keep = (homeless > 0).then_some(Effect::Keep(settling.ours));
    then(state, keep.into_iter().chain(resumed).chain([Effect::Adopt]).collect(), save)
}

/// Continues with the save that was waiting.
pub(super) fn then(state: &mut State, mut effects: Vec<Effect>, save: Option<bool>) -> Vec<Effect> {
    if let Some(then_quit) = save {
        if state.session.unsaved() > 0 {
            let text = state.session.text().to_owned();
            effects.push(Effect::Save { text, then_quit });
        } else if then_quit {
            effects.push(Effect::Quit);
        }
    }
    effects
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
pub(super) fn resume(state: &mut State, recovery: &Recovery) -> Vec<Effect> {
    state.mode = Mode::Matrix;
    if recovery.draft.is_empty() {
        return Vec::new();
    }
    match Form::resume(state.scenario(), &recovery.draft) {
        Some(form) => {
            if state.said.is_none() {
                state.say(Speech::Done, format!("the form as it was at {}, not accepted yet", recovery.when));
            }
            state.mode = Mode::Form(Box::new(form));
            Vec::new()
        }
        None => vec![Effect::Keep(recovery.draft.clone())],
    }
}
