//! JSON: a report, serialized as it is written.
//!
//! Control and bidirectional characters are escaped, so that a document is safe to look at on a terminal.

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, PrettyFormatter};

use super::{Format, Options};
use crate::present::Report;
use crate::text::escape;

/// The version of the JSON documents.
const JSON_FORMAT: u32 = 1;

/// A report with the version of the format before its own keys.
#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    #[serde(flatten)]
    report: &'a dyn Report,
}

/// One document on a line, or an array of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn write(&self, reports: &[&dyn Report], _: Options, out: &mut dyn Write) -> io::Result<()> {
        let mut json = serde_json::Serializer::with_formatter(&mut *out, compact());
        let mut documents = reports.iter().map(|report| Document { format: JSON_FORMAT, report: *report });
        match (documents.next(), reports) {
            (Some(only), [_]) => only.serialize(&mut json),
            (first, _) => json.collect_seq(first.into_iter().chain(documents)),
        }
        .map_err(io::Error::from)?;
        writeln!(out)
    }
}

/// Writes any value as indented JSON with a final newline, escaped as reports are.
///
/// # Errors
/// Whatever the writer answers.
pub fn write_json(value: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    let pretty = Escaping { form: PrettyFormatter::new(), is_computed: false };
    let mut json = serde_json::Serializer::with_formatter(&mut *out, pretty);
    value.serialize(&mut json).map_err(io::Error::from)?;
    writeln!(out)
}

/// Writes any value as JSON on one line, escaped as reports are.
///
/// # Errors
/// Whatever the writer answers.
pub fn write_json_line(value: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut json = serde_json::Serializer::with_formatter(&mut *out, compact());
    value.serialize(&mut json).map_err(io::Error::from)?;
    writeln!(out)
}

/// Returns the formatter of what was computed, on one line.
const fn compact() -> Escaping<CompactFormatter> {
    Escaping { form: CompactFormatter, is_computed: true }
}

/// A formatter that escapes every unsafe character as `\uXXXX`.
struct Escaping<F> {
    form: F,
    /// Whether a negative zero, which sums may be, is written as 0.
    is_computed: bool,
}

impl<F: Formatter> Formatter for Escaping<F> {
    fn write_f64<W: ?Sized + Write>(&mut self, out: &mut W, value: f64) -> io::Result<()> {
        let value = if self.is_computed { value + 0.0 } else { value };
        self.form.write_f64(out, value)
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return out.write_all(fragment.as_bytes());
        }
        let units =
            |c: char| c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect();
        out.write_all(escape(fragment, |_| false, units).as_bytes())
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, out: &mut W, escape: CharEscape) -> io::Result<()> {
        let control = match escape {
            CharEscape::Backspace => 0x08,
            CharEscape::Tab => 0x09,
            CharEscape::LineFeed => 0x0a,
            CharEscape::FormFeed => 0x0c,
            CharEscape::CarriageReturn => 0x0d,
            CharEscape::AsciiControl(byte) => byte,
            CharEscape::Quote | CharEscape::ReverseSolidus | CharEscape::Solidus => {
                return self.form.write_char_escape(out, escape);
            }
        };
        write!(out, "\\u{control:04x}")
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.form.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.form.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.form.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.form.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.form.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.form.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.form.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.form.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.form.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_on_a_terminal_is_escaped_and_comes_back() {
        let value = serde_json::json!({ "a\u{1b}": "\u{7f}\u{85}\u{202e}\n\t\"\\é日" });
        let mut out = Vec::new();
        write_json(&value, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "{\n  \"a\\u001b\": \"\\u007f\\u0085\\u202e\\u000a\\u0009\\\"\\\\é日\"\n}\n");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }
}
