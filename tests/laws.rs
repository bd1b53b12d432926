//! Laws that hold for any input.
#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reads files and fails loudly"
)]

use std::path::Path;

use ach_matrix::diagnostic::{Code, Diagnostic, Place, Severity};
use ach_matrix::document::read;

/// Mutants in one run of the tests.
const MUTANTS: u64 = 100_000;

/// Numbers that are the same in every run (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 if that is 0.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap()
    }

    fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

/// Texts with characters that have a meaning in TOML or in a scenario, and with others.
const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\r",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "#",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "\\",
    "\\e",
    "\\u00e9",
    "\\ud800",
    " ",
    "\t",
    "\0",
    "\u{7f}",
    "\u{85}",
    "\u{feff}",
    "\u{202e}",
    "é",
    "日",
    "🂡",
    "-",
    "+",
    "0",
    "1",
    "_",
    "1e9",
    "inf",
    "nan",
    "0x1f",
    "true",
    "2025-12-02",
    "10:30",
    "2025-12-02T10:30:00Z",
    "2025-02-30",
    "9223372036854775808",
    "a",
    "\na = 1\n",
    "\n[a]\n",
    "\n[[a]]\n",
    "\na.b.c = 1\n",
    "\n[evidence.ratings]\n",
    "\n[[evidence]]\n",
    "\n[[hypothesis]]\n",
    "\n[scoring]\n",
    "\n[meta]\n",
    "\n[conflict]\n",
    "evidence",
    "ratings",
    "hypothesis",
    "conflict",
    "base",
    "theirs",
    "deleted",
    "id",
    "text",
    "name",
    "ach = 1\n",
    "ach = 2\n",
    "\"C\"",
    "\"\"",
    "{ rating = \"II\" }",
    "[\"x\", 1]",
    "{ a = 1,\n b = 2, }",
    "<<<<<<< a\n",
    "=======\n",
    ">>>>>>> b\n",
];

/// A text with one to four small changes.
fn mutant(seeds: &[String], numbers: &mut Numbers) -> String {
    let mut text: Vec<char> = numbers.of(seeds).chars().collect();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(text.len() + 1);
        let to = (at + 1 + numbers.below(6)).min(text.len());
        let line = |text: &[char], at: usize| {
            let start = text[..at].iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
            let end = text[at..].iter().position(|c| *c == '\n').map_or(text.len(), |end| at + end + 1);
            start..end
        };
        match numbers.below(9) {
            0 => drop(text.drain(at..to)),
            1 => {
                let copy = text[at..to].to_vec();
                text.splice(at..at, copy);
            }
            2 if to < text.len() => text.swap(at, to),
            3 => drop(text.drain(line(&text, at))),
            4 => {
                let copy = text[line(&text, at)].to_vec();
                let place = line(&text, numbers.below(text.len() + 1)).start;
                text.splice(place..place, copy);
            }
            5 | 6 => drop(text.splice(at..at, numbers.of(PIECES).chars())),
            7 => drop(text.splice(at..to, numbers.of(PIECES).chars())),
            _ => {
                let other: Vec<char> = numbers.of(seeds).chars().collect();
                let from = numbers.below(other.len());
                let until = (from + numbers.below(60)).min(other.len());
                text.splice(at..at, other[from..until].iter().copied());
            }
        }
    }
    text.into_iter().collect()
}

/// Small scenarios in every layout, from the corpus.
fn seeds() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut paths: Vec<_> = ["valid", "invalid"]
        .iter()
        .flat_map(|part| std::fs::read_dir(folder.join(part)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    paths.sort();
    paths.iter().filter_map(|path| String::from_utf8(std::fs::read(path).unwrap()).ok()).collect()
}

/// A fault of TOML itself.
fn is_of_toml(found: &&Diagnostic) -> bool {
    // A day that is not in the calendar is not TOML either, and is told as a mistake in a date.
    let no_such_day = found.code == Code::BAD_DATE && found.message == "there is no such date or time";
    no_such_day || [Code::SYNTAX, Code::DUPLICATE_KEY, Code::MERGE_MARKERS].contains(&found.code)
}

/// `toml` lets a dotted key add to the last table of an array of tables, which TOML forbids.
fn is_known_difference(faults: &[&Diagnostic]) -> bool {
    !faults.is_empty()
        && faults.iter().all(|found| {
            found.code == Code::DUPLICATE_KEY && found.message.starts_with("a dotted key cannot add to")
        })
}

/// A misspelt header: what TOML has against the sub-tables below it is not told beside it.
fn explains_faults(found: &Diagnostic) -> bool {
    let meant = |list: &str| found.help.as_deref() == Some(&format!("did you mean \"{list}\"?"));
    found.code == Code::UNKNOWN_KEY
        && ["hypothesis", "source", "evidence", "indicator"].into_iter().any(meant)
}

fn judge(text: &str) {
    let reading = read(text.as_bytes().to_vec());
    let faults: Vec<_> = reading.diagnostics.iter().filter(is_of_toml).collect();
    match toml::from_str::<toml::Table>(text) {
        Ok(_) => assert!(
            faults.is_empty() || is_known_difference(&faults),
            "toml reads this, we do not: {faults:?}\n{text:?}"
        ),
        Err(error) => assert!(
            !faults.is_empty() || reading.diagnostics.iter().any(explains_faults),
            "we read this, toml does not: {error}\n{text:?}"
        ),
    }
    let errors = reading.diagnostics.iter().filter(|found| found.severity() == Severity::Error).count();
    assert_eq!(reading.scenario.is_some(), errors == 0, "{text:?}");
    let mut last = 0;
    for found in &reading.diagnostics {
        for (at, label) in found.labels.iter().enumerate() {
            let Place::Span(span) = &label.place else { panic!("{found:?} has no place in {text:?}") };
            assert!(text.get(span.clone()).is_some(), "{found:?} cuts a character of {text:?}");
            if at == 0 {
                assert!(last <= span.start, "{found:?} is out of order in {text:?}");
                last = span.start;
            }
        }
    }
}

#[test]
fn no_text_makes_the_reader_panic_or_differ_from_toml() {
    let seeds = seeds();
    let threads = std::thread::available_parallelism().map_or(2, |n| n.get() as u64);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let seeds = &seeds;
            scope.spawn(move || {
                for number in (thread..MUTANTS).step_by(usize::try_from(threads).unwrap()) {
                    judge(&mutant(seeds, &mut Numbers(number)));
                }
            });
        }
    });
}
