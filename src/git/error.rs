//! Errors of git as data. They are turned into words here and nowhere else.

use std::path::PathBuf;

use super::{EntryKind, Revision, TreePath};

/// The reason why git gave no answer. Messages may quote names from outside: printers escape them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// There is no `git` program in the search path.
    NotInstalled,
    /// The directory is in no repository.
    NotARepository {
        /// Where a repository was looked for.
        dir: PathBuf,
    },
    /// Git refuses to read this repository, since it belongs to somebody else.
    Distrusted {
        /// The repository as git names it.
        repository: String,
    },
    /// The repository is bare, or the place is inside its git directory: it has revisions but no files.
    NoWorkTree {
        /// The git directory.
        git_dir: PathBuf,
    },
    /// The path is not inside the work tree.
    OutsideRepository {
        /// The path.
        path: PathBuf,
    },
    /// `HEAD` is a branch without a commit.
    NoCommitYet,
    /// No revision has this name.
    NoSuchRevision {
        /// The name.
        revision: Revision,
    },
    /// The name is the beginning of several objects' ids.
    AmbiguousRevision {
        /// The name.
        revision: Revision,
    },
    /// The object has no tree: it is a file itself.
    NotARevision {
        /// The name.
        revision: Revision,
    },
    /// Two revisions have no common ancestor.
    NoMergeBase {
        /// One revision.
        from: Revision,
        /// The other revision.
        to: Revision,
    },
    /// The revision has no such file.
    NoSuchPath {
        /// The revision.
        revision: Revision,
        /// The path.
        path: TreePath,
    },
    /// The path is not a file in this revision.
    NotAFile {
        /// The revision.
        revision: Revision,
        /// The path.
        path: TreePath,
        /// Its kind.
        kind: EntryKind,
    },
    /// The object is over the caller's size limit.
    TooLarge {
        /// The object as it was requested.
        object: String,
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// The repository refers to an object that it does not hold: it is damaged, or a partial clone.
    MissingObject {
        /// The object's id.
        object: String,
    },
    /// The file is kept by a filter that only the repository defines, and that the user has not allowed.
    Withheld {
        /// The file.
        path: TreePath,
        /// The name of the filter.
        filter: String,
    },
    /// Git failed for any other reason.
    Failed {
        /// The command.
        command: String,
        /// Git's message without `fatal: `, or the system's if git could not be started.
        stderr: String,
    },
}

impl Error {
    /// Advice, where there is more to say than the message.
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            Self::NotInstalled => Some("install git, or name files instead of revisions"),
            Self::NotARepository { .. } => Some("revisions need a file that is in a git repository"),
            Self::Distrusted { .. } => {
                Some("if you trust it, `git config --global --add safe.directory DIRECTORY` says so")
            }
            Self::NoWorkTree { .. } => Some("name a revision, as in REV:path"),
            Self::AmbiguousRevision { .. } => Some("write more characters of the commit's id"),
            Self::NoSuchPath { .. } => {
                Some("paths start at the repository's root, or with ./ at this directory")
            }
            Self::MissingObject { .. } => Some(
                "`git fsck` shows what is wrong; in a partial clone, GIT_NO_LAZY_FETCH=0 in the environment allows git to fetch it",
            ),
            Self::Withheld { .. } => {
                Some("if you trust its commands, `ach git install` in the repository allows them")
            }
            Self::NoMergeBase { .. } => {
                Some("if this clone is shallow, `git fetch --unshallow` brings the commits that it lacks")
            }
            Self::OutsideRepository { .. }
            | Self::NoCommitYet
            | Self::NoSuchRevision { .. }
            | Self::NotARevision { .. }
            | Self::NotAFile { .. }
            | Self::TooLarge { .. }
            | Self::Failed { .. } => None,
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotInstalled => f.write_str("the git program was not found"),
            Self::NotARepository { dir } => write!(f, "{} is not in a git repository", dir.display()),
            Self::Distrusted { repository } => {
                write!(f, "git does not read {repository}, since it belongs to somebody else")
            }
            Self::NoWorkTree { git_dir } => write!(f, "{} has no work tree", git_dir.display()),
            Self::OutsideRepository { path } => write!(f, "{} is outside the repository", path.display()),
            Self::NoCommitYet => f.write_str("the current branch has no commit yet"),
            Self::NoSuchRevision { revision } => write!(f, "unknown revision \"{revision}\""),
            Self::AmbiguousRevision { revision } => {
                write!(f, "\"{revision}\" begins the ids of several objects")
            }
            Self::NotARevision { revision } => write!(f, "\"{revision}\" is a file, not a revision"),
            Self::NoMergeBase { from, to } => write!(f, "\"{from}\" and \"{to}\" have no common ancestor"),
            Self::NoSuchPath { revision, path } => write!(f, "there is no file \"{path}\" in \"{revision}\""),
            Self::NotAFile { revision, path, kind } => {
                write!(f, "\"{path}\" in \"{revision}\" is a {}, not a file", kind.as_str())
            }
            Self::TooLarge { object, size, limit } => {
                let mebibytes = limit / (1024 * 1024);
                let limit = if mebibytes > 0 { format!("{mebibytes} MiB") } else { format!("{limit} bytes") };
                write!(f, "{object} is over the limit of {limit}, with {size} bytes")
            }
            Self::MissingObject { object } => write!(f, "the repository lacks the object {object}"),
            Self::Withheld { path, filter } => {
                write!(f, "\"{path}\" is kept by the filter \"{filter}\", which only this repository defines")
            }
            Self::Failed { command, stderr } => write!(f, "`{command}` failed: {stderr}"),
        }
    }
}

impl std::error::Error for Error {}
