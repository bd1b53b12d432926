//! Teams: several versions of one scenario as the judgements of as many raters.
//!
//! Mandel, Karvetski and Dhami (2018) found that averaging the judgements of several analysts helps where the method
//! alone does not; Open Synthesis shows where they disagree. Items and hypotheses are the same where their ids are.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::agreement::{Counts, Interval, interval, ordinal_alpha};
use super::rating_code::RatingCode;
use crate::scenario::{Evidence, EvidenceId, HypothesisId, Rating, Scenario};

/// The ratings of each rater for each cell of all versions taken together.
///
/// Rows and columns are those of the first version, then new ones in the order in which they appear. What a version
/// does not have is blank there.
#[derive(Clone, Debug)]
pub struct Team {
    raters: usize,
    rows: Lines<EvidenceId>,
    columns: Lines<HypothesisId>,
    /// Row by row, in each the columns, in each the raters.
    codes: Vec<RatingCode>,
}

/// Rows or columns.
#[derive(Clone, Debug)]
struct Lines<Id> {
    ids: Vec<Id>,
    /// Number of those that the first version has; they come first.
    of_first: usize,
    /// In how many versions each is.
    versions: Vec<usize>,
}

impl<Id: Clone> Lines<Id> {
    fn new(union: &Union<'_, Id>, of_first: usize) -> Self {
        let ids = union.list.iter().map(|id| (*id).clone()).collect();
        Self { ids, of_first, versions: union.versions.clone() }
    }

    fn not_in_first(&self) -> &[Id] {
        self.ids.get(self.of_first..).unwrap_or_default()
    }

    fn not_in_all(&self, versions: usize) -> impl Iterator<Item = &Id> {
        self.ids.iter().zip(&self.versions).filter(move |(_, of)| **of < versions).map(|(id, _)| id)
    }
}

impl Team {
    /// The raters of these versions, on the items that count in at least one of them: flags by position in each
    /// version, as [`super::counting`] gives them. Where an item does not count in a version, its cells are blank.
    #[must_use]
    pub fn new(versions: &[(&Scenario, &[bool])]) -> Self {
        let raters = versions.len();
        let (mut rows, mut columns) = (Union::default(), Union::default());
        let (mut rows_of_first, mut columns_of_first) = (0, 0);
        let counting = versions.iter().flat_map(|(scenario, counts)| counted_items(scenario, counts));
        let counting: HashSet<&EvidenceId> = counting.map(|item| &item.id).collect();
        for (rater, (scenario, _)) in versions.iter().enumerate() {
            scenario.hypotheses.iter().for_each(|hypothesis| columns.meet(&hypothesis.id));
            let ids = scenario.evidence.iter().map(|item| &item.id);
            ids.filter(|id| counting.contains(id)).for_each(|id| rows.meet(id));
            if rater == 0 {
                (rows_of_first, columns_of_first) = (rows.list.len(), columns.list.len());
            }
        }
        let width = columns.list.len() * raters;
        let mut codes = vec![RatingCode::Blank; rows.list.len() * width];
        for (rater, (scenario, counts)) in versions.iter().enumerate() {
            let own: Vec<_> = scenario.hypotheses.iter().map(|h| columns.position(&h.id)).collect();
            for item in counted_items(scenario, counts) {
                let Some(row) = rows.position(&item.id) else { continue };
                for (hypothesis, cell) in item.ratings.iter() {
                    let Some(column) = own.get(hypothesis).copied().flatten() else { continue };
                    if let Some(code) = codes.get_mut(row * width + column * raters + rater) {
                        *code = RatingCode::from(cell.rating);
                    }
                }
            }
        }
        let (rows, columns) = (Lines::new(&rows, rows_of_first), Lines::new(&columns, columns_of_first));
        Self { raters, rows, columns, codes }
    }

    /// The items of all versions.
    #[must_use]
    pub fn rows(&self) -> &[EvidenceId] {
        &self.rows.ids
    }

