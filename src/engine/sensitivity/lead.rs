//! The lead of a sole leader, and the fewest items that it rests on.

use super::overturn::{Removal, weakest};
use crate::engine::matrix::Matrix;
use crate::engine::what_if::WhatIf;
use crate::scenario::Method;

/// What the lead of a sole leader over the others rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Who leads alone, by position.
    pub leader: usize,
    /// The fewest items, or groups of items under `bayes`, without which it no longer leads alone; `None` where it
    /// leads by its prior, whatever is left out. Of several such sets, one that puts another ahead, not only level.
    pub rests_on: Option<Removal>,
    /// Who leads without them.
    pub leaders_after: Vec<usize>,
}

impl Lead {
    /// The lead in a matrix by a method; `None` where several lead, one leads unopposed or nothing can be ranked.
    #[must_use]
    pub fn new(matrix: &Matrix, method: Method) -> Option<Self> {
        Self::of(&mut WhatIf::new(matrix, method)?)
    }

    /// The same of a matrix as it is.
    pub(super) fn of(what_if: &mut WhatIf<'_>) -> Option<Self> {
        let (leader, rests_on) = weakest(what_if)?;
        let rows = rests_on.as_ref().map_or(&[][..], |removal| &removal.rows);
        let leaders_after = what_if.leaders_without(rows);
        Some(Self { leader, rests_on, leaders_after })
    }
}
