//! Diagnosticity: how far an item of evidence separates the hypotheses.
//!
//! Heuer (1999, chapter 8): evidence that fits all hypotheses equally well, as a fever fits most diseases, has no
//! diagnostic value, however true it is.

use super::matrix::Matrix;
use super::order::descending;
use super::rating_code::RatingCode;

/// Population standard deviation of a row's values over active hypotheses: 0 to 2.
///
/// NA counts as 0, as it scores; blanks are left out; 0 when fewer than two cells are rated. The measure of Open
/// Synthesis.
#[must_use]
pub fn diagnosticity(matrix: &Matrix, row: usize) -> f64 {
    let (mut count, mut sum, mut squares) = (0_i64, 0_i64, 0_i64);
    for code in matrix.active_codes(row).filter(|code| *code != RatingCode::Blank) {
        let value = i64::from(code.value());
        count += 1;
        sum += value;
        squares += value * value;
    }
    if count < 2 {
        return 0.0;
    }
    // n^2 times the variance is an integer: equal ratings give 0 exactly.
    ((count * squares - sum * sum) as f64).sqrt() / count as f64
}

/// Returns the one active hypothesis, but a residual, that a row rates CC to II; `None` if it rates several or none, or
/// if there are no others to compare it with. Such a row compares nothing, whatever its figures.
#[must_use]
pub fn rated_alone(matrix: &Matrix, row: usize) -> Option<usize> {
    let mut rated = matrix.comparable().filter(|hypothesis| matrix.code(row, *hypothesis).is_on_scale());
    let (only, None) = (rated.next()?, rated.next()) else { return None };
    (matrix.comparable().count() > 1).then_some(only)
}

/// Bits that a row would give an even mind: the Kullback-Leibler divergence of p' over active hypotheses, normalised,
/// from the uniform distribution.
///
/// 0 for an item that separates nothing, at most log2 of the number of active hypotheses. Blank and NA are an even
/// chance, p' = 1/2.
#[must_use]
pub fn information(matrix: &Matrix, row: usize) -> f64 {
    let class = matrix.class(row);
    // By probability, how many hypotheses: blank, NA and N are one.
    let mut even = 0_u32;
    let mut telling = RatingCode::TELLING.map(|code| (code, 0_u32));
    for code in matrix.active_codes(row) {
        match telling.iter_mut().find(|(other, _)| *other == code) {
            Some((_, count)) => *count += 1,
            None => even += 1,
        }
    }
    let ratios = telling.map(|(code, count)| (matrix.likelihood.ratio(class, code), count));
    let present = || std::iter::once((1.0, even)).chain(ratios).filter(|(_, count)| *count > 0);
    if present().count() < 2 {
        return 0.0;
    }
    let hypotheses: f64 = present().map(|(_, count)| f64::from(count)).sum();
    let mean = present().map(|(ratio, count)| ratio * f64::from(count)).sum::<f64>() / hypotheses;
    let bits: f64 = present()
        .map(|(ratio, count)| {
            let relative = ratio / mean;
            f64::from(count) * relative * relative.log2()
        })
        .sum();
    (bits / hypotheses).clamp(0.0, hypotheses.log2())
}

/// The rows by diagnosticity times weight, most diagnostic first, equal ones (within 1e-12) in the order of the file.
#[must_use]
pub fn by_diagnosticity(matrix: &Matrix) -> Vec<usize> {
    let key = |row| diagnosticity(matrix, row) * matrix.class(row).weight().factor();
    let mut keyed: Vec<(f64, usize)> = (0..matrix.items().len()).map(|row| (key(row), row)).collect();
    descending(&mut keyed);
    keyed.into_iter().map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::fixture::Fixture;
    use crate::scenario::Level;

    fn of(ratings: &str) -> (f64, f64) {
        let hypotheses = ratings.split_whitespace().count();
        let matrix = Matrix::new(&Fixture::of(hypotheses).item(ratings).scenario(), None);
        (diagnosticity(&matrix, 0), information(&matrix, 0))
    }

    #[test]
    fn diagnosticity_is_the_population_standard_deviation() {
        assert_eq!(of("CC II").0, 2.0);
        assert_eq!(of("C I N").0, 6.0_f64.sqrt() / 3.0);
        assert_eq!(of("CC NA").0, 1.0, "NA counts as 0");
        assert_eq!(of("CC - II -").0, 2.0, "blanks are left out");
        for nothing in ["C C C", "II -", "- -", "NA N", "C", ""] {
            assert_eq!(of(nothing).0, 0.0, "{nothing}");
        }
    }

    #[test]
    fn information_is_the_divergence_from_uniform() {
        // p' of CC and II at medium credibility: 0.8 p + 0.1.
        let (yes, no) = (0.8 * 10.0 / 11.0 + 0.1, 0.8 / 11.0 + 0.1);
        let (q, r) = (yes / (yes + no), no / (yes + no));
        let expected = 1.0 + q * f64::log2(q) + r * f64::log2(r);
        assert!((of("CC II").1 - expected).abs() < 1e-15);
        assert!((of("II CC").1 - expected).abs() < 1e-15);
        // A blank is an even chance here, unlike in diagnosticity.
        let (q, r) = (yes / (yes + 0.5), 0.5 / (yes + 0.5));
        let expected = 1.0 + q * f64::log2(q) + r * f64::log2(r);
        assert!((of("CC -").1 - expected).abs() < 1e-15);
        for nothing in ["C C C", "CC", "- - NA N", "II II II II II II II", ""] {
            assert_eq!(of(nothing).1.to_bits(), 0.0_f64.to_bits(), "{nothing}");
        }
    }

    #[test]
    fn rejected_hypotheses_separate_nothing() {
        let matrix = Matrix::new(&Fixture::of(3).reject(2).item("C C II").scenario(), None);
        assert_eq!((diagnosticity(&matrix, 0), information(&matrix, 0)), (0.0, 0.0));
    }

    #[test]
    fn the_most_diagnostic_items_come_first_by_weight() {
        let scenario = Fixture::of(2)
            .item("C C")
            .weighed("CC II", Level::Low, Level::Low)
            .item("C I")
            .weighed("C N", Level::High, Level::High)
            .item("CC II")
            .scenario();
        // 0, 2 * 0.5, 1, 0.5 * 2, 2: three are equal.
        assert_eq!(by_diagnosticity(&Matrix::new(&scenario, None)), [4, 1, 2, 3, 0]);
        assert!(by_diagnosticity(&Matrix::new(&Fixture::of(0).scenario(), None)).is_empty());
    }
}
