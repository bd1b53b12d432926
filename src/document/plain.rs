//! A document as plain values, with its keys in their order, for formats with tables, lists and texts.
//!
//! Dates become texts, and a cell that has only a rating becomes the rating.

use serde::ser::{Serialize, Serializer};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::Document;
use super::syntax::{Node, NodeKind};
use crate::scenario::ItemKind;

/// The values of a document. Serializes as an object that the schema of the format accepts.
#[derive(Clone, Copy, Debug)]
pub struct PlainValues<'d> {
    document: &'d Document,
    /// Positions of the evidence items to include, in order.
    evidence: &'d [usize],
}

impl Document {
    /// Returns the values of the document, with only the evidence items at these positions, in their order.
    #[must_use]
    pub const fn values<'d>(&'d self, evidence: &'d [usize]) -> PlainValues<'d> {
        PlainValues { document: self, evidence }
    }

    /// Counts the comments, except a line that names the schema.
    #[must_use]
    pub fn comment_count(&self) -> usize {
        let tokens = Source::new(&self.text).lex().filter(|token| token.kind() == TokenKind::Comment);
        let texts = tokens.filter_map(|token| self.text.get(token.span().start()..token.span().end()));
        texts.filter(|text| !text.starts_with("#:schema")).count()
    }
}

impl Serialize for PlainValues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.document.root().children().map(|node| {
            let key = node.key();
            let is_evidence = key == ItemKind::Evidence.as_str();
            (key, if is_evidence { PlainNode::Evidence(node, self.evidence) } else { PlainNode::Any(node) })
        }))
    }
}

/// A node, by how its values are written.
enum PlainNode<'d> {
    /// The items of evidence, of which those at some positions are written.
    Evidence(Node<'d>, &'d [usize]),
    /// An item of evidence.
    Item(Node<'d>),
    /// The ratings of an item.
    Ratings(Node<'d>),
    /// A cell, which is its rating if it has nothing else.
    Cell(Node<'d>),
    /// Any other node.
    Any(Node<'d>),
}

impl Serialize for PlainNode<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Evidence(list, positions) => {
                let rows: Vec<Node<'_>> = super::items(list).collect();
                let rows = positions.iter().filter_map(|at| rows.get(*at).copied());
                serializer.collect_seq(rows.map(PlainNode::Item))
            }
            Self::Item(item) => serializer.collect_map(item.children().map(|node| {
                let key = node.key();
                let is_row = key == "ratings";
                (key, if is_row { PlainNode::Ratings(node) } else { PlainNode::Any(node) })
            })),
            Self::Ratings(row) => {
                serializer.collect_map(row.children().map(|cell| (cell.key(), PlainNode::Cell(cell))))
            }
            Self::Cell(cell) => match cell.get("rating").filter(|_| cell.children().count() == 1) {
                Some(rating) => PlainNode::Any(rating).serialize(serializer),
                None => PlainNode::Any(cell).serialize(serializer),
            },
            Self::Any(node) => value(node, serializer),
        }
    }
}

fn value<S: Serializer>(node: Node<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match node.kind() {
        NodeKind::Table(_) => {
            serializer.collect_map(node.children().map(|child| (child.key(), PlainNode::Any(child))))
        }
        NodeKind::ArrayOfTables | NodeKind::Array => {
            serializer.collect_seq(node.children().map(PlainNode::Any))
        }
        NodeKind::String => serializer.serialize_str(&node.string().unwrap_or_default()),
        NodeKind::Integer => serializer.serialize_i64(node.integer().unwrap_or_default()),
        NodeKind::Float => match node.float().filter(|number| number.is_finite()) {
            Some(number) => serializer.serialize_f64(number + 0.0),
            None => serializer.serialize_str(node.raw()),
        },
        NodeKind::Boolean => serializer.serialize_bool(node.raw() == "true"),
        NodeKind::Datetime(_) => serializer.serialize_str(node.raw()),
        NodeKind::Broken => serializer.serialize_unit(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn values_are_those_of_the_file_in_its_order() {
        let text = "#:schema x\nach = 1 # first\ntitle = 'T'\nas_of = 2025-01-02\nhypothesis = [{ id = 'b', name = 'B' }]\n\
                    [meta]\nn = inf\nt = 10:00:00\n# more\n[[evidence]]\nid = 'e'\ntext = 'E'\nratings.b = { rating = 'CC' }\n\
                    [[evidence]]\nid = 'f'\ntext = 'F'\n[evidence.ratings]\nb = { rating = 'I', note = 'why' }\n";
        let document = read(text.into()).document;
        assert_eq!(
            serde_json::to_string(&document.values(&[1, 0])).unwrap(),
            r#"{"ach":1,"title":"T","as_of":"2025-01-02","hypothesis":[{"id":"b","name":"B"}],"meta":{"n":"inf","t":"10:00:00"},"evidence":[{"id":"f","text":"F","ratings":{"b":{"rating":"I","note":"why"}}},{"id":"e","text":"E","ratings":{"b":"CC"}}]}"#
        );
        assert_eq!((document.comment_count(), document.meta_count()), (2, 2));
    }
}
