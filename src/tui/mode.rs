//! Modes: the parts of the editor that take the keys, each with the data needed to leave it again.
//!
//! Knows what is typed, asked and read. Must never know the rest of the state.

use super::form::Form;
use super::prompt::{Commanding, Filtering, Searching};
use super::settling::{Recovery, Settling};
use crate::change::Change;
use crate::scenario::ItemKind;

/// The part of the editor that takes the keys.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mode {
    /// The matrix.
    Matrix,
    /// The help, scrolled down by some lines.
    Help(u16),
    /// The question whether to leave without saving.
    Leave,
    /// A search that is being typed.
    Search(Searching),
    /// A filter that is being typed.
    Filter(Filtering),
    /// A command that is being typed.
    Command(Commanding),
    /// The question which part to copy.
    Copy,
    /// The question about the conflict at this position.
    Conflict(usize),
    /// The page of the panel.
    Page(Focus),
    /// The question whether to delete something.
    Delete(Deleting),
    /// A form.
    Form(Box<Form>),
    /// A list over the matrix.
    List(OpenList),
    /// The question whether to restore edits that a crash left.
    Recover(Box<Recovery>),
    /// The question which version to keep where edits clash with the file on disk.
    Settle(Box<Settling>),
}

/// The part of a page that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
    /// So many lines down from the top of the page.
    Line(u16),
    /// This entry and the lines around it.
    Entry(usize),
}

/// A deletion that waits for its question to be answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Deleting {
    pub(crate) change: Change,
    /// The question.
    pub(crate) question: String,
}

/// A list of the items of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OpenList {
    /// The kind of the items.
    pub(crate) kind: ItemKind,
    /// Position of the item that the keys act on.
    pub(crate) at: usize,
}
