//! Cells and rows: one judgement per hypothesis on an item or an indicator, or one probability per hypothesis
//! of an estimate.

use super::conflict::{CellConflict, Judgement};
use super::probability::Probability;
use super::rating::Rating;
use super::weight::Level;

/// One cell: a judgement and, after a merge, the other sides' judgements.
///
/// Small (16 bytes with its place in the row), since a matrix has up to millions: notes and conflicts, which few
/// cells have, are kept apart.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// The rating; `None` is a blank.
    pub rating: Option<Rating>,
    /// How sure the analyst is; `None` counts as medium.
    pub confidence: Option<Level>,
    /// The position of its hypothesis, known to its row only.
    hypothesis: u16,
    rest: Option<Box<Rest>>,
}

impl PartialEq for Cell {
    /// Compares the content; equal cells can stand in different columns.
    fn eq(&self, other: &Self) -> bool {
        (self.rating, self.confidence, &self.rest) == (other.rating, other.confidence, &other.rest)
    }
}

impl Eq for Cell {}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Rest {
    probability: Option<Probability>,
    note: Option<String>,
    conflict: Option<CellConflict>,
}

impl Cell {
    /// Returns a cell with this rating and nothing else.
    #[must_use]
    pub const fn rated(rating: Rating) -> Self {
        Self { rating: Some(rating), confidence: None, hypothesis: 0, rest: None }
    }

    /// Returns a cell of an estimate.
    #[must_use]
    pub fn stated(probability: Probability) -> Self {
        let mut cell = Self::default();
        cell.set_probability(Some(probability));
        cell
    }

    /// Returns whether it is empty: no rating, confidence, note, probability or conflict.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rating.is_none() && self.confidence.is_none() && self.rest.is_none()
    }

    /// Returns the reason for the rating.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.rest.as_ref()?.note.as_deref()
    }

    /// Returns the probability that an estimate states.
    #[must_use]
    pub fn probability(&self) -> Option<Probability> {
        self.rest.as_ref()?.probability
    }

    /// Sets or removes the probability.
    pub fn set_probability(&mut self, probability: Option<Probability>) {
        self.edit_rest(|rest| rest.probability = probability);
    }

    /// Returns the conflict of the cell.
    #[must_use]
    pub fn conflict(&self) -> Option<&CellConflict> {
        self.rest.as_ref()?.conflict.as_ref()
    }

    /// Sets or removes the note.
    pub fn set_note(&mut self, note: Option<String>) {
        self.edit_rest(|rest| rest.note = note);
    }

    /// Sets or removes the conflict.
    pub fn set_conflict(&mut self, conflict: Option<CellConflict>) {
        self.edit_rest(|rest| rest.conflict = conflict);
    }

    /// Returns the judgement.
    #[must_use]
    pub fn judgement(&self) -> Judgement {
        Judgement {
            probability: self.probability(),
            rating: self.rating,
            confidence: self.confidence,
            note: self.note().map(Into::into),
        }
    }

    /// Replaces the judgement.
    pub fn set_judgement(&mut self, judgement: Judgement) {
        let Judgement { probability, rating, confidence, note } = judgement;
        (self.rating, self.confidence) = (rating, confidence);
        self.edit_rest(|rest| (rest.probability, rest.note) = (probability, note));
    }

    fn edit_rest(&mut self, edit: impl FnOnce(&mut Rest)) {
        let mut rest = self.rest.take().unwrap_or_default();
        edit(&mut rest);
        if *rest != Rest::default() {
            self.rest = Some(rest);
        }
    }
}

impl From<Judgement> for Cell {
    fn from(judgement: Judgement) -> Self {
        let mut cell = Self::default();
        cell.set_judgement(judgement);
        cell
    }
}

/// The cells of one item that are not empty, in ascending order of the hypothesis's position.
#[derive(Clone, Debug, Default)]
pub struct Row {
    cells: Vec<Cell>,
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Row {}

impl Row {
    /// Returns a row of these cells, by positions of hypotheses (below 65,536). Empty cells are dropped; of
    /// several for one hypothesis the last stays.
    #[must_use]
    pub fn from_cells(cells: impl IntoIterator<Item = (usize, Cell)>) -> Self {
        let mut row = Self::default();
        for (hypothesis, cell) in cells {
            row.set(hypothesis, cell);
        }
        row.cells.shrink_to_fit();
        row
    }

