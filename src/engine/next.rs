//! The cells to settle next: those whose ratings would change who leads or tell most, and whether rating on can still
//! change who leads.
//!
//! The bits of a cell are the mutual information between it and the hypotheses (Lindley 1956), by the posteriors of
//! `bayes` whatever the method.

use std::collections::HashMap;

use super::class::Class;
use super::matrix::Matrix;
use super::order::descending;
use super::rating_code::RatingCode;
use super::score::Score;
use super::tally::Tally;
use super::uncertainty::{Chances, SCALE, UNIFORM, chances, confidence};
use super::what_if::WhatIf;
use crate::scenario::{Level, Method, Scenario};

/// The cells of active hypotheses but the residual that are candidates. NA never is one, nor is a cell of an item that
/// nobody searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Candidates {
    /// Those that are blank or were rated with low confidence.
    Open,
    /// Every one that is blank or rated CC to II.
    All,
}

/// A cell, with what knowing its rating would be worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenCell {
    /// The row of the matrix.
    pub row: usize,
    /// Position of the hypothesis.
    pub hypothesis: usize,
    /// Confidence of its rating; `None` for a blank.
    pub confidence: Option<Level>,
    /// Information about the hypotheses that its rating is expected to give; 0 where priors are inconsistent.
    pub bits: f64,
    /// Probability that its rating changes who leads.
    pub switch: f64,
}

/// The cells to settle next, and whether any can change who leads.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// The method by which hypotheses lead.
    pub method: Method,
    /// True where no filling of the blanks can change who leads; `None` under `bayes`.
    pub settled: Option<bool>,
    /// Blank cells of active hypotheses but the residual.
    pub blanks: usize,
    /// The cells, by switch descending, then by bits; equal ones in file order, row by row.
    pub cells: Vec<OpenCell>,
}

/// Finds the cells to settle next, under the method by which hypotheses lead.
#[must_use]
pub fn next(scenario: &Scenario, matrix: &Matrix, method: Method, candidates: Candidates) -> Next {
    let found = Asking::new(matrix, method).weigh_all(scenario, candidates);
    Next {
        method,
        settled: settled(matrix, method),
        blanks: matrix.comparable().map(|hypothesis| matrix.unrated(hypothesis)).sum(),
        cells: in_order(&found),
    }
}

/// The blank or doubtful cell to settle first, as row and position of the hypothesis: the first that [`next`] lists.
#[must_use]
pub fn next_cell(scenario: &Scenario, matrix: &Matrix, method: Method) -> Option<(usize, usize)> {
    let found = Asking::new(matrix, method).weigh_all(scenario, Candidates::Open);
    in_order(&found).first().map(|cell| (cell.row, cell.hypothesis))
}

fn in_order(found: &[OpenCell]) -> Vec<OpenCell> {
    let mut by_bits: Vec<(f64, usize)> = found.iter().map(|cell| cell.bits).zip(0..).collect();
    descending(&mut by_bits);
    let in_order = by_bits.iter().filter_map(|(_, at)| found.get(*at));
    let mut by_switch: Vec<(f64, usize)> = in_order.map(|cell| cell.switch).zip(0..).collect();
    descending(&mut by_switch);
    let place = |(_, rank): &(f64, usize)| by_bits.get(*rank).and_then(|(_, at)| found.get(*at)).copied();
    by_switch.iter().filter_map(place).collect()
}

