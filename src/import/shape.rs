//! The shape of a table of ratings: where its head, its items and its hypotheses are.
//!
//! A table has at least two columns in which six of ten cells that are not blank are ratings, and a column of texts. Its
//! head is the nearest row above that has texts. A table with the heads `id` and `text` is one of ours: all of its other
//! columns are known fields or hypotheses.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::column::{ColumnRole, is_score, role};
use super::grid::{Grid, GridRow};
use super::legend::{LegendEntry, is_legend};
use super::name::pattern;
use super::notation::{Notation, RatingReader, figure, plain};
use super::{ImportOptions, ImportPlace, Purpose};
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
    /// Names that tables which are no matrix give to ids, with their places.
    pub(super) elsewhere: HashMap<String, (String, ImportPlace)>,
    /// Its number among the tables that could be meant, from 1; `None` if it is the only one.
    pub(super) number: Option<usize>,
}

impl FoundTable {
    /// The head row.
    pub(super) fn head_row(&self) -> Option<&GridRow> {
        self.grid.rows.get(self.head)
    }

    /// The rows at these indices.
    pub(super) fn rows<'s>(&'s self, indices: &'s [usize]) -> impl Iterator<Item = &'s GridRow> + Clone {
        indices.iter().filter_map(|at| self.grid.rows.get(*at))
    }
}

/// The least share of ratings among the cells of a column, per cent.
const LEAST_SHARE: usize = 60;

/// Reads a grid as a table with items as rows. The grid comes back with the reason if it is none.
pub(super) fn upright(grid: Grid, options: &ImportOptions) -> Result<FoundTable, Box<(Grid, String)>> {
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
    let best = |are_fields_apart: bool| {
        let shapes =
            Notation::ALL.iter().filter_map(|notation| shape_in(grid, *notation, options, are_fields_apart));
        // Of equal ones the first.
        shapes.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, shape)| shape)
    };
    if let Some(shape) = best(true) {
        return if shape.body.0 == 0 {
            Err("there is no head row above the ratings".to_owned())
        } else {
            Ok(Some(shape))
        };
    }
    // Ratings below the head of a field: the heads have slipped.
    let Some(shape) = best(false) else { return Ok(None) };
    let heads = grid
        .rows
        .get(shape.head)
        .into_iter()
        .flat_map(|head| shape.hypotheses.iter().map(|at| head.text(*at)));
    let fields: Vec<String> =
        heads.filter(|head| role(head).is_some()).map(|head| format!("\"{head}\"")).collect();
    Err(format!(
        "ratings stand below {}: if the heads have slipped by a column, correct the head row; if that is a hypothesis, say so \
         with --map",
        fields.join(", ")
    ))
}

