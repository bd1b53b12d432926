//! Saving from a command.

use std::ffi::OsStr;
use std::path::Path;

use super::outcome::Failure;
use super::output::Output;
use crate::store::{self, Expected};

/// Saves a file, and notes on standard error what could not be kept of the old one.
pub(super) fn save(
    name: impl AsRef<OsStr>,
    text: impl AsRef<[u8]>,
    expected: Expected<'_>,
    output: &Output,
) -> Result<(), Failure> {
    save_for(&name, &name, text, expected, output)
}

/// Like [`save`], for a file that messages call `shown`, as when git gives a temporary one.
pub(super) fn save_for(
    shown: impl AsRef<OsStr>,
    name: impl AsRef<OsStr>,
    text: impl AsRef<[u8]>,
    expected: Expected<'_>,
    output: &Output,
) -> Result<(), Failure> {
    let shown = shown.as_ref();
    let saved = store::save(Path::new(name.as_ref()), text.as_ref(), expected);
    for note in saved.map_err(|error| error.named(Path::new(shown)))?.notes {
        output.say(&format!("note: {}: {note}", shown.display()));
    }
    Ok(())
}
