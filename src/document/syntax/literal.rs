//! Keys and values one by one: what each is, and whether it can be.

use std::borrow::Cow;
use std::str::FromStr;

use toml_parser::decoder::{Encoding, IntegerRadix, ScalarKind};
use toml_parser::{ErrorSink, ParseError, Raw, Span as TokenSpan};

use super::build::Builder;
use super::fault::{self, Rank};
use super::{DatetimeForm, NodeKind, slice};
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::scenario::Date;

impl<'t> Builder<'t, '_> {
    /// Judges a key or value; `None` if it has a fault, which is then reported.
    pub(super) fn judge<T>(
        &mut self,
        span: &Span,
        encoding: Option<Encoding>,
        decode: impl FnOnce(Raw<'t>, &mut dyn ErrorSink) -> T,
    ) -> Option<T> {
        let text = slice(self.text, span);
        let raw = Raw::new_unchecked(text, encoding, TokenSpan::new_unchecked(span.start, span.end));
        let mut first: Option<ParseError> = None;
        let decoded = decode(raw, &mut first);
        match first {
            None => {
                self.note_escapes(span, text, encoding);
                Some(decoded)
            }
            Some(error) => {
                let (rank, diagnostic) = fault::literal(&error, span, text);
                self.report(rank, diagnostic);
                None
            }
        }
    }

    fn note_escapes(&mut self, span: &Span, text: &str, encoding: Option<Encoding>) {
        if !matches!(encoding, Some(Encoding::BasicString | Encoding::MlBasicString)) || !text.contains('\\')
        {
            return;
        }
        let mut escaped = false;
        for (at, byte) in text.bytes().enumerate() {
            if escaped && matches!(byte, b'e' | b'x') {
                self.note_newer(span.start + at - 1..span.start + at + 1, "this escape");
            }
            escaped = !escaped && byte == b'\\';
        }
    }

    pub(super) fn judge_scalar(&mut self, span: &Span, encoding: Option<Encoding>) -> NodeKind {
        if span.is_empty() && encoding.is_none() {
            self.report(
                Rank::Structure,
                fault::syntax(span.clone(), "a value is missing").expected("expected a value"),
            );
            return NodeKind::Broken;
        }
        let text = self.text;
        let raw = slice(text, span);
        match self.judge(span, encoding, |raw, error| raw.decode_scalar(&mut (), error)) {
            None => NodeKind::Broken,
            Some(ScalarKind::String) => NodeKind::String,
            Some(ScalarKind::Boolean(_)) => NodeKind::Boolean,
            Some(ScalarKind::Integer(_)) if parse_integer(raw).is_some() => NodeKind::Integer,
            Some(ScalarKind::Integer(_)) => self.beyond(span, "this integer does not fit 64 bits"),
            Some(ScalarKind::Float) if parse_float(raw).is_some() => NodeKind::Float,
            Some(ScalarKind::Float) => self.beyond(span, "this number is too large for a float"),
            Some(ScalarKind::DateTime) => match datetime_form(raw) {
                Some(form) => {
                    let time = raw.rsplit(['T', 't', ' ']).next().unwrap_or_default();
                    let time = time.split(['Z', 'z', '+', '-']).next().unwrap_or_default();
                    if form != DatetimeForm::Date && time.matches(':').count() == 1 {
                        self.note_newer(span.clone(), "a time without seconds");
                    }
                    NodeKind::Datetime(form)
                }
                None => {
                    // A mistake in a date, however it is written, is one of the date.
                    let place = Place::Span(span.clone());
                    let found = Diagnostic::new(Code::BAD_DATE, place, "there is no such date or time");
                    // Months are no dates of TOML, but of ours in quotes.
                    let quoted = Date::parse(raw).map(|_| format!("write it in quotes: \"{raw}\""));
                    let found = found.maybe_help(quoted);
                    self.report(Rank::Literal, found);
                    NodeKind::Broken
                }
            },
        }
    }

    fn beyond(&mut self, span: &Span, message: &str) -> NodeKind {
        self.report(Rank::Literal, fault::syntax(span.clone(), message));
        NodeKind::Broken
    }
}

/// The value of an integer literal, if it fits 64 bits.
pub(super) fn parse_integer(raw: &str) -> Option<i64> {
    let mut digits = Cow::Borrowed("");
    let token = Raw::new_unchecked(raw, None, TokenSpan::new_unchecked(0, raw.len()));
    match token.decode_scalar(&mut digits, &mut ()) {
        ScalarKind::Integer(radix) => {
            let digits = match radix {
                IntegerRadix::Dec => digits.as_ref(),
                IntegerRadix::Hex => digits.trim_start_matches("0x"),
                IntegerRadix::Oct => digits.trim_start_matches("0o"),
                IntegerRadix::Bin => digits.trim_start_matches("0b"),
            };
            i64::from_str_radix(digits, radix.value()).ok()
        }
        ScalarKind::String | ScalarKind::Boolean(_) | ScalarKind::DateTime | ScalarKind::Float => None,
    }
}

/// The value of a float literal; `inf` and `nan` only where they are written so.
pub(super) fn parse_float(raw: &str) -> Option<f64> {
    let mut digits = Cow::Borrowed("");
    let token = Raw::new_unchecked(raw, None, TokenSpan::new_unchecked(0, raw.len()));
    let ScalarKind::Float = token.decode_scalar(&mut digits, &mut ()) else { return None };
    let value = f64::from_str(&digits).ok()?;
    (value.is_finite() || raw.ends_with("inf") || raw.ends_with("nan")).then_some(value)
}

fn datetime_form(raw: &str) -> Option<DatetimeForm> {
    let datetime = toml::value::Datetime::from_str(raw).ok()?;
    match (datetime.date, datetime.time, datetime.offset) {
        (Some(_), None, None) => Some(DatetimeForm::Date),
        (None, Some(_), None) => Some(DatetimeForm::Time),
        (Some(_), Some(_), None) => Some(DatetimeForm::DateTime),
        (Some(_), Some(_), Some(_)) => Some(DatetimeForm::OffsetDateTime),
        (None, _, Some(_)) | (None, None, None) | (Some(_), None, Some(_)) => None,
    }
}