    /// The hypotheses of all versions, rejected ones too.
    #[must_use]
    pub fn columns(&self) -> &[HypothesisId] {
        &self.columns.ids
    }

    /// The items that not every version has.
    pub fn partial_rows(&self) -> impl Iterator<Item = &EvidenceId> {
        self.rows.not_in_all(self.raters)
    }

    /// The hypotheses that not every version has.
    pub fn partial_columns(&self) -> impl Iterator<Item = &HypothesisId> {
        self.columns.not_in_all(self.raters)
    }

    /// The items that the first version does not have.
    #[must_use]
    pub fn new_rows(&self) -> &[EvidenceId] {
        self.rows.not_in_first()
    }

    /// The hypotheses that the first version does not have.
    #[must_use]
    pub fn new_columns(&self) -> &[HypothesisId] {
        self.columns.not_in_first()
    }

    /// Rating of a cell by each rater; empty if there is no such cell.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &[RatingCode] {
        if column >= self.columns.ids.len() {
            return &[];
        }
        let start = (row * self.columns.ids.len() + column) * self.raters;
        self.codes.get(start..start + self.raters).unwrap_or_default()
    }

    /// Every cell with its row and column, row by row.
    pub fn cells(&self) -> impl Iterator<Item = (usize, usize, &[RatingCode])> {
        let columns = self.columns.ids.len();
        let each = move |row| (0..columns).map(move |column| (row, column));
        (0..self.rows.ids.len()).flat_map(each).map(|(row, column)| (row, column, self.cell(row, column)))
    }

    /// The interval of alpha: a jackknife over cells. `None` for fewer than three cells that several raters rate CC to
    /// II, or where leaving one out leaves no alpha.
    #[must_use]
    pub fn alpha_interval(&self) -> Option<Interval> {
        let cells: Vec<Counts> = self.cells().map(|(_, _, codes)| counts(codes)).collect();
        interval(&cells)
    }

    /// Krippendorff's alpha over all cells: ordinal, over CC to II, with NA and blank as missing. At most 1; `None`
    /// without two raters of one cell, or without variation.
    #[must_use]
    pub fn alpha(&self) -> Option<f64> {
        ordinal_alpha(self.cells().map(|(_, _, codes)| counts(codes)))
    }

    /// The first version with the consensus in its cells. Where that is another rating, how sure the rater was of the
    /// old one goes; notes stay. Rows and columns that only other versions have are not in it, and rows of items that
    /// count in no version stay as they are.
    #[must_use]
    pub fn consensus(&self, first: &Scenario) -> Scenario {
        let mut scenario = first.clone();
        let mut rows = self.rows.ids.iter().enumerate().peekable();
        for item in &mut scenario.evidence {
            // The rows of the first version come first, in its own order.
            let Some((row, _)) = rows.next_if(|(_, id)| **id == item.id) else { continue };
            for column in 0..first.hypotheses.len() {
                let rating = consensus(self.cell(row, column));
                if item.ratings.rating(column) == rating {
                    continue;
                }
                let mut cell = item.ratings.get(column).cloned().unwrap_or_default();
                (cell.rating, cell.confidence) = (rating, None);
                item.ratings.set(column, cell);
            }
        }
        scenario
    }

    /// Number of cells that several raters rate CC to II: those that alpha is computed over.
    #[must_use]
    pub fn compared(&self) -> usize {
        let several = |codes: &[RatingCode]| codes.iter().filter(|code| code.is_on_scale()).count() > 1;
        self.cells().filter(|(_, _, codes)| several(codes)).count()
    }

    /// Number of cells that a rater has rated, NA included.
    #[must_use]
    pub fn rated(&self, rater: usize) -> usize {
        self.cells()
            .filter(|(_, _, codes)| codes.get(rater).is_some_and(|code| *code != RatingCode::Blank))
            .count()
    }

    /// Steps of the scale that two raters lie apart on average, 0 to 4, over the cells that both rate CC to II;
    /// `None` if there is no such cell.
    #[must_use]
    pub fn distance(&self, one: usize, other: usize) -> Option<f64> {
        let value = |codes: &[RatingCode], rater: usize| value(*codes.get(rater)?);
        mean(self.cells().filter_map(|(_, _, codes)| Some(value(codes, one)?.abs_diff(value(codes, other)?))))
    }

    /// Steps of the scale that a rater lies from the consensus of the others on average, 0 to 4, over the cells where
    /// both are CC to II; `None` if there is no such cell.
    #[must_use]
    pub fn distance_from_others(&self, rater: usize) -> Option<f64> {
        let apart = |codes: &[RatingCode]| {
            let own = value(*codes.get(rater)?)?;
            let others = codes.iter().enumerate().filter(|(other, _)| *other != rater).map(|(_, code)| *code);
            Some(own.abs_diff(consensus_of(others)?.value()?))
        };
        mean(self.cells().filter_map(|(_, _, codes)| apart(codes)))
    }
}

