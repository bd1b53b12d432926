//! A matrix as the JSON of other programs has it, on its way to a scenario: things under the program's own keys, and
//! cells that name them.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use super::super::fields;
use super::super::name::{Ids, is_code};
use super::super::notation::{Notation, RatingReader};
use super::super::value::{ColumnScale, LevelScale};
use super::super::{Carried, Extent, ImportFault, ImportOptions, Imported};
use super::reader::{JsonPath, objects, text};
use crate::scenario::{
    Cell, Evidence, EvidenceField, EvidenceId, Fielded, Hypothesis, HypothesisId, Scenario, suggest_id,
};

/// A matrix before its names are ids.
#[derive(Debug, Default)]
pub(super) struct JsonMatrix {
    pub(super) title: String,
    pub(super) question: Option<String>,
    pub(super) hypotheses: Vec<JsonHypothesis>,
    pub(super) items: Vec<JsonItem>,
    pub(super) cells: Vec<JsonCell>,
    pub(super) faults: Vec<ImportFault>,
}

/// A hypothesis under its program's key.
#[derive(Debug)]
pub(super) struct JsonHypothesis {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) description: Option<String>,
}

/// An item under its program's key, with the texts of its fields.
#[derive(Debug)]
pub(super) struct JsonItem {
    pub(super) key: String,
    pub(super) text: String,
    pub(super) fields: Vec<(EvidenceField, String, JsonPath)>,
    pub(super) path: JsonPath,
}

/// A rating of an item for a hypothesis, both by their keys.
#[derive(Debug)]
pub(super) struct JsonCell {
    pub(super) item: String,
    pub(super) hypothesis: String,
    pub(super) rating: String,
    pub(super) note: Option<String>,
    pub(super) path: JsonPath,
}

impl JsonItem {
    /// An item of an object, with the fields that stand under these keys.
    pub(super) fn of(
        object: &Map<String, Json>,
        path: &JsonPath,
        text_key: &str,
        keys: &[(&str, EvidenceField)],
    ) -> Self {
        let field = |(key, field): &(&str, EvidenceField)| Some((*field, text(object, key)?, path.key(key)));
        Self {
            key: text(object, "id").unwrap_or_default(),
            text: text(object, text_key).unwrap_or_default(),
            fields: keys.iter().filter_map(field).collect(),
            path: path.clone(),
        }
    }
}

/// The keys under which a program has what its lists `hypotheses` and `evidence` hold.
pub(super) struct JsonKeys {
    /// The name of a hypothesis, and its description.
    pub(super) hypothesis: [&'static str; 2],
    /// The id of an item, and its text.
    pub(super) item: [&'static str; 2],
    /// The fields of an item.
    pub(super) fields: &'static [(&'static str, EvidenceField)],
}

impl JsonMatrix {
    /// Takes the hypotheses and the items of an object.
    pub(super) fn of(value: &Json, path: &JsonPath, keys: &JsonKeys) -> Self {
        let (mut matrix, [name, description]) = (Self::default(), keys.hypothesis);
        for (object, _) in objects(value.get("hypotheses"), &path.key("hypotheses"), &mut matrix.faults) {
            let [key, name] = ["id", name].map(|key| text(object, key).unwrap_or_default());
            matrix.hypotheses.push(JsonHypothesis { key, name, description: text(object, description) });
        }
        let [id, told] = keys.item;
        for (object, path) in objects(value.get("evidence"), &path.key("evidence"), &mut matrix.faults) {
            let item = JsonItem::of(object, &path, told, keys.fields);
            matrix.items.push(JsonItem { key: text(object, id).unwrap_or_default(), ..item });
        }
        matrix
    }

    /// Makes a scenario of the matrix.
    pub(super) fn build(mut self, options: &ImportOptions) -> Result<Imported, Vec<ImportFault>> {
        let mut imported = Imported { scenario: Scenario::new(self.title.clone()), ..Imported::default() };
        imported.scenario.question = self.question.take();
        let columns = self.hypotheses(&mut imported.scenario);
        let rows = self.items(&mut imported);
        self.cells(&mut imported, &columns, &rows, options);
        imported.has =
            Carried { item_ids: true, hypothesis_ids: true, notes: Extent::Some, ..Carried::default() };
        if self.faults.is_empty() { Ok(imported) } else { Err(self.faults) }
    }

