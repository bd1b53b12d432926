//! Blocks: the lines of a table under its own header, with the comments that belong to it.
//!
//! A comment line directly above a header, with no blank line between, belongs to that header. Blank lines
//! and other comments between blocks belong to neither.

use super::line::{comments_above, leaves, line_end, line_start, newline};
use super::splice::Splice;
use crate::diagnostic::Span;
use crate::document::syntax::{Node, NodeKind, TableForm};

/// Returns the block of a table: the comments above it, its header and its entries, without the blocks of its
/// sub-tables.
pub(super) fn own(text: &str, table: Node<'_>) -> Span {
    let header = table.span();
    let start = comments_above(text, line_start(text, header.start));
    let entries = table.children().flat_map(leaves);
    let last = entries.map(|node| node.span().end).max().unwrap_or(header.end).max(header.end);
    start..line_end(text, last)
}

/// Returns the blocks of a node and of the tables below it that have headers, in the order of the text.
pub(super) fn blocks(text: &str, node: Node<'_>) -> Vec<Span> {
    let mut blocks = Vec::new();
    if let NodeKind::Table(TableForm::Header | TableForm::Element) = node.kind() {
        blocks.push(own(text, node));
    }
    if !node.kind().is_value() {
        blocks.extend(node.children().flat_map(|child| self::blocks(text, child)));
    }
    blocks.sort_by_key(|span| span.start);
    blocks
}

/// Joins blocks with only blank lines between them.
pub(super) fn joined(text: &str, blocks: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for block in blocks {
        match joined.last_mut() {
            Some(last) if text.get(last.end..block.start).is_none_or(|gap| gap.trim().is_empty()) => {
                last.end = last.end.max(block.end);
            }
            Some(_) | None => joined.push(block),
        }
    }
    joined
}

/// Removes blocks, each with the blank lines after it, or before it at the end of the file.
pub(super) fn remove(text: &str, blocks: Vec<Span>) -> Vec<Splice> {
    let delete = |block: Span| {
        let mut range = block;
        let rest = text.get(range.end..).unwrap_or_default();
        let mut blank = 0;
        for line in rest.split_inclusive('\n') {
            if !line.trim().is_empty() {
                break;
            }
            blank += line.len();
        }
        if blank == rest.len() {
            // The last block of the file: the text before it becomes the end of the file.
            let before = text.get(..range.start).unwrap_or_default();
            let kept = before.trim_end_matches(['\n', '\r', ' ', '\t']).len();
            range.start = if kept == 0 { range.start } else { line_end(text, kept).min(range.start) };
            range.end = text.len();
        } else {
            range.end += blank;
        }
        Splice { range, text: String::new() }
    };
    joined(text, blocks).into_iter().map(delete).collect()
}

/// Returns the offset after the comment lines directly below `end`, if only a blank line or the end of the
/// file follows: a key that is commented out belongs to the entries above it.
pub(super) fn past_comments(text: &str, end: usize) -> usize {
    let mut past = end;
    for line in text.get(end..).unwrap_or_default().split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        if !line.trim_start_matches([' ', '\t']).starts_with('#') {
            return end;
        }
        past += line.len();
    }
    past
}

/// Inserts lines (each with its line ending) before a block.
pub(super) fn insert_before(text: &str, block: &Span, lines: &str) -> Splice {
    Splice { range: block.start..block.start, text: format!("{lines}{}", newline(text)) }
}

/// Inserts lines (each with its line ending) after `end`, with a blank line between.
pub(super) fn insert_after(text: &str, end: usize, lines: &str) -> Splice {
    let newline = newline(text);
    let before = text.get(..end).unwrap_or_default();
    let new = if before.trim_start_matches('\u{feff}').is_empty() {
        lines.to_owned()
    } else if before.ends_with('\n') {
        format!("{newline}{lines}")
    } else {
        format!("{newline}{newline}{}", lines.trim_end_matches(['\n', '\r']))
    };
    Splice { range: end..end, text: new }
}
