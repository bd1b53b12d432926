//! Puts the changes in sequence, so that each applies to the result of those before it.

use std::borrow::Cow;
use std::collections::HashMap;

use super::list::{Lists, Pair, Step};
use super::order::{Chain, movers};
use super::{Matching, Versions};
use crate::change::difference::{cell_changes, field_changes};
use crate::change::reference::{indicator_removed, pointing, relisted};
use crate::change::{Change, Edit, Entry, ItemChange, Listed, Place, ScenarioChange};
use crate::scenario::{
    Cell, Contested, Estimate, Evidence, EvidenceField, EvidenceId, Fielded, Hypothesis, Indicator, Item,
    ItemKind, PerKind, Row, Scenario, ScenarioField, Source, SourceField, Value, by_kind,
};

pub(super) fn changes(versions: &Versions<'_>) -> Vec<Change> {
    let mut sequence = Sequence::new(versions);
    sequence.removals();
    sequence.renamings();
    sequence.moves();
    sequence.additions();
    sequence.fields();
    sequence.cells();
    sequence.changes
}

/// The changes so far, and the state that they lead to.
struct Sequence<'v, 's> {
    versions: &'v Versions<'s>,
    before: &'s Scenario,
    after: &'s Scenario,
    /// The `controlled_by` of sources.
    steered: Lists<'s, Source>,
    /// The `source` of evidence.
    cited: Lists<'s, Evidence>,
    /// The `rests_on` of evidence.
    resting: Lists<'s, Evidence>,
    /// The `hypothesis` of indicators that was updated or removed (`None`), by old position.
    pointing: HashMap<usize, Option<&'s str>>,
    /// The outcome's `hypothesis`, as in [`Lists`].
    true_ones: Lists<'s, Scenario>,
    /// The lists in their current order, by old positions.
    order: PerKind<Chain>,
    changes: Vec<Change>,
}

impl<'v, 's> Sequence<'v, 's> {
    fn new(versions: &'v Versions<'s>) -> Self {
        fn chain<T: Item>(scenario: &Scenario) -> Chain {
            Chain::ascending(T::list(scenario).len())
        }
        let (before, after) = (versions.before, versions.after);
        let list = |version: &'s Scenario| version.outcome.hypothesis.as_deref();
        let outcome = Pair { at: 0, holder: before, own: None, before: list(before), after: list(after) };
        Self {
            versions,
            before,
            after,
            steered: lists::<Source, Hypothesis>(versions, |source| source.controlled_by.as_deref()),
            cited: lists::<Evidence, Source>(versions, |item| item.source.as_deref()),
            resting: lists::<Evidence, Evidence>(versions, |item| item.rests_on.as_deref()),
            pointing: HashMap::new(),
            true_ones: Lists::new(
                std::iter::once(outcome),
                &versions.removed_ids::<Hypothesis>(),
                &versions.new_ids::<Hypothesis>(),
            ),
            order: PerKind::new(|kind| by_kind!(kind, chain(before))),
            changes: Vec::new(),
        }
    }

    /// Removes items under their old ids: evidence with whole rows first, hypotheses last with the rest of
    /// their columns.
    fn removals(&mut self) {
        let (versions, before) = (self.versions, self.before);
        for (at, item) in versions.removed::<Evidence>() {
            let along = steps(&self.resting.leave(item.id.as_str()), EvidenceField::RestsOn).collect();
            self.remove(at, item, Evidence::cells(before, at), along);
        }
        for (at, source) in versions.removed::<Source>() {
            let along = steps(&self.cited.leave(source.id.as_str()), EvidenceField::Source).collect();
            self.remove(at, source, Vec::new(), along);
        }
        for (at, estimate) in versions.removed::<Estimate>() {
            self.remove(at, estimate, Estimate::cells(before, at), Vec::new());
        }
        let gone = versions.removed_ids::<Hypothesis>();
        // An indicator without ratings may be removed with its hypothesis.
        let mut following: HashMap<&str, Vec<(usize, &Indicator)>> = HashMap::new();
        for (at, indicator) in versions.removed::<Indicator>() {
            let hypothesis = indicator.hypothesis.as_deref().filter(|_| indicator.is_bare());
            match hypothesis.filter(|id| gone.contains(id)) {
                Some(hypothesis) => following.entry(hypothesis).or_default().push((at, indicator)),
                None => self.remove(at, indicator, Indicator::cells(before, at), Vec::new()),
            }
        }
        for (at, hypothesis) in versions.removed::<Hypothesis>() {
            let id = hypothesis.id.as_str();
            let mut along = Vec::new();
            for (at, indicator) in following.remove(id).into_iter().flatten() {
                along.push(indicator_removed(indicator, self.leave::<Indicator>(at), Vec::new()));
            }
            along.extend(steps(&self.steered.leave(id), SourceField::ControlledBy));
            for (at, old, new) in versions.both::<Indicator>() {
                if old.hypothesis.as_deref() == Some(id) && new.hypothesis.is_none() {
                    along.push(pointing(&old.id, id, None));
                    self.pointing.insert(at, None);
                }
            }
            along.extend(self.true_ones.leave(id).iter().map(true_step));
            let stays = |row: &RowRef| versions.matchings.of(row.0).after(row.1).is_some();
            let cells = column(before, rows(before).filter(stays), at);
            self.remove(at, hypothesis, cells, along);
        }
    }

