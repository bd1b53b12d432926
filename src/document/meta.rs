//! The free table `meta`, which `ach` keeps but does not read.

use super::Document;
use super::syntax::{Node, NodeKind};
use super::write;

impl Document {
    /// Counts the entries of the table `meta`.
    #[must_use]
    pub fn meta_count(&self) -> usize {
        self.root().get("meta").map_or(0, |meta| meta.children().count())
    }

    /// Returns the table `meta` as text with its values as they are spelled, but without comments; `None` without one.
    #[must_use]
    pub fn meta(&self) -> Option<String> {
        let meta = self.root().get("meta")?;
        Some(format!("[meta]\n{}", write::lines(&entries(meta), "\n")))
    }
}

fn entries(table: Node<'_>) -> Vec<(String, String)> {
    table.children().map(|child| (child.key().into_owned(), literal(child))).collect()
}

/// Returns a value on one line, but for texts that have several.
fn literal(node: Node<'_>) -> String {
    match node.kind() {
        NodeKind::Table(_) => write::inline(&entries(node)),
        NodeKind::ArrayOfTables | NodeKind::Array => {
            format!("[{}]", node.children().map(literal).collect::<Vec<_>>().join(", "))
        }
        NodeKind::String
        | NodeKind::Integer
        | NodeKind::Float
        | NodeKind::Boolean
        | NodeKind::Datetime(_)
        | NodeKind::Broken => node.raw().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn a_free_table_is_copied_value_by_value_and_without_its_comments() {
        let text = "ach = 1\ntitle = \"T\"\n[meta] # why\nn = 0x1F # so\n\"a b\" = [ # one\n 1, 'x',\n]\n\
                    [meta.deep]\nt = 10:00:00\nlong = \"\"\"\na # no comment\n\"\"\"\n[[meta.rows]]\nk = { v = inf }\n[[meta.rows]]\n";
        let reading = read(text.into());
        let copied = reading.document.meta().unwrap();
        assert_eq!(
            copied,
            "[meta]\nn = 0x1F\n\"a b\" = [1, 'x']\ndeep = { t = 10:00:00, long = \"\"\"\na # no comment\n\"\"\" }\n\
             rows = [{ k = { v = inf } }, {}]\n"
        );
        let again = read(format!("ach = 1\ntitle = \"T\"\n{copied}").into_bytes()).document;
        let value = |document: &super::Document| serde_json::to_value(document.values(&[])).unwrap();
        assert_eq!(value(&again), value(&reading.document));
        assert_eq!(read("ach = 1\ntitle = \"T\"\n".into()).document.meta(), None);
    }
}
