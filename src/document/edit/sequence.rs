//! Comma-separated sequences between brackets: elements of an array, entries of an inline table.
//!
//! Knows commas, blanks and comments; must never know what the elements mean.

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::line::{line_start, newline};
use super::splice::Splice;
use crate::diagnostic::Span;

/// The blanks before an element in a line of its own where no neighbour has one.
const INDENT: &str = "  ";

/// An array or inline table in the text.
#[derive(Debug)]
pub(crate) struct Sequence<'t> {
    text: &'t str,
    /// From the end of the opening bracket to the start of the closing one.
    inside: Span,
    pieces: Vec<Piece>,
}

/// One element: its text without surrounding blanks and comments, and the comma after it.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) span: Span,
    comma: Option<Span>,
}

impl Piece {
    /// Returns where it ends, its comma included.
    fn end(&self) -> usize {
        self.comma.as_ref().unwrap_or(&self.span).end
    }
}

impl<'t> Sequence<'t> {
    /// Reads the array or inline table at `span`, which includes its brackets.
    pub(crate) fn read(text: &'t str, span: &Span) -> Self {
        let literal = text.get(span.clone()).unwrap_or_default();
        let inside = span.start + 1..span.end.saturating_sub(1).max(span.start + 1);
        let mut pieces = Vec::new();
        let mut current: Option<Span> = None;
        let mut depth = 0_usize;
        for token in Source::new(literal).lex() {
            let at = span.start + token.span().start()..span.start + token.span().end();
            match token.kind() {
                TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => {
                    depth += 1;
                    if depth == 1 {
                        continue;
                    }
                }
                TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                TokenKind::Comma if depth == 1 => {
                    if let Some(span) = current.take() {
                        pieces.push(Piece { span, comma: Some(at) });
                    }
                    continue;
                }
                TokenKind::Whitespace | TokenKind::Newline | TokenKind::Comment | TokenKind::Eof => continue,
                _ => {}
            }
            current = Some(current.map_or(at.clone(), |span| span.start..at.end));
        }
        pieces.extend(current.map(|span| Piece { span, comma: None }));
        Self { text, inside, pieces }
    }

    /// Returns the elements, in order.
    pub(crate) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Returns the position of the element at this offset.
    pub(crate) fn position(&self, offset: usize) -> Option<usize> {
        self.pieces.iter().position(|piece| piece.span.start <= offset && offset < piece.span.end)
    }

    /// Returns the lines of an element that has its lines to itself, with the comment lines directly above
    /// it, the comment after it and the line break. `None` if anything else is on these lines.
    fn lines(&self, at: usize) -> Option<Span> {
        let piece = self.pieces.get(at)?;
        let mut start = self.line_start(piece.span.start)?;
        let is_comment = |line: &str| line.trim_start_matches([' ', '\t']).starts_with('#');
        while let Some(above) = start.checked_sub(1).and_then(|before| self.line_start(before))
            && is_comment(self.text.get(above..start)?)
        {
            start = above;
        }
        let end = self.pieces.get(at + 1).map_or(self.inside.end, |next| next.span.start);
        let rest = self.text.get(piece.end()..end)?.find('\n')?;
        Some(start..piece.end() + rest + 1)
    }

    /// Returns the start of the line at an offset, if only blanks of this sequence come before it.
    fn line_start(&self, offset: usize) -> Option<usize> {
        let start = line_start(self.text, offset);
        let head = self.text.get(start..offset)?.trim_start_matches([' ', '\t']);
        (start > self.inside.start && (head.is_empty() || head.starts_with('#'))).then_some(start)
    }

