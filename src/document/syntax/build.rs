//! Events to tree: what belongs where, and what TOML forbids beyond its grammar.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;

use toml_parser::ParseError;
use toml_parser::parser::{RecursionGuard, ValidateWhitespace, parse_document};

use super::chunks::{self, Chunk};
use super::fault::{self, Found, Rank};
use super::{Entry, INDEX_FROM, NONE, NodeId, NodeKind, TableForm, Tree, slice};
use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// Faults after which no more are told: each takes memory, and a file can be nothing but faults.
const MAX_FAULTS: usize = 10_000;
/// How deep brackets nest at most: the parser recurses by bracket.
const MAX_DEPTH: u32 = 80;

pub(super) fn build(text: &str) -> (Tree, Vec<Diagnostic>) {
    build_from(text, true)
}

/// Like [`build`]; without `has_lines` the parser reads simple lines too.
pub(super) fn build_from(text: &str, has_lines: bool) -> (Tree, Vec<Diagnostic>) {
    let Ok(len) = u32::try_from(text.len()) else { return (Tree::empty(0), Vec::new()) };
    let expression = Expression::default();
    let mut errors = Vec::new();
    let mut builder = Builder::new(text, len, &expression);
    chunks::for_each(text, has_lines, |chunk| {
        let (base, source, tokens) = match chunk {
            Chunk::Line(line) => return builder.take(line),
            Chunk::Tokens(base, source, tokens) => (base, source, tokens),
        };
        let mut sink = |error: ParseError| {
            let (rank, diagnostic) = fault::structure(&error, base);
            expression.faulty.set(true);
            errors.push(Found { expression: expression.number.get(), rank, diagnostic });
        };
        builder.base = base;
        {
            let mut guard = RecursionGuard::new(&mut builder, MAX_DEPTH);
            let mut receiver = ValidateWhitespace::new(&mut guard, source);
            parse_document(tokens, &mut receiver, &mut sink);
        }
        builder.end_expression();
    });
    let newer = builder.newer.take();
    let full = errors.len().max(builder.found.len()) >= MAX_FAULTS;
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
    let mut told = fault::with_lone_returns(text, fault::told(errors));
    if full {
        told.push(fault::too_many(len as usize, MAX_FAULTS));
    }
    told.extend(newer.map(|newer| newer.into_diagnostic()));
    (tree, told)
}

/// The expression being read, shared by those who report faults in it.
#[derive(Default)]
pub(super) struct Expression {
    number: Cell<u32>,
    faulty: Cell<bool>,
}

/// The first use of TOML 1.1 syntax and how many follow.
pub(super) struct Newer {
    place: Span,
    what: &'static str,
    more: usize,
}

impl Newer {
    pub(super) fn into_diagnostic(self) -> Diagnostic {
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
pub(super) struct Part<'t> {
    pub(super) span: Span,
    pub(super) text: Cow<'t, str>,
}

/// An open bracket.
pub(super) struct Frame<'t> {
    pub(super) node: NodeId,
    pub(super) is_array: bool,
    /// Key parts read so far in an inline table.
    pub(super) path: Vec<Part<'t>>,
    pub(super) broken_path: bool,
    /// An inline table whose last token was a comma.
    pub(super) comma: Option<Span>,
}

/// A table header that is being read.
pub(super) struct Header {
    pub(super) start: usize,
    pub(super) is_array: bool,
}

pub(super) struct Builder<'t, 'c> {
    pub(super) text: &'t str,
    /// Offset of what the parser reads.
    pub(super) base: usize,
    pub(super) tree: Tree,
    pub(super) expression: &'c Expression,
    pub(super) found: Vec<Found>,
    pub(super) newer: Option<Newer>,
    pub(super) newer_here: Vec<(Span, &'static str)>,
    /// The table that keys outside brackets go to.
    pub(super) section: NodeId,
    pub(super) header: Option<Header>,
    pub(super) path: Vec<Part<'t>>,
    /// An empty list to gather the next key in, so that not every key allocates one.
    pub(super) spare: Vec<Part<'t>>,
    /// A part of the current key has a fault.
    pub(super) broken_path: bool,
    /// The current key got its value.
    pub(super) has_value: bool,
    pub(super) stack: Vec<Frame<'t>>,
}

impl<'t, 'c> Builder<'t, 'c> {
    pub(super) fn new(text: &'t str, len: u32, expression: &'c Expression) -> Self {
        Self {
            text,
            base: 0,
            tree: Tree::empty(len),
            expression,
            found: Vec::new(),
            newer: None,
            newer_here: Vec::new(),
            section: NONE,
            header: None,
            path: Vec::new(),
            spare: Vec::new(),
            broken_path: false,
            has_value: false,
            stack: Vec::new(),
        }
    }

