//! Renamings: an item that is gone and one that is new are the same if they are equal in all but the id, and no other
//! item that is gone or new is equal to them.
//!
//! Equal are all fields, with references to items that are renamed themselves followed, what is left to settle, and
//! the row or column where it crosses what is in both versions.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Matching, NewIds, Versions};
use crate::scenario::{Cell, Item, Row, Value};

/// Recognises renamed hypotheses. Their columns are compared where they cross items with one id in both versions.
pub(super) fn hypotheses(versions: &mut Versions<'_>) {
    let (before, after) = (versions.before, versions.after);
    let Some((mut gone, mut new)) = candidates(&versions.hypotheses, &before.hypotheses, &after.hypotheses)
    else {
        return;
    };
    // Both sides number the rows as the version after does.
    let rows = versions.evidence.pairs();
    fill_columns(&mut gone, rows.filter_map(|(at, row)| Some((row, &before.evidence.get(at)?.ratings))));
    let rows = versions.evidence.pairs();
    fill_columns(&mut new, rows.filter_map(|(_, row)| Some((row, &after.evidence.get(row)?.ratings))));
    pair(&mut versions.hypotheses, gone, new);
}

/// Recognises renamed sources.
pub(super) fn sources(versions: &mut Versions<'_>) {
    let (before, after) = (&versions.before.sources, &versions.after.sources);
    let Some((mut gone, new)) = candidates(&versions.sources, before, after) else {
        return;
    };
    let ids = versions.new_hypothesis_ids();
    for source in &mut gone {
        source.edit(&ids, |source| follow_all(&ids, source.controlled_by.iter_mut().flatten()));
    }
    pair(&mut versions.sources, gone, new);
}

/// Recognises renamed evidence. Rows are compared where they cross hypotheses that are in both versions.
pub(super) fn evidence(versions: &mut Versions<'_>) {
    let (before, after) = (&versions.before.evidence, &versions.after.evidence);
    let Some((mut gone, mut new)) = candidates(&versions.evidence, before, after) else {
        return;
    };
    let hypotheses = &versions.hypotheses;
    let ids = versions.new_source_ids();
    for item in &mut gone {
        if let Some(source) = before.get(item.at) {
            let crossing = |(at, cell)| Some((hypotheses.after(at)?, cell));
            item.cells = source.ratings.iter().filter_map(crossing).collect();
            item.cells.sort_unstable_by_key(|(at, _)| *at);
        }
        item.edit(&ids, |item| follow_all(&ids, item.source.iter_mut().flatten()));
    }
    for item in &mut new {
        if let Some(source) = after.get(item.at) {
            let crossing = |(at, _): &(usize, _)| hypotheses.before(*at).is_some();
            item.cells = source.ratings.iter().filter(crossing).collect();
        }
    }
    pair(&mut versions.evidence, gone, new);
}

/// Recognises renamed indicators.
pub(super) fn indicators(versions: &mut Versions<'_>) {
    let (before, after) = (&versions.before.indicators, &versions.after.indicators);
    let Some((mut gone, new)) = candidates(&versions.indicators, before, after) else {
        return;
    };
    let ids = versions.new_hypothesis_ids();
    for indicator in &mut gone {
        indicator.edit(&ids, |indicator| follow_all(&ids, indicator.hypothesis.iter_mut()));
    }
    pair(&mut versions.indicators, gone, new);
}

fn follow_all<'i>(ids: &NewIds<'_>, references: impl Iterator<Item = &'i mut String>) {
    for reference in references {
        if let Some(id) = ids.get(reference.as_str()) {
            *reference = (*id).to_owned();
        }
    }
}

/// An item without a counterpart, as it would look after the renamings found so far.
struct Candidate<'s, T: Item> {
    /// Its position.
    at: usize,
    item: Cow<'s, T>,
    /// Its cells by the position after of what they cross, ascending.
    cells: Vec<(usize, &'s Cell)>,
}

