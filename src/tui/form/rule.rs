//! Rules: the objections to the contents of fields, and the fields that exclude each other.
//!
//! There is no objection to a value from the file: only to changed ones, and to missing ones of a new item.

use super::{Form, FormField, FormSubject, ID, cells};
use crate::change::{Listed, Refused, make};
use crate::present::Objection;
use crate::present::target::by_kind;
use crate::scenario::{Fielded, ID_RULE, Judgement, JudgementField, Scenario, ScenarioField, suggest_id};

impl Form {
    /// Checks the field under the cursor before it is left: sets its objection, and empties the field that it excludes.
    pub(crate) fn check_here(&mut self, scenario: &Scenario) {
        self.check(scenario, self.at);
    }

    /// Checks every field. Returns whether there is no objection, else the cursor goes to the first one.
    pub(crate) fn check_all(&mut self, scenario: &Scenario) -> bool {
        self.check_here(scenario);
        for at in 0..self.fields.len() {
            self.check(scenario, at);
        }
        match self.fields.iter().position(|field| field.objection.is_some()) {
            Some(at) => self.at = at,
            None => return true,
        }
        false
    }

    fn check(&mut self, scenario: &Scenario, at: usize) {
        let declared = self.declared(scenario);
        let objection = self.fields.get(at).and_then(|field| objection(&declared, self, field));
        let Some(field) = self.fields.get_mut(at) else { return };
        let is_given = objection.is_none() && field.is_changed() && !field.is_blank();
        field.objection = objection;
        let rival = if is_given { self.rival(at) } else { None };
        if let Some(rival) = self.fields.iter_mut().find(|field| Some(field.key) == rival) {
            rival.set("");
            rival.objection = None;
        }
    }

    /// Returns the key of the field that is excluded by the one at this position.
    pub(crate) fn rival(&self, at: usize) -> Option<&'static str> {
        let key = self.fields.get(at)?.key;
        match self.subject {
            FormSubject::New(kind) | FormSubject::Item(kind, _) => by_kind!(kind, rival(key)),
            FormSubject::Whole | FormSubject::Cell(..) | FormSubject::Block => None,
        }
    }
}

fn rival<T: Listed>(key: &str) -> Option<&'static str> {
    T::parse_field(key).and_then(T::rival).map(T::key)
}

fn objection(scenario: &Scenario, form: &Form, field: &FormField) -> Option<String> {
    let objection = match &form.subject {
        FormSubject::Block => None,
        _ if field.cell.is_some() => cells::objection(field),
        FormSubject::New(kind) if field.key == ID => by_kind!(*kind, to_id(scenario, None, &field.text())),
        FormSubject::Item(kind, id) if field.key == ID => {
            by_kind!(*kind, to_id(scenario, Some(id), &field.text()))
        }
        FormSubject::New(_) if field.is_blank() && field.is_required => Some(missing(field)),
        FormSubject::Whole | FormSubject::New(_) | FormSubject::Item(..) | FormSubject::Cell(..)
            if !field.is_changed() =>
        {
            None
        }
        FormSubject::Whole => to_own(scenario, field),
        FormSubject::New(kind) | FormSubject::Item(kind, _) => by_kind!(*kind, to_field(scenario, field)),
        FormSubject::Cell(..) => to_judgement(form, field),
    };
    objection.map(|objection| objection.to_string())
}

fn missing(field: &FormField) -> Objection {
    Objection::new(format!("the {} is required", field.key), "")
}

fn to_id<T: Listed>(scenario: &Scenario, own: Option<&str>, text: &str) -> Option<Objection> {
    let text = text.trim();
    if own == Some(text) {
        return None;
    }
    let Some(id) = T::parse_id(text) else {
        let perhaps = suggest_id(text).map(|id| format!("; perhaps \"{id}\"")).unwrap_or_default();
        return Some(Objection::new(format!("{ID_RULE}{perhaps}"), ""));
    };
    let taken = scenario.position::<T>(&id).is_some();
    taken.then(|| Objection::to_change(scenario, &Refused::Taken(T::KIND, id.to_string())))
}

fn to_own(scenario: &Scenario, field: &FormField) -> Option<Objection> {
    let value = field.value();
    if value.is_none() && field.is_required {
        return Some(missing(field));
    }
    match make::set_own(scenario, ScenarioField::parse(field.key)?, value) {
        Ok(_) => None,
        Err(Refused::Value(refusal)) => Some(Objection::to_value(refusal, field.text().trim())),
        Err(other) => Some(Objection::to_change(scenario, &other)),
    }
}

/// Tries the value on an empty item.
fn to_field<T: Listed>(scenario: &Scenario, field: &FormField) -> Option<Objection> {
    let known = T::parse_field(field.key)?;
    let Some(value) = field.value() else {
        return field.is_required.then(|| missing(field));
    };
    let mut probe = T::named(T::parse_id(ID)?, String::new());
    if let Err(refusal) = probe.set_field(known, Some(value)) {
        return Some(Objection::to_value(refusal, field.text().trim()));
    }
    let refused = make::check_references(scenario, &probe, known).err()?;
    Some(Objection::to_change(scenario, &refused))
}

fn to_judgement(form: &Form, field: &FormField) -> Option<Objection> {
    let known = Judgement::parse_field(field.key)?;
    let value = field.value()?;
    if let Err(refusal) = Judgement::default().set_field(known, Some(value)) {
        return Some(Objection::to_value(refusal, &field.text()));
    }
    let is_alone =
        known == JudgementField::Confidence && form.text(JudgementField::Rating.as_str()).is_empty();
    is_alone.then(|| Objection::new("a blank cell has no confidence", "rate it too, or empty this"))
}
