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

/// Returns the keys of the fields of a kind.
#[must_use]
pub fn keys(kind: ItemKind) -> Vec<&'static str> {
    fn of<T: Item>() -> Vec<&'static str> {
        T::FIELDS.iter().map(|field| T::key(*field)).collect()
    }
    by_kind!(kind, of())
}
