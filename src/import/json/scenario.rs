//! Our own JSON: the keys of the scenario file and nothing else. It is read as the file that it stands for, so that there
//! is one reader of scenarios.

use serde_json::Value as Json;

use super::super::{Carried, ImportFault, Imported};
use super::JsonProgram;
use super::reader::JsonPath;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::document::{self, Reading, write};
use crate::scenario::EvidenceField;

/// `ach export FILE -o case.json`
pub(super) const PROGRAM: JsonProgram = JsonProgram {
    name: "ach scenario",
    is_it: |value| value.get("ach").is_some(),
    read: |value, _| read(value),
};

fn read(value: &Json) -> Result<Imported, Vec<ImportFault>> {
    let mut faults = Vec::new();
    let text = toml(value, &mut |_, path, value| {
        if value.is_null() {
            faults.push(path.fault("there is no null in a scenario file", "leave the key out"));
        }
    });
    let Reading { scenario, diagnostics, .. } = document::read(text.into_bytes());
    let errors = diagnostics.iter().filter(|found| found.severity() == Severity::Error);
    faults.extend(located(value, &errors.collect::<Vec<_>>()));
    match scenario {
        Some(scenario) if faults.is_empty() => Ok(Imported {
            scenario,
            meta: value.get("meta").and_then(Json::as_object).cloned().unwrap_or_default(),
            fields: EvidenceField::ALL.to_vec(),
            has: Carried::ALL,
            ..Imported::default()
        }),
        _ => Err(faults),
    }
}

/// Returns findings in the TOML of a value as faults at their paths.
fn located(value: &Json, found: &[&Diagnostic]) -> Vec<ImportFault> {
    if found.is_empty() {
        return Vec::new();
    }
    let mut paths: Vec<(usize, JsonPath)> = vec![(0, JsonPath::root())];
    toml(value, &mut |offset, path, _| paths.push((offset, path.clone())));
    let fault = |found: &&Diagnostic| {
        let label = found.labels.first();
        let offset = label.map_or(0, |label| match &label.place {
            Place::Span(span) => span.start,
            Place::Subject(_) | Place::Entry(..) => 0,
        });
        let at = paths.partition_point(|(begin, _)| *begin <= offset).saturating_sub(1);
        let expected = label.filter(|label| !label.text.is_empty()).map(|label| format!(": {}", label.text));
        let message = format!("{}{}", found.message, expected.unwrap_or_default());
        Some(paths.get(at)?.1.fault(message, found.help.clone().unwrap_or_default()))
    };
    found.iter().filter_map(fault).collect()
}

/// Is called with each value, its path, and the offset in the text where it begins with its key.
type Visit<'v> = dyn FnMut(usize, &JsonPath, &Json) + 'v;

/// Returns an object as TOML, a line for each of its entries.
fn toml(value: &Json, visit: &mut Visit<'_>) -> String {
    let mut text = String::new();
    for (key, value) in value.as_object().into_iter().flatten() {
        write_entry(key, value, &JsonPath::root(), &mut text, visit);
        text.push('\n');
    }
    text
}

fn write_entry(key: &str, value: &Json, parent: &JsonPath, text: &mut String, visit: &mut Visit<'_>) {
    let path = parent.key(key);
    visit(text.len(), &path, value);
    text.push_str(&write::key(key));
    text.push_str(" = ");
    write_value(value, &path, text, visit);
}

fn write_value(value: &Json, path: &JsonPath, text: &mut String, visit: &mut Visit<'_>) {
    match value {
        Json::Array(list) => {
            text.push('[');
            for (at, entry) in list.iter().enumerate() {
                let path = path.at(at);
                visit(text.len(), &path, entry);
                write_value(entry, &path, text, visit);
                text.push(',');
            }
            text.push(']');
        }
        Json::Object(object) => {
            for (at, (key, value)) in object.iter().enumerate() {
                text.push_str(if at == 0 { "{" } else { "," });
                write_entry(key, value, path, text, visit);
            }
            text.push_str(if object.is_empty() { "{}" } else { "}" });
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {
            text.push_str(&document::literal(value));
        }
    }
}
