//! `ach completions`, and what the shells are told that ask by its scripts.

use crate::support::{Bench, bench};

#[test]
fn every_shell_has_a_script_that_asks_the_program() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = Bench::new().result(&format!("completions {shell}"));
        assert!(script.contains("ACH_COMPLETE") && script.contains("ach"), "{shell}: {script}");
    }
}

#[test]
fn ids_of_the_named_scenario_and_codes_are_completed() {
    for (shell, words, expected) in [
        ("bash", "explain case.toml ", "dog children burglar"),
        ("zsh", "explain case.toml ", "dog children burglar"),
        ("fish", "explain case.toml ", "dog children burglar"),
        ("bash", "explain case.toml ch", "children"),
        ("bash", "log case.toml --evidence b", "barking"),
        ("bash", "rm case.toml ", "crumbs plate barking dog children burglar"),
        ("bash", "check --only lead-on-o", "lead-on-one-item lead-on-one-source"),
        ("bash", "check --only undated,unso", "undated,unsourced"),
        ("bash", "explain ca", "case.toml"),
        ("bash", "sens", "sensitivity"),
    ] {
        let line: Vec<&str> = words.split(' ').collect();
        let bench = bench().env("ACH_COMPLETE", shell);
        let bench = bench.env("_CLAP_COMPLETE_INDEX", &line.len().to_string()).env("_CLAP_IFS", "\n");
        let arguments: Vec<&str> = ["--", "ach"].into_iter().chain(line).collect();
        let told = bench.run_words(&arguments);
        for word in expected.split(' ') {
            assert!(told.lines().any(|line| line.starts_with(word)), "{shell} {words}: {word} in {told}");
        }
        assert!(
            words.ends_with(' ') || told.lines().count() == expected.split(' ').count(),
            "{words}: {told}"
        );
    }
}
