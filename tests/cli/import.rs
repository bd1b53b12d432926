//! `ach import`: files in `tests/corpus/import`, each with what is said of them and the scenario that they give
//! (`*.shown`; `ACH_BLESS=1` writes them anew, to be read before they are committed).
#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "this test reads the corpus")]

use std::path::Path;

use crate::support::{Bench, bench};

#[test]
fn every_file_gives_its_matrix_or_its_faults() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/import");
    let bless = std::env::var_os("ACH_BLESS").is_some();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for case in std::fs::read_dir(&corpus).expect("the corpus is there") {
        let case = case.expect("an entry").path();
        let name = case.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        if name.ends_with(".args") || name.ends_with(".shown") {
            continue;
        }
        let beside = |ending: &str| corpus.join(format!("{name}.{ending}"));
        let options = std::fs::read_to_string(beside("args")).unwrap_or_default();
        let bench = Bench::new().file(&name, std::fs::read(&case).expect("a file"));
        let got = bench.run(&format!("import {name} -o - {options}"));
        if bless {
            std::fs::write(beside("shown"), &got).expect("it can be written");
        }
        if std::fs::read_to_string(beside("shown")).unwrap_or_default() != got {
            wrong.push(format!("{name}:\n{got}"));
        }
        seen += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen >= 15, "only {seen} files");
}

#[test]
fn an_existing_file_is_never_overwritten() {
    let bench = bench().file("m.csv", "Evidence,A,B\nx,C,I\n");
    let before = bench.read("case.toml");
    let told = bench.run("import m.csv -o case.toml");
    assert!(told.contains("--- exit 2"), "{told}");
    assert_eq!(bench.read("case.toml"), before);
    let told = bench.run("import m.csv -o new.toml --dry-run");
    assert!(!told.contains("exit") && !bench.has("new.toml"), "{told}");
}

#[test]
fn strict_refuses_what_is_assumed() {
    let bench =
        Bench::new().file("m.csv", "Evidence,A,B\nx,C,-\ny,C,I\n").file("n.csv", "Evidence,A,B\nx,C,I\n");
    let told = bench.run("import m.csv -o m.toml --strict");
    assert!(told.contains("--- exit 1") && !bench.has("m.toml"), "{told}");
    let told = bench.run("import n.csv -o n.toml --strict");
    assert!(!told.contains("exit") && bench.has("n.toml"), "{told}");
}

#[test]
fn what_was_read_is_told_to_programs_too() {
    let bench = Bench::new().file("m.csv", "Evidence,A,B,Odd\nx,C,-,y\nz,C,I,\n");
    let told = bench.run("import m.csv -o m.toml --format json");
    let json: serde_json::Value = serde_json::from_str(&told).unwrap_or_else(|_| panic!("{told}"));
    assert_eq!(json["read"]["path"], "m.csv");
    assert_eq!(json["read"]["rows"], serde_json::json!([2, 3]));
    assert_eq!(json["assumed"][0]["as"], "blank (1 cell)");
    assert_eq!(json["assumed"][0]["place"]["column"], 5);
    assert_eq!(json["left_out"][0]["text"], "Odd");
    assert!(bench.has("m.toml"));
}

/// The case with a matrix of it, its comments kept.
fn exported() -> Bench {
    let bench = bench();
    let commented = bench.read("case.toml").replace("dog = \"CC\"", "dog = \"CC\" # surely");
    let bench = bench.file("case.toml", commented);
    bench.run("export case.toml -o case.csv");
    bench
}

#[test]
fn a_matrix_that_nobody_edited_changes_nothing() {
    let bench = exported();
    for ending in ["csv", "tsv", "json", "md"] {
        bench.run(&format!("export case.toml -o back.{ending}"));
        let told = bench.run(&format!("import back.{ending} --into case.toml"));
        assert!(told.contains("nothing to change") && !told.contains("kept"), "{ending}: {told}");
    }
}

#[test]
fn what_a_colleague_edited_comes_back_and_all_else_stays() {
    let bench = exported();
    let before = bench.read("case.toml");
    let edited =
        bench.read("case.csv").replace(",CC,I,", ",C,NA,").replace("washed in", "washed and dried in");
    let bench = bench.file("edited.csv", edited);
    let told = bench.run("import edited.csv --into case.toml");
    insta::assert_snapshot!(told, @r#"
    plate text: "The plate stands washed in the rack" -> "The plate stands washed and dried in the rack"
    crumbs / dog: CC -> C
    crumbs / children: I -> NA
    --- stderr
    read edited.csv as csv, rows 2 to 4, ratings as letters
    3 items, 3 hypotheses, 8 ratings
    "#);
    let expected =
        before.replace("\"CC\" # surely", "\"C\" # surely").replace("washed in", "washed and dried in");
    let expected = expected.replacen("children = \"I\"", "children = \"NA\"", 1);
    assert_eq!(bench.read("case.toml"), expected);
}

#[test]
fn rows_that_are_gone_are_named_and_rows_that_are_new_are_added() {
    let bench = exported();
    let edited: Vec<String> =
        bench.read("case.csv").lines().filter(|line| !line.starts_with("plate")).map(str::to_owned).collect();
    let columns = edited[0].split(',').count();
    let row = format!("whistle,The kettle whistled{},C,N,\n", ",".repeat(columns - 5));
    let bench = bench.file("edited.csv", edited.join("\n") + "\n" + &row);
    let told = bench.run("import edited.csv --into case.toml");
    assert!(told.contains("evidence plate") && told.contains("whistle"), "{told}");
    let text = bench.read("case.toml");
    assert!(text.contains("id = \"plate\"") && text.contains("id = \"whistle\""), "{text}");
    bench.run("import edited.csv --into case.toml --remove");
    assert!(!bench.read("case.toml").contains("plate"));
}

#[test]
fn items_that_are_not_exported_are_not_missed() {
    let bench = exported();
    bench.run("set case.toml plate.status withdrawn");
    let bench =
        bench.file("m.csv", "Evidence,dog: The dog,children: The children\nCrumbs lead to the table,C,I\n");
    let told = bench.run("import m.csv --into case.toml --dry-run");
    assert!(told.contains("evidence barking") && !told.contains("evidence plate"), "{told}");
}

#[test]
fn a_second_file_names_the_hypotheses_of_an_evidence_tree() {
    let tree = r#"{"name": "T", "depth": 0, "evidence": "", "children": [{"name": "Crumbs", "depth": 1, "evidence": "Yes",
        "H1": "C", "H2": "I", "reliability": "B", "credibility": "2", "children": []}]}"#;
    let names = r#"{"H1": {"title": "The dog", "description": "Hungry"}, "H3": {"title": "The cat"}}"#;
    let bench = Bench::new().file("tree.json", tree).file("names.json", names).file("list.json", "[]");
    let told = bench.run("import tree.json --with names.json -o -");
    for line in [
        "name = \"The dog\"",
        "description = \"Hungry\"",
        "name = \"H2\"",
        "name = \"The cat\"",
        "grade = \"B2\"",
    ] {
        assert!(told.contains(line), "{line} is not in {told}");
    }
    let told = bench.run("import tree.json --with list.json -o -");
    assert!(told.contains("the file given with --with cannot be read") && told.contains("exit 2"), "{told}");
}
