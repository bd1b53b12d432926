//! Finding the table of ratings among all that a file holds.

use std::collections::HashSet;

use super::column::names_hypotheses;
use super::grid::{Grid, GridRow};
use super::legend;
use super::name::{hypothesis, is_code, item};
use super::notation::{Notation, OwnMarks, RatingReader, plain};
use super::shape::{FoundTable, upright};
use super::{ImportFault, ImportOptions, ImportPlace, RowKind};

/// The beginning of the fault of a file without a table.
pub(super) const NO_TABLE: &str = "no table of ratings";

/// Of more tables than that none is chosen, and no more are named.
const MOST_TABLES: usize = 20;

/// Finds the one table of ratings.
///
/// # Errors
/// One fault if there is none, or if there are several and the options pick none of them.
pub(super) fn find(grids: Vec<Grid>, options: &ImportOptions) -> Result<FoundTable, Vec<ImportFault>> {
    let grids = on_sheet(grids, options)?;
    let (mut found, mut reasons, mut aside, mut named) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let own = &options.marks;
    for mut grid in grids {
        let legend = legend::entries(&mut grid);
        let options = &ImportOptions { marks: legend::marks(&legend, &options.marks), ..options.clone() };
        for part in parts(grid, &options.marks) {
            for candidate in candidates(part, options) {
                match candidate {
                    Ok(table) => {
                        let legend = legend::surprising(legend.clone(), table.reader.notation, own);
                        found.push(FoundTable { legend, ..table });
                    }
                    Err(refused) => {
                        let (place, first) = beginning(&refused.0, 0);
                        aside.push((place.clone(), first));
                        reasons.push((place, refused.1));
                        named.extend(names_by_id(&refused.0));
                    }
                }
            }
        }
    }
    let several = found.len() > 1;
    for (table, number) in found.iter_mut().zip(1..) {
        table.number = several.then_some(number);
    }
    let picked = match options.table {
        Some(number) if several || number != 1 => {
            let at = number.checked_sub(1).filter(|at| *at < found.len());
            Some(at.ok_or_else(|| {
                let count = found.len();
                vec![ImportFault::whole(format!("there is no table {number}: the file has {count}"), "")]
            })?)
        }
        _ if several => Some(meant(&found).ok_or_else(|| vec![choose(&found)])?),
        _ => found.len().checked_sub(1),
    };
    let Some(picked) = picked else { return Err(vec![none(&reasons)]) };
    let table = found.swap_remove(picked);
    if options.table.is_none() {
        aside.extend(found.iter().map(|other| beginning(&other.grid, other.head)));
    }
    Ok(FoundTable { aside, elsewhere: named.into_iter().rev().collect(), ..table })
}

/// The names that the second cells of rows give to the ids in their first.
fn names_by_id(grid: &Grid) -> impl Iterator<Item = (String, (String, ImportPlace))> + '_ {
    grid.rows.iter().filter_map(|row| match row.cells.as_slice() {
        // A score or a rating is no name.
        [id, name, ..]
            if is_code(&plain(&id.text)) && name.text.chars().filter(|c| c.is_alphabetic()).count() > 3 =>
        {
            Some((plain(&id.text), (name.text.trim().to_owned(), grid.place_of(name))))
        }
        _ => None,
    })
}

/// The place and the text of a row, for a table that is left out.
fn beginning(grid: &Grid, row: usize) -> (ImportPlace, String) {
    grid.rows.get(row).map(|row| (grid.place_of_row(row), row.in_one_line())).unwrap_or_default()
}

