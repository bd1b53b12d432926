//! researchtoolspy: an analysis with its scores from 5 to -5 as a list of pairs.

use serde_json::Value as Json;

use super::super::notation::of_five;
use super::JsonProgram;
use super::matrix::{JsonCell, JsonKeys, JsonMatrix};
use super::reader::{JsonPath, objects, text};
use crate::scenario::EvidenceField;

const KEYS: JsonKeys = JsonKeys {
    hypothesis: ["text", "rationale"],
    item: ["evidence_id", "evidence_title"],
    fields: &[
        ("source", EvidenceField::Source),
        ("date", EvidenceField::Date),
        ("evidence_content", EvidenceField::Note),
    ],
};

/// An analysis as its service hands it out.
pub(super) const PROGRAM: JsonProgram = JsonProgram {
    name: "researchtoolspy",
    is_it: |value| value.get("scale_type").is_some() && value.get("scores").is_some_and(Json::is_array),
    read: |value, options| {
        let root = JsonPath::root();
        let mut matrix = JsonMatrix::of(value, &root, &KEYS);
        if let Some(object) = value.as_object() {
            matrix.title = text(object, "title").unwrap_or_default();
            matrix.question = text(object, "question");
        }
        let (mut unscored, mut weighed) = (None, 0);
        for (object, path) in objects(value.get("scores"), &root.key("scores"), &mut matrix.faults) {
            let score = text(object, "score").unwrap_or_default();
            let path = path.key("score");
            let Some(rating) = of_five(&score) else {
                matrix.faults.push(path.fault(format!("\"{score}\" is not a score from -5 to 5"), ""));
                continue;
            };
            if score == "0" {
                unscored.get_or_insert(path.place());
            }
            weighed +=
                usize::from(["credibility", "relevance"].iter().any(|key| text(object, key).is_some()));
            matrix.cells.push(JsonCell {
                item: text(object, "evidence_id").unwrap_or_default(),
                hypothesis: text(object, "hypothesis_id").unwrap_or_default(),
                rating: rating.to_string(),
                note: text(object, "notes"),
                path,
            });
        }
        let mut imported = matrix.build(options)?;
        imported.read.notation = Some("scores from -5 to 5".to_owned());
        if let Some(place) = unscored {
            imported.assume(
                "\"0\"",
                place,
                "N, though the program writes it for cells that nobody scored too",
            );
        }
        if weighed > 0 {
            let what = "credibility and relevance of single scores";
            imported.leave_out(what, root.key("scores").place(), format!("{weighed} of them"));
        }
        let graded = |item: &&Json| item.get("credibility_score").is_some_and(|score| !score.is_null());
        let items = value.get("evidence").and_then(Json::as_array).into_iter().flatten();
        let graded = items.filter(graded).count();
        if graded > 0 {
            let path = root.key("evidence");
            imported.leave_out(
                "credibility_score, which has no scale",
                path.place(),
                format!("{graded} of them"),
            );
        }
        Ok(imported)
    },
};
