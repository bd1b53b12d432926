//! The keys of the scenario file: one set of tables for reading, for writing new items and for the schema.
//!
//! Knows where each key belongs, its position among others, its type and its purpose. Must never know TOML
//! syntax; which values a field accepts is for the scenario to say.

use std::sync::OnceLock;

use crate::scenario::{
    Estimate, Evidence, FieldSpec, Fielded, Hypothesis, Indicator, ItemKind, Judgement, Scenario, Shape,
    Source,
};

/// A table of the format and its keys.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its header, or another name where it has none.
    pub name: &'static str,
    /// A description, without a full stop.
    pub text: &'static str,
    /// The keys before its fields, in the order of the file.
    head: &'static [Key],
    /// The keys of its fields.
    fields: fn() -> Vec<Key>,
    /// The keys after its fields.
    tail: &'static [Key],
    keys: OnceLock<Vec<Key>>,
}

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    /// The key.
    pub name: &'static str,
    /// The type of its value.
    pub holds: Holds,
    /// Whether the key is required.
    pub required: bool,
    /// Its purpose, in one sentence.
    pub text: &'static str,
}

/// The type of a key's value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holds {
    /// The version of the format.
    Version,
    /// An id.
    Id,
    /// A field of the scenario or of an item.
    Field(Shape),
    /// A table.
    Table(&'static Table),
    /// An array of tables, one for each item.
    Items(ItemKind),
    /// Cells, by hypothesis id.
    Ratings,
    /// Probabilities, by hypothesis id.
    Probabilities,
    /// The conflict of a cell: the values of the base and of theirs, each as [`SIDE`].
    CellConflict,
    /// The conflicts of an item or of the scenario: the values of the base and of theirs, by field.
    Conflict,
    /// Any value; ignored by the reader.
    Free,
}

impl Table {
    const fn new(
        name: &'static str,
        text: &'static str,
        head: &'static [Key],
        fields: fn() -> Vec<Key>,
        tail: &'static [Key],
    ) -> Self {
        Self { name, text, head, fields, tail, keys: OnceLock::new() }
    }

    /// Returns its keys, in the order of the file.
    pub(crate) fn keys(&self) -> &[Key] {
        self.keys.get_or_init(|| [self.head, &(self.fields)(), self.tail].concat())
    }

    /// Returns the key with this name.
    pub(crate) fn key(&self, name: &str) -> Option<&Key> {
        self.keys().iter().find(|key| key.name == name)
    }

    /// Returns the names of its keys.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.keys().iter().map(|key| key.name)
    }

    /// Returns its required keys.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Key> {
        self.keys().iter().filter(|key| key.required)
    }
}

/// Returns the table for an item of this kind.
pub(crate) const fn item(kind: ItemKind) -> &'static Table {
    match kind {
        ItemKind::Hypothesis => &HYPOTHESIS,
        ItemKind::Source => &SOURCE,
        ItemKind::Evidence => &EVIDENCE,
        ItemKind::Indicator => &INDICATOR,
        ItemKind::Estimate => &ESTIMATE,
    }
}

/// Returns the key that holds the cells of an item of this kind.
pub(crate) const fn row(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Estimate => PROBABILITIES,
        ItemKind::Hypothesis | ItemKind::Source | ItemKind::Evidence | ItemKind::Indicator => RATINGS,
    }
}

const RATINGS: &str = "ratings";
const PROBABILITIES: &str = "probabilities";

/// Returns the name of a probability's conflict within the conflict of its estimate: `probabilities.ID`.
pub(crate) fn probability_path(hypothesis: &str) -> String {
    format!("{PROBABILITIES}.{hypothesis}")
}

/// Returns the hypothesis id in the name of a probability's conflict.
pub(crate) fn probability_of(path: &str) -> Option<&str> {
    path.strip_prefix(PROBABILITIES)?.strip_prefix('.')
}

impl Key {
    const fn new(name: &'static str, holds: Holds, text: &'static str) -> Self {
        Self { name, holds, required: false, text }
    }

