//! The editor in a git repository: what changed since the last commit is marked, and is no longer once it is
//! committed.

use std::process::Command;

use super::{CASE, Desk};

/// Runs git in the directory of the case and gives what it prints.
fn git(desk: &Desk, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(desk.path("")).env("HOME", desk.path("home")).env("GIT_CONFIG_NOSYSTEM", "1");
    command.args(["-c", "user.name=An Analyst", "-c", "user.email=analyst@example.org"]).args(arguments);
    let output = command.output().expect("there is a git");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn a_session_between_two_commits() {
    let desk = Desk::new();
    git(&desk, &["init", "-q"]);
    git(&desk, &["add", "case.toml"]);
    git(&desk, &["commit", "-q", "-m", "The case"]);
    let mut ach = desk.open();
    ach.keys("5").until("II●").until("●crumbs");
    ach.keys("l2").until("C●");
    ach.keys("jn").until("N●").until("●plate");
    ach.keys("u").until_without("●plate");
    ach.keys("w").until("saved case.toml");
    let diff = git(&desk, &["diff", "--unified=0"]);
    let lines = |sign: &str, header: &str| {
        diff.lines().filter(|line| line.starts_with(sign) && !line.starts_with(header)).count()
    };
    assert_eq!((lines("-", "---"), lines("+", "+++")), (2, 2), "{diff}");
    ach.keys(":panel changes\r").until("2 judgements").until("crumbs / dog");
    // Elsewhere it is committed: nobody touches the editor, and the marks go.
    git(&desk, &["commit", "-q", "-a", "-m", "Judged anew"]);
    ach.until_without("●").until("There are no changes.");
    git(&desk, &["reset", "-q", "--soft", "HEAD~1"]);
    ach.until("●crumbs").until("2 judgements");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
}

#[test]
fn one_change_is_taken_back_from_the_list() {
    let desk = Desk::new();
    git(&desk, &["init", "-q"]);
    let mut ach = desk.open();
    ach.keys(":panel changes\r").until("not committed");
    git(&desk, &["add", "case.toml"]);
    git(&desk, &["commit", "-q", "-m", "The case"]);
    ach.until("There are no changes.");
    ach.keys("5").until("crumbs / dog: CC -> II");
    ach.keys("l2").until("2 judgements");
    ach.keys("\x1b[17~r").until("taken back: crumbs / dog: II -> CC").until("1 judgement");
    ach.keys("\x1b").until("? help");
    ach.keys("wq");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), CASE.replace("children = \"I\"", "children = \"C\""));
}

#[test]
fn a_conflict_tells_whose_version_is_theirs() {
    let desk = Desk::new();
    let commit = |text: &str, subject: &str| {
        desk.write(text);
        git(&desk, &["add", "case.toml"]);
        git(&desk, &["commit", "-q", "--date", "2025-12-03T12:00:00Z", "-m", subject]);
    };
    git(&desk, &["init", "-q", "-b", "main"]);
    commit(CASE, "The case");
    git(&desk, &["checkout", "-q", "-b", "late"]);
    commit(&CASE.replace("dog = \"CC\"", "dog = \"N\""), "late claims");
    git(&desk, &["checkout", "-q", "main"]);
    commit(&CASE.replace("dog = \"CC\"", "dog = \"I\""), "ours");
    let mut merge = Command::new("git");
    merge.current_dir(desk.path("")).env("HOME", desk.path("home"));
    merge.args(["-c", "user.name=A", "-c", "user.email=a@example.org", "merge", "-q", "late"]);
    assert!(!merge.output().expect("there is a git").status.success());
    let record = "dog = { rating = \"I\", conflict = { base = \"CC\", theirs = \"N\" } }";
    desk.write(&CASE.replace("dog = \"CC\"", record));
    let mut ach = desk.open();
    ach.keys("!").until("To settle: crumbs / dog").until("theirs: An Analyst, 2025-12-03, “late claims”");
    ach.keys("t").until("nothing is left to settle");
    ach.keys("w").until("saved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
}

#[test]
fn where_there_is_no_repository_nothing_is_marked() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys("5:panel changes\r").until("not in a git").until_without("●");
    ach.keys("qd");
    assert_eq!(ach.end_clean(), 0);
}
