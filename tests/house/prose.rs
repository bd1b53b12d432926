//! The prose of doc comments, as far as a test can judge it.

use crate::tree::Source;

/// Openings of sentences that only make sense to whoever has read the code.
const RIDDLES: [&str; 2] = ["What", "The same"];

/// The places of doc comments that begin with a riddle.
pub(crate) fn riddles(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    let mut before = None;
    for (line, number) in source.text.lines().zip(1..) {
        let line = line.trim_start();
        let (mark, text) = match (line.strip_prefix("///"), line.strip_prefix("//!")) {
            (Some(text), _) => (Some('/'), text),
            (None, Some(text)) => (Some('!'), text),
            (None, None) => (None, ""),
        };
        let text = text.trim_start();
        if mark.is_some() && mark != before && RIDDLES.iter().any(|riddle| begins(text, riddle)) {
            found.push(format!("{}:{number}: {text}", source.path));
        }
        before = mark;
    }
    found
}

/// Whether a text begins with these words, and not only with their letters.
fn begins(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
}

#[test]
fn only_the_first_line_of_a_comment_is_judged() {
    let text = "//! What it is.\n\n/// Whatever.\n/// What follows.\nfn a() {}\n    /// The same of b.\n    fn b() {}\n";
    let source = Source { path: "src/x.rs".to_owned(), text: text.to_owned() };
    assert_eq!(riddles(&source), ["src/x.rs:1: What it is.", "src/x.rs:6: The same of b."]);
}
