//! An edited text as one sentence with removed and added words marked.
//!
//! Long unchanged stretches are shortened; texts with hardly a word in common are shown as a whole.

use similar::{Algorithm, ChangeTag, utils::diff_unicode_words};

use crate::present::phrase::{Phrase, dim, plain};
use crate::present::{Cell, Tone};

/// The largest product of the lengths of two texts, in bytes, for which all words are compared: comparing takes a step
/// for each pair of words that differ.
const MOST: usize = 64 * 1024 * 1024;
/// Words of an unchanged stretch shown beside a change.
const BESIDE: usize = 12;
/// A smaller common share of two texts is taken for coincidence.
const KINSHIP: f64 = 0.3;

/// A stretch of both texts.
#[derive(Debug, PartialEq, Eq)]
enum Stretch {
    /// In both.
    Same(String),
    /// Old words, and the new ones in their place; either may be empty.
    Replaced(String, String),
}

/// Returns the edit of a text; `None` for an absent text.
pub(super) fn marked<'a>(before: Option<&'a str>, after: Option<&'a str>) -> Vec<Phrase<'a>> {
    match (before, after) {
        (None, None) => Vec::new(),
        (None, Some(text)) => vec![whole(text, Tone::Added)],
        (Some(text), None) => vec![whole(text, Tone::Removed)],
        (Some(before), Some(after)) if before.split_whitespace().eq(after.split_whitespace()) => {
            vec![dim("(only the spacing between words differs)")]
        }
        (Some(before), Some(after)) => phrases(&stretches(before, after)),
    }
}

fn whole(text: &str, tone: Tone) -> Phrase<'_> {
    if text.trim().is_empty() { dim("(an empty text)") } else { Cell::new(text, tone) }
}

fn stretches(before: &str, after: &str) -> Vec<Stretch> {
    let replaced = || vec![Stretch::Replaced(before.to_owned(), after.to_owned())];
    if before.len().saturating_mul(after.len()) > MOST {
        return around_the_middle(before, after);
    }
    let mut stretches: Vec<Stretch> = Vec::new();
    for (tag, text) in diff_unicode_words(Algorithm::Myers, before, after) {
        match (tag, stretches.last_mut()) {
            (ChangeTag::Equal, Some(Stretch::Same(same))) => same.push_str(text),
            (ChangeTag::Equal, _) => stretches.push(Stretch::Same(text.to_owned())),
            (ChangeTag::Delete, Some(Stretch::Replaced(old, _))) => old.push_str(text),
            (ChangeTag::Insert, Some(Stretch::Replaced(_, new))) => new.push_str(text),
            (ChangeTag::Delete, _) => stretches.push(Stretch::Replaced(text.to_owned(), String::new())),
            (ChangeTag::Insert, _) => stretches.push(Stretch::Replaced(String::new(), text.to_owned())),
        }
    }
    let stretches = joined(stretches);
    let common: usize = stretches.iter().map(Stretch::common).sum();
    let longest = letters(before).max(letters(after));
    if (common as f64) < KINSHIP * longest as f64 { replaced() } else { stretches }
}

/// Compares texts too long for a comparison of words: their common beginning and end, and the rest.
fn around_the_middle(before: &str, after: &str) -> Vec<Stretch> {
    let words = |text: &'_ str| text.split_inclusive(' ').map(str::len).collect::<Vec<_>>();
    let (old, new) = (words(before), words(after));
    let mut start = 0;
    for (a, b) in old.iter().zip(&new) {
        let end = start + a;
        if a != b || before.get(start..end) != after.get(start..end) {
            break;
        }
        start = end;
    }
    let (rest_old, rest_new) =
        (before.get(start..).unwrap_or_default(), after.get(start..).unwrap_or_default());
    let mut tail = 0;
    for (a, b) in old.iter().rev().zip(new.iter().rev()) {
        let longer = tail + a;
        let (Some(from), Some(to)) = (rest_old.len().checked_sub(longer), rest_new.len().checked_sub(longer))
        else {
            break;
        };
        if a != b || rest_old.get(from..) != rest_new.get(to..) {
            break;
        }
        tail = longer;
    }
    let (middle_old, end) = rest_old.split_at_checked(rest_old.len() - tail).unwrap_or((rest_old, ""));
    let middle_new = rest_new.get(..rest_new.len() - tail).unwrap_or(rest_new);
    vec![
        Stretch::Same(before.get(..start).unwrap_or_default().to_owned()),
        Stretch::Replaced(middle_old.to_owned(), middle_new.to_owned()),
        Stretch::Same(end.to_owned()),
    ]
}

