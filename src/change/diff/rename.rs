//! Renames: a removed item and a new one are the same if they are equal except for the id, and no other
//! removed or new item equals them.
//!
//! Equal means all fields, with references to renamed items updated, the conflicts, and the row or column
//! where it crosses items of both versions.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{NewIds, Versions};
use crate::scenario::{Cell, Estimate, Evidence, Hypothesis, Indicator, Item, Row, Scenario, Source, Value};

/// Detects renamed hypotheses. Their columns are compared on the rows of both versions.
pub(super) fn hypotheses(versions: &mut Versions<'_>) {
    let Some(mut both) = candidates::<Hypothesis>(versions) else { return };
    let after = versions.after;
    columns::<Evidence>(&mut both, versions, 0);
    columns::<Indicator>(&mut both, versions, after.evidence.len());
    columns::<Estimate>(&mut both, versions, after.evidence.len() + after.indicators.len());
    pair(versions, both);
}

/// Adds the cells of one kind of row to the columns of hypotheses. Both versions number the rows like the new
/// version, from `first`.
fn columns<'s, T: Item>(
    [gone, new]: &mut [Vec<Candidate<'s, Hypothesis>>; 2],
    versions: &Versions<'s>,
    first: usize,
) {
    let (before, after) = (T::list(versions.before), T::list(versions.after));
    let rows = versions.matchings.of(T::KIND);
    let is = |row: usize| Some((first + row, after.get(row)?.row()?));
    let was = |(at, row): (usize, usize)| Some((first + row, before.get(at)?.row()?));
    fill_columns(gone, rows.pairs().filter_map(was));
    fill_columns(new, rows.pairs().filter_map(|(_, row)| is(row)));
}

/// Adds to items the cells of their rows under hypotheses of both versions.
fn rows<'s, T: Item>([gone, new]: &mut [Vec<Candidate<'s, T>>; 2], versions: &Versions<'s>) {
    let hypotheses = &versions.matchings.hypotheses;
    let row = |version: &'s Scenario, at: usize| {
        T::list(version).get(at).and_then(Item::row).into_iter().flat_map(Row::iter)
    };
    for item in gone {
        let crossing = |(at, cell)| Some((hypotheses.after(at)?, cell));
        item.cells = row(versions.before, item.at).filter_map(crossing).collect();
        item.cells.sort_unstable_by_key(|(at, _)| *at);
    }
    for item in new {
        let crossing = |(at, _): &(usize, _)| hypotheses.before(*at).is_some();
        item.cells = row(versions.after, item.at).filter(crossing).collect();
    }
}

/// Detects renamed sources.
pub(super) fn sources(versions: &mut Versions<'_>) {
    let Some(mut both) = candidates::<Source>(versions) else { return };
    let ids = versions.new_ids::<Hypothesis>();
    let [gone, _] = &mut both;
    for source in gone {
        source.edit(&ids, |source| follow_all(&ids, source.controlled_by.iter_mut().flatten()));
    }
    pair(versions, both);
}

/// Detects renamed evidence. Rows are compared under the hypotheses of both versions.
pub(super) fn evidence(versions: &mut Versions<'_>) {
    let Some(mut both) = candidates::<Evidence>(versions) else { return };
    rows(&mut both, versions);
    let (before, after) = (&versions.before.evidence, &versions.after.evidence);
    let [mut gone, new] = both;
    let ids = versions.new_ids::<Source>();
    for item in &mut gone {
        item.edit(&ids, |item| follow_all(&ids, item.source.iter_mut().flatten()));
    }
    let mut classes = Classes::of(new);
    let (mut ids, mut renamed) = (NewIds::new(), Vec::new());
    for mut level in by_premises(gone) {
        for item in &mut level {
            item.edit(&ids, |item| follow_all(&ids, item.rests_on.iter_mut().flatten()));
        }
        let found = classes.pair(level);
        let both = |(from, to): &(usize, usize)| before.get(*from).zip(after.get(*to));
        ids.extend(found.iter().filter_map(both).map(|(from, to)| (from.id.as_str(), to.id.as_str())));
        renamed.extend(found);
    }
    rename::<Evidence>(versions, renamed);
}

