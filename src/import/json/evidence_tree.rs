//! Evidence trees: nodes at any depth, of which those marked `"evidence": "Yes"` are items. The headings above an item
//! become its tags; a second file gives the hypotheses their names.

use serde_json::{Map, Value as Json};

use super::super::name::is_code;
use super::super::{ImportFault, ImportOptions, Imported};
use super::JsonProgram;
use super::matrix::{JsonCell, JsonHypothesis, JsonItem, JsonMatrix};
use super::reader::{JsonPath, text};
use crate::scenario::EvidenceField;

/// The tree of the page for evidence lists in Structured-Analytic-Techniques.
pub(super) const PROGRAM: JsonProgram = JsonProgram {
    name: "evidence tree",
    is_it: |value| value.get("children").is_some_and(Json::is_array) && value.get("evidence").is_some(),
    read,
};

const FIELDS: [(&str, EvidenceField); 2] = [("date", EvidenceField::Date), ("source", EvidenceField::Source)];

fn read(value: &Json, options: &ImportOptions) -> Result<Imported, Vec<ImportFault>> {
    let mut matrix = JsonMatrix::default();
    if let Some(root) = value.as_object() {
        matrix.title = name(root);
    }
    let names = names(options)?;
    // Depth is limited by the reader of JSON, so that a stack of nodes need not be.
    let mut nodes = vec![(value, JsonPath::root(), Vec::<String>::new())];
    while let Some((node, path, above)) = nodes.pop() {
        let Some(object) = node.as_object() else { continue };
        if text(object, "evidence").is_some_and(|mark| mark.eq_ignore_ascii_case("yes")) {
            item(&mut matrix, object, &path, &above);
        }
        let mut below = above.clone();
        // The root is the title.
        if !matches!(object.get("depth"), Some(depth) if *depth == 0) {
            below.push(name(object));
        }
        let children = object.get("children").and_then(Json::as_array).into_iter().flatten().enumerate();
        let children = children.map(|(at, child)| (child, path.key("children").at(at), below.clone()));
        nodes.extend(children.collect::<Vec<_>>().into_iter().rev());
    }
    let mut keys: Vec<String> = matrix.cells.iter().map(|cell| cell.hypothesis.clone()).collect();
    keys.extend(names.keys().cloned());
    keys.sort();
    keys.dedup();
    for key in keys {
        let named = names.get(&key).and_then(Json::as_object);
        let title = named.and_then(|named| text(named, "title")).unwrap_or_else(|| key.clone());
        let description = named.and_then(|named| text(named, "description"));
        matrix.hypotheses.push(JsonHypothesis { key, name: title, description });
    }
    matrix.build(options)
}

/// The hypotheses of the second file, by their keys.
fn names(options: &ImportOptions) -> Result<Map<String, Json>, Vec<ImportFault>> {
    let Some(bytes) = &options.with else { return Ok(Map::new()) };
    let read: Result<Json, _> = serde_json::from_slice(bytes);
    match read {
        Ok(Json::Object(names)) => Ok(names),
        Ok(_) | Err(_) => {
            let help = "it holds the hypotheses by id, such as {\"H1\": {\"title\": \"...\"}}";
            Err(vec![ImportFault::whole("the file given with --with cannot be read", help)])
        }
    }
}

fn name(object: &Map<String, Json>) -> String {
    text(object, "name").or_else(|| text(object, "label")).unwrap_or_default()
}

fn item(matrix: &mut JsonMatrix, object: &Map<String, Json>, path: &JsonPath, above: &[String]) {
    let mut item = JsonItem::of(object, path, "name", &FIELDS);
    if let Some(description) = text(object, "description") {
        item.fields.push((EvidenceField::Note, description, path.key("description")));
    }
    let letter = text(object, "reliability").unwrap_or_default();
    let grade = format!("{letter}{}", text(object, "credibility").unwrap_or_default());
    if !letter.is_empty() {
        item.fields.push((EvidenceField::Grade, grade, path.key("reliability")));
    }
    if !above.is_empty() {
        let tags: Vec<String> = above.iter().map(|tag| tag.replace(';', ",")).collect();
        item.fields.push((EvidenceField::Tags, tags.join("; "), path.clone()));
    }
    for (key, rating) in object.iter().filter(|(key, _)| is_code(key) && key.to_lowercase().starts_with('h'))
    {
        let rating = rating.as_str().unwrap_or_default().to_owned();
        let (item, path) = (item.key.clone(), path.key(key));
        matrix.cells.push(JsonCell { item, hypothesis: key.to_uppercase(), rating, note: None, path });
    }
    matrix.items.push(item);
}
