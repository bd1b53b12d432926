//! Puts the changes in sequence, so that each applies to the result of those before it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::list::{Lists, Pair, Step};
use super::order::{Chain, movers};
use super::{Matching, Versions};
use crate::change::reference::{indicator_removed, pointing, relisted};
use crate::change::{CellChange, Change, Edit, Entry, ItemChange, Listed, Place, ScenarioChange};
use crate::scenario::{
    Cell, Contested, Estimate, Evidence, EvidenceField, EvidenceId, Fielded, Hypothesis, Indicator, Item,
    ItemKind, Row, RowId, Scenario, ScenarioField, Source, SourceField, Value,
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
    hypotheses: Chain,
    sources: Chain,
    evidence: Chain,
    indicators: Chain,
    estimates: Chain,
    changes: Vec<Change>,
}

impl<'v, 's> Sequence<'v, 's> {
    fn new(versions: &'v Versions<'s>) -> Self {
        let (before, after) = (versions.before, versions.after);
        let steered = both(&versions.sources, &before.sources, &after.sources).map(|(at, holder, source)| {
            let (before, after) = (holder.controlled_by.as_deref(), source.controlled_by.as_deref());
            Pair { at, holder, own: None, before, after }
        });
        let cited = both(&versions.evidence, &before.evidence, &after.evidence).map(|(at, holder, item)| {
            let (before, after) = (holder.source.as_deref(), item.source.as_deref());
            Pair { at, holder, own: None, before, after }
        });
        let resting =
            both(&versions.evidence, &before.evidence, &after.evidence).map(|(at, holder, item)| {
                let (before, after) = (holder.rests_on.as_deref(), item.rests_on.as_deref());
                Pair { at, holder, own: Some(holder.id.as_str()), before, after }
            });
        let true_ones = {
            let list = |version: &'s Scenario| version.outcome.hypothesis.as_deref();
            std::iter::once(Pair {
                at: 0,
                holder: before,
                own: None,
                before: list(before),
                after: list(after),
            })
        };
        let gone_evidence = versions.evidence.removed(&before.evidence);
        let gone_evidence = gone_evidence.map(|(_, item)| item.id.as_str()).collect();
        let gone_hypotheses = versions.hypotheses.removed(&before.hypotheses);
        let gone_hypotheses = gone_hypotheses.map(|(_, hypothesis)| hypothesis.id.as_str()).collect();
        let gone_sources = versions.sources.removed(&before.sources);
        let gone_sources = gone_sources.map(|(_, source)| source.id.as_str()).collect();
        Self {
            versions,
            before,
            after,
            steered: Lists::new(steered, &gone_hypotheses, &versions.new_hypothesis_ids()),
            cited: Lists::new(cited, &gone_sources, &versions.new_source_ids()),
            resting: Lists::new(resting, &gone_evidence, &versions.new_evidence_ids()),
            pointing: HashMap::new(),
            true_ones: Lists::new(true_ones, &gone_hypotheses, &versions.new_hypothesis_ids()),
            hypotheses: Chain::ascending(before.hypotheses.len()),
            sources: Chain::ascending(before.sources.len()),
            evidence: Chain::ascending(before.evidence.len()),
            indicators: Chain::ascending(before.indicators.len()),
            estimates: Chain::ascending(before.estimates.len()),
            changes: Vec::new(),
        }
    }

