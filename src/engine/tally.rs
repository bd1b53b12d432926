//! Tallies: the exact scores of all hypotheses under one method, kept up to date row by row and cell by cell.

use super::additive::Additive;
use super::column::Columns;
use super::matrix::Matrix;
use super::nats::Nats;
use super::priors::Priors;
use super::rating_code::RatingCode;
use super::score::Score;
use super::strongest::write_strongest;
use super::terms::{Exact, Place, Terms};
use crate::scenario::Method;

/// The scores of all hypotheses as exact sums over groups g of
/// S(g,h) = min over g of min(0, s(e,h)) + max over g of max(0, s(e,h)); a row without a group is one of its own.
///
/// A changed cell or a dropped row is a difference of a few integers, and taking it back restores the very same sums:
/// what-ifs need no second look at the matrix, but for the rows of a group that loses its strongest.
#[derive(Clone, Debug)]
pub(super) struct Tally<V> {
    method: Method,
    terms: Terms<V>,
    /// By hypothesis, without priors.
    sums: Vec<V>,
    /// By group, then by hypothesis, the place of the strongest contribution against it, at most 0.
    against: Vec<Place>,
    /// Likewise for it, at least 0.
    in_favor: Vec<Place>,
    /// By hypothesis, cells rated CC to II in the rows that are counted.
    on_scale: Vec<u32>,
    /// ln prior by hypothesis where priors are given; empty where all are even.
    given: Vec<V>,
    /// -ln n by n, up to the number of hypotheses: an even prior among n of a family. Empty where priors are given.
    shared: Vec<V>,
}

/// A matrix with some rows left out and a cell changed.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    pub(super) matrix: &'a Matrix,
    /// By row; those beyond the end are not left out.
    pub(super) dropped: &'a [bool],
    pub(super) changed: Option<Changed>,
}

/// A cell with another code than the matrix has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Changed {
    pub(super) row: usize,
    pub(super) hypothesis: usize,
    pub(super) code: RatingCode,
}

impl View<'_> {
    fn code(self, row: usize, hypothesis: usize) -> RatingCode {
        match self.changed {
            Some(changed) if changed.row == row && changed.hypothesis == hypothesis => changed.code,
            Some(_) | None => self.matrix.code(row, hypothesis),
        }
    }

    fn is_dropped(self, row: usize) -> bool {
        self.dropped.get(row).copied().unwrap_or(false)
    }
}

impl Tally<Score> {
    /// The scores of a whole matrix under an additive method; `None` for `bayes`.
    pub(super) fn additive(matrix: &Matrix, method: Method) -> Option<Self> {
        let additive = Additive::of(method)?;
        let mut sums = vec![Score::ZERO; matrix.hypothesis_count()];
        let mut columns = Columns::new(matrix.hypothesis_count());
        for block in matrix.blocks() {
            let weight = additive.weight(block.class);
            // A value that is known when this is compiled leaves the loop without a branch.
            let steps = if additive.counts_both_ways() {
                columns.sum(block.codes, RatingCode::value)
            } else {
                columns.sum(block.codes, |code| -code.steps_against().cast_signed())
            };
            for (sum, steps) in sums.iter_mut().zip(steps) {
                *sum += Score::weighed(weight, *steps);
            }
        }
        Some(Self::over(matrix, method, Terms::additive(additive), sums))
    }
}

