//! Small pieces that several JSON documents share.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A number without a negative zero. NaN and infinity, which no result should hold, become null.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number(pub(super) f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_finite() { serializer.serialize_f64(self.0 + 0.0) } else { serializer.serialize_none() }
    }
}

/// A map written straight from pairs, in their order.
pub(super) struct Pairs<F>(pub(super) F);

impl<K, V, I, F> Serialize for Pairs<F>
where
    K: Serialize,
    V: Serialize,
    I: Iterator<Item = (K, V)>,
    F: Fn() -> I,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in (self.0)() {
            map.serialize_entry(&key, &value)?;
        }
        map.end()
    }
}

/// A list written straight from what makes its elements, in their order.
pub(super) struct List<F>(pub(super) F);

impl<V, I, F> Serialize for List<F>
where
    V: Serialize,
    I: Iterator<Item = V>,
    F: Fn() -> I,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}
