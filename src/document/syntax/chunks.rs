//! Simple lines, and the tokens of the others in chunks that the parser can take one after the other.
//!
//! Chunks for two reasons. Memory: the tokens of a file at once take several times the file. Recovery: in a chunk that holds
//! an unclosed bracket everything after it would be swallowed and misread, one fault a line; so a chunk ends where
//! a line can only be the start of something new.

use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

use super::simple_line::SimpleLine;

/// Tokens after which a chunk ends at the next line outside brackets.
const PORTION: usize = 4096;

/// A part of a text that holds a whole number of expressions.
pub(super) enum Chunk<'a, 't> {
    Line(SimpleLine),
    /// Tokens of a source that begins at this offset of the text.
    Tokens(usize, Source<'t>, &'a [Token]),
}

/// Calls `take` with the chunks of a text, in order; without `has_lines` all of it is read as tokens.
pub(super) fn for_each<'t>(text: &'t str, has_lines: bool, mut take: impl FnMut(Chunk<'_, 't>)) {
    let line_at = |at: usize| if has_lines { SimpleLine::at(text, at) } else { None };
    let mut at = 0;
    loop {
        while let Some(line) = line_at(at) {
            at = line.end;
            take(Chunk::Line(line));
        }
        let Some(rest) = text.get(at..).filter(|rest| at == 0 || !rest.is_empty()) else { return };
        let (source, start) = (Source::new(rest), at);
        let is_end = |end: usize| line_at(start + end).is_some();
        at += for_tokens(source, is_end, |tokens| take(Chunk::Tokens(start, source, tokens)));
        if at == start {
            return;
        }
    }
}

/// Calls `parse` with the tokens of `source`, in order, up to an offset outside brackets that is an end. Returns it.
fn for_tokens(source: Source<'_>, is_end: impl Fn(usize) -> bool, mut parse: impl FnMut(&[Token])) -> usize {
    let mut chunk = Portion { source, tokens: Vec::new(), line: 0, open: Vec::new(), open_at_line: 0 };
    for token in source.lex() {
        chunk.tokens.push(token);
        if !matches!(token.kind(), TokenKind::Newline | TokenKind::Eof) {
            continue;
        }
        if chunk.open_at_line > 0 && chunk.starts_anew() {
            let rest = chunk.tokens.split_off(chunk.line);
            parse(&chunk.tokens);
            chunk.tokens = rest;
            chunk.line = 0;
            chunk.open.clear();
        }
        chunk.end_line();
        let is_end = chunk.open.is_empty() && is_end(token.span().end());
        if is_end
            || chunk.open.is_empty() && (chunk.tokens.len() >= PORTION || token.kind() == TokenKind::Eof)
        {
            parse(&chunk.tokens);
            chunk.tokens.clear();
            chunk.line = 0;
        }
        if is_end {
            return token.span().end();
        }
    }
    if !chunk.tokens.is_empty() {
        parse(&chunk.tokens);
    }
    source.input().len()
}

struct Portion<'s> {
    source: Source<'s>,
    tokens: Vec<Token>,
    /// Where in `tokens` the current line begins.
    line: usize,
    /// Brackets open at the end of the lines before.
    open: Vec<TokenKind>,
    /// How many of them were open at the start of the current line.
    open_at_line: usize,
}

impl Portion<'_> {
    fn current(&self) -> &[Token] {
        self.tokens.get(self.line..).unwrap_or_default()
    }

    /// Takes the brackets of the current line into account and begins the next.
    fn end_line(&mut self) {
        let line = self.tokens.get(self.line..).unwrap_or_default();
        let header = self.open.is_empty()
            && line.iter().find(|t| t.kind() != TokenKind::Whitespace).map(Token::kind)
                == Some(TokenKind::LeftSquareBracket);
        // A header never reaches beyond its line, closed or not.
        if !header {
            for token in line {
                match token.kind() {
                    kind @ (TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket) => {
                        self.open.push(kind)
                    }
                    TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                        self.open.pop();
                    }
                    _ => {}
                }
            }
        }
        self.line = self.tokens.len();
        self.open_at_line = self.open.len();
    }

    /// Whether the current line, though inside a bracket, can only be the start of a new expression. Never so in
    /// valid TOML: a bare word is not a value, an array holds no `key =`, and in an inline table a value is followed by
    /// a comma or the end.
    fn starts_anew(&self) -> bool {
        let line: Vec<Token> =
            self.current().iter().copied().filter(|t| t.kind() != TokenKind::Whitespace).collect();
        self.is_header(&line)
            || match self.open.last() {
                Some(TokenKind::LeftSquareBracket) => is_key_value(&line),
                Some(_) => is_key_value(&line) && self.follows_value(),
                None => false,
            }
    }

    fn is_header(&self, line: &[Token]) -> bool {
        let mut rest = line.iter().skip_while(|t| t.kind() == TokenKind::LeftSquareBracket);
        let brackets = line.iter().take_while(|t| t.kind() == TokenKind::LeftSquareBracket).count();
        let word =
            rest.next().filter(|t| t.kind() == TokenKind::Atom).and_then(|t| self.source.get(t.span()));
        let closes = rest.any(|t| t.kind() == TokenKind::RightSquareBracket);
        (1..=2).contains(&brackets)
            && closes
            && word.is_some_and(|word| {
                let word = word.as_str();
                word.starts_with(|c: char| c.is_ascii_alphabetic())
                    && !matches!(word, "true" | "false" | "inf" | "nan")
            })
    }

    /// Whether the last thing before the current line is the end of a value.
    fn follows_value(&self) -> bool {
        let before = self.tokens.get(..self.line).unwrap_or_default();
        before
            .iter()
            .rev()
            .find(|t| !matches!(t.kind(), TokenKind::Whitespace | TokenKind::Newline | TokenKind::Comment))
            .is_some_and(|t| {
                !matches!(t.kind(), TokenKind::Comma | TokenKind::LeftCurlyBracket | TokenKind::Equals)
            })
    }
}

/// Whether a line reads `key =` or `key.key =`.
fn is_key_value(line: &[Token]) -> bool {
    let mut rest = line.iter().map(Token::kind);
    loop {
        match rest.next() {
            Some(TokenKind::Atom | TokenKind::BasicString | TokenKind::LiteralString) => {}
            _ => return false,
        }
        match rest.next() {
            Some(TokenKind::Equals) => return true,
            Some(TokenKind::Dot) => {}
            _ => return false,
        }
    }
}
