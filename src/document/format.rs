//! One way of spacing and ordering a file: the order of keys of the format's example, one blank line between tables.
//!
//! Comments and values stay as they are, tables are neither moved nor converted. A comment directly above an entry
//! goes with it; one that a blank line separates stays where it is. Works on the tree; must never know the scenario.

use std::fmt::Write;

use super::edit::{Sequence, header_parts, key_parts, line_end, line_start, newline};
use super::keys::{self, Holds};
use super::syntax::{Node, NodeKind, TableForm};
use crate::diagnostic::Span;

/// Returns the text of a scenario file, formatted. `root` is the root of its tree.
pub(super) fn format(text: &str, root: Node<'_>) -> String {
    let hypotheses: Vec<String> = root
        .get("hypothesis")
        .map(|list| list.children().filter_map(|h| h.get("id")?.string().map(Into::into)).collect())
        .unwrap_or_default();
    let reader = Reader { text, hypotheses: &hypotheses };
    let mut sections = Vec::new();
    reader.sections(root, Known::Table(&keys::SCENARIO), &mut sections);
    sections.sort_by_key(|section| section.node.span().start);
    let writer = Writer { reader, newline: newline(text), out: String::with_capacity(text.len()) };
    writer.write(root, &sections)
}

/// The keys known in a table.
#[derive(Clone, Copy)]
enum Known {
    Table(&'static keys::Table),
    Row,
    Nothing,
}

/// Returns the sort key of `key` within its table, and the keys known below it. Unknown keys sort after known
/// ones and keep their order.
fn rank(known: Known, key: &str, hypotheses: &[String]) -> (usize, Known) {
    match known {
        Known::Table(table) => {
            let at = table.keys().iter().position(|k| k.name == key);
            let below =
                at.and_then(|at| table.keys().get(at)).map_or(Known::Nothing, |key| match key.holds {
                    Holds::Table(table) => Known::Table(table),
                    Holds::Items(kind) => Known::Table(keys::item(kind)),
                    Holds::Ratings | Holds::Probabilities => Known::Row,
                    Holds::Version
                    | Holds::Id
                    | Holds::Field(_)
                    | Holds::CellConflict
                    | Holds::Conflict
                    | Holds::Free => Known::Nothing,
                });
            (at.unwrap_or(usize::MAX), below)
        }
        Known::Row => {
            (hypotheses.iter().position(|h| h == key).unwrap_or(usize::MAX), Known::Table(&keys::CELL))
        }
        Known::Nothing => (0, Known::Nothing),
    }
}

/// A table with a header of its own.
struct HeadedTable<'t> {
    node: Node<'t>,
    known: Known,
}

/// An entry that stands on lines of its own.
struct Expression<'t> {
    line: Span,
    node: Node<'t>,
    /// Sort key among the entries of its table.
    rank: Vec<usize>,
    known: Known,
}

#[derive(Clone, Copy)]
struct Reader<'t> {
    text: &'t str,
    hypotheses: &'t [String],
}

impl<'t> Reader<'t> {
    /// Collects the tables with headers below a table that is not inline.
    fn sections(self, table: Node<'t>, known: Known, into: &mut Vec<HeadedTable<'t>>) {
        for child in table.children().filter(|child| !child.kind().is_value()) {
            let (_, below) = rank(known, &child.key(), self.hypotheses);
            let mut headed = |node| {
                into.push(HeadedTable { node, known: below });
                self.sections(node, below, into);
            };
            match child.kind() {
                NodeKind::Table(TableForm::Header) => headed(child),
                NodeKind::ArrayOfTables => child.children().for_each(headed),
                _implied_or_dotted => self.sections(child, below, into),
            }
        }
    }

    /// Collects the entries of a table that is not inline, but for those below another header.
    fn entries(self, table: Node<'t>, known: Known, prefix: &[usize], into: &mut Vec<Expression<'t>>) {
        for child in table.children() {
            if matches!(child.kind(), NodeKind::Table(TableForm::Header) | NodeKind::ArrayOfTables) {
                continue;
            }
            let (at, known) = rank(known, &child.key(), self.hypotheses);
            let rank: Vec<usize> = prefix.iter().copied().chain([at]).collect();
            if child.kind().is_value() {
                let line = self.line(child.key_span().start, child.span().end);
                into.push(Expression { line, node: child, rank, known });
            } else {
                self.entries(child, known, &rank, into);
            }
        }
    }

    fn line(self, start: usize, end: usize) -> Span {
        line_start(self.text, start)..line_end(self.text, end)
    }
}

struct Writer<'t> {
    reader: Reader<'t>,
    newline: &'static str,
    out: String,
}

