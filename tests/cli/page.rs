//! Colour, width, quiet and pipes.

use std::io::Read;

use insta::assert_snapshot;

use crate::support::{Bench, bench};

fn coloured(bench: &Bench, options: &str) -> bool {
    bench.result(&format!("table case.toml {options}")).contains('\u{1b}')
}

#[test]
fn colour_is_for_terminals_or_whoever_asks() {
    assert!(!coloured(&bench(), ""));
    assert!(coloured(&bench(), "--color always"));
    assert!(coloured(&bench().env("CLICOLOR_FORCE", "1"), ""));
    assert!(!coloured(&bench().env("CLICOLOR_FORCE", "1"), "--color never"));
    assert!(coloured(&bench().env("NO_COLOR", "1"), "--color always"));
    assert!(!coloured(&bench().env("NO_COLOR", "1"), ""));
}

#[test]
fn colour_changes_nothing_but_the_look() {
    let plain = bench().result("table case.toml");
    let coloured = bench().result("table case.toml --color always");
    let stripped = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(stripped.lines().map(str::trim_end).collect::<Vec<_>>(), plain.lines().collect::<Vec<_>>());
}

#[test]
fn heat_is_orange_against_and_blue_for() {
    let heat = |bench: Bench| bench.result("table case.toml --color always --width 80");
    let line = |table: String| {
        table
            .lines()
            .find(|line| line.contains("crumbs"))
            .expect("a row")
            .replace('\u{1b}', "^")
            .trim_end()
            .to_owned()
    };
    assert_snapshot!(line(heat(bench())), @" crumbs      1.41   1.50     ^[48;5;26m^[38;5;231m^[1mCC^[0m      ^[38;5;172mI^[39m       ^[48;5;208m^[38;5;16m^[1mII^[0m");
    assert_snapshot!(line(heat(bench().env("TERM", "linux"))), @" crumbs      1.41   1.50     ^[48;5;4m^[38;5;7m^[1mCC^[0m      ^[38;5;3mI^[39m       ^[48;5;3m^[38;5;0m^[1mII^[0m");
}

#[test]
fn a_page_is_never_narrower_than_forty_columns() {
    assert_eq!(bench().result("table case.toml --width 1"), bench().result("table case.toml --width 40"));
}

#[test]
fn without_a_terminal_the_page_has_a_hundred_columns() {
    assert_eq!(bench().result("table case.toml"), bench().result("table case.toml --width 100"));
}

#[cfg(target_os = "linux")]
#[test]
#[expect(clippy::disallowed_methods, reason = "the full disk is a file of the system")]
fn a_full_disk_is_told_of_help_too() {
    for arguments in ["table case.toml", "--help", "--version", "completions bash", ""] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let output = bench().command(arguments).stdout(full).output().expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.starts_with("error: cannot write: "), "{arguments}: {said}");
        assert_eq!(output.status.code(), Some(2), "{arguments}");
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let items: String =
        (0..20_000).map(|n| format!("[[evidence]]\nid = \"e{n}\"\ntext = \"some text\"\n")).collect();
    let bench = Bench::new().file("s.toml", format!("ach = 1\ntitle = \"T\"\n{items}"));
    for arguments in [
        "table s.toml",
        "table s.toml --format json",
        "table s.toml --format csv",
        "check s.toml --format json",
    ] {
        let mut child = bench.command(arguments).spawn().expect("the program starts");
        let mut start = [0; 10];
        child.stdout.take().expect("it has an output").read_exact(&mut start).expect("it writes");
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments}");
        assert_eq!(output.status.code(), Some(0), "{arguments}");
    }
}
