//! Update: a message and a state give a new state and effects. Pure and total.

mod command;
mod conflict;
mod disk;
mod edit;
mod find;
mod form;
mod fragility;
mod list;
mod mouse;
mod navigate;
mod panel;
mod rate;
mod table;

pub(super) use command::hint as command_hint;
pub use command::{COMMANDS, Command};

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind};

use super::effect::Effect;
use super::head::Head;
use super::keymap::{self, Action};
use super::layout::follow;
use super::message::Message;
use super::prompt::Commanding;
use super::settling::Recovery;
use super::state::{Mode, State, Tone};
use super::view::last_of_help;
use crate::present::Order;
use crate::present::words::count;
use crate::scenario::{ItemKind, Method};

/// Takes a message into the state.
pub(crate) fn update(state: &mut State, message: Message) -> Vec<Effect> {
    let (before, upheavals) = (state.history.version(), state.upheavals);
    let effects = match message {
        Message::Resize(columns, rows) => {
            state.size = (columns, rows);
            Vec::new()
        }
        Message::Key(event) if event.kind == KeyEventKind::Release => Vec::new(),
        Message::Key(event) => pressed(state, event),
        Message::Paste(text) => pasted(state, &text),
        Message::Click { x, y, twice } => mouse::click(state, x, y, twice),
        Message::Scroll { rows, columns } => mouse::scroll(state, rows, columns),
        Message::Saved { result, then_quit } => saved(state, result, then_quit),
        Message::Copied(result) => {
            copied(state, result);
            Vec::new()
        }
        Message::OnDisk { known, found, save } => disk::changed(state, known, found, save),
        Message::Left { base, text, draft, written } => {
            disk::left(state, Recovery { base, text, draft, written, edits: 0, file_differs: false });
            Vec::new()
        }
        Message::Damaged(name) => {
            disk::damaged(state, &name);
            Vec::new()
        }
        Message::Unjournalled(why) => {
            disk::unjournalled(state, why);
            Vec::new()
        }
        Message::Kept(result) => {
            disk::kept(state, result);
            Vec::new()
        }
        Message::Drawn | Message::HeadMoved => vec![Effect::ReadHead],
        Message::Fathomed(found) => {
            fragility::found(state, *found);
            Vec::new()
        }
        Message::Paused => {
            panel::make(state);
            Vec::new()
        }
        Message::Head(found) => {
            state.head = Head::new(found, state.history.scenario());
            state.read += 1;
            Vec::new()
        }
    };
    let mut effects = disk::secure(state, before, effects);
    effects.extend(form::note(state));
    if state.history.version() != before {
        state.head.follow(state.history.scenario(), state.upheavals != upheavals);
    }
    if state.upheavals != upheavals {
        state.survey();
    }
    effects.extend(fragility::refresh(state));
    follow(state);
    effects.extend(panel::refresh(state));
    effects
}

fn pressed(state: &mut State, event: KeyEvent) -> Vec<Effect> {
    state.said = None;
    match state.mode.clone() {
        Mode::Matrix => {
            keymap::action(event, &state.bound).map(|action| act(state, action)).unwrap_or_default()
        }
        Mode::Help(top) => {
            help(state, top, event);
            Vec::new()
        }
        Mode::Search(searching) => find::search(state, searching, event),
        Mode::Filter(filtering) => find::filter(state, filtering, event),
        Mode::Command(commanding) => command::pressed(state, commanding, event),
        Mode::Copy => table::pressed(state, event),
        Mode::Page(focus) => panel::pressed(state, focus, event),
        Mode::Conflict(at) => conflict::pressed(state, at, event),
        Mode::Delete(deleting) => edit::answered(state, &deleting, event),
        Mode::Form(form) => form::pressed(state, form, event),
        Mode::List(listing) => list::pressed(state, listing, event),
        Mode::Leave => {
            state.mode = Mode::Matrix;
            match keymap::answer(event) {
                KeyCode::Char('y' | 'w') => save(state, true),
                KeyCode::Char('n') => vec![Effect::Quit],
                _ => Vec::new(),
            }
        }
        Mode::Recover(recovery) => disk::answer_recovery(state, *recovery, event),
        Mode::Settle(settling) => disk::answer_clash(state, *settling, event),
    }
}

