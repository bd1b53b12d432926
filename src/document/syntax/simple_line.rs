//! Lines of the forms that most lines of a scenario have. They are read without tokens and parser, which makes reading
//! a large file twice as fast. What is not exactly of one of these forms is left to the parser.

use crate::diagnostic::Span;

/// A line without a fault that is an expression of its own.
#[derive(Debug)]
pub(super) struct SimpleLine {
    pub(super) form: LineForm,
    /// The start of the next line.
    pub(super) end: usize,
}

/// The form of a simple line.
#[derive(Debug)]
pub(super) enum LineForm {
    Blank,
    /// `[table]`, `[table.table]` or `[[table]]`: each name, and the whole header.
    Header {
        names: [Option<Span>; 2],
        span: Span,
        is_array: bool,
    },
    /// `key = "text"` without escapes.
    Text {
        key: Span,
        value: Span,
    },
    /// `key = 1`, `key = 2025-12-02`, `key = true`: a value that may still have a fault.
    Atom {
        key: Span,
        value: Span,
    },
}

impl SimpleLine {
    /// Returns the line that begins at an offset.
    pub(super) fn at(text: &str, start: usize) -> Option<Self> {
        let line = text.as_bytes().get(start..)?;
        let (form, len) = match line.first()? {
            b'\n' => (LineForm::Blank, 0),
            b'[' => header(line, start)?,
            _ => pair(line, start)?,
        };
        let rest = line.get(len..)?;
        let end = start + len + if rest.starts_with(b"\r\n") { 2 } else { 1 };
        let is_ended = rest.starts_with(b"\n") || rest.starts_with(b"\r\n");
        // A byte order mark is a fault but at the start of what is given to the lexer.
        let is_marked = text.as_bytes().get(end) == Some(&0xef);
        (is_ended && !is_marked).then_some(Self { form, end })
    }
}

/// Returns the header that a line begins with, and its length.
fn header(line: &[u8], start: usize) -> Option<(LineForm, usize)> {
    let is_array = line.starts_with(b"[[");
    let open = if is_array { 2 } else { 1 };
    let first = open..open + bare(line.get(open..)?)?;
    let second = match line.get(first.end) {
        Some(b'.') => {
            let begin = first.end + 1;
            Some(begin..begin + bare(line.get(begin..)?)?)
        }
        Some(_) | None => None,
    };
    let names_end = second.as_ref().map_or(first.end, |second| second.end);
    let len = names_end + open;
    let closes = line.get(names_end..len)?.iter().all(|byte| *byte == b']');
    let names = [Some(first), second].map(|name| name.map(|name| start + name.start..start + name.end));
    closes.then_some((LineForm::Header { names, span: start..start + len, is_array }, len))
}

/// Returns the key and value that a line begins with, and their length.
fn pair(line: &[u8], start: usize) -> Option<(LineForm, usize)> {
    let key = bare(line)?;
    let value = line.get(key..)?.strip_prefix(b" = ")?;
    let begin = key + 3;
    let key = start..start + key;
    match value.split_first()? {
        (b'"', text) => {
            let len =
                begin + 2 + text.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..b' ' | 0x7f))?;
            let value = start + begin..start + len;
            let is_closed = line.get(len - 1) == Some(&b'"');
            is_closed.then_some((LineForm::Text { key, value }, len))
        }
        _ => {
            let len = begin + bare(value)?;
            Some((LineForm::Atom { key, value: start + begin..start + len }, len))
        }
    }
}

/// Returns the length of the bare key that a line begins with.
fn bare(line: &[u8]) -> Option<usize> {
    let len = line.iter().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')))?;
    (len > 0).then_some(len)
}
