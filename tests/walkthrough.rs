//! The commands of docs/git.md and docs/tutorial.md, run as they stand there, in their order, in an empty directory; and
//! those that the script of a history recommends.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "this test reads a page and runs what stands on it"
)]

use std::path::Path;
use std::process::{Command, Output};

/// The lines of the blocks of a page that are for a shell.
fn commands(page: &str) -> Vec<&str> {
    let mut commands = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside && !line.is_empty() => commands.push(line),
            _ => {}
        }
    }
    commands
}

struct Walk {
    place: tempfile::TempDir,
    path: String,
}

impl Walk {
    fn new() -> Self {
        let bin = Path::new(env!("CARGO_BIN_EXE_ach")).parent().expect("a program is in a directory");
        let path = std::env::var("PATH").expect("there is a search path");
        let place = tempfile::tempdir().expect("a directory can be made");
        std::fs::create_dir(place.path().join("case")).expect("a directory can be made");
        Self { place, path: format!("{}:{path}", bin.display()) }
    }

    /// Runs the command of this number; its number tells the time.
    fn run(&self, number: usize, command: &str) -> Output {
        let mut shell = Command::new("sh");
        shell.args(["-c", command]).current_dir(self.place.path().join("case")).env_clear();
        shell.env("PATH", &self.path).env("HOME", self.place.path()).env("GIT_CONFIG_NOSYSTEM", "1");
        shell.env("GIT_EDITOR", "false");
        for who in ["AUTHOR", "COMMITTER"] {
            shell.env(format!("GIT_{who}_NAME"), "Ann").env(format!("GIT_{who}_EMAIL"), "ann@example.org");
            shell.env(format!("GIT_{who}_DATE"), format!("2025-03-09T12:{number:02}:00Z"));
        }
        shell.output().expect("a shell runs")
    }
}

#[test]
fn every_command_of_the_page_on_git_does_what_the_page_says() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/git.md");
    let page = std::fs::read_to_string(page).expect("the page is there");
    let walk = Walk::new();
    let mut told = String::new();
    for (number, command) in commands(&page).into_iter().enumerate() {
        let output = walk.run(number, command);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (said, aside) = (text(&output.stdout), text(&output.stderr));
        // The one merge that leaves something to settle, so that the page can tell how.
        assert_eq!(output.status.success(), command != "git merge bob", "{command}\n{said}{aside}");
        told.push_str(&said);
        told.push_str(&aside);
    }
    assert_shown(&page, &told, 15);
}

/// Asserts that commands said what the page shows of their answers, but for ids and days, and that it shows more lines
/// than this.
fn assert_shown(page: &str, told: &str, more_than: usize) {
    let is_shown =
        |line: &&str| !matches!(*line, "" | "...") && !line.contains("2025-") && !line.contains("work tree");
    let mut inside = false;
    let mut shown = 0;
    for line in page.lines() {
        match line {
            "```text" => inside = true,
            "```" => inside = false,
            line if inside && is_shown(&line) => {
                assert!(told.contains(line), "the page shows {line:?}, which no command says");
                shown += 1;
            }
            _ => {}
        }
    }
    assert!(shown > more_than, "only {shown} lines were compared");
}

#[test]
fn every_step_of_the_tutorial_does_what_it_says() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tutorial.md");
    let page = std::fs::read_to_string(page).expect("the page is there");
    let walk = Walk::new();
    let steps = page.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let mut told = String::new();
    for (number, step) in steps.enumerate() {
        let output = walk.run(number, &format!("set -e\n{step}"));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "{step}\n{}{}", text(&output.stdout), text(&output.stderr));
        told.push_str(&text(&output.stdout));
    }
    assert_shown(&page, &told, 25);
    assert!(walk.place.path().join("case/border.html").exists());
}

#[test]
fn the_script_of_a_history_builds_one_that_can_be_looked_at() {
    let walk = Walk::new();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/history.sh");
    let output = walk.run(0, &format!("sh '{}' history", script.display()));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let recommended = said.lines().filter_map(|line| line.strip_prefix("  ")?.split("    ").next());
    let answers = recommended.map(|command| {
        let output = walk.run(1, &format!("cd history && {command}"));
        // A team that differs ends with 1, like any finding.
        assert!(output.status.code().is_some_and(|code| code < 2), "{command}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    });
    let answers: Vec<String> = answers.collect();
    assert_eq!(answers.len(), 5);
    assert!(answers.concat().contains("The leader changed 3 times"), "{}", answers.concat());
}
