//! Width in terminal columns, and shortening by it. Never cuts inside a grapheme.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::sanitize::is_plain;

/// The mark at the end of a shortened text.
const ELLIPSIS: &str = "…";

/// Columns that a text takes on a terminal.
pub(crate) fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { text.width() }
}

/// The text in at most `columns` columns, the last of them an ellipsis where something was cut.
pub(crate) fn truncate(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(width(ELLIPSIS)) else {
        return Cow::Borrowed("");
    };
    let mut short = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += width(grapheme);
        if used > room {
            break;
        }
        short.push_str(grapheme);
    }
    short.truncate(short.trim_end().len());
    short.push_str(ELLIPSIS);
    Cow::Owned(short)
}

/// The longest start of the text that fits in `columns` columns, at least one grapheme, and the rest.
pub(crate) fn split_at_width(text: &str, columns: usize) -> (&str, &str) {
    if is_plain(text) {
        return text.split_at_checked(columns.max(1)).unwrap_or((text, ""));
    }
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > columns && at > 0 {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// The text followed by spaces up to `columns` columns; longer texts stay as they are.
pub(crate) fn pad_right(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The text after spaces up to `columns` columns; longer texts stay as they are.
pub(crate) fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splitting_loses_nothing_and_always_moves_on() {
        assert_eq!(split_at_width("evidence", 3), ("evi", "dence"));
        assert_eq!(split_at_width("日本", 3), ("日", "本"));
        assert_eq!(split_at_width("日本", 1), ("日", "本"));
        assert_eq!(split_at_width("ab", 5), ("ab", ""));
        assert_eq!(split_at_width("", 5), ("", ""));
    }

    #[test]
    fn cutting_respects_columns_and_graphemes() {
        assert_eq!(truncate("evidence", 8), "evidence");
        assert_eq!(truncate("evidence", 5), "evid…");
        assert_eq!(truncate("日本語", 4), "日…");
        assert_eq!(truncate("e\u{301}te\u{301}", 2), "e\u{301}…");
        assert_eq!(truncate("ab", 0), "");
        for columns in 0..12 {
            assert!(width(&truncate("a 日本 👨‍👩‍👧 b", columns)) <= columns);
        }
    }
}