/// Scrolls the help, or closes it.
fn help(state: &mut State, top: u16, event: KeyEvent) {
    let last = last_of_help(state);
    let page = state.size.1.saturating_sub(3).max(1);
    let top = match (event.code, keymap::action(event, &state.bound)) {
        (_, Some(Action::Down)) => top + 1,
        (_, Some(Action::Up)) => top.saturating_sub(1),
        (_, Some(Action::PageDown)) | (KeyCode::Char(' '), _) => top.saturating_add(page),
        (_, Some(Action::PageUp)) => top.saturating_sub(page),
        (_, Some(Action::FirstRow | Action::FirstColumn)) => 0,
        (_, Some(Action::LastRow | Action::LastColumn)) => last,
        _ => return state.mode = Mode::Matrix,
    };
    state.mode = Mode::Help(top.min(last));
}

/// Writes a pasted text into the line that is being typed, if one is.
fn pasted(state: &mut State, text: &str) -> Vec<Effect> {
    match state.mode.clone() {
        Mode::Search(mut searching) => {
            searching.input.insert(text);
            find::searched(state, searching);
        }
        Mode::Filter(mut filtering) => {
            filtering.input.insert(text);
            find::filtered(state, filtering);
        }
        Mode::Command(mut commanding) => {
            commanding.input.insert(text);
            commanding.completion = None;
            state.mode = Mode::Command(commanding);
        }
        Mode::Form(form) => form::pasted(state, form, text),
        Mode::Matrix
        | Mode::Help(_)
        | Mode::Leave
        | Mode::Copy
        | Mode::Page(_)
        | Mode::Conflict(_)
        | Mode::Delete(_)
        | Mode::List(_)
        | Mode::Recover(_)
        | Mode::Settle(_) => state.say(Tone::Refused, "nothing takes a pasted text here: open a form first"),
    }
    Vec::new()
}

fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Up
        | Action::Down
        | Action::Left
        | Action::Right
        | Action::PageUp
        | Action::PageDown
        | Action::FirstRow
        | Action::LastRow
        | Action::FirstColumn
        | Action::LastColumn
        | Action::NextBlank
        | Action::PreviousBlank => navigate::go(state, action),
        Action::Rate(rating) => rate::rate(state, Some(rating)),
        Action::Blank => rate::rate(state, None),
        Action::StepUp => rate::step(state, 1),
        Action::StepDown => rate::step(state, -1),
        Action::Repeat => rate::repeat(state),
        Action::Undo => rate::undo(state),
        Action::Redo => rate::redo(state),
        Action::Confidence => edit::confidence(state),
        Action::LessCredible => edit::credibility(state, false),
        Action::MoreCredible => edit::credibility(state, true),
        Action::LessRelevant => edit::relevance(state, false),
        Action::MoreRelevant => edit::relevance(state, true),
        Action::EditCell => form::open_cell(state),
        Action::EditItem => form::open_row(state),
        Action::EditHypothesis => form::open_column(state),
        Action::EditScenario => form::open_whole(state, None),
        Action::AddItem => form::open_item(state, ItemKind::Evidence, None),
        Action::AddHypothesis => form::open_item(state, ItemKind::Hypothesis, None),
        Action::DeleteItem => edit::ask_row(state),
        Action::DeleteHypothesis => edit::ask_column(state),
        Action::Reject => edit::reject(state),
        Action::MoveDown => edit::move_row(state, true),
        Action::MoveUp => edit::move_row(state, false),
        Action::MoveLeft => edit::move_column(state, false),
        Action::MoveRight => edit::move_column(state, true),
        Action::Sort => sort(state),
        Action::Search => find::start_search(state),
        Action::Filter => find::start_filter(state),
        Action::Narrower => table::resize(state, -1),
        Action::Wider => table::resize(state, 1),
        Action::Copy => state.mode = Mode::Copy,
        Action::Command => state.mode = Mode::Command(Commanding::default()),
        Action::Method => method(state),
        Action::Blind => blind(state),
        Action::Panel => panel::next(state),
        Action::EnterPanel => panel::enter(state),
        Action::NextConflict => conflict::ask(state),
        Action::Help => state.mode = Mode::Help(0),
        Action::Save => return save(state, false),
        Action::Quit if state.unsaved() == 0 || state.read_only.is_some() => return vec![Effect::Quit],
        Action::Quit => state.mode = Mode::Leave,
        Action::Suspend => return vec![Effect::Suspend],
    }
    Vec::new()
}

