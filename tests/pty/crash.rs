//! Ends that nobody chose: the terminal is given back where that can be, and the edits are offered again.

use super::{CASE, Desk};

/// Opens the case after a crash, takes up the edits, and saves.
fn recover(desk: &Desk, offered: &str) {
    let mut ach = desk.start(&["edit", "case.toml"]);
    ach.until(offered).until("were not saved").until("The file has not changed since.");
    // Neither is an answer.
    ach.keys("\r y").until("restored, not saved yet").until(" unsaved");
    ach.keys("w").until("saved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!((desk.beside(), desk.journals()), (vec![], vec![]), "nothing lies about");
}

#[test]
fn the_steps_before_a_crash_are_undone_one_by_one() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5ln").until("2 unsaved");
    ach.keys("u5").until("crumbs / children: I -> II").until("2 unsaved");
    ach.kill();
    // Killed again after they were taken up, they are still steps.
    for _ in 0..2 {
        let mut ach = desk.start(&["edit", "case.toml"]);
        ach.until("2 steps").until("crumbs / dog: CC -> II").until("crumbs / children: I -> II");
        ach.keys("y").until("2 steps of").until("2 unsaved");
        ach.kill();
    }
    let mut ach = desk.start(&["edit", "case.toml"]);
    ach.keys("y").until("2 unsaved");
    ach.keys("u").until("undone: crumbs / children: I -> II").until("1 unsaved");
    ach.keys("u").until("undone: crumbs / dog: CC -> II").until_without("unsaved");
    ach.keys("UUU").until("nothing to redo").until("2 unsaved");
    ach.keys("q").until("not saved");
    ach.keys("d");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!((desk.read().as_str(), desk.journals().len()), (CASE, 0));
}

#[test]
fn the_file_is_looked_at_without_the_edits_and_dropped_ones_are_kept_for_a_week() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    ach.kill();
    let mut ach = desk.start(&["edit", "case.toml"]);
    ach.until("1 step").until("Who leads with them, and without: children.");
    ach.keys("s").until_without("1 step").until("[ CC]");
    ach.keys("l5").until("I]").until_without("unsaved");
    ach.keys("s").until("1 step");
    ach.keys("n").until("dropped, and kept for a week as").until_without("unsaved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    let [dropped] = &*desk.journals() else { panic!("one file is left") };
    assert!(dropped.ends_with(".ach-dropped-1"), "{dropped}");
    // Under its old name, it is offered again.
    let directory = desk.path("home/.local/state/ach");
    let name = dropped.replace(".ach-dropped-1", ".ach-journal");
    std::fs::rename(directory.join(dropped), directory.join(name)).unwrap();
    recover(&desk, "crumbs / dog: CC -> II");
}

#[test]
fn killed_after_an_edit() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    ach.kill();
    assert_eq!(desk.read(), CASE);
    recover(&desk, "crumbs / dog: CC -> II");
    assert_eq!(desk.new_lines(), ["dog = \"II\" # fresh ones"]);
}

#[test]
fn git_does_not_commit_unsaved_edits() {
    let desk = Desk::new();
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.args(arguments).current_dir(desk.path(".")).env("HOME", desk.path("home"));
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    git(&["init", "-q"]);
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    git(&["add", "-A", "--", ":!home"]);
    assert_eq!(git(&["ls-files"]), "case.toml\n");
    // Others clean the tree, and edit on.
    git(&["clean", "-fdxq", "-e", "home"]);
    ach.keys("ln").until("2 unsaved");
    ach.kill();
    recover(&desk, "crumbs / ");
}

#[test]
fn a_journal_that_another_program_removes_is_written_anew() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    let journal = || desk.path("home/.local/state/ach").join(&desk.journals()[0]);
    std::fs::remove_file(journal()).unwrap();
    ach.keys("ln").until("2 unsaved");
    // Without a key, too.
    std::fs::rename(journal(), desk.path("home/moved")).unwrap();
    let start = std::time::Instant::now();
    while desk.journals().is_empty() && start.elapsed().as_secs() < 20 {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    ach.kill();
    recover(&desk, "crumbs / ");
    assert!(desk.path("home/moved").exists());
}

