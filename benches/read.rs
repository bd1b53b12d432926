//! Reading a scenario, beside what the `toml` crate needs for its own parse into plain structs of the same content.
//!
//! `cargo bench --bench read`; the ratio of the two is what counts, taken in one run.
#![allow(clippy::indexing_slicing, reason = "indices are remainders")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use serde::Deserialize;

fn main() {
    divan::main();
}

/// Hypotheses and items.
const SIZES: [(usize, usize); 3] = [(5, 30), (10, 1_000), (10, 100_000)];

#[divan::bench(args = SIZES)]
fn ach(bencher: Bencher<'_, '_>, (hypotheses, items): (usize, usize)) {
    let text = scenario(hypotheses, items);
    bencher
        .counter(BytesCount::of_str(&text))
        .with_inputs(|| text.clone().into_bytes())
        .bench_values(|bytes| black_box(ach_matrix::document::read(bytes)));
}

#[divan::bench(args = SIZES)]
fn toml(bencher: Bencher<'_, '_>, (hypotheses, items): (usize, usize)) {
    let text = scenario(hypotheses, items);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| black_box(toml::from_str::<Plain>(black_box(&text)).is_ok()));
}

/// The structs into which a program without a reader of its own would parse.
#[derive(Deserialize)]
#[expect(dead_code, reason = "only the parse is measured")]
struct Plain {
    ach: i64,
    title: String,
    hypothesis: Vec<PlainHypothesis>,
    evidence: Vec<PlainEvidence>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only the parse is measured")]
struct PlainHypothesis {
    id: String,
    name: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only the parse is measured")]
struct PlainEvidence {
    id: String,
    text: String,
    date: Option<toml::value::Datetime>,
    source: Option<String>,
    credibility: Option<String>,
    ratings: BTreeMap<String, PlainCell>,
}

#[derive(Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "only the parse is measured")]
enum PlainCell {
    Rating(String),
    Table { rating: Option<String>, note: Option<String> },
}

/// A scenario with a cell a line, of which one in ten has a note.
fn scenario(hypotheses: usize, items: usize) -> String {
    let mut text = "ach = 1\ntitle = \"A scenario of a given size\"\n".to_owned();
    for h in 0..hypotheses {
        let _ = write!(text, "\n[[hypothesis]]\nid = \"hypothesis-{h}\"\nname = \"Hypothesis number {h}\"\n");
    }
    for e in 0..items {
        let _ = write!(
            text,
            "\n[[evidence]]\nid = \"item-{e}\"\ntext = \"What was seen, heard or read on occasion {e}, in a sentence\"\ndate = 2025-{:02}-{:02}\nsource = \"source-{}\"\ncredibility = \"{}\"\n\n[evidence.ratings]\n",
            e % 12 + 1,
            e % 28 + 1,
            e % 7,
            ["low", "medium", "high"][e % 3],
        );
        for h in 0..hypotheses {
            let rating = ["CC", "C", "N", "I", "II", "NA"][(e * 7 + h * 5) % 6];
            let _ = if (e + h) % 10 == 0 {
                writeln!(text, "hypothesis-{h} = {{ rating = \"{rating}\", note = \"Since it is so.\" }}")
            } else {
                writeln!(text, "hypothesis-{h} = \"{rating}\"")
            };
        }
    }
    text
}