/// Returns whether no filling of the blank cells of active hypotheses can change who leads; `None` under `bayes`.
///
/// A blank moves the score of its own hypothesis alone, and a better rating never lowers it, so each score has a worst
/// and a best end, which it reaches whatever the others do. Leaders stay the leaders if at worst each is still ahead of
/// every other at its best, and level with those it leads with.
#[must_use]
pub fn settled(matrix: &Matrix, method: Method) -> Option<bool> {
    let today = Tally::additive(matrix, method)?;
    let end = |code| Tally::additive(&matrix.filled(code), method);
    let (worst, best) = (end(RatingCode::VeryInconsistent)?, end(RatingCode::VeryConsistent)?);
    let mut leaders: Vec<usize> = Vec::new();
    today.leaders(matrix, |hypothesis, is_first| leaders.extend(is_first.then_some(hypothesis)));
    let competes: Vec<usize> = today.competing(matrix).collect();
    let others = matrix.comparable().filter(|at| !leaders.contains(at));
    let others: Vec<usize> = others.filter(|at| competes.contains(at) || matrix.unrated(*at) > 0).collect();
    let (worst, best) =
        (|at: &usize| -> Score { worst.score(*at) }, |at: &usize| -> Score { best.score(*at) });
    let is_ahead = |leader: &usize| others.iter().all(|other| worst(leader) > best(other));
    let is_level = |leader: &usize| leaders.len() == 1 || worst(leader) == best(leader);
    Some(if leaders.is_empty() {
        others.is_empty()
    } else {
        leaders.iter().all(|leader| is_ahead(leader) && is_level(leader))
    })
}

/// A cell to be weighed.
#[derive(Clone, Copy)]
struct Place {
    row: usize,
    hypothesis: usize,
    code: RatingCode,
    confidence: Level,
}

impl Place {
    /// Probabilities of its ratings; `None` for a cell that is not a candidate.
    fn chances(self, candidates: Candidates) -> Option<Chances> {
        if self.code == RatingCode::Blank {
            return Some(UNIFORM);
        }
        let wanted = candidates == Candidates::All || self.confidence == Level::Low;
        chances(self.code, self.confidence).filter(|_| wanted)
    }
}

/// Everything that the worth of a cell of an ungrouped row depends on. A large matrix has many cells, but few kinds of
/// them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Kind {
    class: Class,
    hypothesis: usize,
    code: RatingCode,
    confidence: Level,
}

/// The what-ifs that cells are weighed by.
struct Asking<'a> {
    matrix: &'a Matrix,
    beliefs: Option<Beliefs<'a>>,
    leaders: Option<WhatIf<'a>>,
    /// Bits and switch by kind.
    known: HashMap<Kind, (f64, f64)>,
}

/// Posteriors of the hypotheses, today's and those of what-ifs.
struct Beliefs<'a> {
    what_if: WhatIf<'a>,
    /// By hypothesis, once asked for: how probable it is where it competes, and how probable all others are: each for
    /// itself, so that neither is lost beside the other.
    odds: Vec<Option<(f64, f64)>>,
}

impl<'a> Asking<'a> {
    fn new(matrix: &'a Matrix, method: Method) -> Self {
        let beliefs = WhatIf::new(matrix, Method::Bayes)
            .map(|what_if| Beliefs { what_if, odds: vec![None; matrix.hypothesis_count()] });
        Self { matrix, beliefs, leaders: WhatIf::new(matrix, method), known: HashMap::new() }
    }

    /// The candidates with their worth, row by row.
    fn weigh_all(&mut self, scenario: &Scenario, candidates: Candidates) -> Vec<OpenCell> {
        let matrix = self.matrix;
        let mut weighed = Vec::new();
        for (row, item) in matrix.items().iter().enumerate() {
            for hypothesis in matrix.comparable() {
                let code = matrix.code(row, hypothesis);
                let cell =
                    Place { row, hypothesis, code, confidence: confidence(scenario, *item, hypothesis) };
                let Some(chances) = cell.chances(candidates) else { continue };
                let (bits, switch) = self.weigh(cell, &chances);
                let confidence = (code != RatingCode::Blank).then_some(cell.confidence);
                weighed.push(OpenCell { row, hypothesis, confidence, bits, switch });
            }
        }
        weighed
    }

    fn weigh(&mut self, cell: Place, chances: &Chances) -> (f64, f64) {
        let kind = Kind {
            class: self.matrix.class(cell.row),
            hypothesis: cell.hypothesis,
            code: cell.code,
            confidence: cell.confidence,
        };
        let is_alone = self.matrix.group(cell.row).is_none();
        if let Some(known) = self.known.get(&kind).filter(|_| is_alone) {
            return *known;
        }
        let bits = self.beliefs.as_mut().map_or(0.0, |beliefs| beliefs.bits(cell, chances));
        let worth = (bits, self.switch(cell, chances));
        if is_alone {
            self.known.insert(kind, worth);
        }
        worth
    }

