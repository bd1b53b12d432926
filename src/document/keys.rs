//! The keys of the scenario file: one table from which files are read, rows are written and the schema is made.
//!
//! Knows which key stands where, in which order it is written, what it holds and what it is for. Must never know how
//! a file spells it; what values a field accepts is the scenario's to say.

use crate::scenario::{
    EvidenceField, HypothesisField, IndicatorField, ItemKind, Level, Rating, ScenarioField, Shape,
    SourceField,
};

/// A table of the format and its keys, in the order in which they are written.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its header, or what else it is called.
    pub name: &'static str,
    /// What it is.
    pub text: &'static str,
    /// The keys it may have.
    pub keys: &'static [Key],
}

/// A key of a table.
#[derive(Debug)]
pub(crate) struct Key {
    /// The key.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether it must be there.
    pub required: bool,
    /// What it is for, in one sentence.
    pub text: &'static str,
}

/// What a key holds.
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
    /// Tables in a row, one an item.
    Items(ItemKind),
    /// Cells by the ids of their hypotheses.
    Ratings,
    /// What a merge left in a cell: both other sides, each as [`SIDE`].
    CellConflict,
    /// What a merge left in an item or in the scenario: both other sides by field.
    Conflict,
    /// Anything at all; never read.
    Free,
}

impl Table {
    /// The key of this name.
    pub(crate) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// What the key at a path is for: `title`, `scoring.method`.
    #[cfg(feature = "cli")]
    pub(crate) fn purpose(&self, path: &str) -> Option<&'static str> {
        match path.split_once('.') {
            None => self.key(path).map(|key| key.text),
            Some((table, rest)) => match self.key(table)?.holds {
                Holds::Table(table) => table.purpose(rest),
                Holds::Version
                | Holds::Id
                | Holds::Field(_)
                | Holds::Items(_)
                | Holds::Ratings
                | Holds::CellConflict
                | Holds::Conflict
                | Holds::Free => None,
            },
        }
    }

    /// The names of all keys.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        self.keys.iter().map(|key| key.name)
    }

    /// The keys that must be there.
    pub(crate) fn required(&self) -> impl Iterator<Item = &'static Key> + use<> {
        self.keys.iter().filter(|key| key.required)
    }
}

/// The keys of an item of this kind.
pub(crate) const fn item(kind: ItemKind) -> &'static Table {
    match kind {
        ItemKind::Hypothesis => &HYPOTHESIS,
        ItemKind::Source => &SOURCE,
        ItemKind::Evidence => &EVIDENCE,
        ItemKind::Indicator => &INDICATOR,
    }
}

impl Key {
    const fn new(name: &'static str, holds: Holds, text: &'static str) -> Self {
        Self { name, holds, required: false, text }
    }

