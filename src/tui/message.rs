//! Messages: all that can happen to the editor.

use ratatui::crossterm::event::KeyEvent;

use super::fragility::Fragility;
use super::head::Found;
use crate::store::OnDisk;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
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
        /// What is not as it was; or what went wrong, and what can be done.
        result: Result<Vec<String>, String>,
        /// Leave if it was written.
        then_quit: bool,
    },
    /// A copy was written to the file of this name, or why not.
    Copied(Result<String, String>),
    /// The file is not what it was known to be.
    OnDisk {
        /// The text that it was known to have.
        known: String,
        /// What became of it.
        found: OnDisk,
        /// Whether a save found it so and waits, and whether to leave after that.
        save: Option<bool>,
    },
    /// A crash left edits.
    Left {
        /// The text that was edited.
        base: String,
        /// The text with the edits.
        text: String,
        /// What was typed in a form that was open; empty if none was.
        draft: String,
        /// When the last of them was made, as people write it.
        written: String,
    },
    /// Something that was no journal was in its place and has this name now.
    Damaged(String),
    /// The last edit could not be journalled.
    Unjournalled(Unjournalled),
    /// A text was put beside the file, under this name; or why not.
    Kept(Result<String, String>),
    /// The first picture is drawn: what may take its time can begin.
    Drawn,
    /// `HEAD` may have moved.
    HeadMoved,
    /// What `HEAD` holds of the file.
    Head(Found),
    /// No key was pressed for a moment.
    Paused,
    /// What the lead rests on was computed.
    Fragility(Box<Fragility>),
}

/// Why an edit could not be journalled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unjournalled {
    /// Another editor has unsaved edits in the file.
    Elsewhere,
    /// Another session left edits since the file was opened.
    Left,
    /// What the system says.
    Failed(String),
}
