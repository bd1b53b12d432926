//! The disk: how scenarios come in and how they are saved.
//!
//! Knows files and standard input, and what can be wrong with them. Must never know what stands in a file, nor the
//! terminal.

mod input;
mod save;

pub use input::{Input, Unopened, open};
pub use save::{Expected, Note, SaveError, Saved, Step, save};
