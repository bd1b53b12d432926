//! Possible contributions of the cells of a hypothesis, with their probabilities.
//!
//! Cells of one kind have the same outcomes, and a matrix of a million cells has a few hundred kinds: so cells are
//! counted by kind, and outcomes worked out once for each.

use std::collections::HashMap;
use std::hash::Hash;

use crate::engine::class::Class;
use crate::engine::matrix::Matrix;
use crate::engine::rating_code::RatingCode;
use crate::engine::terms::{Exact, Place, Terms};
use crate::engine::uncertainty::{Chances, SCALE, UNIFORM, Unrated, chances, confidence};
use crate::scenario::{Level, Method, Scenario};

/// Everything that the outcomes of a cell depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Kind {
    class: Class,
    code: RatingCode,
    confidence: Level,
}

/// Cells of one kind, or a group.
#[derive(Clone, Debug)]
pub(super) struct Cells<W> {
    /// Number of cells; 1 for a group.
    pub(super) count: u32,
    /// Possible contributions of one of them with their probabilities, descending, each once.
    pub(super) outcomes: Vec<(W, f64)>,
}

impl Kind {
    /// Probabilities of the five ratings; `None` for a cell that stays as it is.
    fn chances(self, unrated: Unrated) -> Option<Chances> {
        match (self.code, unrated) {
            (RatingCode::Blank, Unrated::Uniform) => Some(UNIFORM),
            (code, Unrated::Uniform | Unrated::Neutral) => chances(code, self.confidence),
        }
    }

    /// Places of its possible contributions, with their probabilities.
    fn places<V: Exact>(self, unrated: Unrated, terms: &Terms<V>) -> Vec<(Place, f64)> {
        let Some(chances) = self.chances(unrated) else {
            return vec![(terms.place(self.class, self.code), 1.0)];
        };
        let possible = SCALE.into_iter().zip(chances).filter(|(_, chance)| *chance > 0.0);
        merged(possible.map(|(code, chance)| (terms.place(self.class, code), chance)).collect())
    }
}

/// For each hypothesis that competes its cells by kind, kinds in order of appearance, then its groups. `convert` turns
/// the contributions of the method into those that are added up.
pub(super) fn by_hypothesis<V: Exact, W>(
    scenario: &Scenario,
    matrix: &Matrix,
    method: Method,
    (unrated, terms): (Unrated, &Terms<V>),
    convert: impl Fn(V) -> W + Copy,
) -> Vec<Vec<Cells<W>>> {
    let kind = |row: usize, hypothesis: usize| Kind {
        class: matrix.class(row),
        code: matrix.code(row, hypothesis),
        confidence: matrix
            .items()
            .get(row)
            .map_or(Level::Medium, |item| confidence(scenario, *item, hypothesis)),
    };
    let column = |hypothesis: usize| {
        let alone = (0..matrix.items().len()).filter(|row| matrix.group(*row).is_none());
        let kinds = counted(alone.map(|row| kind(row, hypothesis))).into_iter().map(|(kind, count)| {
            let places = kind.places(unrated, terms).into_iter();
            Cells {
                count,
                outcomes: places.map(|(place, chance)| (convert(terms.at(place)), chance)).collect(),
            }
        });
        let groups = (0..matrix.group_count()).map(|group| {
            let rows = matrix.members(group).iter();
            let members = rows.map(|row| kind(*row, hypothesis).places(unrated, terms));
            let outcomes = of_group(terms, members).into_iter();
            Cells { count: 1, outcomes: outcomes.map(|(value, chance)| (convert(value), chance)).collect() }
        });
        kinds.chain(groups).collect()
    };
    matrix.competing(method).map(column).collect()
}

/// Possible contributions S(g,h) of a group, given those of its members, with their probabilities.
///
/// The members are taken up one by one; what is known of those before is how probable each pair of strongest
/// contributions is, against the hypothesis and for it.
fn of_group<V: Exact>(terms: &Terms<V>, members: impl Iterator<Item = Vec<(Place, f64)>>) -> Vec<(V, f64)> {
    let (lowest, highest) = terms.ends();
    let width = usize::from(highest.unsigned_abs()) + 1;
    let mut states = vec![0.0; (usize::from(lowest.unsigned_abs()) + 1) * width];
    let mut after = states.clone();
    states.first_mut().into_iter().for_each(|start| *start = 1.0);
    for member in members {
        after.fill(0.0);
        let known = states.iter().enumerate().filter(|(_, chance)| **chance > 0.0);
        for (state, before) in known {
            let (against, for_it) = (state / width, state % width);
            for (place, chance) in &member {
                let size = usize::from(place.unsigned_abs());
                let (against, for_it) =
                    if *place < 0 { (against.max(size), for_it) } else { (against, for_it.max(size)) };
                after.get_mut(against * width + for_it).into_iter().for_each(|to| *to += before * chance);
            }
        }
        std::mem::swap(&mut states, &mut after);
    }
    let place = |size: usize| Place::try_from(size).unwrap_or(Place::MAX);
    let possible = states.into_iter().enumerate().filter(|(_, chance)| *chance > 0.0);
    let value = |state: usize| terms.at(-place(state / width)) + terms.at(place(state % width));
    merged(possible.map(|(state, chance)| (value(state), chance)).collect())
}

/// Sorts outcomes and makes equal ones one.
fn merged<V: Copy + Ord>(mut outcomes: Vec<(V, f64)>) -> Vec<(V, f64)> {
    outcomes.sort_by_key(|(value, _)| std::cmp::Reverse(*value));
    outcomes.dedup_by(|(value, chance), (same, total)| {
        let is_same = value == same;
        *total += if is_same { *chance } else { 0.0 };
        is_same
    });
    // Floats that add up to nearly 1 may leave a cell that cannot move short of certainty.
    if let [(_, certain)] = outcomes.as_mut_slice() {
        *certain = 1.0;
    }
    outcomes
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
