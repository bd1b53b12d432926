//! The matrix: a compact copy of what scores need of a scenario, one byte a cell.

use std::collections::HashMap;

use super::class::Class;
use super::column::Columns;
use super::layout::{BlockInfo, RowInfo, keep_shared_groups, store_by_kind};
use super::likelihood::Likelihood;
use super::premises::{Premises, counting};
use super::priors::Priors;
use super::rating_code::RatingCode;
use crate::scenario::{Day, Level, Method, Scenario, Searched};

/// A compact copy of what scores need: items x hypotheses, one byte a cell.
///
/// A *row* is an index into [`Self::items`], the items that count. Rows without a group are stored next to others of
/// their class, whatever their order in the file: so a whole block of them has the same weight and likelihoods, and
/// scoring is nothing but sums of bytes down its columns. Rows of a group are stored after them.
#[derive(Clone, Debug)]
pub struct Matrix {
    items: Vec<usize>,
    rows: Vec<RowInfo>,
    /// The cells: those of the blocks, then those of the groups.
    codes: Vec<RatingCode>,
    blocks: Vec<BlockInfo>,
    /// By group, its rows, ascending and more than one.
    groups: Vec<Vec<usize>>,
    /// Classes of the rows of all groups, as they are stored.
    grouped: Vec<Class>,
    columns: Vec<ColumnInfo>,
    has_residual: bool,
    /// By row, the rows that rest on it directly.
    dependents: HashMap<usize, Vec<usize>>,
    priors: Option<Priors>,
    pub(super) likelihood: Likelihood,
}

#[derive(Clone, Copy, Debug)]
struct ColumnInfo {
    role: Role,
    /// Number of cells that are not blank.
    rated: usize,
    /// Number of cells rated CC to II.
    on_scale: u32,
}

/// Part that a hypothesis has in the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// It competes where it has a rating CC to II.
    Active,
    /// It competes under `bayes`, beside others that do.
    Residual,
    /// It does not compete.
    Rejected,
}

/// Ungrouped rows of one class.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block<'a> {
    pub(super) class: Class,
    /// The cells, row by row.
    pub(super) codes: &'a [RatingCode],
}

impl Matrix {
    /// The matrix of the items of a scenario that count, as known on a day if one is given.
    #[must_use]
    pub fn new(scenario: &Scenario, as_of: Option<Day>) -> Self {
        Self::of(scenario, &counting(scenario, as_of, |_| true))
    }

