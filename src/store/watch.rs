//! Watches an open file for another program that writes, replaces or deletes it.
//!
//! A check costs one system call unless something changed. Knows the file's stamp (time, size, identity) and its bytes;
//! must never know what they mean.
#![expect(clippy::disallowed_methods, reason = "the disk is `store`'s")]

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::input::read_file;

/// The state of a watched file on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnDisk {
    /// It holds these bytes, cut off one byte past the limit of a scenario.
    Bytes(Vec<u8>),
    /// It is deleted.
    Gone,
}

/// The metadata of a file; it is equal while the file is not touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    /// Device and inode, where the system has them: a replaced file has others.
    identity: (u64, u64),
}

/// The last known state of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LastLook {
    /// It has not been checked since its bytes were read or written.
    Never,
    Gone,
    There(Stamp),
}

/// A file that is watched.
#[derive(Debug)]
pub struct Watch {
    path: PathBuf,
    /// The state when its bytes were last known.
    known: LastLook,
    /// The state at the last check, if it was different.
    pending: Option<LastLook>,
}

impl Watch {
    /// Watches a file whose bytes are known.
    pub const fn new(path: PathBuf) -> Self {
        Self { path, known: LastLook::Never, pending: None }
    }

    /// Checks the file. `Some` if its metadata changed and is stable again, since other programs take their time to
    /// write, and some delete a file before they write it anew. The caller compares the bytes.
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
            LastLook::Never => return None,
            LastLook::Gone => OnDisk::Gone,
            // A file that cannot be read now may be readable at the next check.
            LastLook::There(_) => OnDisk::Bytes(read_file(&self.path).ok()?),
        };
        self.known = now;
        self.pending = None;
        Some(found)
    }

    /// Notes that the bytes of the file are known again, after reading or writing it.
    pub const fn renew(&mut self) {
        self.known = LastLook::Never;
        self.pending = None;
    }
}

/// Returns the metadata of a file; `None` if it is inaccessible.
pub(super) fn look_at(path: &Path) -> Option<LastLook> {
    match std::fs::metadata(path) {
        Ok(metadata) => Some(LastLook::There(Stamp {
            modified: metadata.modified().ok(),
            length: metadata.len(),
            identity: identity(&metadata),
        })),
        Err(error) if error.kind() == ErrorKind::NotFound => Some(LastLook::Gone),
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
