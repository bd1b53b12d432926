//! The disk: how scenarios come in.
//!
//! Knows files and standard input, and what can be wrong with them. Must never know what stands in a file, nor the
//! terminal.

mod input;

pub use input::{Input, Unopened, open};
