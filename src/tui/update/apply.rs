//! Making changes, taking them back and making them again, each told in a sentence.

use super::find;
use crate::change::{Change, Refused, diff};
use crate::document::{self, EditError, Splice, Splices, difference};
use crate::present::Objection;
use crate::present::words::list;
use crate::scenario::Method;
use crate::tui::keymap::Action;
use crate::tui::page::Goal;
use crate::tui::state::{Speech, State, Touched};
use crate::tui::step;

/// How changes came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Edit,
    Undo,
    Redo,
    /// Changes since the last commit were taken back.
    Revert,
}

impl Origin {
    /// The words before a change that was made so, and before one that changed the leader.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Edit => ("", ""),
            Self::Undo => ("undone: ", "undo: "),
            Self::Redo => ("again: ", "redo: "),
            Self::Revert => ("taken back: ", "taking back: "),
        }
    }
}

/// Makes the changes that were found as one step, or says why there are none.
pub(super) fn make(state: &mut State, changes: Result<impl IntoIterator<Item = Change>, Refused>) {
    match changes {
        Ok(changes) => apply(state, &changes.into_iter().collect::<Vec<_>>()),
        Err(refused) => state.refuse(refusal(state, &refused)),
    }
}

/// Returns the reason why a change cannot be made, in words.
pub(super) fn refusal(state: &State, refused: &Refused) -> String {
    Objection::to_change(state.scenario(), refused).to_string()
}

/// Makes changes as one step, and says what they did or why they cannot be made.
pub(super) fn apply(state: &mut State, changes: &[Change]) {
    or_say_why(state, Origin::Edit, changes);
}

/// Like `apply`, for changes that take others back.
pub(super) fn revert(state: &mut State, changes: &[Change]) {
    or_say_why(state, Origin::Revert, changes);
}

fn or_say_why(state: &mut State, origin: Origin, changes: &[Change]) {
    if let Err(why) = attempt_as(state, origin, changes) {
        state.refuse(why);
    }
}

/// Makes changes as one step, and says what they did.
///
/// # Errors
/// The reason why they cannot be made, in words; then nothing is changed.
pub(super) fn attempt(state: &mut State, changes: &[Change]) -> Result<(), String> {
    attempt_as(state, Origin::Edit, changes)
}

fn attempt_as(state: &mut State, origin: Origin, changes: &[Change]) -> Result<(), String> {
    if changes.is_empty() {
        return Ok(());
    }
    if let Some(why) = state.looks_back() {
        return Err(why);
    }
    let before = Before::new(state);
    match state.session.history.apply(changes) {
        Ok(()) => {
            let made = Made::of(changes);
            made.take_in(state, &before, origin);
            Ok(())
        }
        Err(EditError::Refused(refused)) => Err(refusal(state, &refused)),
        Err(EditError::Unwritable(errors)) => {
            let first = errors.into_iter().next().map(|error| error.message);
            Err(first.unwrap_or_else(|| "the file cannot express that".into()))
        }
    }
}

/// Takes the last step back.
pub(super) fn undo(state: &mut State) {
    if let Some(why) = state.looks_back() {
        return state.refuse(why);
    }
    let before = Before::new(state);
    let Some(changes) = state.session.history.undo() else {
        return undo_past(state);
    };
    let (made, goal) =
        (Made::of(changes), changes.iter().rev().find_map(|change| Goal::of_change(&change.inverse())));
    made.take_in(state, &before, Origin::Undo);
    state.recall.end = None;
    if let Some(goal) = goal {
        find::go_to(state, &goal);
    }
}

/// Takes back the latest step of past sessions, after it was offered in words.
fn undo_past(state: &mut State) {
    let Some((when, step)) = state.session.past.last() else {
        return state.refuse("nothing to undo");
    };
    let now = state.session.text();
    let mut text = now.to_owned();
    let is_whole = step.back.iter().all(|splice| {
        let fits = text.get(splice.range.clone()).is_some();
        if fits {
            text.replace_range(splice.range.clone(), &splice.text);
        }
        fits
    });
    let before = document::read(text.clone().into_bytes()).scenario.filter(|_| is_whole);
    let Some(before) = before else {
        state.session.past.clear();
        return state.refuse("nothing to undo: the steps of past sessions do not fit the file");
    };
    let changes = diff(&before, state.scenario());
    let version = state.session.version();
    if state.session.offered != Some(version) {
        let (sentence, key) = (step::in_words(&changes), state.key(Action::Undo));
        let offer = format!("before this session: {when}, {sentence}; {key} again undoes it");
        state.session.offered = Some(version);
        return state.report(offer);
    }
    let back = difference(now, &text).map(|(range, text)| Splice { range, text: text.to_owned() });
    let back = Splices::new(back);
    state.session.past.pop();
    state.session.history.prepend(changes, back);
    undo(state);
}

/// Makes the step again that was taken back last.
pub(super) fn redo(state: &mut State) {
    if let Some(why) = state.looks_back() {
        return state.refuse(why);
    }
    let before = Before::new(state);
    let Some(changes) = state.session.history.redo() else {
        return state.refuse("nothing to redo");
    };
    let (made, goal) = (Made::of(changes), changes.iter().find_map(Goal::of_change));
    made.take_in(state, &before, Origin::Redo);
    if let Some(goal) = goal {
        find::go_to(state, &goal);
    }
}

/// The leaders and the file's method before a change.
struct Before {
    leaders: Vec<String>,
    method: Method,
}

impl Before {
    fn new(state: &State) -> Self {
        Self { leaders: leaders(state), method: state.scenario().method() }
    }
}

/// Changes that were made in the history.
struct Made {
    /// The changes as a sentence.
    sentence: String,
    touched: Touched,
}

impl Made {
    fn of(changes: &[Change]) -> Self {
        Self { sentence: step::in_words(changes), touched: Touched::by(changes) }
    }

    /// Refreshes the state, and says what was changed, or that the leader changed. A new method of the file is used at
    /// once.
    fn take_in(self, state: &mut State, before: &Before, origin: Origin) {
        if state.scenario().method() != before.method {
            state.window.method = state.scenario().method();
        }
        state.refresh(&self.touched);
        let (was, is) = (&before.leaders, leaders(state));
        let (done, doing) = origin.words();
        let sentence = self.sentence;
        // Without evidence all lead together, which says nothing.
        let is_nobody = was.is_empty() || is.is_empty() || state.scenario().evidence.is_empty();
        if state.window.blind || *was == is || is_nobody {
            state.say(Speech::Changed, format!("{done}{sentence}"));
        } else {
            let who = if was.len().max(is.len()) > 1 { "leaders" } else { "leader" };
            let (was, is) = (list(was), list(&is));
            state.say(Speech::Conclusion, format!("The {who} changed: {was} -> {is}, by {doing}{sentence}"));
        }
        if let Some(told) = &mut state.told {
            told.is_undone = origin == Origin::Undo;
        }
    }
}

/// Returns the names of the leaders.
fn leaders(state: &State) -> Vec<String> {
    let name = |at: &usize| state.scenario().hypotheses.get(*at).map(|h| h.header().to_owned());
    state.derived.scores.ranking.leaders.iter().filter_map(name).collect()
}
