//! `ach diff`.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "what is not as expected fails the test, and files come and go"
)]

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Bench, CASE, bench};

/// The case after a second look: judgements, a weight, texts, an item, an order, an id.
fn second_look(bench: Bench) -> Bench {
    bench
        .edit(
            "case.toml",
            r#"children = "I""#,
            r#"children = { rating = "II", confidence = "high", note = "Small shoes." }"#,
        )
        .edit("case.toml", r#"dog = "II""#, r#"dog = "C""#)
        .edit("case.toml", r#"relevance = "high""#, r#"relevance = "low""#)
        .edit("case.toml", "stands washed in", "was put back into")
        .edit("case.toml", r#"id = "barking""#, r#"id = "silence""#)
        .edit(
            "case.toml",
            "name = \"A burglar\"\n",
            "name = \"A burglar\"\nnote = \"Nothing else is missing.\"\n",
        )
        .edit("case.toml", "as_of = 2025-03-09", "as_of = 2025-03-10")
        .edit(
            "case.toml",
            "[[evidence]]\nid = \"plate\"",
            "[[evidence]]\nid = \"fork\"\ntext = \"A fork lies under the table\"\ncredibility = \"low\"\n\
             [evidence.ratings]\ndog = \"I\"\nchildren = \"CC\"\n\n[[evidence]]\nid = \"plate\"",
        )
}

/// Two files: the case and the case after a second look.
fn two_files() -> Bench {
    second_look(bench()).file("old.toml", CASE)
}

/// A committed case, looked at again in the work tree.
fn repository() -> Bench {
    second_look(bench().committed())
}

fn kinds(diff: &Value) -> Vec<String> {
    let changes = diff["changes"].as_array().expect("changes are a list");
    changes.iter().map(|change| change["kind"].as_str().expect("a kind is a text").to_owned()).collect()
}

#[test]
fn a_wide_page_has_names_values_and_words_beside_each_other() {
    assert_snapshot!(repository().run("diff case.toml --width 110"), @"
    TLP:CLEAR

    case.toml
    HEAD -> work tree        3 hypotheses, scored by weighted

    The leader changed: The children -> The dog

     Hypothesis                  Before     After
    ─────────────────────────────────────────────────────────
     dog         The dog       2  -2.83  1  -0.71  ▲1  +2.12
     Kids        The children  1  -1.41  2  -2.83  ▼1  -1.41
     burglar     A burglar     -  -3.83  -  -3.83

    2 judgements
      crumbs  Kids  I  -> II  Crumbs lead from the table to the basket
                              confidence (medium) -> high
                              note: {+Small shoes.+}
      plate   dog   II -> C   The plate was put back into the rack

    1 item added
      + fork  A fork lies under the table (low credibility)
              dog I, Kids CC

    1 item renamed
      barking -> silence  The dog did not bark

    1 weight changed
      plate  relevance  high -> low  The plate was put back into the rack

    2 texts edited
      hypothesis:burglar  note  {+Nothing else is missing.+}
      plate               text  The plate [-stands washed in-]{+was put back into+} the rack

    1 scenario field changed
      as_of  2025-03-09 -> 2025-03-10

    ach table case.toml shows the matrix as it is now

    TLP:CLEAR
    ");
}

#[test]
fn a_narrow_page_has_words_below() {
    assert_snapshot!(repository().run("diff case.toml --width 70"), @"
    TLP:CLEAR

    case.toml
    HEAD -> work tree  3 hypotheses, scored by weighted

    The leader changed: The children -> The dog

     Hypothesis    Before     After
    ───────────────────────────────────────────
     dog         2  -2.83  1  -0.71  ▲1  +2.12
     Kids        1  -1.41  2  -2.83  ▼1  -1.41
     burglar     -  -3.83  -  -3.83

    2 judgements
      crumbs  Kids  I  -> II  Crumbs lead from the table to the basket
                              confidence (medium) -> high
                              note: {+Small shoes.+}
      plate   dog   II -> C   The plate was put back into the rack

    1 item added
      + fork  A fork lies under the table (low credibility)
              dog I, Kids CC

    1 item renamed
      barking -> silence  The dog did not bark

    1 weight changed
      plate  relevance  high -> low  The plate was put back into the rack

    2 texts edited
      hypothesis:burglar  note  {+Nothing else is missing.+}
      plate               text  The plate [-stands washed in-]{+was put
                                back into+} the rack

    1 scenario field changed
      as_of  2025-03-09 -> 2025-03-10

    ach table case.toml shows the matrix as it is now

    TLP:CLEAR
    ");
}

#[test]
fn a_very_narrow_page_has_everything_below_each_other() {
    assert_snapshot!(repository().run("diff case.toml --width 44"), @"
    TLP:CLEAR

    case.toml
    HEAD -> work tree
    3 hypotheses, scored by weighted

    The leader changed: The children -> The dog

    Before
      dog      2  -2.83
      Kids     1  -1.41
      burglar  -  -3.83

    After
      dog      1  -0.71
      Kids     2  -2.83
      burglar  -  -3.83

    Change
      dog      ▲1  +2.12
      Kids     ▼1  -1.41

    2 judgements
      crumbs  Kids  I  -> II  Crumbs lead from…
          confidence (medium) -> high
          note: {+Small shoes.+}
      plate   dog   II -> C   The plate was put…

    1 item added
      + fork
          A fork lies under the table (low
          credibility)
          dog I, Kids CC

    1 item renamed
      barking -> silence  The dog did not bark

    1 weight changed
      plate  relevance  high -> low

    2 texts edited
      hypothesis:burglar  note
          {+Nothing else is missing.+}
      plate               text
          The plate [-stands washed in-]{+was
          put back into+} the rack

    1 scenario field changed
      as_of  2025-03-09 -> 2025-03-10

    ach table case.toml shows the matrix as it
    is now

    TLP:CLEAR
    ");
}

#[test]
fn markdown_is_for_pull_requests() {
    assert_snapshot!(repository().run("diff case.toml --format markdown"), @"
    **TLP:CLEAR**

    ### case.toml

    HEAD -&gt; work tree  
    3 hypotheses, scored by weighted

    **The leader changed: The children -&gt; The dog**

    | Hypothesis |  | Before | After |  |
    | --- | --- | ---: | ---: | --- |
    | **dog** | **The dog** | 2  -2.83 | **1  -0.71** | ▲1  +2.12 |
    | Kids | The children | 1  -1.41 | 2  -2.83 | ▼1  -1.41 |
    | burglar | A burglar | -  -3.83 | -  -3.83 |  |

    **2 judgements**

    | Item | Hypothesis | Before | After |  |
    | --- | --- | --- | --- | --- |
    | crumbs | Kids | I | II | Crumbs lead from the table to the basket<br>confidence (medium) -&gt; high<br>note: <ins>Small shoes.</ins> |
    | plate | dog | II | C | The plate was put back into the rack |

    **1 item added**

    | Item |  |
    | --- | --- |
    | fork | A fork lies under the table (low credibility)<br>dog I, Kids CC |

    **1 item renamed**

    | Before | After |  |
    | --- | --- | --- |
    | barking | silence | The dog did not bark |

    **1 weight changed**

    | Item | Field | Before | After |  |
    | --- | --- | --- | --- | --- |
    | plate | relevance | high | low | The plate was put back into the rack |

    **2 texts edited**

    | Where | Field |  |
    | --- | --- | --- |
    | hypothesis:burglar | note | <ins>Nothing else is missing.</ins> |
    | plate | text | The plate <del>stands washed in</del><ins>was put back into</ins> the rack |

    **1 scenario field changed**

    | Field | Before | After |  |
    | --- | --- | --- | --- |
    | as_of | 2025-03-09 | 2025-03-10 |  |

    **TLP:CLEAR**
    ");
}

#[test]
fn json_is_the_contract() {
    let diff = two_files().json("diff old.toml case.toml --format json");
    let names: Vec<_> = diff.as_object().expect("a document").keys().collect();
    assert_eq!(names, ["format", "marking", "identical", "conclusion", "changes"]);
    assert_eq!(diff["format"], 1);
    assert_eq!(diff["marking"], "TLP:CLEAR");
    assert_eq!(diff["identical"], false);
    assert_eq!(diff["conclusion"]["method"], "weighted");
    assert_eq!(diff["conclusion"]["before"]["leaders"], json!(["children"]));
    assert_eq!(diff["conclusion"]["after"]["leaders"], json!(["dog"]));
    assert_eq!(diff["conclusion"]["after"]["ranks"], json!({ "dog": 1, "children": 2, "burglar": null }));
    assert_eq!(
        diff["changes"],
        json!([
            { "kind": "evidence-renamed", "evidence": "silence", "before": "barking", "after": "silence" },
            {
                "kind": "evidence-added", "evidence": "fork", "before": null,
                "after": {
                    "id": "fork", "text": "A fork lies under the table", "credibility": "low",
                    "ratings": { "dog": "I", "children": "CC" }
                }
            },
            { "kind": "scenario-field-set", "field": "as_of", "before": "2025-03-09", "after": "2025-03-10" },
            {
                "kind": "hypothesis-field-set", "hypothesis": "burglar", "field": "note", "before": null,
                "after": "Nothing else is missing."
            },
            {
                "kind": "evidence-field-set", "evidence": "plate", "field": "text",
                "before": "The plate stands washed in the rack", "after": "The plate was put back into the rack"
            },
            { "kind": "evidence-field-set", "evidence": "plate", "field": "relevance", "before": "high", "after": "low" },
            { "kind": "rating-set", "evidence": "crumbs", "hypothesis": "children", "before": "I", "after": "II" },
            { "kind": "confidence-set", "evidence": "crumbs", "hypothesis": "children", "before": null, "after": "high" },
            { "kind": "note-set", "evidence": "crumbs", "hypothesis": "children", "before": null, "after": "Small shoes." },
            { "kind": "rating-set", "evidence": "plate", "hypothesis": "dog", "before": "II", "after": "C" }
        ])
    );
}

#[test]
fn csv_is_a_row_a_change() {
    assert_snapshot!(two_files().run("diff old.toml case.toml --format csv --only ratings,scenario"), @"
    kind,evidence,hypothesis,source,indicator,field,before,after
    scenario-field-set,,,,,as_of,2025-03-09,2025-03-10
    rating-set,crumbs,children,,,,I,II
    confidence-set,crumbs,children,,,,,high
    rating-set,plate,dog,,,,II,C
    ");
}

#[test]
fn a_file_is_compared_with_itself_as_it_was_committed() {
    let bench = repository();
    let told = kinds(&bench.json("diff case.toml --format json"));
    assert_eq!(told.len(), 10);
    for same in [
        "diff",
        "diff HEAD",
        "diff HEAD:case.toml",
        "diff HEAD -- case.toml",
        "diff -- ./case.toml",
        "diff HEAD case.toml",
        "diff HEAD:case.toml case.toml",
        "diff HEAD:./case.toml case.toml",
    ] {
        assert_eq!(kinds(&bench.json(&same.replacen("diff", "diff --format json", 1))), told, "{same}");
    }
    assert!(kinds(&bench.json("diff case.toml case.toml --format json")).is_empty());
}

#[test]
fn standard_input_can_be_either_side() {
    let bench = second_look(bench());
    assert_snapshot!(bench.run_on(CASE, "diff - case.toml --only ratings"), @"
    TLP:CLEAR

    <stdin> -> case.toml
    3 hypotheses, scored by weighted

    2 judgements
      crumbs  Kids  I  -> II  Crumbs lead from the table to the basket
                              confidence (medium) -> high
      plate   dog   II -> C   The plate was put back into the rack

    TLP:CLEAR
    ");
    assert_snapshot!(bench.run_on(CASE, "diff - -"), @"
    --- stderr
    error: standard input can be read once
    help: name - once
    --- exit 2
    ");
    assert_snapshot!(bench.run_on(CASE, "diff -"), @"
    --- stderr
    error: standard input has no version to compare it with
    help: name a second file, as in `ach diff HEAD:case.toml -`
    --- exit 2
    ");
}

#[test]
fn ranges_name_two_versions() {
    let bench = second_look(bench().committed().git("branch old")).commit("two").edit(
        "case.toml",
        "crumbs",
        "traces",
    );
    let of = |arguments: &str| kinds(&bench.json(&format!("diff --format json {arguments}")));
    assert_eq!(of("old..main -- case.toml").len(), 10);
    assert_eq!(of("old main").len(), 10);
    assert_eq!(of("old..").len(), 10);
    assert_eq!(of("HEAD~1..HEAD case.toml").len(), 10);
    assert_eq!(of("main..old -- case.toml").len(), 10);
}

#[test]
fn three_dots_start_where_two_branches_parted() {
    let bench =
        bench().committed().git("branch topic").edit("case.toml", "Who took", "Who ate").commit("two");
    let bench = bench.git("switch --quiet topic").edit("case.toml", "did not bark", "barked").commit("three");
    let fields = |diff: &Value| diff["changes"].as_array().map_or(0, Vec::len);
    assert_eq!(fields(&bench.json("diff main..topic --format json")), 2);
    assert_eq!(fields(&bench.json("diff main...topic --format json")), 1);
    assert_snapshot!(bench.run("diff main...topic --only texts"), @"
    TLP:CLEAR

    case.toml
    main...topic -> topic  3 hypotheses, scored by weighted

    1 text edited
      barking  text  The dog [-did not bark-]{+barked+}

    TLP:CLEAR
    ");
}

#[test]
fn without_files_every_changed_scenario_is_told() {
    let bench = Bench::new()
        .file("a.toml", CASE)
        .file("deep/b.toml", CASE)
        .file("gone.toml", CASE)
        .file("same.toml", CASE)
        .file("comment.toml", CASE)
        .file("Cargo.toml", "[package]\nname = \"x\"\n")
        .file("notes.txt", "ach = 1\n")
        .committed()
        .edit("a.toml", "did not bark", "barked")
        .edit("deep/b.toml", r#"dog = "NA""#, r#"dog = "CC""#)
        .edit("comment.toml", "ach = 1", "# a comment\nach = 1")
        .edit("Cargo.toml", "x", "y")
        .edit("notes.txt", "1", "2")
        .file("staged.toml", "ach = 1\ntitle = \"New\"\n")
        .git("rm --quiet gone.toml")
        .git("add staged.toml")
        .file("untracked.toml", CASE);
    assert_snapshot!(bench.run("diff --stat"), @"
    TLP:CLEAR

      a.toml       1 text
      deep/b.toml  1 judgement
      gone.toml    gone: 6 removed, 4 fields
      staged.toml  new: 1 field

    TLP:CLEAR
    ");
    assert_snapshot!(bench.run("diff --stat --format csv"), @"
    path,judgements,added,removed,renamed,moved,fields,texts,leader_changed
    a.toml,0,0,0,0,0,0,1,false
    deep/b.toml,1,0,0,0,0,0,0,false
    gone.toml,0,0,6,0,0,4,0,true
    staged.toml,0,0,0,0,0,1,0,false
    ");
    assert_eq!(bench.json("diff --format json").as_array().map(Vec::len), Some(4));
    assert_snapshot!(bench.run("diff --stat -- deep"), @"
    TLP:CLEAR

      deep/b.toml  1 judgement

    TLP:CLEAR
    ");
    assert_snapshot!(bench.run("diff deep --stat"), @"
    TLP:CLEAR

      deep/b.toml  1 judgement

    TLP:CLEAR
    ");
}

#[test]
fn nothing_changed_is_nothing_to_say() {
    let bench = bench().committed();
    assert_snapshot!(bench.run("diff"), @"");
    assert_snapshot!(bench.run("diff --format json"), @"[]");
    assert_snapshot!(bench.run("diff --stat"), @"");
    assert_snapshot!(bench.run("diff case.toml"), @"
    TLP:CLEAR

    case.toml
    HEAD -> work tree  3 hypotheses, scored by weighted

    There are no changes.

    TLP:CLEAR
    ");
    assert_eq!(bench.json("diff case.toml --format json")["identical"], true);
}

#[test]
fn a_renamed_file_is_one_file() {
    let bench = bench().committed().git("mv case.toml cake.toml").edit("cake.toml", "did not bark", "barked");
    assert_snapshot!(bench.run("diff --only texts"), @"
    TLP:CLEAR

    case.toml -> cake.toml
    HEAD -> work tree  3 hypotheses, scored by weighted

    1 text edited
      barking  text  The dog [-did not bark-]{+barked+}

    TLP:CLEAR
    ");
}

#[test]
fn an_added_file_is_all_new_and_a_deleted_one_all_gone() {
    let bench = Bench::new().file("other.toml", CASE).committed().file("new.toml", CASE);
    assert_snapshot!(bench.run("diff new.toml --width 90"), @"
    TLP:CLEAR

    new.toml
    HEAD -> work tree  3 hypotheses, scored by weighted

    The scenario is new. Leader: The children.

     Hypothesis                Before     After
    ─────────────────────────────────────────────────
     Kids        The children          1  -1.41  new
     dog         The dog               2  -2.83  new
     burglar     A burglar             -  -3.83  new

    3 hypotheses added
      + dog       The dog
      + children  The children
      + burglar   A burglar (rejected)

    3 items added
      + crumbs   Crumbs lead from the table to the basket (2025-03-08, high credibility)
                 dog CC, Kids I, burglar II
      + plate    The plate stands washed in the rack (2025-03, high relevance)
                 dog II, Kids C
      + barking  The dog did not bark (absence)
                 dog NA, Kids C, burglar I

    4 scenario fields changed
      title                      {+Who took the cake?+}
      question                   {+Where did the cake go between noon and two?+}
      as_of     · -> 2025-03-09
      marking                    {+TLP:CLEAR+}

    ach table new.toml shows the matrix as it is now

    TLP:CLEAR
    ");
    let bench = bench.git("rm --quiet other.toml");
    assert_snapshot!(bench.run("diff other.toml --width 90"), @"
    TLP:CLEAR

    other.toml
    HEAD -> work tree  3 hypotheses, scored by weighted

    The scenario is gone. Former leader: The children.

     Hypothesis                  Before  After
    ─────────────────────────────────────────────────
     Kids        The children  1  -1.41         gone
     dog         The dog       2  -2.83         gone
     burglar     A burglar     -  -3.83         gone

    3 hypotheses removed
      - dog       The dog
      - children  The children
      - burglar   A burglar (rejected)

    3 items removed
      - crumbs   Crumbs lead from the table to the basket (2025-03-08, high credibility)
                 dog CC, Kids I, burglar II
      - plate    The plate stands washed in the rack (2025-03, high relevance)
                 dog II, Kids C
      - barking  The dog did not bark (absence)
                 dog NA, Kids C, burglar I

    4 scenario fields changed
      title                      [-Who took the cake?-]
      question                   [-Where did the cake go between noon and two?-]
      as_of     2025-03-09 -> ·
      marking                    [-TLP:CLEAR-]

    TLP:CLEAR
    ");
    assert_eq!(
        bench.json("diff --format json -- other.toml")["conclusion"]["after"],
        json!({
            "leaders": [], "ranks": {}, "scores": {}
        })
    );
}

#[test]
fn the_null_device_is_a_file_that_is_not_there() {
    let added = bench().json("diff /dev/null case.toml --format json");
    assert_eq!(added["conclusion"]["before"]["leaders"], json!([]));
    assert_eq!(added["changes"].as_array().map(Vec::len), Some(10));
    assert_eq!(bench().json("diff case.toml /dev/null --format json")["marking"], "TLP:CLEAR");
}

#[test]
fn before_the_first_commit_everything_is_new() {
    let bench = bench().git("init --quiet --initial-branch=main");
    assert_snapshot!(bench.run("diff --stat"), @"");
    assert_snapshot!(bench.run("diff case.toml --stat"), @"
    TLP:CLEAR

      case.toml  new: 6 added, 4 fields

    TLP:CLEAR
    ");
    let bench = bench.git("add case.toml");
    assert_snapshot!(bench.run("diff --stat"), @"
    TLP:CLEAR

      case.toml  new: 6 added, 4 fields

    TLP:CLEAR
    ");
}

#[test]
fn outside_a_repository_two_files_can_be_compared() {
    let bench = two_files();
    let bench = {
        let home = bench.path("").to_string_lossy().into_owned();
        bench.env("GIT_CEILING_DIRECTORIES", &home)
    };
    assert_snapshot!(bench.run("diff old.toml case.toml --stat"), @"
    TLP:CLEAR

      old.toml -> case.toml  2 judgements, 1 added, 1 renamed, 2 fields, 2 texts; the leader changed:
                             The children -> The dog

    TLP:CLEAR
    ");
    assert!(bench.run("diff case.toml").contains("is not in a git repository"));
    assert!(bench.run("diff").contains("is not in a git repository"));
}

#[test]
fn what_is_neither_file_nor_revision_is_said() {
    let bench = bench().committed();
    assert_snapshot!(bench.run("diff nonesuch"), @r#"
    --- stderr
    error: "nonesuch" is neither a file nor a revision
    help: a file that is gone from the work tree is named after --
    --- exit 2
    "#);
    assert_snapshot!(bench.run("diff HEAD:nonesuch.toml case.toml"), @r#"
    --- stderr
    error: cannot read HEAD:nonesuch.toml: there is no file "nonesuch.toml" in "HEAD"
    help: paths start at the repository's root, or with ./ at this directory
    --- exit 2
    "#);
    assert_snapshot!(bench.run("diff nonesuch:case.toml case.toml"), @r#"
    --- stderr
    error: cannot read nonesuch:case.toml: git knows no revision "nonesuch"
    --- exit 2
    "#);
    assert_snapshot!(bench.run("diff HEAD -- nonesuch.toml"), @"
    --- stderr
    error: cannot read nonesuch.toml: there is no such file in HEAD or in the work tree
    --- exit 2
    ");
    assert_snapshot!(bench.run("diff case.toml HEAD"), @r#"
    --- stderr
    error: "HEAD" is a revision and stands after a file
    help: name revisions first, then --, then files
    --- exit 2
    "#);
    assert_snapshot!(bench.run("diff case.toml case.toml case.toml"), @"
    --- stderr
    error: more than two files can only be compared with a revision
    help: put them after --, as in `ach diff HEAD -- FILE...`
    --- exit 2
    ");
    assert_snapshot!(bench.run("diff a b c -- case.toml"), @"
    --- stderr
    error: these are more than two versions
    help: name REV, REV REV, REV..REV or REV...REV
    --- exit 2
    ");
}

#[test]
fn what_is_both_file_and_revision_is_for_the_user_to_say() {
    let bench = bench().file("main", CASE).committed().edit("main", "did not bark", "barked");
    assert_snapshot!(bench.run("diff main"), @r#"
    --- stderr
    error: "main" is both a file and a revision
    help: write `ach diff main --` or `ach diff -- main`
    --- exit 2
    "#);
    assert_eq!(kinds(&bench.json("diff --format json -- main")), ["evidence-field-set"]);
}

#[test]
fn an_existing_file_wins_over_a_revision() {
    let bench = bench().committed().file("HEAD:case.toml", CASE.replace("did not bark", "barked"));
    assert_eq!(kinds(&bench.json("diff --format json HEAD:case.toml case.toml")), ["evidence-field-set"]);
}

#[test]
fn versions_are_read_by_every_command_and_changed_by_none() {
    let bench = second_look(bench().committed());
    assert_eq!(bench.json("table HEAD:case.toml --format json")["leaders"], json!(["children"]));
    assert!(bench.run("check HEAD:case.toml").contains("in HEAD:case.toml"));
    assert_snapshot!(bench.run("set HEAD:case.toml plate.relevance low"), @"
    --- stderr
    error: HEAD:case.toml is a version that git keeps: it can be read, not changed
    help: name the file in the work tree
    --- exit 2
    ");
    assert_snapshot!(bench.run("fmt HEAD:case.toml"), @"
    --- stderr
    error: HEAD:case.toml is a version that git keeps: it can be read, not changed
    help: name the file in the work tree
    --- exit 2
    ");
}

#[test]
fn paths_start_at_the_root_or_here() {
    let bench = Bench::new().file("deep/case.toml", CASE).committed();
    let run = |arguments: &str| {
        let mut command = bench.command(arguments);
        command.current_dir(bench.path("deep")).output().expect("the program runs").status.code()
    };
    assert_eq!(run("diff HEAD:deep/case.toml case.toml"), Some(0));
    assert_eq!(run("diff HEAD:./case.toml case.toml"), Some(0));
    assert_eq!(run("diff HEAD:./case.toml"), Some(0));
    assert_eq!(run("diff HEAD:case.toml case.toml"), Some(2));
}

#[test]
fn exit_codes_are_for_scripts() {
    let bench = two_files();
    let code = |arguments: &str| bench.command(arguments).output().expect("the program runs").status.code();
    assert_eq!(code("diff old.toml case.toml"), Some(0));
    assert_eq!(code("diff old.toml case.toml --exit-code"), Some(1));
    assert_eq!(code("diff old.toml case.toml --exit-code --only conclusion"), Some(1));
    assert_eq!(code("diff old.toml old.toml --exit-code"), Some(0));
    assert_eq!(code("diff old.toml nonesuch.toml --exit-code"), Some(2));
    let bench = bench.file("worded.toml", CASE.replace("did not bark", "barked"));
    let code = |arguments: &str| bench.command(arguments).output().expect("the program runs").status.code();
    assert_eq!(code("diff old.toml worded.toml --exit-code --only conclusion"), Some(0));
    assert_eq!(code("diff old.toml worded.toml --exit-code --only texts"), Some(1));
}

#[test]
fn one_part_can_be_asked_for() {
    let bench = two_files();
    assert_snapshot!(bench.run("diff old.toml case.toml --only conclusion --method bayes"), @"
    TLP:CLEAR

    old.toml -> case.toml
    3 hypotheses, scored by bayes

    The leader changed: The children -> The dog

     Hypothesis                  Before     After
    ─────────────────────────────────────────────────────────
     dog         The dog       2  29.5%  1  74.8%  ▲1  +45.3
     Kids        The children  1  70.5%  2  25.2%  ▼1  -45.3
     burglar     A burglar     -      -  -      -

    ach table case.toml shows the matrix as it is now

    TLP:CLEAR
    ");
    assert_snapshot!(bench.run("diff old.toml case.toml --only texts"), @"
    TLP:CLEAR

    old.toml -> case.toml
    3 hypotheses, scored by weighted

    3 texts edited
      hypothesis:burglar  note  {+Nothing else is missing.+}
      plate               text  The plate [-stands washed in-]{+was put back into+} the rack
      crumbs / Kids       note  {+Small shoes.+}

    TLP:CLEAR
    ");
    assert_snapshot!(bench.run("diff old.toml case.toml --only evidence,scenario"), @"
    TLP:CLEAR

    old.toml -> case.toml
    3 hypotheses, scored by weighted

    1 item added
      + fork  A fork lies under the table (low credibility)
              dog I, Kids CC

    1 item renamed
      barking -> silence  The dog did not bark

    1 weight changed
      plate  relevance  high -> low  The plate was put back into the rack

    1 scenario field changed
      as_of  2025-03-09 -> 2025-03-10

    TLP:CLEAR
    ");
    assert_snapshot!(bench.run("diff old.toml old.toml --only texts"), @"
    TLP:CLEAR

    old.toml -> old.toml
    3 hypotheses, scored by weighted

    There are no changes.

    TLP:CLEAR
    ");
}

#[test]
fn evidence_counts_that_was_known_by_a_day() {
    let diff = two_files().json("diff old.toml case.toml --format json --as-of 2025-03-01");
    assert_eq!(
        diff["conclusion"]["before"]["scores"],
        json!({ "dog": 0.0, "children": 0.0, "burglar": -1.0 })
    );
    assert_eq!(diff["changes"].as_array().map(Vec::len), Some(10));
}

#[test]
fn items_move_come_and_go_with_what_belongs_to_them() {
    let before = r#"ach = 1
title = "t"
[[hypothesis]]
id = "a"
name = "Alpha"
[[hypothesis]]
id = "b"
name = "Beta"
[[source]]
id = "s"
name = "Source"
[[evidence]]
id = "one"
text = "One"
source = "s"
ratings = { a = "C", b = "I" }
[[evidence]]
id = "two"
text = "Two"
[[evidence]]
id = "three"
text = "Three"
[[indicator]]
id = "i"
text = "Watch"
hypothesis = "b"
"#;
    let after = r#"ach = 1
title = "t"
[[hypothesis]]
id = "a"
name = "Alpha"
[[source]]
id = "press"
name = "Source"
[[evidence]]
id = "three"
text = "Three"
[[evidence]]
id = "one"
text = "One"
source = "press"
ratings = { a = "C" }
[[evidence]]
id = "two"
text = "Two"
"#;
    let bench = Bench::new().file("before.toml", before).file("after.toml", after);
    assert_snapshot!(bench.run("diff before.toml after.toml"), @"
    before.toml -> after.toml
    2 hypotheses, scored by weighted

    The leader is the same: Alpha.
    Provisional: 2 cells of Alpha are not rated.

     Hypothesis           Before     After
    ─────────────────────────────────────────────
     a           Alpha  1   0.00  1   0.00
     b           Beta   2  -1.00            gone

    1 hypothesis removed
      - b  Beta (1 rating)

    1 indicator removed
      - i  Watch (for b)

    1 source renamed
      s -> press  Source
                  1 reference follows

    1 item moved
      three  3 -> 1  Three

    ach table after.toml shows the matrix as it is now
    ");
    assert_snapshot!(bench.run("diff after.toml before.toml --only evidence --width 60"), @"
    after.toml -> before.toml
    2 hypotheses, scored by weighted

    1 hypothesis added
      + b  Beta (1 rating)

    1 indicator added
      + i  Watch (for b)

    1 source renamed
      press -> s  Source
                  1 reference follows

    1 item moved
      three  1 -> 3  Three
    ");
}

#[test]
fn an_inconsistent_side_is_compared_and_told_of() {
    let bench = two_files().edit("case.toml", "name = \"The dog\"", "name = \"The dog\"\nprior = 0.5");
    assert_snapshot!(bench.run("diff old.toml case.toml --only conclusion --method bayes"), @"
    TLP:CLEAR

    old.toml -> case.toml
    3 hypotheses, scored by bayes

    The leader changed: The children -> none
    Bayes cannot score the version after, which contradicts itself.

     Hypothesis                  Before     After
    ────────────────────────────────────────────────
     dog         The dog       2  29.5%  -      -
     Kids        The children  1  70.5%  -      -
     burglar     A burglar     -      -  -      -

    ach table case.toml shows the matrix as it is now

    TLP:CLEAR
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
    ");
    assert_snapshot!(bench.run("diff old.toml case.toml --stat"), @"
    TLP:CLEAR

      old.toml -> case.toml  2 judgements, 1 added, 1 renamed, 3 fields, 2 texts; the leader changed:
                             The children -> The dog

    TLP:CLEAR
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
    ");
}

#[test]
fn a_broken_side_is_told_with_its_errors() {
    let bench = two_files().edit("case.toml", r#"dog = "CC""#, r#"dog = "CCC""#);
    assert_snapshot!(bench.run("diff old.toml case.toml"), @r#"
    --- stderr
    error[unknown-rating]: unknown rating "CCC"
      --> case.toml:29:7
       |
    29 | dog = "CCC"
       |       ^^^^^ expected one of CC, C, N, I, II, NA
       |
       = help: did you mean "CC"?

    --- exit 2
    "#);
    let bench = bench.file("old.toml", "title = \"no scenario\"\n");
    assert_snapshot!(bench.run("diff old.toml case.toml"), @r#"
    --- stderr
    error[not-a-scenario]: this file is no scenario: it has no key `ach`
     --> old.toml:1:1
      |
    1 | title = "no scenario"
      | ^ expected `ach = 1`
      |
      = help: a scenario starts with `ach = 1`

    error[unknown-rating]: unknown rating "CCC"
      --> case.toml:29:7
       |
    29 | dog = "CCC"
       |       ^^^^^ expected one of CC, C, N, I, II, NA
       |
       = help: did you mean "CC"?

    --- exit 2
    "#);
}

#[test]
fn a_broken_scenario_does_not_hide_the_others() {
    let bench = Bench::new()
        .file("a.toml", CASE)
        .file("b.toml", CASE)
        .committed()
        .edit("a.toml", r#"dog = "CC""#, r#"dog = "CCC""#)
        .edit("b.toml", "did not bark", "barked");
    assert_snapshot!(bench.run("diff --stat"), @r#"
    TLP:CLEAR

      b.toml  1 text

    TLP:CLEAR
    --- stderr
    error[unknown-rating]: unknown rating "CCC"
      --> a.toml:28:7
       |
    28 | dog = "CCC"
       |       ^^^^^ expected one of CC, C, N, I, II, NA
       |
       = help: did you mean "CC"?

    --- exit 2
    "#);
}

#[test]
fn names_from_outside_act_on_no_terminal() {
    let name = "x\u{1b}[31m\u{202e}.toml";
    let bench = Bench::new().file(name, CASE).committed().edit(name, "did not bark", "did \u{202e} bark");
    assert_snapshot!(bench.run("diff --only texts"), @r"
    TLP:CLEAR

    x\u001b[31m\u202e.toml
    HEAD -> work tree  3 hypotheses, scored by weighted

    1 text edited
      barking  text  The dog did [-not-]{+\u202e+} bark

    TLP:CLEAR
    ");
    assert_snapshot!(bench.run("diff --only texts --format markdown"), @r"
    **TLP:CLEAR**

    ### x\\u001b\[31m\\u202e.toml

    HEAD -&gt; work tree  
    3 hypotheses, scored by weighted

    **1 text edited**

    | Where | Field |  |
    | --- | --- | --- |
    | barking | text | The dog did <del>not</del><ins>\\u202e</ins> bark |

    **TLP:CLEAR**
    ");
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_text_is_found_all_the_same() {
    use std::os::unix::ffi::OsStrExt;
    let bench = bench().committed();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.toml");
    #[allow(clippy::disallowed_methods, reason = "a file with an odd name")]
    std::fs::write(bench.path("").join(name), CASE).expect("the file can be written");
    let bench = bench.git("add --all");
    assert_snapshot!(bench.run("diff --stat"), @"
    TLP:CLEAR

      caf�.toml  new: 6 added, 4 fields

    TLP:CLEAR
    ");
}

#[test]
fn colour_says_nothing_that_marks_do_not() {
    let bench = two_files().env("TERM", "xterm-256color");
    let coloured = bench.run("diff old.toml case.toml --color always");
    assert!(coloured.contains("\u{1b}["));
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain += before;
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain += rest;
    // What draws tables fills cells that it colours.
    let lines = |text: &str| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    assert_eq!(lines(&plain), lines(&bench.run("diff old.toml case.toml")));
}

#[test]
fn edits_can_be_looked_at_before_they_are_made() {
    let bench = bench();
    assert_snapshot!(bench.run("set case.toml plate dog C --dry-run"), @"
    TLP:CLEAR

    case.toml
    as it is -> as it would be  3 hypotheses, scored by weighted

    The leader changed: The children -> The dog

     Hypothesis                  Before     After
    ─────────────────────────────────────────────────────────
     dog         The dog       2  -2.83  1   0.00  ▲1  +2.83
     Kids        The children  1  -1.41  2  -1.41  ▼1
     burglar     A burglar     -  -3.83  -  -3.83

    1 judgement
      plate  dog  II -> C  The plate stands washed in the rack

    TLP:CLEAR
    ");
    assert_eq!(bench.read("case.toml"), CASE);
}

#[test]
fn three_judgements_less_one_are_two_in_every_account() {
    let bench = bench().committed();
    for cell in ["crumbs dog I", "plate children CC", "barking children N", "barking children C"] {
        bench.run(&format!("set case.toml {cell}"));
    }
    let now = bench.read("case.toml");
    let changed = CASE.lines().zip(now.lines()).filter(|(before, after)| before != after);
    assert_eq!(
        changed.collect::<Vec<_>>(),
        [(r#"dog = "CC""#, r#"dog = "I""#), (r#"children = "C""#, r#"children = "CC""#)]
    );
    assert_eq!(CASE.lines().count(), now.lines().count());
    assert_snapshot!(bench.run("diff case.toml --only conclusion,ratings"), @"
    TLP:CLEAR

    case.toml
    HEAD -> work tree    3 hypotheses, scored by weighted

    The leader is the same: The children, now 2.83 ahead instead of 1.41.

     Hypothesis                  Before     After
    ─────────────────────────────────────────────────────
     Kids        The children  1  -1.41  1  -1.41
     dog         The dog       2  -2.83  2  -4.24  -1.41
     burglar     A burglar     -  -3.83  -  -3.83

    2 judgements
      crumbs  dog   CC -> I   Crumbs lead from the table to the basket
      plate   Kids  C  -> CC  The plate stands washed in the rack

    ach table case.toml shows the matrix as it is now

    TLP:CLEAR
    ");
}

#[cfg(unix)]
#[test]
fn a_file_that_became_a_link_is_gone_in_a_commit_as_in_the_work_tree() {
    let bench =
        bench().file("other.toml", CASE).committed().edit("other.toml", r#"dog = "CC""#, r#"dog = "C""#);
    std::fs::remove_file(bench.path("case.toml")).expect("it is there");
    std::os::unix::fs::symlink("other.toml", bench.path("case.toml")).expect("links can be made");
    let now = bench.result("diff --stat");
    let bench = bench.commit("two");
    assert_eq!(bench.result("diff --stat HEAD~1..HEAD"), now);
    assert!(now.contains("case.toml") && now.contains("other.toml"), "{now}");
}

#[test]
fn a_scenario_that_became_too_large_is_not_told_to_be_gone() {
    let mut large = CASE.as_bytes().to_vec();
    large.resize(64 * 1024 * 1024 + 1, b'\n');
    let bench = bench().committed().file("case.toml", large);
    let said = bench.run("diff");
    assert!(said.contains("over the limit of 64 MiB") && said.ends_with("--- exit 2\n"), "{said}");
    assert!(!said.contains("gone"), "{said}");
}
