//! Our own JSON: the keys of the scenario file and nothing else.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use super::super::name::Ids;
use super::super::{Carried, ImportFault, ImportOptions, Imported};
use super::JsonProgram;
use super::reader::{JsonPath, field_value, objects, set};
use crate::diagnostic::did_you_mean;
use crate::scenario::{
    Cell, CellConflict, Conflict, Contested, Estimate, Evidence, EvidenceField, FieldConflict, Fielded,
    ID_RULE, Indicator, Item, ItemKind, Judgement, Probability, Rating, Row, Scenario, Side, Source,
};

/// `ach export FILE -o case.json`
pub(super) const PROGRAM: JsonProgram = JsonProgram {
    name: "ach scenario",
    is_it: |value| value.get("ach").is_some(),
    read: |value, _: &ImportOptions| read(value),
};

fn read(value: &Json) -> Result<Imported, Vec<ImportFault>> {
    let root = JsonPath::root();
    let Some(object) = value.as_object() else { return Err(vec![root.fault("expected an object", "")]) };
    let mut reader = ScenarioReader { faults: Vec::new(), imported: Imported::default() };
    if object.get("ach").and_then(Json::as_i64) != Some(crate::scenario::FORMAT_VERSION) {
        reader.faults.push(
            root.key("ach").fault("this version of the format is not known here", "this program reads 1"),
        );
    }
    let mut scenario = Scenario::default();
    const LISTS: [&str; 7] = ["ach", "hypothesis", "source", "evidence", "indicator", "estimate", "meta"];
    reader.fields(object, &root, &mut scenario, &[], &LISTS);
    scenario.hypotheses = reader.list(object, &root, &HashMap::new());
    let columns: HashMap<String, usize> = scenario
        .hypotheses
        .iter()
        .enumerate()
        .map(|(at, hypothesis)| (hypothesis.id.to_string(), at))
        .collect();
    scenario.sources = reader.list::<Source>(object, &root, &columns);
    scenario.evidence = reader.list::<Evidence>(object, &root, &columns);
    scenario.indicators = reader.list::<Indicator>(object, &root, &columns);
    scenario.estimates = reader.list::<Estimate>(object, &root, &columns);
    match object.get("meta") {
        Some(Json::Object(meta)) => {
            reader.meta(meta.values(), &root.key("meta"), MAX_META);
            reader.imported.meta.clone_from(meta);
        }
        Some(_) => reader.faults.push(root.key("meta").fault("expected an object", "")),
        None => {}
    }
    let ScenarioReader { faults, mut imported } = reader;
    imported.scenario = scenario;
    imported.fields = EvidenceField::ALL.to_vec();
    imported.has = Carried::ALL;
    if faults.is_empty() { Ok(imported) } else { Err(faults) }
}

/// How deep the entries of `meta` may be nested; a file of ours allows some more.
const MAX_META: usize = 64;

/// The beginning of the names of conflicts of probabilities.
const PROBABILITY: &str = "probabilities.";

/// The key of the row of items of a kind.
const fn row_key(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Estimate => "probabilities",
        ItemKind::Hypothesis | ItemKind::Source | ItemKind::Evidence | ItemKind::Indicator => "ratings",
    }
}

struct ScenarioReader {
    faults: Vec<ImportFault>,
    imported: Imported,
}

