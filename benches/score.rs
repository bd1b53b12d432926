//! Scoring a loaded matrix, next to a loop that reads as many bytes once; and one changed cell.
//!
//! `cargo bench --bench score`. The aim is at most three times the loop at 10x100,000, and under 100 ns for a cell.

mod support;

use ach_matrix::engine::{Matrix, RatingCode, Tally, rank};
use ach_matrix::scenario::Method;
use divan::{Bencher, black_box};

const SIZES: [(usize, usize); 3] = [(5, 30), (10, 1_000), (10, 100_000)];

fn main() {
    divan::main();
}

fn matrix((hypotheses, items): (usize, usize)) -> Matrix {
    Matrix::new(&support::scenario(hypotheses, items), None)
}

/// The measure of all others.
#[divan::bench(args = SIZES)]
fn sum_of_bytes(bencher: Bencher<'_, '_>, (hypotheses, items): (usize, usize)) {
    let bytes: Vec<u8> = (0..hypotheses * items).map(|at| (at % 7) as u8).collect();
    bencher.bench(|| black_box(&bytes).iter().map(|byte| u64::from(*byte)).sum::<u64>());
}

#[divan::bench(args = SIZES)]
fn inconsistency(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let matrix = matrix(size);
    bencher.bench(|| rank(black_box(&matrix), Method::Inconsistency));
}

#[divan::bench(args = SIZES)]
fn weighted(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let matrix = matrix(size);
    bencher.bench(|| rank(black_box(&matrix), Method::Weighted));
}

#[divan::bench(args = SIZES)]
fn net(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let matrix = matrix(size);
    bencher.bench(|| rank(black_box(&matrix), Method::Net));
}

#[divan::bench(args = SIZES)]
fn bayes(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let matrix = matrix(size);
    bencher.bench(|| rank(black_box(&matrix), Method::Bayes));
}

/// From the scenario to the matrix.
#[divan::bench(args = SIZES)]
fn load(bencher: Bencher<'_, '_>, (hypotheses, items): (usize, usize)) {
    let scenario = support::scenario(hypotheses, items);
    bencher.bench(|| Matrix::new(black_box(&scenario), None));
}

/// One cell changed and its hypothesis's score read.
#[divan::bench(args = SIZES)]
fn changed_cell(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let matrix = matrix(size);
    if let Some(mut tally) = Tally::new(&matrix, Method::Weighted) {
        let class = matrix.class(7);
        bencher.bench_local(|| {
            tally.replace(
                black_box(3),
                black_box(class),
                black_box(RatingCode::Blank),
                black_box(RatingCode::Consistent),
            );
            tally.score(black_box(3)).to_f64()
        });
    }
}

/// One cell changed and all ranked again.
#[divan::bench(args = SIZES)]
fn changed_cell_ranked(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let matrix = matrix(size);
    if let Some(mut tally) = Tally::new(&matrix, Method::Weighted) {
        let class = matrix.class(7);
        bencher.bench_local(|| {
            tally.replace(
                black_box(3),
                black_box(class),
                black_box(RatingCode::Blank),
                black_box(RatingCode::Consistent),
            );
            tally.ranking(&matrix)
        });
    }
}
