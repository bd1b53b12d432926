//! Makes texts safe for a terminal: no control characters, and nothing that reorders the text around it.

use std::borrow::Cow;

/// Whether a character acts on a terminal or on the direction of text instead of being shown: controls (C0, DEL,
/// C1), bidirectional marks, overrides and isolates, line and paragraph separators.
#[must_use]
pub(crate) const fn is_unsafe(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    )
}

/// The visible form of an unsafe character: `\u` and four hexadecimal digits.
#[must_use]
pub(crate) fn escape_char(c: char) -> String {
    format!("\\u{:04x}", u32::from(c))
}

/// The text with every unsafe character in its visible form, newlines included.
#[must_use]
pub(crate) fn sanitize(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    replace(text, escape_char)
}

/// The text on one line: tabs and line breaks become a space, every other unsafe character its visible form.
#[must_use]
pub(crate) fn single_line(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    if text.contains("\r\n") {
        return Cow::Owned(single_line(&text.replace("\r\n", "\n")).into_owned());
    }
    replace(text, |c| if matches!(c, '\t' | '\n' | '\r') { " ".into() } else { escape_char(c) })
}

/// Whether a text is nothing but printable ASCII, as most are: one quick look spares the slow one.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn replace(text: &str, with: impl Fn(char) -> String) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_unsafe(c) { safe.push_str(&with(c)) } else { safe.push(c) }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_on_a_terminal_is_shown() {
        assert_eq!(sanitize("a\u{1b}[31mX\u{202e}b\n"), r"a\u001b[31mX\u202eb\u000a");
        assert_eq!(single_line("a\r\nb\tc\u{7}"), r"a b c\u0007");
        assert!(matches!(sanitize("Ünïcode 日本 👨‍👩‍👧"), Cow::Borrowed(_)));
    }
}
