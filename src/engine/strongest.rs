//! The strongest contributions of groups, looked for in many columns at once.

use super::class::Class;
use super::rating_code::RatingCode;
use super::terms::{Exact, Place, Terms};

/// Columns that are looked at together: as many as a vector register has bytes.
const LANES: usize = 16;

/// How strong the contributions of a class are, each repeated for every lane.
#[derive(Clone, Copy)]
struct Strengths {
    /// Of CC and C, for a hypothesis.
    in_favor: [[u8; LANES]; 2],
    /// Of I and II, against it.
    against: [[u8; LANES]; 2],
}

impl Strengths {
    fn new<V: Exact>(terms: &Terms<V>, class: Class) -> Self {
        let of = |code| [terms.place(class, code).unsigned_abs(); LANES];
        Self {
            in_favor: [RatingCode::VeryConsistent, RatingCode::Consistent].map(of),
            against: [RatingCode::Inconsistent, RatingCode::VeryInconsistent].map(of),
        }
    }
}

/// Writes the places of the strongest contributions against each hypothesis and for it, group by group. `groups` are the
/// classes of the rows of each group; `codes` are the cells of all of them, row by row.
pub(super) fn write_strongest<'a, V: Exact>(
    terms: &Terms<V>,
    groups: impl Iterator<Item = &'a [Class]>,
    codes: &[RatingCode],
    width: usize,
    (against, in_favor): (&mut [Place], &mut [Place]),
) {
    let strengths = Class::ALL.map(|class| Strengths::new(terms, class));
    let mut rest = codes;
    for (group, classes) in groups.enumerate() {
        for column in (0..width).step_by(LANES) {
            let (mut worst, mut best) = ([0_u8; LANES], [0_u8; LANES]);
            for (row, class) in classes.iter().enumerate() {
                let Some(Strengths { in_favor, against }) = strengths.get(class.index()) else { continue };
                let [very_consistent, consistent] = in_favor;
                let [inconsistent, very_inconsistent] = against;
                let codes = window(rest, row * width + column);
                raise(&mut best, &codes, RatingCode::VeryConsistent, very_consistent);
                raise(&mut best, &codes, RatingCode::Consistent, consistent);
                raise(&mut worst, &codes, RatingCode::Inconsistent, inconsistent);
                raise(&mut worst, &codes, RatingCode::VeryInconsistent, very_inconsistent);
            }
            let place = group * width + column;
            put(against, place, worst.map(|strength| 0_i8.wrapping_sub_unsigned(strength)));
            put(in_favor, place, best.map(u8::cast_signed));
        }
        rest = rest.get(classes.len() * width..).unwrap_or_default();
    }
}

/// Raises each lane whose cell has a code to the strength of that code.
fn raise(lanes: &mut [u8; LANES], codes: &[RatingCode; LANES], code: RatingCode, strength: &[u8; LANES]) {
    for ((lane, other), strength) in lanes.iter_mut().zip(codes).zip(strength) {
        // Without a branch, so that all lanes are raised at once.
        let mask = u8::from(*other == code).wrapping_neg();
        *lane = (mask & strength).max(*lane);
    }
}

/// The cells from a place on, one a lane. Lanes beyond the row hold cells of the next, or blanks.
fn window(codes: &[RatingCode], place: usize) -> [RatingCode; LANES] {
    let rest = codes.get(place..).unwrap_or_default();
    rest.first_chunk().copied().unwrap_or_else(|| {
        let mut window = [RatingCode::Blank; LANES];
        window.iter_mut().zip(rest).for_each(|(lane, code)| *lane = *code);
        window
    })
}

/// Writes lanes from a place on. Those beyond the group stand where the next is written later.
fn put(places: &mut [Place], place: usize, lanes: [Place; LANES]) {
    let rest = places.get_mut(place..).unwrap_or_default();
    match rest.first_chunk_mut() {
        Some(chunk) => *chunk = lanes,
        None => rest.iter_mut().zip(lanes).for_each(|(place, lane)| *place = lane),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::likelihood::Likelihood;

    #[test]
    fn lanes_beyond_a_row_leave_no_trace() {
        let terms = Terms::bayes(&Likelihood::new(0.5));
        for width in [1, 5, 15, 16, 17, 40] {
            let sizes = [2, 5, 3];
            let classes: Vec<Vec<Class>> = sizes
                .iter()
                .map(|size| (0..*size).map(|row| Class::ALL[(row * 4 + size) % 9]).collect())
                .collect();
            let cells = width * sizes.iter().sum::<usize>();
            let codes: Vec<RatingCode> = (0..cells).map(|at| RatingCode::ALL[at * at % 11 % 7]).collect();
            let mut expected = (Vec::new(), Vec::new());
            let mut rest = codes.as_slice();
            for group in &classes {
                let (own, after) = rest.split_at(group.len() * width);
                rest = after;
                for column in 0..width {
                    let places = || {
                        let column = own.iter().skip(column).step_by(width);
                        column.zip(group).map(|(code, class)| terms.place(*class, *code))
                    };
                    expected.0.push(places().fold(0, Place::min));
                    expected.1.push(places().fold(0, Place::max));
                }
            }
            let (mut against, mut in_favor) = (vec![9; 3 * width], vec![-9; 3 * width]);
            let groups = classes.iter().map(Vec::as_slice);
            write_strongest(&terms, groups, &codes, width, (&mut against, &mut in_favor));
            assert_eq!((against, in_favor), expected, "{width} columns");
        }
    }
}
