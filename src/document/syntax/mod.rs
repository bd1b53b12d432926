//! TOML text as a tree with spans: the concrete syntax under a scenario.
//!
//! Stands on the tokens and events of `toml_parser`; adds what TOML asks beyond the grammar (each key once, what a
//! header or a dotted key may extend, numbers that fit) and recovers, so that all faults of a file are told at once
//! and one mistake is one fault. Knows TOML; must never know what a scenario is.
//!
//! The tree holds offsets only: 32 bytes a node, in one arena. Texts are decoded when asked for.

#[cfg(test)]
mod agreement;
mod build;
mod chunks;
mod events;
mod fault;
mod literal;
mod patch;
mod section;
mod simple_line;

use patch::Block;
pub(crate) use patch::Patch;

use std::borrow::Cow;
use std::collections::HashMap;

use toml_parser::decoder::Encoding;
use toml_parser::{Raw, Span as TokenSpan};

use crate::diagnostic::{Diagnostic, Span};

/// The kind of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeKind {
    /// A table, however written.
    Table(TableForm),
    /// The tables of `[[x]]` headers: its children are tables of form [`TableForm::Element`].
    ArrayOfTables,
    /// `[...]` as a value.
    Array,
    /// A string of any of the four sorts.
    String,
    /// An integer that fits 64 bits.
    Integer,
    /// A float; may be `inf` or `nan`.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A date or time that exists.
    Datetime(DatetimeForm),
    /// Something is meant to be here, but it has a fault that is already reported.
    Broken,
}

impl NodeKind {
    /// Whether it is written as one value behind a key, so that no header or dotted key can add to it.
    pub(crate) const fn is_value(self) -> bool {
        match self {
            Self::Table(TableForm::Inline)
            | Self::Array
            | Self::String
            | Self::Integer
            | Self::Float
            | Self::Boolean
            | Self::Datetime(_)
            | Self::Broken => true,
            Self::Table(
                TableForm::Root
                | TableForm::Header
                | TableForm::Element
                | TableForm::Implied
                | TableForm::Dotted,
            )
            | Self::ArrayOfTables => false,
        }
    }
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableForm {
    /// The document itself.
    Root,
    /// `[x]`
    Header,
    /// One `[[x]]`
    Element,
    /// Only implied by a longer header: `x` in `[x.y]`.
    Implied,
    /// Made by a dotted key: `x` in `x.y = 1`.
    Dotted,
    /// `{ ... }`
    Inline,
}

/// Which parts of a date and time a value has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DatetimeForm {
    /// `2025-12-02`
    Date,
    /// `10:30:00`
    Time,
    /// `2025-12-02T10:30:00`
    DateTime,
    /// `2025-12-02T10:30:00Z`
    OffsetDateTime,
}

/// Position of a node in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NodeId(u32);

/// Stands for "no node": the root is nobody's child and nobody's sibling.
const NONE: NodeId = NodeId(0);

#[derive(Clone, Copy, Debug)]
struct Entry {
    key_start: u32,
    key_len: u32,
    start: u32,
    len: u32,
    next: NodeId,
    first: NodeId,
    last: NodeId,
    kind: NodeKind,
    /// Table: something in it could not be read, so what seems absent may be there.
    damaged: bool,
}

/// Children from which on a table is searched by hash instead of one by one.
const INDEX_FROM: usize = 24;

/// A TOML document.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Entry>,
    /// The blocks that edits in place shift; none before the first.
    blocks: Vec<Block>,
    /// Keys of the tables that have many.
    indexes: HashMap<NodeId, HashMap<Box<str>, NodeId>>,
}

impl Default for Tree {
    fn default() -> Self {
        Self::empty(0)
    }
}

impl Tree {
    /// The document, and all its faults in the order of the file: `syntax`, `duplicate-key`, `merge-markers` (then
    /// alone), and the warning `toml-1-1`. The tree holds whatever could be understood. Texts over 4 GiB give an
    /// empty tree: the caller's limit is far below.
    pub(crate) fn parse(text: &str) -> (Self, Vec<Diagnostic>) {
        build::build(text)
    }

    /// A cursor on the whole document.
    pub(crate) const fn root<'t>(&'t self, text: &'t str) -> Node<'t> {
        Node { tree: self, text, id: NONE }
    }

    fn empty(text_len: u32) -> Self {
        let root = Entry {
            key_start: 0,
            key_len: 0,
            start: 0,
            len: text_len,
            next: NONE,
            first: NONE,
            last: NONE,
            kind: NodeKind::Table(TableForm::Root),
            damaged: false,
        };
        Self { nodes: vec![root], blocks: Vec::new(), indexes: HashMap::new() }
    }

    fn entry(&self, id: NodeId) -> Entry {
        // The arena is never empty, and ids come from it: the fallback is never taken.
        let entry = self.nodes.get(id.0 as usize).or_else(|| self.nodes.first()).copied().unwrap_or(Entry {
            key_start: 0,
            key_len: 0,
            start: 0,
            len: 0,
            next: NONE,
            first: NONE,
            last: NONE,
            kind: NodeKind::Broken,
            damaged: true,
        });
        if self.blocks.is_empty() { entry } else { self.placed(id, entry) }
    }

    fn edit_entry(&mut self, id: NodeId, edit: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.nodes.get_mut(id.0 as usize) {
            edit(entry);
        }
    }

    /// Puts a node that is nobody's child yet under a parent, last.
    fn link(&mut self, parent: NodeId, child: NodeId, key: &str) {
        let last = self.entry(parent).last;
        if last == NONE {
            self.edit_entry(parent, |entry| entry.first = child);
        } else {
            self.edit_entry(last, |entry| entry.next = child);
        }
        self.edit_entry(parent, |entry| entry.last = child);
        if let Some(index) = self.indexes.get_mut(&parent) {
            index.insert(key.into(), child);
        }
    }

