//! The sensitivity of a conclusion: leaving out each item, overturning sets, the table's sentences, and all what-ifs.
//!
//! `cargo bench --bench sensitivity`. The aim is leave-one-out and overturning sets at 10x100,000 under 0.2 s.

mod support;

use ach_matrix::engine::{Lead, Matrix, RatingCode, Sensitivity, WhatIf, critical_items, overturns};
use ach_matrix::scenario::{Method, Scenario};
use divan::{Bencher, black_box};

const SIZES: [(usize, usize); 3] = [(5, 30), (10, 10_000), (10, 100_000)];
const METHODS: [Method; 2] = [Method::Weighted, Method::Bayes];

fn main() {
    divan::main();
}

fn cases() -> impl Iterator<Item = (Method, (usize, usize))> {
    METHODS.into_iter().flat_map(|method| SIZES.map(|size| (method, size)))
}

/// Whether one leads alone is up to chance; it does at these sizes.
fn scenario((hypotheses, items): (usize, usize)) -> Scenario {
    support::scenario(hypotheses, items)
}

/// The leaders without each item in turn, and the smallest sets that put each of the others ahead.
#[divan::bench(args = cases())]
fn leave_one_out_and_overturn(bencher: Bencher<'_, '_>, (method, size): (Method, (usize, usize))) {
    let matrix = Matrix::new(&scenario(size), None);
    bencher.bench(|| {
        WhatIf::new(black_box(&matrix), method)
            .map(|mut what_if| (critical_items(&mut what_if), overturns(&mut what_if)))
    });
}

/// The table's sentences about the lead.
#[divan::bench(args = cases())]
fn lead(bencher: Bencher<'_, '_>, (method, size): (Method, (usize, usize))) {
    let matrix = Matrix::new(&scenario(size), None);
    bencher.bench(|| Lead::new(black_box(&matrix), method));
}

/// Everything that `ach sensitivity` asks.
#[divan::bench(args = cases())]
fn all_what_ifs(bencher: Bencher<'_, '_>, (method, size): (Method, (usize, usize))) {
    let scenario = scenario(size);
    let matrix = Matrix::new(&scenario, None);
    bencher.bench(|| Sensitivity::new(black_box(&scenario), black_box(&matrix), method));
}

/// One cell changed, and whether others lead.
#[divan::bench(args = cases())]
fn changed_cell(bencher: Bencher<'_, '_>, (method, size): (Method, (usize, usize))) {
    let matrix = Matrix::new(&scenario(size), None);
    if let Some(mut what_if) = WhatIf::new(&matrix, method) {
        bencher.bench_local(|| {
            what_if.change_cell(black_box(7), black_box(3), black_box(RatingCode::Inconsistent));
            what_if.leaders_changed()
        });
    }
}
