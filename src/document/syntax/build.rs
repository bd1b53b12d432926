//! Events to tree: what belongs where, and what TOML forbids beyond its grammar.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::str::FromStr;

use toml_parser::decoder::{Encoding, IntegerRadix, ScalarKind};
use toml_parser::parser::{EventReceiver, RecursionGuard, ValidateWhitespace, parse_document};
use toml_parser::{ErrorSink, ParseError, Raw, Source, Span as TokenSpan};

use super::fault::{self, Found, Rank};
use super::{DatetimeForm, Entry, INDEX_FROM, NONE, NodeId, NodeKind, TableForm, Tree, feed, slice};
use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// How deep brackets nest at most: the parser recurses by bracket.
const MAX_DEPTH: u32 = 80;
/// How many parts a key has at most, as in `toml`.
const MAX_PARTS: usize = 80;

pub(super) fn build(text: &str) -> (Tree, Vec<Diagnostic>) {
    let Ok(len) = u32::try_from(text.len()) else { return (Tree::empty(0), Vec::new()) };
    let source = Source::new(text);
    let expression = Expression::default();
    let mut errors = Vec::new();
    let mut builder = Builder::new(text, len, &expression);
    feed::feed(source, |tokens| {
        let mut sink = |error: ParseError| {
            let (rank, diagnostic) = fault::structure(&error);
            expression.faulty.set(true);
            errors.push(Found { expression: expression.number.get(), rank, diagnostic });
        };
        {
            let mut guard = RecursionGuard::new(&mut builder, MAX_DEPTH);
            let mut receiver = ValidateWhitespace::new(&mut guard, source);
            parse_document(tokens, &mut receiver, &mut sink);
        }
        builder.end_expression();
    });
    let newer = builder.newer.take();
    errors.append(&mut builder.found);
    let tree = builder.tree;
    if errors.is_empty() && newer.is_none() {
        return (tree, Vec::new());
    }
    if !errors.is_empty()
        && let Some(markers) = fault::merge_markers(text)
    {
        return (tree, vec![markers]);
    }
    let mut told = fault::told(errors);
    told.extend(newer.map(|newer| newer.into_diagnostic()));
    (tree, told)
}

/// The expression being read, shared by those who report faults in it.
#[derive(Default)]
struct Expression {
    number: Cell<u32>,
    faulty: Cell<bool>,
}

/// The first use of TOML 1.1 syntax and how many follow.
struct Newer {
    place: Span,
    what: &'static str,
    more: usize,
}

impl Newer {
    fn into_diagnostic(self) -> Diagnostic {
        let more = match self.more {
            0 => String::new(),
            1 => ", here and in 1 more place".into(),
            n => format!(", here and in {n} more places"),
        };
        Diagnostic::new(Code::TOML_1_1, Place::Span(self.place), format!("{} is TOML 1.1{more}", self.what))
            .help("other tools read TOML 1.0 only: keep inline tables on one line without a trailing comma, write \\u00XX for \\e and \\xXX, and times with seconds")
    }
}

/// A part of a key that is being read.
struct Part<'t> {
    span: Span,
    text: Cow<'t, str>,
}

/// An open bracket.
struct Frame<'t> {
    node: NodeId,
    is_array: bool,
    /// Key parts read so far in an inline table.
    path: Vec<Part<'t>>,
    broken_path: bool,
    /// An inline table whose last token was a comma.
    comma: Option<Span>,
}

/// A table header that is being read.
struct Header {
    start: usize,
    is_array: bool,
}

struct Builder<'t, 'c> {
    text: &'t str,
    tree: Tree,
    expression: &'c Expression,
    found: Vec<Found>,
    newer: Option<Newer>,
    newer_here: Vec<(Span, &'static str)>,
    /// The table that keys outside brackets go to.
    section: NodeId,
    header: Option<Header>,
    path: Vec<Part<'t>>,
    /// A part of the current key has a fault.
    broken_path: bool,
    /// The current key got its value.
    has_value: bool,
    stack: Vec<Frame<'t>>,
}

impl<'t, 'c> Builder<'t, 'c> {
    fn new(text: &'t str, len: u32, expression: &'c Expression) -> Self {
        Self {
            text,
            tree: Tree::empty(len),
            expression,
            found: Vec::new(),
            newer: None,
            newer_here: Vec::new(),
            section: NONE,
            header: None,
            path: Vec::new(),
            broken_path: false,
            has_value: false,
            stack: Vec::new(),
        }
    }