/// Sorts removed items into levels, so that none rests on an item of its own level or a later one. Items with
/// circular premises are the last level.
fn by_premises(gone: Vec<Candidate<'_, Evidence>>) -> Vec<Vec<Candidate<'_, Evidence>>> {
    let at: HashMap<String, usize> =
        gone.iter().enumerate().map(|(at, item)| (item.item.id.to_string(), at)).collect();
    let mut open = vec![0_usize; gone.len()];
    let mut resting: Vec<Vec<usize>> = vec![Vec::new(); gone.len()];
    for (own, item) in gone.iter().enumerate() {
        for premise in item.item.rests_on.iter().flatten().filter_map(|id| at.get(id)) {
            if let (Some(open), Some(resting)) = (open.get_mut(own), resting.get_mut(*premise)) {
                *open += 1;
                resting.push(own);
            }
        }
    }
    let mut level_of = vec![usize::MAX; gone.len()];
    let mut level: Vec<usize> = (0..gone.len()).filter(|own| open.get(*own) == Some(&0)).collect();
    let mut depth = 0;
    while !level.is_empty() {
        let mut next = Vec::new();
        for own in level {
            level_of.get_mut(own).into_iter().for_each(|level| *level = depth);
            for above in resting.get(own).into_iter().flatten() {
                if let Some(open) = open.get_mut(*above) {
                    *open -= 1;
                    next.extend((*open == 0).then_some(*above));
                }
            }
        }
        depth += 1;
        level = next;
    }
    let mut levels: Vec<Vec<Candidate<'_, Evidence>>> = (0..=depth).map(|_| Vec::new()).collect();
    for (item, level) in gone.into_iter().zip(level_of) {
        if let Some(list) = levels.get_mut(level.min(depth)) {
            list.push(item);
        }
    }
    levels
}

/// Detects renamed indicators. Rows are compared as for evidence.
pub(super) fn indicators(versions: &mut Versions<'_>) {
    let Some(mut both) = candidates::<Indicator>(versions) else { return };
    rows(&mut both, versions);
    let ids = versions.new_ids::<Hypothesis>();
    let [gone, _] = &mut both;
    for indicator in gone {
        indicator.edit(&ids, |indicator| follow_all(&ids, indicator.hypothesis.iter_mut()));
    }
    pair(versions, both);
}

fn follow_all<'i>(ids: &NewIds<'_>, references: impl Iterator<Item = &'i mut String>) {
    for reference in references {
        if let Some(id) = ids.get(reference.as_str()) {
            *reference = (*id).to_owned();
        }
    }
}

/// An item without a counterpart, with the renames found so far applied.
struct Candidate<'s, T: Item> {
    /// Its position.
    at: usize,
    item: Cow<'s, T>,
    /// Its cells by the new position of the crossing item, ascending.
    cells: Vec<(usize, &'s Cell)>,
}

impl<T: Item> Candidate<'_, T> {
    /// Updates its references, if there are new ids.
    fn edit(&mut self, ids: &NewIds<'_>, follow: impl FnOnce(&mut T)) {
        if !ids.is_empty() {
            follow(self.item.to_mut());
        }
    }

    /// Returns whether everything except the id is equal.
    fn equals(&self, other: &Self) -> bool {
        self.item.same_content(&other.item) && self.cells == other.cells
    }

    /// Returns a hash that is equal for equal candidates.
    fn digest(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for field in T::FIELDS {
            hash_value(self.item.field(*field).as_ref(), &mut hasher);
        }
        for (at, cell) in &self.cells {
            (at, cell.rating, cell.confidence, cell.note(), cell.probability()).hash(&mut hasher);
        }
        hasher.finish()
    }
}

fn hash_value(value: Option<&Value>, hasher: &mut DefaultHasher) {
    match value {
        None => 0_u8.hash(hasher),
        Some(Value::Text(text)) => (1_u8, text).hash(hasher),
        // Adding 0 gives -0 and 0, which are equal, the same bits.
        Some(Value::Number(number)) => (2_u8, (number + 0.0).to_bits()).hash(hasher),
        Some(Value::Date(date)) => (3_u8, date).hash(hasher),
        Some(Value::List(list)) => (4_u8, list).hash(hasher),
        Some(Value::Flag(flag)) => (5_u8, flag).hash(hasher),
    }
}

