//! Coherence: the probabilities nearest to those that somebody states.
//!
//! The Euclidean projection on the probabilities that add up to 1 (Osherson & Vardi 2006), by sorting and a threshold
//! (Held, Wolfe & Crowder 1974). Whichever hypothesis is true, it scores no worse than what was stated (Predd and others
//! 2009).

/// Distance from 1 up to which a sum counts as 1.
const TOLERANCE: f64 = 1e-9;

/// Returns the coherent probabilities nearest to the stated ones, each of which is 0 to 1: with a sum of 1 if the
/// statement is complete, of at most 1 if it is open. What is coherent already is returned bit by bit.
#[must_use]
pub(super) fn coherent(stated: &[f64], is_complete: bool) -> Vec<f64> {
    let sum: f64 = stated.iter().sum();
    let is_coherent = if is_complete { (sum - 1.0).abs() <= TOLERANCE } else { sum <= 1.0 + TOLERANCE };
    if is_coherent {
        return stated.to_vec();
    }
    let mut descending = stated.to_vec();
    descending.sort_unstable_by(|a, b| b.total_cmp(a));
    // The threshold that leaves a sum of 1 over the values above it.
    let (mut above, mut threshold) = (0.0, 0.0);
    for (count, value) in (1_u32..).zip(descending) {
        let next = (above + value - 1.0) / f64::from(count);
        if value <= next {
            break;
        }
        above += value;
        threshold = next;
    }
    stated.iter().map(|value| (value - threshold).max(0.0)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (a, b) in found.iter().zip(expected) {
            assert!((a - b).abs() < 1e-12, "{found:?} {expected:?}");
        }
    }

    #[test]
    fn the_nearest_probabilities_that_add_up_to_1() {
        near(&coherent(&[0.65, 0.25, 0.25, 0.0], true), &[0.6, 0.2, 0.2, 0.0]);
        near(&coherent(&[1.0, 0.9, 0.05], true), &[0.55, 0.45, 0.0]);
        near(&coherent(&[0.2, 0.2], true), &[0.5, 0.5]);
        near(&coherent(&[0.0, 0.0, 0.0, 0.0], true), &[0.25; 4]);
        near(&coherent(&[0.3], true), &[1.0]);
        near(&coherent(&[0.3], false), &[0.3]);
        near(&coherent(&[0.8, 0.6], false), &[0.6, 0.4]);
        near(&coherent(&[0.0, 0.0], false), &[0.0, 0.0]);
        assert_eq!(coherent(&[], true), [0.0; 0]);
        let thirds = [1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0];
        assert_eq!(coherent(&thirds, true), thirds);
        assert_eq!(coherent(&[0.5, 0.5 + 5e-10], true), [0.5, 0.5 + 5e-10]);
    }

    fn stated() -> impl Strategy<Value = (Vec<f64>, bool)> {
        (proptest::collection::vec(0.0..=1.0_f64, 1..8), any::<bool>())
    }

    fn distance(a: &[f64], b: &[f64]) -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
    }

    fn brier(p: &[f64], truth: usize) -> f64 {
        let rest: f64 = 1.0 - p.iter().sum::<f64>();
        let of = |at: usize, p: f64| (p - f64::from(u8::from(at == truth))).powi(2);
        p.iter().enumerate().map(|(at, p)| of(at, *p)).sum::<f64>() + rest.max(0.0).powi(2)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_is_coherent_settled_and_keeps_the_order((stated, is_complete) in stated()) {
            let found = coherent(&stated, is_complete);
            let sum: f64 = found.iter().sum();
            prop_assert!(found.iter().all(|p| (0.0..=1.0 + 1e-12).contains(p)));
            prop_assert!(sum <= 1.0 + 1e-8 && (!is_complete || (sum - 1.0).abs() < 1e-8));
            prop_assert!(distance(&coherent(&found, is_complete), &found) < 1e-8);
            for (a, b) in stated.iter().zip(&found) {
                for (c, d) in stated.iter().zip(&found) {
                    prop_assert!(a > c || b <= d);
                }
            }
        }

        #[test]
        fn nothing_coherent_is_nearer_and_no_truth_scores_worse(
            (stated, is_complete) in stated(),
            others in proptest::collection::vec(proptest::collection::vec(1e-9..1.0_f64, 8), 1000),
        ) {
            let found = coherent(&stated, is_complete);
            for weights in others {
                let weights: Vec<f64> = weights.into_iter().take(stated.len() + 1).collect();
                let total: f64 = weights.iter().take(if is_complete { stated.len() } else { stated.len() + 1 }).sum();
                let feasible: Vec<f64> = weights.iter().take(stated.len()).map(|w| w / total).collect();
                prop_assert!(distance(&stated, &found) <= distance(&stated, &feasible) + 1e-9);
            }
            if is_complete {
                for truth in 0..stated.len() {
                    let of_stated: f64 = stated
                        .iter()
                        .enumerate()
                        .map(|(at, p)| (p - f64::from(u8::from(at == truth))).powi(2))
                        .sum();
                    prop_assert!(brier(&found, truth) <= of_stated + 1e-9);
                }
            }
        }
    }
}
