//! Forms: the fields of an item or a cell as lines that are filled in.
//!
//! Made from the fields and shapes that the scenario's types declare, so that a new field appears by itself. Knows
//! what is typed and how fields are gone through. Must never change a scenario: accepting is the update's.

mod field;

pub(crate) use field::Field;

use crate::change::Listed;
use crate::present::expected;
use crate::scenario::{
    Cell, EvidenceId, HypothesisId, ItemKind, Level, Rating, Scenario, Shape, Value, suggest_id,
};

/// Key of the line that takes the id of what is added.
pub(crate) const ID: &str = "id";

/// What is being filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Something new of this kind.
    New(ItemKind),
    /// The item of this kind with this id.
    Item(ItemKind, String),
    /// A cell.
    Cell(EvidenceId, HypothesisId),
}

/// Fields that are being filled in. There is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) subject: Subject,
    pub(crate) fields: Vec<Field>,
    /// Which of them the keys go to.
    pub(crate) at: usize,
    /// Whether it was asked if what was typed may go.
    pub(crate) is_leaving: bool,
}

impl Form {
    /// The fields of an item.
    pub(crate) fn of_item<T: Listed>(item: &T) -> Self {
        let field = |field: &T::Field| {
            let value = item.field(*field);
            Field::new(T::key(*field), T::shape(*field), is_required::<T>(*field), value.as_ref())
        };
        Self::new(Subject::Item(T::KIND, item.id().to_string()), T::FIELDS.iter().map(field).collect())
    }

    /// The fields of something that is not there yet, its id after the one that it is suggested from.
    pub(crate) fn of_new<T: Listed>() -> Self {
        let mut fields = Vec::new();
        for field in T::FIELDS {
            let required = is_required::<T>(*field);
            fields.push(Field::new(T::key(*field), T::shape(*field), required, None));
            if required {
                let mut id = Field::new(ID, Shape::Text, true, None);
                id.is_suggested = true;
                fields.push(id);
            }
        }
        Self::new(Subject::New(T::KIND), fields)
    }

    /// Rating, confidence and note of a cell; `None` is an empty one.
    pub(crate) fn of_cell(evidence: EvidenceId, hypothesis: HypothesisId, cell: Option<&Cell>) -> Self {
        let text = |text: &str| Value::Text(text.to_owned());
        let rating = cell.and_then(|cell| cell.rating).map(|rating| text(rating.as_str()));
        let confidence = cell.and_then(|cell| cell.confidence).map(|level| text(level.as_str()));
        let note = cell.and_then(Cell::note).map(text);
        let fields = vec![
            Field::new("rating", Shape::Word(Rating::WORDS), false, rating.as_ref()),
            Field::new("confidence", Shape::Word(Level::WORDS), false, confidence.as_ref()),
            Field::new("note", Shape::Text, false, note.as_ref()),
        ];
        Self::new(Subject::Cell(evidence, hypothesis), fields)
    }

    const fn new(subject: Subject, fields: Vec<Field>) -> Self {
        Self { subject, fields, at: 0, is_leaving: false }
    }

    /// What stands over it.
    pub(crate) fn title(&self) -> String {
        match &self.subject {
            Subject::New(ItemKind::Evidence) => "New item".into(),
            Subject::New(kind) => format!("New {kind}"),
            Subject::Item(kind, id) => format!("{kind} {id}"),
            Subject::Cell(evidence, hypothesis) => format!("{evidence} / {hypothesis}"),
        }
    }

    /// What the field under the cursor takes; while leaving, the question.
    pub(crate) fn advice(&self) -> String {
        if self.is_leaving {
            return "What was changed here goes. Esc again leaves, any other key stays".into();
        }
        let Some(field) = self.fields.get(self.at) else { return String::new() };
        if field.key == ID {
            return format!("an id: {}", crate::scenario::ID_RULE);
        }
        match field.shape {
            Shape::Word(_) => format!("{}: ← → choose, Del empties", expected(field.shape)),
            shape => expected(shape),
        }
    }

    pub(crate) fn field_mut(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.at)
    }

    /// What a field holds now.
    pub(crate) fn text(&self, key: &str) -> &str {
        self.fields.iter().find(|field| field.key == key).map_or("", |field| field.input.text())
    }

    /// Whether anything was changed.
    pub(crate) fn is_changed(&self) -> bool {
        self.fields.iter().any(|field| field.is_changed() && !field.is_suggested)
    }

    pub(crate) const fn is_last(&self) -> bool {
        self.at + 1 >= self.fields.len()
    }

    /// Goes to the next or the previous field, round at the ends.
    pub(crate) fn step(&mut self, is_forward: bool) {
        let count = self.fields.len().max(1);
        self.at = if is_forward { (self.at + 1) % count } else { (self.at + count - 1) % count };
    }

    /// Objects to a field; the keys go to the first field that is objected to.
    pub(crate) fn object(&mut self, key: &str, objection: String) {
        let Some(at) = self.fields.iter().position(|field| field.key == key) else { return };
        if self.fields.iter().all(|field| field.objection.is_none()) {
            self.at = at;
        }
        if let Some(field) = self.fields.get_mut(at) {
            field.objection.get_or_insert(objection);
        }
    }

    pub(crate) fn is_objected_to(&self) -> bool {
        self.fields.iter().any(|field| field.objection.is_some())
    }

    /// Writes a pasted text into the field.
    pub(crate) fn paste(&mut self, text: &str) {
        self.is_leaving = false;
        if let Some(field) = self.field_mut() {
            field.paste(text);
        }
    }

    /// Suggests an id that is free, as long as none was typed.
    pub(crate) fn suggest(&mut self, scenario: &Scenario) {
        let Subject::New(kind) = self.subject else { return };
        let source = self.fields.first().map_or("", |field| field.input.text());
        let suggested = suggest_id(source).map(|id| free(scenario, kind, id)).unwrap_or_default();
        if let Some(field) = self.fields.iter_mut().find(|field| field.key == ID)
            && field.is_suggested
        {
            field.set(suggested);
        }
    }
}

/// The id, or the first of its numbered companions that is not taken.
fn free(scenario: &Scenario, kind: ItemKind, id: String) -> String {
    let ids = crate::present::target::ids(scenario, kind);
    let mut numbered = (2..).map(|number| format!("{id}-{number}"));
    if !ids.contains(&id.as_str()) {
        return id;
    }
    numbered.find(|id| !ids.contains(&id.as_str())).unwrap_or(id)
}

/// Whether an item cannot be without the field: what it is named by, which comes first.
fn is_required<T: Listed>(field: T::Field) -> bool {
    T::FIELDS.first() == Some(&field)
}
