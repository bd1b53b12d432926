//! `ach estimate`, `ach post-mortem` and `ach observe`.
#![allow(clippy::unwrap_used, reason = "a figure that is missing is a failure")]

use insta::assert_snapshot;

use crate::support::Bench;

/// Three hypotheses and a residual, two items, a rated indicator and the estimates of three people.
const CASE: &str = r#"ach = 1
title = "Who did it"

[[hypothesis]]
id = "a"
name = "A"

[[hypothesis]]
id = "b"
name = "B"

[[hypothesis]]
id = "rest"
name = "Something else"
residual = true

[[evidence]]
id = "e1"
text = "One"
date = 2026-01-10
ratings = { a = "C", b = "II" }

[[evidence]]
id = "e2"
text = "Two"
date = 2026-02-10
ratings = { a = "I", b = "C" }

[[indicator]]
id = "seen"
text = "It is seen"
hypothesis = "b"
ratings = { a = "II", b = { rating = "CC", note = "why" } }

[[estimate]]
id = "x-1"
by = "X"
date = 2025-12-01
probabilities = { a = 0.2, b = 0.8, rest = 0 }

[[estimate]]
id = "x-2"
by = "X"
date = 2026-01-05
probabilities = { a = 0.1, b = 0.9, rest = 0.15 }

[[estimate]]
id = "y"
by = "Y"
date = 2026-01-20
probabilities = { a = 0.5, b = 0.25, rest = 0.25 }

[[estimate]]
id = "z"
by = "Z"
date = 2026-01-25
probabilities = { a = 0.7 }
"#;

fn with(outcome: &str) -> String {
    CASE.replace("[[hypothesis]]\nid = \"a\"", &format!("[outcome]\n{outcome}\n\n[[hypothesis]]\nid = \"a\""))
}

fn bench(outcome: &str) -> Bench {
    Bench::new().file("case.toml", if outcome.is_empty() { CASE.to_owned() } else { with(outcome) })
}

