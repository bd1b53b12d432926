//! Agreement: how far several raters say the same, beyond what chance would make them say.
//!
//! Krippendorff's alpha for ordinal data (Krippendorff, Content Analysis, 2004, chapter 11; the computation is that of
//! Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011). 1 is perfect agreement, 0 what chance gives, below
//! 0 is disagreement that has a system. Knows counts of ratings by step of the scale, not whose they are.

use std::collections::HashMap;

use crate::scenario::Rating;

/// Number of raters by step of the scale, CC to II, for one cell.
pub(super) type Counts = [u32; Rating::SCALE.len()];

/// Alpha over cells; `None` where no two raters rated the same cell, or where all ratings that can be paired are the
/// same, so that nothing is known of what the raters can tell apart.
///
/// A cell with one rating has nothing to be paired with and does not count.
pub(super) fn ordinal_alpha(cells: impl Iterator<Item = Counts>) -> Option<f64> {
    const STEPS: usize = Rating::SCALE.len();
    // Coincidences: how often two ratings stand in one cell, each pair in both orders, by the number of its others.
    let mut coincidences = [[0.0_f64; STEPS]; STEPS];
    let mut totals = [0_u64; STEPS];
    for counts in cells {
        let ratings: u32 = counts.iter().sum();
        if ratings < 2 {
            continue;
        }
        let others = f64::from(ratings - 1);
        for ((row, total), one) in coincidences.iter_mut().zip(&mut totals).zip(counts) {
            *total += u64::from(one);
            for (coincidence, other) in row.iter_mut().zip(counts) {
                *coincidence += f64::from(one) * f64::from(other) / others;
            }
        }
    }
    let all: u64 = totals.iter().sum();
    let (mut observed, mut expected) = (0.0, 0.0);
    for (low, row) in coincidences.iter().enumerate() {
        for (high, coincidence) in row.iter().enumerate().skip(low + 1) {
            let (Some(ends), Some(between)) = (totals.get(low).zip(totals.get(high)), totals.get(low..=high))
            else {
                continue;
            };
            let (one, other) = (*ends.0 as f64, *ends.1 as f64);
            // Ranks lie as far apart as there are ratings between them, those of the two steps themselves by half.
            let apart = between.iter().sum::<u64>() as f64 - (one + other) / 2.0;
            observed += coincidence * apart * apart;
            expected += one * other * apart * apart;
        }
    }
    (expected > 0.0).then(|| 1.0 - (all as f64 - 1.0) * observed / expected)
}

