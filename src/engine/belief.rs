//! Beliefs: the exact sums of `bayes`, kept up to date row by row.

use super::class::Class;
use super::matrix::Matrix;
use super::nats::Nats;
use super::rating_code::RatingCode;

/// ln posterior of every hypothesis up to a constant: ln prior plus, for each group, the mean of ln(2 p') over those
/// of its items that take part.
///
/// Counterpart of [`super::Tally`]: a row taken out is a difference of a few integers, and putting it
/// back restores the very same sums. Taking a row of a group out changes what the others of its group count.
#[derive(Clone, Debug)]
pub(super) struct Belief {
    weights: Vec<Nats>,
    /// By group, how many of its items take part.
    counts: Vec<u32>,
    /// By group, then by hypothesis, the sum over them.
    sums: Vec<Nats>,
    /// ln(2 p') by class and code.
    terms: [[Nats; RatingCode::COUNT]; Class::ALL.len()],
}

/// Whether a row is counted or taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Add,
    Remove,
}

/// A row as it is to be counted: as the matrix has it, but for a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    pub(super) matrix: &'a Matrix,
    pub(super) row: usize,
    /// The hypothesis whose cell is another one, and what stands there.
    pub(super) changed: Option<(usize, RatingCode)>,
}

impl View<'_> {
    /// Credibility and relevance.
    pub(super) fn class(self) -> Class {
        self.matrix.class(self.row)
    }

    /// Code of a cell.
    pub(super) fn code(self, hypothesis: usize) -> RatingCode {
        let changed = self.changed.filter(|(at, _)| *at == hypothesis);
        changed.map_or_else(|| self.matrix.code(self.row, hypothesis), |(_, code)| code)
    }

    /// The cells, by hypothesis.
    pub(super) fn codes(self) -> impl Iterator<Item = RatingCode> {
        let cells = self.matrix.row(self.row).iter().enumerate();
        cells.map(move |(hypothesis, code)| match self.changed {
            Some((at, changed)) if at == hypothesis => changed,
            Some(_) | None => *code,
        })
    }

    /// Returns whether it has a rating CC to II for an active hypothesis.
    fn takes_part(self) -> bool {
        let mut codes = self.codes().enumerate();
        codes.any(|(hypothesis, code)| code.is_on_scale() && self.matrix.is_active(hypothesis))
    }
}

impl Belief {
    /// The sums over a whole matrix; `None` where priors are inconsistent.
    pub(super) fn new(matrix: &Matrix) -> Option<Self> {
        let ln_priors = matrix.ln_priors()?.iter().enumerate();
        // The prior of a rejected hypothesis is ignored, and may be none.
        let prior = |(at, ln): (usize, &f64)| if matrix.is_active(at) { Nats::of(*ln) } else { Nats::ZERO };
        let rows = 0..matrix.items().len();
        let groups = rows.clone().filter_map(|row| matrix.group(row)).max().map_or(0, |last| last + 1);
        let mut belief = Self {
            weights: ln_priors.map(prior).collect(),
            counts: vec![0; groups],
            sums: vec![Nats::ZERO; groups * matrix.hypothesis_count()],
            terms: terms(matrix),
        };
        rows.for_each(|row| belief.add(View { matrix, row, changed: None }));
        Some(belief)
    }

    /// ln posterior of a hypothesis, by position, up to a constant.
    pub(super) fn weight(&self, hypothesis: usize) -> Nats {
        self.weights.get(hypothesis).copied().unwrap_or_default()
    }

    /// ln(2 p') of a code in an item of this class.
    pub(super) fn term(&self, class: Class, code: RatingCode) -> Nats {
        self.terms.get(class.index()).and_then(|terms| terms.get(code as usize)).copied().unwrap_or_default()
    }

