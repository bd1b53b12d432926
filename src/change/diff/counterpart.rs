//! Counterparts: which row and which column of one version is which of another, for whoever looks at a few cells and
//! need not know all that changed.

use super::order::movers;
use super::{Matching, Versions};
use crate::scenario::Scenario;

/// Where an item of the version after comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counterpart {
    /// Its position in the version before.
    pub before: usize,
    /// Whether it is one of the fewest that must have moved to explain the order.
    pub moved: bool,
}

/// The counterparts of the rows and the columns of one version in another: the same items as [`super::diff()`] takes
/// for the same, renamed ones among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counterparts {
    evidence: Vec<Option<Counterpart>>,
    hypotheses: Vec<Option<Counterpart>>,
    hang_on_cells: bool,
}

impl Counterparts {
    /// Looks up what is what. Takes a step for each item, not for each cell, unless items came or went.
    #[must_use]
    pub fn new(before: &Scenario, after: &Scenario) -> Self {
        let versions = Versions::new(before, after);
        let hang_on_cells = versions.evidence.may_rename() || versions.hypotheses.may_rename();
        Self { evidence: of(&versions.evidence), hypotheses: of(&versions.hypotheses), hang_on_cells }
    }

    /// Whether another rating could make another item a counterpart. Only where items came and went can it: of them
    /// those with equal cells are taken for renamed ones.
    #[must_use]
    pub const fn hang_on_cells(&self) -> bool {
        self.hang_on_cells
    }

    /// Where the evidence item at this position of the version after comes from; `None` if it is new.
    #[must_use]
    pub fn evidence(&self, after: usize) -> Option<Counterpart> {
        self.evidence.get(after).copied().flatten()
    }

    /// Where the hypothesis at this position of the version after comes from; `None` if it is new.
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
