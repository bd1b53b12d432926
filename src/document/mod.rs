//! The scenario file: TOML text on one side, the scenario that it spells on the other.
//!
//! Knows the keys of the format and the place of everything in the text. Must never know the disk, scores, or
//! how findings are displayed. The text is authoritative: a document is read from bytes and keeps them.

mod comment;
mod compose;
mod edit;
mod format;
mod history;
mod in_place;
pub(crate) mod keys;
mod line_merge;
mod lines;
mod merge;
mod meta;
mod place;
mod plain;
mod read;
mod reread;
mod schema;
mod skeleton;
pub(crate) mod syntax;
#[cfg(test)]
mod testing;
pub(crate) mod write;

use std::sync::OnceLock;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::scenario::Scenario;

pub use comment::{LostComment, lost_comments};
#[cfg(feature = "cli")]
pub(crate) use compose::literal;
pub use compose::{composed, composed_meta};
pub use edit::{Splice, Splices, difference};
pub use history::{EditError, History};
pub use lines::Lines;
pub use merge::merged;
pub use place::Places;
pub use plain::PlainValues;
pub use reread::HistoryReader;
pub use schema::schema;
pub use skeleton::skeleton;

use syntax::{Node, NodeId, NodeKind, Tree};

/// The largest file, in bytes.
pub const MAX_FILE: usize = 64 * 1024 * 1024;

/// The text of a scenario file and its syntax tree.
#[derive(Debug, Default)]
pub struct Document {
    text: String,
    tree: Tree,
    /// The nodes of the evidence, once an edit in place has asked for one.
    evidence: OnceLock<Vec<NodeId>>,
}

/// The result of reading a file.
#[derive(Debug)]
pub struct Reading {
    /// The text, valid or not.
    pub document: Document,
    /// The scenario; `None` if the file is unreadable.
    pub scenario: Option<Scenario>,
    /// The faults of the file itself, in order: errors that make it unreadable, and the warnings
    /// `version-not-first` and `toml-1-1`. All places are spans of the document's text. Contradictions inside
    /// a readable scenario come from [`crate::scenario::inconsistencies`].
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a scenario file.
#[must_use]
pub fn read(bytes: Vec<u8>) -> Reading {
    if bytes.len() > MAX_FILE {
        return unread(String::new(), too_large());
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let found = not_utf8(error.as_bytes(), error.utf8_error().valid_up_to());
            return unread(String::from_utf8_lossy(error.as_bytes()).into_owned(), found);
        }
    };
    let (tree, syntax) = Tree::parse(&text);
    let (scenario, diagnostics) = read::read(&tree, &text, syntax);
    Reading { document: Document::new(text, tree), scenario, diagnostics }
}

/// Reads a text that should spell a scenario, without building a second one. If it does not, returns the text and all
/// diagnostics.
fn read_as(text: String, expected: &Scenario) -> Result<Document, (String, Vec<Diagnostic>)> {
    if text.len() > MAX_FILE {
        return Err((text, vec![too_large()]));
    }
    let (tree, syntax) = Tree::parse(&text);
    match read::read_as(&tree, &text, syntax, expected) {
        Ok(()) => Ok(Document::new(text, tree)),
        Err(diagnostics) => Err((text, diagnostics)),
    }
}

fn unread(text: String, found: Diagnostic) -> Reading {
    let (tree, _) = Tree::parse("");
    Reading { document: Document::new(text, tree), scenario: None, diagnostics: vec![found] }
}

fn too_large() -> Diagnostic {
    let message = format!("the file is over the limit of {} MiB", MAX_FILE / 1024 / 1024);
    Diagnostic::new(Code::TOO_LARGE, Place::Span(0..0), message)
}

/// Reports bytes that are not UTF-8. `valid` is the number of good bytes before the first bad one; the lossy
/// text starts with the same bytes, followed by a replacement character.
fn not_utf8(bytes: &[u8], valid: usize) -> Diagnostic {
    let bad = bytes.get(valid).copied().unwrap_or_default();
    let place = Place::Span(valid..valid + char::REPLACEMENT_CHARACTER.len_utf8());
    let found = Diagnostic::new(Code::NOT_UTF8, place, format!("the byte 0x{bad:02X} is not UTF-8 here"));
    let help = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        "the file seems to be UTF-16: save it as UTF-8"
    } else {
        "save the file as UTF-8; nothing else in it was checked"
    };
    found.expected("expected UTF-8").help(help)
}

