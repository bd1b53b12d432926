//! Forms: the fields of an item or a cell as lines that are filled in.
//!
//! Made from the fields and shapes that the scenario's types declare, so that a new field appears by itself. Knows
//! what is typed, how fields are gone through, what may stand in them ([`rule`]) and which changes that makes
//! ([`accept`]). Must never change a scenario.

mod accept;
mod draft;
mod field;
mod list;
mod rule;

use std::borrow::Cow;

pub(crate) use accept::changes;
pub(crate) use field::{Content, Field};

use crate::change::Listed;
use crate::present::expected;
use crate::present::target::ids;
use crate::present::words::some;
use crate::scenario::{
    Cell, EvidenceId, FieldSpec, Fielded, HypothesisId, ID_RULE, ItemKind, JudgementField, Nature, Scenario,
    ScenarioField, Shape, Value, suggest_id,
};
use crate::text::width;

/// Key of the line that takes the id.
pub(crate) const ID: &str = "id";

/// The line that takes the id.
const ID_SPEC: FieldSpec = FieldSpec {
    key: ID,
    shape: Shape::Text,
    is_required: true,
    nature: Nature::Fact,
    help: ID_RULE,
    default: None,
    refers_to: None,
};

/// Longest id that is suggested, in characters: a row of the matrix begins with it.
const SUGGESTED: usize = 24;

/// A text of more characters than this is worth a question before it goes.
const DEAR: usize = 60;

