//! Where the rows of a matrix are stored: ungrouped ones by class, then those of each group.

use super::class::Class;
use super::rating_code::RatingCode;

/// A row of the matrix.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowInfo {
    pub(super) class: Class,
    pub(super) group: Option<u32>,
    /// Whether nobody searched: all its cells are NA.
    pub(super) is_unsearched: bool,
    /// Position among the stored rows.
    pub(super) stored: usize,
}

/// Ungrouped rows of one class, which are stored one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct BlockInfo {
    pub(super) class: Class,
    pub(super) rows: usize,
}

/// Takes the rows that are alone in their group out of it, and numbers the groups that are left.
pub(super) fn keep_shared_groups(rows: &mut [RowInfo], groups: &mut Vec<Vec<usize>>) {
    groups.retain(|members| members.len() > 1);
    rows.iter_mut().for_each(|row| row.group = None);
    for (group, members) in (0..).zip(groups.iter()) {
        for member in members {
            rows.get_mut(*member).into_iter().for_each(|row| row.group = Some(group));
        }
    }
}

/// Copies the rows so that ungrouped ones of one class lie together, then those of each group, and tells each where it
/// went.
pub(super) fn store_by_kind(
    rows: &mut [RowInfo],
    groups: &[Vec<usize>],
    codes: &[RatingCode],
    width: usize,
) -> (Vec<RatingCode>, Vec<BlockInfo>) {
    let alone = rows.iter().enumerate().filter(|(_, row)| row.group.is_none());
    let mut order: Vec<(Class, usize)> = alone.map(|(at, row)| (row.class, at)).collect();
    order.sort_by_key(|(class, _)| *class);
    let mut blocks: Vec<BlockInfo> = Vec::new();
    for (class, _) in &order {
        match blocks.last_mut() {
            Some(block) if block.class == *class => block.rows += 1,
            Some(_) | None => blocks.push(BlockInfo { class: *class, rows: 1 }),
        }
    }
    let mut stored = Vec::with_capacity(codes.len());
    let order = order.into_iter().map(|(_, at)| at).chain(groups.iter().flatten().copied());
    for (place, at) in order.enumerate() {
        stored.extend_from_slice(codes.get(at * width..(at + 1) * width).unwrap_or_default());
        rows.get_mut(at).into_iter().for_each(|row| row.stored = place);
    }
    (stored, blocks)
}