    /// Removes an item from its chain and returns its place.
    fn leave<T: Item>(&mut self, at: usize) -> Place<T::Id> {
        let chain = self.order.of_mut(T::KIND);
        let before = chain.before(at).and_then(|before| T::list(self.before).get(before));
        chain.take(at);
        Place { index: at, after: before.map(|item| item.id().clone()) }
    }

    fn remove<T: Listed>(&mut self, at: usize, item: &T, cells: Vec<(T::Across, Cell)>, along: Vec<Change>) {
        let entry = Entry { item: item.bare(), at: self.leave::<T>(at), cells, along };
        self.changes.push(T::change(ItemChange::Removed(Box::new(entry))));
    }

    /// Renames items. An owner of a reference is named by its old id, since its own rename comes later.
    fn renamings(&mut self) {
        let versions = self.versions;
        for (from, to) in versions.renamed::<Hypothesis>() {
            let (old, new) = (from.id.as_str(), to.id.as_str());
            let mut along: Vec<_> =
                steps(&self.steered.follow(old, new), SourceField::ControlledBy).collect();
            for (at, was, is) in versions.both::<Indicator>() {
                if was.hypothesis.as_deref() == Some(old) && is.hypothesis.as_deref() == Some(new) {
                    along.push(pointing(&was.id, old, Some(new)));
                    self.pointing.insert(at, Some(new));
                }
            }
            along.extend(self.true_ones.follow(old, new).iter().map(true_step));
            self.changes.push(rename(from, to, along));
        }
        for (from, to) in versions.renamed::<Source>() {
            let followed = self.cited.follow(from.id.as_str(), to.id.as_str());
            self.changes.push(rename(from, to, steps(&followed, EvidenceField::Source).collect()));
        }
        let mut renamed: HashMap<&EvidenceId, &EvidenceId> = HashMap::new();
        for (from, to) in versions.renamed::<Evidence>() {
            // The owner of a reference may already have its new id.
            let mut along = Vec::new();
            for step in self.resting.follow(from.id.as_str(), to.id.as_str()) {
                let holder = renamed.get(&step.holder.id).copied().unwrap_or(&step.holder.id);
                let (before, after) = (step.before.as_deref(), step.after.as_deref());
                along.push(relisted::<Evidence>(holder, EvidenceField::RestsOn, before, after));
            }
            self.changes.push(rename(from, to, along));
            renamed.insert(&from.id, &to.id);
        }
        self.changes.extend(versions.renamed::<Indicator>().map(|(from, to)| rename(from, to, Vec::new())));
        self.changes.extend(versions.renamed::<Estimate>().map(|(from, to)| rename(from, to, Vec::new())));
    }

    /// Moves the items of both versions into the new order.
    fn moves(&mut self) {
        ItemKind::ALL.iter().for_each(|kind| by_kind!(*kind, moved(self)));
    }

    /// Adds items: hypotheses first, with their columns for the existing rows, then evidence with whole rows.
    fn additions(&mut self) {
        let (versions, after) = (self.versions, self.after);
        for (at, hypothesis) in versions.added::<Hypothesis>() {
            let is_there = |row: &RowRef| versions.matchings.of(row.0).before(row.1).is_some();
            let cells = column(after, rows(after).filter(is_there), at);
            self.changes.push(added(after, hypothesis, at, cells));
        }
        self.add_all::<Source>();
        self.add_all::<Evidence>();
        self.add_all::<Indicator>();
        self.add_all::<Estimate>();
    }

