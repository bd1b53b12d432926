//! Compares a file with a scenario as it is read, so that the file's own scenario need not fit into memory beside it.

use crate::scenario::{Fielded, Item, Scenario};

/// A scenario with which the items of a file are compared.
pub(super) struct Comparison<'s> {
    expected: &'s Scenario,
    /// The number of items compared so far, of all kinds.
    compared: usize,
    /// Whether all of them were equal.
    is_same: bool,
}

impl<'s> Comparison<'s> {
    pub(super) const fn new(expected: &'s Scenario) -> Self {
        Self { expected, compared: 0, is_same: true }
    }

    /// Compares the item read as number `at` of its list.
    pub(super) fn compare<T: Item>(&mut self, at: usize, item: &T) {
        self.compared += 1;
        self.is_same &= T::list(self.expected).get(at) == Some(item);
    }

    /// Returns whether all items were equal and none is missing, and whether `own`, the scenario without its items, has
    /// the same fields.
    pub(super) fn is_same(&self, own: &Scenario) -> bool {
        let Scenario { hypotheses, sources, evidence, indicators, estimates, .. } = self.expected;
        let items = hypotheses.len() + sources.len() + evidence.len() + indicators.len() + estimates.len();
        self.is_same
            && self.compared == items
            && own.conflict == self.expected.conflict
            && Scenario::FIELDS.iter().all(|field| own.field(*field) == self.expected.field(*field))
    }
}
