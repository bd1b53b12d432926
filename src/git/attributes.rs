//! Edits our lines of `.gitattributes`. Pure functions from text to text; every other line stays as
//! it is, byte for byte.

use super::TreePath;
use super::quote::{quoted, unquoted};

/// The attributes that have git use `ach`.
pub const ATTRIBUTES: [&str; 2] = ["diff=ach", "merge=ach"];

/// A pattern of `.gitattributes`, which selects files.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern(Vec<u8>);

impl Pattern {
    /// Parses a pattern as people write it: `*.ach.toml`, `cases/*.toml`.
    ///
    /// # Errors
    /// The reason, if git accepts no such pattern.
    pub fn new(written: &[u8]) -> Result<Self, &'static str> {
        match written {
            [] => Err("a pattern must not be empty"),
            [b'!', ..] => Err("git attributes take no pattern that begins with !"),
            [.., b'/'] => Err("a pattern that ends with / matches no file"),
            _ if written.split(|b| *b == b'/').any(|name| matches!(name, b"." | b"..")) => {
                Err("a pattern starts at the root of the repository and has no . or .. in it")
            }
            _ => Ok(Self(written.to_vec())),
        }
    }

    /// Returns the pattern that matches this file only.
    pub fn of_file(path: &TreePath) -> Self {
        let mut pattern = vec![b'/'];
        for byte in path.as_bytes() {
            if b"*?[\\".contains(byte) {
                pattern.push(b'\\');
            }
            pattern.push(*byte);
        }
        Self(pattern)
    }

    /// Returns the pattern as written in the file, quoted if it could be confused with what follows it.
    fn spelled(&self) -> Vec<u8> {
        let needs_quotes = |byte: &u8| byte.is_ascii_whitespace() || byte.is_ascii_control();
        let begins_otherwise = matches!(self.0.first(), Some(b'"' | b'#')) || self.0.starts_with(b"[attr]");
        if begins_otherwise || self.0.iter().any(needs_quotes) {
            quoted(&self.0, |c| !c.is_control())
        } else {
            self.0.clone()
        }
    }
}

impl std::fmt::Display for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.spelled()))
    }
}

/// A line with a pattern, and its attributes from there on.
pub(super) fn rule(line: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let line = line.trim_ascii();
    if line.is_empty() || line.starts_with(b"#") || line.starts_with(b"[attr]") {
        return None;
    }
    if line.starts_with(b"\"") {
        return unquoted(line);
    }
    let end = line.iter().position(u8::is_ascii_whitespace).unwrap_or(line.len());
    let (pattern, attributes) = line.split_at_checked(end)?;
    Some((pattern.to_vec(), attributes))
}

/// Whether these attributes have git use `ach`.
fn gives(attributes: &[u8]) -> bool {
    let mut words = attributes.split(u8::is_ascii_whitespace);
    ATTRIBUTES.iter().all(|ours| words.clone().any(|word| word == ours.as_bytes()))
        && !words.any(|word| matches!(word, b"-diff" | b"!diff" | b"-merge" | b"!merge" | b"binary"))
}

/// Splits a text into lines with their line ends.
pub(super) fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut lines = text.split_inclusive(|byte| *byte == b'\n');
    // Git skips a byte order mark, so it is not part of the first pattern.
    let first = lines.next().map(|line| line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line));
    first.into_iter().chain(lines)
}

/// Returns the text with a line for each of these patterns, and the patterns that it lacked. An existing line counts
/// unless a later line with the same pattern overrides it.
pub fn with_patterns(text: &[u8], patterns: &[Pattern]) -> (Vec<u8>, Vec<Pattern>) {
    let stands = |pattern: &&Pattern| {
        let same = lines(text).filter_map(rule).filter(|(of, _)| *of == pattern.0);
        same.filter(|(_, attributes)| says_anything(attributes)).last().is_some_and(|(_, last)| gives(last))
    };
    let mut missing: Vec<Pattern> = Vec::new();
    for pattern in patterns {
        if !stands(&pattern) && !missing.contains(pattern) {
            missing.push(pattern.clone());
        }
    }
    let added = missing.iter().map(|pattern| {
        let mut line = pattern.spelled();
        for attribute in ATTRIBUTES {
            line.push(b' ');
            line.extend(attribute.bytes());
        }
        line
    });
    (with_lines(text, added), missing)
}

