//! Filling in forms: opening them, their keys, and making one step of what was changed.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{edit, find};
use crate::change::{Change, Edit, ItemChange, Listed, Refused, make};
use crate::present::Objection;
use crate::present::target::{by_kind, value};
use crate::scenario::{
    EvidenceId, HypothesisId, ID_RULE, ItemKind, Level, Rating, Refusal, Scenario, Shape, Value,
};
use crate::tui::effect::Effect;
use crate::tui::form::{Form, ID, Subject};
use crate::tui::state::{Mode, State, Tone};

/// Opens the form of the item of a kind with this id; without one, of a new item.
pub(super) fn open_item(state: &mut State, kind: ItemKind, id: Option<&str>) {
    let form = match id {
        None => Ok(by_kind!(kind, blank())),
        Some(id) => by_kind!(kind, filled(state.scenario(), id)),
    };
    match form {
        Ok(form) => state.mode = Mode::Form(Box::new(form)),
        Err(objection) => state.say(Tone::Refused, objection.to_string()),
    }
}

fn blank<T: Listed>() -> Form {
    Form::of_new::<T>()
}

fn filled<T: Listed>(scenario: &Scenario, id: &str) -> Result<Form, Objection> {
    let item = T::parse_id(id).and_then(|id| scenario.item::<T>(&id));
    item.map(Form::of_item).ok_or_else(|| Objection::unknown(scenario, T::KIND, id))
}

/// Opens the form of the item under the cursor.
pub(super) fn open_row(state: &mut State) {
    match state.item().map(|(_, item)| Form::of_item(item)) {
        Some(form) => state.mode = Mode::Form(Box::new(form)),
        None => state.say(Tone::Refused, "there is no item here: a adds one"),
    }
}

/// Opens the form of the hypothesis under the cursor.
pub(super) fn open_column(state: &mut State) {
    match state.hypothesis().map(|(_, hypothesis)| Form::of_item(hypothesis)) {
        Some(form) => state.mode = Mode::Form(Box::new(form)),
        None => state.say(Tone::Refused, "there is no hypothesis here: A adds one"),
    }
}

/// Opens the form of the cell under the cursor.
pub(super) fn open_cell(state: &mut State) {
    let (Some((_, item)), Some((at, hypothesis))) = (state.item(), state.hypothesis()) else {
        return state.say(Tone::Refused, "there is no cell here: a adds an item, A a hypothesis");
    };
    let form = Form::of_cell(item.id.clone(), hypothesis.id.clone(), item.ratings.get(at));
    state.mode = Mode::Form(Box::new(form));
}

/// Takes a key into the form.
pub(super) fn pressed(state: &mut State, mut form: Form, event: KeyEvent) -> Vec<Effect> {
    let is_control = event.modifiers.contains(KeyModifiers::CONTROL);
    let is_shift = event.modifiers.contains(KeyModifiers::SHIFT);
    if form.is_leaving && event.code != KeyCode::Esc {
        form.is_leaving = false;
        state.mode = Mode::Form(Box::new(form));
        return Vec::new();
    }
    match event.code {
        KeyCode::Esc if form.is_leaving || !form.is_changed() => {
            state.mode = Mode::Matrix;
            return Vec::new();
        }
        KeyCode::Esc => form.is_leaving = true,
        KeyCode::F(2) => return accept(state, form),
        KeyCode::Char('s') if is_control => return accept(state, form),
        KeyCode::Enter if form.is_last() => return accept(state, form),
        KeyCode::Tab if is_shift => form.step(false),
        KeyCode::Tab | KeyCode::Down | KeyCode::Enter => form.step(true),
        KeyCode::BackTab | KeyCode::Up => form.step(false),
        _ => {
            if let Some(field) = form.field_mut() {
                field.press(event);
            }
            form.suggest(state.scenario());
        }
    }
    state.mode = Mode::Form(Box::new(form));
    Vec::new()
}

/// Makes one step of what was changed, or objects beside the fields and stays.
fn accept(state: &mut State, mut form: Form) -> Vec<Effect> {
    for field in &mut form.fields {
        field.objection = None;
    }
    form.suggest(state.scenario());
    let scenario = state.scenario();
    let changes = match form.subject.clone() {
        Subject::Cell(evidence, hypothesis) => cell(scenario, &mut form, &evidence, &hypothesis),
        Subject::Item(kind, id) => by_kind!(kind, item(scenario, &mut form, &id)),
        Subject::New(kind) => by_kind!(kind, added(scenario, &mut form)),
    };
    if form.is_objected_to() {
        state.mode = Mode::Form(Box::new(form));
        return Vec::new();
    }
    state.mode = Mode::Matrix;
    edit::perform(state, changes);
    match form.subject {
        Subject::New(ItemKind::Evidence) => {
            find::reveal(state, state.scenario().evidence.len().saturating_sub(1));
        }
        Subject::New(ItemKind::Hypothesis) => {
            let last = state.scenario().hypotheses.len().saturating_sub(1);
            state.cursor.column = state.columns.iter().position(|column| *column == last).unwrap_or(last);
        }
        Subject::New(ItemKind::Source | ItemKind::Indicator) | Subject::Item(..) | Subject::Cell(..) => {}
    }
    Vec::new()
}

type Changes = Result<Vec<Change>, Refused>;

