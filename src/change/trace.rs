//! Traces the cells and fields of a version back to the changes that set them: which ones the changes that
//! led to a version touched, and the names of the others before that.

use std::collections::{HashMap, HashSet};

use super::{CellChange, Change, ItemChange, Listed};
use crate::scenario::{Evidence, EvidenceId, Fielded, HypothesisId, RowId, Scenario};

/// The name of a field of evidence items.
type Field = <Evidence as Fielded>::Field;

/// The things to trace: their numbers in the result, by their ids in the current version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traced {
    cells: HashMap<(EvidenceId, HypothesisId), usize>,
    fields: HashMap<(EvidenceId, Field), usize>,
}

impl Traced {
    /// Traces everything in a version, for one item or for all: cells are numbered from 0 row by row, as
    /// [`Traced::cells_of`] lists them, followed by the fields if an item is named.
    #[must_use]
    pub fn all(cells: Vec<(EvidenceId, HypothesisId)>, fields: &[(EvidenceId, Field)]) -> Self {
        let first_field = cells.len();
        Self {
            cells: cells.into_iter().zip(0..).collect(),
            fields: fields.iter().cloned().zip(first_field..).collect(),
        }
    }

    /// Returns the cells of a version row by row, blank ones too, for one item or for all.
    #[must_use]
    pub fn cells_of(scenario: &Scenario, item: Option<&EvidenceId>) -> Vec<(EvidenceId, HypothesisId)> {
        let items = scenario.evidence.iter().filter(|evidence| item.is_none_or(|id| evidence.id == *id));
        let row = |evidence: &Evidence| {
            let id = evidence.id.clone();
            scenario.hypotheses.iter().map(move |hypothesis| (id.clone(), hypothesis.id.clone()))
        };
        items.flat_map(row).collect()
    }

    /// Returns whether nothing is left to trace.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.fields.is_empty()
    }

    /// Returns the numbers of the things being traced.
    pub fn numbers(&self) -> impl Iterator<Item = usize> {
        self.cells.values().chain(self.fields.values()).copied()
    }

    /// Adds the things that are traced in the same version along another branch.
    pub fn unite(&mut self, other: Self) {
        self.cells.extend(other.cells);
        self.fields.extend(other.fields);
    }

    /// Divides the things traced in a version by the changes that led to it: the first part was set or added
    /// by them, and has the ids of this version; the second part was not touched, and has the ids of the
    /// previous version.
    ///
    /// Rating, confidence and note set a cell. A cell is added with its item or its hypothesis, a field with
    /// its item.
    #[must_use]
    pub fn divide(self, changes: &[Change]) -> (Self, Self) {
        let touch = Touch::new(changes);
        if touch.evidence.is_empty() && touch.hypotheses.is_empty() {
            return self.divide_kept(&touch);
        }
        let (mut set, mut before) = (Self::default(), Self::default());
        for ((evidence, hypothesis), number) in self.cells {
            match touch.cell_before(&evidence, &hypothesis) {
                Some(cell) => before.cells.insert(cell, number),
                None => set.cells.insert((evidence, hypothesis), number),
            };
        }
        for ((evidence, field), number) in self.fields {
            match touch.field_before(&evidence, field) {
                Some(id) => before.fields.insert((id, field), number),
                None => set.fields.insert((evidence, field), number),
            };
        }
        (set, before)
    }

    /// Like [`Self::divide`], where no item and no hypothesis came, or has another id.
    fn divide_kept(mut self, touch: &Touch<'_>) -> (Self, Self) {
        let mut set = Self::default();
        for (evidence, hypothesis) in &touch.cells {
            set.cells.extend(self.cells.remove_entry(&((*evidence).clone(), (*hypothesis).clone())));
        }
        for (evidence, field) in &touch.fields {
            set.fields.extend(self.fields.remove_entry(&((*evidence).clone(), *field)));
        }
        (set, self)
    }
}

/// The cells and fields that changes touched, by their new ids.
#[derive(Debug, Default)]
struct Touch<'c> {
    cells: HashSet<(&'c EvidenceId, &'c HypothesisId)>,
    fields: HashSet<(&'c EvidenceId, Field)>,
    /// The old ids by the new ones; `None` for a new item.
    evidence: HashMap<&'c EvidenceId, Option<&'c EvidenceId>>,
    hypotheses: HashMap<&'c HypothesisId, Option<&'c HypothesisId>>,
}

impl<'c> Touch<'c> {
    fn new(changes: &'c [Change]) -> Self {
        let mut touch = Self::default();
        for change in changes {
            match change {
                Change::Cell { row: RowId::Evidence(evidence), hypothesis, change } => match change {
                    CellChange::Rating(_) | CellChange::Confidence(_) | CellChange::Note(_) => {
                        touch.cells.insert((evidence, hypothesis));
                    }
                    CellChange::Probability(_) | CellChange::Conflict(_) => {}
                },
                // References that follow a new id set nothing: the same source is cited under another id.
                Change::Evidence(item) => {
                    touch.evidence.extend(id_before(item));
                    if let ItemChange::FieldSet { id, field, .. } = item {
                        touch.fields.insert((id, *field));
                    }
                }
                Change::Hypothesis(item) => touch.hypotheses.extend(id_before(item)),
                Change::Cell { row: RowId::Indicator(_) | RowId::Estimate(_), .. }
                | Change::Source(_)
                | Change::Indicator(_)
                | Change::Estimate(_)
                | Change::Scenario(_) => {}
            }
        }
        touch
    }

