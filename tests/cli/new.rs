//! `ach new` and `ach fmt`: files that start, and files that are put in order.

use insta::assert_snapshot;

use crate::support::{Bench, CASE};

#[test]
fn a_new_file_can_be_read_and_says_what_goes_where() {
    let bench = Bench::new();
    assert_eq!(
        bench.run("new the-leak.ach.toml --question Who? -H insider=Insider -H hack=Break-in"),
        "wrote the-leak.ach.toml\n"
    );
    assert_snapshot!(bench.read("the-leak.ach.toml"), @r#"
    # An Analysis of Competing Hypotheses, to be read and edited with `ach`.
    # What each key means: ach schema, or docs/format.md of the project.
    ach = 1
    title = "The leak"
    question = "Who?"
    # as_of = 2025-12-04                 # date of the analysis
    # authors = ["..."]

    [[hypothesis]]
    id = "insider"
    name = "Insider"

    [[hypothesis]]
    id = "hack"
    name = "Break-in"

    # How the parts are written. The editor and `ach add` write them for you, above these lines.
    #
    # Hypotheses: every answer that is possible, also those that you do not believe.
    #
    # [[hypothesis]]
    # id = "insider"                     # a-z, 0-9 and -, at most 40 characters
    # name = "An insider"
    # description = "What exactly it claims, and what it would lead you to expect."
    #
    # Evidence: everything that bears on an answer: facts, assumptions, arguments, and what did not happen.
    # In each cell: if this hypothesis were true, how expected would this item be?
    # CC very consistent, C consistent, N neutral, I inconsistent, II very inconsistent, NA not applicable
    #
    # [[evidence]]
    # id = "night-log"
    # text = "The door log shows nobody after 20:00"
    # kind = "fact"                      # fact, assumption, argument or absence
    # date = 2025-12-02
    # source = "Building security"
    # credibility = "medium"             # low, medium or high; or grade = "B2"
    # relevance = "high"                 # low, medium or high
    #
    # [evidence.ratings]
    # insider = "C"
    #
    # Indicators: what to watch for next, and what it would tell.
    #
    # [[indicator]]
    # id = "second-leak"
    # text = "Another memo appears"
    # hypothesis = "insider"
    "#);
    assert_eq!(bench.run("fmt --check the-leak.ach.toml"), "");
}

#[test]
fn what_is_added_to_a_new_file_stands_above_the_examples() {
    let bench = Bench::new();
    for words in [
        "new x.toml",
        "add x.toml indicator i --text I",
        "add x.toml evidence e --text E",
        "add x.toml source s --name S",
        "add x.toml hypothesis h --name H",
        "set x.toml e h C",
    ] {
        let told = bench.run(words);
        assert!(!told.contains("exit"), "{words}: {told}");
    }
    let text = bench.read("x.toml");
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} in {text}"));
    let order =
        ["# authors", "\n[[hypothesis]]", "\n[[source]]", "\n[[evidence]]", "\n[[indicator]]", "# How the"];
    assert!(order.map(at).is_sorted(), "{text}");
}

#[test]
fn nothing_is_overwritten() {
    let bench = Bench::new().file("case.toml", CASE);
    let told = bench.run("new case.toml");
    assert!(told.contains("case.toml") && told.contains("--- exit 2"), "{told}");
    assert_eq!(bench.read("case.toml"), CASE);
    for (words, said) in [
        ("new x.toml -H a=A -H a=B", "twice"),
        ("new x.toml -H Big=A", "perhaps \"big\""),
        ("new x.toml -H a", "ID=NAME"),
        ("new no/such/x.toml", "no/such"),
    ] {
        let told = bench.run(words);
        assert!(told.contains(said) && told.contains("--- exit 2"), "{words}: {told}");
        assert!(!bench.has("x.toml"));
    }
    bench.run("new x.toml --dry-run");
    assert!(!bench.has("x.toml"));
}

#[test]
fn formatting_orders_and_spaces_and_is_done_once() {
    let text = "title='t'\n ach=1 # one\n[[hypothesis]]\nname=\"A\"\nid=\"a\"\n";
    let bench = Bench::new().file("s.toml", text).file("ok.toml", "ach = 1\ntitle = \"t\"\n");
    assert_eq!(bench.run("fmt --check s.toml ok.toml"), "s.toml\n--- exit 1\n");
    assert_eq!(bench.run("fmt --dry-run s.toml ok.toml"), "s.toml\n");
    assert_eq!(bench.read("s.toml"), text);
    assert_eq!(bench.run("fmt s.toml ok.toml"), "formatted s.toml\n");
    assert_eq!(
        bench.read("s.toml"),
        "ach = 1 # one\ntitle = 't'\n\n[[hypothesis]]\nid = \"a\"\nname = \"A\"\n"
    );
    assert_eq!(bench.run("fmt --check s.toml ok.toml"), "");
    assert_eq!(bench.run_on(text, "fmt -"), bench.read("s.toml"));
    let broken = Bench::new().file("s.toml", "ach = 1\n");
    assert!(broken.run("fmt s.toml").contains("error[missing-key]"));
    assert_eq!(broken.read("s.toml"), "ach = 1\n");
}

#[test]
fn a_dash_is_standard_output_and_no_file() {
    let bench = Bench::new();
    let told = bench.run("new - --title Leak -H insider=Insider");
    assert!(told.contains("title = \"Leak\"") && !told.contains("wrote"), "{told}");
    assert!(!bench.has("-"));
}

#[test]
fn worked_cases_come_with_the_program() {
    let bench = Bench::new();
    for case in ["tajik-border", "iraq-1993", "olympic-destroyer", "opera-neutrinos"] {
        assert_eq!(bench.run(&format!("new --example {case}")), format!("wrote {case}.toml\n"));
        assert!(!bench.read(&format!("{case}.toml")).contains("../docs/"), "{case} names no schema");
        bench.result(&format!("table {case}.toml"));
    }
    assert_eq!(bench.run("new mine.toml --example iraq-1993"), "wrote mine.toml\n");
    assert!(bench.run("new mine.toml --example nothing").contains("[possible values: tajik-border"));
}

#[test]
fn new_and_edit_name_each_other() {
    let bench = Bench::new().file("there.toml", "ach = 1\n");
    assert_snapshot!(bench.run("new there.toml"), @"
    --- stderr
    error: there.toml already exists
    help: `ach edit there.toml` opens it
    --- exit 2
    ");
    assert_snapshot!(bench.run("edit my-case.toml"), @"
    --- stderr
    error: cannot read my-case.toml: there is no such file
    help: `ach new my-case.toml` starts it
    --- exit 2
    ");
    assert_snapshot!(bench.run("edit ther.toml"), @r#"
    --- stderr
    error: cannot read ther.toml: there is no such file
    help: did you mean "there.toml"? Or: `ach new ther.toml` starts it
    --- exit 2
    "#);
}
