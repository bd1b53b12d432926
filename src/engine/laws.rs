//! Laws that hold for every scenario, tested on random ones against the formulas of docs/method.md written out.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::fixture::Fixture;
use super::{
    Contributions, Matrix, Ranking, RatingCode, Removal, WhatIf, by_diagnosticity, diagnosticity, families,
    information, overturns, priors, rank,
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
                prop::option::of(any::<prop::sample::Index>()),
                prop::collection::vec(
                    prop::option::of(prop::sample::select(["f", "k"].as_slice())),
                    hypotheses,
                ),
            )
        })
        .prop_map(|(rejected, priors, items, bans, residual, families)| {
            let hypotheses = families.len();
            let mut fixture = Fixture::of(hypotheses);
            for at in rejected.iter().filter(|_| hypotheses > 0) {
                fixture = fixture.reject(at.index(hypotheses));
            }
            for (words, credibility, relevance, group) in items {
                fixture = fixture
                    .weighed(&words.join(" "), credibility, relevance)
                    .edit_last(|item| item.group = group.map(Into::into));
            }
            for (at, family) in families.iter().enumerate() {
                fixture = family.iter().fold(fixture, |fixture, family| fixture.family(at, family));
            }
            if let Some(at) = residual.filter(|_| hypotheses > 0) {
                fixture = fixture.residual(at.index(hypotheses));
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

/// s(e,h) as docs/method.md defines it.
fn contribution(s: &Scenario, method: Method, e: usize, h: usize) -> f64 {
    let item = &s.evidence[e];
    let value = item.ratings.rating(h).map_or(0.0, |r| f64::from(r.score()));
    let factor = |level: Level| 2.0_f64.powf(f64::from(level.exponent()) / 2.0);
    match method {
        Method::Inconsistency => value.min(0.0),
        Method::Weighted => item.weight().factor() * value.min(0.0),
        Method::Net => item.weight().factor() * value,
        Method::Bayes => {
            let p = 1.0 / (1.0 + 10.0_f64.powf(-s.bans_per_step() * factor(item.relevance()) * value));
            let rho = match item.credibility() {
                Level::Low => 0.5,
                Level::Medium => 0.8,
                Level::High => 0.95,
            };
            (2.0 * (rho * p + (1.0 - rho) / 2.0)).ln()
        }
    }
}

/// Whether a hypothesis has a rating CC to II.
pub(super) fn is_rated(s: &Scenario, h: usize) -> bool {
    s.evidence.iter().any(|item| item.ratings.rating(h).is_some_and(|rating| rating.value().is_some()))
}

/// Who competes under a method.
pub(super) fn competes(s: &Scenario, method: Method, h: usize) -> bool {
    let is_rated = |h: usize| s.hypotheses[h].is_active() && !s.hypotheses[h].is_residual() && is_rated(s, h);
    let is_residual = s.hypotheses[h].is_active() && s.hypotheses[h].is_residual();
    is_rated(h) || is_residual && method == Method::Bayes && (0..s.hypotheses.len()).any(is_rated)
}

/// The prior of a hypothesis that competes, up to a factor that all share.
fn prior(s: &Scenario, h: usize) -> f64 {
    let family = &s.hypotheses[h].family;
    let shares = |k: &usize| *k == h || family.is_some() && s.hypotheses[*k].family == *family;
    let of_family = (0..s.hypotheses.len()).filter(shares).filter(|k| competes(s, Method::Bayes, *k)).count();
    let is_given = s.hypotheses.iter().any(|h| h.is_active() && h.prior.is_some());
    if is_given { s.hypotheses[h].prior.unwrap() } else { 1.0 / of_family as f64 }
}

/// Scores as the formulas have them, in floats: of each group the strongest on each side.
pub(super) fn written_out(s: &Scenario, method: Method) -> Vec<Option<f64>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, e) in s.evidence.iter().enumerate() {
        groups.entry(e.group.clone().unwrap_or(format!("alone {at}"))).or_default().push(at);
    }
    let score = |h: usize| -> f64 {
        let all = groups.values().map(|group| {
            let each = || group.iter().map(|e| contribution(s, method, *e, h));
            each().fold(0.0, f64::min) + each().fold(0.0, f64::max)
        });
        all.sum()
    };
    let hypotheses = 0..s.hypotheses.len();
    if method.is_additive() {
        return hypotheses.map(|h| is_rated(s, h).then(|| score(h))).collect();
    }
    let weight = |h: usize| prior(s, h) * score(h).exp();
    let total: f64 = hypotheses.clone().filter(|h| competes(s, method, *h)).map(weight).sum();
    hypotheses.map(|h| competes(s, method, h).then(|| weight(h) / total)).collect()
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
                let active = competes(&s, *method, h);
                let better = |k: &usize| competes(&s, *method, *k) && expected[*k].unwrap() > expected[h].unwrap() + 1e-7;
                let rank = active.then(|| 1 + (0..expected.len()).filter(better).count());
                // Posteriors may differ by less than 1e-7 and more than a tie; sums of these weights cannot.
                if method.is_additive() {
                    prop_assert_eq!(*ranked, rank, "{} h{}", method, h);
                } else {
                    prop_assert_eq!(ranked.is_some(), active);
                }
            }
            let first: Vec<_> = matrix.competing(*method).filter(|h| ranking.ranks[*h] == Some(1)).collect();
            prop_assert_eq!(&ranking.leaders, &first);
            prop_assert!(ranking.margin.is_none_or(|margin| margin > 0.0));
            let others = matrix.competing(*method).count() - first.len();
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
            prop_assert_eq!(matrix.group(*old).is_some(), other.group(new).is_some());
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
    fn contributions_of_what_counts_sum_to_the_score(s in scenario()) {
        let matrix = Matrix::new(&s, None);
        for method in ADDITIVE {
            let (ranking, contributions) = (rank(&matrix, method), Contributions::new(&matrix, method));
            for h in 0..s.hypotheses.len() {
                let sum: f64 = (0..s.evidence.len()).map(|row| contributions.of(row, h)).sum();
                prop_assert!((sum - ranking.scores[h].unwrap_or_default()).abs() < 1e-12);
            }
        }
        let (bayes, contributions) = (rank(&matrix, Method::Bayes), Contributions::new(&matrix, Method::Bayes));
        let bans = |h: usize| -> f64 {
            let items: f64 = (0..s.evidence.len()).map(|row| contributions.of(row, h)).sum();
            items + prior(&s, h).log10()
        };
        for h in matrix.competing(Method::Bayes) {
            for k in matrix.competing(Method::Bayes) {
                let ratio = (bayes.scores[h].unwrap() / bayes.scores[k].unwrap()).log10();
                prop_assert!((bans(h) - bans(k) - ratio).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn a_repeated_item_of_a_group_changes_no_score(s in scenario(), which in any::<prop::sample::Index>()) {
        prop_assume!(!s.evidence.is_empty());
        let mut s = s;
        let at = which.index(s.evidence.len());
        s.evidence[at].group.get_or_insert_with(|| "g".into());
        let mut twice = s.clone();
        twice.evidence.insert(which.index(s.evidence.len() + 1), s.evidence[at].clone());
        let (matrix, twice) = (Matrix::new(&s, None), Matrix::new(&twice, None));
        for method in Method::ALL {
            let (once, repeated) = (rank(&matrix, *method), rank(&twice, *method));
            prop_assert_eq!(&once.scores, &repeated.scores);
            prop_assert_eq!(&once.ranks, &repeated.ranks);
            let counts = |matrix: &Matrix| {
                let found = overturns(&mut WhatIf::new(matrix, *method)?)?;
                let units = |removal: &Option<Removal>| removal.as_ref().map(|removal| removal.units);
                Some(found.iter().map(|o| (units(&o.overturn), units(&o.tie))).collect::<Vec<_>>())
            };
            prop_assert_eq!(counts(&matrix), counts(&twice));
        }
    }

    #[test]
    fn an_item_against_a_hypothesis_alone_never_raises_it(
        s in scenario(),
        h in any::<prop::sample::Index>(),
        word in prop::sample::select(["I", "II"].as_slice()),
        (credibility, relevance) in (prop::sample::select(Level::ALL), prop::sample::select(Level::ALL)),
        group in prop::option::of(prop::sample::select(["g", "k"].as_slice())),
    ) {
        prop_assume!(!s.hypotheses.is_empty());
        let h = h.index(s.hypotheses.len());
        prop_assume!(competes(&s, Method::Net, h));
        let words: Vec<&str> = (0..s.hypotheses.len()).map(|at| if at == h { word } else { "-" }).collect();
        let more = Fixture::of(s.hypotheses.len()).weighed(&words.join(" "), credibility, relevance);
        let mut item = more.scenario().evidence.swap_remove(0);
        item.group = group.map(Into::into);
        let mut after = s.clone();
        after.evidence.push(item);
        for method in Method::ALL {
            let (before, after) = (rank(&Matrix::new(&s, None), *method), rank(&Matrix::new(&after, None), *method));
            prop_assert!(after.scores[h].unwrap() <= before.scores[h].unwrap() + 1e-15);
            prop_assert!(after.ranks[h] >= before.ranks[h]);
        }
    }

    #[test]
    fn no_cell_moves_a_score_more_in_a_group_than_alone(
        s in scenario(),
        cell in any::<prop::sample::Index>(),
        word in prop::sample::select(WORDS.as_slice()),
    ) {
        prop_assume!(!s.hypotheses.is_empty() && !s.evidence.is_empty());
        let cell = cell.index(s.hypotheses.len() * s.evidence.len());
        let (row, h) = (cell / s.hypotheses.len(), cell % s.hypotheses.len());
        let mut apart = s.clone();
        apart.evidence[row].group = None;
        for method in Method::ALL {
            let moved = |s: &Scenario| {
                let matrix = Matrix::new(s, None);
                let mut what_if = WhatIf::new(&matrix, *method).unwrap();
                let before = what_if.score(h);
                what_if.change_cell(row, h, RatingCode::from(Rating::parse(word)));
                (what_if.score(h) - before).abs()
            };
            prop_assert!(moved(&s) <= moved(&apart) + 1e-12);
        }
    }

    #[test]
    fn posteriors_sum_to_one(s in scenario()) {
        let ranking = rank(&Matrix::new(&s, None), Method::Bayes);
        let sum: f64 = ranking.scores.iter().flatten().sum();
        let expected = if (0..s.hypotheses.len()).any(|h| competes(&s, Method::Net, h)) { 1.0 } else { 0.0 };
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
        Fixture::of(2).scenario(),
        Fixture::of(2).item("- NA").scenario(),
        Fixture::of(2).reject(0).reject(1).item("C I").priors(&[0.5, 0.5]).scenario(),
    ] {
        let matrix = Matrix::new(&scenario, None);
        for method in Method::ALL {
            let ranking = rank(&matrix, *method);
            assert_eq!((ranking.leaders, ranking.margin), (vec![], None));
            assert!(ranking.ranks.iter().all(Option::is_none));
            for (h, score) in ranking.scores.iter().enumerate() {
                assert_eq!(score.is_some(), method.is_additive() && is_rated(&scenario, h));
            }
        }
    }
}

#[test]
fn a_hypothesis_that_nobody_has_rated_is_not_ranked() {
    let scenario = Fixture::of(3).item("I - NA").item("C - -").scenario();
    let matrix = Matrix::new(&scenario, None);
    for method in Method::ALL {
        let ranking = rank(&matrix, *method);
        assert_eq!(ranking.ranks, [Some(1), None, None]);
        assert_eq!(ranking.leaders, [0]);
        assert_eq!(ranking.scores.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, false]);
    }
}

#[test]
fn a_residual_competes_under_bayes_alone_and_beside_another() {
    let scenario = Fixture::of(3).residual(2).item("I C II").item("C I -").scenario();
    let matrix = Matrix::new(&scenario, None);
    for method in Method::ALL {
        let ranking = rank(&matrix, *method);
        assert_eq!(ranking.ranks[2].is_some(), *method == Method::Bayes);
        assert!(ranking.scores[2].is_some());
    }
    let alone = Fixture::of(2).residual(1).item("- C").scenario();
    assert_eq!(rank(&Matrix::new(&alone, None), Method::Bayes), Ranking::none(Method::Bayes, 2));
}

proptest! {
    #[test]
    fn cases_of_one_idea_rated_alike_leave_the_others_as_they_were(s in scenario(), which in any::<prop::sample::Index>(), cases in 2..4_usize) {
        prop_assume!(!s.hypotheses.is_empty());
        let mut s = s;
        let at = which.index(s.hypotheses.len());
        s.hypotheses.iter_mut().for_each(|h| h.prior = None);
        s.hypotheses[at].family = Some("alone".into());
        prop_assume!(!s.hypotheses[at].is_residual());
        let mut split = s.clone();
        for _ in 1..cases {
            let place = split.hypotheses.len();
            split.hypotheses.push(s.hypotheses[at].clone());
            for (item, before) in split.evidence.iter_mut().zip(&s.evidence) {
                if let Some(cell) = before.ratings.get(at) {
                    item.ratings.set(place, cell.clone());
                }
            }
        }
        let (one, many) = (rank(&Matrix::new(&s, None), Method::Bayes), rank(&Matrix::new(&split, None), Method::Bayes));
        for h in (0..s.hypotheses.len()).filter(|h| *h != at) {
            let (one, many) = (one.scores[h].unwrap_or_default(), many.scores[h].unwrap_or_default());
            prop_assert!((one - many).abs() < 1e-12, "{} {}", one, many);
        }
        let families = families(&split, &many);
        let sum = families.iter().find(|family| family.name == "alone").map(|family| family.posterior);
        prop_assert!((sum.unwrap_or_default() - one.scores[at].unwrap_or_default()).abs() < 1e-12);
        let priors: f64 = priors(&Matrix::new(&split, None)).unwrap().iter().map(|(_, prior)| prior).sum();
        prop_assert!(one.leaders.is_empty() || (priors - 1.0).abs() < 1e-12);
    }
}
