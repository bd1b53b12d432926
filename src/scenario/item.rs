//! Items: hypotheses, sources, evidence, indicators and estimates share one trait, so that their common rules
//! are written once.

use std::fmt::{Debug, Display};
use std::hash::Hash;

use super::cell::Row;
use super::conflict::{Contested, contested};
use super::estimate::Estimate;
use super::evidence::Evidence;
use super::hypothesis::Hypothesis;
use super::id::{EstimateId, EvidenceId, HypothesisId, IndicatorId, RowId, SourceId};
use super::indicator::Indicator;
use super::source::Source;
use super::value::ItemKind;
use super::{MAX_EVIDENCE, MAX_HYPOTHESES, Scenario};

/// One entry of one of a scenario's five lists.
pub trait Item: Contested + Debug + PartialEq + 'static {
    /// The type of its id.
    type Id: Clone + Debug + Display + Eq + Hash + AsRef<str>;

    /// The list that contains it.
    const KIND: ItemKind;
    /// The most items of the kind in a scenario.
    const LIMIT: usize;

    /// Returns the list of the kind.
    fn list(scenario: &Scenario) -> &Vec<Self>;
    /// Returns the list of the kind. Inserting or removing here leaves the rows to the caller;
    /// [`Scenario::insert`] and its siblings update them.
    fn list_mut(scenario: &mut Scenario) -> &mut Vec<Self>;
    /// An item with an id, the name or text that it must have, and nothing else.
    fn named(id: Self::Id, name: String) -> Self;
    /// Returns the id, if `text` follows the rule.
    fn parse_id(text: &str) -> Option<Self::Id>;
    /// Returns its id.
    fn id(&self) -> &Self::Id;
    /// Sets its id. References to it stay unchanged.
    fn set_id(&mut self, id: Self::Id);
    /// Returns its row of cells, if items of the kind have one.
    fn row(&self) -> Option<&Row>;
    /// Like [`Self::row`], but mutable.
    fn row_mut(&mut self) -> Option<&mut Row>;
    /// Returns the id of its row, if items of the kind have one.
    fn row_id(&self) -> Option<RowId>;
    /// Returns a copy without its cells.
    fn bare(&self) -> Self;
    /// Returns whether everything except the id and the cells is equal; an absent value differs from an
    /// explicit default.
    fn same_content(&self, other: &Self) -> bool;
}

macro_rules! item {
    ($item:ident, $id:ident, $list:ident, limit: $limit:expr $(, row: $row:ident)?) => {
        impl Item for $item {
            type Id = $id;

            const KIND: ItemKind = ItemKind::$item;
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

            fn row(&self) -> Option<&Row> {
                [$(&self.$row)?].into_iter().next()
            }

            fn row_mut(&mut self) -> Option<&mut Row> {
                [$(&mut self.$row)?].into_iter().next()
            }

            fn row_id(&self) -> Option<RowId> {
                [$(item!(@row_id $item $row, self.id.clone()))?].into_iter().next()
            }

            fn bare(&self) -> Self {
                let mut bare = Self::new(self.id.clone(), "");
                bare.copy_fields(self);
                bare.conflict.clone_from(&self.conflict);
                bare
            }

            fn same_content(&self, other: &Self) -> bool {
                self.same_fields(other) && self.conflict == other.conflict
            }
        }
    };
    (@row_id $item:ident $row:ident, $id:expr) => { RowId::$item($id) };
}

contested!(Scenario, Hypothesis, Source, Evidence, Indicator, Estimate);

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

/// A value for each kind of item.
#[derive(Clone, Debug, Default)]
pub(crate) struct PerKind<V> {
    pub(crate) hypotheses: V,
    pub(crate) sources: V,
    pub(crate) evidence: V,
    pub(crate) indicators: V,
    pub(crate) estimates: V,
}

impl<V> PerKind<V> {
    pub(crate) fn new(value: impl Fn(ItemKind) -> V) -> Self {
        Self {
            hypotheses: value(ItemKind::Hypothesis),
            sources: value(ItemKind::Source),
            evidence: value(ItemKind::Evidence),
            indicators: value(ItemKind::Indicator),
            estimates: value(ItemKind::Estimate),
        }
    }

    pub(crate) const fn of(&self, kind: ItemKind) -> &V {
        match kind {
            ItemKind::Hypothesis => &self.hypotheses,
            ItemKind::Source => &self.sources,
            ItemKind::Evidence => &self.evidence,
            ItemKind::Indicator => &self.indicators,
            ItemKind::Estimate => &self.estimates,
        }
    }

    pub(crate) const fn of_mut(&mut self, kind: ItemKind) -> &mut V {
        match kind {
            ItemKind::Hypothesis => &mut self.hypotheses,
            ItemKind::Source => &mut self.sources,
            ItemKind::Evidence => &mut self.evidence,
            ItemKind::Indicator => &mut self.indicators,
            ItemKind::Estimate => &mut self.estimates,
        }
    }
}

item!(Hypothesis, HypothesisId, hypotheses, limit: MAX_HYPOTHESES);
item!(Source, SourceId, sources, limit: usize::MAX);
item!(Evidence, EvidenceId, evidence, limit: MAX_EVIDENCE, row: ratings);
item!(Indicator, IndicatorId, indicators, limit: usize::MAX, row: ratings);
item!(Estimate, EstimateId, estimates, limit: usize::MAX, row: probabilities);
