//! The house keeps its order: who imports whom, no circles, a word at the head of every file, prose and pages that can
//! be trusted.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "this test reads the source tree"
)]

mod circle;
mod import;
mod layers;
mod page;
mod prose;
mod token;
mod tree;

use circle::{Modules, circles};
use tree::{Source, sources};

/// Longest file, tests beside the code included.
const MAX_LINES: usize = 500;

/// The folders with Rust files.
const FOLDERS: [&str; 3] = ["src", "tests", "benches"];

fn all_sources() -> impl Iterator<Item = Source> {
    FOLDERS.into_iter().flat_map(sources)
}

#[track_caller]
fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn modules_import_only_from_the_layers_below() {
    let sources = sources("src");
    let modules = Modules::of(&sources);
    let may_import = layers::may_import();
    let mut wrong = Vec::new();
    for Source { path, .. } in &sources {
        let module = path.trim_start_matches("src/").split(['/', '.']).next().expect("a name");
        if matches!(module, "lib" | "main") {
            continue;
        }
        let Some(allowed) = may_import.get(module) else {
            wrong.push(format!("{path}: {module} has no row in docs/architecture.md"));
            continue;
        };
        let imports = modules.layers(path);
        let imports = imports.iter().filter(|import| *import != module && !allowed.contains(*import));
        wrong.extend(imports.map(|import| format!("{path}: {module} may not import {import}")));
    }
    assert_none("imports upwards", &wrong);
}

#[test]
fn no_file_needs_what_needs_it() {
    let arrows = Modules::of(&sources("src")).arrows();
    let mut found = Vec::new();
    for circle in circles(&arrows) {
        found.push(format!("a circle of {} files:", circle.len()));
        for (file, taken) in arrows.iter().filter(|(file, _)| circle.contains(file)) {
            let back = taken.iter().filter(|(other, _)| circle.contains(other));
            found.extend(back.map(|(other, names)| format!("  {file} takes {names:?} from {other}")));
        }
    }
    assert_none("circles", &found);
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = sources("src").into_iter().filter(|source| !source.text.starts_with("//! "));
    assert_none("without //! at the head", &silent.map(|source| source.path).collect::<Vec<_>>());
}

#[test]
fn no_file_is_too_long_to_have_one_subject() {
    let lines = |source: &Source| source.text.lines().count();
    let long = all_sources().filter(|source| lines(source) > MAX_LINES);
    let long = long.map(|source| format!("{}: {}", source.path, lines(&source)));
    assert_none("too many lines", &long.collect::<Vec<_>>());
}

#[test]
fn doc_comments_say_what_a_thing_is_and_does() {
    let found: Vec<String> = all_sources().flat_map(|source| prose::riddles(&source)).collect();
    assert_none("a doc comment begins with a verb in the third person or a noun phrase", &found);
}

#[test]
fn pages_name_only_what_exists() {
    let sources: Vec<Source> = all_sources().collect();
    let pages = ["docs/architecture.md", "CONTRIBUTING.md"];
    let found: Vec<String> = pages.into_iter().flat_map(|page| page::missing(page, &sources)).collect();
    assert_none("named, but not there", &found);
}
