//! Files that are not scenarios: git's files of attributes and ignored paths.
#![expect(clippy::disallowed_methods, reason = "the disk is `store`'s")]

use std::io::ErrorKind;
use std::path::Path;

use super::input::{Unopened, open_file};
use super::save::{Expected, SaveError, SaveStep, save};

/// Reads a file, following links; `None` if there is none.
///
/// # Errors
/// [`Unopened`] if the file exists and cannot be read.
pub fn read_other(path: &Path) -> Result<Option<Vec<u8>>, Unopened> {
    open_file(path, &path.to_string_lossy())
}

/// Replaces a file that held `loaded` by one that holds `bytes`, or creates it, with its directory if necessary. If
/// `bytes` is empty, the file is removed.
///
/// # Errors
/// Any [`SaveError`]; the file is unchanged then.
pub fn replace_other(path: &Path, loaded: Option<&[u8]>, bytes: &[u8]) -> Result<(), SaveError> {
    let refused = |step| move |error| SaveError::Refused { path: path.to_owned(), step, error };
    match loaded {
        Some(_) if bytes.is_empty() => match std::fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(refused(SaveStep::Replace)(error)),
            Ok(()) | Err(_) => Ok(()),
        },
        Some(loaded) => save(path, bytes, Expected::Bytes(loaded)).map(drop),
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
        assert_eq!(read_other(&path).unwrap(), None);
        replace_other(&path, None, b"1").unwrap();
        replace_other(&path, Some(b"1"), b"2").unwrap();
        assert_eq!(read_other(&path).unwrap().as_deref(), Some(b"2".as_slice()));
        assert!(replace_other(&path, Some(b"1"), b"3").is_err());
        replace_other(&path, Some(b"2"), b"").unwrap();
        assert_eq!(read_other(&path).unwrap(), None);
        assert!(read_other(directory.path()).is_err());
    }
}
