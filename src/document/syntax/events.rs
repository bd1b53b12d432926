//! Events of the parser, in their order: keys gather, values find their place, brackets open and close.

use std::borrow::Cow;

use toml_parser::decoder::Encoding;
use toml_parser::parser::EventReceiver;
use toml_parser::{ErrorSink, Span as TokenSpan};

use super::build::{Builder, Frame, Header, Part};
use super::fault::{self, Rank};
use super::simple_line::{LineForm, SimpleLine};
use super::{NodeId, NodeKind, TableForm, slice};
use crate::diagnostic::Span;

/// How many parts a key has at most, as in `toml`.
const MAX_PARTS: usize = 80;

impl<'t> Builder<'t, '_> {
    /// Returns the place of a token in the text.
    fn span(&self, token: TokenSpan) -> Span {
        self.base + token.start()..self.base + token.end()
    }

    fn open(&mut self, kind: NodeKind, at: TokenSpan) {
        let node = self.attach(kind, self.span(at));
        self.push_frame(node, kind == NodeKind::Array);
    }

    fn push_frame(&mut self, node: NodeId, is_array: bool) {
        self.stack.push(Frame { node, is_array, path: Vec::new(), broken_path: false, comma: None });
    }

    /// Ends the innermost bracket. Where the bracket that should close it is not there (reported by the parser), what
    /// it seems to hold may be anything.
    fn close(&mut self, at: TokenSpan, bracket: &str) -> Option<Frame<'t>> {
        let frame = self.stack.pop()?;
        let end = self.span(at).end;
        let closed = slice(self.text, &self.span(at)) == bracket;
        self.edit(frame.node, |entry| {
            entry.len = u32::try_from(end.saturating_sub(entry.start as usize)).unwrap_or_default();
            if !closed {
                entry.kind = NodeKind::Broken;
            }
        });
        Some(frame)
    }

    /// Takes in a line outside brackets, as the parser's events for it would.
    pub(super) fn take(&mut self, line: SimpleLine) {
        match line.form {
            LineForm::Blank => {}
            LineForm::Header { names, span, is_array } => {
                for name in names.into_iter().flatten() {
                    self.push_name(name);
                }
                self.open_section(&Header { start: span.start, is_array }, span.end);
            }
            LineForm::Text { key, value } => {
                self.push_name(key);
                self.attach(NodeKind::String, value);
            }
            LineForm::Table { key, value, entries } => {
                self.push_name(key);
                let node = self.attach(NodeKind::Table(TableForm::Inline), value);
                self.push_frame(node, false);
                for (key, value) in entries {
                    self.push_name(key);
                    self.attach(NodeKind::String, value);
                }
                self.stack.pop();
            }
            LineForm::Atom { key, value } => {
                self.push_name(key);
                let kind = self.judge_scalar(&value, None);
                self.attach(kind, value);
            }
        }
        self.end_expression();
    }

    fn push_name(&mut self, span: Span) {
        let text = Cow::Borrowed(slice(self.text, &span));
        let path = self.stack.last_mut().map_or(&mut self.path, |frame| &mut frame.path);
        path.push(Part { span, text });
    }

    fn in_inline_table(&self) -> bool {
        self.stack.last().is_some_and(|frame| !frame.is_array)
    }
}

impl EventReceiver for Builder<'_, '_> {
    fn std_table_open(&mut self, span: TokenSpan, _error: &mut dyn ErrorSink) {
        self.header = Some(Header { start: self.span(span).start, is_array: false });
    }

    fn array_table_open(&mut self, span: TokenSpan, _error: &mut dyn ErrorSink) {
        self.header = Some(Header { start: self.span(span).start, is_array: true });
    }

    fn std_table_close(&mut self, span: TokenSpan, _error: &mut dyn ErrorSink) {
        if let Some(header) = self.header.take() {
            self.open_section(&header, self.span(span).end);
        }
    }

    fn array_table_close(&mut self, span: TokenSpan, error: &mut dyn ErrorSink) {
        self.std_table_close(span, error);
    }

    fn inline_table_open(&mut self, span: TokenSpan, _error: &mut dyn ErrorSink) -> bool {
        self.open(NodeKind::Table(TableForm::Inline), span);
        true
    }

    fn inline_table_close(&mut self, span: TokenSpan, _error: &mut dyn ErrorSink) {
        if let Some(frame) = self.stack.last()
            && !frame.path.is_empty()
        {
            // A key whose value never came: reported by the parser.
            let at = self.span(span).start;
            self.attach(NodeKind::Broken, at..at);
        }
        if let Some(comma) = self.close(span, "}").and_then(|frame| frame.comma) {
            self.note_newer(comma, "a trailing comma in an inline table");
        }
    }

    fn array_open(&mut self, span: TokenSpan, _error: &mut dyn ErrorSink) -> bool {
        self.open(NodeKind::Array, span);
        true
    }

    fn array_close(&mut self, span: TokenSpan, _error: &mut dyn ErrorSink) {
        self.close(span, "]");
    }

    fn simple_key(&mut self, span: TokenSpan, encoding: Option<Encoding>, _error: &mut dyn ErrorSink) {
        let span = self.span(span);
        let text = if span.is_empty() && encoding.is_none() {
            self.report(
                Rank::Structure,
                fault::syntax(span.clone(), "a key is missing").expected("expected a key"),
            );
            None
        } else if encoding.is_none() && is_bare(slice(self.text, &span)) {
            Some(Cow::Borrowed(slice(self.text, &span)))
        } else {
            self.judge(&span, encoding, |raw, error| {
                let mut text = Cow::Borrowed("");
                raw.decode_key(&mut text, error);
                text
            })
        };
        let broken = text.is_none();
        let part = Part { text: text.unwrap_or_default(), span };
        let path = match self.stack.last_mut() {
            Some(frame) => {
                frame.comma = None;
                frame.broken_path |= broken;
                &mut frame.path
            }
            None => {
                self.broken_path |= broken;
                &mut self.path
            }
        };
        path.push(part);
        if path.len() == MAX_PARTS + 1
            && let Some(part) = path.last()
        {
            let fault = fault::syntax(part.span.clone(), "this key has more than 80 parts");
            self.report(Rank::Structure, fault);
            match self.stack.last_mut() {
                Some(frame) => frame.broken_path = true,
                None => self.broken_path = true,
            }
        }
    }

    fn scalar(&mut self, span: TokenSpan, encoding: Option<Encoding>, _error: &mut dyn ErrorSink) {
        let span = self.span(span);
        let kind = self.judge_scalar(&span, encoding);
        self.attach(kind, span);
    }

    fn value_sep(&mut self, span: TokenSpan, _error: &mut dyn ErrorSink) {
        let comma = self.span(span);
        if let Some(frame) = self.stack.last_mut() {
            frame.comma = Some(comma);
        }
    }

    fn newline(&mut self, span: TokenSpan, _error: &mut dyn ErrorSink) {
        if self.stack.is_empty() {
            self.end_expression();
        } else if self.in_inline_table() {
            self.note_newer(self.span(span), "a line break in an inline table");
        }
    }
}

/// Whether a text is a key without quotes: the common case, which needs no decoding.
fn is_bare(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