impl Tally<Nats> {
    /// The sums of ln(2 p') over a whole matrix; `None` where priors are inconsistent.
    pub(super) fn bayes(matrix: &Matrix) -> Option<Self> {
        let priors = matrix.priors()?;
        let terms = Terms::bayes(&matrix.likelihood);
        let mut sums = vec![Nats::ZERO; matrix.hypothesis_count()];
        let mut columns = Columns::new(matrix.hypothesis_count());
        for block in matrix.blocks() {
            for code in RatingCode::TELLING {
                let term = terms.of(block.class, code);
                let counts = columns.sum(block.codes, |other| i8::from(other == code));
                for (sum, count) in sums.iter_mut().zip(counts) {
                    *sum += term.times(*count);
                }
            }
        }
        let mut tally = Self::over(matrix, Method::Bayes, terms, sums);
        match priors {
            Priors::Given(ln) => tally.given = ln.iter().map(|ln| Nats::of(*ln)).collect(),
            Priors::Even(_) => {
                tally.shared =
                    (0..=matrix.hypothesis_count()).map(|n| Nats::of(-(n.max(1) as f64).ln())).collect();
            }
        }
        Some(tally)
    }
}

impl<V: Exact> Tally<V> {
    /// Adds the groups to the sums over rows without one.
    fn over(matrix: &Matrix, method: Method, terms: Terms<V>, sums: Vec<V>) -> Self {
        let width = matrix.hypothesis_count();
        let on_scale = (0..width).map(|at| u32::try_from(matrix.on_scale(at)).unwrap_or(u32::MAX)).collect();
        let places = vec![0; matrix.group_count() * width];
        let mut tally = Self {
            method,
            terms,
            sums,
            against: places.clone(),
            in_favor: places,
            on_scale,
            given: Vec::new(),
            shared: Vec::new(),
        };
        let places = (tally.against.as_mut_slice(), tally.in_favor.as_mut_slice());
        write_strongest(&tally.terms, matrix.group_classes(), matrix.group_codes(), width, places);
        let (least, most) = tally.terms.ends();
        let mut columns = Columns::new(width);
        for place in (least..=most).filter(|place| *place != 0 && matrix.group_count() > 0) {
            let groups = if place < 0 { &tally.against } else { &tally.in_favor };
            let counts = columns.sum(groups, |other| i8::from(other == place));
            for (sum, count) in tally.sums.iter_mut().zip(counts) {
                *sum += tally.terms.at(place).times(*count);
            }
        }
        tally
    }

    /// The method.
    pub(super) const fn method(&self) -> Method {
        self.method
    }

    /// The contributions that cells make.
    pub(super) const fn terms(&self) -> &Terms<V> {
        &self.terms
    }

    /// The score of a hypothesis, by position; under `bayes` ln of its posterior but for prior and scale.
    pub(super) fn score(&self, hypothesis: usize) -> V {
        self.sums.get(hypothesis).copied().unwrap_or_default()
    }

    /// The score of a hypothesis and, under `bayes`, ln of its prior: what it is ranked by.
    pub(super) fn standing(&self, matrix: &Matrix, hypothesis: usize) -> V {
        self.score(hypothesis) + self.head_start(matrix, hypothesis)
    }

    fn head_start(&self, matrix: &Matrix, hypothesis: usize) -> V {
        if self.shared.is_empty() {
            return self.given.get(hypothesis).copied().unwrap_or_default();
        }
        let count = match matrix.priors() {
            Some(Priors::Even(relatives)) => {
                let relatives = relatives.get(hypothesis).map_or(&[][..], Vec::as_slice);
                if relatives.is_empty() {
                    return V::default();
                }
                1 + self.competing(matrix).filter(|other| relatives.contains(other)).count()
            }
            Some(Priors::Given(_)) | None => 1,
        };
        self.shared.get(count).copied().unwrap_or_default()
    }

    /// The hypotheses that compete by the rows that are counted, ascending.
    pub(super) fn competing(&self, matrix: &Matrix) -> impl Iterator<Item = usize> {
        matrix.competing_with(self.method, |at| self.on_scale.get(at).is_some_and(|count| *count > 0))
    }

    /// Number of cells of a hypothesis rated CC to II in the rows that are counted.
    pub(super) fn on_scale(&self, hypothesis: usize) -> u32 {
        self.on_scale.get(hypothesis).copied().unwrap_or_default()
    }

