//! What-ifs: leaders without some items or with another rating in a cell, by one method.

use super::matrix::Matrix;
use super::nats::Nats;
use super::rank;
use super::ranking::Ranking;
use super::rating_code::RatingCode;
use super::score::Score;
use super::tally::{Changed, Tally, View};
use crate::scenario::Method;

/// A matrix under one method, with rows left out and a cell changed at will.
///
/// Leaving a row out, putting it back, changing a cell and asking who leads take time in the number of hypotheses and,
/// in a group, of its rows, and allocate nothing. Sums are exact, so whatever is done and taken back leaves what there
/// was. Who competes is settled anew each time: a hypothesis left without a rating CC to II does not lead.
#[derive(Clone, Debug)]
pub struct WhatIf<'a> {
    matrix: &'a Matrix,
    sums: Sums,
    /// By hypothesis, whether it leads in the matrix as it is.
    leads: Vec<bool>,
    /// By row, whether it is left out.
    dropped: Vec<bool>,
    changed: Option<Changed>,
}

/// The sums of a method.
#[derive(Clone, Debug)]
pub(super) enum Sums {
    /// Sums of an additive method.
    Additive(Box<Tally<Score>>),
    /// Sums of `bayes`.
    Bayes(Box<Tally<Nats>>),
}

impl<'a> WhatIf<'a> {
    /// The matrix as it is; `None` under `bayes` where priors are inconsistent.
    #[must_use]
    pub fn new(matrix: &'a Matrix, method: Method) -> Option<Self> {
        let sums = match Tally::additive(matrix, method) {
            Some(tally) => Sums::Additive(Box::new(tally)),
            None => Sums::Bayes(Box::new(Tally::bayes(matrix)?)),
        };
        let mut leads = vec![false; matrix.hypothesis_count()];
        sums.leaders(matrix, |hypothesis, is_first| {
            if let Some(leads) = leads.get_mut(hypothesis) {
                *leads = is_first;
            }
        });
        Some(Self { matrix, sums, leads, dropped: vec![false; matrix.items().len()], changed: None })
    }

    /// The matrix that all this is about.
    #[must_use]
    pub const fn matrix(&self) -> &'a Matrix {
        self.matrix
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> Method {
        match &self.sums {
            Sums::Additive(tally) => tally.method(),
            Sums::Bayes(tally) => tally.method(),
        }
    }

    /// The sums as they are now.
    pub(super) const fn sums(&self) -> &Sums {
        &self.sums
    }

    /// Leaves a row out, but not what rests on it. Nothing happens if it is out already, or if there is no such row.
    pub fn drop_row(&mut self, row: usize) {
        self.turn_row(row, true);
    }

    /// Puts a row back that was left out.
    pub fn restore_row(&mut self, row: usize) {
        self.turn_row(row, false);
    }

    fn turn_row(&mut self, row: usize, out: bool) {
        let Some(dropped) = self.dropped.get_mut(row).filter(|dropped| **dropped != out) else { return };
        *dropped = out;
        let view = View { matrix: self.matrix, dropped: &self.dropped, changed: self.changed };
        match &mut self.sums {
            Sums::Additive(tally) => tally.turn_row(view, row),
            Sums::Bayes(tally) => tally.turn_row(view, row),
        }
    }

    /// Gives a cell another code. At most one cell is changed: another one that was is restored first. In a
    /// row that is left out it shows when the row is put back.
    pub fn change_cell(&mut self, row: usize, hypothesis: usize, code: RatingCode) {
        self.restore_cell();
        self.turn_cell(row, hypothesis, Some(Changed { row, hypothesis, code }));
    }

    /// Restores the cell that was changed.
    pub fn restore_cell(&mut self) {
        if let Some(changed) = self.changed {
            self.turn_cell(changed.row, changed.hypothesis, None);
        }
    }

    fn turn_cell(&mut self, row: usize, hypothesis: usize, changed: Option<Changed>) {
        let from = self.changed.map_or_else(|| self.matrix.code(row, hypothesis), |changed| changed.code);
        self.changed = changed;
        if self.dropped.get(row).copied().unwrap_or(true) {
            return;
        }
        let view = View { matrix: self.matrix, dropped: &self.dropped, changed: self.changed };
        match &mut self.sums {
            Sums::Additive(tally) => tally.turn_cell(view, row, hypothesis, from),
            Sums::Bayes(tally) => tally.turn_cell(view, row, hypothesis, from),
        }
    }

    /// Returns whether the leaders differ from those of the matrix as it is.
    #[must_use]
    pub fn leaders_changed(&self) -> bool {
        match &self.sums {
            Sums::Additive(tally) => tally.leads_otherwise(self.matrix, &self.leads),
            Sums::Bayes(tally) => tally.leads_otherwise(self.matrix, &self.leads),
        }
    }

