//! Update: a message and a state give a new state and effects. Pure and total.

mod act;
mod apply;
mod command;
mod conflict;
mod count;
mod disk;
mod edit;
mod find;
mod form;
mod fragility;
mod help;
mod list;
mod mouse;
mod navigate;
mod panel;
mod paste;
mod plain;
mod press;
mod rate;
mod recover;
mod save;
mod select;
mod settle;
mod survey;
mod table;

pub(crate) use plain::{greet, saved, sentence, talk};
use ratatui::crossterm::event::KeyEventKind;

use super::effect::Effect;
use super::head::Head;
use super::keymap::Action;
use super::layout::follow;
use super::message::Message;
use super::settings::{Settings, SettingsWarning};
use super::state::State;
use super::theme::THEMES;
use crate::text::single_line;

/// Takes settings over that the user has edited. The mouse holds from the next start.
fn take_over(state: &mut State, read: Result<(Box<Settings>, Vec<SettingsWarning>), String>) {
    let (settings, warnings) = match read {
        Ok(read) => read,
        Err(why) => {
            let why = format!("the settings are as they were: {}", single_line(&why));
            return state.refuse(why);
        }
    };
    if let Some(theme) = THEMES.iter().find(|theme| theme.name == settings.theme) {
        state.request(Effect::Theme(theme.name));
    }
    state.take_settings(*settings);
    match warnings.first() {
        Some(first) => state.refuse(format!("settings, {}", single_line(&first.0))),
        None => state.report("the settings hold now; the mouse from the next start"),
    }
}

/// Takes a message into the state. Returns the effects that it asks for.
pub(crate) fn update(state: &mut State, message: Message) -> Vec<Effect> {
    let before = state.session.version();
    match message {
        Message::Resize(size) => state.window.size = size,
        Message::Key(event) if event.kind == KeyEventKind::Release => {}
        Message::Key(event) => press::pressed(state, event),
        Message::Paste(text) => press::pasted(state, &text),
        // The matrix that they would act on is out of sight.
        Message::Click { .. } | Message::Scroll { .. } | Message::Drag { .. } if state.survey.is_some() => {}
        Message::Click { x, y, twice } => mouse::click(state, x, y, twice),
        Message::Scroll { x, y, rows, columns } => mouse::scroll(state, (x, y), rows, columns),
        Message::Drag { x, y } => mouse::drag(state, x, y),
        Message::Saved { result, then_quit } => save::saved(state, result, then_quit),
        Message::Leaving => act::run(state, Action::Quit),
        Message::Copied(result) => save::copied(state, result),
        Message::OnDisk { known, found, save } => disk::changed(state, known, found, save),
        Message::Left(recovery) => recover::left(state, recovery),
        Message::Past(steps) => state.session.past = steps,
        Message::Noticed(text) => state.refuse(single_line(&text)),
        Message::Protected => state.session.unprotected = None,
        Message::Unjournalled(why) => disk::unjournalled(state, why),
        Message::Kept(result) => disk::kept(state, result),
        Message::Edited(result) => form::edited(state, result),
        Message::SettingsRead(read) => take_over(state, read),
        Message::Theirs(commit) => state.derived.theirs = commit,
        Message::Drawn => {
            state.session.history.prepare();
            state.request(Effect::ReadHead);
        }
        Message::HeadMoved => state.request(Effect::ReadHead),
        Message::Exported(Ok(done)) => state.report(single_line(&done)),
        Message::Exported(Err(why)) => state.refuse(single_line(&why)),
        Message::Imported(read) => paste::imported(state, read),
        Message::Named(by) => form::open_estimate(state, by.as_deref()),
        Message::Fragility(found) => fragility::found(state, *found),
        Message::SearchOn => find::search_on(state),
        Message::Paused => panel::make(state),
        Message::Head(found) => {
            state.derived.head = Head::new(found, state.session.scenario());
            state.derived.findings += 1;
        }
    }
    disk::journal(state, before);
    form::journal_draft(state);
    fragility::refresh(state);
    follow(state);
    state.recall.end = state.recall.end.filter(|end| *end == state.window.cursor);
    panel::refresh(state);
    std::mem::take(&mut state.effects)
}