    /// S(g,h): the contribution of a group to the score of a hypothesis.
    pub(super) fn of_group(&self, group: usize, hypothesis: usize) -> V {
        let at = group * self.sums.len() + hypothesis;
        let place = |places: &[Place]| places.get(at).copied().unwrap_or_default();
        self.terms.at(place(&self.against)) + self.terms.at(place(&self.in_favor))
    }

    /// Takes a row out that is counted, or counts one that is not. The view is that of afterwards.
    pub(super) fn turn_row(&mut self, view: View<'_>, row: usize) {
        let is_out = view.is_dropped(row);
        let (class, group) = (view.matrix.class(row), view.matrix.group(row));
        let codes = view.matrix.row(row).iter().enumerate().map(|(hypothesis, code)| match view.changed {
            Some(changed) if changed.row == row && changed.hypothesis == hypothesis => changed.code,
            Some(_) | None => *code,
        });
        let each = codes.zip(self.on_scale.iter_mut().zip(&mut self.sums));
        for (code, (on_scale, sum)) in each {
            let counts = u32::from(code.is_on_scale());
            *on_scale = if is_out { *on_scale - counts } else { *on_scale + counts };
            if group.is_none() {
                let term = self.terms.of(class, code);
                if is_out { *sum -= term } else { *sum += term }
            }
        }
        let Some(group) = group else { return };
        for hypothesis in 0..self.sums.len() {
            let place = self.terms.place(class, view.code(row, hypothesis));
            match is_out {
                _ if place == 0 => {}
                true => self.weaken(view, row, group, hypothesis, place),
                false => self.strengthen(group, hypothesis, place),
            }
        }
    }

    /// Counts a cell of a counted row with another code. The view is that of afterwards.
    pub(super) fn turn_cell(&mut self, view: View<'_>, row: usize, hypothesis: usize, from: RatingCode) {
        if hypothesis >= view.matrix.row(row).len() {
            return;
        }
        let to = view.code(row, hypothesis);
        if let Some(on_scale) = self.on_scale.get_mut(hypothesis) {
            *on_scale = *on_scale + u32::from(to.is_on_scale()) - u32::from(from.is_on_scale());
        }
        let class = view.matrix.class(row);
        let Some(group) = view.matrix.group(row) else {
            if let Some(sum) = self.sums.get_mut(hypothesis) {
                *sum += self.terms.of(class, to);
                *sum -= self.terms.of(class, from);
            }
            return;
        };
        let (from, to) = (self.terms.place(class, from), self.terms.place(class, to));
        self.strengthen(group, hypothesis, to);
        if from != to {
            self.weaken(view, row, group, hypothesis, from);
        }
    }

    /// A contribution at this place comes into a group.
    fn strengthen(&mut self, group: usize, hypothesis: usize, place: Place) {
        let at = group * self.sums.len() + hypothesis;
        let places = if place < 0 { &mut self.against } else { &mut self.in_favor };
        let (Some(end), Some(sum)) = (places.get_mut(at), self.sums.get_mut(hypothesis)) else { return };
        if place.abs() > end.abs() {
            *sum += self.terms.at(place);
            *sum -= self.terms.at(*end);
            *end = place;
        }
    }

    /// A contribution at this place, which was one of this row, has left a group.
    fn weaken(&mut self, view: View<'_>, row: usize, group: usize, hypothesis: usize, place: Place) {
        let at = group * self.sums.len() + hypothesis;
        let places = if place < 0 { &self.against } else { &self.in_favor };
        if place == 0 || places.get(at) != Some(&place) {
            return;
        }
        // Looks for the strongest left, from the row on and around: where it is one of many as strong, the next is
        // near, so that leaving out each row of a large group in turn does not look at the whole of it each time.
        let members = view.matrix.members(group);
        let (before, after) = members.split_at(members.partition_point(|member| *member < row));
        let mut left: Place = 0;
        for member in after.iter().chain(before).filter(|member| !view.is_dropped(**member)) {
            let other = self.terms.place(view.matrix.class(*member), view.code(*member, hypothesis));
            if other.signum() == place.signum() && other.abs() > left.abs() {
                left = other;
                if left == place {
                    return;
                }
            }
        }
        let places = if place < 0 { &mut self.against } else { &mut self.in_favor };
        let (Some(end), Some(sum)) = (places.get_mut(at), self.sums.get_mut(hypothesis)) else { return };
        *end = left;
        *sum += self.terms.at(left);
        *sum -= self.terms.at(place);
    }

