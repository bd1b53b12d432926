//! `ach next`.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Bench, CASE, bench};

/// Indicators in an order that is not that of their days.
const WATCHED: &str = r#"
[[indicator]]
id = "confession"
text = "Someone owns up"

[[indicator]]
id = "hidden-plate"
text = "A second plate turns up under a bed"
hypothesis = "children"
due = 2025-04-01

[[indicator]]
id = "no-appetite"
text = "The dog leaves its dinner"
hypothesis = "dog"
due = 2025-03-08

[[indicator]]
id = "seen"
text = "A neighbour saw it"
status = "observed"
"#;

fn watched() -> Bench {
    Bench::new().file("case.toml", format!("{CASE}{WATCHED}"))
}

/// The case with its blank belonging to a hypothesis that is not rejected.
fn open() -> Bench {
    let case =
        CASE.replace("dog = \"NA\"\nchildren = \"C\"", "children = { rating = \"C\", confidence = \"low\" }");
    Bench::new().file("case.toml", format!("{case}{WATCHED}"))
}

#[test]
fn whether_rating_on_matters_is_said_first() {
    assert_snapshot!(open().run("next case.toml"), @"
    Who took the cake?                                                                         TLP:CLEAR
    Where did the cake go between noon and two?     3 items, 3 hypotheses, as of 2025-03-09, by weighted

    No rating of a blank cell can change who leads: you can stop, although 1 cell is blank.
    Least contradicted: The children, 1.41 ahead of The dog.
    1 of 6 cells is not rated, none of them the leader's.
    Rejected, so without a rank: A burglar.

    2 open cells, the likeliest to change the leader first
      barking  dog       ·       0.042 bits  new leader 0.0%  The dog did not bark
      barking  children  C  low  0.005 bits  new leader 0.0%  The dog did not bark

    Bits: how much the cell's rating would tell, on average, about which hypothesis holds, by bayes. New
    leader: how often it would change who leads by weighted.
    Candidates are blank cells (·) and cells of low confidence; --all weighs every cell.

    3 indicators to watch
      2025-03-08 overdue  no-appetite   dog       The dog leaves its dinner
      2025-04-01          hidden-plate  children  A second plate turns up under a bed
      no date             confession              Someone owns up

    ach edit case.toml rates them in the editor

    TLP:CLEAR
    ");
}

#[test]
fn blanks_that_matter_are_to_be_rated() {
    let case = CASE.replace("dog = \"II\"\n", "").replace("dog = \"NA\"\n", "");
    assert_snapshot!(Bench::new().file("case.toml", case).run("next case.toml -q"), @"
    Who took the cake?                                                                         TLP:CLEAR
    Where did the cake go between noon and two?     3 items, 3 hypotheses, as of 2025-03-09, by weighted

    More ratings can still change who leads: 2 cells are blank.
    Least contradicted: The dog, 1.41 ahead of The children. Nothing speaks against it.
    Provisional: 2 cells of The dog are not rated; The dog is rated CC to II in 1 of 3 items only.
    Rejected, so without a rank: A burglar.

    2 open cells, the likeliest to change the leader first
      plate    dog  ·    0.087 bits  new leader 40.0%  The plate stands washed in the rack
      barking  dog  ·    0.057 bits  new leader 20.0%  The dog did not bark

    Bits: how much the cell's rating would tell, on average, about which hypothesis holds, by bayes. New
    leader: how often it would change who leads by weighted.
    Candidates are blank cells (·) and cells of low confidence; --all weighs every cell.

    TLP:CLEAR
    ");
}

#[test]
fn where_all_is_rated_it_says_so() {
    assert_snapshot!(bench().run("next case.toml"), @"
    Who took the cake?                                                                         TLP:CLEAR
    Where did the cake go between noon and two?     3 items, 3 hypotheses, as of 2025-03-09, by weighted

    No cell is blank: only second thoughts can change who leads.
    None is of low confidence either; --all weighs every cell.
    Least contradicted: The children, 1.41 ahead of The dog.
    Rejected, so without a rank: A burglar.

    ach robustness case.toml shows how firmly the conclusion stands

    TLP:CLEAR
    ");
}

#[test]
fn blanks_that_cannot_matter_need_no_rating() {
    let settled = r#"ach = 1
title = "Settled"
[[hypothesis]]
id = "a"
name = "Alpha"
[[hypothesis]]
id = "b"
name = "Beta"
[[evidence]]
id = "e"
text = "Against Beta"
[evidence.ratings]
a = "C"
b = "II"
[[evidence]]
id = "f"
text = "Half open"
[evidence.ratings]
a = "N"
"#;
    assert_snapshot!(Bench::new().file("settled.toml", settled).run("next settled.toml"), @"
    Settled
    2 items, 2 hypotheses, by weighted

    No rating of a blank cell can change who leads: you can stop, although 1 cell is blank.
    Least contradicted: Alpha, 2.00 ahead of Beta. Nothing speaks against it.
    1 of 4 cells is not rated, none of them the leader's.

    1 open cell
      f  b  ·    0.031 bits  new leader 0.0%  Half open

    Bits: how much the cell's rating would tell, on average, about which hypothesis holds, by bayes. New
    leader: how often it would change who leads by weighted.
    Candidates are blank cells (·) and cells of low confidence; --all weighs every cell.

    ach edit settled.toml rates them in the editor
    ");
}

#[test]
fn every_cell_can_be_weighed_on_a_narrow_page_too() {
    assert_snapshot!(open().run("next case.toml --all --method bayes --width 60"), @"
    Who took the cake?                                 TLP:CLEAR
    Where did the cake go between noon and two?
    3 items, 3 hypotheses, as of 2025-03-09, by bayes

    1 cell is blank. Under bayes nothing shows beforehand that
    more ratings cannot change who leads.
    Most probable: The children, 71% (likely), 42 percentage
    points ahead of The dog.
    1 of 6 cells is not rated, none of them the leader's.
    Posteriors stand on even priors.
    Rejected, so without a rank: A burglar.

    6 cells, the likeliest to change the leader first
      barking  dog       ·           0.042 bits  new leader 0.0%
      crumbs   children  I   medium  0.026 bits  new leader 0.0%
      plate    dog       II  medium  0.012 bits  new leader 0.0%
      barking  children  C   low     0.005 bits  new leader 0.0%
      plate    children  C   medium  0.005 bits  new leader 0.0%
      crumbs   dog       CC  medium  0.001 bits  new leader 0.0%

    Bits: how much the cell's rating would tell, on average,
    about which hypothesis holds, by bayes. New leader: how
    often it would change who leads by bayes.
    Candidates are all cells but those rated NA.

    3 indicators to watch
      2025-03-08 overdue  no-appetite   dog
      2025-04-01          hidden-plate  children
      no date             confession

    ach edit case.toml rates them in the editor

    TLP:CLEAR
    ");
    assert_snapshot!(open().run("next case.toml --width 40"), @"
    Who took the cake?             TLP:CLEAR
    Where did the cake go between noon and
    two?
    3 items, 3 hypotheses, as of 2025-03-09,
    by weighted

    No rating of a blank cell can change who
    leads: you can stop, although 1 cell is
    blank.
    Least contradicted: The children, 1.41
    ahead of The dog.
    1 of 6 cells is not rated, none of them
    the leader's.
    Rejected, so without a rank: A burglar.

    2 open cells, the likeliest to change
    the leader first
      barking / dog / · / 0.042 bits / new
      leader 0.0%
          The dog did not bark
      barking / children / C / low / 0.005
      bits / new leader 0.0%
          The dog did not bark

    Bits: how much the cell's rating would
    tell, on average, about which hypothesis
    holds, by bayes. New leader: how often
    it would change who leads by weighted.
    Candidates are blank cells (·) and cells
    of low confidence; --all weighs every
    cell.

    3 indicators to watch
      2025-03-08 overdue / no-appetite / dog
          The dog leaves its dinner
      2025-04-01 / hidden-plate / children
          A second plate turns up under a b…
      no date / confession
          Someone owns up

    ach edit case.toml rates them in the
    editor

    TLP:CLEAR
    ");
}

#[test]
fn json_has_every_key() {
    assert_snapshot!(open().run("next case.toml --format json"), @r#"{"format":1,"marking":"TLP:CLEAR","method":"weighted","where":null,"provisional":false,"settled":true,"blanks":1,"cells":[{"evidence":"barking","hypothesis":"dog","rating":null,"confidence":null,"bits":0.042061028319951274,"switch":0.0},{"evidence":"barking","hypothesis":"children","rating":"C","confidence":"low","bits":0.005342287099405149,"switch":0.0}],"indicators":[{"id":"no-appetite","hypothesis":"dog","due":"2025-03-08","overdue":true,"information":null,"diagnosticity":null,"ratings":{}},{"id":"hidden-plate","hypothesis":"children","due":"2025-04-01","overdue":false,"information":null,"diagnosticity":null,"ratings":{}},{"id":"confession","hypothesis":null,"due":null,"overdue":false,"information":null,"diagnosticity":null,"ratings":{}}]}"#);
    assert_snapshot!(watched().run("next case.toml --format json --method bayes --as-of 2025-05"), @r#"{"format":1,"marking":"TLP:CLEAR","method":"bayes","where":null,"provisional":false,"settled":null,"blanks":0,"cells":[],"indicators":[{"id":"no-appetite","hypothesis":"dog","due":"2025-03-08","overdue":true,"information":null,"diagnosticity":null,"ratings":{}},{"id":"hidden-plate","hypothesis":"children","due":"2025-04-01","overdue":true,"information":null,"diagnosticity":null,"ratings":{}},{"id":"confession","hypothesis":null,"due":null,"overdue":false,"information":null,"diagnosticity":null,"ratings":{}}]}"#);
}

#[test]
fn overdue_is_known_only_where_a_day_is() {
    let undated = format!("{CASE}{WATCHED}").replace("as_of = 2025-03-09\n", "");
    let bench = Bench::new().file("case.toml", undated);
    let overdue = |arguments: &str| -> Vec<serde_json::Value> {
        let told = bench.json(arguments);
        told["indicators"].as_array().unwrap().iter().map(|one| one["overdue"].clone()).collect()
    };
    assert_eq!(overdue("next case.toml --format json"), [(); 3].map(|()| serde_json::Value::Null));
    assert_eq!(
        overdue("next case.toml --format json --as-of 2025-03"),
        [json!(true), json!(false), json!(false)]
    );
}

#[test]
fn csv_has_a_cell_a_row_and_markdown_a_page() {
    assert_snapshot!(open().run("next case.toml --format csv"), @"
    evidence,hypothesis,rating,confidence,bits,switch
    barking,dog,,,0.042061028319951274,0
    barking,children,C,low,0.005342287099405149,0
    ");
    assert_snapshot!(open().run("next case.toml --format markdown"), @"
    **TLP:CLEAR**

    ### Who took the cake?

    Where did the cake go between noon and two?  
    3 items, 3 hypotheses, as of 2025-03-09, by weighted

    **No rating of a blank cell can change who leads**: you can stop, although 1 cell is blank.  
    Least contradicted: **The children**, 1.41 ahead of The dog.  
    1 of 6 cells is not rated, none of them the leader's.  
    Rejected, so without a rank: A burglar.

    **2 open cells, the likeliest to change the leader first**

    | Evidence | Hypothesis | Now | Confidence | Bits | New leader |  |
    | --- | --- | --- | --- | --- | --- | --- |
    | barking | dog | · |  | 0.042 bits | new leader 0.0% | The dog did not bark |
    | barking | children | C | low | 0.005 bits | new leader 0.0% | The dog did not bark |

    Bits: how much the cell's rating would tell, on average, about which hypothesis holds, by bayes. New leader: how often it would change who leads by weighted.  
    Candidates are blank cells (·) and cells of low confidence; --all weighs every cell.

    **3 indicators to watch**

    | Due | Indicator | Hypothesis |  |
    | --- | --- | --- | --- |
    | 2025-03-08 overdue | no-appetite | dog | The dog leaves its dinner |
    | 2025-04-01 | hidden-plate | children | A second plate turns up under a bed |
    | no date | confession |  | Someone owns up |

    **TLP:CLEAR**
    ");
}

#[test]
fn rated_indicators_stand_in_columns_however_many_hypotheses_they_set_apart() {
    let names: Vec<String> =
        ('a'..='f').map(|id| format!("[[hypothesis]]\nid = \"{id}\"\nname = \"Suspect {id}\"\n")).collect();
    let all = "a = \"CC\", b = \"I\", c = \"I\", d = \"I\", e = \"I\", f = \"I\"";
    let alike = all.replace("CC", "I");
    let watched = |id: &str, more: &str| {
        format!("[[indicator]]\nid = \"{id}\"\ntext = \"What {id} would show\"\n{more}\n")
    };
    let text = format!(
        "ach = 1\ntitle = \"T\"\nas_of = 2026-02-01\n{}{}{}{}{}",
        names.concat(),
        watched("a-claim-of-all", &format!("due = 2026-01-01\nratings = {{ {all} }}")),
        watched("pair", "due = 2026-05-01\nratings = { a = \"C\", b = \"I\" }"),
        watched("alike", &format!("ratings = {{ {alike} }}")),
        watched("unrated", "hypothesis = \"b\""),
    );
    let shown = |width: &str| {
        let page = Bench::new().run_on(&text, &format!("next - --width {width}"));
        page.split_once("indicators to watch").map(|(_, after)| after.to_owned()).unwrap()
    };
    assert_snapshot!(shown("100"), @"
    a-claim-of-all  0.2 bits if seen   2026-01-01 overdue  What a-claim-of-all would show
                                                           for a, against b, c, d and 2 more
    pair            <0.1 bits if seen  2026-05-01          What pair would show
                                                           for a, against b
    alike           0.0 bits if seen   no date             What alike would show
                                                           separates nothing
    unrated         not rated          no date             What unrated would show
    ");
    assert_snapshot!(shown("50"), @"
    a-claim-of-all / 0.2 bits if seen / 2026-01-01
    overdue
        What a-claim-of-all would show
        for a, against b, c, d and 2 more
    pair / <0.1 bits if seen / 2026-05-01
        What pair would show
        for a, against b
    alike / 0.0 bits if seen / no date
        What alike would show
        separates nothing
    unrated / not rated / no date
        What unrated would show
    ");
}

#[test]
fn what_is_empty_is_said_to_be() {
    let none = "ach = 1\ntitle = \"None\"\n";
    let bench = Bench::new().file("none.toml", none);
    assert_snapshot!(bench.run("next none.toml"), @"
    None
    0 items, 0 hypotheses, by weighted

    There are no hypotheses yet.

    ach add none.toml hypothesis ID --name NAME adds a hypothesis
    ");
    assert_snapshot!(bench.run("next none.toml --format json"), @r#"{"format":1,"marking":null,"method":"weighted","where":null,"provisional":false,"settled":true,"blanks":0,"cells":[],"indicators":[]}"#);
    assert_snapshot!(bench.run("next none.toml --format json --method bayes"), @r#"{"format":1,"marking":null,"method":"bayes","where":null,"provisional":false,"settled":null,"blanks":0,"cells":[],"indicators":[]}"#);
}

#[test]
fn second_thoughts_change_nothing_where_nothing_competes() {
    let alone = "ach = 1\ntitle = \"T\"\n[[hypothesis]]\nid = \"a\"\nname = \"Alpha\"\n[[evidence]]\nid = \"e\"\n\
                 text = \"t\"\nratings = { a = \"I\" }\n";
    assert_snapshot!(Bench::new().run_on(alone, "next -"), @"
    T
    1 item, 1 hypothesis, by weighted

    No cell is blank, and nothing competes with the only active hypothesis.
    None is of low confidence either; --all weighs every cell.
    The only hypothesis to compete leads unopposed: Alpha.
    ");
}
