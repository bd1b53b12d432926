//! Subjects: the parts of a scenario that a finding can be about, by position, independent of the file.

use super::value::ItemKind;

/// Something in a scenario that a finding can be about. Positions count from 0 in the order of the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The scenario as a whole.
    Scenario,
    /// One of the scenario's own fields, by the path the file has it under: `as_of`, `scoring.method`.
    ScenarioField(&'static str),
    /// An item of one of the lists.
    Item(ItemKind, usize),
    /// One field of an item, by its key: `source`, `prior`, `conflict`.
    ItemField(ItemKind, usize, &'static str),
    /// A cell of a row.
    Cell {
        /// The kind of the item whose row it is in: evidence, an indicator or an estimate.
        kind: ItemKind,
        /// Position of the item.
        item: usize,
        /// Position of the hypothesis.
        hypothesis: usize,
    },
}
