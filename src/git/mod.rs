//! The `git` program: versions of files, and which files changed between versions.
//!
//! Knows bytes, paths and names of revisions, and is the one module that starts processes. Must never know scenarios
//! or print. It only reads: no file, index or ref of a repository is written, no command that a configuration names
//! is run, and nothing is fetched (see [`Git`]). There are two exceptions: the settings that [`Git::set`],
//! [`Git::unset`] and [`Git::allow_filters`] write, for `ach git install` and `uninstall`, and filters that are
//! the user's own, that the user has allowed, or that git itself runs in the merge that it has started.
//!
//! The program is called instead of a library because it alone reads every repository its user has (worktrees, ref
//! tables, SHA-256, partial clones, `safe.directory`) and gives every revision the meaning that the user knows.

mod attributes;
mod batch;
mod changed;
mod entry;
mod error;
mod external_diff;
mod filter;
#[cfg(test)]
mod fixture;
mod history;
#[cfg(test)]
mod hostile;
mod lines;
mod merge_file;
mod object;
mod operation;
mod overriding;
mod path;
mod program;
mod quote;
mod repository;
mod revision;
mod run;
mod setting;

pub use attributes::{ATTRIBUTES, Pattern, with_patterns, without_patterns};
pub use batch::Batch;
pub use changed::{ChangedFile, FileStatus};
pub use entry::{Blob, EntryKind};
pub use error::Error;
pub use external_diff::{ExternalDiff, FilePair, FileVersion};
pub use filter::{FilterCommand, checked_out, stored};
pub use history::Commit;
pub use lines::{Hunks, compare_files, compare_lines};
pub use merge_file::{LineMerge, Three, merge_file};
pub use operation::{AppliedCommit, Operation, OperationKind};
pub use overriding::OverridingLine;
pub use path::TreePath;
pub use program::{program_of, this_program};
pub use repository::{Repository, discover, locate};
pub use revision::{Address, Range, Revision};
pub use run::Git;
pub use setting::{GitSetting, HUNK_HEADING, SETTINGS, Scope, SettingState, is_last_in_diff};
