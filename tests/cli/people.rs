//! Estimates beside everything else: they move no figure, two branches keep them apart, and no name does harm.
#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "reads the scenarios; a figure that is missing is a failure"
)]

use ach_matrix::document;

use crate::support::{Bench, CASE, bench};

/// Estimates of two people and an outcome, to be put at the end of [`CASE`].
const PEOPLE: &str = r#"
[outcome]
criterion = "Somebody owns up"
hypothesis = "dog"
date = 2025-04-01

[[estimate]]
id = "ann"
by = "Ann"
date = 2025-03-08
probabilities = { dog = 0.7, children = 0.5 }

[[estimate]]
id = "ben"
by = "Ben"
date = 2025-03-10
probabilities = { dog = 0.2, children = 0.8 }
"#;

#[test]
fn estimates_and_an_outcome_move_no_figure() {
    let bench = bench().file("with/case.toml", CASE.to_owned() + PEOPLE);
    for command in ["table", "rank", "explain", "sensitivity", "robustness", "timeline"] {
        for options in ["", " --method bayes", " --as-of 2025-03-08", " --where kind:fact"] {
            let answer = |file: &str| bench.result(&format!("{command} {file} --format json{options}"));
            assert_eq!(answer("case.toml"), answer("with/case.toml"), "{command}{options}");
        }
    }
}

#[test]
fn an_estimate_changes_no_byte_of_a_matrix_and_of_other_findings() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let files = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = files.filter(|file| file.extension().is_some_and(|end| end == "toml")).collect();
    assert!(files.len() > 3, "{files:?}");
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let hypotheses = document::read(text.clone().into_bytes()).scenario.unwrap().hypotheses;
        // Even odds without a date: there is nothing to find in them.
        let even = 1.0 / f64::from(u32::try_from(hypotheses.len()).unwrap());
        let shares: String = hypotheses.iter().map(|h| format!("{} = {even}\n", h.id)).collect();
        let estimate =
            format!("\n[[estimate]]\nid = \"ann\"\nby = \"Ann\"\n\n[estimate.probabilities]\n{shares}");
        let bench = Bench::new().file("with/case.toml", format!("{text}{estimate}")).file("case.toml", text);
        for command in ["table", "check", "check --format json"] {
            let answer =
                |folder| bench.run_in(folder, &command.split(' ').chain(["case.toml"]).collect::<Vec<_>>());
            assert_eq!(answer(""), answer("with"), "{command} {}", file.display());
        }
    }
}

#[test]
fn estimates_of_two_branches_merge_in_git_without_a_conflict() {
    let estimate = |bench: Bench, by: &str, shares: &str| {
        let words: Vec<&str> = shares.split(' ').collect();
        let given =
            [&["estimate", "case.toml", "--by", by, "--date", "2025-03-09"], words.as_slice()].concat();
        let told = bench.run_words(&given);
        assert!(told.ends_with("with 2 probabilities\n"), "{told}");
        bench.commit(by)
    };
    let bench = crate::git::installed().git("checkout --quiet -b theirs");
    let bench = estimate(bench, "Ben", "dog=20% children=80%").git("checkout --quiet main");
    let bench = estimate(bench, "Ann", "dog=0.7 children=0.5");
    let bench = bench.git("merge --quiet -m merged theirs");
    let told = bench.json("estimate case.toml --format json");
    assert_eq!(told["people"], 2);
    assert!(!bench.read("case.toml").contains("conflict"));
    // The same person on both sides, on one day: the ids are the same, and both stay.
    let bench = bench.git("checkout --quiet -b again");
    let bench = estimate(bench, "Ann", "dog=50% children=50%").git("checkout --quiet main");
    let bench = estimate(bench, "Cleo", "dog=50% children=50%").git("merge --quiet -m merged again");
    assert_eq!(bench.json("estimate case.toml --format json")["estimates"].as_array().unwrap().len(), 4);
}

