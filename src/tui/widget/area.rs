//! A typed text of several lines: soft-wrapped, with its own undo.
//!
//! Knows nothing of the purpose of the text. Pasted text keeps its line breaks.

use ratatui::buffer::{Buffer, Cell};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};
use ratatui_textarea::{CursorMove, DataCursor, TextArea, WrapMode};

use crate::text::{is_unsafe, split_at_width, width};

/// Number of edits that can be undone while typing.
const UNDO: usize = 1_000;

/// A text of several lines with a cursor.
#[derive(Clone, Debug)]
pub(crate) struct Area {
    editor: TextArea<'static>,
}

impl PartialEq for Area {
    fn eq(&self, other: &Self) -> bool {
        self.editor.lines() == other.editor.lines() && self.editor.cursor() == other.editor.cursor()
    }
}

impl Eq for Area {}

impl Area {
    /// Returns a text with the cursor at its end.
    pub(crate) fn new(text: &str) -> Self {
        let mut editor = TextArea::new(text.split('\n').map(str::to_owned).collect());
        editor.set_wrap_mode(WrapMode::WordOrGlyph);
        editor.set_cursor_line_style(Style::new());
        editor.set_max_histories(UNDO);
        editor.move_cursor(CursorMove::Bottom);
        editor.move_cursor(CursorMove::End);
        Self { editor }
    }

    pub(crate) fn text(&self) -> String {
        self.editor.lines().join("\n")
    }

    /// Sets the width, which decides where the line above the cursor is.
    pub(crate) fn fit(&mut self, columns: u16) {
        let area = Rect { x: 0, y: 0, width: columns.max(1), height: 1 };
        self.editor.render(area, &mut Buffer::empty(area));
    }

    /// Inserts a text at the cursor. All line breaks become `\n`; control characters are dropped.
    pub(crate) fn insert(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let kept: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect();
        self.editor.insert_str(kept);
    }

    /// Takes a key. Returns whether it did anything; keys that lead out of the text do not.
    pub(crate) fn press(&mut self, event: KeyEvent) -> bool {
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        match (event.code, control, alt) {
            // Some terminals send AltGr as both at once: it is a character like any other.
            (KeyCode::Char(c), true, true) => {
                self.editor.insert_char(c);
                true
            }
            (KeyCode::Char('z'), true, false) => self.editor.undo(),
            (KeyCode::Char('y'), true, false) => self.editor.redo(),
            (KeyCode::Char('u'), true, false) => self.editor.delete_line_by_head(),
            (KeyCode::Tab | KeyCode::BackTab | KeyCode::Esc | KeyCode::F(_), ..) => false,
            _ => {
                let before = self.editor.cursor();
                self.editor.input(event) || self.editor.cursor() != before
            }
        }
    }

    /// Returns the number of lines at a width.
    pub(crate) fn rows(&self, columns: u16) -> u16 {
        let mut area = self.clone();
        area.fit(columns);
        area.editor.move_cursor(CursorMove::Bottom);
        area.editor.move_cursor(CursorMove::End);
        area.line(columns)
    }

    /// Returns the line of the cursor at a width, from 1.
    pub(crate) fn line(&self, columns: u16) -> u16 {
        let mut area = self.clone();
        area.fit(columns);
        u16::try_from(area.editor.screen_cursor().row + 1).unwrap_or(u16::MAX)
    }

