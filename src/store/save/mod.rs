//! Saves a file atomically: at any moment it is the complete old one or the complete new one.
//!
//! The new bytes go to a temporary file beside the old one, are flushed to the disk, and take the old one's name in a
//! single step of the file system. Knows bytes and paths. Must never know what the bytes mean, nor print.
//!
//! Symbolic links are kept (their target is replaced), and so are the mode and, where the system permits it, owner and
//! group; [`Saved::notes`] says what could not be kept. Extended attributes and access control lists are lost. A
//! process that is killed while it saves can leave a file `.ach-*.tmp` behind, never half a scenario.
//!
//! Nothing is locked: another program can still write between the last check of the file and its replacement, which
//! follow each other directly.
#![expect(clippy::disallowed_methods, reason = "this is where files are written")]

mod outcome;
mod place;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

pub use outcome::{Expected, SaveError, SaveNote, SaveStep, Saved};

/// The size limit for returning a file that changed on the disk: one byte more than the largest scenario, so that its
/// reader can report the size.
const PRESENT_LIMIT: u64 = 64 * 1024 * 1024 + 1;

/// Replaces or creates the file at `path`, so that it holds `bytes`.
///
/// A file that already holds them is left untouched, unless a new file was expected.
///
/// # Errors
/// Any [`SaveError`]; the file is unchanged then, and no temporary file is left.
pub fn save(path: &Path, bytes: &[u8], expected: Expected<'_>) -> Result<Saved, SaveError> {
    let mut attempt = Attempt { path, bytes, before: &mut |_| Ok(()) };
    match expected {
        Expected::Absent => attempt.create(),
        Expected::Bytes(loaded) => attempt.replace(loaded),
    }
}

/// Whether the file at `path` may be written; `true` if it is inaccessible.
#[must_use]
pub fn is_writable(path: &Path) -> bool {
    std::fs::metadata(path).map_or(true, |metadata| place::is_writable(path, &metadata))
}

/// A save in progress.
struct Attempt<'a> {
    path: &'a Path,
    bytes: &'a [u8],
    /// Called before each step; an error replaces the step. Tests interrupt a save here.
    before: &'a mut dyn FnMut(SaveStep) -> io::Result<()>,
}

