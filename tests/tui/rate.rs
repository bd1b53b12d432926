//! Rating many cells: the cursor goes on by itself, and nothing is rated by accident.

use ach_matrix::tui::{Advance, Settings};

use crate::{SMALL, Screen, speech};

fn screen(text: &str, advance: Advance) -> Screen {
    Screen::with(text, Settings { advance, ..Settings::default() })
}

/// So many items and hypotheses, nothing rated.
fn blank(items: usize, hypotheses: usize) -> String {
    let hypotheses = (0..hypotheses).map(|at| format!("[[hypothesis]]\nid = \"h{at}\"\nname = \"H{at}\"\n"));
    let items = (0..items).map(|at| format!("[[evidence]]\nid = \"e{at}\"\ntext = \"E{at}\"\n"));
    format!("ach = 1\ntitle = \"t\"\n{}", hypotheses.chain(items).collect::<String>())
}

#[test]
fn ten_items_and_five_hypotheses_take_fifty_keys() {
    for advance in [Advance::Row, Advance::Column, Advance::Blank] {
        let keys = "1234512345123451234512345123451234512345123451234512345";
        let keys = keys.get(..50).unwrap_or_default();
        let screen = screen(&blank(10, 5), advance).keys(keys);
        let rated = screen.file().lines().filter(|line| line.starts_with('h') && line.contains(" = "));
        assert_eq!(rated.count(), 50, "{advance:?}");
    }
}

#[test]
fn after_the_last_cell_ratings_are_refused_until_the_cursor_moves() {
    let screen = screen(&blank(1, 2), Advance::Row).keys("55");
    assert_eq!(speech(&screen), "| this is the last cell");
    let before = screen.file().to_owned();
    let screen = screen.keys("1");
    assert_eq!(screen.file(), before);
    assert!(speech(&screen).starts_with("| the last cell was rated"));
    assert!(screen.keys("hl1").file().contains("h1 = \"CC\""));
}

#[test]
fn the_next_blank_cell_is_never_one_that_is_rated() {
    // The blank cells of the small case: insured / storm, then two of calm-night.
    let screen = screen(SMALL, Advance::Blank).keys("<Tab>222");
    assert_eq!(speech(&screen), "| no blank cells are left");
    assert_eq!(screen.keys("222").file().matches("\"C\"").count(), SMALL.matches("\"C\"").count() + 3);
}

#[test]
fn a_rating_that_is_taken_back_can_be_given_again_where_the_cursor_is() {
    let screen = screen(&blank(1, 1), Advance::Row).keys("5u1");
    assert!(screen.file().contains("h0 = \"CC\""));
}

#[test]
fn what_was_undone_names_the_key_that_redoes_it() {
    let text = |keys| Screen::open(SMALL).size(120, 30).keys(keys).text();
    assert!(text("5").contains("u undoes it"));
    assert!(text("5u").contains("U redoes it") && !text("5u").contains("u undoes it"));
    assert!(text("5uU").contains("u undoes it"));
}

#[test]
fn matches_stay_lit_and_n_goes_through_them_until_esc() {
    let screen = Screen::open(SMALL).keys("/the<Enter>");
    assert!(speech(&screen).starts_with("| /the  match 1 of "), "{}", speech(&screen));
    let screen = screen.keys("n5");
    assert!(screen.text().contains("n N next, previous  3 rates N"));
    assert_eq!(screen.file().matches("thief = \"II\"").count(), 1, "the second match is rated");
    let screen = screen.keys("N");
    assert!(speech(&screen).starts_with("| /the  match 1 of "));
    assert!(speech(&screen.keys("<Esc>n")).ends_with("-> N"), "n rates again");
}

#[test]
fn what_was_changed_stays_told_while_one_looks_around() {
    let screen = Screen::open(SMALL).keys("5jjl?<Esc>v");
    assert!(screen.text().contains("rope-cut / thief: CC -> II"), "{}", screen.text());
}

#[test]
fn undo_and_redo_go_to_what_they_change() {
    let screen = Screen::open(SMALL).keys("5jjllf<lt>").keys("<Esc>");
    let at = |screen: &Screen, row: &str| {
        screen.text().lines().any(|line| line.contains(row) && line.contains('['))
    };
    assert!(at(&screen, "calm-night"));
    let screen = screen.keys("u");
    assert!(at(&screen, "rope-cut") && screen.text().contains("[ CC]"), "{}", screen.text());
    assert!(at(&screen.keys("jU"), "rope-cut"));
}

#[test]
fn unsaved_is_what_differs_from_the_file() {
    let unsaved = |keys: &str| {
        let text = Screen::open(SMALL).keys(keys).text();
        let title = text.lines().next().unwrap_or_default().to_owned();
        title.split("  ").find(|fact| fact.contains("unsaved")).map(|fact| fact.trim().to_owned())
    };
    assert_eq!(unsaved("5").as_deref(), Some("1 unsaved"));
    assert_eq!(unsaved("5431").as_deref(), None, "the rating is what it was");
    assert_eq!(unsaved("54l4").as_deref(), Some("2 unsaved"));
    assert_eq!(unsaved("5wu").as_deref(), Some("1 unsaved"), "an undo after saving");
    assert_eq!(unsaved("5wu5").as_deref(), None);
}

#[test]
fn keys_of_other_programs_name_the_key_that_does_it_here() {
    let says = |keys: &str| speech(&Screen::open(SMALL).keys(keys));
    assert_eq!(says("7"), "| 7 does nothing here: 1 to 5 rate from CC to II");
    assert_eq!(says("<C-q>"), "| Ctrl-Q does nothing here: q is quit");
    let screen = Screen::open(SMALL).keys("$5");
    assert!(screen.file().contains("storm = \"II\""));
    assert!(Screen::open(SMALL).keys("$05").file().contains("thief = \"II\""));
    assert!(Screen::open(SMALL).keys("<C-d>5").file().contains("thief = \"II\""));
}
