//! A table drawn in the columns and widths that the layout decided.

use std::borrow::Cow;
use std::io::{self, Write};

use super::layout::{Block, PADDING, PlannedColumn};
use super::line::LineBuilder;
use super::prose::paragraph;
use crate::present::{Align, Cell, Column, Phrase, Role, Table, Tone};
use crate::report::{Colour, Options};
use crate::text::{single_line, truncate, width, wrap_plain};

/// Lines that one row may take, and that it may in a long table; longer texts end in an ellipsis.
const MAX_LINES: (usize, usize) = (3, 2);
/// A table with more rows is long: its heads are repeated above its totals.
const LONG: usize = 10;
const RULE: char = '─';

/// Writes a table block by block.
pub(super) fn write(
    table: &Table<'_>,
    blocks: &[Block],
    options: Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    if !options.quiet {
        write_legend(table.signs, options, out)?;
    }
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write_block(table, block, options.colour, out)?;
    }
    let drawn = |planned: &PlannedColumn| table.columns.get(planned.column);
    let mut fixed = blocks.iter().flat_map(|block| &block.fixed).filter_map(drawn);
    if !options.quiet && fixed.any(|column| column.role == Role::Figure) {
        write_legend(table.figures, options, out)?;
    }
    Ok(())
}

/// Writes what signs or figures mean; nothing for an empty text.
pub(super) fn write_legend(text: &str, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let text = [Phrase::new(text, Tone::Dim)];
    let lines = paragraph(&text, options.width, options.colour);
    lines.iter().filter(|line| !line.is_empty()).try_for_each(|line| writeln!(out, "{line}"))
}

fn write_block(table: &Table<'_>, block: &Block, colour: Colour, out: &mut dyn Write) -> io::Result<()> {
    let shown: Vec<(PlannedColumn, &Column<'_>)> = block
        .fixed
        .iter()
        .chain(&block.values)
        .filter_map(|planned| Some((*planned, table.columns.get(planned.column)?)))
        .collect();
    let is_long = table.rows.len() > LONG;
    let lines = if is_long { MAX_LINES.1 } else { MAX_LINES.0 };
    let rule = RULE.to_string().repeat(block.width());
    let columns = shown.iter().map(|(planned, column)| (planned.width, column.align)).collect();
    let mut rows = RowWriter { columns, lines, colour, line: LineBuilder::default() };
    let heads: Vec<_> = shown.iter().map(|(planned, column)| head(column, planned.width)).collect();
    rows.write(heads.iter(), out)?;
    writeln!(out, "{rule}")?;
    for mut cells in table.rows.iter() {
        for (planned, _) in shown.iter().filter(|(_, column)| column.role == Role::Key) {
            if let Some(cell) = cells.get_mut(planned.column) {
                cell.text = truncate(&single_line(&cell.text), planned.width).into_owned().into();
            }
        }
        rows.write(shown.iter().filter_map(|(planned, _)| cells.get(planned.column)), out)?;
    }
    if table.totals.is_empty() {
        return Ok(());
    }

    writeln!(out, "{rule}")?;
    if is_long {
        rows.write(heads.iter(), out)?;
    }
    // The label takes the place of key, text and figures, which are columns of their own above.
    let first = table.columns.iter().position(|column| column.role == Role::Value).unwrap_or_default();
    let values = block.values.iter().map(|planned| (planned.width, Align::Right));
    rows.columns = std::iter::once((block.label_width(), Align::Left)).chain(values).collect();
    for total in &table.totals {
        let label = Cell::plain(total.label);
        let value = |planned: &PlannedColumn| total.cells.get(planned.column.wrapping_sub(first));
        rows.write(std::iter::once(&label).chain(block.values.iter().filter_map(value)), out)?;
    }
    Ok(())
}

/// Returns a header with words longer than the column shortened.
fn head<'a>(column: &Column<'_>, width: usize) -> Cell<'a> {
    let text = single_line(&column.title.text);
    let words: Vec<_> = text.split(' ').map(|word| truncate(word, width)).collect();
    Cell::new(words.join(" "), column.title.tone)
}

/// Writes rows of cells in columns.
struct RowWriter {
    /// Width without padding, and alignment.
    columns: Vec<(usize, Align)>,
    /// The most lines that a row takes.
    lines: usize,
    colour: Colour,
    line: LineBuilder,
}

impl RowWriter {
    fn write<'a>(
        &mut self,
        cells: impl Iterator<Item = &'a Cell<'a>>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let columns = self.columns.iter();
        let cells: Vec<_> =
            cells.zip(columns).map(|(cell, (width, _))| broken(cell, *width, self.lines)).collect();
        let height = cells.iter().map(|(_, _, below)| 1 + below.len()).max().unwrap_or_default();
        for at in 0..height {
            for ((tone, first, below), (width, align)) in cells.iter().zip(&self.columns) {
                let text = match at.checked_sub(1) {
                    None => first.as_ref(),
                    Some(at) => below.get(at).map_or("", String::as_str),
                };
                self.line.space(PADDING / 2);
                self.line.slot(text, *tone, (*width, *align), self.colour);
                self.line.space(PADDING / 2);
            }
            self.line.write(out)?;
        }
        Ok(())
    }
}

/// Returns the tone of a cell, its first line and those below it; an ellipsis ends a text that takes more lines.
fn broken<'a>(cell: &'a Cell<'_>, columns: usize, most: usize) -> (Tone, Cow<'a, str>, Vec<String>) {
    let text = single_line(&cell.text);
    if width(&text) <= columns {
        return (cell.tone, text, Vec::new());
    }
    let mut lines = wrap_plain(&text, columns);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('…');
            *last = truncate(last, columns).into_owned();
        }
    }
    let below = lines.split_off(lines.len().min(1));
    (cell.tone, lines.pop().unwrap_or_default().into(), below)
}
