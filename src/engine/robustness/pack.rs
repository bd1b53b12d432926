//! Packs: many like cells drawn by one random number.
//!
//! The sum of like cells depends only on how many of them turn out in each way, and these numbers have the
//! multinomial law: of 64 cells that may turn out in three ways there are 2,145 cases. So a pack is drawn from a list
//! of its cases by the alias method (Walker 1977; Vose 1991), whose cost does not depend on the length of the list, and
//! nothing is approximated.

use std::sync::Arc;

use super::amount::Amount;

/// More different packs than this are not kept: what is left is drawn cell by cell.
const MOST_PACKS: usize = 2_000;

/// Numbers of cells that a pack may have, the greatest first, by the number of ways in which a cell may turn out:
/// chosen so that there are no more than about three thousand cases.
pub(super) const fn sizes(ways: usize) -> [u32; 2] {
    match ways {
        ..=2 => [128, 16],
        3 => [64, 8],
        4 => [24, 4],
        _ => [14, 3],
    }
}

/// The packs that hypotheses share.
#[derive(Debug)]
pub(super) struct Packs<V> {
    known: Vec<Known<V>>,
}

#[derive(Debug)]
struct Known<V> {
    cells: u32,
    outcomes: Vec<(V, f64)>,
    pack: Arc<Pack<V>>,
}

impl<V: Amount> Packs<V> {
    /// Returns an empty collection.
    pub(super) const fn new() -> Self {
        Self { known: Vec::new() }
    }

    /// The pack of so many cells with these outcomes; `None` where there are too many packs already.
    pub(super) fn of(&mut self, outcomes: &[(V, f64)], cells: u32) -> Option<Arc<Pack<V>>> {
        if let Some(known) = self.known.iter().find(|one| one.cells == cells && one.outcomes == outcomes) {
            return Some(Arc::clone(&known.pack));
        }
        if self.known.len() == MOST_PACKS {
            return None;
        }
        let pack = Arc::new(Pack::new(&law(outcomes, cells)));
        self.known.push(Known { cells, outcomes: outcomes.to_vec(), pack: Arc::clone(&pack) });
        Some(pack)
    }
}

/// Cells that are drawn together.
#[derive(Debug)]
pub(super) struct Pack<V> {
    columns: Vec<Column<V>>,
}

/// All columns are as probable; in each stand two cases, one up to a limit and the other above it.
#[derive(Clone, Copy, Debug)]
struct Column<V> {
    limit: u32,
    value: V,
    other: V,
}

impl<V: Amount> Pack<V> {
    /// The pack of one unit that may turn out in these ways.
    pub(super) fn new(law: &[(V, f64)]) -> Self {
        let total: f64 = law.iter().map(|(_, chance)| chance).sum();
        let scale = law.len() as f64 / total;
        let mut columns: Vec<Column<V>> =
            law.iter().map(|(value, _)| Column { limit: u32::MAX, value: *value, other: *value }).collect();
        let mut heights: Vec<f64> = law.iter().map(|(_, chance)| chance * scale).collect();
        let (mut short, mut tall): (Vec<usize>, Vec<usize>) =
            (0..law.len()).partition(|at| heights.get(*at).is_some_and(|height| *height < 1.0));
        while let Some(giver) = tall.last().copied() {
            let Some(taker) = short.pop() else { break };
            let height = heights.get(taker).copied().unwrap_or(1.0);
            let Some(gift) = columns.get(giver).map(|column| column.value) else { break };
            if let Some(column) = columns.get_mut(taker) {
                *column = Column { limit: limit_of(height), other: gift, ..*column };
            }
            if let Some(left) = heights.get_mut(giver) {
                *left -= 1.0 - height;
                if *left < 1.0 {
                    tall.pop();
                    short.push(giver);
                }
            }
        }
        // What is left over is full, but for rounding.
        Self { columns }
    }

    /// Returns the sum of the cells for two random numbers.
    pub(super) fn sum(&self, which: u32, height: u32) -> V {
        let at = (u64::from(which) * self.columns.len() as u64) >> 32;
        let column = usize::try_from(at).ok().and_then(|at| self.columns.get(at));
        column.map_or(V::ZERO, |column| if height <= column.limit { column.value } else { column.other })
    }
}

