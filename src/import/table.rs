//! Finding the table of ratings among all that a file holds.
//!
//! A table has at least two columns in which six of ten cells that are not empty are ratings, and a column of texts. Its
//! head is the nearest row above. A table with the heads `id` and `text` is one of ours: all of its other columns are
//! known fields or hypotheses.

use std::collections::{BTreeMap, BTreeSet};

use super::column::{ColumnRole, is_score, names_hypotheses, role};
use super::grid::{Grid, GridRow};
use super::legend::{self, LegendEntry};
use super::name::{is_code, pattern};
use super::notation::{Notation, OwnMarks, RatingReader, number, plain};
use super::{ImportFault, ImportOptions, ImportPlace, Purpose, RowKind};
use crate::scenario::{EvidenceField, MAX_HYPOTHESES};

/// A table of ratings: items as rows, hypotheses as columns.
#[derive(Debug)]
pub(super) struct FoundTable {
    /// The grid, its rows those of the table and all around it.
    pub(super) grid: Grid,
    /// The index of the head among the rows.
    pub(super) head: usize,
    /// Indices of the rows of items.
    pub(super) items: Vec<usize>,
    /// Indices of the rows with scores.
    pub(super) scores: Vec<usize>,
    /// Indices of rows that are neither, below the head.
    pub(super) others: Vec<usize>,
    /// Columns of hypotheses, from the left.
    pub(super) hypotheses: Vec<usize>,
    /// The roles of the other columns.
    pub(super) roles: Vec<(usize, ColumnRole)>,
    /// Columns of no known purpose.
    pub(super) strangers: Vec<usize>,
    /// The entries of a legend that its notation does not have.
    pub(super) legend: Vec<LegendEntry>,
    /// Reads its ratings.
    pub(super) reader: RatingReader,
    /// Whether its heads are ours.
    pub(super) is_own: bool,
    /// The places and first rows of what else the file has.
    pub(super) aside: Vec<(ImportPlace, String)>,
    /// Its number among the tables that could be meant, from 1; `None` if it is the only one.
    pub(super) number: Option<usize>,
}

/// The beginning of the fault of a file without a table.
pub(super) const NO_TABLE: &str = "no table of ratings";

/// The least share of ratings among the cells of a column, per cent.
const LEAST_SHARE: usize = 60;

/// Finds the one table of ratings.
///
/// # Errors
/// One fault if there is none, or if there are several and the options pick none of them.
pub(super) fn find(grids: Vec<Grid>, options: &ImportOptions) -> Result<FoundTable, Vec<ImportFault>> {
    let grids = on_sheet(grids, options)?;
    let (mut found, mut reasons, mut aside) = (Vec::new(), Vec::new(), Vec::new());
    let own = &options.marks;
    for grid in grids {
        let legend = legend::entries(&grid);
        let options = &ImportOptions { marks: legend::marks(&legend, &options.marks), ..options.clone() };
        for part in parts(grid, &options.marks) {
            let place = part.rows.first().and_then(|row| row.cells.first()).map(|cell| part.place_of(cell));
            let first: Vec<&str> = part
                .rows
                .first()
                .into_iter()
                .flat_map(|row| &row.cells)
                .map(|cell| cell.text.trim())
                .collect();
            let first = first.join(" | ");
            match candidate(part, options) {
                Ok(table) => {
                    let legend = legend::surprising(legend.clone(), table.reader.notation, own);
                    found.push(FoundTable { legend, ..table });
                }
                Err(reason) => {
                    aside.push((place.clone().unwrap_or_default(), first));
                    reasons.push((place.unwrap_or_default(), reason));
                }
            }
        }
    }
    // A table with our own heads is meant before any other.
    if options.table.is_none() && found.iter().filter(|table| table.is_own).count() == 1 {
        found.retain(|table| table.is_own);
    }
    let several = found.len() > 1;
    for (table, number) in found.iter_mut().zip(1..) {
        table.number = several.then_some(number);
    }
    match options.table {
        Some(number) if several || number != 1 => {
            let count = found.len();
            let picked = number.checked_sub(1).filter(|at| *at < count).map(|at| found.swap_remove(at));
            picked.ok_or_else(|| {
                vec![ImportFault::whole(format!("there is no table {number}: the file has {count}"), "")]
            })
        }
        _ if several => Err(vec![choose(&found)]),
        _ => match found.pop() {
            Some(table) => Ok(FoundTable { aside, ..table }),
            None => Err(vec![none(&reasons)]),
        },
    }
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
    let reasons: Vec<String> =
        reasons.iter().map(|(place, reason)| format!("{}: {reason}", place.in_words())).collect();
    let help = "a table has a head row, a column of texts, and at least two columns of ratings; say with --rating what other \
                words mean, such as --rating yes=C";
    let message = if reasons.is_empty() { "the file has no table".to_owned() } else { reasons.join("; ") };
    ImportFault::whole(format!("{NO_TABLE}: {message}"), help)
}

