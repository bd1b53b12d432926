//! Small edits of the tree in place, where the text changes by one entry or one literal: far cheaper than reading a
//! large file anew.
//!
//! Nodes are kept in blocks, each with an offset that is added to those of its nodes, so that an edit shifts the nodes
//! of one block and the offsets of the blocks after it.

use super::{Entry, NONE, NodeId, NodeKind, Tree};
use crate::diagnostic::Span;

/// How the tree changes with a splice of the text. Offsets are those of the text in which the entry is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Patch {
    /// The literal of a value becomes this long.
    Resize {
        /// The value.
        node: NodeId,
        /// Its length after.
        len: usize,
    },
    /// A text comes at a table with a line of its own.
    Insert {
        /// The table.
        table: NodeId,
        /// The key.
        key: String,
        /// Where its last part stands.
        key_span: Span,
        /// Where its value, a text, stands.
        span: Span,
    },
    /// It goes.
    Remove {
        /// The table.
        table: NodeId,
        /// The key.
        key: String,
    },
}

impl Tree {
    /// Follows a splice of the text at `at` that takes `removed` bytes and puts in `inserted`.
    pub(crate) fn patch(&mut self, at: usize, removed: usize, inserted: usize, text: &str, patch: &Patch) {
        match patch {
            Patch::Resize { node, len } => {
                self.shift(at + removed, removed, inserted, Some(*node));
                self.edit_entry(*node, |entry| entry.len = u32::try_from(*len).unwrap_or(u32::MAX));
            }
            Patch::Insert { table, key, key_span, span } => {
                self.shift(at, removed, inserted, None);
                self.insert(*table, key, key_span, span);
            }
            Patch::Remove { table, key } => {
                // Found in the text as it was: its offsets are not shifted yet.
                if let Some(node) = self.find(text, *table, key) {
                    self.unlink(*table, node, key);
                }
                self.shift(at + removed, removed, inserted, None);
            }
        }
    }

    /// Moves what stands at `from` and after, and stretches what reaches over it.
    fn shift(&mut self, from: usize, removed: usize, inserted: usize, apart: Option<NodeId>) {
        let (Ok(from), Ok(removed), Ok(inserted)) =
            (u32::try_from(from), u32::try_from(removed), u32::try_from(inserted))
        else {
            return;
        };
        if removed == inserted {
            return;
        }
        self.keep_blocks();
        let moved = |offset: u32| offset.wrapping_add(inserted).wrapping_sub(removed);
        for (number, (block, nodes)) in self.blocks.iter_mut().zip(self.nodes.chunks_mut(BLOCK)).enumerate() {
            // The document, in the first block, begins where it does.
            if block.first >= from && number > 0 {
                block.base = moved(block.base);
                (block.first, block.end) = (moved(block.first), moved(block.end));
            } else if block.end >= from {
                let base = block.base;
                for (at, entry) in nodes.iter_mut().enumerate() {
                    let is_root = number == 0 && at == 0;
                    let is_apart = apart.is_some_and(|node| node.0 as usize == number * BLOCK + at);
                    shift_entry(entry, base, from, is_root, is_apart, moved);
                }
                block.end = block.end.max(moved(block.end));
                block.first = block.first.min(block.first.saturating_add(inserted).saturating_sub(removed));
            }
        }
    }

    /// Divides the nodes into blocks, unless that is done.
    pub(crate) fn keep_blocks(&mut self) {
        if self.blocks.is_empty() {
            self.blocks =
                self.nodes.chunks(BLOCK).map(|nodes| nodes.iter().fold(Block::NONE, Block::with)).collect();
        }
    }

    fn insert(&mut self, table: NodeId, key: &str, key_span: &Span, span: &Span) {
        let u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let id = NodeId(u32(self.nodes.len()));
        self.keep_blocks();
        if self.nodes.len().is_multiple_of(BLOCK) {
            self.blocks.push(Block::NONE);
        }
        let base = self.blocks.last().map_or(0, |block| block.base);
        let entry = Entry {
            key_start: u32(key_span.start).wrapping_sub(base),
            key_len: u32(key_span.len()),
            start: u32(span.start).wrapping_sub(base),
            len: u32(span.len()),
            next: NONE,
            first: NONE,
            last: NONE,
            kind: NodeKind::String,
            damaged: false,
        };
        if let Some(block) = self.blocks.last_mut() {
            *block = block.with(&entry);
        }
        self.nodes.push(entry);
        self.link(table, id, key);
    }

    fn unlink(&mut self, table: NodeId, node: NodeId, key: &str) {
        let next = self.entry(node).next;
        let before = self.children(table).find(|child| self.entry(*child).next == node);
        match before {
            Some(before) => self.edit_entry(before, |entry| entry.next = next),
            None => self.edit_entry(table, |entry| entry.first = next),
        }
        if self.entry(table).last == node {
            self.edit_entry(table, |entry| entry.last = before.unwrap_or(NONE));
        }
        if let Some(index) = self.indexes.get_mut(&table) {
            index.remove(key);
        }
    }
}

/// Nodes of a block.
const BLOCK: usize = 1024;

/// A block of nodes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// The number that is added, wrapping, to the offsets of its nodes.
    base: u32,
    /// No node begins before this offset of the text, and none ends after `end`.
    first: u32,
    end: u32,
}

impl Block {
    const NONE: Self = Self { base: 0, first: u32::MAX, end: 0 };

    /// The block with one node more.
    fn with(self, entry: &Entry) -> Self {
        let entry = self.placed(*entry);
        let starts = [entry.start, if entry.key_len > 0 { entry.key_start } else { entry.start }];
        let ends = [entry.start.saturating_add(entry.len), entry.key_start.saturating_add(entry.key_len)];
        Self {
            base: self.base,
            first: starts.into_iter().fold(self.first, u32::min),
            end: ends.into_iter().fold(self.end, u32::max),
        }
    }

    /// A node of the block with the offsets of the text.
    fn placed(self, mut entry: Entry) -> Entry {
        entry.start = entry.start.wrapping_add(self.base);
        if entry.key_len > 0 {
            entry.key_start = entry.key_start.wrapping_add(self.base);
        }
        entry
    }
}

impl Tree {
    /// A node with the offsets of the text, after edits in place.
    pub(super) fn placed(&self, id: NodeId, entry: Entry) -> Entry {
        self.blocks.get(id.0 as usize / BLOCK).map_or(entry, |block| block.placed(entry))
    }
}

/// Moves a node of a block with this base as [`Tree::shift`] says.
fn shift_entry(
    entry: &mut Entry,
    base: u32,
    from: u32,
    is_root: bool,
    is_apart: bool,
    moved: impl Fn(u32) -> u32,
) {
    let (start, key_start) = (entry.start.wrapping_add(base), entry.key_start.wrapping_add(base));
    if key_start >= from && entry.key_len > 0 {
        entry.key_start = moved(entry.key_start);
    }
    if start >= from && !is_root {
        entry.start = moved(entry.start);
    } else if (is_root || start.saturating_add(entry.len) > from) && reaches(entry) && !is_apart {
        // What ends just here, at the end of a file without a line break, does not grow; the document does.
        entry.len = moved(entry.len);
    }
}

/// Whether a node's span holds other nodes, so that it grows with them.
fn reaches(entry: &Entry) -> bool {
    use super::TableForm;
    matches!(entry.kind, NodeKind::Table(TableForm::Root | TableForm::Inline) | NodeKind::Array)
}
