//! Folders: which files in one may be scenarios, and a new one for pages.
#![expect(clippy::disallowed_methods, reason = "this module lists folders")]

use std::path::{Path, PathBuf};

use super::input::{Unopened, refusal};

/// Creates a folder, with those above it, unless it is there.
///
/// # Errors
/// [`Unopened`] if it cannot be created.
pub fn create_folder(folder: &Path) -> Result<(), Unopened> {
    std::fs::create_dir_all(folder).map_err(|error| refusal(folder.as_os_str(), &error))
}

/// Lists the TOML files of a folder and the folders in it, by path. What begins with a dot is passed over, and links to
/// folders are not followed.
///
/// # Errors
/// [`Unopened`] if a folder cannot be read.
pub fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, Unopened> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let refused = |error| refusal(folder.as_os_str(), &error);
        for entry in std::fs::read_dir(&folder).map_err(refused)? {
            let entry = entry.map_err(refused)?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            match entry.file_type().map_err(refused)? {
                kind if kind.is_dir() => folders.push(entry.path()),
                _ if entry.path().extension().is_some_and(|ending| ending == "toml") => {
                    found.push(entry.path())
                }
                _ => {}
            }
        }
    }
    found.sort();
    Ok(found)
}
