//! `ach timeline`.

use insta::assert_snapshot;

use crate::support::{Bench, bench};

/// A case in which the lead changes: by one item, by two together, by all of a day.
const COURSE: &str = r#"ach = 1
title = "A course"
question = "Which way?"
[[hypothesis]]
id = "a"
name = "Alpha, the first of all"
short = "Alpha"
[[hypothesis]]
id = "b"
name = "Beta"
[[hypothesis]]
id = "c"
name = "Gamma"
status = "rejected"
[[evidence]]
id = "old"
text = "Known before all"
ratings = { a = "N", b = "I", c = "I" }
[[evidence]]
id = "one"
text = "One"
date = "2024"
ratings = { a = "C", b = "C", c = "II" }
[[evidence]]
id = "two"
text = "Two"
date = 2025-02-01
ratings = { a = "II", b = "N" }
[[evidence]]
id = "three"
text = "Three"
date = 2025-02-01
ratings = { a = "C", b = "C" }
[[evidence]]
id = "four"
text = "Four"
date = 2025-03-01
ratings = { a = "N", b = "I" }
[[evidence]]
id = "five"
text = "Five"
date = 2025-03-02
ratings = { a = "C", b = "I" }
[[evidence]]
id = "six"
text = "Six"
date = 2025-03-02
ratings = { a = "N", b = "I" }
[[evidence]]
id = "seven"
text = "Seven"
date = 2025-03-02
ratings = { a = "N", b = "I" }
"#;

fn course() -> Bench {
    Bench::new().file("c.toml", COURSE)
}