/// Consensus of the raters of a cell: NA where more said that than rated, else `None` where nobody rated, or where some
/// rated on the consistent side and some on the inconsistent one, else the mean of the values, rounded to a step, a half
/// towards N.
#[must_use]
pub fn consensus(codes: &[RatingCode]) -> Option<Rating> {
    consensus_of(codes.iter().copied())
}

fn consensus_of(codes: impl Iterator<Item = RatingCode>) -> Option<Rating> {
    let (mut sum, mut rated, mut not_applicable) = (0_i64, 0_i64, 0_i64);
    let (mut consistent, mut inconsistent) = (false, false);
    for code in codes {
        match value(code) {
            Some(value) => {
                sum += i64::from(value);
                rated += 1;
                consistent |= value > 0;
                inconsistent |= value < 0;
            }
            None => not_applicable += i64::from(code == RatingCode::NotApplicable),
        }
    }
    if not_applicable > rated {
        return Some(Rating::NotApplicable);
    }
    if consistent && inconsistent {
        return None;
    }
    // Whole numbers, so that a half is a half: the size is rounded, and a half of it down.
    let size = (2 * sum.abs() + rated - 1).checked_div(2 * rated)?;
    Rating::from_value(i8::try_from(size * sum.signum()).ok()?)
}

/// Disagreement of the raters of a cell: the sample standard deviation of the values, or of whether the cell applies
/// at all (1 for a rating, 0 for NA), whichever is greater; 0 where fewer than two rated, `None` where nobody did. The
/// measure of Open Synthesis. At most 2 sqrt 2.
#[must_use]
pub fn disagreement(codes: &[RatingCode]) -> Option<f64> {
    let given = || codes.iter().filter(|code| **code != RatingCode::Blank);
    given().next()?;
    let values = deviation(given().filter_map(|code| value(*code)).map(i64::from));
    let applies = deviation(given().map(|code| i64::from(code.is_on_scale())));
    Some(values.max(applies))
}

/// Sample standard deviation of whole numbers; 0 of fewer than two.
fn deviation(values: impl Iterator<Item = i64>) -> f64 {
    let (mut count, mut sum, mut squares) = (0_i64, 0_i64, 0_i64);
    for value in values {
        count += 1;
        sum += value;
        squares += value * value;
    }
    if count < 2 {
        return 0.0;
    }
    // n (n - 1) times the variance is an integer: equal ratings give 0 exactly.
    ((count * squares - sum * sum) as f64 / (count * (count - 1)) as f64).sqrt()
}

/// Returns whether some raters of a cell rated on the consistent side and some on the inconsistent one.
#[must_use]
pub fn is_split(codes: &[RatingCode]) -> bool {
    let has = |side: fn(&i8) -> bool| codes.iter().filter_map(|code| value(*code)).any(|value| side(&value));
    has(|value| *value > 0) && has(|value| *value < 0)
}

fn counted_items<'a>(scenario: &'a Scenario, counts: &'a [bool]) -> impl Iterator<Item = &'a Evidence> {
    scenario.evidence.iter().zip(counts).filter(|(_, counts)| **counts).map(|(item, _)| item)
}

