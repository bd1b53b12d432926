//! The version of a file in `HEAD`, and whether `HEAD` may have moved since it was read.
//!
//! Knows which files of git a commit, a checkout or a reset touches; must never know what they contain.

use std::path::{Path, PathBuf};

use super::MAX_BYTES;
use super::watch::{LastLook, look_at};
use crate::git::{self, Error, Revision};

/// The version of a file in `HEAD`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AtHead {
    /// These bytes.
    Bytes(Vec<u8>),
    /// None: the file was never committed, or not on this branch.
    Uncommitted,
    /// The file is in no repository.
    NoRepository,
    /// It is unknown, for this reason.
    Unknown(String),
}

/// Reads the version of a file in `HEAD`. Starts processes and takes milliseconds, too long before the first screen.
///
/// The watch says when to read again; there is none outside a repository.
pub fn at_head(file: &Path) -> (AtHead, Option<HeadWatch>) {
    let (repository, path) = match git::locate(file) {
        Ok(found) => found,
        Err(error) => return (without(&error), None),
    };
    // Checked before reading, so that a move in between is noticed.
    let watch = HeadWatch::new(repository.git_dir());
    let found = match repository.blob(&Revision::head(), &path, MAX_BYTES) {
        Ok(Some(bytes)) => AtHead::Bytes(bytes),
        Ok(None) => AtHead::Uncommitted,
        Err(error) => without(&error),
    };
    (found, Some(watch))
}

fn without(error: &Error) -> AtHead {
    match error {
        Error::NotARepository { .. } | Error::NoWorkTree { .. } | Error::OutsideRepository { .. } => {
            AtHead::NoRepository
        }
        Error::NoCommitYet | Error::NoSuchPath { .. } | Error::NotAFile { .. } => AtHead::Uncommitted,
        Error::NotInstalled
        | Error::Distrusted { .. }
        | Error::NoSuchRevision { .. }
        | Error::AmbiguousRevision { .. }
        | Error::NotARevision { .. }
        | Error::NoMergeBase { .. }
        | Error::TooLarge { .. }
        | Error::MissingObject { .. }
        | Error::Withheld { .. }
        | Error::Failed { .. } => AtHead::Unknown(error.to_string()),
    }
}

/// The files of git whose metadata shows that `HEAD` may have moved.
#[derive(Clone, Debug)]
pub struct HeadWatch {
    files: Vec<(PathBuf, Option<LastLook>)>,
}

impl HeadWatch {
    /// A commit, a reset and a checkout write the index or a log; a checkout of another branch writes `HEAD` too.
    fn new(git_dir: &Path) -> Self {
        let files = ["HEAD", "logs/HEAD", "index"].map(|name| git_dir.join(name));
        Self { files: files.into_iter().map(|file| (file.clone(), look_at(&file))).collect() }
    }

    /// Whether any of them changed since the last check. Takes one system call for each.
    pub fn has_moved(&mut self) -> bool {
        let mut moved = false;
        for (file, look) in &mut self.files {
            let now = look_at(file);
            moved |= now != *look;
            *look = now;
        }
        moved
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the test works in a repository of its own")]
mod tests {
    use std::process::Command;

    use super::*;

    fn git(directory: &Path, arguments: &[&str]) {
        let mut command = Command::new("git");
        command.current_dir(directory).args(["-c", "user.name=A", "-c", "user.email=a@b"]).args(arguments);
        assert!(command.output().unwrap().status.success(), "git {arguments:?}");
    }

    #[test]
    fn a_commit_moves_head_and_an_edit_does_not() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("case.toml");
        std::fs::write(&file, "one").unwrap();
        assert_eq!(at_head(&file).0, AtHead::NoRepository);
        git(directory.path(), &["init", "-q"]);
        let (found, watch) = at_head(&file);
        assert_eq!((found, watch.is_some()), (AtHead::Uncommitted, true));
        git(directory.path(), &["add", "."]);
        git(directory.path(), &["commit", "-q", "-m", "one"]);
        let (found, watch) = at_head(&file);
        let mut watch = watch.unwrap();
        assert_eq!((found, watch.has_moved()), (AtHead::Bytes("one".into()), false));
        std::fs::write(&file, "two").unwrap();
        assert!(!watch.has_moved());
        git(directory.path(), &["commit", "-q", "-a", "-m", "two"]);
        assert!(watch.has_moved());
        assert!(!watch.has_moved(), "it is told once");
        assert_eq!(at_head(&file).0, AtHead::Bytes("two".into()));
    }
}
