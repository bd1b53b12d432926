//! The system calls of a save that involve a decision: where the file is, who may write it, and who else does.
#![expect(clippy::disallowed_methods, reason = "this is where files are written")]

use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The number of attempts to lock a file, and the time between two of them.
const ATTEMPTS: usize = 200;
const PAUSE: Duration = Duration::from_millis(10);

/// Returns the path with the links of its directory resolved, but not that of its last component.
pub(super) fn unfollowed(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::from(ErrorKind::InvalidInput))?;
    Ok(directory_of(path).canonicalize()?.join(name))
}

/// Returns the directory of a file.
pub(super) fn directory_of(path: &Path) -> &Path {
    path.parent().filter(|directory| !directory.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Locks the file against other saves until the result is dropped. `None` if the file system has no locks, or if
/// another program holds one for too long: the file is checked again anyway before it is replaced.
pub(super) fn lock(target: &Path) -> Option<File> {
    for _ in 0..ATTEMPTS {
        // Locks of a network file system ask for the right to write.
        let file = OpenOptions::new().read(true).write(true).open(target).ok()?;
        match file.try_lock() {
            Ok(()) if is_at(&file, target) => return Some(file),
            // Another save has replaced it just now.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(_)) => return None,
        }
    }
    None
}

/// Whether an open file still has this name.
pub(in crate::store) fn is_at(file: &File, path: &Path) -> bool {
    let (Ok(open), Ok(there)) = (file.metadata(), std::fs::symlink_metadata(path)) else { return false };
    is_same(&open, &there)
}

/// Whether two files are one.
#[cfg(unix)]
pub(in crate::store) fn is_same(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Whether two files are one, as far as the system tells.
#[cfg(not(unix))]
pub(in crate::store) fn is_same(a: &Metadata, b: &Metadata) -> bool {
    a.len() == b.len() && a.created().ok() == b.created().ok()
}

/// Whether this user owns a file.
#[cfg(unix)]
pub(in crate::store) fn is_own(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.uid() == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
pub(in crate::store) fn is_own(_: &Metadata) -> bool {
    true
}

/// Whether this user may write to the file. Its mode also counts for the superuser, to whom the system would allow it:
/// a file that nobody may write was made so on purpose.
pub(super) fn is_writable(target: &Path, metadata: &Metadata) -> bool {
    let refuses = |error: &io::Error| {
        matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
    };
    // Opening a pipe would wait for its reader.
    if metadata.permissions().readonly() || !metadata.is_file() {
        return false;
    }
    // Other errors are reported by a later step.
    !OpenOptions::new().write(true).open(target).is_err_and(|error| refuses(&error))
}

/// Returns the number of other names (hard links) of the file, if it has any.
#[cfg(unix)]
pub(super) fn other_names(metadata: &Metadata) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    metadata.nlink().checked_sub(1).filter(|others| *others > 0)
}

#[cfg(not(unix))]
pub(super) fn other_names(_: &Metadata) -> Option<u64> {
    None
}

/// A name is on the disk only after its directory is.
#[cfg(unix)]
pub(super) fn sync_directory(target: &Path) -> io::Result<()> {
    File::open(directory_of(target))?.sync_all()
}

#[cfg(not(unix))]
pub(super) fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}