    fn children(&self, id: NodeId) -> Children<'_> {
        Children { tree: self, next: self.entry(id).first }
    }

    fn find(&self, text: &str, table: NodeId, key: &str) -> Option<NodeId> {
        if !self.indexes.is_empty()
            && let Some(index) = self.indexes.get(&table)
        {
            return index.get(key).copied();
        }
        self.children(table).find(|child| key_is(text, &self.entry(*child), key))
    }
}

/// Ids of the children of a node.
struct Children<'t> {
    tree: &'t Tree,
    next: NodeId,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        (self.next != NONE).then(|| {
            let id = self.next;
            self.next = self.tree.entry(id).next;
            id
        })
    }
}

/// A cursor: a node with its tree and text. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Node<'t> {
    tree: &'t Tree,
    text: &'t str,
    id: NodeId,
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?} at {:?}", self.kind(), self.key(), self.span())
    }
}

impl<'t> Node<'t> {
    /// Its position in the arena, which edits of the tree name it by.
    pub(crate) const fn id(self) -> NodeId {
        self.id
    }

    /// Another node of its tree.
    pub(crate) const fn at(self, id: NodeId) -> Self {
        Self { id, ..self }
    }

    /// Its kind.
    pub(crate) fn kind(self) -> NodeKind {
        self.tree.entry(self.id).kind
    }

    /// Whether something in this table could not be read, so that what seems absent may only be broken.
    pub(crate) fn is_damaged(self) -> bool {
        self.tree.entry(self.id).damaged
    }

    /// The last part of its key, decoded; empty for the root and for elements.
    pub(crate) fn key(self) -> Cow<'t, str> {
        decode_key(slice(self.text, &self.key_span()))
    }

    /// Where that part first stands; an empty span for the root and for elements.
    pub(crate) fn key_span(self) -> Span {
        let entry = self.tree.entry(self.id);
        let start = entry.key_start as usize;
        start..start + entry.key_len as usize
    }

    /// A value: its literal. A table by header: the whole header. A dotted or implied table: its part of the key.
    pub(crate) fn span(self) -> Span {
        let entry = self.tree.entry(self.id);
        let start = entry.start as usize;
        start..start + entry.len as usize
    }

    /// The text of [`Self::span`].
    pub(crate) fn raw(self) -> &'t str {
        slice(self.text, &self.span())
    }

    /// Entries of a table, elements of an array, in the order of the file; what edits in place added comes last.
    pub(crate) fn children(self) -> impl Iterator<Item = Self> {
        self.tree.children(self.id).map(move |id| Self { id, ..self })
    }

    /// The entry of a table under this key.
    pub(crate) fn get(self, key: &str) -> Option<Self> {
        self.tree.find(self.text, self.id, key).map(|id| Self { id, ..self })
    }

    /// The decoded text of a string.
    pub(crate) fn string(self) -> Option<Cow<'t, str>> {
        (self.kind() == NodeKind::String).then(|| decode_string(self.raw()))
    }

    /// The value of an integer.
    pub(crate) fn integer(self) -> Option<i64> {
        (self.kind() == NodeKind::Integer).then(|| literal::parse_integer(self.raw()))?
    }

    /// The value of a float.
    pub(crate) fn float(self) -> Option<f64> {
        (self.kind() == NodeKind::Float).then(|| literal::parse_float(self.raw()))?
    }
}

fn slice<'t>(text: &'t str, span: &Span) -> &'t str {
    text.get(span.clone()).unwrap_or_default()
}

fn key_is(text: &str, entry: &Entry, key: &str) -> bool {
    // A bare key is its own text; a quoted one is longer than what it says.
    let (start, len) = (entry.key_start as usize, entry.key_len as usize);
    if len <= key.len() {
        let raw = text.as_bytes().get(start..start + len).unwrap_or_default();
        // Keys of one length mostly differ at their ends.
        return raw.last() == key.as_bytes().last() && raw == key.as_bytes();
    }
    let raw = slice(text, &(start..start + len));
    is_quoted(raw) && decode_key(raw) == key
}

fn is_quoted(raw: &str) -> bool {
    raw.starts_with(['"', '\''])
}

fn encoding(raw: &str) -> Option<Encoding> {
    if raw.starts_with("\"\"\"") && raw.len() >= 6 {
        Some(Encoding::MlBasicString)
    } else if raw.starts_with("'''") && raw.len() >= 6 {
        Some(Encoding::MlLiteralString)
    } else if raw.starts_with('"') {
        Some(Encoding::BasicString)
    } else if raw.starts_with('\'') {
        Some(Encoding::LiteralString)
    } else {
        None
    }
}

fn as_token(raw: &str) -> Raw<'_> {
    Raw::new_unchecked(raw, encoding(raw), TokenSpan::new_unchecked(0, raw.len()))
}

/// The text of a key that was found valid.
pub(crate) fn decode_key(raw: &str) -> Cow<'_, str> {
    if !is_quoted(raw) {
        return Cow::Borrowed(raw);
    }
    let mut text = Cow::Borrowed("");
    as_token(raw).decode_key(&mut text, &mut ());
    text
}

/// The text of a string that was found valid.
fn decode_string(raw: &str) -> Cow<'_, str> {
    // The common case by far: a basic string without escapes is the text between its quotes.
    if let Some(inner) = raw.strip_prefix('"').and_then(|r| r.strip_suffix('"'))
        && !inner.starts_with('"')
        && !inner.contains('\\')
    {
        return Cow::Borrowed(inner);
    }
    let mut text = Cow::Borrowed("");
    let _kind = as_token(raw).decode_scalar(&mut text, &mut ());
    text
}
