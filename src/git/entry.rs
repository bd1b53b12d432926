//! Entries of the tree of a version: their kinds, and the ids of their bytes.

/// The id of a file's bytes: files with equal ids have equal bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Blob(pub(super) String);

/// The kind of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A file.
    File,
    /// A symbolic link, never followed: its target need not be of the same version, or in the repository at all.
    Symlink,
    /// A directory.
    Directory,
    /// Another repository.
    Submodule,
}

impl EntryKind {
    /// The word for messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Symlink => "symbolic link",
            Self::Directory => "directory",
            Self::Submodule => "submodule",
        }
    }

    pub(super) fn of_mode(mode: &[u8]) -> Self {
        match mode {
            b"120000" => Self::Symlink,
            b"160000" => Self::Submodule,
            b"40000" | b"040000" => Self::Directory,
            _ => Self::File,
        }
    }
}
