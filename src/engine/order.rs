//! Orders by a figure that may be off by a hair.

/// Figures this near are equal.
const EQUAL: f64 = 1e-12;

/// Sorts by the figure, greatest first, those that are equal within 1e-12 by what they belong to.
///
/// "Within 1e-12" is no order. A run of equal ones reaches from its greatest as far down as that is equal to it.
pub(super) fn descending<T: Copy + Ord>(keyed: &mut [(f64, T)]) {
    keyed.sort_by(|(x, _), (y, _)| y.total_cmp(x));
    let mut rest = keyed;
    while let Some(&(greatest, _)) = rest.first() {
        let run = rest.partition_point(|(key, _)| greatest - key <= EQUAL);
        let (equals, below) = rest.split_at_mut(run);
        equals.sort_by_key(|(_, of)| *of);
        rest = below;
    }
}
