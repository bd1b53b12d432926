//! Comparing two versions: finding the changes, and telling them.
//!
//! `cargo bench --bench diff`. As a whole process `ach diff` is to take at most twice the time of
//! `git diff --no-index` at 10x1,000, which leaves no room for anything that grows faster than the file.

mod support;

use ach_matrix::change::diff;
use ach_matrix::present::{Compared, DiffReport, Report, Request};
use ach_matrix::report::{Options, format};
use ach_matrix::scenario::{Cell, Rating, Scenario};
use divan::{Bencher, black_box};

const SIZES: [(usize, usize); 2] = [(10, 1_000), (10, 100_000)];

fn main() {
    divan::main();
}

/// A scenario, and the same with one item in a hundred judged anew and its text edited.
fn versions((hypotheses, items): (usize, usize)) -> (Scenario, Scenario) {
    let before = support::scenario(hypotheses, items);
    let mut after = before.clone();
    for item in after.evidence.iter_mut().step_by(100) {
        item.text = item.text.replace("report", "witness");
        item.ratings.set(hypotheses / 2, Cell::rated(Rating::VeryInconsistent));
    }
    (before, after)
}

fn report<'a>((before, after): &'a (Scenario, Scenario)) -> DiffReport<'a> {
    let compared = Compared { path: Some("case.toml"), before: "HEAD", after: "work tree" };
    DiffReport::new(Some(before), Some(after), compared, &[], Request::default())
}

#[divan::bench(args = SIZES)]
fn find(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let (before, after) = versions(size);
    bencher.bench(|| diff(black_box(&before), black_box(&after)));
}

/// Finding with what it does to the conclusion.
#[divan::bench(args = SIZES)]
fn conclude(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let versions = versions(size);
    bencher.bench(|| report(black_box(&versions)).has_changes());
}

#[divan::bench(args = SIZES)]
fn tell_as_text(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    tell(bencher, size, "text");
}

#[divan::bench(args = SIZES)]
fn tell_as_json(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    tell(bencher, size, "json");
}

fn tell(bencher: Bencher<'_, '_>, size: (usize, usize), name: &str) {
    let versions = versions(size);
    let report = report(&versions);
    if let Some(format) = format(name) {
        bencher.bench_local(|| {
            let mut out = Vec::new();
            let reports: [&dyn Report; 1] = [black_box(&report)];
            format.write(&reports, Options::default(), &mut out).map(|()| out.len())
        });
    }
}
