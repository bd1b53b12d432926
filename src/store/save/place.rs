//! The system calls of a save that involve a decision: where links lead, who may write, and who owns the new file.
#![expect(clippy::disallowed_methods, reason = "this is where files are written")]

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// The limit of symbolic links in a row, as in Linux.
const MAX_LINKS: usize = 40;

/// Returns the path of the file to create for `path`: its directory with links resolved, and the name that the last
/// link gives if links lead to a file that does not exist yet.
pub(super) fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        let name = path.file_name().ok_or_else(|| io::Error::from(ErrorKind::InvalidInput))?.to_owned();
        let directory = directory_of(&path).canonicalize()?;
        path = directory.join(name);
        match std::fs::read_link(&path) {
            Ok(leads_to) => path = directory.join(leads_to),
            // It is no link or does not exist.
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

fn directory_of(path: &Path) -> &Path {
    path.parent().filter(|directory| !directory.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Creates an empty file in the directory of `target`, removed when dropped. Without a mode, only its owner can read
/// it.
pub(super) fn temporary_beside(target: &Path, mode: Option<u32>) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".ach-").suffix(".tmp");
    #[cfg(unix)]
    if let Some(mode) = mode {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = mode;
    builder.tempfile_in(directory_of(target))
}

/// Whether this user may write to the file. Its mode also counts for the superuser, to whom the system would allow it:
/// a file that nobody may write was made so on purpose.
pub(super) fn is_writable(target: &Path, metadata: &Metadata) -> bool {
    let refuses = |error: &io::Error| {
        matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
    };
    let opened = OpenOptions::new().write(true).open(target);
    // Other errors are reported by a later step.
    !metadata.permissions().readonly() && !opened.is_err_and(|error| refuses(&error))
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

/// Gives the file the owner and group of another. An error if the system does not permit both; the permitted part is
/// done.
#[cfg(unix)]
pub(super) fn set_owner(file: &NamedTempFile, like: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let group = fchown(file.as_file(), None, Some(like.gid()));
    fchown(file.as_file(), Some(like.uid()), None)?;
    group
}

#[cfg(not(unix))]
pub(super) fn set_owner(_: &NamedTempFile, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Reduces the rights of the group to those of everybody, since the group may have changed, and clears set-user-id and
/// set-group-id.
#[cfg(unix)]
pub(super) fn withhold_from_group(permissions: &mut std::fs::Permissions) {
    use std::os::unix::fs::PermissionsExt;
    let mode = permissions.mode();
    permissions.set_mode((mode & !0o6070) | (mode & (mode << 3) & 0o070));
}

#[cfg(not(unix))]
pub(super) fn withhold_from_group(_: &mut std::fs::Permissions) {}

/// A name is on the disk only after its directory is.
#[cfg(unix)]
pub(super) fn sync_directory(target: &Path) -> io::Result<()> {
    File::open(directory_of(target))?.sync_all()
}

#[cfg(not(unix))]
pub(super) fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}
