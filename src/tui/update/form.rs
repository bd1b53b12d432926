//! Forms: opening them, their keys, and accepting them as one step.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::apply::{attempt, refusal};
use super::{find, paste};
use crate::present::{EstimateReport, Objection, Request};
use crate::scenario::{Hypothesis, ItemKind, ScenarioField};
use crate::tui::effect::Effect;
use crate::tui::form::{Form, FormField, FormSubject, Picker, Picking, changes, key_in_form};
use crate::tui::guide::Step;
use crate::tui::keymap::{self, Action};
use crate::tui::state::{Mode, State};
use crate::tui::view::{field_at, form_room, picked_at, word_at};

/// Opens the form of the item of a kind with this id, or of a new item.
pub(super) fn open_item(state: &mut State, kind: ItemKind, id: Option<&str>) {
    let Some(id) = id else { return open(state, Form::of_new(state.scenario(), kind)) };
    match Form::of_item(state.scenario(), kind, id) {
        Some(form) => open(state, form),
        None => state.refuse(Objection::unknown(state.scenario(), kind, id).to_string()),
    }
}

fn open(state: &mut State, form: Form) {
    if let Some(why) = state.looks_back() {
        return state.refuse(why);
    }
    state.mode = Mode::Form(Box::new(form));
}

/// Opens the form of a new estimate, by this person and of today, at the first hypothesis if the person is known. It
/// shows nobody else's.
pub(super) fn open_estimate(state: &mut State, by: Option<&str>) {
    if !state.scenario().hypotheses.iter().any(Hypothesis::is_active) {
        return state.refuse("there is no active hypothesis to think of");
    }
    let mut form = Form::of_new(state.scenario(), ItemKind::Estimate);
    form.fill_in("by", by.unwrap_or_default());
    form.fill_in("date", &state.today.map(|day| day.to_string()).unwrap_or_default());
    form.suggest(state.scenario());
    let first = form.fields.iter().position(|field| field.is_required && field.is_blank());
    form.at = first.unwrap_or_default();
    open(state, form);
}

/// Opens the form of the scenario's own fields at this one, else at the one that the guide asks for, else at the title.
pub(super) fn open_whole(state: &mut State, field: Option<ScenarioField>) {
    let asked = || state.derived.step.as_ref().and_then(Step::field).unwrap_or(ScenarioField::Title);
    let form = Form::of_whole(state.scenario(), field.unwrap_or_else(asked));
    open(state, form);
}

/// Opens the form of the item under the cursor.
pub(super) fn open_row(state: &mut State) {
    match state.item().map(|(_, item)| item.id.to_string()) {
        Some(id) => open_item(state, ItemKind::Evidence, Some(&id)),
        None => {
            let add = state.key(Action::AddItem);
            state.refuse(format!("there is no item here: {add} adds one"));
        }
    }
}

/// Opens the form of the hypothesis under the cursor.
pub(super) fn open_column(state: &mut State) {
    match state.hypothesis().map(|(_, hypothesis)| hypothesis.id.to_string()) {
        Some(id) => open_item(state, ItemKind::Hypothesis, Some(&id)),
        None => {
            let add = state.key(Action::AddHypothesis);
            state.refuse(format!("there is no hypothesis here: {add} adds one"));
        }
    }
}

/// Opens a field for a block that is pasted.
pub(super) fn open_block(state: &mut State) {
    open(state, Form::of_block());
}

/// Opens the form of the cell under the cursor.
pub(super) fn open_cell(state: &mut State) {
    let (Some((_, item)), Some((at, hypothesis))) = (state.item(), state.hypothesis()) else {
        let (item, hypothesis) = (state.key(Action::AddItem), state.key(Action::AddHypothesis));
        return state
            .refuse(format!("there is no cell here: {item} adds an item, {hypothesis} a hypothesis"));
    };
    let form = Form::of_cell(item.id.clone(), hypothesis.id.clone(), item.ratings.get(at));
    open(state, form);
}

