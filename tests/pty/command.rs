//! The command line, its palette and the help, in a real terminal.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::Desk;

/// Writes a program beside the case.
fn program(desk: &Desk, name: &str, script: &str) -> PathBuf {
    let path = desk.path(name);
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// Waits for a file that another program writes, and reads it.
fn written(path: &std::path::Path) -> String {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        match std::fs::read_to_string(path) {
            Ok(text) if text.ends_with('\n') => return text,
            _ => assert!(Instant::now() < deadline, "{} is not written", path.display()),
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_guess_is_run_by_a_second_enter() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys(":[").until("▸ less-credible").until("credibility down");
    ach.keys("\r").until(":less-credible").until_without("unsaved");
    ach.keys("\r").until("crumbs credibility: · -> low").until("1 unsaved");
    ach.keys(":undo\r").until("undone: crumbs credibility");
    ach.keys(":q\r");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), super::CASE);
}

#[test]
fn a_key_that_is_looked_up_in_the_help_does_nothing_until_enter() {
    let desk = Desk::new();
    let mut ach = desk.open();
    // F1 as terminals send it.
    ach.keys("\x1bOP").until("letters search");
    ach.keys("5q").until("? 5q").until("0 of").until_without("unsaved");
    ach.keys("\x15").keys("less cred").until("▸ [").until("1 of");
    ach.keys("\r").until("crumbs credibility: · -> low");
    ach.keys("u:q\r");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), super::CASE);
}

#[test]
fn a_long_text_is_edited_in_the_users_own_editor() {
    let desk = Desk::new();
    let own = program(&desk, "own-editor", "grep -q '^Before$' \"$1\" && echo 'From outside' > \"$1\"");
    let mut ach = desk.start_with(&["case.toml"], &[("EDITOR", &own)]);
    // F4 in the note of the cell.
    ach.until("quit").until("[ CC]");
    ach.keys("\r").until("▸ note");
    ach.keys("Before\x1bOS").until("From outside");
    ach.until_screen("the editor again", |screen| screen.alternate_screen() && screen.bracketed_paste());
    ach.keys("\x13").until("crumbs / dog note").until("1 unsaved");
    ach.keys("wq");
    assert_eq!(ach.end_clean(), 0);
    assert!(desk.read().contains("note = \"From outside\""), "{}", desk.read());
}

#[test]
fn the_settings_are_edited_and_hold_at_once() {
    let desk = Desk::new();
    let own = program(
        &desk,
        "own-editor",
        "grep -q '^# digits = ' \"$1\" && echo 'keys = { quit = [\"z\"] }' > \"$1\"",
    );
    let mut ach = desk.start_with(&["case.toml"], &[("EDITOR", &own)]);
    ach.until("q quit");
    ach.keys(":settings\r").until("the settings hold now").until("z quit");
    let broken = program(&desk, "own-editor", "echo 'mouse = 7' > \"$1\"");
    assert_eq!(broken, own);
    ach.keys(":settings\r").until("settings, 1:9: mouse: expected true or false").until("q quit");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    let text = std::fs::read_to_string(desk.path("home/.config/ach/config.toml")).unwrap();
    assert_eq!(text, "mouse = 7\n");
}

#[test]
fn a_text_is_as_it_was_if_the_users_editor_fails() {
    let desk = Desk::new();
    let own = program(&desk, "own-editor", "echo gone > \"$1\"; exit 3");
    let mut ach = desk.start_with(&["case.toml"], &[("VISUAL", &own)]);
    ach.until("quit").until("[ CC]");
    ach.keys("\rBefore\x1bOS").until("the text is as it was").until("Before");
    ach.keys("\x1b").until_without("▸ note");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
}

#[test]
fn the_address_of_an_item_is_opened_by_the_browser() {
    let desk = Desk::new();
    let opened = desk.path("opened");
    let browser = program(&desk, "browser", &format!("echo \"$@\" > '{}'", opened.display()));
    let mut ach = desk.start_with(&["case.toml"], &[("BROWSER", &browser)]);
    ach.until("quit").until("[ CC]");
    ach.keys(":open\r").until("crumbs has no address to open, nor has its source");
    ach.keys(":set crumbs.url https://example.org/a?b=$(c)\r").until("crumbs url");
    ach.keys(":open\r");
    assert_eq!(written(&opened), "https://example.org/a?b=$(c)\n");
    std::fs::remove_file(&opened).unwrap();
    ach.keys("O");
    assert_eq!(written(&opened), "https://example.org/a?b=$(c)\n", "the key does the same");
    ach.keys(":q!\r");
    assert_eq!(ach.end_clean(), 0);
}

#[test]
fn a_table_is_shown_by_the_pager_of_the_user() {
    let desk = Desk::new();
    let seen = desk.path("seen");
    let script = format!("read line; echo \"$line\" > '{}'; echo PAGED; cat", seen.display());
    let pager = program(&desk, "pager", &script);
    let mut ach =
        desk.start_with(&["table", "case.toml"], &[("ACH_PAGER", &pager), ("PAGER", &desk.path("no"))]);
    ach.until("PAGED").until("Weighted inconsistency");
    assert_eq!(ach.end(), 0);
    assert!(written(&seen).contains("Who took the cake?"));
    // One that quits early is no failure.
    let quick = program(&desk, "quick", "read line; echo QUICK");
    let mut ach = desk.start_with(&["table", "case.toml"], &[("PAGER", &quick)]);
    ach.until("QUICK");
    assert_eq!(ach.end(), 0);
}

#[test]
fn a_scenario_is_exported_and_a_matrix_is_taken_in_as_one_step() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys(":export case.odd\r").until("name a file that ends with .csv");
    ach.keys(":export out.csv\r").until("wrote out.csv");
    let sheet = std::fs::read_to_string(desk.path("out.csv")).unwrap();
    ach.keys(":import out.csv\r").until("out.csv has nothing new to import");
    let edited = sheet.replace("II", "C").replace("The plate is washed", "The plate is dirty");
    std::fs::write(desk.path("out.csv"), edited).unwrap();
    ach.keys(":import out.csv\r").until("out.csv has 2 items, 2 hypotheses. Take it in, as one step?");
    ach.until("plate / dog: II -> C").until("take in 1 changed cell and 1 other change");
    ach.keys("\x1b").until("nothing was imported");
    ach.keys(":import out.csv\ri").until("2 unsaved");
    ach.keys("u").until("by undo").until_without("unsaved");
    ach.keys(":import none.csv\r").until("none.csv: ");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), super::CASE);
}
