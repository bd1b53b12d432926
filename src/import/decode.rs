//! Bytes to text: UTF-8, or UTF-16 with a byte order mark.

use super::grid::Cursor;
use super::{ImportFault, ImportPlace, MAX_IMPORT};

/// The text of a file in UTF-8, or in UTF-16 with a byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<String, ImportFault> {
    if bytes.len() > MAX_IMPORT {
        return Err(ImportFault::whole(
            format!("the file is over the limit of {} MiB", MAX_IMPORT / 1024 / 1024),
            "",
        ));
    }
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .chunks(2)
            .map(|pair| unit([pair.first().copied().unwrap_or(0), pair.get(1).copied().unwrap_or(0)]))
            .collect();
        String::from_utf16(&units)
            .map_err(|_| ImportFault::whole("the file is not valid UTF-16", "save it as UTF-8"))
    };
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return wide(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return wide(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => {
            let at = text.find('\0').unwrap_or_default();
            let (line, column) = Cursor::new(text).position(at);
            let message = "the file has a byte 0 here, as UTF-16 without a byte order mark has";
            Err(ImportFault::new(ImportPlace::text(line, column), message, "save the file as UTF-8"))
        }
        // Lines may end as on old Macs.
        Ok(text) if !text.contains('\n') => Ok(text.replace('\r', "\n")),
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let at = error.valid_up_to();
            let before = String::from_utf8_lossy(bytes.get(..at).unwrap_or_default()).into_owned();
            let (line, column) = Cursor::new(&before).position(at);
            let bad = bytes.get(at).copied().unwrap_or_default();
            let message = format!("the byte 0x{bad:02X} is not UTF-8 here");
            Err(ImportFault::new(ImportPlace::text(line, column), message, "save the file as UTF-8"))
        }
    }
}
