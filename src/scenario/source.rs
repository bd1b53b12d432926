//! Sources: who reports something, how reliable they are, and who could influence what they report.

use super::conflict::Conflict;
use super::field::fields;
use super::id::SourceId;
use super::value::ItemKind;
use super::weight::Reliability;

fields! {
    /// A declared source.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Source {
        /// Its id.
        id: SourceId,
        /// The conflicts left in its fields.
        conflict: Option<Box<Conflict>>,
    }
    SourceField {
        name: String = Name("name", Phrase, "Its name in full.");
        url: Option<String> = Url("url", Fact, "Where it is found.");
        reliability: Option<Reliability> = Reliability(
            "reliability", Fact,
            "Admiralty reliability, A (completely reliable) to E (unreliable), F where it cannot be judged; never scored."
        );
        controlled_by: Option<Vec<String>> = ControlledBy(
            "controlled_by", Fact, "Ids of the hypotheses whose actor could steer this source.",
            refers_to: ItemKind::Hypothesis
        );
        note: Option<String> = Note("note", Prose, "Anything else.");
    }
}

impl Source {
    /// A source with an id, a name and nothing else.
    #[must_use]
    pub fn new(id: SourceId, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::empty(id) }
    }
}