    fn report(&mut self, rank: Rank, diagnostic: Diagnostic) {
        self.expression.faulty.set(true);
        self.found.push(Found { expression: self.expression.number.get(), rank, diagnostic });
    }

    fn note_newer(&mut self, place: Span, what: &'static str) {
        self.newer_here.push((place, what));
    }

    /// Counts the uses of newer syntax in the current expression; where it is faulty they are part of the mistake.
    fn count_newer(&mut self, faulty: bool) {
        for (place, what) in self.newer_here.drain(..).filter(|_| !faulty) {
            match &mut self.newer {
                Some(newer) => newer.more += 1,
                None => self.newer = Some(Newer { place, what, more: 0 }),
            }
        }
    }

    /// Ends a header or a key with its value, as a line break outside brackets does.
    fn end_expression(&mut self) {
        if let Some(header) = self.header.take() {
            // Never closed: reported by the parser. Open it nevertheless, so that its keys find their place.
            let end = self.path.last().map_or(header.start, |part| part.span.end);
            self.open_section(&header, end);
        }
        while let Some(frame) = self.stack.pop() {
            // Never closed: reported by the parser.
            self.edit(frame.node, |entry| entry.kind = NodeKind::Broken);
        }
        if !self.path.is_empty() && !self.has_value {
            let at = self.path.last().map_or(0, |part| part.span.end);
            self.attach(NodeKind::Broken, at..at);
        }
        let faulty = self.expression.faulty.replace(false);
        if faulty {
            self.edit(self.section, |entry| entry.damaged = true);
        }
        self.count_newer(faulty);
        self.path.clear();
        self.broken_path = false;
        self.has_value = false;
        self.expression.number.set(self.expression.number.get() + 1);
    }

    fn edit(&mut self, id: NodeId, edit: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.tree.nodes.get_mut(id.0 as usize) {
            edit(entry);
        }
    }

    fn new_node(&mut self, key: &Span, kind: NodeKind, span: &Span) -> NodeId {
        // Offsets fit: the text's length does. There are fewer nodes than bytes.
        let u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let id = NodeId(u32(self.tree.nodes.len()));
        self.tree.nodes.push(Entry {
            key_start: u32(key.start),
            key_len: u32(key.len()),
            start: u32(span.start),
            len: u32(span.len()),
            next: NONE,
            first: NONE,
            last: NONE,
            kind,
            damaged: false,
        });
        id
    }

    /// Puts a node that has no key yet under a parent, last.
    fn append(&mut self, parent: NodeId, child: NodeId, key: &str) {
        let last = self.tree.entry(parent).last;
        if last == NONE {
            self.edit(parent, |entry| entry.first = child);
        } else {
            self.edit(last, |entry| entry.next = child);
        }
        self.edit(parent, |entry| entry.last = child);
        if let Some(index) = self.tree.indexes.get_mut(&parent) {
            index.insert(key.into(), child);
        }
    }

    /// The child of a table under a key; builds an index where a table has grown large.
    fn find(&mut self, table: NodeId, key: &str) -> Option<NodeId> {
        if let Some(index) = self.tree.indexes.get(&table) {
            return index.get(key).copied();
        }
        let mut steps = 0;
        for child in self.tree.children(table) {
            if super::key_is(self.text, &self.tree.entry(child), key) {
                return Some(child);
            }
            steps += 1;
        }
        if steps >= INDEX_FROM {
            let keys = self.tree.children(table).map(|child| {
                let entry = self.tree.entry(child);
                let start = entry.key_start as usize;
                let raw = slice(self.text, &(start..start + entry.key_len as usize));
                (super::decode_key(raw).into(), child)
            });
            let index: HashMap<Box<str>, NodeId> = keys.collect();
            self.tree.indexes.insert(table, index);
        }
        None
    }

