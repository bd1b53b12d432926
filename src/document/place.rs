//! The place of a subject of the scenario in the text.
//!
//! Found in the tree on demand, so that reading a file costs nothing extra. Must never know findings: it says
//! where a subject is, not what is wrong with it.

use std::cell::OnceCell;

use super::syntax::{Node, NodeKind};
use super::{Document, items, keys};
use crate::diagnostic::{Place, Span};
use crate::scenario::{ItemKind, PerKind, Subject};

impl Document {
    /// Returns the places of this document, for many lookups.
    #[must_use]
    pub fn places(&self) -> Places<'_> {
        Places { root: self.root(), lists: PerKind::default() }
    }
}

/// Places in the text from which a scenario was read. A lookup is cheap, however many items there are, except
/// the first for each kind of item.
#[derive(Debug)]
pub struct Places<'d> {
    root: Node<'d>,
    /// The items of each list, in the order of [`ItemKind::ALL`].
    lists: PerKind<OnceCell<Vec<Node<'d>>>>,
}

impl<'d> Places<'d> {
    /// Returns the span of a diagnostic's place. Like [`Self::span`], but a list entry that does not exist
    /// has the span of its field.
    #[must_use]
    pub fn of(&self, place: &Place) -> Option<Span> {
        match place {
            Place::Span(span) => Some(span.clone()),
            Place::Subject(subject) => self.span(subject),
            Place::Entry(subject, entry) => self.entry_span(subject, *entry).or_else(|| self.span(subject)),
        }
    }

    /// Returns the span of a subject: the value of a field or cell, the header of an item (all of an inline
    /// table), or the title for the scenario as a whole. An absent field or cell has the span of its item.
    /// `None` if there is no such item.
    #[must_use]
    pub fn span(&self, subject: &Subject) -> Option<Span> {
        match *subject {
            Subject::Scenario => self.scenario(),
            Subject::ScenarioField(path) => {
                let table = || path.split_once('.').and_then(|(table, _)| self.root.get(table));
                self.scenario_field(path).or_else(table).map(Node::span).or_else(|| self.scenario())
            }
            Subject::Item(kind, at) => Some(self.item(kind, at)?.span()),
            Subject::ItemField(kind, at, key) => {
                let item = self.item(kind, at)?;
                Some(item.get(key).unwrap_or(item).span())
            }
            Subject::Cell { kind, item, hypothesis } => {
                let item = self.item(kind, item)?;
                let id = self.item(ItemKind::Hypothesis, hypothesis)?.get("id").and_then(Node::string);
                let cell = id.and_then(|id| item.get(keys::row(kind))?.get(&id));
                Some(cell.unwrap_or(item).span())
            }
        }
    }

    /// Returns the span of one entry of the list in a subject's field, counted from 0. A single text is its
    /// own only entry. `None` if there is no such entry.
    #[must_use]
    pub fn entry_span(&self, subject: &Subject, entry: usize) -> Option<Span> {
        let field = match *subject {
            Subject::ScenarioField(path) => self.scenario_field(path)?,
            Subject::ItemField(kind, at, key) => self.item(kind, at)?.get(key)?,
            Subject::Scenario | Subject::Item(..) | Subject::Cell { .. } => return None,
        };
        match field.kind() {
            NodeKind::Array => field.children().nth(entry).map(Node::span),
            NodeKind::String => (entry == 0).then(|| field.span()),
            _no_list => None,
        }
    }

    fn scenario(&self) -> Option<Span> {
        self.root.get("title").or_else(|| self.root.get("ach")).map(Node::span)
    }

    fn scenario_field(&self, path: &str) -> Option<Node<'d>> {
        path.split('.').try_fold(self.root, Node::get)
    }

    fn item(&self, kind: ItemKind, at: usize) -> Option<Node<'d>> {
        let nodes = || self.root.get(kind.as_str()).map_or_else(Vec::new, |list| items(list).collect());
        self.lists.of(kind).get_or_init(nodes).get(at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"ach = 1
title = "t"
scoring.method = "net"

[[hypothesis]]
id = "a"
name = "A"

[[hypothesis]]
id = "b"
name = "B"

[[evidence]]
id = "e"
text = "x"
source = "s"
ratings = { b = { rating = "C", note = "why" } }

[[evidence]]
id = "f"
text = "y"
source = ["s", "t"]

[evidence.ratings]
a = "CC"

[evidence.ratings.b.conflict]
base = "N"
"#;

    #[test]
    fn subjects_stand_where_they_are_written() {
        let document = super::super::read(TEXT.into()).document;
        let at = |subject: Subject| document.places().span(&subject).map(|span| &document.text()[span]);
        let evidence = |at, key| Subject::ItemField(ItemKind::Evidence, at, key);
        let cell = |item, hypothesis| Subject::Cell { kind: ItemKind::Evidence, item, hypothesis };
        assert_eq!(at(Subject::Scenario), Some("\"t\""));
        assert_eq!(at(Subject::ScenarioField("scoring.method")), Some("\"net\""));
        assert_eq!(at(Subject::ScenarioField("scoring.yardstick")), Some("scoring"));
        assert_eq!(at(Subject::ScenarioField("question")), Some("\"t\""));
        assert_eq!(at(Subject::Item(ItemKind::Hypothesis, 1)), Some("[[hypothesis]]"));
        assert_eq!(at(Subject::Item(ItemKind::Hypothesis, 2)), None);
        assert_eq!(at(Subject::Item(ItemKind::Source, 0)), None);
        assert_eq!(at(evidence(1, "id")), Some("\"f\""));
        assert_eq!(at(evidence(1, "note")), Some("[[evidence]]"));
        assert_eq!(at(cell(0, 1)), Some("{ rating = \"C\", note = \"why\" }"));
        assert_eq!(at(cell(0, 0)), Some("[[evidence]]"));
        assert_eq!(at(cell(1, 0)), Some("\"CC\""));
        assert_eq!(at(cell(1, 1)), Some("b"));
    }

    #[test]
    fn entries_of_lists_stand_where_they_are_written() {
        let document = super::super::read(TEXT.into()).document;
        let source = |at| Subject::ItemField(ItemKind::Evidence, at, "source");
        let places = document.places();
        let at = |item, entry| places.entry_span(&source(item), entry).map(|span| &document.text()[span]);
        assert_eq!(at(0, 0), Some("\"s\""));
        assert_eq!(at(0, 1), None);
        assert_eq!(at(1, 1), Some("\"t\""));
        assert_eq!(at(1, 2), None);
        let whole = places.of(&Place::Entry(source(1), 7)).map(|span| &document.text()[span]);
        assert_eq!(whole, Some("[\"s\", \"t\"]"));
    }
}