fn choose(found: &[FoundTable]) -> ImportFault {
    let tables: Vec<String> = found
        .iter()
        .zip(1..)
        .map(|(table, number)| {
            let place =
                table.grid.rows.get(table.head).map(|row| table.grid.place(row, 0)).unwrap_or_default();
            let (items, hypotheses) = (table.items.len(), table.hypotheses.len());
            format!("{number}: {items} items by {hypotheses} hypotheses ({})", place.in_words())
        })
        .collect();
    let message = format!("{} tables could be meant: {}", found.len(), tables.join("; "));
    ImportFault::whole(message, "pick one with --table N, or a sheet with --sheet NAME")
}

/// The notations that a table may be in, unless its program is known.
const NOTATIONS: [Notation; 4] = [Notation::Letters, Notation::Signs, Notation::Numbers, Notation::Words];

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
    let readers = NOTATIONS.map(|notation| RatingReader::new(notation, own.clone()));
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

/// Reads a part as a table, turned if it says so or the options do.
fn candidate(part: Grid, options: &ImportOptions) -> Result<FoundTable, String> {
    match options.rows {
        Some(RowKind::Evidence) => upright(part, options).map_err(|refused| refused.1),
        Some(RowKind::Hypotheses) => upright(part.turned(), options).map_err(|refused| refused.1),
        None => match upright(part, options) {
            Ok(table) if says_turned(&table) => {
                upright(table.grid.turned(), options).map_err(|refused| refused.1)
            }
            Ok(table) => Ok(table),
            Err(refused) => Err(refused.1),
        },
    }
}

fn says_turned(table: &FoundTable) -> bool {
    let Some(head) = table.grid.rows.get(table.head) else { return false };
    let is_item = |column: &usize| {
        let word = plain(head.text(*column));
        is_code(&word) && word.starts_with('e')
    };
    let first = head.cells.first().filter(|cell| !table.hypotheses.contains(&cell.column));
    first.is_some_and(|cell| names_hypotheses(&cell.text))
        || (!table.is_own && table.hypotheses.iter().all(is_item))
}

/// Reads a grid as a table with items as rows. The grid comes back with the reason if it is none.
fn upright(grid: Grid, options: &ImportOptions) -> Result<FoundTable, Box<(Grid, String)>> {
    match own(&grid, options).or_else(|| foreign(&grid, options).transpose()) {
        Some(Ok(shape)) => Ok(shape.table(grid, options)),
        Some(Err(reason)) => Err(Box::new((grid, reason))),
        None => {
            let reason = "no two columns have ratings in most of their cells (numbers count from -2 to 2, one of them negative)";
            Err(Box::new((grid, reason.to_owned())))
        }
    }
}

/// Where head, ratings and hypotheses are.
struct TableShape {
    head: usize,
    /// Indices of the first row of items and the last that has a rating.
    body: (usize, usize),
    hypotheses: Vec<usize>,
    reader: RatingReader,
    is_own: bool,
}

/// The shape of a table with our heads.
fn own(grid: &Grid, options: &ImportOptions) -> Option<Result<TableShape, String>> {
    let has = |row: &GridRow, word: &str| row.cells.iter().any(|cell| cell.text.trim() == word);
    let head = grid.rows.iter().position(|row| has(row, "id") && has(row, "text"))?;
    let row = grid.rows.get(head)?;
    let hypotheses: Vec<usize> = row
        .cells
        .iter()
        .filter(|cell| is_hypothesis(&cell.text, options, true))
        .map(|cell| cell.column)
        .collect();
    let body = (head + 1, grid.rows.len().saturating_sub(1));
    let cells = cells(grid, body, &hypotheses);
    let reader = RatingReader::fitting(cells, &options.marks)
        .unwrap_or_else(|| RatingReader::new(Notation::Letters, options.marks.clone()));
    Some(Ok(TableShape { head, body, hypotheses, reader, is_own: true }))
}

/// The cells of columns (ascending) within rows, empty ones left out.
fn cells<'g>(
    grid: &'g Grid,
    (first, last): (usize, usize),
    columns: &'g [usize],
) -> impl Iterator<Item = &'g str> + Clone {
    let rows = grid.rows.get(first..=last).unwrap_or_default().iter();
    let cells =
        rows.flat_map(|row| row.cells.iter()).filter(|cell| columns.binary_search(&cell.column).is_ok());
    cells.map(|cell| cell.text.trim()).filter(|cell| !cell.is_empty())
}

