//! Forms: the fields of an item or a cell as lines that are filled in.
//!
//! Made from the fields that the scenario's types declare, so a new field appears by itself. Knows the typed texts, the
//! order of fields, the rules for their contents ([`rule`]) and the changes that a form makes ([`accept`]). Must never
//! change a scenario.

mod accept;
mod cells;
mod draft;
mod field;
mod picker;
mod rule;

use std::borrow::Cow;

pub(crate) use accept::changes;
pub(crate) use field::{FieldContent, FormField};
pub(crate) use picker::{PickFrom, Picker, Picking};

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::change::Listed;
use crate::present::expected;
use crate::present::target::{by_kind, ids};
use crate::present::words::{capitalized, item_words};
use crate::scenario::{
    Cell, Date, Evidence, EvidenceId, FieldSpec, Fielded, Hypothesis, HypothesisId, ID_RULE, ItemKind,
    JudgementField, Nature, Scenario, ScenarioField, Shape, Source, Value, suggest_estimate_id, suggest_id,
};
use crate::text::width;

/// Key of the line for the id.
pub(crate) const ID: &str = "id";

/// A field on one line that takes any text.
const LINE_SPEC: FieldSpec = FieldSpec {
    key: "",
    shape: Shape::Text,
    is_required: false,
    nature: Nature::Fact,
    help: "",
    default: None,
    refers_to: None,
};

/// The line for the id.
const ID_SPEC: FieldSpec = FieldSpec { key: ID, is_required: true, help: ID_RULE, ..LINE_SPEC };

/// The field of a pasted block.
const BLOCK_SPEC: FieldSpec = FieldSpec {
    key: "block",
    nature: Nature::Prose,
    help: "Paste here; Ctrl-S then asks what it is. Cells are separated by tabs: ratings, or items with theirs.",
    ..LINE_SPEC
};

/// The keys of the outcome begin so.
const OUTCOME: &str = "outcome.";

/// Longest suggested id, in characters: a row of the matrix begins with it.
const SUGGESTED: usize = 24;

/// Length in characters from which a typed text is not discarded without a question.
const LONG_TEXT: usize = 60;

/// The question before typed texts are lost.
pub(crate) const LEAVING: &str = "Your changes here will be lost. Esc again leaves, any other key stays";

/// Returns the key that an event means in a form: Ctrl-C is Esc, and Ctrl-S, which accepts, is F2.
pub(crate) const fn key_in_form(event: KeyEvent) -> KeyCode {
    match event.code {
        KeyCode::Char('c') if event.modifiers.contains(KeyModifiers::CONTROL) => KeyCode::Esc,
        KeyCode::Char('s') if event.modifiers.contains(KeyModifiers::CONTROL) => KeyCode::F(2),
        code => code,
    }
}

/// The subject of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FormSubject {
    /// The scenario's own fields.
    Whole,
    /// A new item of this kind.
    New(ItemKind),
    /// The item of this kind with this id.
    Item(ItemKind, String),
    /// A cell.
    Cell(EvidenceId, HypothesisId),
    /// A block that is pasted, for terminals that do not tell pasted text from keys.
    Block,
}

impl FormSubject {
    /// Whether it has a row or a column in the matrix, or will have one.
    pub(crate) const fn is_in_matrix(&self) -> bool {
        matches!(
            self,
            Self::Cell(..)
                | Self::New(ItemKind::Evidence | ItemKind::Hypothesis)
                | Self::Item(ItemKind::Evidence | ItemKind::Hypothesis, _)
        )
    }
}

/// A form, with at least one field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Form {
    pub(crate) subject: FormSubject,
    pub(crate) fields: Vec<FormField>,
    /// Position of the field under the cursor.
    pub(crate) at: usize,
    /// Whether the question is asked if the typed texts may be discarded.
    pub(crate) is_leaving: bool,
    /// The picker that is open over the field under the cursor.
    pub(crate) picker: Option<Picker>,
    /// Sources that are to be declared, since a field cites them.
    sources: Vec<Source>,
}

impl Form {
    /// Returns a form with the cursor on the field at this position.
    const fn new(subject: FormSubject, fields: Vec<FormField>, at: usize) -> Self {
        Self { subject, fields, at, is_leaving: false, picker: None, sources: Vec::new() }
    }

