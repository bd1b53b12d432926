//! Effects: requests of the editor to the outside world, described here and carried out in `run` and `perform`.

use super::fragility::FragilityKey;

/// Something to be done outside the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Write the document's text to its file.
    Save {
        /// The text.
        text: String,
        /// Whether to quit afterwards.
        then_quit: bool,
    },
    /// Write a copy of the text to a new file.
    SaveCopy {
        /// The text.
        text: String,
        /// The name of the file.
        name: String,
    },
    /// Record the present text in the journal.
    Journal,
    /// Record the present contents of the open form in the journal.
    Draft,
    /// Accept the file as it was found on disk, and continue the journal from there with the present text.
    Adopt,
    /// Delete the edits that a crash left.
    Forget,
    /// Write a text that cannot be merged into the file beside it.
    Keep(String),
    /// Show the file of this name, which is opened if it is not open; `#` is the one seen last.
    ShowFile(String),
    /// Put a text on the clipboard of the terminal.
    Copy(String),
    /// Open an address in the browser.
    OpenAddress(String),
    /// Let the user edit the settings file in their own editor, and read it again.
    EditSettings,
    /// Let the user edit a text of the open form in their own editor.
    EditText(String),
    /// Write the scenario in the format of another program to the file of this name.
    Export(String),
    /// Read a matrix of another program from the file of this name.
    Import(String),
    /// Ask git for the name of the user, for a new estimate.
    AskName,
    /// Ask git whose version is theirs in the merge that it has stopped.
    AskTheirs,
    /// Read the version of the file at `HEAD`.
    ReadHead,
    /// Compute what the lead rests on, when no key is pressed for a moment.
    ComputeFragility(FragilityKey),
    /// Send `Message::Paused` when no key is pressed for a moment.
    Page,
    /// Send `Message::SearchOn` when no key is waiting.
    SearchOn,
    /// Draw with the theme of this name.
    Theme(&'static str),
    /// Return the terminal to the shell until the shell resumes the editor.
    Suspend,
    /// Quit.
    Quit,
}