/// Whether a head can name a hypothesis.
fn is_hypothesis(head: &str, options: &ImportOptions, default: bool) -> bool {
    match mapped(head, options) {
        Some(purpose) => purpose == Purpose::Hypothesis,
        None => default && role(head).is_none() && !head.trim().is_empty(),
    }
}

/// The purpose that the options give to a column.
pub(super) fn mapped(head: &str, options: &ImportOptions) -> Option<Purpose> {
    let is_it = |(name, _): &&(String, Purpose)| plain(name) == plain(head);
    options.columns.iter().find(is_it).map(|(_, purpose)| *purpose)
}

/// The shape of a table from elsewhere: that of the notation which reads most cells.
fn foreign(grid: &Grid, options: &ImportOptions) -> Result<Option<TableShape>, String> {
    let mut best: Option<(usize, TableShape)> = None;
    for notation in NOTATIONS {
        let Some((read, shape)) = shape_in(grid, notation, options) else { continue };
        if best.as_ref().is_none_or(|(most, _)| read > *most) {
            best = Some((read, shape));
        }
    }
    let Some((_, mut shape)) = best else { return Ok(None) };
    let Some(head) = shape.body.0.checked_sub(1) else {
        return Err("there is no head row above the ratings".to_owned());
    };
    shape.head = head;
    Ok(Some(shape))
}

fn shape_in(grid: &Grid, notation: Notation, options: &ImportOptions) -> Option<(usize, TableShape)> {
    let reader = RatingReader::new(notation, options.marks.clone());
    let rated = |row: &GridRow| row.cells.iter().filter(|cell| reader.is_rating(&cell.text)).count();
    let label = |row: &GridRow| row.cells.first().is_some_and(|cell| is_score(&cell.text));
    let is_body = |row: &GridRow| rated(row) > 1 && !label(row);
    let first = grid.rows.iter().position(is_body)?;
    let last = grid.rows.iter().rposition(is_body)?;
    let head = first.checked_sub(1).and_then(|above| grid.rows.get(above));
    let may_be = |column: usize| {
        head.is_none_or(|row| row.text(column).is_empty() || is_hypothesis(row.text(column), options, true))
    };
    let mut counts = ColumnCounts::new();
    for row in grid.rows.get(first..=last).unwrap_or_default() {
        for cell in row.cells.iter().filter(|cell| !cell.text.trim().is_empty()) {
            let (rated, filled) = counts.entry(cell.column).or_insert((0, 0));
            *filled += 1;
            *rated += usize::from(reader.is_rating(&cell.text));
        }
    }
    let qualifies = |(column, (rated, filled)): (&usize, &(usize, usize))| {
        (*rated > 0 && rated * 100 >= filled * LEAST_SHARE && may_be(*column)).then_some(*column)
    };
    let mut block: Vec<usize> = counts.iter().filter_map(qualifies).collect();
    if block.len() < 2 || block.len() > MAX_HYPOTHESES {
        return None;
    }
    let fits = |block: &[usize]| RatingReader::fitting(cells(grid, (first, last), block), &options.marks);
    fits(&block).filter(|fit| fit.notation == notation)?;
    extend(&mut block, &counts, head, &may_be);
    let read = block.iter().filter_map(|column| counts.get(column)).map(|(rated, _)| rated).sum();
    let others: Vec<usize> =
        counts.keys().copied().filter(|column| block.binary_search(column).is_err()).collect();
    let has_text = cells(grid, (first, last), &others).any(|cell| number(&plain(cell)).is_none());
    let reader = fits(&block).filter(|fit| fit.notation == notation).unwrap_or(reader);
    // Rows next to the body that have a single rating belong to it, where a head is left above them.
    let has = |at: usize, is: fn(&RatingReader, &str) -> bool| {
        cells(grid, (at, at), &block).filter(|cell| is(&reader, cell)).count()
    };
    let is_more = |at: usize| at < grid.rows.len() && has(at, RatingReader::is_rating) > 0;
    let (mut first, mut last) = (first, last);
    while first > 1 && is_more(first - 1) && has(first - 2, |_, _| true) > 1 {
        first -= 1;
    }
    while is_more(last + 1) && grid.rows.get(last + 1).is_some_and(|row| !label(row)) {
        last += 1;
    }
    has_text.then_some((
        read,
        TableShape { head: 0, body: (first, last), hypotheses: block, reader, is_own: false },
    ))
}

