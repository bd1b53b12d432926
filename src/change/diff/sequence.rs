//! Telling the changes, each so that it applies to what those before it have left.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::list::{Lists, Pair, Step};
use super::order::{Chain, movers};
use super::{Matching, Versions};
use crate::change::reference::{indicator_removed, pointing, relisted};
use crate::change::{CellChange, Change, Edit, Entry, ItemChange, Listed, Place, ScenarioChange};
use crate::scenario::{
    Cell, Contested, Evidence, EvidenceField, EvidenceId, Fielded, Hypothesis, Indicator, Item, Row,
    Scenario, ScenarioField, Source, SourceField, Value,
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

/// The changes told so far, and what they have left.
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
    /// The `hypothesis` of indicators, where it has followed a new id: by position before.
    pointing: HashMap<usize, &'s str>,
    /// The lists as they stand, by positions before.
    hypotheses: Chain,
    sources: Chain,
    evidence: Chain,
    indicators: Chain,
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
            hypotheses: Chain::ascending(before.hypotheses.len()),
            sources: Chain::ascending(before.sources.len()),
            evidence: Chain::ascending(before.evidence.len()),
            indicators: Chain::ascending(before.indicators.len()),
            changes: Vec::new(),
        }
    }

    /// Removes items under their old ids: evidence with whole rows first, hypotheses last with the rest of their
    /// columns.
    fn removals(&mut self) {
        let (versions, before) = (self.versions, self.before);
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
        let gone: HashSet<&str> =
            versions.hypotheses.removed(&before.hypotheses).map(|(_, h)| h.id.as_str()).collect();
        let mut following: HashMap<&str, Vec<(usize, &Indicator)>> = HashMap::new();
        for (at, indicator) in versions.indicators.removed(&before.indicators) {
            match indicator.hypothesis.as_deref().filter(|id| gone.contains(id)) {
                Some(hypothesis) => following.entry(hypothesis).or_default().push((at, indicator)),
                None => {
                    let place = leave(&before.indicators, &mut self.indicators, at);
                    self.changes.push(indicator_removed(indicator, place));
                }
            }
        }
        for (at, hypothesis) in versions.hypotheses.removed(&before.hypotheses) {
            let id = hypothesis.id.as_str();
            let mut along = Vec::new();
            for (at, indicator) in following.remove(id).into_iter().flatten() {
                let place = leave(&before.indicators, &mut self.indicators, at);
                along.push(indicator_removed(indicator, place));
            }
            along.extend(self.steered.leave(id).iter().map(steered_step));
            let stays = |row: &usize| versions.evidence.after(*row).is_some();
            let cells = column(before, (0..before.evidence.len()).filter(stays), at);
            let place = leave(&before.hypotheses, &mut self.hypotheses, at);
            self.changes.push(removed(hypothesis, place, cells, along));
        }
    }

    /// New ids. What refers to an item is named by its own old id, since it is renamed later, if at all.
    fn renamings(&mut self) {
        let (versions, before, after) = (self.versions, self.before, self.after);
        for (from, to) in versions.hypotheses.renamed_items(&before.hypotheses, &after.hypotheses) {
            let mut along: Vec<_> =
                self.steered.follow(from.id.as_str(), to.id.as_str()).iter().map(steered_step).collect();
            for (at, old, new) in both(&versions.indicators, &before.indicators, &after.indicators) {
                if old.hypothesis.as_deref() == Some(from.id.as_str())
                    && new.hypothesis.as_deref() == Some(to.id.as_str())
                {
                    along.push(pointing(&old.id, from.id.as_str(), to.id.as_str()));
                    self.pointing.insert(at, to.id.as_str());
                }
            }
            self.changes.push(rename(from, to, along));
        }
        for (from, to) in versions.sources.renamed_items(&before.sources, &after.sources) {
            let steps = self.cited.follow(from.id.as_str(), to.id.as_str());
            self.changes.push(rename(from, to, steps.iter().map(cited_step).collect()));
        }
        let mut renamed: HashMap<&EvidenceId, &EvidenceId> = HashMap::new();
        for (from, to) in versions.evidence.renamed_items(&before.evidence, &after.evidence) {
            // What holds a reference may have its own new id by now.
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
    }

    /// Moves the items of both versions into the order after.
    fn moves(&mut self) {
        let (versions, after) = (self.versions, self.after);
        let changes = &mut self.changes;
        moved(&versions.hypotheses, &after.hypotheses, &mut self.hypotheses, changes);
        moved(&versions.sources, &after.sources, &mut self.sources, changes);
        moved(&versions.evidence, &after.evidence, &mut self.evidence, changes);
        moved(&versions.indicators, &after.indicators, &mut self.indicators, changes);
    }

    /// Adds items: hypotheses first, with their columns as far as the evidence exists, then evidence with whole rows.
    fn additions(&mut self) {
        let (versions, after) = (self.versions, self.after);
        for (at, hypothesis) in versions.hypotheses.added(&after.hypotheses) {
            let cells = column(after, versions.evidence.pairs().map(|(_, row)| row), at);
            self.changes.push(added(&after.hypotheses, hypothesis, at, cells));
        }
        for (at, source) in versions.sources.added(&after.sources) {
            self.changes.push(added(&after.sources, source, at, Vec::new()));
        }
        for (at, item) in versions.evidence.added(&after.evidence) {
            self.changes.push(added(&after.evidence, item, at, Evidence::cells(after, at)));
        }
        for (at, indicator) in versions.indicators.added(&after.indicators) {
            self.changes.push(added(&after.indicators, indicator, at, Vec::new()));
        }
    }

    /// Fields of what is in both versions, with what has been taken along taken into account.
    fn fields(&mut self) {
        let (versions, before, after) = (self.versions, self.before, self.after);
        for field in ScenarioField::ALL.iter().copied() {
            let edit = Edit::new(before.field(field), after.field(field));
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
            let old =
                with(old, self.pointing.get(&at), |indicator, id| indicator.hypothesis = Some((*id).into()));
            contents(old.as_ref(), new, &mut self.changes);
        }
    }

    /// Cells where an item and a hypothesis cross that are both in both versions.
    fn cells(&mut self) {
        let (versions, before, after) = (self.versions, self.before, self.after);
        let hypotheses = &versions.hypotheses;
        let same_columns = hypotheses.is_identity();
        let blank = Cell::default();
        for (_, old, new) in both(&versions.evidence, &before.evidence, &after.evidence) {
            if same_columns && old.ratings == new.ratings {
                continue;
            }
            for (is, was) in crossings(hypotheses, &old.ratings, &new.ratings) {
                let was = old.ratings.get(was).unwrap_or(&blank);
                if let Some(hypothesis) = after.hypotheses.get(is) {
                    let is = new.ratings.get(is).unwrap_or(&blank);
                    cell(new, hypothesis, was, is, &mut self.changes);
                }
            }
        }
    }
}

