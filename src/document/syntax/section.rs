//! Headers: which table the keys after one go to, and what a header may not name.

use super::build::{Builder, Header, Part};
use super::{NONE, NodeId, NodeKind, TableForm};
use crate::diagnostic::Span;

impl<'t> Builder<'t, '_> {
    /// Begins the table that a header names. After a faulty header keys go to a table that is nobody's child.
    pub(super) fn open_section(&mut self, header: &Header, end: usize) {
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
                    NodeKind::ArrayOfTables => self.tree.entry(node).last,
                    kind if !kind.is_value() => node,
                    _value => {
                        let message =
                            format!("a header cannot add to \"{}\", which is already a value", part.text);
                        return self.refuse(part, node, message);
                    }
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
            Some(node) if self.tree.entry(node).kind == NodeKind::ArrayOfTables => node,
            Some(node) => {
                let message = format!("\"{}\" is already defined, and not by [[ ]]", name.text);
                return self.refuse(name, node, message);
            }
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
        if self.tree.entry(node).kind != NodeKind::Table(TableForm::Implied) {
            return self.refuse(name, node, format!("the table \"{}\" is defined twice", name.text));
        }
        let offset = |n: usize| u32::try_from(n).unwrap_or_default();
        self.edit(node, |entry| {
            entry.kind = NodeKind::Table(TableForm::Header);
            (entry.key_start, entry.key_len) = (offset(name.span.start), offset(name.span.len()));
            (entry.start, entry.len) = (offset(span.start), offset(span.len()));
        });
        Some(node)
    }
}
