//! The order in which evidence is listed.

use crate::engine::{self, Matrix};
use crate::scenario::{Scenario, keyword};

keyword! {
    /// The order of evidence.
    #[derive(Default)]
    pub enum Order {
        /// The order of the file.
        #[default]
        File = "file",
        /// By diagnosticity times weight, the highest first.
        Diagnosticity = "diagnosticity",
        /// By the day that counts, the earliest first, undated items last.
        Date = "date",
        /// By id.
        Id = "id",
    }
}

impl Order {
    /// Returns the rows of the matrix in this order; ties in the order of the file.
    #[must_use]
    pub fn rows(self, scenario: &Scenario, matrix: &Matrix) -> Vec<usize> {
        let mut rows: Vec<usize> = (0..matrix.items().len()).collect();
        let item = |row: &usize| matrix.items().get(*row).and_then(|at| scenario.evidence.get(*at));
        match self {
            Self::File => {}
            Self::Diagnosticity => return engine::by_diagnosticity(matrix),
            Self::Date => rows.sort_by_key(|row| {
                let day = item(row).and_then(|e| e.date).map(|date| date.last_day());
                (day.is_none(), day)
            }),
            Self::Id => rows.sort_by_key(|row| item(row).map(|e| &e.id)),
        }
        rows
    }
}