    /// Returns the form of the item of a kind with this id; `None` if there is none.
    pub(crate) fn of_item(scenario: &Scenario, kind: ItemKind, id: &str) -> Option<Self> {
        fn of<T: Listed>(scenario: &Scenario, id: &str) -> Option<Vec<FormField>> {
            let item = scenario.item::<T>(&T::parse_id(id)?)?;
            Some(fields::<T>(|field| item.field(field), Some(&Value::Text(id.to_owned()))))
        }
        let fields = by_kind!(kind, of(scenario, id))?;
        Some(Self::new(FormSubject::Item(kind, id.to_owned()), fields, 0).with_cells(scenario))
    }

    /// Returns the form of a new item of a kind.
    pub(crate) fn of_new(scenario: &Scenario, kind: ItemKind) -> Self {
        fn of<T: Listed>() -> Vec<FormField> {
            fields::<T>(|_| None, None)
        }
        Self::new(FormSubject::New(kind), by_kind!(kind, of()), 0).with_cells(scenario)
    }

    /// Returns the form of the scenario's own fields, with the cursor on this one. The outcome has a form of its own.
    pub(crate) fn of_whole(scenario: &Scenario, field: ScenarioField) -> Self {
        let own = |field: ScenarioField| FormField::new(field.spec(), scenario.field(field).as_ref());
        let is_outcome = |field: ScenarioField| field.as_str().starts_with(OUTCOME);
        let shown =
            || ScenarioField::ALL.iter().copied().filter(|other| is_outcome(*other) == is_outcome(field));
        let at = shown().position(|other| other == field).unwrap_or_default();
        Self::new(FormSubject::Whole, shown().map(own).collect(), at)
    }

    /// Returns the form of a cell; `None` is an empty one. The cursor is on the note, since rating and confidence have
    /// keys of their own in the matrix.
    pub(crate) fn of_cell(evidence: EvidenceId, hypothesis: HypothesisId, cell: Option<&Cell>) -> Self {
        let judgement = cell.map(Cell::judgement).unwrap_or_default();
        let part = |field: &JudgementField| FormField::new(field.spec(), judgement.field(*field).as_ref());
        let at = JudgementField::ALL.iter().position(|field| *field == JudgementField::Note);
        let fields = JudgementField::ALL.iter().map(part).collect();
        Self::new(FormSubject::Cell(evidence, hypothesis), fields, at.unwrap_or_default())
    }

    /// Returns a form for a pasted block.
    pub(crate) fn of_block() -> Self {
        Self::new(FormSubject::Block, vec![FormField::new(&BLOCK_SPEC, None)], 0)
    }

    /// Returns the title.
    pub(crate) fn title(&self, scenario: &Scenario) -> String {
        match &self.subject {
            FormSubject::Whole if self.fields.iter().any(|field| field.key.starts_with(OUTCOME)) => {
                "The outcome".into()
            }
            FormSubject::Whole => "The scenario".into(),
            FormSubject::New(ItemKind::Estimate) => "What do you think now?".into(),
            FormSubject::New(kind) => format!("New {}", item_words(*kind).0),
            FormSubject::Item(kind, id) => format!("{} {id}", capitalized(item_words(*kind).0)),
            FormSubject::Block => "A block from a spreadsheet".into(),
            FormSubject::Cell(evidence, hypothesis) => {
                let name = scenario.item::<Hypothesis>(hypothesis).map_or(hypothesis.as_str(), |h| &h.name);
                format!("{evidence} / {name}")
            }
        }
    }

    /// Returns the title of the picker that is open.
    pub(crate) fn picker_title(&self) -> String {
        let label = self.fields.get(self.at).map_or("", FormField::label);
        match &self.subject {
            FormSubject::Whole => format!("{label} of the scenario"),
            FormSubject::New(kind) => format!("{label} of the new {}", item_words(*kind).0),
            FormSubject::Item(_, id) => format!("{label} of {id}"),
            FormSubject::Cell(evidence, _) => format!("{label} of {evidence}"),
            FormSubject::Block => label.to_owned(),
        }
    }