impl Attempt<'_> {
    fn create(&mut self) -> Result<Saved, SaveError> {
        let exists = |path: &Path| SaveError::AlreadyExists { path: path.to_owned() };
        if self.path.file_name().is_none() {
            return Err(SaveError::NotAFile { path: self.path.to_owned() });
        }
        let target =
            self.step(SaveStep::Resolve, place::follow).map_err(|error| self.without_directory(error))?;
        if std::fs::symlink_metadata(&target).is_ok() {
            return Err(exists(self.path));
        }
        // The default mode of a new file is 0666, from which the umask subtracts.
        let temporary = self
            .step(SaveStep::Create, |_| place::temporary_beside(&target, Some(0o666)))
            .map_err(|error| self.without_directory(error))?;
        self.fill(&temporary)?;
        self.step(SaveStep::Sync, |_| temporary.as_file().sync_all())?;
        let replaced = self.step(SaveStep::Replace, |_| Ok(temporary.persist_noclobber(&target)?));
        replaced.map_err(|error| match error {
            SaveError::Refused { error, .. } if error.kind() == ErrorKind::AlreadyExists => exists(self.path),
            error => error,
        })?;
        Ok(self.saved(target, Vec::new()))
    }

    fn replace(&mut self, loaded: &[u8]) -> Result<Saved, SaveError> {
        let target =
            self.step(SaveStep::Resolve, |path| path.canonicalize()).map_err(|error| self.if_gone(error))?;
        let metadata =
            self.step(SaveStep::Inspect, |_| target.metadata()).map_err(|error| self.if_gone(error))?;
        if !metadata.is_file() {
            return Err(SaveError::NotAFile { path: self.path.to_owned() });
        }
        if self.holds_new_bytes(SaveStep::Read, &target, loaded)? {
            return Ok(Saved { target, written: false, notes: Vec::new() });
        }
        if !place::is_writable(&target, &metadata) {
            return Err(SaveError::ReadOnly { path: self.path.to_owned() });
        }
        let mut notes = Vec::new();
        if let Some(others) = place::other_names(&metadata) {
            notes.push(SaveNote::OtherNamesKeepTheOldFile(others));
        }

        let temporary = self.step(SaveStep::Create, |_| place::temporary_beside(&target, None))?;
        self.fill(&temporary)?;
        let mut permissions = metadata.permissions();
        // Before the mode, since a change of owner clears bits of the mode.
        if self.step(SaveStep::SetOwner, |_| place::set_owner(&temporary, &metadata)).is_err() {
            notes.push(SaveNote::OwnerNotKept);
            place::withhold_from_group(&mut permissions);
        }
        self.step(SaveStep::SetMode, |_| temporary.as_file().set_permissions(permissions))?;
        self.step(SaveStep::Sync, |_| temporary.as_file().sync_all())?;
        if self.holds_new_bytes(SaveStep::ReadAgain, &target, loaded)? {
            return Ok(Saved { target, written: false, notes: Vec::new() });
        }
        self.step(SaveStep::Replace, |_| Ok(temporary.persist(&target)?))?;
        Ok(self.saved(target, notes))
    }

    /// Runs one step, and turns its failure into an error.
    fn step<T>(&mut self, step: SaveStep, call: impl FnOnce(&Path) -> io::Result<T>) -> Result<T, SaveError> {
        let refused = |error| SaveError::Refused { path: self.path.to_owned(), step, error };
        (self.before)(step).and_then(|()| call(self.path)).map_err(refused)
    }

    fn fill(&mut self, temporary: &NamedTempFile) -> Result<(), SaveError> {
        let bytes = self.bytes;
        self.step(SaveStep::Write, |_| temporary.as_file().write_all(bytes))
    }

    /// Whether the file already holds the new bytes; if not, it must hold those that were loaded.
    fn holds_new_bytes(&mut self, step: SaveStep, target: &Path, loaded: &[u8]) -> Result<bool, SaveError> {
        let limit = PRESENT_LIMIT.max(u64::try_from(loaded.len()).unwrap_or(u64::MAX).saturating_add(1));
        let read = self.step(step, |_| {
            let mut present = Vec::with_capacity(loaded.len().saturating_add(1));
            File::open(target)?.take(limit).read_to_end(&mut present)?;
            Ok(present)
        });
        let present = read.map_err(|error| self.if_gone(error))?;
        if present == self.bytes {
            return Ok(true);
        }
        if present == loaded {
            return Ok(false);
        }
        Err(SaveError::ChangedMeanwhile { path: self.path.to_owned(), present: Some(present) })
    }

    /// The file is replaced: only the confirmation of the directory can still fail.
    fn saved(&mut self, target: PathBuf, mut notes: Vec<SaveNote>) -> Saved {
        if self.step(SaveStep::SyncDirectory, |_| place::sync_directory(&target)).is_err() {
            notes.push(SaveNote::NotConfirmed);
        }
        Saved { target, written: true, notes }
    }

    /// A loaded file that is not found was deleted.
    fn if_gone(&self, error: SaveError) -> SaveError {
        match error {
            SaveError::Refused { error, .. } if error.kind() == ErrorKind::NotFound => {
                SaveError::ChangedMeanwhile { path: self.path.to_owned(), present: None }
            }
            error => error,
        }
    }

    /// A new file fails with this error if its directory does not exist.
    fn without_directory(&self, error: SaveError) -> SaveError {
        match error {
            SaveError::Refused { error, .. } if error.kind() == ErrorKind::NotFound => {
                SaveError::NoDirectory { path: self.path.to_owned() }
            }
            error => error,
        }
    }
}
