//! The JSON of `ach table`: the matrix without cell notes, sources and indicators.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::super::{Carried, ImportFault, ImportOptions, Imported};
use super::JsonProgram;
use super::reader::{JsonPath, objects, set, text};
use crate::scenario::{
    Cell, Evidence, EvidenceField, EvidenceId, EvidenceStatus, Hypothesis, HypothesisField, HypothesisId,
    ID_RULE, Rating, Scenario, ScenarioField,
};

/// `ach table FILE --format json`
pub(super) const PROGRAM: JsonProgram = JsonProgram {
    name: "ach table",
    is_it: |value| {
        value.get("format").is_some() && value.get("leaders").is_some() && value.get("evidence").is_some()
    },
    read: |value, _: &ImportOptions| read(value),
};

/// Fields under their own keys.
const FIELDS: [(&str, EvidenceField); 4] = [
    ("kind", EvidenceField::Kind),
    ("searched", EvidenceField::Searched),
    ("date", EvidenceField::Date),
    ("sources", EvidenceField::Source),
];

fn read(value: &Json) -> Result<Imported, Vec<ImportFault>> {
    let root = JsonPath::root();
    let mut faults = Vec::new();
    let mut imported = Imported::default();
    let mut scenario = Scenario::default();
    for field in [ScenarioField::Title, ScenarioField::Question, ScenarioField::Marking, ScenarioField::AsOf]
    {
        if let Some(json) = value.get(field.as_str()).filter(|json| !json.is_null()) {
            set(&mut scenario, field, json, &root.key(field.as_str()), &mut faults);
        }
    }
    let mut columns = HashMap::new();
    for (object, path) in objects(value.get("hypotheses"), &root.key("hypotheses"), &mut faults) {
        let Some(id) = text(object, "id").and_then(|id| HypothesisId::parse(&id)) else {
            faults.push(path.fault("it has no id, or one against the rule", ID_RULE));
            continue;
        };
        columns.insert(id.to_string(), scenario.hypotheses.len());
        let mut hypothesis = Hypothesis::new(id, text(object, "name").unwrap_or_default());
        if let Some(status) = object.get("status").filter(|status| *status != "active") {
            set(&mut hypothesis, HypothesisField::Status, status, &path.key("status"), &mut faults);
        }
        scenario.hypotheses.push(hypothesis);
    }
    for (object, path) in objects(value.get("evidence"), &root.key("evidence"), &mut faults) {
        let Some(id) = text(object, "id").and_then(|id| EvidenceId::parse(&id)) else {
            faults.push(path.fault("it has no id, or one against the rule", ID_RULE));
            continue;
        };
        let mut item = Evidence::new(id, text(object, "text").unwrap_or_default());
        for (key, field) in FIELDS {
            let json = object.get(key).filter(|json| !json.is_null() && *json != "fact");
            if let Some(json) = json.filter(|json| json.as_array().is_none_or(|list| !list.is_empty())) {
                set(&mut item, field, json, &path.key(key), &mut faults);
            }
        }
        if object.get("counts") == Some(&Json::Bool(false)) {
            item.status = Some(EvidenceStatus::Withdrawn);
            if object.get("status").is_some_and(|status| status == "active") {
                imported.assume(
                    "an item that does not count for what it rests on",
                    path.place(),
                    "withdrawn",
                );
            }
        }
        if let Some(weight) =
            object.get("weight").and_then(Json::as_f64).filter(|weight| (weight - 1.0).abs() > 1e-9)
        {
            imported.leave_out(
                "the weight of an item",
                path.key("weight").place(),
                format!("{weight} of \"{}\"", item.id),
            );
        }
        for (id, rating) in object.get("ratings").and_then(Json::as_object).into_iter().flatten() {
            let path = path.key("ratings").key(id);
            match (columns.get(id), rating.as_str().and_then(Rating::parse)) {
                (Some(column), Some(rating)) => drop(item.ratings.set(*column, Cell::rated(rating))),
                (None, _) => faults.push(path.fault(format!("there is no hypothesis \"{id}\""), "")),
                (_, None) => faults.push(path.fault(format!("{rating} is not a rating"), "")),
            }
        }
        scenario.evidence.push(item);
    }
    imported.scenario = scenario;
    imported.has =
        Carried { item_ids: true, hypothesis_ids: true, hypothesis_names: true, ..Carried::default() };
    imported.fields = vec![EvidenceField::Text];
    imported.fields.extend(FIELDS.map(|(_, field)| field));
    if faults.is_empty() { Ok(imported) } else { Err(faults) }
}