    const fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

/// A key whose name and values are those of a field of the scenario.
macro_rules! field {
    ($field:expr, $text:literal) => {
        Key::new($field.as_str(), Holds::Field($field.shape()), $text)
    };
}

/// The whole file.
pub(crate) static SCENARIO: Table = Table {
    name: "the scenario",
    text: "A scenario of ach: an Analysis of Competing Hypotheses",
    keys: &[
        Key::new("ach", Holds::Version, "Version of the file format: 1.").required(),
        field!(ScenarioField::Title, "What the analysis is about.").required(),
        field!(ScenarioField::Question, "The question that the hypotheses answer."),
        field!(
            ScenarioField::AsOf,
            "Date of the analysis; it is stated and checked against, and filters nothing."
        ),
        field!(ScenarioField::Authors, "Who made the analysis."),
        field!(
            ScenarioField::Marking,
            "Handling marking such as TLP:CLEAR: first and last line of every output for people."
        ),
        field!(ScenarioField::Conclusion, "The conclusion in the analyst's words."),
        Key::new("conflict", Holds::Conflict, "What a merge left to settle in these fields, by path."),
        Key::new("scoring", Holds::Table(&SCORING), "How the matrix is scored."),
        Key::new(
            ItemKind::Hypothesis.as_str(),
            Holds::Items(ItemKind::Hypothesis),
            "The answers that compete, one table each.",
        ),
        Key::new(
            ItemKind::Source.as_str(),
            Holds::Items(ItemKind::Source),
            "Who says it, one table each; once one is declared, evidence may cite declared ones only.",
        ),
        Key::new(
            ItemKind::Evidence.as_str(),
            Holds::Items(ItemKind::Evidence),
            "What is known, assumed, argued or conspicuously absent, one table each, with its ratings.",
        ),
        Key::new(
            ItemKind::Indicator.as_str(),
            Holds::Items(ItemKind::Indicator),
            "What to watch for next, one table each.",
        ),
        Key::new("meta", Holds::Free, "A free table for other tools and people: kept, never read."),
    ],
};

/// `[scoring]`
pub(crate) static SCORING: Table = Table {
    name: "[scoring]",
    text: "How the matrix is scored; every key has a default",
    keys: &[
        Key::new(
            "method",
            Holds::Field(ScenarioField::Method.shape()),
            "The method that reports and the editor start with; default weighted.",
        ),
        Key::new(
            "bans_per_step",
            Holds::Field(ScenarioField::BansPerStep.shape()),
            "Weight of evidence of one step of the rating scale, in bans, for bayes; default 0.5.",
        ),
        Key::new(
            "yardstick",
            Holds::Field(ScenarioField::Yardstick.shape()),
            "Which words say how probable something is; default icd203.",
        ),
    ],
};

/// `[[hypothesis]]`
pub(crate) static HYPOTHESIS: Table = Table {
    name: "[[hypothesis]]",
    text: "One possible answer to the question",
    keys: &[
        Key::new("id", Holds::Id, "Short name, unique among hypotheses, by which ratings refer to it.")
            .required(),
        field!(HypothesisField::Name, "Its name in full.").required(),
        field!(HypothesisField::Short, "Column header; default: the id."),
        field!(HypothesisField::Description, "What exactly it claims and predicts."),
        field!(
            HypothesisField::Prior,
            "Probability before the evidence, for bayes: all active hypotheses or none."
        ),
        field!(HypothesisField::Status, "Whether it is still ranked; default active."),
        field!(HypothesisField::Note, "Anything else."),
        CONFLICT,
    ],
};

/// `[[source]]`
pub(crate) static SOURCE: Table = Table {
    name: "[[source]]",
    text: "Somebody or something that evidence comes from",
    keys: &[
        Key::new("id", Holds::Id, "Short name, unique among sources, by which evidence cites it.").required(),
        field!(SourceField::Name, "Its name in full.").required(),
        field!(SourceField::Url, "Where it is found."),
        field!(
            SourceField::Reliability,
            "Admiralty reliability, A (completely reliable) to E (unreliable), F where it cannot be judged; never scored."
        ),
        field!(SourceField::ControlledBy, "Ids of the hypotheses whose actor could steer this source."),
        field!(SourceField::Note, "Anything else."),
        CONFLICT,
    ],
};

/// `[[evidence]]`
pub(crate) static EVIDENCE: Table = Table {
    name: "[[evidence]]",
    text: "One item of evidence",
    keys: &[
        Key::new("id", Holds::Id, "Short name, unique among evidence.").required(),
        field!(EvidenceField::Text, "What it says.").required(),
        field!(EvidenceField::Kind, "What sort of statement it is; default fact."),
        field!(EvidenceField::Date, "When it became known: a day, or a month or year in quotes."),
        field!(
            EvidenceField::Source,
            "Who says it: ids of sources where sources are declared, else free text."
        ),
        field!(EvidenceField::Url, "Where it is found."),
        field!(EvidenceField::Quote, "The words that it rests on."),
        field!(EvidenceField::Credibility, "How far it can be believed; default medium, excludes grade."),
        field!(EvidenceField::Grade, "Admiralty grade such as B2, in place of credibility."),
        field!(EvidenceField::Relevance, "How much it bears on the question; default medium."),
        field!(EvidenceField::Group, "Items of one group are not independent of each other."),
        field!(EvidenceField::Tags, "Free labels."),
        field!(EvidenceField::Note, "Anything else."),
        CONFLICT,
        Key::new(
            "ratings",
            Holds::Ratings,
            "The judgements by the id of the hypothesis: if it were true, how expected would this item be?",
        ),
    ],
};

/// `[[indicator]]`
pub(crate) static INDICATOR: Table = Table {
    name: "[[indicator]]",
    text: "A future event that would speak for a hypothesis",
    keys: &[
        Key::new("id", Holds::Id, "Short name, unique among indicators.").required(),
        field!(IndicatorField::Text, "What to watch for.").required(),
        field!(IndicatorField::Hypothesis, "Id of the hypothesis it would support."),
        field!(IndicatorField::Status, "Whether it was seen; default pending."),
        field!(IndicatorField::Due, "The day by which it should have been seen."),
        field!(IndicatorField::Note, "Anything else."),
        CONFLICT,
    ],
};

const CONFLICT: Key =
    Key::new("conflict", Holds::Conflict, "What a merge left to settle in this item, by field.");

/// A cell of the matrix that is written as a table.
pub(crate) static CELL: Table = Table {
    name: "a cell",
    text: "A judgement with what belongs to it",
    keys: &[RATING, CONFIDENCE, NOTE, SIDES],
};

/// One side of a cell in conflict.
pub(crate) static SIDE: Table = Table {
    name: "a side of a cell",
    text: "A judgement of another side",
    keys: &[RATING, CONFIDENCE, NOTE],
};

const RATING: Key = Key::new(
    "rating",
    Holds::Field(Shape::Word(Rating::WORDS)),
    "Very consistent (CC) to very inconsistent (II), or not applicable (NA).",
);
const CONFIDENCE: Key = Key::new(
    "confidence",
    Holds::Field(Shape::Word(Level::WORDS)),
    "How sure the analyst is of the rating; default medium.",
);
const NOTE: Key = Key::new("note", Holds::Field(Shape::Text), "Why it is rated so.");
const SIDES: Key = Key::new("conflict", Holds::CellConflict, "What a merge left to settle in this cell.");

/// The key of a conflict that names the side which deleted the item.
pub(crate) const DELETED: &str = "deleted";
/// The keys of the sides of a field or cell in conflict.
pub(crate) const SIDE_NAMES: [&str; 2] = ["base", "theirs"];

/// Every table that has keys of its own, the outermost first.
pub(crate) static TABLES: [&Table; 7] =
    [&SCENARIO, &SCORING, &HYPOTHESIS, &SOURCE, &EVIDENCE, &INDICATOR, &CELL];

#[cfg(test)]
mod tests {
    use super::*;

