//! Lines of the forms that most lines of a scenario have. They are read without tokens and parser, which makes reading
//! a large file twice as fast. What is not exactly of one of these forms is left to the parser.

use crate::diagnostic::Span;

const EQUALS: &[u8] = b" = ";

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
    /// `key = { key = "text", key = "text" }` with such texts.
    Table {
        key: Span,
        value: Span,
        entries: Vec<(Span, Span)>,
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
        let line = text.get(start..)?;
        let (form, len) = match line.as_bytes().first()? {
            b'\n' => (LineForm::Blank, 0),
            b'[' => header(line, start)?,
            _ => pair(line, start)?,
        };
        let rest = line.as_bytes().get(len..)?;
        let end = start + len + if rest.starts_with(b"\r\n") { 2 } else { 1 };
        let is_ended = rest.starts_with(b"\n") || rest.starts_with(b"\r\n");
        // A byte order mark is a fault but at the start of what is given to the lexer.
        let is_marked = text.as_bytes().get(end) == Some(&0xef);
        (is_ended && !is_marked).then_some(Self { form, end })
    }
}

/// Returns the header that a line begins with, and its length.
fn header(line: &str, start: usize) -> Option<(LineForm, usize)> {
    let line = line.as_bytes();
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
fn pair(line: &str, start: usize) -> Option<(LineForm, usize)> {
    let bytes = line.as_bytes();
    let key = bare(bytes)?;
    let begin = key + EQUALS.len();
    let value = bytes.get(key..)?.strip_prefix(EQUALS)?;
    let in_text = |span: Span| start + span.start..start + span.end;
    let key = in_text(0..key);
    match value.first()? {
        b'"' => {
            let end = quoted(line, begin)?;
            Some((LineForm::Text { key, value: in_text(begin..end) }, end))
        }
        b'{' => {
            let (mut entries, end) = inline_table(line, begin)?;
            for (key, value) in &mut entries {
                (*key, *value) = (in_text(key.clone()), in_text(value.clone()));
            }
            Some((LineForm::Table { key, value: in_text(begin..end), entries }, end))
        }
        _ => {
            let end = begin + bare(value)?;
            Some((LineForm::Atom { key, value: in_text(begin..end) }, end))
        }
    }
}

/// Returns keys and texts of the inline table that begins at an offset of a line, and its end.
fn inline_table(line: &str, start: usize) -> Option<(Vec<(Span, Span)>, usize)> {
    let mut entries = Vec::with_capacity(2);
    let mut at = start + 2;
    let bytes = line.as_bytes();
    bytes.get(start..at).filter(|opening| *opening == b"{ ")?;
    loop {
        let key = at..at + bare(bytes.get(at..)?)?;
        at = key.end + EQUALS.len();
        bytes.get(key.end..at).filter(|equals| *equals == EQUALS)?;
        let value = at..quoted(line, at)?;
        at = value.end + 2;
        let after = bytes.get(value.end..at)?;
        entries.push((key, value));
        match after {
            b", " => {}
            b" }" => return Some((entries, at)),
            _ => return None,
        }
    }
}

/// Returns the end of the text without escapes whose quotes begin at an offset of a line.
fn quoted(line: &str, start: usize) -> Option<usize> {
    let text = line.get(start..)?.strip_prefix('"')?;
    let len = text.find('"')?;
    let is_plain = |byte: u8| byte >= b' ' && byte != b'\\' && byte != 0x7f;
    // Without an early end, so that many bytes are compared at once.
    let text = text.as_bytes().get(..len)?;
    text.iter().fold(true, |plain, byte| plain & is_plain(*byte)).then_some(start + len + 2)
}

/// Returns the length of the bare key that a line begins with.
fn bare(line: &[u8]) -> Option<usize> {
    let len = line.iter().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')))?;
    (len > 0).then_some(len)
}
