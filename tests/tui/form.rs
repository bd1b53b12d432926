//! Forms: what they write, what they object to, and that nothing that was typed is lost by itself.

use insta::assert_snapshot;

use crate::{SMALL, Screen, changed, difference, speech};

/// The lines of the form, below the matrix or over it, that are not empty.
pub(crate) fn form(screen: &Screen) -> String {
    let text = screen.text();
    let lines: Vec<&str> = text.lines().filter(|line| line.trim_end() != "|").collect();
    let rule = lines.iter().rposition(|line| line.starts_with("| ───")).unwrap_or_default();
    lines.get(rule + 1..lines.len() - 2).unwrap().join("\n")
}

/// A screen that is high enough for all fields of any form.
pub(crate) fn tall() -> Screen {
    Screen::open(SMALL).size(80, 44)
}

/// Keys that go on by so many fields.
pub(crate) fn tabs(count: usize) -> String {
    "<Tab>".repeat(count)
}

#[test]
fn a_form_that_does_not_fit_has_a_scroll_bar_that_moves_with_the_fields() {
    let bar = |size: (u16, u16), keys: &str| -> Vec<usize> {
        let text = Screen::open(SMALL).size(size.0, size.1).keys(&format!("e{keys}")).text();
        text.lines().enumerate().filter(|(_, line)| line.ends_with('┃')).map(|(y, _)| y).collect()
    };
    // Over the matrix, and beside it.
    for size in [(80, 18), (120, 18)] {
        let (top, end) = (bar(size, ""), bar(size, &tabs(16)));
        assert!(top.first() < end.first() && top.last() < end.last(), "{size:?}: {top:?}, {end:?}");
        assert_eq!(top.len(), end.len(), "{size:?}");
    }
    assert!(bar((80, 44), "").is_empty(), "all fields are in view");
}