    /// Returns the comment after an element, with the blanks before it; empty if there is none.
    fn behind(&self, at: usize, lines: &Span) -> &'t str {
        let close = self.pieces.get(at).map_or(lines.end, Piece::end);
        self.text.get(close..lines.end).unwrap_or_default().trim_end()
    }

    /// Returns where the line of an element ends, without its line break.
    fn end_of_line(&self, at: usize) -> Option<usize> {
        let end = self.pieces.get(at)?.span.end;
        Some(end + self.text.get(end..self.inside.end)?.find('\n')?)
    }

    /// Returns the text from the start of its line to an element, if a comma begins that line.
    fn lead(&self, at: usize) -> Option<&'t str> {
        let start = self.pieces.get(at)?.span.start;
        let lead = self.text.get(line_start(self.text, start)..start)?;
        (lead.trim_matches([' ', '\t']) == "," && self.end_of_line(at.checked_sub(1)?)? < start)
            .then_some(lead)
    }

    /// Returns the text before the second element if each element but the first stands in a line that a comma begins.
    fn leading_comma(&self) -> Option<&'t str> {
        let are_led =
            (1..self.pieces.len()).all(|at| self.lead(at).is_some() && self.end_of_line(at).is_some());
        self.lead(1).filter(|_| are_led)
    }

    /// Like [`Self::remove`], where commas begin the lines. The comment behind an element goes with it.
    fn remove_led(&self, positions: &[usize]) -> Vec<Splice> {
        let delete = |start: Option<usize>, end: Option<usize>| {
            Some(Splice { range: start?..end?, text: String::new() })
        };
        let start = |at: usize| self.pieces.get(at).map(|piece| piece.span.start);
        let first = (0..self.pieces.len()).find(|at| !positions.contains(at));
        let last = self.pieces.len().checked_sub(1);
        let Some(first) = first else {
            return delete(start(0), last.and_then(|last| self.end_of_line(last))).into_iter().collect();
        };
        let head = if first > 0 { delete(start(0), start(first)) } else { None };
        let rest = positions.iter().filter(|at| **at > first);
        head.into_iter()
            .chain(rest.filter_map(|at| delete(self.end_of_line(at - 1), self.end_of_line(*at))))
            .collect()
    }

    /// Like [`Self::insert_with`], where commas begin the lines.
    fn insert_led(&self, position: usize, lead: &str, element: &str, behind: &str) -> Option<Splice> {
        let newline = newline(self.text);
        let (at, text) = match position.min(self.pieces.len()).checked_sub(1) {
            None => (self.pieces.first()?.span.start, format!("{element}{behind}{newline}{lead}")),
            Some(before) => (self.end_of_line(before)?, format!("{newline}{lead}{element}{behind}")),
        };
        // The line break that is there has a carriage return where the file has them.
        let at = at - usize::from(self.text.get(..at)?.ends_with('\r'));
        Some(Splice { range: at..at, text })
    }

    /// Returns the comment behind an element that shares its line with the opening bracket only, with the blanks before
    /// it, and where the comment ends; empty if there is none.
    fn behind_bracket(&self, at: usize) -> (&'t str, usize) {
        let Some(piece) = self.pieces.get(at) else { return ("", self.inside.end) };
        let close = piece.end();
        let line = self.text.get(close..self.inside.end).and_then(|rest| rest.split_once('\n'));
        match line {
            Some((comment, _)) if at == 0 && comment.trim_start().starts_with('#') => {
                let comment = comment.trim_end();
                (comment, close + comment.len())
            }
            Some(_) | None => ("", close),
        }
    }

    /// Removes these elements, with the commas that separated them and the comments that belong to them.
    pub(crate) fn remove(&self, positions: &[usize]) -> Vec<Splice> {
        if self.leading_comma().is_some() {
            return self.remove_led(positions);
        }
        let delete = |range: Span| Splice { range, text: String::new() };
        let gone = |at: usize| positions.contains(&at);
        let kept_last = (0..self.pieces.len()).rev().find(|at| !gone(*at));
        let mut splices = Vec::new();
        for (at, piece) in self.pieces.iter().enumerate().filter(|(at, _)| gone(*at)) {
            if let Some(lines) = self.lines(at) {
                splices.push(delete(lines));
                continue;
            }
            let (_, end) = self.behind_bracket(at);
            let mut range = piece.span.start..end;
            // The blanks after it go too; for the last element, those before it.
            let rest = self.text.get(end..self.inside.end).unwrap_or_default();
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            if kept_last.is_none_or(|kept| at < kept) {
                range.end += blanks;
            } else {
                let before = self.text.get(self.inside.start..range.start).unwrap_or_default();
                range.start -= before.len() - before.trim_end_matches([' ', '\t']).len();
            }
            splices.push(delete(range));
        }
        // The new last element must not get a comma that the old last one did not have.
        if let Some(last) = kept_last
            && last + 1 < self.pieces.len()
            && self.pieces.last().is_some_and(|piece| piece.comma.is_none())
            && let Some(comma) = self.pieces.get(last).and_then(|piece| piece.comma.clone())
        {
            splices.push(delete(comma));
        }
        splices
    }

    /// Inserts an element before the one at `position`, or last. It gets its own line if its neighbour has
    /// one.
    pub(crate) fn insert(&self, position: usize, element: &str) -> Splice {
        let led = self.leading_comma().and_then(|lead| self.insert_led(position, lead, element, ""));
        led.unwrap_or_else(|| self.insert_with(position, "", element, ""))
    }

    /// Moves an element, with the comments that belong to it, before the one at `position`, or to the end.
    pub(crate) fn relocate(&self, from: usize, position: usize) -> Vec<Splice> {
        let Some(piece) = self.pieces.get(from) else { return Vec::new() };
        let element = self.text.get(piece.span.clone()).unwrap_or_default();
        let mut splices = self.remove(&[from]);
        if let (Some(lead), Some(end)) = (self.leading_comma(), self.end_of_line(from)) {
            let behind = self.text.get(piece.span.end..end).unwrap_or_default().trim_end();
            splices.extend(self.insert_led(position, lead, element, behind));
            return splices;
        }
        splices.push(match self.lines(from) {
            Some(lines) => {
                let above = self.text.get(lines.start..line_start(self.text, piece.span.start));
                self.insert_with(position, above.unwrap_or_default(), element, self.behind(from, &lines))
            }
            None => self.insert_with(position, "", element, self.behind_bracket(from).0),
        });
        splices
    }

    /// Inserts an element with comment lines `above` it and a comment `behind` it.
    fn insert_with(&self, position: usize, above: &str, element: &str, behind: &str) -> Splice {
        let newline = newline(self.text);
        let before = position.checked_sub(1).map(|before| before.min(self.pieces.len().saturating_sub(1)));
        let neighbour = before.unwrap_or_default();
        if let (Some(piece), Some(lines)) = (self.pieces.get(neighbour), self.lines(neighbour)) {
            let indent = self.text.get(line_start(self.text, piece.span.start)..piece.span.start);
            let line = |comma: &str| {
                format!("{above}{}{element}{comma}{behind}{newline}", indent.unwrap_or_default())
            };
            let whole = lines.end;
            return match (before, &piece.comma) {
                (None, _) => Splice { range: lines.start..lines.start, text: line(",") },
                (Some(_), Some(_)) => Splice { range: whole..whole, text: line(",") },
                (Some(_), None) => {
                    let rest = self.text.get(piece.span.end..whole).unwrap_or_default();
                    Splice { range: piece.span.end..whole, text: format!(",{rest}{}", line("")) }
                }
            };
        }
        // Comments need lines of their own even where the elements have none.
        let comment = if behind.is_empty() { String::new() } else { format!("{behind}{newline}") };
        let element =
            if above.is_empty() { element.to_owned() } else { format!("{newline}{above}{element}") };
        if let Some((before, piece)) = before.and_then(|before| Some((before, self.pieces.get(before)?))) {
            let (tail, end) = self.behind_bracket(before);
            if !tail.is_empty() {
                let comma = if piece.comma.is_some() { "," } else { "" };
                let text = format!(",{tail}{newline}{INDENT}{element}{comma}{behind}");
                return Splice { range: piece.span.end..end, text };
            }
            let text = format!(", {element}{comment}");
            return Splice { range: piece.span.end..piece.span.end, text };
        }
        if let Some(piece) = self.pieces.first() {
            let blank = if comment.is_empty() { " " } else { "" };
            let text = format!("{element},{comment}{blank}");
            return Splice { range: piece.span.start..piece.span.start, text };
        }
        // An empty sequence: blanks are replaced, and a comment stays after the new element.
        let inside = self.text.get(self.inside.clone()).unwrap_or_default();
        let curly = self.text.get(self.inside.end..).is_some_and(|rest| rest.starts_with('}'));
        let element = if curly { format!(" {element} ") } else { element };
        let end =
            if inside.trim_matches([' ', '\t']).is_empty() { self.inside.end } else { self.inside.start };
        Splice { range: self.inside.start..end, text: element }
    }
}

