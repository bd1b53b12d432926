//! Maps and lists as JSON documents write them.

use serde::ser::{Serialize, Serializer};

/// Pairs that are serialized as a map, in their order.
#[derive(Clone, Debug, Default)]
pub struct OrderedMap<K, V>(pub Vec<(K, V)>);

impl<K: Serialize, V: Serialize> Serialize for OrderedMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<K, V> FromIterator<(K, V)> for OrderedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// A map that is serialized as its pairs are made.
pub(super) struct Pairs<F>(pub(super) F);

impl<K, V, I, F> Serialize for Pairs<F>
where
    K: Serialize,
    V: Serialize,
    I: Iterator<Item = (K, V)>,
    F: Fn() -> I,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map((self.0)())
    }
}

/// A list that is serialized as its elements are made.
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
