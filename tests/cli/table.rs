//! `ach table`.

use insta::assert_snapshot;

use crate::support::{Bench, CASE, bench};

#[test]
fn the_conclusion_stands_above_the_matrix() {
    assert_snapshot!(bench().run("table case.toml"), @"
    Who took the cake?                                                               TLP:CLEAR
    Where did the cake go between noon and two?        3 items, 3 hypotheses, as of 2025-03-09

    Least contradicted: The children, 1.41 ahead of The dog.
    The lead rests on 1 item (plate).

    Rank and weighted inconsistency, 0 is best
      1  -1.41  The children
      2  -2.83  The dog

    ach sensitivity case.toml shows what would change that, ach explain why it leads

    CC very consistent, C, N neutral, I, II very inconsistent, NA not applicable, · not rated
     Evidence                                            Weight  Diag.    dog   Kids  burglar
    ──────────────────────────────────────────────────────────────────────────────────────────
     crumbs    Crumbs lead from the table to the basket    1.41   1.50     CC      I       II
     plate     The plate stands washed in the rack         1.41   1.50     II      C        ·
     barking   The dog did not bark                        1.00      -     NA      C        I
    ──────────────────────────────────────────────────────────────────────────────────────────
     Weighted inconsistency, 0 is best                                  -2.83  -1.41    -3.83
     Rank                                                                   2      1        -
    Diag.: how far an item sets hypotheses apart; 0 not at all, - rated for one only. Weight: 0.50 to
    2.00.

    barking is rated for one hypothesis alone and compares nothing.
    Rejected, so without a rank: A burglar.

    TLP:CLEAR
    ");
}

#[test]
fn up_to_eighty_columns_the_texts_go() {
    assert_snapshot!(bench().run("table case.toml --width 80"), @"
    Who took the cake?                     TLP:CLEAR
    Where did the cake go between noon and two?
    3 items, 3 hypotheses, as of 2025-03-09

    Least contradicted: The children, 1.41 ahead of The dog.
    The lead rests on 1 item (plate).

    Rank and weighted inconsistency, 0 is best
      1  -1.41  The children
      2  -2.83  The dog

    ach sensitivity case.toml shows what would change that, ach explain why it leads

    CC very consistent, C, N neutral, I, II very inconsistent, NA not applicable, ·
    not rated
     Evidence  Weight  Diag.    dog   Kids  burglar
    ────────────────────────────────────────────────
     crumbs      1.41   1.50     CC      I       II
     plate       1.41   1.50     II      C        ·
     barking     1.00      -     NA      C        I
    ────────────────────────────────────────────────
     Weighted inconsistency,  -2.83  -1.41    -3.83
     0 is best
     Rank                         2      1        -
    Diag.: how far an item sets hypotheses apart; 0 not at all, - rated for one
    only. Weight: 0.50 to 2.00.

    barking is rated for one hypothesis alone and compares nothing.
    Rejected, so without a rank: A burglar.

    TLP:CLEAR
    ");
}

#[test]
fn below_sixty_columns_the_table_turns_on_its_side() {
    assert_snapshot!(bench().run("table case.toml --width 50"), @"
    Who took the cake?                       TLP:CLEAR
    Where did the cake go between noon and two?
    3 items, 3 hypotheses, as of 2025-03-09

    Least contradicted: The children, 1.41 ahead of
    The dog.
    The lead rests on 1 item (plate).

    Rank and weighted inconsistency, 0 is best
      1  -1.41
          The children
      2  -2.83
          The dog

    ach sensitivity case.toml shows what would change
    that, ach explain why it leads

    CC very consistent, C, N neutral, I, II very
    inconsistent, NA not applicable, · not rated

    The dog
      Weighted inconsistency  -2.83
      Rank                        2
      II  plate
      CC  crumbs
      NA  barking

    The children
      Weighted inconsistency  -1.41
      Rank                        1
      I  crumbs
      C  plate, barking

    A burglar
      Weighted inconsistency  -3.83
      Rank                        -
      II  crumbs
      I   barking
      ·   plate

    barking is rated for one hypothesis alone and
    compares nothing.
    Rejected, so without a rank: A burglar.

    TLP:CLEAR
    ");
}

#[test]
fn a_head_is_not_cut_where_a_text_could_yield() {
    let bench = Bench::new().file("case.toml", include_str!("../../scenarios/tajik-border.toml"));
    for width in 68..=140 {
        let table = bench.result(&format!("table case.toml --width {width}"));
        let heads = table
            .lines()
            .skip_while(|line| !line.starts_with(" Evidence"))
            .take_while(|line| !line.contains('─'));
        let heads = heads.collect::<Vec<_>>().join("\n");
        assert!(heads.contains("Smugglers") && !heads.contains('…'), "at {width}:\n{heads}");
    }
}

#[test]
fn many_hypotheses_are_spread_over_blocks() {
    let hypotheses: String =
        (10..28).map(|n| format!("[[hypothesis]]\nid = \"suspect-{n}\"\nname = \"Suspect {n}\"\n")).collect();
    let text = format!("ach = 1\ntitle = \"T\"\n{hypotheses}[[evidence]]\nid = \"e\"\ntext = \"x\"\n");
    assert_snapshot!(Bench::new().file("s.toml", text).run("table s.toml --width 70"), @"
    T
    1 item, 18 hypotheses

    No hypothesis is rated yet, so there is nothing to rank.

    CC very consistent, C, N neutral, I, II very inconsistent, NA not
    applicable, · not rated
     Evidence        suspect-10  suspect-11  suspect-12  suspect-13
    ────────────────────────────────────────────────────────────────
     e                        ·           ·           ·           ·
    ────────────────────────────────────────────────────────────────
     Weighted                 -           -           -           -
     inconsistency,
     0 is best
     Rank                     -           -           -           -

     Evidence        suspect-14  suspect-15  suspect-16  suspect-17
    ────────────────────────────────────────────────────────────────
     e                        ·           ·           ·           ·
    ────────────────────────────────────────────────────────────────
     Weighted                 -           -           -           -
     inconsistency,
     0 is best
     Rank                     -           -           -           -

     Evidence        suspect-18  suspect-19  suspect-20  suspect-21
    ────────────────────────────────────────────────────────────────
     e                        ·           ·           ·           ·
    ────────────────────────────────────────────────────────────────
     Weighted                 -           -           -           -
     inconsistency,
     0 is best
     Rank                     -           -           -           -

     Evidence        suspect-22  suspect-23  suspect-24  suspect-25
    ────────────────────────────────────────────────────────────────
     e                        ·           ·           ·           ·
    ────────────────────────────────────────────────────────────────
     Weighted                 -           -           -           -
     inconsistency,
     0 is best
     Rank                     -           -           -           -

     Evidence        suspect-26  suspect-27
    ────────────────────────────────────────
     e                        ·           ·
    ────────────────────────────────────────
     Weighted                 -           -
     inconsistency,
     0 is best
     Rank                     -           -
    ");
}

#[test]
fn bayes_is_told_in_percent_and_words() {
    assert_snapshot!(bench().run("table case.toml --method bayes -q"), @"
    Who took the cake?                                                            TLP:CLEAR
    Where did the cake go between noon and two?     3 items, 3 hypotheses, as of 2025-03-09

    Most probable: The children, 71% (likely), 42 percentage points ahead of The dog.
    The lead rests on 1 item (plate).
    Posteriors stand on even priors.

    Rank and posterior probability
      1  71%  The children
      2  29%  The dog

     Evidence                                            Weight  Diag.  dog  Kids  burglar
    ───────────────────────────────────────────────────────────────────────────────────────
     crumbs    Crumbs lead from the table to the basket    1.41   1.50   CC     I       II
     plate     The plate stands washed in the rack         1.41   1.50   II     C        ·
     barking   The dog did not bark                        1.00      -   NA     C        I
    ───────────────────────────────────────────────────────────────────────────────────────
     Posterior probability                                              29%   71%        -
     Rank                                                                 2     1        -

    barking is rated for one hypothesis alone and compares nothing.
    Rejected, so without a rank: A burglar.

    TLP:CLEAR
    ");
}

#[test]
fn a_day_limits_the_evidence() {
    assert_snapshot!(bench().run("table case.toml --as-of 2025-03-08 --sort id -q"), @"
    Who took the cake?                                                              TLP:CLEAR
    Where did the cake go between noon and two?  2 of 3 items, 3 hypotheses, as known on 2025-03-08

    Least contradicted: The dog, 1.41 ahead of The children. Nothing speaks against it.
    The lead rests on 1 item (crumbs).

    Rank and weighted inconsistency, 0 is best
      1   0.00  The dog
      2  -1.41  The children

     Evidence                                            Weight  Diag.   dog   Kids  burglar
    ─────────────────────────────────────────────────────────────────────────────────────────
     barking   The dog did not bark                        1.00      -    NA      C        I
     crumbs    Crumbs lead from the table to the basket    1.41   1.50    CC      I       II
    ─────────────────────────────────────────────────────────────────────────────────────────
     Weighted inconsistency, 0 is best                                  0.00  -1.41    -3.83
     Rank                                                                  1      2        -

    barking is rated for one hypothesis alone and compares nothing.
    Rejected, so without a rank: A burglar.

    TLP:CLEAR
    ");
}

#[test]
fn evidence_is_sorted_as_asked() {
    let ids = |order: &str| -> Vec<String> {
        let table = bench().json(&format!("table case.toml --format json --sort {order}"));
        let ids = table["evidence"].as_array().expect("a list").iter().map(|item| item["id"].as_str());
        ids.map(|id| id.expect("an id").to_owned()).collect()
    };
    assert_eq!(ids("file"), ["crumbs", "plate", "barking"]);
    assert_eq!(ids("id"), ["barking", "crumbs", "plate"]);
    assert_eq!(ids("date"), ["crumbs", "plate", "barking"]);
    assert_eq!(ids("diagnosticity"), ["crumbs", "plate", "barking"]);
}

#[test]
fn json_has_every_key() {
    assert_snapshot!(bench().run("table case.toml --format json"), @r#"{"format":1,"title":"Who took the cake?","question":"Where did the cake go between noon and two?","marking":"TLP:CLEAR","method":"weighted","as_of":"2025-03-09","where":null,"hypotheses":[{"id":"dog","name":"The dog","status":"active","competes":true,"rank":2,"score":-2.8284271247461903,"rated":3,"unrated":0},{"id":"children","name":"The children","status":"active","competes":true,"rank":1,"score":-1.4142135623730951,"rated":3,"unrated":0},{"id":"burglar","name":"A burglar","status":"rejected","competes":false,"rank":null,"score":-3.8284271247461903,"rated":2,"unrated":1}],"evidence":[{"id":"crumbs","text":"Crumbs lead from the table to the basket","kind":"fact","status":"active","counts":true,"searched":null,"date":"2025-03-08","sources":["aunt","uncle"],"weight":1.4142135623730951,"diagnosticity":1.5,"information":0.2366035139105065,"ratings":{"dog":"CC","children":"I","burglar":"II"}},{"id":"plate","text":"The plate stands washed in the rack","kind":"fact","status":"active","counts":true,"searched":null,"date":"2025-03","sources":[],"weight":1.4142135623730951,"diagnosticity":1.5,"information":0.40450025145007723,"ratings":{"dog":"II","children":"C"}},{"id":"barking","text":"The dog did not bark","kind":"absence","status":"active","counts":true,"searched":null,"date":null,"sources":[],"weight":1.0,"diagnosticity":0.5,"information":0.021458530418240612,"ratings":{"dog":"NA","children":"C","burglar":"I"}}],"leaders":["children"],"margin":1.4142135623730951,"provisional":false}"#);
}

#[test]
fn csv_and_markdown_have_an_item_a_row() {
    assert_snapshot!(bench().run("table case.toml --format csv"), @r#"
    id,text,kind,date,sources,weight,diagnosticity,dog,children,burglar
    crumbs,Crumbs lead from the table to the basket,fact,2025-03-08,"aunt, uncle",1.4142135623730951,1.5,CC,I,II
    plate,The plate stands washed in the rack,fact,2025-03,,1.4142135623730951,1.5,II,C,
    barking,The dog did not bark,absence,,,1,0.5,NA,C,I
    "#);
    assert_snapshot!(bench().run("table case.toml --format markdown"), @"
    **TLP:CLEAR**

    # Who took the cake?

    | id | text | kind | date | sources | weight | diagnosticity | dog | children | burglar |
    | --- | --- | --- | --- | --- | ---: | ---: | --- | --- | --- |
    | crumbs | Crumbs lead from the table to the basket | fact | 2025-03-08 | aunt, uncle | 1.41 | 1.50 | CC | I | II |
    | plate | The plate stands washed in the rack | fact | 2025-03 |  | 1.41 | 1.50 | II | C |  |
    | barking | The dog did not bark | absence |  |  | 1.00 | 0.50 | NA | C | I |

    Least contradicted: **The children**, 1.41 ahead of The dog.

    The lead rests on **1 item** (plate).

    barking is rated for one hypothesis alone and compares nothing.

    Rejected, so without a rank: A burglar.

    **TLP:CLEAR**
    ");
}

#[test]
fn several_files_are_an_array_or_follow_each_other() {
    let two = bench().file("empty.toml", "ach = 1\ntitle = \"Nothing yet\"\n");
    let json = two.json("table case.toml empty.toml --format json");
    assert_eq!(json.as_array().expect("an array").len(), 2);
    assert_eq!(json[1]["title"], "Nothing yet");
    assert_snapshot!(two.run("table empty.toml empty.toml"), @"
    Nothing yet
    0 items, 0 hypotheses

    There are no hypotheses yet.

    ach add empty.toml hypothesis ID --name NAME adds a hypothesis

    Nothing yet
    0 items, 0 hypotheses

    There are no hypotheses yet.

    ach add empty.toml hypothesis ID --name NAME adds a hypothesis
    ");
    assert_snapshot!(two.run("table case.toml empty.toml --format csv"), @"
    --- stderr
    error: csv holds one table: name one FILE, or use --format json

    Usage: ach table [OPTIONS] <FILE>...

    For more information, try '--help'.
    --- exit 2
    ");
}

#[test]
fn text_from_a_file_is_shown_and_not_obeyed() {
    let text = CASE
        .replace("The children", r"\u001b[31mRed\u202e")
        .replace("The plate stands", r"=HYPERLINK(\u0007\r\n| <b>*x*</b>")
        .replace("TLP:CLEAR", r"\u001b]0;x\u0007");
    let bench = Bench::new().file("s.toml", text);
    assert_snapshot!(bench.run("table s.toml --width 110"), @r"
    Who took the cake?                                                                 \u001b]0;x\u0007
    Where did the cake go between noon and two?                 3 items, 3 hypotheses, as of 2025-03-09

    Least contradicted: \u001b[31mRed\u202e, 1.41 ahead of The dog.
    The lead rests on 1 item (plate).

    Rank and weighted inconsistency, 0 is best
      1  -1.41  \u001b[31mRed\u202e
      2  -2.83  The dog

    ach sensitivity s.toml shows what would change that, ach explain why it leads

    CC very consistent, C, N neutral, I, II very inconsistent, NA not applicable, · not rated
     Evidence                                                     Weight  Diag.    dog   Kids  burglar
    ───────────────────────────────────────────────────────────────────────────────────────────────────
     crumbs    Crumbs lead from the table to the basket             1.41   1.50     CC      I       II
     plate     =HYPERLINK(\u0007 | <b>*x*</b> washed in the rack    1.41   1.50     II      C        ·
     barking   The dog did not bark                                 1.00      -     NA      C        I
    ───────────────────────────────────────────────────────────────────────────────────────────────────
     Weighted inconsistency, 0 is best                                           -2.83  -1.41    -3.83
     Rank                                                                            2      1        -
    Diag.: how far an item sets hypotheses apart; 0 not at all, - rated for one only. Weight: 0.50 to 2.00.

    barking is rated for one hypothesis alone and compares nothing.
    Rejected, so without a rank: A burglar.

    \u001b]0;x\u0007
    ");
    assert_snapshot!(bench.run("table s.toml --format csv"), @r#"
    id,text,kind,date,sources,weight,diagnosticity,dog,children,burglar
    crumbs,Crumbs lead from the table to the basket,fact,2025-03-08,"aunt, uncle",1.4142135623730951,1.5,CC,I,II
    plate,"'=HYPERLINK(\u0007
    | <b>*x*</b> washed in the rack",fact,2025-03,,1.4142135623730951,1.5,II,C,
    barking,The dog did not bark,absence,,,1,0.5,NA,C,I
    "#);
    assert_snapshot!(bench.run("table s.toml --format markdown"), @r"
    **\\u001b\]0;x\\u0007**

    # Who took the cake?

    | id | text | kind | date | sources | weight | diagnosticity | dog | children | burglar |
    | --- | --- | --- | --- | --- | ---: | ---: | --- | --- | --- |
    | crumbs | Crumbs lead from the table to the basket | fact | 2025-03-08 | aunt, uncle | 1.41 | 1.50 | CC | I | II |
    | plate | =HYPERLINK(\\u0007 \| &lt;b&gt;\*x\*&lt;/b&gt; washed in the rack | fact | 2025-03 |  | 1.41 | 1.50 | II | C |  |
    | barking | The dog did not bark | absence |  |  | 1.00 | 0.50 | NA | C | I |

    Least contradicted: **\\u001b\[31mRed\\u202e**, 1.41 ahead of The dog.

    The lead rests on **1 item** (plate).

    barking is rated for one hypothesis alone and compares nothing.

    Rejected, so without a rank: A burglar.

    **\\u001b\]0;x\\u0007**
    ");
    let json = bench.run("table s.toml --format json");
    assert!(json.contains(r"\u001b[31mRed\u202e") && json.contains(r"\u0007\u000d\u000a"), "{json}");
}

#[test]
fn a_long_text_takes_three_lines_at_most_and_says_that_there_is_more() {
    let long = "word ".repeat(60);
    let case = format!(
        "ach = 1\ntitle = \"T\"\n[[hypothesis]]\nid = \"a\"\nname = \"A\"\n[[evidence]]\nid = \"e\"\ntext = \"{}\"\n",
        long.trim()
    );
    let bench = Bench::new().file("a.toml", case);
    let said = bench.run("table a.toml --width 100 -q");
    assert_eq!(said.lines().filter(|line| line.contains("word")).count(), 3, "{said}");
    assert!(said.contains("word…"), "{said}");
    assert_eq!(bench.run("table a.toml --format markdown").matches("word").count(), 60);
}
