//! Edits that a crash left: shown with what they would do, and taken up, merged or dropped.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::navigate;
use super::settle::{go_on, in_place, resume};
use crate::change::diff;
use crate::document::{self, Reading};
use crate::present::words::count;
use crate::tui::effect::Effect;
use crate::tui::keymap::{self, Action};
use crate::tui::settling::{OtherVersion, Recovery, Settling};
use crate::tui::state::{Mode, Question, State};
use crate::tui::unsaved;

/// Asks what is to become of edits that a crash left.
pub(super) fn left(state: &mut State, mut recovery: Box<Recovery>) {
    let scenario = |text: &str| document::read(text.as_bytes().to_vec()).scenario;
    let (Some(before), Some(after)) = (scenario(&recovery.base), scenario(&recovery.text)) else { return };
    if recovery.base != recovery.text {
        recovery.edits = unsaved::in_words(&before, &diff(&before, &after), after.method());
    }
    recovery.file_differs = recovery.base != state.session.text();
    state.mode = Mode::Question(Question::Recover(recovery));
}

/// Takes the answer. No key but those that are named does anything.
pub(super) fn answered(state: &mut State, mut recovery: Box<Recovery>, event: KeyEvent) {
    let action = keymap::action(event, &state.bound);
    if action == Some(Action::Quit) {
        return state.request(Effect::Quit);
    }
    let answer = keymap::answer(event);
    if recovery.is_aside {
        match (answer, action) {
            (KeyCode::Char('s') | KeyCode::Esc, _) => recovery.is_aside = false,
            (_, Some(Action::Move(motion))) => navigate::go(state, motion),
            _ => {}
        }
    } else {
        match answer {
            KeyCode::Char('y') if !recovery.must_merge() => return take_up(state, recovery),
            KeyCode::Char('m') if recovery.must_merge() => return merge(state, recovery),
            KeyCode::Char('s') => recovery.is_aside = true,
            KeyCode::Char('n') => {
                state.mode = Mode::Matrix;
                return state.request(Effect::Forget);
            }
            _ => {}
        }
    }
    state.mode = Mode::Question(Question::Recover(recovery));
}

/// Whether nothing can be taken up, since nothing can be edited.
fn is_refused(state: &mut State) -> bool {
    let Some(reason) = state.session.read_only.clone() else { return false };
    state.mode = Mode::Matrix;
    state.refuse(format!("the edits stay where they are: {reason}"));
    true
}

/// Makes the steps again, each to be undone, and opens the form that was open.
fn take_up(state: &mut State, recovery: Box<Recovery>) {
    if is_refused(state) {
        return;
    }
    state.mode = Mode::Matrix;
    let texts = recovery.texts();
    if !texts.is_empty() {
        in_place(state, |state| {
            for text in &texts {
                let reading = document::read(text.as_bytes().to_vec());
                if let Reading { document, scenario: Some(scenario), .. } = reading {
                    state.session.history.replace(document, scenario);
                }
            }
        });
        let steps = count(texts.len(), "step", "steps");
        state.report(format!("{steps} of {} restored, not saved yet", recovery.when));
    }
    resume(state, &recovery);
    state.request(Effect::Adopt);
}

/// Merges the edits into the file, which has changed since.
fn merge(state: &mut State, recovery: Box<Recovery>) {
    if is_refused(state) {
        return;
    }
    let read = |text: &str| document::read(text.as_bytes().to_vec()).scenario;
    let (Some(base), Some(ours)) = (read(&recovery.base), read(&recovery.text)) else { return };
    let (text, now) = (recovery.text.clone(), state.session.text().to_owned());
    let settling =
        Settling::new(&base, (&ours, text), (state.scenario(), now), OtherVersion::Crash(recovery));
    go_on(state, settling);
}
