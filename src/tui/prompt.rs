//! Prompts: lines that are typed under the matrix, with the data needed to leave them again.

use super::cursor::Cursor;
use super::search::RowScan;
use super::widget::Input;

/// A line that is typed under the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Prompt {
    Search(Searching),
    Filter(Filtering),
    Command(Commanding),
}

/// A search that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Searching {
    pub(crate) input: Input,
    /// The search through the rows, as far as it has come.
    pub(crate) scan: RowScan,
    /// The rows that match so far, ascending.
    pub(crate) hits: Vec<usize>,
    /// The cursor and the first row in view before the search.
    pub(crate) from: (Cursor, usize),
}

/// A filter that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filtering {
    pub(crate) input: Input,
    /// The filter before.
    pub(crate) before: String,
    /// Position in the scenario of the item under the cursor.
    pub(crate) item: Option<usize>,
}

/// A command that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Commanding {
    pub(crate) input: Input,
    /// How many commands back in the history the line is from; 0 for a new line.
    pub(crate) back: usize,
    /// The line that was typed before the history was used.
    pub(crate) draft: String,
    pub(crate) completion: Option<Completion>,
}

/// A word that is being completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Completion {
    /// The line before the word.
    pub(crate) base: String,
    /// The words that it can be, at least two.
    pub(crate) candidates: Vec<String>,
    /// Position of the present one.
    pub(crate) at: usize,
}
