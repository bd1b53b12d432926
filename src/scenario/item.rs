//! Items: what hypotheses, sources, evidence, indicators and estimates have in common, so that what holds for all five
//! kinds is written once.

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

    /// The list that it stands in.
    const KIND: ItemKind;
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
    /// Its row of cells, where items of the kind have one.
    fn row(&self) -> Option<&Row>;
    /// Its row of cells, where items of the kind have one.
    fn row_mut(&mut self) -> Option<&mut Row>;
    /// The name of its row, where items of the kind have one.
    fn row_id(&self) -> Option<RowId>;
    /// A copy without its row of cells.
    fn bare(&self) -> Self;
    /// Whether all but the id and the ratings are equal, "absent" and "explicitly the default" being different.
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

item!(Hypothesis, HypothesisId, hypotheses, limit: MAX_HYPOTHESES);
item!(Source, SourceId, sources, limit: usize::MAX);
item!(Evidence, EvidenceId, evidence, limit: MAX_EVIDENCE, row: ratings);
item!(Indicator, IndicatorId, indicators, limit: usize::MAX, row: ratings);
item!(Estimate, EstimateId, estimates, limit: usize::MAX, row: probabilities);