/// Returns whether a file is meant to be a scenario: it has a top-level key `ach`, or it does not parse and
/// has a line `ach =` before its first table header.
#[must_use]
pub fn is_scenario(bytes: &[u8]) -> bool {
    if let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= MAX_FILE) {
        let (tree, syntax) = Tree::parse(text);
        if tree.root(text).get("ach").is_some() {
            return true;
        }
        if !syntax.iter().any(|found| found.severity() == crate::diagnostic::Severity::Error) {
            return false;
        }
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_start);
    lines
        .take_while(|line| !line.starts_with(b"["))
        .any(|line| line.strip_prefix(b"ach").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"=")))
}

impl Document {
    const fn new(text: String, tree: Tree) -> Self {
        Self { text, tree, evidence: OnceLock::new() }
    }

    /// Returns a text as a document, valid or not.
    fn parsed(text: String) -> Self {
        let (tree, _) = Tree::parse(&text);
        Self::new(text, tree)
    }

    /// Returns the text of the file. Bytes that are not UTF-8 are replacement characters; the text of a file
    /// over the size limit is empty.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text of the file alone, like [`Self::text`]. Frees the syntax tree, which is larger than the text.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// Returns the text with the spacing and key order of the format's example. Comments and values stay as
    /// they are; tables are neither moved nor converted.
    #[must_use]
    pub fn formatted(&self) -> String {
        format::format(&self.text, self.root())
    }

    fn root(&self) -> Node<'_> {
        self.tree.root(&self.text)
    }
}

/// Returns the tables of a list: `[[x]]` headers, or inline tables in an array.
fn items(list: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let is_list = matches!(list.kind(), NodeKind::ArrayOfTables | NodeKind::Array);
    list.children().filter(move |entry| is_list && matches!(entry.kind(), NodeKind::Table(_)))
}

/// For tests: the diagnostics of a text, as `code line:column`.
#[cfg(test)]
fn told(text: &str) -> Vec<String> {
    let reading = read(text.into());
    let lines = Lines::new(reading.document.text());
    let told = reading.diagnostics.iter().map(|found| match &found.labels[0].place {
        Place::Span(span) => {
            let (line, column) = lines.position(span.start);
            format!("{} {line}:{column}", found.code.as_str())
        }
        Place::Subject(_) | Place::Entry(..) => panic!("{found:?} has no place in the file"),
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_a_scenario_by_its_key() {
        for yes in [
            "ach = 1\n",
            "\u{feff}ach = 1",
            "title = 't'\r\nach = 1\r\n",
            "\"ach\" = 1",
            "ach = 99 # some other version",
            "ach =\n[x\n",
            "title = \n  ach=1\n[a]\n",
            "ach = 1\n<<<<<<< HEAD\n=======\n>>>>>>> x\n",
        ] {
            assert!(is_scenario(yes.as_bytes()), "{yes}");
        }
        for no in
            ["", "[package]\nach = 1\n", "# ach = 1\n", "x = \n[a]\nach = 1\n", "achs = 1", "x = 'ach = 1'"]
        {
            assert!(!is_scenario(no.as_bytes()), "{no}");
        }
        assert!(is_scenario(b"title = '\xff'\nach = 1\n"));
        assert!(!is_scenario(b"\x89PNG\r\n\x1a\n"));
    }

    #[test]
    fn bytes_that_are_no_text_are_one_finding() {
        let reading = read(b"ach = 1\ntitle = \"\xe9\xe8\"\nach = 2".to_vec());
        assert!(reading.scenario.is_none());
        assert_eq!(reading.diagnostics.len(), 1);
        assert_eq!(reading.diagnostics[0].labels[0].place, Place::Span(17..20));
        assert_eq!(reading.document.text().get(17..20), Some("\u{fffd}"));
    }

    #[test]
    fn a_file_over_the_limit_is_not_looked_at() {
        let reading = read(vec![b' '; MAX_FILE + 1]);
        assert_eq!(reading.diagnostics.len(), 1);
        assert_eq!(reading.diagnostics[0].code, Code::TOO_LARGE);
        assert!(reading.diagnostics[0].message.contains("64 MiB"));
    }
}
