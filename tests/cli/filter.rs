//! `--where`: the items that count, in every command that scores.

use insta::assert_snapshot;

use crate::support::{CASE, bench};

#[test]
fn only_what_passes_counts() {
    assert_snapshot!(bench().run("rank case.toml --where !plate --quiet"), @"
    Who took the cake?                                                    TLP:CLEAR
    Where did the cake go between noon and two?
    2 of 3 items, 3 hypotheses, as of 2025-03-09, where !plate, listed by weighted

     Hypothesis                Inconsistency  Weighted  Net       Bayes
    ───────────────────────────────────────────────────────────────────────────────
     dog         The dog       1   0.00       1   0.00  1   2.83  1  71%  likely
     children    The children  2  -1.00       2  -1.41  2  -0.41  2  29%  unlikely
     burglar     A burglar     -  -3.00       -  -3.83  -  -3.83  -    -

    Least contradicted: The dog, 1.41 ahead of The children. Nothing speaks against it.
    The methods agree: all four have the same leader.
    Rejected, so without a rank: A burglar.

    TLP:CLEAR
    ");
    assert_snapshot!(bench().run_words(&["table", "case.toml", "--where", "credibility:high rated:dog=CC", "--width", "60"]), @"
    Who took the cake?                    TLP:CLEAR
    Where did the cake go between noon and two?
    1 of 3 items, 3 hypotheses, as of 2025-03-09, where
    credibility:high rated:dog=CC

    Least contradicted: The dog, 1.41 ahead of The children.
    Nothing speaks against it.
    The lead rests on 1 item (crumbs).

    Rank and weighted inconsistency, 0 is best
      1   0.00  The dog
      2  -1.41  The children

    ach sensitivity case.toml shows what would change that, ach
    explain why it leads

    CC very consistent, C, N neutral, I, II very inconsistent,
    NA not applicable, · not rated
     Evidence  Weight  Diag.   dog   Kids  burglar
    ───────────────────────────────────────────────
     crumbs      1.41   1.50    CC      I       II
    ───────────────────────────────────────────────
     Weighted inconsistency,  0.00  -1.41    -2.83
     0 is best
     Rank                        1      2        -
    Diag.: how far an item sets hypotheses apart; 0 not at all,
    - rated for one only. Weight: 0.50 to 2.00.

    Rejected, so without a rank: A burglar.

    TLP:CLEAR
    ");
}

#[test]
fn a_withdrawn_item_does_not_bring_back_what_the_filter_leaves_out() {
    let bench = bench();
    bench.run("set case.toml barking.status withdrawn");
    let told = bench.run("table case.toml --where !plate --format json");
    assert!(told.contains(r#""id":"crumbs""#) && !told.contains(r#""id":"plate""#), "{told}");
    assert!(told.contains(r#""status":"withdrawn","counts":false"#), "{told}");
    let told = bench.run("table case.toml --where status:withdrawn --format json");
    assert!(told.contains(r#""id":"barking""#) && !told.contains(r#""id":"crumbs""#), "{told}");
}

#[test]
fn every_command_that_scores_names_the_filter() {
    for command in ["table", "rank", "explain", "sensitivity", "robustness", "timeline", "next"] {
        let told = bench().run(&format!("{command} case.toml --where kind:fact --format json"));
        assert!(told.contains(r#""where":"kind:fact""#), "{command}: {told}");
        let told = bench().run(&format!("{command} case.toml --format json"));
        assert!(told.contains(r#""where":null"#), "{command}: {told}");
    }
}

#[test]
fn what_is_no_filter_is_refused_with_the_nearest_choice() {
    assert_snapshot!(bench().run("table case.toml --where knd:fact"), @r#"
    --- stderr
    error: invalid value 'knd:fact' for '--where <FILTER>': the filter has no field "knd" (a word with a colon goes in quotes): did you mean "kind"?

    For more information, try '--help'.
    --- exit 2
    "#);
    assert_snapshot!(bench().run("table case.toml --where credibility:hgh"), @r#"
    --- stderr
    error: invalid value 'credibility:hgh' for '--where <FILTER>': credibility cannot be "hgh": did you mean "high"? expected one of low, medium, high

    For more information, try '--help'.
    --- exit 2
    "#);
    assert_snapshot!(bench().run("table case.toml --where rated:dogs"), @r#"
    --- stderr
    error: there is no hypothesis "dogs"
    help: did you mean "dog"?
    --- exit 2
    "#);
}

#[test]
fn every_command_with_where_refuses_a_name_that_is_in_no_version() {
    let bench = bench().file("other.toml", CASE).committed();
    for command in [
        "table",
        "rank",
        "explain",
        "sensitivity",
        "robustness",
        "timeline",
        "next",
        "check",
        "log",
        "team other.toml",
        "diff other.toml",
    ] {
        for (filter, what) in [("rated:cat", "hypothesis"), ("source:tabloid", "source")] {
            let told = bench.run(&format!("{command} case.toml --where {filter}"));
            assert!(told.contains(&format!("error: there is no {what} \"")), "{command}: {told}");
            assert!(told.ends_with("--- exit 2\n"), "{command}: {told}");
        }
        let told = bench.run(&format!("{command} case.toml --where rated:dog"));
        assert!(!told.contains("there is no"), "{command}: {told}");
    }
}
