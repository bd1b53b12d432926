//! Walking through JSON with a path in hand, collecting faults.

use serde_json::{Map, Value as Json};

use super::super::{ImportFault, ImportPlace};
use crate::scenario::{Fielded, Value};

/// A place in a JSON file, as `$.evidence[3].text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct JsonPath(String);

impl JsonPath {
    /// The whole file.
    pub(super) fn root() -> Self {
        Self("$".to_owned())
    }

    /// An entry of an object. A key that is not a plain word stands in brackets and quotes.
    pub(super) fn key(&self, key: &str) -> Self {
        let is_plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        Self(if is_plain { format!("{}.{key}", self.0) } else { format!("{}[{key:?}]", self.0) })
    }

    /// An entry of an array, from 0.
    pub(super) fn at(&self, at: usize) -> Self {
        Self(format!("{}[{at}]", self.0))
    }

    /// The place, for messages.
    pub(super) fn place(&self) -> ImportPlace {
        ImportPlace { path: Some(self.0.clone()), ..ImportPlace::default() }
    }

    /// A fault here.
    pub(super) fn fault(&self, message: impl Into<String>, help: impl Into<String>) -> ImportFault {
        ImportFault::new(self.place(), message, help)
    }
}

/// The objects of an array, with their paths; anything else in it is a fault.
pub(super) fn objects<'v>(
    list: Option<&'v Json>,
    path: &JsonPath,
    faults: &mut Vec<ImportFault>,
) -> Vec<(&'v Map<String, Json>, JsonPath)> {
    let Some(list) = list.filter(|list| !list.is_null()) else { return Vec::new() };
    let Some(list) = list.as_array() else {
        faults.push(path.fault("expected an array", ""));
        return Vec::new();
    };
    let mut found = Vec::with_capacity(list.len());
    for (at, entry) in list.iter().enumerate() {
        match entry.as_object() {
            Some(object) => found.push((object, path.at(at))),
            None => faults.push(path.at(at).fault("expected an object", "")),
        }
    }
    found
}

/// A text of an object; a number counts as its digits. `None` if it is absent or null.
pub(super) fn text(object: &Map<String, Json>, key: &str) -> Option<String> {
    match object.get(key)? {
        Json::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Sets a field from JSON.
pub(super) fn set<T: Fielded>(
    owner: &mut T,
    field: T::Field,
    json: &Json,
    path: &JsonPath,
    faults: &mut Vec<ImportFault>,
) {
    let value = match json {
        Json::String(text) => Some(Value::Text(text.clone())),
        Json::Number(number) => number.as_f64().map(Value::Number),
        Json::Bool(flag) => Some(Value::Flag(*flag)),
        Json::Array(list) => {
            let texts = list.iter().map(|entry| entry.as_str().map(str::to_owned));
            texts.collect::<Option<_>>().map(Value::List)
        }
        Json::Null | Json::Object(_) => None,
    };
    if value.is_none_or(|value| owner.set_field(field, Some(value)).is_err()) {
        faults.push(path.fault(format!("{json} cannot be read as {}", T::key(field)), ""));
    }
}
