//! The expectation, the result and the steps of a save as data. They are turned into words here and nowhere else.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::document::MAX_FILE;

/// The expected state of the file before a save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected<'a> {
    /// The file does not exist yet.
    Absent,
    /// The file holds these bytes, which were loaded. The user named it, so links are followed.
    Bytes(&'a [u8]),
    /// The file holds these bytes, which were loaded, and is not a link: the user did not choose its name.
    Unlinked(&'a [u8]),
}

/// A successful save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The path of the bytes, links resolved.
    pub target: PathBuf,
    /// `false` if the file already held the bytes and was left untouched.
    pub written: bool,
    /// The losses.
    pub notes: Vec<SaveNote>,
}

/// A loss in a successful save: the file holds the new bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SaveNote {
    /// The file had this many other names (hard links), which keep the old bytes. Preserving them would mean writing
    /// into the file itself, which an interruption would leave half written.
    OtherNamesKeepTheOldFile(u64),
    /// The file belonged to another user, and the system did not permit that for the new one.
    OwnerNotKept,
    /// The file belonged to another group, and the system did not permit that for the new one. The new group has no
    /// rights beyond those of everybody.
    GroupNotKept,
    /// The access control list was not kept. The group has the rights that its own entry in the list gave it.
    AccessListNotKept,
    /// Some extended attributes were not kept.
    AttributesNotKept,
    /// The file is replaced, but the directory did not confirm it: a power failure could restore the old one.
    NotConfirmed,
}

impl std::fmt::Display for SaveNote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OtherNamesKeepTheOldFile(1) => {
                f.write_str("the file had another name (a hard link), which keeps the old version")
            }
            Self::OtherNamesKeepTheOldFile(n) => {
                write!(f, "the file had {n} other names (hard links), which keep the old version")
            }
            Self::OwnerNotKept => f.write_str("the file belongs to you now: its owner could not be kept"),
            Self::GroupNotKept => {
                f.write_str("the file's group could not be kept, so the group has lost its rights to it")
            }
            Self::AccessListNotKept => f.write_str("the file's access control list could not be kept"),
            Self::AttributesNotKept => f.write_str("some extended attributes of the file could not be kept"),
            Self::NotConfirmed => {
                f.write_str("the disk did not confirm the save: a power failure now could undo it")
            }
        }
    }
}

/// The reason why a file was not saved. It is unchanged then, and no temporary file is left. Paths are as the caller
/// gave them; printers escape them.
#[derive(Debug)]
pub enum SaveError {
    /// The file does not hold the loaded bytes.
    ChangedMeanwhile {
        /// The file.
        path: PathBuf,
        /// Its bytes now, up to one byte more than the largest scenario; `None` if it is deleted.
        present: Option<Vec<u8>>,
    },
    /// A symbolic link is in the place of a file whose name the user did not choose.
    IsLink {
        /// The path.
        path: PathBuf,
    },
    /// The bytes exceed the size limit of a scenario, so that they could not be read again.
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// A file, a directory or a link, even one that leads nowhere, exists in the place of a new file.
    AlreadyExists {
        /// The file.
        path: PathBuf,
    },
    /// The file is read-only.
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The path is a directory, a device or similar.
    NotAFile {
        /// The path.
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
        /// The step that it refused.
        step: SaveStep,
        /// The reason.
        error: io::Error,
    },
}

impl SaveError {
    /// Returns the error with another name of the file, the one that the user knows.
    #[must_use]
    pub fn named(mut self, name: &Path) -> Self {
        let (Self::ChangedMeanwhile { path, .. }
        | Self::IsLink { path }
        | Self::TooLarge { path }
        | Self::AlreadyExists { path }
        | Self::ReadOnly { path }
        | Self::NotAFile { path }
        | Self::NoDirectory { path }
        | Self::Refused { path, .. }) = &mut self;
        name.clone_into(path);
        self
    }

    /// Advice, where there is more to say than the message.
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
            Self::IsLink { .. } => Some("replace the link by the file itself"),
            Self::TooLarge { .. } => Some("split the scenario, or shorten its texts"),
            Self::NoDirectory { .. } => Some("create the directory first"),
            Self::Refused { step: SaveStep::Create, error, .. }
                if error.kind() == ErrorKind::PermissionDenied =>
            {
                Some("saving needs the right to create files in the directory; save under another name")
            }
            Self::Refused { step: SaveStep::Replace, error, .. }
                if error.kind() == ErrorKind::ResourceBusy =>
            {
                Some(
                    "it is a mount point, as containers make of single files: mount its directory instead, or save under another name",
                )
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
            Self::IsLink { path } => {
                write!(f, "{} is a symbolic link, and is not written through", path.display())
            }
            Self::TooLarge { path } => write!(
                f,
                "{} would be over the limit of {} MiB, and could not be read again",
                path.display(),
                MAX_FILE / 1024 / 1024
            ),
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
            | Self::IsLink { .. }
            | Self::TooLarge { .. }
            | Self::NoDirectory { .. } => None,
        }
    }
}

/// The steps of a save, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SaveStep {
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
    /// Giving it the old file's group.
    SetGroup,
    /// Giving it the old file's owner.
    SetOwner,
    /// Giving it the old file's access control list and extended attributes.
    SetAttributes,
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

impl SaveStep {
    /// The action in progress, for messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Resolve => "finding the file",
            Self::Inspect => "reading its permissions",
            Self::Read | Self::ReadAgain => "reading it",
            Self::Create => "creating a temporary file beside it",
            Self::Write => "writing a temporary file",
            Self::SetGroup => "setting the group",
            Self::SetOwner => "setting the owner",
            Self::SetAttributes => "setting its attributes",
            Self::SetMode => "setting the permissions",
            Self::Sync | Self::SyncDirectory => "writing to the disk",
            Self::Replace => "replacing it",
        }
    }
}
