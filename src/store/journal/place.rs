//! The place of a journal: beside the file, or if that is impossible, in the user's state directory.
#![expect(clippy::disallowed_methods, reason = "the disk is `store`'s")]

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The possible places of the journal of one file, in order of preference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalPlace {
    pub(super) candidates: Vec<PathBuf>,
}

impl JournalPlace {
    /// Returns the places for this file. Links are followed, so that a file has one journal under all its names.
    /// `state` is the user's state directory, if there is one.
    #[must_use]
    pub fn of(file: &Path, state: Option<&Path>) -> Self {
        let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
        let mut name = OsString::from(".");
        name.push(file.file_name().unwrap_or_default());
        name.push(".ach-journal");
        let beside = file.with_file_name(name);
        // Short for any file name, and always the same for the same file.
        let hash = super::record::checksum_of(file.as_os_str().as_encoded_bytes());
        let elsewhere = state.map(|state| state.join("ach").join(format!("{hash:016x}.ach-journal")));
        Self { candidates: [Some(beside), elsewhere].into_iter().flatten().collect() }
    }
}

/// Opens an existing journal. A link is not followed, since anyone may have put it there.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let known = std::fs::symlink_metadata(path)?;
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    if known.is_file() && is_same(&known, &file.metadata()?) {
        Ok(file)
    } else {
        Err(ErrorKind::InvalidInput.into())
    }
}

/// Whether an open file still has this name.
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    let (Ok(open), Ok(there)) = (file.metadata(), std::fs::symlink_metadata(path)) else { return false };
    is_same(&open, &there)
}

#[cfg(unix)]
fn is_same(a: &std::fs::Metadata, b: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn is_same(a: &std::fs::Metadata, b: &std::fs::Metadata) -> bool {
    a.len() == b.len() && a.created().ok() == b.created().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_journal_under_all_its_names() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("case.toml");
        std::fs::write(&file, "").unwrap();
        let place = JournalPlace::of(&file, Some(Path::new("/state")));
        let root = directory.path().canonicalize().unwrap();
        assert_eq!(place.candidates[0], root.join(".case.toml.ach-journal"));
        assert!(place.candidates[1].starts_with("/state/ach"));
        assert_eq!(JournalPlace::of(&directory.path().join("./case.toml"), Some(Path::new("/state"))), place);
        #[cfg(unix)]
        {
            let link = directory.path().join("link.toml");
            std::os::unix::fs::symlink(&file, &link).unwrap();
            assert_eq!(JournalPlace::of(&link, Some(Path::new("/state"))), place);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_a_journal_is_not_followed() {
        let directory = tempfile::tempdir().unwrap();
        let (target, link) = (directory.path().join("target"), directory.path().join("link"));
        std::fs::write(&target, "precious").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        assert!(open(&target).is_ok());
        assert!(open(&link).is_err());
    }
}
