//! `ach log`.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "what is not as expected fails the test, and files come and go"
)]

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Bench, bench};

/// A history with a bit of everything: a judgement, a branch and its merge, a version that cannot be read, a renaming
/// of an item and of the file, a comment.
pub(crate) fn history() -> Bench {
    bench()
        .committed()
        .edit("case.toml", r#"dog = "II""#, r#"dog = "C""#)
        .commit("back --author=Bob<b@x> --date=2025-03-10T09:00:00+01:00")
        .git("checkout --quiet -b side")
        .edit("case.toml", r#"dog = "NA""#, r#"dog = { rating = "II", note = "A dog barks." }"#)
        .commit("side --author=Cleo<c@x> --date=2025-03-11T09:00:00+01:00")
        .git("checkout --quiet main")
        .edit("case.toml", r#"children = "I""#, r#"children = "II""#)
        .commit("shoes --date=2025-03-12T09:00:00+01:00")
        .git("merge --quiet --no-ff -m merged side")
        .edit("case.toml", "ach = 1", "ach =")
        .commit("broke --date=2025-03-14T09:00:00+01:00")
        .edit("case.toml", "ach =", "ach = 1")
        .edit("case.toml", r#"id = "barking""#, r#"id = "silence""#)
        .commit("mended --date=2025-03-15T09:00:00+01:00")
        .git("mv case.toml cake.toml")
        .commit("moved --date=2025-03-16T09:00:00+01:00")
        .edit("cake.toml", "ach = 1", "ach = 1 # version")
        .commit("comment --date=2025-03-17T09:00:00+01:00")
        .edit("cake.toml", r#"dog = { rating = "II""#, r#"dog = { rating = "I""#)
        .commit("milder --date=2025-03-18T09:00:00+01:00")
}

fn subjects(log: &Value) -> Vec<&str> {
    let commits = log["commits"].as_array().expect("commits are a list");
    commits.iter().map(|commit| commit["subject"].as_str().expect("a subject is a text")).collect()
}

#[test]
fn each_commit_has_its_changes_and_what_they_did() {
    assert_snapshot!(history().run("log cake.toml --width 90"), @"
    cake.toml                                                                        TLP:CLEAR
    10 commits by Analyst, Bob and Cleo, 2025-03-09 to 2025-03-18

    The leader changed twice, last on 2025-03-11 (d325b61): The dog -> The children.

    5b932e4 2025-03-18 Analyst: milder
      scores         dog -2.00 -> -1.00
      silence / dog  II -> I

    196c13f 2025-03-17 Analyst: comment
      no change  only comments, [meta] or ways of writing

    7a1969a 2025-03-16 Analyst: moved
      file  renamed from case.toml

    ^5e165b7 2025-03-15 Analyst: mended
      silence  renamed from barking

    98680b8 2025-03-14 Analyst: broke
      unreadable  line 1: a value is missing

    874e671 2025-03-09 Analyst: merged
      merge          compared with its first parent
      scores         dog 0.00 -> -2.00
      barking / dog  NA -> II; note: {+A dog barks.+}

    d37bd96 2025-03-12 Analyst: shoes
      scores         Kids -1.41 -> -2.83
      crumbs / Kids  I -> II

    d325b61 2025-03-11 Cleo: side
      leader         The dog -> The children
      ranks          Kids 2 -> 1 and dog 1 -> 2 (0.00 -> -2.00)
      barking / dog  NA -> II; note: {+A dog barks.+}

    fdf40f9 2025-03-10 Bob: back
      leader       The children -> The dog
      ranks        dog 2 -> 1 (-2.83 -> 0.00) and Kids 1 -> 2
      plate / dog  II -> C

    70b2c58 2025-03-09 Analyst: one
      new  3 hypotheses and 3 items; leader: The children

    ach blame cake.toml shows who last set each cell

    TLP:CLEAR
    ");
}

#[test]
fn the_newest_commits_and_other_beginnings_can_be_asked_for() {
    let bench = history();
    assert_eq!(subjects(&bench.json("log cake.toml -n 2 --format json")), ["milder", "comment"]);
    assert_eq!(subjects(&bench.json("log HEAD~6:case.toml --format json")), ["shoes", "back", "one"]);
    // Gone from the work tree, it still has a history.
    let gone = bench.json("log case.toml --format json");
    assert_eq!(subjects(&gone)[..2], ["moved", "mended"]);
    assert_eq!(gone["commits"][0]["path"], "case.toml");
}

#[test]
fn one_item_is_followed_under_all_its_ids() {
    let bench = history();
    assert_snapshot!(bench.run("log cake.toml --evidence silence --hypothesis dog --width 90 -q"), @"
    cake.toml                                                                        TLP:CLEAR
    5 commits by Analyst and Cleo, 2025-03-09 to 2025-03-18

    5b932e4 2025-03-18 Analyst: milder
      scores         dog -2.00 -> -1.00
      silence / dog  II -> I

    ^5e165b7 2025-03-15 Analyst: mended
      silence  renamed from barking

    874e671 2025-03-09 Analyst: merged
      merge          compared with its first parent
      scores         dog 0.00 -> -2.00
      barking / dog  NA -> II; note: {+A dog barks.+}

    d325b61 2025-03-11 Cleo: side
      leader         The dog -> The children
      ranks          Kids 2 -> 1 and dog 1 -> 2 (0.00 -> -2.00)
      barking / dog  NA -> II; note: {+A dog barks.+}

    70b2c58 2025-03-09 Analyst: one
      new  3 hypotheses and 3 items; leader: The children

    TLP:CLEAR
    ");
    assert_eq!(subjects(&bench.json("log cake.toml --hypothesis children --format json")), ["shoes", "one"]);
    // Any of its ids names it, also one that only older versions have.
    let by_old = bench.json("log cake.toml --evidence barking --hypothesis dog --format json");
    assert_eq!(by_old, bench.json("log cake.toml --evidence silence --hypothesis dog --format json"));
    assert_eq!(subjects(&by_old), ["milder", "mended", "merged", "side", "one"]);
    assert_snapshot!(bench.run("log cake.toml --evidence plat"), @r#"
    --- stderr
    error: there is no evidence item "plat"
    help: did you mean "plate"?
    --- exit 2
    "#);
    assert_snapshot!(bench.run("log cake.toml --hypothesis cat"), @r#"
    --- stderr
    error: there is no hypothesis "cat"
    help: there are dog, children and burglar
    --- exit 2
    "#);
}

#[test]
fn an_id_means_what_the_newest_version_means_that_has_it() {
    // "dog" becomes "hound", and another hypothesis takes its id and goes again.
    let other =
        "[[hypothesis]]\nid = \"dog\"\nname = \"The neighbour's dog\"\n\n[[evidence]]\nid = \"crumbs\"";
    let bench = bench().committed();
    bench.run("mv case.toml dog hound");
    let bench = bench.commit("renamed").edit("case.toml", "[[evidence]]\nid = \"crumbs\"", other);
    let bench = bench.commit("another").edit("case.toml", "hound = \"CC\"", "hound = \"C\"").commit("judged");
    let log = |id: &str| bench.json(&format!("log case.toml --hypothesis {id} --format json"));
    assert_eq!(subjects(&log("dog")), ["another"]);
    assert_eq!(subjects(&log("hound")), ["judged", "renamed", "one"]);
    bench.run("rm case.toml dog");
    let bench = bench.commit("gone");
    let log = |id: &str| bench.json(&format!("log case.toml --hypothesis {id} --format json"));
    assert_eq!(subjects(&log("dog")), ["gone", "another"]);
    assert_eq!(subjects(&log("hound")), ["judged", "renamed", "one"]);
}

#[test]
fn the_ranking_is_drawn_over_time() {
    let bench = history();
    assert_snapshot!(bench.run("log cake.toml --graph --width 90"), @"
    cake.toml                                                    TLP:CLEAR
    10 commits by Analyst, Bob and Cleo, 2025-03-09 to 2025-03-18

    The leader changed twice, last on 2025-03-11 (d325b61): The dog -> The children.

    Weighted inconsistency from 2025-03-09 to 2025-03-18
      The dog       -2.83  ▃█▄█▄▄▄▄▆  -1.00
      The children  -1.41  ▅▅▅▃▃▃▃▃▃  -2.83
      A burglar     -3.83  ▁▁▁▁▁▁▁▁▁  -3.83
      ▁ is -3.83, █ is 0.00; a column for each commit

     Commit   Why                         Date        dog   Kids  burglar
    ──────────────────────────────────────────────────────────────────────
     5b932e4  milder                      2025-03-18  1     2     -
     ⋮        no rank moved in 3 commits              ⋮     ⋮     ⋮
     98680b8  (cannot be read)            2025-03-14
     ⋮        no rank moved in 2 commits              ⋮     ⋮     ⋮
     d325b61  side                        2025-03-11  2 ▼1  1 ▲1  -
     fdf40f9  back                        2025-03-10  1 ▲1  2 ▼1  -
     70b2c58  one                         2025-03-09  2     1     -

    ach log cake.toml shows what moved it

    TLP:CLEAR
    ");
    assert_snapshot!(bench.run("log cake.toml --graph --width 50 -n 3"), @"
    cake.toml                                TLP:CLEAR
    3 commits by Analyst, 2025-03-16 to 2025-03-18

    The leader stayed the same: The dog.

    Weighted inconsistency from 2025-03-16 to
    2025-03-18
      The dog       -2.00  ▆▆█  -1.00
      The children  -2.83  ▃▃▃  -2.83
      A burglar     -3.83  ▁▁▁  -3.83
      ▁ is -3.83, █ is -1.00; a column for each commit

    The dog
      5b932e4  1
      196c13f  1
      7a1969a  1

    The children
      5b932e4  2
      196c13f  2
      7a1969a  2

    A burglar
      5b932e4  -
      196c13f  -
      7a1969a  -

    ach log cake.toml shows what moved it

    TLP:CLEAR
    ");
}

#[test]
fn json_has_the_changes_and_the_conclusions() {
    let log = history().json("log cake.toml --format json");
    assert_eq!(log["format"], 1);
    assert_eq!(log["marking"], "TLP:CLEAR");
    let newest = &log["commits"][0];
    assert_eq!(newest["author"], "Analyst");
    assert_eq!(newest["date"], "2025-03-18T09:00:00+01:00");
    assert_eq!(newest["path"], "cake.toml");
    assert_eq!(
        newest["changes"],
        json!([{"kind": "rating-set", "evidence": "silence", "hypothesis": "dog", "before": "II", "after": "I"}])
    );
    assert_eq!(newest["conclusion"]["before"]["scores"]["dog"], -2.0);
    assert_eq!(newest["conclusion"]["after"]["scores"]["dog"], -1.0);
    assert_eq!(newest["unreadable"], Value::Null);
    let broken = &log["commits"][4];
    assert_eq!((&broken["changes"], &broken["conclusion"]), (&json!([]), &Value::Null));
    assert_eq!(broken["unreadable"], "line 1: a value is missing");
    // What follows a version that cannot be read is compared with the last that can.
    let mended = &log["commits"][3];
    assert_eq!(
        mended["changes"],
        json!([{"kind": "evidence-renamed", "evidence": "silence", "before": "barking", "after": "silence"}])
    );
    let first = log["commits"].as_array().and_then(|commits| commits.last()).expect("there are commits");
    assert_eq!(first["conclusion"]["before"], json!({"leaders": [], "ranks": {}, "scores": {}}));
}

#[test]
fn the_method_can_be_chosen_and_tables_are_for_programs() {
    let bench = history();
    assert_eq!(
        bench.json("log cake.toml --method net --format json")["commits"][0]["conclusion"]["method"],
        "net"
    );
    let csv = bench.result("log cake.toml --format csv -n 3");
    let columns: Vec<&str> =
        csv.lines().map(|line| line.split_once(',').map_or("", |(_, rest)| rest)).collect();
    assert_snapshot!(columns.join("\n"), @"
    author,date,subject,path,kind,evidence,hypothesis,source,indicator,field,before,after
    Analyst,2025-03-18T09:00:00+01:00,milder,cake.toml,rating-set,silence,dog,,,,II,I
    Analyst,2025-03-17T09:00:00+01:00,comment,cake.toml,,,,,,,,
    Analyst,2025-03-16T09:00:00+01:00,moved,cake.toml,,,,,,,,
    ");
}

#[test]
fn what_has_no_history_is_told() {
    let bench = history().file("new.toml", "ach = 1\n");
    assert_snapshot!(bench.run("log new.toml"), @"
    new.toml
    0 commits

    No commit has it yet.
    ");
    assert_snapshot!(bench.run("log nothing.toml"), @"
    --- stderr
    error: cannot read nothing.toml: there is no such file, and none in the history of HEAD
    --- exit 2
    ");
    assert_snapshot!(bench.run("log ."), @"
    --- stderr
    error: cannot read .: this is a directory
    help: name a scenario file in it
    --- exit 2
    ");
    assert!(bench.run("log cake.toml -n 0").ends_with("--- exit 2\n"));
    assert_snapshot!(bench.run("log main~99:case.toml"), @r#"
    --- stderr
    error: cannot read main~99:case.toml: unknown revision "main~99"
    --- exit 2
    "#);
    assert_snapshot!(bench.run("log -"), @"
    --- stderr
    error: standard input has no history
    help: name a file of a repository
    --- exit 2
    ");
    assert_snapshot!(Bench::new().file("a.toml", "").env("PATH", "/nonexistent").run("log a.toml"), @"
    --- stderr
    error: cannot read a.toml: the git program was not found
    help: install git, or name files instead of revisions
    --- exit 2
    ");
    let before = crate::support::bench().git("init --quiet");
    assert_snapshot!(before.run("log case.toml"), @"
    case.toml
    0 commits

    No commit has it yet.
    ");
}

#[test]
fn both_ids_of_a_cell_are_told_however_long_they_are() {
    let (item, hypothesis) = ("e".repeat(40), "h".repeat(40));
    let text = crate::support::CASE.replace("\"crumbs\"", &format!("\"{item}\""));
    let text = text
        .replace("\"dog\"", &format!("\"{hypothesis}\""))
        .replace("\ndog =", &format!("\n{hypothesis} ="));
    let bench = Bench::new().file("case.toml", &text).committed();
    let bench = bench.edit("case.toml", &format!("{hypothesis} = \"CC\""), &format!("{hypothesis} = \"C\""));
    let bench = bench.commit("two");
    for width in [100, 200] {
        let said = bench.result(&format!("log case.toml -n 1 --width {width}"));
        assert!(said.contains(&format!("  {item} / {hypothesis}\n      CC -> C\n")), "{said}");
    }
}

#[test]
fn a_file_whose_directory_is_gone_still_has_a_history() {
    let bench = Bench::new().file("a/b/case.toml", crate::support::CASE).committed();
    std::fs::remove_dir_all(bench.path("a")).expect("it is there");
    assert_eq!(subjects(&bench.json("log a/b/case.toml --format json")), ["one"]);
    let gone = bench.result("diff -q -- a/b/case.toml");
    assert!(gone.contains("The scenario is gone."), "{gone}");
    let said = bench.run("log a/c/case.toml");
    assert!(said.contains("there is no such file, and none in the history of HEAD"), "{said}");
}

#[test]
fn what_was_deleted_and_came_back_is_the_same() {
    let bench = bench().committed().git("rm --quiet case.toml").commit("gone");
    let said = bench.result("log case.toml");
    assert!(said.contains("The leader stayed the same: The children."), "{said}");
    let bench = bench.file("case.toml", crate::support::CASE).commit("back");
    bench.result("mv -q case.toml crumbs bits");
    let bench = bench.commit("renamed");
    for id in ["crumbs", "bits"] {
        let log = bench.json(&format!("log case.toml --evidence {id} --format json"));
        assert_eq!(subjects(&log), ["renamed", "back", "gone", "one"], "{id}");
    }
}

#[test]
fn a_number_of_commits_that_is_none_is_refused_in_plain_words() {
    assert_snapshot!(crate::support::bench().committed().run("log case.toml -n 0"), @"
    --- stderr
    error: invalid value '0' for '--number <N>': expected a whole number of commits, 1 or more

    For more information, try '--help'.
    --- exit 2
    ");
}

#[test]
fn the_first_commit_is_listed_whatever_git_is_set_to_show() {
    let bench = history();
    let [log, blame] = [bench.run("log cake.toml"), bench.run("blame cake.toml")];
    let bench = bench.git("config log.showRoot false");
    assert_eq!(bench.run("log cake.toml"), log);
    assert_eq!(bench.run("blame cake.toml"), blame);
}
