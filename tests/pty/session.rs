//! Working with the editor, and leaving it.

use super::Desk;

#[test]
fn a_whole_analysis() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5").until("crumbs / dog: CC -> II");
    ach.keys("l2").until("crumbs / children: I -> C");
    ach.keys("jn").until("plate / children: · -> N");
    ach.keys("hx").until("plate / dog: II -> NA");
    ach.keys("u").until("undone: plate / dog: II -> NA");
    ach.keys("ku").until("undone: plate / children");
    ach.until("2 unsaved");
    ach.keys("w").until("saved case.toml");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.new_lines(), ["dog = \"II\" # fresh ones", "children = \"C\""]);
    assert_eq!(desk.read().lines().count(), super::CASE.lines().count());
    assert_eq!(desk.beside(), [""; 0], "nothing lies about");
}

#[test]
fn keys_typed_before_the_first_picture_are_not_lost() {
    let desk = Desk::new();
    // With an answer to the question about the background among them, and without.
    for keys in ["5l2", "5\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62cl2"] {
        let mut ach = desk.start(&["case.toml"]);
        ach.keys(keys).until("crumbs / children: I -> C").until("2 unsaved");
        ach.keys("q").until("not saved");
        ach.keys("d");
        assert_eq!(ach.end_clean(), 0);
    }
}

#[test]
fn a_rating_given_again_leaves_the_file_unmodified() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("1w").until("nothing to save");
    ach.keys("5").until("1 unsaved");
    ach.keys("1").until("CC").until_without("unsaved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), super::CASE);
    assert_eq!(desk.beside(), [""; 0]);
}

#[test]
fn a_storm_of_sizes() {
    let desk = Desk::new();
    let mut ach = desk.open();
    for step in 0..120_u16 {
        ach.resize(1 + (step * 37) % 140, 1 + (step * 23) % 50);
        if step % 10 == 0 {
            ach.keys("jlhk");
        }
    }
    ach.resize(40, 10);
    ach.until("Who took the cake?");
    ach.resize(39, 10);
    ach.until("ach needs 40x10").until_without("cake");
    ach.resize(100, 30);
    ach.until("Crumbs lead to the basket");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
}

#[test]
fn a_size_that_changes_under_a_burst_of_keys_is_taken_in() {
    let desk = Desk::new();
    let mut ach = desk.open();
    // While the keys are worked through, the new size comes in with one of them, each time with another.
    for keys in 1..=20 {
        for (size, shown, hidden) in [(39, "needs 40x10", "cake?"), (100, "cake?", "needs 40x10")] {
            ach.keys(&"jk".repeat(keys)).resize(size, 10);
            ach.keys("j").until(shown).until_without(hidden);
        }
    }
    ach.resize(100, 30);
    ach.until("Crumbs lead to the basket");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
}

#[test]
fn what_is_pasted_is_not_taken_for_keys() {
    let desk = Desk::new();
    let mut ach = desk.open();
    let paste: String = "5wq\n日x1u".chars().cycle().take(10_000).collect();
    ach.keys(&format!("\x1b[200~{paste}\x1b[201~"));
    ach.keys("").until("What is it?");
    ach.keys("\x1b").until("nothing was pasted");
    ach.keys("?").until("very inconsistent");
    ach.keys("\x1b").until("leads by").until_without("unsaved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), super::CASE);
}

#[test]
fn pasted_text_that_comes_as_keys_is_asked_about() {
    let desk = Desk::new();
    let linux = [("TERM", std::path::Path::new("linux"))];
    let mut ach = desk.start_with(&["case.toml"], &linux);
    ach.until("quit");
    ach.keys("spoon\tA spoon is missing\tII\tC\r").until("What is it?").until("insert 1 item");
    ach.keys("\x1b").until("nothing was pasted").until_without("unsaved");
    // In a line that is typed, it is text.
    ach.keys(":").until("Tab completes");
    ach.keys("goto plate\r").until(":goto plate").until("go to an item");
    ach.keys("\r").until("[▎II]");
    // What hands type is typed.
    ach.keys("1l5").until("plate / children: · -> II").until("2 unsaved");
    ach.keys("q").until("not saved");
    ach.keys("d");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), super::CASE);
}

#[test]
fn leaving_with_edits_is_asked_about() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    ach.keys("\x03").until("1 edit is not saved");
    ach.keys("\x1b").until_without("1 edit is not saved");
    ach.signal("INT").until("1 edit is not saved").until("crumbs / dog: CC -> II");
    ach.until("Who leads with them, and without: children.");
    // Nothing else answers, and the same key does on a Cyrillic layout.
    ach.keys("\r ynqы");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.new_lines(), ["dog = \"II\" # fresh ones"]);
}