    fn switch(&mut self, cell: Place, chances: &Chances) -> f64 {
        let Some(leaders) = &mut self.leaders else { return 0.0 };
        let mut switch = 0.0;
        for (code, chance) in possible(chances) {
            leaders.change_cell(cell.row, cell.hypothesis, code);
            if leaders.leaders_changed() {
                switch += chance;
            }
        }
        leaders.restore_cell();
        f64::min(switch, 1.0)
    }
}

impl Beliefs<'_> {
    /// H(mean) - sum of q H(post), as the mean divergence of the posteriors from their mean: a sum of what is never
    /// negative, so that little is lost to rounding where a cell tells little.
    ///
    /// By a factor f of its odds the hypothesis of the cell comes from p to p f / z with z = p f + others, and each of
    /// the others from its posterior to that by z: so all of them are told from one.
    fn bits(&mut self, cell: Place, chances: &Chances) -> f64 {
        let (neutral, p, others) = self.odds(cell);
        let mut ways = [(0.0, 0.0, 0.0); SCALE.len()];
        for ((code, chance), way) in possible(chances).zip(&mut ways) {
            self.what_if.change_cell(cell.row, cell.hypothesis, code);
            let factor = (self.what_if.score(cell.hypothesis) - neutral).exp();
            let total = p.mul_add(factor, others);
            *way = (chance, p * factor / total, 1.0 / total);
        }
        self.what_if.restore_cell();
        let ways = ways.iter().filter(|(chance, _, _)| *chance > 0.0);
        let bits = divergence(ways.clone().map(|(chance, own, _)| (*chance, *own)))
            + others * divergence(ways.map(|(chance, _, other)| (*chance, *other)));
        bits.max(0.0)
    }

    /// Of the hypothesis of a cell, where it competes as it would once the cell is rated: its score and the
    /// probabilities of it and of all others, before that rating adds anything.
    fn odds(&mut self, cell: Place) -> (f64, f64, f64) {
        let hypothesis = cell.hypothesis;
        if cell.code == RatingCode::Blank {
            // A blank adds nothing and neither does N, but with N the hypothesis competes.
            self.what_if.change_cell(cell.row, hypothesis, RatingCode::Neutral);
        }
        let score = self.what_if.score(hypothesis);
        let known = self.odds.get(hypothesis).copied().flatten();
        let (p, others) = known.unwrap_or_else(|| {
            let ranking = self.what_if.ranking();
            let posteriors = || ranking.scores.iter().copied().enumerate();
            let p = ranking.score(hypothesis).unwrap_or_default();
            // Only what is left beside the most probable could be lost in a difference.
            let others = posteriors().filter(|(other, _)| *other != hypothesis);
            (p, others.filter_map(|(_, other)| other).sum())
        });
        if let Some(odds) = self.odds.get_mut(hypothesis) {
            *odds = Some((p, others));
        }
        self.what_if.restore_cell();
        (score, p, others)
    }
}

/// Divergence of values from their mean: the sum of chance times value times log2(value / mean).
fn divergence(ways: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
    let mean: f64 = ways.clone().map(|(chance, value)| chance * value).sum();
    let told = ways.filter(|(_, value)| *value > 0.0);
    told.map(|(chance, value)| chance * value * (value / mean).log2()).sum()
}

