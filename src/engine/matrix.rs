//! The matrix: what scores need of a scenario, one byte a cell.

use std::collections::HashMap;

use super::class::Class;
use super::likelihood::Likelihood;
use super::rating_code::RatingCode;
use crate::scenario::{Day, Level, Scenario, prior_inconsistencies};

/// A compact copy of what scores need: items x hypotheses, one byte a cell.
///
/// A *row* is an index into [`Self::items`], the items that are looked at. Rows are stored next to others of their
/// kind (one class, one share), whatever their order in the file: so a whole block of them has the same weight and
/// likelihoods, and scoring is nothing but sums of bytes down its columns.
#[derive(Clone, Debug)]
pub struct Matrix {
    items: Vec<usize>,
    rows: Vec<RowInfo>,
    /// The cells, row by row in the order of `blocks`.
    codes: Vec<RatingCode>,
    blocks: Vec<BlockInfo>,
    active: Vec<bool>,
    rated: Vec<usize>,
    /// ln prior by hypothesis; 0 for all where priors are uniform, `None` where they are inconsistent.
    ln_priors: Option<Vec<f64>>,
    pub(super) likelihood: Likelihood,
}

#[derive(Clone, Copy, Debug)]
struct RowInfo {
    class: Class,
    group: Option<u32>,
    share: u32,
    /// Position among the stored rows.
    stored: usize,
}

#[derive(Clone, Copy, Debug)]
struct BlockInfo {
    class: Class,
    share: u32,
    rows: usize,
}

/// Rows of one class and one share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block<'a> {
    pub(super) class: Class,
    /// As [`Matrix::share`].
    pub(super) share: u32,
    /// The cells, row by row.
    pub(super) codes: &'a [RatingCode],
}

impl Matrix {
    /// The matrix of a scenario, or of its items that were known on a day: those undated, or whose last possible day
    /// is not after it.
    #[must_use]
    pub fn new(scenario: &Scenario, as_of: Option<Day>) -> Self {
        let width = scenario.hypotheses.len();
        let active: Vec<bool> = scenario.hypotheses.iter().map(|h| h.is_active()).collect();
        let mut rated = vec![0; width];
        let mut items = Vec::with_capacity(scenario.evidence.len());
        let mut rows = Vec::with_capacity(scenario.evidence.len());
        let mut codes = Vec::with_capacity(scenario.evidence.len() * width);
        let mut groups = HashMap::new();
        // By group, how many of its items take part.
        let mut taking_part: Vec<u32> = Vec::new();

        for (position, item) in scenario.evidence.iter().enumerate() {
            let known = |as_of| item.date.is_none_or(|date| date.last_day() <= as_of);
            if !as_of.is_none_or(known) {
                continue;
            }
            let start = codes.len();
            codes.resize(start + width, RatingCode::Blank);
            let cells = codes.get_mut(start..).unwrap_or_default();
            let mut takes_part = false;
            for (hypothesis, cell) in item.ratings.iter() {
                let at = (cells.get_mut(hypothesis), rated.get_mut(hypothesis), active.get(hypothesis));
                if let (Some(rating), (Some(code), Some(rated), Some(active))) = (cell.rating, at) {
                    *code = RatingCode::from(rating);
                    *rated += 1;
                    takes_part |= *active && code.is_on_scale();
                }
            }
            let group = item.group.as_deref().map(|name| {
                let next = groups.len();
                *groups.entry(name).or_insert(next)
            });
            if let Some(group) = group {
                taking_part.resize(groups.len(), 0);
                if let Some(count) = taking_part.get_mut(group) {
                    *count += u32::from(takes_part);
                }
            }
            items.push(position);
            rows.push(RowInfo {
                class: Class::new(item.credibility(), item.relevance()),
                group: group.and_then(|group| u32::try_from(group).ok()),
                share: u32::from(takes_part),
                stored: 0,
            });
        }
        for row in &mut rows {
            let members = row.group.and_then(|group| taking_part.get(group as usize)).copied().unwrap_or(1);
            row.share *= members;
        }

        let (codes, blocks) = store_by_kind(&mut rows, &codes, width);
        let likelihood = Likelihood::new(scenario.bans_per_step());
        Self { items, rows, codes, blocks, active, rated, ln_priors: ln_priors(scenario), likelihood }
    }

    /// Positions in [`Scenario::evidence`] of the rows, ascending.
    #[must_use]
    pub fn items(&self) -> &[usize] {
        &self.items
    }

    /// Number of hypotheses, rejected ones included.
    #[must_use]
    pub fn hypothesis_count(&self) -> usize {
        self.active.len()
    }

    /// Returns whether a hypothesis, by position, is active.
    #[must_use]
    pub fn is_active(&self, hypothesis: usize) -> bool {
        self.active.get(hypothesis).copied().unwrap_or(false)
    }

    /// Positions of the hypotheses that are ranked, ascending.
    pub fn active(&self) -> impl Iterator<Item = usize> {
        self.active.iter().enumerate().filter(|(_, active)| **active).map(|(at, _)| at)
    }

