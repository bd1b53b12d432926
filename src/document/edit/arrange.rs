//! Puts the items of a kind into a new order: additions, removals and moves in one pass over the file.

use std::collections::HashMap;

use super::row_order::reordered;
use super::splice::Splices;
use super::{File, block, id_of, item, line};
use crate::change::{Change, ItemChange, Listed, match_change};
use crate::document::syntax::{Node, NodeKind, TableForm};
use crate::scenario::ItemKind;

/// The slot before the first item.
const START: usize = 0;

/// Returns the splices for these changes, which all add, remove or move items of one kind. `None` if the
/// items are not blocks of lines, or if a change does not fit the file.
pub(super) fn arranged(file: &File<'_>, kind: ItemKind, changes: &[&Change]) -> Option<Splices> {
    let mut order = Order::new(file, kind)?;
    for change in changes {
        match_change!(
            change,
            Item(change) => order.make(file, change)?,
            Change::Cell { .. } | Change::Scenario(_) => return None,
        );
    }
    Some(order.splices(file, kind))
}

/// An item of the list.
enum Slot<'t> {
    /// An item that stays where it is in the file.
    Fixed(Node<'t>),
    /// An item that leaves its place.
    Lifted(Node<'t>),
    /// A new item, with its lines.
    New(String),
}

/// The resulting list: a chain of slots that begins with [`START`].
struct Order<'t> {
    slots: Vec<Slot<'t>>,
    next: Vec<usize>,
    before: Vec<usize>,
    by_id: HashMap<String, usize>,
}

impl<'t> Order<'t> {
    fn new(file: &File<'t>, kind: ItemKind) -> Option<Self> {
        let mut order =
            Self { slots: Vec::new(), next: vec![START], before: vec![START], by_id: HashMap::new() };
        for node in file.items(kind) {
            let is_block = node.kind() == NodeKind::Table(TableForm::Element);
            let last = order.slots.len();
            order.by_id.insert(id_of(node).filter(|_| is_block)?, last + 1);
            order.push(Slot::Fixed(node), last)?;
        }
        // Two items with the same id cannot be distinguished.
        let is_array = file.root.get(kind.as_str()).is_some_and(|list| list.kind() == NodeKind::Array);
        (!is_array && order.by_id.len() == order.slots.len()).then_some(order)
    }

    /// Adds a slot after another.
    fn push(&mut self, slot: Slot<'t>, after: usize) -> Option<()> {
        self.slots.push(slot);
        self.next.push(START);
        self.before.push(START);
        self.link(self.slots.len(), after)
    }

    fn link(&mut self, at: usize, after: usize) -> Option<()> {
        let next = std::mem::replace(self.next.get_mut(after)?, at);
        *self.before.get_mut(next)? = at;
        *self.next.get_mut(at)? = next;
        *self.before.get_mut(at)? = after;
        Some(())
    }

    fn unlink(&mut self, at: usize) -> Option<()> {
        let (before, next) = (*self.before.get(at)?, *self.next.get(at)?);
        *self.next.get_mut(before)? = next;
        *self.before.get_mut(next)? = before;
        let slot = self.slots.get_mut(at.checked_sub(1)?)?;
        if let Slot::Fixed(node) = slot {
            *slot = Slot::Lifted(*node);
        }
        Some(())
    }

    /// Applies one change. `None` if it does not affect the order, or if the item does not exist.
    fn make<T: Listed>(&mut self, file: &File<'_>, change: &ItemChange<T>) -> Option<()> {
        let place = |order: &Self, after: &Option<T::Id>| match after {
            Some(id) => order.by_id.get(id.as_ref()).copied(),
            None => Some(START),
        };
        match change {
            ItemChange::Added(entry) => {
                let after = place(self, &entry.at.after)?;
                self.push(Slot::New(item::lines(file, entry)), after)?;
                self.by_id.insert(entry.item.id().as_ref().to_owned(), self.slots.len());
                Some(())
            }
            ItemChange::Removed(entry) => {
                let at = self.by_id.remove(entry.item.id().as_ref())?;
                self.unlink(at)
            }
            ItemChange::Moved { id, to, .. } => {
                let at = self.by_id.get(id.as_ref()).copied()?;
                self.unlink(at)?;
                self.link(at, place(self, &to.after)?)
            }
            ItemChange::Renamed { .. } | ItemChange::FieldSet { .. } | ItemChange::ConflictSet { .. } => None,
        }
    }

