//! Messages: everything that can happen to the editor.

use ratatui::crossterm::event::KeyEvent;

use super::fragility::Fragility;
use super::head::HeadContent;
use super::paste::Pasted;
use super::settings::{Settings, SettingsWarning};
use super::settling::Recovery;
use crate::git::AppliedCommit;
use crate::store::OnDisk;
use crate::store::journal::{Blocked, PastStep};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Message {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this size: columns and rows.
    Resize((u16, u16)),
    /// The mouse was clicked at this column and row of the screen; twice in quick succession, or not.
    Click { x: u16, y: u16, twice: bool },
    /// The wheel was turned at this column and row of the screen: rows down and columns right.
    Scroll { x: u16, y: u16, rows: i16, columns: i16 },
    /// The mouse was moved to this column and row with its button held.
    Drag { x: u16, y: u16 },
    /// The file was written, or the reason why not.
    Saved {
        /// Notes on what could not be kept, such as permissions; or the failure and what can be done about it.
        result: Result<Vec<String>, String>,
        /// Whether to quit if it was written.
        then_quit: bool,
    },
    /// Another file was closed to leave the editor, and this one has unsaved edits.
    Leaving,
    /// A copy was written to the file of this name, or the reason why not.
    Copied(Result<String, String>),
    /// The file on disk is not as it was last read or written.
    OnDisk {
        /// The text that it had then.
        known: String,
        /// Its present state.
        found: OnDisk,
        /// If a save found this and waits: whether to quit after it.
        save: Option<bool>,
    },
    /// A crash left edits.
    Left(Box<Recovery>),
    /// The steps of past sessions that can be undone, the latest last, and when each was saved, as people write it.
    Past(Vec<(String, PastStep)>),
    /// The disk holds something that the user should know, in a sentence.
    Noticed(String),
    /// Edits that could not be journalled are in the journal now.
    Protected,
    /// The last edit could not be journalled.
    Unjournalled(Blocked),
    /// A text was written beside the file, under this name, or the reason why not.
    Kept(Result<String, String>),
    /// The user's own editor returned a text for the open form, or failed for a reason.
    Edited(Result<String, String>),
    /// The settings file was edited and read, or that failed for a reason.
    SettingsRead(Result<(Box<Settings>, Vec<SettingsWarning>), String>),
    /// The first picture is drawn, so slow work can begin.
    Drawn,
    /// The scenario was exported, in a sentence, or the reason why not.
    Exported(Result<String, String>),
    /// The matrix that was read from a file, as a question, or the reason why there is none.
    Imported(Result<Box<Pasted>, String>),
    /// The name of the user, for a new estimate; `None` if git does not know it.
    Named(Option<String>),
    /// The commit whose version is theirs in the merge that git has stopped; `None` if git cannot tell.
    Theirs(Option<AppliedCommit>),
    /// `HEAD` may have moved.
    HeadMoved,
    /// The version of the file at `HEAD` was read.
    Head(HeadContent),
    /// No key was pressed for a moment.
    Paused,
    /// No key is waiting, so the search can go on.
    SearchOn,
    /// The answer of a job that computes what the lead rests on.
    Fragility(Box<Fragility>),
}
