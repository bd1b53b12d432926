//! The temporary file of a save. On Linux it has no name until its bytes are on the disk, so that a killed save leaves
//! nothing behind; elsewhere, and for the moment in which it takes the place of another file, it is `.ach-*.tmp`.
#![expect(clippy::disallowed_methods, reason = "this is where files are written")]

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

use tempfile::{Builder, NamedTempFile, PersistError};

use super::place;

const PREFIX: &str = ".ach-";
const SUFFIX: &str = ".tmp";

/// A temporary file, removed when dropped. It is locked, so that others can tell it from one that a kill left.
pub(super) enum Temporary {
    /// It has no name yet.
    #[cfg(target_os = "linux")]
    Nameless(File),
    /// It is beside the file that it is for.
    Named(NamedTempFile),
}

impl Temporary {
    /// Creates an empty file in the directory of `target` with a mode, from which the umask subtracts, and removes
    /// those that killed saves left there.
    pub(super) fn beside(target: &Path, mode: u32) -> io::Result<Self> {
        let directory = place::directory_of(target);
        sweep(directory);
        #[cfg(target_os = "linux")]
        if let Ok(file) = nameless(directory, mode) {
            return Ok(Self::Nameless(file));
        }
        let mut builder = Builder::new();
        builder.prefix(PREFIX).suffix(SUFFIX);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(mode));
        }
        #[cfg(not(unix))]
        let _ = mode;
        let named = builder.tempfile_in(directory)?;
        // Where there are no locks, it cannot be told from one that a kill left, and those are not removed.
        drop(named.as_file().try_lock());
        Ok(Self::Named(named))
    }

    pub(super) fn file(&self) -> &File {
        match self {
            #[cfg(target_os = "linux")]
            Self::Nameless(file) => file,
            Self::Named(named) => named.as_file(),
        }
    }

    /// Gives it the name `target`, which must be free.
    pub(super) fn place_as_new(self, target: &Path) -> io::Result<()> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Nameless(file) => match name(&file, target) {
                Err(error) if refuses_links(&error) => name_beside(file, target)?.place_as_new(target),
                named => named,
            },
            Self::Named(named) => match named.persist_noclobber(target) {
                Ok(_) => Ok(()),
                // The file system has neither hard links nor a renaming that spares what is there: an empty file takes
                // the name first.
                Err(error) if refuses_links(&error.error) => {
                    OpenOptions::new().write(true).create_new(true).open(target)?;
                    placed(error.file.persist(target))
                }
                Err(error) => Err(error.error),
            },
        }
    }

    /// Gives it the name `target`, in place of the file that has it.
    pub(super) fn place_over(self, target: &Path) -> io::Result<()> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Nameless(file) => name_beside(file, target)?.place_over(target),
            Self::Named(named) => placed(named.persist(target)),
        }
    }
}

/// Returns the result of giving a file its name, without the file.
fn placed(persisted: Result<File, PersistError>) -> io::Result<()> {
    persisted.map(drop).map_err(|error| error.error)
}

/// Whether a file system refuses hard links, or a renaming that spares what is there.
fn refuses_links(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied
            | ErrorKind::Unsupported
            | ErrorKind::InvalidInput
            | ErrorKind::TooManyLinks
    )
}

/// Creates a file without a name in this directory.
#[cfg(target_os = "linux")]
fn nameless(directory: &Path, mode: u32) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(directory, flags, Mode::from_bits_truncate(mode))?);
    // It can be given a name only by way of this one.
    std::fs::symlink_metadata(open_name(&file))?;
    drop(file.try_lock());
    Ok(file)
}

/// The name by which Linux reaches an open file.
#[cfg(target_os = "linux")]
fn open_name(file: &File) -> String {
    use std::os::fd::AsRawFd;
    format!("/proc/self/fd/{}", file.as_raw_fd())
}

/// Gives a file without a name this one, which must be free.
#[cfg(target_os = "linux")]
fn name(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD};
    Ok(rustix::fs::linkat(CWD, open_name(file), CWD, path, AtFlags::SYMLINK_FOLLOW)?)
}

/// Gives a file without a name one of its own in the directory of `target`.
#[cfg(target_os = "linux")]
fn name_beside(file: File, target: &Path) -> io::Result<Temporary> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    let named = builder.make_in(place::directory_of(target), |path| {
        name(&file, path)?;
        file.try_clone()
    })?;
    Ok(Temporary::Named(named))
}

/// Removes temporary files that killed saves of this user left in a directory. Failures are of no consequence.
pub(in crate::store) fn sweep(directory: &Path) {
    let Ok(entries) = std::fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| {
            let middle = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
            middle
                .is_some_and(|middle| middle.len() == 6 && middle.bytes().all(|b| b.is_ascii_alphanumeric()))
        });
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            drop(remove_if_left(&entry.path()));
        }
    }
}

fn remove_if_left(path: &Path) -> io::Result<()> {
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    // A running save holds the lock.
    if file.try_lock().is_ok() && place::is_at(&file, path) && place::is_own(&file.metadata()?) {
        std::fs::remove_file(path)?;
    }
    Ok(())
}
