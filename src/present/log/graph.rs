//! The ranking over a history: a row for each commit, a column for each hypothesis, ranks and how they moved.

use std::collections::HashMap;

use super::LogReport;
use crate::present::diff::{Placed, Shift, old_ids};
use crate::present::words::count;
use crate::present::{Align, Cell, Chart, Column, Role, Table, Tone};
use crate::scenario::HypothesisId;

/// A hypothesis through its renamings.
#[derive(Debug)]
struct Track {
    header: String,
    name: String,
}

/// A row: one commit, or a run of commits in which no rank moved.
#[derive(Debug)]
enum GraphRow {
    /// A commit, by its place among the entries, and its ranks by track.
    Commit(usize, Vec<Option<ShownRank>>),
    /// A number of commits, and place and ranks of the newest, for when it is the only one.
    Still(usize, usize, Vec<Option<ShownRank>>),
}

/// A rank, and the places by which it is better than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ShownRank {
    rank: Option<usize>,
    moved: isize,
    leads: bool,
}

impl LogReport<'_> {
    /// Returns the ranking over the commits, newest first; `None` if no version can be read.
    pub(super) fn ranking_over_time(&self) -> Option<Table<'_>> {
        let (tracks, rows) = self.rows();
        if tracks.is_empty() {
            return None;
        }
        let mut columns = vec![
            Column::new("Commit", Role::Key, Align::Left),
            Column::new("Why", Role::Text, Align::Left),
            Column::new("Date", Role::Figure, Align::Left),
        ];
        let number = tracks.len();
        columns.extend(
            tracks
                .into_iter()
                .map(|track| Column::named(Cell::plain(track.header), track.name, Role::Value, Align::Left)),
        );
        let rows = rows.iter().map(|row| match row {
            GraphRow::Commit(at, ranks) | GraphRow::Still(1, at, ranks) => self.row(*at, ranks, number),
            GraphRow::Still(commits, ..) => {
                let said = format!("no rank moved in {}", count(*commits, "commit", "commits"));
                let mut cells = vec![Cell::plain("⋮"), Cell::new(said, Tone::Dim), Cell::plain("")];
                cells.extend((0..number).map(|_| Cell::new("⋮", Tone::Dim)));
                cells
            }
        });
        Some(Table::of(columns, rows.collect()))
    }

    /// Returns the scores over the commits, oldest first; `None` if fewer than two versions can be read, or not all
    /// are scored by one method. A hypothesis that any version lacks is left out.
    pub(super) fn scores_over_time(&self) -> Option<Chart<'_>> {
        let mut ids: HashMap<&HypothesisId, &HypothesisId> = HashMap::new();
        let (newest, latest) = self.briefs().next()?;
        let method = latest.conclusion.method;
        let mut courses: Vec<(&Placed, Vec<f64>)> =
            latest.conclusion.after.hypotheses.iter().map(|placed| (placed, Vec::new())).collect();
        let mut commits = 0;
        for (_, brief) in self.briefs() {
            if brief.conclusion.method != method {
                return None;
            }
            let after = &brief.conclusion.after;
            commits += 1;
            for (placed, scores) in &mut courses {
                let id = ids.get(&placed.id).copied().unwrap_or(&placed.id);
                scores.extend(after.get(id).and_then(|placed| placed.score));
            }
            let old = old_ids(&brief.changes);
            for (placed, _) in &courses {
                let id = ids.get(&placed.id).copied().unwrap_or(&placed.id);
                if let Some(old) = old.get(id) {
                    ids.insert(&placed.id, old);
                }
            }
        }
        courses.retain(|(_, scores)| scores.len() == commits);
        courses.sort_by_key(|(placed, _)| (placed.rank.is_none(), placed.rank));
        let oldest = self.briefs().last().map(|(commit, _)| commit.day()).unwrap_or_default();
        let courses = courses.into_iter().map(|(placed, mut scores)| {
            scores.reverse();
            let tone = if placed.leads { Tone::Strong } else { Tone::Plain };
            (Cell::new(placed.name.as_str(), tone), placed.header.as_str().into(), scores)
        });
        let chart = Chart::of_scores(method, ("commit", "commits"), (oldest, newest.day()), courses);
        chart.filter(|_| commits > 1)
    }

    fn row(&self, at: usize, ranks: &[Option<ShownRank>], number: usize) -> Vec<Cell<'_>> {
        let Some(entry) = self.entries.get(at) else { return Vec::new() };
        let commit = &entry.commit;
        let why = if entry.told.is_ok() { commit.subject.as_str() } else { "(cannot be read)" };
        let mut cells =
            vec![Cell::plain(commit.short()), Cell::plain(why), Cell::new(commit.day(), Tone::Dim)];
        cells.extend((0..number).map(|track| match ranks.get(track).copied().flatten() {
            Some(shown) => shown.cell(),
            None => Cell::plain(""),
        }));
        cells
    }

    /// Returns the hypotheses and the rows, newest first.
    fn rows(&self) -> (Vec<Track>, Vec<GraphRow>) {
        let mut tracks: Vec<Track> = Vec::new();
        // The id that each track has in the version at hand, going back.
        let mut ids: HashMap<HypothesisId, usize> = HashMap::new();
        let mut rows: Vec<GraphRow> = Vec::new();
        let last = self.entries.len().saturating_sub(1);
        for (at, entry) in self.entries.iter().enumerate() {
            let Ok(brief) = &entry.told else {
                rows.push(GraphRow::Commit(at, Vec::new()));
                continue;
            };
            for placed in &brief.conclusion.after.hypotheses {
                ids.entry(placed.id.clone()).or_insert_with(|| {
                    tracks.push(Track { header: placed.header.clone(), name: placed.name.clone() });
                    tracks.len() - 1
                });
            }
            let old_ids = old_ids(&brief.changes);
            let moved = moves(&brief.conclusion, &old_ids);
            let mut ranks = vec![None; tracks.len()];
            for placed in &brief.conclusion.after.hypotheses {
                let Some(rank) = ids.get(&placed.id).and_then(|track| ranks.get_mut(*track)) else {
                    continue;
                };
                let moved = moved.get(&placed.id).copied().unwrap_or_default();
                *rank = Some(ShownRank { rank: placed.rank, moved, leads: placed.leads });
            }
            let stands_still = !brief.whole
                && brief.conclusion.before.hypotheses.len() == brief.conclusion.after.hypotheses.len()
                && moved.values().all(|places| *places == 0);
            match rows.last_mut() {
                Some(GraphRow::Still(commits, ..)) if stands_still && at < last => *commits += 1,
                Some(_) if stands_still && at < last => rows.push(GraphRow::Still(1, at, ranks)),
                Some(_) | None => rows.push(GraphRow::Commit(at, ranks)),
            }
            for (new, old) in old_ids {
                if let Some(track) = ids.remove(new) {
                    ids.insert(old.clone(), track);
                }
            }
        }
        (tracks, rows)
    }
}

impl ShownRank {
    fn cell(self) -> Cell<'static> {
        let rank = self.rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
        let tone = if self.leads { Tone::Strong } else { Tone::Plain };
        match self.moved {
            0 => Cell::new(rank, tone),
            up if up > 0 => Cell::new(format!("{rank} ▲{up}"), Tone::Added),
            down => Cell::new(format!("{rank} ▼{}", -down), Tone::Removed),
        }
    }
}

/// Returns the number of places by which each hypothesis stands better than before.
fn moves<'a>(
    conclusion: &'a Shift,
    old_ids: &HashMap<&HypothesisId, &HypothesisId>,
) -> HashMap<&'a HypothesisId, isize> {
    let places = |placed: &'a Placed| {
        let old = old_ids.get(&placed.id).copied().unwrap_or(&placed.id);
        let before = conclusion.before.get(old)?.rank?;
        let (before, after) = (isize::try_from(before).ok()?, isize::try_from(placed.rank?).ok()?);
        Some((&placed.id, before - after))
    };
    conclusion.after.hypotheses.iter().filter_map(places).collect()
}
