//! Merging: what two people did to one scenario at the same time, in one.
//!
//! First it is settled which items of the three versions are the same and what each is called in the result
//! ([`items`]); then what goes and what stays ([`deletion`]); then where each stands ([`order`]); and then the fields
//! ([`content`]) and cells of each, value by value ([`value`]). What only one side changed is taken, and what both
//! changed alike is agreed. What both changed otherwise is kept twice: ours as the value, theirs in a `conflict` record
//! beside it. Nothing that either side judged is lost.
//!
//! * A new id on one side is followed by what the other side did to the item, and by every reference.
//! * What one side deleted and the other worked on stays, and a record says who deleted it.
//! * Items that both sides added under one id are one if all their fields are equal: their cells are merged from
//!   blank ones. If not, ours stays and theirs follows under another id, with the references that theirs made to it.
//! * Moves of both sides are made; an item that both moved stands where ours has it.
//!
//! The merge is of whole scenarios, not of two lists of changes, since a change says what *one* side saw; the changes
//! that lead from ours to the result are told afterwards, so that a file can be edited and no more than it must be.

mod cells;
mod content;
mod deletion;
mod doubled;
mod items;
mod names;
mod order;
mod value;

use std::borrow::Cow;

use super::diff::{Matching, Versions, diff_matched};
use super::{Change, Listed, Refused};
use crate::scenario::{
    Conflict, Contested, Evidence, FieldConflict, Hypothesis, Item, ItemKind, PerKind, Scenario, Side,
    Source, Value, by_kind,
};
pub use doubled::{Doubled, doubled};
use items::{Roster, Slot, Versions3};
use names::Names;

/// The key of a record that holds the other side's id of an item.
pub(super) const ID: &str = "id";

/// The merge of two versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// The result. Its conflicts are found by [`super::unsettled`].
    pub scenario: Scenario,
    /// The changes that lead from ours to the result.
    pub changes: Vec<Change>,
    /// Items of theirs that got another id, since ours has another item under theirs.
    pub doubled: Vec<Doubled>,
}

/// The items of the result and those deleted.
type Rosters = PerKind<Roster>;

/// Merges two versions of a scenario with the common ancestor `base`; without one, both sides started from
/// nothing.
///
/// # Errors
///
/// [`Refused::Full`] if both sides together have more items of a kind than the limit.
pub fn merge(base: Option<&Scenario>, ours: &Scenario, theirs: &Scenario) -> Result<Merge, Refused> {
    let nothing = Scenario::default();
    let versions = Versions3::new(base.unwrap_or(&nothing), ours, theirs);
    let mut rosters = pair(&versions);
    deletion::settle(&versions, &mut rosters);
    // The slots of the result, in order.
    let columns = order::order(&rosters.hypotheses);
    let joining = Joining::new(&versions, &rosters, &columns);

    let mut scenario = Scenario::default();
    joining.own(base, &mut scenario);
    fn join<T: Listed>(joining: &Joining<'_, '_>, scenario: &mut Scenario) -> Result<(), Refused> {
        *T::list_mut(scenario) = joining.items(&order::order(joining.rosters.of(T::KIND)))?;
        Ok(())
    }
    ItemKind::ALL.iter().try_for_each(|kind| by_kind!(*kind, join(&joining, &mut scenario)))?;
    let matchings = PerKind::new(|kind| by_kind!(kind, matching(&rosters, ours, &scenario)));
    let changes = diff_matched(&Versions { before: ours, after: &scenario, matchings });
    let doubled = ItemKind::ALL.iter().flat_map(|kind| following(rosters.of(*kind), *kind)).collect();
    Ok(Merge { scenario, changes, doubled })
}

/// Pairs the items of the three versions. Referenced kinds come first, since added items are compared with
/// their references renamed as in the result.
fn pair(versions: &Versions3<'_>) -> Rosters {
    fn roster<T: Listed>(versions: &Versions3<'_>, rosters: &Rosters) -> Roster {
        Roster::new::<T>(versions, equal::<T>(versions, rosters))
    }
    let mut rosters = Rosters::default();
    for kind in ItemKind::ALL {
        *rosters.of_mut(*kind) = by_kind!(*kind, roster(versions, &rosters));
    }
    rosters
}

