//! The file on disk: edits are journalled, changes by other programs are merged, and edits that a crash left are
//! offered for restoring.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use crate::change::diff;
use crate::document::{self, EditError, Reading};
use crate::present::sentence;
use crate::present::words::count;
use crate::scenario::{Method, Scenario};
use crate::store::OnDisk;
use crate::text::single_line;
use crate::tui::effect::Effect;
use crate::tui::form::Form;
use crate::tui::keymap::{self, Action};
use crate::tui::message::Unjournalled;
use crate::tui::settling::{OtherVersion, Recovery, Settled, Settling};
use crate::tui::state::{Mode, OnFile, Question, Speech, State, Touched};

/// Requests that an edit be journalled before it is shown, or takes it back if there is nothing to save to. `before` is
/// the version before the message.
pub(super) fn secure(state: &mut State, before: u64, mut effects: Vec<Effect>) -> Vec<Effect> {
    if state.session.version() == before || effects.contains(&Effect::Adopt) {
        return effects;
    }
    if let Some(reason) = state.session.read_only.clone() {
        in_place(state, |state| state.session.history.return_to(before));
        state.say(Speech::Refused, format!("nothing was changed: {reason}"));
        return effects;
    }
    state.session.before_edit = before;
    effects.insert(0, Effect::Journal);
    effects
}

/// Says that the last edit could not be journalled. It is undone if another editor or session has edits; otherwise it
/// stays, and the title shows that it is not protected.
pub(super) fn unjournalled(state: &mut State, why: Unjournalled) {
    let text = match why {
        Unjournalled::Elsewhere => "the file has unsaved edits in another editor: save or leave there first",
        Unjournalled::Left => "another session left unsaved edits: open the file again to see them",
        Unjournalled::Failed(reason) => {
            state.session.is_unprotected = true;
            let text =
                format!("edits are not protected against a crash, save soon: {}", single_line(&reason));
            return state.say(Speech::Refused, text);
        }
    };
    if state.session.unsaved() == 0 {
        return state.say(Speech::Refused, text);
    }
    let before = state.session.before_edit;
    in_place(state, |state| state.session.history.return_to(before));
    state.say(Speech::Refused, format!("nothing was changed: {text}"));
}

/// Says what the disk holds that the user should know.
pub(super) fn noticed(state: &mut State, text: &str) {
    state.say(Speech::Refused, single_line(text));
}

/// Says that a text was written beside the file, or why not.
pub(super) fn kept(state: &mut State, result: Result<String, String>) {
    match result {
        Ok(name) => {
            let text = format!("some edits no longer apply to the file: all are in {}", single_line(&name));
            state.say(Speech::Conclusion, text);
        }
        Err(reason) => {
            let text =
                format!("some edits no longer apply to the file and are lost: {}", single_line(&reason));
            state.say(Speech::Refused, text);
        }
    }
}

/// Takes in that the file on disk is not as it was last read or written.
pub(super) fn changed(state: &mut State, known: String, found: OnDisk, save: Option<bool>) -> Vec<Effect> {
    let bytes = match found {
        OnDisk::Bytes(bytes) => bytes,
        OnDisk::Gone => {
            state.session.is_gone = true;
            state.say(Speech::Refused, "the file was deleted by another program: saving creates it again");
            return Vec::new();
        }
    };
    let was_gone = std::mem::take(&mut state.session.is_gone);
    let Reading { document, scenario, diagnostics } = document::read(bytes);
    let Some(theirs) = scenario else {
        let reason = diagnostics.first().map_or("", |found| found.message.as_str());
        let not_saved = if save.is_some() { "not saved: " } else { "" };
        let text = format!("{not_saved}the file on disk cannot be read now: {}", single_line(reason));
        state.say(Speech::Refused, text);
        return Vec::new();
    };
    // This text was read before.
    let Some(base) = document::read(known.into_bytes()).scenario else { return Vec::new() };
    if state.session.unsaved() == 0 {
        let text = match diff(&base, &theirs).len() {
            0 if was_gone => "the file is there again".to_owned(),
            0 => "read again: comments or spacing changed on disk".to_owned(),
            changes => format!("read again: {} on disk", count(changes, "change", "changes")),
        };
        in_place(state, |state| state.session.history.replace(document, theirs));
        state.session.mark_saved();
        state.say(Speech::Done, text);
        return then(state, vec![Effect::Adopt], save);
    }
    let ours = state.session.text().to_owned();
    let now = document.text().to_owned();
    let settling = Settling::new(&base, (state.scenario(), ours), (&theirs, now), OtherVersion::Disk(save));
    go_on(state, settling)
}

