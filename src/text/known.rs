//! Texts that others are compared with again and again, mostly after small edits.

use std::cell::Cell;

/// A text that others are compared with. The place of the last difference is looked at first, so that the comparison of
/// a long text that is edited costs nothing while it stays different there.
#[derive(Debug, Default)]
pub(crate) struct KnownText {
    text: String,
    differs_at: Cell<usize>,
}

impl KnownText {
    pub(crate) const fn new(text: String) -> Self {
        Self { text, differs_at: Cell::new(0) }
    }

    pub(crate) const fn as_str(&self) -> &str {
        self.text.as_str()
    }

    /// Whether another text is equal.
    pub(crate) fn is(&self, other: &str) -> bool {
        let (ours, theirs) = (self.text.as_bytes(), other.as_bytes());
        let at = self.differs_at.get();
        if ours.len() != theirs.len() || ours.get(at) != theirs.get(at) {
            return false;
        }
        // Whole blocks are compared at once.
        let blocks = ours.chunks(BLOCK).zip(theirs.chunks(BLOCK)).take_while(|(a, b)| a == b).count() * BLOCK;
        let mut rest = ours.iter().zip(theirs).skip(blocks);
        let difference = rest.position(|(a, b)| a != b).map(|at| blocks + at);
        self.differs_at.set(difference.unwrap_or(at));
        difference.is_none()
    }
}

const BLOCK: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_difference_is_only_a_hint() {
        let known = KnownText::new("ab".repeat(5_000));
        let edited = |at: usize| {
            let mut text = known.as_str().to_owned();
            text.replace_range(at..=at, "x");
            text
        };
        for at in [0, 9_999, 4_096, 4_095, 0] {
            assert!(!known.is(&edited(at)) && !known.is(&edited(at)), "{at}");
            assert!(known.is(&"ab".repeat(5_000)));
        }
        assert!(!known.is("") && KnownText::default().is(""));
    }
}
