//! Square tables of figures, a row and a column for each of some things.

/// A square of floats.
#[derive(Clone, Debug, PartialEq)]
pub struct Square {
    side: usize,
    figures: Vec<f64>,
}

impl Square {
    /// All zero.
    pub(super) fn new(side: usize) -> Self {
        Self { side, figures: vec![0.0; side * side] }
    }

    /// The square of these rows.
    pub(super) fn of(rows: impl ExactSizeIterator<Item = Vec<f64>>) -> Self {
        Self { side: rows.len(), figures: rows.flatten().collect() }
    }

    /// Number of rows, which is that of columns.
    pub(super) const fn side(&self) -> usize {
        self.side
    }

    /// One row.
    #[must_use]
    pub fn row(&self, row: usize) -> &[f64] {
        self.figures.get(row * self.side..(row + 1) * self.side).unwrap_or_default()
    }

    /// A row to be written.
    pub(super) fn row_mut(&mut self, row: usize) -> &mut [f64] {
        self.figures.get_mut(row * self.side..(row + 1) * self.side).unwrap_or_default()
    }

    /// One figure.
    #[must_use]
    pub fn get(&self, row: usize, column: usize) -> Option<f64> {
        self.row(row).get(column).copied()
    }

    /// Adds the figures of another of the same side.
    pub(super) fn add(&mut self, other: &Self) {
        for (figure, more) in self.figures.iter_mut().zip(&other.figures) {
            *figure += more;
        }
    }

    /// Adds halves, so many to each figure.
    pub(super) fn add_halves(&mut self, halves: &[u32]) {
        for (figure, halves) in self.figures.iter_mut().zip(halves) {
            *figure += f64::from(*halves) / 2.0;
        }
    }

    /// Divides every figure.
    pub(super) fn divided(mut self, by: f64) -> Self {
        self.figures.iter_mut().for_each(|figure| *figure /= by);
        self
    }
}