fn sort(state: &mut State) {
    let at = Order::ALL.iter().position(|order| *order == state.order).unwrap_or_default();
    sort_by(state, Order::ALL.into_iter().cycle().nth(at + 1).unwrap_or(Order::File));
}

fn sort_by(state: &mut State, order: Order) {
    state.order = order;
    find::relist(state, state.item().map(|(at, _)| at));
    state.say(Tone::Done, format!("sorted by {}; the file keeps its order", order.as_str()));
}

fn method(state: &mut State) {
    let at = Method::ALL.iter().position(|method| *method == state.method).unwrap_or_default();
    score_by(state, Method::ALL.iter().copied().cycle().nth(at + 1).unwrap_or(state.method));
}

fn score_by(state: &mut State, method: Method) {
    state.method = method;
    rate::rescore(state);
    state.say(Tone::Done, format!("scored by {method}; the file keeps its method"));
}

fn blind(state: &mut State) {
    state.blind = !state.blind;
    let hypothesis = state.hypothesis().map(|(at, _)| at);
    list_columns(state);
    let found = hypothesis.and_then(|h| state.columns.iter().position(|column| *column == h));
    state.cursor.column = found.unwrap_or_default();
    let words = if state.blind { "blind: scores hidden, columns shuffled" } else { "scores are shown again" };
    state.say(Tone::Done, words);
}

/// Lists the columns anew: in the order of the file, or shuffled.
fn list_columns(state: &mut State) {
    let mut columns: Vec<usize> = (0..state.scenario().hypotheses.len()).collect();
    if state.blind {
        let key = |at: &usize| {
            let id = state.scenario().hypotheses.get(*at).map(|h| h.id.as_str()).unwrap_or_default();
            id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            })
        };
        columns.sort_by_key(key);
    }
    state.columns = columns;
}

fn save(state: &mut State, then_quit: bool) -> Vec<Effect> {
    if let Some(reason) = state.read_only.clone() {
        state.say(Tone::Refused, format!("cannot save: {reason}"));
        return Vec::new();
    }
    if state.unsaved() == 0 && !state.is_gone {
        state.say(Tone::Done, "nothing to save");
        return if then_quit { vec![Effect::Quit] } else { Vec::new() };
    }
    vec![Effect::Save { text: state.history.document().text().to_owned(), then_quit }]
}

fn copied(state: &mut State, result: Result<String, String>) {
    match (result, state.unsaved()) {
        (Ok(name), 0) => state.say(Tone::Done, format!("a copy is in {}", crate::text::single_line(&name))),
        (Ok(name), unsaved) => {
            let (copy, here) = (crate::text::single_line(&name), crate::text::single_line(&state.name));
            let edits = count(unsaved, "edit is", "edits are");
            let text = format!("a copy is in {copy}; in {here} {edits} not saved");
            state.say(Tone::Done, text);
        }
        (Err(reason), _) => state.say(Tone::Refused, reason),
    }
}

fn saved(state: &mut State, result: Result<Vec<String>, String>, then_quit: bool) -> Vec<Effect> {
    match result {
        Ok(notes) => {
            state.saved = state.history.version();
            state.is_gone = false;
            let notes: String = notes.iter().map(|note| format!("; {note}")).collect();
            state.say(Tone::Done, format!("saved {}{notes}", crate::text::single_line(&state.name)));
            vec![if then_quit { Effect::Quit } else { Effect::ReadHead }]
        }
        Err(reason) => {
            state.say(Tone::Refused, reason);
            Vec::new()
        }
    }
}
