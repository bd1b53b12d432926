//! The work of commands beside reading their file: reports as text and as a page, checks, a file laid out, the versions
//! of a history.
//!
//! `cargo bench --bench report`.

mod support;

use ach_matrix::checks;
use ach_matrix::document::{self, HistoryReader};
use ach_matrix::present::{
    BriefingOptions, BriefingReport, MatrixReport, RankingReport, Report, Request, SensitivityReport,
};
use ach_matrix::report::{self, DEFAULT_FORMAT, write_page};
use ach_matrix::scenario::Scenario;
use divan::{Bencher, black_box};

const SIZES: [(usize, usize); 3] = [(5, 30), (10, 1_000), (10, 10_000)];
/// Versions of a file, each with one item that the one before does not have.
const VERSIONS: usize = 100;

fn main() {
    divan::main();
}

fn scenario((hypotheses, items): (usize, usize)) -> Scenario {
    support::scenario(hypotheses, items)
}

fn written(report: &dyn Report) -> Vec<u8> {
    let mut out = Vec::new();
    drop(DEFAULT_FORMAT.write(&[report], report::Options::default(), &mut out));
    out
}

#[divan::bench(args = SIZES)]
fn table(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let scenario = scenario(size);
    bencher.bench(|| written(&MatrixReport::new(black_box(&scenario), Request::default())));
}

#[divan::bench(args = SIZES)]
fn rank(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let scenario = scenario(size);
    bencher.bench(|| written(&RankingReport::new(black_box(&scenario), Request::default())));
}

#[divan::bench(args = SIZES)]
fn sensitivity(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let scenario = scenario(size);
    bencher.bench(|| written(&SensitivityReport::new(black_box(&scenario), Request::default())));
}

#[divan::bench(args = SIZES)]
fn check(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let scenario = scenario(size);
    bencher.bench(|| checks::run(black_box(&scenario), checks::Options::default()));
}

#[divan::bench(args = SIZES)]
fn fmt(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let document = document::read(support::text(&scenario(size)).into_bytes()).document;
    bencher.bench_local(|| black_box(&document).formatted());
}

#[divan::bench(args = [SIZES[0], SIZES[1]])]
fn page(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let scenario = scenario(size);
    bencher.bench(|| {
        let options = BriefingOptions {
            sections: &[],
            marking: None,
            file: "case.toml",
            version: String::new(),
            has_script: true,
            since: None,
        };
        let mut out = Vec::new();
        let report = BriefingReport::new(black_box(&scenario), Request::default(), options, &|_, _| {});
        report.is_ok_and(|report| write_page(&report, &mut out).is_ok()).then_some(out)
    });
}

#[divan::bench]
fn versions(bencher: Bencher<'_, '_>) {
    let whole = scenario((10, VERSIONS));
    let version = |items: usize| {
        let mut scenario = whole.clone();
        scenario.evidence.truncate(items);
        support::text(&scenario)
    };
    let texts: Vec<String> = (1..=VERSIONS).map(version).collect();
    bencher.bench(|| {
        let mut reader = HistoryReader::default();
        texts.iter().filter_map(|text| reader.read(black_box(text))).count()
    });
}
