//! Each rater: leader, number of rated cells, distance from the others.

use std::collections::HashSet;

use super::{Rater, TeamReport};
use crate::present::conclusion::headers;
use crate::present::table::{Align, Cell, Column, Role, Table, Tone};
use crate::present::words::{decimal, thousands};
use crate::text::{single_line, width};

/// The widest label; if any would be wider, raters are numbered.
const LABEL: usize = 16;
const NONE: &str = "-";

/// Returns short labels of raters: the part of their names that tells them apart, or their numbers.
pub(super) fn labels(raters: &[Rater<'_>]) -> Vec<String> {
    let ways: [fn(&str) -> &str; 3] = [revision, stem, |name| name];
    for way in ways {
        let labels: Vec<&str> = raters.iter().map(|rater| way(rater.name)).collect();
        let distinct: HashSet<&str> = labels.iter().copied().collect();
        let fits = |label: &&str| (1..=LABEL).contains(&width(&single_line(label)));
        if distinct.len() == labels.len() && labels.iter().all(fits) {
            return labels.into_iter().map(str::to_owned).collect();
        }
    }
    (1..=raters.len()).map(|number| number.to_string()).collect()
}

/// Returns `main` for `main:case.toml`.
fn revision(name: &str) -> &str {
    name.split_once(':').map_or(name, |(revision, _)| revision)
}

/// Returns `case` for `drafts/case.ach.toml`.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\', ':']).next().unwrap_or(name);
    let file = file.strip_suffix(".toml").unwrap_or(file);
    file.strip_suffix(".ach").unwrap_or(file)
}

impl TeamReport<'_> {
    /// Returns each rater's mean distance from the consensus of the others, in steps of the scale.
    pub(super) fn distances(&self) -> Vec<Option<f64>> {
        (0..self.raters.len()).map(|rater| self.team.distance_from_others(rater)).collect()
    }

    /// Returns a row for each rater; for three or more also the distance of each pair.
    pub(super) fn raters_table(&self) -> Option<Table<'_>> {
        if self.raters.len() < 2 {
            return None;
        }
        let labels = labels(self.raters);
        let value =
            |title: String, name: String| Column::named(Cell::plain(title), name, Role::Value, Align::Right);
        let mut columns = vec![
            Column::new("Rater", Role::Key, Align::Left),
            // Names can be long: as a key a leader is shortened where it must be.
            Column::new("Leader", Role::Key, Align::Left),
            Column::named(Cell::plain(""), "Version", Role::Text, Align::Left),
            Column::named(Cell::plain("Rated"), "Cells rated", Role::Figure, Align::Right),
        ];
        let pairwise = self.raters.len() > 2;
        if pairwise {
            columns.push(value("From others".into(), "Steps from the others' consensus".into()));
            let pairs = labels.iter();
            columns.extend(pairs.map(|label| value(format!("From {label}"), format!("Steps from {label}"))));
        }
        let steps = |apart: Option<f64>| Cell::plain(apart.map_or_else(|| NONE.to_owned(), decimal));
        let mut rows: Vec<Vec<Cell<'_>>> = Vec::new();
        for (at, (rater, from_others)) in self.raters.iter().zip(self.distances()).enumerate() {
            let Some((label, ranking)) = labels.get(at).zip(self.rankings.get(at)) else { continue };
            let version = if label == rater.name { "" } else { rater.name };
            let mut cells = vec![
                Cell::plain(label.clone()),
                Cell::plain(headers(rater.scenario, &ranking.leaders)),
                Cell::new(version, Tone::Dim),
                Cell::plain(thousands(self.team.rated(at))),
            ];
            if pairwise {
                cells.push(steps(from_others));
                cells.extend((0..self.raters.len()).map(|other| {
                    if other == at { Cell::plain("") } else { steps(self.team.distance(at, other)) }
                }));
            }
            rows.push(cells);
        }
        if let Some(ranking) = self.rankings.last() {
            let mut cells = vec![
                Cell::new("Consensus", Tone::Strong),
                Cell::new(headers(&self.consensus, &ranking.leaders), Tone::Strong),
            ];
            cells.resize(columns.len(), Cell::default());
            rows.push(cells);
        }
        Some(Table::of(columns, rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn raters_are_called_by_what_tells_them_apart() {
        let scenario = Scenario::default();
        let labels = |names: &[&str]| {
            let raters: Vec<_> = names.iter().map(|name| Rater { name, scenario: &scenario }).collect();
            labels(&raters)
        };
        assert_eq!(labels(&["main:a/case.toml", "alice:a/case.toml"]), ["main", "alice"]);
        assert_eq!(labels(&["case.toml", "main:case.toml"]), ["case.toml", "main"]);
        assert_eq!(labels(&["drafts/of/ann.ach.toml", "drafts/of/bob.toml"]), ["ann", "bob"]);
        assert_eq!(labels(&["main:ann.toml", "main:bob.toml"]), ["ann", "bob"]);
        assert_eq!(labels(&["a/case.toml", "b/case.toml"]), ["a/case.toml", "b/case.toml"]);
        assert_eq!(labels(&["drafts/of/ann/case.toml", "drafts/of/bob/case.toml"]), ["1", "2"]);
        assert_eq!(labels(&["case.toml", "case.toml"]), ["1", "2"]);
    }
}
