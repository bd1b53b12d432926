//! Watching a file that is open: whether another program has written, replaced or deleted it.
//!
//! Each look costs one call of the system unless something happened. Knows the file's stamp (time, size, identity)
//! and its bytes; must never know what they mean.
#![expect(clippy::disallowed_methods, reason = "the disk is `store`'s")]

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::input::read_file;

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnDisk {
    /// It holds these bytes, cut off one past the limit of a scenario.
    Bytes(Vec<u8>),
    /// It is gone.
    Gone,
}

/// What a file looks like from outside; a file that was not touched looks the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    /// Device and number, where the system has them: a file that was replaced has another.
    identity: (u64, u64),
}

/// How the file looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// It has not been looked at since its bytes were read or written.
    Never,
    Gone,
    There(Stamp),
}

/// A file that is watched.
#[derive(Debug)]
pub struct Watch {
    path: PathBuf,
    /// How it looked when its bytes were last known.
    known: Look,
    /// How it looked the last time, where that was otherwise.
    pending: Option<Look>,
}

impl Watch {
    /// Watches a file whose bytes are known.
    #[must_use]
    pub const fn new(path: PathBuf) -> Self {
        Self { path, known: Look::Never, pending: None }
    }

    /// Looks at the file. `Some` if it looks otherwise than when it was known and has stopped changing, since other
    /// programs take their time to write, and some delete a file before they write it anew. Whether the bytes are
    /// others is for the caller to compare.
    pub fn look(&mut self) -> Option<OnDisk> {
        let now = look_at(&self.path)?;
        if now == self.known {
            self.pending = None;
            return None;
        }
        if self.pending.replace(now) != Some(now) {
            return None;
        }
        let found = match now {
            Look::Never => return None,
            Look::Gone => OnDisk::Gone,
            // What cannot be read now may be readable at the next look.
            Look::There(_) => OnDisk::Bytes(read_file(&self.path).ok()?),
        };
        self.known = now;
        self.pending = None;
        Some(found)
    }

    /// Says that the bytes of the file are known again: it was read or written.
    pub const fn renew(&mut self) {
        self.known = Look::Never;
        self.pending = None;
    }

    /// Which file it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// `None` if it cannot be seen.
pub(super) fn look_at(path: &Path) -> Option<Look> {
    match std::fs::metadata(path) {
        Ok(metadata) => Some(Look::There(Stamp {
            modified: metadata.modified().ok(),
            length: metadata.len(),
            identity: identity(&metadata),
        })),
        Err(error) if error.kind() == ErrorKind::NotFound => Some(Look::Gone),
        Err(_) => None,
    }
}

#[cfg(unix)]
fn identity(metadata: &std::fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(_: &std::fs::Metadata) -> (u64, u64) {
    (0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happens_to_a_file_is_told_once_when_it_is_over() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("f");
        std::fs::write(&path, "one").unwrap();
        let mut watch = Watch::new(path.clone());
        let bytes = |text: &str| Some(OnDisk::Bytes(text.into()));
        assert_eq!((watch.look(), watch.look(), watch.look()), (None, bytes("one"), None));
        std::fs::write(&path, "longer").unwrap();
        assert_eq!(watch.look(), None, "it may still be being written");
        std::fs::write(&path, "longer still").unwrap();
        assert_eq!((watch.look(), watch.look(), watch.look()), (None, bytes("longer still"), None));
        std::fs::remove_file(&path).unwrap();
        assert_eq!((watch.look(), watch.look(), watch.look()), (None, Some(OnDisk::Gone), None));
    }

    #[test]
    fn a_file_that_is_deleted_and_written_anew_was_never_gone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("f");
        std::fs::write(&path, "one").unwrap();
        let mut watch = Watch::new(path.clone());
        while watch.look().is_none() {}
        std::fs::remove_file(&path).unwrap();
        assert_eq!(watch.look(), None);
        std::fs::write(&path, "other").unwrap();
        assert_eq!((watch.look(), watch.look()), (None, Some(OnDisk::Bytes("other".into()))));
    }
}
