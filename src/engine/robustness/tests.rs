//! Robustness against every outcome written out, and against itself.

use proptest::prelude::*;
use rand_pcg::rand_core::Rng;

use super::*;
use crate::engine::fixture::Fixture;
use crate::engine::laws::competes;
use crate::engine::rank;
use crate::engine::rating_code::RatingCode;
use crate::scenario::{Cell, Level, Rating, Row, Status};

const ADDITIVE: [Method; 3] = [Method::Inconsistency, Method::Weighted, Method::Net];
const BOTH: [Unrated; 2] = [Unrated::Uniform, Unrated::Neutral];

fn of(scenario: &Scenario, method: Method, unrated: Unrated, draws: Option<u32>) -> Robustness {
    let options = RobustnessOptions { unrated, draws, seed: RobustnessOptions::SEED };
    robustness(scenario, &Matrix::new(scenario, None), method, options, &|_, _| {}).unwrap()
}

/// Ratings that a cell may turn out to have with their probabilities, as docs/method.md defines them.
fn ways(cell: &Cell, unrated: Unrated) -> Vec<(Option<Rating>, f64)> {
    let Some(rating) = cell.rating else {
        return match unrated {
            Unrated::Uniform => Rating::SCALE.iter().map(|rating| (Some(*rating), 0.2)).collect(),
            Unrated::Neutral => vec![(None, 1.0)],
        };
    };
    let Some(value) = rating.value() else { return vec![(Some(rating), 1.0)] };
    let stays = match cell.confidence.unwrap_or(Level::Medium) {
        Level::High => 0.9,
        Level::Medium => 0.7,
        Level::Low => 0.5,
    };
    let near: Vec<_> = [value - 1, value + 1].into_iter().filter_map(Rating::from_value).collect();
    let moved = near.iter().map(|to| (Some(*to), (1.0 - stays) / near.len() as f64));
    std::iter::once((Some(rating), stays)).chain(moved).collect()
}

/// Acceptability and pairwise shares of hypotheses that compete over every outcome, and how often each is first alone,
/// and together with others.
fn written_out(scenario: &Scenario, method: Method, unrated: Unrated) -> [Vec<Vec<f64>>; 3] {
    // Who competes is settled by what is rated.
    let active: Vec<usize> =
        (0..scenario.hypotheses.len()).filter(|h| competes(scenario, method, *h)).collect();
    let mut scenario = scenario.clone();
    for (_, hypothesis) in scenario.hypotheses.iter_mut().enumerate().filter(|(h, _)| !active.contains(h)) {
        hypothesis.status = Some(Status::Rejected);
    }
    let cells: Vec<(usize, usize)> =
        (0..scenario.evidence.len()).flat_map(|e| active.iter().map(move |h| (e, *h))).collect();
    let count = active.len();
    let (mut ranks, mut ahead) = (vec![vec![0.0; count]; count], vec![vec![0.0; count]; count]);
    let mut first = vec![vec![0.0; count]; 2];
    let mut filled = vec![(scenario.clone(), 1.0)];
    for (e, h) in cells {
        let cell = scenario.evidence[e].ratings.get(h).cloned().unwrap_or_default();
        let ways = ways(&cell, unrated);
        filled = filled
            .into_iter()
            .flat_map(|(before, chance)| {
                ways.iter().map(move |(rating, p)| {
                    let mut after = before.clone();
                    after.evidence[e].ratings.set(h, rating.map_or_else(Cell::default, Cell::rated));
                    (after, chance * p)
                })
            })
            .collect();
    }
    for (scenario, chance) in filled {
        let found = rank(&Matrix::new(&scenario, None), method).ranks;
        let rank = |at: usize| found[active[at]].unwrap();
        for h in 0..count {
            let equals = (0..count).filter(|k| rank(*k) == rank(h)).count();
            for place in rank(h)..rank(h) + equals {
                ranks[h][place - 1] += chance / equals as f64;
            }
            if rank(h) == 1 {
                first[usize::from(equals > 1)][h] += chance;
            }
            for (k, ahead) in ahead[h].iter_mut().enumerate() {
                let halves = u8::from(rank(h) < rank(k)) + u8::from(rank(h) <= rank(k));
                *ahead += chance * f64::from(halves) / 2.0;
            }
        }
    }
    [ranks, ahead, first]
}

