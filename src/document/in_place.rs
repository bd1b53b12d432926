//! Edits of a document in place: its text and its tree change together, without reading the file anew.

use super::edit::{Splice, TreeEffect};
use super::syntax::{Node, Tree};
use super::{Document, items};
use crate::change::Change;
use crate::scenario::ItemKind;

impl Document {
    /// Prepares edits in place, so that the first takes no longer than the others.
    pub(super) fn prepare(&mut self) {
        let _first = self.evidence(0);
        self.tree.keep_blocks();
    }

    /// The node of an item of evidence by its position. Edits in place leave it where it is.
    pub(super) fn evidence(&self, at: usize) -> Option<Node<'_>> {
        let root = self.root();
        let nodes = || {
            root.get(ItemKind::Evidence.as_str())
                .map_or_else(Vec::new, |list| items(list).map(Node::id).collect())
        };
        self.evidence.get_or_init(nodes).get(at).map(|id| root.at(*id))
    }

    /// Changes the text in place and the tree with it, for the rating that a change speaks of, probably in the item of
    /// evidence at the position `near`.
    pub(super) fn splice(&mut self, splice: &Splice, effect: &TreeEffect, near: usize, change: &Change) {
        let Splice { range, text } = splice;
        match effect.patch(&self.text, self.root(), self.evidence(near), change) {
            Some(patch) => {
                self.tree.patch(range.start, range.len(), text.len(), &self.text, &patch);
                self.text.replace_range(range.clone(), text);
            }
            // The cell is not where it was: the whole is read anew.
            None => {
                self.text.replace_range(range.clone(), text);
                self.tree = Tree::parse(&self.text).0;
                self.evidence.take();
            }
        }
    }
}
