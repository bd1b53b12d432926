//! What a save expects, how it ends and of which steps it consists, as data; turned into words here and nowhere else.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

/// What the file must be for it to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected<'a> {
    /// There is no file yet.
    Absent,
    /// The file holds these bytes: what was loaded.
    Bytes(&'a [u8]),
}

/// A file saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Where the bytes are, links resolved.
    pub target: PathBuf,
    /// False if the file already held the bytes; it is then untouched.
    pub written: bool,
    /// What is not as it was.
    pub notes: Vec<Note>,
}

/// What a save could not keep or promise. None of these is a failure: the file holds the new bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// The file had this many other names (hard links); they still name the old bytes. Keeping them would mean to
    /// write into the file itself, which an interruption would leave half written.
    OtherNamesKeepTheOldFile(u64),
    /// The file belonged to someone else, or to another group, and the system did not let us give it back. A group
    /// that could not be kept has lost its rights beyond those of everybody.
    OwnerNotKept,
    /// The file is replaced, but the directory did not confirm it: after a power failure the old one may be back.
    NotConfirmed,
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OtherNamesKeepTheOldFile(1) => {
                f.write_str("the file had another name (a hard link), which keeps the old version")
            }
            Self::OtherNamesKeepTheOldFile(n) => {
                write!(f, "the file had {n} other names (hard links), which keep the old version")
            }
            Self::OwnerNotKept => f.write_str("the file's owner or group could not be kept"),
            Self::NotConfirmed => {
                f.write_str("the disk did not confirm the save: a power failure now could undo it")
            }
        }
    }
}

/// Why a file was not saved. It is then as it was, and no temporary file is left. Paths are as the caller gave them;
/// printers escape them.
#[derive(Debug)]
pub enum SaveError {
    /// The file does not hold what was loaded.
    ChangedMeanwhile {
        /// The file.
        path: PathBuf,
        /// What it holds now, up to one byte more than a scenario may have; `None` if it is gone.
        present: Option<Vec<u8>>,
    },
    /// There is already something where a new file was to be.
    AlreadyExists {
        /// The file.
        path: PathBuf,
    },
    /// The file may not be written.
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// It is a directory, a device or the like.
    NotAFile {
        /// What was to be the file.
        path: PathBuf,
    },
    /// The directory of a new file does not exist.
    NoDirectory {
        /// The file.
        path: PathBuf,
    },
    /// The system refused a step.
    Refused {
        /// The file.
        path: PathBuf,
        /// What it refused.
        step: Step,
        /// Its reason.
        error: io::Error,
    },
}

impl SaveError {
    /// What to do about it, where there is more to say than the message.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::ChangedMeanwhile { present: Some(_), .. } => {
                Some("look at what changed, then save over it, merge, or save under another name")
            }
            Self::ChangedMeanwhile { present: None, .. } => Some("save it as a new file"),
            Self::AlreadyExists { .. } => Some("choose another name"),
            Self::ReadOnly { .. } => {
                Some("give yourself the right to write to it, or save under another name")
            }
            Self::NotAFile { .. } => None,
            Self::NoDirectory { .. } => Some("create the directory first"),
            Self::Refused { step: Step::Create, error, .. }
                if error.kind() == ErrorKind::PermissionDenied =>
            {
                Some("saving needs the right to create files in the directory; save under another name")
            }
            Self::Refused { error, .. } if error.kind() == ErrorKind::StorageFull => {
                Some("make room on the disk, or save under another name")
            }
            Self::Refused { .. } => None,
        }
    }
}

impl std::fmt::Display for SaveError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::ChangedMeanwhile { path, present: Some(_) } => {
                write!(f, "{} was changed by another program meanwhile", path.display())
            }
            Self::ChangedMeanwhile { path, present: None } => {
                write!(f, "{} was deleted by another program meanwhile", path.display())
            }
            Self::AlreadyExists { path } => write!(f, "{} already exists", path.display()),
            Self::ReadOnly { path } => write!(f, "{} is read-only", path.display()),
            Self::NotAFile { path } => write!(f, "{} is not a regular file", path.display()),
            Self::NoDirectory { path } => write!(f, "the directory of {} does not exist", path.display()),
            Self::Refused { path, step, error } => {
                write!(f, "cannot save {}: {}: {error}", path.display(), step.as_str())
            }
        }
    }
}

impl std::error::Error for SaveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused { error, .. } => Some(error),
            Self::ChangedMeanwhile { .. }
            | Self::AlreadyExists { .. }
            | Self::ReadOnly { .. }
            | Self::NotAFile { .. }
            | Self::NoDirectory { .. } => None,
        }
    }
}

/// The calls of the system that a save consists of, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Following links to the file itself.
    Resolve,
    /// Looking at its mode.
    Inspect,
    /// Reading it before anything is written.
    Read,
    /// Creating the temporary file.
    Create,
    /// Writing it.
    Write,
    /// Giving it the old file's owner and group.
    SetOwner,
    /// Giving it the old file's mode.
    SetMode,
    /// Bringing it to the disk.
    Sync,
    /// Reading the file again.
    ReadAgain,
    /// Giving the temporary file the file's name.
    Replace,
    /// Bringing the directory to the disk.
    SyncDirectory,
}

impl Step {
    /// What was being done, for messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Resolve => "finding the file",
            Self::Inspect => "reading its permissions",
            Self::Read | Self::ReadAgain => "reading it",
            Self::Create => "creating a temporary file beside it",
            Self::Write => "writing a temporary file",
            Self::SetOwner => "setting the owner",
            Self::SetMode => "setting the permissions",
            Self::Sync | Self::SyncDirectory => "writing to the disk",
            Self::Replace => "replacing it",
        }
    }
}
