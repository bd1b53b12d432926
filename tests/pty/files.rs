//! Several files in one editor: each keeps its edits, its undo steps and its journal.

use super::{CASE, Desk};

/// The case, and beside it another one with other names.
fn desk() -> Desk {
    let desk = Desk::new();
    let other = CASE.replace("Who took the cake?", "Who broke the jug?").replace("crumbs", "shards");
    std::fs::write(desk.path("jug.toml"), other).expect("it can be written");
    desk
}

#[test]
fn edits_and_undo_steps_stay_while_another_file_is_in_view() {
    let desk = desk();
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    ach.keys(":e jug.toml\r").until("Who broke the jug?").until_without("unsaved");
    ach.until("jug.toml and 1 other file");
    ach.keys("j4").until("plate / dog: II -> I");
    ach.keys(":files\r").until("open: jug.toml (1 unsaved), case.toml (1 unsaved)");
    assert_eq!(desk.journals().len(), 2, "each file has a journal of its own");
    ach.keys(":b\r").until("Who took the cake?").until("1 unsaved");
    ach.keys("u").until("undone: crumbs / dog: CC -> II").until_without("unsaved");
    ach.keys("5w").until("saved case.toml");
    ach.keys(":e #\r").until("Who broke the jug?").until("1 unsaved");
    ach.keys("uUw").until("saved jug.toml");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.new_lines(), ["dog = \"II\" # fresh ones"]);
    assert!(std::fs::read_to_string(desk.path("jug.toml")).unwrap().contains("dog = \"I\""));
    assert_eq!(desk.journals(), [""; 0]);
}

#[test]
fn a_file_that_cannot_be_opened_leaves_the_other_in_view() {
    let desk = desk();
    std::fs::write(desk.path("broken.toml"), "ach = 1\ntitle = 5\n").unwrap();
    let mut ach = desk.open();
    ach.keys(":e nothing.toml\r").until("nothing.toml").until("ach new nothing.toml");
    ach.keys(":e broken.toml\r").until("broken.toml has 1 error: `ach check broken.toml` shows them");
    ach.keys(":e ./case.toml\r").until("./case.toml is in view already");
    ach.keys(":b\r").until("no other file is open");
    ach.keys("5u").until("undone");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
}

#[test]
fn leaving_asks_about_every_file_with_edits() {
    let desk = desk();
    let mut ach = desk.start(&["edit", "case.toml", "jug.toml"]);
    ach.until("case.toml and 1 other file");
    ach.keys("5").until("1 unsaved");
    ach.keys(":e jug.toml\r").until("Who broke the jug?");
    ach.keys("j4").until("plate / dog: II -> I");
    ach.keys("q").until("1 edit is not saved. Asked next: 1 edit in case.toml.");
    ach.keys("\x1b").until_without("Asked next");
    ach.keys(":wq\r").until("Who took the cake?").until("1 edit is not saved");
    ach.keys("d");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), CASE);
    assert!(std::fs::read_to_string(desk.path("jug.toml")).unwrap().contains("dog = \"I\""));
    assert_eq!(desk.journals(), [""; 0]);
}

#[test]
fn edits_of_a_hidden_file_outlast_a_crash() {
    let desk = desk();
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    ach.keys(":e jug.toml\r").until("Who broke the jug?");
    ach.kill();
    let mut ach = desk.start(&["jug.toml"]);
    ach.until("Who broke the jug?");
    ach.keys(":e case.toml\r").until("not saved").until("crumbs / dog: CC -> II");
    ach.kill();
}
