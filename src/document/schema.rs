//! JSON Schema of the scenario file, for editors that complete and check TOML as it is typed.
//!
//! Made from the table of keys alone, so that it always agrees with the reader. It checks less than the
//! reader: unique ids and ratings for declared hypotheses are beyond JSON Schema. It is draft 7, which the
//! editors' TOML servers understand; a `$ref` stands alone, since draft 7 ignores its siblings.

use serde_json::{Map, Value, json};

use super::keys::{self, DELETED, ESTIMATE, Holds, Key, OUTCOME, SCENARIO, SCORING, SIDE, SIDE_NAMES, Table};
use crate::scenario::{FORMAT_VERSION, ItemKind, MAX_ID_LEN, Rating, Shape, Side};

/// Returns the schema, JSON Schema draft 7.
#[must_use]
pub fn schema() -> Value {
    let mut definitions = Map::new();
    for kind in ItemKind::ALL {
        definitions.insert(kind.as_str().to_owned(), json!(item(*kind)));
    }
    definitions.insert("cell".to_owned(), cell());
    definitions.insert("side".to_owned(), side());
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".to_owned(), json!("Scenario"));
    schema.extend(table(&SCENARIO));
    schema.insert("definitions".to_owned(), Value::Object(definitions));
    Value::Object(schema)
}

fn table(table: &Table) -> Map<String, Value> {
    let required: Vec<_> = table.required().map(|key| key.name).collect();
    let mut schema = closed(table.keys().iter().map(|key| (key.name.to_owned(), described(key, table))));
    schema.insert("description".to_owned(), json!(format!("{}.", table.text)));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema
}

