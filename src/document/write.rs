//! Values as TOML text: literals on one line, keys, and new items as lines.
//!
//! Writes TOML 1.0 only, and texts as basic strings on one line. Knows the syntax; the order of keys is that
//! of the scenario's fields. Must never know the rest of the file.

use std::fmt::Write;

use super::keys;
use crate::scenario::{
    Cell, CellConflict, Conflict, Date, Fielded, Item, ItemKind, Judgement, JudgementField, Probability,
    Value,
};
use crate::text::is_unsafe;

/// Returns a text as a basic string. Quotes, backslashes, control characters and bidirectional controls are
/// escaped.
pub(crate) fn text(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            c if is_unsafe(c) => {
                let number = u32::from(c);
                // Infallible: the target is a String.
                let _ = if number > 0xffff {
                    write!(literal, "\\U{number:08X}")
                } else {
                    write!(literal, "\\u{number:04X}")
                };
            }
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// Returns a key, unquoted where TOML allows it.
pub(crate) fn key(key: &str) -> String {
    let bare = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if !key.is_empty() && key.bytes().all(bare) { key.to_owned() } else { text(key) }
}

/// Returns a list of texts on one line.
pub(crate) fn list(list: &[String]) -> String {
    let texts: Vec<_> = list.iter().map(|t| text(t)).collect();
    format!("[{}]", texts.join(", "))
}

/// Returns the value of a field.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::Text(t) => text(t),
        Value::Number(n) => format!("{n:?}"),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date @ Date::Day(_)) => date.to_string(),
        Value::Date(date @ (Date::Month(_) | Date::Year(_))) => text(&date.to_string()),
        Value::List(l) => list(l),
    }
}

/// Returns an inline table of entries `key = literal`.
pub(crate) fn inline(entries: &[(String, String)]) -> String {
    if entries.is_empty() {
        return "{}".to_owned();
    }
    let entries: Vec<_> = entries.iter().map(|(k, literal)| format!("{} = {literal}", key(k))).collect();
    format!("{{ {} }}", entries.join(", "))
}

/// Returns a cell of an item of this kind: a probability as a number, anything else like [`cell`].
pub(crate) fn row_cell(kind: ItemKind, content: &Cell) -> Option<String> {
    if kind == ItemKind::Estimate { content.probability().map(probability) } else { Some(cell(content)) }
}

/// Returns a probability as a number.
pub(crate) fn probability(probability: Probability) -> String {
    value(&Value::Number(probability.get()))
}

/// Returns the conflict of a probability; `""` is a side without one.
pub(crate) fn probability_conflict(conflict: &CellConflict) -> String {
    let side = |judgement: &Judgement| judgement.probability.map_or_else(|| text(""), probability);
    inline(&[("base".into(), side(&conflict.base)), ("theirs".into(), side(&conflict.theirs))])
}

/// Returns a cell: a string if it has only a rating, otherwise an inline table.
pub(crate) fn cell(cell: &Cell) -> String {
    let mut entries = judgement_entries(&cell.judgement());
    if let Some(conflict) = cell.conflict() {
        entries.push(("conflict".into(), cell_conflict(conflict)));
    }
    match (cell.rating, entries.as_slice()) {
        (Some(rating), [_]) => text(rating.as_str()),
        _ => inline(&entries),
    }
}

/// Returns the conflict of a cell.
pub(crate) fn cell_conflict(conflict: &CellConflict) -> String {
    inline(&cell_conflict_entries(conflict))
}

/// Returns the entries of [`cell_conflict`].
pub(crate) fn cell_conflict_entries(conflict: &CellConflict) -> Vec<(String, String)> {
    let side = |judgement: &Judgement| match judgement {
        Judgement { rating, confidence: None, note: None, .. } => text(rating.map_or("", |r| r.as_str())),
        more => inline(&judgement_entries(more)),
    };
    vec![("base".into(), side(&conflict.base)), ("theirs".into(), side(&conflict.theirs))]
}

fn judgement_entries(judgement: &Judgement) -> Vec<(String, String)> {
    field_entries(judgement).collect()
}

/// Returns the entries of the fields that are set, in the order of the format.
fn field_entries<T: Fielded>(owner: &T) -> impl Iterator<Item = (String, String)> {
    T::FIELDS.iter().filter_map(|field| Some((T::key(*field).to_owned(), value(&owner.field(*field)?))))
}

