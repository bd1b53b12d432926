//! The disk: files are opened and saved here.
//!
//! Must never know the terminal.

pub mod save;
