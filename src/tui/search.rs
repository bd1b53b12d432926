//! Searching: which items a few typed letters mean, and which letters of them.
//!
//! Knows items as they are shown. Must never know the screen.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use unicode_segmentation::UnicodeSegmentation;

use crate::scenario::Evidence;
use crate::text::single_line;

/// A search, ready to look at items.
#[derive(Debug)]
pub(crate) struct Search {
    pattern: Pattern,
    matcher: Matcher,
    buffer: Vec<char>,
}

/// Graphemes that match, by their positions in what is shown, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// In the id.
    pub(crate) id: Vec<usize>,
    /// In the text.
    pub(crate) text: Vec<usize>,
}

impl Search {
    /// Words in any order, their letters in order; capital letters mean themselves, small ones both.
    pub(crate) fn new(query: &str) -> Self {
        Self {
            pattern: Pattern::parse(query, CaseMatching::Smart, Normalization::Smart),
            matcher: Matcher::new(Config::DEFAULT),
            buffer: Vec::new(),
        }
    }

    /// The items that are meant, by their positions in the list, ascending, and the best of them. Items that match
    /// much worse than the best are left out: letters in order are found in almost any long text.
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

    /// What of an item matches.
    pub(crate) fn marks(&mut self, item: &Evidence) -> Marks {
        let (line, mut found) = (line(item), Vec::new());
        let haystack = Utf32Str::new(&line, &mut self.buffer);
        if self.pattern.indices(haystack, &mut self.matcher, &mut found).is_none() {
            return Marks::default();
        }
        found.sort_unstable();
        found.dedup();
        let found = found.into_iter().filter_map(|at| usize::try_from(at).ok());
        // An id is ASCII: its graphemes are its bytes.
        let text = item.id.as_str().len() + 1;
        let (id, text): (Vec<usize>, Vec<usize>) = {
            let (id, rest): (Vec<usize>, Vec<usize>) = found.partition(|at| *at < text);
            (id, rest.into_iter().map(|at| at - text).collect())
        };
        Marks { id, text }
    }
}

/// An item as it is searched: id and text as they are shown.
fn line(item: &Evidence) -> String {
    format!("{} {}", item.id, single_line(&item.text))
}

/// The columns from the start of a shown text at which these graphemes stand, with their widths.
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
            item("other", "A long text in which r, o, p and e can be found apart, each in its place"),
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
        let marks = Search::new("ét").marks(&item);
        assert_eq!(marks, Marks { id: vec![], text: vec![3, 4] });
        assert_eq!(columns(&single_line(&item.text), &marks.text), [(5, 1), (6, 1)]);
        assert_eq!(Search::new("b").marks(&item), Marks { id: vec![2], text: vec![] });
    }
}
