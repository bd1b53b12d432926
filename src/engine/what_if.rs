//! What-ifs: leaders without some items or with another rating in a cell, by one method.

use super::bayes::posterior;
use super::belief::{Belief, View};
use super::matrix::Matrix;
use super::nats::Nats;
use super::ranking::Ranking;
use super::rating_code::RatingCode;
use super::tally::Tally;
use crate::scenario::Method;

/// A matrix under one method, with rows left out and a cell changed at will.
///
/// Leaving a row out, putting it back, changing a cell and asking who leads take time in the number of hypotheses and
/// allocate nothing. Sums are exact, so whatever is done and taken back leaves what there was. Under `bayes` what is
/// left of a group counts as its mean anew, and an item takes part in it, or no longer does, as its changed cell has
/// it.
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
    Additive(Tally),
    /// Sums of `bayes`.
    Bayes(Box<Belief>),
}

#[derive(Clone, Copy, Debug)]
struct Changed {
    row: usize,
    hypothesis: usize,
    code: RatingCode,
}

impl<'a> WhatIf<'a> {
    /// The matrix as it is; `None` under `bayes` where priors are inconsistent.
    #[must_use]
    pub fn new(matrix: &'a Matrix, method: Method) -> Option<Self> {
        let sums = match Tally::new(matrix, method) {
            Some(tally) => Sums::Additive(tally),
            None => Sums::Bayes(Box::new(Belief::new(matrix)?)),
        };
        let mut leads = vec![false; matrix.hypothesis_count()];
        sums.standings(matrix, |hypothesis, is_first| {
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

    /// The sums as they are now.
    pub(super) const fn sums(&self) -> &Sums {
        &self.sums
    }

    /// Leaves a row out. Nothing happens if it is out already, or if there is no such row.
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
        let view = View { matrix: self.matrix, row, changed: self.changed_in(row) };
        match (&mut self.sums, out) {
            (Sums::Additive(tally), true) => tally.remove_row(view.class(), view.codes()),
            (Sums::Additive(tally), false) => tally.add_row(view.class(), view.codes()),
            (Sums::Bayes(belief), true) => belief.remove(view),
            (Sums::Bayes(belief), false) => belief.add(view),
        }
    }

    /// Lets another code stand in a cell. At most one cell is changed: another one that was is restored first. In a
    /// row that is left out it shows when the row is put back.
    pub fn change_cell(&mut self, row: usize, hypothesis: usize, code: RatingCode) {
        self.restore_cell();
        self.turn_cell(row, Some(Changed { row, hypothesis, code }));
    }

    /// Restores the cell that was changed.
    pub fn restore_cell(&mut self) {
        if let Some(changed) = self.changed {
            self.turn_cell(changed.row, None);
        }
    }

    fn turn_cell(&mut self, row: usize, changed: Option<Changed>) {
        let from = View { matrix: self.matrix, row, changed: self.changed_in(row) };
        self.changed = changed;
        let to = View { changed: self.changed_in(row), ..from };
        let Some((hypothesis, _)) = from.changed.or(to.changed) else { return };
        if self.dropped.get(row).copied().unwrap_or(true) {
            return;
        }
        match &mut self.sums {
            Sums::Additive(tally) => {
                tally.replace(hypothesis, from.class(), from.code(hypothesis), to.code(hypothesis));
            }
            Sums::Bayes(belief) => belief.replace(from, to, hypothesis),
        }
    }

    fn changed_in(&self, row: usize) -> Option<(usize, RatingCode)> {
        self.changed.filter(|changed| changed.row == row).map(|changed| (changed.hypothesis, changed.code))
    }

    /// Returns whether the leaders differ from those of the matrix as it is.
    #[must_use]
    pub fn leaders_changed(&self) -> bool {
        let mut changed = false;
        self.sums.standings(self.matrix, |hypothesis, is_first| {
            changed |= self.leads.get(hypothesis) != Some(&is_first);
        });
        changed
    }

    /// Positions of the hypotheses that lead now, ascending, in place of what `into` holds.
    pub fn write_leaders(&self, into: &mut Vec<usize>) {
        into.clear();
        self.sums.standings(self.matrix, |hypothesis, is_first| {
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

    /// Positions of the hypotheses that lead without these rows, each named once and none of them out already.
    #[must_use]
    pub fn leaders_without(&mut self, rows: &[usize]) -> Vec<usize> {
        rows.iter().for_each(|row| self.drop_row(*row));
        let leaders = self.leaders();
        rows.iter().for_each(|row| self.restore_row(*row));
        leaders
    }

    /// The ranking as it is now.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        match &self.sums {
            Sums::Additive(tally) => tally.ranking(self.matrix),
            Sums::Bayes(belief) => {
                let hypotheses = 0..self.matrix.hypothesis_count();
                posterior(self.matrix, hypotheses.map(|hypothesis| belief.weight(hypothesis).to_f64()))
            }
        }
    }

    /// Under `bayes`, by which factor another code in a cell multiplies the odds of its hypothesis, the cell of no
    /// other being changed; 1 under an additive method.
    pub(super) fn factor(&mut self, row: usize, hypothesis: usize, code: RatingCode) -> f64 {
        self.restore_cell();
        let weight = |sums: &Sums| match sums {
            Sums::Additive(_) => Nats::ZERO,
            Sums::Bayes(belief) => belief.weight(hypothesis),
        };
        let before = weight(&self.sums);
        self.change_cell(row, hypothesis, code);
        let after = weight(&self.sums);
        self.restore_cell();
        (after - before).to_f64().exp()
    }

    /// The posteriors of the active hypotheses as they are now, in the order of [`Matrix::active`], in place of what
    /// `into` holds; none under an additive method.
    pub fn write_posteriors(&self, into: &mut Vec<f64>) {
        match &self.sums {
            Sums::Additive(_) => into.clear(),
            Sums::Bayes(belief) => belief.write_posteriors(self.matrix, into),
        }
    }
}

impl Sums {
    /// Calls `each` with every active hypothesis, in order, and whether it is of rank 1.
    fn standings(&self, matrix: &Matrix, each: impl FnMut(usize, bool)) {
        match self {
            Self::Additive(tally) => {
                standings(matrix, |hypothesis| tally.score(hypothesis), |best, score| best == score, each);
            }
            Self::Bayes(belief) => {
                standings(matrix, |hypothesis| belief.weight(hypothesis), Belief::are_level, each);
            }
        }
    }
}

fn standings<S: Copy + Ord>(
    matrix: &Matrix,
    score: impl Fn(usize) -> S,
    are_level: impl Fn(S, S) -> bool,
    mut each: impl FnMut(usize, bool),
) {
    let Some(best) = matrix.active().map(&score).max() else { return };
    matrix.active().for_each(|hypothesis| each(hypothesis, are_level(best, score(hypothesis))));
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
        let mut posteriors = Vec::new();
        what_if.write_posteriors(&mut posteriors);
        let active = expected.scores.iter().flatten();
        if method.is_additive() {
            prop_assert!(posteriors.is_empty());
        } else {
            prop_assert_eq!(posteriors.len(), active.clone().count());
            for (posterior, score) in posteriors.iter().zip(active) {
                prop_assert!((posterior - score).abs() < 1e-13, "{} {}", posterior, score);
            }
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
    fn an_item_takes_part_as_its_changed_cell_has_it() {
        let of = |second: &str| Fixture::of(2).grouped("CC II", "g").grouped(second, "g").scenario();
        let scenario = of("- I");
        let matrix = Matrix::new(&scenario, None);
        let mut what_if = WhatIf::new(&matrix, Method::Bayes).unwrap();
        what_if.change_cell(1, 1, RatingCode::NotApplicable);
        assert_same(&what_if, &of("- NA"), Method::Bayes).unwrap();
        what_if.change_cell(1, 0, RatingCode::Neutral);
        assert_same(&what_if, &of("N I"), Method::Bayes).unwrap();
        what_if.restore_cell();
        assert_same(&what_if, &scenario, Method::Bayes).unwrap();
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
