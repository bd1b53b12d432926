//! `ach check`.

use insta::assert_snapshot;

use crate::support::{Bench, CASE, bench};

/// A file that was read and does not fit together.
fn inconsistent() -> Bench {
    let text = CASE
        .replace("name = \"The dog\"", "name = \"The dog\"\nprior = 0.5")
        .replace("short = \"Kids\"", "prior = 0.6")
        + "[[source]]\nid = \"aunt\"\nname = \"Aunt\"\ncontrolled_by = [\"dog\", \"childern\"]\n";
    Bench::new().file("case.toml", text)
}

/// A file that cannot be read.
fn unreadable() -> Bench {
    let text = CASE
        .replace("burglar = \"II\"", "burglar = \"III\"")
        .replace("relevance", "relevence")
        .replace("children = \"I\"", "childern = \"I\"");
    Bench::new().file("case.toml", text)
}

#[test]
fn errors_are_shown_where_they_are() {
    assert_snapshot!(unreadable().run("check case.toml"), @r#"
    error[unknown-hypothesis]: unknown hypothesis "childern"
      --> case.toml:29:1
       |
    29 | childern = "I"
       | ^^^^^^^^ expected the id of a hypothesis
       |
       = help: did you mean "children"?

    error[unknown-rating]: unknown rating "III"
      --> case.toml:30:11
       |
    30 | burglar = "III"
       |           ^^^^^ expected one of CC, C, N, I, II, NA
       |
       = help: did you mean "II"?

    error[unknown-key]: unknown key "relevence" in [[evidence]]
      --> case.toml:36:1
       |
    36 | relevence = "high"
       | ^^^^^^^^^
       |
       = help: did you mean "relevance"?

    3 errors in case.toml
    --- exit 1
    "#);
}

#[test]
fn contradictions_are_errors_too() {
    assert_snapshot!(inconsistent().run("check case.toml --only priors,unknown-hypothesis,unknown-source"), @r#"
    TLP:CLEAR

    error[priors]: the priors of the active hypotheses sum to 1.1, not to 1
      --> case.toml:10:9
       |
    10 | prior = 0.5
       |         ^^^ summed from here
    ...
    15 | prior = 0.6
       |         ---
       |
       = help: lower them by 0.1 in all, or remove every prior: then all start equal

    error[unknown-source]: unknown source "uncle"
      --> case.toml:26:19
       |
    26 | source = ["aunt", "uncle"]
       |                   ^^^^^^^ expected the id of a [[source]]
       |
       = help: the sources are aunt

    error[unknown-hypothesis]: unknown hypothesis "childern"
      --> case.toml:53:25
       |
    53 | controlled_by = ["dog", "childern"]
       |                         ^^^^^^^^^^ expected the id of a hypothesis
       |
       = help: did you mean "children"?

    3 errors in case.toml

    TLP:CLEAR
    --- exit 1
    "#);
}

#[test]
fn json_is_one_document_for_all_files() {
    let bench = inconsistent().file("other.toml", "ach = 1\ntitle = 1\n");
    let only = "--only priors --only wrong-type";
    assert_snapshot!(bench.run(&format!("check case.toml other.toml {only} --format json")), @r#"
    {"format":1,"files":[{"path":"case.toml","diagnostics":[{"code":"priors","severity":"error","message":"the priors of the active hypotheses sum to 1.1, not to 1","line":10,"column":9,"help":"lower them by 0.1 in all, or remove every prior: then all start equal"}]},{"path":"other.toml","diagnostics":[{"code":"wrong-type","severity":"error","message":"`title` cannot be an integer","line":2,"column":9,"help":"write it in quotes: title = \"1\""}]}]}
    --- exit 1
    "#);
    assert_snapshot!(bench.run(&format!("check case.toml other.toml {only} --format csv")), @r#"
    path,line,column,severity,code,message,help
    case.toml,10,9,error,priors,"the priors of the active hypotheses sum to 1.1, not to 1","lower them by 0.1 in all, or remove every prior: then all start equal"
    other.toml,2,9,error,wrong-type,`title` cannot be an integer,"write it in quotes: title = ""1"""
    --- exit 1
    "#);
}

#[test]
fn a_file_without_findings_is_told_so_calmly() {
    assert_snapshot!(bench().run("check case.toml --only syntax"), @r"
    TLP:CLEAR

    case.toml: no findings

    TLP:CLEAR
    ");
    assert_snapshot!(bench().run("check case.toml --only syntax -q"), @"");
    assert_snapshot!(bench().run("check case.toml --only syntax --format json"), @r#"{"format":1,"files":[{"path":"case.toml","diagnostics":[]}]}"#);
}

#[test]
fn warnings_count_when_asked_to() {
    let bench = Bench::new().file("s.toml", "title = \"T\"\nach = 1\n");
    assert_snapshot!(bench.run("check s.toml --only version-not-first"), @r"
    warning[version-not-first]: `ach` is not the first key of the file
     --> s.toml:2:1
      |
    2 | ach = 1
      | ^^^
      |
      = help: move it to the first line

    1 warning in s.toml
    ");
    assert_snapshot!(bench.run("check s.toml --only version-not-first --strict"), @r"
    warning[version-not-first]: `ach` is not the first key of the file
     --> s.toml:2:1
      |
    2 | ach = 1
      | ^^^
      |
      = help: move it to the first line

    1 warning in s.toml
    --- exit 1
    ");
    assert_snapshot!(bench.run("check s.toml --only version-not-first --allow version-not-first --strict"), @"s.toml: no findings");
}

#[test]
fn a_file_that_cannot_be_read_is_never_clean() {
    assert_snapshot!(bench().file("s.toml", "ach = 1\n").run("check s.toml --only version-not-first"), @r#"
    error[missing-key]: this scenario has no `title`
     --> s.toml:1:1
      |
    1 | ach = 1
      | ^ expected a key `title`
      |
      = help: add `title = "..."`

    1 error in s.toml
    --- exit 1
    "#);
}

#[test]
fn doubts_about_the_analysis_are_warnings() {
    assert_snapshot!(bench().run("check case.toml"), @r#"
    TLP:CLEAR

    warning[few-hypotheses]: only two hypotheses are active, dog and children
     --> case.toml:2:9
      |
    2 | title = "Who took the cake?"
      |         ^^^^^^^^^^^^^^^^^^^^
      |
      = help: add what else could explain the evidence, however unlikely it seems

    warning[lead-on-one-item]: the lead of children hangs on plate: without it dog leads
      --> case.toml:32:1
       |
    32 | [[evidence]]
       | ^^^^^^^^^^^^
       |
       = help: check the source of each, and what else could explain it

    warning[unsourced]: plate names no source
      --> case.toml:32:1
       |
    32 | [[evidence]]
       | ^^^^^^^^^^^^
       |
       = help: name who says it in `source`, or mark the item as an assumption or argument

    warning[one-hypothesis-item]: barking is rated CC to II for children alone
      --> case.toml:41:1
       |
    41 | [[evidence]]
       | ^^^^^^^^^^^^
       |
       = help: rate it for the other hypotheses too: how expected would it be under each of them?

    warning[absence-unsearched]: barking is an absence and does not say how well anybody looked
      --> case.toml:41:1
       |
    41 | [[evidence]]
       | ^^^^^^^^^^^^
       |
       = help: set searched to full, partial or none

    warning[undated]: barking has no date
      --> case.toml:41:1
       |
    41 | [[evidence]]
       | ^^^^^^^^^^^^
       |
       = help: give the date on which it became known, or only the month or year

    warning[unsourced]: barking names no source
      --> case.toml:41:1
       |
    41 | [[evidence]]
       | ^^^^^^^^^^^^
       |
       = help: name who says it in `source`, or mark the item as an assumption or argument

    7 warnings in case.toml

    TLP:CLEAR
    "#);
    let allowed = "undated,unsourced,no-catch-all,lead-on-one-item,one-hypothesis-item,absence-unsearched";
    let strict = format!("check case.toml --strict --allow {allowed} --allow few-hypotheses");
    assert_snapshot!(bench().run(&strict), @"
    TLP:CLEAR

    case.toml: no findings

    TLP:CLEAR
    ");
}

#[test]
fn files_that_are_not_there_end_it_with_2() {
    assert_snapshot!(bench().run("check cake.toml case.toml --only syntax"), @r#"
    TLP:CLEAR

    case.toml: no findings

    TLP:CLEAR
    --- stderr
    error: cannot read cake.toml: there is no such file
    help: did you mean "case.toml"?
    --- exit 2
    "#);
}

#[test]
fn of_many_errors_the_first_are_shown_and_the_rest_counted() {
    let text = format!("{CASE}[meta]\n[wrong]\n") + &"[[evidence]]\nid = \"X\"\ntext = \"x\"\n".repeat(30);
    let told = Bench::new().file("s.toml", text).run("check s.toml");
    assert_eq!(told.matches("error[").count(), 20, "{told}");
    let end = told.lines().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n");
    assert_snapshot!(end, @r#"
        = help: did you mean "x"?

    ... and 11 more errors; `ach check --format json s.toml` lists all

    31 errors in s.toml
    --- exit 1
    "#);
}

#[test]
fn codes_are_explained() {
    assert_snapshot!(bench().run("check --explain unknown-rating"), @r"
    unknown-rating
    error

    A rating is one of CC, C, N, I, II and NA, in capitals. A blank cell has no key.
    ");
    assert_snapshot!(bench().run("check --explain unknown-rting"), @r#"
    --- stderr
    error: invalid value 'unknown-rting' for '--explain <CODE>': there is no such code; did you mean "unknown-rating"?

    For more information, try '--help'.
    --- exit 2
    "#);
    assert_snapshot!(bench().run("check --explain priors --format json"), @r#"{"format":1,"code":"priors","severity":"error","text":"Priors are given for no active hypothesis or for all of them, each above 0, with a sum of 1. The prior of a rejected hypothesis is ignored.","source":null}"#);
}

#[test]
fn a_part_of_codes_is_answered_with_the_codes_that_have_it() {
    assert_snapshot!(bench().run("check case.toml --only lead"), @"
    --- stderr
    error: invalid value 'lead' for '--only <CODE>': there is no such code; there is leader-unrated, lead-on-one-item, lead-on-one-source, lead-on-assumptions, lead-on-group, lead-on-uncommon-items, lead-on-low-credibility

    For more information, try '--help'.
    --- exit 2
    ");
}

#[test]
fn hooks_pass_over_files_that_are_no_scenarios() {
    let bench = bench().file("Cargo.toml", "[package]\nname='x'\n").file("broken.toml", "ach = 1\n");
    assert_eq!(bench.run("check --skip-others Cargo.toml"), "");
    assert_eq!(bench.run("fmt --skip-others Cargo.toml"), "");
    assert_eq!(bench.read("Cargo.toml"), "[package]\nname='x'\n");
    let told = bench.run("check --skip-others Cargo.toml broken.toml --only missing-key");
    assert!(
        told.contains("broken.toml") && told.ends_with("--- exit 1\n") && !told.contains("Cargo"),
        "{told}"
    );
    assert!(bench.run("check Cargo.toml").ends_with("--- exit 1\n"));
}