    /// Returns the text of the item that a form is about but does not show; `None` for other forms than those of cells.
    pub(crate) fn about<'s>(&self, scenario: &'s Scenario) -> Option<&'s str> {
        let FormSubject::Cell(evidence, _) = &self.subject else { return None };
        scenario.item::<Evidence>(evidence).map(|item| item.text.as_str())
    }

    /// Returns the purpose and the syntax of the field under the cursor.
    pub(crate) fn advice(&self, scenario: &Scenario) -> String {
        let Some(field) = self.fields.get(self.at) else { return String::new() };
        let takes = expected(field.shape);
        let purpose = field.help.trim_end_matches('.');
        let clause = purpose.split([';', ':']).next().unwrap_or(purpose);
        match field.shape {
            _ if self.pick_from(scenario).is_some() => format!("{clause}; letters search, Space shows all"),
            // The words are shown where they are chosen.
            Shape::Text | Shape::Name | Shape::Word(_) | Shape::Flag | Shape::Grade => purpose.to_owned(),
            Shape::Number | Shape::PositiveNumber | Shape::Day | Shape::List | Shape::TextOrList => {
                format!("{purpose}; {takes}")
            }
            // In a form a month needs no quotes.
            Shape::Date => format!("{clause}; {takes}"),
        }
    }

    /// Returns the keys that do something in the field under the cursor.
    pub(crate) fn hint(&self) -> &'static str {
        match self.fields.get(self.at) {
            _ if let Some(picker) = &self.picker => picker.hint(),
            _ if self.is_leaving => "Esc leave  any other key stays",
            Some(field) if field.breaks_lines() => {
                "Ctrl-S accept  Esc back  Tab next  Enter new line  F4 in $EDITOR  Ctrl-Z undo"
            }
            Some(field) if field.is_long() => "Enter accept  Esc back  Tab next  Ctrl-Z undo",
            Some(field) if field.shape.words().is_some() => {
                "Enter accept  Esc back  ← → choose  Tab next  Del empty"
            }
            Some(_) | None => "Enter accept  Esc back  Tab next",
        }
    }

    /// Returns what the field under the cursor can name; `None` where that is nothing or any text.
    pub(crate) fn pick_from(&self, scenario: &Scenario) -> Option<PickFrom> {
        let field = self.fields.get(self.at)?;
        match self.subject {
            FormSubject::New(kind) | FormSubject::Item(kind, _) => {
                PickFrom::of(scenario, Some(kind), field.key)
            }
            FormSubject::Whole => PickFrom::of(scenario, None, field.key),
            FormSubject::Cell(..) | FormSubject::Block => None,
        }
    }

    /// Opens the picker of the field under the cursor, if it has one. Returns whether it has.
    pub(crate) fn open_picker(&mut self, scenario: &Scenario) -> bool {
        let Some((from, field)) = self.pick_from(scenario).zip(self.fields.get(self.at)) else {
            return false;
        };
        self.picker = Some(Picker::new(&self.declared(scenario), from, field.shape, &field.text()));
        true
    }

    /// Puts what was taken into the field.
    pub(crate) fn take_picked(&mut self, picker: Picker) {
        if let Some(field) = self.fields.get_mut(self.at)
            && field.text() != picker.text()
        {
            field.choose_word(&picker.text());
        }
        self.sources.extend(picker.sources);
    }

    /// Returns the scenario with the sources that the form is to declare.
    pub(crate) fn declared<'s>(&self, scenario: &'s Scenario) -> Cow<'s, Scenario> {
        if self.sources.is_empty() {
            return Cow::Borrowed(scenario);
        }
        let mut declared = scenario.clone();
        declared.sources.extend(self.sources.iter().cloned());
        Cow::Owned(declared)
    }

    pub(crate) fn field_mut(&mut self) -> Option<&mut FormField> {
        self.fields.get_mut(self.at)
    }

    /// Returns the present text of a field.
    pub(crate) fn text(&self, key: &str) -> Cow<'_, str> {
        self.fields.iter().find(|field| field.key == key).map_or(Cow::Borrowed(""), FormField::text)
    }

    /// Whether so much was typed that leaving takes a question.
    pub(crate) fn asks_before_leaving(&self) -> bool {
        let mut changed = self.fields.iter().filter(|field| field.is_changed() && !field.is_suggested);
        let is_long = |field: &FormField| field.is_long() && field.text().chars().nth(LONG_TEXT).is_some();
        match (changed.next(), changed.next()) {
            (None, _) => false,
            (Some(one), None) => is_long(one),
            (Some(_), Some(_)) => true,
        }
    }

    /// Goes to the next or the previous field, in a circle.
    pub(crate) fn step(&mut self, is_forward: bool) {
        let count = self.fields.len().max(1);
        self.at = if is_forward { (self.at + 1) % count } else { (self.at + count - 1) % count };
    }

    /// Sets the width of the texts.
    pub(crate) fn fit(&mut self, columns: u16) {
        for field in &mut self.fields {
            if let FieldContent::Lines(area) = &mut field.content {
                area.fit(columns);
            }
        }
    }

    /// Fills in a field as a suggestion.
    pub(crate) fn fill_in(&mut self, key: &str, text: &str) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.key == key) {
            field.set(text);
            field.is_suggested = true;
        }
    }

    /// Suggests a free id, and a short name for a hypothesis, until they are typed.
    pub(crate) fn suggest(&mut self, scenario: &Scenario) {
        let FormSubject::New(kind) = self.subject else { return };
        let Some(name) = self.fields.first().filter(|field| !field.is_blank()).map(FormField::text) else {
            return;
        };
        let suggested = match kind {
            ItemKind::Estimate => {
                let is_taken = |id: &str| ids(scenario, kind).contains(&id);
                suggest_estimate_id(&name, Date::parse(self.text("date").trim()), is_taken)
            }
            _ => suggestion(scenario, kind, &name),
        };
        let short = (kind == ItemKind::Hypothesis).then(|| suggest_short(scenario, &name)).flatten();
        if let Some(field) = self.fields.iter_mut().find(|field| field.key == SHORT)
            && (field.is_blank() || field.is_suggested)
        {
            field.set(&short.unwrap_or_default());
            field.is_suggested = true;
        }
        if let Some(field) = self.fields.iter_mut().find(|field| field.key == ID)
            && field.is_suggested
        {
            field.set(&suggested);
            field.objection = None;
        }
    }
}