/// The cells of each column that are ratings, and those that are not empty.
type ColumnCounts = BTreeMap<usize, (usize, usize)>;

/// Takes in columns between and beside those of the block that have a rating, or a head of the same pattern.
fn extend(
    block: &mut Vec<usize>,
    counts: &ColumnCounts,
    head: Option<&GridRow>,
    may_be: &impl Fn(usize) -> bool,
) {
    let text = |column: usize| head.map_or("", |row| row.text(column));
    let patterns: BTreeSet<String> = block.iter().filter_map(|column| pattern(text(*column))).collect();
    let is_free = |column: &&usize| may_be(**column) && !text(**column).is_empty();
    let belongs = |column: &&usize| {
        let rated = counts.get(*column).is_some_and(|(rated, _)| *rated > 0);
        is_free(column)
            && (rated || pattern(text(**column)).is_some_and(|pattern| patterns.contains(&pattern)))
    };
    let (Some(first), Some(last)) = (block.first().copied(), block.last().copied()) else { return };
    let heads = head.into_iter().flat_map(|row| row.cells.iter().map(|cell| cell.column));
    let columns: BTreeSet<usize> = counts.keys().copied().chain(heads).collect();
    let between = columns.range(first..last).filter(is_free);
    let left = columns.range(..first).rev().take_while(belongs);
    let right = columns.range(last + 1..).take_while(belongs);
    let more: BTreeSet<usize> = between.chain(left).chain(right).copied().collect();
    block.extend(more);
    block.sort_unstable();
    block.dedup();
}

impl TableShape {
    /// Tells rows and columns apart.
    fn table(self, grid: Grid, options: &ImportOptions) -> FoundTable {
        let Self { head, body, hypotheses, reader, is_own } = self;
        let (mut items, mut scores, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for (at, row) in grid.rows.iter().enumerate().skip(head + 1) {
            let label = row.cells.iter().find(|cell| hypotheses.binary_search(&cell.column).is_err());
            let filled = || hypotheses.iter().map(|column| row.text(*column)).filter(|cell| !cell.is_empty());
            let is_rated = filled().any(|cell| reader.is_rating(cell));
            let is_numeric = filled().count() > 0 && filled().all(|cell| number(&plain(cell)).is_some());
            let names_score = label.is_some_and(|cell| is_score(&cell.text));
            // In a table of ours every row is an item, unless nothing but scores can be meant.
            let is_score_row = (names_score && !(is_own && is_rated))
                || (reader.notation != Notation::Numbers && is_numeric && !is_rated);
            // A row below the last rated one may be an item that nobody has rated yet.
            let is_blank = |cell: &str| reader.read(cell).is_some();
            let is_unrated = items.last() == Some(&(at - 1)) && row.cells.len() > 1 && filled().all(is_blank);
            if is_score_row {
                scores.push(at);
            } else if is_own || is_rated || (at <= body.1 && at >= body.0) || is_unrated {
                items.push(at);
            } else {
                others.push(at);
            }
        }
        let (mut roles, mut strangers) = (Vec::new(), Vec::new());
        for column in grid.columns().into_iter().filter(|column| hypotheses.binary_search(column).is_err()) {
            let text = grid.rows.get(head).map_or("", |row| row.text(column));
            match mapped(text, options).map(ColumnRole::Is).or_else(|| role(text)) {
                Some(role) => roles.push((column, role)),
                None => strangers.push(column),
            }
        }
        let text = ColumnRole::Is(Purpose::Field(EvidenceField::Text));
        if !roles.iter().any(|(_, role)| *role == text)
            && let Some(at) = longest(&grid, body, &strangers)
        {
            roles.push((strangers.remove(at), text));
        }
        FoundTable {
            grid,
            head,
            items,
            scores,
            others,
            hypotheses,
            roles,
            strangers,
            legend: Vec::new(),
            aside: Vec::new(),
            reader,
            is_own,
            number: None,
        }
    }
}

/// The position among columns of the one with the longest texts.
fn longest(grid: &Grid, body: (usize, usize), columns: &[usize]) -> Option<usize> {
    let mut sizes = vec![0; columns.len()];
    for cell in grid.rows.get(body.0..=body.1).unwrap_or_default().iter().flat_map(|row| &row.cells) {
        if let Some(size) = columns.binary_search(&cell.column).ok().and_then(|at| sizes.get_mut(at)) {
            *size += cell.text.len();
        }
    }
    let sizes = sizes.into_iter().enumerate().filter(|(_, size)| *size > 0);
    sizes.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(at, _)| at)
}
