//! Changes to the file on the disk while it is open.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::{CASE, Desk};

#[test]
fn a_file_that_changed_is_read_again_and_the_cursor_stays_on_its_item() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("j").until("II]");
    let new = "[[evidence]]\nid = \"barking\"\ntext = \"No barking\"\n\n[[evidence]]\nid = \"crumbs\"";
    desk.write(&CASE.replace("[[evidence]]\nid = \"crumbs\"", new));
    ach.until("read again: 1 change on disk").until("barking");
    ach.keys("4").until("plate / dog: II -> I");
    ach.keys("w").until("saved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert!(desk.read().contains("barking"));
}

#[test]
fn what_others_wrote_is_merged_with_unsaved_edits() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    desk.write(&CASE.replace("is washed", "is spotless # really"));
    ach.keys("w").until("saved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), CASE.replace("is washed", "is spotless # really").replace("\"CC\"", "\"II\""));
    assert_eq!(desk.beside(), [""; 0]);
}

#[test]
fn where_both_changed_the_same_it_is_asked() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5l2").until("2 unsaved");
    let theirs = CASE.replace("\"CC\"", "\"N\"").replace("children = \"I\"", "children = \"NA\"");
    desk.write(&theirs);
    // Noticed without a key being pressed.
    ach.until("(1 of 2)").until("mine:   crumbs / dog: CC -> II");
    ach.keys("\x1b").until("saving asks again");
    assert_eq!(desk.read(), theirs, "nothing is overwritten");
    ach.keys("w").until("(1 of 2)");
    ach.keys("t").until("(2 of 2)").until("theirs: crumbs / children: I -> NA");
    ach.keys("m").until("saved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.new_lines(), ["dog = \"N\" # fresh ones", "children = \"C\""]);
}

#[test]
fn a_file_left_unreadable_is_not_overwritten() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    desk.write("ach = 1\ntitle = \n");
    ach.until("the file on disk cannot be read now");
    ach.keys("w").until("not saved: the file on disk cannot be read now");
    assert_eq!(desk.read(), "ach = 1\ntitle = \n");
    desk.write(&format!("{CASE}\n# mended\n"));
    ach.until("was read again");
    ach.keys("w").until("saved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), format!("{}\n# mended\n", CASE.replace("\"CC\"", "\"II\"")));
}

#[test]
fn a_file_that_was_deleted_is_written_anew() {
    let desk = Desk::new();
    let mut ach = desk.open();
    std::fs::remove_file(desk.path("case.toml")).unwrap();
    ach.until("the file was deleted by another program");
    ach.keys("5").until("1 unsaved");
    ach.keys("w").until("saved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.new_lines(), ["dog = \"II\" # fresh ones"]);
}