    fn splices(&self, file: &File<'t>, kind: ItemKind) -> Splices {
        let newline = line::newline(file.text);
        let lifted = self.slots.iter().filter_map(|slot| match slot {
            Slot::Lifted(node) => Some(*node),
            Slot::Fixed(_) | Slot::New(_) => None,
        });
        let mut blocks: Vec<_> = lifted.flat_map(|node| block::blocks(file.text, node)).collect();
        blocks.sort_by_key(|block| block.start);
        let mut splices = block::remove(file.text, blocks);
        let (mut arriving, mut last) = (Vec::new(), None);
        let mut at = self.next.first().copied().unwrap_or(START);
        while let Some(slot) = at.checked_sub(1).and_then(|slot| self.slots.get(slot)) {
            match slot {
                Slot::Fixed(node) => {
                    if !arriving.is_empty() {
                        let own = block::own(file.text, *node);
                        splices.push(block::insert_before(file.text, &own, &arriving.join(newline)));
                        arriving.clear();
                    }
                    last = Some(*node);
                }
                Slot::Lifted(node) => arriving.push(item::block_lines(file.text, *node)),
                Slot::New(lines) => arriving.push(lines.clone()),
            }
            at = self.next.get(at).copied().unwrap_or(START);
        }
        if !arriving.is_empty() {
            splices.push(item::append(file, kind, last, &arriving.join(newline)));
        }
        if kind == ItemKind::Hypothesis {
            splices.extend(reordered(file, &file.hypotheses(), &self.ids()));
        }
        Splices::new(splices)
    }

    /// Returns the ids in their new order.
    fn ids(&self) -> Vec<String> {
        let by_slot: HashMap<usize, &String> = self.by_id.iter().map(|(id, at)| (*at, id)).collect();
        let mut at = self.next.first().copied().unwrap_or(START);
        let mut ids = Vec::new();
        while let Some(id) = by_slot.get(&at) {
            ids.push((*id).clone());
            at = self.next.get(at).copied().unwrap_or(START);
        }
        ids
    }
}

#[cfg(test)]
mod tests {
    use crate::change::diff;
    use crate::document::edit::write_changes;
    use crate::document::read;
    use crate::scenario::Scenario;

    fn scenario(text: &str) -> Scenario {
        let reading = read(text.to_owned().into_bytes());
        reading.scenario.unwrap_or_else(|| panic!("{:#?}\n{text}", reading.diagnostics))
    }

    /// Returns a file with these items, each with a comment above it and one after its text.
    fn file(items: &str) -> String {
        let item = |id: char| {
            format!(
                "\n# about {id}\n[[evidence]]\nid = \"{id}\"\ntext = \"Item {id}\" # of {id}\n[evidence.ratings]\nh = \"C\"\n"
            )
        };
        let head = "ach = 1\ntitle = \"t\"\n\n[[hypothesis]]\nid = \"h\"\nname = \"H\"\n";
        format!("{head}{}", items.chars().map(item).collect::<String>())
    }

    #[test]
    fn items_are_put_in_order_in_one_pass_with_their_comments() {
        let cases = [
            ("abcdef", "fedcba"),
            ("abcdef", "ace"),
            ("abcdef", "f"),
            ("abc", "cab"),
            ("abc", "c"),
            ("ab", "ba"),
        ];
        for (before, after) in cases {
            let changes = diff(&scenario(&file(before)), &scenario(&file(after)));
            let (written, undo) = write_changes(file(before), &changes);
            assert_eq!(written, file(after), "{before} to {after}");
            assert_eq!(undo.len(), 1, "{before} to {after}");
            let back = undo.iter().rev().fold(written, |text, splices| splices.apply(&text).0);
            assert_eq!(back, file(before));
        }
    }

    #[test]
    fn items_come_beside_others_that_move_and_go() {
        for (before, after) in
            [("abcd", "xdyaz"), ("ab", "xyab"), ("ab", "abxy"), ("abc", "xcybza"), ("abc", "xyz")]
        {
            let (old, new) = (scenario(&file(before)), scenario(&file(after)));
            let (written, undo) = write_changes(file(before), &diff(&old, &new));
            assert_eq!(scenario(&written), new, "{before} to {after}: {written}");
            assert!(!written.contains("\n\n\n"), "{written}");
            let back = undo.iter().rev().fold(written, |text, splices| splices.apply(&text).0);
            assert_eq!(back, file(before));
        }
    }
}