impl ScenarioReader {
    /// Refuses in `meta` what no file of ours can hold.
    fn meta<'v>(&mut self, values: impl Iterator<Item = &'v Json>, path: &JsonPath, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            return self.faults.push(path.fault(format!("this is nested more than {MAX_META} deep"), ""));
        };
        for value in values {
            match value {
                Json::Null => {
                    self.faults.push(path.fault("there is no null in a scenario file", "leave the key out"))
                }
                Json::Array(list) => self.meta(list.iter(), path, depth),
                Json::Object(object) => self.meta(object.values(), path, depth),
                Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
            }
        }
    }

    /// Sets fields from an object; keys that are neither fields nor among `others` are faults.
    fn fields<T: Contested>(
        &mut self,
        object: &Map<String, Json>,
        path: &JsonPath,
        owner: &mut T,
        parents: &[&str],
        others: &[&str],
    ) {
        for (key, value) in object {
            let path = path.key(key);
            let full = [parents, &[key.as_str()]].concat().join(".");
            let is_parent = || T::FIELDS.iter().any(|field| T::key(*field).starts_with(&format!("{full}.")));
            if let Some(field) = T::parse_field(&full) {
                if T::rival(field).is_some_and(|rival| owner.field(rival).is_some()) {
                    self.faults
                        .push(path.fault("credibility and grade exclude each other", "keep one of the two"));
                }
                set(owner, field, value, &path, &mut self.faults);
            } else if full == "conflict" {
                // Conflicts of probabilities alone stand with their cells.
                let conflict = Some(self.conflict(value, &path, owner));
                let has_own =
                    value.as_object().is_none_or(|all| !all.keys().any(|key| key.starts_with(PROBABILITY)));
                owner.set_conflict(conflict.filter(|conflict| has_own || *conflict != Conflict::default()));
            } else if is_parent()
                && let Some(inner) = value.as_object()
            {
                self.fields(inner, &path, owner, &[key.as_str()], &[]);
            } else if !others.contains(&key.as_str()) {
                let known = T::FIELDS.iter().map(|field| T::key(*field)).chain(others.iter().copied());
                self.faults.push(path.fault(
                    format!("there is no key \"{key}\" here"),
                    did_you_mean(key, known).unwrap_or_default(),
                ));
            }
        }
        for field in T::FIELDS.iter().filter(|field| parents.is_empty() && T::spec(**field).is_required) {
            if !object.contains_key(T::key(*field)) {
                self.faults.push(path.fault(format!("the key \"{}\" is missing", T::key(*field)), ""));
            }
        }
    }

    fn list<T: Item>(
        &mut self,
        object: &Map<String, Json>,
        root: &JsonPath,
        columns: &HashMap<String, usize>,
    ) -> Vec<T> {
        let kind = T::KIND.as_str();
        let (mut items, mut ids) = (Vec::new(), Ids::default());
        let entries = objects(object.get(kind), &root.key(kind), &mut self.faults);
        if entries.len() > T::LIMIT {
            self.faults.push(root.key(kind).fault(format!("there are more than {} of these", T::LIMIT), ""));
            return items;
        }
        for (object, path) in entries {
            let id = object.get("id").and_then(Json::as_str);
            let Some(id) = id.and_then(T::parse_id) else {
                self.faults.push(path.fault("it has no id, or one against the rule", ID_RULE));
                continue;
            };
            if !ids.take(id.as_ref()) {
                self.faults.push(
                    path.key("id").fault(format!("the id \"{id}\" stands twice"), "give each its own id"),
                );
            }
            let mut item = T::named(id, String::new());
            self.fields(object, &path, &mut item, &[], &["id", row_key(T::KIND)]);
            let row = self.row(T::KIND, object, &path, columns);
            if let Some(cells) = item.row_mut() {
                *cells = row;
            }
            items.push(item);
        }
        items
    }

    fn row(
        &mut self,
        kind: ItemKind,
        object: &Map<String, Json>,
        path: &JsonPath,
        columns: &HashMap<String, usize>,
    ) -> Row {
        let (key, is_estimate) = (row_key(kind), kind == ItemKind::Estimate);
        let (whole, path) = (path, path.key(key));
        let cells = object.get(key);
        if let Some(other) = cells.filter(|cells| !cells.is_object()) {
            self.faults.push(path.fault(format!("expected an object, not {other}"), ""));
        }
        let mut row = Row::default();
        for (id, value) in cells.and_then(Json::as_object).into_iter().flatten() {
            let path = path.key(id);
            let Some(column) = self.column(id, columns, &path) else { continue };
            let mut cell = match value.as_f64().and_then(Probability::new) {
                Some(probability) if is_estimate => Cell::stated(probability),
                _ => Cell::from(self.judgement(value, &path, &["conflict"])),
            };
            if let Some(conflict) = value.get("conflict") {
                cell.set_conflict(Some(self.cell_conflict(conflict, &path.key("conflict"))));
            }
            row.set(column, cell);
        }
        // What is left to settle about a probability stands with the conflicts of its estimate.
        for (field, conflict) in object.get("conflict").and_then(Json::as_object).into_iter().flatten() {
            let Some(id) = field.strip_prefix(PROBABILITY).filter(|_| is_estimate) else { continue };
            let path = whole.key("conflict").key(field);
            let Some(column) = self.column(id, columns, &path) else { continue };
            let mut cell = row.get(column).cloned().unwrap_or_default();
            cell.set_conflict(Some(self.cell_conflict(conflict, &path)));
            row.set(column, cell);
        }
        row
    }

    fn column(&mut self, id: &str, columns: &HashMap<String, usize>, path: &JsonPath) -> Option<usize> {
        let column = columns.get(id).copied();
        if column.is_none() {
            let help = did_you_mean(id, columns.keys().map(String::as_str));
            self.faults
                .push(path.fault(format!("there is no hypothesis \"{id}\""), help.unwrap_or_default()));
        }
        column
    }

    fn cell_conflict(&mut self, conflict: &Json, path: &JsonPath) -> CellConflict {
        let mut side = |key: &str| {
            let value = conflict.get(key)?;
            match value.as_f64().and_then(Probability::new) {
                Some(probability) => {
                    Some(Judgement { probability: Some(probability), ..Judgement::default() })
                }
                None => Some(self.judgement(value, &path.key(key), &[])),
            }
        };
        CellConflict { base: side("base").unwrap_or_default(), theirs: side("theirs").unwrap_or_default() }
    }

    /// A judgement: the rating alone as a text, an empty one being blank, or an object.
    fn judgement(&mut self, value: &Json, path: &JsonPath, others: &[&str]) -> Judgement {
        let mut judgement = Judgement::default();
        match value {
            Json::String(text) if text.is_empty() && others.is_empty() => {}
            Json::String(text) => match Rating::parse(text) {
                Some(rating) => judgement.rating = Some(rating),
                None => {
                    let help = did_you_mean(text, Rating::WORDS.iter().copied());
                    self.faults
                        .push(path.fault(format!("\"{text}\" is not a rating"), help.unwrap_or_default()));
                }
            },
            Json::Object(object) => {
                for (key, value) in object {
                    match Judgement::parse_field(key) {
                        Some(field) => set(&mut judgement, field, value, &path.key(key), &mut self.faults),
                        None if others.contains(&key.as_str()) => {}
                        None => self
                            .faults
                            .push(path.key(key).fault(format!("there is no key \"{key}\" here"), "")),
                    }
                }
            }
            _ => {
                self.faults.push(path.fault(
                    "expected a rating",
                    "such as \"II\", or an object with rating, confidence and note",
                ))
            }
        }
        judgement
    }

    /// The other sides of a thing. `owner` is that thing: it knows how its fields hold their values.
    fn conflict<T: Fielded>(&mut self, value: &Json, path: &JsonPath, owner: &T) -> Conflict {
        let mut conflict = Conflict::default();
        for (key, value) in value.as_object().into_iter().flatten() {
            if key.starts_with(PROBABILITY) {
                continue;
            }
            if key == "deleted" {
                conflict.deleted = value.as_str().and_then(Side::parse);
                continue;
            }
            let Some(field) = T::parse_field(key) else {
                self.faults.push(path.key(key).fault(format!("there is no field \"{key}\""), ""));
                continue;
            };
            let side = |name: &str| {
                let mut holder = owner.clone();
                holder.set_field(field, Some(field_value(value.get(name)?)?)).ok()?;
                holder.field(field)
            };
            conflict.fields.push(FieldConflict {
                field: key.clone(),
                base: side("base"),
                theirs: side("theirs"),
            });
        }
        conflict
    }
}