#[test]
fn a_file_behind_a_link_that_was_deleted_is_written_anew_where_it_was() {
    let desk = Desk::new();
    std::fs::rename(desk.path("case.toml"), desk.path("real.toml")).unwrap();
    std::os::unix::fs::symlink("real.toml", desk.path("case.toml")).unwrap();
    let mut ach = desk.open();
    std::fs::remove_file(desk.path("real.toml")).unwrap();
    ach.until("the file was deleted by another program");
    ach.keys("5").until("1 unsaved");
    ach.keys("w").until("saved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert!(desk.path("case.toml").is_symlink() && desk.path("real.toml").is_file());
}

#[test]
fn a_copy_is_not_written_through_a_link() {
    let desk = Desk::new();
    std::os::unix::fs::symlink("home/shell", desk.path("copy.toml")).unwrap();
    let mut ach = desk.open();
    ach.keys("5:w copy.toml\r").until("copy.toml already exists");
    ach.keys("q").until("not saved");
    ach.keys("d");
    assert_eq!(ach.end_clean(), 0);
    assert!(!desk.path("home/shell").exists());
}

#[test]
fn edits_that_cannot_be_protected_stay_and_show_it() {
    let desk = Desk::new();
    // Neither directory of journals can be made.
    std::fs::create_dir_all(desk.path("home/.local")).unwrap();
    std::fs::write(desk.path("home/.local/state"), "").unwrap();
    std::fs::write(desk.path("home/tmp"), "").unwrap();
    let mut ach = desk.start_with(&["edit", "case.toml"], &[("TMPDIR", &desk.path("home/tmp"))]);
    ach.until("quit");
    ach.keys("5").until("edits are not protected against a crash").until("NOT PROTECTED   1 unsaved");
    ach.keys("l2").until("NOT PROTECTED   2 unsaved");
    std::fs::remove_file(desk.path("home/.local/state")).unwrap();
    ach.keys("j1").until("3 unsaved").until_without("NOT PROTECTED");
    assert_eq!(desk.journals().len(), 1);
    ach.keys("w").until("saved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
}

#[test]
fn a_read_only_file_is_looked_at() {
    let desk = Desk::new();
    let path = desk.path("case.toml");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
    let mut ach = desk.open();
    ach.until("read-only");
    // No key is named that does nothing here.
    ach.until("e item").until_without("1-5 rate").until_without("a add");
    ach.keys("5").until("nothing was changed: the file is read-only").until("[ CC]");
    ach.keys("w").until("cannot save");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), CASE);
    assert_eq!(desk.beside(), [""; 0]);
}

#[test]
fn a_save_that_is_refused_keeps_the_edits() {
    let desk = Desk::new();
    let path = desk.path("case.toml");
    let set = |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    set(0o444);
    ach.keys("w").until("is read-only: give yourself the right").until("1 unsaved");
    assert_eq!((desk.beside().len(), desk.journals().len()), (0, 1), "the edits are safe");
    // A copy goes under another name, and never over a file that is there.
    ach.keys(":w copy.toml\r").until("a copy is in copy.toml; in case.toml 1 edit is not saved");
    assert_eq!(std::fs::read_to_string(desk.path("copy.toml")).unwrap(), CASE.replacen("CC", "II", 1));
    ach.keys(":w copy.toml\r").until("copy.toml already exists: choose another name").until("1 unsaved");
    std::fs::remove_file(desk.path("copy.toml")).unwrap();
    set(0o644);
    ach.keys("w").until("saved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.new_lines(), ["dog = \"II\" # fresh ones"]);
}

#[test]
fn two_editors_do_not_lose_each_others_edits() {
    let desk = Desk::new();
    let mut one = desk.open();
    let mut two = desk.open();
    one.keys("5").until("1 unsaved");
    two.keys("j1").until("nothing was changed: the file has unsaved edits in another editor");
    two.until("II]").until_without("1 unsaved");
    let mut three = desk.open();
    three.until("unsaved edits in another editor");
    three.keys("q");
    assert_eq!(three.end_clean(), 0);
    one.keys("w").until("saved");
    two.until("read again: 1 change on disk");
    two.keys("1").until("plate / dog: II -> CC");
    two.keys("w").until("saved");
    one.until("read again: 1 change on disk");
    for ach in [&mut one, &mut two] {
        ach.keys("q");
        assert_eq!(ach.end_clean(), 0);
    }
    assert_eq!(desk.new_lines(), ["dog = \"II\" # fresh ones", "dog = \"CC\""]);
}

#[test]
fn a_version_that_git_keeps_is_looked_at() {
    let desk = Desk::new();
    let git = "git init -q . && git add case.toml && \
               git -c user.name=n -c user.email=e -c commit.gpgsign=false commit -qm first";
    let run = Command::new("sh")
        .args(["-c", git])
        .current_dir(desk.path("."))
        .env("HOME", desk.path("home"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .status();
    assert!(run.unwrap().success());
    desk.write(&CASE.replace("cake", "tart"));
    let mut ach = desk.start(&["edit", "HEAD:case.toml"]);
    ach.until("Who took the cake?").until("read-only");
    ach.keys("5").until("nothing was changed: this is a version that git keeps");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
}
