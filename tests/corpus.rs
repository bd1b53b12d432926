//! The corpus: files that read as another file does, and files with mistakes, each with what is said about them.
//!
//! `ACH_BLESS=1 cargo test --test corpus` writes the expectations anew: read them before they are committed.
#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reads files and fails loudly"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ach_matrix::diagnostic::{Place, Severity};
use ach_matrix::document::{Lines, Reading, read};

/// The TOML files of a part of the corpus, in order.
fn cases(part: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(part);
    let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect();
    cases.sort();
    cases
}

/// One line a finding, `code line:column message`, its help below it.
fn told(reading: &Reading) -> String {
    let lines = Lines::new(reading.document.text());
    let mut told = String::new();
    for found in &reading.diagnostics {
        let Place::Span(span) = &found.labels[0].place else { panic!("{found:?} has no place in the file") };
        assert!(reading.document.text().get(span.clone()).is_some(), "{span:?} cuts a character");
        let (line, column) = lines.position(span.start);
        writeln!(told, "{} {line}:{column} {}", found.code.as_str(), found.message).unwrap();
        if let Some(help) = &found.help {
            writeln!(told, "    {help}").unwrap();
        }
    }
    told
}

#[test]
fn of_every_mistake_is_said_what_is_expected() {
    let bless = std::env::var_os("ACH_BLESS").is_some();
    let mut wrong = Vec::new();
    let cases = cases("invalid");
    assert!(cases.len() >= 35, "only {} cases", cases.len());
    for path in cases {
        let reading = read(std::fs::read(&path).unwrap());
        assert!(reading.scenario.is_none(), "{} was read", path.display());
        assert!(
            reading.diagnostics.iter().any(|found| found.severity() == Severity::Error),
            "{}: unreadable without an error",
            path.display()
        );
        let told = told(&reading);
        let expected = path.with_extension("expected");
        if bless {
            std::fs::write(&expected, &told).unwrap();
        } else if told != std::fs::read_to_string(&expected).unwrap_or_default() {
            wrong.push(format!("{}:\n{told}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "said otherwise than expected\n{}", wrong.join("\n"));
}

/// `CASE.toml` says the same as `CASE.plain.toml`, or as `plain.toml` where there is none, and without any complaint
/// but those in `CASE.expected`.
#[test]
fn every_layout_reads_as_the_plain_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/valid");
    let bless = std::env::var_os("ACH_BLESS").is_some();
    let scenario = |path: &Path| {
        let reading = read(std::fs::read(path).unwrap());
        let told = told(&reading);
        let expected = path.with_extension("expected");
        if bless && !told.is_empty() {
            std::fs::write(&expected, &told).unwrap();
        }
        assert_eq!(told, std::fs::read_to_string(&expected).unwrap_or_default(), "{}", path.display());
        reading.scenario.unwrap()
    };
    let cases = cases("valid");
    assert!(cases.len() >= 15, "only {} cases", cases.len());
    for path in cases {
        let own = path.with_extension("plain.toml");
        let plain = if own.exists() { own } else { folder.join("plain.toml") };
        let is_plain = path.to_string_lossy().ends_with("plain.toml");
        let plain = if is_plain { path.clone() } else { plain };
        assert_eq!(scenario(&path), scenario(&plain), "{}", path.display());
    }
}
