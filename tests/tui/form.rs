//! Forms: what they write, what they object to, and that nothing that was typed is lost by itself.

use insta::assert_snapshot;

use crate::{SMALL, Screen, changed, speech};

/// The lines of the screen between the title and the line of speech that are not empty.
fn form(screen: &Screen) -> String {
    let text = screen.text();
    let lines: Vec<&str> = text.lines().filter(|line| line.trim_end() != "|").collect();
    lines.get(1..lines.len() - 2).unwrap().join("\n")
}

#[test]
fn an_item_is_filled_in() {
    let screen = Screen::open(SMALL).keys("e");
    assert_snapshot!(form(&screen), @r"
    |  evidence rope-cut
    | > text        * The mooring rope was cut, not torn
    |   kind
    |   date          2025-03-01
    |   source        watch
    |   url
    |   quote
    |   credibility   high
    |   grade
    |   relevance
    |   group         rope
    |   tags
    |   note
    ");
    assert_snapshot!(changed("e<C-w>frayed<Tab><Right><C-s>"), @r#"
    -text = "The mooring rope was cut, not torn"
    +text = "The mooring rope was cut, not frayed"
    +kind = "fact"
    "#);
    assert_snapshot!(changed("je<End>!<Down><Down>2025-04<F2>"), @r#"
    -text = "The boat was insured a week before"
    +text = "The boat was insured a week before!"
    +date = "2025-04"
    "#);
    assert_eq!(changed("e!<F2>u"), "");
    assert_eq!(changed("e<F2>"), "");
}

#[test]
fn enter_goes_on_and_accepts_on_the_last_field() {
    assert_snapshot!(changed("<Enter>i<Enter>h<Enter>Why not.<Enter>"), @r#"
    -thief = "CC"
    +thief = { rating = "I", confidence = "high", note = "Why not." }
    "#);
    assert_snapshot!(changed("<Enter>n<Enter>h<Enter>Why not.<Enter>"), @r#"
    -thief = "CC"
    +thief = { rating = "N", confidence = "high", note = "Why not." }
    "#);
    assert_snapshot!(speech(&Screen::open(SMALL).keys("<Enter>n<Enter>h<Enter>Why not.<Enter>")), @"| rope-cut / thief: CC -> N and 2 more");
}

#[test]
fn a_blanked_cell_keeps_its_note_and_loses_its_confidence() {
    assert_snapshot!(changed("jl<Enter><Del><F2>"), @r#"
    -owner = { rating = "CC", confidence = "high", note = "Twice its worth." }
    +owner = { note = "Twice its worth." }
    "#);
}

#[test]
fn bad_values_are_objected_to_and_nothing_is_lost() {
    let screen = Screen::open(SMALL).keys("e<S-Tab>x<Up><Up><Up><Up>!<F2>");
    assert_snapshot!(form(&screen), @r#"
    |  evidence rope-cut
    |   text        * The mooring rope was cut, not torn
    |   kind
    |   date          2025-03-01
    |   source        watch
    |   url
    |   quote
    |   credibility   high
    | > grade         !
    |                 "!" is no Admiralty grade: expected a capital letter A to F
    |                 and a digit 1 to 6, such as B2
    |   relevance
    |   group         rope
    |   tags
    |   note          x
    "#);
    let screen = Screen::open(SMALL).keys("e<Tab><Tab><C-u>soon<Tab><C-u>wach<F2>");
    assert_snapshot!(form(&screen), @r#"
    |  evidence rope-cut
    |   text        * The mooring rope was cut, not torn
    |   kind
    | > date          soon
    |                 "soon" is not what this field takes: expected a day, month or
    |                 year such as 2025-12-04, 2025-12 or 2025
    |   source        wach
    |                 there is no source "wach": did you mean "watch"?
    |   url
    |   quote
    |   credibility   high
    |   grade
    |   relevance
    |   group         rope
    |   tags
    |   note
    "#);
    assert_eq!(screen.file(), SMALL);
    let mended = screen.keys("<C-u>2025-04-01<Tab><C-u>watch<F2>");
    assert!(mended.file().contains("date = 2025-04-01"));
}

#[test]
fn a_grade_takes_the_place_of_a_level_but_not_beside_it() {
    let to_grade = "e<Tab><Tab><Tab><Tab><Tab><Tab><Tab>";
    assert_snapshot!(changed(&format!("{to_grade}B2<F2>")), @r#"
    -date = 2025-03-01
    -credibility = "high"
    +grade = "B2"
    +date = 2025-03-01
    "#);
    let screen = Screen::open(SMALL).keys(&format!("{to_grade}B2<Up>l<F2>"));
    assert!(form(&screen).contains("not both"), "{}", form(&screen));
}

#[test]
fn a_new_item_gets_an_id_from_its_text() {
    let screen = Screen::open(SMALL).keys("aThe Rope: cut!");
    assert_snapshot!(form(&screen), @r"
    |  New item
    | > text        * The Rope: cut!
    |   id          * the-rope-cut
    |   kind
    |   date
    |   source
    |   url
    |   quote
    |   credibility
    |   grade
    |   relevance
    |   group
    |   tags
    |   note
    ");
    assert_snapshot!(changed("aThe Rope: cut!<F2>"), @r#"
    +
    +[[evidence]]
    +id = "the-rope-cut"
    +text = "The Rope: cut!"
    "#);
    // A free one.
    assert!(changed("aRope cut<F2>").contains("+id = \"rope-cut-2\""));
    // One that was typed stays.
    assert!(changed("aRope<Tab><C-u>mine<Up>s<F2>").contains("+id = \"mine\""));
    // The cursor is on it.
    assert!(changed("aRope<F2>2").contains("+thief = \"C\""));
    let screen = Screen::open(SMALL).keys("a<F2>");
    assert!(form(&screen).contains("must be filled in"));
    assert!(changed("aRope<F2>u").is_empty());
}

#[test]
fn a_new_hypothesis_and_its_prior() {
    assert_snapshot!(changed("APirates<Tab><Tab>Pir<Tab><Tab>0.1<F2>"), @r#"
    +
    +[[hypothesis]]
    +id = "pirates"
    +name = "Pirates"
    +short = "Pir"
    +prior = 0.1
    "#);
    let screen = Screen::open(SMALL).keys("APirates<Tab><C-u>thief<Tab><Tab><Tab>much<F2>");
    assert_snapshot!(form(&screen), @r#"
    |  New hypothesis
    |   name        * Pirates
    |   id          * thief
    |                 there is a hypothesis "thief" already: choose another id
    |   short
    |   description
    | > prior         much
    |                 "much" is not what this field takes: expected a finite number
    |   status
    |   note
    "#);
}

#[test]
fn sources_and_indicators_open_by_command() {
    assert!(changed(":source watch<Enter><End>men<F2>").contains("+name = \"Harbour watchmen\""));
}

#[test]
fn escape_asks_once_if_something_was_changed() {
    assert!(!Screen::open(SMALL).keys("e<Esc>").text().contains("evidence rope-cut"));
    let screen = Screen::open(SMALL).keys("e!<Esc>");
    assert!(speech(&screen).contains("Esc again"));
    let stays = screen.keys("x");
    assert!(form(&stays).contains("not torn!"));
    let left = stays.keys("<Esc><Esc>");
    assert_eq!(left.file(), SMALL);
    assert!(!left.text().contains("evidence rope-cut"));
}

#[test]
fn a_long_paste_stays_on_its_line() {
    let long = "word\nword ".repeat(1_000);
    let screen = Screen::open(SMALL).keys("<Enter><Tab><Tab>").paste(&long).keys("<F2>");
    assert!(screen.file().contains(&format!("note = \"{}\"", "word word ".repeat(1_000))));
}

#[test]
fn every_size_shows_the_field_that_is_typed() {
    for tabs in 0..13 {
        let screen = Screen::open(SMALL).size(40, 10).keys(&format!("a{}", "<Tab>".repeat(tabs)));
        assert!(form(&screen).lines().any(|line| line.starts_with("| >")), "{tabs}\n{}", screen.text());
    }
}