/// Returns the fields of a kind of item. The id comes after the field that it is suggested from.
fn fields<T: Listed>(value: impl Fn(T::Field) -> Option<Value>, id: Option<&Value>) -> Vec<FormField> {
    let mut fields: Vec<FormField> =
        T::FIELDS.iter().map(|field| FormField::new(T::spec(*field), value(*field).as_ref())).collect();
    let mut field = FormField::new(&ID_SPEC, id);
    field.is_suggested = id.is_none();
    fields.insert(1.min(fields.len()), field);
    fields
}

/// Key of the short name of a hypothesis.
const SHORT: &str = "short";

/// Longest name that needs no short one, in columns.
const NARROW: usize = 14;

/// Words that tell no names apart.
const SMALL_WORDS: &[&str] = &["a", "an", "the", "of", "for", "in", "on", "by", "and", "to", "it"];

/// Returns a short name: the first words that the names of other hypotheses do not have, as many as fit. `None` for a
/// name that is short itself, or without such words.
fn suggest_short(scenario: &Scenario, name: &str) -> Option<String> {
    if width(name) <= NARROW {
        return None;
    }
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let others: Vec<String> =
        scenario.hypotheses.iter().flat_map(|other| other.name.split_whitespace().map(bare)).collect();
    let mut short = String::new();
    for word in name.split_whitespace() {
        let own = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_own =
            !own.is_empty() && !SMALL_WORDS.contains(&bare(word).as_str()) && !others.contains(&bare(word));
        let longer = if short.is_empty() { own.to_owned() } else { format!("{short} {own}") };
        if is_own && (width(&longer) <= NARROW) {
            short = longer;
        } else if !short.is_empty() {
            break;
        }
    }
    let mut letters = short.chars();
    let first = letters.next()?;
    let short: String = first.to_uppercase().chain(letters).collect();
    let is_free = |other: &Hypothesis| other.header().to_lowercase() != short.to_lowercase();
    scenario.hypotheses.iter().all(is_free).then_some(short)
}

/// Returns a free id for an item of a kind: the first words of a text, else the kind, with a number if it is taken.
pub(crate) fn suggestion(scenario: &Scenario, kind: ItemKind, text: &str) -> String {
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