    fn add_all<T: Listed>(&mut self) {
        let after = self.after;
        let added = self.versions.added::<T>().map(|(at, item)| added(after, item, at, T::cells(after, at)));
        self.changes.extend(added);
    }

    /// Changes the fields of items of both versions, except where an accompanying change already did.
    fn fields(&mut self) {
        let (versions, before, after) = (self.versions, self.before, self.after);
        for field in ScenarioField::ALL.iter().copied() {
            let now = Some(field).filter(|field| *field == ScenarioField::OutcomeHypothesis);
            let now = now.and_then(|_| self.true_ones.now(0)).map(|list| as_outcome(list.as_deref()));
            let edit = Edit::new(now.unwrap_or_else(|| before.field(field)), after.field(field));
            if edit.before != edit.after {
                self.changes.push(Change::Scenario(ScenarioChange::FieldSet { field, edit }));
            }
        }
        if before.conflict != after.conflict {
            let edit = Edit::new(before.conflict().cloned(), after.conflict().cloned());
            self.changes.push(Change::Scenario(ScenarioChange::ConflictSet(edit)));
        }
        for (_, old, new) in versions.both::<Hypothesis>() {
            contents(old, new, &mut self.changes);
        }
        for (at, old, new) in versions.both::<Source>() {
            let old = with(old, self.steered.now(at), |source, list| source.controlled_by = list.clone());
            contents(old.as_ref(), new, &mut self.changes);
        }
        for (at, old, new) in versions.both::<Evidence>() {
            let old = with(old, self.cited.now(at), |item, list| item.source = list.clone());
            let old = with(old.as_ref(), self.resting.now(at), |item, list| item.rests_on = list.clone());
            contents(old.as_ref(), new, &mut self.changes);
        }
        for (at, old, new) in versions.both::<Indicator>() {
            let old = with(old, self.pointing.get(&at), |indicator, id| {
                indicator.hypothesis = id.map(str::to_owned)
            });
            contents(old.as_ref(), new, &mut self.changes);
        }
        for (_, old, new) in versions.both::<Estimate>() {
            contents(old, new, &mut self.changes);
        }
    }

    /// Changes the cells where a row and a hypothesis of both versions cross.
    fn cells(&mut self) {
        self.row_cells::<Evidence>();
        self.row_cells::<Indicator>();
        self.row_cells::<Estimate>();
    }

    fn row_cells<T: Item>(&mut self) {
        let hypotheses = &self.versions.matchings.hypotheses;
        let same_columns = hypotheses.is_identity();
        let blank = Cell::default();
        for (_, old, new) in self.versions.both::<T>() {
            let (Some(row), Some(was), Some(is)) = (new.row_id(), old.row(), new.row()) else { continue };
            if same_columns && was == is {
                continue;
            }
            for (at, at_before) in crossings(hypotheses, was, is) {
                if let Some(hypothesis) = self.after.hypotheses.get(at) {
                    let cells = [was.get(at_before), is.get(at)].map(|cell| cell.unwrap_or(&blank));
                    cell_changes(&row, &hypothesis.id, cells, &mut self.changes);
                }
            }
        }
    }
}

/// A row, by the kind of its item and the item's position.
type RowRef = (ItemKind, usize);

/// Returns every row of a version, in the order of [`Scenario::rows`].
fn rows(version: &Scenario) -> impl Iterator<Item = RowRef> {
    let lists = [
        (ItemKind::Evidence, version.evidence.len()),
        (ItemKind::Indicator, version.indicators.len()),
        (ItemKind::Estimate, version.estimates.len()),
    ];
    lists.into_iter().flat_map(|(kind, len)| (0..len).map(move |at| (kind, at)))
}

/// Returns the lists of references from items of one kind to those of another, before any change.
fn lists<'s, T: Item, R: Item>(versions: &Versions<'s>, list: fn(&T) -> Option<&[String]>) -> Lists<'s, T> {
    let pairs = versions.both::<T>().map(|(at, holder, new)| {
        let own = (T::KIND == R::KIND).then(|| holder.id().as_ref());
        Pair { at, holder, own, before: list(holder), after: list(new) }
    });
    Lists::new(pairs, &versions.removed_ids::<R>(), &versions.new_ids::<R>())
}