/// Whether any of these attributes is one of ours.
fn says_anything(attributes: &[u8]) -> bool {
    attributes.split(u8::is_ascii_whitespace).any(|word| {
        let word = word.strip_prefix(b"-").or_else(|| word.strip_prefix(b"!")).unwrap_or(word);
        let name = word.split(|byte| *byte == b'=').next().unwrap_or_default();
        matches!(name, b"diff" | b"merge" | b"binary")
    })
}

/// Returns the text without our attributes, and the patterns that had them. A line keeps its other attributes; without
/// any, it is removed.
pub fn without_patterns(text: &[u8]) -> (Vec<u8>, Vec<Pattern>) {
    let (mut kept, mut gone) = (Vec::with_capacity(text.len()), Vec::new());
    if text.starts_with("\u{feff}".as_bytes()) {
        kept.extend("\u{feff}".bytes());
    }
    for line in lines(text) {
        let is_ours = |word: &&[u8]| ATTRIBUTES.iter().any(|ours| *word == ours.as_bytes());
        let words = |attributes: &'_ [u8]| -> (usize, usize) {
            let words = attributes.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
            words.fold((0, 0), |(ours, all), word| (ours + usize::from(is_ours(&word)), all + 1))
        };
        let Some((pattern, attributes)) = rule(line) else {
            kept.extend(line);
            continue;
        };
        match words(attributes) {
            (0, _) => kept.extend(line),
            (ours, all) => {
                gone.push(Pattern(pattern));
                if ours < all {
                    kept.extend(without_words(line, attributes, is_ours));
                }
            }
        }
    }
    (ended_as(text, kept), gone)
}

/// Returns the line without these attributes and the blanks before them.
fn without_words(line: &[u8], attributes: &[u8], out: impl Fn(&&[u8]) -> bool) -> Vec<u8> {
    let end = line.trim_ascii_end().len();
    let start = end.saturating_sub(attributes.len());
    let (Some(head), Some(tail)) = (line.get(..start), line.get(end..)) else { return line.to_vec() };
    let mut kept = head.to_vec();
    let mut rest = attributes;
    while !rest.is_empty() {
        let blanks = rest.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(rest.len());
        let word = rest.get(blanks..).unwrap_or_default();
        let word = word.get(..word.iter().position(u8::is_ascii_whitespace).unwrap_or(word.len()));
        let word = word.unwrap_or_default();
        if !out(&word) {
            kept.extend(rest.get(..blanks + word.len()).unwrap_or_default());
        }
        rest = rest.get(blanks + word.len()..).unwrap_or_default();
    }
    kept.extend(tail);
    kept
}

/// Appends lines, with line ends as elsewhere in the text. If the last line has no end, the new last line has none
/// either, so that removing the lines restores the text.
fn with_lines(text: &[u8], added: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let end: &[u8] = if text.windows(2).any(|two| two == b"\r\n") { b"\r\n" } else { b"\n" };
    let mut whole = text.to_vec();
    for line in added {
        if has_open_end(text) {
            whole.extend(end);
            whole.extend(line);
        } else {
            whole.extend(line);
            whole.extend(end);
        }
    }
    whole
}

/// Whether the last line has no line end.
fn has_open_end(text: &[u8]) -> bool {
    !text.is_empty() && text != "\u{feff}".as_bytes() && !text.ends_with(b"\n")
}

