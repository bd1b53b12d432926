//! A document as plain values, with its keys in their order, for formats with tables, lists and texts.
//!
//! Dates become texts, and a cell that has only a rating becomes the rating.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::Document;
use super::syntax::{Node, NodeKind};

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
        let mut map = serializer.serialize_map(None)?;
        for node in self.document.root().children() {
            map.serialize_key(&node.key())?;
            if node.key() == "evidence" {
                let rows: Vec<Node<'_>> = super::items(node).collect();
                let rows: Vec<PlainItem<'_>> =
                    self.evidence.iter().filter_map(|at| rows.get(*at).copied()).map(PlainItem).collect();
                map.serialize_value(&rows)?;
            } else {
                map.serialize_value(&PlainNode(node))?;
            }
        }
        map.end()
    }
}

/// An item of evidence.
struct PlainItem<'d>(Node<'d>);

impl Serialize for PlainItem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for node in self.0.children() {
            map.serialize_key(&node.key())?;
            if node.key() == "ratings" {
                map.serialize_value(&PlainRatings(node))?;
            } else {
                map.serialize_value(&PlainNode(node))?;
            }
        }
        map.end()
    }
}

/// The ratings of an item.
struct PlainRatings<'d>(Node<'d>);

impl Serialize for PlainRatings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = |cell: Node<'_>| match (cell.get("rating"), cell.children().count()) {
            (Some(_), 2..) | (None, _) => None,
            (Some(rating), _) => rating.string().map(|text| text.into_owned()),
        };
        let mut map = serializer.serialize_map(None)?;
        for cell in self.0.children() {
            map.serialize_key(&cell.key())?;
            match value(cell) {
                Some(rating) => map.serialize_value(&rating)?,
                None => map.serialize_value(&PlainNode(cell))?,
            }
        }
        map.end()
    }
}

/// Any other node.
struct PlainNode<'d>(Node<'d>);

impl Serialize for PlainNode<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let node = self.0;
        match node.kind() {
            NodeKind::Table(_) => {
                let mut map = serializer.serialize_map(None)?;
                for child in node.children() {
                    map.serialize_entry(&child.key(), &PlainNode(child))?;
                }
                map.end()
            }
            NodeKind::ArrayOfTables | NodeKind::Array => {
                let mut list = serializer.serialize_seq(None)?;
                for child in node.children() {
                    list.serialize_element(&PlainNode(child))?;
                }
                list.end()
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