/// When an item is added, everything before it in the new version is already there.
fn added<T: Listed>(after: &Scenario, item: &T, index: usize, cells: Vec<(T::Across, Cell)>) -> Change {
    let before = index.checked_sub(1).and_then(|before| T::list(after).get(before));
    let at = Place { index, after: before.map(|item| item.id().clone()) };
    T::change(ItemChange::Added(Box::new(Entry { item: item.bare(), at, cells, along: Vec::new() })))
}

fn rename<T: Listed>(from: &T, to: &T, along: Vec<Change>) -> Change {
    T::change(ItemChange::Renamed { from: from.id().clone(), to: to.id().clone(), along })
}

fn moved<T: Listed>(sequence: &mut Sequence<'_, '_>) {
    let Sequence { versions, order, changes, .. } = sequence;
    let (matching, after) = (versions.matchings.of(T::KIND), T::list(versions.after));
    let chain = order.of_mut(T::KIND);
    let (positions, stays): (Vec<usize>, Vec<usize>) = matching.pairs().unzip();
    let id = |before: usize| Some(after.get(matching.after(before)?)?.id().clone());
    let mut previous = None;
    for ((from, to), moves) in positions.iter().copied().zip(stays).zip(movers(&positions)) {
        if moves && let Some(id_moved) = id(from) {
            let was = Place { index: from, after: chain.before(from).and_then(id) };
            chain.take(from);
            chain.put(from, previous);
            let is = Place { index: to, after: previous.and_then(id) };
            changes.push(T::change(ItemChange::Moved { id: id_moved, from: was, to: is }));
        }
        previous = Some(from);
    }
}

/// Returns the column of a hypothesis in these rows.
fn column(
    scenario: &Scenario,
    rows: impl Iterator<Item = RowRef>,
    hypothesis: usize,
) -> Vec<(<Hypothesis as Listed>::Across, Cell)> {
    let cell = |(kind, at): RowRef| {
        let cell = scenario.row(kind, at)?.get(hypothesis)?.clone();
        Some((scenario.row_id(kind, at)?, cell))
    };
    rows.filter_map(cell).collect()
}

/// Returns the outcome's `hypothesis` as the field stores it.
fn as_outcome(list: Option<&[String]>) -> Option<Value> {
    list.map(Value::text_or_list)
}

fn true_step(step: &Step<'_, Scenario>) -> Change {
    let edit = Edit::new(as_outcome(step.before.as_deref()), as_outcome(step.after.as_deref()));
    Change::Scenario(ScenarioChange::FieldSet { field: ScenarioField::OutcomeHypothesis, edit })
}

/// Returns the changes of a field that these steps are.
fn steps<'t, T: Listed>(steps: &'t [Step<'_, T>], field: T::Field) -> impl Iterator<Item = Change> + 't {
    steps.iter().map(move |step| {
        relisted::<T>(step.holder.id(), field, step.before.as_deref(), step.after.as_deref())
    })
}

/// Returns the item with its accompanying changes applied.
fn with<'s, T: Listed, V>(item: &'s T, now: Option<&V>, put: impl FnOnce(&mut T, &V)) -> Cow<'s, T> {
    match now {
        None => Cow::Borrowed(item),
        Some(now) => {
            let mut item = item.bare();
            put(&mut item, now);
            Cow::Owned(item)
        }
    }
}

/// Adds the changes of fields and conflicts.
fn contents<T: Listed>(before: &T, after: &T, changes: &mut Vec<Change>) {
    if before.same_content(after) {
        return;
    }
    changes.extend(field_changes(before, after));
    if before.conflict() != after.conflict() {
        let edit = Edit::new(before.conflict().cloned(), after.conflict().cloned());
        changes.push(T::change(ItemChange::ConflictSet { id: after.id().clone(), edit }));
    }
}

/// Returns the positions (after, before) of the hypotheses of both versions for which the row has a cell in
/// either, in the new order.
fn crossings(hypotheses: &Matching, before: &Row, after: &Row) -> Vec<(usize, usize)> {
    let was = before.iter().filter_map(|(at, _)| Some((hypotheses.after(at)?, at)));
    let is = after.iter().filter_map(|(at, _)| Some((at, hypotheses.before(at)?)));
    let mut crossings: Vec<_> = was.chain(is).collect();
    crossings.sort_unstable();
    crossings.dedup();
    crossings
}
