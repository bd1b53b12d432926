//! The lead of a sole leader: the items and groups that it falls with, one by one, and the fewest that it rests on.

use super::overturn::{Removal, weakest};
use super::{CriticalItem, critical_among, critical_items};
use crate::engine::matrix::Matrix;
use crate::engine::what_if::WhatIf;
use crate::scenario::Method;

/// The items that a sole leader's lead over the others rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Who leads alone, by position.
    pub leader: usize,
    /// Each item without which it would not lead alone, with what rests on it, then each group of several items
    /// likewise, both in the order of the file.
    pub pillars: Vec<Pillar>,
    /// The fewest items or groups without which its score is no longer the sole best; `None` where it leads by its
    /// prior, whatever is left out. Of several such sets, one that puts another ahead, not only level.
    pub rests_on: Option<Removal>,
    /// Who leads without them.
    pub leaders_after: Vec<usize>,
}

/// An item, or a group of items, without which a sole leader no longer leads alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pillar {
    /// Its row; of a group the rows that bear on a hypothesis that competes, ascending and more than one.
    pub rows: Vec<usize>,
    /// Who leads without it.
    pub leaders_after: Vec<usize>,
}

impl From<CriticalItem> for Pillar {
    fn from(CriticalItem { row, leaders_after }: CriticalItem) -> Self {
        Self { rows: vec![row], leaders_after }
    }
}

impl Lead {
    /// The lead in a matrix by a method; `None` where several lead, one leads unopposed or nothing can be ranked.
    #[must_use]
    pub fn new(matrix: &Matrix, method: Method) -> Option<Self> {
        let mut what_if = WhatIf::new(matrix, method)?;
        let (leader, rests_on) = weakest(&what_if)?;
        // Where it takes several units, an item alone can only be enough if it is of a group, where another comes to
        // count in its place, if others rest on it, or if it holds the only rating of one that competes.
        let keeps_ratings = |at: usize| matrix.on_scale(at) > 1 && !matrix.is_residual(leader);
        let is_light = rests_on.as_ref().is_none_or(|removal| removal.units > 1)
            && matrix.competing(method).all(|at| matrix.is_residual(at) || keeps_ratings(at));
        let critical = if is_light {
            let rows = 0..matrix.items().len();
            let rows = rows.filter(|row| matrix.group(*row).is_some() || matrix.is_premise(*row));
            critical_among(&mut what_if, rows)
        } else {
            critical_items(&mut what_if)
        };
        Some(Self::of(&mut what_if, leader, rests_on, critical))
    }

    /// Like [`Self::new`], for a matrix as it is, whose critical items are known already.
    pub(super) fn with_critical(what_if: &mut WhatIf<'_>, critical: Vec<CriticalItem>) -> Option<Self> {
        let (leader, rests_on) = weakest(what_if)?;
        Some(Self::of(what_if, leader, rests_on, critical))
    }

    fn of(
        what_if: &mut WhatIf<'_>,
        leader: usize,
        rests_on: Option<Removal>,
        critical: Vec<CriticalItem>,
    ) -> Self {
        let rows = rests_on.as_ref().map_or(&[][..], |removal| &removal.rows);
        let leaders_after = what_if.leaders_without_only(rows);
        let items = critical.into_iter().map(Pillar::from);
        let pillars = items.chain(groups(what_if, leader)).collect();
        Self { leader, pillars, rests_on, leaders_after }
    }
}

fn groups(what_if: &mut WhatIf<'_>, leader: usize) -> Vec<Pillar> {
    let matrix = what_if.matrix();
    let competing: Vec<usize> = matrix.competing(what_if.method()).collect();
    let mut pillars = Vec::new();
    for group in 0..matrix.group_count() {
        let bears = |row: &usize| competing.iter().any(|at| matrix.code(*row, *at).is_on_scale());
        let rows: Vec<usize> = matrix.members(group).iter().copied().filter(bears).collect();
        if rows.len() > 1 {
            let leaders_after = what_if.leaders_without(&rows);
            if leaders_after != [leader] {
                pillars.push(Pillar { rows, leaders_after });
            }
        }
    }
    // In the order of their first rows that bear on the comparison.
    pillars.sort_by_key(|pillar| pillar.rows.first().copied());
    pillars
}
