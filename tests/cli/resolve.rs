//! `ach resolve`.

use insta::assert_snapshot;

use crate::support::{Bench, CASE, changed};

/// The case with a cell, a field of an item, one of the scenario and a deletion left to settle.
fn left() -> Bench {
    let edits = [
        (
            "marking = ",
            "conflict = { title = { base = \"Who took it?\", theirs = \"Who ate the cake?\" } }\nmarking = ",
        ),
        (
            "dog = \"CC\"",
            "dog = { rating = \"CC\", conflict = { base = \"C\", theirs = { rating = \"N\", note = \"Dogs lick.\" } } }",
        ),
        (
            "credibility = \"high\"",
            "credibility = \"high\"\nconflict = { credibility = { base = \"low\" }, grade = { theirs = \"B2\" } }",
        ),
        ("kind = \"absence\"", "kind = \"absence\"\nconflict = { deleted = \"theirs\" }"),
    ];
    let text = edits.iter().fold(CASE.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    });
    Bench::new().file("case.toml", text)
}

fn resolve(bench: &Bench, what: &str) -> String {
    let mut arguments = vec!["resolve", "case.toml"];
    arguments.extend(what.split_whitespace());
    changed(bench, &arguments)
}

#[test]
fn what_is_left_is_listed_with_what_the_sides_say() {
    assert_snapshot!(left().run("resolve case.toml"), @r#"
    TLP:CLEAR

    5 conflicts are left to settle in case.toml

      1  title               line 2   ours: "Who took the cake?"
                                      theirs: "Who ate the cake?"
                                      base: "Who took it?"
      2  crumbs credibility  line 27  ours: high
                                      theirs: nothing
                                      base: low
      3  crumbs grade        line 22  ours: nothing
                                      theirs: B2
                                      base: nothing
      4  crumbs / dog        line 30  ours: CC and no note
                                      theirs: N and the note "Dogs lick."
                                      base: C and no note
      5  evidence barking    line 43  ours: worked on it
                                      theirs: deleted it

    ach resolve case.toml title --theirs settles the first for theirs

    ach resolve case.toml --interactive asks about one after the other

    TLP:CLEAR
    "#);
    assert_snapshot!(left().run("resolve case.toml --width 60"), @r#"
    TLP:CLEAR

    5 conflicts are left to settle in case.toml

      1  title               line 2
          ours: "Who took the cake?"
          theirs: "Who ate the cake?"
          base: "Who took it?"
      2  crumbs credibility  line 27
          ours: high
          theirs: nothing
          base: low
      3  crumbs grade        line 22
          ours: nothing
          theirs: B2
          base: nothing
      4  crumbs / dog        line 30
          ours: CC and no note
          theirs: N and the note "Dogs lick."
          base: C and no note
      5  evidence barking    line 43
          ours: worked on it
          theirs: deleted it

    ach resolve case.toml title --theirs settles the first for
    theirs

    ach resolve case.toml --interactive asks about one after the
    other

    TLP:CLEAR
    "#);
    assert_snapshot!(left().run("resolve case.toml crumbs dog"), @r#"
    TLP:CLEAR

    1 of 5 conflicts left to settle in case.toml

      4  crumbs / dog  line 30  ours: CC and no note
                                theirs: N and the note "Dogs lick."
                                base: C and no note

    ach resolve case.toml crumbs dog --theirs settles it for theirs

    TLP:CLEAR
    "#);
    assert_snapshot!(left().run("resolve case.toml --format csv"), @r#"
    evidence,hypothesis,source,indicator,field,deleted,base,ours,theirs,line,column
    ,,,,title,,"""Who took it?""","""Who took the cake?""","""Who ate the cake?""",2,9
    crumbs,,,,credibility,,low,high,nothing,27,15
    crumbs,,,,grade,,nothing,nothing,B2,22,1
    crumbs,dog,,,,,C and no note,CC and no note,"N and the note ""Dogs lick.""",30,7
    barking,,,,,theirs,,worked on it,deleted it,43,1
    "#);
    assert_snapshot!(Bench::new().file("case.toml", CASE).run("resolve case.toml"), @"
    TLP:CLEAR

    There are no conflicts in case.toml.

    git add case.toml marks it as settled

    TLP:CLEAR
    ");
}

#[test]
fn the_listing_is_there_for_programs() {
    let document = left().json("resolve case.toml --format json");
    assert_snapshot!(serde_json::to_string_pretty(&document).unwrap_or_default(), @r#"
    {
      "format": 1,
      "marking": "TLP:CLEAR",
      "conflicts": [
        {
          "field": "title",
          "deleted": null,
          "base": "Who took it?",
          "ours": "Who took the cake?",
          "theirs": "Who ate the cake?",
          "line": 2,
          "column": 9
        },
        {
          "evidence": "crumbs",
          "field": "credibility",
          "deleted": null,
          "base": "low",
          "ours": "high",
          "theirs": null,
          "line": 27,
          "column": 15
        },
        {
          "evidence": "crumbs",
          "field": "grade",
          "deleted": null,
          "base": null,
          "ours": null,
          "theirs": "B2",
          "line": 22,
          "column": 1
        },
        {
          "evidence": "crumbs",
          "hypothesis": "dog",
          "deleted": null,
          "base": {
            "rating": "C",
            "confidence": null,
            "note": null
          },
          "ours": {
            "rating": "CC",
            "confidence": null,
            "note": null
          },
          "theirs": {
            "rating": "N",
            "confidence": null,
            "note": "Dogs lick."
          },
          "line": 30,
          "column": 7
        },
        {
          "evidence": "barking",
          "deleted": "theirs",
          "base": null,
          "ours": null,
          "theirs": null,
          "line": 43,
          "column": 1
        }
      ],
      "doubled": [],
      "unmerged": null
    }
    "#);
    let none = Bench::new().file("case.toml", CASE).json("resolve case.toml --format json");
    assert_eq!(none["conflicts"], serde_json::json!([]));
}

#[test]
fn a_cell_is_settled_in_its_line() {
    assert_snapshot!(resolve(&left(), "crumbs dog --ours"), @r#"
    crumbs / dog: conflict settled
    4 conflicts are left: ach resolve case.toml
    -dog = { rating = "CC", conflict = { base = "C", theirs = { rating = "N", note = "Dogs lick." } } }
    +dog = "CC"
    "#);
    assert_snapshot!(resolve(&left(), "crumbs dog --theirs"), @r#"
    crumbs / dog: conflict settled
    crumbs / dog: CC -> N
    crumbs / dog note: · -> "Dogs lick."
    4 conflicts are left: ach resolve case.toml
    -dog = { rating = "CC", conflict = { base = "C", theirs = { rating = "N", note = "Dogs lick." } } }
    +dog = { rating = "N", note = "Dogs lick." }
    "#);
    assert_snapshot!(resolve(&left(), "crumbs dog --rating II"), @r#"
    crumbs / dog: conflict settled
    crumbs / dog: CC -> II
    4 conflicts are left: ach resolve case.toml
    -dog = { rating = "CC", conflict = { base = "C", theirs = { rating = "N", note = "Dogs lick." } } }
    +dog = "II"
    "#);
    assert_snapshot!(resolve(&left(), "crumbs dog --rating blank"), @r#"
    crumbs / dog: conflict settled
    crumbs / dog: CC -> ·
    4 conflicts are left: ach resolve case.toml
    -dog = { rating = "CC", conflict = { base = "C", theirs = { rating = "N", note = "Dogs lick." } } }
    "#);
}

#[test]
fn what_cannot_be_changed_is_listed_without_commands_that_change_it() {
    let bench = left().committed();
    for told in [bench.run("resolve HEAD:case.toml"), bench.run_on(&bench.read("case.toml"), "resolve -")] {
        assert!(told.contains("5 conflicts are left") && !told.contains("ach resolve"), "{told}");
    }
    let with = |text: &str| format!("{CASE}\n[[evidence]]\nid = \"paw\"\ntext = \"{text}\"\n");
    let doubled = bench.file("ours.toml", with("A paw")).file("theirs.toml", with("Hair"));
    let merged = doubled.run("merge case.toml ours.toml theirs.toml -q");
    let told = doubled.run_on(merged.split("--- stderr").next().unwrap_or_default(), "resolve -");
    assert!(
        told.contains("There are no conflicts in standard input.") && told.contains("paw-theirs"),
        "{told}"
    );
    assert!(!told.contains("ach ") && !told.contains("git add"), "{told}");
}

#[test]
fn who_ours_and_theirs_are_is_told_in_a_rebase() {
    let bench = Bench::new().file("case.toml", CASE).committed().git("checkout --quiet -b mine");
    bench.result("set -q case.toml plate burglar C");
    let bench = bench.commit("mine").git("checkout --quiet main");
    bench.result("set -q case.toml plate burglar I");
    let bench = bench.commit("upstream");
    bench.result("git install -q");
    let bench = bench.file(".git/info/attributes", "*.toml merge=ach\n");
    assert!(bench.git_says("rebase main mine").contains("CONFLICT"));
    let told = bench.result("resolve case.toml");
    let told = told.replace(bench.git_says("rev-parse --short REBASE_HEAD").trim_end(), "1234567");
    assert_snapshot!(told, @"
    TLP:CLEAR

    1 conflict is left to settle in case.toml
    In this rebase theirs is your own 1234567 (mine), and ours is what it is rebased onto.

      1  plate / burglar  line 40  ours: I
                                   theirs: C
                                   base: blank

    ach resolve case.toml plate burglar --theirs settles it for theirs

    TLP:CLEAR
    ");
}

#[test]
fn nobody_is_asked_without_a_terminal() {
    let bench = left();
    assert_snapshot!(bench.run_on("t\n", "resolve case.toml --interactive"), @"
    --- stderr
    error: there is no terminal to ask on
    help: settle it with --ours or --theirs, or name what is to be settled
    --- exit 2
    ");
    for not_with in ["--ours", "--dry-run", "--format json"] {
        let told = bench.run(&format!("resolve case.toml -i {not_with}"));
        assert!(told.contains("cannot be used with") && told.ends_with("--- exit 2\n"), "{told}");
    }
    assert_eq!(bench.read("case.toml"), left().read("case.toml"));
}

#[test]
fn fields_and_items_are_settled_by_their_names_or_numbers() {
    assert_snapshot!(resolve(&left(), "crumbs.grade --theirs"), @r#"
    evidence crumbs: conflict settled
    crumbs credibility: high -> ·
    crumbs grade: · -> B2
    3 conflicts are left: ach resolve case.toml
    -credibility = "high"
    -conflict = { credibility = { base = "low" }, grade = { theirs = "B2" } }
    +grade = "B2"
    "#);
    assert_snapshot!(resolve(&left(), "evidence:crumbs.credibility --ours"), @r#"
    evidence crumbs: conflict settled
    3 conflicts are left: ach resolve case.toml
    -conflict = { credibility = { base = "low" }, grade = { theirs = "B2" } }
    "#);
    assert_snapshot!(resolve(&left(), "title --theirs"), @r#"
    the scenario: conflict settled
    title: "Who took the cake?" -> "Who ate the cake?"
    4 conflicts are left: ach resolve case.toml
    -title = "Who took the cake?"
    +title = "Who ate the cake?"
    -conflict = { title = { base = "Who took it?", theirs = "Who ate the cake?" } }
    "#);
    assert_snapshot!(resolve(&left(), "1 --ours"), @r#"
    the scenario: conflict settled
    4 conflicts are left: ach resolve case.toml
    -conflict = { title = { base = "Who took it?", theirs = "Who ate the cake?" } }
    "#);
    assert_snapshot!(resolve(&left(), "barking --delete"), @r#"
    evidence barking removed, with 3 ratings
    4 conflicts are left: ach resolve case.toml
    -
    -[[evidence]]
    -id = "barking"
    -text = "The dog did not bark"
    -kind = "absence"
    -conflict = { deleted = "theirs" }
    -[evidence.ratings]
    -dog = "NA"
    -children = "C"
    -burglar = "I"
    "#);
    assert_snapshot!(resolve(&left(), "barking --keep"), @r#"
    evidence barking: conflict settled
    4 conflicts are left: ach resolve case.toml
    -conflict = { deleted = "theirs" }
    "#);
    assert_snapshot!(resolve(&left(), "barking --ours"), @r#"
    evidence barking: conflict settled
    4 conflicts are left: ach resolve case.toml
    -conflict = { deleted = "theirs" }
    "#);
    assert_snapshot!(resolve(&left(), "crumbs --theirs"), @r#"
    evidence crumbs: conflict settled
    crumbs credibility: high -> ·
    crumbs grade: · -> B2
    crumbs / dog: conflict settled
    crumbs / dog: CC -> N
    crumbs / dog note: · -> "Dogs lick."
    2 conflicts are left: ach resolve case.toml
    -credibility = "high"
    -conflict = { credibility = { base = "low" }, grade = { theirs = "B2" } }
    +grade = "B2"
    -dog = { rating = "CC", conflict = { base = "C", theirs = { rating = "N", note = "Dogs lick." } } }
    +dog = { rating = "N", note = "Dogs lick." }
    "#);
}

#[test]
fn everything_is_settled_at_once() {
    let bench = left();
    assert_snapshot!(resolve(&bench, "--ours"), @r#"
    the scenario: conflict settled
    evidence crumbs: conflict settled
    crumbs / dog: conflict settled
    evidence barking: conflict settled
    no conflicts are left: git add case.toml
    -conflict = { title = { base = "Who took it?", theirs = "Who ate the cake?" } }
    -conflict = { credibility = { base = "low" }, grade = { theirs = "B2" } }
    -dog = { rating = "CC", conflict = { base = "C", theirs = { rating = "N", note = "Dogs lick." } } }
    +dog = "CC"
    -conflict = { deleted = "theirs" }
    "#);
    assert_eq!(bench.read("case.toml"), CASE, "ours is what it was");
    let told = bench.run("resolve case.toml");
    assert!(told.contains("There are no conflicts") && told.contains("git add case.toml"), "{told}");
    let bench = left();
    resolve(&bench, "--theirs");
    assert!(
        bench.run("check case.toml").contains("no errors")
            || !bench.run("check case.toml").contains("error[")
    );
    assert!(!bench.read("case.toml").contains("barking"), "theirs deleted it");
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let bench = left();
    let before = bench.read("case.toml");
    let told = resolve(&bench, "--theirs --dry-run");
    assert!(told.contains("as it is -> as it would be"), "{told}");
    assert_eq!(bench.read("case.toml"), before);
}

#[test]
fn what_cannot_be_settled_so_is_refused_with_what_can() {
    for (what, said) in [
        ("crumbs children --ours", "nothing is left to settle in crumbs / children"),
        ("crumbs dgo --ours", "did you mean \"dog\"?"),
        ("crumbs.text --ours", "left are"),
        ("plate --ours", "nothing is left to settle in plate"),
        ("9 --ours", "nothing is left to settle in 9"),
        ("crumbs dog --keep", "neither side deleted it"),
        ("title --rating C", "only a cell can be rated"),
        ("crumbs dog --rating ii", "did you mean \"II\"?"),
        ("--keep", "name what to settle this way"),
        ("--dry-run", "required"),
        ("crumbs dog --ours --theirs", "cannot be used with"),
    ] {
        let bench = left();
        let before = bench.read("case.toml");
        let told = resolve(&bench, what);
        assert!(told.contains(said) && told.contains("--- exit 2"), "{what}: {told}");
        assert_eq!(bench.read("case.toml"), before, "{what}");
    }
}

#[test]
fn an_id_that_another_item_has_cannot_be_taken() {
    let text = CASE.replacen(
        "name = \"The dog\"",
        "name = \"The dog\"\nconflict = { id = { base = \"hound\", theirs = \"children\" } }",
        1,
    );
    let bench = Bench::new().file("case.toml", text);
    let told = resolve(&bench, "--theirs");
    assert!(
        told.contains("dog id cannot be settled this way: there is a hypothesis \"children\" already"),
        "{told}"
    );
    let text = bench.read("case.toml").replace("\"children\" } }", "\"hound\" } }");
    let bench = Bench::new().file("case.toml", text);
    let told = resolve(&bench, "dog.id --theirs");
    assert!(told.contains("hypothesis dog renamed to hound") && told.contains("+hound = \"II\""), "{told}");
}

#[test]
fn an_id_that_both_sides_gave_is_listed_with_the_commands_that_keep_one_or_both() {
    let with = |text: &str| format!("{CASE}\n[[evidence]]\nid = \"paw\"\ntext = \"{text}\"\n");
    let bench =
        Bench::new().file("base.toml", CASE).file("ours.toml", with("A paw")).file("b.toml", with("Hair"));
    assert_snapshot!(bench.run("merge base.toml ours.toml b.toml -o case.toml"), @"
    --- stderr
    merged case.toml: 1 new item from theirs, 1 conflict: evidence paw: both sides have one, and they differ; theirs follows as paw-theirs
    ach resolve case.toml lists the commands that keep one of each two or both
    --- exit 1
    ");
    assert_snapshot!(bench.run("resolve case.toml"), @r#"
    TLP:CLEAR

    There are no conflicts in case.toml.

    1 id that both sides gave
      evidence paw  paw-theirs  ours: "A paw"
                                theirs: "Hair"
                                keep ours: ach rm case.toml paw-theirs
                                keep theirs: ach rm case.toml paw && ach mv case.toml paw-theirs paw
                                keep both: ach mv case.toml paw-theirs NEW-ID

    ach rm case.toml paw-theirs keeps ours

    TLP:CLEAR
    "#);
    assert_snapshot!(bench.run("resolve case.toml --format json"), @r#"{"format":1,"marking":"TLP:CLEAR","conflicts":[],"doubled":[{"kind":"evidence","id":"paw","follows_as":"paw-theirs"}],"unmerged":null}"#);
    assert_snapshot!(bench.run("resolve case.toml paw --ours"), @"
    --- stderr
    error: nothing is left to settle in paw
    help: `ach resolve FILE` lists the ids that both sides gave, and the commands that keep one or both
    --- exit 2
    ");
    bench.result("rm case.toml paw");
    bench.result("mv case.toml paw-theirs paw");
    assert!(bench.result("resolve case.toml").contains("git add case.toml"));
}
