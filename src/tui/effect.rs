//! Effects: what the editor asks of the world. Described here, done in [`super::perform`].

use super::fragility::FragilityKey;

/// Something to be done outside the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Write the document's text to its file.
    Save {
        /// The text.
        text: String,
        /// Leave afterwards.
        then_quit: bool,
    },
    /// Write a copy of the text to a new file of this name.
    SaveCopy {
        /// The text.
        text: String,
        /// The file.
        name: String,
    },
    /// Note the text as it is now in the journal.
    Journal,
    /// Note what is being typed in a form as it is now in the journal.
    Draft,
    /// Know the file to be as it was found; the journal goes on from there with the text as it is now.
    Adopt,
    /// Delete the edits that a crash left.
    Forget,
    /// Put a text beside the file that has no place in it.
    Keep(String),
    /// Put a text on the clipboard of the terminal.
    Copy(String),
    /// Read the version that was committed last.
    ReadHead,
    /// Compute what the lead rests on, when no key is pressed for a moment.
    ComputeFragility(FragilityKey),
    /// Tell when no key is pressed for a moment: then the page is made anew that is shown.
    Page,
    /// Draw with another theme.
    Theme(&'static str),
    /// Hand the terminal back to the shell until it returns.
    Suspend,
    /// Leave.
    Quit,
}
