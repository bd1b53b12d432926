//! The case for and against a hypothesis, item by item.

use super::contributions::Contributions;
use super::matrix::Matrix;
use super::ranking::Ranking;

/// The items that make up the score of one hypothesis. Each list has rows with figures other than 0, by absolute size,
/// equal ones in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// Rows whose contribution is below 0.
    pub against: Vec<(usize, f64)>,
    /// Rows whose contribution is above 0.
    pub in_favour: Vec<(usize, f64)>,
    /// Rows that a stronger one of their group covers, each with that one, in the order of the file.
    pub covered: Vec<(usize, usize)>,
    /// Differences from the first leader in the order of the scenario: the leader's contribution less its own.
    /// Empty for a leader, and where none leads.
    pub versus_leader: Vec<(usize, f64)>,
}

impl Case {
    /// The case of a hypothesis in the ranking of this matrix, by these contributions. A hypothesis without a score has
    /// no case.
    #[must_use]
    pub fn new(
        matrix: &Matrix,
        ranking: &Ranking,
        contributions: &Contributions<'_>,
        hypothesis: usize,
    ) -> Self {
        if ranking.score(hypothesis).is_none() {
            return Self::default();
        }
        let rows = || 0..matrix.items().len();
        let own = |row| (row, contributions.of(row, hypothesis));
        let leader = ranking.leaders.first().filter(|_| !ranking.leaders.contains(&hypothesis));
        let versus = |leader: &usize| {
            let of = |row| (row, contributions.difference(row, *leader, hypothesis));
            by_size(rows().map(of).filter(|(_, figure)| *figure != 0.0))
        };
        Self {
            against: by_size(rows().map(own).filter(|(_, figure)| *figure < 0.0)),
            in_favour: by_size(rows().map(own).filter(|(_, figure)| *figure > 0.0)),
            covered: contributions.covered(hypothesis),
            versus_leader: leader.map(versus).unwrap_or_default(),
        }
    }
}

fn by_size(figures: impl Iterator<Item = (usize, f64)>) -> Vec<(usize, f64)> {
    let mut figures: Vec<_> = figures.collect();
    figures.sort_by(|(_, x), (_, y)| y.abs().total_cmp(&x.abs()));
    figures
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::fixture::Fixture;
    use crate::engine::rank;
    use crate::scenario::{Level, Method};

    fn case(fixture: &Fixture, method: Method, hypothesis: usize) -> Case {
        let matrix = Matrix::new(&fixture.clone().scenario(), None);
        Case::new(&matrix, &rank(&matrix, method), &Contributions::new(&matrix, method), hypothesis)
    }

    fn fixture() -> Fixture {
        Fixture::of(3)
            .item("C I N")
            .item("N CC I")
            .weighed("C II NA", Level::High, Level::Medium)
            .item("I I -")
            .item("C C II")
            .reject(2)
    }

    #[test]
    fn contributions_are_listed_by_size() {
        let h1 = case(&fixture(), Method::Net, 1);
        let root = std::f64::consts::SQRT_2;
        assert_eq!(h1.against, [(2, -2.0 * root), (0, -1.0), (3, -1.0)]);
        assert_eq!(h1.in_favour, [(1, 2.0), (4, 1.0)]);
        // What separates: h0's contribution less its own, exactly.
        assert_eq!(h1.versus_leader, [(2, 3.0 * root), (0, 2.0), (1, -2.0)]);
        let h0 = case(&fixture(), Method::Net, 0);
        assert_eq!(h0.versus_leader, []);
        let weighted = case(&fixture(), Method::Weighted, 1);
        assert_eq!(weighted.in_favour, []);
        assert_eq!(weighted.versus_leader, [(2, 2.0 * root), (0, 1.0)]);
    }

    #[test]
    fn a_rejected_hypothesis_has_a_case_where_it_has_a_score() {
        let h2 = case(&fixture(), Method::Inconsistency, 2);
        assert_eq!(h2.against, [(4, -2.0), (1, -1.0)]);
        assert_eq!(h2.versus_leader, [(4, 2.0), (1, 1.0), (3, -1.0)]);
        assert_eq!(case(&fixture(), Method::Bayes, 2), Case::default());
    }

    #[test]
    fn under_bayes_the_weights_of_evidence_make_the_difference() {
        let fixture =
            Fixture::of(2).grouped("C I", "g").grouped("CC C", "g").grouped("N I", "g").item("N II");
        let matrix = Matrix::new(&fixture.clone().scenario(), None);
        let ranking = rank(&matrix, Method::Bayes);
        let h1 = case(&fixture, Method::Bayes, 1);
        let rows = |list: &[(usize, f64)]| list.iter().map(|(row, _)| *row).collect::<Vec<_>>();
        assert_eq!((rows(&h1.against), rows(&h1.in_favour)), (vec![3, 0], vec![1]));
        assert_eq!(h1.covered, [(2, 0)], "of equal ones the first counts");
        assert_eq!(case(&fixture, Method::Bayes, 0).covered, [(0, 1)]);
        let bans: f64 = h1.versus_leader.iter().map(|(_, bans)| bans).sum();
        let odds = ranking.scores[0].unwrap() / ranking.scores[1].unwrap();
        assert!((bans - odds.log10()).abs() < 1e-14);
    }

    #[test]
    fn where_none_leads_nothing_is_compared() {
        let fixture = Fixture::of(1).item("I").reject(0);
        let case = case(&fixture, Method::Weighted, 0);
        assert_eq!((case.against.len(), case.versus_leader.len()), (1, 0));
    }
}
