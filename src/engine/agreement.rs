//! Agreement: how far several raters say the same, beyond what chance would make them say.
//!
//! Krippendorff's alpha for ordinal data (Krippendorff, Content Analysis, 2004, chapter 11; the computation is that of
//! Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011). 1 is perfect agreement, 0 what chance gives, below
//! 0 is disagreement that has a system. Knows counts of ratings by step of the scale, not whose they are.

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