    /// The groups of which several items take part, with how much the mean of each speaks for one hypothesis against
    /// another.
    pub(super) fn group_differences(
        &self,
        hypothesis: usize,
        other: usize,
    ) -> impl Iterator<Item = (usize, Nats)> {
        let groups = self.sums.chunks(self.weights.len().max(1)).zip(&self.counts).enumerate();
        groups.filter(|(_, (_, count))| **count > 1).filter_map(move |(group, (sums, count))| {
            // One division, so that equal differences are equal.
            Some((group, (*sums.get(hypothesis)? - *sums.get(other)?).mean(*count)))
        })
    }

    /// Counts a row that is not counted.
    pub(super) fn add(&mut self, row: View<'_>) {
        self.count(row, Turn::Add);
    }

    /// Takes out a row that is counted as it is given.
    pub(super) fn remove(&mut self, row: View<'_>) {
        self.count(row, Turn::Remove);
    }

    /// Counts `to` where `from` is counted: the same row, but for the cell of this hypothesis.
    pub(super) fn replace(&mut self, from: View<'_>, to: View<'_>, hypothesis: usize) {
        let group = from.matrix.group(from.row);
        if group.is_some() && !(from.takes_part() && to.takes_part()) {
            // The row comes into its group or leaves it: it counts for all hypotheses.
            self.remove(from);
            self.add(to);
            return;
        }
        let step =
            self.term(to.class(), to.code(hypothesis)) - self.term(from.class(), from.code(hypothesis));
        let Some(weight) = self.weights.get_mut(hypothesis) else { return };
        let Some(group) = group else {
            *weight += step;
            return;
        };
        let sum = self.sums.get_mut(group * from.matrix.hypothesis_count() + hypothesis);
        if let (Some(sum), Some(&count)) = (sum, self.counts.get(group)) {
            *weight -= sum.mean(count);
            *sum += step;
            *weight += sum.mean(count);
        }
    }

    fn count(&mut self, row: View<'_>, turn: Turn) {
        let Some(terms) = self.terms.get(row.class().index()) else { return };
        let terms = row.codes().map(|code| terms.get(code as usize).copied().unwrap_or_default());
        let Some(group) = row.matrix.group(row.row) else {
            for (weight, term) in self.weights.iter_mut().zip(terms) {
                turn.apply(weight, term);
            }
            return;
        };
        let Some(count) = self.counts.get_mut(group).filter(|_| row.takes_part()) else { return };
        let before = *count;
        *count = match turn {
            Turn::Add => before + 1,
            Turn::Remove => before.saturating_sub(1),
        };
        let width = row.matrix.hypothesis_count();
        let sums = self.sums.get_mut(group * width..(group + 1) * width).unwrap_or_default();
        for ((weight, sum), term) in self.weights.iter_mut().zip(sums).zip(terms) {
            *weight -= sum.mean(before);
            turn.apply(sum, term);
            *weight += sum.mean(*count);
        }
    }

    /// Returns whether two weights, the greater first, are a tie.
    pub(super) fn are_level(greater: Nats, weight: Nats) -> bool {
        greater - weight <= Nats::LEVEL
    }

    /// Writes the posteriors of the active hypotheses, in their order.
    pub(super) fn write_posteriors(&self, matrix: &Matrix, into: &mut Vec<f64>) {
        into.clear();
        let Some(best) = matrix.active().map(|hypothesis| self.weight(hypothesis)).max() else { return };
        into.extend(matrix.active().map(|hypothesis| (self.weight(hypothesis) - best).to_f64().exp()));
        let total: f64 = into.iter().sum();
        into.iter_mut().for_each(|posterior| *posterior /= total);
    }
}

impl Turn {
    fn apply(self, sum: &mut Nats, term: Nats) {
        match self {
            Self::Add => *sum += term,
            Self::Remove => *sum -= term,
        }
    }
}

fn terms(matrix: &Matrix) -> [[Nats; RatingCode::COUNT]; Class::ALL.len()] {
    Class::ALL.map(|class| RatingCode::ALL.map(|code| Nats::of(matrix.likelihood.ln_ratio(class, code))))
}
