//! Saving the file, and reporting the result.

use crate::present::sentence;
use crate::present::words::count;
use crate::text::single_line;
use crate::tui::effect::Effect;
use crate::tui::state::State;
use crate::tui::unsaved;

/// Requests that the file be written, if there is something to write.
pub(super) fn save(state: &mut State, then_quit: bool) {
    if let Some(reason) = state.session.read_only.clone() {
        return state.refuse(format!("cannot save: {reason}"));
    }
    if state.session.unsaved() == 0 && !state.session.is_gone {
        state.report("nothing to save");
        if then_quit {
            state.request(Effect::Quit);
        }
        return;
    }
    state.request(Effect::Save { text: state.session.text().to_owned(), then_quit });
}

/// Returns the unsaved edits, a line each; none of a large scenario, where that would take its time.
pub(super) fn unsaved_in_words(state: &State) -> Vec<String> {
    let Some(before) = state.session.saved.scenario().filter(|_| state.session.is_small()) else {
        return Vec::new();
    };
    let changes = state.session.edits();
    if state.window.blind {
        return changes.iter().map(sentence).collect();
    }
    unsaved::in_words(before, &changes, state.window.method)
}

/// Says that a copy was written, or why not.
pub(super) fn copied(state: &mut State, result: Result<String, String>) {
    match (result, state.session.unsaved()) {
        (Ok(name), 0) => state.report(format!("a copy is in {}", single_line(&name))),
        (Ok(name), unsaved) => {
            let (copy, here) = (single_line(&name), single_line(&state.session.name));
            let edits = count(unsaved, "edit is", "edits are");
            state.report(format!("a copy is in {copy}; in {here} {edits} not saved"));
        }
        (Err(reason), _) => state.refuse(reason),
    }
}

/// Takes in that the file was written, or says why not.
pub(super) fn saved(state: &mut State, result: Result<Vec<String>, String>, then_quit: bool) {
    match result {
        Ok(notes) => {
            state.session.mark_saved();
            state.session.is_gone = false;
            state.session.unprotected = None;
            let notes: String = notes.iter().map(|note| format!("; {note}")).collect();
            state.report(format!("saved {}{notes}", single_line(&state.session.name)));
            state.request(if then_quit { Effect::Quit } else { Effect::ReadHead });
        }
        Err(reason) => state.refuse(reason),
    }
}
