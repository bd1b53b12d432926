//! A whole scenario written as a new file.

use serde_json::{Map, Value as Json};

use super::{keys, write};
use crate::scenario::{Cell, FORMAT_VERSION, Fielded, Item, ItemKind, Row, Scenario, Value, by_kind};

/// Returns a file that reads as this scenario, in the layout of the format's example.
#[must_use]
pub fn composed(scenario: &Scenario) -> String {
    let mut text = format!("ach = {FORMAT_VERSION}\n");
    let mut parts: Vec<(&str, Vec<(String, String)>)> = Vec::new();
    for field in Scenario::FIELDS {
        let Some(value) = scenario.field(*field) else { continue };
        let literal = write::value(&value);
        match Scenario::key(*field).split_once('.') {
            Some((part, key)) => {
                let entry = (key.to_owned(), literal);
                match parts.last_mut() {
                    Some((last, entries)) if *last == part => entries.push(entry),
                    _ => parts.push((part, vec![entry])),
                }
            }
            None => text.push_str(&write::lines(&[(Scenario::key(*field).to_owned(), literal)], "\n")),
        }
    }
    if let Some(conflict) = &scenario.conflict {
        text.push_str(&write::lines(&[("conflict".to_owned(), write::conflict(conflict))], "\n"));
    }
    for (part, entries) in parts {
        text.push_str(&format!("\n[{part}]\n{}", write::lines(&entries, "\n")));
    }
    ItemKind::ALL.iter().for_each(|kind| by_kind!(*kind, list(&mut text, scenario)));
    text
}

/// Returns the table `meta` with these entries, for the end of a file; nothing without entries. Texts stay texts, and nested
/// objects are inline tables.
#[must_use]
pub fn composed_meta(meta: &Map<String, Json>) -> String {
    if meta.is_empty() {
        return String::new();
    }
    let entries: Vec<(String, String)> =
        meta.iter().map(|(key, value)| (key.clone(), literal(value))).collect();
    format!("\n[meta]\n{}", write::lines(&entries, "\n"))
}

/// Returns a value of JSON as TOML. Texts stay texts, and objects are inline tables.
pub(crate) fn literal(value: &Json) -> String {
    match value {
        // There is no null in TOML.
        Json::Null => write::text(""),
        Json::Bool(flag) => flag.to_string(),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => whole.to_string(),
            (None, Some(float)) => write::value(&Value::Number(float)),
            (None, None) => write::text(&number.to_string()),
        },
        Json::String(text) => write::text(text),
        Json::Array(list) => format!("[{}]", list.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Json::Object(object) => {
            let entries: Vec<(String, String)> =
                object.iter().map(|(key, value)| (key.clone(), literal(value))).collect();
            write::inline(&entries)
        }
    }
}

fn list<T: Item>(text: &mut String, scenario: &Scenario) {
    for item in T::list(scenario) {
        let cells = item.row().map(|row| named(row, scenario)).unwrap_or_default();
        let entries = write::entries_with_cells(item, &cells);
        text.push_str(&format!("\n[[{}]]\n{}", T::KIND, write::lines(&entries, "\n")));
        let literal = |(id, cell): &(&str, &Cell)| Some(((*id).to_owned(), write::row_cell(T::KIND, cell)?));
        let cells: Vec<(String, String)> = cells.iter().filter_map(literal).collect();
        if !cells.is_empty() {
            text.push_str(&format!("\n[{}.{}]\n{}", T::KIND, keys::row(T::KIND), write::lines(&cells, "\n")));
        }
    }
}

fn named<'s>(row: &'s Row, scenario: &'s Scenario) -> Vec<(&'s str, &'s Cell)> {
    row.iter().filter_map(|(at, cell)| Some((scenario.hypotheses.get(at)?.id.as_str(), cell))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::read;
    use crate::scenario::generate;

    proptest! {
        #[test]
        fn a_composed_file_reads_as_its_scenario(wanted in generate::scenario()) {
            let text = composed(&wanted);
            let reading = read(text.clone().into_bytes());
            prop_assert_eq!(reading.scenario.as_ref(), Some(&wanted), "{}\n{:?}", text, reading.diagnostics);
            prop_assert_eq!(reading.document.formatted(), text);
        }
    }
}
