//! `ach rank`.

use insta::assert_snapshot;

use crate::support::{Bench, bench};

#[test]
fn methods_stand_side_by_side() {
    assert_snapshot!(bench().run("rank case.toml"), @"
    Who took the cake?                                                    TLP:CLEAR
    Where did the cake go between noon and two?
    3 items, 3 hypotheses, as of 2025-03-09, listed by weighted

    Under each method: the rank, then the score; 0 is best under the first two, the highest under net
    and bayes.
     Hypothesis                Inconsistency  Weighted  Net       Bayes
    ───────────────────────────────────────────────────────────────────────────────
     children    The children  1  -1.00       1  -1.41  1   1.00  1  71%  likely
     dog         The dog       2  -2.00       2  -2.83  2   0.00  2  29%  unlikely
     burglar     A burglar     -  -3.00       -  -3.83  -  -3.83  -    -

    Least contradicted: The children, 1.41 ahead of The dog.
    The methods agree: all four have the same leader.
    Rejected, so without a rank: A burglar.

    ach check case.toml looks for flaws in the analysis

    TLP:CLEAR
    ");
}

#[test]
fn a_narrow_page_has_a_list_for_each_method() {
    assert_snapshot!(bench().run("rank case.toml --width 44 --method bayes"), @"
    Who took the cake?                 TLP:CLEAR
    Where did the cake go between noon and two?
    3 items, 3 hypotheses, as of 2025-03-09,
    listed by bayes

    Under each method: the rank, then the score;
    0 is best under the first two, the highest
    under net and bayes.

    Inconsistency
      children  1  -1.00
      dog       2  -2.00
      burglar   -  -3.00

    Weighted inconsistency
      children  1  -1.41
      dog       2  -2.83
      burglar   -  -3.83

    Net score
      children  1   1.00
      dog       2   0.00
      burglar   -  -3.83

    Posterior probability
      children  1  71%  likely
      dog       2  29%  unlikely
      burglar   -    -

    Most probable: The children, 71% (likely),
    42 percentage points ahead of The dog.
    The methods agree: all four have the same
    leader.
    Posteriors stand on even priors.
    Rejected, so without a rank: A burglar.

    ach check case.toml looks for flaws in the
    analysis

    TLP:CLEAR
    ");
}

#[test]
fn json_has_every_key() {
    assert_snapshot!(bench().run("rank case.toml --format json"), @r#"{"format":1,"marking":"TLP:CLEAR","method":"weighted","where":null,"ranking":[{"id":"children","methods":{"inconsistency":{"score":-1.0,"rank":1},"weighted":{"score":-1.4142135623730951,"rank":1},"net":{"score":1.0,"rank":1},"bayes":{"score":0.7051370199357295,"rank":1,"words":"likely"}}},{"id":"dog","methods":{"inconsistency":{"score":-2.0,"rank":2},"weighted":{"score":-2.8284271247461903,"rank":2},"net":{"score":0.0,"rank":2},"bayes":{"score":0.2948629800642706,"rank":2,"words":"unlikely"}}},{"id":"burglar","methods":{"inconsistency":{"score":-3.0,"rank":null},"weighted":{"score":-3.8284271247461903,"rank":null},"net":{"score":-3.8284271247461903,"rank":null},"bayes":{"score":null,"rank":null,"words":null}}}],"leaders":{"inconsistency":["children"],"weighted":["children"],"net":["children"],"bayes":["children"]},"margin":{"inconsistency":1.0,"weighted":1.4142135623730951,"net":1.0,"bayes":0.41027403987145894},"agreement":true,"provisional":{"inconsistency":false,"weighted":false,"net":false,"bayes":false},"priors":{"dog":0.5,"children":0.5},"families":[]}"#);
}

#[test]
fn csv_and_markdown_have_a_hypothesis_a_row() {
    assert_snapshot!(bench().run("rank case.toml --format csv"), @r"
    id,name,status,inconsistency,inconsistency_rank,weighted,weighted_rank,net,net_rank,bayes,bayes_rank,words
    children,The children,active,-1,1,-1.4142135623730951,1,1,1,0.7051370199357295,1,likely
    dog,The dog,active,-2,2,-2.8284271247461903,2,0,2,0.2948629800642706,2,unlikely
    burglar,A burglar,rejected,-3,,-3.8284271247461903,,-3.8284271247461903,,,,
    ");
    assert_snapshot!(bench().run("rank case.toml --format markdown"), @"
    **TLP:CLEAR**

    # Who took the cake?

    | id | name | status | inconsistency | inconsistency_rank | weighted | weighted_rank | net | net_rank | bayes | bayes_rank | words |
    | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
    | children | The children | active | -1.00 | 1 | -1.41 | 1 | 1.00 | 1 | 71% | 1 | likely |
    | dog | The dog | active | -2.00 | 2 | -2.83 | 2 | 0.00 | 2 | 29% | 2 | unlikely |
    | burglar | A burglar | rejected | -3.00 |  | -3.83 |  | -3.83 |  |  |  |  |

    Least contradicted: **The children**, 1.41 ahead of The dog.

    **The methods agree**: all four have the same leader.

    Rejected, so without a rank: A burglar.

    **TLP:CLEAR**
    ");
}

#[test]
fn what_cannot_be_ranked_is_told_so() {
    let rejected =
        "ach = 1\ntitle = \"T\"\n[[hypothesis]]\nid = \"a\"\nname = \"A\"\nstatus = \"rejected\"\n";
    let bench = Bench::new().file("none.toml", "ach = 1\ntitle = \"T\"\n").file("rejected.toml", rejected);
    assert_snapshot!(bench.run("rank none.toml rejected.toml -q"), @"
    T
    0 items, 0 hypotheses, listed by weighted

    There are no hypotheses yet.

    T
    0 items, 1 hypothesis, listed by weighted

     Hypothesis     Inconsistency  Weighted  Net   Bayes
    ─────────────────────────────────────────────────────
     a           A  -  -           -  -      -  -  -  -

    No hypothesis is active: every one of them is rejected, so there is nothing to rank.
    ");
}

#[test]
fn names_give_way_to_the_heads_of_methods() {
    let case = "ach = 1\ntitle = \"T\"\n[[hypothesis]]\nid = \"a-long-identifier\"\nname = \"A name of several words\"\n\
                [[hypothesis]]\nid = \"b\"\nname = \"B\"\n[[evidence]]\nid = \"e\"\ntext = \"t\"\n\
                ratings = { a-long-identifier = \"II\", b = \"CC\" }\n";
    let said = Bench::new().file("a.toml", case).run("rank a.toml --width 97");
    assert!(said.contains("Inconsistency  Weighted"), "{said}");
}
