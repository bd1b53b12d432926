//! Estimates: what one person thinks on one day, as probabilities of the hypotheses.

use super::cell::Row;
use super::conflict::Conflict;
use super::date::Date;
use super::field::fields;
use super::id::{EstimateId, MAX_ID_LEN, free_id, suggest_id};
use super::probability::Probability;

fields! {
    /// The probabilities that one person states, whatever they add up to.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Estimate {
        /// Its id.
        id: EstimateId,
        /// The probabilities by hypothesis; an empty cell is a hypothesis of which nothing is stated.
        probabilities: Row,
        /// The conflicts left in its fields.
        conflict: Option<Box<Conflict>>,
    }
    EstimateField {
        by: String as Filled = By("by", Fact, "Whose estimate it is: the same letters are the same person.");
        date: Option<Date> = Date("date", Fact, "When it was made: a day, or a month or year in quotes.");
        note: Option<String> = Note("note", Prose, "Anything else.");
    }
}

impl Estimate {
    /// An estimate with an id, a person and nothing else.
    #[must_use]
    pub fn new(id: EstimateId, by: impl Into<String>) -> Self {
        Self { by: by.into(), ..Self::empty(id) }
    }

    /// The stated probabilities, by the position of the hypothesis, ascending.
    pub fn stated(&self) -> impl Iterator<Item = (usize, Probability)> {
        self.probabilities.iter().filter_map(|(hypothesis, cell)| Some((hypothesis, cell.probability()?)))
    }
}

/// Returns a free id for an estimate: the person in small letters, the date, and a number if that is taken.
#[must_use]
pub fn suggest_estimate_id(by: &str, date: Option<Date>, is_taken: impl Fn(&str) -> bool) -> String {
    let day = date.map(|date| format!("-{date}")).unwrap_or_default();
    let name = suggest_id(by).unwrap_or_else(|| "estimate".to_owned());
    let head: String = name.chars().take(MAX_ID_LEN.saturating_sub(day.len())).collect();
    free_id(&format!("{}{day}", head.trim_end_matches('-')), is_taken)
}
