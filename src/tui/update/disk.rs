//! The file on disk: edits are journalled, and changes by other programs are merged.

use super::settle::{go_on, in_place, save_on};
use crate::change::diff;
use crate::document::{self, Reading};
use crate::present::words::count;
use crate::store::OnDisk;
use crate::store::journal::Blocked;
use crate::text::single_line;
use crate::tui::effect::Effect;
use crate::tui::settling::{OtherVersion, Settling};
use crate::tui::state::{Speech, State};

/// Requests that an edit be journalled before it is shown, or undoes it if there is nothing to save to. `before` is
/// the version before the message.
pub(super) fn journal(state: &mut State, before: u64) {
    if state.session.version() == before || state.effects.contains(&Effect::Adopt) {
        return;
    }
    if let Some(reason) = state.session.read_only.clone() {
        in_place(state, |state| state.session.history.return_to(before));
        return state.refuse(format!("nothing was changed: {reason}"));
    }
    state.session.before_edit = before;
    state.effects.insert(0, Effect::Journal);
}

/// Says that the last edit could not be journalled. It is undone if another editor or session has edits; otherwise it
/// stays, and the title shows that it is not protected.
pub(super) fn unjournalled(state: &mut State, why: Blocked) {
    let text = match why {
        Blocked::Elsewhere => "the file has unsaved edits in another editor: save or leave there first",
        Blocked::Left => "another session left unsaved edits: open the file again to see them",
        Blocked::Failed(reason) => {
            let reason = single_line(&reason).into_owned();
            let text = format!("edits are not protected against a crash, save soon: {reason}");
            state.session.unprotected = Some(reason);
            return state.refuse(text);
        }
    };
    if state.session.unsaved() == 0 {
        return state.refuse(text);
    }
    let before = state.session.before_edit;
    in_place(state, |state| state.session.history.return_to(before));
    state.refuse(format!("nothing was changed: {text}"));
}

/// Says that a text was written beside the file, or why not.
pub(super) fn kept(state: &mut State, result: Result<String, String>) {
    match result {
        Ok(name) => {
            let text = format!("some edits no longer apply to the file: all are in {}", single_line(&name));
            state.say(Speech::Conclusion, text);
        }
        Err(reason) => {
            state.refuse(format!(
                "some edits no longer apply to the file and are lost: {}",
                single_line(&reason)
            ));
        }
    }
}

/// Takes in that the file on disk is not as it was last read or written.
pub(super) fn changed(state: &mut State, known: String, found: OnDisk, save: Option<bool>) {
    let bytes = match found {
        OnDisk::Bytes(bytes) => bytes,
        OnDisk::Gone => {
            state.session.is_gone = true;
            return state.refuse("the file was deleted by another program: saving creates it again");
        }
    };
    let was_gone = std::mem::take(&mut state.session.is_gone);
    let Reading { document, scenario, diagnostics } = document::read(bytes);
    let Some(theirs) = scenario else {
        let reason = diagnostics.first().map_or("", |found| found.message.as_str());
        let not_saved = if save.is_some() { "not saved: " } else { "" };
        return state
            .refuse(format!("{not_saved}the file on disk cannot be read now: {}", single_line(reason)));
    };
    // This text was read before.
    let Some(base) = document::read(known.into_bytes()).scenario else { return };
    if state.session.unsaved() == 0 {
        let text = match diff(&base, &theirs).len() {
            0 if was_gone => "the file is there again".to_owned(),
            0 => "read again: comments or spacing changed on disk".to_owned(),
            changes => format!("read again: {} on disk", count(changes, "change", "changes")),
        };
        in_place(state, |state| state.session.history.replace(document, theirs));
        state.session.mark_saved();
        state.report(text);
        state.request(Effect::Adopt);
        return save_on(state, save);
    }
    let ours = state.session.text().to_owned();
    let now = document.text().to_owned();
    let settling = Settling::new(&base, (state.scenario(), ours), (&theirs, now), OtherVersion::Disk(save));
    go_on(state, settling);
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::*;
    use crate::tui::message::Message;
    use crate::tui::settings::Settings;
    use crate::tui::settling::Recovery;
    use crate::tui::state::{Mode, Opening, Question};
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
        update(&mut state, Message::Unjournalled(Blocked::Elsewhere));
        assert_eq!((text(&state), state.session.unsaved()), (TEXT, 0));
        assert!(
            said(&state).starts_with("nothing was changed: the file has unsaved edits in another editor")
        );
    }

    #[test]
    fn edits_that_cannot_be_journalled_stay_and_only_the_refused_one_is_undone() {
        let mut state = editor(None);
        press(&mut state, "5l");
        update(&mut state, Message::Unjournalled(Blocked::Failed("the disk is full".into())));
        assert_eq!((state.session.unsaved(), state.session.unprotected.is_some()), (1, true));
        press(&mut state, "1");
        update(&mut state, Message::Unjournalled(Blocked::Elsewhere));
        assert_eq!((state.session.unsaved(), state.session.unprotected.is_some()), (1, true));
        press(&mut state, "1");
        assert_eq!(state.session.unsaved(), 2, "it can be made again");
        update(&mut state, Message::Protected);
        assert_eq!((state.session.unsaved(), state.session.unprotected.is_some()), (2, false));
    }

    #[test]
    fn edits_that_a_crash_left_are_named_before_they_are_taken_back() {
        let mut state = editor(None);
        let text = TEXT.replace("h = \"C\"", "h = \"II\"");
        let left = Recovery { base: TEXT.into(), text, when: "1 May, 12:00".into(), ..Recovery::default() };
        update(&mut state, Message::Left(Box::new(left)));
        let Mode::Question(Question::Recover(recovery)) = &state.mode else { panic!() };
        let lead = "changes who leads: h and k, level -> k";
        assert_eq!(recovery.edits[0], format!("e / h: C -> II   {lead}"));
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
