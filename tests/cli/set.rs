//! `ach set`.

use insta::assert_snapshot;

use crate::support::{Bench, CASE, bench, changed};

/// Runs a command, and returns its output and the lines of the case that it changes.
fn set(bench: &Bench, what: &[&str]) -> String {
    let mut arguments = vec!["set", "case.toml"];
    arguments.extend(what);
    changed(bench, &arguments)
}

#[test]
fn a_cell_changes_in_its_line() {
    assert_snapshot!(set(&bench(), &["crumbs", "dog", "II"]), @r#"
    crumbs / dog: CC -> II
    -dog = "CC"
    +dog = "II"
    "#);
    assert_snapshot!(set(&bench(), &["crumbs", "dog", "blank"]), @r#"
    crumbs / dog: CC -> ·
    -dog = "CC"
    "#);
    assert_snapshot!(set(&bench(), &["crumbs", "dog", "N", "--note", "Dogs lick", "--confidence", "low"]), @r#"
    crumbs / dog: CC -> N
    crumbs / dog confidence: · -> low
    crumbs / dog note: · -> "Dogs lick"
    -dog = "CC"
    +dog = { rating = "N", confidence = "low", note = "Dogs lick" }
    "#);
    assert_snapshot!(set(&bench(), &["crumbs", "dog", "--confidence", "high"]), @r#"
    crumbs / dog confidence: · -> high
    -dog = "CC"
    +dog = { rating = "CC", confidence = "high" }
    "#);
}

#[test]
fn a_cell_set_to_what_it_is_leaves_the_file_alone() {
    let bench = bench();
    let before = bench.modified("case.toml");
    assert_snapshot!(set(&bench, &["crumbs", "dog", "CC"]), @"nothing to change");
    assert_eq!(bench.modified("case.toml"), before);
}

#[test]
fn any_other_field_is_set_by_its_path() {
    assert_snapshot!(set(&bench(), &["crumbs.credibility", "high"]), @"nothing to change");
    assert_snapshot!(set(&bench(), &["crumbs.grade", "B2"]), @r#"
    crumbs credibility: high -> ·
    crumbs grade: · -> B2
    -credibility = "high"
    +grade = "B2"
    "#);
    assert_snapshot!(set(&bench(), &["children.status", "rejected"]), @r#"
    children status: · -> rejected
    +status = "rejected"
    "#);
    assert_snapshot!(set(&bench(), &["scoring.method", "net"]), @r#"
    scoring.method: · -> net
    +[scoring]
    +method = "net"
    +
    "#);
    assert_snapshot!(set(&bench(), &["crumbs.tags", "kitchen, floor"]), @r#"
    crumbs tags: · -> [kitchen, floor]
    +tags = ["kitchen", "floor"]
    "#);
    assert_snapshot!(set(&bench(), &["title", "Who ate it?"]), @r#"
    title: "Who took the cake?" -> "Who ate it?"
    -title = "Who took the cake?"
    +title = "Who ate it?"
    "#);
    assert_snapshot!(set(&bench(), &["question", "--unset"]), @r#"
    question: "Where did the cake go between noon and two?" -> ·
    -question = "Where did the cake go between noon and two?"
    "#);
    assert_snapshot!(set(&bench(), &["evidence:crumbs.date", "2025-03"]), @r#"
    crumbs date: 2025-03-08 -> 2025-03
    -date = 2025-03-08
    +date = "2025-03"
    "#);
}

#[test]
fn what_is_not_there_is_refused_with_the_nearest_that_is() {
    for (what, said) in [
        (&["crums", "dog", "C"][..], "did you mean \"crumbs\"?"),
        (&["crumbs", "dgo", "C"], "did you mean \"dog\"?"),
        (&["crumbs", "dog", "ii"], "did you mean \"II\"?"),
        (&["crumbs.credibilty", "high"], "did you mean \"credibility\"?"),
        (&["crumbs.credibility", "hihg"], "did you mean \"high\"?"),
        (&["crumbs.date", "yesterday"], "expected a day, month or year"),
        (&["crumbs.date", "2025-02-30"], "there is no such date: 2025-02-30"),
        (&["crumbs.grade", "b2"], "such as B2"),
        (&["crumbs.id", "x"], "ach mv"),
        (&["crumbs.ratings", "C"], "HYPOTHESIS RATING"),
        (&["tilte", "x"], "did you mean \"title\"?"),
        (&["title", "--unset"], "title cannot be removed"),
        (&["dog.name", "--unset"], "dog.name cannot be removed"),
        (&["crumbs", "C"], "crumbs HYPOTHESIS RATING"),
        (&["scoring.methd", "net"], "did you mean \"scoring.method\"?"),
        (&["scoring.bans_per_step", "0"], "a number above 0"),
        (&["meta.x", "1"], "by hand"),
        (&["nobody.note", "x"], "ach table"),
        (&["evidense:crumbs.note", "x"], "did you mean \"evidence\"?"),
        (&["dog.prior", "many"], "a finite number"),
        (&["crumbs"], "a value is missing"),
    ] {
        let bench = bench();
        let told = set(&bench, what);
        assert!(told.contains(said) && told.contains("--- exit 2"), "{what:?}: {told}");
        assert_eq!(bench.read("case.toml"), CASE, "{what:?}");
    }
}

#[test]
fn an_id_of_several_things_needs_its_kind() {
    let both = CASE.replace("id = \"crumbs\"", "id = \"dog\"");
    let bench = Bench::new().file("case.toml", &both);
    let told = set(&bench, &["dog.note", "x"]);
    assert!(told.contains("say which: hypothesis:dog or evidence:dog"), "{told}");
    // Only one of them has such a field.
    let told = set(&bench, &["dog.credibility", "low"]);
    assert!(told.contains("+credibility = \"low\""), "{told}");
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let bench = bench();
    let told = set(&bench, &["crumbs", "dog", "II", "--dry-run"]);
    assert!(told.contains("crumbs"), "{told}");
    assert_eq!(bench.read("case.toml"), CASE);
}

#[test]
fn a_contradiction_can_be_edited_away() {
    let text = CASE.replace("name = \"The dog\"", "name = \"The dog\"\nprior = 0.2");
    let bench = Bench::new().file("case.toml", text);
    let told = set(&bench, &["children.prior", "0.8"]);
    assert_eq!(told, "children prior: · -> 0.8\n+prior = 0.8\n", "what was wrong before is no more");
    assert!(
        bench.run("check case.toml").contains("no findings")
            || !bench.run("check case.toml").contains("error")
    );
}

#[test]
fn a_contradiction_that_an_edit_makes_or_leaves_is_told() {
    let bench = bench();
    let told = set(&bench, &["dog.prior", "0.2"]);
    assert!(told.contains("dog prior: · -> 0.2") && told.contains("error[priors]: no prior for"), "{told}");
    let told = set(&bench, &["children.prior", "0.7"]);
    assert!(told.contains("error[priors]") && !told.contains("no prior for"), "{told}");
}

#[test]
fn a_file_that_cannot_be_read_is_not_touched() {
    let bench = Bench::new().file("case.toml", "ach = 1\ntitle = 7\n");
    let told = bench.run("set case.toml title x");
    assert!(told.contains("error[wrong-type]") && told.contains("--- exit 2"), "{told}");
    assert_eq!(bench.read("case.toml"), "ach = 1\ntitle = 7\n");
    assert!(bench.run("set absent.toml title x").contains("there is no such file"));
    assert!(bench.run_on(CASE, "set - title x").contains("standard input cannot be edited"));
}

#[test]
fn a_text_over_the_limit_is_refused() {
    let bench = bench();
    let long = "x".repeat(64 * 1024 + 1);
    let told = set(&bench, &["title", &long]);
    assert!(told.contains("64 KiB"), "{told}");
    assert_eq!(bench.read("case.toml"), CASE);
}

#[test]
fn an_entry_of_a_list_may_hold_a_comma() {
    assert_snapshot!(set(&bench(), &["crumbs.tags", r#""a, b", c"#]), @r#"
    crumbs tags: · -> ["a, b", c]
    +tags = ["a, b", "c"]
    "#);
}

#[test]
fn of_two_commands_at_once_no_edit_is_lost_without_a_word() {
    for _ in 0..20 {
        let bench = bench();
        let start = |arguments: &str| bench.command(arguments).spawn().unwrap();
        let both = [start("set case.toml crumbs dog II"), start("set case.toml crumbs children NA")];
        let done = both.map(|child| child.wait_with_output().unwrap());
        let text = bench.read("case.toml");
        for (output, edit) in done.iter().zip(["dog = \"II\"", "children = \"NA\""]) {
            let said = String::from_utf8_lossy(&output.stderr);
            let is_refused = said.contains("was changed by another program");
            assert_eq!(output.status.success(), !is_refused, "{said}");
            assert!(is_refused || text.contains(edit), "{text}");
        }
    }
}
