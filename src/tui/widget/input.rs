//! A typed line: text, a cursor between graphemes, and the usual keys.
//!
//! Not a `ratatui-textarea` of one row: its Backspace deletes one character, which takes the accent off a letter and
//! breaks an emoji. Knows nothing of the purpose of the line. Pasted line breaks become spaces.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{single_line, width};

/// A line of text with a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Input {
    text: String,
    /// Bytes before the cursor; a boundary between graphemes.
    at: usize,
}

impl Input {
    /// Returns a line with the cursor at its end.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let at = text.len();
        Self { text, at }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text before the cursor.
    pub(crate) fn head(&self) -> &str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// The text from the cursor on.
    pub(crate) fn tail(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Replaces the text before the cursor.
    pub(crate) fn set_head(&mut self, head: &str) {
        self.text.replace_range(..self.at, head);
        self.go(head.len());
    }

    /// Inserts a text at the cursor. Line breaks and tabs become spaces, other control characters are dropped.
    pub(crate) fn insert(&mut self, text: &str) {
        let line = text.replace("\r\n", " ").replace(['\r', '\n', '\t'], " ");
        let line: String = line.chars().filter(|c| !c.is_control()).collect();
        self.text.insert_str(self.at, &line);
        self.go(self.at + line.len());
    }

    /// Takes a key. Returns whether it is one of the line's.
    pub(crate) fn press(&mut self, event: KeyEvent) -> bool {
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        match (event.code, control, alt) {
            // Some terminals send AltGr as both at once: it is a character like any other.
            (KeyCode::Char(c), true, true) | (KeyCode::Char(c), false, false) => {
                self.insert(c.encode_utf8(&mut [0; 4]));
            }
            (KeyCode::Left, true, _) | (KeyCode::Left | KeyCode::Char('b'), _, true) => {
                self.at = self.word_before();
            }
            (KeyCode::Right, true, _) | (KeyCode::Right | KeyCode::Char('f'), _, true) => {
                self.at = self.word_after();
            }
            (KeyCode::Left, ..) | (KeyCode::Char('b'), true, _) => self.at = self.before(),
            (KeyCode::Right, ..) | (KeyCode::Char('f'), true, _) => self.at = self.after(),
            (KeyCode::Home, ..) | (KeyCode::Char('a'), true, _) => self.at = 0,
            (KeyCode::End, ..) | (KeyCode::Char('e'), true, _) => self.at = self.text.len(),
            (KeyCode::Char('w'), true, _) | (KeyCode::Backspace, true, _) | (KeyCode::Backspace, _, true) => {
                self.cut(self.word_before(), self.at);
            }
            (KeyCode::Char('d') | KeyCode::Delete, _, true) | (KeyCode::Delete, true, _) => {
                self.cut(self.at, self.word_after());
            }
            (KeyCode::Backspace, ..) | (KeyCode::Char('h'), true, _) => self.cut(self.before(), self.at),
            (KeyCode::Delete, ..) | (KeyCode::Char('d'), true, _) => self.cut(self.at, self.after()),
            (KeyCode::Char('u'), true, _) => self.cut(0, self.at),
            (KeyCode::Char('k'), true, _) => self.cut(self.at, self.text.len()),
            _ => return false,
        }
        true
    }

    /// Returns the part to show in so many columns, everything or what is around the cursor: the text before the cursor, the
    /// grapheme under it, which is a space at the end of the line, and the text after it.
    pub(crate) fn window(&self, columns: usize) -> [String; 3] {
        let mut under = self.tail().graphemes(true).next().map_or(" ".into(), shown);
        if width(&under) > columns.max(1) {
            under = "…".into();
        }
        let room = columns.saturating_sub(width(&under));
        let (before, used) = fit(self.head().graphemes(true).rev(), room);
        let (after, _) = fit(self.tail().graphemes(true).skip(1), room - used);
        [before.into_iter().rev().collect(), under, after.concat()]
    }

    /// Puts the cursor at this byte, or at the end of the grapheme there.
    fn go(&mut self, byte: usize) {
        let ends = self.text.grapheme_indices(true).map(|(start, grapheme)| start + grapheme.len());
        self.at = std::iter::once(0).chain(ends).find(|end| *end >= byte).unwrap_or(self.text.len());
    }

    fn cut(&mut self, from: usize, to: usize) {
        if from < to {
            self.text.replace_range(from..to, "");
            self.go(from);
        }
    }

    fn before(&self) -> usize {
        self.at - self.head().graphemes(true).next_back().map_or(0, str::len)
    }

    fn after(&self) -> usize {
        self.at + self.tail().graphemes(true).next().map_or(0, str::len)
    }

    /// Returns the start of the word before the cursor.
    fn word_before(&self) -> usize {
        let graphemes = self.head().grapheme_indices(true).rev();
        let letters = graphemes.skip_while(|(_, grapheme)| is_space(grapheme));
        letters.take_while(|(_, grapheme)| !is_space(grapheme)).last().map_or(0, |(start, _)| start)
    }

    /// Returns the end of the word after the cursor.
    fn word_after(&self) -> usize {
        let graphemes = self.tail().grapheme_indices(true);
        let mut after = graphemes.skip_while(|(_, grapheme)| is_space(grapheme));
        after.find(|(_, grapheme)| is_space(grapheme)).map_or(self.text.len(), |(start, _)| self.at + start)
    }
}

/// Whether a grapheme separates words.
fn is_space(grapheme: &str) -> bool {
    grapheme.starts_with(char::is_whitespace)
}

/// Returns a grapheme as it is shown, escaped.
fn shown(grapheme: &str) -> String {
    single_line(grapheme).into_owned()
}

/// Returns as many graphemes as fit, and their width.
fn fit<'a>(graphemes: impl Iterator<Item = &'a str>, columns: usize) -> (Vec<String>, usize) {
    let (mut taken, mut used) = (Vec::new(), 0);
    for grapheme in graphemes.map(shown) {
        let with = used + width(&grapheme);
        if with > columns {
            break;
        }
        used = with;
        taken.push(grapheme);
    }
    (taken, used)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn press(input: &mut Input, code: KeyCode, modifiers: KeyModifiers) -> bool {
        input.press(KeyEvent::new(code, modifiers))
    }

    /// Returns the line with `|` at the cursor after these keys; `^x` is Ctrl-x.
    fn typed(start: &str, keys: &[&str]) -> String {
        let mut input = Input::new(start);
        for key in keys {
            let (code, modifiers) = match *key {
                "left" => (KeyCode::Left, KeyModifiers::NONE),
                "right" => (KeyCode::Right, KeyModifiers::NONE),
                "back" => (KeyCode::Backspace, KeyModifiers::NONE),
                "del" => (KeyCode::Delete, KeyModifiers::NONE),
                "home" => (KeyCode::Home, KeyModifiers::NONE),
                word => match word.strip_prefix('^') {
                    Some(c) => (KeyCode::Char(c.chars().next().unwrap()), KeyModifiers::CONTROL),
                    None => (KeyCode::Char(word.chars().next().unwrap()), KeyModifiers::NONE),
                },
            };
            assert!(press(&mut input, code, modifiers), "{key}");
        }
        format!("{}|{}", input.head(), input.tail())
    }

    #[test]
    fn the_usual_keys_do_the_usual_things() {
        assert_eq!(typed("one two", &["^a", "x"]), "x|one two");
        assert_eq!(typed("one two", &["^w"]), "one |");
        assert_eq!(typed("one two  ", &["^w"]), "one |");
        assert_eq!(typed("one two", &["left", "left", "^k"]), "one t|");
        assert_eq!(typed("one two", &["left", "left", "^u"]), "|wo");
        assert_eq!(typed("one", &["home", "del", "^e", "back"]), "n|");
        assert_eq!(typed("", &["back", "del", "left", "^w", "^k"]), "|");
    }

    #[test]
    fn graphemes_are_not_cut() {
        assert_eq!(typed("日本e\u{301}", &["back"]), "日本|");
        assert_eq!(typed("a👨‍👩‍👧b", &["left", "left"]), "a|👨‍👩‍👧b");
        assert_eq!(typed("a👨‍👩‍👧b", &["left", "back"]), "a|b");
        // A combining mark joins what stands before it.
        assert_eq!(typed("e", &["\u{301}", "left"]), "|e\u{301}");
    }

    #[test]
    fn what_is_pasted_stays_on_the_line_and_acts_on_nothing() {
        let mut input = Input::default();
        input.insert("a\r\nb\tc\u{1b}[31m");
        assert_eq!(input.text(), "a b c[31m");
    }

    #[test]
    fn the_cursor_is_in_view() {
        let mut input = Input::new("one two three");
        let seen = |input: &Input, columns| {
            let [before, under, after] = input.window(columns);
            format!("{before}[{under}]{after}")
        };
        assert_eq!(seen(&input, 20), "one two three[ ]");
        assert_eq!(seen(&input, 6), "three[ ]");
        press(&mut input, KeyCode::Home, KeyModifiers::NONE);
        assert_eq!(seen(&input, 6), "[o]ne tw");
        assert_eq!(seen(&Input::new("日本"), 4), "本[ ]");
        assert_eq!(seen(&Input::new("\u{202e}"), 9), r"\u202e[ ]");
    }

    proptest! {
        #[test]
        fn any_keys_leave_the_cursor_between_graphemes_and_in_view(
            text in "[ab 日\u{301}👨\u{200d}👩é\u{202e}]{0,8}",
            keys in proptest::collection::vec(0_usize..12, 0..20),
            columns in 1_usize..12,
        ) {
            let mut input = Input::new(text);
            for key in keys {
                let codes = [
                    (KeyCode::Left, KeyModifiers::NONE), (KeyCode::Right, KeyModifiers::NONE),
                    (KeyCode::Backspace, KeyModifiers::NONE), (KeyCode::Delete, KeyModifiers::NONE),
                    (KeyCode::Home, KeyModifiers::NONE), (KeyCode::End, KeyModifiers::NONE),
                    (KeyCode::Left, KeyModifiers::ALT), (KeyCode::Right, KeyModifiers::ALT),
                    (KeyCode::Char('w'), KeyModifiers::CONTROL), (KeyCode::Delete, KeyModifiers::CONTROL),
                    (KeyCode::Char('\u{301}'), KeyModifiers::NONE), (KeyCode::Char('日'), KeyModifiers::NONE),
                ];
                let (code, modifiers) = codes[key];
                press(&mut input, code, modifiers);
                let boundary = |at: usize| {
                    at == input.text().len() || input.text().grapheme_indices(true).any(|(start, _)| start == at)
                };
                prop_assert!(boundary(input.head().len()));
                let [before, under, after] = input.window(columns);
                prop_assert!(width(&before) + width(&under) + width(&after) <= columns.max(2));
            }
        }
    }
}