#[cfg(test)]
mod tests {
    use super::super::splice::Splices;
    use super::*;

    fn removed(text: &str, positions: &[usize]) -> String {
        let sequence = Sequence::read(text, &(0..text.len()));
        Splices::new(sequence.remove(positions)).apply(text).0
    }

    fn inserted(text: &str, position: usize, element: &str) -> String {
        let sequence = Sequence::read(text, &(0..text.len()));
        Splices::new([sequence.insert(position, element)]).apply(text).0
    }

    #[test]
    fn removing_takes_the_right_comma() {
        assert_eq!(removed("[1, 2, 3]", &[0]), "[2, 3]");
        assert_eq!(removed("[1, 2, 3]", &[1]), "[1, 3]");
        assert_eq!(removed("[1, 2, 3]", &[2]), "[1, 2]");
        assert_eq!(removed("[1, 2, 3]", &[0, 1, 2]), "[]");
        assert_eq!(removed("[1, 2, 3,]", &[2]), "[1, 2,]");
        assert_eq!(removed("[1, 2, 3]", &[1, 2]), "[1]");
        assert_eq!(removed("{ a = 1 }", &[0]), "{ }");
        assert_eq!(removed("{ a = 1, b = [1, 2] }", &[1]), "{ a = 1 }");
        assert_eq!(
            removed("[\n  1, # one\n  2, # two\n  3 # three\n]", &[1]),
            "[\n  1, # one\n  3 # three\n]"
        );
        assert_eq!(removed("[\n  1, # one\n  2 # two\n]", &[1]), "[\n  1 # one\n]");
        assert_eq!(removed("[\n  # above\n  1,\n\n  # far\n\n  2,\n]", &[0, 1]), "[\n\n  # far\n\n]");
        assert_eq!(removed("[ # of all\n  1, 2, # two\n  3,\n]", &[1]), "[ # of all\n  1, # two\n  3,\n]");
    }