#[test]
fn edits_of_a_file_that_is_renamed_or_gone_are_not_lost() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    ach.kill();
    std::fs::rename(desk.path("case.toml"), desk.path("new.toml")).unwrap();
    let gone = desk.start(&["edit", "case.toml"]);
    gone.until("there is no such file: case.toml").until("unsaved edits in it are in");
    let mut ach = desk.start(&["edit", "new.toml"]);
    ach.until("1 step").until("crumbs / dog: CC -> II");
    ach.keys("y").until("1 unsaved");
    ach.keys("wq");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.journals(), [""; 0]);
    assert!(std::fs::read_to_string(desk.path("new.toml")).unwrap().contains("dog = \"II\""));
}

#[test]
fn a_journal_that_came_with_a_repository_changes_nothing() {
    let desk = Desk::new();
    std::os::unix::fs::symlink("home/shell", desk.path("case.toml.unsaved")).unwrap();
    std::fs::write(desk.path(".case.toml.ach-journal"), "ach journal 2\n").unwrap();
    let mut ach = desk.open();
    ach.until(".case.toml.ach-journal is not from your editor, and was not read");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert!(!desk.path("home/shell").exists());
}

#[test]
fn killed_after_a_save_and_several_edits_with_one_undone() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("2w").until("saved");
    ach.keys("ljn").until("plate / children: · -> N");
    ach.keys("k5u").until("undo: crumbs / children").until("1 unsaved");
    ach.keys("3").until("2 unsaved");
    ach.kill();
    recover(&desk, "crumbs / ");
    let lines = ["dog = \"C\" # fresh ones", "children = \"N\"", "children = \"N\""];
    assert_eq!(desk.new_lines(), lines);
}

#[test]
fn killed_while_keys_come_in() {
    let keys = ["5", "ln", "j1", "h4"];
    let one = CASE.replace("\"CC\"", "\"II\"");
    let two = one.replace("children = \"I\"", "children = \"N\"");
    let three = two.replace("dog = \"II\"\n", "dog = \"II\"\nchildren = \"CC\"\n");
    let four = three.replace("dog = \"II\"\n", "dog = \"I\"\n");
    let states = [one, two, three, four];
    for seen in 1..=4 {
        let desk = Desk::new();
        let mut ach = desk.open();
        ach.keys(&keys[..seen].concat()).until(&format!("{seen} unsaved"));
        // Whatever of the rest is seen to be done, is done.
        ach.keys(&keys[seen..].concat()).kill();
        assert_eq!(desk.read(), CASE, "nothing is saved that was not asked for");
        recover(&desk, "step");
        let state = states.iter().position(|state| *state == desk.read());
        assert!(state.is_some_and(|state| state + 1 >= seen), "{}", desk.read());
    }
}

#[test]
fn edits_that_are_not_wanted_are_discarded_and_undecided_ones_stay() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    ach.kill();
    let mut ach = desk.start(&["edit", "case.toml"]);
    ach.until("y restore them");
    // Nothing else is done meanwhile.
    ach.keys("j1q");
    assert_eq!(ach.end_clean(), 0);
    let mut ach = desk.start(&["edit", "case.toml"]);
    ach.until("n drop");
    ach.keys("n").until("dropped");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.beside(), [""; 0]);
    assert_eq!(desk.read(), CASE);
}

#[test]
fn killed_while_a_form_is_filled_in() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    ach.keys("aMilk is spilt\t\t").until("milk-is-spilt").until("▸ kind");
    ach.kill();
    assert_eq!(desk.read(), CASE);
    let mut ach = desk.start(&["edit", "case.toml"]);
    ach.until("1 step, and a form was open");
    ach.keys("y")
        .until("restored, not saved yet")
        .until("Milk is spilt")
        .until("▸ kind")
        .until("milk-is-spilt");
    // Killed again before it is accepted: it is still there.
    ach.kill();
    let mut ach = desk.start(&["edit", "case.toml"]);
    ach.until("and a form was open");
    ach.keys("y").until("▸ kind");
    ach.keys("\x13").until("2 unsaved");
    ach.keys("w").until("saved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    let lines = ["dog = \"II\" # fresh ones", "id = \"milk-is-spilt\"", "text = \"Milk is spilt\""];
    assert_eq!(desk.new_lines(), lines);
    assert_eq!(desk.beside(), [""; 0]);
}

