//! Events of the parser, in their order: keys gather, values find their place, brackets open and close.

use std::borrow::Cow;

use toml_parser::decoder::Encoding;
use toml_parser::parser::EventReceiver;
use toml_parser::{ErrorSink, Span as TokenSpan};

use super::build::{Builder, Frame, Header, Part};
use super::fault::{self, Rank};
use super::{NodeKind, TableForm, slice};

/// How many parts a key has at most, as in `toml`.
const MAX_PARTS: usize = 80;

impl<'t> Builder<'t, '_> {
    fn open(&mut self, kind: NodeKind, at: TokenSpan) {
        let node = self.attach(kind, at.start()..at.end());
        let is_array = kind == NodeKind::Array;
        self.stack.push(Frame { node, is_array, path: Vec::new(), broken_path: false, comma: None });
    }

    /// Ends the innermost bracket. Where the bracket that should close it is not there (reported by the parser), what
    /// it seems to hold may be anything.
    fn close(&mut self, at: TokenSpan, bracket: &str) -> Option<Frame<'t>> {
        let frame = self.stack.pop()?;
        let closed = slice(self.text, &(at.start()..at.end())) == bracket;
        self.edit(frame.node, |entry| {
            entry.len = u32::try_from(at.end().saturating_sub(entry.start as usize)).unwrap_or_default();
            if !closed {
                entry.kind = NodeKind::Broken;
            }
        });
        Some(frame)
    }

    fn in_inline_table(&self) -> bool {
        self.stack.last().is_some_and(|frame| !frame.is_array)
    }
}

impl EventReceiver for Builder<'_, '_> {
    fn std_table_open(&mut self, span: TokenSpan, _error: &mut dyn ErrorSink) {
        self.header = Some(Header { start: span.start(), is_array: false });
    }

    fn array_table_open(&mut self, span: TokenSpan, _error: &mut dyn ErrorSink) {
        self.header = Some(Header { start: span.start(), is_array: true });
    }

    fn std_table_close(&mut self, span: TokenSpan, _error: &mut dyn ErrorSink) {
        if let Some(header) = self.header.take() {
            self.open_section(&header, span.end());
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
            let at = span.start();
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
        let span = span.start()..span.end();
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
        let span = span.start()..span.end();
        let kind = self.judge_scalar(&span, encoding);
        self.attach(kind, span);
    }

    fn value_sep(&mut self, span: TokenSpan, _error: &mut dyn ErrorSink) {
        if let Some(frame) = self.stack.last_mut() {
            frame.comma = Some(span.start()..span.end());
        }
    }

    fn newline(&mut self, span: TokenSpan, _error: &mut dyn ErrorSink) {
        if self.stack.is_empty() {
            self.end_expression();
        } else if self.in_inline_table() {
            self.note_newer(span.start()..span.end(), "a line break in an inline table");
        }
    }
}

/// Whether a text is a key without quotes: the common case, which needs no decoding.
fn is_bare(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
