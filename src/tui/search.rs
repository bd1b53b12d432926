//! Searching: the items that a few typed letters match, and the letters in them.
//!
//! Knows items as they are shown. Must never know the screen.

use unicode_segmentation::UnicodeSegmentation;

use super::fuzzy::{Fuzzy, is_close};
use crate::scenario::Evidence;
use crate::text::single_line;

/// A search that is ready to be run over items.
#[derive(Debug)]
pub(crate) struct Search {
    fuzzy: Fuzzy,
    /// The text of the item that is searched.
    line: String,
}

/// A search through rows that can be interrupted: by keys while it has rows to look at, and by another letter, which
/// searches the rows that matched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RowScan {
    text: String,
    /// The rows that match, ascending, with their scores.
    scored: Vec<(usize, u32)>,
    /// The rows to look at, ascending, after all that match; those before `next` were looked at.
    rows: Vec<usize>,
    next: usize,
}

/// Rows that are looked at between two keys: 2 ms of work.
const SLICE: usize = 2_000;

impl RowScan {
    /// Begins to search so many rows for a text.
    pub(crate) fn new(text: &str, rows: usize) -> Self {
        Self { text: text.to_owned(), rows: (0..rows).collect(), ..Self::default() }
    }

    /// Goes on to another text, which only rows that match the present one can match, if it begins with that.
    pub(crate) fn narrow(self, text: &str, rows: usize) -> Self {
        // These signs negate, end or escape a word, so that a longer text can match more.
        let is_narrower = text.starts_with(&self.text)
            && !self.text.trim().is_empty()
            && !self.text.contains(['!', '$', '\\']);
        if !is_narrower {
            return Self::new(text, rows);
        }
        let matched = self.scored.iter().map(|(row, _)| *row);
        let rows = matched.chain(self.rows.iter().copied().skip(self.next)).collect();
        Self { text: text.to_owned(), rows, ..Self::default() }
    }

    /// Looks at the next rows, whose items `item` gives. Returns whether all were looked at.
    pub(crate) fn go_on<'a>(&mut self, item: impl Fn(usize) -> Option<&'a Evidence>) -> bool {
        let mut search = Search::new(&self.text);
        let rows = self.rows.iter().skip(self.next).take(SLICE);
        self.scored.extend(rows.filter_map(|row| Some((*row, search.score(item(*row)?)?))));
        self.next = (self.next + SLICE).min(self.rows.len());
        self.is_over()
    }

    /// Whether all rows were looked at.
    pub(crate) const fn is_over(&self) -> bool {
        self.next == self.rows.len()
    }

    /// Returns the rows that match so far, ascending, and the best of them. Those that match much worse than the best are
    /// left out: letters in order are found in almost any long text.
    pub(crate) fn hits(&self) -> (Vec<usize>, Option<usize>) {
        let highest = self.scored.iter().map(|(_, score)| *score).max().unwrap_or_default();
        let best = self.scored.iter().find(|(_, score)| *score == highest).map(|(row, _)| *row);
        let hits = self.scored.iter().filter(|(_, score)| is_close(*score, highest)).map(|(row, _)| *row);
        (hits.collect(), best)
    }
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
    /// Parses a query, as [`Fuzzy::new`] does.
    pub(crate) fn new(query: &str) -> Self {
        Self { fuzzy: Fuzzy::new(query), line: String::new() }
    }

    fn score(&mut self, item: &Evidence) -> Option<u32> {
        write_line(item, &mut self.line);
        self.fuzzy.score(&self.line)
    }

    /// Returns the graphemes of an item that match.
    pub(crate) fn marks(&mut self, item: &Evidence) -> SearchMarks {
        write_line(item, &mut self.line);
        let found = self.fuzzy.graphemes(&self.line).into_iter();
        // An id is ASCII, so its graphemes are its bytes.
        let text = item.id.as_str().len() + 1;
        let (id, rest): (Vec<usize>, Vec<usize>) = found.partition(|at| *at < text);
        SearchMarks { id, text: rest.into_iter().map(|at| at - text).collect() }
    }
}

/// Writes the text of an item that is searched: id and text as they are shown.
fn write_line(item: &Evidence, line: &mut String) {
    line.clear();
    line.push_str(item.id.as_str());
    line.push(' ');
    line.push_str(&single_line(&item.text));
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
        scan(RowScan::new(query, items.len()), items)
    }

    fn scan(mut scan: RowScan, items: &[Evidence]) -> (Vec<usize>, Option<usize>) {
        while !scan.go_on(|row| items.get(row)) {}
        scan.hits()
    }

    #[test]
    fn a_letter_more_finds_what_a_new_search_finds_wherever_it_comes() {
        let words = ["rope", "mooring $x", "Rope cut", "!no", "d\\ b", "na\u{ef}ve rope", "per rope", "end"];
        let items: Vec<Evidence> =
            (0..5_000).map(|at| item(&format!("e{at}"), words[at % words.len()])).collect();
        for query in
            ["rope", "e1 rope", "Rope c", "!ro !n", "rope$ x", "^e1", "'rop", "d\\ b", "nai", " e", "zebra"]
        {
            for slices in 0..3 {
                let mut narrowed = RowScan::new("", items.len());
                for (end, letter) in query.char_indices() {
                    narrowed = narrowed.narrow(&query[..end + letter.len_utf8()], items.len());
                    for _ in 0..slices {
                        narrowed.go_on(|row| items.get(row));
                    }
                }
                assert_eq!(scan(narrowed, &items), hits(query, &items), "{query}");
            }
        }
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
