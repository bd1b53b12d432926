//! A bounded fuzzer in the process: texts that are damaged at random go through the reader, edits, merges, settings, the
//! search for unsaved edits and the arguments of git's drivers. Whatever they are, nothing panics, and what is written can
//! be read again as what was meant.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a failure must stop the test"
)]

use ach_matrix::change::{diff, merge};
use ach_matrix::document::{self, EditError, History, Reading, composed, composed_meta};
use ach_matrix::git::{Address, ExternalDiff, Range};
use ach_matrix::import::{ImportOptions, import};
use ach_matrix::store::journal::{self, FoundJournal, Journal, JournalPlace, Unsaved};
use ach_matrix::tui::read_settings;

/// Small scenarios in several layouts, and settings.
const SEEDS: [&str; 4] = [
    "ach = 1\ntitle = \"T\"\n[[hypothesis]]\nid = \"a\"\nname = \"A\"\n[[hypothesis]]\nid = \"b\"\nname = \"B\"\n\
     [[evidence]]\nid = \"e\"\ntext = \"E\" # why\nsource = [\"x\", \"y\"]\n[evidence.ratings]\na = \"C\"\nb = \"II\"\n",
    "ach = 1\ntitle = '''T\n'''\nhypothesis = [{ id = \"a\", name = \"A\" }, { id = \"b\", name = \"B\" }]\n\
     evidence = [{ id = \"e\", text = \"E\", date = 2025-03-09, ratings = { a = \"C\", b.rating = \"N\" } }]\n",
    "\u{feff}ach = 1\r\ntitle = \"日本\"\r\n\r\n[[source]]\r\nid = \"s\"\r\nname = \"S\"\r\n\r\n[[evidence]]\r\nid = \"e\"\r\n\
     text = \"\\u00e9\"\r\nsource = \"s\"\r\nconflict.text = { base = \"\", theirs = \"x\" }\r\n",
    "mouse = true\ntheme = \"dark\"\n[keys]\nquit = \"q\"\nsave = [\"w\", \"ctrl-s\"]\n",
];

/// Pieces that change the meaning of what follows them.
const PIECES: [&str; 24] = [
    "\"",
    "'''",
    "\"\"\"",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ".",
    ",",
    "\n",
    "\r",
    "#",
    "\\",
    "\0",
    "\u{202e}",
    "é",
    "[[evidence]]\n",
    "ach = 1\n",
    "id = \"e\"\n",
    "2025-02-30",
    "9999999999999999999",
];

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        // Xorshift: the same rolls on every computer.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    fn damaged(&mut self, text: impl AsRef<[u8]>) -> Vec<u8> {
        let mut bytes = text.as_ref().to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(12)).min(bytes.len());
            match self.below(5) {
                0 => drop(bytes.drain(at..end)),
                1 => drop(bytes.splice(at..at, PIECES[self.below(PIECES.len())].bytes())),
                2 => {
                    let copy = bytes[at..end].to_vec();
                    let to = self.below(bytes.len() + 1);
                    drop(bytes.splice(to..to, copy));
                }
                3 => bytes.truncate(at.max(1)),
                _ => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte ^= 1 << self.below(8);
                    }
                }
            }
        }
        bytes
    }
}

/// Applies all that differs, and reads what that wrote.
fn edit(from: Reading, to: &ach_matrix::scenario::Scenario) {
    let Some(scenario) = from.scenario else { return };
    let changes = diff(&scenario, to);
    let mut history = History::new(from.document, scenario);
    let before = history.document().text().to_owned();
    match history.apply(&changes) {
        Ok(()) => {
            let again = document::read(history.document().text().as_bytes().to_vec());
            assert_eq!(again.scenario.as_ref(), Some(history.scenario()), "{before}");
        }
        Err(EditError::Refused(_)) => assert_eq!(history.document().text(), before),
        Err(_) => {}
    }
}

fn fuzz(executions: usize, seed: u64) {
    let mut dice = Dice(seed);
    for _ in 0..executions {
        let text = SEEDS[dice.below(SEEDS.len())];
        let bytes = dice.damaged(text);
        if let Ok(text) = std::str::from_utf8(&bytes) {
            drop(read_settings(text));
        }
        let is_scenario = document::is_scenario(&bytes);
        let reading = document::read(bytes.clone());
        assert!(reading.scenario.is_some() || !reading.diagnostics.is_empty(), "{bytes:?} {is_scenario}");
        let Some(scenario) = reading.scenario.clone() else { continue };
        let other = document::read(dice.damaged(text));
        let Some(theirs) = other.scenario else { continue };
        let base = document::read(text.as_bytes().to_vec()).scenario;
        if let Ok(merged) = merge(base.as_ref(), &scenario, &theirs) {
            let (ours, theirs) = (reading.document.text(), other.document.text());
            if let Ok(written) = document::merged(Some(text), ours, theirs, &merged) {
                let again = document::read(written.as_bytes().to_vec()).scenario;
                assert_eq!(again.as_ref(), Some(&merged.scenario), "{written}");
            }
        }
        edit(reading, &theirs);
    }
}