    /// Names and shapes of the fields of a table, `prefix` before each name.
    fn fields(table: &'static Table, prefix: &str) -> Vec<(String, Shape)> {
        let field = |key: &Key| match key.holds {
            Holds::Field(shape) => Some((format!("{prefix}{}", key.name), shape)),
            _ => None,
        };
        table.keys.iter().filter_map(field).collect()
    }

    #[test]
    fn the_table_has_exactly_the_fields_of_the_scenario() {
        let own = ScenarioField::ALL.iter().map(|f| (f.as_str().to_owned(), f.shape()));
        let listed = [fields(&SCENARIO, ""), fields(&SCORING, "scoring.")].concat();
        assert_eq!(listed, own.collect::<Vec<_>>());
        let own = HypothesisField::ALL.iter().map(|f| (f.as_str().to_owned(), f.shape()));
        assert_eq!(fields(&HYPOTHESIS, ""), own.collect::<Vec<_>>());
        let own = SourceField::ALL.iter().map(|f| (f.as_str().to_owned(), f.shape()));
        assert_eq!(fields(&SOURCE, ""), own.collect::<Vec<_>>());
        let own = EvidenceField::ALL.iter().map(|f| (f.as_str().to_owned(), f.shape()));
        assert_eq!(fields(&EVIDENCE, ""), own.collect::<Vec<_>>());
        let own = IndicatorField::ALL.iter().map(|f| (f.as_str().to_owned(), f.shape()));
        assert_eq!(fields(&INDICATOR, ""), own.collect::<Vec<_>>());
    }

    #[test]
    fn keys_are_unique_and_say_what_they_are_for() {
        for table in TABLES.into_iter().chain([&SIDE]) {
            for (at, key) in table.keys.iter().enumerate() {
                assert!(table.keys[..at].iter().all(|other| other.name != key.name), "{}", key.name);
                assert!(key.text.ends_with(['.', '?']) && key.text.len() > 9, "{}: {}", key.name, key.text);
            }
        }
    }
}
