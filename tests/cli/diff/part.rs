//! The parts of a diff, what counts as a change, and exit codes.

use insta::assert_snapshot;
use serde_json::json;

use super::two_files;
use crate::support::{Bench, CASE, bench};

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
    old.toml -> case.toml                     TLP:CLEAR
    3 hypotheses, scored by bayes

    The leader changed: The children -> The dog
    Posteriors stand on even priors.

     Hypothesis                Before   After
    ───────────────────────────────────────────────────
     dog         The dog       2  29%  1  75%  ▲1  +46
     Kids        The children  1  71%  2  25%  ▼1  -46
     burglar     A burglar     -    -  -    -

    ach table case.toml shows the matrix as it is now

    TLP:CLEAR
    ");
    assert_snapshot!(bench.run("diff old.toml case.toml --only texts"), @"
    old.toml -> case.toml                                                                      TLP:CLEAR
    3 hypotheses, scored by weighted

    3 texts edited
      hypothesis:burglar  note  {+Nothing else is missing.+}
      plate               text  The plate [-stands washed in-]{+was put back into+} the rack
      crumbs / Kids       note  {+Small shoes.+}

    TLP:CLEAR
    ");
    assert_snapshot!(bench.run("diff old.toml case.toml --only evidence,scenario"), @"
    old.toml -> case.toml                                                                      TLP:CLEAR
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
    old.toml -> old.toml                                                                       TLP:CLEAR
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
        json!({ "dog": null, "children": 0.0, "burglar": -1.0 })
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
    Provisional: 2 cells of Alpha are not rated; Alpha is rated CC to II in 1 of 3 items only.

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
fn edits_can_be_looked_at_before_they_are_made() {
    let bench = bench();
    assert_snapshot!(bench.run("set case.toml plate dog C --dry-run"), @"
    case.toml                                       TLP:CLEAR
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
    case.toml                                   TLP:CLEAR
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
