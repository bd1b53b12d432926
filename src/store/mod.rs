//! The disk: how scenarios come in and how they are saved.
//!
//! Knows files, standard input and the versions that git keeps, and what can be wrong with them. Must never know what
//! stands in a file, nor the terminal.

mod input;
mod save;

pub use input::{Input, MAX_BYTES, Origin, Unopened, exists, is_directory, open, open_tracked, unreadable};
pub use save::{Expected, Note, SaveError, Saved, Step, save};