fn cell(scenario: &Scenario, form: &mut Form, evidence: &EvidenceId, hypothesis: &HypothesisId) -> Changes {
    for field in &mut form.fields {
        if let Shape::Word(words) = field.shape
            && !field.input.is_empty()
            && !words.contains(&field.input.text())
        {
            let refusal = Refusal::NotOneOf(words);
            field.objection = Some(Objection::to_value(refusal, field.input.text()).to_string());
        }
    }
    let rating = Rating::parse(form.text("rating"));
    let is_blanked = rating.is_none() && form.fields.iter().any(|f| f.key == "rating" && f.is_changed());
    let is_surer = form.fields.iter().any(|f| f.key == "confidence" && f.is_changed());
    let mut confidence = Level::parse(form.text("confidence"));
    if rating.is_none() && confidence.is_some() && is_surer {
        form.object("confidence", "a blank cell has no confidence: rate it too, or empty this".into());
    } else if is_blanked {
        // As when a cell is blanked by its key: the confidence was the rating's.
        confidence = None;
    }
    let note = Some(form.text("note")).filter(|note| !note.is_empty());
    let rating = make::set_rating(scenario, evidence, hypothesis, rating)?;
    let confidence = make::set_confidence(scenario, evidence, hypothesis, confidence)?;
    let note = make::set_note(scenario, evidence, hypothesis, note)?;
    Ok(rating.into_iter().chain(confidence).chain(note).collect())
}

fn item<T: Listed>(scenario: &Scenario, form: &mut Form, id: &str) -> Changes {
    let unknown = || Refused::Unknown(T::KIND, id.to_owned());
    let id = T::parse_id(id).ok_or_else(unknown)?;
    let before = scenario.item::<T>(&id).ok_or_else(unknown)?.bare();
    let mut wanted = before.clone();
    fill(scenario, form, &mut wanted, Some(&id));
    let change = |field: &T::Field| {
        let edit = Edit::new(before.field(*field), wanted.field(*field));
        (edit.before != edit.after)
            .then(|| T::change(ItemChange::FieldSet { id: id.clone(), field: *field, edit }))
    };
    // What goes makes room for what cannot stand beside it.
    let (gone, set): (Vec<&T::Field>, Vec<&T::Field>) =
        T::FIELDS.iter().partition(|field| wanted.field(**field).is_none());
    Ok(gone.into_iter().chain(set).filter_map(change).collect())
}

fn added<T: Listed>(scenario: &Scenario, form: &mut Form) -> Changes {
    let typed = form.text(ID).to_owned();
    let Some(id) = T::parse_id(&typed) else {
        let suggestion = crate::scenario::suggest_id(&typed);
        let perhaps = suggestion.map(|id| format!("; perhaps \"{id}\"")).unwrap_or_default();
        form.object(ID, format!("{ID_RULE}{perhaps}"));
        check_name::<T>(form);
        return Ok(Vec::new());
    };
    check_name::<T>(form);
    let mut item = T::named(id, String::new());
    fill(scenario, form, &mut item, None);
    match make::add(scenario, &item, Vec::new(), usize::MAX) {
        Ok(change) => Ok(vec![change]),
        Err(refused) => {
            let said = Objection::to_change(scenario, &refused).to_string();
            if let Refused::Unknown(kind, _) = refused {
                if let Some(field) = T::FIELDS.iter().find(|field| T::refers_to(**field) == Some(kind)) {
                    form.object(T::key(*field), said);
                }
            } else {
                form.object(ID, said);
            }
            Ok(Vec::new())
        }
    }
}

/// An item that is added is named.
fn check_name<T: Listed>(form: &mut Form) {
    if let Some(key) = T::FIELDS.first().map(|field| T::key(*field))
        && form.text(key).is_empty()
    {
        form.object(key, "this field must be filled in".into());
    }
}

/// Sets the fields of an item that were changed; objects to those that cannot be. References are looked up in an
/// item that is there already.
fn fill<T: Listed>(scenario: &Scenario, form: &mut Form, wanted: &mut T, id: Option<&T::Id>) {
    let changed: Vec<(&'static str, String)> = form
        .fields
        .iter()
        .filter(|field| field.is_changed() && field.key != ID)
        .map(|field| (field.key, field.input.text().to_owned()))
        .collect();
    // A field that is emptied goes first, lest it take away what stands in its place.
    let (emptied, filled): (Vec<_>, Vec<_>) =
        changed.into_iter().partition(|(_, text)| text.trim().is_empty());
    for (key, text) in emptied.iter().chain(&filled) {
        let Some(field) = T::parse_field(key) else { continue };
        let rival = T::rival(field).map(|rival| T::key(rival));
        if let Some(rival) = rival
            && filled.iter().any(|(key, _)| *key == rival)
            && !text.trim().is_empty()
        {
            form.object(key, format!("an item has a {key} or a {rival}, not both: empty one"));
            continue;
        }
        let given: Option<Value> = (!text.trim().is_empty()).then(|| value(T::shape(field), text));
        let refused = match id {
            Some(id) => make::set_field::<T>(scenario, id, field, given.clone()).err(),
            None => None,
        };
        let objection = match (refused, wanted.set_field(field, given)) {
            (Some(Refused::Value(refusal)), _) | (None, Err(refusal)) => {
                Some(Objection::to_value(refusal, text))
            }
            (Some(other), _) => Some(Objection::to_change(scenario, &other)),
            (None, Ok(())) => None,
        };
        if let Some(objection) = objection {
            form.object(key, objection.to_string());
        }
    }
}
