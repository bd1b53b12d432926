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
fn pages_say_what_a_program_answers_and_the_documentation_has_pages_of_its_own() {
    let bench = Bench::new();
    bench.run("man share/man1");
    let page = bench.read("share/man1/ach-table.1");
    for section in ["EXAMPLES", "EXIT STATUS", "FILES", "ENVIRONMENT", "SEE ALSO"] {
        assert!(page.contains(section), "{section}");
    }
    let examples = page.split(".SH EXAMPLES\n").nth(1).unwrap_or_default();
    assert!(examples.starts_with(".nf\nach table scenario.toml\n"), "each stands on its line: {examples}");
    assert!(!page.contains("EXTRA"));
    for (path, says) in [
        ("share/man5/ach-format.5", "rests_on"),
        ("share/man7/ach-keys.7", "Ctrl"),
        ("share/man7/ach-numbers.7", "posterior"),
    ] {
        let page = bench.read(path);
        assert!(page.starts_with(".TH ") && page.contains(".SH \"") && page.contains(says), "{path}");
    }
    bench.run("man pages");
    assert!(bench.has("pages/ach.1") && bench.has("pages/ach-format.5"));
}

#[test]
fn a_directory_that_cannot_be_made_is_named() {
    assert_snapshot!(Bench::new().file("f", "").run("man f"), @r"
    --- stderr
    error: cannot write: f: File exists (os error 17)
    --- exit 2
    ");
}
