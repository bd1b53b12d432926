//! Modes: the parts of the editor that take the keys, each with the data needed to leave it again.
//!
//! Knows what is typed, asked and read. Must never know the rest of the state.

use super::form::Form;
use super::paste::Pasted;
use super::prompt::Prompt;
use super::settling::{Recovery, Settling};
use super::widget::Input;
use crate::change::Change;
use crate::scenario::ItemKind;

/// The part of the editor that takes the keys.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mode {
    /// The matrix.
    Matrix,
    /// The help.
    Help(HelpSearch),
    /// A line that is typed under the matrix.
    Prompt(Prompt),
    /// The page of the panel.
    Page(Focus),
    /// A form.
    Form(Box<Form>),
    /// A list over the matrix.
    List(OpenList),
    /// A question that must be answered first.
    Question(Question),
}

/// A question that must be answered before work goes on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Question {
    /// Whether to save before quitting: the unsaved edits in words.
    Leave(Vec<String>),
    /// Which part to copy.
    Copy,
    /// Which panel to show.
    Panel,
    /// Which side of the conflict at this position stands.
    Conflict(usize),
    /// Whether to delete something.
    Delete(Deleting),
    /// Whether to settle all conflicts for one side.
    SettleAll(Deleting),
    /// The choice among the things that a pasted block can be.
    Paste(Box<Pasted>),
    /// Whether to take up edits that a crash left.
    Recover(Box<Recovery>),
    /// Which version stands where edits clash with the file on disk.
    Settle(Box<Settling>),
}

/// The help that is read, and what is searched in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct HelpSearch {
    pub(crate) input: Input,
    /// Lines that it is scrolled down, while nothing is searched.
    pub(crate) top: u16,
    /// Position of the chosen entry among those found.
    pub(crate) chosen: usize,
}

/// The part of a page that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
    /// So many lines down from the top of the page.
    Line(u16),
    /// This entry and the lines around it.
    Entry(usize),
}

/// Changes that wait for their question to be answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Deleting {
    /// The changes, to be made as one step.
    pub(crate) changes: Vec<Change>,
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
