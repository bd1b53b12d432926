//! Edits that were left by a crash and that the user does not want: kept for a week, in case that was a mistake.
#![expect(clippy::disallowed_methods, reason = "the disk is `store`'s")]

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::find::free_names;

/// The beginning of the ending of their names.
const ENDING: &str = "ach-dropped";

/// How long they are kept.
const KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Renames a journal to be kept, and removes those that were kept long enough. Returns the new path.
pub(super) fn keep(file: &File, path: &Path) -> io::Result<PathBuf> {
    // The week begins now.
    file.set_modified(SystemTime::now())?;
    if let Some(directory) = path.parent() {
        sweep(directory);
    }
    let free = free_names(path, ENDING).find(|aside| std::fs::symlink_metadata(aside).is_err());
    let aside = free.ok_or(io::ErrorKind::AlreadyExists)?;
    std::fs::rename(path, &aside)?;
    Ok(aside)
}

fn sweep(directory: &Path) {
    let Ok(entries) = std::fs::read_dir(directory) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let is_dropped = path.extension().is_some_and(|ending| ending.to_string_lossy().starts_with(ENDING));
        let written = std::fs::symlink_metadata(&path).and_then(|found| found.modified());
        let age = written.ok().and_then(|written| written.elapsed().ok());
        if is_dropped && age.is_some_and(|age| age > KEPT) {
            drop(std::fs::remove_file(&path));
        }
    }
}
