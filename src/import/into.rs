//! The way back: a sheet that a colleague edited, brought into the scenario that it came from.
//!
//! Returns the scenario as it should be; whoever compares the two has the changes. Only what the sheet can carry is
//! touched. Must never know changes or the file.

use std::collections::{HashMap, HashSet};
use std::marker::PhantomData;

use super::name::Ids;
use super::{Assumption, Extent, Imported};
use crate::scenario::{
    Cell, Estimate, Evidence, EvidenceField, EvidenceId, Fielded, Hypothesis, HypothesisId, Indicator, Item,
    ItemKind, Row, Scenario, Source, SourceId, Value, by_kind,
};
use crate::text::{sanitize_lines, single_line};

/// A scenario with a sheet brought in.
#[derive(Clone, Debug, Default)]
pub struct Rejoined {
    /// The scenario as the sheet wants it.
    pub wanted: Scenario,
    /// The items and hypotheses that the sheet no longer has, though it would have.
    pub missing: Vec<(ItemKind, String)>,
    /// Further assumptions.
    pub assumed: Vec<Assumption>,
}

/// Brings a sheet into a scenario. Items and hypotheses are matched by id, else by text or name. With `remove`, those
/// that are missing in the sheet go.
pub fn rejoin(base: &Scenario, sheet: &Imported, remove: bool) -> Rejoined {
    let mut rejoined = Rejoined { wanted: base.clone(), ..Rejoined::default() };
    let columns = rejoined.hypotheses(base, sheet);
    let rows = rejoined.items(base, sheet);
    rejoined.sources(base, sheet, &rows);
    for (row, id) in rows.iter().enumerate() {
        let (Some(item), Some(at)) =
            (sheet.scenario.evidence.get(row), rejoined.wanted.position::<Evidence>(id))
        else {
            continue;
        };
        rejoined.cells(at, item, &columns, sheet);
    }
    if sheet.has.lists != Extent::None {
        rejoined.lists(&sheet.scenario, sheet.has.lists);
    }
    rejoined.missing(base, &columns, &rows, sheet);
    if remove {
        rejoined.remove();
    }
    rejoined
}

impl Rejoined {
    /// Matches hypotheses and adds new ones; returns their ids here, in the order of the sheet.
    fn hypotheses(&mut self, base: &Scenario, sheet: &Imported) -> Vec<HypothesisId> {
        let mut free = Unmatched::new(&base.hypotheses, |hypothesis| &hypothesis.name);
        let listed = &sheet.scenario.hypotheses;
        let matched: Vec<Option<usize>> =
            free.matches(listed, sheet.has.hypothesis_ids, |hypothesis| &hypothesis.name);
        let mut ids = Ids::without(base.hypotheses.iter().map(|hypothesis| hypothesis.id.as_str()));
        let mut columns: Vec<HypothesisId> = Vec::new();
        for (hypothesis, matched) in listed.iter().zip(matched) {
            match matched.and_then(|at| base.hypotheses.get(at)) {
                Some(old) => {
                    let named = sheet.has.hypothesis_names && !looks_alike(&old.name, &hypothesis.name);
                    if named
                        && let Some(wanted) =
                            self.wanted.hypotheses.iter_mut().find(|wanted| wanted.id == old.id)
                    {
                        wanted.name.clone_from(&hypothesis.name);
                    }
                    columns.push(old.id.clone());
                }
                None => {
                    let id = HypothesisId::parse(&ids.free(hypothesis.id.to_string()));
                    let mut new = hypothesis.clone();
                    new.id = id.unwrap_or(new.id);
                    let after = columns.last().and_then(|last| self.wanted.position::<Hypothesis>(last));
                    let at = after.map_or(usize::MAX, |at| at + 1);
                    columns.push(new.id.clone());
                    self.wanted.insert(at, new);
                }
            }
        }
        columns
    }