/// Joins changes that only spaces separate: `[-a-]{+b+} [-c-]{+d+}` reads better as `[-a c-]{+b d+}`.
fn joined(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut joined: Vec<Stretch> = Vec::with_capacity(stretches.len());
    let mut stretches = stretches.into_iter().peekable();
    while let Some(stretch) = stretches.next() {
        match (stretch, joined.last_mut()) {
            (Stretch::Same(space), Some(Stretch::Replaced(old, new)))
                if space.trim().is_empty() && stretches.peek().is_some() =>
            {
                old.push_str(&space);
                new.push_str(&space);
            }
            (Stretch::Replaced(more_old, more_new), Some(Stretch::Replaced(old, new))) => {
                old.push_str(&more_old);
                new.push_str(&more_new);
            }
            (stretch, _) => joined.push(stretch),
        }
    }
    joined
}

impl Stretch {
    /// Letters in both texts.
    fn common(&self) -> usize {
        match self {
            Self::Same(text) => letters(text),
            Self::Replaced(..) => 0,
        }
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn phrases(stretches: &[Stretch]) -> Vec<Phrase<'static>> {
    let mut phrases = Vec::new();
    for (at, stretch) in stretches.iter().enumerate() {
        match stretch {
            Stretch::Same(text) => {
                phrases.push(plain(shortened(text, at > 0, at + 1 < stretches.len())));
            }
            Stretch::Replaced(old, new) => {
                // Spaces at the edges are not worth marking, but keep words apart.
                let edge =
                    |is_blank: fn(&String) -> bool| [old, new].into_iter().any(is_blank).then(|| plain(" "));
                phrases.extend(edge(|text| text.starts_with(char::is_whitespace)));
                let mark = |text: &str, tone| {
                    (!text.trim().is_empty()).then(|| Cell::new(text.trim().to_owned(), tone))
                };
                phrases.extend(mark(old, Tone::Removed));
                phrases.extend(mark(new, Tone::Added));
                phrases.extend(edge(|text| text.ends_with(char::is_whitespace)));
            }
        }
    }
    phrases
}

/// Returns an unchanged stretch without the words far from the changes before and after it.
fn shortened(text: &str, change_before: bool, change_after: bool) -> String {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let (head, tail) = (if change_before { BESIDE } else { 0 }, if change_after { BESIDE } else { 0 });
    let (Some(first), Some(last)) =
        (words.get(..head), words.len().checked_sub(tail).and_then(|at| words.get(at..)))
    else {
        return text.to_owned();
    };
    // One word more or less is not worth an ellipsis.
    if words.len() <= head + tail + BESIDE {
        return text.to_owned();
    }
    let join = |words: &[&str]| words.concat();
    match (first.is_empty(), last.is_empty()) {
        (true, _) => format!("… {}", join(last)),
        (_, true) => format!("{} …", join(first).trim_end()),
        (false, false) => format!("{} … {}", join(first).trim_end(), join(last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> String {
        let mark = |phrase: &Phrase<'_>| match phrase.tone {
            Tone::Removed => format!("[-{}-]", phrase.text),
            Tone::Added => format!("{{+{}+}}", phrase.text),
            _ => phrase.text.to_string(),
        };
        marked(Some(before), Some(after)).iter().map(mark).collect()
    }

    #[test]
    fn changed_words_are_marked_and_the_rest_is_not() {
        assert_eq!(
            told("ISKP usually claims its attacks", "ISKP almost always claims its attacks"),
            "ISKP [-usually-]{+almost always+} claims its attacks"
        );
        assert_eq!(told("one two three", "one three"), "one [-two-] three");
        assert_eq!(told("one three", "one two three."), "one {+two+} three{+.+}");
        assert_eq!(told("日本 語", "日本 文"), "日本 [-語-]{+文+}");
    }

    #[test]
    fn texts_with_little_in_common_are_told_whole() {
        assert_eq!(
            told("the cat sat", "a dog of the sea stood there"),
            "[-the cat sat-]{+a dog of the sea stood there+}"
        );
        assert_eq!(told("a  b", "a b"), "(only the spacing between words differs)");
        assert_eq!(told("a", ""), "[-a-]");
    }

    #[test]
    fn what_is_far_from_a_change_is_left_out() {
        let long: String = (0..60).map(|n| format!("w{n} ")).collect();
        let before = format!("{long}old {long}end");
        let said = told(&before, &before.replace("old", "new"));
        assert!(said.starts_with("… w48 "), "{said}");
        assert!(said.contains("w59 [-old-]{+new+} w0 "), "{said}");
        assert!(said.ends_with("w10 …"), "{said}");
    }

    #[test]
    fn very_long_texts_are_compared_at_their_ends() {
        let long = "word ".repeat(4_000);
        let said = told(&format!("{long}é {long}"), &format!("{long}è {long}"));
        assert!(said.contains("word [-é-]{+è+} word"), "{said}");
        // Nothing in common at all.
        let said = told(&"x".repeat(20_000), &"y".repeat(20_000));
        assert!(said.starts_with("[-xx") && said.ends_with("y+}"), "{said}");
    }
}
