//! Modes: what the keys go to, each with what it needs to be left again.
//!
//! Knows what is typed, asked and looked at. Must never know the rest of the state.

use super::form::Form;
use super::prompt::{Commanding, Filtering, Searching};
use super::settling::{Recovery, Settling};
use crate::change::Change;
use crate::scenario::ItemKind;

/// What the keys go to.
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
    /// The question what to copy.
    Copy,
    /// What merges left to settle, of which this one is asked about.
    Conflict(usize),
    /// The page of the panel.
    Page(Focus),
    /// The question whether to delete something.
    Delete(Deleting),
    /// Fields that are being filled in.
    Form(Box<Form>),
    /// A list over the matrix.
    List(Listing),
    /// The question whether to take edits back in that a crash left.
    Recover(Box<Recovery>),
    /// The question what becomes of edits that clash with what others wrote.
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

/// What is to go once the question is answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Deleting {
    pub(crate) change: Change,
    /// What is asked.
    pub(crate) question: String,
}

/// A list that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Listing {
    /// What it lists.
    pub(crate) kind: ItemKind,
    /// Which of them the keys go to.
    pub(crate) at: usize,
}
