//! File names that are not UTF-8.
#![cfg(target_os = "linux")]
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "tests run the real program on real files"
)]

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::process::Stdio;

use crate::support::{Bench, CASE};

const NAME: &[u8] = b"r\xe9seau.toml";

/// A committed repository that uses ach for a file with such a name.
fn bench() -> Bench {
    let bench = Bench::new();
    std::fs::write(bench.path("").join(OsStr::from_bytes(NAME)), CASE).expect("the file can be written");
    let bench = bench.git("init --quiet --initial-branch=main");
    let program = env!("CARGO_BIN_EXE_ach").rsplit_once('/').expect("it has a directory").0;
    let path = std::env::var("PATH").unwrap_or_default();
    let bench = bench.env("PATH", &format!("{program}:{path}"));
    bench.result("git install");
    bench.commit("one")
}

/// Runs the program, with the name in the place of FILE. Returns its output and whether it ended well.
fn run(bench: &Bench, arguments: &str) -> (String, bool) {
    let word = |word: &str| match word.split_once("FILE") {
        Some((before, after)) => OsString::from_vec([before.as_bytes(), NAME, after.as_bytes()].concat()),
        None => word.into(),
    };
    let mut command = bench.command("");
    command.args(arguments.split_whitespace().map(word)).stdin(Stdio::null());
    let output = command.output().expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    (String::from_utf8(said).expect("all output is UTF-8"), output.status.success())
}

#[test]
fn every_command_takes_a_name_that_is_not_utf_8() {
    let bench = bench();
    let commands = [
        "table FILE",
        "rank FILE --format json",
        "explain FILE",
        "sensitivity FILE",
        "robustness FILE",
        "next FILE",
        "timeline FILE",
        "team FILE HEAD:FILE",
        "check FILE",
        "set FILE plate dog I",
        "add FILE hypothesis cat --name Cat",
        "rm FILE cat",
        "mv FILE plate dishes",
        "fmt FILE",
        "diff FILE",
        "diff HEAD -- FILE",
        "diff HEAD:FILE FILE",
        "log FILE",
        "log HEAD:FILE",
        "blame FILE",
        "resolve FILE",
        "merge HEAD:FILE FILE HEAD:FILE -o FILE",
        "new new-FILE",
    ];
    for command in commands {
        let (said, ended_well) = run(&bench, command);
        assert!(ended_well, "{command}: {said}");
    }
    for command in ["edit FILE", "FILE"] {
        let (said, _) = run(&bench, command);
        assert!(said.contains("the editor needs a terminal"), "{command}: {said}");
    }
}

#[test]
fn the_command_suggested_next_has_the_name_as_a_shell_reads_it() {
    let (said, _) = run(&bench(), "table FILE");
    assert!(said.contains(r"$'r\351seau.toml'"), "{said}");
}

#[test]
fn git_merges_a_file_with_such_a_name_by_cell() {
    let bench = bench().git("checkout --quiet -b theirs");
    assert!(run(&bench, "set FILE plate dog I").1);
    let bench = bench.git("commit --quiet --all -m theirs").git("checkout --quiet main");
    assert!(run(&bench, "set FILE plate children CC").1);
    let bench = bench.git("commit --quiet --all -m ours").git("merge --quiet -m merged theirs");
    let (said, _) = run(&bench, "table FILE --format json");
    assert!(said.contains(r#""dog": "I""#) || said.contains(r#""dog":"I""#), "{said}");
    assert!(bench.git_says("diff HEAD~1").contains("plate"), "the diff driver runs");
}
