//! Calls on a kind of item that is known only at run time.

pub(crate) use crate::scenario::by_kind;
use crate::scenario::{Item, ItemKind, Scenario};

/// Returns the ids of a kind, in order.
#[must_use]
pub fn ids(scenario: &Scenario, kind: ItemKind) -> Vec<&str> {
    fn of<T: Item>(scenario: &Scenario) -> Vec<&str> {
        T::list(scenario).iter().map(|item| item.id().as_ref()).collect()
    }
    by_kind!(kind, of(scenario))
}

/// Returns the id of the item at a position; empty if there is none.
pub(super) fn id_at(scenario: &Scenario, kind: ItemKind, at: usize) -> String {
    fn of<T: Item>(scenario: &Scenario, at: usize) -> String {
        T::list(scenario).get(at).map(|item| item.id().to_string()).unwrap_or_default()
    }
    by_kind!(kind, of(scenario, at))
}

/// Returns the keys of the fields of a kind.
#[must_use]
pub fn keys(kind: ItemKind) -> Vec<&'static str> {
    fn of<T: Item>() -> Vec<&'static str> {
        T::FIELDS.iter().map(|field| T::key(*field)).collect()
    }
    by_kind!(kind, of())
}
