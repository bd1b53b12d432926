//! Settled cases against their outcomes.
//!
//! `cargo bench --bench post_mortem`. The aim is a record over 1,000 cases of 5x30 in under 2 s, reading the files
//! included, which takes most of it.

mod support;

use ach_matrix::engine::{Matrix, PostMortem, Record, known_by};
use ach_matrix::scenario::{Cell, Date, Estimate, EstimateId, Probability, Row, Scenario};
use divan::{Bencher, black_box};

const CASES: [usize; 2] = [100, 1_000];

fn main() {
    divan::main();
}

/// A case of 5x30 that is settled, with two estimates of each of three people.
fn settled() -> Scenario {
    let mut scenario = support::scenario(5, 30);
    scenario.outcome.hypothesis = Some(vec!["h1".to_owned()]);
    scenario.outcome.date = Date::parse("2025-10-01");
    for at in 0..6 {
        let Some(id) = EstimateId::parse(&format!("s{at}")) else { continue };
        let mut estimate = Estimate::new(id, format!("Person {}", at % 3));
        estimate.date = Date::parse(&format!("2025-0{}-01", at + 1));
        let share = |h: usize| Some((h, Cell::stated(Probability::new(0.1 * f64::from(at + 1))?)));
        estimate.probabilities = Row::from_cells((0..5).filter_map(share));
        scenario.estimates.push(estimate);
    }
    scenario
}

fn score(scenario: &Scenario) -> PostMortem<'_> {
    let matrix = Matrix::new(scenario, known_by(scenario, None));
    PostMortem::new(scenario, &matrix, scenario.method(), None)
}

#[divan::bench]
fn one(bencher: Bencher<'_, '_>) {
    let scenario = settled();
    bencher.bench(|| score(black_box(&scenario)));
}

#[divan::bench(args = CASES)]
fn record(bencher: Bencher<'_, '_>, cases: usize) {
    let scenario = settled();
    bencher.bench(|| {
        let scored: Vec<PostMortem<'_>> = (0..cases).map(|_| score(black_box(&scenario))).collect();
        Record::new(scored.iter().map(|case| (&scenario, case)))
    });
}