fn number(value: &serde_json::Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

#[test]
fn the_mean_is_that_of_complete_standing_estimates() {
    let told = bench("").json("estimate case.toml --format json");
    assert_eq!(told["people"], 2);
    assert!((number(&told["mean"]["a"]) - 0.275).abs() < 1e-12, "{told}");
    assert!((number(&told["mean"]["b"]) - 0.55).abs() < 1e-12);
    assert_eq!(told["highest"], serde_json::json!(["b"]));
    let [first, second, _, open] = &told["estimates"].as_array().unwrap()[..] else { panic!("{told}") };
    assert_eq!((&first["latest"], &second["latest"]), (&false.into(), &true.into()));
    assert!((number(&second["sum"]) - 1.15).abs() < 1e-12);
    assert!((number(&second["coherent"]["b"]) - 0.85).abs() < 1e-12);
    assert_eq!((&open["complete"], &open["counts"]), (&false.into(), &false.into()));
    assert_eq!(open["missing"], serde_json::json!(["b", "rest"]));
    assert!((number(&open["rest"]) - 0.3).abs() < 1e-12);
    assert_eq!(open["since"], serde_json::json!(["e2"]));
    assert_eq!(told["shifts"][0]["items_between"], serde_json::json!([]));
    // An earlier day knows less.
    let told = bench("").json("estimate case.toml --as-of 2025-12 --format json");
    assert_eq!((told["people"].as_u64(), told["estimates"].as_array().unwrap().len()), (Some(1), 1));
}

#[test]
fn what_is_taken_to_0_is_named_although_binary_fractions_leave_a_hair_of_it() {
    let case = Bench::new()
        .file("case.toml", CASE.replace("a = 0.1, b = 0.9, rest = 0.15", "a = 0.1, b = 1, rest = 0.2"));
    let told = case.run("estimate case.toml --width 400");
    assert!(told.contains("which takes a to 0") && told.contains("0% (said 10%)"), "{told}");
    let told = case.json("check case.toml --only estimate-incoherent --format json");
    let message = told["files"][0]["diagnostics"][0]["message"].as_str().unwrap();
    assert!(message.ends_with("which takes a to 0"), "{message}");
}

#[test]
fn a_case_is_scored_as_it_was_before_its_outcome() {
    let case = bench("hypothesis = \"a\"\ndate = \"2026-02\"");
    let told = case.json("post-mortem case.toml --format json");
    assert_eq!(told["known_by"], "2026-01-31");
    let people = told["people"].as_array().unwrap();
    let brier = |at: usize| number(&people[at]["last"]["brier"]);
    assert!((brier(1) - (0.25 + 0.0625 + 0.0625)).abs() < 1e-12, "{told}");
    assert!((brier(2) - (0.09 + 0.09)).abs() < 1e-12, "an open one leaves a rest");
    assert_eq!(people[1]["last"]["days"], 12);
    assert!((number(&people[1]["even"]) - 2.0 / 3.0).abs() < 1e-12);
    assert_eq!(told["methods"]["weighted"]["rank"], 1, "the second item came too late");
    assert_eq!((&told["rival"], &told["helped"][0]["evidence"]), (&"b".into(), &"e1".into()));
    for (outcome, reason) in [
        ("annulled = true", "annulled"),
        ("hypothesis = [\"a\", \"b\"]", "several"),
        ("criterion = \"A court says so\"", "open"),
    ] {
        let told = bench(outcome).json("post-mortem case.toml --format json");
        assert_eq!((&told["not_scored"], told["people"].as_array().unwrap().len()), (&reason.into(), 0));
    }
    let told = bench("hypothesis = []").json("post-mortem case.toml --format json");
    assert!(
        (number(&told["people"][1]["last"]["probability"]) - 0.25).abs() < 1e-12,
        "the residual was true"
    );
}

#[test]
fn the_record_is_over_cases() {
    let case = Bench::new()
        .file("cases/one.toml", with("hypothesis = \"a\""))
        .file("cases/deep/two.toml", with("hypothesis = \"b\""))
        .file("cases/three.toml", CASE)
        .file("cases/other.toml", "[package]\nname = \"x\"\n");
    let told = case.json("post-mortem cases --format json");
    let paths: Vec<_> = told["cases"].as_array().unwrap().iter().map(|case| case["path"].clone()).collect();
    assert_eq!(paths, ["cases/deep/two.toml", "cases/one.toml", "cases/three.toml"]);
    assert_eq!(told["not_scored"], serde_json::json!({ "open": 1, "annulled": 0, "several": 0 }));
    let who: Vec<_> = told["record"].as_array().unwrap().iter().map(|one| one["who"].clone()).collect();
    assert_eq!(who, ["person", "person", "person", "mean", "bayes"]);
    assert_eq!(told["record"][0]["revised"], 2);
    let counts = told["record"][3]["calibration"].as_array().unwrap().iter();
    assert_eq!(counts.map(|bin| bin["count"].as_u64().unwrap()).sum::<u64>(), 6);
}

#[test]
fn an_estimate_is_recorded_whole_or_not_at_all() {
    let case = bench("");
    let record = "estimate case.toml --by AnalystÄ --date 2026-03-01";
    assert_snapshot!(case.run(&format!("{record} a=20% b=0.7 rest=10%")), @"estimate analyst-2026-03-01 added, with 3 probabilities");
    assert!(case.read("case.toml").ends_with(
        "[[estimate]]\nid = \"analyst-2026-03-01\"\nby = \"AnalystÄ\"\ndate = 2026-03-01\n\n[estimate.probabilities]\na = 0.2\nb = 0.7\nrest = 0.1\n"
    ));
    assert_snapshot!(case.run(&format!("{record} a=20% b=30%")), @"
    --- stderr
    error: every active hypothesis needs a probability: rest is missing
    help: add rest=P
    --- exit 2
    ");
    assert_snapshot!(case.run(&format!("{record} a=20 b=30% rest=50%")), @r#"
    --- stderr
    error: "20" is not a probability
    help: for 20 % write 20% or 0.2
    --- exit 2
    "#);
}

#[test]
fn what_is_observed_keeps_the_ratings_that_it_was_given_before() {
    let case = bench("");
    case.run("observe case.toml seen --date 2026-03-01 --quiet");
    let text = case.read("case.toml");
    assert!(text.contains("b = { rating = \"CC\", note = \"why\" }"), "{text}");
    assert!(text.contains("status = \"observed\""));
    assert_snapshot!(case.run("observe case.toml seen"), @"
    --- stderr
    error: the indicator is observed already
    help: only a pending one can be observed
    --- exit 2
    ");
    let case = bench("");
    let told = case.json("observe case.toml seen --not --date 2026-03-01 --format json");
    let kinds: Vec<_> =
        told["changes"].as_array().unwrap().iter().map(|change| change["kind"].clone()).collect();
    assert_eq!(kinds, ["evidence-added", "indicator-field-set"]);
    assert!(case.read("case.toml").contains("text = \"Not observed: It is seen\"\nkind = \"absence\""));
}

#[test]
fn a_hypothesis_that_people_gave_a_probability_is_removed_by_force_only() {
    let told = bench("").run("rm case.toml b --force");
    assert_eq!(told, "hypothesis b removed, with 3 ratings, 3 probabilities and 1 reference\n");
    assert_snapshot!(bench("").run("rm case.toml b"), @"
    --- stderr
    error: the hypothesis is named by x-1, x-2 and y
    help: reject it instead, then the record stays; or take it from them too with --force
    --- exit 2
    ");
    let case = bench("hypothesis = \"b\"");
    case.run("rm case.toml b --force --quiet");
    let text = case.read("case.toml");
    assert!(!text.contains("b = ") && !text.contains("hypothesis = \"b\""), "{text}");
    assert!(text.contains("id = \"seen\""), "an indicator that is rated against another stays");
}

#[test]
fn two_people_s_estimates_never_conflict() {
    let add = |by: &str| {
        format!(
            "{CASE}\n[[estimate]]\nid = \"{by}\"\nby = \"{by}\"\nprobabilities = {{ a = 0.5, b = 0.5, rest = 0 }}\n"
        )
    };
    let case = Bench::new().file("base", CASE).file("ours", add("p")).file("theirs", add("q"));
    case.run("merge base ours theirs -o ours --quiet");
    let text = case.read("ours");
    assert!(text.contains("id = \"p\"") && text.contains("id = \"q\""), "{text}");
    // The same probability, stated otherwise on both sides.
    let say = |share: &str| CASE.replace("a = 0.5,", &format!("a = {share},"));
    let case = Bench::new().file("base", CASE).file("ours", say("0.6")).file("theirs", say("0.7"));
    case.run("merge base ours theirs -o ours --quiet");
    let text = case.read("ours");
    assert!(text.contains("conflict = { \"probabilities.a\" = { base = 0.5, theirs = 0.7 } }"), "{text}");
    case.run("resolve ours y a --theirs --quiet");
    assert!(!case.read("ours").contains("conflict"), "{}", case.read("ours"));
    assert!(case.read("ours").contains("a = 0.7, b = 0.25"));
}

#[test]
fn findings_are_of_estimates_and_outcomes_only() {
    let codes = |outcome: &str, edit: &dyn Fn(String) -> String| {
        let case = Bench::new()
            .file("case.toml", edit(if outcome.is_empty() { CASE.to_owned() } else { with(outcome) }));
        let told = case.json("check case.toml --format json");
        let found: Vec<String> = told["files"][0]["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|found| found["code"].as_str().unwrap().to_owned())
            .filter(|code| {
                ["estimate", "outcome", "preregistered", "non-diagnostic-i"]
                    .iter()
                    .any(|c| code.starts_with(c))
            })
            .filter(|code| code != "non-diagnostic-item")
            .collect();
        found
    };
    let as_it_is = |text: String| text;
    let expected =
        ["estimate-incoherent", "estimate-stale", "estimate-stale", "estimate-incomplete", "estimate-stale"];
    assert_eq!(codes("", &as_it_is), expected);
    assert!(codes("hypothesis = \"a\"", &as_it_is).contains(&"outcome-undated".to_owned()));
    let late = codes("hypothesis = \"a\"\ndate = 2026-01-20", &as_it_is);
    assert_eq!(late.iter().filter(|code| *code == "estimate-after-outcome").count(), 2);
    // 1.05 is a hair more than what is tolerated, but for the noise of fractions.
    let told = |share: &str| {
        let stated = |text: String| {
            text.replace("a = 0.1, b = 0.9, rest = 0.15", &format!("a = {share}, b = 0.05, rest = 0"))
        };
        codes("", &stated).contains(&"estimate-incoherent".to_owned())
    };
    assert_eq!((told("1"), told("0.9"), told("0.89"), told("0.999")), (false, false, true, false));
    let tells_nothing = |ratings: &str| {
        let rated = "a = \"II\", b = { rating = \"CC\", note = \"why\" }";
        codes("", &|text: String| text.replace(rated, ratings))
            .contains(&"non-diagnostic-indicator".to_owned())
    };
    assert!(tells_nothing("a = \"C\", b = \"C\", rest = \"C\""));
    assert!(tells_nothing("a = \"N\", b = \"NA\", rest = \"N\""), "N and NA score alike");
    assert!(!tells_nothing("a = \"N\", b = \"NA\", rest = \"C\""));
    let seen = |text: String| {
        let text =
            text.replace("hypothesis = \"b\"\nratings", "hypothesis = \"b\"\nstatus = \"observed\"\nratings");
        text.replace("id = \"e1\"", "id = \"seen\"")
    };
    // One rating differs, and so does the other; neither has a reason.
    assert_eq!(codes("", &seen).iter().filter(|code| *code == "preregistered-changed").count(), 2);
}

#[test]
fn a_case_is_written_afresh_for_somebody_who_rates_it_alone() {
    let free = "[meta] # why\nowner = \"me\"\n[meta.deep]\nx = [1, 2]\n";
    let case = Bench::new().file("case.toml", with("hypothesis = \"a\"") + free);
    case.run("new mine.toml --like case.toml --quiet");
    let text = case.read("mine.toml");
    assert!(text.contains("text = \"One\"") && text.contains("text = \"It is seen\""), "{text}");
    for judged in ["ratings", "estimate", "outcome", "\"II\"", "why"] {
        assert!(!text.contains(judged), "{judged}: {text}");
    }
    assert!(text.ends_with("\n\n[meta]\nowner = \"me\"\ndeep = { x = [1, 2] }\n"), "{text}");
}