/// The greatest difference to what is written out, each divided by what `unit` makes of the figure.
fn off(found: &Robustness, scenario: &Scenario, unit: impl Fn(f64) -> f64) -> f64 {
    let [ranks, ahead, first] = written_out(scenario, found.method, found.unrated);
    assert_eq!(found.hypotheses.len(), ranks.len());
    let mut worst: f64 = 0.0;
    for (found, expected) in [&found.alone, &found.level].into_iter().zip(&first) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            worst = worst.max((found - expected).abs() / unit(*expected));
        }
    }
    for (square, expected) in [(&found.acceptability, ranks), (&found.pairwise, ahead)] {
        for (at, expected) in expected.iter().enumerate() {
            assert_eq!(square.row(at).len(), expected.len());
            for (found, expected) in square.row(at).iter().zip(expected) {
                worst = worst.max((found - expected).abs() / unit(*expected));
            }
        }
    }
    worst
}

/// Scenarios of few enough cells to write all outcomes out.
fn small() -> impl Strategy<Value = Scenario> {
    let level = || prop::sample::select(Level::ALL);
    let word = || prop::sample::select(["CC", "C", "N", "I", "II", "NA", "-", "I", "C"].as_slice());
    let item =
        move |width| (prop::collection::vec((word(), level()), width), level(), level(), any::<bool>());
    prop::sample::select([(1, 3), (2, 3), (3, 2), (4, 1), (3, 1), (2, 2), (0, 2)].as_slice())
        .prop_flat_map(move |(width, items)| {
            (prop::collection::vec(item(width), items), any::<(bool, prop::sample::Index)>(), Just(width))
        })
        .prop_map(|(items, (rejects, which), width)| {
            let mut fixture = Fixture::of(width);
            for (cells, credibility, relevance, grouped) in items {
                let words: Vec<&str> = cells.iter().map(|(word, _)| *word).collect();
                fixture = fixture.weighed(&words.join(" "), credibility, relevance);
                fixture = fixture.edit_last(|item| item.group = grouped.then(|| "g".into()));
                for (h, (_, confidence)) in cells.iter().enumerate() {
                    fixture = fixture.confident(h, *confidence);
                }
            }
            if rejects && width > 0 { fixture.reject(which.index(width)) } else { fixture }.scenario()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn exact_figures_are_those_of_every_outcome(scenario in small()) {
        for method in ADDITIVE {
            for unrated in BOTH {
                let found = of(&scenario, method, unrated, None);
                prop_assert_eq!(found.basis, Basis::Exact);
                prop_assert!(off(&found, &scenario, |_| 1.0) < 1e-12);
            }
        }
    }

    #[test]
    fn rows_and_columns_sum_to_one(scenario in small()) {
        for method in Method::ALL {
            let exact = method.is_additive().then_some(None);
            for draws in exact.into_iter().chain([Some(100)]) {
                let found = of(&scenario, *method, Unrated::Uniform, draws);
                let count = found.hypotheses.len();
                for at in 0..count {
                    let column: f64 = (0..count).filter_map(|row| found.acceptability.get(row, at)).sum();
                    prop_assert!((found.acceptability.row(at).iter().sum::<f64>() - 1.0).abs() < 1e-12);
                    prop_assert!((column - 1.0).abs() < 1e-12);
                    for other in 0..count {
                        let both = found.pairwise.get(at, other).unwrap() + found.pairwise.get(other, at).unwrap();
                        prop_assert!((both - 1.0).abs() < 1e-12);
                    }
                }
            }
        }
    }
}

/// A bit of everything: weights, a group whose item is blank, NA, confidence, a rejected hypothesis, ties.
fn mixed() -> Scenario {
    Fixture::of(4)
        .reject(2)
        .weighed("I CC II N", Level::Low, Level::High)
        .confident(0, Level::Low)
        .grouped("II NA - C", "g")
        .confident(0, Level::High)
        .grouped("- NA C NA", "g")
        .scenario()
}

#[test]
fn draws_are_near_what_is_exact() {
    let draws = 20_000;
    for scenario in [mixed(), Fixture::of(2).grouped("C C", "g").grouped("- I", "g").scenario()] {
        for method in Method::ALL {
            for unrated in BOTH {
                let found = of(&scenario, *method, unrated, Some(draws));
                assert_eq!(found.basis, Basis::Draws { draws, seed: 1 });
                // What is certain must be so; for the rest one draw is allowed for, since figures are counts.
                let error = |p: f64| (p * (1.0 - p) / f64::from(draws)).sqrt() + 0.25 / f64::from(draws);
                let worst = off(&found, &scenario, error);
                assert!(worst < 4.5, "{method} {unrated:?}: {worst} standard errors");
            }
        }
    }
}

/// Enough like cells to be drawn in packs of both sizes, with some left over.
fn many() -> Scenario {
    let fixture = (0..90).fold(Fixture::of(3), |fixture, at| {
        let words = ["C I N", "I C II", "CC - I", "N I -"][at % 4];
        fixture.weighed(words, Level::ALL[usize::from(at % 5 == 0)], Level::High)
    });
    (0..75).fold(fixture, |fixture, _| fixture.item("N - C")).scenario()
}

#[test]
fn draws_of_many_like_cells_are_near_what_is_exact() {
    let draws = 40_000;
    for method in ADDITIVE {
        for unrated in BOTH {
            let (exact, drawn) =
                (of(&many(), method, unrated, None), of(&many(), method, unrated, Some(draws)));
            assert_eq!(exact.basis, Basis::Exact);
            for (exact, drawn) in
                [(&exact.acceptability, &drawn.acceptability), (&exact.pairwise, &drawn.pairwise)]
            {
                for (p, drawn) in (0..3).flat_map(|row| exact.row(row).iter().zip(drawn.row(row))) {
                    let error = (p * (1.0 - p) / f64::from(draws)).sqrt() + 0.25 / f64::from(draws);
                    assert!((p - drawn).abs() / error < 4.5, "{method} {unrated:?}: {p} {drawn}");
                }
            }
        }
    }
}

/// Under `bayes` the figures of many cells follow from those of every number of cells that turn out in each way.
#[test]
fn draws_of_many_like_cells_are_near_their_law_under_bayes() {
    let scenario = (0..81).fold(Fixture::of(2), |fixture, _| fixture.item("N NA"));
    let scenario = scenario.item("NA N").confident(1, Level::High).scenario();
    let matrix = Matrix::new(&scenario, None);
    let ln_ratio = |code| matrix.likelihood.ln_ratio(matrix.class(0), code);
    let (up, down) = (ln_ratio(RatingCode::Consistent), ln_ratio(RatingCode::Inconsistent));
    let ln_factorial = |n: i32| (1..=n).map(|k| f64::from(k).ln()).sum::<f64>();
    let mut ahead = 0.0;
    for ups in 0..=81 {
        for downs in 0..=81 - ups {
            let ways =
                ln_factorial(81) - ln_factorial(ups) - ln_factorial(downs) - ln_factorial(81 - ups - downs);
            let chance = f64::from(ups + downs) * 0.15_f64.ln() + f64::from(81 - ups - downs) * 0.7_f64.ln();
            let weight = f64::from(ups) * up + f64::from(downs) * down;
            for (other, p) in [(up, 0.05), (0.0, 0.9), (down, 0.05)] {
                let lead = weight - other;
                let halves = f64::from(u8::from(lead > TIE) + u8::from(lead >= -TIE));
                ahead += p * (ways + chance).exp() * halves / 2.0;
            }
        }
    }
    let draws = 100_000;
    let found = of(&scenario, Method::Bayes, Unrated::Uniform, Some(draws));
    let error = (ahead * (1.0 - ahead) / f64::from(draws)).sqrt();
    assert!((found.pairwise.get(0, 1).unwrap() - ahead).abs() < 4.5 * error, "{ahead} {found:?}");
}

#[test]
fn more_draws_than_can_be_made_are_refused_before_any_is() {
    let options = RobustnessOptions { draws: Some(u32::MAX), ..RobustnessOptions::default() };
    let scenario = many();
    let matrix = Matrix::new(&scenario, None);
    for method in Method::ALL {
        let begun = std::cell::Cell::new(false);
        let refused = robustness(&scenario, &matrix, *method, options, &|_, _| begun.set(true));
        let TooManyDraws { asked, most } = refused.unwrap_err();
        assert!(asked == u32::MAX && most > RobustnessOptions::DRAWS && !begun.get(), "{most}");
        let fewer = RobustnessOptions { draws: Some(10), ..options };
        assert!(robustness(&scenario, &matrix, *method, fewer, &|_, _| {}).is_ok());
    }
}

#[test]
fn threads_change_nothing() {
    let scenario = many();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            Method::ALL
                .iter()
                .map(|method| of(&scenario, *method, Unrated::Uniform, Some(30_000)))
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(with(1), with(2));
    assert_eq!(with(1), with(7));
}

#[test]
fn seeds_differ_and_repeat() {
    let with = |seed| {
        let options = RobustnessOptions { draws: Some(1_000), seed, ..RobustnessOptions::default() };
        let scenario = mixed();
        let matrix = Matrix::new(&scenario, None);
        robustness(&scenario, &matrix, Method::Net, options, &|_, _| {}).unwrap().acceptability
    };
    assert_eq!(with(5), with(5));
    assert_ne!(with(5), with(6));
}

#[test]
fn the_random_numbers_are_these_for_ever() {
    let first = |seed, chunk| {
        let mut random = chance::stream(seed, chunk);
        [(); 4].map(|()| random.next_u64())
    };
    assert_eq!(
        first(1, 0),
        [13111111773560480139, 10597284407507976913, 9086977565083710798, 16213065980124409797]
    );
    assert_eq!(
        first(1, 1),
        [7379378862931383210, 8907517312755285343, 12977486187112631409, 9332993003770314613]
    );
}

#[test]
fn progress_is_told_up_to_the_last_draw() {
    let scenario = mixed();
    let told = std::cell::RefCell::new(Vec::new());
    let options = RobustnessOptions { draws: Some(50_001), ..RobustnessOptions::default() };
    let tell = |done, all| told.borrow_mut().push((done, all));
    robustness(&scenario, &Matrix::new(&scenario, None), Method::Net, options, &tell).unwrap();
    let told = told.into_inner();
    assert!(told.is_sorted() && told.last() == Some(&(50_001, 50_001)), "{told:?}");
}

#[test]
fn what_is_empty_or_alone_is_settled() {
    for method in ADDITIVE {
        let none = of(&Fixture::of(0).scenario(), method, Unrated::Uniform, None);
        assert_eq!((none.basis, none.hypotheses.len()), (Basis::Exact, 0));
        let alone =
            of(&Fixture::of(2).reject(1).item("- C").item("N -").scenario(), method, Unrated::Uniform, None);
        assert_eq!(
            (alone.hypotheses.as_slice(), alone.acceptability.row(0)),
            ([0].as_slice(), [1.0].as_slice())
        );
        assert_eq!((alone.alone, alone.level), (vec![1.0], vec![0.0]));
        assert!(of(&Fixture::of(2).scenario(), method, Unrated::Uniform, None).hypotheses.is_empty());
        let never =
            Fixture::of(2).item("CC CC").item("CC CC").edit_last(|item| item.ratings = Row::default());
        let level = of(&never.scenario(), Method::Inconsistency, Unrated::Neutral, None);
        assert_eq!((level.acceptability.row(0), level.level), ([0.5, 0.5].as_slice(), vec![1.0, 1.0]));
        assert!(level.cells == 2 && (level.moving - 0.6).abs() < 1e-15, "{}", level.moving);
    }
    let priors = Fixture::of(2).item("C I").priors(&[0.5, 0.6]).scenario();
    assert!(of(&priors, Method::Bayes, Unrated::Uniform, Some(10)).hypotheses.is_empty());
}