/// The position of the table that is meant among several: the only one with our own heads, else the only one whose items
/// or hypotheses all the others name in a column of theirs.
fn meant(found: &[FoundTable]) -> Option<usize> {
    if found.len() > MOST_TABLES {
        return None;
    }
    let only = |is_it: &dyn Fn(&FoundTable) -> bool| {
        let mut fitting = found.iter().enumerate().filter(|(_, table)| is_it(table)).map(|(at, _)| at);
        fitting.next().filter(|_| fitting.next().is_none())
    };
    only(&|table| table.is_own).or_else(|| {
        let names: Vec<HashSet<String>> = found.iter().map(names_in).collect();
        let refers =
            |from: &FoundTable, to: usize| names.get(to).is_some_and(|names| has_column_of(from, names));
        only(&|table| {
            let at = found.iter().position(|other| std::ptr::eq(other, table)).unwrap_or_default();
            found
                .iter()
                .enumerate()
                .all(|(other, from)| other == at || (refers(from, at) && !refers(table, other)))
        })
    })
}

/// The ids, texts and names of the items and hypotheses of a table.
fn names_in(table: &FoundTable) -> HashSet<String> {
    let head = table.head_row().into_iter();
    let heads = head.flat_map(|head| table.hypotheses.iter().map(|column| hypothesis(head.text(*column))));
    let cells = table.rows(&table.items).flat_map(|row| &row.cells);
    let labels = cells.filter(|cell| table.hypotheses.binary_search(&cell.column).is_err());
    let named = heads.chain(labels.map(|cell| item(&cell.text)));
    named.flat_map(|named| named.id.into_iter().chain([named.name])).map(|name| plain(&name)).collect()
}

/// Whether a column of a table, its ratings left aside, holds nothing but these names.
fn has_column_of(table: &FoundTable, names: &HashSet<String>) -> bool {
    let columns = table.grid.columns();
    let mut labels = columns.iter().filter(|column| table.hypotheses.binary_search(column).is_err());
    labels.any(|column| {
        let cells = table.rows(&table.items).map(|row| plain(row.text(*column)));
        let mut cells = cells.filter(|cell| !cell.is_empty()).peekable();
        cells.peek().is_some() && cells.all(|cell| names.contains(&cell))
    })
}

fn on_sheet(mut grids: Vec<Grid>, options: &ImportOptions) -> Result<Vec<Grid>, Vec<ImportFault>> {
    let Some(wanted) = &options.sheet else { return Ok(grids) };
    let names: Vec<String> = grids.iter().filter_map(|grid| grid.sheet.clone()).collect();
    grids.retain(|grid| grid.sheet.as_ref() == Some(wanted));
    if grids.is_empty() {
        let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let help =
            if names.is_empty() { String::new() } else { format!("its sheets are {}", names.join(", ")) };
        return Err(vec![ImportFault::whole(format!("there is no sheet \"{wanted}\""), help)]);
    }
    Ok(grids)
}

fn none(reasons: &[(ImportPlace, String)]) -> ImportFault {
    let reasons: Vec<String> = reasons
        .iter()
        .take(MOST_TABLES)
        .map(|(place, reason)| format!("{}: {reason}", place.in_words()))
        .collect();
    let help = "a table has a head row, a column of texts, and at least two columns of ratings; say with --rating what other \
                words mean, such as --rating yes=C";
    let message = if reasons.is_empty() { "the file has no table".to_owned() } else { reasons.join("; ") };
    ImportFault::whole(format!("{NO_TABLE}: {message}"), help)
}

fn choose(found: &[FoundTable]) -> ImportFault {
    let tables: Vec<String> = found
        .iter()
        .zip(1..)
        .take(MOST_TABLES)
        .map(|(table, number)| {
            let (place, _) = beginning(&table.grid, table.head);
            let (items, hypotheses) = (table.items.len(), table.hypotheses.len());
            format!("{number}: {items} items by {hypotheses} hypotheses ({})", place.in_words())
        })
        .collect();
    let more = if found.len() > MOST_TABLES { "; and so on" } else { "" };
    let message = format!("{} tables could be meant: {}{more}", found.len(), tables.join("; "));
    ImportFault::whole(message, "pick one with --table N, or a sheet with --sheet NAME")
}

