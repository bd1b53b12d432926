//! Fields of the scenario and of its items under one roof, so that all are read by one piece of code.

use crate::document::keys;
use crate::scenario::{
    Conflict, Evidence, EvidenceField, EvidenceId, Hypothesis, HypothesisField, HypothesisId, Indicator,
    IndicatorField, IndicatorId, ItemKind, Refusal, Scenario, ScenarioField, Shape, Source, SourceField,
    SourceId, Value,
};

/// Something with fields that are set by key.
pub(super) trait Fields: Clone {
    /// Names a field.
    type Field: Copy;

    /// The field with this key.
    fn field(key: &str) -> Option<Self::Field>;
    /// What a field accepts.
    fn shape(field: Self::Field) -> Shape;
    /// What a field holds.
    fn value(&self, field: Self::Field) -> Option<Value>;
    /// Gives a field a value.
    fn put(&mut self, field: Self::Field, value: Value) -> Result<(), Refusal>;
}

/// An item of one of the lists.
pub(super) trait Item: Fields {
    /// Which list.
    const KIND: ItemKind;

    /// An item with this id and nothing else; `None` if the text is no id.
    fn with_id(id: &str) -> Option<Self>;
    /// Records what a merge left.
    fn set_conflict(&mut self, conflict: Conflict);

    /// The keys it may have.
    fn keys() -> &'static keys::Table {
        keys::item(Self::KIND)
    }
}

macro_rules! fields {
    ($($owner:ident $field:ident;)+) => {
        $(
            impl Fields for $owner {
                type Field = $field;

                fn field(key: &str) -> Option<$field> {
                    $field::parse(key)
                }

                fn shape(field: $field) -> Shape {
                    field.shape()
                }

                fn value(&self, field: $field) -> Option<Value> {
                    self.get(field)
                }

                fn put(&mut self, field: $field, value: Value) -> Result<(), Refusal> {
                    self.set(field, Some(value))
                }
            }
        )+
    };
}

macro_rules! items {
    ($($owner:ident $id:ident;)+) => {
        $(
            impl Item for $owner {
                const KIND: ItemKind = ItemKind::$owner;

                fn with_id(id: &str) -> Option<Self> {
                    $id::parse(id).map(|id| Self::new(id, ""))
                }

                fn set_conflict(&mut self, conflict: Conflict) {
                    self.conflict = Some(conflict.into());
                }
            }
        )+
    };
}

fields! {
    Scenario ScenarioField;
    Hypothesis HypothesisField;
    Source SourceField;
    Evidence EvidenceField;
    Indicator IndicatorField;
}

items! {
    Hypothesis HypothesisId;
    Source SourceId;
    Evidence EvidenceId;
    Indicator IndicatorId;
}