    #[test]
    fn inserting_separates_by_comma() {
        assert_eq!(inserted("[]", 0, "1"), "[1]");
        assert_eq!(inserted("{}", 0, "a = 1"), "{ a = 1 }");
        assert_eq!(inserted("{ }", 0, "a = 1"), "{ a = 1 }");
        assert_eq!(inserted("[1, 3]", 1, "2"), "[1, 2, 3]");
        assert_eq!(inserted("[1, 3]", 0, "0"), "[0, 1, 3]");
        assert_eq!(inserted("[1, 3]", 9, "4"), "[1, 3, 4]");
        assert_eq!(inserted("[1, 3, ]", 2, "4"), "[1, 3, 4, ]");
    }

    #[test]
    fn an_element_in_a_line_of_its_own_gets_a_neighbour_in_another() {
        let commented = "[\n  1, # one\n  2 # two\n]";
        assert_eq!(inserted(commented, 2, "3"), "[\n  1, # one\n  2, # two\n  3\n]");
        assert_eq!(inserted(commented, 1, "3"), "[\n  1, # one\n  3,\n  2 # two\n]");
        assert_eq!(inserted(commented, 0, "3"), "[\n  3,\n  1, # one\n  2 # two\n]");
        assert_eq!(inserted("[\n  # above\n  1,\n]", 0, "0"), "[\n  0,\n  # above\n  1,\n]");
        assert_eq!(inserted("[\n  1,\n  # below\n]", 1, "2"), "[\n  1,\n  2,\n  # below\n]");
        assert_eq!(inserted("[\r\n\t1,\r\n]", 1, "2"), "[\r\n\t1,\r\n\t2,\r\n]");
        assert_eq!(inserted("[1, 2,\n 3]", 2, "9"), "[1, 2, 9,\n 3]");
    }