    /// Returns an empty row with room for this many cells.
    #[must_use]
    pub fn with_capacity(cells: usize) -> Self {
        Self { cells: Vec::with_capacity(cells) }
    }

    /// Returns the cell of the hypothesis at this position; `None` if it is empty.
    #[must_use]
    pub fn get(&self, hypothesis: usize) -> Option<&Cell> {
        let key = u16::try_from(hypothesis).ok()?;
        let at = self.cells.binary_search_by_key(&key, |cell| cell.hypothesis).ok()?;
        self.cells.get(at)
    }

    /// Returns the rating of the hypothesis at this position; `None` for a blank.
    #[must_use]
    pub fn rating(&self, hypothesis: usize) -> Option<Rating> {
        self.get(hypothesis)?.rating
    }

    /// Sets the cell at a hypothesis's position (below 65,536) and returns the old one.
    pub fn set(&mut self, hypothesis: usize, cell: Cell) -> Cell {
        let Ok(key) = u16::try_from(hypothesis) else {
            return Cell::default();
        };
        // Reading fills rows from left to right, so the common case appends.
        let at = match self.cells.last() {
            Some(last) if last.hypothesis < key => Err(self.cells.len()),
            Some(_) => self.cells.binary_search_by_key(&key, |cell| cell.hypothesis),
            None => Err(0),
        };
        let cell = Cell { hypothesis: key, ..cell };
        match at {
            Ok(at) if cell.is_empty() => self.cells.remove(at),
            Ok(at) => self.cells.get_mut(at).map(|old| std::mem::replace(old, cell)).unwrap_or_default(),
            Err(at) => {
                if !cell.is_empty() {
                    self.cells.insert(at, cell);
                }
                Cell::default()
            }
        }
    }

    /// Returns the cells that are not empty, in ascending order of position.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells.iter().map(|cell| (usize::from(cell.hypothesis), cell))
    }

    /// Makes room for a hypothesis inserted at this position: the cells at and after it move right.
    pub fn insert_column(&mut self, hypothesis: usize) {
        for cell in &mut self.cells {
            if usize::from(cell.hypothesis) >= hypothesis {
                cell.hypothesis += 1;
            }
        }
    }

    /// Removes the cell at this position; the cells after it move left.
    pub fn remove_column(&mut self, hypothesis: usize) -> Cell {
        let taken = self.set(hypothesis, Cell::default());
        for cell in &mut self.cells {
            if usize::from(cell.hypothesis) > hypothesis {
                cell.hypothesis -= 1;
            }
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_in_its_row_stays_small() {
        assert_eq!(std::mem::size_of::<Cell>(), 16);
    }

    #[test]
    fn an_empty_cell_is_no_cell() {
        let mut row = Row::from_cells([(2, Cell::rated(Rating::Consistent)), (0, Cell::default())]);
        assert_eq!(row.iter().count(), 1);
        assert_eq!(row.set(2, Cell::default()), Cell::rated(Rating::Consistent));
        assert_eq!(row, Row::default());
        let mut noted = Cell::default();
        noted.set_note(Some("why".into()));
        assert!(!noted.is_empty());
        noted.set_note(None);
        assert!(noted.is_empty());
    }

    #[test]
    fn columns_come_and_go() {
        let mut row =
            Row::from_cells([(1, Cell::rated(Rating::Neutral)), (0, Cell::rated(Rating::Consistent))]);
        row.insert_column(1);
        assert_eq!(row.rating(0), Some(Rating::Consistent));
        assert_eq!(row.rating(1), None);
        assert_eq!(row.rating(2), Some(Rating::Neutral));
        assert_eq!(row.remove_column(0).rating, Some(Rating::Consistent));
        assert_eq!(row.rating(1), Some(Rating::Neutral));
    }
}
