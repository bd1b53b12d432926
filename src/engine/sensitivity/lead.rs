//! The lead of a sole leader: what it falls with, one by one, and the fewest items that it rests on.

use std::collections::BTreeMap;

use super::overturn::{Removal, weakest};
use super::{CriticalItem, critical_items};
use crate::engine::matrix::Matrix;
use crate::engine::what_if::{Sums, WhatIf};
use crate::scenario::Method;

/// The items that a sole leader's lead over the others rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Who leads alone, by position.
    pub leader: usize,
    /// Each item without which it would not lead alone, then under `bayes` each group of several items, both
    /// in the order of the file.
    pub pillars: Vec<Pillar>,
    /// The fewest items, or groups of items under `bayes`, without which it no longer leads alone; `None` where it
    /// leads by its prior, whatever is left out. Of several such sets, one that puts another ahead, not only level.
    pub rests_on: Option<Removal>,
    /// Who leads without them.
    pub leaders_after: Vec<usize>,
}

/// An item, or a group of items under `bayes`, without which a sole leader no longer leads alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pillar {
    /// Its row; of a group the rows of all items that take part, ascending and more than one.
    pub rows: Vec<usize>,
    /// Who leads without it.
    pub leaders_after: Vec<usize>,
}

impl Lead {
    /// The lead in a matrix by a method; `None` where several lead, one leads unopposed or nothing can be ranked.
    #[must_use]
    pub fn new(matrix: &Matrix, method: Method) -> Option<Self> {
        Self::of(&mut WhatIf::new(matrix, method)?, critical_items)
    }

    /// Like [`Self::new`], for a matrix as it is, whose critical items may be known already.
    pub(super) fn of(
        what_if: &mut WhatIf<'_>,
        critical: impl FnOnce(&mut WhatIf<'_>) -> Vec<CriticalItem>,
    ) -> Option<Self> {
        let (leader, rests_on) = weakest(what_if)?;
        let rows = rests_on.as_ref().map_or(&[][..], |removal| &removal.rows);
        let leaders_after = what_if.leaders_without(rows);
        let pillars = match what_if.sums() {
            // Where all only adds up, no item is enough if the fewest are several. The mean of a group is no such sum.
            Sums::Additive(_) if rests_on.as_ref().is_none_or(|removal| removal.units > 1) => Vec::new(),
            Sums::Additive(_) => items(critical(what_if)),
            Sums::Bayes(_) => [items(critical(what_if)), groups(what_if, leader)].concat(),
        };
        Some(Self { leader, pillars, rests_on, leaders_after })
    }
}

impl From<CriticalItem> for Pillar {
    fn from(CriticalItem { row, leaders_after }: CriticalItem) -> Self {
        Self { rows: vec![row], leaders_after }
    }
}

fn items(critical: Vec<CriticalItem>) -> Vec<Pillar> {
    critical.into_iter().map(Pillar::from).collect()
}

fn groups(what_if: &mut WhatIf<'_>, leader: usize) -> Vec<Pillar> {
    let matrix = what_if.matrix();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for row in (0..matrix.items().len()).filter(|row| matrix.share(*row) > 1) {
        if let Some(group) = matrix.group(row) {
            groups.entry(group).or_default().push(row);
        }
    }
    let pillars = groups.into_values();
    let pillars = pillars.map(|rows| Pillar { leaders_after: what_if.leaders_without(&rows), rows });
    pillars.filter(|pillar| pillar.leaders_after != [leader]).collect()
}
