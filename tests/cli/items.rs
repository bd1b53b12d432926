//! `ach add`, `ach rm`, `ach mv`: items come, go, get other ids and other places.

use insta::assert_snapshot;

use crate::support::{Bench, CASE, bench, changed};

#[test]
fn an_item_is_added_as_the_format_shows_it() {
    let words = [
        "add",
        "case.toml",
        "evidence",
        "paw",
        "--text",
        "A paw print",
        "--date",
        "2025-03",
        "--tags",
        "a,b",
    ];
    assert_snapshot!(changed(&bench(), &words), @r#"
    evidence paw added
    +
    +[[evidence]]
    +id = "paw"
    +text = "A paw print"
    +date = "2025-03"
    +tags = ["a", "b"]
    "#);
    let words = ["add", "case.toml", "hypothesis", "cat", "--name", "The cat", "--before", "children"];
    assert_snapshot!(changed(&bench(), &words), @r#"
    hypothesis cat added
    +id = "cat"
    +name = "The cat"
    +
    +[[hypothesis]]
    "#);
    let words =
        ["add", "case.toml", "indicator", "again", "--text", "Another cake goes", "--hypothesis", "dog"];
    assert_snapshot!(changed(&bench(), &words), @r#"
    indicator again added
    +
    +[[indicator]]
    +id = "again"
    +text = "Another cake goes"
    +hypothesis = "dog"
    "#);
}

#[test]
fn what_cannot_be_added_is_refused() {
    for (words, said) in [
        (&["evidence", "paw"][..], "needs --text"),
        (&["hypothesis", "dog", "--name", "x"], "already"),
        (&["evidence", "A Paw", "--text", "x"], "perhaps \"a-paw\""),
        (&["evidence", "paw", "--text", "x", "--prior", "1"], "error: evidence has no field \"prior\""),
        (&["evidence", "paw", "--text", "x", "--grade", "B2", "--credibility", "low"], "one of the two"),
        (&["evidence", "paw", "--text", "x", "--after", "crums"], "did you mean \"crumbs\"?"),
        (&["indicator", "i", "--text", "x", "--hypothesis", "cta"], "there is no hypothesis \"cta\""),
        (&["evidnce", "paw", "--text", "x"], "evidence"),
        (&["evidence", "paw", "--text", "x", "--kind", "fiction"], "expected one of fact"),
    ] {
        let bench = bench();
        let mut arguments = vec!["add", "case.toml"];
        arguments.extend(words);
        let told = changed(&bench, &arguments);
        assert!(told.contains(said) && told.contains("--- exit 2"), "{words:?}: {told}");
        assert_eq!(bench.read("case.toml"), CASE, "{words:?}");
    }
}

#[test]
fn an_item_goes_with_what_belongs_to_it() {
    assert_snapshot!(changed(&bench(), &["rm", "case.toml", "crumbs"]), @r#"
    evidence crumbs removed, with 3 ratings
    -id = "crumbs"
    -text = "Crumbs lead from the table to the basket"
    -date = 2025-03-08
    -source = ["aunt", "uncle"]
    -credibility = "high"
    -[evidence.ratings]
    -dog = "CC"
    -children = "I"
    -burglar = "II"
    -
    -[[evidence]]
    "#);
    assert_snapshot!(changed(&bench(), &["rm", "case.toml", "dog"]), @r#"
    hypothesis dog removed, with 3 ratings
    -id = "dog"
    -name = "The dog"
    -
    -[[hypothesis]]
    -dog = "CC"
    -dog = "II"
    -dog = "NA"
    "#);
    let told = changed(&bench(), &["rm", "case.toml", "crumb"]);
    assert!(told.contains("did you mean \"crumbs\"?") && told.contains("--- exit 2"), "{told}");
}

#[test]
fn a_cited_source_stays_unless_forced() {
    let text =
        CASE.replacen("[[evidence]]", "[[source]]\nid = \"cook\"\nname = \"The cook\"\n\n[[evidence]]", 1);
    let text = regex_sources(&text);
    let bench = crate::support::Bench::new().file("case.toml", &text);
    let told = changed(&bench, &["rm", "case.toml", "cook"]);
    assert!(told.contains("still cited by") && told.contains("--force"), "{told}");
    assert_eq!(bench.read("case.toml"), text);
    let told = changed(&bench, &["rm", "case.toml", "cook", "--force"]);
    assert!(told.contains("source cook removed"), "{told}");
    assert!(!bench.read("case.toml").contains("cook"));
}

/// The case with every item citing the cook alone.
fn regex_sources(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("source = "));
    let lines = lines.map(|line| {
        if line.starts_with("text = ") { format!("{line}\nsource = \"cook\"") } else { line.into() }
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn an_item_gets_another_id_or_place() {
    assert_snapshot!(changed(&bench(), &["mv", "case.toml", "dog", "the-dog"]), @r#"
    hypothesis dog renamed to the-dog
    -id = "dog"
    +id = "the-dog"
    -dog = "CC"
    +the-dog = "CC"
    -dog = "II"
    +the-dog = "II"
    -dog = "NA"
    +the-dog = "NA"
    "#);
    assert_snapshot!(changed(&bench(), &["mv", "case.toml", "dog", "--after", "children"]), @r#"
    hypothesis dog moved from place 1 to 2
    -id = "dog"
    -name = "The dog"
    -
    -[[hypothesis]]
    +id = "dog"
    +name = "The dog"
    +
    +[[hypothesis]]
    -dog = "CC"
    +dog = "CC"
    -dog = "II"
    +dog = "II"
    -dog = "NA"
    +dog = "NA"
    "#);
    assert_snapshot!(changed(&bench(), &["mv", "case.toml", "dog", "--before", "dog"]), @"nothing to change");
    for (words, said) in [
        (&["dog", "children"][..], "already"),
        (&["dog", "The Dog"], "perhaps \"the-dog\""),
        (&["dog"], "NEW-ID"),
        (&["dog", "--after", "crumbs"], "there is no hypothesis \"crumbs\""),
    ] {
        let bench = bench();
        let mut arguments = vec!["mv", "case.toml"];
        arguments.extend(words);
        let told = changed(&bench, &arguments);
        assert!(told.contains(said) && told.contains("--- exit 2"), "{words:?}: {told}");
        assert_eq!(bench.read("case.toml"), CASE, "{words:?}");
    }
}

#[test]
fn declaring_the_first_source_does_not_take_the_answers_away() {
    let bench = bench();
    let told = bench.run("add case.toml source aunt --name AFP");
    assert_snapshot!(told, @"
    source aunt added
    source uncle added
    ");
    assert!(bench.run("table case.toml").contains("The dog"));
    // Texts become ids, each once, and what means the new source by its name is that source.
    let bench =
        Bench::new().file("case.toml", CASE.replacen("\"aunt\", \"uncle\"", "\"AFP\", \"The Uncle, 2\"", 1));
    bench.run("add case.toml source agency --name afp");
    let text = bench.read("case.toml");
    assert!(text.contains("source = [\"agency\", \"the-uncle-2\"]"), "{text}");
    assert!(text.contains("id = \"the-uncle-2\"\nname = \"The Uncle, 2\""), "{text}");
}

#[test]
fn a_file_that_is_formatted_is_so_after_a_hypothesis_moved() {
    let bench = bench();
    bench.run("fmt case.toml");
    let bench = Bench::new().file("case.toml", bench.read("case.toml"));
    for place in ["burglar --before dog", "dog --after children", "children --before burglar"] {
        bench.run(&format!("mv case.toml {place}"));
        assert_eq!(bench.run("fmt --check case.toml"), "", "{place}");
    }
}