    /// The score that a hypothesis would have with its cells in these rows NA, and whether any rating CC to II would
    /// be left to it. The flags are by row; the whole matrix is counted.
    pub(super) fn without_own_cells(&self, matrix: &Matrix, hypothesis: usize, rows: &[bool]) -> (V, bool) {
        let mut groups: Vec<(Place, Place)> = vec![(0, 0); matrix.group_count()];
        let (mut sum, mut is_rated) = (V::default(), false);
        let left = (0..matrix.items().len()).filter(|row| !rows.get(*row).copied().unwrap_or(false));
        for row in left {
            let code = matrix.code(row, hypothesis);
            is_rated |= code.is_on_scale();
            let place = self.terms.place(matrix.class(row), code);
            match matrix.group(row).and_then(|group| groups.get_mut(group)) {
                Some((against, in_favor)) => {
                    *against = place.min(*against);
                    *in_favor = place.max(*in_favor);
                }
                None => sum += self.terms.at(place),
            }
        }
        for (against, in_favor) in groups {
            sum += self.terms.at(against) + self.terms.at(in_favor);
        }
        (sum, is_rated)
    }

    /// Puts another score in place of a hypothesis's own, and no rating CC to II where none is left to it.
    pub(super) fn put(&mut self, hypothesis: usize, (score, is_rated): (V, bool)) {
        self.sums.get_mut(hypothesis).into_iter().for_each(|sum| *sum = score);
        self.on_scale.get_mut(hypothesis).into_iter().for_each(|count| *count = u32::from(is_rated));
    }

    /// Calls `each` with every hypothesis that competes, ascending, and whether it is of rank 1.
    pub(super) fn leaders(&self, matrix: &Matrix, mut each: impl FnMut(usize, bool)) {
        let competes = self.contest(matrix);
        let Some(best) = self.best(matrix, &competes) else { return };
        for hypothesis in (0..self.sums.len()).filter(|at| competes(*at)) {
            each(hypothesis, (best - self.standing(matrix, hypothesis)).is_level());
        }
    }

    /// Returns whether other hypotheses are of rank 1 than those flagged, by position.
    pub(super) fn leads_otherwise(&self, matrix: &Matrix, leads: &[bool]) -> bool {
        let competes = self.contest(matrix);
        let Some(best) = self.best(matrix, &competes) else { return leads.contains(&true) };
        let is_first = |at| competes(at) && (best - self.standing(matrix, at)).is_level();
        leads.iter().enumerate().any(|(hypothesis, leads)| *leads != is_first(hypothesis))
    }

    fn contest(&self, matrix: &Matrix) -> impl Fn(usize) -> bool {
        matrix.contest(self.method, |at| self.on_scale.get(at).is_some_and(|count| *count > 0))
    }

    fn best(&self, matrix: &Matrix, competes: impl Fn(usize) -> bool) -> Option<V> {
        let standings = (0..self.sums.len()).filter(|at| competes(*at)).map(|at| self.standing(matrix, at));
        standings.max()
    }

    /// The hypotheses that compete with what they are ranked by, best first; of equal ones in the order of the
    /// scenario.
    pub(super) fn best_first(&self, matrix: &Matrix) -> Vec<(usize, V)> {
        let mut standings: Vec<(usize, V)> =
            self.competing(matrix).map(|at| (at, self.standing(matrix, at))).collect();
        standings.sort_by_key(|(_, standing)| std::cmp::Reverse(*standing));
        standings
    }
}