    /// Reports that a key or table is already there.
    fn duplicate(&mut self, part: &Part<'t>, first: NodeId, message: String) {
        let entry = self.tree.entry(first);
        let key = entry.key_start as usize..(entry.key_start + entry.key_len) as usize;
        let diagnostic = Diagnostic::new(Code::DUPLICATE_KEY, Place::Span(part.span.clone()), message)
            .also(Place::Span(key), "first defined here");
        self.report(Rank::Literal, diagnostic);
    }

    /// Adds a value where the current key says, or to the open array. What has no place is kept apart, so that it
    /// does no harm: a node that is nobody's child.
    fn attach(&mut self, kind: NodeKind, span: Span) -> NodeId {
        if let Some(frame) = self.stack.last() {
            let parent = frame.node;
            if frame.is_array {
                let node = self.new_node(&(span.start..span.start), kind, &span);
                self.append(parent, node, "");
                return node;
            }
        }
        let (table, path, broken) = match self.stack.last_mut() {
            Some(frame) => {
                (frame.node, std::mem::take(&mut frame.path), std::mem::take(&mut frame.broken_path))
            }
            None => {
                self.has_value = true;
                (self.section, std::mem::take(&mut self.path), self.broken_path)
            }
        };
        let node =
            self.new_node(&path.last().map_or(span.start..span.start, |p| p.span.clone()), kind, &span);
        if !broken
            && let Some((last, before)) = path.split_last()
            && let Some(table) = self.descend(table, before)
        {
            match self.find(table, &last.text) {
                None => self.append(table, node, &last.text),
                Some(first) => {
                    self.duplicate(last, first, format!("the key \"{}\" is defined twice", last.text))
                }
            }
        }
        node
    }

