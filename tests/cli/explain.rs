//! `ach explain`.

use insta::assert_snapshot;

use crate::support::{Bench, bench};

#[test]
fn every_hypothesis_has_its_case() {
    assert_snapshot!(bench().run("explain case.toml"), @"
    Who took the cake?                                                                         TLP:CLEAR
    Where did the cake go between noon and two?     3 items, 3 hypotheses, as of 2025-03-09, by weighted

    Least contradicted: The children, 1.41 ahead of The dog.
    Only crumbs (-1.41) speaks against The children.
    The lead rests on 1 item (plate).
    Next in rank: The dog; compared with The children it loses most by plate (2.83) and wins most by
    crumbs (1.41).

    The children: rank 1, -1.41.

    Against it: 1 item, -1.41
      crumbs  -1.41  I  Crumbs lead from the table to the basket

    The dog: rank 2, -2.83.

    Against it: 1 item, -2.83
      plate  -2.83  II  The plate stands washed in the rack

    What sets it apart from The children: 2 items, +1.41 for the leader
      plate   +2.83  C  II  The plate stands washed in the rack
      crumbs  -1.41  I  CC  Crumbs lead from the table to the basket

    A burglar: rejected, -3.83.

    Against it: 2 items, -3.83
      crumbs   -2.83  II  Crumbs lead from the table to the basket
      barking  -1.00  I   The dog did not bark

    What sets it apart from The children: 2 items, +2.41 for the leader
      crumbs   +1.41  I  II  Crumbs lead from the table to the basket
      barking  +1.00  C  I   The dog did not bark

    Rejected, so without a rank: A burglar.

    ach sensitivity case.toml shows what would change who leads

    TLP:CLEAR
    ");
}

#[test]
fn one_hypothesis_is_weighed_by_itself() {
    assert_snapshot!(bench().run("explain case.toml dog --method bayes --width 60"), @"
    Who took the cake?                                 TLP:CLEAR
    Where did the cake go between noon and two?
    3 items, 3 hypotheses, as of 2025-03-09, by bayes

    Most probable: The children, 71% (likely), 42 percentage
    points ahead of The dog.
    Only plate (-0.59) speaks against The dog.
    Compared with The children it loses most by plate (0.77) and
    barking (0.15) and wins most by crumbs (0.55).
    Posteriors stand on even priors.

    The dog: rank 2, 29%.

    Against it: 1 item, -0.59 bans
      plate  -0.59  II  The plate stands washed in the rack

    For it: 1 item, +0.25 bans
      crumbs  +0.25  CC  Crumbs lead from the table to the bask…

    What sets it apart from The children: 3 items, +0.38 bans
    for the leader
      plate    +0.77  C  II  The plate stands washed in the rack
      crumbs   -0.55  I  CC  Crumbs lead from the table to the…
      barking  +0.15  C  NA  The dog did not bark

    Rejected, so without a rank: A burglar.

    ach sensitivity case.toml shows what would change who leads

    TLP:CLEAR
    ");
    assert_snapshot!(bench().run("explain case.toml burglar -q"), @"
    Who took the cake?                                                                         TLP:CLEAR
    Where did the cake go between noon and two?     3 items, 3 hypotheses, as of 2025-03-09, by weighted

    Least contradicted: The children, 1.41 ahead of The dog.
    Only crumbs (-2.83) and barking (-1.00) speak against A burglar.
    Compared with The children it loses most by crumbs (1.41) and barking (1.00); no item speaks the
    other way.

    A burglar: rejected, -3.83.

    Against it: 2 items, -3.83
      crumbs   -2.83  II  Crumbs lead from the table to the basket
      barking  -1.00  I   The dog did not bark

    What sets it apart from The children: 2 items, +2.41 for the leader
      crumbs   +1.41  I  II  Crumbs lead from the table to the basket
      barking  +1.00  C  I   The dog did not bark

    Rejected, so without a rank: A burglar.

    TLP:CLEAR
    ");
    assert_snapshot!(bench().run("explain case.toml burglar --method bayes -q"), @"
    Who took the cake?                                                                         TLP:CLEAR
    Where did the cake go between noon and two?        3 items, 3 hypotheses, as of 2025-03-09, by bayes

    Most probable: The children, 71% (likely), 42 percentage points ahead of The dog.
    Posteriors stand on even priors.

    A burglar: rejected, so without a score.

    Rejected, so without a rank: A burglar.

    TLP:CLEAR
    ");
}

#[test]
fn net_counts_in_favour_too() {
    assert_snapshot!(bench().run("explain case.toml children --method net -q"), @"
    Who took the cake?                                                                         TLP:CLEAR
    Where did the cake go between noon and two?          3 items, 3 hypotheses, as of 2025-03-09, by net

    Best supported: The children, 1.00 ahead of The dog.
    Only crumbs (-1.41) speaks against The children.
    The lead rests on each of 2 items (plate, barking): leave out either and it is lost or shared.

    The children: rank 1, 1.00.

    Against it: 1 item, -1.41
      crumbs  -1.41  I  Crumbs lead from the table to the basket

    For it: 2 items, +2.41
      plate    +1.41  C  The plate stands washed in the rack
      barking  +1.00  C  The dog did not bark

    Rejected, so without a rank: A burglar.

    TLP:CLEAR
    ");
}

#[test]
fn an_unknown_hypothesis_is_refused_with_the_nearest() {
    assert_snapshot!(bench().run("explain case.toml childern"), @r#"
    --- stderr
    error: there is no hypothesis "childern"
    help: did you mean "children"?
    --- exit 2
    "#);
    assert_snapshot!(bench().run("explain case.toml xyz"), @r#"
    --- stderr
    error: there is no hypothesis "xyz"
    help: there are dog, children and burglar
    --- exit 2
    "#);
}

#[test]
fn json_has_every_key() {
    assert_snapshot!(bench().run("explain case.toml --format json"), @r#"{"format":1,"marking":"TLP:CLEAR","method":"weighted","where":null,"leaders":["children"],"provisional":false,"priors":null,"hypotheses":[{"id":"dog","score":-2.8284271247461903,"rank":2,"against":[{"evidence":"plate","contribution":-2.8284271247461903}],"for":[],"covered":[],"versus_leader":[{"evidence":"plate","difference":2.8284271247461903},{"evidence":"crumbs","difference":-1.4142135623730951}]},{"id":"children","score":-1.4142135623730951,"rank":1,"against":[{"evidence":"crumbs","contribution":-1.4142135623730951}],"for":[],"covered":[],"versus_leader":[]},{"id":"burglar","score":-3.8284271247461903,"rank":null,"against":[{"evidence":"crumbs","contribution":-2.8284271247461903},{"evidence":"barking","contribution":-1.0}],"for":[],"covered":[],"versus_leader":[{"evidence":"crumbs","difference":1.4142135623730951},{"evidence":"barking","difference":1.0}]}]}"#);
    assert_snapshot!(bench().run("explain case.toml burglar --method bayes --format json"), @r#"{"format":1,"marking":"TLP:CLEAR","method":"bayes","where":null,"leaders":["children"],"provisional":false,"priors":{"dog":0.5,"children":0.5},"hypotheses":[{"id":"burglar","score":null,"rank":null,"against":[],"for":[],"covered":[],"versus_leader":[]}]}"#);
}

#[test]
fn csv_has_a_row_for_what_counts() {
    assert_snapshot!(bench().run("explain case.toml --format csv"), @"
    hypothesis,evidence,rating,contribution,versus_leader
    dog,crumbs,CC,0,-1.4142135623730951
    dog,plate,II,-2.8284271247461903,2.8284271247461903
    children,crumbs,I,-1.4142135623730951,
    burglar,crumbs,II,-2.8284271247461903,1.4142135623730951
    burglar,barking,I,-1,1
    ");
    assert_snapshot!(bench().run("explain case.toml burglar --method bayes --format csv"), @"hypothesis,evidence,rating,contribution,versus_leader");
}

#[test]
fn markdown_is_a_page() {
    assert_snapshot!(bench().run("explain case.toml dog --format markdown"), @"
    **TLP:CLEAR**

    ### Who took the cake?

    Where did the cake go between noon and two?  
    3 items, 3 hypotheses, as of 2025-03-09, by weighted

    Least contradicted: **The children**, 1.41 ahead of The dog.  
    Only plate (-2.83) speaks against **The dog**.  
    Compared with The children it loses most by plate (2.83) and wins most by crumbs (1.41).

    **The dog**: rank 2, -2.83.

    **Against it: 1 item, -2.83**

    | Item |  | Rated |  |
    | --- | --- | --- | --- |
    | plate | -2.83 | II | The plate stands washed in the rack |

    **What sets it apart from The children: 2 items, +1.41 for the leader**

    | Item |  | Leader | Rated |  |
    | --- | --- | --- | --- | --- |
    | plate | +2.83 | C | II | The plate stands washed in the rack |
    | crumbs | -1.41 | I | CC | Crumbs lead from the table to the basket |

    Rejected, so without a rank: A burglar.

    **TLP:CLEAR**
    ");
}

#[test]
fn long_lists_end_with_a_count() {
    let items: String = (0..40)
        .map(|at| {
            format!("[[evidence]]\nid = \"e{at}\"\ntext = \"Text\"\nratings = {{ a = \"N\", b = \"I\", c = \"N\" }}\n")
        })
        .collect();
    let hypotheses: String =
        ["a", "b", "c"].map(|id| format!("[[hypothesis]]\nid = \"{id}\"\nname = \"{id}\"\n")).concat();
    let bench = Bench::new().file("s.toml", format!("ach = 1\ntitle = \"T\"\n{hypotheses}{items}"));
    let lines =
        |arguments: &str| bench.result(arguments).lines().filter(|line| line.contains("Text")).count();
    assert_eq!(lines("explain s.toml"), 6 + 6);
    assert_eq!(lines("explain s.toml b"), 30 + 30);
    assert!(bench.result("explain s.toml").contains("Against it: 40 items, -40.00 (34 more not shown)\n"));
}

#[test]
fn where_nothing_leads_little_is_said() {
    let bench = Bench::new().file("empty.toml", "ach = 1\ntitle = \"T\"\n");
    assert_snapshot!(bench.run("explain empty.toml"), @"
    T
    0 items, 0 hypotheses, by weighted

    There are no hypotheses yet.

    ach add empty.toml hypothesis ID --name NAME adds a hypothesis
    ");
}