    /// Draws the part that fits, in one style: around the cursor if there is one, else the start. Returns the place of the
    /// cursor.
    pub(crate) fn draw(
        &self,
        area: Rect,
        style: Style,
        cursor: Option<Style>,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        let area = area.intersection(buffer.area);
        let mut editor = self.editor.clone();
        editor.set_style(style);
        editor.set_cursor_style(cursor.unwrap_or(style));
        // The text area scrolls from its last position. This copy starts at the top, so that equal texts and cursors
        // give equal pictures.
        let DataCursor(row, column) = editor.cursor();
        editor.move_cursor(CursorMove::Jump(0, 0));
        Clear.render(area, buffer);
        editor.render(area, buffer);
        if cursor.is_some() {
            let small = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
            editor.move_cursor(CursorMove::Jump(small(row), small(column)));
            Clear.render(area, buffer);
            editor.render(area, buffer);
        }
        // The text area draws the character under its cursor without its combining marks. In a text that is not being
        // typed, that is the first character.
        let first = editor.lines().first().map_or("", |line| first(line));
        let is_lost = |rest: &str| !rest.is_empty() && width(rest) == 0;
        if cursor.is_none()
            && is_lost(first.get(first.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default())
            && let Some(cell) = buffer.cell_mut(area.as_position())
        {
            cell.set_symbol(first);
        }
        let (top, _) = editor.scroll_offset();
        let is_caret = |cell: &Cell| cursor.is_some_and(|cursor| cell.modifier.contains(cursor.add_modifier));
        for y in 0..area.height {
            // A space between two words belongs to the end of the first line, where there was no room for it.
            let DataCursor(_, column) = editor.screen_to_data(usize::from(top + y), 0);
            let first = buffer.cell((area.x, area.y + y));
            if column > 0 && first.is_some_and(|cell| cell.symbol() == " " && !is_caret(cell)) {
                for x in area.x..area.right() {
                    let next = buffer.cell((x + 1, area.y + y)).filter(|_| x + 1 < area.right()).cloned();
                    let cell = buffer.cell_mut((x, area.y + y));
                    cell.into_iter().for_each(|cell| *cell = next.clone().unwrap_or_default());
                }
            }
        }
        let mut caret = None;
        for place in area.positions() {
            let Some(cell) = buffer.cell_mut(place) else { continue };
            if cell.symbol().chars().any(is_unsafe) {
                cell.set_symbol("\u{fffd}");
            }
            let is_caret = |cursor: Style| cell.modifier.contains(cursor.add_modifier);
            if caret.is_none() && cursor.is_some_and(is_caret) {
                caret = Some(place);
            }
        }
        caret
    }
}

/// Returns the first character of a text with its combining marks.
fn first(text: &str) -> &str {
    let within = |columns| Some(split_at_width(text, columns).0).filter(|head| !head.is_empty());
    within(1).or_else(|| within(2)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(area: &Area, width: u16, height: u16, cursor: Option<Style>) -> Buffer {
        let place = Rect { x: 0, y: 0, width, height };
        let mut buffer = Buffer::empty(place);
        area.draw(place, Style::new(), cursor, &mut buffer);
        buffer
    }

    fn press(area: &mut Area, code: KeyCode, modifiers: KeyModifiers) -> bool {
        area.press(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn what_is_in_it_comes_out_of_it() {
        for text in ["", "a", "a\nb", "\n", "a\r\nb\n", "日本 👨‍👩‍👧\n\te\u{301}"] {
            assert_eq!(Area::new(text).text(), text);
        }
    }

    #[test]
    fn what_is_pasted_keeps_its_lines_and_acts_on_nothing() {
        let mut area = Area::new("x");
        area.insert("a\r\nb\rc\td\u{1b}[31m");
        assert_eq!(area.text(), "xa\nb\nc\td[31m");
    }

    #[test]
    fn a_paste_is_one_step_back() {
        let mut area = Area::new("before");
        area.insert(&"long ".repeat(2_000));
        assert_eq!(area.text().len(), 6 + 10_000);
        assert!(press(&mut area, KeyCode::Char('z'), KeyModifiers::CONTROL));
        assert_eq!(area.text(), "before");
        assert!(press(&mut area, KeyCode::Char('y'), KeyModifiers::CONTROL));
        assert_eq!(area.text().len(), 6 + 10_000);
    }

    #[test]
    fn the_line_above_is_the_one_that_is_seen() {
        let mut area = Area::new("one two three");
        area.fit(8);
        assert_eq!(area.rows(8), 2);
        assert!(press(&mut area, KeyCode::Up, KeyModifiers::NONE));
        assert!(!press(&mut area, KeyCode::Up, KeyModifiers::NONE), "there is no line above");
        assert!(press(&mut area, KeyCode::Down, KeyModifiers::NONE));
        assert!(!press(&mut area, KeyCode::Down, KeyModifiers::NONE));
    }

    #[test]
    fn a_text_that_fits_is_seen_whole() {
        let mut area = Area::new("one two three");
        area.fit(8);
        for cursor in [None, Some(Style::new())] {
            let buffer = picture(&area, 8, 2, cursor);
            let seen: String = buffer.content.iter().map(|cell| cell.symbol()).collect();
            assert_eq!(seen, "one two three   ");
        }
        let buffer = picture(&area, 8, 1, Some(Style::new()));
        let seen: String = buffer.content.iter().map(|cell| cell.symbol()).collect();
        assert_eq!(seen, "three   ", "the line of the cursor");
    }

    #[test]
    fn the_space_between_two_lines_is_not_drawn_at_the_start_of_the_second() {
        for cursor in [None, Some(Style::new().bold())] {
            let buffer = picture(&Area::new("one two three"), 7, 2, cursor);
            let seen: String = buffer.content.iter().map(|cell| cell.symbol()).collect();
            assert_eq!(seen, "one twothree  ");
        }
        let buffer = picture(&Area::new("one\n two"), 7, 2, None);
        let seen: String = buffer.content.iter().map(|cell| cell.symbol()).collect();
        assert_eq!(seen, "one     two   ", "a space at the start of a line is the writer's");
    }

    #[test]
    fn the_first_character_keeps_its_accent() {
        for first in ["e\u{301}", "o\u{308}\u{301}", "日"] {
            let area = Area::new(&format!("{first}t\u{e9}"));
            let buffer = picture(&area, 8, 1, None);
            assert_eq!(buffer.content[0].symbol(), first);
            let seen: String = buffer.content.iter().map(|cell| cell.symbol()).collect();
            assert_eq!(seen.replace(' ', ""), format!("{first}t\u{e9}"));
        }
    }

    #[test]
    fn nothing_in_the_picture_acts_on_a_terminal() {
        let area = Area::new("a\u{202e}b\u{1b}[31m\tc\u{200f}");
        for cursor in [None, Some(Style::new())] {
            let buffer = picture(&area, 20, 2, cursor);
            assert!(buffer.content.iter().all(|cell| !cell.symbol().chars().any(is_unsafe)));
        }
    }
}
