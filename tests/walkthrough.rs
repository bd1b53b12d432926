//! The commands of the pages, run as they stand there and in their order: those of docs/git.md, docs/tutorial.md and
//! docs/estimates.md in an empty directory, those of the others beside a case; and those that the script of a history
//! recommends.
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

/// Runs the steps of a page, all of which must succeed, and compares their answers with those that it shows: more lines
/// than this.
fn assert_steps(page: &str, more_than: usize) -> Walk {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
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
    assert_shown(&page, &told, more_than);
    walk
}

#[test]
fn every_step_of_the_tutorial_does_what_it_says() {
    let walk = assert_steps("docs/tutorial.md", 25);
    assert!(walk.place.path().join("case/border.html").exists());
}

#[test]
fn the_worked_case_of_estimates_runs_from_the_first_estimate_to_the_record() {
    assert_steps("docs/estimates.md", 15);
}

/// The pages whose commands need a case to work on.
const PAGES_ON_A_CASE: [&str; 6] =
    ["README.md", "docs/exchange.md", "docs/install.md", "docs/json.md", "docs/long.md", "docs/report.md"];

/// Makes what the pages speak of: a case under git, versions of two raters, and tables to bring in.
const CASE: &str = "
    git init -qb main && cp -r '{root}/scenarios' scenarios && cp scenarios/tajik-border.toml case.toml
    git add case.toml && git commit -qm 'First version'
    cp -r scenarios cases && cp case.toml ann.toml && cp case.toml bob.toml && cp case.toml one.ach.toml
    ach export case.toml -o matrix.csv && ach export case.toml -o book.xlsx && ach export case.toml -o edited.xlsx
    printf '%s\n' '| id | text | Reporter | A | B |' '|---|---|---|---|---|' '| a | Seen | Ann | yes | no |' \
        '| b | Heard | Bob | no | yes |' > page.md
    cp case.toml kept && mkdir -p ~/.zfunc ~/.config/fish/completions";

/// The commands of a page that run `ach`, without the program that reads their answer.
fn commands_on_a_case(page: &str) -> Vec<String> {
    let mut language = "";
    let mut found = Vec::new();
    for line in page.lines() {
        match line.strip_prefix("```") {
            Some(name) => language = name,
            None => {
                let command = match line.strip_prefix("$ ") {
                    Some(command) => command.to_owned(),
                    None if language == "sh" => line.replace("cargo run --release -- ", "ach "),
                    None => continue,
                };
                if command.starts_with("ach ") || command.contains("| ach ") {
                    found.push(command.split(" | jq ").next().unwrap_or_default().to_owned());
                }
            }
        }
    }
    found
}

#[test]
fn every_command_of_the_other_pages_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in PAGES_ON_A_CASE {
        let text = std::fs::read_to_string(root.join(page)).expect("the page is there");
        let walk = Walk::new();
        let made = walk.run(0, &format!("set -e\n{}", CASE.replace("{root}", &root.display().to_string())));
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let commands = commands_on_a_case(&text);
        for command in &commands {
            // An import makes a new scenario.
            let before = if command.starts_with("ach import") && command.contains("-o case.toml") {
                "rm case.toml"
            } else if command.contains("--into") {
                "cp kept case.toml"
            } else {
                ":"
            };
            let output = walk.run(1, &format!("{before}\n{command}"));
            // A check that finds something ends with 1.
            let is_well = output.status.code().is_some_and(|code| code < 2);
            assert!(is_well, "{page}: {command}\n{}", String::from_utf8_lossy(&output.stderr));
        }
        assert!(!commands.is_empty() || page == "docs/report.md", "{page} has no commands any more");
    }
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