    /// The matrix of the items that are flagged, by position in the scenario, as [`counting`] does.
    #[must_use]
    pub fn of(scenario: &Scenario, counts: &[bool]) -> Self {
        let width = scenario.hypotheses.len();
        let items: Vec<usize> =
            counts.iter().enumerate().filter(|(_, counts)| **counts).map(|(position, _)| position).collect();
        let mut rows = Vec::with_capacity(items.len());
        let mut codes = vec![RatingCode::Blank; items.len() * width];
        let mut named: HashMap<&str, u32> = HashMap::new();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut has_premises = false;
        for (row, item) in items.iter().filter_map(|at| scenario.evidence.get(*at)).enumerate() {
            has_premises |= !item.premises().is_empty();
            let is_unsearched = item.searched() == Some(Searched::None);
            let cells = codes.get_mut(row * width..(row + 1) * width).unwrap_or_default();
            if is_unsearched {
                cells.fill(RatingCode::NotApplicable);
            } else {
                for (hypothesis, cell) in item.ratings.iter() {
                    if let (Some(rating), Some(code)) = (cell.rating, cells.get_mut(hypothesis)) {
                        *code = RatingCode::from(rating);
                    }
                }
            }
            let group = item.group.as_deref().map(|name| {
                let next = u32::try_from(groups.len()).unwrap_or(u32::MAX);
                *named.entry(name).or_insert(next)
            });
            if let Some(group) = group {
                if group as usize == groups.len() {
                    groups.push(Vec::new());
                }
                groups.get_mut(group as usize).into_iter().for_each(|rows| rows.push(row));
            }
            let class = Class::new(item.credibility(), item.relevance());
            rows.push(RowInfo { class, group, is_unsearched, stored: 0 });
        }
        keep_shared_groups(&mut rows, &mut groups);
        let (codes, blocks) = store_by_kind(&mut rows, &groups, &codes, width);
        let class = |row: &usize| rows.get(*row).map(|row: &RowInfo| row.class);
        let grouped = groups.iter().flatten().filter_map(class).collect();
        let columns = scenario.hypotheses.iter().map(|hypothesis| {
            let role = match (hypothesis.is_active(), hypothesis.is_residual()) {
                (false, _) => Role::Rejected,
                (true, true) => Role::Residual,
                (true, false) => Role::Active,
            };
            ColumnInfo { role, rated: 0, on_scale: 0 }
        });
        let mut columns: Vec<ColumnInfo> = columns.collect();
        let mut sums = Columns::new(width);
        for (column, rated) in
            columns.iter_mut().zip(sums.sum(&codes, |code| i8::from(code != RatingCode::Blank)))
        {
            column.rated = usize::try_from(*rated).unwrap_or_default();
        }
        for (column, on_scale) in
            columns.iter_mut().zip(sums.sum(&codes, |code| i8::from(code.is_on_scale())))
        {
            column.on_scale = u32::try_from(*on_scale).unwrap_or_default();
        }
        let mut dependents: HashMap<usize, Vec<usize>> = HashMap::new();
        let premises = if has_premises { Premises::new(scenario) } else { Premises::default() };
        for (premise, item) in premises.dependents() {
            if let (Ok(premise), Ok(row)) = (items.binary_search(&premise), items.binary_search(&item)) {
                dependents.entry(premise).or_default().push(row);
            }
        }
        let has_residual = columns.iter().any(|column| column.role == Role::Residual);
        let likelihood = Likelihood::new(scenario.bans_per_step());
        let priors = Priors::new(scenario);
        Self {
            items,
            rows,
            codes,
            blocks,
            groups,
            grouped,
            columns,
            has_residual,
            dependents,
            priors,
            likelihood,
        }
    }

    /// Positions in [`Scenario::evidence`] of the rows, ascending.
    #[must_use]
    pub fn items(&self) -> &[usize] {
        &self.items
    }

    /// The row of an item, by its position in the scenario; `None` if it does not count.
    #[must_use]
    pub fn row_of(&self, item: usize) -> Option<usize> {
        self.items.binary_search(&item).ok()
    }

    /// Number of hypotheses, rejected ones included.
    #[must_use]
    pub fn hypothesis_count(&self) -> usize {
        self.columns.len()
    }

    /// Returns whether a hypothesis, by position, is active: not rejected.
    #[must_use]
    pub fn is_active(&self, hypothesis: usize) -> bool {
        self.columns.get(hypothesis).is_some_and(|column| column.role != Role::Rejected)
    }

    /// Returns whether a hypothesis, by position, is an active residual.
    #[must_use]
    pub fn is_residual(&self, hypothesis: usize) -> bool {
        self.columns.get(hypothesis).is_some_and(|column| column.role == Role::Residual)
    }

    /// Positions of the active hypotheses, ascending.
    pub fn active(&self) -> impl Iterator<Item = usize> {
        (0..self.columns.len()).filter(|at| self.is_active(*at))
    }

    /// Positions of the active hypotheses but the residual, ascending.
    pub fn comparable(&self) -> impl Iterator<Item = usize> {
        self.active().filter(|at| !self.is_residual(*at))
    }

    /// Positions of the hypotheses that compete under a method, ascending: active ones with a rating CC to II and,
    /// under `bayes`, the residual beside another.
    pub fn competing(&self, method: Method) -> impl Iterator<Item = usize> {
        self.competing_with(method, |hypothesis| self.on_scale(hypothesis) > 0)
    }

