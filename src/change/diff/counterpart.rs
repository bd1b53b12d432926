//! Counterparts: which row and column of one version correspond to which of another, without computing all
//! changes.

use super::order::movers;
use super::{Matching, Versions};
use crate::scenario::{PerKind, Scenario};

/// The origin of an item of the new version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counterpart {
    /// Its position in the old version.
    pub before: usize,
    /// Whether it moved; the fewest moves that explain the order are chosen.
    pub moved: bool,
}

/// The counterparts of the rows and columns of one version in another. Pairs the same items as
/// [`super::diff()`], including renamed ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counterparts {
    evidence: Vec<Option<Counterpart>>,
    hypotheses: Vec<Option<Counterpart>>,
    hang_on_cells: bool,
}

impl Counterparts {
    /// Pairs the items of two versions. Takes time by items, not cells, unless items were added or removed.
    #[must_use]
    pub fn new(before: &Scenario, after: &Scenario) -> Self {
        let PerKind { evidence, hypotheses, .. } = Versions::new(before, after).matchings;
        let hang_on_cells = evidence.may_rename() || hypotheses.may_rename();
        Self { evidence: of(&evidence), hypotheses: of(&hypotheses), hang_on_cells }
    }

    /// Returns whether another rating could pair another item. Only possible where items were added and
    /// removed, since those with equal cells count as renamed.
    #[must_use]
    pub const fn hang_on_cells(&self) -> bool {
        self.hang_on_cells
    }

    /// Returns the origin of the evidence item at this position of the new version; `None` if it is new.
    #[must_use]
    pub fn evidence(&self, after: usize) -> Option<Counterpart> {
        self.evidence.get(after).copied().flatten()
    }

    /// Returns the origin of the hypothesis at this position of the new version; `None` if it is new.
    #[must_use]
    pub fn hypothesis(&self, after: usize) -> Option<Counterpart> {
        self.hypotheses.get(after).copied().flatten()
    }
}

fn of(matching: &Matching) -> Vec<Option<Counterpart>> {
    let sequence: Vec<usize> = matching.pairs().map(|(before, _)| before).collect();
    let mut moves = movers(&sequence).into_iter();
    let counterpart = |before: Option<usize>| {
        before.map(|before| Counterpart { before, moved: moves.next().unwrap_or_default() })
    };
    matching.befores().map(counterpart).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{apply_all, make};
    use crate::scenario::{Evidence, EvidenceId, Hypothesis, HypothesisId};

    #[test]
    fn what_is_renamed_or_moved_is_known_and_what_is_new_has_none() {
        let mut before = Scenario::new("t");
        before.hypotheses.push(Hypothesis::new(HypothesisId::parse("h").unwrap(), "h"));
        let id = |text: &str| EvidenceId::parse(text).unwrap();
        before.evidence.extend(["a", "b", "c"].map(|name| Evidence::new(id(name), name)));
        let mut after = before.clone();
        let renamed = make::rename::<Evidence>(&after, &id("b"), &id("x")).unwrap();
        apply_all(&mut after, &renamed.into_iter().collect::<Vec<_>>()).unwrap();
        let moved = make::shift::<Evidence>(&after, &id("c"), 0).unwrap();
        apply_all(&mut after, &moved.into_iter().collect::<Vec<_>>()).unwrap();
        after.evidence.push(Evidence::new(id("d"), "d"));
        let counterparts = Counterparts::new(&before, &after);
        let found: Vec<_> =
            (0..5).map(|at| counterparts.evidence(at).map(|found| (found.before, found.moved))).collect();
        assert_eq!(found, [Some((2, true)), Some((0, false)), Some((1, false)), None, None]);
        assert_eq!(counterparts.hypothesis(0), Some(Counterpart { before: 0, moved: false }));
        assert!(counterparts.hang_on_cells());
        after.evidence = before.evidence.clone();
        after.evidence.pop();
        assert!(!Counterparts::new(&before, &after).hang_on_cells(), "nothing came");
        assert!(!Counterparts::new(&before, &before).hang_on_cells());
    }
}
