//! Line and column numbers, as people and editors count them.
//!
//! Knows the bytes of a text; must never know its meaning.

/// Bytes between two stored character counts. Bounds the work for one position, however long the line.
const STRIDE: usize = 4096;

/// The line starts of a text.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// Offset of the first byte of each line.
    starts: Vec<usize>,
    /// Characters before each multiple of [`STRIDE`].
    characters: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Indexes `text`, whose lines end in LF or CRLF.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let before = text.as_bytes().chunks(STRIDE).scan(0, |sum, chunk| {
            let before = *sum;
            *sum += count(chunk);
            Some(before)
        });
        Self { text, starts, characters: before.collect() }
    }

    /// Returns the line and column of a byte, from 1. Columns count characters, without a byte order mark. An
    /// offset past the end counts as the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let mark = usize::from(start == 0 && offset > 0 && self.text.starts_with('\u{feff}'));
        (line, self.characters_before(offset) - self.characters_before(start) - mark + 1)
    }

    /// Returns how many characters start before this byte.
    fn characters_before(&self, offset: usize) -> usize {
        let chunk = offset / STRIDE;
        let known = self.characters.get(chunk).copied();
        let rest = self.text.as_bytes().get(chunk * STRIDE..offset).map_or(0, count);
        // A text that fills its last stride exactly has no further stored count.
        known.map_or_else(|| count(self.text.as_bytes()), |known| known + rest)
    }
}

/// Counts the characters that start in these bytes.
fn count(bytes: &[u8]) -> usize {
    if bytes.is_ascii() { bytes.len() } else { bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let lines = Lines::new("ab\r\nдом = 1\n\nx");
        assert_eq!(lines.position(0), (1, 1));
        assert_eq!(lines.position(4), (2, 1));
        assert_eq!(lines.position("ab\r\nдом ".len()), (2, 5));
        assert_eq!(lines.position("ab\r\nдом = 1\n".len()), (3, 1));
        assert_eq!(lines.position("ab\r\nдом = 1\n\nx".len()), (4, 2));
        assert_eq!(lines.position(1000), (4, 2));
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let lines = Lines::new("\u{feff}ach = 1\nb");
        assert_eq!(lines.position(0), (1, 1));
        assert_eq!(lines.position(3), (1, 1));
        assert_eq!(lines.position(4), (1, 2));
        assert_eq!(lines.position("\u{feff}ach = 1\n".len()), (2, 1));
        assert_eq!(Lines::new("").position(0), (1, 1));
    }

    #[test]
    fn long_lines_are_counted_as_short_ones_are() {
        for padding in [STRIDE - 1, STRIDE, STRIDE + 1, 3 * STRIDE] {
            let text = format!("a\n{}é", "é".repeat(padding / 2));
            let lines = Lines::new(&text);
            for (at, _) in text.char_indices().skip(2).chain([(text.len(), 'x')]) {
                assert_eq!(lines.position(at), (2, text[2..at].chars().count() + 1));
            }
        }
    }
}