    /// Removes items under their old ids: evidence with whole rows first, hypotheses last with the rest of
    /// their columns.
    fn removals(&mut self) {
        let (versions, before, after) = (self.versions, self.before, self.after);
        for (at, item) in versions.evidence.removed(&before.evidence) {
            let along = self.resting.leave(item.id.as_str()).iter().map(resting_step).collect();
            let place = leave(&before.evidence, &mut self.evidence, at);
            self.changes.push(removed(item, place, Evidence::cells(before, at), along));
        }
        for (at, source) in versions.sources.removed(&before.sources) {
            let along = self.cited.leave(source.id.as_str()).iter().map(cited_step).collect();
            let place = leave(&before.sources, &mut self.sources, at);
            self.changes.push(removed(source, place, Vec::new(), along));
        }
        for (at, estimate) in versions.estimates.removed(&before.estimates) {
            let place = leave(&before.estimates, &mut self.estimates, at);
            self.changes.push(removed(estimate, place, Estimate::cells(before, at), Vec::new()));
        }
        let gone: HashSet<&str> =
            versions.hypotheses.removed(&before.hypotheses).map(|(_, h)| h.id.as_str()).collect();
        // An indicator without ratings may be removed with its hypothesis.
        let mut following: HashMap<&str, Vec<(usize, &Indicator)>> = HashMap::new();
        for (at, indicator) in versions.indicators.removed(&before.indicators) {
            let hypothesis = indicator.hypothesis.as_deref().filter(|_| indicator.is_bare());
            match hypothesis.filter(|id| gone.contains(id)) {
                Some(hypothesis) => following.entry(hypothesis).or_default().push((at, indicator)),
                None => {
                    let place = leave(&before.indicators, &mut self.indicators, at);
                    self.changes.push(removed(indicator, place, Indicator::cells(before, at), Vec::new()));
                }
            }
        }
        for (at, hypothesis) in versions.hypotheses.removed(&before.hypotheses) {
            let id = hypothesis.id.as_str();
            let mut along = Vec::new();
            for (at, indicator) in following.remove(id).into_iter().flatten() {
                let place = leave(&before.indicators, &mut self.indicators, at);
                along.push(indicator_removed(indicator, place, Vec::new()));
            }
            along.extend(self.steered.leave(id).iter().map(steered_step));
            for (at, old, new) in both(&versions.indicators, &before.indicators, &after.indicators) {
                if old.hypothesis.as_deref() == Some(id) && new.hypothesis.is_none() {
                    along.push(pointing(&old.id, id, None));
                    self.pointing.insert(at, None);
                }
            }
            along.extend(self.true_ones.leave(id).iter().map(true_step));
            let stays = |row: &RowRef| versions.matching(row.0).after(row.1).is_some();
            let cells = column(before, rows(before).filter(stays), at);
            let place = leave(&before.hypotheses, &mut self.hypotheses, at);
            self.changes.push(removed(hypothesis, place, cells, along));
        }
    }