/// Returns whether items at positions of ours and theirs are equal in every field.
fn equal<'a, T: Listed>(
    versions: &Versions3<'a>,
    rosters: &'a Rosters,
) -> impl Fn(usize, usize) -> bool + use<'a, T> {
    let (ours, theirs) = (T::list(versions.ours), T::list(versions.theirs));
    let names = [Side::Ours, Side::Theirs].map(|side| side_names(versions, rosters, side));
    move |here, there| {
        let [of_ours, of_theirs] = &names;
        match (ours.get(here), theirs.get(there)) {
            (Some(here), Some(there)) => of_ours.translated(here).same_content(&of_theirs.translated(there)),
            (None, _) | (_, None) => false,
        }
    }
}

/// Returns the names in the result of the items that a version refers to, as far as they are known. `slot` finds the
/// place in a roster of the item at a position.
fn names<'s>(
    version: &'s Scenario,
    rosters: &'s Rosters,
    slot: impl Fn(&Roster, usize) -> Option<usize>,
) -> Names<'s> {
    let mut names = Names::default();
    names.note::<Hypothesis>(version, &rosters.hypotheses, &slot);
    names.note::<Source>(version, &rosters.sources, &slot);
    names.note::<Evidence>(version, &rosters.evidence, &slot);
    names
}

fn side_names<'s>(versions: &Versions3<'s>, rosters: &'s Rosters, side: Side) -> Names<'s> {
    names(versions.side(side), rosters, |roster, at| roster.of(side, at))
}

fn following(roster: &Roster, kind: ItemKind) -> impl Iterator<Item = Doubled> {
    let follows = |slot: &&Slot| slot.stays && slot.ours.is_none();
    roster.slots.iter().filter(follows).filter_map(move |slot| {
        Some(Doubled { kind, id: slot.refused.clone()?, follows_as: slot.id.clone() })
    })
}

/// Builds the items of the result.
struct Joining<'v, 's> {
    versions: &'v Versions3<'s>,
    rosters: &'v Rosters,
    /// The slots of the hypotheses in the result, in order.
    columns: &'v [usize],
    of_base: Names<'v>,
    of_ours: Names<'v>,
    of_theirs: Names<'v>,
    /// For each side with such deletions, the names of the base without the items that it deleted but that stay.
    without: [Option<Names<'v>>; 2],
}

impl<'v, 's: 'v> Joining<'v, 's> {
    fn new(versions: &'v Versions3<'s>, rosters: &'v Rosters, columns: &'v [usize]) -> Self {
        let of_base = names(versions.base, rosters, Roster::of_base);
        let [of_ours, of_theirs] = [Side::Ours, Side::Theirs].map(|side| side_names(versions, rosters, side));
        let without = [Side::Ours, Side::Theirs].map(|side| names_without(versions, rosters, side));
        Self { versions, rosters, columns, of_base, of_ours, of_theirs, without }
    }