/// The ratings that a cell may turn out to have.
fn possible(chances: &Chances) -> impl Iterator<Item = (RatingCode, f64)> + Clone {
    SCALE.into_iter().zip(*chances).filter(|(_, chance)| *chance > 0.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::fixture::Fixture;
    use crate::engine::laws::scenario;
    use crate::engine::rank;
    use crate::scenario::{Cell, Rating};

    /// The scenario with another rating in a cell.
    fn with(scenario: &Scenario, item: usize, hypothesis: usize, rating: Option<Rating>) -> Scenario {
        let mut changed = scenario.clone();
        let cell = rating.map_or_else(Cell::default, Cell::rated);
        changed.evidence[item].ratings.set(hypothesis, cell);
        changed
    }

    fn entropy(posteriors: &[f64]) -> f64 {
        posteriors.iter().filter(|p| **p > 0.0).map(|p| -p * p.log2()).sum()
    }

    /// Bits and switch as docs/method.md has them.
    fn written_out(s: &Scenario, method: Method, item: usize, hypothesis: usize) -> (f64, f64) {
        let code = RatingCode::from(s.evidence[item].ratings.rating(hypothesis));
        let q = chances(code, confidence(s, item, hypothesis)).unwrap_or(UNIFORM);
        let today = rank(&Matrix::new(s, None), method).leaders;
        let (mut mean, mut expected, mut switch) = (Vec::new(), 0.0, 0.0);
        for (rating, q) in Rating::SCALE.iter().zip(q) {
            let matrix = Matrix::new(&with(s, item, hypothesis, Some(*rating)), None);
            let post: Vec<f64> = rank(&matrix, Method::Bayes).scores.into_iter().flatten().collect();
            mean.resize(post.len(), 0.0);
            mean.iter_mut().zip(&post).for_each(|(mean, post)| *mean += q * post);
            expected += q * entropy(&post);
            switch += if rank(&matrix, method).leaders == today { 0.0 } else { q };
        }
        (entropy(&mean) - expected, switch)
    }

    fn same_but_for_rounding(s: &Scenario, candidates: Candidates) -> Result<(), TestCaseError> {
        let matrix = Matrix::new(s, None);
        for method in Method::ALL {
            let found = next(s, &matrix, *method, candidates);
            let wanted = (0..s.evidence.len()).flat_map(|e| matrix.comparable().map(move |h| (e, h)));
            let wanted = wanted.filter(|(e, h)| match RatingCode::from(s.evidence[*e].ratings.rating(*h)) {
                RatingCode::Blank => true,
                RatingCode::NotApplicable => false,
                _ => candidates == Candidates::All || confidence(s, *e, *h) == Level::Low,
            });
            prop_assert_eq!(found.cells.len(), wanted.count());
            for cell in &found.cells {
                let (bits, switch) = written_out(s, *method, cell.row, cell.hypothesis);
                prop_assert!((cell.bits - bits).abs() < 1e-12, "{} {}", cell.bits, bits);
                prop_assert!((cell.switch - switch).abs() < 1e-12);
                prop_assert!(cell.bits >= 0.0);
            }
            let in_order = |pair: &[OpenCell]| {
                pair[0].switch >= pair[1].switch - 1e-12
                    && (pair[0].switch > pair[1].switch + 1e-12 || pair[0].bits >= pair[1].bits - 1e-12)
            };
            prop_assert!(found.cells.windows(2).all(in_order));
            if candidates == Candidates::Open {
                let first = found.cells.first().map(|cell| (cell.row, cell.hypothesis));
                prop_assert_eq!(next_cell(s, &matrix, *method), first);
            }
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn cells_are_weighed_as_written_out(mut scenario in scenario(), low in prop::collection::vec(any::<bool>(), 84)) {
            for (item, low) in scenario.evidence.iter_mut().zip(low.chunks(6)) {
                for (h, low) in low.iter().enumerate().filter(|(h, _)| *h < scenario.hypotheses.len()) {
                    let mut cell = item.ratings.get(h).cloned().unwrap_or_default();
                    cell.confidence = low.then_some(Level::Low);
                    item.ratings.set(h, cell);
                }
            }
            same_but_for_rounding(&scenario, Candidates::Open)?;
            same_but_for_rounding(&scenario, Candidates::All)?;
        }

        #[test]
        fn settled_means_that_no_filling_changes_who_leads(
            rows in prop::collection::vec(prop::collection::vec(prop::sample::select(["II", "I", "C", "NA", "-"].as_slice()), 3), 1..5),
            rejected in prop::option::of(0..3_usize),
            grouped in prop::collection::vec(any::<bool>(), 5),
        ) {
            let mut fixture = Fixture::of(3);
            for (at, words) in rows.iter().enumerate() {
                fixture = fixture.weighed(&words.join(" "), Level::ALL[at % 3], Level::Medium);
                fixture = fixture.edit_last(|item| item.group = grouped[at].then(|| "g".into()));
            }
            let scenario = rejected.into_iter().fold(fixture, Fixture::reject).scenario();
            let matrix = Matrix::new(&scenario, None);
            let blanks: Vec<(usize, usize)> = (0..rows.len())
                .flat_map(|e| matrix.active().map(move |h| (e, h)))
                .filter(|(e, h)| matrix.code(*e, *h) == RatingCode::Blank)
                .collect();
            prop_assume!(blanks.len() <= 4);
            for method in [Method::Inconsistency, Method::Weighted, Method::Net] {
                let today = rank(&matrix, method).leaders;
                let mut filled = vec![scenario.clone()];
                for (e, h) in &blanks {
                    filled = filled
                        .iter()
                        .flat_map(|s| Rating::ALL.iter().map(|rating| with(s, *e, *h, Some(*rating))))
                        .collect();
                }
                let firm = filled.iter().all(|s| rank(&Matrix::new(s, None), method).leaders == today);
                prop_assert_eq!(settled(&matrix, method), Some(firm));
            }
            prop_assert_eq!(settled(&matrix, Method::Bayes), None);
        }
    }

    #[test]
    fn without_an_active_hypothesis_all_is_settled() {
        let scenario = Fixture::of(1).reject(0).item("-").scenario();
        let matrix = Matrix::new(&scenario, None);
        let found = next(&scenario, &matrix, Method::Net, Candidates::All);
        assert_eq!(found, Next { method: Method::Net, settled: Some(true), blanks: 0, cells: Vec::new() });
        assert_eq!(next_cell(&scenario, &matrix, Method::Net), None);
    }

    #[test]
    fn where_nobody_competes_blanks_leave_it_open() {
        let of = |fixture: Fixture| settled(&Matrix::new(&fixture.scenario(), None), Method::Net);
        assert_eq!(of(Fixture::of(2).item("NA NA")), Some(true));
        assert_eq!(of(Fixture::of(2).item("NA -")), Some(false));
        assert_eq!(of(Fixture::of(2).item("NA -").residual(1)), Some(true));
        assert_eq!(of(Fixture::of(2).item("NA -").reject(1)), Some(true));
        assert_eq!(of(Fixture::of(0)), Some(true));
    }

    #[test]
    fn neither_a_residual_nor_what_nobody_searched_for_is_a_candidate() {
        let scenario = Fixture::of(3)
            .residual(2)
            .item("C I -")
            .item("- C -")
            .edit_last(|item| {
                item.kind = Some(crate::scenario::Kind::Absence);
                item.searched = Some(crate::scenario::Searched::None);
            })
            .item("C - -")
            .scenario();
        let found = next(&scenario, &Matrix::new(&scenario, None), Method::Net, Candidates::Open);
        let places: Vec<_> = found.cells.iter().map(|cell| (cell.row, cell.hypothesis)).collect();
        assert_eq!((places, found.blanks), (vec![(2, 1)], 1));
    }

    #[test]
    fn equal_cells_stand_in_the_order_of_the_file() {
        let scenario =
            Fixture::of(2).item("- -").weighed("- C", Level::High, Level::High).item("- -").scenario();
        let found = next(&scenario, &Matrix::new(&scenario, None), Method::Weighted, Candidates::Open);
        let places: Vec<_> = found.cells.iter().map(|cell| (cell.row, cell.hypothesis)).collect();
        assert_eq!(places[0], (1, 0));
        assert_eq!(places[1..].iter().filter(|(_, h)| *h == 0).collect::<Vec<_>>(), [&(0, 0), &(2, 0)]);
    }

    #[test]
    fn inconsistent_priors_leave_the_order_of_the_file() {
        let scenario = Fixture::of(2).item("C I").item("- -").priors(&[0.5, 0.7]).scenario();
        let matrix = Matrix::new(&scenario, None);
        assert_eq!(next_cell(&scenario, &matrix, Method::Bayes), Some((1, 0)));
        assert_eq!(next(&scenario, &matrix, Method::Bayes, Candidates::Open).cells[0].switch, 0.0);
    }
}