/// Splits a grid where, after an empty row, another head follows: each part has at most one table.
fn parts(mut grid: Grid, own: &OwnMarks) -> Vec<Grid> {
    let mut segments: Vec<Vec<GridRow>> = Vec::new();
    let rows = std::mem::take(&mut grid.rows);
    for row in rows {
        match segments.last_mut() {
            Some(segment) if !row.is_after_gap => segment.push(row),
            _ => segments.push(vec![row]),
        }
    }
    let readers: Vec<RatingReader> =
        Notation::ALL.iter().map(|notation| RatingReader::new(*notation, own.clone())).collect();
    let could_be = |cell: &str| cell.len() <= 40 && readers.iter().any(|reader| reader.is_rating(cell));
    let rated = |row: &GridRow| row.cells.iter().filter(|cell| could_be(&cell.text)).count();
    let mut parts: Vec<(Vec<GridRow>, bool)> = Vec::new();
    for segment in segments {
        let first = segment.iter().position(|row| rated(row) > 1);
        let has_head = first
            .is_some_and(|first| first > 0 && segment.get(first - 1).is_some_and(|row| row.cells.len() > 1));
        match parts.last_mut() {
            Some((rows, has_ratings)) if !(*has_ratings && has_head) => {
                *has_ratings |= first.is_some();
                rows.extend(segment);
            }
            _ => parts.push((segment, first.is_some())),
        }
    }
    let part = |rows| Grid { rows, ..grid.clone() };
    parts.into_iter().map(|(rows, _)| part(rows)).collect()
}

/// Reads a part as a table; as several if it has some side by side, with empty columns between.
fn candidates(part: Grid, options: &ImportOptions) -> Vec<Result<FoundTable, Box<(Grid, String)>>> {
    let columns = part.columns();
    let runs: Vec<&[usize]> = columns.chunk_by(|before, next| *next == before + 1).collect();
    // A table has a column of texts and two of ratings.
    if runs.iter().filter(|run| run.len() > 2).count() > 1 {
        let sides = sides(&part, &runs).into_iter();
        let tables: Vec<FoundTable> = sides.filter_map(|side| candidate(side, options).ok()).collect();
        if tables.len() > 1 {
            return tables.into_iter().map(Ok).collect();
        }
    }
    vec![candidate(part, options)]
}

/// The parts of a grid in these runs of columns, from the left.
fn sides(grid: &Grid, runs: &[&[usize]]) -> Vec<Grid> {
    let empty = Grid { rows: Vec::new(), ..grid.clone() };
    let mut sides = vec![empty; runs.len()];
    for row in &grid.rows {
        for cell in &row.cells {
            let run = runs.partition_point(|run| run.last().is_some_and(|last| *last < cell.column));
            let Some(side) = sides.get_mut(run) else { continue };
            match side.rows.last_mut() {
                Some(last) if last.number == row.number => last.cells.push(cell.clone()),
                _ => side.rows.push(GridRow { cells: vec![cell.clone()], ..*row }),
            }
        }
    }
    sides
}

/// Reads a part as a table, turned if it says so or the options do. The grid comes back with the reason if it is none.
fn candidate(part: Grid, options: &ImportOptions) -> Result<FoundTable, Box<(Grid, String)>> {
    match options.rows {
        Some(RowKind::Evidence) => upright(part, options),
        Some(RowKind::Hypotheses) => upright(part.turned(), options),
        None => match upright(part, options)? {
            table if says_turned(&table) => upright(table.grid.turned(), options),
            table => Ok(table),
        },
    }
}

fn says_turned(table: &FoundTable) -> bool {
    let Some(head) = table.head_row() else { return false };
    let is_item = |cell: &str| item(cell).id.is_some_and(|id| id.starts_with(['e', 'E']));
    // Fields of the items may stand between their codes and the ratings.
    let are_items = |row: &GridRow| {
        let mut cells = table.hypotheses.iter().map(|column| row.text(*column));
        cells.all(is_item)
    };
    let first = head.cells.first().filter(|cell| !table.hypotheses.contains(&cell.column));
    first.is_some_and(|cell| names_hypotheses(&cell.text))
        || (!table.is_own && table.grid.rows.iter().take(table.head + 1).any(are_items))
}