/// An interval of alpha, within -1 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// Alpha plus and minus 1.96 standard errors, by leaving out each cell with several ratings in turn (jackknife: Efron
/// and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 11).
///
/// `None` for fewer than three such cells, or where leaving one out leaves no alpha.
pub(super) fn interval(cells: &[Counts]) -> Option<Interval> {
    let pairable: Vec<Counts> =
        cells.iter().copied().filter(|counts| counts.iter().sum::<u32>() > 1).collect();
    if pairable.len() < 3 {
        return None;
    }
    let alpha = ordinal_alpha(pairable.iter().copied())?;
    // Cells of the same counts leave the same alpha, and there are few kinds of them.
    let mut kinds: HashMap<Counts, usize> = HashMap::new();
    pairable.iter().for_each(|counts| *kinds.entry(*counts).or_default() += 1);
    let mut kinds: Vec<(Counts, usize)> = kinds.into_iter().collect();
    kinds.sort_unstable();
    let without = |left_out: usize| {
        let cells = kinds.iter().enumerate().flat_map(|(at, (counts, times))| {
            std::iter::repeat_n(*counts, times - usize::from(at == left_out))
        });
        ordinal_alpha(cells)
    };
    let alphas: Option<Vec<(f64, f64)>> =
        kinds.iter().enumerate().map(|(at, (_, times))| Some((without(at)?, *times as f64))).collect();
    let alphas = alphas?;
    let count = pairable.len() as f64;
    let mean = alphas.iter().map(|(alpha, times)| alpha * times).sum::<f64>() / count;
    let squares: f64 = alphas.iter().map(|(alpha, times)| times * (alpha - mean) * (alpha - mean)).sum();
    let error = 1.96 * ((count - 1.0) / count * squares).sqrt();
    Some(Interval { low: (alpha - error).clamp(-1.0, 1.0), high: (alpha + error).clamp(-1.0, 1.0) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Counts of raters' values 1 to 5, a rater a line, `.` where one is missing.
    fn cells(raters: &[&str]) -> Vec<Counts> {
        let values: Vec<Vec<Option<usize>>> = raters
            .iter()
            .map(|line| line.split_whitespace().map(|word| word.parse().ok()).collect())
            .collect();
        (0..values[0].len())
            .map(|cell| {
                let mut counts = Counts::default();
                for value in values.iter().filter_map(|rater| rater[cell]) {
                    counts[value - 1] += 1;
                }
                counts
            })
            .collect()
    }

    fn near(raters: &[&str], published: f64) {
        let alpha = ordinal_alpha(cells(raters).into_iter()).unwrap();
        assert!((alpha - published).abs() < 5e-4, "{alpha} {published}");
    }

    #[test]
    fn published_examples() {
        // Four observers and twelve units, from Krippendorff's paper of 2011: ordinal alpha 0.815.
        near(
            &[
                "1 2 3 3 2 1 4 1 2 . . .",
                "1 2 3 3 2 2 4 1 2 5 . 3",
                ". 3 3 3 2 3 4 2 2 5 1 .",
                "1 2 3 3 2 4 4 1 2 5 1 .",
            ],
            0.815,
        );
        // Three coders and fifteen units, an example that software for alpha is tried on: ordinal alpha 0.807.
        near(
            &[
                ". . . . . 3 4 1 2 1 1 3 3 . 3",
                "1 . 2 1 3 3 4 3 . . . . . . .",
                ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
            ],
            0.807,
        );
    }

    #[test]
    fn what_cannot_be_measured_is_nothing() {
        let alpha = |raters: &[&str]| ordinal_alpha(cells(raters).into_iter());
        assert_eq!(alpha(&["1 2 . ", ". . 3"]), None, "no pair");
        assert_eq!(alpha(&["2 2 1", "2 2 ."]), None, "no variation among what can be paired");
        assert_eq!(alpha(&["1 5", "1 5"]), Some(1.0));
        assert_eq!(ordinal_alpha(std::iter::empty()), None);
    }

    /// By the definition: mean squared distances within cells against those among all ratings that can be paired.
    fn written_out(cells: &[Counts]) -> Option<f64> {
        let mut pairable: Vec<Vec<usize>> = cells
            .iter()
            .map(|counts| (0..5).flat_map(|step| vec![step; counts[step] as usize]).collect())
            .collect();
        pairable.retain(|cell: &Vec<usize>| cell.len() > 1);
        let all: Vec<usize> = pairable.iter().flatten().copied().collect();
        let n = all.len() as f64;
        let distance = |a: usize, b: usize| {
            let (low, high) = (a.min(b), a.max(b));
            let within = all.iter().filter(|v| (low..=high).contains(*v)).count() as f64;
            let ends = all.iter().filter(|v| **v == low).count() + all.iter().filter(|v| **v == high).count();
            if low == high { 0.0 } else { (within - ends as f64 / 2.0).powi(2) }
        };
        let pairs = |list: &[usize]| -> f64 {
            let each = |i: usize| (0..list.len()).filter(move |j| i != *j).map(move |j| (i, j));
            (0..list.len()).flat_map(each).map(|(i, j)| distance(list[i], list[j])).sum()
        };
        let observed: f64 =
            pairable.iter().map(|cell| pairs(cell) / (cell.len() - 1) as f64).sum::<f64>() / n;
        let expected = pairs(&all) / (n * (n - 1.0));
        (expected > 0.0).then(|| 1.0 - observed / expected)
    }

    #[test]
    fn the_interval_leaves_out_each_cell_in_turn() {
        let cells = cells(&["1 2 3 3 2 . 1", "1 2 3 3 2 4 2", "1 2 3 2 2 . ."]);
        let found = interval(&cells).unwrap();
        let pairable: Vec<Counts> = cells.iter().copied().filter(|c| c.iter().sum::<u32>() > 1).collect();
        let n = pairable.len();
        let without = |at: usize| {
            ordinal_alpha(pairable.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| *c)).unwrap()
        };
        let mean = (0..n).map(without).sum::<f64>() / n as f64;
        let squares: f64 = (0..n).map(|at| (without(at) - mean).powi(2)).sum();
        let error = 1.96 * ((n as f64 - 1.0) / n as f64 * squares).sqrt();
        let alpha = ordinal_alpha(cells.iter().copied()).unwrap();
        assert!((found.low - (alpha - error)).abs() < 1e-12 && found.high == (alpha + error).min(1.0));
    }

    #[test]
    fn too_few_cells_have_no_interval() {
        assert_eq!(interval(&cells(&["1 5 .", "1 5 2"])), None);
        assert_eq!(interval(&cells(&["1 1 5", "1 1 5"])), None, "without the third nothing varies");
        assert_eq!(interval(&cells(&["1 1 5 5", "1 1 5 5"])), Some(Interval { low: 1.0, high: 1.0 }));
    }

    proptest! {
        #[test]
        fn alpha_is_as_it_is_defined(cells in prop::collection::vec(prop::array::uniform5(0_u32..3), 0..8)) {
            match (ordinal_alpha(cells.iter().copied()), written_out(&cells)) {
                (Some(alpha), Some(expected)) => prop_assert!((alpha - expected).abs() < 1e-12),
                (alpha, expected) => prop_assert_eq!(alpha, expected),
            }
        }
    }
}