/// Returns the removed and the new items; `None` if either is empty, since nothing is then renamed.
fn candidates<'s, T: Item>(versions: &Versions<'s>) -> Option<[Vec<Candidate<'s, T>>; 2]> {
    let candidate = |(at, item)| Candidate { at, item: Cow::Borrowed(item), cells: Vec::new() };
    let gone: Vec<_> = versions.removed().map(candidate).collect();
    let new: Vec<_> = versions.added().map(candidate).collect();
    (!gone.is_empty() && !new.is_empty()).then_some([gone, new])
}

/// Fills the columns of hypotheses from numbered rows.
fn fill_columns<'s, T: Item>(
    hypotheses: &mut [Candidate<'s, T>],
    rows: impl Iterator<Item = (usize, &'s Row)>,
) {
    let mut columns: HashMap<usize, &mut Candidate<'s, T>> =
        hypotheses.iter_mut().map(|candidate| (candidate.at, candidate)).collect();
    for (number, row) in rows {
        for (hypothesis, cell) in row.iter() {
            if let Some(candidate) = columns.get_mut(&hypothesis) {
                candidate.cells.push((number, cell));
            }
        }
    }
}

/// Matches each removed item with the new item that equals it, where there is exactly one of each.
fn pair<'s, T: Item>(versions: &mut Versions<'s>, [gone, new]: [Vec<Candidate<'s, T>>; 2]) {
    rename::<T>(versions, Classes::of(new).pair(gone));
}

/// Matches these pairs of positions, in the order of the old list.
fn rename<T: Item>(versions: &mut Versions<'_>, mut pairs: Vec<(usize, usize)>) {
    pairs.sort_unstable();
    let matching = versions.matchings.of_mut(T::KIND);
    pairs.into_iter().for_each(|(before, after)| matching.rename(before, after));
}

/// Candidates that are equal to each other.
struct Class<'s, T: Item> {
    sample: Candidate<'s, T>,
    gone: Vec<usize>,
    new: Vec<usize>,
}

/// Candidates grouped by equality.
struct Classes<'s, T: Item> {
    classes: Vec<Class<'s, T>>,
    /// Positions in `classes` by hash. A candidate is compared with one member of each class with its hash,
    /// so that a thousand equal items cost a thousand comparisons.
    by_digest: HashMap<u64, Vec<usize>>,
}

impl<'s, T: Item> Classes<'s, T> {
    /// Groups the new items.
    fn of(new: Vec<Candidate<'s, T>>) -> Self {
        let mut classes = Self { classes: Vec::new(), by_digest: HashMap::new() };
        for candidate in new {
            let (position, at) = (candidate.at, classes.position(candidate));
            classes.classes.get_mut(at).into_iter().for_each(|class| class.new.push(position));
        }
        classes
    }

    /// Adds removed items. Returns the positions (before, after) of the pairs in which each side is unique.
    fn pair(&mut self, gone: Vec<Candidate<'s, T>>) -> Vec<(usize, usize)> {
        let mut touched = BTreeSet::new();
        for candidate in gone {
            let (position, at) = (candidate.at, self.position(candidate));
            self.classes.get_mut(at).into_iter().for_each(|class| class.gone.push(position));
            touched.insert(at);
        }
        let single = |class: &Class<'_, T>| match (class.gone.as_slice(), class.new.as_slice()) {
            ([before], [after]) => Some((*before, *after)),
            _ => None,
        };
        touched.iter().filter_map(|at| single(self.classes.get(*at)?)).collect()
    }

    /// Returns the position of a candidate's class, adding a class if there is none.
    fn position(&mut self, candidate: Candidate<'s, T>) -> usize {
        let same_digest = self.by_digest.entry(candidate.digest()).or_default();
        let equal = |at: &&usize| self.classes.get(**at).is_some_and(|class| class.sample.equals(&candidate));
        if let Some(at) = same_digest.iter().find(equal) {
            return *at;
        }
        same_digest.push(self.classes.len());
        self.classes.push(Class { sample: candidate, gone: Vec::new(), new: Vec::new() });
        self.classes.len() - 1
    }
}
