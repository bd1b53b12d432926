//! Pasting into the matrix: one question, one step, and never keys.

use insta::assert_snapshot;

use crate::{SMALL, Screen, difference, speech};

#[test]
fn rows_from_a_spreadsheet_are_asked_about_and_inserted_as_one_step() {
    let rows = "sail\tA sail was found\tC\tI\tCC\nrope-cut\tThe rope\tI\tI\tI\n";
    let screen = Screen::open(SMALL).size(100, 24).paste(rows);
    assert_snapshot!(screen.text(), @"
    | Who took the boat                                                 weighted   4 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm  │ rope-cut
    |  rope-cut                              1.41  [ CC]    C    II  │ The mooring rope was cut, not torn
    |    The mooring rope was cut, not                               │
    |    torn                                                        │ fact, 2025-03-01
    |  insured                               1.00   ▎ N    CC     ·  │ credibility high, relevance medium
    |    The boat was insured a week                                 │ Harbour watch
    |    before                                                      │
    |  calm-night                            1.00     ·     ·    II  │ A thief from the harbour: CC
    |    The night was calm                                          │
    |                                                                │ If rated      who leads
    |  no-oars                               1.00   ▎ I   ▎ I     N  │  ▸CC C N NA   Thief and Owner, le…
    |    The oars were left in the shed                              │   I           Owner, by 1.41
    |                                                                │   II          Owner, by 2.83
    | ──────────────────────────────────────────────── 1 of 4 ────── │
    |────────────────────────────────────────────────────────────────────────────────────────────────────
    |  Pasted 2 lines of 5 columns. What is it? It is read as:
    |    id        text              Thief  Owner  Storm
    |    sail      A sail was found  C      I      CC     new item
    |    rope-cut  The rope          I      I      I      known: 3 ratings differ
    |  i insert 1 item, leave 1 known item alone
    |  r insert 1 item and rate the known items too: 3 cells would change
    |  t take it as text: 2 items, one a line
    | i r t one of these  Esc nothing is pasted
    ");
    let screen = screen.keys("5x");
    assert_eq!(screen.file(), SMALL, "only the keys that are named do something");
    let screen = screen.keys("i");
    assert_snapshot!(difference(SMALL, screen.file()), @r#"
    +
    +[[evidence]]
    +id = "sail"
    +text = "A sail was found"
    +
    +[evidence.ratings]
    +thief = "C"
    +owner = "I"
    +storm = "CC"
    "#);
    assert_snapshot!(speech(&screen), @"| The leaders changed: Thief and Owner -> Thief, by evidence sail added, with 3 ratings");
    assert_eq!(screen.keys("u").file(), SMALL);
    let both = Screen::open(SMALL).paste(rows).keys("r");
    assert_snapshot!(speech(&both), @"| The leaders changed: Thief and Owner -> Thief, by 1 item added and 3 cells rated");
}

#[test]
fn ratings_are_pasted_from_the_cursor_on() {
    let screen = Screen::open(SMALL).keys("jl").paste("--\t0\n++\t+").keys("r");
    assert_snapshot!(difference(SMALL, screen.file()), @r#"
    -owner = { rating = "CC", confidence = "high", note = "Twice its worth." }
    -
    -[[evidence]]
    -id = "calm-night"
    -text = "The night was calm"
    -kind = "absence"
    -source = "watch"
    -[evidence.ratings]
    -storm = "II"
    +owner = { rating = "II", confidence = "high", note = "Twice its worth." }
    +storm = "N"
    +
    +[[evidence]]
    +id = "calm-night"
    +text = "The night was calm"
    +kind = "absence"
    +source = "watch"
    +[evidence.ratings]
    +owner = "CC"
    +storm = "C"
    "#);
    assert_snapshot!(speech(&Screen::open(SMALL).paste("II").keys("<Esc>")), @"| nothing was pasted");
}

#[test]
fn a_pasted_text_never_runs_as_keys() {
    let screen = Screen::open(SMALL).paste("dd\ny");
    assert_eq!(screen.file(), SMALL);
    assert!(screen.text().contains("Pasted 2 lines of 1 column. What is it?"));
}

#[test]
fn a_block_is_typed_in_a_field_where_the_terminal_sends_it_as_keys() {
    let asked = Screen::open(SMALL).size(80, 24).keys(":paste<Enter>II<Tab>N<Enter>C<Tab>C<C-s>");
    assert!(asked.text().contains("Pasted 2 lines of 2 columns. What is it?"), "{}", asked.text());
    let taken = asked.keys("r");
    assert!(taken.file().contains("thief = \"II\""), "{}", taken.file());
    assert_eq!(taken.keys("u").file(), SMALL);
    let left = Screen::open(SMALL).size(80, 24).keys(":paste<Enter>5<Esc>");
    assert_eq!(left.text(), Screen::open(SMALL).size(80, 24).text());
}