#[test]
fn an_item_is_filled_in() {
    let screen = tall().keys("e");
    assert_snapshot!(form(&screen), @"
    | Item rope-cut
    | ▸ text        * The mooring rope was cut, not torn
    |   What it says
    |   id          * rope-cut
    |   kind
    |   searched
    |   status
    |   rests_on
    |   date          2025-03-01
    |   source        watch
    |   url
    |   locator
    |   quote
    |   credibility   high
    |   grade
    |   relevance
    |   group         rope
    |   tags
    |   note
    ");
    assert_snapshot!(changed("e<C-w>frayed<Tab><Tab><Right><C-s>"), @r#"
    -text = "The mooring rope was cut, not torn"
    +text = "The mooring rope was cut, not frayed"
    +kind = "fact"
    "#);
    assert_snapshot!(changed("je<End>!<Down><Down><Down><Down><Down><Down>2025-04<Enter>"), @r#"
    -text = "The boat was insured a week before"
    +text = "The boat was insured a week before!"
    +date = "2025-04"
    "#);
    assert_eq!(changed("e!<F2>u"), "");
    assert_eq!(changed("e<F2>"), "");
    assert_snapshot!(speech(&Screen::open(SMALL).keys("e<F2>")), @"| nothing was changed");
}

#[test]
fn the_form_of_a_cell_begins_with_its_note_near_the_cell() {
    assert_snapshot!(Screen::open(SMALL).size(60, 16).keys("l<Enter>Ropes").text(), @"
    | Who took the boat         weighted   4 items, 3 hypotheses
    |  Evidence                            Wt Thief Owner Storm
    |  rope-cut                          1.41    CC  [  C]   II ┃
    |  insured                           1.00   ▎ N    CC     · ┃
    |  calm-night                        1.00     ·     ·    II │
    | ──────────────────────────────────────────── 1 of 4 ──────
    |  Weighted inconsistency                 -1.00 -1.00 -4.83
    |  Rank                                       1     1     3
    | ──────────────────────────────────────────────────────────
    | rope-cut / The owner, for the insurance
    |   rating       C
    |   confidence
    | ▸ note         Ropes
    |   Why it is rated so: what a reader would need to see it…
    | Thief and Owner are level, least contradicted; provisional
    | Ctrl-S accept  Esc back  Tab next  Enter new line
    ");
    assert_snapshot!(changed("<Enter>Why not.<Up>h<Up>i<Enter>"), @r#"
    -thief = "CC"
    +thief = { rating = "I", confidence = "high", note = "Why not." }
    "#);
    assert_snapshot!(speech(&Screen::open(SMALL).keys("<Enter>Why not.<Up>h<Up>i<Enter>")), @"| The leaders changed: Thief and Owner -> Owner, by 1 cell rated");
    assert_snapshot!(changed("jll<Enter>A note on a blank cell<C-s>"), @r#"+storm = { note = "A note on a blank cell" }"#);
}

#[test]
fn a_rating_is_chosen_with_the_keys_of_the_matrix() {
    let rated = |key: &str| {
        let screen = Screen::open(SMALL).keys(&format!("l<Enter><S-Tab><S-Tab>{key}<Enter>"));
        screen.file().lines().find(|line| line.starts_with("owner = ")).map(str::to_owned)
    };
    for (key, rating) in [("1", "CC"), ("C", "CC"), ("n", "N"), ("4", "I"), ("I", "II"), ("x", "NA")] {
        assert_eq!(rated(key), Some(format!("owner = \"{rating}\"")));
    }
    assert_eq!(rated("<Right>").as_deref(), Some("owner = \"N\""));
    assert_eq!(rated("<Left>").as_deref(), Some("owner = \"CC\""));
}

#[test]
fn a_blanked_cell_keeps_its_note_and_loses_its_confidence() {
    assert_snapshot!(changed("jl<Enter><S-Tab><S-Tab><Del><F2>"), @r#"
    -owner = { rating = "CC", confidence = "high", note = "Twice its worth." }
    +owner = { note = "Twice its worth." }
    "#);
    let screen = Screen::open(SMALL).keys("jll<Enter><S-Tab>h<F2>");
    assert!(form(&screen).contains("a blank cell has no confidence"), "{}", screen.text());
    assert_eq!(screen.file(), SMALL);
}

#[test]
fn a_field_is_looked_at_when_it_is_left() {
    let screen = tall().keys(&format!("e{}<C-u>soon<Tab><C-u>", tabs(6))).paste("wach").keys("<Tab>");
    assert_snapshot!(form(&screen), @r#"
    | Item rope-cut
    |   text        * The mooring rope was cut, not torn
    |   id          * rope-cut
    |   kind
    |   searched
    |   status
    |   rests_on
    |   date          soon
    |                 "soon" is not a value for this field: expected a day, month
    |                 or year such as 2025-12-04, 2025-12 or 2025
    |   source        wach
    |                 there is no source "wach": did you mean "watch"?
    | ▸ url
    |   Where it is found
    |   locator
    |   quote
    |   credibility   high
    |   grade
    |   relevance
    |   group         rope
    |   tags
    |   note
    "#);
    // What is typed takes the objection away until the field is left again.
    assert!(!form(&screen.keys("<Up>x")).contains("did you mean"));
}

#[test]
fn bad_values_are_objected_to_and_nothing_is_lost() {
    let screen = tall().keys(&format!("e{}<C-u>soon<Tab><C-u>", tabs(6))).paste("wach").keys("<F2>");
    assert!(form(&screen).contains("▸ date          soon"), "{}", screen.text());
    assert_eq!(screen.file(), SMALL);
    let mended = screen.keys("<C-u>2025-04-01<Tab><C-u>watch<F2>");
    assert_snapshot!(difference(SMALL, mended.file()), @"
    -date = 2025-03-01
    +date = 2025-04-01
    ");
}

#[test]
fn a_field_that_must_be_there_cannot_be_emptied() {
    let screen = Screen::open(SMALL).keys("e<C-u><F2>");
    assert!(form(&screen).contains("the text is required"), "{}", screen.text());
    assert_eq!(screen.file(), SMALL);
}

#[test]
fn a_grade_takes_the_place_of_a_level_and_the_reverse() {
    assert_snapshot!(changed(&format!("e{}B2<F2>", tabs(12))), @r#"
    -date = 2025-03-01
    -credibility = "high"
    +grade = "B2"
    +date = 2025-03-01
    "#);
    let screen = tall().keys(&format!("e{}B2<Tab>", tabs(12)));
    assert_snapshot!(form(&screen), @"
    | Item rope-cut
    |   text        * The mooring rope was cut, not torn
    |   id          * rope-cut
    |   kind
    |   searched
    |   status
    |   rests_on
    |   date          2025-03-01
    |   source        watch
    |   url
    |   locator
    |   quote
    |   credibility
    |   grade         B2
    | ▸ relevance     ‹ not set ›  low  medium  high
    |   How much it bears on the question; default medium
    |   group         rope
    |   tags
    |   note
    ");
    assert_snapshot!(changed(&format!("e{}B2<Up>l<F2>", tabs(12))), @r#"
    -credibility = "high"
    +credibility = "low"
    "#);
    // What is not a grade takes nobody's place.
    assert!(form(&tall().keys(&format!("e{}b2<Tab>", tabs(12)))).contains("credibility   high"));
}

#[test]
fn an_id_that_is_changed_renames() {
    assert_snapshot!(changed("e!<Tab><C-u>rope<Enter>"), @r#"
    -id = "rope-cut"
    -text = "The mooring rope was cut, not torn"
    +id = "rope"
    +text = "The mooring rope was cut, not torn!"
    "#);
    let watch = Screen::open(SMALL).keys(":source watch<Enter><Tab><C-u>guard<Enter>");
    assert!(!watch.file().contains("\"watch\""), "{}", watch.file());
    assert_eq!(watch.keys("u").file(), SMALL);
    let screen = Screen::open(SMALL).keys("e<Tab><C-u>insured<Enter>");
    assert!(form(&screen).contains("there is an evidence item \"insured\" already"), "{}", screen.text());
}

#[test]
fn a_new_item_gets_an_id_from_its_text() {
    let screen = tall().keys("aThe Rope: cut!");
    assert_snapshot!(form(&screen), @"
    | New item
    | ▸ text        * The Rope: cut!
    |   What it says
    |   id          * the-rope-cut
    |   kind
    |   searched
    |   status
    |   rests_on
    |   date
    |   source
    |   url
    |   locator
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
    let id = |keys: &str| {
        let screen = Screen::open(SMALL).keys(keys);
        screen.file().lines().rev().find_map(|line| line.strip_prefix("id = ").map(str::to_owned)).unwrap()
    };
    // A free one, short enough to stand in front of a row, cut between words.
    assert_eq!(id("aRope cut<F2>"), "\"rope-cut-2\"");
    assert_eq!(id("aSeveral fishermen saw lights on the quay<F2>"), "\"several-fishermen-saw\"");
    assert_eq!(id("aКанат перерезан<F2>"), "\"evidence\"");
    // One that was typed stays.
    assert_eq!(id("aRope<Tab><C-u>mine<Up>s<F2>"), "\"mine\"");
    // The cursor is on it.
    assert!(changed("aRope<F2>2").contains("+thief = \"C\""));
    assert!(form(&Screen::open(SMALL).keys("a<F2>")).contains("the text is required"));
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
    | New hypothesis                                                         2 of 9
    |   name        * Pirates                                                       ┃
    | ▸ id          * thief                                                         ┃
    |                 there is a hypothesis "thief" already: choose another id      ┃
    |   an id has 1 to 40 characters a-z, 0-9 and -, the first a letter or digit    ┃
    |   short                                                                       ┃
    |   description                                                                 ┃
    |   prior         much                                                          ┃
    |                 "much" is not a value for this field: expected a finite       ┃
    |                 number                                                        ┃
    |   status                                                                      ┃
    |   residual                                                                    ┃
    |   family
    "#);
}

#[test]
fn sources_and_indicators_open_by_command() {
    assert!(changed(":source watch<Enter><End>men<F2>").contains("+name = \"Harbour watchmen\""));
    let screen =
        Screen::open(SMALL).keys(":indicator<Enter>The boat is seen<Tab><Tab>").paste("thie").keys("<Tab>");
    assert_snapshot!(form(&screen), @r#"
    | New indicator
    |   text       * The boat is seen
    |   id         * the-boat-is-seen
    |   hypothesis   thie
    |                there is no hypothesis "thie": did you mean "thief"?
    | ▸ status       ‹ not set ›       pending  observed  not-observed
    |   Whether it was seen; default pending
    |   due
    |   Thief
    |   Owner
    |   Storm
    |   note
    "#);
    assert_snapshot!(difference(SMALL, screen.keys("<Up>thi<F2>").file()), @r#"
    +
    +[[indicator]]
    +id = "the-boat-is-seen"
    +text = "The boat is seen"
    +hypothesis = "thief"
    "#);
}

#[test]
fn escape_asks_if_much_would_be_lost() {
    let is_open = |screen: &Screen| screen.text().contains("Item rope-cut");
    assert!(!is_open(&Screen::open(SMALL).keys("e<Esc>")));
    assert!(!is_open(&Screen::open(SMALL).keys("e!<Esc>")), "one word is soon typed again");
    let screen = Screen::open(SMALL).keys("e!<Tab><Tab><Right><Esc>");
    assert!(speech(&screen).contains("Esc again"));
    let stays = screen.keys("x");
    assert!(form(&stays).contains("not torn!"));
    assert!(is_open(&stays));
    let left = stays.keys("<Esc><Esc>");
    assert_eq!(left.file(), SMALL);
    assert!(!is_open(&left));
    let long = Screen::open(SMALL).keys("<Enter>").paste(&"word ".repeat(20)).keys("<Esc>");
    assert!(speech(&long).contains("Esc again"));
}

#[test]
fn a_long_paste_keeps_its_lines_where_there_are_several() {
    let long = "word\nword ".repeat(1_000);
    let screen = Screen::open(SMALL).keys("<Enter>").paste(&long);
    assert!(form(&screen).contains("word"));
    let screen = screen.keys("<C-s>");
    assert!(screen.file().contains(&format!("note = \"{}\"", "word\\nword ".repeat(1_000))));
    assert_eq!(screen.keys("u").file(), SMALL);
    let screen = Screen::open(SMALL).keys(&format!("e{}", tabs(14))).paste("one\ngroup\r\n").keys("<C-s>");
    assert!(screen.file().contains("group = \"ropeone group\""), "{}", screen.file());
}

#[test]
fn a_text_has_lines_and_its_own_undo() {
    assert_snapshot!(changed("<Enter>one<Enter>two<Up><End>!<C-s>"), @r#"
    -thief = "CC"
    +thief = { rating = "CC", note = "one!\ntwo" }
    "#);
    assert_eq!(changed("<Enter>a<C-z><C-s>"), "");
    // From the first line up is the field before it.
    assert_snapshot!(changed("<Enter>one<Enter>two<Up><Up>l<Enter>"), @r#"
    -thief = "CC"
    +thief = { rating = "CC", confidence = "low", note = "one\ntwo" }
    "#);
}

#[test]
fn what_has_a_comma_stays_whole() {
    let text = SMALL.replace("tags = [\"money\", \"papers\"]", "tags = [\"a, b\", \"c\"]");
    let screen = Screen::open(&text).keys(&format!("je{}, d<F2>", tabs(15)));
    assert_snapshot!(difference(&text, screen.file()), @r#"
    -tags = ["a, b", "c"]
    +tags = ["a, b", "c", "d"]
    "#);
}

#[test]
fn what_is_refused_leaves_the_form_open() {
    let long = "x".repeat(70_000);
    let screen = Screen::open(SMALL).keys("<Enter>").paste(&long).keys("<C-s>");
    assert_eq!(screen.file(), SMALL);
    assert!(form(&screen).contains("rope-cut / A thief from the harbour"), "{}", screen.text());
    assert_snapshot!(speech(&screen), @"| this text has 70,000 bytes, over the limit of 64 KiB");
}

#[test]
fn nothing_in_a_form_acts_on_the_terminal() {
    let text = SMALL.replace("Twice its worth.", "a\\u202eb\\u001b[31m");
    let screen = Screen::open(&text).keys("jl<Enter>");
    assert!(!screen.text().contains(['\u{202e}', '\u{1b}']));
}

#[test]
fn every_size_shows_the_field_that_is_typed() {
    for size in [(40, 10), (60, 12), (80, 24)] {
        for count in 0..13 {
            let screen = Screen::open(SMALL).size(size.0, size.1).keys(&format!("a{}", tabs(count)));
            assert!(form(&screen).lines().any(|line| line.starts_with("| ▸")), "{count}\n{}", screen.text());
        }
        for row in 0..4 {
            let screen =
                Screen::open(SMALL).size(size.0, size.1).keys(&format!("{}<Enter>", "j".repeat(row)));
            assert!(form(&screen).lines().any(|line| line.starts_with("| ▸ note")), "{}", screen.text());
        }
    }
}

#[test]
fn enter_accepts_what_an_item_is_named_by_and_begins_a_line_in_what_may_be_long() {
    let screen = Screen::open(SMALL).keys("aThe dog did not bark<Enter>");
    assert_snapshot!(speech(&screen), @"| evidence the-dog-did-not-bark added");
    let note = Screen::open(SMALL).keys("<Enter>One<Enter>two<C-s>");
    assert!(note.file().contains("note = \"One\\ntwo\""), "{}", note.file());
}

#[test]
fn a_new_item_is_rated_from_its_first_cell() {
    let screen = Screen::open(SMALL).keys("<End>aA lamp was seen<Enter>1");
    assert!(screen.file().ends_with("[evidence.ratings]\nthief = \"CC\"\n"), "{}", screen.file());
}