/// Takes a key in a picker that is open in the form.
fn pick(state: &mut State, mut form: Box<Form>, mut picker: Picker, event: KeyEvent) {
    let picking = picker.press(&form.declared(state.scenario()), event);
    match picking {
        Picking::On => form.picker = Some(picker),
        Picking::Left => {}
        Picking::Done | Picking::DoneNext | Picking::DoneAccept => {
            form.take_picked(picker);
            form.check_here(state.scenario());
        }
    }
    match picking {
        Picking::DoneNext => form.step(true),
        Picking::DoneAccept => return accept(state, form),
        Picking::On | Picking::Left | Picking::Done => {}
    }
    state.mode = Mode::Form(form);
}

/// Takes a key in a form.
pub(super) fn pressed(state: &mut State, mut form: Box<Form>, event: KeyEvent) {
    if let Some(picker) = form.picker.take() {
        return pick(state, form, picker, event);
    }
    if event.code == KeyCode::F(4)
        && let Some(field) = form.fields.get(form.at).filter(|field| field.is_long())
    {
        return state.request(Effect::EditText(field.text().into_owned()));
    }
    form.fit(form_room(state, &form));
    let was_leaving = std::mem::take(&mut form.is_leaving);
    let is_control = event.modifiers.contains(KeyModifiers::CONTROL);
    let field = form.fields.get(form.at);
    let is_long = field.is_some_and(FormField::is_long);
    let breaks_lines = field.is_some_and(FormField::breaks_lines);
    match key_in_form(event) {
        KeyCode::Esc if was_leaving || !form.asks_before_leaving() => return state.close_over(),
        KeyCode::Esc => form.is_leaving = true,
        // The key only answers the question whether to leave.
        _ if was_leaving => {}
        KeyCode::F(2) => return accept(state, form),
        // Few terminals tell Ctrl-Enter from Enter.
        KeyCode::Enter if is_control || !breaks_lines => return accept(state, form),
        // A tab is part of a block, and comes as a key where pasted text does.
        KeyCode::Tab if form.subject == FormSubject::Block => fill(state, &mut form, event),
        // Some terminals send Shift-Tab, others Tab with shift.
        KeyCode::Tab => step(state, &mut form, !event.modifiers.contains(KeyModifiers::SHIFT)),
        KeyCode::BackTab => step(state, &mut form, false),
        KeyCode::Down if !is_long => step(state, &mut form, true),
        KeyCode::Up if !is_long => step(state, &mut form, false),
        _ => fill(state, &mut form, event),
    }
    state.mode = Mode::Form(form);
}

/// Scrolls the picker that is open.
pub(super) fn scroll(state: &mut State, mut form: Box<Form>, rows: i16) {
    if let Some(picker) = &mut form.picker {
        picker.go_by(rows.into());
        state.mode = Mode::Form(form);
    }
}

/// Goes to the field that was clicked, or chooses the word. In a picker, the line that was clicked is chosen.
pub(super) fn clicked(state: &mut State, mut form: Box<Form>, x: u16, y: u16) {
    if let Some(picker) = &mut form.picker {
        if let Some(at) = picked_at(state, picker, y) {
            picker.at = at;
            picker.go_by(0);
            state.mode = Mode::Form(form);
        }
        return;
    }
    let word = word_at(state, &form, x, y);
    if let (Some(word), Some(field)) = (word, form.field_mut()) {
        field.choose_word(word);
    }
    if let Some(at) = field_at(state, &form, x, y) {
        form.is_leaving = false;
        form.check_here(state.scenario());
        form.at = at;
        state.mode = Mode::Form(form);
    }
}

fn step(state: &State, form: &mut Form, is_forward: bool) {
    form.check_here(state.scenario());
    form.step(is_forward);
}

