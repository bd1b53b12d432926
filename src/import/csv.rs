//! CSV and its kin: records of fields, with commas, semicolons, tabs or bars between.

use super::ImportFault;
use super::grid::{CellBudget, Cursor, Grid, GridCell, GridRow};
use crate::text::unquote_formula;

/// The delimiters that are known, the most usual first.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// The number of records from which the delimiter is told.
const SAMPLE: usize = 20;

/// Reads a text as one grid. Without a delimiter, that one is taken which a first line such as `sep=;` names, as Excel
/// has it, else that under which most of the first records have equally many fields.
///
/// # Errors
/// A fault if there are too many cells.
pub(super) fn grid(text: &str, delimiter: Option<char>) -> Result<(Grid, char), ImportFault> {
    let declared = declared(text);
    let delimiter = delimiter.or(declared).unwrap_or_else(|| {
        let (mut best, mut most) = (',', (0, 1));
        for delimiter in DELIMITERS {
            let (alike, of) = alike(text, delimiter);
            // Shares are compared: under a wrong delimiter there may be more records.
            if alike * most.1 > most.0 * of {
                (best, most) = (delimiter, (alike, of));
            }
        }
        best
    });
    let mut grid = read(text, delimiter)?;
    if declared.is_some() && !grid.rows.is_empty() {
        grid.rows.remove(0);
    }
    Ok((grid, delimiter))
}

/// The delimiter that the first line names.
fn declared(text: &str) -> Option<char> {
    let line = text.lines().next()?.trim_end_matches('\r').trim_matches('"');
    let mut named = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?.chars();
    named.next().filter(|delimiter| delimiter.is_ascii() && named.next().is_none())
}

fn reader(text: &str, delimiter: char) -> csv::Reader<&[u8]> {
    let delimiter = u8::try_from(delimiter).unwrap_or(b',');
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// How many of the first records have the number of fields that most have, none where that is one, and how many there are.
fn alike(text: &str, delimiter: char) -> (usize, usize) {
    let mut counts = std::collections::BTreeMap::new();
    for record in reader(text, delimiter).byte_records().take(SAMPLE).flatten() {
        *counts.entry(record.len()).or_insert(0) += 1;
    }
    let all = counts.values().sum();
    let alike = counts.into_iter().filter(|(fields, _)| *fields > 1).map(|(_, records)| records).max();
    (alike.unwrap_or(0), all)
}

fn read(text: &str, delimiter: char) -> Result<Grid, ImportFault> {
    let (mut grid, mut budget) = (Grid::default(), CellBudget::default());
    let mut cursor = Cursor::new(text);
    let mut last = 0;
    // Invalid records cannot come: the text is UTF-8 and any number of fields will do.
    for record in reader(text, delimiter).records().flatten() {
        let mut at = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        // Empty lines before the record belong to no record.
        at += text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let mut row = GridRow::default();
        for (column, field) in record.iter().enumerate() {
            let (line, place) = cursor.position(at);
            if column == 0 {
                row.number = line;
            }
            let content = unquote_formula(field);
            if !content.is_empty() {
                budget.take(content.len())?;
                row.cells.push(GridCell { column, text: content.to_owned(), line, at: place });
            }
            at = end(text, at, delimiter) + 1;
        }
        row.is_after_gap = row.number > last + 1;
        if !row.is_empty() {
            last = cursor.position(at - 1).0;
            grid.rows.push(row);
        }
    }
    Ok(grid)
}

/// The offset of what ends the field that begins at `start`.
fn end(text: &str, start: usize, delimiter: char) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let mut is_quoted = rest.starts_with('"');
    let mut bytes = rest.bytes().enumerate().skip(usize::from(is_quoted)).peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            // A quote that is written twice is a character of the field.
            b'"' if is_quoted => is_quoted = bytes.next_if(|(_, next)| *next == b'"').is_some(),
            b'\n' | b'\r' if !is_quoted => return start + at,
            _ if !is_quoted && char::from(byte) == delimiter => return start + at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_most_records_agree_on() {
        for (text, delimiter) in [
            ("a,b\n1,2\n", ','),
            ("a;b,c\n1;2\n3;4\n", ';'),
            ("a\tb\n1\t2\n", '\t'),
            ("a|b\n1|2\n", '|'),
            ("Title, long\n\nx;y;z\n1;2;3\n4;5;6\n", ';'),
            ("id,text\n\"a\n\"\"b\"\"\tc\",\"d\n\"\"b\"\"\tc\"\n", ','),
            ("alone\n", ','),
            ("sep=;\na,b,c;d\n", ';'),
            ("\"sep=|\"\na,b|c\n", '|'),
        ] {
            assert_eq!(grid(text, None).expect(text).1, delimiter, "{text}");
        }
    }

    #[test]
    fn every_field_has_its_line_and_column() {
        let (grid, _) = grid("id,text\n\n\"a\nb\",\"x \"\"y\"\", z\",'=1\n,last", None).expect("a grid");
        let cells: Vec<_> = grid
            .rows
            .iter()
            .flat_map(|row| {
                row.cells.iter().map(|cell| (cell.text.as_str(), cell.column, cell.line, cell.at))
            })
            .collect();
        assert_eq!(
            cells,
            [
                ("id", 0, 1, 1),
                ("text", 1, 1, 4),
                ("a\nb", 0, 3, 1),
                ("x \"y\", z", 1, 4, 4),
                ("=1", 2, 4, 17),
                ("last", 1, 5, 2)
            ]
        );
        assert_eq!(grid.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 3, 5]);
    }
}
