//! `ach sensitivity`.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Bench, CASE, bench};

/// Four who compete, items in a group and of declared sources, one of them in the hand of a hypothesis.
const RIVALS: &str = r#"ach = 1
title = "Who moved the stone?"

[[hypothesis]]
id = "frost"
name = "Frost and thaw"
[[hypothesis]]
id = "boys"
name = "Boys from the village"
short = "Boys"
[[hypothesis]]
id = "mayor"
name = "The mayor"
[[hypothesis]]
id = "giant"
name = "A giant"
status = "rejected"

[[source]]
id = "gazette"
name = "The village gazette"
controlled_by = ["mayor", "giant"]
[[source]]
id = "shepherd"
name = "The shepherd"

[[evidence]]
id = "tracks"
text = "Tracks of a sledge"
source = "shepherd"
group = "seen"
ratings = { frost = "II", boys = "C", mayor = "C", giant = "II" }
[[evidence]]
id = "voices"
text = "Voices at night"
source = "shepherd"
group = "seen"
ratings = { frost = "I", boys = "CC", mayor = "N", giant = "C" }
[[evidence]]
id = "alibi"
text = "The mayor was in town"
source = "gazette"
ratings = { frost = "N", boys = "C", mayor = "II", giant = "NA" }
[[evidence]]
id = "school"
text = "The boys were at school"
kind = "assumption"
ratings = { frost = "C", boys = "I", mayor = "C" }
"#;

fn rivals() -> Bench {
    Bench::new().file("stone.toml", RIVALS)
}

