//! Merging two versions of a file, as a whole process does it.
//!
//! `cargo bench --bench merge`. The time must grow with the file and not faster, whatever the sides did: twice the items
//! are to take about twice the time.

mod support;

use ach_matrix::change;
use ach_matrix::document::{self, Reading};
use ach_matrix::scenario::{EvidenceId, Scenario};
use divan::{Bencher, black_box};

const SIZES: [usize; 3] = [500, 1_000, 2_000];

fn main() {
    divan::main();
}

/// Gives items an order that has little of the old one.
fn shuffled(scenario: &mut Scenario) {
    let items = &mut scenario.evidence;
    items.sort_by_key(|item| {
        item.text.bytes().fold(7_u64, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()))
    });
}

fn rewritten(scenario: &mut Scenario) {
    scenario.evidence.iter_mut().for_each(|item| item.text.push_str(", as it turned out"));
}

fn renamed(scenario: &mut Scenario) {
    for item in &mut scenario.evidence {
        if let Some(id) = EvidenceId::parse(&format!("new-{}", item.id)) {
            item.id = id;
        }
    }
}

fn halved(scenario: &mut Scenario) {
    let mut at = 0;
    scenario.evidence.retain(|_| {
        at += 1;
        at % 2 == 0
    });
}

fn merge(bencher: Bencher<'_, '_>, items: usize, ours: fn(&mut Scenario), theirs: fn(&mut Scenario)) {
    let base = support::scenario(3, items);
    let side = |edit: fn(&mut Scenario)| {
        let mut side = base.clone();
        edit(&mut side);
        support::text(&side)
    };
    let (base, ours, theirs) = (support::text(&base), side(ours), side(theirs));
    let read = |text: &str| {
        let Reading { document, scenario, .. } = document::read(text.as_bytes().to_vec());
        Some((document, scenario?))
    };
    bencher.bench(|| {
        let (_, before) = read(black_box(&base))?;
        let (ours, theirs) = (read(black_box(&ours))?, read(black_box(&theirs))?);
        let merged = change::merge(Some(&before), &ours.1, &theirs.1).ok()?;
        document::merged(Some(&base), ours.0.text(), theirs.0.text(), &merged).ok().map(|text| text.len())
    });
}

#[divan::bench(args = SIZES)]
fn order_here_texts_there(bencher: Bencher<'_, '_>, items: usize) {
    merge(bencher, items, shuffled, rewritten);
}

#[divan::bench(args = SIZES)]
fn texts_here_order_there(bencher: Bencher<'_, '_>, items: usize) {
    merge(bencher, items, rewritten, shuffled);
}

#[divan::bench(args = SIZES)]
fn ids_here_order_there(bencher: Bencher<'_, '_>, items: usize) {
    merge(bencher, items, renamed, shuffled);
}

#[divan::bench(args = SIZES)]
fn half_here_texts_there(bencher: Bencher<'_, '_>, items: usize) {
    merge(bencher, items, halved, rewritten);
}
