//! `ach blame`.
#![allow(clippy::expect_used, reason = "what is not as expected fails the test")]

use insta::assert_snapshot;
use serde_json::Value;

use crate::log::history;

#[test]
fn each_cell_has_the_commit_that_set_it() {
    let bench = history().edit("cake.toml", r#"children = "II""#, r#"children = "CC""#);
    assert_snapshot!(bench.run("blame cake.toml --width 90"), @"
    Who took the cake?                                              TLP:CLEAR
    9 cells from 3 commits

     Evidence                                            dog   Kids  burglar
    ─────────────────────────────────────────────────────────────────────────
     crumbs    Crumbs lead from the table to the basket  CC c  CC *  II c
     plate     The plate stands washed in the rack       C  b  C  c  ·  c
     silence   The dog did not bark                      I  a  C  c  I  c

      *  not committed yet (1 cell)
      a  5b932e4 2025-03-18 Analyst: milder (1 cell)
      b  fdf40f9 2025-03-10 Bob: back (1 cell)
      c  70b2c58 2025-03-09 Analyst: one (6 cells)

    ach diff cake.toml shows what is not committed yet

    TLP:CLEAR
    ");
    assert_snapshot!(bench.run("blame cake.toml --width 50"), @"
    Who took the cake?                       TLP:CLEAR
    9 cells from 3 commits

    The dog
      crumbs   CC c
      plate    C  b
      silence  I  a

    The children
      crumbs   CC *
      plate    C  c
      silence  C  c

    A burglar
      crumbs   II c
      plate    ·  c
      silence  I  c

      *  not committed yet (1 cell)
      a  5b932e4 2025-03-18 Analyst: milder (1 cell)
      b  fdf40f9 2025-03-10 Bob: back (1 cell)
      c  70b2c58 2025-03-09 Analyst: one (6 cells)

    ach diff cake.toml shows what is not committed yet

    TLP:CLEAR
    ");
}

#[test]
fn one_item_is_told_in_detail() {
    let bench = history().edit("cake.toml", "did not bark", "barked");
    assert_snapshot!(bench.run("blame cake.toml silence"), @"
    silence                                                                                    TLP:CLEAR
    The dog barked                                                                3 cells from 2 commits

    Judgements
      dog      I  5b932e4 2025-03-18 Analyst: milder; A dog barks.
      Kids     C  70b2c58 2025-03-09 Analyst: one
      burglar  I  70b2c58 2025-03-09 Analyst: one

    Fields
      text  not committed yet; The dog barked
      kind  70b2c58 2025-03-09 Analyst: one; absence

    ach diff cake.toml shows what is not committed yet

    TLP:CLEAR
    ");
    assert_snapshot!(bench.run("blame cake.toml barking"), @r#"
    --- stderr
    error: there is no evidence item "barking"
    help: there are crumbs, plate and silence
    --- exit 2
    "#);
}

#[test]
fn json_has_every_cell_and_null_where_the_work_tree_differs() {
    let bench = history().edit("cake.toml", r#"children = "II""#, r#"children = "CC""#);
    let blame = bench.json("blame cake.toml --format json");
    let log = bench.json("log cake.toml --format json");
    let commits = log["commits"].as_array().expect("commits are a list");
    let subject = |cell: &Value| {
        let commit = commits.iter().find(|commit| commit["commit"] == cell["commit"]);
        commit.map_or("-", |commit| commit["subject"].as_str().unwrap_or_default()).to_owned()
    };
    let cells = blame["cells"].as_array().expect("cells are a list");
    let told = |cell: &Value| {
        format!(
            "{} {} {} {} {}",
            cell["evidence"],
            cell["hypothesis"],
            cell["rating"],
            subject(cell),
            cell["author"]
        )
    };
    assert_snapshot!(cells.iter().map(told).collect::<Vec<_>>().join("\n").replace('"', ""), @"
    crumbs dog CC one Analyst
    crumbs children CC - null
    crumbs burglar II one Analyst
    plate dog C back Bob
    plate children C one Analyst
    plate burglar null one Analyst
    silence dog I milder Analyst
    silence children C one Analyst
    silence burglar I one Analyst
    ");
    assert_eq!(blame["fields"], serde_json::json!([]));
    assert_eq!(blame["marking"], "TLP:CLEAR");
    let item = bench.json("blame cake.toml silence --format json");
    assert_eq!(item["cells"].as_array().map(Vec::len), Some(3));
    assert_eq!(item["fields"][0]["field"], "text");
    assert_eq!(subject(&item["fields"][0]), "one");
}

#[test]
fn a_merge_is_blamed_only_for_what_no_side_had() {
    let bench = history();
    let blame = bench.json("blame HEAD~5:case.toml --format json");
    let text = blame.to_string();
    let merged = bench.git_says("rev-parse HEAD~5");
    assert!(!text.contains(merged.trim()), "{text}");
    let side = bench.git_says("rev-parse side");
    assert!(text.contains(side.trim()), "{text}");
}

#[test]
fn what_is_in_no_commit_is_nobodys() {
    let bench = crate::support::bench().git("init --quiet");
    assert_snapshot!(bench.run("blame case.toml"), @"
    Who took the cake?                                              TLP:CLEAR
    9 cells from 0 commits

     Evidence                                            dog   Kids  burglar
    ─────────────────────────────────────────────────────────────────────────
     crumbs    Crumbs lead from the table to the basket  CC *  I  *  II *
     plate     The plate stands washed in the rack       II *  C  *  ·  *
     barking   The dog did not bark                      NA *  C  *  I  *

      *  not committed yet (9 cells)

    ach diff case.toml shows what is not committed yet

    TLP:CLEAR
    ");
    let bench = history();
    assert_snapshot!(bench.run("blame main~4:case.toml"), @"
    --- stderr
    error[syntax]: a value is missing
     --> main~4:case.toml:1:6
      |
    1 | ach =
      |      ^ expected a value

    --- exit 2
    ");
    assert_snapshot!(bench.run("blame gone.toml"), @r#"
    --- stderr
    error: cannot read gone.toml: there is no such file, and none in the history of HEAD
    help: did you mean "cake.toml"?
    --- exit 2
    "#);
    let csv = bench.result("blame cake.toml --format csv");
    assert_eq!(csv.lines().next(), Some("evidence,hypothesis,rating,commit,author,date"));
    assert_eq!(csv.lines().count(), 10);
}
