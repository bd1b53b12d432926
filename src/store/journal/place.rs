//! The places of a journal: the user's state directory, or a private directory for temporary files.
//!
//! Never beside the file: there it would be committed with it, and a journal that came with a repository could not be
//! told from one of this user.
#![expect(clippy::disallowed_methods, reason = "the disk is `store`'s")]

use std::ffi::OsString;
use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::author::this_user;
use crate::store::save::{is_own, is_same};

/// The ending of the names of journals.
pub(super) const ENDING: &str = ".ach-journal";

/// The number of names for a journal in each directory.
const NAMES: usize = 3;

/// The possible places of the journal of one file, in order of preference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalPlace {
    /// The file, links resolved.
    pub(super) file: PathBuf,
    /// The directories of journals.
    pub(super) directories: Vec<PathBuf>,
    pub(super) candidates: Vec<PathBuf>,
}

impl JournalPlace {
    /// Returns the places for this file. Links are followed, so that a file has one journal under all its names.
    /// `state` is the user's state directory, if there is one.
    pub fn of(file: &Path, state: Option<&Path>) -> Self {
        let file = resolved(file);
        // Short for any file name, and always the same for the same file.
        let hash = super::record::checksum_of(file.as_os_str().as_encoded_bytes());
        let private = std::env::temp_dir().join(format!("ach-{}", this_user()));
        let directories: Vec<PathBuf> =
            [state.map(|state| state.join("ach")), Some(private)].into_iter().flatten().collect();
        let names = (1..=NAMES).map(|number| match number {
            1 => format!("{hash:016x}{ENDING}"),
            _ => format!("{hash:016x}-{number}{ENDING}"),
        });
        let names: Vec<String> = names.collect();
        let candidates =
            directories.iter().flat_map(|directory| names.iter().map(|name| directory.join(name)));
        Self { candidates: candidates.collect(), file, directories }
    }

    /// Returns the name under which other editors, and other people's repositories, put a journal beside the file.
    pub(super) fn beside(&self) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(self.file.file_name().unwrap_or_default());
        name.push(ENDING);
        self.file.with_file_name(name)
    }
}

/// Resolves the links of a path, also where the file is gone.
fn resolved(file: &Path) -> PathBuf {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    file.canonicalize()
        .or_else(|_| Ok::<_, io::Error>(parent.canonicalize()?.join(file.file_name().unwrap_or_default())))
        .unwrap_or_else(|_| file.to_owned())
}

/// Creates a directory of journals if necessary.
///
/// # Errors
/// The error of the system, also if others could put journals there.
pub(super) fn create_directory(directory: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(directory)?;
    let found = std::fs::symlink_metadata(directory)?;
    if found.is_dir() && is_private(&found) {
        return Ok(());
    }
    Err(io::Error::other(format!("{} is not a directory that only you can write to", directory.display())))
}

/// The content of the place of a journal.
pub(super) enum AtPlace {
    Nothing,
    /// A regular file of this user.
    File(File),
    /// Something else, in words.
    Other(String),
}

/// Opens a journal. Links are not followed, pipes and devices are not opened, and files of others are not read.
pub(super) fn open(path: &Path) -> AtPlace {
    let known = match std::fs::symlink_metadata(path) {
        Ok(known) => known,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return AtPlace::Nothing;
        }
        Err(error) => return AtPlace::Other(error.to_string()),
    };
    let kind = known.file_type();
    if kind.is_symlink() {
        return AtPlace::Other("a symbolic link".to_owned());
    }
    if kind.is_dir() {
        return AtPlace::Other("a directory".to_owned());
    }
    if !kind.is_file() {
        return AtPlace::Other("not a regular file".to_owned());
    }
    if !is_own(&known) {
        return AtPlace::Other("a file of another user".to_owned());
    }
    let opened = OpenOptions::new().read(true).write(true).open(path);
    match opened.and_then(|file| Ok((file.metadata()?, file))) {
        Ok((open, file)) if is_same(&known, &open) => AtPlace::File(file),
        // It was replaced just now.
        Ok(_) => AtPlace::Nothing,
        Err(error) if error.kind() == ErrorKind::NotFound => AtPlace::Nothing,
        Err(error) => AtPlace::Other(format!("a file that cannot be opened: {error}")),
    }
}

/// Whether nobody but this user can write to a directory.
#[cfg(unix)]
fn is_private(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    is_own(metadata) && metadata.mode() & 0o022 == 0
}

#[cfg(not(unix))]
fn is_private(_: &Metadata) -> bool {
    true
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
        assert!(place.candidates[0].starts_with("/state/ach"));
        assert!(place.candidates.iter().all(|path| !path.starts_with(directory.path())));
        let same = |path: &Path| assert_eq!(JournalPlace::of(path, Some(Path::new("/state"))), place);
        same(&directory.path().join("./case.toml"));
        #[cfg(unix)]
        {
            let link = directory.path().join("link.toml");
            std::os::unix::fs::symlink(&file, &link).unwrap();
            same(&link);
        }
        std::fs::remove_file(&file).unwrap();
        same(&file);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_in_the_place_of_a_journal_is_told_for_what_it_is() {
        let directory = tempfile::tempdir().unwrap();
        let path = |name: &str| directory.path().join(name);
        std::fs::write(path("file"), "precious").unwrap();
        std::os::unix::fs::symlink("file", path("link")).unwrap();
        std::os::unix::fs::symlink("nowhere", path("dangling")).unwrap();
        std::fs::create_dir(path("directory")).unwrap();
        std::os::unix::net::UnixListener::bind(path("socket")).unwrap();
        let told = |name| match open(&path(name)) {
            AtPlace::Nothing => "nothing".to_owned(),
            AtPlace::File(_) => "a file".to_owned(),
            AtPlace::Other(what) => what,
        };
        assert_eq!(["absent", "file"].map(told), ["nothing", "a file"]);
        assert_eq!(["link", "dangling"].map(told), ["a symbolic link"; 2]);
        assert_eq!(["directory", "socket"].map(told), ["a directory", "not a regular file"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_directory_that_others_can_write_to_takes_no_journals() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let open = directory.path().join("open");
        create_directory(&open).unwrap();
        std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o777)).unwrap();
        assert!(create_directory(&open).is_err());
        let link = directory.path().join("link");
        std::os::unix::fs::symlink(directory.path(), &link).unwrap();
        assert!(create_directory(&link).is_err());
    }
}
