//! Intel Workbench: a project with any number of matrices, each with its ratings by item and hypothesis.

use serde_json::Value as Json;

use super::super::ImportFault;
use super::JsonProgram;
use super::matrix::{JsonCell, JsonKeys, JsonMatrix};
use super::reader::JsonPath;
use crate::scenario::EvidenceField;

const KEYS: JsonKeys = JsonKeys {
    hypothesis: ["name", "description"],
    item: ["id", "description"],
    fields: &[
        ("source", EvidenceField::Source),
        ("credibility", EvidenceField::Credibility),
        ("relevance", EvidenceField::Relevance),
    ],
};

/// The export of a project, or of several.
pub(super) const PROGRAM: JsonProgram = JsonProgram {
    name: "Intel Workbench",
    is_it: |value| !matrices(value).is_empty(),
    read: |value, options| {
        let found = matrices(value);
        let names: Vec<String> = found
            .iter()
            .zip(1..)
            .map(|((matrix, _), number)| {
                format!("{number}: {}", matrix.get("name").and_then(Json::as_str).unwrap_or(""))
            })
            .collect();
        let picked = match options.table {
            None if found.len() == 1 => found.first(),
            None => {
                let message = format!("{} matrices could be meant: {}", found.len(), names.join("; "));
                return Err(vec![ImportFault::whole(message, "pick one with --table N")]);
            }
            Some(number) => number.checked_sub(1).and_then(|at| found.get(at)),
        };
        let Some((matrix, path)) = picked else {
            let message = format!("there is no such matrix: the file has {}", names.join("; "));
            return Err(vec![ImportFault::whole(message, "")]);
        };
        let mut imported = read(matrix, path).build(options)?;
        imported.read.table = options.table;
        Ok(imported)
    },
};

/// The matrices of all projects, with their paths.
fn matrices(value: &Json) -> Vec<(&Json, JsonPath)> {
    let root = JsonPath::root();
    let projects: Vec<(&Json, JsonPath)> = match value
        .as_array()
        .or_else(|| value.get("projects")?.as_array())
    {
        Some(projects) => projects.iter().enumerate().map(|(at, project)| (project, root.at(at))).collect(),
        None => vec![(value, root)],
    };
    let mut found = Vec::new();
    for (project, path) in projects {
        let matrices = project.get("achMatrices").and_then(Json::as_array).into_iter().flatten().enumerate();
        found.extend(matrices.map(|(at, matrix)| (matrix, path.key("achMatrices").at(at))));
    }
    found
}

fn read(value: &Json, path: &JsonPath) -> JsonMatrix {
    let title = value.get("name").and_then(Json::as_str).unwrap_or_default().to_owned();
    let mut matrix = JsonMatrix { title, ..JsonMatrix::of(value, path, &KEYS) };
    for (item, row) in value.get("ratings").and_then(Json::as_object).into_iter().flatten() {
        for (hypothesis, rating) in row.as_object().into_iter().flatten() {
            matrix.cells.push(JsonCell {
                item: item.clone(),
                hypothesis: hypothesis.clone(),
                rating: rating.as_str().unwrap_or_default().to_owned(),
                note: None,
                path: path.key("ratings").key(item).key(hypothesis),
            });
        }
    }
    matrix
}