/// Items that are in both versions: position before, before, after; in the order after.
fn both<'m, 's: 'm, T>(
    matching: &'m Matching,
    before: &'s [T],
    after: &'s [T],
) -> impl Iterator<Item = (usize, &'s T, &'s T)> + use<'m, 's, T> {
    matching.pairs().filter_map(|(from, to)| Some((from, before.get(from)?, after.get(to)?)))
}

/// Takes an item out of its chain; tells where it stood.
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

/// When something comes, all that stands before it after stands before it already.
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

/// The column of a hypothesis in these rows.
fn column(
    scenario: &Scenario,
    rows: impl Iterator<Item = usize>,
    hypothesis: usize,
) -> Vec<(<Hypothesis as Listed>::Across, Cell)> {
    let cell = |row: usize| {
        let item = scenario.evidence.get(row)?;
        Some((item.id.clone(), item.ratings.get(hypothesis)?.clone()))
    };
    rows.filter_map(cell).collect()
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

/// The item as it stands after what has been taken along.
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

/// Fields that differ, and what is left to settle.
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

/// Of two fields that cannot stand beside each other, the one that goes is told first.
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

/// Columns in which a row has a cell in either version, of hypotheses that are in both: positions after and before,
/// in the order after.
fn crossings(hypotheses: &Matching, before: &Row, after: &Row) -> Vec<(usize, usize)> {
    let was = before.iter().filter_map(|(at, _)| Some((hypotheses.after(at)?, at)));
    let is = after.iter().filter_map(|(at, _)| Some((at, hypotheses.before(at)?)));
    let mut crossings: Vec<_> = was.chain(is).collect();
    crossings.sort_unstable();
    crossings.dedup();
    crossings
}

/// Adds the differences of a cell, part by part.
fn cell(item: &Evidence, hypothesis: &Hypothesis, before: &Cell, after: &Cell, changes: &mut Vec<Change>) {
    let mut push = |change| {
        let (evidence, hypothesis) = (item.id.clone(), hypothesis.id.clone());
        changes.push(Change::Cell { evidence, hypothesis, change });
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
    if before.conflict() != after.conflict() {
        push(CellChange::Conflict(Edit::new(before.conflict().cloned(), after.conflict().cloned())));
    }
}
