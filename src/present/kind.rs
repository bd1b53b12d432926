//! Calls on a kind of item that is known only at run time.

use crate::scenario::{Item, ItemKind, Scenario};

/// Calls a function that is generic over the type of item with the type of a kind.
macro_rules! by_kind {
    ($kind:expr, $function:ident($($argument:expr),*)) => {
        match $kind {
            $crate::scenario::ItemKind::Hypothesis => $function::<$crate::scenario::Hypothesis>($($argument),*),
            $crate::scenario::ItemKind::Source => $function::<$crate::scenario::Source>($($argument),*),
            $crate::scenario::ItemKind::Evidence => $function::<$crate::scenario::Evidence>($($argument),*),
            $crate::scenario::ItemKind::Indicator => $function::<$crate::scenario::Indicator>($($argument),*),
            $crate::scenario::ItemKind::Estimate => $function::<$crate::scenario::Estimate>($($argument),*),
        }
    };
}
pub(crate) use by_kind;

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
