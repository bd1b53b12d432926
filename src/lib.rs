//! `ach`: Analysis of Competing Hypotheses on plain files.
//!
//! The modules stand in the order of their layers; each may import only from those above it, as
//! `docs/architecture.md` tells and `tests/house.rs` holds.
//!
//! | layer | module | knows | must never know |
//! |---|---|---|---|
//! | 0 | [`text`] | width and safety of text | anything else |
//! | 1 | [`scenario`] | what an analysis is | TOML, files |
//! | 1 | [`git`] | the git program, and the settings in which it runs `ach` | what stands in a file |
//! | 2 | [`diagnostic`] | what is wrong or doubtful, and where | the text of the file |
//! | 2 | [`change`] | what happens to a scenario: apply, undo, diff, merge | bytes, TOML, words |
//! | 2 | [`engine`] | what the ratings say, in numbers | changes, rounding, words |
//! | 3 | [`document`] | the TOML file | the disk, scores |
//! | 3 | [`checks`] | what the method asks for | the file: it names subjects, not lines |
//! | 4 | [`present`] | what is said: one report a question | formats, colours, the terminal's width |
//! | 5 | [`report`] | how it is written: one file a format | the engine: all it prints is in the report |
//! | 5 | [`store`] | the disk | what stands in a file, the terminal |
//! | 6 | [`tui`] | the editor | the command line, formats |
//! | 7 | [`cli`] | the command line, which joins them all | |

pub mod text;

pub mod git;
pub mod scenario;

pub mod change;
pub mod diagnostic;
pub mod engine;

pub mod checks;
pub mod document;

pub mod present;

pub mod report;
pub mod store;

pub mod tui;

pub mod cli;
