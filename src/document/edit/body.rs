//! Tables and their entries, in each of the ways TOML writes a table.
//!
//! Knows lines, dotted prefixes and inline entries; must never know the meaning of a key.

use std::borrow::Cow;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::block;
use super::line::{leaves, line_end, line_start, newline};
use super::sequence::Sequence;
use super::splice::Splice;
use crate::diagnostic::Span;
use crate::document::syntax::{self, Node, NodeKind, TableForm};
use crate::document::write;

/// A table together with the table or document whose text contains its entries.
#[derive(Clone, Debug)]
pub(super) struct Body<'t> {
    text: &'t str,
    /// The table.
    pub(super) table: Node<'t>,
    /// The table or document whose lines or braces contain the entries: the table itself, unless dotted keys
    /// define it.
    holder: Node<'t>,
    /// The dotted key that leads from the holder to the table.
    prefix: Vec<Cow<'t, str>>,
}

impl<'t> Body<'t> {
    /// Wraps a table that is not defined by dotted keys: the document, an item or an inline table.
    pub(super) fn new(text: &'t str, table: Node<'t>) -> Self {
        Self { text, table, holder: table, prefix: Vec::new() }
    }

    /// Returns the table under a key, if there is one.
    pub(super) fn child(&self, key: &str) -> Option<Self> {
        let node = self.table.get(key)?;
        match node.kind() {
            NodeKind::Table(TableForm::Dotted) => {
                let mut prefix = self.prefix.clone();
                prefix.push(node.key());
                Some(Self { text: self.text, table: node, holder: self.holder, prefix })
            }
            NodeKind::Table(_) => Some(Self::new(self.text, node)),
            _no_table => None,
        }
    }

    /// The text of the file.
    pub(super) const fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the span of the key part that names a child of the table, within the key of an entry written
    /// through this table.
    pub(super) fn part_of(&self, leaf: Node<'t>, name: &str) -> Option<Span> {
        let at = leaf.key_span().start;
        let start = if let Some(sequence) = self.sequence() {
            sequence.pieces().get(sequence.position(at)?)?.span.start
        } else {
            line_start(self.text, at)
        };
        let span = key_parts(self.text, start).into_iter().nth(self.prefix.len())?;
        (syntax::decode_key(self.text.get(span.clone())?) == name).then_some(span)
    }

