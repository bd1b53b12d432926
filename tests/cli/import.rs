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
