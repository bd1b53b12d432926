//! Excerpts: the few lines of a file that a finding shows, escaped, with its marks moved along.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Snippet};

use crate::present::Highlight;
use crate::text::{escape_char, hidden_chars, is_odd_space, single_line};

/// Most marks that one finding shows.
const MOST_MARKS: usize = 6;
/// Marks further apart than this many lines are shown in excerpts of their own.
const APART: usize = 1_000;
/// Bytes shown before and after the first mark of a very long line, about; the drawing cuts further to the width.
const AROUND: usize = 600;

/// Lines of a file with marks, as they are drawn.
#[derive(Debug)]
pub(super) struct Excerpt {
    first_line: usize,
    source: String,
    marks: Vec<ShownHighlight>,
    /// Line and column of the mark that the excerpt is headed with.
    pub(super) place: (usize, usize),
    /// The column of that mark in the escaped line.
    pub(super) shown_column: usize,
}

#[derive(Debug)]
struct ShownHighlight {
    span: Range<usize>,
    text: String,
    primary: bool,
}

impl Excerpt {
    /// Returns the excerpt for annotate-snippets.
    pub(super) fn snippet<'a>(&'a self, path: &'a str) -> Snippet<'a, Annotation<'a>> {
        let annotations = self.marks.iter().map(|mark| {
            let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let label = (!mark.text.is_empty()).then(|| single_line(&mark.text));
            kind.span(mark.span.clone()).label(label)
        });
        Snippet::source(self.source.as_str()).path(path).line_start(self.first_line).annotations(annotations)
    }
}

/// Returns the excerpts that show these highlights, that of the first highlight first.
pub(super) fn excerpts(text: &str, marks: &[Highlight]) -> Vec<Excerpt> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut marks: Vec<(bool, &Highlight)> =
        marks.iter().take(MOST_MARKS).enumerate().map(|(at, mark)| (at == 0, mark)).collect();
    marks.sort_by_key(|(_, mark)| (mark.line, mark.span.start));
    let mut excerpts: Vec<_> = marks
        .chunk_by(|(_, a), (_, b)| b.line - a.line <= APART)
        .filter_map(|near| Some((near.iter().any(|(primary, _)| *primary), excerpt(text, near)?)))
        .collect();
    excerpts.sort_by_key(|(primary, _)| !primary);
    excerpts.into_iter().map(|(_, excerpt)| excerpt).collect()
}

fn excerpt(text: &str, marks: &[(bool, &Highlight)]) -> Option<Excerpt> {
    let (_, headed) = marks.iter().find(|(primary, _)| *primary).or(marks.first())?;
    let first_line = marks.first()?.1.line;
    let mut excerpt = Excerpt {
        first_line,
        source: String::new(),
        marks: Vec::new(),
        place: (headed.line, headed.column),
        shown_column: headed.column,
    };
    let mut line = first_line;
    for on_line in marks.chunk_by(|(_, a), (_, b)| a.line == b.line) {
        let (_, first) = on_line.first()?;
        match first.line - line {
            // Lines between are drawn where it is a single one; more are skipped, and need no text.
            2 => {
                let between = sanitized(line_before(text, first.span.start));
                excerpt.source.push_str(&format!("\n{between}\n"));
            }
            apart => excerpt.source.push_str(&"\n".repeat(apart)),
        }
        line = first.line;
        excerpt.add_line(text, on_line)?;
    }
    if excerpt.source.is_empty() || excerpt.source.ends_with('\n') {
        // An empty last line must be there to be marked.
        excerpt.source.push(' ');
    }
    Some(excerpt)
}

impl Excerpt {
    /// Adds the line that these marks are on.
    fn add_line(&mut self, text: &str, marks: &[(bool, &Highlight)]) -> Option<()> {
        let (_, centre) = marks.iter().find(|(primary, _)| *primary).or(marks.first())?;
        let window = window(text, centre.span.start)?;
        let base = self.source.len();
        let line = text.get(window.clone())?;
        let shown = |offset: usize| shown_length(line, offset.checked_sub(window.start)?);
        for (primary, mark) in marks {
            if !window.contains(&mark.span.start) && mark.span.start != window.end {
                continue;
            }
            let (start, end) =
                (shown(mark.span.start)?, shown(mark.span.end.clamp(mark.span.start, window.end))?);
            if self.place == (mark.line, mark.column) {
                let before = shown(mark.span.start)?;
                self.shown_column = 1 + sanitized(line).get(..before)?.chars().count();
            }
            self.marks.push(ShownHighlight {
                span: base + start..base + end,
                text: mark.text.clone(),
                primary: *primary,
            });
        }
        self.source.push_str(&sanitized(line));
        Some(())
    }
}

/// Returns the characters of a line that are escaped: the hidden ones, but for tabs, which the renderer expands, and
/// spaces that only look like one.
fn escaped(line: &str) -> impl Iterator<Item = (usize, char)> {
    let hidden = hidden_chars(line).filter(|(_, c)| *c != '\t' && !is_odd_space(*c));
    let spaces = line.char_indices().filter(|(_, c)| is_odd_space(*c));
    let mut both: Vec<(usize, char)> = hidden.chain(spaces).collect();
    both.sort_unstable();
    both.into_iter()
}