#[test]
fn who_leads_since_when_and_what_did_it() {
    assert_snapshot!(course().run("timeline c.toml"), @"
    A course
    Which way?                                                            4 dates, 8 items, 3 hypotheses

    Least contradicted: Alpha, the first of all, 3.00 ahead of Beta.
    It has led alone since 2025-03-02, after sharing the lead from 2025-03-01 on. Over 4 dates the lead
    changed 3 times.
    1 item without a date counts from the start.
    Rejected, so without a rank: Gamma.

    3 changes of the lead
      2025-02-01  Alpha       -> b            two and three came in; without two Alpha would still be in
                                              the lead
      2025-03-01  b           -> Alpha and b  four came in
      2025-03-02  Alpha and b -> Alpha        five, six and seven came in; leaving out one would not
                                              undo it, but without all of them Alpha and b would still
                                              be in the lead

    Weighted inconsistency from 2024-12-31 to 2025-03-02
      Alpha, the first of all   0.00  █▅▅▅  -2.00
      Beta                     -1.00  ▇▇▅▁  -5.00
      Gamma                    -3.00  ▄▄▄▄  -3.00
      ▁ is -5.00, █ is 0.00; a column for each date

    ach table c.toml --as-of 2025-03-01 shows the matrix before the last change
    ");
}

#[test]
fn a_narrow_page_keeps_every_part() {
    assert_snapshot!(course().run("timeline c.toml --width 44 -q"), @"
    A course
    Which way?    4 dates, 8 items, 3 hypotheses

    Least contradicted: Alpha, the first of all,
    3.00 ahead of Beta.
    It has led alone since 2025-03-02, after
    sharing the lead from 2025-03-01 on. Over 4
    dates the lead changed 3 times.
    1 item without a date counts from the start.
    Rejected, so without a rank: Gamma.

    3 changes of the lead
      2025-02-01  Alpha       -> b
          two and three came in; without two
          Alpha would still be in the lead
      2025-03-01  b           -> Alpha and b
          four came in
      2025-03-02  Alpha and b -> Alpha
          five, six and seven came in; leaving
          out one would not undo it, but without
          all of them Alpha and b would still be
          in the lead

    Weighted inconsistency from 2024-12-31 to
    2025-03-02
      Alpha   0.00  █▅▅▅  -2.00
      b      -1.00  ▇▇▅▁  -5.00
      c      -3.00  ▄▄▄▄  -3.00
      ▁ is -5.00, █ is 0.00; a column for each
      date
    ");
}

#[test]
fn probabilities_have_no_line_for_what_is_rejected() {
    assert_snapshot!(course().run("timeline c.toml --method bayes -q"), @"
    A course
    Which way?                                                            4 dates, 8 items, 3 hypotheses

    Most probable: Alpha, the first of all, 88% (very likely), 76 percentage points ahead of Beta.
    It has led alone since 2025-03-01. Over 4 dates the lead changed twice.
    1 item without a date counts from the start.
    Posteriors stand on even priors.
    Rejected, so without a rank: Gamma.

    2 changes of the lead
      2025-02-01  Alpha -> b      two and three came in; without two Alpha would still be in the lead
      2025-03-01  b     -> Alpha  four came in

    Posterior probability from 2024-12-31 to 2025-03-02
      Alpha, the first of all  63%  ▆▃▅█  88%
      Beta                     37%  ▃▆▄▁  12%
      ▁ is 12%, █ is 88%; a column for each date
    ");
}

#[test]
fn json_has_every_key() {
    assert_snapshot!(bench().run("timeline case.toml --format json"), @r#"{"format":1,"marking":"TLP:CLEAR","method":"weighted","where":null,"steps":[{"date":"2025-03-08","added":["crumbs"],"scores":{"dog":0.0,"children":-1.4142135623730951,"burglar":-3.8284271247461903},"ranks":{"dog":1,"children":2,"burglar":null},"leaders":["dog"],"provisional":false},{"date":"2025-03-31","added":["plate"],"scores":{"dog":-2.8284271247461903,"children":-1.4142135623730951,"burglar":-3.8284271247461903},"ranks":{"dog":2,"children":1,"burglar":null},"leaders":["children"],"provisional":false}]}"#);
    let steps = &bench().json("timeline case.toml --format json --method bayes")["steps"];
    assert!(steps[0]["scores"]["burglar"].is_null() && steps[0]["ranks"]["burglar"].is_null());
    assert_eq!(steps[1]["date"], "2025-03-31", "a month counts from its last day");
    assert_eq!(steps[1]["added"], serde_json::json!(["plate"]));
}

#[test]
fn the_last_step_is_the_table() {
    for method in ["inconsistency", "weighted", "net", "bayes"] {
        for until in ["2025-02-01", "2025-03-01", "2026"] {
            let asked = format!("c.toml --format json --method {method} --as-of {until}");
            let (steps, table) =
                (course().json(&format!("timeline {asked}")), course().json(&format!("table {asked}")));
            let last = steps["steps"].as_array().and_then(|steps| steps.last()).expect("a step");
            assert_eq!(last["leaders"], table["leaders"]);
            for hypothesis in table["hypotheses"].as_array().expect("a list") {
                let id = hypothesis["id"].as_str().expect("an id");
                assert_eq!(last["ranks"][id], hypothesis["rank"]);
                match (last["scores"][id].as_f64(), hypothesis["score"].as_f64()) {
                    (Some(score), Some(expected)) => assert!((score - expected).abs() < 1e-12),
                    (score, expected) => assert_eq!(score, expected, "{id}"),
                }
            }
        }
    }
}

#[test]
fn csv_and_markdown_have_a_date_a_row() {
    assert_snapshot!(course().run("timeline c.toml --format csv"), @r#"
    date,added,a,a_rank,b,b_rank,c,c_rank
    2024-12-31,one,0,1,-1,2,-3,
    2025-02-01,"two, three",-2,2,-1,1,-3,
    2025-03-01,four,-2,1,-2,1,-3,
    2025-03-02,"five, six, seven",-2,1,-5,2,-3,
    "#);
    assert_snapshot!(bench().run("timeline case.toml --format markdown"), @"
    **TLP:CLEAR**

    # Who took the cake?

    | date | added | dog | dog_rank | children | children_rank | burglar | burglar_rank |
    | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |
    | 2025-03-08 | crumbs | 0.00 | 1 | -1.41 | 2 | -3.83 |  |
    | 2025-03-31 | plate | -2.83 | 2 | -1.41 | 1 | -3.83 |  |

    Least contradicted: **The children**, 1.41 ahead of The dog.

    **It has led alone since 2025-03-31**. Over 2 dates the lead changed once.

    1 item without a date counts from the start.

    Rejected, so without a rank: A burglar.

    **TLP:CLEAR**
    ");
}

#[test]
fn where_there_is_no_course_that_is_said() {
    let undated = "ach = 1\ntitle = \"T\"\n[[hypothesis]]\nid = \"a\"\nname = \"A\"\n[[evidence]]\nid = \"e\"\ntext = \"x\"\nratings = { a = \"C\" }\n";
    let bench = Bench::new().file("none.toml", "ach = 1\ntitle = \"T\"\n").file("undated.toml", undated);
    assert_snapshot!(bench.run("timeline undated.toml"), @"
    T
    0 dates, 1 item, 1 hypothesis

    The only hypothesis to compete leads unopposed: A.
    No item has a date, so there is no timeline: the date of an item says when it became known.

    ach set undated.toml e.date YYYY-MM-DD dates an item
    ");
    let told = course().run("timeline c.toml --as-of 2023 -q");
    assert!(told.contains("No item is dated by 2023"), "{told}");
    assert_snapshot!(bench.run("timeline none.toml"), @"
    T
    0 dates, 0 items, 0 hypotheses

    There are no hypotheses yet.

    ach add none.toml hypothesis ID --name NAME adds a hypothesis
    ");
    assert_eq!(bench.json("timeline undated.toml --format json")["steps"], serde_json::json!([]));
}

#[test]
fn more_dates_than_columns_are_drawn_together() {
    let items: String = (0..200)
        .map(|at| {
            let (month, day) = (at / 28 + 1, at % 28 + 1);
            let rating = if at < 100 { ("N", "I") } else { ("II", "N") };
            format!(
                "[[evidence]]\nid = \"e{at}\"\ntext = \"x\"\ndate = 2025-{month:02}-{day:02}\nratings = {{ a = \"{}\", b = \"{}\" }}\n",
                rating.0, rating.1
            )
        })
        .collect();
    let text = format!(
        "ach = 1\ntitle = \"T\"\n[[hypothesis]]\nid = \"a\"\nname = \"A\"\n[[hypothesis]]\nid = \"b\"\nname = \"B\"\n{items}"
    );
    assert_snapshot!(Bench::new().file("t.toml", text).run("timeline t.toml --width 60 -q"), @"
    T
    200 dates, 200 items, 2 hypotheses

    Least contradicted: B, 100.00 ahead of A.
    It has led alone since 2025-06-11, after sharing the lead
    from 2025-06-10 on. Over 200 dates the lead changed twice.

    2 changes of the lead
      2025-06-10  a       -> a and b
          e149 came in
      2025-06-11  a and b -> b
          e150 came in

    Weighted inconsistency from 2025-01-01 to 2025-08-04
      B  -1.00  ██▇▇▇▇▇▆▆▆▆▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅  -100.00
      A   0.00  █████████████████▇▇▇▆▆▅▅▅▄▄▃▃▂▂▂▁▁  -200.00
      ▁ is -200.00, █ is 0.00; a column for up to 6 dates, as
      the last of them left it
    ");
}

#[test]
fn what_cannot_be_scored_is_refused() {
    let told = bench().edit("case.toml", "short = \"Kids\"", "prior = 0.4").run("timeline case.toml");
    assert!(told.contains("error[priors]") && told.ends_with("--- exit 2\n"), "{told}");
    let told = bench().run("timeline case.toml case.toml --format csv");
    assert!(told.contains("--format json") && told.ends_with("--- exit 2\n"), "{told}");
}
