//! Saving what is made as it is written, so that it need not fit into memory.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::outcome::{SaveError, SaveStep};
use super::place;
use super::temporary::Temporary;

/// Creates the file at `path`, or replaces the one that is there, by what `write` writes. Links are followed; an older
/// file keeps its mode.
///
/// # Errors
/// Whatever `write` answers, or a [`SaveError`]; an older file is unchanged then.
pub fn save_written<E: From<SaveError>>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    let refused = |step| move |error| SaveError::Refused { path: path.to_owned(), step, error };
    let there = match path.metadata() {
        Ok(metadata) if !metadata.is_file() => {
            return Err(SaveError::NotAFile { path: path.to_owned() }.into());
        }
        Ok(metadata) if !place::is_writable(path, &metadata) => {
            return Err(SaveError::ReadOnly { path: path.to_owned() }.into());
        }
        Ok(metadata) => Some(metadata),
        Err(_) => None,
    };
    let target = match &there {
        Some(_) => path.canonicalize(),
        None => place::unfollowed(path),
    };
    let target = target.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => SaveError::NoDirectory { path: path.to_owned() },
        _ => refused(SaveStep::Resolve)(error),
    })?;
    let temporary = Temporary::beside(&target, 0o666).map_err(refused(SaveStep::Create))?;
    let mut out = BufWriter::with_capacity(1 << 16, temporary.file());
    write(&mut out)?;
    out.flush().map_err(refused(SaveStep::Write))?;
    drop(out);
    if let Some(metadata) = there {
        temporary.file().set_permissions(metadata.permissions()).map_err(refused(SaveStep::SetMode))?;
    }
    temporary.file().sync_all().map_err(refused(SaveStep::Sync))?;
    temporary.place_over(&target).map_err(refused(SaveStep::Replace))?;
    place::sync_directory(&target).ok();
    Ok(())
}