    /// Matches items, sets their fields and adds new ones; returns their ids here, in the order of the sheet.
    fn items(&mut self, base: &Scenario, sheet: &Imported) -> Vec<EvidenceId> {
        let mut free = Unmatched::new(&base.evidence, |item| &item.text);
        let listed = &sheet.scenario.evidence;
        let matched = free.matches(listed, sheet.has.item_ids, |item| &item.text);
        let mut ids = Ids::without(base.evidence.iter().map(|item| item.id.as_str()));
        let mut rows: Vec<EvidenceId> = Vec::new();
        let mut at_of: HashMap<EvidenceId, usize> =
            self.wanted.evidence.iter().enumerate().map(|(at, item)| (item.id.clone(), at)).collect();
        let mut added = Vec::new();
        for (item, matched) in listed.iter().zip(matched) {
            match matched.and_then(|at| base.evidence.get(at)) {
                Some(old) => {
                    if let Some(wanted) = at_of.get(&old.id).and_then(|at| self.wanted.evidence.get_mut(*at))
                    {
                        set_fields(wanted, item, &sheet.fields, Extent::All);
                    }
                    rows.push(old.id.clone());
                }
                None => {
                    let mut new = item.bare();
                    new.id = EvidenceId::parse(&ids.free(item.id.to_string())).unwrap_or(new.id);
                    let after = rows.last().cloned();
                    rows.push(new.id.clone());
                    added.push((after, new));
                }
            }
        }
        for (after, new) in added {
            let at = after.and_then(|after| at_of.get(&after).copied()).map_or(usize::MAX, |at| at + 1);
            let at = at.min(self.wanted.evidence.len());
            at_of.values_mut().filter(|other| **other >= at).for_each(|other| *other += 1);
            at_of.insert(new.id.clone(), at);
            self.wanted.insert(at, new);
        }
        rows
    }

    /// Makes sources that the sheet cites by name the ids of declared ones, and declares new ones.
    fn sources(&mut self, base: &Scenario, sheet: &Imported, rows: &[EvidenceId]) {
        if base.sources.is_empty() || !sheet.fields.contains(&EvidenceField::Source) {
            return;
        }
        let rows: HashSet<&EvidenceId> = rows.iter().collect();
        let mut ids = Ids::without(base.sources.iter().map(|source| source.id.as_str()));
        let wanted = &mut self.wanted;
        for item in wanted.evidence.iter_mut().filter(|item| rows.contains(&item.id)) {
            for cited in item.source.iter_mut().flatten() {
                let is_it = |source: &&Source| {
                    source.id.as_str() == cited || source.name.trim().eq_ignore_ascii_case(cited.trim())
                };
                if let Some(known) = wanted.sources.iter().find(is_it) {
                    cited.clear();
                    cited.push_str(known.id.as_str());
                    continue;
                }
                let Some(id) = SourceId::parse(&ids.make(cited, 's', wanted.sources.len() + 1)) else {
                    continue;
                };
                self.assumed.push(Assumption {
                    what: format!("the source \"{cited}\" of \"{}\"", item.id),
                    place: super::ImportPlace::default(),
                    reading: format!("a new source \"{id}\""),
                });
                wanted.sources.push(Source::new(id.clone(), cited.as_str()));
                id.as_str().clone_into(cited);
            }
        }
    }

    fn cells(&mut self, at: usize, item: &Evidence, columns: &[HypothesisId], sheet: &Imported) {
        for (column, id) in columns.iter().enumerate() {
            let Some(hypothesis) = self.wanted.position::<Hypothesis>(id) else { continue };
            let Some(wanted) = self.wanted.evidence.get_mut(at) else { return };
            let mut cell = wanted.ratings.get(hypothesis).cloned().unwrap_or_default();
            let new = item.ratings.get(column).cloned().unwrap_or_default();
            if cell.rating != new.rating {
                cell.rating = new.rating;
                // Without a rating there is nothing to be sure of.
                cell.confidence = cell.confidence.filter(|_| new.rating.is_some());
            }
            if sheet.has.confidences {
                cell.confidence = new.confidence;
            }
            take_note(&mut cell, &new, sheet.has.notes);
            wanted.ratings.set(hypothesis, cell);
        }
    }

    /// Sets what the sheet says besides the matrix.
    fn lists(&mut self, sheet: &Scenario, extent: Extent) {
        set_fields(&mut self.wanted, sheet, Scenario::FIELDS, extent);
        self.list::<Hypothesis>(sheet, extent);
        self.list::<Source>(sheet, extent);
        self.list::<Indicator>(sheet, extent);
        self.list::<Estimate>(sheet, extent);
    }

