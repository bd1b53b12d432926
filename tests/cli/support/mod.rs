//! A bench to run the program on: a directory of its own, an empty environment, and everything it says in one text.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests run the real program on real files"
)]

mod git;

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A directory in which the program is run.
pub(crate) struct Bench {
    directory: TempDir,
    environment: Vec<(String, String)>,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        Self { directory, environment: Vec::new() }
    }

    /// With a file of this name.
    pub(crate) fn file(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a file has a directory")).expect("it can be made");
        std::fs::write(path, text).expect("the file can be written");
        self
    }

    /// With an environment variable; all others are unset.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Whether there is a file of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    /// When a file was last written.
    pub(crate) fn modified(&self, name: &str) -> std::time::SystemTime {
        let file = std::fs::metadata(self.path(name)).expect("the file is there");
        file.modified().expect("the system tells when")
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("the file is there")
    }

    /// Runs `ach` with these arguments, apart at spaces, and gives what it says on both streams and how it ends.
    pub(crate) fn run(&self, arguments: &str) -> String {
        told(&self.output(arguments, ""))
    }

    /// Like [`Self::run`], with arguments that may contain spaces.
    pub(crate) fn run_words(&self, arguments: &[&str]) -> String {
        let mut command = self.command("");
        told(&command.args(arguments).stdin(Stdio::null()).output().expect("the program runs"))
    }

    /// Like [`Self::run_words`], in a directory of the bench.
    pub(crate) fn run_in(&self, directory: &str, arguments: &[&str]) -> String {
        let mut command = self.command("");
        command.current_dir(self.path(directory)).args(arguments).stdin(Stdio::null());
        told(&command.output().expect("the program runs"))
    }

    /// Like [`Self::run`], with a text on standard input.
    pub(crate) fn run_on(&self, input: &str, arguments: &str) -> String {
        told(&self.output(arguments, input))
    }

    /// Returns standard output; the command must succeed without a message.
    pub(crate) fn result(&self, arguments: &str) -> String {
        let output = self.output(arguments, "");
        let said = String::from_utf8(output.stderr).expect("messages are UTF-8");
        assert!(output.status.success(), "{arguments}: {said}");
        assert_eq!(said, "", "{arguments}");
        String::from_utf8(output.stdout).expect("output is UTF-8")
    }

    /// Standard output as JSON.
    pub(crate) fn json(&self, arguments: &str) -> serde_json::Value {
        serde_json::from_str(&self.result(arguments)).expect("output is JSON")
    }

    /// The program, about to be run.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ach"));
        command.args(arguments.split_whitespace()).current_dir(self.directory.path());
        command.env_clear().envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn output(&self, arguments: &str, input: &str) -> Output {
        use std::io::Write;
        let mut child = self.command(arguments).spawn().expect("the program starts");
        // A program that does not read its input may have closed it.
        drop(child.stdin.take().expect("it has an input").write_all(input.as_bytes()));
        child.wait_with_output().expect("the program ends")
    }
}

fn told(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut told = text(&output.stdout);
    if !output.stderr.is_empty() {
        told += &format!("--- stderr\n{}", text(&output.stderr));
    }
    match output.status.code() {
        Some(0) => {}
        Some(code) => told += &format!("--- exit {code}\n"),
        None => told += "--- killed\n",
    }
    told
}

/// A small case that has a bit of everything: weights, dates, sources, a rejected hypothesis, a blank, an NA.
pub(crate) const CASE: &str = r#"ach = 1
title = "Who took the cake?"
question = "Where did the cake go between noon and two?"
as_of = 2025-03-09
marking = "TLP:CLEAR"

[[hypothesis]]
id = "dog"
name = "The dog"

[[hypothesis]]
id = "children"
name = "The children"
short = "Kids"

[[hypothesis]]
id = "burglar"
name = "A burglar"
status = "rejected"

[[evidence]]
id = "crumbs"
text = "Crumbs lead from the table to the basket"
date = 2025-03-08
source = ["aunt", "uncle"]
credibility = "high"
[evidence.ratings]
dog = "CC"
children = "I"
burglar = "II"

[[evidence]]
id = "plate"
text = "The plate stands washed in the rack"
date = "2025-03"
relevance = "high"
[evidence.ratings]
dog = "II"
children = "C"

[[evidence]]
id = "barking"
text = "The dog did not bark"
kind = "absence"
[evidence.ratings]
dog = "NA"
children = "C"
burglar = "I"
"#;

/// A bench with [`CASE`] in `case.toml`.
pub(crate) fn bench() -> Bench {
    Bench::new().file("case.toml", CASE)
}

/// Returns the output and exit code of a command, then the lines that it removes from the case and adds to it.
pub(crate) fn changed(bench: &Bench, arguments: &[&str]) -> String {
    let before = bench.read("case.toml");
    let mut told = bench.run_words(arguments);
    let after = bench.read("case.toml");
    let (old, new): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    // The longest common subsequence, by the textbook: cases are small.
    let mut longest = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for at in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            longest[at][to] = if old[at] == new[to] {
                longest[at + 1][to + 1] + 1
            } else {
                longest[at + 1][to].max(longest[at][to + 1])
            };
        }
    }
    let (mut at, mut to) = (0, 0);
    while at < old.len() || to < new.len() {
        if at < old.len() && to < new.len() && old[at] == new[to] {
            (at, to) = (at + 1, to + 1);
        } else if to == new.len() || (at < old.len() && longest[at + 1][to] >= longest[at][to + 1]) {
            told += &format!("-{}\n", old[at]);
            at += 1;
        } else {
            told += &format!("+{}\n", new[to]);
            to += 1;
        }
    }
    told
}