/// What is being filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// What is said of the scenario as a whole.
    Whole,
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
        let id = Value::Text(item.id().to_string());
        Self::of::<T>(Subject::Item(T::KIND, item.id().to_string()), |field| item.field(field), Some(&id))
    }

    /// The fields of something that is not there yet.
    pub(crate) fn of_new<T: Listed>() -> Self {
        Self::of::<T>(Subject::New(T::KIND), |_| None, None)
    }

    /// The fields of a kind, the id after the one that it is suggested from.
    fn of<T: Listed>(
        subject: Subject,
        value: impl Fn(T::Field) -> Option<Value>,
        id: Option<&Value>,
    ) -> Self {
        let mut fields = Vec::new();
        for (at, field) in T::FIELDS.iter().enumerate() {
            fields.push(Field::new(T::spec(*field), value(*field).as_ref()));
            // What an item is named by comes first.
            if at == 0 {
                let mut field = Field::new(&ID_SPEC, id);
                field.is_suggested = id.is_none();
                fields.push(field);
            }
        }
        Self { subject, fields, at: 0, is_leaving: false }
    }

    /// The scenario's own fields. The keys go to this one.
    pub(crate) fn of_whole(scenario: &Scenario, field: ScenarioField) -> Self {
        let own = |field: &ScenarioField| Field::new(field.spec(), scenario.field(*field).as_ref());
        let at = ScenarioField::ALL.iter().position(|other| *other == field).unwrap_or_default();
        let fields = ScenarioField::ALL.iter().map(own).collect();
        Self { subject: Subject::Whole, fields, at, is_leaving: false }
    }

    /// Rating, confidence and note of a cell; `None` is an empty one. The keys go to the note, since rating and
    /// confidence have keys of their own in the matrix.
    pub(crate) fn of_cell(evidence: EvidenceId, hypothesis: HypothesisId, cell: Option<&Cell>) -> Self {
        let judgement = cell.map(Cell::judgement).unwrap_or_default();
        let part = |field: &JudgementField| Field::new(field.spec(), judgement.field(*field).as_ref());
        let at = JudgementField::ALL.iter().position(|field| *field == JudgementField::Note);
        let fields = JudgementField::ALL.iter().map(part).collect();
        Self {
            subject: Subject::Cell(evidence, hypothesis),
            fields,
            at: at.unwrap_or_default(),
            is_leaving: false,
        }
    }

    /// What stands over it.
    pub(crate) fn title(&self) -> String {
        match &self.subject {
            Subject::Whole => "The scenario".into(),
            Subject::New(ItemKind::Evidence) => "New item".into(),
            Subject::New(kind) => format!("New {kind}"),
            Subject::Item(kind, id) => format!("{kind} {id}"),
            Subject::Cell(evidence, hypothesis) => format!("{evidence} / {hypothesis}"),
        }
    }

    /// What the field under the cursor is for and takes, in so many columns; while leaving, the question.
    pub(crate) fn advice(&self, scenario: &Scenario, columns: usize) -> String {
        if self.is_leaving {
            return "What was changed here goes. Esc again leaves, any other key stays".into();
        }
        let Some(field) = self.fields.get(self.at) else { return String::new() };
        let choices = self.choices(scenario, self.at);
        if !choices.is_empty() {
            return format!("{}: {}", expected(field.shape), some(&choices, 12));
        }
        let takes = expected(field.shape);
        let purpose = field.help.trim_end_matches('.');
        let clause = purpose.split([';', ':']).next().unwrap_or(purpose);
        let both = |purpose: &str, takes: &str| format!("{purpose}; {takes}");
        let said = match field.shape {
            // Words are seen where they are chosen.
            Shape::Text | Shape::Word(_) | Shape::Grade => vec![purpose.to_owned(), clause.to_owned()],
            Shape::Number | Shape::PositiveNumber | Shape::Day | Shape::List | Shape::TextOrList => {
                vec![both(purpose, &takes), both(clause, &takes), takes]
            }
            // In a form a month needs no quotes.
            Shape::Date => vec![both(clause, &takes), takes],
        };
        let fitting = said.iter().find(|said| width(said) <= columns);
        fitting.or(said.last()).cloned().unwrap_or_default()
    }

    /// The keys that do something in the field under the cursor.
    pub(crate) fn hint(&self) -> &'static str {
        match self.fields.get(self.at) {
            _ if self.is_leaving => "Esc leave  any other key stays",
            Some(field) if field.breaks_lines() => {
                "Ctrl-S accept  Esc cancel  Tab next  Enter new line  Ctrl-Z undo"
            }
            Some(field) if field.is_long() => "Enter accept  Esc cancel  Tab next  Ctrl-Z undo",
            Some(Field { shape: Shape::Word(_), .. }) => {
                "Enter accept  Esc cancel  ← → choose  Tab next  Del empty"
            }
            Some(_) | None => "Enter accept  Esc cancel  Tab next",
        }
    }

    pub(crate) fn field_mut(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.at)
    }

    /// What stands in a field now.
    pub(crate) fn text(&self, key: &str) -> Cow<'_, str> {
        self.fields.iter().find(|field| field.key == key).map_or(Cow::Borrowed(""), Field::text)
    }

    /// Whether so much was typed that leaving is worth a question.
    pub(crate) fn is_dear(&self) -> bool {
        let mut changed = self.fields.iter().filter(|field| field.is_changed() && !field.is_suggested);
        let is_long = |field: &Field| field.is_long() && field.text().chars().nth(DEAR).is_some();
        match (changed.next(), changed.next()) {
            (None, _) => false,
            (Some(one), None) => is_long(one),
            (Some(_), Some(_)) => true,
        }
    }

    /// Goes to the next or the previous field, round at the ends.
    pub(crate) fn step(&mut self, is_forward: bool) {
        let count = self.fields.len().max(1);
        self.at = if is_forward { (self.at + 1) % count } else { (self.at + count - 1) % count };
    }

    /// Tells the texts how wide they are shown.
    pub(crate) fn fit(&mut self, columns: u16) {
        for field in &mut self.fields {
            if let Content::Lines(area) = &mut field.content {
                area.fit(columns);
            }
        }
    }

    /// Suggests an id that is free, as long as none was typed.
    pub(crate) fn suggest(&mut self, scenario: &Scenario) {
        let Subject::New(kind) = self.subject else { return };
        let Some(name) = self.fields.first().filter(|field| !field.is_blank()).map(Field::text) else {
            return;
        };
        let suggested = suggestion(scenario, kind, &name);
        if let Some(field) = self.fields.iter_mut().find(|field| field.key == ID)
            && field.is_suggested
        {
            field.set(&suggested);
            field.objection = None;
        }
    }
}

/// An id that is free: the first words of a text, else the kind, numbered where that is taken.
fn suggestion(scenario: &Scenario, kind: ItemKind, text: &str) -> String {
    let id = suggest_id(text).unwrap_or_else(|| kind.as_str().to_owned());
    let short = match id.get(..=SUGGESTED).and_then(|start| start.rfind('-')) {
        Some(end) => id.get(..end).unwrap_or(&id),
        None => id.get(..SUGGESTED).unwrap_or(&id),
    };
    let ids = ids(scenario, kind);
    let mut numbered = (2..).map(|number| format!("{short}-{number}"));
    if !ids.contains(&short) {
        return short.to_owned();
    }
    numbered.find(|id| !ids.contains(&id.as_str())).unwrap_or_default()
}
