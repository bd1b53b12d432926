//! Terms: the contributions that cells can make under one method, in their order.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Sub, SubAssign};

use super::additive::Additive;
use super::class::Class;
use super::likelihood::Likelihood;
use super::nats::Nats;
use super::rating_code::RatingCode;
use super::score::Score;

/// A sum that stays exact when terms are added and taken away.
pub(super) trait Exact:
    Copy + Debug + Default + Ord + Add<Output = Self> + Sub<Output = Self> + AddAssign + SubAssign
{
    /// Sums that differ by no more than this are equal.
    const LEVEL: Self;

    /// Multiplies the sum.
    fn times(self, count: i64) -> Self;

    /// Returns whether a lead of this size is none: the other is level or ahead.
    fn is_level(self) -> bool {
        self <= Self::LEVEL
    }

    /// Returns whether a lead of this size is the other's.
    fn is_behind(self) -> bool {
        Self::default() - self > Self::LEVEL
    }
}

impl Exact for Score {
    const LEVEL: Self = Self::ZERO;

    fn times(self, count: i64) -> Self {
        self.times(count)
    }
}

impl Exact for Nats {
    const LEVEL: Self = Self::LEVEL;

    fn times(self, count: i64) -> Self {
        self.times(count)
    }
}

/// Place of a contribution among those of a method: 0 for one of 0, below for what speaks against a hypothesis, above
/// for what speaks for it. Equal contributions have equal places.
pub(super) type Place = i8;

/// The contributions s(e,h) of one method by class of the item and code of the cell.
#[derive(Clone, Debug)]
pub(super) struct Terms<V> {
    contributions: [[V; RatingCode::COUNT]; Class::ALL.len()],
    places: [[Place; RatingCode::COUNT]; Class::ALL.len()],
    /// Ascending, each once.
    values: Vec<V>,
    /// Position of 0 among the values.
    zero: Place,
}

impl Terms<Score> {
    /// The contributions of an additive method.
    pub(super) fn additive(additive: Additive) -> Self {
        Self::new(|class, code| additive.contribution(class, code))
    }
}

impl Terms<Nats> {
    /// ln(2 p'): the contributions of `bayes`.
    pub(super) fn bayes(likelihood: &Likelihood) -> Self {
        Self::new(|class, code| Nats::of(likelihood.ln_ratio(class, code)))
    }
}

impl<V: Exact> Terms<V> {
    fn new(value: impl Fn(Class, RatingCode) -> V) -> Self {
        let all = Class::ALL.map(|class| RatingCode::ALL.map(|code| value(class, code)));
        let mut values: Vec<V> = all.into_iter().flatten().chain([V::default()]).collect();
        values.sort_unstable();
        values.dedup();
        let position = |value: V| values.binary_search(&value).ok().and_then(|at| Place::try_from(at).ok());
        let zero = position(V::default()).unwrap_or_default();
        let places = all.map(|codes| codes.map(|value| position(value).map_or(0, |at| at - zero)));
        Self { contributions: all, places, values, zero }
    }

    /// Place of the contribution of a cell.
    pub(super) fn place(&self, class: Class, code: RatingCode) -> Place {
        self.places.get(class.index()).and_then(|places| places.get(code as usize)).copied().unwrap_or(0)
    }

    /// The contribution at a place.
    pub(super) fn at(&self, place: Place) -> V {
        let position = usize::try_from(place + self.zero).ok();
        position.and_then(|position| self.values.get(position)).copied().unwrap_or_default()
    }

    /// The lowest and the highest place.
    pub(super) fn ends(&self) -> (Place, Place) {
        (-self.zero, Place::try_from(self.values.len()).unwrap_or(Place::MAX) - 1 - self.zero)
    }

    /// Contribution of a cell.
    pub(super) fn of(&self, class: Class, code: RatingCode) -> V {
        let of_class = self.contributions.get(class.index());
        of_class.and_then(|of_class| of_class.get(code as usize)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Level, Method};

    #[test]
    fn places_stand_in_the_order_of_contributions() {
        let net = Additive::of(Method::Net).unwrap();
        let terms = Terms::additive(net);
        let cells = || Class::ALL.into_iter().flat_map(|class| RatingCode::ALL.map(|code| (class, code)));
        for (class, code) in cells() {
            assert_eq!(terms.of(class, code), net.contribution(class, code));
            for (other_class, other_code) in cells() {
                assert_eq!(
                    terms.place(class, code).cmp(&terms.place(other_class, other_code)),
                    terms.of(class, code).cmp(&terms.of(other_class, other_code))
                );
            }
        }
        let (low, high) = (Class::new(Level::Low, Level::Low), Class::new(Level::High, Level::High));
        assert_eq!((terms.place(low, RatingCode::Neutral), terms.at(0)), (0, Score::ZERO));
        assert_eq!(terms.place(high, RatingCode::VeryConsistent), 7);
        assert_eq!(terms.place(high, RatingCode::VeryInconsistent), -7);
        let bayes = Terms::bayes(&Likelihood::new(0.5));
        assert_eq!(bayes.of(low, RatingCode::Blank), Nats::ZERO);
        assert!(bayes.place(low, RatingCode::Consistent) > 0);
    }
}
