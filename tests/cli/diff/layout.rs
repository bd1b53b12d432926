//! The output of `ach diff` in each format and at each width.

use insta::assert_snapshot;
use serde_json::json;

use super::{repository, two_files};
use crate::support::{Bench, CASE};

#[test]
fn a_wide_page_has_names_values_and_words_beside_each_other() {
    assert_snapshot!(repository().run("diff case.toml --width 110"), @"
    case.toml                                       TLP:CLEAR
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
    case.toml                         TLP:CLEAR
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
    case.toml                          TLP:CLEAR
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
fn names_from_outside_act_on_no_terminal() {
    let name = "x\u{1b}[31m\u{202e}.toml";
    let bench = Bench::new().file(name, CASE).committed().edit(name, "did not bark", "did \u{202e} bark");
    assert_snapshot!(bench.run("diff --only texts"), @r"
    x\u001b[31m\u202e.toml                                                                     TLP:CLEAR
    HEAD -> work tree                                                   3 hypotheses, scored by weighted

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
