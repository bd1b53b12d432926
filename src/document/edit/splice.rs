//! Splices: edits of a text as the byte ranges that they replace.
//!
//! Knows ranges and texts only.

use crate::diagnostic::Span;

/// A range of bytes and its replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// The replaced bytes, on character boundaries; empty for an insertion.
    pub range: Span,
    /// The replacement.
    pub text: String,
}

/// An edit of one text: splices in ascending order that do not overlap, none of them without effect.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Splices {
    list: Vec<Splice>,
}

impl Splices {
    /// Sorts splices. Insertions at the same place keep their order; a splice inside another is dropped,
    /// since the outer one already covers it.
    #[must_use]
    pub fn new(splices: impl IntoIterator<Item = Splice>) -> Self {
        let mut list: Vec<Splice> =
            splices.into_iter().filter(|s| !s.range.is_empty() || !s.text.is_empty()).collect();
        list.sort_by_key(|s| (s.range.start, s.range.end));
        let mut kept: Vec<Splice> = Vec::with_capacity(list.len());
        for splice in list {
            match kept.last_mut() {
                Some(last) if splice.range.start < last.range.end => {
                    last.range.end = last.range.end.max(splice.range.end);
                    last.text.push_str(&splice.text);
                }
                Some(_) | None => kept.push(splice),
            }
        }
        Self { list: kept }
    }

    /// Returns the splices, in ascending order.
    #[must_use]
    pub fn as_slice(&self) -> &[Splice] {
        &self.list
    }

    /// Returns the edited text and the splices that restore the original, byte for byte.
    #[must_use]
    pub fn apply(&self, text: &str) -> (String, Self) {
        let grown: usize = self.list.iter().map(|s| s.text.len()).sum();
        let mut edited = String::with_capacity(text.len() + grown);
        let mut inverse = Vec::with_capacity(self.list.len());
        let mut from = 0;
        for splice in &self.list {
            edited.push_str(text.get(from..splice.range.start).unwrap_or_default());
            let start = edited.len();
            edited.push_str(&splice.text);
            let old = text.get(splice.range.clone()).unwrap_or_default();
            inverse.push(Splice { range: start..edited.len(), text: old.to_owned() });
            from = splice.range.end;
        }
        edited.push_str(text.get(from..).unwrap_or_default());
        (edited, Self { list: inverse })
    }
}

/// Returns the smallest range in which two texts differ, and its replacement from the second; `None` if they are equal.
#[must_use]
pub fn difference<'t>(before: &str, after: &'t str) -> Option<(Span, &'t str)> {
    let (old, new) = (before.as_bytes(), after.as_bytes());
    let is_boundary = |at: usize, end: usize| before.is_char_boundary(at) && after.is_char_boundary(end);
    let mut start = equal_at_start(old, new);
    if start == old.len() && start == new.len() {
        return None;
    }
    while !is_boundary(start, start) {
        start -= 1;
    }
    let (old, new) = (old.get(start..)?, new.get(start..)?);
    let mut tail = equal_at_end(old, new);
    while !is_boundary(before.len() - tail, after.len() - tail) {
        tail -= 1;
    }
    Some((start..before.len() - tail, after.get(start..after.len() - tail)?))
}

/// Counts the equal bytes at the start. Whole blocks are compared at once, since texts can have many megabytes and this
/// runs at every keystroke.
fn equal_at_start(old: &[u8], new: &[u8]) -> usize {
    let blocks = old.chunks_exact(BLOCK).zip(new.chunks_exact(BLOCK)).take_while(|(a, b)| a == b).count();
    let skipped = blocks * BLOCK;
    let (old, new) = (old.get(skipped..).unwrap_or_default(), new.get(skipped..).unwrap_or_default());
    skipped + old.iter().zip(new).take_while(|(a, b)| a == b).count()
}

fn equal_at_end(old: &[u8], new: &[u8]) -> usize {
    let blocks = old.rchunks_exact(BLOCK).zip(new.rchunks_exact(BLOCK)).take_while(|(a, b)| a == b).count();
    let skipped = blocks * BLOCK;
    let rest = |bytes: &[u8]| bytes.len() - skipped;
    let (old, new) = (old.get(..rest(old)).unwrap_or_default(), new.get(..rest(new)).unwrap_or_default());
    skipped + old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count()
}

const BLOCK: usize = 4096;

/// Returns the text as it was before splices were made, whose inverses these are.
pub(in crate::document) fn undone(text: &str, undo: &[Splices]) -> String {
    let mut undo = undo.iter().rev();
    let text = undo.next().map_or_else(|| text.to_owned(), |splices| splices.apply(text).0);
    undo.fold(text, |text, splices| splices.apply(&text).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn splice(range: Span, text: &str) -> Splice {
        Splice { range, text: text.to_owned() }
    }

    #[test]
    fn the_inverse_restores_every_byte() {
        let text = "one two three";
        let edit = Splices::new([splice(8..13, "3"), splice(0..3, "1"), splice(4..4, "and ")]);
        let (edited, inverse) = edit.apply(text);
        assert_eq!(edited, "1 and two 3");
        assert_eq!(inverse.apply(&edited), (text.to_owned(), edit));
    }

    #[test]
    fn a_splice_inside_another_is_part_of_it() {
        let edit = Splices::new([splice(0..10, ""), splice(2..3, "")]);
        assert_eq!(edit.as_slice(), [splice(0..10, "")]);
        assert!(Splices::new([splice(3..3, "")]).as_slice().is_empty());
    }

    proptest::proptest! {
        #[test]
        fn long_texts_differ_where_they_do(at in 0..20_000_usize, length in 0..9_000_usize) {
            let before = "0123456789".repeat(2_000);
            let end = (at + length).min(before.len());
            let after = format!("{}xé{}", &before[..at], &before[end..]);
            let (range, new) = difference(&before, &after).unwrap();
            let mut made = before.clone();
            made.replace_range(range, new);
            proptest::prop_assert_eq!(made, after);
        }
    }
}
