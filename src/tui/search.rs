//! Searching: the items that a few typed letters match, and the letters in them.
//!
//! Knows items as they are shown. Must never know the screen.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use unicode_segmentation::UnicodeSegmentation;

use crate::scenario::Evidence;
use crate::text::single_line;

/// A search that is ready to be run over items.
#[derive(Debug)]
pub(crate) struct Search {
    pattern: Pattern,
    matcher: Matcher,
    buffer: Vec<char>,
}

/// The graphemes that match, by their positions in the shown text, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SearchMarks {
    /// In the id.
    pub(crate) id: Vec<usize>,
    /// In the text.
    pub(crate) text: Vec<usize>,
}

impl Search {
    /// Parses a query: words in any order, each with its letters in order. A capital letter matches itself, a small one
    /// both cases.
    pub(crate) fn new(query: &str) -> Self {
        Self {
            pattern: Pattern::parse(query, CaseMatching::Smart, Normalization::Smart),
            matcher: Matcher::new(Config::DEFAULT),
            buffer: Vec::new(),
        }
    }

    /// Returns the positions of the items that match, ascending, and the best of them. Items that match much worse than
    /// the best are left out: letters in order are found in almost any long text.
    pub(crate) fn hits<'a>(
        &mut self,
        items: impl Iterator<Item = &'a Evidence>,
    ) -> (Vec<usize>, Option<usize>) {
        let scored: Vec<(usize, u32)> =
            items.enumerate().filter_map(|(at, item)| Some((at, self.score(item)?))).collect();
        let highest = scored.iter().map(|(_, score)| *score).max().unwrap_or_default();
        let best = scored.iter().find(|(_, score)| *score == highest).map(|(at, _)| *at);
        let close = |score: u32| u64::from(score) * 3 >= u64::from(highest) * 2;
        (scored.into_iter().filter(|(_, score)| close(*score)).map(|(at, _)| at).collect(), best)
    }

    fn score(&mut self, item: &Evidence) -> Option<u32> {
        let line = line(item);
        self.pattern.score(Utf32Str::new(&line, &mut self.buffer), &mut self.matcher)
    }

    /// Returns the graphemes of an item that match.
    pub(crate) fn marks(&mut self, item: &Evidence) -> SearchMarks {
        let (line, mut found) = (line(item), Vec::new());
        let haystack = Utf32Str::new(&line, &mut self.buffer);
        if self.pattern.indices(haystack, &mut self.matcher, &mut found).is_none() {
            return SearchMarks::default();
        }
        found.sort_unstable();
        found.dedup();
        let found = found.into_iter().filter_map(|at| usize::try_from(at).ok());
        // An id is ASCII, so its graphemes are its bytes.
        let text = item.id.as_str().len() + 1;
        let (id, text): (Vec<usize>, Vec<usize>) = {
            let (id, rest): (Vec<usize>, Vec<usize>) = found.partition(|at| *at < text);
            (id, rest.into_iter().map(|at| at - text).collect())
        };
        SearchMarks { id, text }
    }
}

/// Returns the text of an item that is searched: id and text as they are shown.
fn line(item: &Evidence) -> String {
    format!("{} {}", item.id, single_line(&item.text))
}

/// Returns the columns of these graphemes in a shown text, with their widths.
pub(crate) fn columns(text: &str, graphemes: &[usize]) -> Vec<(usize, usize)> {
    let mut wanted = graphemes.iter().copied().peekable();
    let (mut columns, mut x) = (Vec::new(), 0);
    for (at, grapheme) in text.graphemes(true).enumerate() {
        let width = crate::text::width(grapheme);
        if wanted.next_if_eq(&at).is_some() {
            columns.push((x, width));
        }
        if wanted.peek().is_none() {
            break;
        }
        x += width;
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::EvidenceId;

    fn item(id: &str, text: &str) -> Evidence {
        Evidence::new(EvidenceId::parse(id).unwrap(), text)
    }

    fn hits(query: &str, items: &[Evidence]) -> (Vec<usize>, Option<usize>) {
        Search::new(query).hits(items.iter())
    }

    #[test]
    fn words_are_found_in_ids_and_texts_and_noise_is_not() {
        let items = [
            item("rope-cut", "The mooring rope was cut"),
            item("other", "Carry food up the hill, in which the letters stand apart"),
            item("calm", "No wind; the rope hung loose"),
        ];
        assert_eq!(hits("rope", &items).0, [0, 2]);
        assert_eq!(hits("cut rope", &items), (vec![0], Some(0)));
        assert_eq!(hits("loose", &items), (vec![2], Some(2)));
        assert_eq!(hits("zebra", &items), (vec![], None));
        assert_eq!(hits("ROPE", &items).0, [] as [usize; 0]);
    }

    #[test]
    fn marks_are_those_of_what_is_shown() {
        let item = item("a-b", "日本 e\u{301}t\u{202e}x");
        let marks = Search::new("et").marks(&item);
        assert_eq!(marks, SearchMarks { id: vec![], text: vec![3, 4] });
        assert_eq!(columns(&single_line(&item.text), &marks.text), [(5, 1), (6, 1)]);
        assert_eq!(Search::new("b").marks(&item), SearchMarks { id: vec![2], text: vec![] });
    }
}
