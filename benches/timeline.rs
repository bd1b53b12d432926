//! The course of a conclusion over the days that items are dated.
//!
//! `cargo bench --bench timeline`. The aim is 1,000 days at 10x10,000 far below a second.

mod support;

use ach_matrix::engine::{Matrix, timeline};
use ach_matrix::scenario::{Date, Method, Scenario};
use divan::{Bencher, black_box};

const METHODS: [Method; 2] = [Method::Weighted, Method::Bayes];

fn main() {
    divan::main();
}

/// Ten hypotheses and 10,000 items, known on a thousand days from 2000 on.
fn scenario() -> Scenario {
    let mut scenario = support::scenario(10, 10_000);
    for (at, item) in scenario.evidence.iter_mut().enumerate() {
        let day = at % 1_000;
        item.date =
            Date::parse(&format!("{}-{:02}-{:02}", 2000 + day / 336, 1 + day / 28 % 12, 1 + day % 28));
    }
    scenario
}

#[divan::bench(args = METHODS)]
fn a_thousand_days(bencher: Bencher<'_, '_>, method: Method) {
    let scenario = scenario();
    let matrix = Matrix::new(&scenario, None);
    bencher.bench(|| timeline(black_box(&scenario), black_box(&matrix), method));
}
