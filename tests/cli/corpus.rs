//! Scores as an independent scorer computed them: every case of `tests/corpus/score`.
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
