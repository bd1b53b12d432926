//! The corpus through the program: scores as an independent scorer computed them (`score`), and files with mistakes,
//! each with what is shown of them (`invalid`, `*.shown`; `ACH_BLESS=1` writes them anew, to be read before they are
//! committed).
#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "this test reads the corpus")]

use std::path::Path;

use serde_json::Value;

use crate::support::Bench;

/// Floats may differ by this: the two programs sum in different orders.
const TOLERANCE: f64 = 1e-9;

#[test]
fn every_case_scores_as_expected() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/score");
    let mut wrong = Vec::new();
    let mut compared = 0;
    for case in std::fs::read_dir(corpus).expect("the corpus is there") {
        let case = case.expect("an entry").path();
        let text = std::fs::read(case.join("scenario.toml")).expect("a scenario");
        let bench = Bench::new().file("s.toml", text);
        for command in ["table", "rank"] {
            let Ok(expected) = std::fs::read_to_string(case.join(format!("{command}.json"))) else {
                continue;
            };
            let expected = serde_json::from_str(&expected).expect("JSON");
            let got = bench.json(&format!("{command} s.toml --format json"));
            if let Some(place) = difference(&got, &expected) {
                wrong.push(format!("{}: {command}{place}", case.display()));
            }
            compared += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared > 0, "the corpus is empty");
}

#[test]
fn every_mistake_is_shown_at_its_place() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/invalid");
    let bless = std::env::var_os("ACH_BLESS").is_some();
    let mut wrong = Vec::new();
    let mut shown = 0;
    for case in std::fs::read_dir(corpus).expect("the corpus is there") {
        let case = case.expect("an entry").path();
        if case.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let bench = Bench::new().file("case.toml", std::fs::read(&case).expect("a file"));
        let got = bench.run("check case.toml");
        let raw = got.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(raw, None, "{}: a control character is shown raw", case.display());
        let expected = case.with_extension("shown");
        if bless {
            std::fs::write(&expected, &got).expect("it can be written");
        }
        if std::fs::read_to_string(&expected).unwrap_or_default() != got {
            wrong.push(format!("{}:\n{got}", case.display()));
        }
        shown += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(shown >= 30, "only {shown} cases");
}

/// Where two documents differ first, as a path; the order of keys counts.
fn difference(got: &Value, expected: &Value) -> Option<String> {
    match (got, expected) {
        (Value::Number(a), Value::Number(b)) => {
            let near = (a.as_f64()? - b.as_f64()?).abs() <= TOLERANCE;
            (!near).then(|| format!(": {a} instead of {b}"))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().find_map(|(at, (a, b))| Some(format!("/{at}{}", difference(a, b)?)))
        }
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            a.iter().find_map(|(key, a)| Some(format!("/{key}{}", difference(a, b.get(key)?)?)))
        }
        (a, b) => (a != b).then(|| format!(": {a} instead of {b}")),
    }
}
