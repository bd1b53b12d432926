//! A table drawn as one, by comfy-table in the widths that the layout decided.

use std::io::{self, Write};

use comfy_table::{
    Cell as Drawn, CellAlignment, ColumnConstraint, ContentArrangement, Row, Table as Drawing, TableStyle,
    Width,
};

use super::layout::{Block, PlannedColumn};
use super::palette::{paint, styled};
use crate::present::{Align, Cell, Column, Role, Table, Tone};
use crate::report::{Colour, Options};
use crate::text::{single_line, truncate};

/// Rows drawn at a time: bounds the memory that a long table takes.
const BATCH: usize = 256;
/// Lines that one row may take; what is longer ends in an ellipsis.
const MAX_LINES: usize = 3;

/// A column as it is drawn.
#[derive(Clone, Copy, Debug)]
struct Slot {
    width: usize,
    align: Align,
}

/// Writes a table block by block.
pub(super) fn write(
    table: &Table<'_>,
    blocks: &[Block],
    options: Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write_block(table, block, options, out)?;
    }
    Ok(())
}

fn write_block(table: &Table<'_>, block: &Block, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let placed: Vec<&PlannedColumn> = block.fixed.iter().chain(&block.values).collect();
    let head = |placed: &PlannedColumn| table.columns.get(placed.column);
    let slots: Vec<Slot> = placed
        .iter()
        .map(|placed| Slot {
            width: placed.width,
            align: head(placed).map_or(Align::Left, |column| column.align),
        })
        .collect();
    let rule = styled(&"─".repeat(block.width()), Tone::Dim, options.colour);

    let heads = placed.iter().map(|placed| head(placed).map(|column| head_cell(column, placed.width)));
    let heads: Vec<Cell<'_>> = heads.map(Option::unwrap_or_default).collect();
    draw(&slots, [heads.as_slice()], options.colour, out)?;
    writeln!(out, "{rule}")?;

    let mut batch: Vec<Vec<Cell<'_>>> = Vec::new();
    for mut cells in table.rows.iter() {
        let row = placed.iter().map(|placed| {
            let cell = cells.get_mut(placed.column).map(std::mem::take).unwrap_or_default();
            body_cell(cell, table.columns.get(placed.column), placed.width)
        });
        batch.push(row.collect());
        if batch.len() == BATCH {
            draw(&slots, batch.iter().map(Vec::as_slice), options.colour, out)?;
            batch.clear();
        }
    }
    draw(&slots, batch.iter().map(Vec::as_slice), options.colour, out)?;
    if table.totals.is_empty() {
        return Ok(());
    }

    writeln!(out, "{rule}")?;
    let label = Slot { width: block.label_width(), align: Align::Left };
    let values = block.values.iter().map(|placed| Slot { width: placed.width, align: Align::Right });
    let slots: Vec<Slot> = std::iter::once(label).chain(values).collect();
    let first = table.columns.iter().position(|column| column.role == Role::Value).unwrap_or_default();
    let totals: Vec<Vec<Cell<'_>>> = table
        .totals
        .iter()
        .map(|total| {
            let cells = block.values.iter().map(|placed| {
                total.cells.get(placed.column.wrapping_sub(first)).cloned().unwrap_or_default()
            });
            std::iter::once(Cell::plain(total.label)).chain(cells).collect()
        })
        .collect();
    draw(&slots, totals.iter().map(Vec::as_slice), options.colour, out)
}

/// A head in its width: broken at spaces, words that are too long shortened.
fn head_cell<'a>(column: &'a Column<'_>, width: usize) -> Cell<'a> {
    let words = single_line(&column.title.text)
        .split(' ')
        .map(|word| truncate(word, width).into_owned())
        .collect::<Vec<_>>();
    Cell::new(words.join(" "), column.title.tone)
}

fn body_cell<'a>(cell: Cell<'a>, column: Option<&Column<'_>>, width: usize) -> Cell<'a> {
    match column.map(|column| column.role) {
        Some(Role::Key) => Cell::new(truncate(&single_line(&cell.text), width).into_owned(), cell.tone),
        Some(Role::Text | Role::Figure | Role::Value) | None => cell,
    }
}

fn draw<'a>(
    slots: &[Slot],
    rows: impl IntoIterator<Item = &'a [Cell<'a>]>,
    colour: Colour,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut drawing = Drawing::new();
    drawing.load_style(TableStyle::new()).set_content_arrangement(ContentArrangement::Disabled);
    drawing.set_truncation_indicator("…").force_no_tty().style_text_only();
    if colour != Colour::None {
        drawing.enforce_styling();
    }
    for cells in rows {
        let cells = cells
            .iter()
            .map(|cell| paint(Drawn::new_owned(single_line(&cell.text).into_owned()), cell.tone, colour));
        let mut row = Row::from(cells.collect::<Vec<_>>());
        row.max_height(MAX_LINES);
        drawing.add_row(row);
    }
    for (column, slot) in drawing.column_iter_mut().zip(slots) {
        let width = u16::try_from(slot.width + super::layout::PADDING).unwrap_or(u16::MAX);
        column.set_padding((1, 1)).set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        column.set_cell_alignment(match slot.align {
            Align::Left => CellAlignment::Left,
            Align::Right => CellAlignment::Right,
            Align::Centre => CellAlignment::Center,
        });
    }
    if drawing.is_empty() {
        return Ok(());
    }
    for line in drawing.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
