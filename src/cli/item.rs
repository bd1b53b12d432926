//! Items on the command line: their ids, and their place in their list.

use clap::Args;

use super::edit;
use super::outcome::Failure;
use crate::change::Listed;
use crate::scenario::{ID_RULE, Scenario, suggest_id};

/// The place of an item in the list of its kind.
#[derive(Args, Debug)]
#[group(multiple = false)]
pub(super) struct PlaceArgs {
    /// Put it before this item of its kind
    #[arg(long, value_name = "ID")]
    before: Option<String>,
    /// Put it after this item of its kind
    #[arg(long, value_name = "ID")]
    after: Option<String>,
}

impl PlaceArgs {
    /// Returns the gap in the list that is meant, counted from 0 before the first item; `None` if no place is given.
    pub(super) fn gap<T: Listed>(&self, scenario: &Scenario) -> Result<Option<usize>, Failure> {
        let gap = |id: &str, beyond| position::<T>(scenario, unprefixed::<T>(id)).map(|at| Some(at + beyond));
        match (&self.before, &self.after) {
            (Some(id), _) => gap(id, 0),
            (None, Some(id)) => gap(id, 1),
            (None, None) => Ok(None),
        }
    }
}

/// Returns the position of an item of a kind.
pub(super) fn position<T: Listed>(scenario: &Scenario, id: &str) -> Result<usize, Failure> {
    let at = T::list(scenario).iter().position(|item| item.id().as_ref() == id);
    at.ok_or_else(|| edit::unknown(scenario, T::KIND, id))
}

/// Parses a new id; its kind may precede it.
pub(super) fn new_id<T: Listed>(text: &str) -> Result<T::Id, Failure> {
    let text = unprefixed::<T>(text);
    T::parse_id(text).ok_or_else(|| {
        let help = suggest_id(text).map_or(ID_RULE.to_owned(), |id| format!("{ID_RULE}; perhaps \"{id}\""));
        Failure::refused(format!("\"{text}\" is not an id"), help)
    })
}

/// Strips the kind from an id.
fn unprefixed<T: Listed>(id: &str) -> &str {
    id.strip_prefix(T::KIND.as_str()).and_then(|rest| rest.strip_prefix(':')).unwrap_or(id)
}