fn mean(distances: impl Iterator<Item = u8>) -> Option<f64> {
    let (count, sum) = distances.fold((0_u64, 0_u64), |(count, sum), d| (count + 1, sum + u64::from(d)));
    (count > 0).then(|| sum as f64 / count as f64)
}

/// The value of a step of the scale; `None` for NA and blank.
fn value(code: RatingCode) -> Option<i8> {
    code.is_on_scale().then(|| code.value())
}

/// Number of raters by step of the scale.
fn counts(codes: &[RatingCode]) -> Counts {
    let mut counts = Counts::default();
    for value in codes.iter().filter_map(|code| value(*code)) {
        if let Some(count) = counts.get_mut(usize::from(value.abs_diff(2))) {
            *count += 1;
        }
    }
    counts
}

/// Ids in the order in which they first appear.
#[derive(Debug)]
struct Union<'a, Id> {
    list: Vec<&'a Id>,
    /// In how many versions each is.
    versions: Vec<usize>,
    positions: HashMap<&'a Id, usize>,
}

impl<Id> Default for Union<'_, Id> {
    fn default() -> Self {
        Self { list: Vec::new(), versions: Vec::new(), positions: HashMap::new() }
    }
}

impl<'a, Id: Eq + Hash> Union<'a, Id> {
    /// Counts an id of one more version; a new one comes to the end.
    fn meet(&mut self, id: &'a Id) {
        let next = self.list.len();
        let position = *self.positions.entry(id).or_insert(next);
        if position == next {
            self.list.push(id);
            self.versions.push(0);
        }
        if let Some(versions) = self.versions.get_mut(position) {
            *versions += 1;
        }
    }

