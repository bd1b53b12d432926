//! Radarist's skills: hypotheses as texts `H1: ...`, and the marks of each item by their ids.

use serde_json::Value as Json;

use super::super::name::hypothesis;
use super::JsonProgram;
use super::matrix::{JsonCell, JsonHypothesis, JsonItem, JsonMatrix};
use super::reader::{JsonPath, objects, text};
use crate::scenario::EvidenceField;

/// The input of its skill for this method.
pub(super) const PROGRAM: JsonProgram = JsonProgram {
    name: "radarist",
    is_it: |value| {
        let evidence = value.get("evidence").and_then(Json::as_array);
        evidence.is_some_and(|list| list.iter().any(|item| item.get("marks").is_some()))
    },
    read: |value, options| {
        let root = JsonPath::root();
        let mut matrix = JsonMatrix::default();
        matrix.question = value.get("question").and_then(Json::as_str).map(str::to_owned);
        matrix.title = matrix.question.clone().unwrap_or_default();
        for head in
            value.get("hypotheses").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str)
        {
            let named = hypothesis(head);
            let key = named.id.unwrap_or_else(|| named.name.clone());
            matrix.hypotheses.push(JsonHypothesis { key, name: named.name, description: None });
        }
        const FIELDS: [(&str, EvidenceField); 4] = [
            ("source", EvidenceField::Source),
            ("date", EvidenceField::Date),
            ("credibility", EvidenceField::Credibility),
            ("relevance", EvidenceField::Relevance),
        ];
        let mut faults = Vec::new();
        let mut beside = Vec::new();
        for ((object, path), number) in
            objects(value.get("evidence"), &root.key("evidence"), &mut faults).into_iter().zip(1..)
        {
            let key = text(object, "id").unwrap_or_else(|| format!("E{number}"));
            let mut item =
                JsonItem { key: key.clone(), ..JsonItem::of(object, &path, "description", &FIELDS) };
            let place = path.key("weight");
            match text(object, "weight") {
                Some(weight) if text(object, "credibility").is_none() => {
                    item.fields.push((EvidenceField::Credibility, weight, place));
                }
                Some(weight) => beside.push((place.place(), weight)),
                None => {}
            }
            matrix.items.push(item);
            let marks = object.get("marks").and_then(Json::as_object);
            for (hypothesis, mark) in marks.into_iter().flatten() {
                matrix.cells.push(JsonCell {
                    item: key.clone(),
                    hypothesis: hypothesis.clone(),
                    rating: mark.as_str().map_or_else(|| mark.to_string(), str::to_owned),
                    note: None,
                    path: path.key("marks").key(hypothesis),
                });
            }
        }
        matrix.faults = faults;
        let mut imported = matrix.build(options)?;
        for (place, weight) in beside {
            imported.leave_out("the weight of an item beside its credibility", place, weight);
        }
        Ok(imported)
    },
};
