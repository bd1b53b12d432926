//! A table turned on its side, for terminals too narrow for columns: a block of lines for each value column.

use std::io::{self, Write};

use super::grid::write_legend;
use super::palette::styled;
use super::prose::paragraph;
use crate::present::{Cell, Phrase, Role, Sideways, Table, Tone, Total};
use crate::report::Options;
use crate::scenario::Rating;
use crate::text::{pad_left, pad_right, single_line, truncate, width, wrap_plain};

/// A key beside its cell has at least this much room; otherwise the cell goes to the next line.
const MIN_KEY: usize = 12;

/// Writes a block for each column of [`Role::Value`].
pub(super) fn write(table: &Table<'_>, options: Options, out: &mut dyn Write) -> io::Result<()> {
    if !options.quiet && !table.signs.is_empty() {
        write_legend(table.signs, options, out)?;
        writeln!(out)?;
    }
    let values = table.columns.iter().enumerate().filter(|(_, column)| column.role == Role::Value);
    for (at, (position, column)) in values.enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let tone = match column.title.tone {
            Tone::Plain => Tone::Strong,
            tone => tone,
        };
        for line in paragraph(&[Phrase::new(column.name.as_ref(), tone)], options.width, options.colour) {
            writeln!(out, "{line}")?;
        }
        write_totals(table, at, options, out)?;
        match table.sideways {
            Sideways::Lines => write_lines(table, position, options, out)?,
            Sideways::Groups => write_groups(table, position, options, out)?,
        }
    }
    Ok(())
}

fn write_totals(table: &Table<'_>, value: usize, options: Options, out: &mut dyn Write) -> io::Result<()> {
    // What follows a comma explains the name; there is no room for it beside figures.
    let name = |total: &Total<'_>| total.label.split(',').next().unwrap_or_default();
    let label_width = table.totals.iter().map(|total| width(name(total))).max().unwrap_or_default();
    let cell = |cells: &[Cell<'_>]| cells.get(value).map(|cell| cell.text.to_string()).unwrap_or_default();
    let cell_width = table.totals.iter().map(|total| width(&cell(&total.cells))).max().unwrap_or_default();
    for total in &table.totals {
        let label = pad_right(name(total), label_width);
        let tone = total.cells.get(value).map(|cell| cell.tone).unwrap_or_default();
        let cell = styled(&pad_left(&cell(&total.cells), cell_width), tone, options.colour);
        writeln!(out, "  {label}  {cell}")?;
    }
    Ok(())
}

fn key_of(table: &Table<'_>) -> usize {
    table.columns.iter().position(|column| column.role == Role::Key).unwrap_or_default()
}

fn write_lines(table: &Table<'_>, value: usize, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let key_of = key_of(table);
    let texts = |cells: &[Cell<'_>], at: usize| {
        cells.get(at).map(|cell| single_line(&cell.text).into_owned()).unwrap_or_default()
    };
    let widest =
        |at: usize| table.rows.iter().map(|cells| width(&texts(&cells, at))).max().unwrap_or_default();
    let (keys, cells_width) = (widest(key_of), widest(value));
    let room = options.width.saturating_sub(4 + cells_width);
    for cells in table.rows.iter() {
        let tone = cells.get(value).map(|cell| cell.tone).unwrap_or_default();
        if texts(&cells, value).is_empty() {
            continue;
        }
        let cell = styled(texts(&cells, value).trim_end(), tone, options.colour);
        if room < MIN_KEY.min(keys) {
            writeln!(out, "  {}", truncate(&texts(&cells, key_of), options.width - 2))?;
            writeln!(out, "    {cell}")?;
        } else {
            let key = texts(&cells, key_of);
            writeln!(out, "  {}  {cell}", pad_right(&truncate(&key, room), keys.min(room)))?;
        }
    }
    Ok(())
}

/// Ratings in the order in which they matter to a hypothesis, the most inconsistent first.
const SEVERITY: [Option<Rating>; 7] = [
    Some(Rating::VeryInconsistent),
    Some(Rating::Inconsistent),
    Some(Rating::Neutral),
    Some(Rating::Consistent),
    Some(Rating::VeryConsistent),
    Some(Rating::NotApplicable),
    None,
];

fn write_groups(table: &Table<'_>, value: usize, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let key_of = key_of(table);
    let mut groups: Vec<(Cell<'_>, String)> = Vec::new();
    for cells in table.rows.iter() {
        let (Some(cell), Some(key)) = (cells.get(value), cells.get(key_of)) else { continue };
        match groups.iter_mut().find(|(group, _)| group == cell) {
            Some((_, keys)) => {
                keys.push_str(", ");
                keys.push_str(&key.text);
            }
            None => groups.push((cell.clone(), key.text.to_string())),
        }
    }
    groups.sort_by_key(|(cell, _)| match cell.tone {
        Tone::Rating(rating) => SEVERITY.iter().position(|severity| *severity == rating),
        Tone::Plain | Tone::Strong | Tone::Dim | Tone::Added | Tone::Removed | Tone::Struck => None,
    });
    let cell_width = groups.iter().map(|(cell, _)| width(&cell.text)).max().unwrap_or_default();
    for (cell, keys) in &groups {
        let mut label = format!(
            "{}{}",
            styled(&cell.text, cell.tone, options.colour),
            " ".repeat(cell_width.saturating_sub(width(&cell.text)))
        );
        for line in wrap_plain(keys, options.width.saturating_sub(4 + cell_width)) {
            writeln!(out, "  {label}  {line}")?;
            label = " ".repeat(cell_width);
        }
    }
    Ok(())
}