    /// Like [`Self::competing`], with a rating CC to II where `is_rated` says so.
    pub(super) fn competing_with(
        &self,
        method: Method,
        is_rated: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = usize> {
        let competes = self.contest(method, is_rated);
        (0..self.columns.len()).filter(move |at| competes(*at))
    }

    /// Returns which hypotheses compete, by position.
    pub(super) fn contest(&self, method: Method, is_rated: impl Fn(usize) -> bool) -> impl Fn(usize) -> bool {
        let columns = self.columns.as_slice();
        let is_active = move |at: usize| columns.get(at).is_some_and(|column| column.role == Role::Active);
        // Whether the residual competes is only asked where there is one.
        let residual = !method.is_additive()
            && self.has_residual
            && (0..columns.len()).any(|at| is_active(at) && is_rated(at));
        move |at| match columns.get(at).map(|column| column.role) {
            Some(Role::Active) => is_rated(at),
            Some(Role::Residual) => residual,
            Some(Role::Rejected) | None => false,
        }
    }

    /// Number of cells of a hypothesis rated CC to II.
    #[must_use]
    pub fn on_scale(&self, hypothesis: usize) -> usize {
        self.columns.get(hypothesis).map_or(0, |column| column.on_scale as usize)
    }

    /// Number of rated cells of a hypothesis, NA included.
    #[must_use]
    pub fn rated(&self, hypothesis: usize) -> usize {
        self.columns.get(hypothesis).map_or(0, |column| column.rated)
    }

    /// Number of blank cells of a hypothesis.
    #[must_use]
    pub fn unrated(&self, hypothesis: usize) -> usize {
        self.columns.get(hypothesis).map_or(0, |column| self.items.len() - column.rated)
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
        let cells = self.row(row).iter().zip(&self.columns);
        cells.filter(|(_, column)| column.role != Role::Rejected).map(|(code, _)| *code)
    }

    /// Credibility and relevance of a row.
    #[must_use]
    pub fn class(&self, row: usize) -> Class {
        self.rows.get(row).map_or(Class::new(Level::Medium, Level::Medium), |info| info.class)
    }

    /// Returns whether nobody searched for what a row says is absent, so that its cells tell nothing.
    #[must_use]
    pub fn is_unsearched(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(|info| info.is_unsearched)
    }

    /// The group of a row, numbered from 0; `None` if it stands for itself, being the only one of its group that counts
    /// or of no group.
    #[must_use]
    pub fn group(&self, row: usize) -> Option<usize> {
        self.rows.get(row)?.group.map(|group| group as usize)
    }

    /// The rows of a group, ascending.
    #[must_use]
    pub fn members(&self, group: usize) -> &[usize] {
        self.groups.get(group).map_or(&[], Vec::as_slice)
    }

    /// Number of groups of several rows.
    #[must_use]
    pub fn group_count(&self) -> usize {
        self.groups.len()
    }

    /// These rows and all that rest on one of them, directly or not, ascending.
    #[must_use]
    pub fn with_dependents(&self, rows: &[usize]) -> Vec<usize> {
        let mut all = rows.to_vec();
        if !self.dependents.is_empty() {
            let mut seen: std::collections::HashSet<usize> = rows.iter().copied().collect();
            let mut next = 0;
            while let Some(row) = all.get(next) {
                let more = self.dependents.get(row).into_iter().flatten().copied();
                let more: Vec<usize> = more.filter(|row| seen.insert(*row)).collect();
                all.extend(more);
                next += 1;
            }
        }
        all.sort_unstable();
        all
    }

    /// Returns whether an item rests on this row.
    #[must_use]
    pub fn is_premise(&self, row: usize) -> bool {
        self.dependents.contains_key(&row)
    }

    /// Puts another code in a cell, in place; `false` where there is no such cell.
    pub fn set(&mut self, row: usize, hypothesis: usize, code: RatingCode) -> bool {
        let Some(info) = self.rows.get(row) else { return false };
        let code = if info.is_unsearched { RatingCode::NotApplicable } else { code };
        let cell = self.codes.get_mut(info.stored * self.columns.len() + hypothesis);
        let (Some(cell), Some(column)) = (cell, self.columns.get_mut(hypothesis)) else { return false };
        let was = std::mem::replace(cell, code);
        column.rated =
            column.rated + usize::from(code != RatingCode::Blank) - usize::from(was != RatingCode::Blank);
        column.on_scale = column.on_scale + u32::from(code.is_on_scale()) - u32::from(was.is_on_scale());
        true
    }

    /// Rates every blank cell.
    #[must_use]
    pub(super) fn filled(&self, code: RatingCode) -> Self {
        let mut filled = self.clone();
        for cell in filled.codes.iter_mut().filter(|cell| **cell == RatingCode::Blank) {
            *cell = code;
        }
        filled
    }

    /// The ungrouped rows by class.
    pub(super) fn blocks(&self) -> impl Iterator<Item = Block<'_>> {
        let width = self.hypothesis_count();
        self.blocks.iter().scan(self.codes.as_slice(), move |rest, &BlockInfo { class, rows }| {
            let (codes, after) = rest.split_at_checked(rows * width)?;
            *rest = after;
            Some(Block { class, codes })
        })
    }