    /// The table that the first parts of a dotted key lead to, made where it is not there yet.
    fn descend(&mut self, mut table: NodeId, parts: &[Part<'t>]) -> Option<NodeId> {
        for part in parts {
            table = match self.find(table, &part.text) {
                None => {
                    let kind = NodeKind::Table(TableForm::Dotted);
                    let node = self.new_node(&part.span, kind, &part.span);
                    self.append(table, node, &part.text);
                    node
                }
                Some(node) => match self.tree.entry(node).kind {
                    NodeKind::Table(TableForm::Dotted) => node,
                    NodeKind::Table(TableForm::Implied) => {
                        self.edit(node, |entry| entry.kind = NodeKind::Table(TableForm::Dotted));
                        node
                    }
                    NodeKind::Table(
                        TableForm::Root | TableForm::Header | TableForm::Element | TableForm::Inline,
                    )
                    | NodeKind::ArrayOfTables
                    | NodeKind::Array
                    | NodeKind::String
                    | NodeKind::Integer
                    | NodeKind::Float
                    | NodeKind::Boolean
                    | NodeKind::Datetime(_) => {
                        let message =
                            format!("a dotted key cannot add to \"{}\", which is already defined", part.text);
                        self.duplicate(part, node, message);
                        return None;
                    }
                    NodeKind::Broken => return None,
                },
            };
        }
        Some(table)
    }

    /// Begins the table that a header names. After a faulty header keys go to a table that is nobody's child.
    fn open_section(&mut self, header: &Header, end: usize) {
        let path = std::mem::take(&mut self.path);
        let span = header.start..end;
        let broken = std::mem::take(&mut self.broken_path);
        let opened = if broken { None } else { self.section_of(header, &path, &span) };
        self.section = opened.unwrap_or_else(|| {
            self.new_node(&(span.start..span.start), NodeKind::Table(TableForm::Header), &span)
        });
    }

    fn section_of(&mut self, header: &Header, path: &[Part<'t>], span: &Span) -> Option<NodeId> {
        let (last, before) = path.split_last()?;
        let mut table = NONE;
        for part in before {
            table = match self.find(table, &part.text) {
                None => {
                    let node = self.new_node(&part.span, NodeKind::Table(TableForm::Implied), &part.span);
                    self.append(table, node, &part.text);
                    node
                }
                Some(node) => match self.tree.entry(node).kind {
                    NodeKind::Table(
                        TableForm::Header | TableForm::Element | TableForm::Implied | TableForm::Dotted,
                    ) => node,
                    NodeKind::ArrayOfTables => self.tree.entry(node).last,
                    NodeKind::Table(TableForm::Root | TableForm::Inline)
                    | NodeKind::Array
                    | NodeKind::String
                    | NodeKind::Integer
                    | NodeKind::Float
                    | NodeKind::Boolean
                    | NodeKind::Datetime(_) => {
                        let message =
                            format!("a header cannot add to \"{}\", which is already a value", part.text);
                        self.duplicate(part, node, message);
                        return None;
                    }
                    NodeKind::Broken => return None,
                },
            };
        }
        let existing = self.find(table, &last.text);
        if header.is_array {
            self.open_element(table, existing, last, span)
        } else {
            self.open_table(table, existing, last, span)
        }
    }

    fn open_element(
        &mut self,
        table: NodeId,
        existing: Option<NodeId>,
        name: &Part<'t>,
        span: &Span,
    ) -> Option<NodeId> {
        let array = match existing {
            None => {
                let node = self.new_node(&name.span, NodeKind::ArrayOfTables, span);
                self.append(table, node, &name.text);
                node
            }
            Some(node) => match self.tree.entry(node).kind {
                NodeKind::ArrayOfTables => node,
                NodeKind::Table(_)
                | NodeKind::Array
                | NodeKind::String
                | NodeKind::Integer
                | NodeKind::Float
                | NodeKind::Boolean
                | NodeKind::Datetime(_) => {
                    self.duplicate(
                        name,
                        node,
                        format!("\"{}\" is already defined, and not by [[ ]]", name.text),
                    );
                    return None;
                }
                NodeKind::Broken => return None,
            },
        };
        let element = self.new_node(&(span.start..span.start), NodeKind::Table(TableForm::Element), span);
        self.append(array, element, "");
        Some(element)
    }

    fn open_table(
        &mut self,
        table: NodeId,
        existing: Option<NodeId>,
        name: &Part<'t>,
        span: &Span,
    ) -> Option<NodeId> {
        let Some(node) = existing else {
            let node = self.new_node(&name.span, NodeKind::Table(TableForm::Header), span);
            self.append(table, node, &name.text);
            return Some(node);
        };
        match self.tree.entry(node).kind {
            NodeKind::Table(TableForm::Implied) => {
                let (start, len) = (span.start, span.len());
                self.edit(node, |entry| {
                    entry.kind = NodeKind::Table(TableForm::Header);
                    entry.key_start = u32::try_from(name.span.start).unwrap_or_default();
                    entry.key_len = u32::try_from(name.span.len()).unwrap_or_default();
                    entry.start = u32::try_from(start).unwrap_or_default();
                    entry.len = u32::try_from(len).unwrap_or_default();
                });
                Some(node)
            }
            NodeKind::Table(
                TableForm::Root
                | TableForm::Header
                | TableForm::Element
                | TableForm::Dotted
                | TableForm::Inline,
            )
            | NodeKind::ArrayOfTables
            | NodeKind::Array
            | NodeKind::String
            | NodeKind::Integer
            | NodeKind::Float
            | NodeKind::Boolean
            | NodeKind::Datetime(_) => {
                self.duplicate(name, node, format!("the table \"{}\" is defined twice", name.text));
                None
            }
            NodeKind::Broken => None,
        }
    }

    /// Judges a key or value; `None` if it has a fault, which is then reported.
    fn judge<T>(
        &mut self,
        span: &Span,
        encoding: Option<Encoding>,
        decode: impl FnOnce(Raw<'t>, &mut dyn ErrorSink) -> T,
    ) -> Option<T> {
        let text = slice(self.text, span);
        let raw = Raw::new_unchecked(text, encoding, TokenSpan::new_unchecked(span.start, span.end));
        let mut first: Option<ParseError> = None;
        let decoded = decode(raw, &mut first);
        match first {
            None => {
                self.note_escapes(span, text, encoding);
                Some(decoded)
            }
            Some(error) => {
                let (rank, diagnostic) = fault::literal(&error, span, text);
                self.report(rank, diagnostic);
                None
            }
        }
    }

    fn note_escapes(&mut self, span: &Span, text: &str, encoding: Option<Encoding>) {
        if !matches!(encoding, Some(Encoding::BasicString | Encoding::MlBasicString)) || !text.contains('\\')
        {
            return;
        }
        let mut escaped = false;
        for (at, byte) in text.bytes().enumerate() {
            if escaped && matches!(byte, b'e' | b'x') {
                self.note_newer(span.start + at - 1..span.start + at + 1, "this escape");
            }
            escaped = !escaped && byte == b'\\';
        }
    }

    fn judge_scalar(&mut self, span: &Span, encoding: Option<Encoding>) -> NodeKind {
        if span.is_empty() && encoding.is_none() {
            self.report(
                Rank::Structure,
                fault::syntax(span.clone(), "a value is missing").expected("expected a value"),
            );
            return NodeKind::Broken;
        }
        let text = self.text;
        let raw = slice(text, span);
        match self.judge(span, encoding, |raw, error| raw.decode_scalar(&mut (), error)) {
            None => NodeKind::Broken,
            Some(ScalarKind::String) => NodeKind::String,
            Some(ScalarKind::Boolean(_)) => NodeKind::Boolean,
            Some(ScalarKind::Integer(_)) if parse_integer(raw).is_some() => NodeKind::Integer,
            Some(ScalarKind::Integer(_)) => self.beyond(span, "this integer does not fit 64 bits"),
            Some(ScalarKind::Float) if parse_float(raw).is_some() => NodeKind::Float,
            Some(ScalarKind::Float) => self.beyond(span, "this number is too large for a float"),
            Some(ScalarKind::DateTime) => match datetime_form(raw) {
                Some(form) => {
                    let time = raw.rsplit(['T', 't', ' ']).next().unwrap_or_default();
                    let time = time.split(['Z', 'z', '+', '-']).next().unwrap_or_default();
                    if form != DatetimeForm::Date && time.matches(':').count() == 1 {
                        self.note_newer(span.clone(), "a time without seconds");
                    }
                    NodeKind::Datetime(form)
                }
                None => self.beyond(span, "there is no such date or time"),
            },
        }
    }

    fn beyond(&mut self, span: &Span, message: &str) -> NodeKind {
        self.report(Rank::Literal, fault::syntax(span.clone(), message));
        NodeKind::Broken
    }

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

/// The value of an integer literal, if it fits 64 bits.
pub(super) fn parse_integer(raw: &str) -> Option<i64> {
    let mut digits = Cow::Borrowed("");
    let token = Raw::new_unchecked(raw, None, TokenSpan::new_unchecked(0, raw.len()));
    match token.decode_scalar(&mut digits, &mut ()) {
        ScalarKind::Integer(radix) => {
            let digits = match radix {
                IntegerRadix::Dec => digits.as_ref(),
                IntegerRadix::Hex => digits.trim_start_matches("0x"),
                IntegerRadix::Oct => digits.trim_start_matches("0o"),
                IntegerRadix::Bin => digits.trim_start_matches("0b"),
            };
            i64::from_str_radix(digits, radix.value()).ok()
        }
        ScalarKind::String | ScalarKind::Boolean(_) | ScalarKind::DateTime | ScalarKind::Float => None,
    }
}

/// The value of a float literal; `inf` and `nan` only where they are written so.
pub(super) fn parse_float(raw: &str) -> Option<f64> {
    let mut digits = Cow::Borrowed("");
    let token = Raw::new_unchecked(raw, None, TokenSpan::new_unchecked(0, raw.len()));
    let ScalarKind::Float = token.decode_scalar(&mut digits, &mut ()) else { return None };
    let value = f64::from_str(&digits).ok()?;
    (value.is_finite() || raw.ends_with("inf") || raw.ends_with("nan")).then_some(value)
}

fn datetime_form(raw: &str) -> Option<DatetimeForm> {
    let datetime = toml::value::Datetime::from_str(raw).ok()?;
    match (datetime.date, datetime.time, datetime.offset) {
        (Some(_), None, None) => Some(DatetimeForm::Date),
        (None, Some(_), None) => Some(DatetimeForm::Time),
        (Some(_), Some(_), None) => Some(DatetimeForm::DateTime),
        (Some(_), Some(_), Some(_)) => Some(DatetimeForm::OffsetDateTime),
        (None, _, Some(_)) | (None, None, None) | (Some(_), None, Some(_)) => None,
    }
}
