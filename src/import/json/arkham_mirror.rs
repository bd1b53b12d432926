//! ArkhamMirror: a matrix with its ratings as a list of pairs.

use super::JsonProgram;
use super::matrix::{JsonCell, JsonKeys, JsonMatrix};
use super::reader::{JsonPath, objects, text};
use crate::scenario::EvidenceField;

const KEYS: JsonKeys = JsonKeys {
    hypothesis: ["title", "description"],
    item: ["id", "description"],
    fields: &[
        ("source", EvidenceField::Source),
        ("type", EvidenceField::Kind),
        ("credibility", EvidenceField::Credibility),
        ("relevance", EvidenceField::Relevance),
    ],
};

/// The export of its ACH shard.
pub(super) const PROGRAM: JsonProgram = JsonProgram {
    name: "ArkhamMirror",
    is_it: |value| {
        value.get("metadata").is_some() && value.get("ratings").is_some_and(serde_json::Value::is_array)
    },
    read: |value, options| {
        let root = JsonPath::root();
        let mut matrix = JsonMatrix::of(value, &root, &KEYS);
        if let Some(metadata) = value.get("metadata").and_then(serde_json::Value::as_object) {
            matrix.title = text(metadata, "title").unwrap_or_default();
            matrix.question = text(metadata, "description");
        }
        for (object, path) in objects(value.get("ratings"), &root.key("ratings"), &mut matrix.faults) {
            matrix.cells.push(JsonCell {
                item: text(object, "evidence_id").unwrap_or_default(),
                hypothesis: text(object, "hypothesis_id").unwrap_or_default(),
                rating: text(object, "rating").unwrap_or_default(),
                note: text(object, "reasoning"),
                path: path.key("rating"),
            });
        }
        let mut imported = matrix.build(options)?;
        if let Some(scores) = value.get("scores") {
            let count = scores.as_array().map_or(0, Vec::len);
            imported.leave_out("its scores", root.key("scores").place(), format!("{count} of them"));
        }
        Ok(imported)
    },
};