/// Returns the remaining text, without a final line end if the original had none.
fn ended_as(text: &[u8], mut kept: Vec<u8>) -> Vec<u8> {
    if has_open_end(text) && kept.pop_if(|last| *last == b'\n').is_some() {
        kept.pop_if(|last| *last == b'\r');
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn added(text: &str, patterns: &[&str]) -> String {
        let patterns: Vec<Pattern> = patterns.iter().map(|p| Pattern::new(p.as_bytes()).unwrap()).collect();
        let (once, _) = with_patterns(text.as_bytes(), &patterns);
        let (twice, missing) = with_patterns(&once, &patterns);
        assert_eq!(twice, once);
        assert_eq!(missing, []);
        String::from_utf8(once).unwrap()
    }

    fn removed(text: &str) -> String {
        let (once, _) = without_patterns(text.as_bytes());
        assert_eq!(without_patterns(&once), (once.clone(), vec![]));
        String::from_utf8(once).unwrap()
    }

    #[test]
    fn lines_come_at_the_end_and_the_rest_stays() {
        assert_eq!(added("", &["*.ach.toml"]), "*.ach.toml diff=ach merge=ach\n");
        assert_eq!(added("# mine\n*.png binary", &["a"]), "# mine\n*.png binary\na diff=ach merge=ach");
        assert_eq!(added("*.x text\r\n", &["a", "a"]), "*.x text\r\na diff=ach merge=ach\r\n");
        let there = "a   merge=ach\ttext diff=ach\n";
        assert_eq!(added(there, &["a"]), there);
        assert_eq!(added("\u{feff}a diff=ach merge=ach\n", &["a"]), "\u{feff}a diff=ach merge=ach\n");
    }

    #[test]
    fn a_line_that_says_otherwise_later_does_not_count() {
        assert_eq!(
            added("a diff=ach merge=ach\na -diff\n", &["a"]),
            "a diff=ach merge=ach\na -diff\na diff=ach merge=ach\n"
        );
        let later = "a diff=ach merge=ach\na text\n";
        assert_eq!(added(later, &["a"]), later);
        assert_eq!(added("a diff=ach\n", &["a"]), "a diff=ach\na diff=ach merge=ach\n");
    }

    #[test]
    fn only_our_attributes_go() {
        assert_eq!(removed("# c\na diff=ach merge=ach\n\nb text\n"), "# c\n\nb text\n");
        assert_eq!(removed("a diff=ach text merge=ach eol=lf\r\n"), "a text eol=lf\r\n");
        assert_eq!(removed("\"a b\" diff=ach merge=ach -text"), "\"a b\" -text");
        for stays in ["[attr]x diff=ach merge=ach\n", "# diff=ach\n", "diff=ach\n", "a diff=acher\n"] {
            assert_eq!(removed(stays), stays);
        }
    }

    #[test]
    fn a_path_is_spelled_so_that_it_means_one_file() {
        let of = |path: &str| Pattern::of_file(&TreePath::new(path)).to_string();
        assert_eq!(of("cases/a.toml"), "/cases/a.toml");
        assert_eq!(of("a b/é.toml"), "\"/a b/é.toml\"");
        assert_eq!(of("a[1]*?.toml"), r"/a\[1]\*\?.toml");
        assert_eq!(of("a [1].toml"), r#""/a \\[1].toml""#);
        assert_eq!(of("say \"x\""), r#""/say \"x\"""#);
        assert_eq!(Pattern::new(b"#x").unwrap().to_string(), "\"#x\"");
        for nowhere in [&b"../x.toml"[..], b"./x.toml", b"a/../*.toml"] {
            assert!(Pattern::new(nowhere).is_err_and(|why| why.contains("at the root")));
        }
        assert!(Pattern::new(b"..x/...").is_ok());
        assert_eq!(Pattern::new(b"!x"), Err("git attributes take no pattern that begins with !"));
    }

    proptest! {
        #[test]
        fn what_is_put_in_is_taken_out_again(
            text in "([a-z*]{1,3}( (text|diff=x|-merge))?|# c|)(\r?\n([a-z]{1,2} binary|# d|))*\n?",
            names in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..8), 1..4),
        ) {
            let patterns: Vec<Pattern> = names.iter().map(|name| Pattern::of_file(&TreePath::new(name.as_slice()))).collect();
            let (whole, new) = with_patterns(text.as_bytes(), &patterns);
            prop_assert!(whole.starts_with(text.as_bytes()));
            prop_assert_eq!(with_patterns(&whole, &patterns), (whole.clone(), vec![]));
            let (back, gone) = without_patterns(&whole);
            prop_assert_eq!(&gone, &new);
            prop_assert_eq!(back.as_slice(), text.as_bytes());
        }
    }
}