#[test]
fn what_the_lead_rests_on_comes_first() {
    assert_snapshot!(rivals().run("sensitivity stone.toml"), @"
    Who moved the stone?
    4 items, 4 hypotheses, by weighted

    Least contradicted: Boys from the village, 1.00 ahead of Frost and thaw and The mayor.
    The lead rests on 2 items and 1 group, each alone (tracks, alibi, group seen): leave out one of them
    and it is lost or shared.
    Without the one assumption nothing changes at the top.
    Every item compares all hypotheses.

    Leave one out and the lead is lost or shared
      without tracks: frost and Boys share the lead
      without alibi: mayor leads
      without group seen: frost leads

    To put another ahead it would be enough to reject
      frost  1 group  seen
      mayor  1 item   alibi

    Single judgements that would change who leads
      tracks  frost  II -> I   1 step: frost and Boys share the lead
      alibi   mayor  II -> I   1 step: Boys and mayor share the lead
      school  Boys   I  -> II  1 step: all are level
      tracks  Boys   C  -> I   2 steps: all are level
      alibi   Boys   C  -> I   2 steps: all are level
      voices  Boys   CC -> I   3 steps: all are level

    Without what one source alone reports
      The village gazette  without alibi: mayor leads
      The shepherd         without tracks and voices: frost leads

    If an actor staged what only sources it could steer report
      mayor  its own ratings aside in alibi: mayor leads

    Rejected, so without a rank: A giant.

    ach explain stone.toml weighs for and against, item by item
    ");
}

#[test]
fn a_narrow_page_has_the_words_below() {
    assert_snapshot!(bench().run("sensitivity case.toml --width 40"), @"
    Who took the cake?             TLP:CLEAR
    Where did the cake go between noon and
    two?
    3 items, 3 hypotheses, as of 2025-03-09,
    by weighted

    Least contradicted: The children, 1.41
    ahead of The dog.
    The lead rests on 1 item (plate).
    Without it the lead goes to The dog.
    By the 2 items that compare all
    hypotheses nothing changes at the top.

    To put another ahead it would be enough
    to reject
      dog  1 item
          plate

    Single judgements that would change who
    leads
      crumbs   Kids  I  -> II
          1 step: both are level
      plate    dog   II -> I
          1 step: both are level
      plate    Kids  C  -> I
          2 steps: both are level
      barking  Kids  C  -> II
          3 steps: dog leads

    Without what one source alone reports
      2 sources
          no change: no item is theirs alone

    Rejected, so without a rank: A burglar.

    ach explain case.toml weighs for and
    against, item by item

    TLP:CLEAR
    ");
}

#[test]
fn under_bayes_a_group_counts_as_one() {
    assert_snapshot!(rivals().run("sensitivity stone.toml --method bayes -q"), @"
    Who moved the stone?
    4 items, 4 hypotheses, by bayes

    Most probable: Boys from the village, 54% (roughly even chance), 27 percentage points ahead of The
    mayor.
    The lead rests on 1 item and 1 group, each alone (alibi, group seen): leave out either and it is
    lost or shared.
    Posteriors stand on even priors.
    Without the one assumption nothing changes at the top.
    Every item compares all hypotheses.

    Leave one out and the lead is lost or shared
      without alibi: mayor leads
      without group seen: frost leads

    To put another ahead it would be enough to reject
      frost  1 group  seen
      mayor  1 item   alibi

    Single judgements that would change who leads
      alibi   Boys   C  -> I   2 steps: mayor leads
      alibi   mayor  II -> N   2 steps: mayor leads
      tracks  Boys   C  -> II  3 steps: mayor leads
      voices  Boys   CC -> I   3 steps: mayor leads
      tracks  frost  II -> CC  4 steps: frost and Boys share the lead

    Without what one source alone reports
      The village gazette  without alibi: mayor leads
      The shepherd         without tracks and voices: frost leads

    If an actor staged what only sources it could steer report
      mayor  its own ratings aside in alibi: mayor leads

    Prior odds of Boys to another at which the two would be level
      frost  1 to 2.8
      mayor  1 to 2.0

    Rejected, so without a rank: A giant.
    ");
}

#[test]
fn json_has_every_key() {
    assert_snapshot!(rivals().run("sensitivity stone.toml --format json"), @r#"{"format":1,"marking":null,"method":"weighted","where":null,"leaders":["boys"],"provisional":false,"critical_evidence":["tracks","alibi"],"without_evidence":{"tracks":["frost","boys"],"alibi":["mayor"]},"critical_cells":[{"evidence":"tracks","hypothesis":"frost","rating":"II","steps":1},{"evidence":"tracks","hypothesis":"boys","rating":"C","steps":2},{"evidence":"voices","hypothesis":"boys","rating":"CC","steps":3},{"evidence":"alibi","hypothesis":"boys","rating":"C","steps":2},{"evidence":"alibi","hypothesis":"mayor","rating":"II","steps":1},{"evidence":"school","hypothesis":"boys","rating":"I","steps":1}],"overturn":{"frost":{"overturn":1,"tie":1,"evidence":["tracks","voices"],"tie_evidence":["tracks","voices"],"leaders_after":["frost"]},"mayor":{"overturn":1,"tie":1,"evidence":["alibi"],"tie_evidence":["alibi"],"leaders_after":["mayor"]}},"without_source":{"gazette":["mayor"],"shepherd":["frost"]},"deception":{"mayor":["mayor"]},"without_assumptions":["boys"],"without_low_credibility":["boys"],"common":{"items":4,"leaders":["boys"]},"level_priors":null}"#);
}

#[test]
fn json_of_a_group_names_all_its_items() {
    let found = rivals().json("sensitivity stone.toml --method bayes --format json");
    assert_eq!(
        found["overturn"]["mayor"],
        json!({
            "overturn": 1,
            "tie": 1,
            "evidence": ["alibi"],
            "tie_evidence": ["alibi"],
            "leaders_after": ["mayor"]
        })
    );
    assert_eq!(found["overturn"]["frost"]["evidence"], json!(["tracks", "voices"]));
    assert_eq!(found["overturn"]["frost"]["overturn"], json!(1));
}

#[test]
fn csv_has_a_row_for_each_question() {
    assert_snapshot!(rivals().run("sensitivity stone.toml --format csv"), @r#"
    what_if,evidence,hypothesis,source,rating,steps,units,leaders
    without-evidence,tracks,,,,,,"frost, boys"
    without-evidence,alibi,,,,,,mayor
    cell,tracks,frost,,II,1,,"frost, boys"
    cell,tracks,boys,,C,2,,"frost, boys, mayor"
    cell,voices,boys,,CC,3,,"frost, boys, mayor"
    cell,alibi,boys,,C,2,,"frost, boys, mayor"
    cell,alibi,mayor,,II,1,,"boys, mayor"
    cell,school,boys,,I,1,,"frost, boys, mayor"
    tie,"tracks, voices",frost,,,,1,
    overturn,"tracks, voices",frost,,,,1,frost
    tie,alibi,mayor,,,,1,
    overturn,alibi,mayor,,,,1,mayor
    without-source,,,gazette,,,,mayor
    without-source,,,shepherd,,,,frost
    deception,,mayor,,,,,mayor
    without-assumptions,,,,,,,boys
    without-low-credibility,,,,,,,boys
    common-items,,,,,,4,boys
    "#);
}

#[test]
fn markdown_is_a_page() {
    assert_snapshot!(rivals().run("sensitivity stone.toml --format markdown"), @"
    ### Who moved the stone?

    4 items, 4 hypotheses, by weighted

    Least contradicted: **Boys from the village**, 1.00 ahead of Frost and thaw and The mayor.  
    The lead rests on **2 items and 1 group, each alone** (tracks, alibi, group seen): leave out one of them and it is lost or shared.  
    Without the one assumption nothing changes at the top.  
    Every item compares all hypotheses.

    **Leave one out and the lead is lost or shared**

    |  |
    | --- |
    | without tracks: **frost and Boys share the lead** |
    | without alibi: **mayor leads** |
    | without group seen: **frost leads** |

    **To put another ahead it would be enough to reject**

    | Hypothesis | Items |  |
    | --- | --- | --- |
    | frost | 1 group | seen |
    | mayor | 1 item | alibi |

    **Single judgements that would change who leads**

    | Item | Hypothesis | Before | After |  |
    | --- | --- | --- | --- | --- |
    | tracks | frost | II | I | 1 step: frost and Boys share the lead |
    | alibi | mayor | II | I | 1 step: Boys and mayor share the lead |
    | school | Boys | I | II | 1 step: all are level |
    | tracks | Boys | C | I | 2 steps: all are level |
    | alibi | Boys | C | I | 2 steps: all are level |
    | voices | Boys | CC | I | 3 steps: all are level |

    **Without what one source alone reports**

    | Source |  |
    | --- | --- |
    | The village gazette | without alibi: **mayor leads** |
    | The shepherd | without tracks and voices: **frost leads** |

    **If an actor staged what only sources it could steer report**

    | Hypothesis |  |
    | --- | --- |
    | mayor | its own ratings aside in alibi: **mayor leads** |

    Rejected, so without a rank: A giant.
    ");
}

#[test]
fn where_nobody_leads_alone_nothing_is_overturned() {
    let level = "ach = 1\ntitle = \"T\"\nhypothesis = [{ id = \"a\", name = \"A\" }, { id = \"b\", name = \"B\" }]\n\
                 [[evidence]]\nid = \"e\"\ntext = \"E\"\nsource = \"Reuters\"\nratings = { a = \"C\", b = \"C\" }\n";
    let bench = Bench::new()
        .file("level.toml", level)
        .file("alone.toml", level.replace("name = \"A\"", "name = \"A\", status = \"rejected\""))
        .file("none.toml", level.replace("name = \"", "status = \"rejected\", name = \""))
        .file("empty.toml", "ach = 1\ntitle = \"T\"\n");
    assert_snapshot!(bench.run("sensitivity level.toml alone.toml none.toml empty.toml -q"), @"
    T
    1 item, 2 hypotheses, by weighted

    Both hypotheses are level.
    One item decides who leads: without e nothing is left to rank.
    Every item compares all hypotheses.

    Single judgements that would change who leads
      e  a  C -> I  2 steps: b leads
      e  b  C -> I  2 steps: a leads

    Without what one source alone reports
      Reuters  without e: nothing is left to rank

    T
    1 item, 2 hypotheses, by weighted

    The only hypothesis to compete leads unopposed: B.

    Without what one source alone reports
      Reuters  without e: nothing is left to rank

    Rejected, so without a rank: A.

    T
    1 item, 2 hypotheses, by weighted

    No hypothesis is active: every one of them is rejected, so there is nothing to rank.

    T
    0 items, 0 hypotheses, by weighted

    There are no hypotheses yet.
    ");
    let documents = bench.json("sensitivity level.toml alone.toml none.toml empty.toml --format json");
    let expected = |leaders: &[&str], overturn, sources| {
        json!({
            "format": 1, "marking": null, "method": "weighted", "where": null, "leaders": leaders, "provisional": false,
            "critical_evidence": [], "without_evidence": {}, "critical_cells": [], "overturn": overturn,
            "without_source": sources, "deception": {}, "without_assumptions": leaders,
            "without_low_credibility": leaders,
            "common": { "items": usize::from(!leaders.is_empty()), "leaders": leaders },
            "level_priors": null,
        })
    };
    let critical = json!([
        { "evidence": "e", "hypothesis": "a", "rating": "C", "steps": 2 },
        { "evidence": "e", "hypothesis": "b", "rating": "C", "steps": 2 },
    ]);
    let mut level = expected(&["a", "b"], json!(null), json!({ "Reuters": [] }));
    level["critical_evidence"] = json!(["e"]);
    level["without_evidence"] = json!({ "e": [] });
    level["critical_cells"] = critical;
    assert_eq!(documents[0], level);
    let mut alone = expected(&["b"], json!({}), json!({ "Reuters": [] }));
    alone["critical_evidence"] = json!(["e"]);
    alone["without_evidence"] = json!({ "e": [] });
    assert_eq!(documents[1], alone);
    assert_eq!(documents[2], expected(&[], json!(null), json!({ "Reuters": [] })));
    assert_eq!(documents[3], expected(&[], json!(null), json!({})));
}

#[test]
fn only_what_was_known_counts() {
    let found = bench().json("sensitivity case.toml --as-of 2025-03-08 --format json");
    assert_eq!(found["leaders"], json!(["dog"]));
    // The plate, whose month is not over, is not known yet; the crumbs alone decide.
    assert_eq!(found["critical_evidence"], json!(["crumbs"]));
    assert_eq!(found["without_source"], json!({ "aunt": ["dog"], "uncle": ["dog"] }));
}

#[test]
fn what_does_not_fit_together_is_not_ranked() {
    let priors = CASE.replacen("name = \"The dog\"", "name = \"The dog\"\nprior = 0.4", 1);
    let bench = Bench::new().file("s.toml", priors);
    assert_snapshot!(bench.run("sensitivity s.toml --method bayes"), @"
    --- stderr
    error[priors]: no prior for children
      --> s.toml:12:1
       |
    10 | prior = 0.4
       |         --- since this hypothesis has one
    11 |
    12 | [[hypothesis]]
       | ^^^^^^^^^^^^^^ expected a prior here too
       |
       = help: give it the 0.6 that is left to 1, or remove every prior: then all start equal

    --- exit 2
    ");
}

#[test]
fn what_was_not_known_by_then_is_not_said_to_be_missing() {
    let text = "ach = 1\ntitle = \"T\"\nhypothesis = [{ id = \"a\", name = \"A\" }, { id = \"b\", name = \"B\" }]\n\
                evidence = [{ id = \"e\", text = \"E\", date = 2025-01-01, ratings = { a = \"I\" } }]\n";
    let bench = Bench::new().file("late.toml", text);
    for command in ["sensitivity", "explain", "next", "robustness", "table", "rank", "timeline"] {
        let shown = bench.run(&format!("{command} late.toml --as-of 2024-12-31"));
        let wanted = "None of the evidence counts: nothing sets the hypotheses apart.";
        let then = "ach timeline late.toml shows when evidence became known";
        assert!(shown.contains(wanted) && shown.trim_end().ends_with(then), "{shown}");
    }
}

#[test]
fn what_draws_level_only_without_a_group_names_it_as_one() {
    let text = "ach = 1\ntitle = \"T\"\nhypothesis = [{ id = \"a\", name = \"A\" }, { id = \"b\", name = \"B\" }]\n\
                evidence = [{ id = \"e\", text = \"E\", group = \"g\", ratings = { a = \"C\", b = \"I\" } }, \
                { id = \"f\", text = \"F\", group = \"g\", ratings = { a = \"C\", b = \"I\" } }]\n";
    let shown = Bench::new().file("g.toml", text).run("sensitivity g.toml --method bayes");
    assert!(shown.contains("only level: without the group g"), "{shown}");
}
