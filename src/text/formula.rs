//! Texts that spreadsheets would take for formulas: an apostrophe before them says that they are texts.

use std::borrow::Cow;

use super::sanitize::{escape, escape_char};

/// The first characters of formulas, in some languages also in full width.
const FIRST: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a text begins like a formula, apostrophes before it left aside.
pub(crate) fn is_like_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FIRST)
}

/// Returns a text without what a spreadsheet or a terminal would act on. Tab, CR and LF stay.
pub(crate) fn quote_formula(text: &str) -> Cow<'_, str> {
    let safe = escape(text, |c| matches!(c, '\t' | '\r' | '\n'), escape_char);
    if is_like_formula(&safe) { Cow::Owned(format!("'{safe}")) } else { safe }
}

/// Returns a text without the apostrophe that [`quote_formula`] puts before it.
pub(crate) fn unquote_formula(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_like_formula(rest)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_be_formulas() {
        assert_eq!(quote_formula("=1+1"), "'=1+1");
        assert_eq!(quote_formula("@x"), "'@x");
        for first in FIRST {
            assert_eq!(quote_formula(&format!("{first}1")), format!("'{first}1"));
        }
        assert_eq!(quote_formula("a=b\r\nc\u{1b}[0m\u{202e}"), "a=b\r\nc\\u001b[0m\\u202e");
    }

    #[test]
    fn the_apostrophe_comes_off_again_and_no_other() {
        for text in ["=1", "'=1", "''-1", "'tis", "a", "", "'", "＝x"] {
            assert_eq!(unquote_formula(&quote_formula(text)), text);
        }
    }
}
