//! Messages: all that can happen to the editor.

use ratatui::crossterm::event::KeyEvent;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Message {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this size: columns and rows.
    Resize(u16, u16),
    /// The mouse was clicked at this column and row of the screen; twice in quick succession, or not.
    Click { x: u16, y: u16, twice: bool },
    /// The wheel was turned: rows down and columns right.
    Scroll { rows: i16, columns: i16 },
    /// The file was written, or why not.
    Saved {
        /// What went wrong, and what can be done.
        result: Result<(), String>,
        /// Leave if it was written.
        then_quit: bool,
    },
}