impl<'t> Writer<'t> {
    fn write(mut self, root: Node<'t>, sections: &[HeadedTable<'t>]) -> String {
        let text = self.reader.text;
        let mut from = 0;
        if text.starts_with('\u{feff}') {
            self.out.push('\u{feff}');
            from = '\u{feff}'.len_utf8();
        }
        from = self.entries(root, Known::Table(&keys::SCENARIO), from, true);
        for HeadedTable { node, known } in sections {
            let line = self.reader.line(node.span().start, node.span().end);
            self.lead(&self.lines(from..line.start), Gap::One);
            self.header(*node);
            from = self.entries(*node, *known, line.end, false);
        }
        self.lead(&self.lines(from..text.len()), Gap::AtMostOne);
        // The file ends with its last line of content.
        let kept = self.out.trim_end_matches(['\n', '\r']).len();
        self.out.truncate(kept);
        if !self.out.trim_start_matches('\u{feff}').is_empty() {
            self.out.push_str(self.newline);
        }
        self.out
    }

    /// Writes the entries of one table in order. Returns the offset where they end in the original text.
    fn entries(&mut self, table: Node<'t>, known: Known, mut from: usize, is_root: bool) -> usize {
        let mut entries = Vec::new();
        self.reader.entries(table, known, &[], &mut entries);
        entries.sort_by_key(|entry| entry.line.start);
        // The text before each entry: the part that stays in place, and the comment that moves with the
        // entry.
        let mut places = Vec::with_capacity(entries.len());
        let mut moving = Vec::with_capacity(entries.len());
        for (at, entry) in entries.into_iter().enumerate() {
            let mut stays = self.lines(from..entry.line.start);
            let own = stays.iter().rposition(|line| line.is_empty()).map_or(0, |blank| blank + 1);
            // The comment at the top of the file belongs to the file, not to its first entry.
            let own = if is_root && at == 0 { stays.len() } else { own };
            let goes = stays.split_off(own);
            places.push(stays);
            from = entry.line.end;
            moving.push((entry, goes));
        }
        moving.sort_by(|(a, _), (b, _)| a.rank.cmp(&b.rank));
        for (at, (stays, (entry, goes))) in places.iter().zip(&moving).enumerate() {
            self.lead(stays, if at == 0 { Gap::None } else { Gap::AtMostOne });
            goes.iter().for_each(|line| self.line(line));
            self.entry(entry);
        }
        from
    }

    /// Returns the comment lines within a span; a blank line is an empty string.
    fn lines(&self, span: Span) -> Vec<&'t str> {
        let lines = self.reader.text.get(span).unwrap_or_default().lines();
        lines
            .map(|line| line.trim_start_matches([' ', '\t']))
            .map(|l| if l.trim().is_empty() { "" } else { l })
            .collect()
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push_str(self.newline);
    }

    /// Writes comment lines, with at most one blank line between them. `gap` describes the text before the
    /// last group of lines.
    fn lead(&mut self, lines: &[&str], gap: Gap) {
        let empty = self.out.trim_start_matches('\u{feff}').is_empty();
        let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
        let comments = lines.get(first..).unwrap_or_default();
        let blank_before = match gap {
            Gap::None => false,
            // A comment right below an entry stays there if a blank line separates it from the next entry.
            Gap::One => first > 0 || !comments.iter().any(|line| line.is_empty()),
            Gap::AtMostOne => first > 0,
        };
        if blank_before && !empty {
            self.line("");
        }
        let mut blank = false;
        for line in comments {
            if line.is_empty() {
                blank = true;
                continue;
            }
            if std::mem::take(&mut blank) {
                self.line("");
            }
            self.line(line);
        }
        if blank {
            self.line("");
        }
    }

    fn header(&mut self, table: Node<'t>) {
        let parts = self.parts(header_parts(self.reader.text, table));
        let span = table.span();
        let element = table.kind() == NodeKind::Table(TableForm::Element);
        let (open, close) = if element { ("[[", "]]") } else { ("[", "]") };
        let tail = self.tail(span.end);
        self.line(&format!("{open}{parts}{close}{tail}"));
    }

    fn entry(&mut self, expression: &Expression<'t>) {
        let key = self.parts(key_parts(self.reader.text, expression.line.start));
        let value = self.value(expression.node, expression.known);
        let tail = self.tail(expression.node.span().end);
        self.line(&format!("{key} = {value}{tail}"));
    }

    fn parts(&self, parts: Vec<Span>) -> String {
        let parts: Vec<&str> = parts.into_iter().filter_map(|span| self.reader.text.get(span)).collect();
        parts.join(".")
    }

    /// Returns the comment after a value, with the space before it.
    fn tail(&self, end: usize) -> String {
        let rest = self.reader.text.get(end..line_end(self.reader.text, end)).unwrap_or_default();
        let rest = rest.trim_end_matches(['\n', '\r']);
        match rest.trim_start_matches([' ', '\t']) {
            "" => String::new(),
            comment if comment.len() == rest.len() => format!(" {comment}"),
            _ => rest.to_owned(),
        }
    }

    /// Returns a value as text. Arrays and inline tables on one line are spaced, and their known keys are
    /// ordered.
    fn value(&self, node: Node<'t>, known: Known) -> String {
        let raw = node.raw();
        if raw.contains('\n') {
            return raw.to_owned();
        }
        match node.kind() {
            NodeKind::Array => {
                let elements: Vec<String> = node.children().map(|child| self.value(child, known)).collect();
                format!("[{}]", elements.join(", "))
            }
            NodeKind::Table(TableForm::Inline) => {
                let mut entries = Vec::new();
                self.reader.entries(node, known, &[], &mut entries);
                if entries.is_empty() {
                    return "{}".to_owned();
                }
                let sequence = Sequence::read(self.reader.text, &node.span());
                entries.sort_by(|a, b| a.rank.cmp(&b.rank));
                let mut table = String::from("{ ");
                for (at, Expression { node: leaf, known, .. }) in entries.into_iter().enumerate() {
                    let piece =
                        sequence.position(leaf.key_span().start).and_then(|p| sequence.pieces().get(p));
                    let start = piece.map_or(leaf.key_span().start, |piece| piece.span.start);
                    let key = self.parts(key_parts(self.reader.text, start));
                    let comma = if at == 0 { "" } else { ", " };
                    // Infallible: the target is a String.
                    let _ = write!(table, "{comma}{key} = {}", self.value(leaf, known));
                }
                table.push_str(" }");
                table
            }
            _scalar => raw.to_owned(),
        }
    }
}

