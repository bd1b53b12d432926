//! Fuzzy matching: the texts that a few typed letters find, and the letters in them.
//!
//! Knows texts. Must never know what they stand for.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// A query that is ready to be run over texts.
#[derive(Debug)]
pub(crate) struct Fuzzy {
    pattern: Pattern,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Fuzzy {
    /// Parses a query: words in any order, each with its letters in order. A capital letter matches itself, a small one
    /// both cases.
    pub(crate) fn new(query: &str) -> Self {
        Self::of(Pattern::parse(query, CaseMatching::Smart, Normalization::Smart))
    }

    /// Like `new`, but the letters must stand side by side.
    fn literal(query: &str) -> Self {
        Self::of(Pattern::new(query, CaseMatching::Smart, Normalization::Smart, AtomKind::Substring))
    }

    /// Reads a query of words that match as this kind says, in any case.
    pub(crate) fn in_any_case(query: &str, kind: AtomKind) -> Self {
        Self::of(Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, kind))
    }

    fn of(pattern: Pattern) -> Self {
        Self { pattern, matcher: Matcher::new(Config::DEFAULT), buffer: Vec::new() }
    }

    /// Returns how well a text matches; `None` where it does not.
    pub(crate) fn score(&mut self, text: &str) -> Option<u32> {
        self.pattern.score(Utf32Str::new(text, &mut self.buffer), &mut self.matcher)
    }

    /// Returns the graphemes of a text that match, by their positions, ascending; none where the text does not match.
    pub(crate) fn graphemes(&mut self, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let haystack = Utf32Str::new(text, &mut self.buffer);
        if self.pattern.indices(haystack, &mut self.matcher, &mut found).is_none() {
            return Vec::new();
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|at| usize::try_from(at).ok()).collect()
    }
}

/// Whether a score is not much worse than the highest one: letters in order are found in almost any long text.
pub(crate) fn is_close(score: u32, highest: u32) -> bool {
    u64::from(score) * 3 >= u64::from(highest) * 2
}

/// Returns the positions of the texts that a query matches, the best first; all of them, in their order, for an empty
/// query. Letters that stand apart match only where no text has them side by side.
pub(crate) fn ranked(query: &str, texts: impl Iterator<Item = impl AsRef<str>> + Clone) -> Vec<usize> {
    let mut hits = hits(Fuzzy::literal(query), texts.clone());
    if hits.is_empty() {
        hits = self::hits(Fuzzy::new(query), texts);
    }
    hits.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
    hits.into_iter().map(|(at, _)| at).collect()
}

/// Returns the positions of the things that a word names: those of which a name is the word in any case, else those of
/// which one begins with it.
pub(crate) fn named<'n>(word: &str, names: impl Iterator<Item = Vec<&'n str>> + Clone) -> Vec<usize> {
    let word = word.to_lowercase();
    let find = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let fitting = |names: Vec<&str>| names.iter().any(|name| fits(&name.to_lowercase()));
        names.clone().enumerate().filter_map(|(at, names)| fitting(names).then_some(at)).collect()
    };
    let exact = find(&|name| name == word);
    if exact.is_empty() { find(&|name| name.starts_with(&word)) } else { exact }
}

/// Returns the positions and the scores of the texts that match about as well as the best.
fn hits(mut query: Fuzzy, texts: impl Iterator<Item = impl AsRef<str>>) -> Vec<(usize, u32)> {
    let mut hits: Vec<(usize, u32)> =
        texts.enumerate().filter_map(|(at, text)| Some((at, query.score(text.as_ref())?))).collect();
    let highest = hits.iter().map(|(_, score)| *score).max().unwrap_or_default();
    hits.retain(|(_, score)| is_close(*score, highest));
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_match_comes_first_and_noise_not_at_all() {
        let texts =
            ["Telegraph agency of Lithuania", "Taliban ministry", "TALIBAN authorities", "Al Jazeera"];
        assert_eq!(ranked("tali", texts.iter()), [1, 2]);
        assert_eq!(ranked("ministry tali", texts.iter()), [1]);
        assert_eq!(ranked("", texts.iter()), [0, 1, 2, 3]);
        assert_eq!(ranked("tlban", texts.iter()), [1, 2], "letters may be left out");
        assert_eq!(ranked("zz", texts.iter()), [0; 0]);
    }
}
