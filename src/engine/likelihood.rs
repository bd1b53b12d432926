//! Ratings as probabilities: the table behind `bayes` and the information of an item.

use std::f64::consts::LN_10;

use super::class::Class;
use super::rating_code::RatingCode;

/// Probability of a report of an item, if a hypothesis were true, by class of the item and code of the cell.
///
/// A rating is `beta` bans (Good 1950) a step on the log-odds scale, times the factor v of relevance:
/// p = 1 / (1 + 10^(-beta v val)). A report of it from a source of reliability rho is expected with
/// p' = rho p + (1 - rho) / 2 (Schum 1994: what cannot be relied on says either with even odds).
#[derive(Clone, Debug)]
pub(super) struct Likelihood {
    /// 2 p': 1 for an even chance.
    ratio: Table,
    /// ln(2 p'): 0 for an even chance.
    ln_ratio: Table,
}

type Table = [[f64; RatingCode::COUNT]; Class::ALL.len()];

impl Likelihood {
    /// The table for this many bans per step, above 0.
    pub(super) fn new(bans_per_step: f64) -> Self {
        let mut table = Self { ratio: filled(1.0), ln_ratio: filled(0.0) };
        for class in Class::ALL {
            for code in RatingCode::TELLING {
                // p = (1 + tanh(x / 2)) / 2 for log-odds x, so 2 p' = 1 + rho tanh(x / 2): no digit is lost near an
                // even chance, and val and -val give p' that sum to 1 exactly. rho < 1 keeps p' off 0.
                let log_odds = bans_per_step * class.relevance_factor() * f64::from(code.value()) * LN_10;
                let tilt = class.reliability() * (log_odds / 2.0).tanh();
                put(&mut table.ratio, class, code, 1.0 + tilt);
                put(&mut table.ln_ratio, class, code, tilt.ln_1p());
            }
        }
        table
    }

    /// 2 p'.
    pub(super) fn ratio(&self, class: Class, code: RatingCode) -> f64 {
        get(&self.ratio, class, code).unwrap_or(1.0)
    }

    /// ln(2 p'): the weight of evidence against a neutral item, in nats.
    pub(super) fn ln_ratio(&self, class: Class, code: RatingCode) -> f64 {
        get(&self.ln_ratio, class, code).unwrap_or(0.0)
    }
}

const fn filled(value: f64) -> Table {
    [[value; RatingCode::COUNT]; Class::ALL.len()]
}

fn get(table: &Table, class: Class, code: RatingCode) -> Option<f64> {
    table.get(class.index())?.get(code as usize).copied()
}

fn put(table: &mut Table, class: Class, code: RatingCode, value: f64) {
    if let Some(cell) = table.get_mut(class.index()).and_then(|row| row.get_mut(code as usize)) {
        *cell = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Level;

    const MEDIUM: Class = Class::new(Level::Medium, Level::Medium);

    #[test]
    fn probabilities_are_those_of_the_formula() {
        let table = Likelihood::new(0.5);
        for class in Class::ALL {
            for code in RatingCode::TELLING {
                let odds = 10.0_f64.powf(-0.5 * class.relevance_factor() * f64::from(code.value()));
                let p = 1.0 / (1.0 + odds);
                let report = class.reliability() * p + (1.0 - class.reliability()) / 2.0;
                assert!((table.ratio(class, code) / 2.0 - report).abs() < 1e-15);
                assert!((table.ln_ratio(class, code) - (2.0 * report).ln()).abs() < 1e-14);
            }
            for code in [RatingCode::Neutral, RatingCode::NotApplicable, RatingCode::Blank] {
                assert_eq!(table.ratio(class, code), 1.0);
                assert_eq!(table.ln_ratio(class, code), 0.0);
            }
        }
    }

    #[test]
    fn negation_is_coherent() {
        let table = Likelihood::new(0.5);
        let sum = |x, y| table.ratio(MEDIUM, x) + table.ratio(MEDIUM, y);
        assert_eq!(sum(RatingCode::Consistent, RatingCode::Inconsistent), 2.0);
        assert_eq!(sum(RatingCode::VeryConsistent, RatingCode::VeryInconsistent), 2.0);
    }

    #[test]
    fn extreme_steps_stay_numbers() {
        for bans in [f64::MIN_POSITIVE, 1e-12, 1e6, f64::MAX] {
            let table = Likelihood::new(bans);
            for class in Class::ALL {
                for code in RatingCode::TELLING {
                    assert!(table.ln_ratio(class, code).is_finite(), "{bans}");
                }
            }
        }
        // Near an even chance the logarithm keeps its digits: 0.8 * ln(10) / 2 * 1e-12.
        let tiny = Likelihood::new(1e-12).ln_ratio(MEDIUM, RatingCode::Consistent);
        assert!((tiny / (0.4e-12 * LN_10) - 1.0).abs() < 1e-11);
    }
}