/// Possible sums of `cells` cells with these outcomes, with their probabilities; equal sums are merged.
fn law<V: Amount>(outcomes: &[(V, f64)], cells: u32) -> Vec<(V, f64)> {
    let mut law = Vec::new();
    spread(outcomes, cells, (V::ZERO, factorial(cells)), &mut law);
    law.sort_by(|(x, _), (y, _)| x.key().total_cmp(&y.key()));
    law.dedup_by(|(value, chance), (same, total)| {
        let is_same = value == same;
        if is_same {
            *total += *chance;
        }
        is_same
    });
    law
}

/// Spreads the cells that are left over these outcomes in every way: a case is n! times the product of p^k / k!.
fn spread<V: Amount>(outcomes: &[(V, f64)], left: u32, (sum, chance): (V, f64), into: &mut Vec<(V, f64)>) {
    let Some(((value, p), rest)) = outcomes.split_first() else { return };
    let fewest = if rest.is_empty() { left } else { 0 };
    for cells in fewest..=left {
        let mut sum = sum;
        sum += value.times(cells);
        let chance = chance * p.powi(cells as i32) / factorial(cells);
        if rest.is_empty() {
            into.push((sum, chance));
        } else {
            spread(rest, left - cells, (sum, chance), into);
        }
    }
}

/// The last of the numbers of 32 bits, counted from 0, that together have this probability.
pub(super) fn limit_of(probability: f64) -> u32 {
    const NUMBERS: f64 = 4_294_967_296.0;
    ((probability * NUMBERS).round() - 1.0) as u32
}

fn factorial(number: u32) -> f64 {
    (1..=number).map(f64::from).product()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::score::Score;
    use crate::scenario::Weight;

    /// Every outcome of every cell, one after the other.
    fn written_out(outcomes: &[(f64, f64)], cells: u32) -> Vec<(f64, f64)> {
        (0..cells).fold(vec![(0.0, 1.0)], |all, _| {
            let more = |(sum, chance): (f64, f64)| outcomes.iter().map(move |(v, p)| (sum + v, chance * p));
            all.into_iter().flat_map(more).collect()
        })
    }

    fn near(all: &[(f64, f64)], value: f64) -> f64 {
        all.iter().filter(|(sum, _)| (sum - value).abs() < 1e-9).map(|(_, chance)| chance).sum()
    }

    #[test]
    fn a_pack_has_the_law_of_its_cells() {
        let blank = [(0.3, 0.2), (0.2, 0.2), (0.0, 0.2), (-0.5, 0.2), (-1.1, 0.2)];
        let rated = [(0.2, 0.15), (0.0, 0.7), (-0.5, 0.15)];
        for (outcomes, cells) in [(&blank[..], 3), (&blank[..], 5), (&rated[..], 8), (&rated[1..], 2)] {
            let total: f64 = outcomes.iter().map(|(_, chance)| chance).sum();
            let outcomes: Vec<_> = outcomes.iter().map(|(value, chance)| (*value, chance / total)).collect();
            let all = written_out(&outcomes, cells);
            let law = law(&outcomes, cells);
            let pack = Pack::new(&law);
            // A column stands for the same share of the random numbers, and a limit for that of its two values.
            let columns = pack.columns.len() as f64;
            let share = |limit: u32| (f64::from(limit) + 1.0) / 4_294_967_296.0 / columns;
            let drawn: Vec<(f64, f64)> = pack
                .columns
                .iter()
                .flat_map(|c| [(c.value, share(c.limit)), (c.other, 1.0 / columns - share(c.limit))])
                .collect();
            for (value, _) in &all {
                assert!((near(&law, *value) - near(&all, *value)).abs() < 1e-12);
                assert!((near(&drawn, *value) - near(&all, *value)).abs() < 1e-8, "{value}");
            }
        }
    }

    #[test]
    fn scores_that_are_equal_are_one_case() {
        let step = |value| Score::weighed(Weight::ONE, value);
        let blank = [2, 1, 0, -1, -2].map(|value| (step(value), 0.2));
        assert_eq!(law(&blank, 14).len(), 4 * 14 + 1);
        let sure: f64 = law(&blank[..3], 64).iter().map(|(_, chance)| chance).sum();
        assert!((sure / 0.6_f64.powi(64) - 1.0).abs() < 1e-10);
    }

    #[test]
    fn numbers_pick_columns_and_sides() {
        let pack = Pack::new(&[(1.0, 0.25), (2.0, 0.75)]);
        let half = 1 << 31;
        assert_eq!([pack.sum(0, 0), pack.sum(half - 1, half - 1)], [1.0, 1.0]);
        assert_eq!([pack.sum(0, half), pack.sum(half, 0), pack.sum(u32::MAX, u32::MAX)], [2.0, 2.0, 2.0]);
    }
}
