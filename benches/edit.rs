//! Setting one cell of a large file: beside it, reading the file and writing it, twice each, which is the most that a
//! set may take.
//!
//! `cargo bench --bench edit`.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark writes files"
)]

mod support;

use ach_matrix::change::make;
use ach_matrix::document::{History, read};
use ach_matrix::scenario::Rating;
use ach_matrix::store::{self, Expected};
use divan::Bencher;

fn main() {
    divan::main();
}

/// Ten hypotheses and 10,000 items as a file.
fn text() -> String {
    support::text(&support::scenario(10, 10_000))
}

#[divan::bench]
fn set_a_cell_and_save(bencher: Bencher<'_, '_>) {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("large.toml");
    let text = text();
    bencher.with_inputs(|| std::fs::write(&path, &text)).bench_values(|written| {
        written.expect("the file is written");
        let loaded = std::fs::read(&path).expect("it is read");
        let reading = read(loaded.clone());
        let scenario = reading.scenario.expect("it is a scenario");
        let (evidence, hypothesis) = (scenario.evidence[5_000].id.clone(), scenario.hypotheses[3].id.clone());
        let now = scenario.evidence[5_000].ratings.rating(3);
        let other = if now == Some(Rating::Neutral) { Rating::Consistent } else { Rating::Neutral };
        let change = make::set_rating(&scenario, &evidence, &hypothesis, Some(other));
        let mut history = History::new(reading.document, scenario);
        history.apply(change.expect("the cell is there").as_slice()).expect("it is made");
        store::save(&path, history.document().text().as_bytes(), Expected::Bytes(&loaded))
            .expect("it is saved")
    });
}

#[divan::bench]
fn read_and_write_twice(bencher: Bencher<'_, '_>) {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("large.toml");
    let text = text();
    bencher.with_inputs(|| std::fs::write(&path, &text)).bench_values(|written| {
        written.expect("the file is written");
        for _ in 0..2 {
            let loaded = std::fs::read(&path).expect("it is read");
            let reading = read(loaded.clone());
            let line = format!("{}\n", reading.document.text().trim_end());
            store::save(&path, line.as_bytes(), Expected::Bytes(&loaded)).expect("it is saved");
        }
    });
}
