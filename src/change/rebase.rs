//! Rebasing: makes changes again on another version, for edits that two people made at the same time and that
//! do not overlap.
//!
//! The changes were made on one version, and meanwhile there is another. A change whose target is unchanged
//! is made; one that the other side has made too is already done; the rest are clashes, which people decide.

use super::{
    CellChange, Change, Edit, ItemChange, Listed, Refused, ScenarioChange, apply, make, match_change,
};
use crate::scenario::{Contested, RowId, Scenario};

/// The result of making changes again on another version.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rebased {
    /// The changes that fit; they apply in order.
    pub made: Vec<Change>,
    /// The changes that do not fit, in order.
    pub clashes: Vec<Change>,
}

/// Makes changes again on a version other than the one they were made on.
#[must_use]
pub fn rebase(onto: &Scenario, changes: &[Change]) -> Rebased {
    let mut now = onto.clone();
    let mut rebased = Rebased::default();
    for change in changes {
        if apply(&mut now, change).is_ok() {
            rebased.made.push(change.clone());
        } else if apply(&mut now.clone(), &change.inverse()).is_err() {
            rebased.clashes.push(change.clone());
        }
    }
    rebased
}

impl Change {
    /// Returns whether both changes have the same target: the same field or part of a cell; or the same item
    /// or cell, where one of them concerns the whole item.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Cell { row, hypothesis, change }, Self::Cell { row: r, hypothesis: h, change: c }) => {
                row == r && hypothesis == h && std::mem::discriminant(change) == std::mem::discriminant(c)
            }
            (Self::Cell { row, hypothesis, .. }, other) | (other, Self::Cell { row, hypothesis, .. }) => {
                match other {
                    Self::Evidence(change) => change.takes_row(row),
                    Self::Indicator(change) => change.takes_row(row),
                    Self::Estimate(change) => change.takes_row(row),
                    Self::Hypothesis(change) => change.is_of(hypothesis.as_str()) && !change.is_of_a_part(),
                    Self::Cell { .. } | Self::Source(_) | Self::Scenario(_) => false,
                }
            }
            (Self::Hypothesis(a), Self::Hypothesis(b)) => a.meets(b),
            (Self::Source(a), Self::Source(b)) => a.meets(b),
            (Self::Evidence(a), Self::Evidence(b)) => a.meets(b),
            (Self::Indicator(a), Self::Indicator(b)) => a.meets(b),
            (Self::Estimate(a), Self::Estimate(b)) => a.meets(b),
            // The scenario has one conflict record, which is no field.
            (Self::Scenario(_), Self::Scenario(_)) => self.field() == other.field(),
            (
                Self::Hypothesis(_)
                | Self::Source(_)
                | Self::Evidence(_)
                | Self::Indicator(_)
                | Self::Estimate(_)
                | Self::Scenario(_),
                _,
            ) => false,
        }
    }

    /// Returns the changes that reach the same result as this one from another version.
    ///
    /// # Errors
    ///
    /// [`Refused`] if that is impossible: its target is gone, or its id belongs to something else.
    pub fn insist(&self, onto: &Scenario) -> Result<Vec<Self>, Refused> {
        match_change!(
            self,
            Item(change) => change.insist(onto),
            Self::Cell { row, hypothesis: h, change } => {
                if let CellChange::Conflict(_) = change {
                    return fits(onto, self);
                }
                let mut wanted = make::judgement(onto, row, h)?;
                match change {
                    CellChange::Rating(edit) => wanted.rating = edit.after,
                    CellChange::Confidence(edit) => wanted.confidence = edit.after,
                    CellChange::Note(edit) => wanted.note.clone_from(&edit.after),
                    CellChange::Probability(edit) => wanted.probability = edit.after,
                    CellChange::Conflict(_) => {}
                }
                make::judge(onto, row, h, wanted)
            },
            Self::Scenario(ScenarioChange::FieldSet { field, edit }) => {
                Ok(make::set_own(onto, *field, edit.after.clone())?.into_iter().collect())
            },
            Self::Scenario(ScenarioChange::ConflictSet(edit)) => {
                let edit = Edit::new(onto.conflict().cloned(), edit.after.clone());
                Ok(vec![Self::Scenario(ScenarioChange::ConflictSet(edit))])
            },
        )
    }
}

/// Returns the change itself, if it applies as it is.
fn fits(onto: &Scenario, change: &Change) -> Result<Vec<Change>, Refused> {
    apply(&mut onto.clone(), change).map(|()| vec![change.clone()])
}

impl<T: Listed> ItemChange<T> {
    /// Returns whether it changes the item with this id, before or after a rename.
    fn is_of(&self, id: &str) -> bool {
        match self {
            Self::Renamed { from, to, .. } => from.as_ref() == id || to.as_ref() == id,
            Self::Added(_)
            | Self::Removed(_)
            | Self::Moved { .. }
            | Self::FieldSet { .. }
            | Self::ConflictSet { .. } => self.id().as_ref() == id,
        }
    }

    /// Returns whether it concerns the whole item to which this row belongs.
    fn takes_row(&self, row: &RowId) -> bool {
        T::KIND == row.kind() && self.is_of(row.as_str()) && !self.is_of_a_part()
    }

    /// Returns whether it leaves the item's place and id unchanged.
    const fn is_of_a_part(&self) -> bool {
        matches!(self, Self::FieldSet { .. } | Self::ConflictSet { .. } | Self::Moved { .. })
    }

