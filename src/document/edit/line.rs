//! Lines: where the one of an offset begins and ends, how the file breaks them, and which values stand in them.

use crate::document::syntax::{Node, NodeKind, TableForm};

/// The values through which a node is written in the table around it: itself, or what its dotted keys set.
pub(super) fn leaves<'t>(node: Node<'t>, into: &mut Vec<Node<'t>>) {
    if node.kind().is_value() {
        into.push(node);
    } else if node.kind() == NodeKind::Table(TableForm::Dotted) {
        node.children().for_each(|child| leaves(child, into));
    }
}

/// Where the line of an offset begins.
pub(crate) fn line_start(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or_default();
    match before.rfind('\n') {
        Some(at) => at + 1,
        None if before.starts_with('\u{feff}') => '\u{feff}'.len_utf8(),
        None => 0,
    }
}

/// Where the line of an offset ends, its line break included.
pub(crate) fn line_end(text: &str, offset: usize) -> usize {
    let after = text.get(offset..).unwrap_or_default();
    after.find('\n').map_or(text.len(), |at| offset + at + 1)
}

/// How the file breaks its lines.
pub(crate) fn newline(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|before| before.ends_with('\r')) => "\r\n",
        Some(_) | None => "\n",
    }
}