    fn moved(text: &str, from: usize, to: usize) -> String {
        let sequence = Sequence::read(text, &(0..text.len()));
        Splices::new(sequence.relocate(from, to)).apply(text).0
    }

    #[test]
    fn where_commas_begin_the_lines_comments_stay_with_their_elements() {
        let text = "[\n    1 # one\n  , 2 # two\n  , 3 # three\n]";
        assert_eq!(inserted(text, 3, "4"), "[\n    1 # one\n  , 2 # two\n  , 3 # three\n  , 4\n]");
        assert_eq!(inserted(text, 1, "4"), "[\n    1 # one\n  , 4\n  , 2 # two\n  , 3 # three\n]");
        assert_eq!(inserted(text, 0, "4"), "[\n    4\n  , 1 # one\n  , 2 # two\n  , 3 # three\n]");
        assert_eq!(removed(text, &[0]), "[\n    2 # two\n  , 3 # three\n]");
        assert_eq!(removed(text, &[0, 2]), "[\n    2 # two\n]");
        assert_eq!(removed(text, &[1]), "[\n    1 # one\n  , 3 # three\n]");
        assert_eq!(removed(text, &[0, 1, 2]), "[\n    \n]");
        assert_eq!(moved(text, 2, 0), "[\n    3 # three\n  , 1 # one\n  , 2 # two\n]");
        assert_eq!(moved(text, 0, 2), "[\n    2 # two\n  , 1 # one\n  , 3 # three\n]");
        assert_eq!(moved("[ 1 # one\r\n, 2 # two\r\n]", 1, 0), "[ 2 # two\r\n, 1 # one\r\n]");
    }

    #[test]
    fn a_comment_behind_an_element_beside_the_bracket_is_its_own() {
        let text = "[1, # one\n  2, # two\n]";
        assert_eq!(removed(text, &[0]), "[\n  2, # two\n]");
        assert_eq!(moved(text, 0, 2), "[\n  2, # two\n  1, # one\n]");
        assert_eq!(inserted("[1, # one\n]", 1, "2"), "[1, # one\n  2,\n]");
        assert_eq!(inserted("[1 # one\n]", 1, "2"), "[1, # one\n  2\n]");
    }

    #[test]
    fn comments_of_an_element_move_with_it() {
        let text = "[\n  # of one\n  1, # one\n  2, # two\n  3 # three\n]";
        assert_eq!(moved(text, 0, 2), "[\n  2, # two\n  # of one\n  1, # one\n  3 # three\n]");
        assert_eq!(moved(text, 2, 0), "[\n  3, # three\n  # of one\n  1, # one\n  2 # two\n]");
        assert_eq!(moved(text, 0, 3), "[\n  2, # two\n  3, # three\n  # of one\n  1 # one\n]");
        assert_eq!(moved("[1, 2, 3]", 0, 2), "[2, 1, 3]");
        assert_eq!(moved("[1, 2, # two\n 3, # three\n]", 2, 0), "[3, # three\n1, 2, # two\n]");
    }
}
