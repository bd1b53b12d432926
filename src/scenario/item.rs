//! Items: what hypotheses, sources, evidence and indicators have in common, so that what holds for all four kinds is
//! written once.

use std::fmt::{Debug, Display};
use std::hash::Hash;

use super::conflict::Conflict;
use super::evidence::{Evidence, EvidenceField};
use super::hypothesis::{Hypothesis, HypothesisField};
use super::id::{EvidenceId, HypothesisId, IndicatorId, SourceId};
use super::indicator::{Indicator, IndicatorField};
use super::source::{Source, SourceField};
use super::value::{ItemKind, Refusal, Shape, Value};
use super::{MAX_EVIDENCE, MAX_HYPOTHESES, Scenario};

/// One entry of one of a scenario's four lists.
pub trait Item: Clone + Debug + PartialEq + 'static {
    /// What names it.
    type Id: Clone + Debug + Display + Eq + Hash + AsRef<str>;
    /// Its fields, besides the id.
    type Field: Copy + Debug + Eq;

    /// Which list it stands in.
    const KIND: ItemKind;
    /// Every field, in the order of the file.
    const FIELDS: &'static [Self::Field];
    /// Most items of the kind that a scenario can have.
    const LIMIT: usize;

    /// The list of the kind.
    fn list(scenario: &Scenario) -> &Vec<Self>;
    /// The list of the kind. Whoever inserts or removes here answers for the rows; [`Scenario::insert`] and its
    /// companions do so.
    fn list_mut(scenario: &mut Scenario) -> &mut Vec<Self>;

    /// An item with an id, the name or text that it must have, and nothing else.
    fn named(id: Self::Id, name: String) -> Self;

    /// The id that `text` is, if it follows the rule.
    fn parse_id(text: &str) -> Option<Self::Id>;
    /// Its id.
    fn id(&self) -> &Self::Id;
    /// Gives it another id. References to it are left as they are.
    fn set_id(&mut self, id: Self::Id);

    /// The field with this key.
    fn parse_field(key: &str) -> Option<Self::Field>;
    /// The key of a field.
    fn key(field: Self::Field) -> &'static str;
    /// What a field accepts.
    fn shape(field: Self::Field) -> Shape;
    /// What a field holds.
    fn field(&self, field: Self::Field) -> Option<Value>;
    /// Sets a field, or removes it.
    ///
    /// # Errors
    /// A [`Refusal`] if the value does not fit; the item is then unchanged.
    fn set_field(&mut self, field: Self::Field, value: Option<Value>) -> Result<(), Refusal>;
    /// The field that setting this one removes, since an item cannot have both.
    fn rival(field: Self::Field) -> Option<Self::Field>;
    /// What the ids in this field name, where it holds ids.
    fn refers_to(field: Self::Field) -> Option<ItemKind>;

    /// What a merge left to settle.
    fn conflict(&self) -> Option<&Conflict>;
    /// Sets or removes what is left to settle.
    fn set_conflict(&mut self, conflict: Option<Conflict>);

    /// Whether all but the id and the ratings are equal, "absent" and "explicitly the default" being different.
    fn same_content(&self, other: &Self) -> bool;
}

macro_rules! item {
    (
        $item:ident, $id:ident, $field:ident, list: $list:ident, limit: $limit:expr, conflict: $as_conflict:ident,
        content: [$($content:ident),+], apart: [$($apart:ident),+],
        rival: $rival:expr, refers_to: $refers_to:expr
    ) => {
        impl Item for $item {
            type Id = $id;
            type Field = $field;

            const KIND: ItemKind = ItemKind::$item;
            const FIELDS: &'static [Self::Field] = $field::ALL;
            const LIMIT: usize = $limit;

            fn list(scenario: &Scenario) -> &Vec<Self> {
                &scenario.$list
            }

            fn list_mut(scenario: &mut Scenario) -> &mut Vec<Self> {
                &mut scenario.$list
            }

            fn named(id: Self::Id, name: String) -> Self {
                Self::new(id, name)
            }

            fn parse_id(text: &str) -> Option<Self::Id> {
                $id::parse(text)
            }

            fn id(&self) -> &Self::Id {
                &self.id
            }

            fn set_id(&mut self, id: Self::Id) {
                self.id = id;
            }

            fn parse_field(key: &str) -> Option<Self::Field> {
                $field::parse(key)
            }

            fn key(field: Self::Field) -> &'static str {
                field.as_str()
            }

            fn shape(field: Self::Field) -> Shape {
                field.shape()
            }

            fn field(&self, field: Self::Field) -> Option<Value> {
                self.get(field)
            }

            fn set_field(&mut self, field: Self::Field, value: Option<Value>) -> Result<(), Refusal> {
                self.set(field, value)
            }

            fn rival(field: Self::Field) -> Option<Self::Field> {
                let rival: fn(Self::Field) -> Option<Self::Field> = $rival;
                rival(field)
            }

            fn refers_to(field: Self::Field) -> Option<ItemKind> {
                let refers_to: fn(Self::Field) -> Option<ItemKind> = $refers_to;
                refers_to(field)
            }

            fn conflict(&self) -> Option<&Conflict> {
                self.conflict.$as_conflict()
            }

            fn set_conflict(&mut self, conflict: Option<Conflict>) {
                self.conflict = conflict.map(Into::into);
            }

            fn same_content(&self, other: &Self) -> bool {
                // Every field is named, so that a new one cannot be forgotten.
                let Self { $($apart: _,)+ $($content),+ } = self;
                $(*$content == other.$content)&&+
            }
        }
    };
}

item!(
    Hypothesis, HypothesisId, HypothesisField, list: hypotheses, limit: MAX_HYPOTHESES, conflict: as_ref,
    content: [name, short, description, prior, status, note, conflict], apart: [id],
    rival: |_| None, refers_to: |_| None
);
item!(
    Source, SourceId, SourceField, list: sources, limit: usize::MAX, conflict: as_ref,
    content: [name, url, reliability, controlled_by, note, conflict], apart: [id],
    rival: |_| None,
    refers_to: |field| (field == SourceField::ControlledBy).then_some(ItemKind::Hypothesis)
);
item!(
    Evidence, EvidenceId, EvidenceField, list: evidence, limit: MAX_EVIDENCE, conflict: as_deref,
    content: [
        text, kind, date, source, url, quote, credibility, relevance, group, tags, note, conflict
    ], apart: [id, ratings],
    rival: EvidenceField::rival,
    refers_to: |field| (field == EvidenceField::Source).then_some(ItemKind::Source)
);
item!(
    Indicator, IndicatorId, IndicatorField, list: indicators, limit: usize::MAX, conflict: as_ref,
    content: [text, hypothesis, status, due, note, conflict], apart: [id],
    rival: |_| None,
    refers_to: |field| (field == IndicatorField::Hypothesis).then_some(ItemKind::Hypothesis)
);

impl EvidenceField {
    /// A level of credibility replaces a grade and the reverse.
    const fn rival(self) -> Option<Self> {
        match self {
            Self::Credibility => Some(Self::Grade),
            Self::Grade => Some(Self::Credibility),
            Self::Text
            | Self::Kind
            | Self::Date
            | Self::Source
            | Self::Url
            | Self::Quote
            | Self::Relevance
            | Self::Group
            | Self::Tags
            | Self::Note => None,
        }
    }
}