    const fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

/// Returns the key of the items of a kind.
const fn items(kind: ItemKind, text: &'static str) -> Key {
    Key::new(kind.as_str(), Holds::Items(kind), text)
}

/// Returns the key of a field.
fn key(spec: &FieldSpec) -> Key {
    Key { name: spec.key, holds: Holds::Field(spec.shape), required: spec.is_required, text: spec.help }
}

/// Returns the keys of an item's fields.
fn fields<T: Fielded>() -> Vec<Key> {
    T::FIELDS.iter().map(|field| key(T::spec(*field))).collect()
}

/// Returns the keys of the scenario's own fields outside any table.
fn own_fields() -> Vec<Key> {
    fields::<Scenario>().into_iter().filter(|key| !key.name.contains('.')).collect()
}

/// Returns the keys of the scenario's own fields in the table with this name.
fn part_fields(table: &str) -> Vec<Key> {
    let of_table = |key: Key| {
        let (head, name) = key.name.split_once('.')?;
        (head == table).then_some(Key { name, ..key })
    };
    fields::<Scenario>().into_iter().filter_map(of_table).collect()
}

/// The whole file.
pub(crate) static SCENARIO: Table = Table::new(
    "the scenario",
    "A scenario of ach: an Analysis of Competing Hypotheses",
    &[Key::new("ach", Holds::Version, "Version of the file format: 1.").required()],
    own_fields,
    &[
        Key::new("conflict", Holds::Conflict, "What a merge left to settle in these fields, by path."),
        Key::new("scoring", Holds::Table(&SCORING), "How the matrix is scored."),
        Key::new("outcome", Holds::Table(&OUTCOME), "What turned out to be true."),
        items(ItemKind::Hypothesis, "The answers that compete, one table each."),
        items(
            ItemKind::Source,
            "Who says it, one table each; once one is declared, evidence may cite declared ones only.",
        ),
        items(
            ItemKind::Evidence,
            "What is known, assumed, argued or conspicuously absent, one table each, with its ratings.",
        ),
        items(ItemKind::Indicator, "What to watch for next, one table each."),
        items(
            ItemKind::Estimate,
            "How probable somebody thinks the hypotheses are, one table each, with its probabilities.",
        ),
        Key::new("meta", Holds::Free, "A free table for other tools and people: kept, never read."),
    ],
);

/// `[scoring]`
pub(crate) static SCORING: Table = Table::new(
    "[scoring]",
    "How the matrix is scored; every key has a default",
    &[],
    || part_fields("scoring"),
    &[],
);

/// `[outcome]`
pub(crate) static OUTCOME: Table = Table::new(
    "[outcome]",
    "What turned out to be true; every key is optional",
    &[],
    || part_fields("outcome"),
    &[],
);

/// `[[hypothesis]]`
pub(crate) static HYPOTHESIS: Table = Table::new(
    "[[hypothesis]]",
    "One possible answer to the question",
    &[Key::new("id", Holds::Id, "Short name, unique among hypotheses, by which ratings refer to it.")
        .required()],
    fields::<Hypothesis>,
    &[CONFLICT],
);

/// `[[source]]`
pub(crate) static SOURCE: Table = Table::new(
    "[[source]]",
    "Somebody or something that evidence comes from",
    &[Key::new("id", Holds::Id, "Short name, unique among sources, by which evidence cites it.").required()],
    fields::<Source>,
    &[CONFLICT],
);

/// `[[evidence]]`
pub(crate) static EVIDENCE: Table = Table::new(
    "[[evidence]]",
    "One item of evidence",
    &[Key::new("id", Holds::Id, "Short name, unique among evidence.").required()],
    fields::<Evidence>,
    &[
        CONFLICT,
        Key::new(
            RATINGS,
            Holds::Ratings,
            "The judgements by the id of the hypothesis: if it were true, how expected would this item be?",
        ),
    ],
);

/// `[[indicator]]`
pub(crate) static INDICATOR: Table = Table::new(
    "[[indicator]]",
    "A future event that would speak for a hypothesis",
    &[Key::new("id", Holds::Id, "Short name, unique among indicators.").required()],
    fields::<Indicator>,
    &[
        CONFLICT,
        Key::new(
            RATINGS,
            Holds::Ratings,
            "The judgements by the id of the hypothesis: if it were true, how expected would it be to see this?",
        ),
    ],
);

/// `[[estimate]]`
pub(crate) static ESTIMATE: Table = Table::new(
    "[[estimate]]",
    "What one person thought on one day",
    &[Key::new("id", Holds::Id, "Short name, unique among estimates.").required()],
    fields::<Estimate>,
    &[
        CONFLICT,
        Key::new(
            PROBABILITIES,
            Holds::Probabilities,
            "The probabilities from 0 to 1, by the id of the hypothesis; without a key nothing is stated.",
        ),
    ],
);

const CONFLICT: Key =
    Key::new("conflict", Holds::Conflict, "What a merge left to settle in this item, by field.");

/// A cell of the matrix written as a table.
pub(crate) static CELL: Table = Table::new(
    "a cell",
    "A judgement with what belongs to it",
    &[],
    fields::<Judgement>,
    &[Key::new("conflict", Holds::CellConflict, "What a merge left to settle in this cell.")],
);

/// One side of a cell in conflict.
pub(crate) static SIDE: Table =
    Table::new("a side of a cell", "A judgement of another side", &[], fields::<Judgement>, &[]);

/// The key of a conflict that names the side that deleted the item.
pub(crate) const DELETED: &str = "deleted";
/// The keys that name the sides of a conflict.
pub(crate) const SIDE_NAMES: [&str; 2] = ["base", "theirs"];

/// Every table with keys of its own. An unknown key that belongs to several of them is explained by the
/// first.
pub(crate) static TABLES: [&Table; 9] =
    [&SCENARIO, &SCORING, &HYPOTHESIS, &SOURCE, &EVIDENCE, &INDICATOR, &CELL, &ESTIMATE, &OUTCOME];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_say_what_they_are_for() {
        for table in TABLES.into_iter().chain([&SIDE]) {
            for (at, key) in table.keys().iter().enumerate() {
                assert!(table.keys()[..at].iter().all(|other| other.name != key.name), "{}", key.name);
                assert!(key.text.ends_with(['.', '?']) && key.text.len() > 9, "{}: {}", key.name, key.text);
            }
        }
    }
}
