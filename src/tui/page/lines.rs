//! The lines of a page at a width.

use super::{Page, Paragraph};
use crate::present::{Phrase, Tone};
use crate::text::{pad_left, single_line, truncate, width, wrap};

/// A line of a page as it is drawn.
pub(crate) struct PageLine {
    pub(crate) indent: u16,
    pub(crate) runs: Vec<(String, Tone)>,
    pub(crate) entry: Option<usize>,
}

/// Columns between a text and what stands at the end of its line.
const APART: usize = 2;

impl Page {
    /// Returns the lines at a width. Only as many paragraphs are broken into lines as are asked for.
    pub(crate) fn lines(&self, columns: u16) -> impl Iterator<Item = PageLine> {
        self.paragraphs.iter().flat_map(move |paragraph| paragraph.lines(columns))
    }
}

impl Paragraph {
    /// Returns its lines at a width, at least one.
    pub(crate) fn lines(&self, columns: u16) -> Vec<PageLine> {
        let Self { text, tail, end, indent, is_cut, entry, .. } = self;
        let indent = indent.on(columns);
        let pieces = || text.iter().map(|phrase| (phrase.text.as_ref(), phrase.tone));
        let line = |indent: u16, runs| PageLine { indent, runs, entry: *entry };
        let room = usize::from(columns.saturating_sub(indent)).max(1);
        if let Some(end) = end {
            return vec![line(indent, with_end(pieces(), end, room))];
        }
        if *is_cut {
            let mut runs: Vec<(String, Tone)> =
                pieces().map(|(text, tone)| (single_line(text).into_owned(), tone)).collect();
            let Some((tail, below)) = tail else { return vec![line(indent, runs)] };
            let taken: usize = runs.iter().map(|(text, _)| width(text)).sum();
            if taken + width(", ") + width(&tail.text) <= room {
                runs.push((format!(", {}", tail.text), tail.tone));
                return vec![line(indent, runs)];
            }
            let below = below.on(columns);
            let rest = wrap([(tail.text.as_ref(), tail.tone)], columns.saturating_sub(below).into());
            return std::iter::once(line(indent, runs))
                .chain(rest.into_iter().map(|r| line(below, r)))
                .collect();
        }
        // The lines of an entry after the first are set back, so that entries stand out.
        let (hanging, narrow) =
            if entry.is_some() { (indent + 2, room.saturating_sub(2).max(1)) } else { (indent, room) };
        let whole = wrap(pieces(), room);
        let runs = if whole.len() > 1 { wrap(pieces(), narrow) } else { whole };
        if runs.is_empty() {
            return vec![line(indent, Vec::new())];
        }
        let indents = std::iter::once(indent).chain(std::iter::repeat(hanging));
        indents.zip(runs).map(|(indent, runs)| line(indent, runs)).collect()
    }
}

/// Returns one line with a phrase at its right end, which stays whole; the text before it yields.
fn with_end<'p>(
    pieces: impl Iterator<Item = (&'p str, Tone)>,
    end: &Phrase<'_>,
    columns: usize,
) -> Vec<(String, Tone)> {
    let room = columns.saturating_sub(width(&end.text) + APART);
    let (mut runs, mut taken) = (Vec::new(), 0);
    for (text, tone) in pieces {
        let text = truncate(&single_line(text), room.saturating_sub(taken)).into_owned();
        taken += width(&text);
        runs.push((text, tone));
    }
    runs.push((pad_left(&single_line(&end.text), columns.saturating_sub(taken)), end.tone));
    runs
}

/// Returns the number of lines at a width, counted no further than `most`.
pub(crate) fn line_count(page: &Page, columns: u16, most: u16) -> u16 {
    u16::try_from(page.lines(columns).take(most.into()).count()).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::page::{Lead, dim};

    #[test]
    fn what_stands_at_the_end_is_never_cut() {
        let mut page = Page::default();
        page.enter_with_end(vec![Phrase::plain("a-long-id-of-an-item")], dim("-11.07  II"), Lead::default());
        let told = |columns| {
            let line = page.lines(columns).next().unwrap();
            line.runs.iter().map(|(text, _)| text.as_str()).collect::<String>()
        };
        assert_eq!(told(36), "a-long-id-of-an-item    -11.07  II");
        assert_eq!(told(24), "a-long-id…  -11.07  II");
    }
}
