//! Names: the ids in the result for the references of one version.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::Listed;
use super::items::Roster;
use crate::scenario::{Fielded, Item, ItemKind, Scenario, Value};

/// The new ids of the hypotheses, sources and items of one version that were renamed or removed (`None`).
#[derive(Debug, Default)]
pub(super) struct Names<'s> {
    hypotheses: HashMap<&'s str, Option<&'s str>>,
    sources: HashMap<&'s str, Option<&'s str>>,
    evidence: HashMap<&'s str, Option<&'s str>>,
}

impl<'s> Names<'s> {
    /// Adds the new ids of the items of a kind; `slot` gives the place of an item in the roster. A roster
    /// that does not exist yet adds nothing.
    pub(super) fn note<T: Item>(
        &mut self,
        version: &'s Scenario,
        roster: &'s Roster,
        slot: impl Fn(&Roster, usize) -> Option<usize>,
    ) {
        let known = if roster.slots.is_empty() { &[] } else { T::list(version).as_slice() };
        for (at, item) in known.iter().enumerate() {
            let slot = slot(roster, at).and_then(|at| roster.slots.get(at)).filter(|slot| slot.stays);
            self.say::<T>(item, slot.map(|slot| slot.id.as_str()));
        }
    }

    /// Adds the new id of one item; `None` means removed.
    pub(super) fn say<T: Item>(&mut self, item: &'s T, name: Option<&'s str>) {
        let id: &str = item.id().as_ref();
        if name == Some(id) {
            return;
        }
        match T::KIND {
            ItemKind::Hypothesis => self.hypotheses.insert(id, name),
            ItemKind::Source => self.sources.insert(id, name),
            ItemKind::Evidence => self.evidence.insert(id, name),
            ItemKind::Indicator | ItemKind::Estimate => None,
        };
    }

    /// Returns an item without its cells, with its references renamed as in the result and references to
    /// removed items dropped.
    pub(super) fn translated<'i, T: Listed>(&self, item: &'i T) -> Cow<'i, T> {
        if self.translations(item).next().is_none() {
            return Cow::Borrowed(item);
        }
        let mut other = item.bare();
        self.translate(&mut other);
        Cow::Owned(other)
    }

    /// Renames references as in the result and drops references to removed items.
    pub(super) fn translate<F: Fielded>(&self, owner: &mut F) {
        for (field, value) in self.translations(owner).collect::<Vec<_>>() {
            // A value with the same shape fits.
            let set = owner.set_field(field, value);
            debug_assert_eq!(set, Ok(()), "a value of the same shape fits");
        }
    }

    /// Returns the fields whose values differ after renaming.
    fn translations<F: Fielded>(&self, owner: &F) -> impl Iterator<Item = (F::Field, Option<Value>)> {
        F::FIELDS.iter().copied().filter_map(|field| {
            let names = match F::refers_to(field) {
                Some(ItemKind::Hypothesis) => &self.hypotheses,
                Some(ItemKind::Source) => &self.sources,
                Some(ItemKind::Evidence) => &self.evidence,
                Some(ItemKind::Indicator | ItemKind::Estimate) | None => return None,
            };
            let value = if names.is_empty() { None } else { owner.field(field) };
            Some((field, translate(&value?, names)?))
        })
    }
}

/// Returns the value with references renamed, if that changes it; the inner `None` is an absent value.
fn translate(value: &Value, names: &HashMap<&str, Option<&str>>) -> Option<Option<Value>> {
    let name = |id: &str| names.get(id).map_or_else(|| Some(id.to_owned()), |name| name.map(str::to_owned));
    match value {
        Value::Text(id) if names.contains_key(id.as_str()) => Some(name(id).map(Value::Text)),
        Value::List(ids) if ids.iter().any(|id| names.contains_key(id.as_str())) => {
            let ids: Vec<String> = ids.iter().filter_map(|id| name(id)).collect();
            Some((!ids.is_empty()).then_some(Value::List(ids)))
        }
        Value::Text(_) | Value::List(_) | Value::Number(_) | Value::Flag(_) | Value::Date(_) => None,
    }
}
