//! Suppresses errors that follow from another, so that one mistake is one error.
//!
//! A line with a syntax error may hold anything. Under a faulty or misspelt header, keys land in the table before it or
//! nowhere, and sub-tables in another item. An error found there more likely follows from that mistake than stands for
//! itself, so it is not reported until the mistake is fixed.
//!
//! Knows lines that look like headers; must never know keys.

use super::place;
use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// The parts of a text that cannot be judged.
#[derive(Debug)]
pub(super) struct Suppression<'t> {
    text: &'t str,
    /// Lines with a syntax error, in order.
    lines: Vec<Span>,
    /// From the end of a doubtful header to the next header that opens something else; in order, apart.
    regions: Vec<Span>,
    /// Whether a whole table may be hidden.
    hides_a_table: bool,
}

impl<'t> Suppression<'t> {
    /// The doubt that findings of the syntax cast; they are in the order of the file.
    pub(super) fn new(text: &'t str, syntax: &[Diagnostic]) -> Self {
        let mut suppression = Self { text, lines: Vec::new(), regions: Vec::new(), hides_a_table: false };
        let mut done = 0;
        for (found, span) in syntax.iter().filter_map(|found| Some((found, place(found)?))) {
            let is_syntax = found.code == Code::SYNTAX;
            if !is_syntax && found.code != Code::DUPLICATE_KEY {
                continue;
            }
            // A text that was never closed goes on to the end, over all that may stand there.
            let after = text.get(span.end..).unwrap_or_default();
            suppression.hides_a_table |=
                is_syntax && span.len() > 1 && after.trim().is_empty() && suppression.is_long(span);
            // A line that holds many faults is looked at once.
            if span.start < done {
                continue;
            }
            let line = suppression.line(span.start);
            done = line.end;
            let header = text.get(line.clone()).unwrap_or_default();
            if if is_syntax { may_be_header(header) } else { is_header(header) } {
                suppression.header(&line);
            }
            if is_syntax {
                suppression.lines.push(line);
            }
        }
        suppression
    }

    /// Takes headers into account that are well formed but misspelt, in the order of the file.
    pub(super) fn misspelt(&mut self, headers: impl Iterator<Item = Span>) {
        let known = std::mem::take(&mut self.regions);
        for header in headers {
            let line = self.line(header.start);
            self.header(&line);
        }
        self.regions.extend(known);
        self.regions.sort_by_key(|region| region.start);
    }

    /// Whether a hypothesis may be there that was not read.
    pub(super) const fn hides_a_table(&self) -> bool {
        self.hides_a_table
    }

    /// Whether a finding about what the file says is in a doubtful part.
    pub(super) fn covers(&self, found: &Diagnostic) -> bool {
        place(found).is_some_and(|span| self.is_at(span.start))
    }

    /// Whether this place is in a doubtful part.
    pub(super) fn is_at(&self, at: usize) -> bool {
        within(&self.lines, at).is_some() || within(&self.regions, at).is_some()
    }

    /// Whether a finding of the syntax only says that something is there already, in a doubtful part or because of
    /// one.
    pub(super) fn explains(&self, found: &Diagnostic) -> bool {
        let doubtful = |span: &Span| {
            let is_header = within(&self.lines, span.start)
                .is_some_and(|line| is_header(self.text.get(line.clone()).unwrap_or_default()));
            is_header || within(&self.regions, span.start).is_some()
        };
        found.code == Code::DUPLICATE_KEY
            && found.labels.iter().any(|label| match &label.place {
                Place::Span(span) => doubtful(span),
                Place::Subject(_) | Place::Entry(..) => false,
            })
    }

    fn is_long(&self, span: &Span) -> bool {
        self.text.get(span.clone()).is_some_and(|text| text.trim_end().contains('\n'))
    }

    /// The line around a place, without its end.
    fn line(&self, at: usize) -> Span {
        let (before, after) = self.text.split_at_checked(at).unwrap_or((self.text, ""));
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        start..at + after.find('\n').unwrap_or(after.len())
    }

    fn header(&mut self, line: &Span) {
        self.hides_a_table = true;
        // Not looked at again, however many faulty headers follow each other.
        if self.regions.last().is_some_and(|region| line.start < region.end) {
            return;
        }
        let header = self.text.get(line.clone()).unwrap_or_default();
        let is_item = header.contains("[[") || header.contains("]]");
        let mut end = line.end;
        for next in self.text.get(line.end..).unwrap_or_default().split_inclusive('\n') {
            // The sub-tables of an item go with it.
            let is_part = is_item && !next.contains("[[") && next.contains('.');
            if end > line.end && is_header(next) && !is_part {
                break;
            }
            end += next.len();
        }
        self.regions.push(line.end..end);
    }
}

/// The span that holds this place; `spans` are in order and apart.
fn within(spans: &[Span], at: usize) -> Option<&Span> {
    let after = spans.partition_point(|span| span.start <= at);
    after.checked_sub(1).and_then(|before| spans.get(before)).filter(|span| at < span.end)
}

fn is_header(line: &str) -> bool {
    line.trim_start_matches('\u{feff}').trim_start().starts_with('[')
}

/// Whether a line with a syntax error may be meant as a header: it has brackets, and no value.
fn may_be_header(line: &str) -> bool {
    let key = line.split('=').next().unwrap_or_default();
    is_header(line) || (line.contains(['[', ']']) && (key.len() == line.len() || key.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a = 1\nx[[item]]\nid = 1\n[item.part]\nb = 1\n[other]\nc =\n";

    fn found(code: Code, at: &str) -> Diagnostic {
        let start = TEXT.find(at).unwrap();
        Diagnostic::new(code, Place::Span(start..start + at.len()), "")
    }

    #[test]
    fn a_faulty_header_casts_doubt_on_its_table_and_on_the_parts_of_it() {
        let suppression =
            Suppression::new(TEXT, &[found(Code::SYNTAX, "x[[item"), found(Code::SYNTAX, "c =")]);
        assert!(suppression.hides_a_table());
        for doubtful in ["x[[", "id", "[item.part]", "b = 1", "c ="] {
            assert!(suppression.covers(&found(Code::BAD_ID, doubtful)), "{doubtful}");
        }
        for good in ["a = 1", "[other]"] {
            assert!(!suppression.covers(&found(Code::BAD_ID, good)), "{good}");
        }
        assert!(suppression.explains(&found(Code::DUPLICATE_KEY, "id")));
        let twice = found(Code::DUPLICATE_KEY, "[other]");
        assert!(!suppression.explains(&twice));
        let part = TEXT.find("[item.part").unwrap();
        assert!(suppression.explains(&twice.also(Place::Span(part..part + 1), "first defined here")));
    }

    #[test]
    fn an_error_in_a_value_casts_doubt_on_its_line_only() {
        let suppression = Suppression::new(TEXT, &[found(Code::SYNTAX, "= 1\n[item")]);
        assert!(!suppression.hides_a_table());
        assert!(suppression.covers(&found(Code::BAD_ID, "id")));
        assert!(!suppression.covers(&found(Code::BAD_ID, "[item.part]")));
    }

    #[test]
    fn a_text_that_is_never_closed_may_hide_tables() {
        let text = "a = '''\n[[hypothesis]]\n";
        let open = Diagnostic::new(Code::SYNTAX, Place::Span(4..text.len()), "");
        assert!(Suppression::new(text, &[open]).hides_a_table());
    }
}
