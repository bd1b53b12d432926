//! `ach man`.

use insta::assert_snapshot;

use crate::support::Bench;

#[test]
fn every_command_has_a_page() {
    let bench = Bench::new();
    assert_eq!(bench.run("man share/man1"), "");
    assert!(bench.read("share/man1/ach.1").contains("Analysis of Competing Hypotheses"));
    for command in ["table", "rank", "check", "schema", "completions", "man"] {
        assert!(bench.read(&format!("share/man1/ach-{command}.1")).starts_with(".ie"), "{command}");
    }
}

#[test]
fn a_directory_that_cannot_be_made_is_named() {
    assert_snapshot!(Bench::new().file("f", "").run("man f"), @r"
    --- stderr
    error: cannot write: f: File exists (os error 17)
    --- exit 2
    ");
}