    /// Number of rated cells of a hypothesis, NA included.
    #[must_use]
    pub fn rated(&self, hypothesis: usize) -> usize {
        self.rated.get(hypothesis).copied().unwrap_or(0)
    }

    /// Number of blank cells of a hypothesis.
    #[must_use]
    pub fn unrated(&self, hypothesis: usize) -> usize {
        self.rated.get(hypothesis).map_or(0, |rated| self.items.len() - rated)
    }

    /// The cells of a row, by hypothesis; empty if there is no such row.
    #[must_use]
    pub fn row(&self, row: usize) -> &[RatingCode] {
        let width = self.hypothesis_count();
        let start = self.rows.get(row).map(|info| info.stored * width);
        start.and_then(|start| self.codes.get(start..start + width)).unwrap_or_default()
    }

    /// Code of a cell; blank where there is no such cell.
    #[must_use]
    pub fn code(&self, row: usize, hypothesis: usize) -> RatingCode {
        self.row(row).get(hypothesis).copied().unwrap_or(RatingCode::Blank)
    }

    /// The cells of a row that belong to active hypotheses.
    pub fn active_codes(&self, row: usize) -> impl Iterator<Item = RatingCode> {
        self.row(row).iter().zip(&self.active).filter(|(_, active)| **active).map(|(code, _)| *code)
    }

    /// Credibility and relevance of a row.
    #[must_use]
    pub fn class(&self, row: usize) -> Class {
        self.rows.get(row).map_or(Class::new(Level::Medium, Level::Medium), |info| info.class)
    }

    /// The group of a row, numbered from 0 in order of appearance; `None` if it stands for itself.
    #[must_use]
    pub fn group(&self, row: usize) -> Option<usize> {
        self.rows.get(row)?.group.map(|group| group as usize)
    }

    /// Divisor of the row's weight of evidence under `bayes`: the number of items in its group that take part, 1 for an
    /// item of no group. 0 for one that takes no part itself, having no rating CC to II for an active hypothesis.
    #[must_use]
    pub fn share(&self, row: usize) -> usize {
        self.rows.get(row).map_or(0, |info| info.share as usize)
    }

    /// Puts another code in a cell, in place. `false`, and nothing is changed, where there is no such cell, and where
    /// the row would begin or cease to take part: on that the shares of its whole group depend.
    pub fn set(&mut self, row: usize, hypothesis: usize, code: RatingCode) -> bool {
        let width = self.hypothesis_count();
        let Some(start) = self.rows.get(row).map(|info| info.stored * width) else { return false };
        let Some(cells) = self.codes.get_mut(start..start + width) else { return false };
        let takes_part = |cells: &[RatingCode]| {
            cells.iter().zip(&self.active).any(|(code, active)| *active && code.is_on_scale())
        };
        let before = takes_part(cells);
        let (Some(cell), Some(rated)) = (cells.get_mut(hypothesis), self.rated.get_mut(hypothesis)) else {
            return false;
        };
        let was = std::mem::replace(cell, code);
        if takes_part(cells) != before {
            cells.get_mut(hypothesis).into_iter().for_each(|cell| *cell = was);
            return false;
        }
        *rated = *rated + usize::from(code != RatingCode::Blank) - usize::from(was != RatingCode::Blank);
        true
    }

    /// All cells, row by row, in the order they are stored in.
    pub(super) fn codes(&self) -> &[RatingCode] {
        &self.codes
    }

    /// The rows by kind.
    pub(super) fn blocks(&self) -> impl Iterator<Item = Block<'_>> {
        let width = self.hypothesis_count();
        self.blocks.iter().scan(self.codes.as_slice(), move |rest, &BlockInfo { class, share, rows }| {
            let (codes, after) = rest.split_at_checked(rows * width)?;
            *rest = after;
            Some(Block { class, share, codes })
        })
    }

    /// ln prior by hypothesis, up to a constant; `None` where priors are inconsistent.
    pub(super) fn ln_priors(&self) -> Option<&[f64]> {
        self.ln_priors.as_deref()
    }
}

/// Copies the rows so that those of one class and share lie together, and tells each where it went.
fn store_by_kind(
    rows: &mut [RowInfo],
    codes: &[RatingCode],
    width: usize,
) -> (Vec<RatingCode>, Vec<BlockInfo>) {
    let mut order: Vec<(u32, Class, usize)> =
        rows.iter().enumerate().map(|(at, row)| (row.share, row.class, at)).collect();
    order.sort_by_key(|(share, class, _)| (*share, *class));

    let mut stored = Vec::with_capacity(codes.len());
    let mut blocks: Vec<BlockInfo> = Vec::new();
    for (place, &(share, class, at)) in order.iter().enumerate() {
        stored.extend_from_slice(codes.get(at * width..(at + 1) * width).unwrap_or_default());
        if let Some(row) = rows.get_mut(at) {
            row.stored = place;
        }
        match blocks.last_mut() {
            Some(block) if block.class == class && block.share == share => block.rows += 1,
            Some(_) | None => blocks.push(BlockInfo { class, share, rows: 1 }),
        }
    }
    (stored, blocks)
}

