//! Laws that hold for every scenario, tested on random ones against the formulas of docs/method.md written out.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::fixture::Fixture;
use super::{
    Matrix, RatingCode, Score, Tally, by_diagnosticity, contribution, diagnosticity, information, rank,
};
use crate::scenario::{Level, Method, Rating, Row, Scenario};

const ADDITIVE: [Method; 3] = [Method::Inconsistency, Method::Weighted, Method::Net];
pub(super) const WORDS: [&str; 7] = ["CC", "C", "N", "I", "II", "NA", "-"];

/// A row of ratings, its levels and its group.
fn item(hypotheses: usize) -> impl Strategy<Value = (Vec<&'static str>, Level, Level, Option<&'static str>)> {
    let word = prop::sample::select(WORDS.as_slice());
    let level = || prop::sample::select(Level::ALL);
    (
        prop::collection::vec(word, hypotheses),
        level(),
        level(),
        prop::option::of(prop::sample::select(["g", "k"].as_slice())),
    )
}

pub(in crate::engine) fn scenario() -> impl Strategy<Value = Scenario> {
    let hypotheses = 0..6_usize;
    hypotheses
        .prop_flat_map(|hypotheses| {
            (
                prop::collection::vec(any::<prop::sample::Index>(), 0..2),
                prop::option::of(prop::collection::vec(1_u32..100, hypotheses)),
                prop::collection::vec(item(hypotheses), 0..14),
                0.01..3.0_f64,
                Just(hypotheses),
            )
        })
        .prop_map(|(rejected, priors, items, bans, hypotheses)| {
            let mut fixture = Fixture::of(hypotheses);
            for at in rejected.iter().filter(|_| hypotheses > 0) {
                fixture = fixture.reject(at.index(hypotheses));
            }
            for (words, credibility, relevance, group) in items {
                fixture = fixture
                    .weighed(&words.join(" "), credibility, relevance)
                    .edit_last(|item| item.group = group.map(Into::into));
            }
            let mut scenario = fixture.scenario();
            scenario.scoring.bans_per_step = Some(bans);
            if let Some(priors) = priors {
                let active = |s: &Scenario, at: usize| s.hypotheses[at].is_active();
                let sum: u32 =
                    priors.iter().enumerate().filter(|(at, _)| active(&scenario, *at)).map(|p| p.1).sum();
                for (at, prior) in priors.iter().enumerate() {
                    scenario.hypotheses[at].prior = Some(f64::from(*prior) / f64::from(sum.max(1)));
                }
            }
            scenario
        })
}

/// Scores as the formulas have them, in floats, one cell after the other.
fn written_out(s: &Scenario, method: Method) -> Vec<Option<f64>> {
    let additive = |h: usize, value: fn(f64) -> f64, weighed: bool| {
        let cell = |e: &crate::scenario::Evidence| {
            let weight = if weighed { e.weight().factor() } else { 1.0 };
            weight * value(e.ratings.rating(h).map_or(0.0, |r| f64::from(r.score())))
        };
        Some(s.evidence.iter().map(cell).sum())
    };
    let hypotheses = 0..s.hypotheses.len();
    match method {
        Method::Inconsistency => hypotheses.map(|h| additive(h, |v| v.min(0.0), false)).collect(),
        Method::Weighted => hypotheses.map(|h| additive(h, |v| v.min(0.0), true)).collect(),
        Method::Net => hypotheses.map(|h| additive(h, |v| v, true)).collect(),
        Method::Bayes => {
            let active = |h: usize| s.hypotheses[h].is_active();
            let on_scale = |r: Option<Rating>| r.is_some_and(|r| r.value().is_some());
            let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (at, e) in s.evidence.iter().enumerate() {
                if hypotheses.clone().any(|h| active(h) && on_scale(e.ratings.rating(h))) {
                    groups.entry(e.group.clone().unwrap_or(format!("alone {at}"))).or_default().push(at);
                }
            }
            let p = |e: usize, h: usize| {
                let e = &s.evidence[e];
                let factor = |level: Level| 2.0_f64.powf(f64::from(level.exponent()) / 2.0);
                let value = e.ratings.rating(h).map_or(0.0, |r| f64::from(r.score()));
                let p = 1.0 / (1.0 + 10.0_f64.powf(-s.bans_per_step() * factor(e.relevance()) * value));
                let rho = match e.credibility() {
                    Level::Low => 0.5,
                    Level::Medium => 0.8,
                    Level::High => 0.95,
                };
                rho * p + (1.0 - rho) / 2.0
            };
            let weight = |h: usize| {
                let ln: f64 = groups
                    .values()
                    .map(|g| g.iter().map(|e| p(*e, h).ln()).sum::<f64>() / g.len() as f64)
                    .sum();
                s.hypotheses[h].prior.unwrap_or(1.0) * ln.exp()
            };
            let total: f64 = hypotheses.clone().filter(|h| active(*h)).map(weight).sum();
            hypotheses.map(|h| active(h).then(|| weight(h) / total)).collect()
        }
    }
}

