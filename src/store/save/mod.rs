//! Saves a file atomically: at any moment it is the complete old one or the complete new one.
//!
//! The new bytes go to a temporary file in the same directory, are flushed to the disk, and take the old one's name in a
//! single step of the file system. Knows bytes and paths. Must never know what the bytes mean, nor print.
//!
//! A file that exists is saved through symbolic links if the user named it ([`Expected::Bytes`]). A new file, and a file
//! whose name the user did not type, is never written through a link ([`Expected::Absent`], [`Expected::Unlinked`]).
//! Mode, owner, group, access control lists and extended attributes are kept where the system permits it;
//! [`Saved::notes`] says what could not be kept.
//!
//! From the last check of the file to its replacement, a lock on the old file keeps other saves out, where the file
//! system has locks. Programs that do not lock can still write between these two system calls.
#![expect(clippy::disallowed_methods, reason = "this is where files are written")]

mod content;
mod outcome;
mod place;
mod rights;
mod stream;
mod temporary;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use crate::document::MAX_FILE;
use content::Content;
pub use outcome::{Expected, SaveError, SaveNote, SaveStep, Saved};
pub(in crate::store) use place::{is_at, is_own, is_same};
pub use stream::save_written;
use temporary::Temporary;
pub(in crate::store) use temporary::sweep;

/// The size limit for returning a file that changed on the disk: one byte more than the largest scenario, so that its
/// reader can report the size.
const PRESENT_LIMIT: u64 = MAX_FILE as u64 + 1;

/// Replaces or creates the file at `path`, so that it holds `bytes`.
///
/// A file that already holds them is left untouched, unless a new file was expected.
///
/// # Errors
/// Any [`SaveError`]; the file is unchanged then, and no temporary file is left.
pub fn save(path: &Path, bytes: &[u8], expected: Expected<'_>) -> Result<Saved, SaveError> {
    Attempt { path, bytes, before: &mut |_| Ok(()) }.run(expected)
}