/// Names that would act on a terminal, a page, a table or a forge, that are far too long, or that have no Latin letter.
fn names() -> Vec<String> {
    let mut names: Vec<String> = [
        "\u{1b}[31mRed\u{1b}]0;title\u{7}",
        "\u{202e}txt.exe\u{2066}",
        "a\r\nb\u{85}c\u{2028}d",
        "<script>alert(1)</script>",
        "=cmd|' /C calc'!A0",
        "| @all #1 [x](javascript:alert(1)) `code`",
        "Анна Каренина",
        "\u{200b}\u{feff}",
        "e\u{301}\u{301}\u{301}\u{301}",
    ]
    .map(str::to_owned)
    .into();
    names.push("x".repeat(10_000));
    names.push("ш ".repeat(5_000));
    names
}

/// A case in which everybody with such a name has said something.
fn named() -> Bench {
    let mut text = CASE.to_owned() + PEOPLE;
    for (at, name) in names().iter().enumerate() {
        let name = serde_json::to_string(name).unwrap().replace('\u{7f}', "\\u007f");
        text += &format!(
            "\n[[estimate]]\nid = \"n{at}\"\nby = {name}\ndate = 2025-03-01\nprobabilities = {{ dog = 0.9, children = 0.9 }}\n"
        );
    }
    Bench::new().file("case.toml", text).file("base.toml", CASE)
}

#[test]
fn no_name_of_a_person_does_harm_in_any_command_or_format() {
    let bench = named();
    let acts = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}')
    };
    for command in [
        "estimate case.toml",
        "estimate case.toml --format markdown",
        "estimate case.toml --width 40",
        "post-mortem case.toml",
        "post-mortem case.toml --format markdown",
        "post-mortem case.toml base.toml",
        "rank case.toml",
        "check case.toml",
        "next case.toml",
        "diff base.toml case.toml",
        "diff base.toml case.toml --format markdown",
        "report case.toml",
        "report case.toml --format markdown",
        "export case.toml --long hypotheses --format csv",
        "merge base.toml base.toml case.toml -o base.toml --dry-run",
        "rm case.toml n0 --dry-run",
        "set case.toml n0 dog 10% --dry-run",
    ] {
        let told = bench.run(command);
        assert!(!told.contains("--- killed") && !told.contains("panicked"), "{command}: {told}");
        // To a browser a carriage return is a space.
        let told = if command == "report case.toml" { told.replace('\r', " ") } else { told };
        assert_eq!(told.chars().find(|c| acts(*c)), None, "{command}");
        let is_page = command.contains("markdown") || command.starts_with("report");
        assert!(!is_page || !told.contains("<script>alert"), "{command}");
        if !is_page && !command.starts_with("export") {
            let longest = told.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(longest < 400, "{command}: a line of {longest}");
        }
    }
    for command in ["estimate", "post-mortem"] {
        let csv = bench.result(&format!("{command} case.toml --format csv"));
        assert!(!csv.lines().any(|line| line.starts_with(['=', '+', '@'])), "{command}: no formula");
        let told = bench.json(&format!("{command} case.toml --format json"));
        assert!(told.to_string().contains("Анна Каренина"), "JSON has a name as it is");
    }
}

#[test]
fn a_name_without_a_latin_letter_gets_an_id_and_ten_thousand_estimates_are_read() {
    let case = bench();
    for name in names() {
        let told = case.run_words(&[
            "estimate",
            "case.toml",
            "dog=50%",
            "children=50%",
            "--date",
            "2025-03-09",
            "--by",
            &name,
        ]);
        let is_blank = name.trim().is_empty();
        assert!(is_blank || told.contains("added, with 2 probabilities"), "{name:.20}: {told}");
    }
    let text = case.read("case.toml");
    assert!(
        text.contains("id = \"estimate-2025-03-09\"") && text.contains("id = \"estimate-2025-03-09-2\""),
        "{text:.3000}"
    );
    assert_eq!(case.json("estimate case.toml --format json")["people"], names().len());
    let mut text = CASE.to_owned();
    for at in 0..10_000 {
        text += &format!(
            "\n[[estimate]]\nid = \"e{at}\"\nby = \"P{}\"\nprobabilities = {{ dog = 0.{}, children = 0.5 }}\n",
            at % 5000,
            at % 10
        );
    }
    let many = Bench::new().file("case.toml", text);
    let told = many.json("estimate case.toml --format json");
    assert_eq!((told["people"].as_u64(), told["shifts"].as_array().unwrap().len()), (Some(5000), 5000));
    assert!(many.result("estimate case.toml").contains("5,000 people have said what they think"));
}
