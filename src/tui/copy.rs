//! Copying: cells, rows and the table as tab-separated text for spreadsheets.
//!
//! The columns are those of the CSV output. Must never know the clipboard.

use crate::present::{MatrixReport, RecordField, Report, Request};
use crate::scenario::{Rating, Scenario};
use crate::text::single_line;

/// Returns the column names and the rows of these items, a line each.
pub(crate) fn table(scenario: &Scenario, items: &[usize]) -> String {
    let report = MatrixReport::new(scenario, Request::default());
    let records = report.records();
    let mut lines = vec![records.columns.iter().map(|name| cell(name)).collect::<Vec<_>>().join("\t")];
    // Without a limit, the records are those of all items, in the order of the file.
    let all: Vec<String> = records.rows.iter().map(|fields| line(&fields)).collect();
    lines.extend(items.iter().filter_map(|item| all.get(*item).cloned()));
    lines.join("\n")
}

/// Returns the row of one item, without column names.
pub(crate) fn row(scenario: &Scenario, item: usize) -> String {
    let report = MatrixReport::new(scenario, Request::default());
    let fields = report.records().rows.iter().nth(item);
    fields.map(|fields| line(&fields)).unwrap_or_default()
}

fn line(fields: &[RecordField<'_>]) -> String {
    let written = |field: &RecordField<'_>| match field {
        RecordField::Empty => String::new(),
        RecordField::Text(text) => cell(text),
        RecordField::Count(count) => count.to_string(),
        // Adding 0 turns a negative zero into a positive one.
        RecordField::Number(number) | RecordField::Probability(number) => (number + 0.0).to_string(),
    };
    fields.iter().map(written).collect::<Vec<_>>().join("\t")
}

/// Returns the ratings of these items and hypotheses, a line each item.
pub(crate) fn ratings(scenario: &Scenario, rows: &[usize], columns: &[usize]) -> String {
    let word = |row: usize, column: usize| {
        let rating = scenario.evidence.get(row).and_then(|item| item.ratings.rating(column));
        rating.map_or("", Rating::as_str)
    };
    let line = |row: &usize| columns.iter().map(|column| word(*row, *column)).collect::<Vec<_>>().join("\t");
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Returns a text that stays in one cell and is not read as a formula.
fn cell(text: &str) -> String {
    let text = single_line(text);
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;

    #[test]
    fn texts_stay_in_their_cells_and_are_no_formulas() {
        let text = "ach = 1\ntitle = \"t\"\nhypothesis = [{ id = \"h\", name = \"H\" }]\n\
                    [[evidence]]\nid = \"a\"\ntext = \"=1+1\\tb\"\nratings = { h = \"II\" }\n\
                    [[evidence]]\nid = \"b\"\ntext = \"x\"\n";
        let scenario = read(text.into()).scenario.unwrap();
        let head = "id\ttext\tkind\tdate\tsources\tweight\tdiagnosticity\th";
        let a = "a\t'=1+1 b\tfact\t\t\t1\t0\tII";
        assert_eq!(row(&scenario, 0), a);
        assert_eq!(table(&scenario, &[1, 0]), format!("{head}\nb\tx\tfact\t\t\t1\t0\t\n{a}"));
    }
}