    fn list<T: Item>(&mut self, sheet: &Scenario, extent: Extent) {
        for item in T::list(sheet) {
            let at = match self.wanted.position::<T>(item.id()) {
                Some(at) => at,
                None if T::KIND == ItemKind::Hypothesis => continue,
                None => {
                    self.wanted.insert(usize::MAX, item.bare());
                    T::list(&self.wanted).len() - 1
                }
            };
            let cells = item.row().into_iter().flat_map(Row::iter).filter_map(|(column, cell)| {
                let hypothesis = sheet.hypotheses.get(column)?;
                Some((self.wanted.position::<Hypothesis>(&hypothesis.id)?, cell.clone()))
            });
            let row = Row::from_cells(cells);
            let Some(wanted) = T::list_mut(&mut self.wanted).get_mut(at) else { continue };
            set_fields(wanted, item, T::FIELDS, extent);
            if extent == Extent::All
                && let Some(cells) = wanted.row_mut()
            {
                *cells = row;
            }
        }
        if extent == Extent::All && T::KIND != ItemKind::Hypothesis {
            let listed: HashSet<&str> = T::list(sheet).iter().map(|item| item.id().as_ref()).collect();
            let ids =
                T::list(&self.wanted).iter().map(|item| item.id().as_ref()).filter(|id| !listed.contains(id));
            let gone: Vec<(ItemKind, String)> = ids.map(|id| (T::KIND, id.to_owned())).collect();
            self.missing.extend(gone);
        }
    }

    /// Names what is gone. An item that would not have been exported is not.
    fn missing(&mut self, base: &Scenario, columns: &[HypothesisId], rows: &[EvidenceId], sheet: &Imported) {
        let rows: HashSet<&str> = rows.iter().map(EvidenceId::as_str).collect();
        let columns: HashSet<&str> = columns.iter().map(HypothesisId::as_str).collect();
        let withheld =
            if sheet.fields.contains(&EvidenceField::Status) { HashSet::new() } else { withheld(base) };
        let gone = |id: &&str| !rows.contains(id) && !withheld.contains(id);
        let hypotheses = base.hypotheses.iter().map(|h| h.id.as_str()).filter(|id| !columns.contains(id));
        let items = base.evidence.iter().map(|item| item.id.as_str()).filter(gone);
        self.missing.extend(hypotheses.map(|id| (ItemKind::Hypothesis, id.to_owned())));
        self.missing.extend(items.map(|id| (ItemKind::Evidence, id.to_owned())));
    }

    /// Takes out what is missing, with the references to it.
    fn remove(&mut self) {
        fn take<T: Item>(wanted: &mut Scenario, id: &str) {
            if let Some(at) = T::list(wanted).iter().position(|item| item.id().as_ref() == id) {
                wanted.remove::<T>(at);
            }
        }
        let wanted = &mut self.wanted;
        for (kind, id) in &self.missing {
            by_kind!(*kind, take(wanted, id));
            match kind {
                ItemKind::Hypothesis => {
                    // What names it goes with it, as when it is removed by hand.
                    wanted.indicators.retain(|indicator| indicator.hypothesis.as_deref() != Some(id));
                    wanted.sources.iter_mut().for_each(|source| leave(&mut source.controlled_by, id));
                }
                ItemKind::Evidence => {
                    wanted.evidence.iter_mut().for_each(|item| leave(&mut item.rests_on, id))
                }
                ItemKind::Source => wanted.evidence.iter_mut().for_each(|item| leave(&mut item.source, id)),
                ItemKind::Indicator | ItemKind::Estimate => {}
            }
        }
    }
}

/// Takes an id out of a list; an empty list is none.
fn leave(list: &mut Option<Vec<String>>, id: &str) {
    if let Some(ids) = list {
        ids.retain(|other| other != id);
    }
    list.take_if(|ids| ids.is_empty());
}

