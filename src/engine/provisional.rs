//! Provisional conclusions: what is still to be rated before a lead can be trusted.

use super::matrix::Matrix;
use super::ranking::Ranking;

/// The reasons why a conclusion is provisional: gaps in the ratings of a leader, and hypotheses that nobody has rated.
/// One of the two lists is not empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provisional {
    /// The leaders other than a residual with a blank cell, or with a rating CC to II in fewer than half of the items.
    pub leaders: Vec<LeaderGaps>,
    /// The active hypotheses other than a residual without a rating CC to II.
    pub unrated: Vec<usize>,
    /// Number of items that count.
    pub items: usize,
}

/// The gaps in the ratings of a leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeaderGaps {
    /// Its position.
    pub hypothesis: usize,
    /// Number of its blank cells.
    pub blank: usize,
    /// Number of its cells rated CC to II.
    pub on_scale: usize,
}

/// Numbers of cells by hypothesis, over the items that count.
#[derive(Clone, Debug)]
pub(super) struct Coverage {
    pub(super) items: usize,
    pub(super) blank: Vec<usize>,
    pub(super) on_scale: Vec<usize>,
}

/// Returns what makes the conclusion of a ranking of this matrix provisional; `None` where nothing does or nobody leads.
#[must_use]
pub fn provisional(matrix: &Matrix, ranking: &Ranking) -> Option<Provisional> {
    let count = 0..matrix.hypothesis_count();
    let coverage = Coverage {
        items: matrix.items().len(),
        blank: count.clone().map(|at| matrix.unrated(at)).collect(),
        on_scale: count.map(|at| matrix.on_scale(at)).collect(),
    };
    coverage.provisional(matrix, &ranking.leaders)
}

impl Coverage {
    /// The coverage of no items.
    pub(super) fn none(hypotheses: usize) -> Self {
        Self { items: 0, blank: vec![0; hypotheses], on_scale: vec![0; hypotheses] }
    }

    /// Counts a row of the matrix.
    pub(super) fn add(&mut self, matrix: &Matrix, row: usize) {
        self.items += 1;
        for (code, (blank, on_scale)) in
            matrix.row(row).iter().zip(self.blank.iter_mut().zip(&mut self.on_scale))
        {
            *blank += usize::from(code.rating().is_none());
            *on_scale += usize::from(code.is_on_scale());
        }
    }

    /// Returns the reasons why the conclusion with these leaders is provisional; `None` if it is not.
    pub(super) fn provisional(&self, matrix: &Matrix, leaders: &[usize]) -> Option<Provisional> {
        let of = |numbers: &[usize], at: usize| numbers.get(at).copied().unwrap_or_default();
        let gaps = |hypothesis: &usize| {
            let (blank, on_scale) = (of(&self.blank, *hypothesis), of(&self.on_scale, *hypothesis));
            let has_gaps = blank > 0 || 2 * on_scale < self.items;
            has_gaps.then_some(LeaderGaps { hypothesis: *hypothesis, blank, on_scale })
        };
        let leading = leaders.iter().filter(|leader| !matrix.is_residual(**leader));
        let found = Provisional {
            leaders: leading.filter_map(gaps).collect(),
            unrated: matrix.comparable().filter(|at| of(&self.on_scale, *at) == 0).collect(),
            items: self.items,
        };
        let has_gaps = !found.leaders.is_empty() || !found.unrated.is_empty();
        (has_gaps && !leaders.is_empty()).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::fixture::Fixture;
    use crate::engine::rank;
    use crate::scenario::Method;

    /// The leaders' gaps as position, blanks and ratings CC to II, and the unrated hypotheses.
    fn of(fixture: Fixture) -> Option<(Vec<[usize; 3]>, Vec<usize>)> {
        let matrix = Matrix::new(&fixture.scenario(), None);
        let found = provisional(&matrix, &rank(&matrix, Method::Weighted))?;
        let leaders = found.leaders.iter().map(|gaps| [gaps.hypothesis, gaps.blank, gaps.on_scale]);
        Some((leaders.collect(), found.unrated))
    }

    #[test]
    fn blanks_few_ratings_and_unrated_hypotheses_make_a_lead_provisional() {
        assert_eq!(of(Fixture::of(2).item("C I").item("C -")), None, "blanks of one that does not lead");
        assert_eq!(of(Fixture::of(2).item("C I").item("- C")), Some((vec![[0, 1, 1]], vec![])));
        assert_eq!(of(Fixture::of(2).item("C I").item("NA C").item("NA C")), Some((vec![[0, 0, 1]], vec![])));
        assert_eq!(of(Fixture::of(2).item("C I").item("NA C")), None, "half of the items is enough");
        assert_eq!(of(Fixture::of(3).item("C I NA")), Some((vec![], vec![2])));
        assert_eq!(of(Fixture::of(2).item("- NA")), None, "nobody leads");
    }
}