    /// Returns the entries between the braces in which the table is written; `None` if they stand in lines.
    pub(super) fn sequence(&self) -> Option<Sequence<'t>> {
        let is_inline = self.holder.kind() == NodeKind::Table(TableForm::Inline);
        is_inline.then(|| Sequence::read(self.text, &self.holder.span()))
    }

    /// Returns whether it has a place for entries of its own. A table that is only implied by longer headers
    /// has none.
    pub(super) fn is_written(&self) -> bool {
        self.holder.kind() != NodeKind::Table(TableForm::Implied)
    }

    /// Removes the whole entry under a key.
    pub(super) fn remove(&self, key: &str) -> Vec<Splice> {
        let Some(node) = self.table.get(key) else { return Vec::new() };
        let mut splices = self.remove_at(&leaves(node));
        splices.extend(block::remove(self.text, block::blocks(self.text, node)));
        splices
    }

    /// Removes these entries of the holder.
    fn remove_at(&self, entries: &[Node<'t>]) -> Vec<Splice> {
        if entries.is_empty() {
            return Vec::new();
        }
        if let Some(sequence) = self.sequence() {
            let positions: Vec<usize> =
                entries.iter().filter_map(|node| sequence.position(node.key_span().start)).collect();
            return sequence.remove(&positions);
        }
        let line = |node: &Node<'t>| Splice {
            range: line_start(self.text, node.key_span().start)..line_end(self.text, node.span().end),
            text: String::new(),
        };
        entries.iter().map(line).collect()
    }

    /// Sets a key: replaces its value or adds an entry. `order` lists the table's keys in the order of the
    /// file; a new entry goes after the closest preceding key that exists.
    pub(super) fn set(&self, key: &str, literal: &str, order: &[&str]) -> Vec<Splice> {
        match self.table.get(key) {
            None => vec![self.insert(key, literal, order)],
            Some(node) if node.kind().is_value() => {
                vec![Splice { range: node.span(), text: literal.to_owned() }]
            }
            Some(_) => {
                let mut splices = self.remove(key);
                splices.push(self.insert(key, literal, order));
                splices
            }
        }
    }

    fn insert(&self, key: &str, literal: &str, order: &[&str]) -> Splice {
        let path: Vec<_> = self.prefix.iter().map(AsRef::as_ref).chain([key]).map(write::key).collect();
        let entry = format!("{} = {literal}", path.join("."));
        let anchor = self.anchor(key, order);
        if let Some(sequence) = self.sequence() {
            let position = |node: Node<'_>| sequence.position(node.key_span().start).unwrap_or_default();
            let at = match anchor {
                Anchor::After(node) => position(node) + 1,
                Anchor::Before(node) => position(node),
                Anchor::Nothing => sequence.pieces().len(),
            };
            return sequence.insert(at, &entry);
        }
        match anchor {
            Anchor::After(node) => {
                let indent = indent(self.text, node.key_span().start);
                line_after(self.text, node.span().end, &format!("{indent}{entry}"))
            }
            Anchor::Before(node) => {
                let start = line_start(self.text, node.key_span().start);
                let indent = indent(self.text, node.key_span().start);
                let newline = newline(self.text);
                Splice { range: start..start, text: format!("{indent}{entry}{newline}") }
            }
            Anchor::Nothing => match self.holder.kind() {
                NodeKind::Table(TableForm::Root) => {
                    let start = if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
                    Splice { range: start..start, text: format!("{entry}{}", newline(self.text)) }
                }
                _ => line_after(self.text, self.holder.span().end, &entry),
            },
        }
    }

    /// Returns the entry next to which a new one goes.
    fn anchor(&self, key: &str, order: &[&str]) -> Anchor<'t> {
        let rank = |key: &str| order.iter().position(|k| *k == key);
        let Some(own) = rank(key) else { return self.last().map_or(Anchor::Nothing, Anchor::After) };
        let mut before: Option<(usize, Node<'t>)> = None;
        let mut first: Option<Node<'t>> = None;
        for child in self.table.children() {
            let entries = leaves(child);
            let (Some(head), Some(tail)) = (entries.first(), entries.last()) else { continue };
            if first.is_none_or(|node| head.key_span().start < node.key_span().start) {
                first = Some(*head);
            }
            if let Some(rank) = rank(&child.key())
                && rank < own
                && before.as_ref().is_none_or(|(best, _)| *best < rank)
            {
                before = Some((rank, *tail));
            }
        }
        match (before, first) {
            (Some((_, node)), _) => Anchor::After(node),
            (None, Some(node)) => Anchor::Before(node),
            (None, None) => Anchor::Nothing,
        }
    }

    /// Returns the last entry of the table, in the order of the text.
    fn last(&self) -> Option<Node<'t>> {
        self.table.children().flat_map(leaves).max_by_key(|node| node.span().end)
    }
}

enum Anchor<'t> {
    After(Node<'t>),
    Before(Node<'t>),
    Nothing,
}

/// Returns the indentation of the line at an offset.
fn indent(text: &str, offset: usize) -> &str {
    let line = text.get(line_start(text, offset)..offset).unwrap_or_default();
    let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
    line.get(..blanks).unwrap_or_default()
}

/// Inserts a line after the line at an offset. At the end of a file without a final line break it adds none.
pub(super) fn line_after(text: &str, offset: usize, line: &str) -> Splice {
    let end = line_end(text, offset);
    let newline = newline(text);
    let ended = text.get(..end).is_some_and(|before| before.ends_with('\n'));
    let text = if ended { format!("{line}{newline}") } else { format!("{newline}{line}") };
    Splice { range: end..end, text }
}

/// Returns the parts of a header's key.
pub(crate) fn header_parts(text: &str, table: Node<'_>) -> Vec<Span> {
    let header = table.span();
    let brackets = table.raw().bytes().take_while(|b| *b == b'[').count();
    key_parts(text, header.start + brackets)
}

/// Returns the parts of the dotted key at an offset, after any blanks.
pub(crate) fn key_parts(text: &str, start: usize) -> Vec<Span> {
    let rest = text.get(start..).unwrap_or_default();
    let mut parts = Vec::new();
    for token in Source::new(rest).lex() {
        match token.kind() {
            TokenKind::Atom | TokenKind::BasicString | TokenKind::LiteralString => {
                parts.push(start + token.span().start()..start + token.span().end());
            }
            TokenKind::Whitespace | TokenKind::Dot => {}
            _ => break,
        }
    }
    parts
}