    /// Renames items. An owner of a reference is named by its old id, since its own rename comes later.
    fn renamings(&mut self) {
        let (versions, before, after) = (self.versions, self.before, self.after);
        for (from, to) in versions.hypotheses.renamed_items(&before.hypotheses, &after.hypotheses) {
            let mut along: Vec<_> =
                self.steered.follow(from.id.as_str(), to.id.as_str()).iter().map(steered_step).collect();
            for (at, old, new) in both(&versions.indicators, &before.indicators, &after.indicators) {
                if old.hypothesis.as_deref() == Some(from.id.as_str())
                    && new.hypothesis.as_deref() == Some(to.id.as_str())
                {
                    along.push(pointing(&old.id, from.id.as_str(), Some(to.id.as_str())));
                    self.pointing.insert(at, Some(to.id.as_str()));
                }
            }
            along.extend(self.true_ones.follow(from.id.as_str(), to.id.as_str()).iter().map(true_step));
            self.changes.push(rename(from, to, along));
        }
        for (from, to) in versions.sources.renamed_items(&before.sources, &after.sources) {
            let steps = self.cited.follow(from.id.as_str(), to.id.as_str());
            self.changes.push(rename(from, to, steps.iter().map(cited_step).collect()));
        }
        let mut renamed: HashMap<&EvidenceId, &EvidenceId> = HashMap::new();
        for (from, to) in versions.evidence.renamed_items(&before.evidence, &after.evidence) {
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
        for (from, to) in versions.indicators.renamed_items(&before.indicators, &after.indicators) {
            self.changes.push(rename(from, to, Vec::new()));
        }
        for (from, to) in versions.estimates.renamed_items(&before.estimates, &after.estimates) {
            self.changes.push(rename(from, to, Vec::new()));
        }
    }

    /// Moves the items of both versions into the new order.
    fn moves(&mut self) {
        let (versions, after) = (self.versions, self.after);
        let changes = &mut self.changes;
        moved(&versions.hypotheses, &after.hypotheses, &mut self.hypotheses, changes);
        moved(&versions.sources, &after.sources, &mut self.sources, changes);
        moved(&versions.evidence, &after.evidence, &mut self.evidence, changes);
        moved(&versions.indicators, &after.indicators, &mut self.indicators, changes);
        moved(&versions.estimates, &after.estimates, &mut self.estimates, changes);
    }

    /// Adds items: hypotheses first, with their columns for the existing rows, then evidence with whole rows.
    fn additions(&mut self) {
        let (versions, after) = (self.versions, self.after);
        for (at, hypothesis) in versions.hypotheses.added(&after.hypotheses) {
            let is_there = |row: &RowRef| versions.matching(row.0).before(row.1).is_some();
            let cells = column(after, rows(after).filter(is_there), at);
            self.changes.push(added(&after.hypotheses, hypothesis, at, cells));
        }
        for (at, source) in versions.sources.added(&after.sources) {
            self.changes.push(added(&after.sources, source, at, Vec::new()));
        }
        for (at, item) in versions.evidence.added(&after.evidence) {
            self.changes.push(added(&after.evidence, item, at, Evidence::cells(after, at)));
        }
        for (at, indicator) in versions.indicators.added(&after.indicators) {
            self.changes.push(added(&after.indicators, indicator, at, Indicator::cells(after, at)));
        }
        for (at, estimate) in versions.estimates.added(&after.estimates) {
            self.changes.push(added(&after.estimates, estimate, at, Estimate::cells(after, at)));
        }
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
        for (_, old, new) in both(&versions.hypotheses, &before.hypotheses, &after.hypotheses) {
            contents(old, new, &mut self.changes);
        }
        for (at, old, new) in both(&versions.sources, &before.sources, &after.sources) {
            let old = with(old, self.steered.now(at), |source, list| source.controlled_by = list.clone());
            contents(old.as_ref(), new, &mut self.changes);
        }
        for (at, old, new) in both(&versions.evidence, &before.evidence, &after.evidence) {
            let old = with(old, self.cited.now(at), |item, list| item.source = list.clone());
            let old = with(old.as_ref(), self.resting.now(at), |item, list| item.rests_on = list.clone());
            contents(old.as_ref(), new, &mut self.changes);
        }
        for (at, old, new) in both(&versions.indicators, &before.indicators, &after.indicators) {
            let old = with(old, self.pointing.get(&at), |indicator, id| {
                indicator.hypothesis = id.map(str::to_owned)
            });
            contents(old.as_ref(), new, &mut self.changes);
        }
        for (_, old, new) in both(&versions.estimates, &before.estimates, &after.estimates) {
            contents(old, new, &mut self.changes);
        }
    }

    /// Changes the cells where a row and a hypothesis of both versions cross.
    fn cells(&mut self) {
        let (versions, before, after) = (self.versions, self.before, self.after);
        self.row_cells(&versions.evidence, &before.evidence, &after.evidence);
        self.row_cells(&versions.indicators, &before.indicators, &after.indicators);
        self.row_cells(&versions.estimates, &before.estimates, &after.estimates);
    }

    fn row_cells<T: Item>(&mut self, matching: &Matching, before: &'s [T], after: &'s [T]) {
        let hypotheses = &self.versions.hypotheses;
        let same_columns = hypotheses.is_identity();
        let blank = Cell::default();
        for (_, old, new) in both(matching, before, after) {
            let (Some(row), Some(was), Some(is)) = (new.row_id(), old.row(), new.row()) else { continue };
            if same_columns && was == is {
                continue;
            }
            for (at, at_before) in crossings(hypotheses, was, is) {
                if let Some(hypothesis) = self.after.hypotheses.get(at) {
                    let cells = [was.get(at_before), is.get(at)].map(|cell| cell.unwrap_or(&blank));
                    cell(&row, hypothesis, cells, &mut self.changes);
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

/// Returns the items of both versions, as (old position, old item, new item) in the new order.
fn both<'m, 's: 'm, T>(
    matching: &'m Matching,
    before: &'s [T],
    after: &'s [T],
) -> impl Iterator<Item = (usize, &'s T, &'s T)> + use<'m, 's, T> {
    matching.pairs().filter_map(|(from, to)| Some((from, before.get(from)?, after.get(to)?)))
}

/// Removes an item from its chain and returns its place.
fn leave<T: Item>(list: &[T], chain: &mut Chain, at: usize) -> Place<T::Id> {
    let after = chain.before(at).and_then(|before| list.get(before)).map(|item| item.id().clone());
    chain.take(at);
    Place { index: at, after }
}

fn removed<T: Listed>(
    item: &T,
    at: Place<T::Id>,
    cells: Vec<(T::Across, Cell)>,
    along: Vec<Change>,
) -> Change {
    T::change(ItemChange::Removed(Box::new(Entry { item: item.bare(), at, cells, along })))
}

/// When an item is added, everything before it in the new version is already there.
fn added<T: Listed>(list: &[T], item: &T, index: usize, cells: Vec<(T::Across, Cell)>) -> Change {
    let before = index.checked_sub(1).and_then(|before| list.get(before));
    let at = Place { index, after: before.map(|item| item.id().clone()) };
    T::change(ItemChange::Added(Box::new(Entry { item: item.bare(), at, cells, along: Vec::new() })))
}

fn rename<T: Listed>(from: &T, to: &T, along: Vec<Change>) -> Change {
    T::change(ItemChange::Renamed { from: from.id().clone(), to: to.id().clone(), along })
}

fn moved<T: Listed>(matching: &Matching, after: &[T], chain: &mut Chain, changes: &mut Vec<Change>) {
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

fn steered_step(step: &Step<'_, Source>) -> Change {
    step_of(step, SourceField::ControlledBy)
}

fn cited_step(step: &Step<'_, Evidence>) -> Change {
    step_of(step, EvidenceField::Source)
}

fn resting_step(step: &Step<'_, Evidence>) -> Change {
    step_of(step, EvidenceField::RestsOn)
}

fn step_of<T: Listed>(step: &Step<'_, T>, field: T::Field) -> Change {
    relisted::<T>(step.holder.id(), field, step.before.as_deref(), step.after.as_deref())
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
    let edits = T::FIELDS.iter().map(|field| (*field, Edit::new(before.field(*field), after.field(*field))));
    let mut edits: Vec<_> = edits.filter(|(_, edit)| edit.before != edit.after).collect();
    go_before_come::<T>(&mut edits);
    for (field, edit) in edits {
        changes.push(T::change(ItemChange::FieldSet { id: after.id().clone(), field, edit }));
    }
    if before.conflict() != after.conflict() {
        let edit = Edit::new(before.conflict().cloned(), after.conflict().cloned());
        changes.push(T::change(ItemChange::ConflictSet { id: after.id().clone(), edit }));
    }
}

/// Orders the edits so that, of two fields that exclude each other, the removed one comes first.
fn go_before_come<T: Item>(edits: &mut [(T::Field, Edit<Value>)]) {
    for at in 1..edits.len() {
        let swap = edits.get(at).and_then(|(field, edit)| {
            let rival = T::rival(*field).filter(|_| edit.after.is_none())?;
            edits.iter().take(at).position(|(field, _)| *field == rival)
        });
        if let Some(earlier) = swap {
            edits.swap(earlier, at);
        }
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

/// Adds the changes of a cell, part by part.
fn cell(row: &RowId, hypothesis: &Hypothesis, [before, after]: [&Cell; 2], changes: &mut Vec<Change>) {
    let mut push = |change| {
        changes.push(Change::Cell { row: row.clone(), hypothesis: hypothesis.id.clone(), change });
    };
    if before.rating != after.rating {
        push(CellChange::Rating(Edit::new(before.rating, after.rating)));
    }
    if before.confidence != after.confidence {
        push(CellChange::Confidence(Edit::new(before.confidence, after.confidence)));
    }
    if before.note() != after.note() {
        let note = |cell: &Cell| cell.note().map(str::to_owned);
        push(CellChange::Note(Edit::new(note(before), note(after))));
    }
    if before.probability() != after.probability() {
        push(CellChange::Probability(Edit::new(before.probability(), after.probability())));
    }
    if before.conflict() != after.conflict() {
        push(CellChange::Conflict(Edit::new(before.conflict().cloned(), after.conflict().cloned())));
    }
}
