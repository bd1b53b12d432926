//! `ach report`.

use insta::assert_snapshot;

use crate::support::{Bench, bench};

#[test]
fn markdown_has_the_bottom_line_first() {
    assert_snapshot!(bench().run("report case.toml --format markdown --sections finding,ranking"), @"
    **TLP:CLEAR**

    # Who took the cake?

    *Where did the cake go between noon and two?*

    As of 9 March 2025 · newest item 31 March 2025 · 3 items · 3 hypotheses, 2 compared · ranked by weighted inconsistency · no author named · version ca31e3c9

    ## Bottom line

    *Nobody has written a conclusion yet.*

    ### What the ratings say

    **The children** is least contradicted: of the 2 hypotheses compared, least weighs against it (1.41; next, The dog with 2.83). **The lead is fragile:** one of the 3 items, left out by itself, makes it lost or shared; so does each of 2 judgements, moved one step.

    **How firm is it?**

    - If each rating may be a step off (1.5 of 5 move at once, on average), The children is alone first in 64 of 100 re-ratings and level in 32, The dog in 5 and level in 32. That is not the chance that it is true.
    - The next is 1.41 behind. An item of ordinary weight counts 1.00 for each step of its rating.

    **What does it rest on?**

    - No source alone decides: without what any one of the 2 sources alone reports, the lead stays.
    - By the 2 items that compare all hypotheses nothing changes at the top.

    **What would overturn it?**

    - Without item 2: The dog would lead.
    - If item 2 were rated inconsistent for The dog, not very inconsistent: both would be level.

    *This ranks judgements; it proves none of the hypotheses.*

    ## How the hypotheses compare

    *Less is better. Beside it, how it would fare if every rating might be a step off.*

    | Rank | Hypothesis | Weighs against it | Alone first |
    | --- | --- | ---: | ---: |
    | 1 | **The children**<br>Kids in tables. | 1.41 | 64 of 100<br>level in 32 |
    | 2 | **The dog**<br>dog in tables. | 2.83 | 5 of 100<br>level in 32 |
    | - | **A burglar**<br>burglar in tables.<br>Rejected, so not ranked. | 3.83 |  |

    ### By each method

    All four ways to count have the same hypotheses in front.

    | Hypothesis | Inconsistency | Weighted inconsistency | Net score | Posterior probability, even priors |
    | --- | --- | --- | --- | --- |
    | The children | **1st: 1.00** | **1st: 1.41** | **1st: 1.00** | **1st: 71%, likely** |
    | The dog | 2nd: 2.00 | 2nd: 2.83 | 2nd: 0.00 | 2nd: 29%, unlikely |
    | A burglar | 3.00, not ranked | 3.83, not ranked | -3.83, not ranked | - |

    *Posteriors stand on even priors.*

    ---

    Who took the cake? As of 9 March 2025. Analysis of Competing Hypotheses, weighted inconsistency, version ca31e3c9, made with ach 0.1.0.

    **TLP:CLEAR**
    ");
}

#[test]
fn the_ending_names_the_format() {
    let bench = bench();
    assert_snapshot!(bench.run("report case.toml -o case.html"), @"");
    assert!(bench.read("case.html").starts_with("<!doctype html>"));
    assert_snapshot!(bench.run("report case.toml -o case.MD"), @"");
    assert!(bench.read("case.MD").starts_with("**TLP:CLEAR**\n\n# Who took the cake?\n"));
    assert_snapshot!(bench.run("report case.toml -o case.pdf"), @"
    --- stderr
    error: case.pdf does not end in .html, .md or .svg: name the format with --format

    Usage: ach report [OPTIONS] <FILE>...

    For more information, try '--help'.
    --- exit 2
    ");
}

#[test]
fn a_report_replaces_a_report_but_never_a_scenario() {
    let bench = bench().file("old.html", "<p>old</p>");
    assert_snapshot!(bench.run("report case.toml -o old.html"), @"");
    assert!(bench.read("old.html").starts_with("<!doctype html>"));
    let before = bench.read("case.toml");
    assert_snapshot!(bench.run("report case.toml --format html -o case.toml"), @"
    --- stderr
    error: case.toml is a scenario, which a report does not replace
    help: choose another name for the report
    --- exit 2
    ");
    assert_eq!(bench.read("case.toml"), before);
}

#[test]
fn the_same_scenario_gives_the_same_bytes_wherever_it_stands() {
    let first = bench();
    let second = Bench::new().file("deep/case.toml", first.read("case.toml"));
    let page = first.result("report case.toml");
    assert_eq!(page, first.result("report case.toml"));
    assert_eq!(page, second.result("report deep/case.toml"));
}

#[test]
fn another_marking_is_said_beside_that_of_the_scenario() {
    let bench = bench();
    assert_snapshot!(bench.run("report case.toml -o case.html --classification TLP:RED"), @"
    --- stderr
    note: marked TLP:RED; the scenario itself says TLP:CLEAR
    ");
    let page = bench.read("case.html");
    assert_eq!(page.matches("TLP:RED").count(), 4, "first, last, on every page and in the picture");
    assert!(!page.contains("TLP:CLEAR"));
}

#[test]
fn links_lead_only_to_sections_that_are_there() {
    let bench = bench();
    for sections in [
        "finding",
        "matrix",
        "evidence,matrix",
        "change",
        "finding,ranking,change,watch,matrix,evidence,time,method",
    ] {
        let page = bench.result(&format!("report case.toml --sections {sections}"));
        for (at, _) in page.match_indices("href=\"#") {
            let id = page[at + 7..].split('"').next().unwrap();
            assert!(page.contains(&format!("id=\"{id}\"")), "{sections}: {id}");
        }
    }
}

#[test]
fn a_page_without_script_allows_none() {
    let page = bench().result("report case.toml --no-script");
    assert!(!page.contains("<script") && !page.contains("script-src") && page.contains("style-src 'sha256-"));
}

#[test]
fn several_scenarios_get_a_page_each_and_a_list() {
    let bench = bench();
    let case = bench.read("case.toml");
    let bench = bench
        .file("more/case.toml", case.replace("TLP:CLEAR", "TLP:GREEN"))
        .file("more/broken.toml", "ach = 1\ntitle = 3\n")
        .file("more/other.toml", "a = 1\n");
    assert_snapshot!(bench.run("report case.toml more"), @"
    --- stderr
    error: several pages need a folder: -o DIR/

    Usage: ach report [OPTIONS] <FILE>...

    For more information, try '--help'.
    --- exit 2
    ");
    assert_snapshot!(bench.run("report case.toml more -o site/"), @r#"
    --- stderr
    error[wrong-type]: `title` cannot be an integer
     --> more/broken.toml:2:9
      |
    2 | title = 3
      |         ^ expected a text in quotes
      |
      = help: write it in quotes: title = "3"

    --- exit 2
    "#);
    let list = bench.read("site/index.html");
    assert!(list.contains("<a href=\"case.html\">") && list.contains("<a href=\"case-2.html\">"));
    assert!(list.contains("broken.toml") && !list.contains("other"), "{list}");
    assert!(list.contains("TLP:GREEN") && list.contains("The children is least contradicted"));
    assert!(bench.has("site/case.html") && bench.has("site/case-2.html") && !bench.has("site/broken.html"));
}

#[test]
fn the_picture_to_quote_carries_its_caveat() {
    let bench = bench();
    let svg = bench.result("report case.toml --format svg");
    for part in [
        "TLP:CLEAR",
        "Who took the cake?",
        "The children",
        "proves none of the hypotheses",
        "<title",
        "<desc",
    ] {
        assert!(svg.contains(part), "{part}");
    }
    assert_snapshot!(bench.run("report case.toml -o case.svg"), @"");
    assert_eq!(bench.read("case.svg"), svg);
}

#[test]
fn what_changed_stands_in_a_section_of_its_own() {
    let bench = bench().git("init -q").git("add case.toml").git("commit -qm one");
    let changed = bench.read("case.toml").replace("II", "C");
    let bench = bench.file("case.toml", changed);
    let page = bench.result("report case.toml --since HEAD --format markdown --sections since");
    assert!(page.contains("## What changed") && page.contains("| **"), "{page}");
    assert!(bench.result("report case.toml --since HEAD").contains("<section id=\"since\""));
}

#[test]
fn an_outcome_is_said_before_the_bottom_line() {
    let case = bench().read("case.toml");
    let outcome = "[outcome]\nhypothesis = \"dog\"\ndate = 2025-05-01\n";
    let bench = Bench::new()
        .file("case.toml", case.replacen("[[hypothesis]]", &format!("{outcome}\n[[hypothesis]]"), 1));
    let page = bench.result("report case.toml --format markdown --sections finding");
    let settled =
        page.find("Settled on 1 May 2025: The dog. Below is the analysis as of 9 March 2025, unchanged.");
    assert!(settled < page.find("## Bottom line") && settled.is_some(), "{page}");
}

#[test]
fn only_the_sections_asked_for_are_there_in_their_order() {
    let bench = bench();
    let sections = |options: &str| -> Vec<String> {
        let page = bench.result(&format!("report case.toml {options}"));
        let named = page.split("<section id=\"").skip(1);
        named.map(|part| part.split('"').next().unwrap().to_owned()).collect()
    };
    let all = sections("");
    assert_eq!(all.first().map(String::as_str), Some("finding"));
    assert_eq!(all.last().map(String::as_str), Some("method"));
    assert_eq!(sections("--sections matrix,finding"), ["finding", "matrix"]);
    assert_eq!(sections("--sections matrix --sections finding"), ["finding", "matrix"]);
    assert!(sections("--sections since").is_empty(), "there is nothing to compare with");
    let refused = bench.run("report case.toml --sections tables");
    assert!(refused.contains("finding, ranking, change") && refused.contains("--- exit 2"), "{refused}");
}

#[test]
fn a_marking_stands_where_the_scenario_has_none_and_is_never_invented() {
    let case = bench().read("case.toml").replace("marking = \"TLP:CLEAR\"\n", "");
    let bench = Bench::new().file("case.toml", case);
    let plain = bench.result("report case.toml");
    assert!(!plain.contains("class=\"marking\"") && !plain.contains("class=\"strip\""));
    assert_snapshot!(bench.run("report case.toml -o case.html --classification SECRET"), @"");
    assert_eq!(bench.read("case.html").matches("class=\"marking\"").count(), 2);
    assert!(bench.result("report case.toml --format svg --classification SECRET").contains(">SECRET<"));
    assert!(
        bench.result("report case.toml --format markdown --classification SECRET").starts_with("**SECRET**")
    );
}

#[test]
fn the_time_table_keeps_the_sign_of_a_net_score() {
    let bench = bench();
    let page = bench.result("report case.toml --method net --format markdown --sections time");
    assert!(page.contains("| 8 March 2025 | The dog | item 1 | Kids -0.41, dog 2.83 |"), "{page}");
}

#[test]
fn a_provisional_lead_is_told_in_whole_sentences() {
    let bench = Bench::new().file(
        "case.toml",
        "ach = 1\ntitle = \"T\"\n[[hypothesis]]\nid = \"a\"\nname = \"A\"\n[[hypothesis]]\nid = \"b\"\nname = \"B\"\n\
         [[evidence]]\nid = \"e\"\ntext = \"E\"\nratings = { a = \"II\", b = \"C\" }\n\
         [[evidence]]\nid = \"f\"\ntext = \"F\"\nratings = { b = \"II\" }\n\
         [[evidence]]\nid = \"g\"\ntext = \"G\"\nratings = { a = \"C\", b = \"C\" }\n",
    );
    let page = bench.result("report case.toml --format markdown --sections finding");
    assert!(
        page.contains("**Provisional.** **This count does not tell the two hypotheses apart**"),
        "{page}"
    );
    assert!(page.contains("Each of 2 of the 3 items, left out by itself"), "{page}");
}