    fn cell_before(
        &self,
        evidence: &EvidenceId,
        hypothesis: &HypothesisId,
    ) -> Option<(EvidenceId, HypothesisId)> {
        if self.cells.contains(&(evidence, hypothesis)) {
            return None;
        }
        let hypothesis = match self.hypotheses.get(hypothesis) {
            Some(before) => (*before)?,
            None => hypothesis,
        };
        Some((self.evidence_before(evidence)?, hypothesis.clone()))
    }

    fn field_before(&self, evidence: &EvidenceId, field: Field) -> Option<EvidenceId> {
        if self.fields.contains(&(evidence, field)) { None } else { self.evidence_before(evidence) }
    }

    fn evidence_before(&self, id: &EvidenceId) -> Option<EvidenceId> {
        match self.evidence.get(id) {
            Some(before) => before.cloned(),
            None => Some(id.clone()),
        }
    }
}

/// Returns the new and the old id of an item that was added (no old one) or renamed.
fn id_before<T: Listed>(change: &ItemChange<T>) -> Option<(&T::Id, Option<&T::Id>)> {
    match change {
        ItemChange::Added(entry) => Some((entry.item.id(), None)),
        ItemChange::Renamed { from, to, .. } => Some((to, Some(from))),
        ItemChange::Removed(_)
        | ItemChange::Moved { .. }
        | ItemChange::FieldSet { .. }
        | ItemChange::ConflictSet { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::diff;
    use crate::scenario::{Cell, EvidenceField, Hypothesis, Level, Rating};

    fn scenario() -> Scenario {
        let mut scenario = Scenario::new("t");
        for id in ["dog", "cat"] {
            scenario.hypotheses.push(Hypothesis::new(HypothesisId::parse(id).unwrap(), id));
        }
        for id in ["plate", "crumbs"] {
            let mut item = Evidence::new(EvidenceId::parse(id).unwrap(), id);
            item.ratings.set(0, Cell::rated(Rating::Consistent));
            scenario.evidence.push(item);
        }
        scenario
    }

    /// Returns the cells that the step to `after` set, and the earlier names of the others.
    fn divided(before: &Scenario, after: &Scenario) -> (Vec<String>, Vec<String>) {
        let cells = Traced::cells_of(after, None);
        let (set, handed) = Traced::all(cells.clone(), &[]).divide(&diff(before, after));
        let names = |traced: Traced| {
            let mut named: Vec<_> =
                traced.cells.into_iter().map(|((e, h), at)| format!("{at} {e}/{h}")).collect();
            named.sort();
            named
        };
        (names(set), names(handed))
    }

    #[test]
    fn what_was_judged_anew_stays_and_the_rest_is_handed_over() {
        let before = scenario();
        let mut after = before.clone();
        let mut cell = Cell::rated(Rating::Consistent);
        cell.confidence = Some(Level::High);
        after.evidence[0].ratings.set(0, cell);
        let mut noted = Cell::default();
        noted.set_note(Some("why".into()));
        after.evidence[1].ratings.set(1, noted);
        let (set, handed) = divided(&before, &after);
        assert_eq!(set, ["0 plate/dog", "3 crumbs/cat"]);
        assert_eq!(handed, ["1 plate/cat", "2 crumbs/dog"]);
    }

    #[test]
    fn cells_keep_their_numbers_under_the_ids_they_had() {
        let before = scenario();
        let mut after = before.clone();
        after.evidence[0].id = EvidenceId::parse("dish").unwrap();
        after.evidence[0].text = "plate".into();
        after.hypotheses[1].id = HypothesisId::parse("kitten").unwrap();
        let (set, handed) = divided(&before, &after);
        assert_eq!(set, Vec::<String>::new());
        assert_eq!(handed, ["0 plate/dog", "1 plate/cat", "2 crumbs/dog", "3 crumbs/cat"]);
    }

    #[test]
    fn what_comes_was_not_there_before() {
        let before = scenario();
        let mut after = before.clone();
        after.hypotheses.push(Hypothesis::new(HypothesisId::parse("bird").unwrap(), "bird"));
        let (set, handed) = divided(&before, &after);
        assert_eq!(set, ["2 plate/bird", "5 crumbs/bird"]);
        assert_eq!(handed.len(), 4);
        let (set, handed) = divided(&Scenario::default(), &after);
        assert_eq!((set.len(), handed.len()), (6, 0));
    }

    #[test]
    fn fields_are_traced_beside_cells() {
        let before = scenario();
        let mut after = before.clone();
        after.evidence[0].relevance = Some(Level::High);
        let id = after.evidence[0].id.clone();
        let fields = [(id.clone(), EvidenceField::Text), (id, EvidenceField::Relevance)];
        let (set, handed) = Traced::all(Vec::new(), &fields).divide(&diff(&before, &after));
        assert_eq!(set.numbers().collect::<Vec<_>>(), [1]);
        assert_eq!(handed.numbers().collect::<Vec<_>>(), [0]);
        assert!(!handed.is_empty());
    }
}