fn ln_priors(scenario: &Scenario) -> Option<Vec<f64>> {
    let active = || scenario.hypotheses.iter().filter(|h| h.is_active());
    if active().all(|h| h.prior.is_none()) {
        // Uniform: a constant, which posteriors do not depend on.
        return Some(vec![0.0; scenario.hypotheses.len()]);
    }
    prior_inconsistencies(scenario)
        .is_empty()
        .then(|| scenario.hypotheses.iter().map(|h| h.prior.map_or(0.0, f64::ln)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::fixture::Fixture;
    use crate::scenario::{Cell, Date, Rating};

    #[test]
    fn rows_keep_the_order_of_the_file_however_they_are_stored() {
        let scenario = Fixture::of(2)
            .weighed("C I", Level::High, Level::High)
            .item("CC N")
            .grouped("I -", "g")
            .weighed("NA II", Level::Low, Level::Low)
            .grouped("C C", "g")
            .grouped("- NA", "g")
            .scenario();
        let matrix = Matrix::new(&scenario, None);
        let words = |row: usize| -> Vec<_> {
            matrix.row(row).iter().map(|code| code.rating().map_or("-", |r| r.as_str())).collect()
        };
        assert_eq!(words(0), ["C", "I"]);
        assert_eq!(words(1), ["CC", "N"]);
        assert_eq!(words(3), ["NA", "II"]);
        assert_eq!(matrix.code(3, 1), RatingCode::VeryInconsistent);
        assert_eq!(words(5), ["-", "NA"]);
        assert_eq!(matrix.row(6), []);
        assert_eq!(matrix.items(), [0, 1, 2, 3, 4, 5]);
        assert_eq!((matrix.rated(0), matrix.unrated(0)), (5, 1));
        assert_eq!((matrix.rated(1), matrix.unrated(1)), (5, 1));
        let shares: Vec<_> = (0..6).map(|row| matrix.share(row)).collect();
        assert_eq!(shares, [1, 1, 2, 1, 2, 0]);
        assert_eq!((matrix.group(1), matrix.group(2), matrix.group(5)), (None, Some(0), Some(0)));
        assert_eq!(matrix.blocks().map(|block| block.codes.len()).sum::<usize>(), matrix.codes().len());
    }

    #[test]
    fn a_rating_for_a_rejected_hypothesis_makes_no_item_take_part() {
        let scenario = Fixture::of(3).reject(2).grouped("- NA II", "g").grouped("C - -", "g").scenario();
        let matrix = Matrix::new(&scenario, None);
        assert_eq!((matrix.share(0), matrix.share(1)), (0, 1));
        assert_eq!(matrix.active().collect::<Vec<_>>(), [0, 1]);
    }

    #[test]
    fn a_cell_set_in_place_is_as_if_the_matrix_were_made_anew() {
        let mut scenario = Fixture::of(3)
            .reject(2)
            .weighed("C I -", Level::High, Level::Low)
            .grouped("- NA II", "g")
            .grouped("C - -", "g")
            .item("- - -")
            .scenario();
        let mut patched = Matrix::new(&scenario, None);
        let (mut in_place, mut refused) = (0, 0);
        for (row, hypothesis) in (0..4).flat_map(|row| (0..3).map(move |hypothesis| (row, hypothesis))) {
            for rating in
                [Some(Rating::VeryInconsistent), Some(Rating::NotApplicable), None, Some(Rating::Neutral)]
            {
                let cell = rating.map_or_else(Cell::default, Cell::rated);
                scenario.evidence[row].ratings.set(hypothesis, cell);
                let anew = Matrix::new(&scenario, None);
                if patched.set(row, hypothesis, rating.map_or(RatingCode::Blank, RatingCode::from)) {
                    in_place += 1;
                    assert_eq!(format!("{patched:?}"), format!("{anew:?}"));
                } else {
                    refused += 1;
                    assert_ne!(format!("{patched:?}"), format!("{anew:?}"));
                    patched = anew;
                }
            }
        }
        assert!(in_place > 20 && refused > 5, "{in_place} {refused}");
        assert!(!patched.set(4, 0, RatingCode::Neutral) && !patched.set(0, 3, RatingCode::Neutral));
    }

    #[test]
    fn as_of_leaves_what_was_known_on_the_day() {
        let mut scenario = Fixture::of(1).item("C").item("I").item("II").item("N").scenario();
        for (item, date) in scenario.evidence.iter_mut().zip(["2025-12-02", "2025-12", "2024", ""]) {
            item.date = Date::parse(date);
        }
        let items = |day: &str| Matrix::new(&scenario, Day::parse(day)).items().to_vec();
        assert_eq!(items("2025-12-31"), [0, 1, 2, 3]);
        assert_eq!(items("2025-12-30"), [0, 2, 3]);
        assert_eq!(items("2025-12-02"), [0, 2, 3]);
        assert_eq!(items("2025-12-01"), [2, 3]);
        assert_eq!(items("2024-12-30"), [3]);
        let matrix = Matrix::new(&scenario, Day::parse("2025-12-01"));
        assert_eq!(matrix.code(0, 0), RatingCode::VeryInconsistent);
        assert_eq!((matrix.rated(0), matrix.unrated(0)), (2, 0));
    }
}
