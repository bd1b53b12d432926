//! The bytes that a file holds, compared with its new and its loaded ones piece by piece, so that it need not fit into
//! memory a second time.

use std::io::{self, BufRead, BufReader, ErrorKind, Read};

/// The bytes compared at a time.
const PIECE: usize = 1 << 16;

/// The content of a file that is being saved.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// The bytes that are to be saved.
    New,
    /// The bytes that were loaded.
    Loaded,
    /// Other bytes.
    Other(Vec<u8>),
}

impl Content {
    /// Reads a file to its end. Only bytes that are neither the new nor the loaded ones are kept.
    pub(super) fn read(file: impl Read, new: &[u8], loaded: &[u8]) -> io::Result<Self> {
        let mut file = BufReader::with_capacity(PIECE, file);
        let mut at = 0;
        // Those of the two that begin with all that was read so far.
        let (mut is_new, mut is_loaded) = (true, true);
        loop {
            let piece = match file.fill_buf() {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                piece => piece?,
            };
            let holds = |bytes: &[u8]| {
                let rest = bytes.get(at..).unwrap_or_default();
                if piece.is_empty() { rest.is_empty() } else { rest.starts_with(piece) }
            };
            let same = if is_new { new } else { loaded };
            (is_new, is_loaded) = (is_new && holds(new), is_loaded && holds(loaded));
            match (is_new, is_loaded, piece.len()) {
                (true, _, 0) => return Ok(Self::New),
                (false, true, 0) => return Ok(Self::Loaded),
                (false, false, _) => {
                    let mut present = same.get(..at).unwrap_or_default().to_vec();
                    file.read_to_end(&mut present)?;
                    return Ok(Self::Other(present));
                }
                (true, _, length) | (false, true, length) => {
                    at += length;
                    file.consume(length);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_file_read_in_pieces_is_told_apart_as_a_whole_one(
            new in "[ab]{0,4}", loaded in "[ab]{0,4}", present in "[ab]{0,5}", times in 1..40_000_usize
        ) {
            let [new, loaded, present] = [new, loaded, present].map(|text| text.repeat(times).into_bytes());
            let expected = if present == new {
                Content::New
            } else if present == loaded {
                Content::Loaded
            } else {
                Content::Other(present.clone())
            };
            proptest::prop_assert_eq!(Content::read(&*present, &new, &loaded).unwrap(), expected);
        }
    }
}
