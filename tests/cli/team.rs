//! `ach team`.

use insta::assert_snapshot;

use crate::support::{Bench, CASE, bench};

/// The case as somebody else rates it, who found something too.
fn other() -> String {
    CASE.replace("dog = \"CC\"", "dog = \"N\"")
        .replace("children = \"I\"", "children = { rating = \"II\", confidence = \"high\", note = \"Seen\" }")
        .replace("dog = \"NA\"", "dog = \"I\"")
        + "\n[[evidence]]\nid = \"crumb\"\ntext = \"A crumb on the sofa\"\n[evidence.ratings]\nchildren = \"CC\"\n"
}

/// Three raters.
fn team() -> Bench {
    let third = CASE
        .replace("dog = \"CC\"", "dog = \"II\"")
        .replace("dog = \"II\"\nchildren = \"C\"", "dog = \"I\"\nchildren = \"II\"");
    bench().file("ann.toml", other()).file("bob.toml", third)
}

#[test]
fn raters_are_compared_in_words_first() {
    assert_snapshot!(team().run("team case.toml ann.toml bob.toml"), @"
    Who took the cake?                                                                TLP:CLEAR
    Where did the cake go between noon and two?                 3 raters, 4 items, 3 hypotheses

    There are too few cells to tell how far the raters agree: alpha is 0.33, from 7 cells that several
    rated.
    They do not have the same leader: Kids (case.toml and ann.toml); dog and Kids (bob.toml). By their
    consensus: Kids.
    Provisional by the consensus: a leader has gaps, or a hypothesis is not rated.
    They differ on 5 of 8 cells that several rated, most on crumbs / dog (CC, N and II).
    bob.toml is farthest from the others: 1.00 steps of the scale from their consensus on average.
    Not in every version, and blank where they are not: 1 item (crumb).

     Rater      Leader        Rated  From others  From case.toml  From ann.toml  From bob.toml
    ───────────────────────────────────────────────────────────────────────────────────────────
     case.toml  Kids              8         0.67                           0.43           1.14
     ann.toml   Kids              9         0.40            0.43                          1.00
     bob.toml   dog and Kids      8         1.00            1.14           1.00
     Consensus  Kids

     Cell               Apart  case.toml  ann.toml  bob.toml  Consensus
    ────────────────────────────────────────────────────────────────────
     crumbs / dog        2.00         CC         N        II          ·
     plate / children    1.73          C         C        II          ·
     crumbs / children   0.58          I        II         I          I
     plate / dog         0.58         II        II         I         II
     barking / dog       0.58         NA         I        NA         NA

    ach team case.toml ann.toml bob.toml --consensus-out FILE writes what they say together

    TLP:CLEAR
    ");
}

#[test]
fn two_raters_stand_side_by_side() {
    assert_snapshot!(team().run("team case.toml ann.toml --width 80"), @"
    TLP:CLEAR

    Who took the cake?
    Where did the cake go between noon and two?  2 raters, 4 items, 3 hypotheses

    There are too few cells to tell how far the raters agree: alpha is 0.82, from 7
    cells that several rated.
    By both of them, and by their consensus, the lead is with Kids.
    They differ on 3 of 8 cells that several rated, most on crumbs / dog (CC and N).
    On average they are 0.43 steps of the scale apart.
    Not in every version, and blank where they are not: 1 item (crumb).

     Rater      Leader  Rated
    ──────────────────────────
     case.toml  Kids        8
     ann.toml   Kids        9
     Consensus  Kids

     Cell               Apart  case.toml  ann.toml  Consensus
    ──────────────────────────────────────────────────────────
     crumbs / dog        1.41         CC         N          C
     crumbs / children   0.71          I        II          I
     barking / dog       0.71         NA         I          I

    ach diff case.toml ann.toml shows all that differs between the two

    TLP:CLEAR
    ");
}

#[test]
fn a_narrow_page_has_a_block_for_each() {
    assert_snapshot!(team().run("team case.toml ann.toml --width 44 -q"), @"
    TLP:CLEAR

    Who took the cake?
    Where did the cake go between noon and two?
    2 raters, 4 items, 3 hypotheses

    There are too few cells to tell how far the
    raters agree: alpha is 0.82, from 7 cells
    that several rated.
    By both of them, and by their consensus, the
    lead is with Kids.
    They differ on 3 of 8 cells that several
    rated, most on crumbs / dog (CC and N).
    On average they are 0.43 steps of the scale
    apart.
    Not in every version, and blank where they
    are not: 1 item (crumb).

     Rater      Leader  Rated
    ──────────────────────────
     case.toml  Kids        8
     ann.toml   Kids        9
     Consensus  Kids

    case.toml
      crumbs / dog       CC
      crumbs / children  I
      barking / dog      NA

    ann.toml
      crumbs / dog       N
      crumbs / children  II
      barking / dog      I

    Consensus
      crumbs / dog       C
      crumbs / children  I
      barking / dog      I

    TLP:CLEAR
    ");
}

#[test]
fn one_rater_is_told_how_to_get_another() {
    assert_snapshot!(bench().run("team case.toml"), @"
    Who took the cake?                                                                         TLP:CLEAR
    Where did the cake go between noon and two?                           1 rater, 3 items, 3 hypotheses

    There is one rater, so there is nothing to compare. A second version makes a second rater: another
    file, or the same in another revision.

    ach team case.toml OTHER compares it with another rater's version

    TLP:CLEAR
    ");
    let json = bench().json("team case.toml --format json");
    assert!(json["alpha"].is_null());
    assert_eq!(json["cells"][0]["ratings"], serde_json::json!(["CC"]));
}

#[test]
fn json_has_every_cell_of_every_version() {
    let bench = team();
    let json = bench.json("team case.toml ann.toml --format json");
    let keys: Vec<_> = json.as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        ["format", "marking", "where", "alpha", "alpha_low", "alpha_high", "pairable", "raters", "cells"]
    );
    assert_eq!(json["raters"], serde_json::json!(["case.toml", "ann.toml"]));
    assert_eq!(json["marking"], "TLP:CLEAR");
    assert_snapshot!(json["cells"].to_string().replace("},", "},\n"), @r#"
    [{"evidence":"crumbs","hypothesis":"dog","ratings":["CC","N"],"disagreement":1.4142135623730951,"consensus":"C"},
    {"evidence":"crumbs","hypothesis":"children","ratings":["I","II"],"disagreement":0.7071067811865476,"consensus":"I"},
    {"evidence":"crumbs","hypothesis":"burglar","ratings":["II","II"],"disagreement":0.0,"consensus":"II"},
    {"evidence":"plate","hypothesis":"dog","ratings":["II","II"],"disagreement":0.0,"consensus":"II"},
    {"evidence":"plate","hypothesis":"children","ratings":["C","C"],"disagreement":0.0,"consensus":"C"},
    {"evidence":"plate","hypothesis":"burglar","ratings":[null,null],"disagreement":null,"consensus":null},
    {"evidence":"barking","hypothesis":"dog","ratings":["NA","I"],"disagreement":0.7071067811865476,"consensus":"I"},
    {"evidence":"barking","hypothesis":"children","ratings":["C","C"],"disagreement":0.0,"consensus":"C"},
    {"evidence":"barking","hypothesis":"burglar","ratings":["I","I"],"disagreement":0.0,"consensus":"I"},
    {"evidence":"crumb","hypothesis":"dog","ratings":[null,null],"disagreement":null,"consensus":null},
    {"evidence":"crumb","hypothesis":"children","ratings":[null,"CC"],"disagreement":0.0,"consensus":"CC"},
    {"evidence":"crumb","hypothesis":"burglar","ratings":[null,null],"disagreement":null,"consensus":null}]
    "#);
}

#[test]
fn csv_has_a_cell_a_row() {
    assert_snapshot!(team().run("team case.toml ann.toml bob.toml --format csv"), @"
    evidence,hypothesis,case.toml,ann.toml,bob.toml,disagreement,consensus
    crumbs,dog,CC,N,II,2,
    crumbs,children,I,II,I,0.5773502691896257,I
    crumbs,burglar,II,II,II,0,II
    plate,dog,II,II,I,0.5773502691896257,II
    plate,children,C,C,II,1.7320508075688772,
    plate,burglar,,,,,
    barking,dog,NA,I,NA,0.5773502691896257,NA
    barking,children,C,C,C,0,C
    barking,burglar,I,I,I,0,I
    crumb,dog,,,,,
    crumb,children,,CC,,0,CC
    crumb,burglar,,,,,
    ");
}

#[test]
fn revisions_are_raters() {
    let bench = bench().committed().git("checkout --quiet -b ann").file("case.toml", other()).commit("two");
    let json = bench.json("team main:case.toml ann:case.toml case.toml --format json");
    assert_eq!(json["raters"], serde_json::json!(["main:case.toml", "ann:case.toml", "case.toml"]));
    assert_eq!(json["cells"][0]["ratings"], serde_json::json!(["CC", "N", "N"]));
    let told = bench.run("team main:case.toml ann:case.toml");
    assert!(told.contains("main") && told.contains("ann"), "{told}");
}

#[test]
fn the_consensus_is_the_first_version_with_other_ratings() {
    let bench = team();
    let dry = "team ann.toml case.toml bob.toml --consensus-out new.toml --dry-run --width 70";
    assert_snapshot!(bench.run(dry), @"
    ann.toml -> new.toml          TLP:CLEAR
    3 hypotheses, scored by weighted

    The leader is the same: The children, now 1.41 ahead instead of 1.00.
    Provisional: 1 cell of The children is not rated. In all, 3 of 8 cells
    are not rated.

     Hypothesis    Before     After
    ───────────────────────────────────────
     Kids        1  -2.83  1  -1.41  +1.41
     dog         2  -3.83  2  -2.83  +1.00
     burglar     -  -3.83  -  -3.83

    4 judgements
      crumbs   dog   N  -> ·   Crumbs lead from the table to the basket
      crumbs   Kids  II -> I   confidence high -> (medium)
      plate    Kids  C  -> ·   The plate stands washed in the rack
      barking  dog   I  -> NA  The dog did not bark

    TLP:CLEAR
    ");
    assert!(!bench.has("new.toml"));
    let told = bench.run("team ann.toml case.toml bob.toml --consensus-out new.toml --format json");
    let (_, said) = told.split_once("--- stderr\n").expect("it says what it wrote");
    assert_snapshot!(said, @"wrote new.toml");
    let (before, after) = (bench.read("ann.toml"), bench.read("new.toml"));
    let only_in = |one: &str, other: &str| -> Vec<String> {
        one.lines().filter(|line| !other.lines().any(|same| same == *line)).map(str::to_owned).collect()
    };
    // Where raters are on opposite sides nothing is agreed, and the line of the cell goes.
    assert_eq!(before.lines().count(), after.lines().count() + 2);
    assert_snapshot!(only_in(&before, &after).join("\n"), @r#"
    dog = "N"
    children = { rating = "II", confidence = "high", note = "Seen" }
    dog = "I"
    "#);
    assert_snapshot!(only_in(&after, &before).join("\n"), @r#"
    children = { rating = "I", note = "Seen" }
    dog = "NA"
    "#);
}

#[test]
fn what_only_others_have_is_not_in_the_consensus_and_that_is_said() {
    let bench = team();
    let told = bench.run("team case.toml ann.toml --consensus-out new.toml -q --format csv");
    assert!(!told.contains("stderr"), "{told}");
    assert!(!bench.read("new.toml").contains("crumb\""));
    let told = bench.run("team case.toml ann.toml --consensus-out other.toml --format csv");
    assert!(told.ends_with("note: it lacks what case.toml does not have: 1 item (crumb)\n"), "{told}");
}

#[test]
fn standard_output_takes_no_consensus_beside_the_comparison() {
    let told = team().run("team case.toml ann.toml --consensus-out -");
    assert!(told.contains("the consensus needs a file") && told.ends_with("--- exit 2\n"), "{told}");
    assert!(!team().has("-"));
}

#[test]
fn nothing_is_overwritten() {
    let bench = team();
    let told = bench.run("team case.toml ann.toml --consensus-out bob.toml");
    assert_snapshot!(told, @"
    --- stderr
    error: bob.toml already exists
    help: choose another name
    --- exit 2
    ");
    let told = bench.run("team case.toml ann.toml --consensus-out case.toml");
    assert!(told.contains("already exists") && told.ends_with("--- exit 2\n"), "{told}");
    assert_eq!(bench.read("case.toml"), CASE);
    let told = bench.run("team case.toml ann.toml --dry-run");
    assert!(told.contains("--consensus-out") && told.ends_with("--- exit 2\n"), "{told}");
}

#[test]
fn every_file_that_cannot_be_used_is_told() {
    let bench = team()
        .file("broken.toml", "ach = 1\ntitle = 3\n")
        .file("priors.toml", CASE.replace("short = \"Kids\"", "prior = 0.4"));
    let told = bench.run("team case.toml broken.toml priors.toml gone.toml");
    for said in ["error[wrong-type]", "error[priors]", "cannot read gone.toml", "--- exit 2"] {
        assert!(told.contains(said), "{said}: {told}");
    }
    assert!(!told.contains("Who took"), "{told}");
}

#[test]
fn long_names_of_raters_and_leaders_stay_on_the_page() {
    let case = "ach = 1\ntitle = \"T\"\n[[hypothesis]]\nid = \"a\"\nname = \"A hypothesis of many words and more\"\n\
                short = \"A hypothesis of many words\"\n";
    let names = ["a-rater-of-long.toml", "another-of-them.toml", "the-third-rater.toml"];
    let bench = names.iter().fold(Bench::new(), |bench, name| bench.file(name, case));
    let said = bench.result(&format!("team {} --width 60", names.join(" ")));
    assert!(said.lines().all(|line| line.chars().count() <= 60), "{said}");
}
