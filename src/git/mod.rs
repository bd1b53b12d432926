//! The `git` program: versions of files, and which files changed between versions.
//!
//! Knows bytes, paths and names of revisions, and is the one module that starts processes. Must never know scenarios
//! or print. It only reads: no file, index or ref of a repository is written, no command that a configuration names
//! is run, and nothing is fetched (see [`Git`]).
//!
//! The program is called instead of a library because it alone reads every repository its user has (worktrees, ref
//! tables, SHA-256, partial clones, `safe.directory`) and gives every revision the meaning that the user knows.

mod batch;
mod changed;
mod error;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod hostile;
mod merge_file;
mod object;
mod path;
mod repository;
mod revision;
mod run;

pub use batch::{Batch, EntryKind};
pub use changed::{Changed, Status};
pub use error::Error;
pub use merge_file::{LineMerge, Three, merge_file};
pub use path::TreePath;
pub use repository::{Repository, discover, locate};
pub use revision::{Address, Range, Revision};
pub use run::Git;