/// Asks whether to restore edits that a crash left.
pub(super) fn left(state: &mut State, mut recovery: Recovery) {
    let scenario = |text: &str| document::read(text.as_bytes().to_vec()).scenario;
    let (Some(before), Some(after)) = (scenario(&recovery.base), scenario(&recovery.text)) else { return };
    if recovery.base != recovery.text {
        recovery.edits = diff(&before, &after).iter().map(sentence).collect();
        if recovery.edits.is_empty() {
            recovery.edits.push("comments or spacing".to_owned());
        }
    }
    recovery.file_differs = recovery.base != state.session.text();
    state.mode = Mode::Question(Question::Recover(Box::new(recovery)));
}

/// Takes the answer to the question whether to restore edits.
pub(super) fn answer_recovery(state: &mut State, recovery: Recovery, event: KeyEvent) -> Vec<Effect> {
    if keymap::action(event, &state.bound) == Some(Action::Quit) {
        return vec![Effect::Quit];
    }
    match keymap::answer(event) {
        KeyCode::Char('y') => take_back(state, recovery),
        KeyCode::Char('n') => {
            state.mode = Mode::Matrix;
            let edits = count(recovery.edits.len(), "edit", "edits");
            let what = if recovery.edits.is_empty() { "what was typed" } else { edits.as_str() };
            state.say(Speech::Done, format!("{what} of {} discarded", recovery.written));
            vec![Effect::Forget]
        }
        _ => Vec::new(),
    }
}

fn take_back(state: &mut State, recovery: Recovery) -> Vec<Effect> {
    if let Some(reason) = state.session.read_only.clone() {
        state.mode = Mode::Matrix;
        state.say(Speech::Refused, format!("the edits stay where they are: {reason}"));
        return Vec::new();
    }
    let read = |text: &str| document::read(text.as_bytes().to_vec());
    let (Some(base), Reading { document, scenario: Some(ours), .. }) =
        (read(&recovery.base).scenario, read(&recovery.text))
    else {
        return Vec::new();
    };
    if recovery.edits.is_empty() {
        let mut effects = resume(state, &recovery);
        effects.push(Effect::Adopt);
        return effects;
    }
    if !recovery.file_differs {
        state.mode = Mode::Matrix;
        in_place(state, |state| state.session.history.replace(document, ours));
        let edits = count(recovery.edits.len(), "edit", "edits");
        state.say(Speech::Done, format!("{edits} of {} restored, not saved yet", recovery.written));
        let mut effects = resume(state, &recovery);
        effects.push(Effect::Adopt);
        return effects;
    }
    let now = state.session.text().to_owned();
    let text = recovery.text.clone();
    let origin = OtherVersion::Crash(Box::new(recovery));
    let settling = Settling::new(&base, (&ours, text), (state.scenario(), now), origin);
    go_on(state, settling)
}

