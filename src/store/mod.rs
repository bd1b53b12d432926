//! The disk: how scenarios come in and go out.
//!
//! Knows files and standard input, and what can be wrong with them. Must never know what stands in a file, nor the
//! terminal.

mod input;
pub mod save;

pub use input::{Input, Unopened, open};
pub use save::{Expected, SaveError, save};
