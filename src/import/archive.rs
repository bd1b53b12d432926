//! Workbooks as archives: every part is unpacked once under a limit before a reader sees it.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{ImportFault, MAX_IMPORT};

/// Most bytes of all parts, unpacked. Sheets are read cell by cell; all else counts against [`MAX_IMPORT`] too, since
/// readers hold it in memory.
const MAX_UNPACKED: usize = 256 * 1024 * 1024;

/// The beginning of what defines entities, in any letter case.
const DOCTYPE: &[u8] = b"<!DOCTYPE";

/// An archive of which all parts are small enough.
pub(super) type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Opens an archive, and refuses parts that would be too large or define entities.
pub(super) fn open(bytes: &[u8]) -> Result<Archive<'_>, ImportFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let (mut left, mut left_beside) = (MAX_UNPACKED, MAX_IMPORT);
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(|error| unreadable(&error))?;
        let is_sheet = part.name().is_ok_and(|name| name.starts_with("xl/worksheets/"));
        let beside = check(&mut part, if is_sheet { left } else { left.min(left_beside) })?;
        left -= beside;
        left_beside -= if is_sheet { 0 } else { beside };
    }
    Ok(archive)
}

/// Reads a part to its end and returns its size.
fn check(part: &mut impl Read, most: usize) -> Result<usize, ImportFault> {
    let (mut size, mut matched) = (0, 0);
    let mut chunk = [0; 8192];
    loop {
        let read = part.read(&mut chunk).map_err(|error| unreadable(&error))?;
        size += read;
        if size > most {
            let limit = most.max(MAX_IMPORT) / 1024 / 1024;
            let message = format!("the workbook is over the limit of {limit} MiB when unpacked");
            return Err(ImportFault::whole(message, ""));
        }
        // In UTF-16 every other byte is 0.
        for byte in chunk.iter().take(read).filter(|byte| **byte != 0) {
            matched = match DOCTYPE.get(matched) {
                Some(expected) if byte.eq_ignore_ascii_case(expected) => matched + 1,
                _ => usize::from(*byte == b'<'),
            };
            if matched == DOCTYPE.len() {
                let message = "the workbook defines its own XML entities, which no spreadsheet does";
                return Err(ImportFault::whole(message, ""));
            }
        }
        if read == 0 {
            return Ok(size);
        }
    }
}

/// The fault of a workbook that a reader does not understand.
pub(super) fn unreadable(error: &dyn std::fmt::Display) -> ImportFault {
    ImportFault::whole(
        format!("the workbook cannot be read: {error}"),
        "save it as .xlsx once more, or export the sheet as CSV",
    )
}
