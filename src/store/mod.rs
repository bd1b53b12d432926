//! The disk: how scenarios come in.
//!
//! Knows files, standard input and the versions that git keeps, and what can be wrong with them. Must never know what stands in a file, nor the
//! terminal.

mod input;

pub use input::{Input, MAX_BYTES, Origin, Unopened, exists, is_directory, open, open_tracked, unreadable};