/// Returns an object schema with these properties and no others.
fn closed(properties: impl Iterator<Item = (String, Value)>) -> Map<String, Value> {
    let properties = json!(properties.collect::<Map<String, Value>>());
    let entries =
        [("type", json!("object")), ("properties", properties), ("additionalProperties", json!(false))];
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn item(kind: ItemKind) -> Map<String, Value> {
    let mut schema = table(keys::item(kind));
    if kind == ItemKind::Evidence {
        schema.insert("not".to_owned(), json!({ "required": ["grade", "credibility"] }));
    }
    schema
}

fn cell() -> Value {
    json!({
        "description": format!("{}: a rating, or a table with a rating and more.", keys::CELL.name),
        "oneOf": [shape(Shape::Word(Rating::WORDS)), table(&keys::CELL)],
    })
}

/// Returns the schema of one side of a conflicting cell: a cell, or `""` for a blank.
fn side() -> Value {
    let blank = |name: &str| if name == "rating" { Some(rating_or_blank()) } else { None };
    let entries = SIDE
        .keys()
        .iter()
        .map(|key| (key.name.to_owned(), blank(key.name).unwrap_or_else(|| described(key, &SIDE))));
    json!({ "oneOf": [rating_or_blank(), closed(entries)] })
}

fn rating_or_blank() -> Value {
    let words: Vec<_> = Rating::WORDS.iter().copied().chain([""]).collect();
    json!({ "type": "string", "enum": words })
}

/// Returns the schema of a key of `owner`, with its purpose as description.
fn described(key: &Key, owner: &Table) -> Value {
    let mut schema = match key.holds {
        Holds::Version => json!({ "const": FORMAT_VERSION }),
        Holds::Id => id(),
        Holds::Field(field) => shape(field),
        Holds::Table(inner) => json!(table(inner)),
        Holds::Items(kind) => json!({ "type": "array", "items": reference(kind.as_str()) }),
        Holds::Ratings => json!({
            "type": "object",
            "patternProperties": { id_pattern(): reference("cell") },
            "additionalProperties": false,
        }),
        Holds::Probabilities => json!({
            "type": "object",
            "patternProperties": { id_pattern(): probability() },
            "additionalProperties": false,
        }),
        Holds::CellConflict => sides(&reference("side")),
        Holds::Conflict => json!(conflict(owner)),
        Holds::Free => json!({ "type": "object", "additionalProperties": true }),
    };
    if let Value::Object(schema) = &mut schema {
        schema.insert("description".to_owned(), json!(key.text));
    }
    schema
}

fn reference(definition: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{definition}") })
}

/// Returns the schema of the conflicts of the fields of `owner`.
fn conflict(owner: &Table) -> Map<String, Value> {
    let of = |table: &Table| {
        let sides = table.keys().iter().filter_map(|key| match key.holds {
            Holds::Field(field) => Some((key.name.to_owned(), sides(&shape(field)))),
            Holds::Id => Some((key.name.to_owned(), sides(&id()))),
            _other => None,
        });
        sides.collect::<Vec<_>>()
    };
    let mut entries = of(owner);
    if owner.name == SCENARIO.name {
        // Either a quoted path or a table.
        for (name, part) in [("scoring", of(&SCORING)), ("outcome", of(&OUTCOME))] {
            entries.extend(part.iter().map(|(key, sides)| (format!("{name}.{key}"), sides.clone())));
            entries.push((name.to_owned(), json!(closed(part.into_iter()))));
        }
    } else {
        entries.push((DELETED.to_owned(), shape(Shape::Word(Side::WORDS))));
    }
    let mut schema = closed(entries.into_iter());
    if owner.name == ESTIMATE.name {
        let pattern = format!("^probabilities\\.{}", id_pattern().trim_start_matches('^'));
        let blank = json!({ "const": "" });
        schema.insert(
            "patternProperties".to_owned(),
            json!({ pattern: sides(&json!({ "anyOf": [probability(), blank] })) }),
        );
    }
    schema
}

fn probability() -> Value {
    json!({ "type": "number", "minimum": 0, "maximum": 1 })
}

fn sides(value: &Value) -> Value {
    json!(closed(SIDE_NAMES.into_iter().map(|name| (name.to_owned(), value.clone()))))
}

fn id_pattern() -> String {
    format!("^[a-z0-9][a-z0-9-]{{0,{}}}$", MAX_ID_LEN - 1)
}

fn id() -> Value {
    json!({ "type": "string", "pattern": id_pattern() })
}

const DAY_PATTERN: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// Returns the schema of a date: a TOML date, or a text with this pattern. Most tools pass a date as its
/// text; some require `format`, and use it to distinguish dates from texts.
fn date(text_pattern: &str) -> Value {
    json!({ "anyOf": [
        { "type": "string", "format": "date", "pattern": DAY_PATTERN },
        { "type": "string", "pattern": text_pattern },
    ] })
}

fn shape(shape: Shape) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Name => json!({ "type": "string", "pattern": "\\S" }),
        Shape::Word(words) => json!({ "type": "string", "enum": words }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Number => json!({ "type": "number" }),
        Shape::PositiveNumber => json!({ "type": "number", "exclusiveMinimum": 0 }),
        Shape::Day => date(DAY_PATTERN),
        Shape::Date => date("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
        Shape::Grade => json!({ "type": "string", "pattern": "^[A-F][1-6]$" }),
        Shape::List => json!({ "type": "array", "items": { "type": "string" } }),
        Shape::TextOrList => {
            json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_has_its_definition() {
        let schema = schema();
        let text = schema.to_string();
        let referred: Vec<_> = text.split("\"#/definitions/").skip(1).collect();
        assert!(referred.len() >= 6);
        for reference in referred {
            let name = reference.split('"').next().unwrap();
            assert!(schema["definitions"].get(name).is_some(), "{name}");
        }
    }

    #[test]
    fn unknown_keys_are_refused_but_in_meta() {
        let schema = schema();
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(schema["required"], json!(["ach", "title"]));
        assert_eq!(schema["properties"]["scoring"]["additionalProperties"], false);
        assert_eq!(schema["properties"]["meta"]["additionalProperties"], true);
        for kind in ItemKind::ALL {
            assert_eq!(schema["definitions"][kind.as_str()]["additionalProperties"], false);
        }
        assert_eq!(
            schema["definitions"]["evidence"]["properties"]["kind"]["enum"],
            json!(["fact", "assumption", "argument", "absence"])
        );
    }
}
