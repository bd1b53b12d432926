//! Comma-separated sequences between brackets: elements of an array, entries of an inline table.
//!
//! Knows commas, blanks and comments; must never know what the elements mean.

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::splice::Splice;
use crate::diagnostic::Span;

/// An array or inline table as written.
#[derive(Debug)]
pub(crate) struct Sequence<'t> {
    text: &'t str,
    /// The opening bracket's end and the closing bracket's start.
    inside: Span,
    pieces: Vec<Piece>,
}

/// One element: its text without blanks and comments around it, and the comma that follows.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) span: Span,
    comma: Option<Span>,
}

impl<'t> Sequence<'t> {
    /// Reads the array or inline table whose literal, brackets included, stands at `span`.
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

    /// The elements, in order.
    pub(crate) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Position of the element that contains this offset.
    pub(crate) fn position(&self, offset: usize) -> Option<usize> {
        self.pieces.iter().position(|piece| piece.span.start <= offset && offset < piece.span.end)
    }

    /// Takes these elements out, with the commas that separated them.
    pub(crate) fn remove(&self, positions: &[usize]) -> Vec<Splice> {
        let delete = |range: Span| Splice { range, text: String::new() };
        let gone = |at: usize| positions.contains(&at);
        let kept_last = (0..self.pieces.len()).rev().find(|at| !gone(*at));
        let mut splices = Vec::new();
        for (at, piece) in self.pieces.iter().enumerate().filter(|(at, _)| gone(*at)) {
            let end = piece.comma.as_ref().map_or(piece.span.end, |comma| comma.end);
            let mut range = piece.span.start..end;
            // The blanks after it go too, or, at the end, those before it.
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
        // What is now the last element must not keep a comma that it did not end with before.
        if let Some(last) = kept_last
            && last + 1 < self.pieces.len()
            && self.pieces.last().is_some_and(|piece| piece.comma.is_none())
            && let Some(comma) = self.pieces.get(last).and_then(|piece| piece.comma.clone())
        {
            splices.push(delete(comma));
        }
        splices
    }

    /// Puts an element before the one at `position`, or last.
    pub(crate) fn insert(&self, position: usize, element: &str) -> Splice {
        if let Some(before) = position.checked_sub(1)
            && let Some(piece) = self.pieces.get(before.min(self.pieces.len().saturating_sub(1)))
        {
            return Splice { range: piece.span.end..piece.span.end, text: format!(", {element}") };
        }
        if let Some(piece) = self.pieces.first() {
            return Splice { range: piece.span.start..piece.span.start, text: format!("{element}, ") };
        }
        // Nothing in it yet. Blanks alone are replaced; a comment stays, and the element stands before it.
        let inside = self.text.get(self.inside.clone()).unwrap_or_default();
        let curly = self.text.get(self.inside.end..).is_some_and(|rest| rest.starts_with('}'));
        let element = if curly { format!(" {element} ") } else { element.to_owned() };
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
            "[\n  1, # one\n  # two\n  3 # three\n]"
        );
        assert_eq!(removed("[\n  1, # one\n  2 # two\n]", &[1]), "[\n  1 # one\n # two\n]");
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
}