#[cfg(target_os = "linux")]
#[test]
fn the_shell_gets_the_terminal_back_for_a_while() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    for _ in 0..2 {
        ach.keys("\x1a").until_screen("the main screen", |screen| {
            !screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor()
        });
        ach.until_stopped();
        ach.signal("CONT").until_screen("the editor again", |screen| {
            screen.alternate_screen() && screen.contents().contains("Crumbs lead") && screen.bracketed_paste()
        });
    }
    // Stopped from outside, and the size has changed meanwhile.
    ach.signal("TSTP").until_screen("the main screen", |screen| !screen.alternate_screen());
    ach.until_stopped();
    ach.resize(60, 20);
    ach.signal("CONT").until("Who took").until("1 unsaved");
    ach.keys("wq");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.new_lines(), ["dog = \"II\" # fresh ones"]);
}

#[test]
fn a_slip_in_the_settings_is_told_at_its_line_and_costs_no_other_setting() {
    let desk = Desk::new();
    let directory = desk.path("home/.config/ach");
    std::fs::create_dir_all(&directory).unwrap();
    std::fs::write(directory.join("config.toml"), "mouse = 7\n[keys]\nquit = \"z\"\n").unwrap();
    let mut ach = desk.start(&["case.toml"]);
    ach.until("settings, 1:9: mouse: expected true or false");
    ach.keys("jz").until("config.toml:1:9: mouse: expected true or false");
    assert_eq!(ach.end_clean(), 0);
}

#[test]
fn a_terminal_that_knows_no_escape_sequence_is_written_none() {
    let desk = Desk::new();
    let mut session = desk.start_with(&["case.toml"], &[("TERM", std::path::Path::new("dumb"))]);
    session.until("ach> ");
    assert!(!session.has_escapes());
    session.keys("quit\r");
    assert_eq!(session.end(), 0);
}

#[test]
fn ctrl_c_in_plain_mode_leaves_at_once_and_keeps_the_edits() {
    let desk = Desk::new();
    let mut session = desk.start_with(&["case.toml"], &[("TERM", std::path::Path::new("dumb"))]);
    session.resize(20, 5);
    session.until("ach> ");
    session.keys("plate children cc\r").until("unsaved.");
    session.keys("\u{3}");
    session.end();
    assert!(!session.has_escapes());
    assert_eq!(desk.journals().len(), 1);
    let mut again = desk.start_with(&["case.toml"], &[("TERM", std::path::Path::new("dumb"))]);
    again.until("were not saved: 1 step");
    again.keys("y\rsave\rquit\r");
    assert_eq!(again.end(), 0);
    assert!(desk.read().contains("children = \"CC\""), "{}", desk.read());
}

#[test]
fn what_was_done_in_an_earlier_session_is_undone_while_the_file_is_as_it_was_left() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5l2").until("2 unsaved");
    ach.keys("wq");
    assert_eq!(ach.end_clean(), 0);
    let mut ach = desk.open();
    ach.keys("u").until("before this session:").until("crumbs / children: I -> C; u again undoes it");
    ach.until_without("unsaved");
    ach.keys("u").until("undone: crumbs / children: I -> C").until("1 unsaved");
    ach.keys("U").until("again: crumbs / children: I -> C").until_without("unsaved");
    // Another session is no end of it, nor is a step of its own.
    ach.keys("jn").until("1 unsaved");
    ach.keys("wq");
    assert_eq!(ach.end_clean(), 0);
    let mut ach = desk.open();
    for step in ["plate / children: · -> N", "crumbs / children: I -> C", "crumbs / dog: CC -> II"] {
        ach.keys("u").until("before this session:").until(&format!("{step}; u again"));
        ach.keys("u").until(&format!("undone: {step}"));
    }
    ach.keys("u").until("nothing to undo");
    ach.keys("wq");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), super::CASE);
    // Changed by another program, it has no steps that could be undone.
    let mut ach = desk.open();
    ach.keys("5w").until("saved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    desk.write(&format!("{}# by hand\n", desk.read()));
    let mut ach = desk.open();
    ach.keys("u").until("nothing to undo");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
}

#[test]
fn steps_are_not_kept_where_the_settings_say_so() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("home/.config/ach")).unwrap();
    std::fs::write(desk.path("home/.config/ach/config.toml"), "undo = false\n").unwrap();
    let mut ach = desk.open();
    ach.keys("5w").until("saved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    let mut ach = desk.open();
    ach.keys("u").until("nothing to undo");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert!(
        !desk.path("home/.local/state/ach").exists()
            || std::fs::read_dir(desk.path("home/.local/state/ach")).unwrap().count() == 0
    );
}
