//! A keystroke to the finished picture: a rating, and one step down, on the shipped case and on 10x10,000.
//!
//! Without drawing: a rating from key to state, which changes the length of the file at every second one, a letter of
//! a search, and opening a file. `cargo bench --bench editor`. Elsewhere each run is eight keys, four of them ratings, or the rating of a whole column and its
//! undoing, and one drawing, in the terminal's size of 120x40; the text of the picture is made too, which the editor does
//! not do.
#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "a benchmark reads the shipped case")]

mod support;

use ach_matrix::scenario::Scenario;
use ach_matrix::tui::testing::Screen;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

fn large(items: usize) -> String {
    let scenario: Scenario = support::scenario(10, items);
    support::text(&scenario)
}

/// `panel` is shown beside the matrix, and the text is what was committed.
fn eight_keys(bencher: Bencher<'_, '_>, text: &str, panel: &str) {
    let screen = Screen::open(text).committed(Some(text)).hurried().size(120, 40);
    let mut screen = Some(screen.keys(&format!(":panel {panel}<Enter>")));
    bencher.bench_local(|| {
        // Each of the four ratings is another than the cell has: one that it has already would cost nothing.
        let rated = screen.take().expect("it is put back").keys("5j1k1j5k");
        black_box(rated.text());
        screen = Some(rated);
    });
}

#[divan::bench(args = ["detail", "sensitivity", "changes"])]
fn on_the_shipped_case(bencher: Bencher<'_, '_>, panel: &str) {
    let text = std::fs::read_to_string("scenarios/tajik-border.toml").expect("the case is there");
    eight_keys(bencher, &text, panel);
}

#[divan::bench]
fn a_whole_column_of_ten_thousand_items(bencher: Bencher<'_, '_>) {
    let mut screen = Some(Screen::open(&large(10_000)).size(120, 40));
    bencher.bench_local(|| {
        let rated = screen.take().expect("it is put back").keys(":rate II column<Enter>u");
        black_box(rated.text());
        screen = Some(rated);
    });
}

#[divan::bench(args = ["detail", "sensitivity", "changes"])]
fn on_ten_thousand_items(bencher: Bencher<'_, '_>, panel: &str) {
    eight_keys(bencher, &large(10_000), panel);
}

/// Ten times as many: an edit looks at every cell, a move at none that is not in view.
#[divan::bench(args = ["detail", "sensitivity", "changes"], sample_count = 20)]
fn on_a_hundred_thousand_items(bencher: Bencher<'_, '_>, panel: &str) {
    eight_keys(bencher, &large(100_000), panel);
}

/// Eight ratings of one cell in the middle, of literals of both lengths, without drawing.
#[divan::bench(args = [10_000, 100_000], sample_count = 20)]
fn eight_ratings_to_state(bencher: Bencher<'_, '_>, items: usize) {
    let screen = Screen::open(&large(items)).hurried().size(120, 40);
    let mut screen = Some(screen.keys(&format!(":{}<Enter>", items / 2)));
    bencher.bench_local(|| {
        screen = Some(screen.take().expect("it is put back").keys("51421524"));
    });
}

/// Opens the search, types five letters, and leaves it: seven keys.
#[divan::bench(args = [10_000, 100_000], sample_count = 20)]
fn five_letters_of_a_search(bencher: Bencher<'_, '_>, items: usize) {
    let mut screen = Some(Screen::open(&large(items)).hurried().size(120, 40));
    bencher.bench_local(|| {
        screen = Some(screen.take().expect("it is put back").keys("/item9<Esc>"));
    });
}

/// From the text to the state that is drawn first.
#[divan::bench(args = [10_000, 100_000], sample_count = 10)]
fn open(bencher: Bencher<'_, '_>, items: usize) {
    let text = large(items);
    bencher.bench_local(|| Screen::open(black_box(&text)).hurried());
}