/// The shape in one notation, with the number of cells that it reads. Unless `are_fields_apart`, a column of ratings
/// counts as one even below the head of a field.
fn shape_in(
    grid: &Grid,
    notation: Notation,
    options: &ImportOptions,
    are_fields_apart: bool,
) -> Option<(usize, TableShape)> {
    let reader = RatingReader::new(notation, options.marks.clone());
    let rated = |row: &GridRow| row.cells.iter().filter(|cell| reader.is_rating(&cell.text)).count();
    let marked = |row: &GridRow| {
        let is_marked = |cell: &str| !cell.is_empty() && (reader.is_rating(cell) || reader.is_blank(cell));
        row.cells.iter().filter(|cell| is_marked(cell.text.trim())).count()
    };
    let label = |row: &GridRow| row.cells.first().is_some_and(|cell| is_score(&cell.text));
    let is_text = |cell: &str| !reader.is_rating(cell) && figure(cell).is_none();
    let has_text = |row: &GridRow| row.cells.iter().any(|cell| is_text(cell.text.trim()));
    // Where no row has two ratings, one will do.
    let is_rated = |row: &GridRow, least: usize| {
        rated(row) > 0 && marked(row) >= least && !label(row) && !is_legend(row)
    };
    let least = if grid.rows.iter().any(|row| is_rated(row, 2)) { 2 } else { 1 };
    let is_body = |row: &GridRow| is_rated(row, least);
    // Leading rows without a text, such as scores below the head, are no items.
    let first = grid.rows.iter().position(|row| is_body(row) && has_text(row))?;
    let last = grid.rows.iter().rposition(is_body)?;
    let above = grid.rows.get(..first).unwrap_or_default();
    let figures = |row: &GridRow| row.cells.iter().filter(|cell| !is_text(cell.text.trim())).count();
    let is_scores = |row: &GridRow| figures(row) > 1 && row.cells.iter().any(|cell| is_score(&cell.text));
    let is_head = |row: &GridRow| row.cells.len() > 1 && has_text(row) && !is_scores(row) && !is_legend(row);
    let head = above.iter().rposition(is_head).or_else(|| first.checked_sub(1));
    let head_row = head.and_then(|head| grid.rows.get(head));
    let may_be = |column: usize| {
        head_row.is_none_or(|row| {
            let text = row.text(column);
            text.is_empty()
                || is_hypothesis(text, options, true)
                || (!are_fields_apart && mapped(text, options).is_none())
        })
    };
    let mut counts = ColumnCounts::new();
    for row in grid.rows.get(first..=last).unwrap_or_default() {
        for cell in row.cells.iter().filter(|cell| !reader.is_blank(&cell.text)) {
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
    extend(&mut block, &counts, head_row, &may_be);
    let read = block.iter().filter_map(|column| counts.get(column)).map(|(rated, _)| rated).sum();
    let others: Vec<usize> =
        counts.keys().copied().filter(|column| block.binary_search(column).is_err()).collect();
    let has_texts = cells(grid, (first, last), &others).any(|cell| figure(cell).is_none());
    let reader = fits(&block).filter(|fit| fit.notation == notation).unwrap_or(reader);
    let body = body(grid, (first, last), &block, &reader);
    let head = above_of(body.0, head);
    has_texts.then_some((read, TableShape { head, body, hypotheses: block, reader, is_own: false }))
}

/// The head of a body that may have grown over it.
fn above_of(first: usize, head: Option<usize>) -> usize {
    head.filter(|head| *head < first).unwrap_or_else(|| first.saturating_sub(1))
}

/// The first and last row of items: rows next to those of the body that have a single rating belong to it, where a head
/// is left above them.
fn body(
    grid: &Grid,
    (first, last): (usize, usize),
    block: &[usize],
    reader: &RatingReader,
) -> (usize, usize) {
    let has = |at: usize, is: fn(&RatingReader, &str) -> bool| {
        cells(grid, (at, at), block).filter(|cell| is(reader, cell)).count()
    };
    let is_more = |at: usize| at < grid.rows.len() && has(at, RatingReader::is_rating) > 0;
    let label = |at: usize| {
        grid.rows.get(at).and_then(|row| row.cells.first()).is_some_and(|cell| is_score(&cell.text))
    };
    let has_text = |at: usize| {
        let row = grid.rows.get(at).into_iter().flat_map(|row| &row.cells);
        row.filter(|cell| block.binary_search(&cell.column).is_err()).any(|cell| figure(&cell.text).is_none())
    };
    let (mut first, mut last) = (first, last);
    while first > 1
        && is_more(first - 1)
        && has_text(first - 1)
        && !label(first - 1)
        && has(first - 2, |_, _| true) > 1
    {
        first -= 1;
    }
    while is_more(last + 1) && !label(last + 1) {
        last += 1;
    }
    (first, last)
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
    let are_alike = !patterns.is_empty() && block.iter().all(|column| pattern(text(*column)).is_some());
    let is_free = |column: &&usize| may_be(**column) && !text(**column).is_empty();
    let belongs = |column: &&usize| {
        let rated = counts.get(*column).is_some_and(|(rated, _)| *rated > 0);
        is_free(column)
            && (rated || pattern(text(**column)).is_some_and(|pattern| patterns.contains(&pattern)))
    };
    // Among heads such as H1 and H2, one of another sort is no hypothesis.
    let is_between = |column: &&usize| if are_alike { belongs(column) } else { is_free(column) };
    let (Some(first), Some(last)) = (block.first().copied(), block.last().copied()) else { return };
    let heads = head.into_iter().flat_map(|row| row.cells.iter().map(|cell| cell.column));
    let columns: BTreeSet<usize> = counts.keys().copied().chain(heads).collect();
    let between = columns.range(first..last).filter(is_between);
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
            let mut labels = row.cells.iter().filter(|cell| hypotheses.binary_search(&cell.column).is_err());
            let has_text = labels.clone().any(|cell| figure(&cell.text).is_none());
            let filled = || hypotheses.iter().map(|column| row.text(*column)).filter(|cell| !cell.is_empty());
            let is_rated = filled().any(|cell| reader.is_rating(cell));
            let is_numeric = filled().count() > 0 && filled().all(|cell| figure(cell).is_some());
            let names_score = labels.next().is_some_and(|cell| is_score(&cell.text));
            let is_leading = at < body.0;
            // In a table of ours every row is an item, unless nothing but scores can be meant.
            let is_score_row = (names_score && !(is_own && is_rated))
                || (reader.notation != Notation::Numbers && is_numeric && !is_rated)
                || (is_leading && !has_text && is_numeric);
            // A row below the last rated one may be an item that nobody has rated yet.
            let is_blank = |cell: &str| reader.read(cell).is_some();
            let is_unrated = items.last() == Some(&(at - 1)) && row.cells.len() > 1 && filled().all(is_blank);
            if is_score_row {
                scores.push(at);
            } else if is_own
                || (is_leading && has_text)
                || (!is_leading && (is_rated || at <= body.1 || is_unrated))
            {
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
            elsewhere: HashMap::new(),
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