#[test]
fn a_form_that_was_left_is_not_offered_again_and_one_without_edits_is() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("eX").until("basketX");
    ach.keys("\x1b").until("1-5 rate").until_without("basketX");
    assert_eq!(desk.beside(), [""; 0], "what was given up is gone");
    ach.keys("\rBecause").until("Because");
    assert_eq!((desk.beside().len(), desk.journals().len()), (0, 1), "what is typed is safe");
    ach.kill();
    let mut ach = desk.start(&["edit", "case.toml"]);
    ach.until("A form was filled in on").until("y open the form");
    ach.keys("y").until("the form as it was at").until("▸ note").until("Because").until_without("unsaved");
    ach.keys("\x13").until("1 unsaved");
    ach.keys("q").until("not saved");
    ach.keys("d");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), CASE);
    assert_eq!(desk.beside(), [""; 0]);
}

#[test]
fn what_was_typed_about_something_that_is_gone_is_kept_beside_the_file() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("\rBecause").until("Because");
    ach.kill();
    let at = CASE.find("[[evidence]]\nid = \"crumbs\"").unwrap();
    let to = CASE.find("[[evidence]]\nid = \"plate\"").unwrap();
    desk.write(&format!("{}{}", &CASE[..at], &CASE[to..]));
    let mut ach = desk.start(&["edit", "case.toml"]);
    ach.until("y open the form");
    ach.keys("y").until("case.toml.unsaved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.beside(), ["case.toml.unsaved"]);
    let kept = std::fs::read_to_string(desk.path("case.toml.unsaved")).unwrap();
    assert!(kept.contains("\"note\": \"Because\""), "{kept}");
}

#[test]
fn signals_that_end_it_leave_a_clean_terminal_and_the_edits() {
    for (signal, code) in [("TERM", 143), ("HUP", 129)] {
        let desk = Desk::new();
        let mut ach = desk.open();
        ach.keys("5").until("1 unsaved");
        ach.signal(signal);
        assert_eq!(ach.end_clean(), code);
        assert_eq!(desk.read(), CASE);
        recover(&desk, "1 step");
    }
}

#[test]
fn a_terminal_that_goes_away_ends_it_and_leaves_the_edits() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    assert_eq!(ach.hang_up(), 129);
    recover(&desk, "1 step");
}

#[test]
fn the_file_changed_since_the_crash() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5ln").until("2 unsaved");
    ach.kill();
    // One edit meets another, one does not.
    desk.write(&CASE.replace("\"CC\" # fresh ones", "\"N\" # fresh ones").replace("washed", "spotless"));
    let mut ach = desk.start(&["edit", "case.toml"]);
    ach.until("2 steps").until("The file has changed since").until("m merge them by cell");
    ach.keys("ym").until("mine:   crumbs / dog: CC -> II").until("theirs: crumbs / dog: CC -> N");
    // Back to the question, and to it again.
    ach.keys("\x1b").until("m merge them by cell");
    ach.keys("m").until("theirs: crumbs");
    ach.keys("m").until("2 of your edits are kept");
    ach.keys("w").until("saved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert!(desk.read().contains("spotless"));
    assert!(desk.read().contains("dog = \"II\" # fresh ones\nchildren = \"N\""), "{}", desk.read());
    assert_eq!(desk.beside(), [""; 0]);
}

#[test]
fn an_edit_whose_place_is_gone_is_kept_beside_the_file() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5").until("1 unsaved");
    ach.kill();
    let at = CASE.find("[[evidence]]\nid = \"crumbs\"").unwrap();
    let to = CASE.find("[[evidence]]\nid = \"plate\"").unwrap();
    desk.write(&format!("{}{}", &CASE[..at], &CASE[to..]));
    let mut ach = desk.start(&["edit", "case.toml"]);
    ach.until("m merge them by cell");
    ach.keys("m").until("theirs: evidence crumbs removed");
    ach.keys("m").until("case.toml.unsaved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.beside(), ["case.toml.unsaved"]);
    let kept = std::fs::read_to_string(desk.path("case.toml.unsaved")).unwrap();
    assert_eq!(kept, CASE.replace("\"CC\"", "\"II\""));
}
