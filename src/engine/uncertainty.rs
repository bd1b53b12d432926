//! Uncertainty of a rating: the probabilities of the ratings that a cell may turn out to have, by its confidence.
//!
//! Knows one cell; what follows for the conclusion is `robustness`'s and `next`'s.

use super::rating_code::RatingCode;
use crate::scenario::{Level, Rating, Scenario, keyword};

keyword! {
    /// Assumption about blank cells.
    #[derive(Default)]
    pub enum Unrated {
        /// Any of the five ratings, each as probable as the others.
        #[default]
        Uniform = "uniform",
        /// Neutral, as it scores.
        Neutral = "neutral",
    }
}

/// Probabilities of the five ratings of [`Rating::SCALE`]; they sum to 1.
pub(super) type Chances = [f64; Rating::SCALE.len()];

/// Every rating as probable as any other.
pub(super) const UNIFORM: Chances = [0.2; Rating::SCALE.len()];

/// The codes of [`Rating::SCALE`], in its order.
pub(super) const SCALE: [RatingCode; Rating::SCALE.len()] = [
    RatingCode::VeryConsistent,
    RatingCode::Consistent,
    RatingCode::Neutral,
    RatingCode::Inconsistent,
    RatingCode::VeryInconsistent,
];

/// The probability that a rating of this confidence stays as it is.
pub(super) const fn steadiness(confidence: Level) -> f64 {
    match confidence {
        Level::High => 0.90,
        Level::Medium => 0.70,
        Level::Low => 0.50,
    }
}

/// Probabilities for a cell rated CC to II: it keeps the rating or moves a step, half each way; at an end of the scale
/// all it inwards. `None` for NA, which stays NA, and for a blank.
pub(super) fn chances(code: RatingCode, confidence: Level) -> Option<Chances> {
    let at = SCALE.iter().position(|other| *other == code)?;
    let stays = steadiness(confidence);
    let neighbours = [at.checked_sub(1), Some(at + 1).filter(|next| *next < SCALE.len())];
    let moves = (1.0 - stays) / neighbours.iter().flatten().count() as f64;
    let mut chances = [0.0; SCALE.len()];
    for (place, chance) in chances.iter_mut().enumerate() {
        if place == at {
            *chance = stays;
        } else if neighbours.contains(&Some(place)) {
            *chance = moves;
        }
    }
    Some(chances)
}

/// The confidence that a cell was rated with: medium where nothing is said.
pub(super) fn confidence(scenario: &Scenario, item: usize, hypothesis: usize) -> Level {
    let cell = scenario.evidence.get(item).and_then(|item| item.ratings.get(hypothesis));
    cell.and_then(|cell| cell.confidence).unwrap_or(Level::Medium)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_stays_or_moves_one_step() {
        let of = |code, confidence| chances(code, confidence).unwrap().map(|p| (p * 1000.0).round() / 1000.0);
        assert_eq!(of(RatingCode::Consistent, Level::High), [0.05, 0.9, 0.05, 0.0, 0.0]);
        assert_eq!(of(RatingCode::Neutral, Level::Medium), [0.0, 0.15, 0.7, 0.15, 0.0]);
        assert_eq!(of(RatingCode::Inconsistent, Level::Low), [0.0, 0.0, 0.25, 0.5, 0.25]);
        assert_eq!(of(RatingCode::VeryConsistent, Level::Medium), [0.7, 0.3, 0.0, 0.0, 0.0]);
        assert_eq!(of(RatingCode::VeryInconsistent, Level::Low), [0.0, 0.0, 0.0, 0.5, 0.5]);
        assert_eq!(chances(RatingCode::NotApplicable, Level::Low), None);
        assert_eq!(chances(RatingCode::Blank, Level::Low), None);
    }

    #[test]
    fn the_scale_is_that_of_ratings() {
        assert_eq!(SCALE.map(RatingCode::rating), Rating::SCALE.map(Some));
    }
}
