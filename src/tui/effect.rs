//! Effects: what the editor asks of the world. Described here, done in [`super::perform`].

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
    /// Put a text on the clipboard of the terminal.
    Copy(String),
    /// Draw with another theme.
    Theme(&'static str),
    /// Hand the terminal back to the shell until it returns.
    Suspend,
    /// Leave.
    Quit,
}
