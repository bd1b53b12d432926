//! Saving from a command.

use std::ffi::OsStr;
use std::path::Path;

use super::outcome::Failure;
use super::output::Output;
use crate::store::{self, Expected};
use crate::text::single_line;

/// Saves a file, and notes on standard error what could not be kept of the old one.
pub(super) fn save(
    name: impl AsRef<OsStr>,
    text: impl AsRef<[u8]>,
    expected: Expected<'_>,
    output: &Output,
) -> Result<(), Failure> {
    let name = name.as_ref();
    for note in store::save(Path::new(name), text.as_ref(), expected)?.notes {
        output.aside(|out, _| writeln!(out, "note: {}: {note}", single_line(&name.to_string_lossy())));
    }
    Ok(())
}
