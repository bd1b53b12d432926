//! Citations: which items stand and fall with a source.

use std::collections::{HashMap, HashSet};

use crate::engine::matrix::Matrix;
use crate::scenario::{Evidence, Scenario};

/// Who cites whom among the rows of a matrix. A blank name cites nobody.
#[derive(Debug)]
pub(super) struct Citations<'a> {
    scenario: &'a Scenario,
    /// Rows by the first source that they cite, each with its item.
    by_first: HashMap<&'a str, Vec<(usize, &'a Evidence)>>,
    /// The sources cited: declared ones in their order, then others as they are first cited.
    sources: Vec<&'a str>,
}

fn cited(item: &Evidence) -> impl Iterator<Item = &str> {
    item.sources().iter().map(String::as_str).filter(|source| !source.trim().is_empty())
}

impl<'a> Citations<'a> {
    pub(super) fn new(scenario: &'a Scenario, matrix: &Matrix) -> Self {
        let mut by_first: HashMap<&str, Vec<_>> = HashMap::new();
        let (mut seen, mut in_order) = (HashSet::new(), Vec::new());
        let items = matrix.items().iter().enumerate();
        for (row, item) in items.filter_map(|(row, at)| Some((row, scenario.evidence.get(*at)?))) {
            in_order.extend(cited(item).filter(|source| seen.insert(*source)));
            if let Some(first) = cited(item).next() {
                by_first.entry(first).or_default().push((row, item));
            }
        }
        let declared = scenario.sources.iter().map(|source| source.id.as_str());
        let mut sources: Vec<&str> = declared.filter(|source| seen.remove(source)).collect();
        sources.extend(in_order.into_iter().filter(|source| seen.contains(source)));
        Self { scenario, by_first, sources }
    }

    /// The sources that at least one row cites.
    pub(super) fn sources(&self) -> impl Iterator<Item = &'a str> {
        self.sources.iter().copied()
    }

    /// The active hypotheses whose actor could steer a source, with the sources that it could.
    pub(super) fn controllers(&self) -> impl Iterator<Item = (usize, Vec<&'a str>)> {
        let mut controlled: HashMap<&str, Vec<&str>> = HashMap::new();
        for source in &self.scenario.sources {
            for hypothesis in source.controlled_by.iter().flatten() {
                controlled.entry(hypothesis).or_default().push(source.id.as_str());
            }
        }
        let hypotheses = self.scenario.hypotheses.iter().enumerate().filter(|(_, h)| h.is_active());
        hypotheses.filter_map(move |(at, h)| Some((at, controlled.remove(h.id.as_str())?)))
    }

    /// The rows that cite one or more of these sources and no other, ascending.
    pub(super) fn only(&self, sources: &[&str]) -> Vec<usize> {
        let set: HashSet<&str> = sources.iter().copied().collect();
        // Whoever cites only these cites one of them first.
        let rows = set.iter().filter_map(|source| self.by_first.get(source)).flatten();
        let rows = rows.filter(|(_, item)| cited(item).all(|source| set.contains(source)));
        let mut rows: Vec<usize> = rows.map(|(row, _)| *row).collect();
        rows.sort_unstable();
        rows
    }
}
