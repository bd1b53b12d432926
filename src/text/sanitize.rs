//! The characters of a text that may reach a terminal: no control characters, nothing that reorders its neighbours,
//! nothing that cannot be seen.

use std::borrow::Cow;

/// Whether a character acts on a terminal or on the direction of text, or cannot be seen: controls, the Unicode category
/// of format characters, line and paragraph separators, and characters that Unicode calls default-ignorable. Joiners and
/// variation selectors depend on their neighbours: [`hidden_chars`] decides on those.
pub(crate) const fn is_unsafe(c: char) -> bool {
    matches!(
        c,
        // Controls.
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            // Marks of direction, separators, overrides and isolates.
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            // Soft hyphen, zero width space, invisible operators and deprecated format characters.
            | '\u{ad}'
            | '\u{34f}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff0}'..='\u{fffb}'
            // Fillers.
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{3164}'
            | '\u{ffa0}'
            // Format characters of scripts, of shorthand and of music.
            | '\u{600}'..='\u{605}'
            | '\u{6dd}'
            | '\u{70f}'
            | '\u{890}'
            | '\u{891}'
            | '\u{8e2}'
            | '\u{110bd}'
            | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            // Tags, and the rest of their plane but for variation selectors.
            | '\u{e0000}'..='\u{e00ff}'
            | '\u{e01f0}'..='\u{e0fff}'
    )
}

/// Whether a character joins its neighbours or selects the variant of the one before it, and is not seen by itself.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}') || is_variation_selector(c)
}

const fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a character has joined forms or variants, as letters of many scripts and emoji do. Those of ASCII have none.
fn has_forms(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace() && !is_unsafe(c) && !is_joiner(c)
}

/// Returns the characters that must be shown in their visible form, and where each begins: the unsafe ones, and joiners
/// and variation selectors that have nothing to join or to vary.
pub(crate) fn hidden_chars(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut before: Option<(Option<char>, char)> = None;
    text.char_indices().filter(move |(at, c)| {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let hidden = is_unsafe(*c) || is_joiner(*c) && !is_at_work(before, *c, rest);
        before = Some((before.map(|(_, last)| last), *c));
        hidden
    })
}

/// Whether a joiner or variation selector acts on its neighbours: the two characters before it, and the text after it.
fn is_at_work(before: Option<(Option<char>, char)>, c: char, after: &str) -> bool {
    let Some((earlier, last)) = before else { return false };
    if is_variation_selector(c) {
        // A digit on a keycap.
        let is_keycap = matches!(last, '0'..='9' | '#' | '*') && after.starts_with('\u{20e3}');
        return has_forms(last) || is_keycap;
    }
    let joins_last = has_forms(last) || is_variation_selector(last) && earlier.is_some_and(has_forms);
    joins_last && after.starts_with(has_forms)
}

/// The visible form of a character: `\u` and four hexadecimal digits, or `\U` and eight.
pub(crate) fn escape_char(c: char) -> String {
    let number = u32::from(c);
    if number > 0xffff { format!("\\U{number:08x}") } else { format!("\\u{number:04x}") }
}

/// The text with every hidden character in its visible form, newlines included.
pub(crate) fn sanitize(text: &str) -> Cow<'_, str> {
    escape(text, |_| false, escape_char)
}

/// The text on one line: tabs and line breaks become a space, every other hidden character its visible form.
pub(crate) fn single_line(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") {
        return Cow::Owned(single_line(&text.replace("\r\n", "\n")).into_owned());
    }
    escape(text, |_| false, |c| if matches!(c, '\t' | '\n' | '\r') { " ".into() } else { escape_char(c) })
}

/// The text with every hidden character in its visible form but for tabs and line ends. A carriage return alone is none: on
/// a terminal, what follows it covers the line.
pub(crate) fn sanitize_lines(text: &str) -> Cow<'_, str> {
    let line = |line| escape(line, |c| matches!(c, '\t' | '\n'), escape_char);
    if !text.contains('\r') {
        return line(text);
    }
    let lines: Vec<Cow<'_, str>> = text.split("\r\n").map(line).collect();
    Cow::Owned(lines.join("\r\n"))
}

/// Whether a text is nothing but printable ASCII, as most are: one quick check spares the slow one.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Replaces hidden characters but for those that are kept.
pub(crate) fn escape(
    text: &str,
    is_kept: impl Fn(char) -> bool,
    escaped: impl Fn(char) -> String,
) -> Cow<'_, str> {
    let may_hide = |c: char| (is_unsafe(c) || is_joiner(c)) && !is_kept(c);
    let is_shown_raw = || hidden_chars(text).all(|(_, c)| is_kept(c));
    if is_plain(text) || !text.contains(may_hide) || is_shown_raw() {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    let mut done = 0;
    for (at, c) in hidden_chars(text).filter(|(_, c)| !is_kept(*c)) {
        safe.push_str(text.get(done..at).unwrap_or_default());
        safe.push_str(&escaped(c));
        done = at + c.len_utf8();
    }
    safe.push_str(text.get(done..).unwrap_or_default());
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

    #[test]
    fn what_cannot_be_seen_is_shown() {
        for hidden in "\u{200b}\u{ad}\u{2060}\u{feff}\u{3164}\u{115f}\u{ffa0}\u{34f}\u{180e}\u{fff9}".chars()
        {
            assert_eq!(sanitize(&format!("a{hidden}b")), format!(r"a\u{:04x}b", u32::from(hidden)));
        }
        assert_eq!(sanitize("hi\u{e0041}\u{e007f}"), r"hi\U000e0041\U000e007f");
        assert_eq!(sanitize_lines("a\tb\r\n\u{200b}"), "a\tb\r\n\\u200b");
        assert_eq!(sanitize_lines("bad\rgood\r\n"), "bad\\u000dgood\r\n");
    }

    #[test]
    fn joiners_and_variants_stay_between_letters_and_emoji_and_hide_nothing() {
        for stays in [
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "❤\u{fe0f}",
            "👩\u{200d}🚀",
            "❤\u{fe0f}\u{200d}🔥",
            "1\u{fe0f}\u{20e3}",
            "葛\u{e0100}",
        ] {
            assert_eq!(sanitize(stays), stays);
        }
        assert_eq!(sanitize("us\u{200d}b"), r"us\u200db");
        assert_eq!(sanitize("\u{200d}ب\u{200c}"), "\\u200dب\\u200c");
        assert_eq!(sanitize("a\u{fe0f}"), r"a\ufe0f");
        assert_eq!(sanitize("👩\u{200d}\u{200d}🚀"), r"👩\u200d\u200d🚀");
        assert_eq!(sanitize("❤\u{fe0f}\u{fe01}\u{e0101}"), "❤\u{fe0f}\\ufe01\\U000e0101");
    }
}
