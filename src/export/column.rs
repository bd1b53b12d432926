//! The columns of a matrix in other programs: those of the items' fields, then one for each hypothesis.

use super::{ExportCase, Heads};
use crate::scenario::{Cell, Evidence, EvidenceField, Fielded, Hypothesis, Rating, Value};

/// Fields in the order of their columns. Fields that are not listed follow.
const ORDER: [EvidenceField; 16] = [
    EvidenceField::Text,
    EvidenceField::Kind,
    EvidenceField::Status,
    EvidenceField::Searched,
    EvidenceField::Date,
    EvidenceField::Source,
    EvidenceField::Credibility,
    EvidenceField::Relevance,
    EvidenceField::Grade,
    EvidenceField::Group,
    EvidenceField::RestsOn,
    EvidenceField::Tags,
    EvidenceField::Url,
    EvidenceField::Locator,
    EvidenceField::Quote,
    EvidenceField::Note,
];

/// Between the entries of a list.
const BETWEEN: &str = "; ";

impl ExportCase<'_> {
    /// Returns the fields that any of the items has, and the text.
    pub(super) fn fields(&self) -> Vec<EvidenceField> {
        let others = EvidenceField::ALL.iter().filter(|field| !ORDER.contains(field));
        let is_used = |field: &EvidenceField| {
            *field == EvidenceField::Text
                || self.scenario.evidence.iter().any(|item| item.field(*field).is_some())
        };
        ORDER.iter().chain(others).copied().filter(is_used).collect()
    }

    /// Returns the head of the column of a hypothesis.
    pub(super) fn head(&self, hypothesis: &Hypothesis) -> String {
        match self.options.heads {
            Heads::Both => format!("{}: {}", hypothesis.id, hypothesis.name),
            Heads::Id => hypothesis.id.to_string(),
            Heads::Name => hypothesis.name.clone(),
        }
    }

    /// Returns the cells of an item, one for each hypothesis.
    pub(super) fn cells<'b>(&'b self, item: &'b Evidence) -> impl Iterator<Item = Option<&'b Cell>> {
        (0..self.scenario.hypotheses.len()).map(|at| item.ratings.get(at))
    }
}

/// Returns a field as the text of a cell; `None` if it is absent. Where a list may stand, a semicolon inside an entry
/// becomes a comma.
pub(super) fn field_text<T: Fielded>(owner: &T, field: T::Field) -> Option<String> {
    Some(match owner.field(field)? {
        Value::Text(text) if T::shape(field).is_list() => text.replace(';', ","),
        Value::Text(text) => text,
        Value::Number(number) => crate::report::exact(number),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date) => date.to_string(),
        Value::List(list) => {
            list.iter().map(|entry| entry.replace(';', ",")).collect::<Vec<_>>().join(BETWEEN)
        }
    })
}

/// Returns the rating and the note of a cell as one text, `II (why)`.
pub(super) fn rating_with_note(cell: &Cell) -> String {
    let rating = cell.rating.map_or("", Rating::as_str);
    match cell.note().filter(|note| !note.trim().is_empty()) {
        Some(note) => format!("{rating} ({note})").trim_start().to_owned(),
        None => rating.to_owned(),
    }
}
