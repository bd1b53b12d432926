//! The columns of a table that are fields of its items.

use super::column::ColumnRole;
use super::grid::GridRow;
use super::shape::FoundTable;
use super::value::{self, ColumnScale, DayOrder, LevelScale, ReadValue};
use super::{ImportFault, ImportPlace, Imported, Purpose};
use crate::scenario::{Evidence, EvidenceField, Fielded};

/// How the fields of items are read.
#[derive(Debug)]
pub(super) struct FieldColumns {
    columns: Vec<FieldColumn>,
    /// The columns of a letter and a digit that make a grade together.
    graded: Option<(usize, usize)>,
}

#[derive(Debug)]
struct FieldColumn {
    column: usize,
    head: String,
    field: EvidenceField,
    scale: ColumnScale,
}

impl FieldColumns {
    /// Tells which columns are fields, and says what is assumed of them.
    pub(super) fn of(table: &FoundTable, imported: &mut Imported) -> Self {
        let head = table.head_row();
        let head_of = |column: usize| head.map_or("", |row| row.text(column)).to_owned();
        let find = |wanted: ColumnRole| {
            table.roles.iter().find(|(_, role)| *role == wanted).map(|(column, _)| *column)
        };
        let (credibility, reliability) = (find(ColumnRole::Credibility), find(ColumnRole::Reliability));
        let cells = |column: usize| {
            let rows = table.rows(&table.items);
            rows.map(move |row| row.text(column)).filter(|cell| !cell.is_empty())
        };
        let is_letter =
            |cell: &str| matches!(cell.to_uppercase().as_str(), "A" | "B" | "C" | "D" | "E" | "F");
        let is_digit = |cell: &str| matches!(cell, "1" | "2" | "3" | "4" | "5" | "6");
        let graded = reliability
            .zip(credibility)
            .filter(|(letters, digits)| cells(*letters).all(is_letter) && cells(*digits).all(is_digit));
        let relevance = find(ColumnRole::Is(Purpose::Field(EvidenceField::Relevance)));
        let levels = [credibility, relevance].into_iter().flatten();
        let joint = LevelScale::of(levels.flat_map(cells));
        let mut columns: Vec<FieldColumn> = Vec::new();
        for (column, role) in &table.roles {
            let column = *column;
            let place = || head.map(|row| table.grid.place(row, column)).unwrap_or_default();
            let field = match role {
                ColumnRole::Is(Purpose::Field(field)) if *field != EvidenceField::Text => *field,
                ColumnRole::Credibility if graded.is_some() => continue,
                ColumnRole::Credibility => EvidenceField::Credibility,
                ColumnRole::Reliability if graded.is_some() => {
                    imported.assume("reliability beside credibility", place(), "Admiralty grades such as B2");
                    imported.fields.push(EvidenceField::Grade);
                    continue;
                }
                ColumnRole::Reliability if credibility.is_none() => EvidenceField::Credibility,
                ColumnRole::Weight if credibility.is_none() && reliability.is_none() => {
                    imported.assume("the column of weights", place(), "credibility, by the nearest level");
                    EvidenceField::Credibility
                }
                ColumnRole::Reliability | ColumnRole::Weight => {
                    imported.leave_out("a column", place(), head_of(column));
                    continue;
                }
                ColumnRole::Is(_) | ColumnRole::Computed => continue,
            };
            if columns.iter().any(|other| other.field == field) {
                imported.leave_out("a second column for the same field", place(), head_of(column));
                continue;
            }
            if *role != ColumnRole::Weight {
                imported.fields.push(field);
            }
            // Columns of one table are on one scale, if there is one for all.
            let levels = joint.or_else(|| LevelScale::of(cells(column)));
            let scale = ColumnScale { levels, days: DayOrder::of(cells(column)) };
            columns.push(FieldColumn { column, head: head_of(column), field, scale });
        }
        imported.fields.push(EvidenceField::Text);
        Self { columns, graded }
    }

    /// Fills the fields of an item from its row.
    pub(super) fn fill(
        &self,
        item: &mut Evidence,
        row: &GridRow,
        table: &FoundTable,
        imported: &mut Imported,
        faults: &mut Vec<ImportFault>,
    ) {
        for column in &self.columns {
            let Some(cell) = row.get(column.column).filter(|cell| !cell.text.trim().is_empty()) else {
                continue;
            };
            let place = table.grid.place_of(cell);
            if set(item, column.field, &cell.text, column.scale, &column.head, &place, imported) {
                continue;
            }
            if column.field == EvidenceField::Kind && !table.is_own {
                keep_kind(item, &cell.text, &column.head, place, imported);
            } else {
                faults.push(column.fault(&cell.text, place));
            }
        }
        if let Some((letters, digits)) = self.graded {
            let grade = format!("{}{}", row.text(letters).to_uppercase(), row.text(digits));
            if let Some(read) = value::grade(&grade) {
                // Infallible: a grade that can be read is one.
                let _ = item.set_field(EvidenceField::Grade, Some(read.value));
            }
        }
    }
}

/// Sets a field from a text, and says once for all texts under this head if that is spelled otherwise. A grade in the
/// place of a level is one. Returns whether the text could be read.
pub(super) fn set(
    item: &mut Evidence,
    field: EvidenceField,
    text: &str,
    scale: ColumnScale,
    head: &str,
    place: &ImportPlace,
    imported: &mut Imported,
) -> bool {
    let grade = value::grade(text).filter(|_| field == EvidenceField::Credibility);
    let (field, read) = match grade {
        Some(grade) => (EvidenceField::Grade, Some(grade)),
        None => (field, value::read(field, text, scale)),
    };
    let Some(ReadValue { value, is_exact }) = read else { return false };
    let shown = value::shown(&value);
    if item.set_field(field, Some(value)).is_err() {
        return false;
    }
    let start = format!("{head} written as ");
    if !is_exact && !imported.assumed.iter().any(|other| other.what.starts_with(&start)) {
        imported.assume(format!("{start}\"{}\"", text.trim()), place.clone(), shown);
    }
    true
}

/// Keeps a kind of another program as a label, and says so once.
pub(super) fn keep_kind(
    item: &mut Evidence,
    text: &str,
    head: &str,
    place: ImportPlace,
    imported: &mut Imported,
) {
    item.tags.get_or_insert_default().push(text.trim().to_owned());
    if !imported.assumed.iter().any(|other| other.what == head) {
        imported.assume(head, place, "tags, where it is not a kind of ours");
    }
}

impl FieldColumn {
    fn fault(&self, cell: &str, place: ImportPlace) -> ImportFault {
        let cell = cell.trim();
        let message = format!("\"{cell}\" cannot be read as {}", Evidence::key(self.field));
        let expected = match self.field {
            EvidenceField::Date => "write it as 2025-12-04, 2025-12 or 2025",
            EvidenceField::Credibility => {
                "expected low, medium, high, a grade such as B2, or a number from 0.5 to 2"
            }
            EvidenceField::Relevance => "expected low, medium, high, or a number from 0.5 to 2",
            EvidenceField::Grade => "expected an Admiralty grade such as B2",
            _ => "expected a word of the format",
        };
        ImportFault::new(
            place,
            message,
            format!("{expected}; or leave the column out with --map '{}=ignore'", self.head),
        )
    }
}