    /// Positions of the hypotheses that lead now, ascending, in place of what `into` holds.
    pub fn write_leaders(&self, into: &mut Vec<usize>) {
        into.clear();
        self.sums.leaders(self.matrix, |hypothesis, is_first| {
            if is_first {
                into.push(hypothesis);
            }
        });
    }

    /// Positions of the hypotheses that lead now, ascending.
    #[must_use]
    pub fn leaders(&self) -> Vec<usize> {
        let mut leaders = Vec::new();
        self.write_leaders(&mut leaders);
        leaders
    }

    /// Positions of the hypotheses that lead without these rows and what rests on them, where none is out already.
    #[must_use]
    pub fn leaders_without(&mut self, rows: &[usize]) -> Vec<usize> {
        let rows = self.matrix.with_dependents(rows);
        self.leaders_without_only(&rows)
    }

    /// Positions of the hypotheses that lead without these rows, what rests on them being kept, where none is out
    /// already.
    #[must_use]
    pub fn leaders_without_only(&mut self, rows: &[usize]) -> Vec<usize> {
        rows.iter().for_each(|row| self.drop_row(*row));
        let leaders = self.leaders();
        rows.iter().for_each(|row| self.restore_row(*row));
        leaders
    }

    /// Positions of the hypotheses that lead where the cells of one in these rows are NA, of a matrix as it is.
    #[must_use]
    pub fn leaders_without_own_cells(&self, hypothesis: usize, rows: &[usize]) -> Vec<usize> {
        let mut flags = vec![false; self.matrix.items().len()];
        for row in rows {
            flags.get_mut(*row).into_iter().for_each(|flag| *flag = true);
        }
        let mut other = self.clone();
        match &mut other.sums {
            Sums::Additive(tally) => {
                tally.put(hypothesis, tally.without_own_cells(self.matrix, hypothesis, &flags))
            }
            Sums::Bayes(tally) => {
                tally.put(hypothesis, tally.without_own_cells(self.matrix, hypothesis, &flags))
            }
        }
        other.leaders()
    }

    /// The ranking as it is now.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        match &self.sums {
            Sums::Additive(tally) => rank::additive(tally, self.matrix),
            Sums::Bayes(tally) => rank::bayes(tally, self.matrix),
        }
    }

    /// The score of a hypothesis as it is now: its sum under an additive method, under `bayes` ln of its posterior up
    /// to a constant that all share.
    #[must_use]
    pub fn score(&self, hypothesis: usize) -> f64 {
        match &self.sums {
            Sums::Additive(tally) => tally.score(hypothesis).to_f64(),
            Sums::Bayes(tally) => tally.standing(self.matrix, hypothesis).to_f64(),
        }
    }
}

