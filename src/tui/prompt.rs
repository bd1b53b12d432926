//! Prompts: lines that are being typed under the matrix, and what they need to be left again.

use super::cursor::Cursor;
use super::widget::Input;

/// A search that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Searching {
    pub(crate) input: Input,
    /// Rows that match, ascending.
    pub(crate) hits: Vec<usize>,
    /// Where the cursor was, and the first row in view.
    pub(crate) from: (Cursor, usize),
}

/// A filter that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filtering {
    pub(crate) input: Input,
    /// The filter that there was.
    pub(crate) before: String,
    /// The item that the cursor was on, by its position in the scenario.
    pub(crate) item: Option<usize>,
}

/// A command that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Commanding {
    pub(crate) input: Input,
    /// How far back in the history the line is from; 0 is none of it.
    pub(crate) back: usize,
    /// What was typed before the history was looked at.
    pub(crate) draft: String,
    pub(crate) completion: Option<Completion>,
}

/// A word that is being completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Completion {
    /// What stands before the word.
    pub(crate) base: String,
    /// What the word can be; several.
    pub(crate) candidates: Vec<String>,
    /// Which of them it is now.
    pub(crate) at: usize,
}
