//! `ach resolve --interactive`: questions on a terminal, and answers.

use super::{CASE, Desk};

/// A desk with a cell, a text and a deletion left to settle.
fn left() -> Desk {
    let desk = Desk::new();
    let text = CASE
        .replacen(
            "title = ",
            "conflict = { title = { base = \"Who?\", theirs = \"Who ate it?\" } }\ntitle = ",
            1,
        )
        .replacen("dog = \"CC\"", "dog = { rating = \"CC\", conflict = { base = \"C\", theirs = \"N\" } }", 1)
        .replacen(
            "text = \"The plate is washed\"",
            "text = \"The plate is washed\"\nconflict = { deleted = \"theirs\" }",
            1,
        );
    assert_eq!(text.matches("conflict").count(), 3);
    desk.write(&text);
    desk
}

#[test]
fn each_conflict_is_asked_about_until_none_is_left() {
    let desk = left();
    let mut ach = desk.start(&["resolve", "case.toml", "-i"]);
    ach.until("1 of 3: title, line 3").until("ours    \"Who took the cake?\"");
    ach.until("theirs  \"Who ate it?\"").until("base    \"Who?\"").until("[o]urs, [t]heirs, [s]kip");
    ach.keys("what?\r").until("q  stop; what is settled so far is saved");
    ach.keys("t\r").until("2 of 3: crumbs / dog").until("\"Crumbs lead to the basket\"");
    assert!(desk.read().contains("title = \"Who ate it?\""), "it is saved at once");
    ach.keys("ii\r").until("crumbs / dog: CC -> II").until("3 of 3: evidence plate").until("[k]eep it");
    ach.keys("delete\r").until("no conflicts are left: git add case.toml");
    assert_eq!(ach.end_clean(), 0);
    let text = desk.read();
    assert!(!text.contains("conflict") && !text.contains("plate"), "{text}");
    assert!(text.contains("dog = \"II\" # fresh ones"), "{text}");
}

#[test]
fn what_is_passed_over_stays_and_the_end_of_input_is_the_end() {
    let desk = left();
    let before = desk.read();
    let mut ach = desk.start(&["resolve", "case.toml", "-i"]);
    ach.until("1 of 3: title");
    ach.keys("s\r").until("2 of 3: crumbs / dog").until("a rating, [s]kip, [q]uit, [?]");
    ach.keys("\x04").until("3 conflicts are left: ach resolve case.toml");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), before);
    let mut ach = desk.start(&["resolve", "case.toml", "plate", "--interactive"]);
    ach.until("1 of 1: evidence plate");
    ach.keys("q\r").until("3 conflicts are left");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), before);
}