    fn position(&self, id: &Id) -> Option<usize> {
        self.positions.get(id).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::counting;
    use crate::engine::fixture::Fixture;
    use crate::scenario::{Date, Day};

    fn team_of(versions: &[&Scenario], as_of: Option<Day>) -> Team {
        let counts: Vec<Vec<bool>> =
            versions.iter().map(|version| counting(version, as_of, |_| true)).collect();
        let versions = versions.iter().zip(&counts).map(|(version, counts)| (*version, counts.as_slice()));
        Team::new(&versions.collect::<Vec<_>>())
    }

    fn codes(words: &str) -> Vec<RatingCode> {
        words.split_whitespace().map(|word| RatingCode::from(Rating::parse(word))).collect()
    }

    #[test]
    fn the_consensus_is_the_mean_rounded_towards_neutral() {
        for (said, expected) in [
            ("CC C", "C"),
            ("CC CC C", "CC"),
            ("C N", "N"),
            ("I N", "N"),
            ("II I", "I"),
            ("II II I", "II"),
            ("CC II", "-"),
            ("CC CC CC I", "-"),
            ("C N I", "-"),
            ("N II", "I"),
            ("- C -", "C"),
            ("NA C", "C"),
            ("NA NA C", "NA"),
            ("NA NA C II", "-"),
            ("NA NA NA C II", "NA"),
            ("NA -", "NA"),
            ("- -", "-"),
            ("", "-"),
        ] {
            assert_eq!(consensus(&codes(said)), Rating::parse(expected), "{said}");
        }
    }

    #[test]
    fn disagreement_is_a_deviation_of_values_or_of_applying() {
        let of = |said: &str| disagreement(&codes(said));
        assert_eq!(of("CC II"), Some(8.0_f64.sqrt()));
        assert_eq!(of("C N"), Some(0.5_f64.sqrt()));
        assert_eq!(of("C C C"), Some(0.0));
        assert_eq!(of("CC - -"), Some(0.0), "one rater");
        assert_eq!(of("CC NA"), Some(0.5_f64.sqrt()), "whether it applies");
        assert_eq!(of("NA NA"), Some(0.0));
        assert_eq!(of("C C NA NA"), Some((1.0_f64 / 3.0).sqrt()));
        assert_eq!(of("CC II NA"), Some(8.0_f64.sqrt()), "the greater of the two");
        assert_eq!(of("- -"), None);
    }

    #[test]
    fn rows_and_columns_are_those_of_all_versions() {
        let mut other = Fixture::of(3).item("C I N").item("NA CC II").item("I I I").scenario();
        other.evidence.remove(0);
        other.hypotheses.rotate_left(1);
        for item in &mut other.evidence {
            let cells: Vec<_> = item.ratings.iter().map(|(at, cell)| ((at + 2) % 3, cell.clone())).collect();
            item.ratings = crate::scenario::Row::from_cells(cells);
        }
        let first = Fixture::of(2).item("CC -").item("C II").scenario();
        let team = team_of(&[&first, &other], None);
        let ids: Vec<_> = team.rows().iter().map(ToString::to_string).collect();
        assert_eq!(ids, ["e0", "e1", "e2"]);
        let ids: Vec<_> = team.columns().iter().map(ToString::to_string).collect();
        assert_eq!(ids, ["h0", "h1", "h2"]);
        assert_eq!(team.cell(0, 0), codes("CC -"));
        assert_eq!(team.cell(1, 0), codes("C NA"));
        assert_eq!(team.cell(1, 1), codes("II CC"));
        assert_eq!(team.cell(1, 2), codes("- II"));
        assert_eq!(team.cell(2, 2), codes("- I"));
        assert_eq!(team.cell(3, 0), []);
        assert_eq!(team.cell(0, 3), []);
        assert_eq!((team.rated(0), team.rated(1)), (3, 6));
        assert_eq!(team.partial_rows().map(|id| id.as_str()).collect::<Vec<_>>(), ["e0", "e2"]);
        assert_eq!(team.partial_columns().map(|id| id.as_str()).collect::<Vec<_>>(), ["h2"]);
        assert_eq!((team.new_rows().len(), team.new_columns().len()), (1, 1));
        assert_eq!(team.cells().count(), 9);
    }

    #[test]
    fn a_day_leaves_out_later_items() {
        let dated = |date: &str| {
            let fixture = Fixture::of(1).item("C").edit_last(|item| item.date = Date::parse(date)).item("I");
            fixture.scenario()
        };
        let (first, other) = (dated("2025-12"), dated("2025-01-01"));
        let team = team_of(&[&first, &other], Day::parse("2025-12-30"));
        assert_eq!(team.rows().len(), 2);
        assert_eq!(team.cell(0, 0), codes("- C"), "blank where the item does not count");
        assert_eq!(team.cell(1, 0), codes("I I"));
    }

    #[test]
    fn raters_lie_apart_by_steps_of_the_scale() {
        let versions = ["CC C NA -", "C I N C", "N C C C"].map(|row| Fixture::of(4).item(row).scenario());
        let team = team_of(&versions.each_ref(), None);
        assert_eq!(team.distance(0, 1), Some(1.5));
        assert_eq!(team.distance(1, 2), Some((1 + 2 + 1) as f64 / 4.0));
        // The others' consensus is N on the first cell and none on the second; the rest rater 0 does not rate.
        assert_eq!(team.distance_from_others(0), Some(2.0));
        let alone = team_of(&[&versions[0]], None);
        assert_eq!((alone.distance_from_others(0), alone.alpha()), (None, None));
        assert_eq!(team_of(&[], None).alpha(), None);
    }

    #[test]
    fn alpha_looks_at_every_cell() {
        let versions = ["CC II C NA", "CC II C C", "CC I - -"].map(|row| Fixture::of(4).item(row).scenario());
        let alpha = team_of(&versions.each_ref(), None).alpha().unwrap();
        assert!((0.8..1.0).contains(&alpha), "{alpha}");
        assert_eq!(team_of(&versions.each_ref(), None).compared(), 3);
        let same = team_of(&[&versions[0], &versions[0]], None);
        assert_eq!(same.alpha(), Some(1.0));
    }
}
