//! Help, and what is said to wrong usage.

use insta::assert_snapshot;

use crate::support::{Bench, bench};

#[test]
fn alone_it_helps() {
    assert_snapshot!(Bench::new().run(""), @"
    ach weighs evidence for and against competing hypotheses, in plain files.

    See a worked case:       ach new --example tajik-border
                             ach table tajik-border.toml     then: ach tajik-border.toml, the editor
    Begin a case of yours:   ach new case.toml
                             ach case.toml
    See what else there is:  ach --help
    ");
}

#[test]
fn commands_explain_themselves() {
    assert_snapshot!(Bench::new().run("table --help"), @"
    Show the matrix with scores and ranks

    Each row is an item of evidence, each column a hypothesis. A cell says how expected the item would
    be if the hypothesis were true: CC very consistent, C consistent, N neutral, I inconsistent, II very
    inconsistent, NA not applicable, a dot not rated yet. Below are the score and the rank of each
    hypothesis; higher scores are better, and under the default method 0 is best.

    On a narrow page the texts are left out first, then the table is turned on its side.

    Usage: ach table [OPTIONS] <FILE>...

    Arguments:
      <FILE>...
              Scenarios, or - for standard input

    Options:
          --method <METHOD>
              Method to score by, instead of the scenario's own
              
              [possible values: inconsistency, weighted, net, bayes]

          --as-of <DATE>
              Count only evidence known by this day, month or year; items without a date always count

          --where <FILTER>
              Count only evidence that passes, such as 'kind:fact !source:press credibility:high
              rated:iskp=II'

          --format <FORMAT>
              Format of the answer
              
              [default: text]
              [possible values: text, json, csv, markdown]

          --sort <ORDER>
              Order of the evidence
              
              [default: file]
              [possible values: file, diagnosticity, date, id]

      -h, --help
              Print help (see a summary with '-h')

    Page options:
          --color <WHEN>
              When to use colour; NO_COLOR and CLICOLOR_FORCE are respected too

              Possible values:
              - auto:   On a terminal
              - always: Always
              - never:  Never
              
              [default: auto]

          --width <N>
              Columns for text; at least 40; by default those of the terminal, or 100 without one

      -q, --quiet
              Print only the answer itself

    Examples:
      ach table scenario.toml
      ach table scenario.toml --sort diagnosticity --method bayes
      ach table scenario.toml --as-of 2025-11-30 --format csv
    ");
}

#[test]
fn wrong_usage_is_answered_with_the_right_one() {
    assert_snapshot!(bench().run("tabel case.toml"), @r#"
    --- stderr
    error: there is no command and no file "tabel"
    help: did you mean "table"?
    --- exit 2
    "#);
    assert_snapshot!(bench().run("table"), @r"
    --- stderr
    error: the following required arguments were not provided:
      <FILE>...

    Usage: ach table <FILE>...

    For more information, try '--help'.
    --- exit 2
    ");
    assert_snapshot!(bench().run("table case.toml --method baies"), @r"
    --- stderr
    error: invalid value 'baies' for '--method <METHOD>'
      [possible values: inconsistency, weighted, net, bayes]

      tip: a similar value exists: 'bayes'

    For more information, try '--help'.
    --- exit 2
    ");
    assert_snapshot!(bench().run("table case.toml --as-of yesterday"), @r"
    --- stderr
    error: invalid value 'yesterday' for '--as-of <DATE>': expected a date such as 2025-12-04, 2025-12 or 2025

    For more information, try '--help'.
    --- exit 2
    ");
}

#[test]
fn help_on_a_command_may_come_before_it() {
    assert_eq!(Bench::new().run("help sensitivity"), Bench::new().run("sensitivity --help"));
    assert_eq!(Bench::new().run("help git install"), Bench::new().run("git install --help"));
    assert!(Bench::new().run("help tabel").ends_with("--- exit 2\n"));
}

#[test]
fn numbers_that_are_none_are_refused_in_words() {
    assert_snapshot!(bench().run("robustness case.toml --draws 0"), @r"
    --- stderr
    error: invalid value '0' for '--draws <N>': expected a whole number from 1 to 1,000,000,000

    For more information, try '--help'.
    --- exit 2
    ");
    for (words, expected) in [
        ("robustness case.toml --draws -1", "a whole number from 1 to 1,000,000,000"),
        ("robustness case.toml --draws 1e99", "a whole number from 1 to 1,000,000,000"),
        ("robustness case.toml --seed -1", "a whole number, 0 or more"),
        ("robustness case.toml --seed big", "a whole number, 0 or more"),
        ("table case.toml --width -1", "a whole number of columns, such as 100"),
        ("table case.toml --width wide", "a whole number of columns, such as 100"),
        ("log case.toml -n 0", "a whole number of commits, 1 or more"),
        ("log case.toml -n -1", "a whole number of commits, 1 or more"),
    ] {
        let told = bench().run(words);
        assert!(
            told.contains(&format!("expected {expected}\n")) && told.ends_with("--- exit 2\n"),
            "{words}: {told}"
        );
    }
}

#[test]
fn a_misspelt_file_is_told_before_the_want_of_a_terminal() {
    assert_snapshot!(bench().run("cas.toml"), @r#"
    --- stderr
    error: cannot read cas.toml: there is no such file
    help: did you mean "case.toml"? Or: `ach new cas.toml` starts it
    --- exit 2
    "#);
}

#[test]
fn the_editor_needs_a_terminal() {
    for words in ["edit case.toml", "case.toml"] {
        let told = bench().run(words);
        assert!(
            told.contains("the editor needs a terminal") && told.contains("--- exit 2"),
            "{words}: {told}"
        );
    }
    let told = bench().env("TERM", "dumb").run("edit case.toml");
    assert!(told.contains("Give: ITEM HYPOTHESIS RATING") && !told.contains('\u{1b}'), "{told}");
}

#[test]
fn where_nothing_can_be_concluded_the_first_step_is_told() {
    let commands = ["table", "rank", "explain", "sensitivity", "robustness", "next", "timeline"];
    let two = |status| {
        format!(
            "ach = 1\ntitle = \"T\"\n[[hypothesis]]\nid = \"a\"\nname = \"Alpha\"\n{status}[[hypothesis]]\nid = \"b\"\n\
             name = \"Beta\"\n{status}"
        )
    };
    let bench = Bench::new()
        .file("empty.toml", "ach = 1\ntitle = \"T\"\n")
        .file("bare.toml", two(""))
        .file("rejected.toml", two("status = \"rejected\"\n"));
    for (file, step) in [
        ("empty.toml", "ach add empty.toml hypothesis ID --name NAME adds a hypothesis"),
        ("bare.toml", "ach add bare.toml evidence ID --text TEXT adds an item"),
        ("rejected.toml", "ach set rejected.toml a.status active takes a hypothesis up again"),
    ] {
        for command in commands {
            let said = bench.result(&format!("{command} {file}"));
            assert_eq!(said.trim_end().lines().last(), Some(step), "{command} {file}");
        }
    }
}

#[test]
fn a_version_that_cannot_be_changed_has_no_command_suggested_that_changes_it() {
    let rejected =
        "ach = 1\ntitle = \"T\"\n[[hypothesis]]\nid = \"a\"\nname = \"Alpha\"\nstatus = \"rejected\"\n";
    let undated = "[[evidence]]\nid = \"a\"\ntext = \"X\"\n";
    let bench = Bench::new()
        .file("empty.toml", "ach = 1\ntitle = \"T\"\n")
        .file("rejected.toml", rejected)
        .file("both.toml", format!("{rejected}{undated}"))
        .file("undated.toml", format!("{rejected}{undated}").replace("status = \"rejected\"\n", ""))
        .committed();
    for command in ["table empty.toml", "rank rejected.toml", "timeline undated.toml"] {
        let (command, file) = command.split_once(' ').expect("a command and a file");
        let now = bench.result(&format!("{command} {file}"));
        let suggests = |said: &str| said.contains("ach add ") || said.contains("ach set ");
        assert!(suggests(&now), "{now}");
        let kept = bench.result(&format!("{command} HEAD:{file}"));
        assert!(!suggests(&kept), "{kept}");
    }
    // An id that several things have is told with its kind, as the command wants it.
    let said = bench.result("table both.toml");
    assert!(said.contains("ach set both.toml hypothesis:a.status active takes"), "{said}");
    bench.result("set both.toml hypothesis:a.status active");
    let said = bench.result("timeline both.toml");
    assert!(said.contains("ach set both.toml evidence:a.date YYYY-MM-DD dates an item"), "{said}");
    let said = bench.run("set both.toml evidence:a.id b");
    assert!(said.contains("use `ach mv FILE evidence:a NEW-ID`"), "{said}");
}

#[test]
fn without_a_command_the_first_steps_are_named() {
    assert_snapshot!(Bench::new().run(""), @"
    ach weighs evidence for and against competing hypotheses, in plain files.

    See a worked case:       ach new --example tajik-border
                             ach table tajik-border.toml     then: ach tajik-border.toml, the editor
    Begin a case of yours:   ach new case.toml
                             ach case.toml
    See what else there is:  ach --help
    ");
}

#[test]
fn a_command_of_two_words_is_listed_under_its_name_and_known_by_no_other() {
    let bench = Bench::new();
    let help = bench.run("--help");
    assert!(help.contains("\n  post-mortem  Compare"), "{help}");
    let told = bench.run("post_mortem case.toml");
    assert!(told.contains("did you mean \"post-mortem\"?"), "{told}");
}
