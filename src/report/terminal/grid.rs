//! A table drawn by comfy-table: wrapping, alignment, colours and rules, in the columns and widths that the layout
//! decided.

use std::io::{self, Write};

use comfy_table::{
    Cell as DrawnCell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Row, Table as Drawing,
    TableStyle, Width,
};

use super::layout::{Block, PADDING, PlannedColumn};
use super::palette::paint;
use super::prose::paragraph;
use crate::present::{Align, Cell, Column, Phrase, Role, Table, Tone};
use crate::report::{Colour, Options};
use crate::text::{single_line, split_at_width, truncate};

/// Rows drawn at a time: bounds the memory that a long table takes.
const BATCH: usize = 256;
/// Lines that one row may take, and that it may in a long table; longer texts end in an ellipsis.
const MAX_LINES: (u16, u16) = (3, 2);
/// A table with more rows is long: its heads are repeated above its totals.
const LONG: usize = 10;
const RULE: char = '─';
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill(RULE));

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
    let columns = || shown.iter().map(|(planned, column)| (planned.width, column.align));
    let is_long = table.rows.len() > LONG;
    let lines = if is_long { MAX_LINES.1 } else { MAX_LINES.0 };
    let heads = || shown.iter().map(|(planned, column)| head(column, planned.width));
    let mut drawing = Drawing::new();
    drawing.set_header(row(heads(), lines, colour));
    for mut cells in table.rows.iter() {
        if drawing.row_count() == BATCH {
            draw(std::mem::take(&mut drawing), columns(), colour, out)?;
        }
        let cells = shown.iter().map(|(planned, column)| {
            let cell = cells.get_mut(planned.column).map(std::mem::take).unwrap_or_default();
            match column.role {
                Role::Key => {
                    Cell::new(truncate(&single_line(&cell.text), planned.width).into_owned(), cell.tone)
                }
                // Lines past the last are not shown, so what is in them need not be wrapped.
                Role::Text => {
                    let room = (planned.width + 1) * usize::from(lines + 2);
                    Cell::new(split_at_width(&single_line(&cell.text), room).0.to_owned(), cell.tone)
                }
                Role::Figure | Role::Value => cell,
            }
        });
        drawing.add_row(row(cells, lines, colour));
    }
    draw(drawing, columns(), colour, out)?;
    if table.totals.is_empty() {
        return Ok(());
    }

    // The label takes the place of key, text and figures, which are columns of their own above.
    writeln!(out, "{}", RULE.to_string().repeat(block.width()))?;
    if is_long {
        let mut drawing = Drawing::new();
        drawing.add_row(row(heads(), lines, colour));
        draw(drawing, columns(), colour, out)?;
    }
    let first = table.columns.iter().position(|column| column.role == Role::Value).unwrap_or_default();
    let values = block.values.iter().map(|planned| (planned.width, Align::Right));
    let columns = std::iter::once((block.label_width(), Align::Left)).chain(values);
    let mut drawing = Drawing::new();
    for total in &table.totals {
        let cell = |planned: &PlannedColumn| total.cells.get(planned.column.wrapping_sub(first)).cloned();
        let cells = block.values.iter().map(|planned| cell(planned).unwrap_or_default());
        drawing.add_row(row(std::iter::once(Cell::plain(total.label)).chain(cells), lines, colour));
    }
    draw(drawing, columns, colour, out)
}

/// Returns a header with words longer than the column shortened.
fn head<'a>(column: &Column<'_>, width: usize) -> Cell<'a> {
    let text = single_line(&column.title.text);
    let words: Vec<_> = text.split(' ').map(|word| truncate(word, width)).collect();
    Cell::new(words.join(" "), column.title.tone)
}

fn row<'a>(cells: impl Iterator<Item = Cell<'a>>, lines: u16, colour: Colour) -> Row {
    let cells = cells
        .map(|cell| paint(DrawnCell::new_owned(single_line(&cell.text).into_owned()), cell.tone, colour));
    let mut row = Row::from(cells.collect::<Vec<_>>());
    row.max_height(lines.into());
    row
}

/// Draws rows in columns of these widths, without padding, and alignments.
fn draw(
    mut drawing: Drawing,
    columns: impl Iterator<Item = (usize, Align)>,
    colour: Colour,
    out: &mut dyn Write,
) -> io::Result<()> {
    drawing.load_style(STYLE).set_content_arrangement(ContentArrangement::Disabled);
    drawing.force_no_tty().style_text_only();
    if colour != Colour::None {
        drawing.enforce_styling();
    }
    for (column, (width, align)) in drawing.column_iter_mut().zip(columns) {
        let width = u16::try_from(width + PADDING).unwrap_or(u16::MAX);
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        column.set_cell_alignment(match align {
            Align::Left => CellAlignment::Left,
            Align::Right => CellAlignment::Right,
            Align::Centre => CellAlignment::Center,
        });
    }
    drawing.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}
