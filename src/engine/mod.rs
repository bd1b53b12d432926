//! Stand-in for the engine: its signatures, with the simplest scores.

use crate::scenario::{Day, Method, Scenario};

#[derive(Clone, Debug)]
pub struct Matrix {
    items: Vec<usize>,
    active: Vec<bool>,
    cells: Vec<Vec<Option<i8>>>,
    weights: Vec<f64>,
}

impl Matrix {
    pub fn new(scenario: &Scenario, as_of: Option<Day>) -> Self {
        let counts = |e: &crate::scenario::Evidence| {
            as_of.is_none_or(|day| e.date.is_none_or(|date| date.last_day() <= day))
        };
        let items: Vec<_> =
            scenario.evidence.iter().enumerate().filter(|(_, e)| counts(e)).map(|(at, _)| at).collect();
        let row = |e: &crate::scenario::Evidence| {
            (0..scenario.hypotheses.len()).map(|h| e.ratings.rating(h).map(|r| r.score())).collect()
        };
        let evidence = || items.iter().filter_map(|at| scenario.evidence.get(*at));
        Self {
            active: scenario.hypotheses.iter().map(|h| h.is_active()).collect(),
            cells: evidence().map(row).collect(),
            weights: evidence().map(|e| e.weight().factor()).collect(),
            items: items.clone(),
        }
    }
    pub fn items(&self) -> &[usize] {
        &self.items
    }
    pub fn hypothesis_count(&self) -> usize {
        self.active.len()
    }
    pub fn is_active(&self, hypothesis: usize) -> bool {
        self.active.get(hypothesis).copied().unwrap_or_default()
    }
    pub fn rated(&self, hypothesis: usize) -> usize {
        self.cells.iter().filter(|row| row.get(hypothesis).copied().flatten().is_some()).count()
    }
}

#[derive(Clone, Debug)]
pub struct Ranking {
    pub method: Method,
    pub scores: Vec<Option<f64>>,
    pub ranks: Vec<Option<usize>>,
    pub leaders: Vec<usize>,
    pub margin: Option<f64>,
}

impl Ranking {
    pub fn order(&self) -> Vec<usize> {
        let mut order: Vec<_> = (0..self.ranks.len()).collect();
        order.sort_by_key(|at| self.ranks.get(*at).copied().flatten().unwrap_or(usize::MAX));
        order
    }
}

pub fn rank(matrix: &Matrix, method: Method) -> Ranking {
    let count = matrix.hypothesis_count();
    let score = |h: usize| -> f64 {
        matrix
            .cells
            .iter()
            .zip(&matrix.weights)
            .map(|(row, w)| {
                let value = f64::from(row.get(h).copied().flatten().unwrap_or_default());
                match method {
                    Method::Inconsistency => value.min(0.0),
                    Method::Weighted => w * value.min(0.0),
                    Method::Net | Method::Bayes => w * value,
                }
            })
            .sum()
    };
    let sums: Vec<f64> = (0..count).map(score).collect();
    let total: f64 = (0..count).filter(|h| matrix.is_active(*h)).filter_map(|h| sums.get(h)).map(|s| s.exp()).sum();
    let scores: Vec<Option<f64>> = sums
        .iter()
        .enumerate()
        .map(|(h, s)| match method {
            Method::Bayes => matrix.is_active(h).then(|| s.exp() / total),
            _ => Some(*s),
        })
        .collect();
    let of = |h: usize| scores.get(h).copied().flatten();
    let ranks: Vec<Option<usize>> = (0..count)
        .map(|h| {
            matrix.is_active(h).then(|| {
                1 + (0..count).filter(|k| matrix.is_active(*k) && of(*k) > of(h).map(|s| s + 1e-9)).count()
            })
        })
        .collect();
    let leaders: Vec<usize> =
        ranks.iter().enumerate().filter(|(_, r)| **r == Some(1)).map(|(h, _)| h).collect();
    let second = (0..count)
        .filter(|h| ranks.get(*h).copied().flatten().is_some_and(|r| r > 1))
        .filter_map(of)
        .fold(None, |best: Option<f64>, s| Some(best.map_or(s, |b| b.max(s))));
    let margin = leaders.first().and_then(|l| Some(of(*l)? - second?));
    Ranking { method, scores, ranks, leaders, margin }
}

pub fn diagnosticity(matrix: &Matrix, row: usize) -> f64 {
    let values: Vec<f64> = matrix
        .cells
        .get(row)
        .into_iter()
        .flatten()
        .enumerate()
        .filter(|(h, _)| matrix.is_active(*h))
        .filter_map(|(_, v)| v.map(f64::from))
        .collect();
    if values.len() < 2 {
        return 0.0;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / values.len() as f64).sqrt()
}

pub fn information(_matrix: &Matrix, _row: usize) -> f64 {
    0.0
}