fn shuffled<T: Clone>(list: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|at| list[*at].clone()).collect()
}

/// Puts the hypotheses of a scenario in another order.
fn with_hypotheses_in(s: &Scenario, order: &[usize]) -> Scenario {
    let mut other = s.clone();
    other.hypotheses = shuffled(&s.hypotheses, order);
    for item in &mut other.evidence {
        let cells =
            order.iter().enumerate().filter_map(|(new, old)| Some((new, item.ratings.get(*old)?.clone())));
        item.ratings = Row::from_cells(cells.collect::<Vec<_>>());
    }
    other
}

/// A scenario, an order of its hypotheses and one of its items.
fn scenario_and_orders() -> impl Strategy<Value = (Scenario, Vec<usize>, Vec<usize>)> {
    scenario().prop_flat_map(|s| {
        let hypotheses: Vec<_> = (0..s.hypotheses.len()).collect();
        let items: Vec<_> = (0..s.evidence.len()).collect();
        (Just(s), Just(hypotheses).prop_shuffle(), Just(items).prop_shuffle())
    })
}

proptest! {
    #[test]
    fn scores_are_those_of_the_formulas(s in scenario()) {
        let matrix = Matrix::new(&s, None);
        for method in Method::ALL {
            let ranking = rank(&matrix, *method);
            let expected = written_out(&s, *method);
            for (h, (score, expected)) in ranking.scores.iter().zip(&expected).enumerate() {
                match (score, expected) {
                    (Some(score), Some(expected)) => {
                        prop_assert!((score - expected).abs() < 1e-9, "{method} h{h}: {score} {expected}");
                        prop_assert!(score.is_sign_positive() || *score < 0.0);
                    }
                    (score, expected) => prop_assert_eq!(score, expected),
                }
            }
            for (h, ranked) in ranking.ranks.iter().enumerate() {
                let active = s.hypotheses[h].is_active();
                let better = |k: &usize| matrix.is_active(*k) && expected[*k].unwrap() > expected[h].unwrap() + 1e-7;
                let rank = active.then(|| 1 + (0..expected.len()).filter(better).count());
                // Posteriors may differ by less than 1e-7 and more than a tie; sums of these weights cannot.
                if method.is_additive() {
                    prop_assert_eq!(*ranked, rank, "{} h{}", method, h);
                } else {
                    prop_assert_eq!(ranked.is_some(), active);
                }
            }
            let first: Vec<_> = matrix.active().filter(|h| ranking.ranks[*h] == Some(1)).collect();
            prop_assert_eq!(&ranking.leaders, &first);
            prop_assert!(ranking.margin.is_none_or(|margin| margin > 0.0));
            let others = matrix.active().count() - first.len();
            prop_assert_eq!(ranking.margin.is_some(), others > 0);
        }
    }

    #[test]
    fn the_order_of_items_is_nothing_to_the_scores((s, _, items) in scenario_and_orders()) {
        let mut other = s.clone();
        other.evidence = shuffled(&s.evidence, &items);
        let (matrix, other) = (Matrix::new(&s, None), Matrix::new(&other, None));
        for method in Method::ALL {
            prop_assert_eq!(rank(&matrix, *method), rank(&other, *method));
        }
        for (new, old) in items.iter().enumerate() {
            prop_assert_eq!(matrix.row(*old), other.row(new));
            prop_assert_eq!(matrix.share(*old), other.share(new));
        }
    }

    #[test]
    fn the_order_of_hypotheses_is_nothing_to_the_scores((s, order, _) in scenario_and_orders()) {
        let (matrix, other) = (Matrix::new(&s, None), Matrix::new(&with_hypotheses_in(&s, &order), None));
        for method in Method::ALL {
            let (ranking, other) = (rank(&matrix, *method), rank(&other, *method));
            prop_assert_eq!(shuffled(&ranking.scores, &order), other.scores);
            prop_assert_eq!(shuffled(&ranking.ranks, &order), other.ranks);
            prop_assert_eq!(ranking.margin, other.margin);
        }
        for row in 0..s.evidence.len() {
            prop_assert_eq!(diagnosticity(&matrix, row), diagnosticity(&other, row));
            prop_assert_eq!(information(&matrix, row), information(&other, row));
        }
        prop_assert_eq!(by_diagnosticity(&matrix), by_diagnosticity(&other));
    }

    #[test]
    fn a_cell_counted_and_taken_out_leaves_the_sums(
        s in scenario(),
        cell in any::<prop::sample::Index>(),
        word in prop::sample::select(WORDS.as_slice()),
    ) {
        prop_assume!(!s.hypotheses.is_empty() && !s.evidence.is_empty());
        let cell = cell.index(s.hypotheses.len() * s.evidence.len());
        let (row, hypothesis) = (cell / s.hypotheses.len(), cell % s.hypotheses.len());
        let matrix = Matrix::new(&s, None);
        let to = RatingCode::from(Rating::parse(word));
        let mut changed = s.clone();
        let mut new = changed.evidence[row].ratings.get(hypothesis).cloned().unwrap_or_default();
        new.rating = to.rating();
        changed.evidence[row].ratings.set(hypothesis, new);
        let changed = Matrix::new(&changed, None);
        for method in ADDITIVE {
            let mut tally = Tally::new(&matrix, method).unwrap();
            let sums = |tally: &Tally| -> Vec<Score> { (0..s.hypotheses.len()).map(|h| tally.score(h)).collect() };
            let before = sums(&tally);
            let (class, from) = (matrix.class(row), matrix.code(row, hypothesis));
            tally.replace(hypothesis, class, from, to);
            prop_assert_eq!(sums(&tally), sums(&Tally::new(&changed, method).unwrap()));
            prop_assert_eq!(tally.ranking(&matrix), rank(&changed, method));
            tally.replace(hypothesis, class, to, from);
            prop_assert_eq!(sums(&tally), before);
        }
    }

    #[test]
    fn contributions_sum_to_the_score(s in scenario()) {
        let matrix = Matrix::new(&s, None);
        for method in ADDITIVE {
            let ranking = rank(&matrix, method);
            for h in 0..s.hypotheses.len() {
                let sum: f64 = (0..s.evidence.len()).map(|row| contribution(&matrix, method, row, h)).sum();
                prop_assert!((sum - ranking.scores[h].unwrap()).abs() < 1e-12);
            }
        }
        let bayes = rank(&matrix, Method::Bayes);
        let bans = |h: usize| -> f64 {
            let items: f64 = (0..s.evidence.len()).map(|row| contribution(&matrix, Method::Bayes, row, h)).sum();
            items + s.hypotheses[h].prior.map_or(0.0, f64::log10)
        };
        for h in matrix.active() {
            for k in matrix.active() {
                let ratio = (bayes.scores[h].unwrap() / bayes.scores[k].unwrap()).log10();
                prop_assert!((bans(h) - bans(k) - ratio).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn posteriors_sum_to_one(s in scenario()) {
        let ranking = rank(&Matrix::new(&s, None), Method::Bayes);
        let sum: f64 = ranking.scores.iter().flatten().sum();
        let expected = if s.hypotheses.iter().any(|h| h.is_active()) { 1.0 } else { 0.0 };
        prop_assert!((sum - expected).abs() < 1e-12);
    }

    #[test]
    fn what_separates_is_bounded(s in scenario()) {
        let matrix = Matrix::new(&s, None);
        let active = matrix.active().count();
        for row in 0..s.evidence.len() {
            let bits = information(&matrix, row);
            prop_assert!(bits >= 0.0 && bits <= (active.max(1) as f64).log2());
            let values: Vec<f64> = matrix
                .active_codes(row)
                .filter(|code| *code != RatingCode::Blank)
                .map(|code| f64::from(code.value()))
                .collect();
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / values.len() as f64;
            let expected = if values.len() < 2 { 0.0 } else { variance.sqrt() };
            prop_assert!((diagnosticity(&matrix, row) - expected).abs() < 1e-12);
        }
        let order = by_diagnosticity(&matrix);
        let key = |row: usize| diagnosticity(&matrix, row) * matrix.class(row).weight().factor();
        for pair in order.windows(2) {
            let fall = key(pair[0]) - key(pair[1]);
            prop_assert!(fall > 1e-12 || (fall.abs() <= 1e-12 && pair[0] < pair[1]));
        }
    }
}

#[test]
fn a_hundred_thousand_items_neither_overflow_nor_underflow() {
    let mut scenario = Fixture::of(3).scenario();
    let high = |words: &str| {
        Fixture::of(3).weighed(words, Level::High, Level::High).scenario().evidence.swap_remove(0)
    };
    scenario.evidence = vec![high("II C II"); 100_000];
    let ranking = rank(&Matrix::new(&scenario, None), Method::Bayes);
    assert_eq!(ranking.scores, [Some(0.0), Some(1.0), Some(0.0)]);
    assert_eq!(ranking.ranks, [Some(2), Some(1), Some(2)]);
    // Hypotheses that are beyond any float of each other still rank.
    scenario.evidence.push(high("C C II"));
    let ranking = rank(&Matrix::new(&scenario, None), Method::Bayes);
    assert_eq!(ranking.ranks, [Some(2), Some(1), Some(3)]);
    // Rows that say the same for all, however many, leave an even chance.
    scenario.evidence = vec![high("II II II"); 100_000];
    let ranking = rank(&Matrix::new(&scenario, None), Method::Bayes);
    assert_eq!(ranking.scores, [Some(1.0 / 3.0); 3]);
    assert_eq!((ranking.leaders, ranking.margin), (vec![0, 1, 2], None));
}

#[test]
fn where_nothing_can_be_ranked_nothing_leads() {
    for scenario in [
        Fixture::of(0).scenario(),
        Fixture::of(0).item("").scenario(),
        Fixture::of(2).reject(0).reject(1).item("C I").priors(&[0.5, 0.5]).scenario(),
    ] {
        let matrix = Matrix::new(&scenario, None);
        for method in Method::ALL {
            let ranking = rank(&matrix, *method);
            assert_eq!((ranking.leaders, ranking.margin), (vec![], None));
            assert!(ranking.ranks.iter().all(Option::is_none));
            assert_eq!(
                ranking.scores.iter().all(Option::is_some),
                method.is_additive() || scenario.hypotheses.is_empty()
            );
        }
    }
}

#[test]
fn without_items_all_lead() {
    let matrix = Matrix::new(&Fixture::of(2).scenario(), None);
    for method in Method::ALL {
        let ranking = rank(&matrix, *method);
        let score = if method.is_additive() { 0.0 } else { 0.5 };
        assert_eq!(ranking.scores, [Some(score), Some(score)]);
        assert_eq!((ranking.leaders, ranking.margin), (vec![0, 1], None));
    }
}
