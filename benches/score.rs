//! Scoring a loaded matrix, next to a loop that reads as many bytes once; and one changed cell.
//!
//! `cargo bench --bench score`. The aim is at most three times the loop at 10x100,000, under 100 ns for a cell, and with
//! a tenth of the items in groups at most twice the time of those without.

mod support;

use ach_matrix::engine::{Matrix, RatingCode, WhatIf, rank};
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

/// Likewise by `weighted`, where no item is in a group.
#[divan::bench(args = SIZES)]
fn weighted_without_groups(bencher: Bencher<'_, '_>, (hypotheses, items): (usize, usize)) {
    let mut scenario = support::scenario(hypotheses, items);
    scenario.evidence.iter_mut().for_each(|item| item.group = None);
    let matrix = Matrix::new(&scenario, None);
    bencher.bench(|| rank(black_box(&matrix), Method::Weighted));
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
    change(bencher, &matrix, |row| matrix.group(row).is_none(), |what_if| what_if.score(black_box(3)));
}

/// Likewise in a group.
#[divan::bench(args = SIZES)]
fn changed_cell_of_a_group(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let matrix = matrix(size);
    change(bencher, &matrix, |row| matrix.group(row).is_some(), |what_if| what_if.score(black_box(3)));
}

/// One cell changed and all ranked again.
#[divan::bench(args = SIZES)]
fn changed_cell_ranked(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let matrix = matrix(size);
    change(bencher, &matrix, |row| matrix.group(row).is_none(), |what_if| what_if.ranking());
}

/// Changes a cell of the first row of a kind to and fro.
fn change<R>(
    bencher: Bencher<'_, '_>,
    matrix: &Matrix,
    is_wanted: impl Fn(usize) -> bool,
    then: impl Fn(&WhatIf<'_>) -> R,
) {
    let row = (0..matrix.items().len()).find(|row| is_wanted(*row));
    if let Some((mut what_if, row)) = WhatIf::new(matrix, Method::Weighted).zip(row) {
        let mut codes = [RatingCode::VeryInconsistent, RatingCode::Consistent].into_iter().cycle();
        bencher.bench_local(|| {
            what_if.change_cell(black_box(row), 3, codes.next().unwrap_or(RatingCode::Blank));
            then(&what_if)
        });
    }
}