impl Sums {
    /// Calls `each` with every hypothesis that competes, in order, and whether it is of rank 1.
    fn leaders(&self, matrix: &Matrix, each: impl FnMut(usize, bool)) {
        match self {
            Self::Additive(tally) => tally.leaders(matrix, each),
            Self::Bayes(tally) => tally.leaders(matrix, each),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::fixture::Fixture;
    use crate::engine::laws::{WORDS, scenario};
    use crate::engine::rank;
    use crate::scenario::{Rating, Scenario};

    /// Compares the what-if with the ranking of the scenario that it describes.
    fn assert_same(what_if: &WhatIf<'_>, scenario: &Scenario, method: Method) -> Result<(), TestCaseError> {
        let expected = rank(&Matrix::new(scenario, None), method);
        prop_assert_eq!(what_if.leaders(), expected.leaders.clone(), "{}", method);
        let ranking = what_if.ranking();
        prop_assert_eq!(&ranking.ranks, &expected.ranks);
        for (score, expected) in ranking.scores.iter().zip(&expected.scores) {
            prop_assert_eq!(score.is_some(), expected.is_some());
            prop_assert!((score.unwrap_or_default() - expected.unwrap_or_default()).abs() < 1e-13);
        }
        Ok(())
    }

    fn put(scenario: &mut Scenario, row: usize, hypothesis: usize, code: RatingCode) {
        let mut cell = scenario.evidence[row].ratings.get(hypothesis).cloned().unwrap_or_default();
        cell.rating = code.rating();
        scenario.evidence[row].ratings.set(hypothesis, cell);
    }

    /// Everything that is kept beside the sums themselves must be as it was too.
    fn sums(what_if: &WhatIf<'_>) -> String {
        format!("{:?} {:?} {:?}", what_if.sums, what_if.dropped, what_if.changed)
    }

    proptest! {
        #[test]
        fn what_ifs_are_as_good_as_another_file(
            s in scenario(),
            out in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
            cell in any::<prop::sample::Index>(),
            word in prop::sample::select(WORDS.as_slice()),
            cell_first in any::<bool>(),
        ) {
            prop_assume!(!s.hypotheses.is_empty() && !s.evidence.is_empty());
            let (width, items) = (s.hypotheses.len(), s.evidence.len());
            let cell = cell.index(width * items);
            let (row, hypothesis, code) = (cell / width, cell % width, RatingCode::from(Rating::parse(word)));
            let out: Vec<usize> = out.iter().map(|at| at.index(items)).collect();
            let matrix = Matrix::new(&s, None);
            let mut changed = s.clone();
            put(&mut changed, row, hypothesis, code);
            let mut left = changed.clone();
            let mut at = 0;
            left.evidence.retain(|_| { at += 1; !out.contains(&(at - 1)) });

            for method in Method::ALL {
                let mut what_if = WhatIf::new(&matrix, *method).unwrap();
                let before = sums(&what_if);
                assert_same(&what_if, &s, *method)?;
                prop_assert!(!what_if.leaders_changed());
                if cell_first {
                    what_if.change_cell(row, hypothesis, code);
                    assert_same(&what_if, &changed, *method)?;
                }
                out.iter().for_each(|row| what_if.drop_row(*row));
                if !cell_first {
                    what_if.change_cell(0, 0, RatingCode::VeryConsistent);
                    what_if.change_cell(row, hypothesis, code);
                }
                assert_same(&what_if, &left, *method)?;
                prop_assert_eq!(what_if.leaders_changed(), what_if.leaders() != rank(&matrix, *method).leaders);
                if cell_first {
                    what_if.restore_cell();
                    out.iter().rev().for_each(|row| what_if.restore_row(*row));
                } else {
                    out.iter().for_each(|row| what_if.restore_row(*row));
                    assert_same(&what_if, &changed, *method)?;
                    what_if.restore_cell();
                }
                prop_assert_eq!(sums(&what_if), before);
            }
        }
    }

    #[test]
    fn the_next_strongest_of_a_group_counts_where_the_strongest_is_left_out() {
        let of = |rows: &[&str]| rows.iter().fold(Fixture::of(2), |f, row| f.grouped(row, "g")).scenario();
        let scenario = of(&["II CC", "I C", "II N"]);
        let matrix = Matrix::new(&scenario, None);
        for method in Method::ALL {
            let mut what_if = WhatIf::new(&matrix, *method).unwrap();
            what_if.drop_row(0);
            assert_same(&what_if, &of(&["I C", "II N"]), *method).unwrap();
            what_if.drop_row(2);
            assert_same(&what_if, &of(&["I C"]), *method).unwrap();
            what_if.restore_row(0);
            what_if.change_cell(0, 0, RatingCode::Blank);
            assert_same(&what_if, &of(&["- CC", "I C"]), *method).unwrap();
        }
    }

    #[test]
    fn one_left_without_a_rating_does_not_lead() {
        let scenario = Fixture::of(2).item("C I").item("NA C").scenario();
        let matrix = Matrix::new(&scenario, None);
        for method in Method::ALL {
            let mut what_if = WhatIf::new(&matrix, *method).unwrap();
            assert_eq!(what_if.leaders(), [0]);
            assert_eq!(what_if.leaders_without(&[0]), [1]);
            assert_eq!(what_if.leaders_without_own_cells(0, &[0]), [1]);
            what_if.change_cell(0, 0, RatingCode::NotApplicable);
            assert!(what_if.leaders_changed());
        }
    }

    #[test]
    fn what_is_not_there_changes_nothing() {
        let scenario = Fixture::of(2).item("C I").scenario();
        let matrix = Matrix::new(&scenario, None);
        for method in Method::ALL {
            let mut what_if = WhatIf::new(&matrix, *method).unwrap();
            let before = sums(&what_if);
            what_if.drop_row(1);
            what_if.restore_row(0);
            what_if.change_cell(1, 0, RatingCode::Inconsistent);
            what_if.change_cell(0, 2, RatingCode::Inconsistent);
            assert!(!what_if.leaders_changed());
            what_if.restore_cell();
            assert_eq!(sums(&what_if), before);
        }
    }

    #[test]
    fn inconsistent_priors_ask_nothing() {
        let scenario = Fixture::of(2).item("C I").priors(&[0.2, 0.7]).scenario();
        let matrix = Matrix::new(&scenario, None);
        assert!(WhatIf::new(&matrix, Method::Bayes).is_none());
        assert!(WhatIf::new(&matrix, Method::Net).is_some());
        let scenario = Fixture::of(3).reject(2).item("C I").priors(&[0.5, 0.5, 0.0]).scenario();
        assert_eq!(WhatIf::new(&Matrix::new(&scenario, None), Method::Bayes).unwrap().leaders(), [0]);
    }
}
