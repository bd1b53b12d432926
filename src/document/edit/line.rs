//! Lines: where they begin and end, how the file breaks them, and the values in them.

use crate::document::syntax::{Node, NodeKind, TableForm};

/// Returns the values that write a node in its table: the node itself, or the values of its dotted keys.
pub(super) fn leaves(node: Node<'_>) -> Vec<Node<'_>> {
    match node.kind() {
        kind if kind.is_value() => vec![node],
        NodeKind::Table(TableForm::Dotted) => node.children().flat_map(leaves).collect(),
        _ => Vec::new(),
    }
}

/// Returns the start of the line at an offset.
pub(crate) fn line_start(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or_default();
    match before.rfind('\n') {
        Some(at) => at + 1,
        None if before.starts_with('\u{feff}') => '\u{feff}'.len_utf8(),
        None => 0,
    }
}

/// Returns the start of the comment lines directly above the line that starts at `start`, or `start` without any.
pub(super) fn comments_above(text: &str, mut start: usize) -> usize {
    while let Some(before) = start.checked_sub(1)
        && let above = line_start(text, before)
        && above < start
        && text.get(above..start).is_some_and(|line| line.trim_start_matches([' ', '\t']).starts_with('#'))
    {
        start = above;
    }
    start
}

/// Returns the end of the line at an offset, after its line break.
pub(crate) fn line_end(text: &str, offset: usize) -> usize {
    let after = text.get(offset..).unwrap_or_default();
    after.find('\n').map_or(text.len(), |at| offset + at + 1)
}

/// Returns the line break that the file uses.
pub(crate) fn newline(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|before| before.ends_with('\r')) => "\r\n",
        Some(_) | None => "\n",
    }
}
