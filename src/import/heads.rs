//! The head row of a table: refused where names are missing, or have slipped by a column.

use super::column::{ColumnRole, role};
use super::grid::GridRow;
use super::shape::FoundTable;
use super::{ImportFault, Purpose};

/// The faults of the head row.
pub(super) fn check(table: &FoundTable) -> Vec<ImportFault> {
    let Some(head) = table.head_row() else { return Vec::new() };
    let is_rating = |column: &&usize| {
        let text = head.text(**column);
        // A lone letter may be a name.
        text.len() > 1 && table.reader.is_rating(text)
    };
    let ratings = table.hypotheses.iter().filter(is_rating).map(|column| {
        let text = head.text(*column);
        let message = format!("the row above the ratings has a rating itself, \"{text}\", and no names");
        let help = "put a row with the names of the hypotheses above the ratings";
        ImportFault::new(table.grid.place(head, *column), message, help)
    });
    ratings.chain(slipped(table, head)).collect()
}

/// The fault of heads that stand beside the columns that they belong to: ratings below none, or below that of a field
/// while the last hypothesis has none.
fn slipped(table: &FoundTable, head: &GridRow) -> Option<ImportFault> {
    let rows: Vec<&GridRow> = table.rows(&table.items).collect();
    let is_rated = |column: usize| rows.iter().any(|row| table.reader.is_rating(row.text(column)));
    let headless = table.hypotheses.iter().copied().find(|column| head.text(*column).is_empty());
    let mut columns = table.hypotheses.clone();
    if headless.is_none() {
        let unfilled = |column: &usize| rows.iter().all(|row| row.text(*column).is_empty());
        let after = columns.last().map(|last| last + 1);
        let is_left = |column: &usize| table.strangers.contains(column) && !head.text(*column).is_empty();
        columns.extend(after.filter(is_left));
        columns.last().copied().filter(unfilled)?;
        let before = columns.first().and_then(|first| first.checked_sub(1))?;
        let is_field =
            |role: &ColumnRole| !matches!(role, ColumnRole::Is(Purpose::Hypothesis | Purpose::Ignored));
        table.roles.iter().find(|(column, role)| *column == before && is_field(role))?;
        let is_read =
            |row: &&GridRow| row.text(before).is_empty() || table.reader.is_rating(row.text(before));
        if !is_rated(before) || !rows.iter().all(is_read) {
            return None;
        }
        columns.insert(0, before);
    }
    let row =
        rows.iter().find(|row| columns.iter().any(|column| table.reader.is_rating(row.text(*column))))?;
    let said = |(head, cell): (&str, &str)| {
        let cell = if cell.is_empty() { "blank".to_owned() } else { format!("\"{cell}\"") };
        format!("{} {cell}", if head.is_empty() { "(no head)" } else { head })
    };
    let standing = columns.iter().map(|column| said((head.text(*column), row.text(*column))));
    let standing = standing.collect::<Vec<_>>().join(", ");
    // Heads may have slipped to the left or to the right.
    let is_left = headless.is_some() && headless.as_ref() == columns.last();
    let name_of = |column: usize| {
        let beside = if is_left { column.checked_sub(1)? } else { column + 1 };
        Some(head.text(beside)).filter(|name| !name.is_empty() && role(name).is_none())
    };
    let rated = columns.iter().copied().filter(|column| is_rated(*column));
    let moved: Option<Vec<String>> =
        rated.map(|column| Some(said((name_of(column)?, row.text(column))))).collect();
    let place = table.grid.place(head, headless.or(columns.first().copied())?);
    Some(match moved {
        Some(moved) => {
            let moved = moved.join(", ");
            let message = format!(
                "the heads have slipped: as they stand, the first row has {standing}; moved by a column, {moved}"
            );
            let help = "correct the head row, so that each hypothesis stands over its own ratings";
            ImportFault::new(place, message, help)
        }
        None => {
            let message = format!("a column of ratings has no head: the first row has {standing}");
            ImportFault::new(place, message, "write the name of each hypothesis over its ratings")
        }
    })
}
