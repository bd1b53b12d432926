//! A table in the widths that the layout decided, written a row at a time, however many there are.
//!
//! No table crate is used: those that arrange columns by themselves neither leave out columns nor spread them over
//! blocks, and hold all rows in memory. Wrapping and padding, which would be left for one to do, are in `text`.

use std::io::{self, Write};

use super::layout::{Block, PlannedColumn};
use super::palette::styled;
use crate::present::{Align, Cell, Column, Role, Table, Tone};
use crate::report::{Colour, Options};
use crate::text::{single_line, truncate, width, wrap_plain};

/// Lines that one row may take; longer texts end in an ellipsis.
const MAX_LINES: usize = 3;

/// The width and alignment of a drawn column.
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
    write_row(&heads, &slots, options.colour, out)?;
    writeln!(out, "{rule}")?;
    for mut cells in table.rows.iter() {
        let row = placed.iter().map(|placed| {
            let cell = cells.get_mut(placed.column).map(std::mem::take).unwrap_or_default();
            body_cell(cell, table.columns.get(placed.column), placed.width)
        });
        write_row(&row.collect::<Vec<_>>(), &slots, options.colour, out)?;
    }
    if table.totals.is_empty() {
        return Ok(());
    }

    writeln!(out, "{rule}")?;
    let label = Slot { width: block.label_width(), align: Align::Left };
    let values = block.values.iter().map(|placed| Slot { width: placed.width, align: Align::Right });
    let slots: Vec<Slot> = std::iter::once(label).chain(values).collect();
    let first = table.columns.iter().position(|column| column.role == Role::Value).unwrap_or_default();
    for total in &table.totals {
        let cells = block
            .values
            .iter()
            .map(|placed| total.cells.get(placed.column.wrapping_sub(first)).cloned().unwrap_or_default());
        let row: Vec<Cell<'_>> = std::iter::once(Cell::plain(total.label)).chain(cells).collect();
        write_row(&row, &slots, options.colour, out)?;
    }
    Ok(())
}

/// Returns a header broken at spaces, with words longer than the column shortened.
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

/// Writes the cells of a row, each wrapped to the width of its slot.
fn write_row(cells: &[Cell<'_>], slots: &[Slot], colour: Colour, out: &mut dyn Write) -> io::Result<()> {
    let texts: Vec<Vec<String>> =
        cells.iter().zip(slots).map(|(cell, slot)| folded(&cell.text, slot.width)).collect();
    let lines = texts.iter().map(Vec::len).max().unwrap_or_default();
    for at in 0..lines {
        let mut line = String::new();
        for ((cell, slot), texts) in cells.iter().zip(slots).zip(&texts) {
            let text = texts.get(at).map_or("", String::as_str);
            let blank = slot.width.saturating_sub(width(text));
            let before = match slot.align {
                Align::Left => 0,
                Align::Centre => blank.div_ceil(2),
                Align::Right => blank,
            };
            line.push_str(&" ".repeat(1 + before));
            if !text.is_empty() {
                line.push_str(&styled(text, cell.tone, colour));
            }
            line.push_str(&" ".repeat(blank - before + 1));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Returns a text as at most [`MAX_LINES`] lines, the last ending in an ellipsis if there is more. A text that fits
/// keeps its spaces, which align its parts.
fn folded(text: &str, columns: usize) -> Vec<String> {
    let text = single_line(text);
    if width(&text) <= columns {
        return vec![text.into_owned()];
    }
    let mut lines = wrap_plain(&text, columns);
    if lines.len() > MAX_LINES {
        lines.truncate(MAX_LINES);
        if let Some(last) = lines.last_mut() {
            *last = truncate(&format!("{last}…"), columns).into_owned();
        }
    }
    lines
}