    /// By group, the classes of its rows.
    pub(super) fn group_classes(&self) -> impl Iterator<Item = &[Class]> {
        self.groups.iter().scan(self.grouped.as_slice(), |rest, members| {
            let (own, others) = rest.split_at_checked(members.len())?;
            *rest = others;
            Some(own)
        })
    }

    /// The cells of the rows of all groups, row by row.
    pub(super) fn group_codes(&self) -> &[RatingCode] {
        let ungrouped = self.blocks.iter().map(|block| block.rows).sum::<usize>() * self.hypothesis_count();
        self.codes.get(ungrouped..).unwrap_or_default()
    }

    /// Priors of the hypotheses; `None` where they are inconsistent.
    pub(super) const fn priors(&self) -> Option<&Priors> {
        self.priors.as_ref()
    }
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
        assert_eq!((matrix.group(1), matrix.group(2), matrix.group(5)), (None, Some(0), Some(0)));
        assert_eq!(matrix.members(0), [2, 4, 5]);
        assert_eq!(matrix.blocks().map(|block| block.codes.len()).sum::<usize>(), 6);
    }

    #[test]
    fn one_of_its_group_stands_for_itself() {
        let matrix = Matrix::new(
            &Fixture::of(1).grouped("C", "g").grouped("C", "k").grouped("I", "k").scenario(),
            None,
        );
        assert_eq!((matrix.group(0), matrix.group(1), matrix.group_count()), (None, Some(0), 1));
        let matrix =
            Matrix::of(&Fixture::of(1).grouped("C", "k").grouped("I", "k").scenario(), &[true, false]);
        assert_eq!((matrix.items(), matrix.group(0), matrix.row_of(1)), ([0].as_slice(), None, None));
    }

    #[test]
    fn only_a_rated_and_active_hypothesis_competes() {
        let matrix =
            Matrix::new(&Fixture::of(4).reject(2).item("- NA II C").item("C - - -").scenario(), None);
        for method in Method::ALL {
            assert_eq!(matrix.competing(*method).collect::<Vec<_>>(), [0, 3]);
        }
        assert_eq!(matrix.active().collect::<Vec<_>>(), [0, 1, 3]);
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
        for (row, hypothesis) in (0..4).flat_map(|row| (0..3).map(move |hypothesis| (row, hypothesis))) {
            for rating in
                [Some(Rating::VeryInconsistent), Some(Rating::NotApplicable), None, Some(Rating::Neutral)]
            {
                let cell = rating.map_or_else(Cell::default, Cell::rated);
                scenario.evidence[row].ratings.set(hypothesis, cell);
                assert!(patched.set(row, hypothesis, rating.map_or(RatingCode::Blank, RatingCode::from)));
                assert_eq!(format!("{patched:?}"), format!("{:?}", Matrix::new(&scenario, None)));
            }
        }
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
