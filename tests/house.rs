//! The house keeps its order: who imports whom, a word at the head of every file, no file without end.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "this test reads the source tree"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Which modules a module may import from; `docs/architecture.md` says why.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("scenario", &["text"]),
    ("diagnostic", &["scenario", "text"]),
    ("change", &["scenario"]),
    ("engine", &["scenario"]),
    ("document", &["scenario", "change", "diagnostic", "text"]),
    ("checks", &["scenario", "engine", "diagnostic"]),
    ("present", &["scenario", "change", "engine", "checks", "diagnostic", "text"]),
    ("report", &["present", "diagnostic", "scenario", "text"]),
    ("import", &["scenario", "diagnostic"]),
    ("git", &[]),
    ("store", &["git", "document", "change", "diagnostic"]),
    (
        "tui",
        &[
            "text",
            "scenario",
            "diagnostic",
            "change",
            "engine",
            "document",
            "checks",
            "present",
            "git",
            "store",
        ],
    ),
    (
        "cli",
        &[
            "text",
            "scenario",
            "diagnostic",
            "change",
            "engine",
            "document",
            "checks",
            "present",
            "report",
            "import",
            "git",
            "store",
            "tui",
        ],
    ),
];

/// Longest file, tests beside the code included.
const MAX_LINES: usize = 500;

struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    /// The module of the first layer that the file belongs to; `None` for the crate's own two files.
    fn module(&self) -> Option<&str> {
        let first = self.path.components().next()?.as_os_str().to_str()?;
        let name = first.strip_suffix(".rs").unwrap_or(first);
        (name != "lib" && name != "main").then_some(name)
    }

    /// The code without comments and without what is compiled for tests only.
    fn code(&self) -> String {
        let mut code = String::new();
        let mut lines = self.text.lines();
        while let Some(line) = lines.next() {
            if line.trim() == "#[cfg(test)]" {
                skip_item(&mut lines);
            } else if !line.trim_start().starts_with("//") {
                code.push_str(line);
                code.push('\n');
            }
        }
        code
    }

    /// The modules of the first layer that the code names through `crate::`.
    fn imports(&self) -> BTreeSet<String> {
        let code = self.code();
        let mut found = BTreeSet::new();
        for (at, path) in code.match_indices("crate::") {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let rest = &code[at + path.len()..];
            match rest.strip_prefix('{') {
                Some(list) => found.extend(entries(list)),
                None => found.extend(word(rest)),
            }
        }
        found
    }
}

/// Skips the rest of an item: to its semicolon, or to the brace that closes it.
fn skip_item<'a>(lines: &mut impl Iterator<Item = &'a str>) {
    let mut depth = 0_i32;
    for line in lines {
        depth += i32::try_from(line.matches('{').count()).expect("few braces");
        depth -= i32::try_from(line.matches('}').count()).expect("few braces");
        let ends = line.trim_end().ends_with([';', '}']);
        if depth <= 0 && ends {
            return;
        }
    }
}

/// The first words of the entries of a braced list.
fn entries(list: &str) -> Vec<String> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                found.extend(word(list[start..at].trim_start()));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}

fn word(text: &str) -> Option<String> {
    let word: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!word.is_empty()).then_some(word)
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut directories = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(&directory).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("UTF-8");
                let path = path.strip_prefix(&root).expect("a path in src").to_owned();
                sources.push(Source { path, text });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

#[test]
fn modules_import_only_from_the_layers_below() {
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(module) = source.module() else { continue };
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{}: {module} has no place in the house", source.path.display()));
            continue;
        };
        for import in source.imports() {
            if import != module && !allowed.contains(&import.as_str()) {
                wrong.push(format!("{}: {module} may not import {import}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = sources().into_iter().filter(|source| !source.text.starts_with("//! "));
    let silent: Vec<_> = silent.map(|source| source.path.display().to_string()).collect();
    assert!(silent.is_empty(), "without //! at the head: {}", silent.join(", "));
}

#[test]
fn no_file_is_too_long_to_have_one_subject() {
    let long = sources().into_iter().filter(|source| source.text.lines().count() > MAX_LINES);
    let long: Vec<_> = long.map(|source| source.path.display().to_string()).collect();
    assert!(long.is_empty(), "over {MAX_LINES} lines: {}", long.join(", "));
}

#[test]
fn imports_are_found_wherever_they_stand() {
    let text = "//! x\nuse crate::{a, b::{c, d}, e as f};\nuse crate::g::H;\nfn i() -> crate::j::K { super_crate::l() }\n\
                // crate::m\n#[cfg(test)]\nmod tests {\n    use crate::n;\n}\n#[cfg(test)]\nuse crate::o;\nuse crate::p;\n";
    let source = Source { path: "present/x.rs".into(), text: text.into() };
    assert_eq!(source.imports().into_iter().collect::<Vec<_>>(), ["a", "b", "e", "g", "j", "p"]);
    assert_eq!(source.module(), Some("present"));
}