    /// Merges the scenario's own fields into `result`; without a base, all fields start absent.
    fn own(&self, base: Option<&Scenario>, result: &mut Scenario) {
        let [before, ours, theirs] = [
            (&self.of_base, self.versions.base),
            (&self.of_ours, self.versions.ours),
            (&self.of_theirs, self.versions.theirs),
        ]
        .map(|(names, version)| content::own(version, names));
        let [without_ours, without_theirs] = &self.without;
        let restore = |side, without: &Option<Names<'_>>| {
            let without = without.as_ref().map(|names| content::own(self.versions.base, names));
            restored(&before, side, without.as_ref()).into_owned()
        };
        let (ours, theirs) = (restore(&ours, without_ours), restore(&theirs, without_theirs));
        content::join(base.map(|_| &before), &ours, &theirs, result);
    }

    /// Returns the items in these slots, with their rows.
    fn items<T: Listed>(&self, order: &[usize]) -> Result<Vec<T>, Refused> {
        if order.len() > T::LIMIT {
            return Err(Refused::Full(T::KIND));
        }
        let slots = &self.rosters.of(T::KIND).slots;
        Ok(order.iter().filter_map(|at| self.item(slots.get(*at)?)).collect())
    }

    fn item<T: Listed>(&self, slot: &Slot) -> Option<T> {
        let find = |version: &'s Scenario, at: Option<usize>| T::list(version).get(at?);
        let base = find(self.versions.base, slot.base).map(|item| self.of_base.translated(item));
        let ours = find(self.versions.ours, slot.ours).map(|item| self.of_ours.translated(item));
        let theirs = find(self.versions.theirs, slot.theirs).map(|item| self.of_theirs.translated(item));
        let mut item = match (base, &ours, &theirs) {
            (Some(base), Some(ours), Some(theirs)) => {
                let before = find(self.versions.base, slot.base);
                let [without_ours, without_theirs] =
                    self.without.each_ref().map(|names| Some(names.as_ref()?.translated(before?)));
                let ours = restored(base.as_ref(), ours.as_ref(), without_ours.as_deref());
                let theirs = restored(base.as_ref(), theirs.as_ref(), without_theirs.as_deref());
                content::item(base.as_ref(), ours.as_ref(), theirs.as_ref())
            }
            (_, Some(only), _) | (_, None, Some(only)) => only.bare(),
            (_, None, None) => return None,
        };
        item.set_id(T::parse_id(&slot.id)?);
        if let Some(side) = slot.deleted {
            let record = item.conflict().cloned().unwrap_or_default();
            item.set_conflict(Some(Conflict { deleted: Some(side), ..record }));
        }
        if let (Some(refused), Some(_)) = (&slot.refused, slot.ours) {
            let before = find(self.versions.base, slot.base).map(|item| item.id().to_string());
            note_id(&mut item, before, refused);
        }
        if let Some(row) = item.row_mut() {
            *row = cells::row::<T>(self.versions, &self.rosters.hypotheses, self.columns, slot);
        }
        Some(item)
    }
}

/// Returns the names of the base without the items that a side deleted but that stay; `None` if there are
/// none.
fn names_without<'s>(versions: &Versions3<'s>, rosters: &'s Rosters, side: Side) -> Option<Names<'s>> {
    let kept = |roster: &Roster| roster.slots.iter().any(|slot| slot.deleted == Some(side));
    if ![&rosters.hypotheses, &rosters.sources, &rosters.evidence].into_iter().any(kept) {
        return None;
    }
    Some(names(versions.base, rosters, |roster, at| {
        let is_gone = |at: &usize| roster.slots.get(*at).is_some_and(|slot| slot.deleted == Some(side));
        roster.of_base(at).filter(|at| !is_gone(at))
    }))
}

/// Returns a side's item or own fields with the references that it lost only because it deleted an item that
/// stays. `without` is the base without these references.
fn restored<'i, F: Contested>(base: &F, side: &'i F, without: Option<&F>) -> Cow<'i, F> {
    let mut restored = Cow::Borrowed(side);
    let Some(left) = without else { return restored };
    for field in F::FIELDS.iter().copied().filter(|field| F::refers_to(*field).is_some()) {
        if left.field(field) == side.field(field) && base.field(field) != side.field(field) {
            let mut with = restored.clone().into_owned();
            // A value of the same field fits.
            if with.set_field(field, base.field(field)).is_ok() {
                restored = Cow::Owned(with);
            }
        }
    }
    restored
}

/// Returns which items of ours are which of the result.
fn matching<T: Item>(rosters: &Rosters, ours: &Scenario, result: &Scenario) -> Matching {
    let roster = rosters.of(T::KIND);
    let (slots, order) = (&roster.slots, order::order(roster));
    let pairs = order.iter().enumerate().filter_map(|(to, slot)| Some((slots.get(*slot)?.ours?, to)));
    Matching::of_pairs(T::list(ours), T::list(result), pairs)
}

/// Records the id of theirs for an item that has another.
fn note_id<T: Item>(item: &mut T, base: Option<String>, theirs: &str) {
    let Conflict { deleted, mut fields } = item.conflict().cloned().unwrap_or_default();
    fields.retain(|entry| entry.field != ID);
    let (base, theirs) = (base.map(Value::Text), Some(Value::Text(theirs.to_owned())));
    fields.insert(0, FieldConflict { field: ID.to_owned(), base, theirs });
    item.set_conflict(Some(Conflict { deleted, fields }));
}
