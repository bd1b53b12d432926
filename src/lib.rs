//! Analysis of Competing Hypotheses on plain files.
//!
//! A scenario is a TOML file with hypotheses, items of evidence and a judgement in each cell of the matrix. This crate
//! reads it, says what is wrong with it, scores and checks it, and compares and merges versions of it:
//!
//! ```
//! use ach_matrix::document;
//! use ach_matrix::engine::{Matrix, rank};
//!
//! let file = std::fs::read("scenarios/iraq-1993.toml")?;
//! let scenario = document::read(file).scenario.ok_or("the file has errors")?;
//! let ranking = rank(&Matrix::new(&scenario, None), scenario.method());
//! for at in ranking.order() {
//!     if let (Some(rank), Some(score)) = (ranking.ranks[at], ranking.scores[at]) {
//!         println!("{rank}. {} ({score})", scenario.hypotheses[at].name);
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The default feature `cli` adds the program `ach`: the command line, the editor, the formats of reports, git and the
//! disk. A dependent that wants the library alone turns default features off.
//!
//! Each module may import only from layers below its own, as `docs/architecture.md` explains and `tests/house` enforces.
//!
//! | layer | module | knows | must never know |
//! |---|---|---|---|
//! | 0 | `text` | width and safety of text | anything else |
//! | 1 | [`scenario`] | the parts of an analysis | TOML, files |
//! | 1 | `git` | the git program, and the settings in which it runs `ach` | the contents of a file |
//! | 2 | [`diagnostic`] | errors, doubts and their places | the text of the file |
//! | 2 | [`change`] | changes to a scenario: apply, undo, diff, merge | bytes, TOML, words |
//! | 2 | [`filter`] | the language that says which evidence counts | commands, keys |
//! | 2 | [`engine`] | scores, and how sure they are | changes, rounding, words |
//! | 3 | [`document`] | the TOML file | the disk, scores |
//! | 3 | [`checks`] | flaws of method | the file: it names subjects, not lines |
//! | 4 | [`present`] | reports: one value for each question | formats, colours, the terminal's width |
//! | 5 | `report` | formats, one file each | the engine: all it prints is in the report |
//! | 6 | `export` | formats of other programs, one file each | the disk, the engine |
//! | 5 | `import` | matrices from other programs | the disk, TOML, scores |
//! | 5 | `store` | the disk | the terminal |
//! | 6 | `tui` | the editor | the command line, formats |
//! | 7 | `cli` | the command line, which joins them all | |

#[cfg_attr(
    not(feature = "cli"),
    allow(dead_code, unused_imports, reason = "much of it serves the formats and the editor")
)]
mod text;

pub mod scenario;

pub mod change;
pub mod diagnostic;
pub mod engine;
pub mod filter;

pub mod checks;
pub mod document;

pub mod present;

// The program. Its parts are public for the binary, the tests and the benchmarks only.
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod git;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod export;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod import;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod report;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod store;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod tui;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