    pub(super) fn report(&mut self, rank: Rank, diagnostic: Diagnostic) {
        self.expression.faulty.set(true);
        if self.found.len() >= MAX_FAULTS {
            return;
        }
        self.found.push(Found { expression: self.expression.number.get(), rank, diagnostic });
    }

    pub(super) fn note_newer(&mut self, place: Span, what: &'static str) {
        self.newer_here.push((place, what));
    }

    /// Counts the uses of newer syntax in the current expression; where it is faulty they are part of the mistake.
    pub(super) fn count_newer(&mut self, faulty: bool) {
        for (place, what) in self.newer_here.drain(..).filter(|_| !faulty) {
            match &mut self.newer {
                Some(newer) => newer.more += 1,
                None => self.newer = Some(Newer { place, what, more: 0 }),
            }
        }
    }

    /// Ends a header or a key with its value, as a line break outside brackets does.
    pub(super) fn end_expression(&mut self) {
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

    pub(super) fn edit(&mut self, id: NodeId, edit: impl FnOnce(&mut Entry)) {
        self.tree.edit_entry(id, edit);
    }

    pub(super) fn new_node(&mut self, key: &Span, kind: NodeKind, span: &Span) -> NodeId {
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

    /// Puts a node that is nobody's child yet under a parent, last.
    pub(super) fn append(&mut self, parent: NodeId, child: NodeId, key: &str) {
        self.tree.link(parent, child, key);
    }

    /// The child of a table under a key; builds an index where a table has grown large.
    pub(super) fn find(&mut self, table: NodeId, key: &str) -> Option<NodeId> {
        if let Some(index) = self.tree.indexes.get(&table) {
            return index.get(key).copied();
        }
        // While the tree is built it has no blocks.
        let nodes = self.tree.nodes.as_slice();
        let node = |id: NodeId| (id != NONE).then(|| nodes.get(id.0 as usize)).flatten();
        let (mut steps, mut next) = (0, self.tree.entry(table).first);
        while let Some(entry) = node(next) {
            if super::key_is(self.text, entry, key) {
                return Some(next);
            }
            next = entry.next;
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

    /// Reports that a key or table is already there; not beside a fault that is already reported.
    pub(super) fn duplicate(&mut self, part: &Part<'t>, first: NodeId, message: String) {
        let entry = self.tree.entry(first);
        if entry.kind == NodeKind::Broken {
            return;
        }
        let key = entry.key_start as usize..(entry.key_start + entry.key_len) as usize;
        let diagnostic = Diagnostic::new(Code::DUPLICATE_KEY, Place::Span(part.span.clone()), message)
            .also(Place::Span(key), "first defined here");
        self.report(Rank::Literal, diagnostic);
    }

    /// Like [`Self::duplicate`], where a table was expected; returns `None`.
    pub(super) fn refuse(&mut self, part: &Part<'t>, first: NodeId, message: String) -> Option<NodeId> {
        self.duplicate(part, first, message);
        None
    }

    /// Adds a value where the current key says, or to the open array. What has no place is kept apart, so that it
    /// does no harm: a node that is nobody's child.
    pub(super) fn attach(&mut self, kind: NodeKind, span: Span) -> NodeId {
        if let Some(frame) = self.stack.last() {
            let parent = frame.node;
            if frame.is_array {
                let node = self.new_node(&(span.start..span.start), kind, &span);
                self.append(parent, node, "");
                return node;
            }
        }
        let spare = std::mem::take(&mut self.spare);
        let (table, mut path, broken) = match self.stack.last_mut() {
            Some(frame) => {
                let path = std::mem::replace(&mut frame.path, spare);
                (frame.node, path, std::mem::take(&mut frame.broken_path))
            }
            None => {
                self.has_value = true;
                (self.section, std::mem::replace(&mut self.path, spare), self.broken_path)
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
                    self.duplicate(last, first, format!("the key \"{}\" is defined twice", last.text));
                }
            }
        }
        path.clear();
        self.spare = path;
        node
    }

    /// The table that the first parts of a dotted key lead to, made where it is not there yet.
    pub(super) fn descend(&mut self, mut table: NodeId, parts: &[Part<'t>]) -> Option<NodeId> {
        for part in parts {
            table = match self.find(table, &part.text) {
                None => {
                    let kind = NodeKind::Table(TableForm::Dotted);
                    let node = self.new_node(&part.span, kind, &part.span);
                    self.append(table, node, &part.text);
                    node
                }
                Some(node) => {
                    let kind = self.tree.entry(node).kind;
                    if !matches!(kind, NodeKind::Table(TableForm::Dotted | TableForm::Implied)) {
                        let message =
                            format!("a dotted key cannot add to \"{}\", which is already defined", part.text);
                        return self.refuse(part, node, message);
                    }
                    self.edit(node, |entry| entry.kind = NodeKind::Table(TableForm::Dotted));
                    node
                }
            };
        }
        Some(table)
    }
}
