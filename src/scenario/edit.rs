//! Edits of a scenario's lists that keep its rows consistent: a row names hypotheses by position, so moving a
//! hypothesis moves a column.

use super::Scenario;
use super::cell::Row;
use super::estimate::Estimate;
use super::evidence::Evidence;
use super::id::{EvidenceId, RowId};
use super::indicator::Indicator;
use super::item::{Item, by_kind};
use super::value::ItemKind;

impl Scenario {
    /// Returns the position of the item with this id in its list.
    #[must_use]
    pub fn position<T: Item>(&self, id: &T::Id) -> Option<usize> {
        T::list(self).iter().position(|item| item.id() == id)
    }

    /// Returns the position of an item of evidence that is probably near a position; that position if there is none
    /// with this id.
    #[must_use]
    pub fn near(&self, id: Option<&EvidenceId>, near: usize) -> usize {
        let Some(id) = id else { return near };
        let is_it = |at: &usize| self.evidence.get(*at).is_some_and(|item| item.id == *id);
        [near, near + 1].into_iter().find(is_it).or_else(|| self.position::<Evidence>(id)).unwrap_or(near)
    }

    /// Returns the item with this id.
    #[must_use]
    pub fn item<T: Item>(&self, id: &T::Id) -> Option<&T> {
        T::list(self).iter().find(|item| item.id() == id)
    }

    /// Inserts an item at a position of its list, or at the end. A hypothesis comes with a blank column.
    pub fn insert<T: Item>(&mut self, at: usize, item: T) {
        let at = at.min(T::list(self).len());
        T::list_mut(self).insert(at, item);
        self.each_row::<T>(|row| row.insert_column(at));
    }

    /// Removes the item at a position of its list; a hypothesis goes with its column.
    pub fn remove<T: Item>(&mut self, at: usize) -> Option<T> {
        if at >= T::list(self).len() {
            return None;
        }
        self.each_row::<T>(|row| {
            row.remove_column(at);
        });
        Some(T::list_mut(self).remove(at))
    }

    /// Moves the item at `from` in its list to `to`; a hypothesis moves with its column. Does nothing unless
    /// both are positions of the list.
    pub fn relocate<T: Item>(&mut self, from: usize, to: usize) {
        let list = T::list_mut(self);
        // Rotating the range between the positions moves no item twice.
        let Some(stretch) = list.get_mut(from.min(to)..=from.max(to)) else { return };
        if from <= to {
            stretch.rotate_left(1);
        } else {
            stretch.rotate_right(1);
        }
        self.each_row::<T>(|row| {
            let cell = row.remove_column(from);
            row.insert_column(to);
            row.set(to, cell);
        });
    }

    fn each_row<T: Item>(&mut self, edit: impl FnMut(&mut Row)) {
        if T::KIND == ItemKind::Hypothesis {
            let evidence = self.evidence.iter_mut().filter_map(Item::row_mut);
            let indicators = self.indicators.iter_mut().filter_map(Item::row_mut);
            let estimates = self.estimates.iter_mut().filter_map(Item::row_mut);
            evidence.chain(indicators).chain(estimates).for_each(edit);
        }
    }

    /// Returns every row with its id: of evidence, then of indicators, then of estimates, each in the order
    /// of the file.
    pub fn rows(&self) -> impl Iterator<Item = (RowId, &Row)> {
        fn rows<T: Item>(scenario: &Scenario) -> impl Iterator<Item = (RowId, &Row)> {
            T::list(scenario).iter().filter_map(|item| Some((item.row_id()?, item.row()?)))
        }
        rows::<Evidence>(self).chain(rows::<Indicator>(self)).chain(rows::<Estimate>(self))
    }

    /// Returns the row of the item at this position of the list of its kind.
    #[must_use]
    pub fn row(&self, kind: ItemKind, at: usize) -> Option<&Row> {
        fn of<T: Item>(scenario: &Scenario, at: usize) -> Option<&Row> {
            T::list(scenario).get(at)?.row()
        }
        by_kind!(kind, of(self, at))
    }

    /// Like [`Self::row`], for editing.
    pub fn row_mut(&mut self, kind: ItemKind, at: usize) -> Option<&mut Row> {
        fn of<T: Item>(scenario: &mut Scenario, at: usize) -> Option<&mut Row> {
            T::list_mut(scenario).get_mut(at)?.row_mut()
        }
        by_kind!(kind, of(self, at))
    }

    /// Returns the id of the row of the item at this position of the list of its kind.
    #[must_use]
    pub fn row_id(&self, kind: ItemKind, at: usize) -> Option<RowId> {
        fn of<T: Item>(scenario: &Scenario, at: usize) -> Option<RowId> {
            T::list(scenario).get(at)?.row_id()
        }
        by_kind!(kind, of(self, at))
    }

    /// Returns the position of a row's item in the list of its kind.
    #[must_use]
    pub fn row_position(&self, row: &RowId) -> Option<usize> {
        match row {
            RowId::Evidence(id) => self.position::<Evidence>(id),
            RowId::Indicator(id) => self.position::<Indicator>(id),
            RowId::Estimate(id) => self.position::<Estimate>(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Cell, EvidenceId, Hypothesis, HypothesisId, Rating};

    fn two_by_one() -> Scenario {
        let mut scenario = Scenario::new("t");
        for id in ["h", "k"] {
            scenario.hypotheses.push(Hypothesis::new(HypothesisId::parse(id).unwrap(), id));
        }
        let mut item = Evidence::new(EvidenceId::parse("e").unwrap(), "e");
        item.ratings.set(0, Cell::rated(Rating::Consistent));
        item.ratings.set(1, Cell::rated(Rating::Inconsistent));
        scenario.evidence.push(item);
        scenario
    }

    #[test]
    fn a_column_goes_where_its_hypothesis_goes() {
        let mut scenario = two_by_one();
        let id = HypothesisId::parse("new").unwrap();
        scenario.insert(1, Hypothesis::new(id.clone(), "new"));
        assert_eq!(scenario.position::<Hypothesis>(&id), Some(1));
        assert_eq!(scenario.evidence[0].ratings.rating(1), None);
        scenario.relocate::<Hypothesis>(2, 0);
        let ids: Vec<_> = scenario.hypotheses.iter().map(|h| h.id.as_str()).collect();
        assert_eq!(ids, ["k", "h", "new"]);
        assert_eq!(scenario.evidence[0].ratings.rating(0), Some(Rating::Inconsistent));
        scenario.relocate::<Hypothesis>(0, 1);
        scenario.remove::<Hypothesis>(2);
        assert_eq!(scenario, two_by_one());
    }

    #[test]
    fn what_is_not_there_is_not_moved() {
        let mut scenario = two_by_one();
        scenario.relocate::<Hypothesis>(0, 2);
        scenario.relocate::<Hypothesis>(2, 0);
        assert_eq!(scenario.remove::<Hypothesis>(2), None);
        assert_eq!(scenario, two_by_one());
    }
}
