//! Which versions of which files are compared.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{kinds, repository, second_look, two_files};
use crate::support::{Bench, CASE, bench};

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
    <stdin> -> case.toml                                                                       TLP:CLEAR
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
    case.toml                                                                                  TLP:CLEAR
    main...topic -> topic                                               3 hypotheses, scored by weighted

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
    case.toml                                                                                  TLP:CLEAR
    HEAD -> work tree                                                   3 hypotheses, scored by weighted

    There are no changes.

    TLP:CLEAR
    ");
    assert_eq!(bench.json("diff case.toml --format json")["identical"], true);
}

#[test]
fn a_renamed_file_is_one_file() {
    let bench = bench().committed().git("mv case.toml cake.toml").edit("cake.toml", "did not bark", "barked");
    assert_snapshot!(bench.run("diff --only texts"), @"
    case.toml -> cake.toml                                                                     TLP:CLEAR
    HEAD -> work tree                                                   3 hypotheses, scored by weighted

    1 text edited
      barking  text  The dog [-did not bark-]{+barked+}

    TLP:CLEAR
    ");
}

#[test]
fn an_added_file_is_all_new_and_a_deleted_one_all_gone() {
    let bench = Bench::new().file("other.toml", CASE).committed().file("new.toml", CASE);
    assert_snapshot!(bench.run("diff new.toml --width 90"), @"
    new.toml                                TLP:CLEAR
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
    other.toml                              TLP:CLEAR
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
    error: HEAD:case.toml is a committed version: it can be read, not changed
    help: name the file in the work tree
    --- exit 2
    ");
    assert_snapshot!(bench.run("fmt HEAD:case.toml"), @"
    --- stderr
    error: HEAD:case.toml is a committed version: it can be read, not changed
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