impl<T: Item> Candidate<'_, T> {
    /// Follows references, where there are new ids at all.
    fn edit(&mut self, ids: &NewIds<'_>, follow: impl FnOnce(&mut T)) {
        if !ids.is_empty() {
            follow(self.item.to_mut());
        }
    }

    /// Whether all but the id is equal.
    fn equals(&self, other: &Self) -> bool {
        self.item.same_content(&other.item) && self.cells == other.cells
    }

    /// A number that is the same for equal candidates.
    fn digest(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for field in T::FIELDS {
            hash_value(self.item.field(*field).as_ref(), &mut hasher);
        }
        for (at, cell) in &self.cells {
            (at, cell.rating, cell.confidence, cell.note()).hash(&mut hasher);
        }
        hasher.finish()
    }
}

fn hash_value(value: Option<&Value>, hasher: &mut DefaultHasher) {
    match value {
        None => 0_u8.hash(hasher),
        Some(Value::Text(text)) => (1_u8, text).hash(hasher),
        // Adding 0 makes -0 and 0, which are equal, the same bits.
        Some(Value::Number(number)) => (2_u8, (number + 0.0).to_bits()).hash(hasher),
        Some(Value::Date(date)) => (3_u8, date).hash(hasher),
        Some(Value::List(list)) => (4_u8, list).hash(hasher),
        Some(Value::Flag(flag)) => (5_u8, flag).hash(hasher),
    }
}

/// The items that are gone and those that are new; `None` if there are none of one sort, and so no renamings.
#[expect(clippy::type_complexity, reason = "two lists of one sort")]
fn candidates<'s, T: Item>(
    matching: &Matching,
    before: &'s [T],
    after: &'s [T],
) -> Option<(Vec<Candidate<'s, T>>, Vec<Candidate<'s, T>>)> {
    let candidate = |(at, item)| Candidate { at, item: Cow::Borrowed(item), cells: Vec::new() };
    let gone: Vec<_> = matching.removed(before).map(candidate).collect();
    let new: Vec<_> = matching.added(after).map(candidate).collect();
    (!gone.is_empty() && !new.is_empty()).then_some((gone, new))
}

/// Gives hypotheses their columns from numbered rows.
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

/// Candidates that are all equal.
struct Class<'s, T: Item> {
    sample: Candidate<'s, T>,
    gone: Vec<usize>,
    new: Vec<usize>,
}

/// Matches each item that is gone with the one that is new and equal, where there is just one of each.
fn pair<T: Item>(matching: &mut Matching, gone: Vec<Candidate<'_, T>>, new: Vec<Candidate<'_, T>>) {
    let mut classes = Vec::new();
    // Positions in `classes` by digest. A candidate is compared with one sample of each class of its digest only, so
    // that a thousand equal items cost a thousand comparisons.
    let mut by_digest: HashMap<u64, Vec<usize>> = HashMap::new();
    for candidate in gone {
        let at = candidate.at;
        if let Some(class) =
            class_of(&mut classes, by_digest.entry(candidate.digest()).or_default(), candidate)
        {
            class.gone.push(at);
        }
    }
    for candidate in new {
        let at = candidate.at;
        if let Some(class) =
            class_of(&mut classes, by_digest.entry(candidate.digest()).or_default(), candidate)
        {
            class.new.push(at);
        }
    }
    for class in classes {
        if let ([before], [after]) = (class.gone.as_slice(), class.new.as_slice()) {
            matching.rename(*before, *after);
        }
    }
}

/// The class that a candidate belongs to, a new one if there is none yet.
fn class_of<'c, 's, T: Item>(
    classes: &'c mut Vec<Class<'s, T>>,
    same_digest: &mut Vec<usize>,
    candidate: Candidate<'s, T>,
) -> Option<&'c mut Class<'s, T>> {
    let equal = |at: &&usize| classes.get(**at).is_some_and(|class| class.sample.equals(&candidate));
    let at = match same_digest.iter().find(equal) {
        Some(at) => *at,
        None => {
            same_digest.push(classes.len());
            classes.push(Class { sample: candidate, gone: Vec::new(), new: Vec::new() });
            classes.len() - 1
        }
    };
    classes.get_mut(at)
}
