//! Possible contributions of the cells of a hypothesis, with their probabilities.
//!
//! Cells of one kind have the same outcomes, and a matrix of a million cells has a few hundred kinds: so cells are
//! counted by kind, and outcomes worked out once for each.

use std::collections::HashMap;
use std::hash::Hash;

use crate::engine::class::Class;
use crate::engine::matrix::Matrix;
use crate::engine::rating_code::RatingCode;
use crate::engine::uncertainty::{Chances, SCALE, UNIFORM, Unrated, chances, confidence};
use crate::scenario::{Level, Scenario};

/// Everything that the outcomes of a cell depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    pub(super) class: Class,
    /// Items of its group that take part; 0 if its own takes no part.
    pub(super) share: u32,
    code: RatingCode,
    confidence: Level,
}

/// Cells of one kind.
#[derive(Clone, Debug)]
pub(super) struct Cells<V> {
    /// Number of cells.
    pub(super) count: u32,
    /// Possible contributions of one cell with their probabilities, in the order of the scale; equal neighbors are
    /// merged.
    pub(super) outcomes: Vec<(V, f64)>,
}

impl Kind {
    /// Probabilities of the five ratings; `None` for a cell that stays as it is.
    fn chances(self, unrated: Unrated) -> Option<Chances> {
        match (self.code, unrated) {
            (RatingCode::Blank, Unrated::Uniform) => Some(UNIFORM),
            (code, Unrated::Uniform | Unrated::Neutral) => chances(code, self.confidence),
        }
    }

    fn outcomes<V: PartialEq>(
        self,
        unrated: Unrated,
        value: impl Fn(Self, RatingCode) -> V,
    ) -> Vec<(V, f64)> {
        let Some(chances) = self.chances(unrated) else {
            return vec![(value(self, self.code), 1.0)];
        };
        let mut outcomes: Vec<(V, f64)> = Vec::with_capacity(SCALE.len());
        for (code, chance) in SCALE.into_iter().zip(chances).filter(|(_, chance)| *chance > 0.0) {
            let value = value(self, code);
            match outcomes.last_mut() {
                Some((same, total)) if *same == value => *total += chance,
                Some(_) | None => outcomes.push((value, chance)),
            }
        }
        // Floats that add up to nearly 1 may leave a cell that cannot move short of certainty.
        if let [(_, certain)] = outcomes.as_mut_slice() {
            *certain = 1.0;
        }
        outcomes
    }
}

/// For each active hypothesis its cells by kind, kinds in order of appearance. `value` is what a cell of a kind adds
/// when it has turned out to be a code.
pub(super) fn by_hypothesis<V: PartialEq>(
    scenario: &Scenario,
    matrix: &Matrix,
    unrated: Unrated,
    value: impl Fn(Kind, RatingCode) -> V + Copy,
) -> Vec<Vec<Cells<V>>> {
    let shares = shares(matrix, unrated);
    let column = |hypothesis: usize| {
        let rows = matrix.items().iter().zip(&shares).enumerate();
        let kinds = rows.map(|(row, (item, share))| Kind {
            class: matrix.class(row),
            share: *share,
            code: matrix.code(row, hypothesis),
            confidence: confidence(scenario, *item, hypothesis),
        });
        let counted = counted(kinds).into_iter();
        counted.map(|(kind, count)| Cells { count, outcomes: kind.outcomes(unrated, value) }).collect()
    };
    matrix.active().map(column).collect()
}

/// Divisor of the weight of evidence of each row under `bayes`.
///
/// As [`Matrix::share`], but with the blanks filled: an item all of whose cells are blank takes part as soon as one of
/// them is rated.
fn shares(matrix: &Matrix, unrated: Unrated) -> Vec<u32> {
    let fills = |code: RatingCode| code == RatingCode::Blank && unrated == Unrated::Uniform;
    let takes_part = |row: &usize| matrix.active_codes(*row).any(|code| code.is_on_scale() || fills(code));
    let rows = 0..matrix.items().len();
    let mut members: HashMap<usize, u32> = HashMap::new();
    for group in rows.clone().filter(takes_part).filter_map(|row| matrix.group(row)) {
        *members.entry(group).or_default() += 1;
    }
    rows.map(|row| match matrix.group(row) {
        _ if !takes_part(&row) => 0,
        Some(group) => members.get(&group).copied().unwrap_or(1),
        None => 1,
    })
    .collect()
}

fn counted<K: Copy + Eq + Hash>(all: impl Iterator<Item = K>) -> Vec<(K, u32)> {
    let mut places = HashMap::new();
    let mut counted: Vec<(K, u32)> = Vec::new();
    for one in all {
        let place = *places.entry(one).or_insert(counted.len());
        match counted.get_mut(place) {
            Some((_, count)) => *count += 1,
            None => counted.push((one, 1)),
        }
    }
    counted
}
