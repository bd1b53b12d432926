//! The files of a folder: those that git tracks or would track or, outside a repository, all but hidden ones; and a new
//! folder for pages.
#![expect(clippy::disallowed_methods, reason = "this module lists folders")]

use std::path::{Path, PathBuf};

use super::input::{Unopened, refusal, unreadable};
use crate::git::{self, Error};

/// Creates a folder, with those above it, unless it is there.
///
/// # Errors
/// [`Unopened`] if it cannot be created.
pub fn create_folder(folder: &Path) -> Result<(), Unopened> {
    std::fs::create_dir_all(folder).map_err(|error| refusal(folder.as_os_str(), &error))
}

/// Returns the files below a folder, in the order of their paths. Links are not followed.
///
/// # Errors
/// [`Unopened`] if the folder cannot be listed.
pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Unopened> {
    let found = git::discover(folder).and_then(|repository| {
        let prefix = repository.path_of(folder)?;
        let files = repository.files()?;
        let below = files.iter().filter_map(|file| {
            let file = file.to_relative();
            file.strip_prefix(prefix.to_relative()).ok().map(|rest| folder.join(rest))
        });
        Ok(below.collect::<Vec<_>>())
    });
    let mut files = match found {
        Ok(files) => files,
        Err(Error::NotARepository { .. } | Error::NotInstalled | Error::NoWorkTree { .. }) => {
            let mut files = Vec::new();
            walk(folder, &mut files).map_err(|error| refusal(folder.as_os_str(), &error))?;
            files
        }
        Err(error) => return Err(unreadable(folder, &error)),
    };
    files.retain(|file| file.symlink_metadata().is_ok_and(|found| found.is_file()));
    files.sort_unstable();
    Ok(files)
}

/// Like [`files_in`], for files that their ending calls TOML.
///
/// # Errors
/// [`Unopened`] if the folder cannot be listed.
pub fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, Unopened> {
    let mut files = files_in(folder)?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    Ok(files)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if kind.is_dir() {
            walk(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_outside_a_repository_is_walked() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("b/c")).unwrap();
        std::fs::create_dir_all(folder.path().join(".hidden")).unwrap();
        for name in ["b/c/2.toml", "b/1.toml", "a.txt", ".hidden/x"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let files = files_in(folder.path()).unwrap();
        let files: Vec<_> = files.iter().map(|file| file.strip_prefix(folder.path()).unwrap()).collect();
        assert_eq!(files, ["a.txt", "b/1.toml", "b/c/2.toml"].map(Path::new));
        assert!(files_in(Path::new("/nowhere/at/all")).is_err());
    }
}