    fn meets(&self, other: &Self) -> bool {
        let same_item = other.is_of(self.id().as_ref())
            || matches!(self, Self::Renamed { from, .. } if other.is_of(from.as_ref()));
        same_item
            && match (self, other) {
                (Self::FieldSet { field, .. }, Self::FieldSet { field: other, .. }) => {
                    field == other || T::rival(*field) == Some(*other)
                }
                (a, b) => {
                    !a.is_of_a_part()
                        || !b.is_of_a_part()
                        || std::mem::discriminant(a) == std::mem::discriminant(b)
                }
            }
    }

    fn insist(&self, onto: &Scenario) -> Result<Vec<Change>, Refused> {
        match self {
            Self::Added(entry) => {
                make::add(onto, &entry.item, entry.cells.clone(), entry.at.index).map(|change| vec![change])
            }
            Self::Removed(entry) => make::remove::<T>(onto, entry.item.id()).map(|change| vec![change]),
            Self::Moved { id, to, .. } => Ok(make::shift::<T>(onto, id, to.index)?.into_iter().collect()),
            Self::Renamed { from, to, .. } => Ok(make::rename::<T>(onto, from, to)?.into_iter().collect()),
            Self::FieldSet { id, field, edit } => make::set_field::<T>(onto, id, *field, edit.after.clone()),
            Self::ConflictSet { id, edit } => {
                let at = onto.position::<T>(id).ok_or_else(|| Refused::Unknown(T::KIND, id.to_string()))?;
                let before = T::list(onto).get(at).and_then(Contested::conflict).cloned();
                let edit = Edit::new(before, edit.after.clone());
                Ok(vec![T::change(Self::ConflictSet { id: id.clone(), edit })])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{apply_all, diff};
    use crate::scenario::{
        Cell, Evidence, EvidenceField, EvidenceId, Hypothesis, HypothesisId, ItemKind, Rating, Value,
    };

    fn evidence_id(id: &str) -> EvidenceId {
        EvidenceId::parse(id).unwrap()
    }

    fn hypothesis_id(id: &str) -> HypothesisId {
        HypothesisId::parse(id).unwrap()
    }

    fn base() -> Scenario {
        let mut s = Scenario::new("t");
        s.hypotheses.extend(["h", "k"].map(|id| Hypothesis::new(hypothesis_id(id), id)));
        s.evidence.extend(["e", "f"].map(|id| Evidence::new(evidence_id(id), id)));
        s.evidence[0].ratings.set(0, Cell::rated(Rating::Consistent));
        s
    }

    /// Returns the base with a change applied.
    fn with(change: impl FnOnce(&mut Scenario)) -> Scenario {
        let mut s = base();
        change(&mut s);
        s
    }

    fn rated(row: usize, column: usize, rating: Rating) -> impl FnOnce(&mut Scenario) {
        move |s| {
            s.evidence[row].ratings.set(column, Cell::rated(rating));
        }
    }

    #[test]
    fn what_does_not_meet_is_made_and_what_both_did_is_done() {
        let ours = with(|s| {
            rated(0, 1, Rating::Neutral)(s);
            rated(1, 1, Rating::Inconsistent)(s);
        });
        let theirs = with(|s| {
            rated(1, 1, Rating::Inconsistent)(s);
            rated(1, 0, Rating::Consistent)(s);
            s.evidence.push(Evidence::new(evidence_id("g"), "g"));
        });
        let rebased = rebase(&theirs, &diff(&base(), &ours));
        assert_eq!(rebased.clashes, []);
        assert_eq!(rebased.made.len(), 1);
        let mut merged = theirs;
        apply_all(&mut merged, &rebased.made).unwrap();
        assert_eq!(merged.evidence[0].ratings.rating(1), Some(Rating::Neutral));
    }

    #[test]
    fn a_cell_rated_otherwise_by_both_clashes_and_can_be_insisted_on() {
        let mine = diff(&base(), &with(rated(0, 0, Rating::Inconsistent)));
        let theirs = with(rated(0, 0, Rating::Neutral));
        let rebased = rebase(&theirs, &mine);
        assert_eq!((rebased.made.len(), rebased.clashes.len()), (0, 1));
        assert!(diff(&base(), &theirs)[0].meets(&rebased.clashes[0]));
        let mut merged = theirs.clone();
        apply_all(&mut merged, &rebased.clashes[0].insist(&theirs).unwrap()).unwrap();
        assert_eq!(merged, with(rated(0, 0, Rating::Inconsistent)));
    }

    #[test]
    fn what_is_gone_cannot_be_insisted_on() {
        let mine = diff(&base(), &with(rated(0, 0, Rating::Inconsistent)));
        let theirs = with(|s| {
            s.remove::<Evidence>(0);
        });
        let rebased = rebase(&theirs, &mine);
        assert_eq!(rebased.clashes[0].insist(&theirs), Err(Refused::Unknown(ItemKind::Evidence, "e".into())));
        assert!(diff(&base(), &theirs)[0].meets(&rebased.clashes[0]));
    }

    #[test]
    fn fields_meet_by_item_and_field() {
        let set = |id: &str, field, value: &str| {
            make::set_field::<Evidence>(&base(), &evidence_id(id), field, Some(Value::Text(value.into())))
                .unwrap()
                .remove(0)
        };
        let note = set("e", EvidenceField::Note, "a");
        assert!(note.meets(&set("e", EvidenceField::Note, "b")));
        assert!(!note.meets(&set("e", EvidenceField::Text, "b")));
        assert!(!note.meets(&set("f", EvidenceField::Note, "b")));
        assert!(set("e", EvidenceField::Grade, "B2").meets(&set("e", EvidenceField::Credibility, "low")));
    }
}