/// Opens the form that was open, with its draft. A draft without a place in the scenario is written beside the file.
fn resume(state: &mut State, recovery: &Recovery) -> Vec<Effect> {
    state.mode = Mode::Matrix;
    if recovery.draft.is_empty() {
        return Vec::new();
    }
    match Form::resume(state.scenario(), &recovery.draft) {
        Some(form) => {
            if state.said.is_none() {
                state.say(
                    Speech::Done,
                    format!("the form as it was at {}, not accepted yet", recovery.written),
                );
            }
            state.mode = Mode::Form(Box::new(form));
            Vec::new()
        }
        None => vec![Effect::Keep(recovery.draft.clone())],
    }
}

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
fn go_on(state: &mut State, settling: Settling) -> Vec<Effect> {
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
            let text = format!("restored, not saved yet: {kept}, of {}", recovery.written);
            state.say(Speech::Done, text);
            resumed = resume(state, recovery);
            None
        }
    };
    let keep = (homeless > 0).then_some(Effect::Keep(settling.ours));
    then(state, keep.into_iter().chain(resumed).chain([Effect::Adopt]).collect(), save)
}

/// Continues with the save that was waiting.
fn then(state: &mut State, mut effects: Vec<Effect>, save: Option<bool>) -> Vec<Effect> {
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
fn in_place<T>(state: &mut State, change: impl FnOnce(&mut State) -> T) -> T {
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

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::KeyModifiers;

    use super::*;
    use crate::tui::message::Message;
    use crate::tui::settings::Settings;
    use crate::tui::state::Opening;
    use crate::tui::update::update;

    const TEXT: &str = "ach = 1\ntitle = \"t\"\n\n[[hypothesis]]\nid = \"h\"\nname = \"H\"\n\n\
                        [[hypothesis]]\nid = \"k\"\nname = \"K\"\n\n\
                        [[evidence]]\nid = \"e\"\ntext = \"E\"\n[evidence.ratings]\nh = \"C\"\nk = \"N\"\n";

    fn editor(read_only: Option<&str>) -> State {
        let Reading { document, scenario, .. } = document::read(TEXT.into());
        let read_only = read_only.map(str::to_owned);
        let opening = Opening {
            name: "f".into(),
            document,
            scenario: scenario.unwrap(),
            read_only,
            notice: None,
            survey: None,
        };
        State::new(opening, Settings::default())
    }

    fn press(state: &mut State, keys: &str) -> Vec<Effect> {
        let press = |c| Message::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        keys.chars().flat_map(|c| update(state, press(c))).collect()
    }

    fn found(state: &mut State, text: &str, save: Option<bool>) -> Vec<Effect> {
        let found = OnDisk::Bytes(text.into());
        update(state, Message::OnDisk { known: TEXT.into(), found, save })
    }

    fn said(state: &State) -> &str {
        state.said.as_ref().map_or("", |(_, text)| text)
    }

    fn text(state: &State) -> &str {
        state.session.text()
    }

    #[test]
    fn whatever_changes_the_text_is_journalled_and_nothing_else_is() {
        let mut state = editor(None);
        assert_eq!(press(&mut state, "5"), [Effect::Journal]);
        assert_eq!(press(&mut state, "u"), [Effect::Journal]);
        assert_eq!(press(&mut state, "U"), [Effect::Journal]);
        assert_eq!(press(&mut state, "5jlsmb?"), []);
    }

    #[test]
    fn where_nothing_can_be_saved_nothing_is_changed() {
        let mut state = editor(Some("it is carved in stone"));
        assert_eq!(press(&mut state, "5"), []);
        assert_eq!((text(&state), state.session.unsaved()), (TEXT, 0));
        assert_eq!(said(&state), "nothing was changed: it is carved in stone");
        // Changes by other programs are still shown.
        assert_eq!(found(&mut state, &TEXT.replace("\"E\"", "\"F\""), None), [Effect::Adopt]);
        assert_eq!(state.scenario().evidence[0].text, "F");
    }

    #[test]
    fn an_edit_that_another_editor_would_not_see_is_taken_back() {
        let mut state = editor(None);
        press(&mut state, "5");
        update(&mut state, Message::Unjournalled(Unjournalled::Elsewhere));
        assert_eq!((text(&state), state.session.unsaved()), (TEXT, 0));
        assert!(
            said(&state).starts_with("nothing was changed: the file has unsaved edits in another editor")
        );
    }

    #[test]
    fn edits_that_cannot_be_journalled_stay_and_only_the_refused_one_is_undone() {
        let mut state = editor(None);
        press(&mut state, "5l");
        update(&mut state, Message::Unjournalled(Unjournalled::Failed("the disk is full".into())));
        assert_eq!((state.session.unsaved(), state.session.is_unprotected), (1, true));
        press(&mut state, "1");
        update(&mut state, Message::Unjournalled(Unjournalled::Elsewhere));
        assert_eq!((state.session.unsaved(), state.session.is_unprotected), (1, true));
        press(&mut state, "1");
        assert_eq!(state.session.unsaved(), 2, "it can be made again");
        update(&mut state, Message::Protected);
        assert_eq!((state.session.unsaved(), state.session.is_unprotected), (2, false));
    }

    #[test]
    fn edits_that_a_crash_left_are_named_before_they_are_taken_back() {
        let mut state = editor(None);
        let text = TEXT.replace("h = \"C\"", "h = \"II\"");
        let (base, draft, written) = (TEXT.into(), String::new(), "1 May 12:00".into());
        update(&mut state, Message::Left { base, text, draft, written });
        let Mode::Question(Question::Recover(recovery)) = &state.mode else { panic!() };
        assert_eq!(recovery.edits, ["e / h: C -> II"]);
    }

    #[test]
    fn a_save_that_finds_another_version_goes_on_after_taking_it_in() {
        let mut state = editor(None);
        press(&mut state, "5");
        let theirs = TEXT.replace("\"E\"", "\"F\" # better");
        let merged = theirs.replace("\"C\"", "\"II\"");
        let effects = found(&mut state, &theirs, Some(true));
        assert_eq!(effects, [Effect::Adopt, Effect::Save { text: merged.clone(), then_quit: true }]);
        assert_eq!((text(&state), state.session.unsaved()), (merged.as_str(), 1));
        press(&mut state, "uu");
        assert_eq!(text(&state), TEXT.replace("\"C\"", "\"II\""), "even the merge can be undone");
    }

    #[test]
    fn edits_that_others_made_too_are_saved_already() {
        let mut state = editor(None);
        press(&mut state, "5");
        let effects = found(&mut state, &TEXT.replace("\"C\"", "\"II\""), Some(true));
        assert_eq!(effects, [Effect::Adopt, Effect::Quit]);
        assert_eq!(state.session.unsaved(), 0);
    }

    #[test]
    fn clashes_are_decided_one_by_one_or_all_at_once() {
        let theirs = TEXT.replace("h = \"C\"", "h = \"I\"").replace("k = \"N\"", "k = \"NA\"");
        for (keys, h, k) in
            [("mt", "II", "NA"), ("tm", "I", "CC"), ("M", "II", "CC"), ("T", "I", "NA"), ("ьЕ", "II", "NA")]
        {
            let mut state = editor(None);
            press(&mut state, "5l1");
            assert_eq!(found(&mut state, &theirs, None), []);
            assert!(matches!(state.mode, Mode::Question(Question::Settle(_))) && !state.watches());
            assert_eq!(press(&mut state, keys), [Effect::Adopt], "{keys}");
            let ratings = &state.scenario().evidence[0].ratings;
            let rating = |at| ratings.rating(at).unwrap().as_str();
            assert_eq!((rating(0), rating(1)), (h, k), "{keys}");
        }
    }

    #[test]
    fn the_cursor_stays_on_its_hypothesis_where_columns_are_shuffled() {
        let mut state = editor(None);
        press(&mut state, "b");
        let before = state.hypothesis().unwrap().1.id.clone();
        let more = "[[hypothesis]]\nid = \"a\"\nname = \"A\"\n\n[[hypothesis]]\nid = \"h\"";
        found(&mut state, &TEXT.replace("[[hypothesis]]\nid = \"h\"", more), None);
        assert_eq!(state.window.columns.len(), 3);
        assert_eq!(state.hypothesis().unwrap().1.id, before);
    }
}
