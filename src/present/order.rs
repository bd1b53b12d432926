//! The order in which evidence is listed.

use crate::engine::{self, Matrix};
use crate::scenario::Scenario;

/// What evidence is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the file has it.
    #[default]
    File,
    /// The most telling first: by diagnosticity times weight.
    Diagnosticity,
    /// The earliest first, by the day that counts; undated items last.
    Date,
    /// By id.
    Id,
}

/// Weighted diagnosticities that differ by less are equal: they stay in the order of the file.
const TOLERANCE: f64 = 1e-12;

impl Order {
    /// Every order, the default first.
    pub const ALL: [Self; 4] = [Self::File, Self::Diagnosticity, Self::Date, Self::Id];

    /// Its name on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Diagnosticity => "diagnosticity",
            Self::Date => "date",
            Self::Id => "id",
        }
    }

    /// The rows of the matrix in this order. Equal ones keep the order of the file.
    #[must_use]
    pub fn rows(self, scenario: &Scenario, matrix: &Matrix) -> Vec<usize> {
        let mut rows: Vec<usize> = (0..matrix.items().len()).collect();
        let item = |row: &usize| matrix.items().get(*row).and_then(|at| scenario.evidence.get(*at));
        match self {
            Self::File => {}
            Self::Diagnosticity => return by_diagnosticity(scenario, matrix),
            Self::Date => rows.sort_by_key(|row| {
                let day = item(row).and_then(|e| e.date).map(|date| date.last_day());
                (day.is_none(), day)
            }),
            Self::Id => rows.sort_by_key(|row| item(row).map(|e| &e.id)),
        }
        rows
    }
}

fn by_diagnosticity(scenario: &Scenario, matrix: &Matrix) -> Vec<usize> {
    let telling = |(row, at): (usize, &usize)| {
        let weight = scenario.evidence.get(*at).map_or(1.0, |e| e.weight().factor());
        (row, engine::diagnosticity(matrix, row) * weight)
    };
    let mut rows: Vec<(usize, f64)> = matrix.items().iter().enumerate().map(telling).collect();
    rows.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    for equal in rows.chunk_by_mut(|(_, a), (_, b)| a - b <= TOLERANCE) {
        equal.sort_by_key(|(row, _)| *row);
    }
    rows.into_iter().map(|(row, _)| row).collect()
}