fn fill(state: &State, form: &mut Form, event: KeyEvent) {
    // What exists is searched for rather than typed.
    let is_plain = !event.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    if let KeyCode::Char(letter) = event.code
        && is_plain
        && form.open_picker(state.scenario())
    {
        if let (Some(picker), false) = (&mut form.picker, letter == ' ') {
            picker.type_in(letter.encode_utf8(&mut [0; 4]));
        }
        return;
    }
    let Some(field) = form.field_mut() else { return };
    // A rating is chosen with its keys in the matrix.
    let rating = match keymap::action(event, &state.bound) {
        Some(Action::Rate(rating)) if field.key == "rating" => Some(rating),
        _ => None,
    };
    let is_tab = event.code == KeyCode::Tab;
    let is_taken = match rating {
        _ if is_tab => {
            field.paste("\t");
            true
        }
        Some(rating) => {
            field.choose_word(rating.as_str());
            true
        }
        None => field.press(event),
    };
    match event.code {
        // Up and Down leave a text for the field beside it.
        KeyCode::Up if !is_taken => step(state, form, false),
        KeyCode::Down if !is_taken => step(state, form, true),
        _ => form.suggest(state.scenario()),
    }
}

/// Takes the text that the user's own editor returned into the field.
pub(super) fn edited(state: &mut State, result: Result<String, String>) {
    let Mode::Form(mut form) = state.mode.clone() else { return };
    match result {
        Ok(text) => {
            if let Some(field) = form.field_mut() {
                field.choose_word(&text);
            }
            form.suggest(state.scenario());
            state.mode = Mode::Form(form);
        }
        Err(why) => state.refuse(format!("the text is as it was: {why}")),
    }
}

/// Writes a pasted text into the field.
pub(super) fn pasted(state: &mut State, mut form: Box<Form>, text: &str) {
    form.is_leaving = false;
    if let Some(picker) = &mut form.picker {
        picker.type_in(text);
    } else if let Some(field) = form.field_mut() {
        field.paste(text);
    }
    form.suggest(state.scenario());
    state.mode = Mode::Form(form);
}

/// Requests that the draft of the open form be journalled if it has changed.
pub(super) fn journal_draft(state: &mut State) {
    let draft = match &state.mode {
        Mode::Form(form) if state.session.read_only.is_none() => form.draft().unwrap_or_default(),
        _ => String::new(),
    };
    if draft != state.session.drafted {
        state.session.drafted = draft;
        state.request(Effect::Draft);
    }
}

/// Makes the changes of the form as one step, or shows objections and stays.
fn accept(state: &mut State, mut form: Box<Form>) {
    if form.subject == FormSubject::Block {
        let block = form.fields.first().map(|field| field.text().into_owned()).unwrap_or_default();
        state.mode = Mode::Matrix;
        return paste::ask(state, &block);
    }
    let made = if form.check_all(state.scenario()) {
        let changes = changes(state.scenario(), &form).map_err(|refused| refusal(state, &refused));
        changes.and_then(|changes| attempt(state, &changes).map(|()| changes.is_empty()))
    } else {
        state.mode = Mode::Form(form);
        return;
    };
    match made {
        Err(why) => {
            state.refuse(why);
            state.mode = Mode::Form(form);
            return;
        }
        Ok(true) => state.report("nothing was changed"),
        Ok(false) => {}
    }
    state.close_over();
    // The cursor goes to what is new.
    match form.subject {
        FormSubject::New(ItemKind::Evidence) => {
            find::reveal(state, state.scenario().evidence.len().saturating_sub(1));
            // It is rated along the row.
            state.window.cursor.column = 0;
        }
        FormSubject::New(ItemKind::Hypothesis) => {
            let last = state.scenario().hypotheses.len().saturating_sub(1);
            state.window.cursor.column =
                state.window.columns.iter().position(|column| *column == last).unwrap_or(last);
        }
        FormSubject::New(ItemKind::Estimate) => {
            let sum: f64 =
                state.scenario().estimates.last().map_or(1.0, |estimate| {
                    estimate.stated().map(|(_, probability)| probability.get()).sum()
                });
            let is_whole = (sum - 1.0).abs() < 0.005;
            let sum = format!("Yours add up to {}%. ", (sum * 100.0).round());
            let sum = if is_whole { String::new() } else { sum };
            let said = EstimateReport::new(state.scenario(), Request::default()).summary();
            state.report(sum + &said);
        }
        FormSubject::Whole
        | FormSubject::New(ItemKind::Source | ItemKind::Indicator)
        | FormSubject::Item(..)
        | FormSubject::Cell(..)
        | FormSubject::Block => {}
    }
}
