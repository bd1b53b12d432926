//! `ach export`.

use insta::assert_snapshot;

use crate::support::{Bench, CASE, bench};

#[test]
fn csv_has_a_row_for_each_item_and_a_column_for_each_hypothesis() {
    let bench = bench();
    assert_snapshot!(bench.run("export case.toml -o out.csv"), @"
    --- stderr
    out.csv leaves out: 4 fields of the scenario and 2 fields of hypotheses (.xlsx, .md and .json would hold all)
    ");
    assert_snapshot!(bench.read("out.csv"), @"
    id,text,kind,date,source,credibility,relevance,dog: The dog,children: The children,burglar: A burglar
    crumbs,Crumbs lead from the table to the basket,,2025-03-08,aunt; uncle,high,,CC,I,II
    plate,The plate stands washed in the rack,,2025-03,,,high,II,C,
    barking,The dog did not bark,absence,,,,,NA,C,I
    ");
    assert_snapshot!(bench.run("export case.toml --format csv --heads id --notes"), @"
    id,text,kind,date,source,credibility,relevance,dog,children,burglar
    crumbs,Crumbs lead from the table to the basket,,2025-03-08,aunt; uncle,high,,CC,I,II
    plate,The plate stands washed in the rack,,2025-03,,,high,II,C,
    barking,The dog did not bark,absence,,,,,NA,C,I
    --- stderr
    csv leaves out: 4 fields of the scenario and 2 fields of hypotheses (.xlsx, .md and .json would hold all)
    ");
}

#[test]
fn markdown_is_a_page_with_the_matrix() {
    assert_snapshot!(bench().run("export case.toml --format markdown"), @"
    **TLP:CLEAR**

    # Who took the cake?

    Where did the cake go between noon and two?

    As of 2025-03-09

    | id | text | kind | date | source | credibility | relevance | dog: The dog | children: The children | burglar: A burglar |
    | --- | --- | --- | --- | --- | --- | --- | :-: | :-: | :-: |
    | crumbs | Crumbs lead from the table to the basket |  | 2025-03-08 | aunt; uncle | high |  | CC | I | II |
    | plate | The plate stands washed in the rack |  | 2025-03 |  |  | high | II | C |  |
    | barking | The dog did not bark | absence |  |  |  |  | NA | C | I |

    ## Hypotheses

    * **dog**: The dog
    * **children**: The children
      * short: Kids
    * **burglar**: A burglar
      * status: rejected

    **TLP:CLEAR**
    ");
}

#[test]
fn json_has_the_keys_of_the_file() {
    assert_snapshot!(bench().run("export case.toml --format json"), @r#"
    {
      "ach": 1,
      "title": "Who took the cake?",
      "question": "Where did the cake go between noon and two?",
      "as_of": "2025-03-09",
      "marking": "TLP:CLEAR",
      "hypothesis": [
        {
          "id": "dog",
          "name": "The dog"
        },
        {
          "id": "children",
          "name": "The children",
          "short": "Kids"
        },
        {
          "id": "burglar",
          "name": "A burglar",
          "status": "rejected"
        }
      ],
      "evidence": [
        {
          "id": "crumbs",
          "text": "Crumbs lead from the table to the basket",
          "date": "2025-03-08",
          "source": [
            "aunt",
            "uncle"
          ],
          "credibility": "high",
          "ratings": {
            "dog": "CC",
            "children": "I",
            "burglar": "II"
          }
        },
        {
          "id": "plate",
          "text": "The plate stands washed in the rack",
          "date": "2025-03",
          "relevance": "high",
          "ratings": {
            "dog": "II",
            "children": "C"
          }
        },
        {
          "id": "barking",
          "text": "The dog did not bark",
          "kind": "absence",
          "ratings": {
            "dog": "NA",
            "children": "C",
            "burglar": "I"
          }
        }
      ]
    }
    "#);
}

#[test]
fn a_filter_is_told_and_limits_every_format() {
    let bench = bench();
    let told = bench.run("export case.toml --where kind:absence -o out.json");
    assert_snapshot!(told, @"
    --- stderr
    out.json holds 1 of 3 items, where kind:absence
    ");
    let json: serde_json::Value = serde_json::from_str(&bench.read("out.json")).expect("JSON");
    assert_eq!(json["evidence"].as_array().map(Vec::len), Some(1));
    assert_snapshot!(bench.run("export case.toml --where kind:absence -o out.tsv"), @"
    --- stderr
    out.tsv holds 1 of 3 items, where kind:absence
    out.tsv leaves out: 4 fields of the scenario and 2 fields of hypotheses (.xlsx, .md and .json would hold all)
    ");
    assert_snapshot!(bench.read("out.tsv"), @"
    id	text	kind	dog: The dog	children: The children	burglar: A burglar
    barking	The dog did not bark	absence	NA	C	I
    ");
}

#[test]
fn a_scenario_is_never_replaced_by_an_export() {
    let bench = bench().file("other.csv", CASE).file("old.csv", "id\n");
    assert_snapshot!(bench.run("export case.toml -o other.csv"), @"
    --- stderr
    error: other.csv is a scenario, and is not replaced by an export
    help: choose another name
    --- exit 2
    ");
    assert_eq!(bench.read("other.csv"), CASE);
    bench.run("export case.toml -o old.csv");
    assert!(bench.read("old.csv").starts_with("id,text,"));
    assert_snapshot!(bench.run("export case.toml -o out.txt"), @"
    --- stderr
    error: name an output file with one of the endings .csv, .tsv, .xlsx, .md, .json and .stix.json, or a --format

    Usage: ach export [OPTIONS] [FILE]...

    For more information, try '--help'.
    --- exit 2
    ");
    assert_snapshot!(bench.run("export case.toml -o nowhere/out.csv"), @"
    --- stderr
    error: the directory of nowhere/out.csv does not exist
    help: create the directory first
    --- exit 2
    ");
}

#[test]
fn a_text_cannot_become_a_formula_or_ping_anybody() {
    let text = CASE.replace("The dog did not bark", "=1+1 @octocat");
    let bench = Bench::new().file("case.toml", text);
    assert!(bench.run("export case.toml --format csv").contains("barking,'=1+1 @octocat,"));
}

#[test]
fn contradictions_are_told_and_hinder_nothing() {
    let bench = Bench::new()
        .file("case.toml", CASE.replace("id = \"children\"\n", "id = \"children\"\nprior = 0.5\n"));
    assert_snapshot!(bench.run("export case.toml --format csv"), @"
    id,text,kind,date,source,credibility,relevance,dog: The dog,children: The children,burglar: A burglar
    crumbs,Crumbs lead from the table to the basket,,2025-03-08,aunt; uncle,high,,CC,I,II
    plate,The plate stands washed in the rack,,2025-03,,,high,II,C,
    barking,The dog did not bark,absence,,,,,NA,C,I
    --- stderr
    error[priors]: no prior for dog
      --> case.toml:7:1
       |
     7 | [[hypothesis]]
       | ^^^^^^^^^^^^^^ expected a prior here too
    ...
    13 | prior = 0.5
       |         --- since this hypothesis has one
       |
       = help: give it the 0.5 that is left to 1, or remove every prior: then all start equal

    csv leaves out: 4 fields of the scenario and 3 fields of hypotheses (.xlsx, .md and .json would hold all)
    ");
}

#[test]
fn a_workbook_has_texts_that_are_no_formulas() {
    use calamine::{Data, Reader, Xlsx};
    let bench = Bench::new().file("case.toml", CASE.replace("The dog did not bark", "=1+1"));
    assert_snapshot!(bench.run("export case.toml -o out.xlsx"), @"");
    let mut book: Xlsx<_> = calamine::open_workbook(bench.path("out.xlsx")).expect("a workbook");
    assert_eq!(book.sheet_names(), ["Matrix", "Scores", "Hypotheses", "About", "Workings"]);
    let matrix = book.worksheet_range("Matrix").expect("a sheet");
    assert_eq!(matrix.get((3, 1)), Some(&Data::String("=1+1".into())));
    assert_eq!(matrix.get((3, 2)), Some(&Data::String("NA".into())));
    let text = CASE.replace("The dog did not bark", &"bark ".repeat(7000));
    let bench = bench.file("long.toml", text);
    assert_snapshot!(bench.run("export long.toml -o out.xlsx"), @"
    --- stderr
    error: a text is longer than the 32,767 characters that a cell of a sheet can hold
    help: shorten it, or export the scenario as CSV or JSON
    --- exit 2
    ");
}

#[test]
fn stix_has_an_opinion_for_each_rating_and_takes_its_time_from_the_scenario() {
    let bench = bench();
    assert_snapshot!(bench.run("export case.toml -o out.stix.json"), @"
    --- stderr
    out.stix.json leaves out: 1 NA rating and 3 fields of items (.xlsx, .md and .json would hold all)
    ");
    let bundle: serde_json::Value = serde_json::from_str(&bench.read("out.stix.json")).expect("JSON");
    let objects = bundle["objects"].as_array().expect("a list");
    let of = |kind: &str| objects.iter().filter(|object| object["type"] == kind).collect::<Vec<_>>();
    let counts =
        ["campaign", "threat-actor", "relationship", "opinion", "note", "report"].map(|kind| of(kind).len());
    assert_eq!(counts, [1, 3, 3, 7, 4, 1]);
    assert!(objects.iter().all(|object| object["created"] == "2025-03-09T00:00:00.000Z"));
    assert_eq!(of("relationship")[2]["revoked"], true);
    assert_eq!(of("opinion")[0]["opinion"], "strongly-agree");
    let dateless = CASE.lines().filter(|line| !line.contains("2025")).collect::<Vec<_>>().join("\n");
    let bench = bench.file("dateless.toml", dateless);
    assert_snapshot!(bench.run("export dateless.toml --format stix"), @"
    --- stderr
    error: STIX objects need a date, and neither the scenario nor an item has one
    help: name one with --created, or set as_of in the scenario
    --- exit 2
    ");
    assert!(
        bench.result("export dateless.toml --format stix --created 2024-02-29 -q").contains("2024-02-29T")
    );
}
