//! Files that are not scenarios: git's files of attributes, and manual pages.
#![expect(clippy::disallowed_methods, reason = "the disk is `store`'s")]

use std::io::{self, ErrorKind};
use std::path::Path;

use super::input::{Unopened, open_file};
use super::save::{Expected, SaveError, SaveStep, save};

/// Whether a file may be a symbolic link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// Links are followed: the file is in a place of the user's own.
    Followed,
    /// A link is refused: whoever made the directory chose where it leads.
    Refused,
}

/// Whether the last component of this path is a symbolic link, even one that leads nowhere.
pub fn is_link(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
}

/// Reads a file; `None` if there is none.
///
/// # Errors
/// [`Unopened`] if the file exists and cannot be read, or is a link that is refused.
pub fn read_other(path: &Path, links: Links) -> Result<Option<Vec<u8>>, Unopened> {
    if links == Links::Refused && is_link(path) {
        return Err(Unopened {
            name: path.display().to_string(),
            reason: "this is a symbolic link, and is not followed".to_owned(),
            help: Some("replace the link by the file itself".to_owned()),
        });
    }
    open_file(path, path.as_os_str())
}

/// Removes a file; one that is gone already is no error.
pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Replaces a file that held `loaded` by one that holds `bytes`, or creates it, with its directory if necessary. If
/// `bytes` is empty, the file is removed.
///
/// # Errors
/// Any [`SaveError`]; the file is unchanged then.
pub fn replace_other(
    path: &Path,
    links: Links,
    loaded: Option<&[u8]>,
    bytes: &[u8],
) -> Result<(), SaveError> {
    let refused = |step| move |error| SaveError::Refused { path: path.to_owned(), step, error };
    match loaded {
        Some(_) if bytes.is_empty() => remove_if_there(path).map_err(refused(SaveStep::Replace)),
        Some(loaded) => {
            let expected = match links {
                Links::Followed => Expected::Bytes(loaded),
                Links::Refused => Expected::Unlinked(loaded),
            };
            save(path, bytes, expected).map(drop)
        }
        None => {
            if let Some(directory) = path.parent() {
                std::fs::create_dir_all(directory).map_err(refused(SaveStep::Create))?;
            }
            save(path, bytes, Expected::Absent).map(drop)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_made_replaced_and_taken_away() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a/b/attributes");
        for links in [Links::Followed, Links::Refused] {
            assert_eq!(read_other(&path, links).unwrap(), None);
            replace_other(&path, links, None, b"1").unwrap();
            replace_other(&path, links, Some(b"1"), b"2").unwrap();
            assert_eq!(read_other(&path, links).unwrap().as_deref(), Some(b"2".as_slice()));
            assert!(replace_other(&path, links, Some(b"1"), b"3").is_err());
            replace_other(&path, links, Some(b"2"), b"").unwrap();
            assert_eq!(read_other(&path, links).unwrap(), None);
            assert!(read_other(directory.path(), links).is_err());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_somebody_else_made_is_neither_read_nor_written_through() {
        let directory = tempfile::tempdir().unwrap();
        let (file, link) = (directory.path().join("file"), directory.path().join("link"));
        std::fs::write(&file, "1").unwrap();
        std::os::unix::fs::symlink("file", &link).unwrap();
        assert!(read_other(&link, Links::Refused).is_err());
        assert!(matches!(
            replace_other(&link, Links::Refused, Some(b"1"), b"2"),
            Err(SaveError::IsLink { .. })
        ));
        assert_eq!(std::fs::read(&file).unwrap(), b"1");
        replace_other(&link, Links::Followed, Some(b"1"), b"2").unwrap();
        assert_eq!((std::fs::read(&file).unwrap(), is_link(&link)), (b"2".to_vec(), true));
    }
}
