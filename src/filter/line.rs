//! Lines of a filter: words, and the terms that they are.

use std::ops::Range;

use super::test::ItemTest;
use super::{FILTER_FIELDS, FilterFault, FilterTerm};
use crate::scenario::{EvidenceStatus, Keyword, Kind, Level, Rating};

/// A word of a line, in lower case.
#[derive(Debug, Default)]
pub(super) struct LineWord {
    text: String,
    /// Where a colon stands outside quotes: the first parts a field from its value.
    colon: Option<usize>,
    /// Its bytes in the line, quotes included.
    pub(super) span: Range<usize>,
}

/// Splits a line at its spaces; quotes keep spaces and colons in one word, and are left out.
pub(super) fn words(line: &str) -> Vec<LineWord> {
    let (mut words, mut is_quoted) = (vec![LineWord::default()], false);
    for (at, c) in line.char_indices() {
        let end = at + c.len_utf8();
        if c.is_whitespace() && !is_quoted {
            words.push(LineWord { span: end..end, ..LineWord::default() });
            continue;
        }
        let Some(word) = words.last_mut() else { continue };
        word.span.end = end;
        match c {
            '"' => is_quoted = !is_quoted,
            c => {
                if c == ':' && !is_quoted && word.colon.is_none() {
                    word.colon = Some(word.text.len());
                }
                word.text.extend(c.to_lowercase());
            }
        }
    }
    words.retain(|word| !word.text.is_empty());
    words
}

/// Parses a word as a term.
pub(super) fn term(word: &LineWord) -> Result<FilterTerm, FilterFault> {
    let bare = word.text.strip_prefix('!');
    let is_negated = bare.is_some();
    let bare = bare.unwrap_or(&word.text);
    let test = match word.colon {
        Some(_) => {
            let (name, value) = bare.split_once(':').unwrap_or((bare, ""));
            field(name, value)?
        }
        None => match bare {
            "" => return Err(FilterFault::UnknownField(String::new())),
            "blank" => ItemTest::Unrated(None),
            "conflict" => ItemTest::Conflict,
            word => ItemTest::Word(word.to_owned()),
        },
    };
    Ok(FilterTerm { is_negated, test })
}

/// Parses a field with its value.
fn field(name: &str, value: &str) -> Result<ItemTest, FilterFault> {
    let known = FILTER_FIELDS.iter().find(|(known, takes_value)| *known == name && *takes_value);
    let Some((field, _)) = known else { return Err(FilterFault::UnknownField(name.to_owned())) };
    if value.is_empty() {
        return Err(FilterFault::NoValue(field));
    }
    let text = || value.to_owned();
    Ok(match *field {
        "kind" if !Kind::WORDS.iter().any(|kind| kind.contains(value)) => {
            return Err(FilterFault::UnknownWord { field, word: text(), words: Kind::WORDS });
        }
        "kind" => ItemTest::Kind(text()),
        "group" => ItemTest::Group(text()),
        "source" => ItemTest::Source(text()),
        "tag" => ItemTest::Tag(text()),
        "date" if value.chars().any(|c| !c.is_ascii_digit() && c != '-') => {
            return Err(FilterFault::NoDate(text()));
        }
        "date" => ItemTest::Date(text()),
        "status" => ItemTest::Status(keyword::<EvidenceStatus>(field, value)?),
        "credibility" => ItemTest::Credibility(keyword::<Level>(field, value)?),
        "relevance" => ItemTest::Relevance(keyword::<Level>(field, value)?),
        "confidence" => ItemTest::Confidence(keyword::<Level>(field, value)?),
        "unrated" => ItemTest::Unrated(Some(text())),
        _ => match value.split_once('=') {
            Some((hypothesis, rating)) => {
                ItemTest::Rated(hypothesis.to_owned(), Some(keyword::<Rating>(field, rating)?))
            }
            None => ItemTest::Rated(text(), None),
        },
    })
}

/// The keyword that a word in lower case means.
fn keyword<K: Keyword>(field: &'static str, word: &str) -> Result<K, FilterFault> {
    let meant = K::ALL.iter().copied().find(|known| known.as_str().to_lowercase() == word);
    meant.ok_or_else(|| FilterFault::UnknownWord { field, word: word.to_owned(), words: K::WORDS })
}
