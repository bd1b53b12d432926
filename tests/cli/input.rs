//! Where scenarios come from, and what is said of files that cannot be used.

use insta::assert_snapshot;

use crate::support::{Bench, CASE, bench};

#[test]
fn standard_input_is_a_file() {
    assert_snapshot!(Bench::new().run_on(CASE, "rank - --format csv"), @r"
    id,name,status,inconsistency,inconsistency_rank,weighted,weighted_rank,net,net_rank,bayes,bayes_rank,words
    children,The children,active,-1,1,-1.4142135623730951,1,1,1,0.7051370199357295,1,likely
    dog,The dog,active,-2,2,-2.8284271247461903,2,0,2,0.2948629800642706,2,unlikely
    burglar,A burglar,rejected,-3,,-3.8284271247461903,,-3.8284271247461903,,,,
    ");
    assert_snapshot!(Bench::new().run_on("ach = 1\n", "table -"), @r#"
    --- stderr
    error[missing-key]: this scenario has no `title`
     --> <stdin>:1:1
      |
    1 | ach = 1
      | ^ expected a key `title`
      |
      = help: add `title = "..."`

    --- exit 2
    "#);
    assert_snapshot!(Bench::new().run("table - -"), @r"
    --- stderr
    error: standard input can be read once: name - once

    Usage: ach table [OPTIONS] <FILE>...

    For more information, try '--help'.
    --- exit 2
    ");
}

#[test]
fn a_file_that_is_not_there_is_looked_for() {
    assert_snapshot!(bench().run("table csae.toml"), @r#"
    --- stderr
    error: cannot read csae.toml: there is no such file
    help: did you mean "case.toml"?
    --- exit 2
    "#);
    assert_snapshot!(bench().run("table nowhere/case.toml"), @r"
    --- stderr
    error: cannot read nowhere/case.toml: there is no such file
    help: there is no directory nowhere
    --- exit 2
    ");
    assert_snapshot!(bench().run("table ."), @r"
    --- stderr
    error: cannot read .: this is a directory
    help: name a scenario file in it
    --- exit 2
    ");
}

#[test]
fn all_unusable_files_are_told_at_once() {
    let bench = bench().file("a.toml", "[package]\nname = \"x\"\n").file("b.toml", [b'a', 0xff]);
    assert_snapshot!(bench.run("rank a.toml case.toml b.toml c.toml"), @r#"
    --- stderr
    error[not-a-scenario]: this file is not a scenario: it has no key `ach`
     --> a.toml:1:1
      |
    1 | [package]
      | ^ expected `ach = 1`
      |
      = help: a scenario starts with `ach = 1`

    error[not-utf8]: the byte 0xFF is not UTF-8 here
     --> b.toml:1:2
      |
    1 | a�
      |  ^ expected UTF-8
      |
      = help: save the file as UTF-8; nothing else in it was checked

    error: cannot read c.toml: there is no such file
    help: did you mean "a.toml"?
    --- exit 2
    "#);
}

#[test]
fn what_does_not_fit_together_is_not_scored() {
    let text = CASE.replace("name = \"The dog\"", "name = \"The dog\"\nprior = 0.5");
    assert_snapshot!(Bench::new().file("case.toml", text).run("table case.toml"), @r"
    --- stderr
    error[priors]: no prior for children
      --> case.toml:12:1
       |
    10 | prior = 0.5
       |         --- since this hypothesis has one
    11 |
    12 | [[hypothesis]]
       | ^^^^^^^^^^^^^^ expected a prior here too
       |
       = help: give it the 0.5 that is left to 1, or remove every prior: then all start equal

    --- exit 2
    ");
}

#[test]
fn an_endless_file_is_cut_off() {
    let told = Bench::new().run("table /dev/zero");
    assert!(told.contains("error[too-large]") && told.ends_with("--- exit 2\n"), "{told}");
}

#[test]
fn what_stands_in_a_file_reaches_no_terminal_raw() {
    let text = "ach = 1\ntitle = \"\u{202e}T\"\nfoo\u{1b}[31m = 1 # \u{7}\n";
    assert_snapshot!(Bench::new().file("s.toml", text).run("table s.toml"), @r#"
    --- stderr
    error[syntax]: a control character
     --> s.toml:3:4
      |
    3 | foo\u001b[31m = 1 # \u0007
      |    ^^^^^^
      |
      = help: remove it, or write \u001B in double quotes

    --- exit 2
    "#);
}

#[test]
fn a_month_as_a_date_goes_in_quotes() {
    let case = "ach = 1\ntitle = \"T\"\n[[evidence]]\nid = \"e\"\ntext = \"t\"\ndate = 2024-03\n";
    assert_snapshot!(Bench::new().run_on(case, "table -"), @r#"
    --- stderr
    error[bad-date]: there is no such date or time
     --> <stdin>:6:8
      |
    6 | date = 2024-03
      |        ^^^^^^^ expected a day of the calendar such as 2025-12-02
      |
      = help: write it in quotes: "2024-03"

    --- exit 2
    "#);
}
