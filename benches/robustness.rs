//! Rank acceptability, exact and by random draws.
//!
//! `cargo bench --bench robustness`. The aim is under 20 ms for the exact figures of 5x30.

mod support;

use ach_matrix::engine::{Matrix, RobustnessOptions, robustness};
use ach_matrix::scenario::Method;
use divan::{Bencher, black_box};

const SIZES: [(usize, usize); 3] = [(5, 30), (5, 100), (10, 60)];

fn main() {
    divan::main();
}

fn measure(
    bencher: Bencher<'_, '_>,
    (hypotheses, items): (usize, usize),
    method: Method,
    options: RobustnessOptions,
) {
    let scenario = support::scenario(hypotheses, items);
    let matrix = Matrix::new(&scenario, None);
    bencher.bench(|| robustness(&scenario, black_box(&matrix), method, options, &|_, _| {}));
}

#[divan::bench(args = SIZES)]
fn exact_weighted(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    measure(bencher, size, Method::Weighted, RobustnessOptions::default());
}

#[divan::bench(args = SIZES)]
fn exact_net(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    measure(bencher, size, Method::Net, RobustnessOptions::default());
}

/// 100,000 draws.
#[divan::bench(args = SIZES, max_time = 10)]
fn drawn_net(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let draws = Some(RobustnessOptions::DRAWS);
    measure(bencher, size, Method::Net, RobustnessOptions { draws, ..RobustnessOptions::default() });
}

/// 100,000 draws.
#[divan::bench(args = SIZES, max_time = 10)]
fn drawn_bayes(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    measure(bencher, size, Method::Bayes, RobustnessOptions::default());
}