/// Whether the file at `path` may be written; `true` if it is inaccessible.
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
    fn run(&mut self, expected: Expected<'_>) -> Result<Saved, SaveError> {
        if self.bytes.len() > MAX_FILE {
            return Err(SaveError::TooLarge { path: self.path.to_owned() });
        }
        match expected {
            Expected::Absent => self.create(),
            Expected::Bytes(loaded) => self.replace(loaded, Path::canonicalize),
            Expected::Unlinked(loaded) => self.replace(loaded, place::unfollowed),
        }
    }

    fn create(&mut self) -> Result<Saved, SaveError> {
        let exists = |path: &Path| SaveError::AlreadyExists { path: path.to_owned() };
        if self.path.file_name().is_none() {
            return Err(SaveError::NotAFile { path: self.path.to_owned() });
        }
        let target =
            self.step(SaveStep::Resolve, place::unfollowed).map_err(|error| self.without_directory(error))?;
        // A link exists, even if its target does not.
        if std::fs::symlink_metadata(&target).is_ok() {
            return Err(exists(self.path));
        }
        // The default mode of a new file is 0666, from which the umask subtracts.
        let temporary = self
            .step(SaveStep::Create, |_| Temporary::beside(&target, 0o666))
            .map_err(|error| self.without_directory(error))?;
        self.fill(&temporary)?;
        self.step(SaveStep::Sync, |_| temporary.file().sync_all())?;
        let created = self.step(SaveStep::Replace, |_| temporary.place_as_new(&target));
        created.map_err(|error| instead_of(ErrorKind::AlreadyExists, error, exists(self.path)))?;
        Ok(self.saved(target, Vec::new()))
    }

    /// Replaces the file that `resolve` makes of the path.
    fn replace(
        &mut self,
        loaded: &[u8],
        resolve: fn(&Path) -> io::Result<PathBuf>,
    ) -> Result<Saved, SaveError> {
        let target = self.step(SaveStep::Resolve, resolve).map_err(|error| self.if_gone(error))?;
        let metadata = self
            .step(SaveStep::Inspect, |_| target.symlink_metadata())
            .map_err(|error| self.if_gone(error))?;
        if metadata.is_symlink() {
            return Err(SaveError::IsLink { path: self.path.to_owned() });
        }
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

        let temporary = self.step(SaveStep::Create, |_| Temporary::beside(&target, 0o600))?;
        self.fill(&temporary)?;
        let permissions = self.keep_rights(&target, &metadata, temporary.file(), &mut notes);
        self.step(SaveStep::SetMode, |_| temporary.file().set_permissions(permissions))?;
        self.step(SaveStep::Sync, |_| temporary.file().sync_all())?;
        let lock = place::lock(&target);
        if self.holds_new_bytes(SaveStep::ReadAgain, &target, loaded)? {
            return Ok(Saved { target, written: false, notes: Vec::new() });
        }
        self.step(SaveStep::Replace, |_| temporary.place_over(&target))?;
        drop(lock);
        Ok(self.saved(target, notes))
    }

    /// Gives the new file the owner, group and attributes of the old one as far as the system permits. Returns the mode
    /// to set last, since each of these can change it.
    fn keep_rights(
        &mut self,
        old: &Path,
        metadata: &std::fs::Metadata,
        new: &File,
        notes: &mut Vec<SaveNote>,
    ) -> std::fs::Permissions {
        let mut permissions = metadata.permissions();
        let is_group_kept = self.step(SaveStep::SetGroup, |_| rights::set_group(new, metadata)).is_ok();
        if self.step(SaveStep::SetOwner, |_| rights::set_owner(new, metadata)).is_err() {
            notes.push(SaveNote::OwnerNotKept);
            rights::clear_set_id(&mut permissions);
        }
        if let Err(lost) = self.copy_attributes(old, new) {
            notes.push(if lost.has_list { SaveNote::AccessListNotKept } else { SaveNote::AttributesNotKept });
            rights::limit_group(&mut permissions, lost.group);
        }
        if !is_group_kept {
            notes.push(SaveNote::GroupNotKept);
            rights::clear_set_id(&mut permissions);
            rights::withhold_from_group(&mut permissions);
        }
        permissions
    }

    fn copy_attributes(&mut self, old: &Path, new: &File) -> Result<(), rights::LostAttributes> {
        match (self.before)(SaveStep::SetAttributes) {
            Ok(()) => rights::copy_attributes(old, new),
            Err(_) => Err(rights::LostAttributes::of(old)),
        }
    }

    /// Runs one step, and turns its failure into an error.
    fn step<T>(&mut self, step: SaveStep, call: impl FnOnce(&Path) -> io::Result<T>) -> Result<T, SaveError> {
        let refused = |error| SaveError::Refused { path: self.path.to_owned(), step, error };
        (self.before)(step).and_then(|()| call(self.path)).map_err(refused)
    }

    fn fill(&mut self, temporary: &Temporary) -> Result<(), SaveError> {
        let bytes = self.bytes;
        self.step(SaveStep::Write, |_| temporary.file().write_all(bytes))
    }

    /// Whether the file already holds the new bytes; if not, it must hold those that were loaded.
    fn holds_new_bytes(&mut self, step: SaveStep, target: &Path, loaded: &[u8]) -> Result<bool, SaveError> {
        let limit = PRESENT_LIMIT.max(u64::try_from(loaded.len()).unwrap_or(u64::MAX).saturating_add(1));
        let new = self.bytes;
        let read = self.step(step, |_| Content::read(File::open(target)?.take(limit), new, loaded));
        match read.map_err(|error| self.if_gone(error))? {
            Content::New => Ok(true),
            Content::Loaded => Ok(false),
            Content::Other(present) => {
                Err(SaveError::ChangedMeanwhile { path: self.path.to_owned(), present: Some(present) })
            }
        }
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
        let gone = SaveError::ChangedMeanwhile { path: self.path.to_owned(), present: None };
        instead_of(ErrorKind::NotFound, error, gone)
    }

    /// A new file fails with this error if its directory does not exist.
    fn without_directory(&self, error: SaveError) -> SaveError {
        instead_of(ErrorKind::NotFound, error, SaveError::NoDirectory { path: self.path.to_owned() })
    }
}

/// Replaces the error of a step that the system refused for this reason; other errors stay.
fn instead_of(reason: ErrorKind, error: SaveError, replacement: SaveError) -> SaveError {
    match error {
        SaveError::Refused { error, .. } if error.kind() == reason => replacement,
        error => error,
    }
}