fn sanitized(line: &str) -> String {
    let (mut safe, mut done) = (String::with_capacity(line.len()), 0);
    for (at, c) in escaped(line) {
        safe.push_str(line.get(done..at).unwrap_or_default());
        safe.push_str(&escape_char(c));
        done = at + c.len_utf8();
    }
    safe.push_str(line.get(done..).unwrap_or_default());
    safe
}

/// Returns the length of the first bytes of a line once the line is escaped; `None` past its end.
fn shown_length(line: &str, bytes: usize) -> Option<usize> {
    line.get(..bytes)?;
    let grown =
        escaped(line).take_while(|(at, _)| *at < bytes).map(|(_, c)| escape_char(c).len() - c.len_utf8());
    Some(bytes + grown.sum::<usize>())
}

/// Returns the range of the line that the offset is on, without its end and without a byte order mark; of a very long
/// line, the part near the offset. `None` if the offset is not on a character boundary of the text.
fn window(text: &str, offset: usize) -> Option<Range<usize>> {
    let (before, after) = (text.get(..offset)?, text.get(offset..)?);
    let mut start = before.rfind('\n').map_or(0, |at| at + 1);
    if start == 0 && text.starts_with('\u{feff}') && offset >= '\u{feff}'.len_utf8() {
        start = '\u{feff}'.len_utf8();
    }
    let mut end = after.find('\n').map_or(text.len(), |at| offset + at);
    if end > offset && text.get(start..end)?.ends_with('\r') {
        end -= 1;
    }
    if offset - start > AROUND {
        start = boundary(text, offset - AROUND);
    }
    if end - offset > AROUND {
        end = boundary(text, offset + AROUND);
    }
    Some(start..end)
}

/// Returns the last character boundary at or before the offset.
fn boundary(text: &str, offset: usize) -> usize {
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// Returns the line before the one that the offset is on.
fn line_before(text: &str, offset: usize) -> &str {
    let line = text.get(..offset).and_then(|before| before.get(..before.rfind('\n')?)).unwrap_or_default();
    let start = line.rfind('\n').map_or(0, |at| at + 1);
    let line = line.get(start..).unwrap_or_default();
    line.strip_suffix('\r').unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str, what: &str) -> Highlight {
        let start = text.find(what).unwrap();
        let before = &text[..start];
        let line = 1 + before.matches('\n').count();
        let column = 1 + before[before.rfind('\n').map_or(0, |at| at + 1)..]
            .trim_start_matches('\u{feff}')
            .chars()
            .count();
        Highlight { span: start..start + what.len(), line, column, text: String::new() }
    }

    fn marked(excerpt: &Excerpt) -> Vec<&str> {
        excerpt.marks.iter().map(|mark| &excerpt.source[mark.span.clone()]).collect()
    }

    #[test]
    fn marks_move_along_with_what_is_escaped() {
        let text = "a\n\u{1b}[31m = \"\u{202e}x\" # note\r\nb\n";
        let found = excerpts(text, &[mark(text, "\"\u{202e}x\"")]);
        assert_eq!(found[0].source, r#"\u001b[31m = "\u202ex" # note"#);
        assert_eq!(marked(&found[0]), [r#""\u202ex""#]);
        assert_eq!((found[0].first_line, found[0].place, found[0].shown_column), (2, (2, 9), 14));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_line() {
        let text = "\u{feff}ach = 2\n";
        let found = excerpts(text, &[mark(text, "2")]);
        assert_eq!(found[0].source, "ach = 2");
        assert_eq!(found[0].shown_column, 7);
    }

    #[test]
    fn of_a_long_line_the_marked_part_is_shown() {
        let text = format!("x = [{}here{}]\n", "é, ".repeat(5_000), " 日".repeat(5_000));
        let found = excerpts(&text, &[mark(&text, "here")]);
        assert!(found[0].source.len() < 3 * AROUND);
        assert_eq!(marked(&found[0]), ["here"]);
    }

    #[test]
    fn places_apart_are_shown_together_when_near_and_apart_when_far() {
        let text = format!("one\ntwo\nthree\n{}four\n", "\n".repeat(2_000));
        let near = excerpts(&text, &[mark(&text, "three"), mark(&text, "one")]);
        assert_eq!(near.len(), 1);
        assert_eq!(near[0].source, "one\ntwo\nthree");
        let far = excerpts(&text, &[mark(&text, "four"), mark(&text, "one")]);
        assert_eq!(far.iter().map(|e| e.source.as_str()).collect::<Vec<_>>(), ["four", "one"]);
    }

    #[test]
    fn the_end_of_the_file_can_be_marked() {
        let end = Highlight { span: 4..4, line: 2, column: 1, text: String::new() };
        assert_eq!(excerpts("abc\n", std::slice::from_ref(&end))[0].source, " ");
        let beyond = Highlight { span: 9..12, ..end };
        assert!(excerpts("abc\n", &[beyond]).is_empty());
    }
}