    fn hypotheses(&self, scenario: &mut Scenario) -> HashMap<String, usize> {
        let (mut ids, mut columns) = (Ids::default(), HashMap::new());
        for (hypothesis, number) in self.hypotheses.iter().zip(1..) {
            let code = Some(&hypothesis.key).filter(|key| is_code(key)).and_then(|key| suggest_id(key));
            let id = match code {
                Some(id) => ids.free(id),
                None => ids.make(&hypothesis.name, 'h', number),
            };
            if let Some(id) = HypothesisId::parse(&id) {
                columns.insert(hypothesis.key.clone(), scenario.hypotheses.len());
                let mut new = Hypothesis::new(id, hypothesis.name.as_str());
                new.description.clone_from(&hypothesis.description);
                scenario.hypotheses.push(new);
            }
        }
        columns
    }

    fn items(&mut self, imported: &mut Imported) -> HashMap<String, usize> {
        let (mut ids, mut rows) = (Ids::default(), HashMap::new());
        // These programs weigh from 0 to 1, where they weigh in numbers.
        let scale = ColumnScale { levels: Some(LevelScale::Thirds), days: None };
        for (item, number) in self.items.iter().zip(1..) {
            let code = Some(&item.key).filter(|key| is_code(key)).and_then(|key| suggest_id(key));
            let id = ids.free(code.unwrap_or_else(|| format!("e{number}")));
            let Some(id) = EvidenceId::parse(&id) else { continue };
            if item.text.is_empty() {
                self.faults.push(item.path.fault("this item has no text", ""));
            }
            let mut new = Evidence::new(id, item.text.as_str());
            for (field, text, path) in &item.fields {
                let key = Evidence::key(*field);
                if fields::set(&mut new, *field, text, scale, key, &path.place(), imported) {
                    continue;
                }
                if *field == EvidenceField::Kind {
                    fields::keep_kind(&mut new, text, key, path.place(), imported);
                } else {
                    self.faults.push(path.fault(format!("\"{text}\" cannot be read as {key}"), ""));
                }
            }
            rows.insert(item.key.clone(), imported.scenario.evidence.len());
            imported.scenario.evidence.push(new);
        }
        imported.fields = self.items.iter().flat_map(|item| &item.fields).map(|(field, ..)| *field).collect();
        imported.fields.push(EvidenceField::Text);
        imported.fields.sort_unstable();
        imported.fields.dedup();
        rows
    }

    fn cells(
        &mut self,
        imported: &mut Imported,
        columns: &HashMap<String, usize>,
        rows: &HashMap<String, usize>,
        options: &ImportOptions,
    ) {
        let cells = self.cells.iter().map(|cell| cell.rating.as_str());
        let reader = RatingReader::fitting(cells, &options.marks)
            .unwrap_or_else(|| RatingReader::new(Notation::Letters, options.marks.clone()));
        imported.read.notation = Some(reader.notation.to_string());
        for cell in &self.cells {
            let (Some(row), Some(column)) = (rows.get(&cell.item), columns.get(&cell.hypothesis)) else {
                imported.leave_out(
                    "a rating of something that does not exist",
                    cell.path.place(),
                    cell.rating.clone(),
                );
                continue;
            };
            let Some(mut judgement) = reader.read(&cell.rating) else {
                let message =
                    format!("\"{}\" is not a rating ({} are expected)", cell.rating, reader.notation);
                let help = format!("say what it means with --rating '{}=N'", cell.rating);
                self.faults.push(cell.path.fault(message, help));
                continue;
            };
            judgement.note = judgement.note.or_else(|| cell.note.clone());
            if let Some(item) = imported.scenario.evidence.get_mut(*row) {
                item.ratings.set(*column, Cell::from(judgement));
            }
        }
    }
}