/// The items of a scenario that do not count, and that a table without their status therefore does not have.
fn withheld(base: &Scenario) -> HashSet<&str> {
    let mut withheld: HashSet<&str> =
        base.evidence.iter().filter(|item| item.is_withdrawn()).map(|item| item.id.as_str()).collect();
    loop {
        let rests = |item: &&Evidence| item.premises().iter().any(|id| withheld.contains(id.as_str()));
        let more: Vec<&str> = base.evidence.iter().filter(rests).map(|item| item.id.as_str()).collect();
        let before = withheld.len();
        withheld.extend(more);
        if withheld.len() == before {
            return withheld;
        }
    }
}

fn take_note(cell: &mut Cell, new: &Cell, notes: Extent) {
    let is_same = cell.note().zip(new.note()).is_some_and(|(old, new)| looks_alike(old, new));
    match notes {
        Extent::None => {}
        Extent::Some if new.note().is_none() => {}
        Extent::Some | Extent::All => {
            if !is_same {
                cell.set_note(new.note().map(str::to_owned));
            }
        }
    }
}

/// Sets the fields that the sheet carries and that differ in it. Of some, those that are absent stay.
fn set_fields<T: Fielded>(wanted: &mut T, sheet: &T, fields: &[T::Field], extent: Extent) {
    for field in fields {
        let (old, new) = (wanted.field(*field), sheet.field(*field));
        if extent == Extent::Some && new.is_none() {
            continue;
        }
        let is_same = match (entries(old.as_ref()), entries(new.as_ref())) {
            (Some(old), Some(new)) => {
                old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| looks_alike(old, new))
            }
            _ => old == new,
        };
        if !is_same {
            // Infallible: the value comes from the same field.
            let _ = wanted.set_field(*field, new);
        }
    }
}

/// The texts of a value as a sheet has them: without those that cannot be seen, a single text being a list of one.
/// `None` for what is not a text.
fn entries(value: Option<&Value>) -> Option<Vec<String>> {
    let texts = match value {
        None => Vec::new(),
        Some(Value::Text(text)) => vec![text.clone()],
        Some(Value::List(list)) => list.clone(),
        Some(Value::Number(_) | Value::Flag(_) | Value::Date(_)) => return None,
    };
    let texts = texts.into_iter().map(|text| text.replace(';', ","));
    Some(texts.filter(|text| !text.trim().is_empty()).collect())
}

/// Whether a text could have become the other by being written to a sheet: spaces, line breaks and hidden characters
/// may not survive.
fn looks_alike(text: &str, sheet: &str) -> bool {
    text == sheet || {
        let plain =
            |text: &str| single_line(&sanitize_lines(text)).split_whitespace().collect::<Vec<_>>().join(" ");
        plain(text) == plain(sheet)
    }
}

/// The things of a scenario that no row or column of the sheet has been matched with.
struct Unmatched<'s, T: Item> {
    by_id: HashMap<&'s str, usize>,
    by_text: HashMap<&'s str, Vec<usize>>,
    taken: HashSet<usize>,
    kind: PhantomData<T>,
}

impl<'s, T: Item> Unmatched<'s, T> {
    fn new(list: &'s [T], text: fn(&T) -> &String) -> Self {
        let mut by_text: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, item) in list.iter().enumerate().rev() {
            by_text.entry(text(item).trim()).or_default().push(at);
        }
        let by_id = list.iter().enumerate().map(|(at, item)| (item.id().as_ref(), at)).collect();
        Self { by_id, by_text, taken: HashSet::new(), kind: PhantomData }
    }

    /// The position of the thing that each of these is: first by id, where ids are written, then by text.
    fn matches(&mut self, sheet: &[T], has_ids: bool, text: fn(&T) -> &String) -> Vec<Option<usize>> {
        let mut found: Vec<Option<usize>> = vec![None; sheet.len()];
        for (item, found) in sheet.iter().zip(&mut found).filter(|_| has_ids) {
            *found = self.by_id.get(item.id().as_ref()).copied().filter(|at| self.taken.insert(*at));
        }
        for (item, found) in sheet.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let same = self.by_text.get_mut(text(item).trim());
            *found = same.and_then(|list| {
                list.retain(|at| !self.taken.contains(at));
                list.pop()
            });
            self.taken.extend(*found);
        }
        found
    }
}