/// Looks for unsaved edits in damaged journals. What is offered was noted, and what is not offered stays on the disk.
fn fuzz_journals(executions: usize, seed: u64) {
    let mut dice = Dice(seed);
    let directory = tempfile::tempdir().unwrap();
    let (file, state) = (directory.path().join("case.toml"), directory.path().join("state"));
    std::fs::write(&file, SEEDS[0]).unwrap();
    let place = JournalPlace::of(&file, Some(&state));
    let texts = [SEEDS[0], SEEDS[1], SEEDS[2], SEEDS[0]];
    let unsaved = Unsaved { base: texts[0], text: texts[0], steps: &[], draft: "" };
    let mut journal = Journal::start(&place, unsaved, None).unwrap();
    for text in texts {
        journal.note(text).unwrap();
        journal.note_draft("half a te").unwrap();
    }
    let path = journal.path().to_owned();
    drop(journal);
    let (bytes, folder) = (std::fs::read(&path).unwrap(), path.parent().unwrap().to_owned());
    for _ in 0..executions {
        let damaged = dice.damaged(&bytes);
        std::fs::write(&path, &damaged).unwrap();
        let (found, oddities) = journal::find(&place, texts[0]);
        match &found {
            FoundJournal::Edits(leftover) => assert!(texts.contains(&&*leftover.text), "{damaged:?}"),
            FoundJournal::Nothing | FoundJournal::Elsewhere => {}
        }
        let kept =
            std::fs::read_dir(&folder).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
        let is_kept = kept.into_iter().any(|kept| kept == damaged);
        assert!(is_kept || oddities.is_empty(), "{oddities:?} {damaged:?}");
        drop(found);
        for entry in std::fs::read_dir(&folder).unwrap() {
            std::fs::remove_file(entry.unwrap().path()).unwrap();
        }
    }
}

/// Reads words that git or a user may give: the arguments of a diff driver, names of versions and of files in them.
fn fuzz_arguments(executions: usize, seed: u64) {
    let words = [
        "case.toml",
        "/dev/null",
        "100644",
        "a b\"\\\u{202e}é",
        ".",
        "HEAD~1:./x",
        "main...",
        "@{1 day ago}:x",
        "",
    ];
    let mut dice = Dice(seed);
    for _ in 0..executions {
        let arguments: Vec<std::ffi::OsString> = (0..dice.below(11))
            .map(|_| {
                let word = words[dice.below(words.len())];
                // Damage makes bytes that are not UTF-8.
                let bytes = if dice.below(2) == 0 { dice.damaged(word) } else { word.as_bytes().to_vec() };
                os_string(bytes)
            })
            .collect();
        let shown = |c: char| !c.is_control() && c != '\u{202e}';
        if let Some(ExternalDiff::Pair(pair)) = ExternalDiff::parse(&arguments) {
            for line in pair.head("ach", shown).iter().chain(&pair.sides(shown)) {
                assert!(line.trim_end_matches('\t').chars().all(shown), "{line:?}");
            }
            assert!(!pair.before.label().is_empty());
        }
        for word in &arguments {
            drop(Range::parse(word));
            if let Some(address) = Address::parse(word) {
                assert_eq!(Address::parse(address.to_os_string()), Some(address), "{word:?}");
            }
        }
    }
}

/// The files of the corpus of imports, with their names.
fn imports() -> Vec<(String, Vec<u8>)> {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/import");
    let files = std::fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<(String, Vec<u8>)> = files
        .filter(|path| path.extension().is_some_and(|ending| ending != "shown" && ending != "args"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Damages one part of a workbook, below its compression.
fn damaged_workbook(dice: &mut Dice, bytes: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let broken = dice.below(archive.len());
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let name = part.name().unwrap().into_owned();
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&if at == broken { dice.damaged(&content) } else { content }).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// Imports damaged files of every kind: there is a scenario, which can be written and read again, or there are faults.
fn fuzz_imports(executions: usize, seed: u64) {
    let (mut dice, files) = (Dice(seed), imports());
    let options = ImportOptions::default();
    for _ in 0..executions {
        let (name, bytes) = &files[dice.below(files.len())];
        let is_workbook = bytes.starts_with(b"PK") && dice.below(4) > 0;
        let damaged = if is_workbook { damaged_workbook(&mut dice, bytes) } else { dice.damaged(bytes) };
        match import(&damaged, name, &options) {
            Ok(imported) => {
                let text = composed(&imported.scenario) + &composed_meta(&imported.meta);
                let again = document::read(text.clone().into_bytes()).scenario;
                assert!(again.is_some(), "{name}: {text}");
            }
            Err(faults) => assert!(!faults.is_empty(), "{name}"),
        }
    }
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> std::ffi::OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> std::ffi::OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[test]
fn nothing_that_is_damaged_breaks_reading_editing_or_merging() {
    fuzz(10_000, 0x9e37_79b9_7f4a_7c15);
}

#[test]
fn damaged_journals_offer_nothing_that_was_not_noted() {
    fuzz_journals(2_000, 20_251_130);
}

#[test]
fn arguments_of_drivers_and_names_of_versions_break_nothing() {
    fuzz_arguments(10_000, 20_251_201);
}

#[test]
fn damaged_files_of_other_programs_break_nothing() {
    fuzz_imports(10_000, 20_251_204);
}

#[test]
#[ignore = "takes minutes"]
fn a_million_damaged_files_of_other_programs_break_nothing() {
    fuzz_imports(1_000_000, 20_251_205);
}

#[test]
#[ignore = "takes minutes"]
fn a_million_damaged_texts_break_nothing() {
    fuzz(1_000_000, 20_251_129);
    fuzz_arguments(1_000_000, 20_251_202);
    fuzz_journals(20_000, 20_251_203);
}