/// The blank lines before a comment.
#[derive(Clone, Copy)]
enum Gap {
    None,
    One,
    AtMostOne,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::document::read;
    use crate::document::testing::{self, Dice};
    use crate::scenario::generate;

    fn formatted(text: &str) -> String {
        let reading = read(text.as_bytes().to_vec());
        assert!(reading.scenario.is_some(), "{:#?}\n{text}", reading.diagnostics);
        reading.document.formatted()
    }

    #[test]
    fn keys_and_spaces_come_in_order_and_comments_stay() {
        let text = "#:schema x\n\n# About.\ntitle='t'   # why\n  ach=1\n\n\n\n# About e.\n[[ evidence ]]\n# the text\n\
                    text = \"x\"\nid = 'e'\n\n# apart\n\ntags = [ \"a\",\"b\" ]\n[evidence.ratings]\nb={note=\"n\", rating=\"C\"}\n\
                    a = \"I\"\n[[hypothesis]]\nname=\"A\"\nid=\"a\"\n[[hypothesis]]\nid=\"b\"\nname=\"B\"\n# end\n\n";
        let expected = "#:schema x\n\n# About.\nach = 1\ntitle = 't'   # why\n\n# About e.\n[[evidence]]\nid = 'e'\n# the text\n\
                        text = \"x\"\n\n# apart\n\ntags = [\"a\", \"b\"]\n\n[evidence.ratings]\na = \"I\"\nb = { rating = \"C\", note = \"n\" }\n\n\
                        [[hypothesis]]\nid = \"a\"\nname = \"A\"\n\n[[hypothesis]]\nid = \"b\"\nname = \"B\"\n# end\n";
        assert_eq!(formatted(text), expected);
        assert_eq!(formatted(expected), expected);
    }

    fn comments(text: &str) -> Vec<String> {
        let mut comments: Vec<String> = text
            .trim_start_matches('\u{feff}')
            .lines()
            .filter(|l| l.trim_start().starts_with('#'))
            .map(|l| l.trim().to_owned())
            .collect();
        comments.sort();
        comments
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn formatting_changes_nothing_that_is_said_and_is_done_once(seed: u64) {
            let mut dice = Dice::new(seed);
            let scenario = dice.draw(generate::scenario());
            let text = testing::layout(&mut dice, &scenario);
            let once = formatted(&text);
            prop_assert_eq!(read(once.clone().into_bytes()).scenario, Some(scenario), "{}", once);
            prop_assert_eq!(comments(&once), comments(&text), "{}\n{}", text, once);
            prop_assert_eq!(formatted(&once), once);
        }
    }
}