/// Returns the conflicts of an item or of the scenario.
pub(crate) fn conflict(conflict: &Conflict) -> String {
    inline(&conflict_entries(conflict))
}

/// Returns the entries of [`conflict`].
pub(crate) fn conflict_entries(conflict: &Conflict) -> Vec<(String, String)> {
    let mut entries = Vec::new();
    entries.extend(conflict.deleted.map(|side| ("deleted".to_owned(), text(side.as_str()))));
    for field in &conflict.fields {
        let sides = [("base", &field.base), ("theirs", &field.theirs)];
        let sides: Vec<_> =
            sides.into_iter().filter_map(|(k, v)| Some((k.to_owned(), value(v.as_ref()?)))).collect();
        entries.push((field.field.clone(), inline(&sides)));
    }
    entries
}

/// Returns the entries of an item in the order of the format, without its cells.
pub(crate) fn item_entries<T: Item>(item: &T) -> Vec<(String, String)> {
    entries_with_cells::<T, &str>(item, &[])
}

/// Returns the entries of an item in the order of the format, without its cells, but with the conflicts of
/// these cells where the format keeps them in the item.
pub(crate) fn entries_with_cells<T: Item, I: AsRef<str>>(
    item: &T,
    cells: &[(I, &Cell)],
) -> Vec<(String, String)> {
    let mut entries = vec![("id".to_owned(), text(item.id().as_ref()))];
    entries.extend(field_entries(item));
    let mut conflict: Vec<_> = item.conflict().map(conflict_entries).into_iter().flatten().collect();
    if T::KIND == ItemKind::Estimate {
        conflict.extend(cells.iter().filter_map(|(id, cell)| {
            Some((keys::probability_path(id.as_ref()), probability_conflict(cell.conflict()?)))
        }));
    }
    if item.conflict().is_some() || !conflict.is_empty() {
        entries.push(("conflict".to_owned(), inline(&conflict)));
    }
    entries
}

/// Returns the keys of an item, in the order of the file.
pub(crate) fn item_order<T: Item>() -> Vec<&'static str> {
    keys::item(T::KIND).names().collect()
}

/// Returns entries as lines, one each.
pub(crate) fn lines(entries: &[(String, String)], newline: &str) -> String {
    entries.iter().map(|(k, literal)| format!("{} = {literal}{newline}", key(k))).collect()
}

/// Returns the keys of a cell, in the order of the file.
pub(crate) fn cell_order() -> Vec<&'static str> {
    JudgementField::WORDS.iter().copied().chain(["conflict"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Rating;

    #[test]
    fn texts_are_basic_strings_on_one_line() {
        assert_eq!(text("a \"b\" \\ c\n\u{1b}\u{202e}é"), r#""a \"b\" \\ c\n\u001B\u202Eé""#);
        for t in ["", "'", "\"\"\"", "\u{feff}x\u{7f}\r\n\t", "日本 👨‍👩‍👧"] {
            let parsed: toml::Table = toml::from_str(&format!("t = {}", text(t))).unwrap();
            assert_eq!(parsed.get("t").unwrap().as_str(), Some(t));
        }
    }

    #[test]
    fn numbers_are_floats_and_partial_dates_are_texts() {
        assert_eq!(value(&Value::Number(1.0)), "1.0");
        assert_eq!(value(&Value::Number(0.2)), "0.2");
        assert_eq!(value(&Value::Number(1e-9)), "1e-9");
        assert_eq!(value(&Value::Date(Date::parse("2025-12-02").unwrap())), "2025-12-02");
        assert_eq!(value(&Value::Date(Date::parse("2024-01").unwrap())), "\"2024-01\"");
    }

    #[test]
    fn a_cell_is_a_string_until_there_is_more_to_say() {
        let mut c = Cell::rated(Rating::VeryInconsistent);
        assert_eq!(cell(&c), "\"II\"");
        c.set_note(Some("why".into()));
        assert_eq!(cell(&c), "{ rating = \"II\", note = \"why\" }");
        c.rating = None;
        assert_eq!(cell(&c), "{ note = \"why\" }");
    }
}
