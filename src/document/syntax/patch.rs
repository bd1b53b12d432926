//! Small edits of the tree in place, where the text changes by one entry or one literal: far cheaper than reading a
//! large file anew.

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
        let moved = |offset: u32| (offset + inserted).saturating_sub(removed);
        for (at, entry) in self.nodes.iter_mut().enumerate() {
            if entry.key_start >= from && entry.key_len > 0 {
                entry.key_start = moved(entry.key_start);
            }
            let is_apart = apart.is_some_and(|node| node.0 as usize == at);
            if entry.start >= from && at > 0 {
                entry.start = moved(entry.start);
            } else if (at == 0 || entry.start + entry.len > from) && reaches(entry) && !is_apart {
                // What ends just here, at the end of a file without a line break, does not grow; the document does.
                entry.len = moved(entry.len);
            }
        }
    }

    fn insert(&mut self, table: NodeId, key: &str, key_span: &Span, span: &Span) {
        let u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let id = NodeId(u32(self.nodes.len()));
        self.nodes.push(Entry {
            key_start: u32(key_span.start),
            key_len: u32(key_span.len()),
            start: u32(span.start),
            len: u32(span.len()),
            next: NONE,
            first: NONE,
            last: NONE,
            kind: NodeKind::String,
            damaged: false,
        });
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

/// Whether a node's span holds other nodes, so that it grows with them.
fn reaches(entry: &Entry) -> bool {
    use super::TableForm;
    matches!(entry.kind, NodeKind::Table(TableForm::Root | TableForm::Inline) | NodeKind::Array)
}
